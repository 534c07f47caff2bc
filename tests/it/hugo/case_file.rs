//! The case files of `tests/hugo/cases`, read. `tests/hugo/README.md` describes the format.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value as Json;

/// What stands before a body that has no front matter of its own.
pub(super) const FRONT_MATTER: &str =
    "---\ndate: 2020-01-01T00:00:00Z\nslug: case\ntitle: Case\nparams:\n  author: flynn\n---\n";

/// One case.
#[derive(Debug, Default)]
pub(super) struct Case {
    /// The file's name without its ending.
    pub(super) topic: String,
    /// One of a kind in its file.
    pub(super) name: String,
    /// The file's bytes.
    pub(super) post: Vec<u8>,
    /// The names of the files beside it.
    pub(super) files: Vec<String>,
    /// What Hugo says, by field; `error LINE:COLUMN` or `error -` where it refuses.
    pub(super) answer: BTreeMap<String, Json>,
}

impl Case {
    /// Where the post stands below the blog's folder.
    pub(super) fn path(&self) -> String {
        let plain = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                ' '
            }
        };
        let name: String = self.name.chars().map(plain).collect();
        let slug: Vec<&str> = name.split_whitespace().collect();
        format!("2020/{}-{}/index.md", self.topic, slug.join("-"))
    }
}

/// The cases of every file in `folder`.
pub(super) fn read_all(folder: &Path) -> Vec<Case> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let topic = file.file_stem().unwrap().to_string_lossy().into_owned();
        cases(&topic, &std::fs::read_to_string(file).unwrap())
    };
    files.iter().flat_map(read).collect()
}

fn cases(topic: &str, text: &str) -> Vec<Case> {
    let mut parts = text.strip_suffix('\n').unwrap_or(text).split("\n=== ");
    parts.next();
    parts.map(|part| case(topic, part)).collect()
}

fn case(topic: &str, part: &str) -> Case {
    let mut answers = part.split("\n<<< ");
    let input = answers.next().unwrap_or_default();
    let mut lines = input.split('\n');
    let mut found = Case {
        topic: topic.to_owned(),
        name: lines.next().unwrap_or_default().trim().to_owned(),
        ..Case::default()
    };
    let (mut escaped, mut whole) = (false, false);
    for line in lines.by_ref() {
        if let Some(kind) = line.strip_prefix(">>> ") {
            whole = kind == "post";
            break;
        }
        let directive = line
            .strip_prefix("@ ")
            .unwrap_or_else(|| panic!("{topic}, {}: {line:?}", found.name));
        let (key, value) = directive.split_once(':').unwrap_or((directive, ""));
        match key {
            "escaped" => escaped = true,
            "files" => {
                found.files = value
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect();
            }
            "show" | "label" => {}
            _ => panic!("{topic}, {}: there is no directive {key:?}", found.name),
        }
    }
    let lines: Vec<&str> = lines.collect();
    if !whole {
        found.post.extend(FRONT_MATTER.bytes());
    }
    if escaped {
        unescape(&lines.concat(), &mut found.post);
    } else {
        lines
            .iter()
            .for_each(|line| found.post.extend(line.bytes().chain([b'\n'])));
    }
    found.answer = answers.map(|text| answer(topic, text)).collect();
    assert!(
        !found.answer.is_empty(),
        "{topic}, {}: without an answer",
        found.name
    );
    found
}

/// `FIELD = JSON`, or FIELD and the value as it is on the next lines.
fn answer(topic: &str, text: &str) -> (String, Json) {
    let (head, below) = text.split_once('\n').unwrap_or((text, ""));
    match head.split_once(" = ") {
        Some((field, json)) => {
            let value = serde_json::from_str(json)
                .unwrap_or_else(|error| panic!("{topic}, {field}: {error}"));
            (field.to_owned(), value)
        }
        None => (
            head.to_owned(),
            Json::String(below.trim_matches('\n').to_owned()),
        ),
    }
}

/// `\n`, `\r`, `\t`, `\\`, `\xFF` (a byte) and `\u{FF}` (a character).
fn unescape(text: &str, into: &mut Vec<u8>) {
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        into.extend(before.bytes());
        let mut chars = after.chars();
        rest = match chars.next() {
            Some(letter @ ('n' | 'r' | 't' | '\\')) => {
                into.push(match letter {
                    'n' => b'\n',
                    'r' => b'\r',
                    't' => b'\t',
                    _ => b'\\',
                });
                chars.as_str()
            }
            Some('x') => {
                into.push(u8::from_str_radix(&after[1..3], 16).unwrap());
                &after[3..]
            }
            Some('u') => {
                let (code, end) = after[2..].split_once('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
                into.extend(c.to_string().bytes());
                end
            }
            _ => {
                into.push(b'\\');
                after
            }
        };
    }
    into.extend(rest.bytes());
}
