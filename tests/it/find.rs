//! Finding and replacing.

use recap_editor::text::{BytePos, Span, TextEdit};
use recap_editor::writing::find::{Finder, Query, compile};

/// A finder for `pattern` with flags: `c` for case, `w` for words, `r` for a regular expression.
fn finder(pattern: &str, flags: &str) -> Finder {
    compile(&query(pattern, flags)).unwrap()
}

fn query(pattern: &str, flags: &str) -> Query {
    Query {
        pattern: pattern.to_owned(),
        case: flags.contains('c'),
        word: flags.contains('w'),
        regular: flags.contains('r'),
    }
}

fn at(offset: usize) -> BytePos {
    BytePos::new(offset)
}

fn span(from: usize, to: usize) -> Span {
    Span::from_range(from..to)
}

/// All matches, by going on from each to the next until the first comes again.
fn all(finder: &Finder, text: &str) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut from = at(0);
    while let Some(next) = finder.next(text, from, None) {
        let pair = (next.start().get(), next.end().get());
        if found.contains(&pair) {
            break;
        }
        found.push(pair);
        from = next.end();
    }
    found
}

fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut after = text.to_owned();
    for edit in edits.iter().rev() {
        after = edit.applied_to(&after);
    }
    after
}

/// Pattern, flags, text, and where it is found.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [(usize, usize)]);

#[test]
fn texts_and_expressions_are_found() {
    let cases: &[Case<'_>] = &[
        ("b", "", "abcb", &[(1, 2), (3, 4)]),
        ("aa", "", "aaaaa", &[(0, 2), (2, 4)]),
        ("aab", "", "aaaab", &[(2, 5)]),
        ("A", "", "aA", &[(0, 1), (1, 2)]),
        ("A", "c", "aA", &[(1, 2)]),
        ("ÄÖ", "", "xäö ÄÖ", &[(1, 5), (6, 10)]),
        ("σ", "", "Σσ", &[(0, 2), (2, 4)]),
        // The Kelvin sign is longer than the letter it is folded to.
        ("ok", "", "o\u{212a} ok", &[(0, 4), (5, 7)]),
        // What has no single small letter is compared as it is.
        ("İ", "", "iİ", &[(1, 3)]),
        ("a.c", "", "abc a.c", &[(4, 7)]),
        ("a\nb", "", "a\nb", &[(0, 3)]),
        (
            "cat",
            "w",
            "cat cats _cat cat-cat écat",
            &[(0, 3), (14, 17), (18, 21)],
        ),
        ("aa", "w", "aaa aa", &[(4, 6)]),
        ("$5", "w", "a$5 $5", &[(1, 3), (4, 6)]),
        ("a.c", "r", "abc a.c", &[(0, 3), (4, 7)]),
        ("^a", "r", "a\na\r\na", &[(0, 1), (2, 3), (5, 6)]),
        ("a$", "r", "a\r\nba\nab", &[(0, 1), (4, 5)]),
        ("a.*", "r", "ab\r\nab", &[(0, 2), (4, 6)]),
        ("[a-z]+", "r", "Ab", &[(0, 2)]),
        ("[a-z]+", "rc", "Ab", &[(1, 2)]),
        ("ab?", "rw", "xab ab", &[(4, 6)]),
        ("caf", "rw", "café caf", &[(6, 9)]),
        ("\\bb", "r", "ab b", &[(3, 4)]),
        ("x", "", "abc", &[]),
        // Empty ones get on, and come to an end.
        ("x*", "r", "axb", &[(1, 2), (3, 3), (0, 0)]),
        ("^", "r", "a\nä\n", &[(2, 2), (5, 5), (0, 0)]),
        ("$", "r", "a\r\nb", &[(1, 1), (4, 4)]),
    ];
    for (pattern, flags, text, expected) in cases {
        assert_eq!(
            all(&finder(pattern, flags), text),
            *expected,
            "{pattern} in {text:?}"
        );
    }
}

#[test]
fn going_on_comes_round_at_the_ends() {
    let (text, a) = ("a b a b a", finder("a", ""));
    assert_eq!(a.next(text, at(1), None), Some(span(4, 5)));
    assert_eq!(a.next(text, at(9), None), Some(span(0, 1)));
    assert_eq!(a.next(text, at(99), None), Some(span(0, 1)));
    assert_eq!(a.previous(text, at(8), None), Some(span(4, 5)));
    assert_eq!(a.previous(text, at(5), None), Some(span(4, 5)));
    assert_eq!(a.previous(text, at(0), None), Some(span(8, 9)));
    assert_eq!(finder("x", "").previous(text, at(5), None), None);
    let lines = finder("^", "r");
    assert_eq!(lines.previous("a\nb", at(2), None), Some(span(0, 0)));
    assert_eq!(lines.previous("a\nb", at(0), None), Some(span(2, 2)));
    // A place inside of a character counts as in front of it.
    assert_eq!(finder("ä", "").next("ää", at(3), None), Some(span(2, 4)));
}

