//! The colours of code against what Hugo publishes.

use std::collections::BTreeMap;

use recap_editor::preview::colours::{Colour, stretches};

use crate::support::shared;

fn coloured(language: &str, code: &str) -> Vec<(String, Colour)> {
    let units: Vec<u16> = code.encode_utf16().collect();
    stretches(language, code)
        .into_iter()
        .map(|stretch| {
            let range = stretch.from.get() as usize..stretch.to.get() as usize;
            (String::from_utf16(&units[range]).unwrap(), stretch.colour)
        })
        .collect()
}

#[track_caller]
fn has(language: &str, code: &str, wanted: &[(&str, Colour)]) {
    let found = coloured(language, code);
    for (text, colour) in wanted {
        assert!(
            found.iter().any(|(t, c)| t.trim() == *text && c == colour),
            "{text:?} as {colour:?} in {found:?}"
        );
    }
}

#[test]
fn each_language_has_its_colours() {
    use Colour::{Class, Comment, Constant, Deleted, Function, Inserted, Keyword, Literal, Tag};
    has(
        "bash",
        "# 😀 hi\nexport A=$B \"x $HOME\" && for",
        &[
            ("# 😀 hi", Comment),
            ("A", Constant),
            ("$B", Constant),
            ("$HOME", Constant),
            ("for", Keyword),
        ],
    );
    has(
        "yaml",
        "---\na: \"b\" # c\nd:\n  - true\n  - x\ne: |\n  text: y\nf: 1\n",
        &[
            ("---", Keyword),
            ("a", Tag),
            ("\"b\"", Literal),
            ("# c", Comment),
            ("true", Constant),
            ("text: y", Literal),
            ("f", Tag),
            ("1", Literal),
        ],
    );
    has(
        "JSON",
        "{\"a\": [1, \"b\", null]}",
        &[
            ("\"a\"", Tag),
            ("1", Literal),
            ("\"b\"", Literal),
            ("null", Constant),
        ],
    );
    has(
        "go",
        "func main() { x := `a\nb` } // c",
        &[
            ("func", Keyword),
            ("main", Function),
            ("`a\nb`", Literal),
            ("// c", Comment),
        ],
    );
    has(
        "rust",
        "struct A; fn b() { \"\\\"\" } /* c */",
        &[
            ("A", Class),
            ("b", Function),
            ("\"\\\"\"", Literal),
            ("/* c */", Comment),
        ],
    );
    has(
        "js",
        "const a = 'b';",
        &[("const", Keyword), ("'b'", Literal)],
    );
    has(
        "python",
        "def a(): # b",
        &[("def", Keyword), ("a", Function), ("# b", Comment)],
    );
    has("diff", "+a\n-b\n c\n", &[("+a", Inserted), ("-b", Deleted)]);
    has(
        "html",
        "<!-- c --><a href=\"x\">y</a>",
        &[
            ("<!-- c -->", Comment),
            ("a", Tag),
            ("href", Constant),
            ("\"x\"", Literal),
        ],
    );
    has(
        "toml",
        "[a]\nb = \"c\" # d\n",
        &[("[a]", Keyword), ("b", Constant), ("\"c\"", Literal)],
    );
    has(
        "dockerfile",
        "FROM a AS b\nRUN \"c\"",
        &[("FROM", Keyword), ("AS", Keyword), ("RUN", Keyword)],
    );
    assert_eq!(coloured("text", "if 1 \"a\""), []);
}

#[test]
fn stretches_are_in_order_whatever_the_code() {
    let pieces = [
        "\"", "'", "`", "$(", "${", "}", ")", "\\", "#", "|", "\n", "  ", "- ", ": ", "<", ">",
        "<!--", "/*", "😀", "ä", "a", "1", "=", "<<E", "[", "&", "\r",
    ];
    let languages = [
        "bash", "yaml", "json", "toml", "diff", "html", "docker", "js", "go", "rust", "python",
        "promql", "proto", "java",
    ];
    let mut numbers = crate::support::Dice(7);
    for round in 0..3000 {
        let code: String = (0..numbers.roll(12))
            .map(|_| pieces[numbers.roll(pieces.len())])
            .collect();
        let language = languages[round % languages.len()];
        let length = code.encode_utf16().count();
        let mut end = 0;
        for stretch in stretches(language, &code) {
            let (from, to) = (stretch.from.get() as usize, stretch.to.get() as usize);
            assert!(
                end <= from && from < to && to <= length,
                "{language} {code:?} {stretch:?}"
            );
            end = to;
        }
    }
}

