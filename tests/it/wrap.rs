//! Wrapped paragraphs: by hand, against Prettier, and the page that must stay the same.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page};
use recap_editor::site::SiteIndex;
use recap_editor::text::{BytePos, Span, Text};
use recap_editor::writing::wrap::{WIDTH, wrap};

use crate::support::{self, Dice};

fn wrapped(text: &str, span: Span, width: usize) -> String {
    let mut after = text.to_owned();
    for edit in wrap(text, span, width).iter().rev() {
        after = edit.applied_to(&after);
    }
    after
}

fn all(text: &str) -> Span {
    Span::from_range(0..text.len())
}

#[test]
fn paragraphs_go_to_the_width() {
    let cases = [
        // The words of a paragraph, and nothing where they fit.
        ("one two three four five", "one two three\nfour five"),
        ("one\ntwo\nthree", "one two three"),
        ("one two", "one two"),
        ("one two \nthree", "one two three"),
        // What never breaks.
        ("one `two three four`", "one\n`two three four`"),
        ("`one\ntwo`", "`one two`"),
        ("one [two three](/u)", "one\n[two three](/u)"),
        ("[one\ntwo](/u) three", "[one two](/u)\nthree"),
        ("one ![two three](/u)", "one\n![two three](/u)"),
        ("one {{< x a=\"b c\" >}}", "one\n{{< x a=\"b c\" >}}"),
        ("one <b title=\"b c\">two", "one\n<b title=\"b c\">two"),
        ("one <https://example.com>", "one\n<https://example.com>"),
        // A link whose address stands elsewhere may.
        (
            "[one two three four][a]\n\n[a]: /u",
            "[one two three\nfour][a]\n\n[a]: /u",
        ),
        ("**one two three four**", "**one two three\nfour**"),
        // Where the paragraph stands.
        ("- one two three four", "- one two three\n  four"),
        ("1. one two three four", "1. one two\n   three four"),
        ("> one two three four", "> one two three\n> four"),
        ("> - one two three four", "> - one two\n>   three four"),
        ("- > one two three four", "- > one two\n  > three four"),
        ("- [ ] one two three", "- [ ] one two\n      three"),
        ("> one\n> two", "> one two"),
        ("> one\ntwo", "> one two"),
        ("- one\ntwo", "- one two"),
        (
            "- a\n\n  one two three four",
            "- a\n\n  one two three\n  four",
        ),
        // Hard breaks stay.
        (
            "one two  \nthree four five six",
            "one two  \nthree four five\nsix",
        ),
        ("one\\\ntwo\nthree", "one\\\ntwo three"),
        ("> one  \n> two\n> three", "> one  \n> two three"),
        // What would begin something at a line's start.
        ("one two three - four", "one two\nthree - four"),
        ("one two three + four", "one two\nthree + four"),
        ("one two three 4. four", "one two\nthree 4. four"),
        ("one two three # four", "one two\nthree # four"),
        ("one two three > four", "one two\nthree > four"),
        (
            "one two thre = fourteenfive",
            "one two\nthre =\nfourteenfive",
        ),
        ("one two three === fourteen", "one two\nthree ===\nfourteen"),
        ("one two three *** fourteen", "one two\nthree ***\nfourteen"),
        ("one two three <div> a", "one two\nthree <div> a"),
        ("one two three ```", "one two\nthree ```"),
        ("one two three\\ four", "one two\nthree\\ four"),
        ("one two three {.a}", "one two\nthree {.a}"),
        ("one two three : four", "one two\nthree : four"),
        ("a | b three four | ---|---", "a | b three\nfour | ---|---"),
        // What stays as it is.
        ("# one two three four five", "# one two three four five"),
        (
            "one two three four five\n===",
            "one two three four five\n===",
        ),
        ("    one two three four five", "    one two three four five"),
        (
            "```\none two three four five\n```",
            "```\none two three four five\n```",
        ),
        (
            "<div>\none two three four five\n</div>",
            "<div>\none two three four five\n</div>",
        ),
        (
            "| one two three four five |\n|---|",
            "| one two three four five |\n|---|",
        ),
        (
            "{{< highlight sh >}}\na b c\nd e f g h i j k l m\n{{< /highlight >}}",
            "{{< highlight sh >}}\na b c\nd e f g h i j k l m\n{{< /highlight >}}",
        ),
        (
            "one two three four\n: five\nsix seven eight nine",
            "one two three four\n: five\nsix seven eight nine",
        ),
        // Inside of a note there is Markdown.
        (
            "{{< note >}}\none two three four\n{{< /note >}}",
            "{{< note >}}\none two three\nfour\n{{< /note >}}",
        ),
        (
            "{{< x a b >}}\n{{< x c d >}}",
            "{{< x a b >}}\n{{< x c d >}}",
        ),
        // Columns.
        ("日本語 日本語 日本語", "日本語 日本語 日本語"),
        ("one 日本語x 日本語x", "one 日本語x\n日本語x"),
        ("éééé éééé éééé éééé", "éééé éééé éééé\néééé"),
        // Line ends as the file has them.
        (
            "a\r\n\r\none two three four five",
            "a\r\n\r\none two three\r\nfour five",
        ),
        ("one\r\ntwo", "one two"),
        (
            "[^1] a\n\n[^1]: one two three four",
            "[^1] a\n\n[^1]: one two\n    three four",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(wrapped(text, all(text), 15), expected, "{text}");
        assert_eq!(
            wrapped(expected, all(expected), 15),
            expected,
            "again: {text}"
        );
    }
}

#[test]
fn a_caret_wraps_its_paragraph_and_a_selection_those_it_covers() {
    let text = "a b c\n\nd e f\n\n- g h i\n- j k l\n";
    let at = |from: usize, to: usize| wrapped(text, Span::from_range(from..to), 3);
    assert_eq!(at(0, 0), "a b\nc\n\nd e f\n\n- g h i\n- j k l\n");
    assert_eq!(at(5, 5), at(0, 0));
    assert_eq!(at(6, 6), text);
    assert_eq!(at(9, 9), "a b c\n\nd e\nf\n\n- g h i\n- j k l\n");
    assert_eq!(at(4, 8), "a b\nc\n\nd e\nf\n\n- g h i\n- j k l\n");
    assert_eq!(at(18, 18), "a b c\n\nd e f\n\n- g\n  h\n  i\n- j k l\n");
    assert_eq!(at(40, 90), text);
}

#[test]
fn edits_touch_nothing_but_white_space() {
    let text = "one two three\nfour five six";
    let edits = wrap(text, all(text), 9);
    let shown: Vec<(usize, &str, &str)> = edits
        .iter()
        .map(|edit| {
            (
                edit.span().start().get(),
                edit.span().of(text),
                edit.insert(),
            )
        })
        .collect();
    assert_eq!(shown, [(7, " ", "\n"), (13, "\n", " "), (18, " ", "\n"),]);
}

#[test]
fn a_quote_the_typographer_would_turn_stays_where_it_is() {
    // At a line's end goldmark leaves the apostrophe straight.
    let text = "all the users' data\n";
    let edits = wrap(text, all(text), 14);
    assert_eq!(edits, []);
    assert_eq!(
        wrapped("all the uses' data\n", all(text), 8),
        "all the\nuses' data\n"
    );
}

/// What Prettier makes of texts; `None`, with a line that says so, where it is missing.
fn prettier(asked: &[(String, &str, usize)]) -> Option<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("node_modules/prettier").exists() {
        eprintln!("Skipped: node_modules/prettier is not here (npm ci).");
        return None;
    }
    let mut child = Command::new("node")
        .arg("tests/prettier.mjs")
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    let lines: Vec<String> = asked
        .iter()
        .map(|(text, prose, width)| {
            serde_json::json!({"text": text, "proseWrap": prose, "printWidth": width}).to_string()
        })
        .collect();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all((lines.join("\n") + "\n").as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let answers: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), asked.len());
    Some(answers)
}