#[test]
fn a_selection_bounds_the_search() {
    let (text, a) = ("a b a b a", finder("a", ""));
    let within = Some(span(2, 7));
    assert_eq!(a.next(text, at(0), within), Some(span(4, 5)));
    assert_eq!(a.next(text, at(5), within), Some(span(4, 5)));
    assert_eq!(a.previous(text, at(9), within), Some(span(4, 5)));
    assert_eq!(a.previous(text, at(2), within), Some(span(4, 5)));
    assert_eq!(a.count(text, within, 9), 1);
    assert_eq!(a.count(text, None, 9), 3);
    assert_eq!(a.count(text, None, 2), 2);
    assert_eq!(a.count(text, Some(span(5, 5)), 9), 0);
    assert_eq!(a.count(text, Some(span(5, 99)), 9), 1);
    assert_eq!(
        finder("a.*", "r").next("abcd", at(0), Some(span(0, 2))),
        Some(span(0, 2))
    );
    assert_eq!(finder("b a", "").count(text, Some(span(2, 4)), 9), 0);
    // What stands in front of it still counts: no line begins here.
    assert_eq!(finder("^b", "r").count("ab", Some(span(1, 2)), 9), 0);
}

#[test]
fn matches_are_replaced() {
    let cases = [
        ("a", "", "aba", "$1\\n", "$1\\nb$1\\n"),
        ("a", "", "aba", "", "b"),
        ("a", "w", "a ab a", "x", "x ab x"),
        ("(a)(b)?", "r", "ab a", "[$2$1$0]", "[baab] [aa]"),
        ("(?P<x>a)", "r", "a", "${x}${1}${y}$2$$1", "aa${y}$2$1"),
        ("(a)", "r", "a", "$10", "a0"),
        (
            "a",
            "r",
            "a\r\na",
            "b\\n\\t\\\\c\\d",
            "b\r\n\t\\c\\d\r\nb\r\n\t\\c\\d",
        ),
        ("^", "r", "a\nb", "> ", "> a\n> b"),
        ("x*", "r", "axb", "-", "-a-b-"),
        ("b*$", "r", "ab", "c", "ac"),
    ];
    for (pattern, flags, text, replacement, expected) in cases {
        let edits = finder(pattern, flags).replace_all(text, None, replacement);
        assert_eq!(applied(text, &edits), expected, "{pattern} in {text:?}");
    }
    assert_eq!(finder("a", "").replace_all("aA", None, "a").len(), 1);
    let edits = finder("a", "").replace_all("aaaa", Some(span(1, 3)), "b");
    assert_eq!(applied("aaaa", &edits), "abba");
}

#[test]
fn one_match_is_replaced_where_it_is_one() {
    let one = |pattern: &str, flags: &str, text: &str, from: usize, to: usize| {
        let edit = finder(pattern, flags).replace_one(text, span(from, to), "[$1]");
        edit.map(|edit| edit.applied_to(text))
    };
    assert_eq!(one("(b)c", "r", "abc bc", 1, 3).unwrap(), "a[b] bc");
    assert_eq!(one("b", "", "abc", 1, 2).unwrap(), "a[$1]c");
    assert_eq!(one("b", "", "abc", 0, 1), None);
    assert_eq!(one("b", "", "abc", 1, 9), None);
    assert_eq!(one("b", "w", "abc", 1, 2), None);
    // Found in a selection that ends there.
    assert_eq!(one("a(.*)", "r", "abcd", 0, 2).unwrap(), "[b]cd");
    assert_eq!(one("^a", "r", "ba", 1, 2), None);
}

#[test]
fn a_bad_expression_is_refused_in_plain_words() {
    let cases = [
        ("(a", "a “(” is never closed"),
        ("a)", "a “)” too many"),
        ("[a", "a “[” is never closed"),
        ("[", "a “[” is never closed"),
        ("*a", "nothing in front to repeat"),
        ("a{2", "is not followed by numbers"),
        ("a{x}", "is not followed by numbers"),
        ("a{3,2}", "larger than the second"),
        ("[b-a]", "wrong way round"),
        ("(?=a)", "looking ahead"),
        ("(a)\\1", "references back"),
        ("\\p{L}", "classes such as"),
        ("a\\", "needs a character behind it"),
        ("\\q", "a character that needs none"),
        ("(a{999}){999}", "too large"),
        ("(?z)", "cannot be read"),
    ];
    for (pattern, expected) in cases {
        let refusal = compile(&query(pattern, "r")).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{pattern}: {refusal}");
        assert!(refusal.ends_with('.'), "{refusal}");
        assert!(compile(&query(pattern, "")).is_ok());
    }
    assert!(compile(&query(&"(".repeat(5000), "r")).is_err());
    assert_eq!(
        compile(&query("", "")).unwrap_err().to_string(),
        "Type what to look for."
    );
}

#[test]
fn a_megabyte_is_searched_in_one_go() {
    // Inputs on which a search that starts over at each place would not come to an end.
    let text = "a".repeat(1 << 20);
    let needle = format!("{}b", "a".repeat(1 << 14));
    assert_eq!(finder(&needle, "").next(&text, at(0), None), None);
    assert_eq!(finder(&"a".repeat(1 << 14), "w").count(&text, None, 9), 0);
    assert_eq!(finder("aa", "").count(&text, None, usize::MAX), 1 << 19);
    assert_eq!(finder("a+", "rw").count(&format!("_{text}"), None, 9), 0);
    assert_eq!(finder("(a*)*b", "r").count(&text[..1 << 16], None, 9), 0);
    assert_eq!(finder("a", "").replace_all(&text, None, "b").len(), 1 << 20);
}
