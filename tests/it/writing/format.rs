//! What formatting would change: the changes make the formatted text, and touch whole lines only.

use recap_editor::text::{BytePos, Span};
use recap_editor::writing::Edit;
use recap_editor::writing::format::{Formatting, Line};

fn made(text: &str, formatted: &str) -> Formatting {
    let formatting = Formatting::of(text, formatted).unwrap();
    let edit = Edit {
        changes: formatting.changes.clone(),
        selection: Span::at(BytePos::new(0)),
    };
    assert_eq!(edit.applied_to(text), formatted);
    formatting
}

#[test]
fn only_lines_that_differ_are_changed() {
    let text = "* one\n* two\n\nsame\n\n\n\nend";
    let formatting = made(text, "- one\n- two\n\nsame\n\nend\n");
    let covered: Vec<&str> = formatting
        .changes
        .iter()
        .map(|change| change.span().of(text))
        .collect();
    // One of the three empty lines stays, whichever.
    assert_eq!(covered.concat(), "* one\n* two\n\n\nend");
    assert_eq!(formatting.blocks, 0);
    assert_eq!(Formatting::of(text, text), None);
    assert!(formatting.lines.contains(&Line::Gone("* one".to_owned())));
    assert!(formatting.lines.contains(&Line::Come("- one".to_owned())));
}

#[test]
fn a_page_that_changes_is_told() {
    assert_eq!(
        made("one\n\ntwo\n\nthree\n", "one\n\n2\n\nthree\n").blocks,
        1
    );
    assert_eq!(made("one\ntwo\n", "one two\n").blocks, 0);
    assert_eq!(made("one\n", "one\n\ntwo\n\nthree\n").blocks, 2);
}

#[test]
fn lines_far_apart_are_told_by_their_number() {
    let text: String = (1..=30).map(|line| format!("l{line}\n\n")).collect();
    let formatting = made(
        &text,
        &text.replace("l5\n", "five\n").replace("l25\n", "25\n"),
    );
    let gaps: Vec<usize> = formatting
        .lines
        .iter()
        .filter_map(|line| match line {
            Line::Gap(number) => Some(*number),
            _ => None,
        })
        .collect();
    assert_eq!(gaps, [8, 48]);
}
