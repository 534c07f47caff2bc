//! Headings with their sections, and sections that change places.

use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::corpus_posts;
use recap_editor::writing::{move_section, outline};

fn words(text: &str) -> Vec<(u8, String, String)> {
    outline(text)
        .into_iter()
        .map(|item| (item.level, item.text, item.section.of(text).to_owned()))
        .collect()
}

#[test]
fn a_section_ends_with_the_next_heading_that_is_no_deeper() {
    let text = "top\n\n## One\n\na\n\n### Two\n\nb\n\n## Three\n\nc\n";
    assert_eq!(
        words(text),
        [
            (
                2,
                "One".to_owned(),
                "## One\n\na\n\n### Two\n\nb\n\n".to_owned()
            ),
            (3, "Two".to_owned(), "### Two\n\nb\n\n".to_owned()),
            (2, "Three".to_owned(), "## Three\n\nc\n".to_owned()),
        ]
    );
}

#[test]
fn only_headings_count() {
    let text = "```\n## code\n```\n<!--\n## comment\n-->\n- ## item\n\n> ## quote\n\n    ## deep\n\n\\## no\n\n#no\n";
    assert_eq!(words(text), []);
}

#[test]
fn headings_are_told_as_they_are_read() {
    for (text, level, told) in [
        ("## **a** `b_` [c](d) &amp; e ##", 2, "a b_ c & e"),
        ("### a {#b}", 3, "a"),
        ("#### ", 4, ""),
        ("a\nb\n===", 1, "a b"),
        ("a\n---", 2, "a"),
        ("   ## a", 2, "a"),
        ("###### 日本 👩‍💻", 6, "日本 👩‍💻"),
    ] {
        let items = outline(text);
        assert_eq!(items.len(), 1, "{text}");
        assert_eq!(
            (items[0].level, items[0].text.as_str()),
            (level, told),
            "{text}"
        );
        assert_eq!(items[0].section.of(text), text);
    }
}

#[test]
fn sections_change_places() {
    let text = "top\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc\n";
    for (which, before, expected) in [
        (2, 0, Some("top\n\n## C\n\nc\n\n## A\n\na\n\n### B\n\nb\n")),
        (0, 3, Some("top\n\n## C\n\nc\n\n## A\n\na\n\n### B\n\nb\n")),
        (1, 0, Some("top\n\n### B\n\nb\n\n## A\n\na\n\n## C\n\nc\n")),
        (1, 3, Some("top\n\n## A\n\na\n\n## C\n\nc\n\n### B\n\nb\n")),
        (0, 0, None),
        (0, 1, None),
        (0, 2, None),
        (2, 3, None),
        (0, 4, None),
        (5, 0, None),
    ] {
        let edit = move_section(text, which, before);
        let got = edit.as_ref().map(|edit| edit.applied_to(text));
        assert_eq!(got.as_deref(), expected, "{which} {before}");
        if let (Some(edit), Some(after)) = (edit, got) {
            let tail = &after[edit.selection.start().get()..];
            assert!(tail.starts_with(&outline(text)[which].section.of(text)[..4]));
        }
    }
}

#[test]
fn sections_without_blank_lines_stay_apart() {
    let edit = move_section("## A\na\n## B\nb", 1, 0).unwrap();
    assert_eq!(edit.applied_to("## A\na\n## B\nb"), "## B\nb\n\n## A\na");
}

#[test]
fn open_code_does_not_move_up() {
    assert_eq!(move_section("## A\n\na\n\n## B\n\n```\nb\n", 1, 0), None);
}

/// The headings that stand in nothing, by pulldown-cmark: where each starts and its level.
fn headings(text: &str) -> Vec<(usize, u8)> {
    let mut depth = 0;
    let mut found = Vec::new();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if let (0, Tag::Heading { level, .. }) = (depth, &tag) {
                    found.push((range.start, *level as u8));
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    found
}

#[test]
fn real_posts_have_the_headings_pulldown_cmark_finds() {
    let posts = corpus_posts();
    let mut count = 0;
    for (name, bytes) in &posts {
        let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
        let body = text.splitn(3, "---\n").nth(2).unwrap_or_default();
        let ours: Vec<(usize, u8)> = outline(body)
            .iter()
            .map(|item| {
                let line = item.section.of(body);
                let indentation = line.len() - line.trim_start_matches(' ').len();
                (item.section.start().get() + indentation, item.level)
            })
            .collect();
        count += ours.len();
        assert_eq!(ours, headings(body), "{name}");
    }
    assert!(posts.is_empty() || count > 100, "{count} headings");
}
