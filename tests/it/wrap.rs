//! Wrapped paragraphs: by hand, against Prettier, and the page that must stay the same.

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page};
use recap_editor::site::SiteIndex;
use recap_editor::text::{Span, Text};
use recap_editor::writing::wrap::wrap;

use crate::support::{self, Dice};

mod prettier;

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
        ("one two threes - four", "one two\nthrees - four"),
        ("one two threes + four", "one two\nthrees + four"),
        ("one two threes 4. four", "one two\nthrees 4. four"),
        ("one two threes # four", "one two\nthrees # four"),
        ("one two threes > four", "one two\nthrees > four"),
        ("one two threes === four", "one two threes\n=== four"),
        (
            "one two threes === fourteenletters",
            "one two\nthrees ===\nfourteenletters",
        ),
        (
            "one two threes *** fourteenletters",
            "one two\nthrees ***\nfourteenletters",
        ),
        ("one two three <div> a", "one two\nthree <div> a"),
        ("one two three <em>a</em>", "one two three\n<em>a</em>"),
        ("one two three ```", "one two\nthree ```"),
        ("one two thre\\ four", "one two\nthre\\ four"),
        ("one two three {.a}", "one two\nthree {.a}"),
        ("one two threes : four", "one two\nthrees : four"),
        ("a | b three fou ---|---", "a | b three\nfou ---|---"),
        ("one two three [^1]: a", "one two\nthree [^1]: a"),
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
        ("one 日本語x 日本語x", "one 日本語x 日本語x"),
        ("éééé éééé éééé éééé", "éééé éééé éééé\néééé"),
        // Line ends as the file has them.
        (
            "a\r\n\r\none two three four five",
            "a\r\n\r\none two three\r\nfour five",
        ),
        ("one\r\ntwo", "one two"),
        (
            "[^1] a\n\n[^1]: one two three four",
            "[^1] a\n\n[^1]:\n    one two\n    three four",
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
    let text = "one\ntwo three four";
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
    assert_eq!(shown, [(3, "\n", " "), (7, " ", "\n"), (13, " ", "\n")]);
}

#[test]
fn a_quote_the_typographer_would_turn_stays_where_it_is() {
    // At a line's end goldmark leaves the apostrophe straight.
    assert_eq!(
        wrapped("the users' data, Linkerd's too", Span::default(), 12),
        "the\nusers' data,\nLinkerd's\ntoo"
    );
    assert_eq!(
        wrapped("the users'\ndata too", Span::default(), 80),
        "the users'\ndata too"
    );
}

#[test]
fn the_page_stays_the_same_but_for_white_space() {
    let mut dice = Dice(7);
    let mut moved = 0;
    for (path, bytes) in support::corpus_posts() {
        let text = Text::from_bytes(&bytes);
        let text = text.as_str();
        let post = Post::parse(text);
        let (head, body) = text.split_at(post.body.start().get());
        let before = words(text);
        for width in [20 + dice.roll(30), 60 + dice.roll(60)] {
            let after = format!("{head}{}", wrapped(body, all(body), width));
            moved += usize::from(after != text);
            assert_eq!(words(&after), before, "{path} at {width}");
            assert_eq!(
                after
                    .split_ascii_whitespace()
                    .filter(|word| *word != ">")
                    .collect::<Vec<_>>(),
                text.split_ascii_whitespace()
                    .filter(|word| *word != ">")
                    .collect::<Vec<_>>(),
                "{path} at {width}"
            );
        }
    }
    assert!(moved == 0 || moved > 150, "only {moved} posts were wrapped");
}

#[test]
fn the_page_stays_the_same_where_everything_means_something() {
    let Some(folder) = support::shared("corpus/adversarial") else {
        return;
    };
    let (mut seen, mut moved, mut open) = (0, 0, vec![folder]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(
                std::fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
            continue;
        }
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let text = Text::from_bytes(&bytes);
        let text = text.as_str();
        let (head, body) = text.split_at(Post::parse(text).body.start().get());
        for width in [1, 5, 10, 20, 40, 80, 500] {
            let after = format!("{head}{}", wrapped(body, all(body), width));
            seen += 1;
            moved += usize::from(after != text);
            assert_eq!(words(&after), words(text), "{} at {width}", path.display());
        }
    }
    assert!(moved * 2 > seen, "only {moved} of {seen} were wrapped");
}

#[test]
fn words_in_any_order_keep_their_meaning() {
    let signs = [
        "a",
        "bc",
        "def",
        "-",
        "+",
        "*",
        "1.",
        "2)",
        "#",
        "##",
        ">",
        "=",
        "==",
        "---",
        "***",
        "___",
        "|",
        "|--|",
        ":",
        "{.a}",
        "{{<",
        "```",
        "~~~",
        "`a b`",
        "[a b](/c)",
        "<div>",
        "</p>",
        "<!--",
        "-->",
        "<b>",
        "[^1]:",
        "[^1]",
        "\\",
        "x\\",
        "'",
        "\"",
        "a'",
        "'b",
        "**c",
        "d**",
        "_e",
        "f_",
        "&amp;",
        "[a]:",
        "/u",
        "\n",
        "  \n",
        "\\\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n  ",
    ];
    let mut dice = Dice(5);
    let mut moved = 0;
    for _ in 0..5000 {
        let mut text = ["", "> ", "- ", "1. ", "- [ ] "][dice.roll(5)].to_owned();
        for _ in 0..4 + dice.roll(30) {
            text.push_str(signs[dice.roll(signs.len())]);
            text.push(' ');
        }
        let after = wrapped(&text, all(&text), 8 + dice.roll(20));
        moved += usize::from(after != text);
        assert_eq!(
            words(&format!("---\n---\n{after}")),
            words(&format!("---\n---\n{text}")),
            "{text:?}\n{after:?}"
        );
    }
    assert!(moved > 2500, "only {moved} were wrapped");
}

/// The body as Hugo renders it, word by word.
fn words(text: &str) -> Vec<String> {
    let post = Post::parse(text);
    let front_matter = FrontMatter::read(text, &post);
    let page = Page {
        text,
        post: &post,
        front_matter: front_matter.mapping(),
        path: None,
        resources: &[],
        site: &SiteIndex::default(),
    };
    let html = preview::render(&page, Audience::Site).html();
    html.split_ascii_whitespace().map(str::to_owned).collect()
}