/// The pieces of a body between blank lines that are no code; what is indented belongs to the list above it.
fn pieces(body: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut blank = true;
    for line in body.lines() {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        let inside = fence.is_some();
        if let Some(mark) = mark {
            fence = match fence {
                None => Some(mark),
                Some(open) if open == mark => None,
                open => open,
            };
        }
        if line.trim().is_empty() && !inside {
            blank = true;
            continue;
        }
        let goes_on = inside || !blank || line.starts_with([' ', '\t']);
        match pieces.last_mut() {
            Some(last) if goes_on => {
                if blank && !inside {
                    last.push('\n');
                }
                last.push_str(line);
                last.push('\n');
            }
            _ => pieces.push(format!("{line}\n")),
        }
        blank = false;
    }
    pieces
}

/// Pieces of the real posts that we wrap otherwise than Prettier, with the reason.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn real_paragraphs_come_out_as_prettiers() {
    let mut originals: Vec<String> = Vec::new();
    for (_, bytes) in support::corpus_posts() {
        let text = Text::from_bytes(&bytes);
        let post = Post::parse(text.as_str());
        originals.extend(pieces(post.body.of(text.as_str())));
    }
    originals.sort();
    originals.dedup();
    if originals.is_empty() {
        return;
    }
    let asked = |texts: &[String], prose: &'static str, width: usize| {
        let asked: Vec<_> = texts
            .iter()
            .map(|text| (text.clone(), prose, width))
            .collect();
        prettier(&asked)
    };
    let Some(preserved) = asked(&originals, "preserve", WIDTH) else {
        return;
    };
    let clean: Vec<String> = originals
        .into_iter()
        .zip(preserved)
        .filter(|(text, preserved)| text == preserved)
        .map(|(text, _)| text)
        .collect();
    let mut scrambled = Vec::new();
    for (prose, width) in [("never", WIDTH), ("always", 40), ("always", 67)] {
        scrambled.extend(asked(&clean, prose, width).unwrap());
    }
    scrambled.extend(clean.iter().cloned());
    let preserved = asked(&scrambled, "preserve", WIDTH).unwrap();
    scrambled = scrambled
        .into_iter()
        .zip(preserved)
        .filter(|(text, preserved)| text == preserved)
        .map(|(text, _)| text)
        .collect();
    let expected = asked(&scrambled, "always", WIDTH).unwrap();
    let (mut moved, mut misses) = (0, Vec::new());
    for (text, expected) in scrambled.iter().zip(&expected) {
        let ours = wrapped(text, all(text), WIDTH);
        moved += usize::from(ours != *text);
        if ours != *expected && !KNOWN.iter().any(|(known, _)| text.contains(known)) {
            misses.push(format!(
                "--- from\n{text}--- Prettier\n{expected}--- ours\n{ours}"
            ));
        }
    }
    println!(
        "{} of {} pieces are clean in {}; {} texts, {moved} of them wrapped anew",
        clean.len(),
        preserved_count(&clean),
        support::corpus_posts().len(),
        scrambled.len()
    );
    assert!(moved > 1000, "only {moved} were wrapped");
    assert!(
        misses.is_empty(),
        "{} of {}\n{}",
        misses.len(),
        scrambled.len(),
        misses.join("\n")
    );
}

fn preserved_count(clean: &[String]) -> usize {
    clean.len()
}
