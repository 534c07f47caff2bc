//! The comparison of two texts.

use proptest::prelude::*;
use recap_editor::draft::diff::{Line, lines};

#[test]
fn what_differs_stands_between_what_does_not() {
    let first = "a\nb\nc\nd\ne\nf\ng\nh\n";
    let second = "a\nb\nc\nd\nE\nf\nnew\ng\nh\n";
    let same = |text: &str| Line::Same(text.to_owned());
    assert_eq!(
        lines(first, second),
        [
            Line::Left(2),
            same("c"),
            same("d"),
            Line::Gone("e".to_owned()),
            Line::Come("E".to_owned()),
            same("f"),
            Line::Come("new".to_owned()),
            same("g"),
            same("h"),
        ]
    );
    assert_eq!(lines("a\nb\n", "a\nb\n"), [Line::Left(2)]);
    assert_eq!(lines("", ""), []);
}

#[test]
fn nobody_is_shown_thousands_of_lines() {
    let text = |word: &str| {
        (0..3000)
            .map(|at| format!("{word} {at}\n"))
            .collect::<String>()
    };
    let all = lines(&text("old"), &text("new"));
    assert_eq!(all.len(), 501);
    assert_eq!(all.last(), Some(&Line::More(5500)));
}

proptest! {
    #[test]
    fn both_texts_are_in_it(first in "([abc]\n){0,12}", second in "([abc]\n){0,12}") {
        let (mut a, mut b) = (0, 0);
        let mut gone = Vec::new();
        let mut come = Vec::new();
        for line in lines(&first, &second) {
            match line {
                Line::Same(_) => { a += 1; b += 1; }
                Line::Gone(text) => { a += 1; gone.push(text); }
                Line::Come(text) => { b += 1; come.push(text); }
                Line::Left(count) => { a += count; b += count; }
                Line::More(_) => prop_assert!(false, "few lines, and not all shown"),
            }
        }
        prop_assert_eq!(a, first.lines().count());
        prop_assert_eq!(b, second.lines().count());
        prop_assert!(first == second || !gone.is_empty() || !come.is_empty());
    }
}
