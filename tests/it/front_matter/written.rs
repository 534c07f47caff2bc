//! Front matter as people write it, and worse: a proptest generator of texts.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Front matter that is to be edited: the text between the fences, and how it is fenced.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) content: String,
    pub(crate) line_end: &'static str,
    pub(crate) bom: bool,
}

impl Written {
    /// The whole post.
    pub(crate) fn post(&self) -> String {
        let bom = if self.bom { "\u{feff}" } else { "" };
        format!("{bom}---\n{}---\nBody\n---\nnot: yaml\n", self.content)
            .replace('\n', self.line_end)
    }
}

#[derive(Debug, Clone)]
struct Entry {
    above: Vec<Above>,
    key_quote: &'static str,
    gap: &'static str,
    value: Node,
    comment: Option<&'static str>,
}

#[derive(Debug, Clone)]
enum Above {
    Blank,
    Comment(&'static str),
}

#[derive(Debug, Clone)]
enum Node {
    Empty,
    /// On the key's line.
    Line(String),
    /// On lines of its own below the key.
    Below(Vec<String>),
    /// Header and lines.
    Block(&'static str, Vec<String>),
    FlowLines(Vec<(String, Option<&'static str>)>, bool),
    List(usize, Vec<Entry>),
    Map(Vec<(String, Entry)>),
}

const KEYS: [&str; 16] = [
    "date",
    "title",
    "slug",
    "description",
    "keywords",
    "images",
    "aliases",
    "draft",
    "tags",
    "weight",
    "x-y",
    "ünï",
    "a b",
    "custom",
    "lead",
    "n",
];
const INNER: [&str; 8] = [
    "author",
    "showCover",
    "name",
    "metaTitle",
    "email",
    "k",
    "other key",
    "z9",
];

fn comment() -> impl Strategy<Value = &'static str> {
    select(vec![
        "# c",
        "# Open graph image",
        "#",
        "# é: [",
        "# - x",
        "#x",
    ])
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z][a-zé]{0,6}",
        1 => select(vec!["🎈", "2.14", "don't", "a:b", "x#y", "“q”", "—", "c++", "C:\\d"]).prop_map(str::to_owned),
    ]
}

fn words(range: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(word(), range).prop_map(|words| format!("T{}", words.join(" ")))
}

/// A scalar on one line, for a place outside or inside brackets.
fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => words(1..5),
        1 => select(vec!["true", "2.20", "12", "null", "~", "2021-11-10", "2021-11-10T00:00:00Z", "yes", "1e3", "-5"])
            .prop_map(str::to_owned),
        1 => "[ -~éü\u{2028}]{0,12}".prop_map(|text| format!("'{}'", text.replace('\'', "''").replace('\u{2028}', ""))),
        1 => "[ !#-\\[\\]-~éü]{0,12}(\\\\n|\\\\t|\\\\u00e9|\\\\x41|\\\\\"|\\\\\\\\){0,2}".prop_map(|text| format!("\"{text}\"")),
    ]
}

fn flow_list() -> impl Strategy<Value = String> {
    (vec(scalar(), 0..4), select(vec!["", " "]), any::<bool>()).prop_map(|(items, pad, comma)| {
        let comma = if comma && !items.is_empty() { "," } else { "" };
        format!("[{pad}{}{comma}{pad}]", items.join(", "))
    })
}

fn flow_map() -> impl Strategy<Value = String> {
    vec((select(INNER.to_vec()), scalar()), 0..3).prop_map(|entries| {
        let mut seen: Vec<&str> = Vec::new();
        let mut parts = Vec::new();
        for (key, value) in entries {
            if !seen.contains(&key) {
                seen.push(key);
                parts.push(format!("{key}: {value}"));
            }
        }
        format!("{{{}}}", parts.join(", "))
    })
}

fn text_lines() -> impl Strategy<Value = Vec<String>> {
    let line = prop_oneof![
        5 => words(1..14),
        1 => Just(String::new()),
        1 => words(1..4).prop_map(|text| format!("  {text}")),
        1 => "[!-~][ -~é]{0,20}[!-~]",
    ];
    (words(1..6), vec(line, 0..4)).prop_map(|(first, mut rest)| {
        rest.insert(0, first);
        rest
    })
}