/// The colours of github-dark, by their roles.
fn wanted(colour: &str) -> Option<Colour> {
    Some(match colour {
        "#ff7b72" => Colour::Keyword,
        "#79c0ff" => Colour::Constant,
        "#a5d6ff" => Colour::Literal,
        "#8b949e" => Colour::Comment,
        "#7ee787" => Colour::Tag,
        "#d2a8ff" => Colour::Function,
        "#f0883e" => Colour::Class,
        _ => return None,
    })
}

/// The characters of a code block, each with its colour.
type Characters = Vec<(char, Option<Colour>)>;

/// The code blocks of published HTML, each with its language.
fn published(html: &str) -> Vec<(String, Characters)> {
    let mut blocks = Vec::new();
    for block in html.split("<div class=\"highlight").skip(1) {
        let Some((head, rest)) = block.split_once("<code") else {
            continue;
        };
        let Some((attributes, rest)) = rest.split_once('>') else {
            continue;
        };
        let Some((inside, _)) = rest.split_once("</code>") else {
            continue;
        };
        assert!(head.contains("<pre"));
        let language = attributes
            .split_once("data-lang=\"")
            .map_or("", |(_, rest)| rest.split('"').next().unwrap_or_default());
        let mut characters = Vec::new();
        let mut open: Vec<Option<Colour>> = vec![None];
        let mut rest = inside;
        while let Some(c) = rest.chars().next() {
            if let Some(tag) = rest.strip_prefix('<') {
                let (tag, after) = tag.split_once('>').unwrap();
                rest = after;
                if tag.starts_with('/') {
                    open.pop();
                } else {
                    let colour = tag
                        .split_once("\"color:")
                        .and_then(|(_, rest)| wanted(rest.get(..7)?));
                    let outer = open.last().copied().flatten();
                    open.push(if tag.contains("\"color:") {
                        colour
                    } else {
                        outer
                    });
                }
                continue;
            }
            let (c, length) = if c == '&' {
                let name = rest.split(';').next().unwrap();
                let c = match name {
                    "&lt" => '<',
                    "&gt" => '>',
                    "&amp" => '&',
                    "&quot" | "&#34" => '"',
                    "&#39" => '\'',
                    other => panic!("{other}"),
                };
                (c, name.len() + 1)
            } else {
                (c, c.len_utf8())
            };
            characters.push((c, open.last().copied().flatten()));
            rest = &rest[length..];
        }
        blocks.push((language.to_owned(), characters));
    }
    blocks
}

#[test]
fn real_posts_are_coloured_as_published() {
    let Some(file) = shared("corpus/expected.jsonl") else {
        return;
    };
    let mut tally: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let post: serde_json::Value = serde_json::from_str(line).unwrap();
        for (language, characters) in published(post["content_html"].as_str().unwrap_or_default()) {
            let code: String = characters.iter().map(|(c, _)| c).collect();
            let mut ours = vec![None; code.encode_utf16().count()];
            for stretch in stretches(&language, &code) {
                ours[stretch.from.get() as usize..stretch.to.get() as usize]
                    .fill(Some(stretch.colour));
            }
            let mut at = 0;
            let (all, same) = tally.entry(language.clone()).or_default();
            let mut missed = String::new();
            for (c, colour) in characters {
                if !c.is_whitespace() {
                    *all += 1;
                    *same += usize::from(ours[at] == colour);
                    if ours[at] != colour {
                        missed.push(c);
                    }
                }
                at += c.len_utf16();
            }
            if std::env::var_os("RECAP_LONG").is_some() && !missed.is_empty() {
                println!("{language}: {missed}");
            }
        }
    }
    let (all, same) = tally
        .values()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    println!("characters of code coloured as published: {same} of {all}; by language: {tally:?}");
    assert!(same * 100 >= all * 95, "{same} of {all}");
}
