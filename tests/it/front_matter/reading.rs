//! What is read, and why it is not.

use recap_editor::yaml::{KeyPath, Value};

use super::{profile, read};

fn path(text: &str) -> KeyPath {
    text.parse().unwrap()
}

#[track_caller]
fn locked(text: &str, reason: &str) {
    let read = read(text);
    let problem = read.locked().expect("the form is on");
    assert!(problem.message.contains(reason), "{}", problem.message);
}

#[test]
fn values_are_those_hugo_reads() {
    let text = "---\nTitle: 2.20\nslug: 1e3\ndraft: yes\nx: 012\ny: a\tb\nz: ~\ndate: 2021-11-10\n\
                params:\n  Author: f\nshowcover: true\nthumbnail: t.png\nw: !!str a\nv: |-\n  a  \n---\n";
    let read = read(text);
    let value = |key: &str| read.value(&path(key)).cloned();
    assert_eq!(read.locked(), None);
    assert_eq!(value("title"), Some(Value::Number("2.20".into())));
    assert_eq!(value("slug"), Some("1e3".into()));
    assert_eq!(value("draft"), Some("yes".into()));
    assert_eq!(value("y"), Some("ab".into()));
    assert_eq!(value("z"), Some(Value::Null));
    assert_eq!(value("w"), Some("a".into()));
    assert_eq!(value("v"), Some("a".into()));
    assert_eq!(value("date"), Some("2021-11-10".into()));
    assert_eq!(value("params.author"), Some("f".into()));
    assert_eq!(value("params.showCover"), Some(true.into()));
    assert_eq!(value("params.title"), None);
    assert_eq!(read.mapping()["Title"], serde_yaml::Value::from(2.2));
    assert_eq!(read.mapping()["x"], serde_yaml::Value::from(10));
    assert_eq!(
        read.entry(&path("params.thumbnail")).unwrap().of(text),
        "thumbnail: t.png"
    );
}

#[test]
fn entries_no_field_knows_are_shown() {
    let text = "---\ntitle: A\ntags: [a, b] # c\nthumbnail: t.png\n\"a.b\": |-\n  x\nparams:\n  author:\n    name: A\n    \
                site: s\n  keyword: k\n  videoSchema:\n    - title: T\n      foo: 1\n---\n";
    let read = read(text);
    let others: Vec<(String, &str)> = read
        .others(&profile())
        .iter()
        .map(|other| (other.path.to_string(), other.span.of(text)))
        .collect();
    assert_eq!(
        others,
        [
            ("tags".to_owned(), "tags: [a, b]"),
            ("\"a.b\"".to_owned(), "\"a.b\": |-\n  x"),
            ("params.author.site".to_owned(), "site: s"),
            ("params.keyword".to_owned(), "keyword: k"),
            ("params.videoSchema[0].foo".to_owned(), "foo: 1"),
        ]
    );
}

#[test]
fn a_form_that_is_off_says_why() {
    locked("---\ntitle: A\n", "never closed");
    locked("+++\ntitle = 'A'\n+++\n", "TOML");
    locked("{\"title\": \"A\"}\n", "JSON");
    locked("---\na: b: c\n---\n", "line 1");
    locked("---\nt: 1\na: \"b\n---\n", "quotation mark");
    locked("---\na: @b\n---\n", "keeps for itself");
    locked("---\na: b\n c: d\n---\n", "line 2");
    locked("---\na: *b\n---\n", "reference");
    locked("---\na: !!str 2.20\n---\n", "tag");
    locked("---\na: &b [*b]\n---\n", "");
    locked(
        &format!("---\na: {}\n---\n", "[".repeat(5000)),
        "nested too deeply",
    );
    locked(
        &format!("---\na: {}x{}\n---\n", "[".repeat(101), "]".repeat(101)),
        "nested too deeply",
    );
    locked(&format!("---\na: \"{}\"\n---\n", "x".repeat(70_000)), "kB");
    let bomb: String = (1..30).fold("a0: &a0 [x]\n".to_owned(), |text, i| {
        let before = i - 1;
        text + &format!("a{i}: &a{i} [*a{before}, *a{before}, *a{before}]\n")
    });
    locked(&format!("---\n{bomb}---\n"), "more than 10000 values");
    assert_eq!(read("---\n---\n").locked(), None);
    assert_eq!(read("Text\n").locked(), None);
    assert_eq!(
        read("+++\ntitle = 'A'\ndate = 2021-11-10\n+++\n").value(&path("date")),
        Some(&"2021-11-10".into())
    );
    let nested = format!("---\na: {}x{}\n---\n", "[".repeat(95), "]".repeat(95));
    assert_eq!(read(&nested).locked(), None);
}