fn node(depth: u32) -> BoxedStrategy<Node> {
    let leaf = prop_oneof![
        6 => scalar().prop_map(Node::Line),
        1 => Just(Node::Empty),
        1 => vec(words(1..4), 1..3).prop_map(Node::Below),
        1 => words(2..5).prop_map(|text| Node::Below(vec![format!("\"{text}"), format!("{text}\"")])),
        3 => (select(vec!["|-", "|", "|+", ">-", ">", ">+", "|- # c", "> # c"]), text_lines())
            .prop_map(|(header, lines)| Node::Block(header, lines)),
        2 => flow_list().prop_map(Node::Line),
        1 => flow_map().prop_map(Node::Line),
        1 => (vec((scalar(), option::weighted(0.3, comment())), 1..4), any::<bool>())
            .prop_map(|(items, comma)| Node::FlowLines(items, comma)),
        1 => scalar().prop_map(|text| Node::Line(format!("!!str {text}"))),
    ];
    if depth == 0 {
        return leaf.boxed();
    }
    prop_oneof![
        8 => leaf,
        2 => (0..3_usize, vec(entry(depth - 1), 1..4)).prop_map(|(indent, items)| Node::List(indent, items)),
        2 => vec((select(INNER.to_vec()), entry(depth - 1)), 1..4).prop_map(|entries| {
            let entries = entries.into_iter().map(|(key, entry)| (key.to_owned(), entry));
            Node::Map(unique(entries.collect()))
        }),
    ]
    .boxed()
}

fn entry(depth: u32) -> BoxedStrategy<Entry> {
    let above = prop_oneof![
        1 => Just(Above::Blank),
        2 => comment().prop_map(Above::Comment),
    ];
    (
        prop_oneof![4 => Just(Vec::new()), 1 => vec(above, 1..3)],
        select(vec!["", "", "", "", "\"", "'"]),
        select(vec![" ", " ", " ", "  "]),
        node(depth),
        option::weighted(0.25, comment()),
    )
        .prop_map(|(above, key_quote, gap, value, comment)| Entry {
            above,
            key_quote,
            gap,
            value,
            comment,
        })
        .boxed()
}

fn unique(entries: Vec<(String, Entry)>) -> Vec<(String, Entry)> {
    let mut kept: Vec<(String, Entry)> = Vec::new();
    for (key, entry) in entries {
        if kept.iter().all(|(known, _)| *known != key) {
            kept.push((key, entry));
        }
    }
    kept
}

/// A post with generated front matter.
pub(crate) fn post() -> impl Strategy<Value = Written> {
    (
        vec((select(KEYS.to_vec()), entry(2)), 0..7),
        option::weighted(0.6, vec((select(INNER.to_vec()), entry(1)), 1..4)),
        1..5_usize,
        select(vec!["\n", "\n", "\n", "\r\n", "\r"]),
        prop::bool::weighted(0.1),
        select(vec!["", "", "", "", "# end\n", "\n", "...\n"]),
        // An anchor on one entry and an alias of it in another.
        prop::bool::weighted(0.1),
    )
        .prop_map(|(entries, params, step, line_end, bom, tail, shared)| {
            let mut entries: Vec<(String, Entry)> = entries
                .into_iter()
                .map(|(key, entry)| (key.to_owned(), entry))
                .collect();
            if let Some(params) = params {
                let inner = params
                    .into_iter()
                    .map(|(key, entry)| (key.to_owned(), entry));
                let params = Entry {
                    above: Vec::new(),
                    key_quote: "",
                    gap: " ",
                    value: Node::Map(unique(inner.collect())),
                    comment: None,
                };
                entries.push(("params".to_owned(), params));
            }
            let mut content = String::new();
            let entries = unique(entries);
            if shared {
                content.push_str("anchored: &it [shared, value]\n");
            }
            for (key, entry) in &entries {
                write_entry(&mut content, key, entry, 0, step, true);
            }
            if shared {
                content.push_str("aliased: *it\n");
            }
            content.push_str(tail);
            Written {
                content,
                line_end,
                bom,
            }
        })
}

fn write_above(out: &mut String, above: &[Above], indent: usize) {
    for above in above {
        match above {
            Above::Blank => out.push('\n'),
            Above::Comment(text) => out.push_str(&format!("{}{text}\n", " ".repeat(indent))),
        }
    }
}

fn write_entry(out: &mut String, key: &str, entry: &Entry, indent: usize, step: usize, pad: bool) {
    if pad {
        write_above(out, &entry.above, indent);
        out.push_str(&" ".repeat(indent));
    }
    let quote = entry.key_quote;
    out.push_str(&format!("{quote}{key}{quote}:"));
    write_value(out, entry, indent, step, true);
}

/// What stands behind a colon or a dash in column `indent`.
fn write_value(out: &mut String, entry: &Entry, indent: usize, step: usize, keyed: bool) {
    let pad = " ".repeat(indent + step);
    let comment = entry
        .comment
        .map_or(String::new(), |text| format!(" {text}"));
    match &entry.value {
        Node::Empty => out.push_str(&format!("{comment}\n")),
        Node::Line(text) => out.push_str(&format!("{}{text}{comment}\n", entry.gap)),
        Node::Below(lines) => {
            out.push('\n');
            for line in lines {
                out.push_str(&format!("{pad}{line}\n"));
            }
        }
        Node::Block(header, lines) => {
            out.push_str(&format!("{}{header}\n", entry.gap));
            for line in lines {
                let pad = if line.is_empty() { "" } else { &pad };
                out.push_str(&format!("{pad}{line}\n"));
            }
        }
        Node::FlowLines(items, comma) => {
            out.push_str(&format!("{}[{comment}\n", entry.gap));
            for (i, (item, note)) in items.iter().enumerate() {
                let comma = if *comma || i + 1 < items.len() {
                    ","
                } else {
                    ""
                };
                let note = note.map_or(String::new(), |text| format!(" {text}"));
                out.push_str(&format!("{pad}  {item}{comma}{note}\n"));
            }
            out.push_str(&format!("{pad}]\n"));
        }
        Node::List(deeper, items) => {
            // A dash may stand below its key's first letter, but not in a list of its own.
            let column = indent + if keyed { *deeper } else { deeper + 1 };
            out.push_str(&format!("{comment}\n"));
            for item in items {
                write_above(out, &item.above, column);
                out.push_str(&format!("{}-", " ".repeat(column)));
                write_value(out, item, column, step.max(2), false);
            }
        }
        Node::Map(entries) => {
            if keyed {
                out.push_str(&format!("{comment}\n"));
            } else {
                out.push(' ');
            }
            let column = indent + if keyed { step } else { 2 };
            for (i, (key, entry)) in entries.iter().enumerate() {
                write_entry(out, key, entry, column, step, keyed || i > 0);
            }
        }
    }
}

/// The same with a few characters put in or taken out: much of it is broken, some of it only odd.
pub(crate) fn damaged() -> impl Strategy<Value = Written> {
    let bits = vec![
        ":", "-", " ", "\n", "#", "'", "\"", "|", ">", "[", "]", "{", "}", ",", "&a ", "*a", "!x ",
        "!", "? ", "\t", "é", "  ", "\n\n", "- ", ": ", "~", "...", "\n...\n", "%", "@", "\\",
        "\n  ", " #", "\n- ", "\nk: ", "null", "=", "<<: ", "\u{2028}", "\u{feff}", "\u{0}", "",
    ];
    let damage = (any::<prop::sample::Index>(), select(bits), any::<bool>());
    (post(), vec(damage, 1..4)).prop_map(|(mut written, damages)| {
        for (at, bit, cut) in damages {
            let mut chars: Vec<char> = written.content.chars().collect();
            let at = at.index(chars.len() + 1);
            if cut && at < chars.len() {
                chars.remove(at);
            }
            let (head, tail) = chars.split_at(at);
            written.content =
                head.iter().collect::<String>() + bit + &tail.iter().collect::<String>();
        }
        if !written.content.is_empty() && !written.content.ends_with('\n') {
            written.content.push('\n');
        }
        written
    })
}
