//! Front matter edits: the asked entry and nothing else, proved by bytes and by YAML parsers that are not ours.

use std::io::Write as _;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::site::Site;
use recap_editor::text::Text;
use recap_editor::yaml::{KeyPath, Value};

use crate::corpus;

fn path(path: &str) -> KeyPath {
    path.parse().unwrap()
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn words(words: &[&str]) -> Value {
    Value::List(words.iter().map(|word| text(word)).collect())
}

/// The text after the edit, or why it was refused.
fn set(before: &str, key: &str, value: Option<&Value>) -> Result<String, String> {
    let site = Site::linkerd();
    let post = Post::parse(before);
    let front_matter = FrontMatter::read(before, &post);
    let edit = front_matter
        .set(before, &path(key), value, &site.profile)
        .map_err(|refusal| refusal.to_string())?;
    Ok(edit.map_or_else(|| before.to_owned(), |edit| edit.applied_to(before)))
}

/// `before`, `key=value`, `after`, all between the fences.
fn check(before: &str, key: &str, value: Option<&Value>, after: &str) {
    let wrap = |text: &str| format!("---\n{text}---\n\nBody\n");
    assert_eq!(
        set(&wrap(before), key, value),
        Ok(wrap(after)),
        "{key} = {value:?}"
    );
}

#[test]
fn style_follows_the_value_that_was_there() {
    let new = text("New one");
    for (before, after) in [
        ("title: Old # c\n", "title: New one # c\n"),
        ("title: 'Old'   # c\n", "title: 'New one'   # c\n"),
        ("title: \"Old\"\n", "title: \"New one\"\n"),
        (
            "title: |-\n  Old\n  one\nslug: a\n",
            "title: |-\n  New one\nslug: a\n",
        ),
        (
            "title: >-\n    Old\n\nslug: a\n",
            "title: >-\n    New one\n\nslug: a\n",
        ),
        (
            "title: Old\n  and long\nslug: a\n",
            "title: New one\nslug: a\n",
        ),
        ("title:\nslug: a\n", "title: New one\nslug: a\n"),
        ("title: # c\nslug: a\n", "title: New one # c\nslug: a\n"),
        ("Title: Old\n", "Title: New one\n"),
        ("{title: Old, slug: a}\n", "{title: New one, slug: a}\n"),
        ("# c\n\ntitle:   Old\n", "# c\n\ntitle:   New one\n"),
    ] {
        check(before, "title", Some(&new), after);
    }
    check(
        "title: Old\n",
        "title",
        Some(&text("a: b")),
        "title: \"a: b\"\n",
    );
    check(
        "title: Old\n",
        "title",
        Some(&text("2.20")),
        "title: \"2.20\"\n",
    );
    check(
        "title: 'it'\n",
        "title",
        Some(&text("it's")),
        "title: 'it''s'\n",
    );
    check(
        "title: Old\n",
        "title",
        Some(&text("a\n\nb")),
        "title: |-\n  a\n\n  b\n",
    );
    check(
        "date: 2021-11-10T00:00:00Z\n",
        "date",
        Some(&text("2022-01-01T00:00:00Z")),
        "date: 2022-01-01T00:00:00Z\n",
    );
}

#[test]
fn lists_change_item_by_item() {
    for (before, new, after) in [
        ("[a, b]", &["a", "b", "c"][..], "[a, b, c]"),
        ("[a, b]", &["b"], "[b]"),
        ("[ a,b ]", &["a", "x"], "[ a,x ]"),
        ("[a, \"2.20\", b]", &["2.20", "a", "b"], "[\"2.20\", \"a\", b]"),
        ("[a]", &["a", "2.21"], "[a, \"2.21\"]"),
        ("[a] # c", &["a", "b"], "[a, b] # c"),
        ("\n  - a # one\n  - b", &["a", "c"], "\n  - a # one\n  - c"),
        (
            "\n  - a # one\n  - b",
            &["a", "b", "c"],
            "\n  - a # one\n  - b\n  - c",
        ),
        ("\n- a\n- b", &["b"], "\n- b"),
        ("[]", &["a"], "[a]"),
    ] {
        check(
            &format!("keywords: {before}\nslug: x\n"),
            "keywords",
            Some(&words(new)),
            &format!("keywords: {after}\nslug: x\n"),
        );
    }
    let records =
        "params:\n  videoSchema:\n    - title: One # c\n      duration: PT1M\n    - title: Two\n";
    check(
        records,
        "params.videoSchema[0].title",
        Some(&text("First")),
        "params:\n  videoSchema:\n    - title: First # c\n      duration: PT1M\n    - title: Two\n",
    );
    check(
        records,
        "params.videoSchema[1].duration",
        Some(&text("PT2M")),
        "params:\n  videoSchema:\n    - title: One # c\n      duration: PT1M\n    - title: Two\n      duration: PT2M\n",
    );
}

#[test]
fn entries_come_and_go_in_their_place() {
    let before = "date: 2021-11-10\ntitle: T\nparams:\n  author: flynn # who\n";
    check(
        before,
        "slug",
        Some(&text("s")),
        "date: 2021-11-10\nslug: s\ntitle: T\nparams:\n  author: flynn # who\n",
    );
    check(
        before,
        "keywords",
        Some(&words(&["a", "b"])),
        "date: 2021-11-10\ntitle: T\nkeywords: [a, b]\nparams:\n  author: flynn # who\n",
    );
    check(
        before,
        "description",
        Some(&text("Short.")),
        "date: 2021-11-10\ntitle: T\ndescription: |-\n  Short.\nparams:\n  author: flynn # who\n",
    );
    check(
        before,
        "images",
        Some(&words(&["social.jpg"])),
        "date: 2021-11-10\ntitle: T\nparams:\n  author: flynn # who\nimages: [social.jpg] # Open graph image\n",
    );
    check(
        before,
        "params.showCover",
        Some(&Value::Bool(true)),
        "date: 2021-11-10\ntitle: T\nparams:\n  author: flynn # who\n  showCover: true\n",
    );
    check(
        before,
        "aliases",
        Some(&words(&["/a/"])),
        "date: 2021-11-10\ntitle: T\naliases:\n  - /a/\nparams:\n  author: flynn # who\n",
    );
    check(
        before,
        "params.author",
        None,
        "date: 2021-11-10\ntitle: T\n",
    );
    check(
        before,
        "title",
        None,
        "date: 2021-11-10\nparams:\n  author: flynn # who\n",
    );
    check(
        "images: [a] # c\n# d\ntitle: T\n",
        "images",
        None,
        "# d\ntitle: T\n",
    );
    let guest = Value::Map(vec![
        ("name".to_owned(), text("Ann O")),
        ("avatar".to_owned(), text("a.png")),
    ]);
    check(
        before,
        "params.author",
        Some(&guest),
        "date: 2021-11-10\ntitle: T\nparams:\n  author:\n    name: Ann O\n    avatar: a.png # who\n",
    );
    assert_eq!(
        set("Body\n", "title", Some(&text("T"))),
        Ok("---\ntitle: T\n---\n\nBody\n".to_owned())
    );
    assert_eq!(
        set("---\r\ntitle: a\r\n---\r\n", "slug", Some(&text("b"))),
        Ok("---\r\nslug: b\r\ntitle: a\r\n---\r\n".to_owned())
    );
    assert_eq!(
        set("---\n---\n", "title", Some(&text("T"))),
        Ok("---\ntitle: T\n---\n".to_owned())
    );
}

#[test]
fn what_could_only_be_guessed_is_refused() {
    for (before, key) in [
        ("title: &a Old\nx: *a\n", "title"),
        ("x: &a Old\ntitle: *a\n", "title"),
        ("title: !!str Old\n", "title"),
        ("title: a\ntitle: b\n", "title"),
        ("title: [a\n", "title"),
        (
            "base: &b {a: 1}\nparams:\n  <<: *b\n  author: x\n",
            "params.author",
        ),
        ("- a\n", "title"),
        ("a: 1\n\tb: 2\n", "title"),
    ] {
        let whole = format!("---\n{before}---\nBody\n");
        let refused = set(&whole, key, Some(&text("New"))).unwrap_err();
        assert!(
            refused.ends_with(['.', ')']) && refused.len() > 20,
            "{refused}"
        );
    }
    for whole in [
        "+++\ntitle = 'a'\n+++\n",
        "{\"title\": \"a\"}\n",
        "---\ntitle: a\n",
    ] {
        set(whole, "title", Some(&text("New"))).unwrap_err();
    }
}

#[test]
fn too_much_is_answered_at_once() {
    let deep = format!(
        "---\ntitle: a\nx: {}{}\n---\n",
        "[".repeat(5_000),
        "]".repeat(5_000)
    );
    let long = format!("---\ntitle: a\nx: {}\n---\n", "y".repeat(70_000));
    let bomb = format!(
        "---\na: &a [x]\n{}---\n",
        (0..60).map(|i| format!("b{i}: *a\n")).collect::<String>()
    );
    for whole in [deep, long, bomb] {
        let post = Post::parse(&whole);
        assert!(FrontMatter::read(&whole, &post).locked().is_some());
    }
}

/// What PyYAML reads, one JSON object a document; `None`, said aloud, where it is not installed.
fn read_by_pyyaml(documents: &[String]) -> Option<Vec<serde_json::Value>> {
    let script = "import sys,json,yaml\nfor d in json.load(sys.stdin): print(json.dumps(yaml.load(d, yaml.BaseLoader)))";
    let mut child = Command::new("python3")
        .args(["-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let input = serde_json::to_vec(documents).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    let _ = writer.join();
    if !output.status.success() {
        println!("skipped: PyYAML is not installed");
        return None;
    }
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(
        lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn front_matter_of(whole: &str) -> String {
    let post = Post::parse(whole);
    post.front_matter.unwrap().content.of(whole).to_owned()
}

fn folded(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::String(text) => {
            text.split_whitespace().collect::<Vec<_>>().join(" ").into()
        }
        serde_json::Value::Bool(value) => value.to_string().into(),
        other => other.clone(),
    }
}

#[test]
fn every_edit_of_every_real_post_is_that_edit_alone() {
    let Some(shared) = corpus::shared() else {
        return;
    };
    let long = "Many words that do not fit on one line of eighty columns, ".repeat(4);
    let edits: Vec<(&str, serde_json::Value)> = vec![
        ("title", "A new title".into()),
        ("title", "New: \"quoted\" & 'more'".into()),
        ("slug", "a-new-slug".into()),
        ("description", "Short.".into()),
        ("description", long.trim().into()),
        ("keywords", serde_json::json!(["community", "x", "2.20"])),
        ("images", serde_json::json!(["social.jpg", "b.png"])),
        ("aliases", serde_json::json!(["/a/", "/b/"])),
        ("date", "2022-01-01T00:00:00Z".into()),
        ("draft", true.into()),
        ("params.author", "flynn".into()),
        (
            "params.author",
            serde_json::json!({"name": "Ann O", "avatar": "a.png"}),
        ),
        ("params.showCover", true.into()),
        ("params.thumbnailRatio", "fit".into()),
        (
            "params.videoSchema",
            serde_json::json!([{"title": "a", "description": "b: c"}, {"title": "x"}]),
        ),
        ("title", serde_json::Value::Null),
        ("description", serde_json::Value::Null),
        ("params.author", serde_json::Value::Null),
    ];
    let mut documents = Vec::new();
    let mut wanted = Vec::new();
    for file in corpus::posts(&shared.join("corpus/posts")) {
        let bytes = std::fs::read(&file).unwrap();
        let opened = Text::from_bytes(&bytes);
        assert_eq!(opened.to_bytes(), bytes);
        let before = opened.as_str();
        documents.push(front_matter_of(before));
        wanted.push(None);
        for (key, value) in &edits {
            let after = set(before, key, Some(&Value::from(value)))
                .unwrap_or_else(|refusal| panic!("{} {key}: {refusal}", file.display()));
            let body = Post::parse(before).body.of(before).to_owned();
            assert_eq!(
                Post::parse(&after).body.of(&after),
                body,
                "{}",
                file.display()
            );
            documents.push(front_matter_of(&after));
            wanted.push(Some((file.clone(), *key, value.clone())));
        }
    }
    let Some(read) = read_by_pyyaml(&documents) else {
        return;
    };
    assert_eq!(read.len(), wanted.len());
    let mut original = serde_json::Value::Null;
    for (found, wanted) in read.iter().zip(&wanted) {
        let Some((file, key, value)) = wanted else {
            original = found.clone();
            continue;
        };
        let file = file.display();
        let mut found_rest = found.clone();
        let mut original_rest = original.clone();
        let pointer = format!("/{}", key.replace('.', "/"));
        let at = found.pointer(&pointer).cloned().unwrap_or_default();
        assert_eq!(folded(&at), folded(value), "{file}: {key}");
        for rest in [&mut found_rest, &mut original_rest] {
            remove(rest, &key.split('.').collect::<Vec<_>>());
        }
        assert_eq!(
            found_rest, original_rest,
            "{file}: {key} moved something else"
        );
    }
}

fn remove(value: &mut serde_json::Value, keys: &[&str]) {
    let Some(map) = value.as_object_mut() else {
        return;
    };
    match keys {
        [last] => {
            map.remove(*last);
        }
        [first, rest @ ..] => {
            if let Some(inner) = map.get_mut(*first) {
                remove(inner, rest);
                if inner.as_object().is_some_and(serde_json::Map::is_empty) {
                    map.remove(*first);
                }
            }
        }
        [] => {}
    }
}

// ---- generated front matters -----------------------------------------------------------------------------------------

fn scalar() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z][A-Za-z ,.é-]{0,12}[a-z]",
        "'[a-z \"#:]{1,8}'",
        "\"[a-z '#:]{1,8}\"",
        Just("\"\\u00e9 \\\"x\\\"\"".to_owned()),
        Just("|-\n  one\n  two # no comment".to_owned()),
        Just(">-\n    folded\n    text".to_owned()),
        Just("|\n  kept\n\n  gap".to_owned()),
        Just("plain\n  goes on".to_owned()),
        Just("2.20".to_owned()),
        Just("".to_owned()),
    ]
}

fn entry_value() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => scalar().prop_map(|value| if value.is_empty() { value } else { format!(" {value}") }),
        1 => Just(" [a, 'b', \"2.20\" ]".to_owned()),
        1 => Just("\n  - a # c\n  -   b".to_owned()),
        1 => Just("\n- a\n- b".to_owned()),
        1 => Just(" {k: v, l: [m]}".to_owned()),
        1 => Just("\n    deep: 1\n    # c\n    er: two".to_owned()),
    ]
}

fn gap() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just(String::new()),
        1 => Just("\n".to_owned()),
        1 => Just("# a comment: here\n".to_owned()),
        1 => Just("\n# two\n\n".to_owned()),
    ]
}

/// A front matter with the site's keys in any order and any style.
fn generated() -> impl Strategy<Value = String> {
    let keys = [
        "title",
        "slug",
        "date",
        "description",
        "keywords",
        "odd key",
        "Ünï",
        "weight",
    ];
    let entries = Just(keys.to_vec())
        .prop_shuffle()
        .prop_flat_map(|keys| {
            let count = 1..=keys.len();
            (Just(keys), count)
        })
        .prop_flat_map(|(keys, count)| {
            proptest::collection::vec((entry_value(), gap(), any::<bool>()), count)
                .prop_map(move |values| values.into_iter().zip(keys.clone()).collect::<Vec<_>>())
        });
    (
        entries,
        prop_oneof![4 => Just("\n"), 1 => Just("\r\n")],
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(entries, line_end, bom, params)| {
            let mut text = String::new();
            for ((value, gap, comment), key) in entries {
                text.push_str(&gap);
                let inline = !value.contains('\n') && !value.is_empty();
                let comment = if comment && inline { " # c" } else { "" };
                text.push_str(&format!("{key}:{value}{comment}\n"));
            }
            if params {
                text.push_str("params:\n  author: flynn # who\n  other: [x]\n");
            }
            let bom = if bom { "\u{feff}" } else { "" };
            format!(
                "{bom}{}",
                format!("---\n{text}---\n\nBody\n").replace('\n', line_end)
            )
        })
}

fn asked() -> impl Strategy<Value = (&'static str, Option<Value>)> {
    let string = prop_oneof![
        ".{0,20}".prop_filter("a file has no lone surrogates", |_| true),
        "[a-z ]{0,10}",
        Just("a: b # c".to_owned()),
        Just("yes".to_owned()),
        Just("1:30".to_owned()),
        Just("- x".to_owned()),
        Just("two\nlines".to_owned()),
        Just(" padded ".to_owned()),
        Just("tab\there".to_owned()),
        Just("'\"".to_owned()),
        Just("word ".repeat(40)),
    ];
    let key = prop_oneof![
        Just("title"),
        Just("slug"),
        Just("description"),
        Just("params.author"),
        Just("odd key"),
        Just("new"),
        Just("params.metaTitle"),
    ];
    let list = proptest::collection::vec("[a-z2. ,:#]{0,6}", 0..4);
    prop_oneof![
        6 => (key, proptest::option::weighted(0.85, string)).prop_map(|(key, value)| (key, value.map(Value::String))),
        2 => list.prop_map(|items| ("keywords", Some(Value::List(items.into_iter().map(Value::String).collect())))),
        1 => any::<bool>().prop_map(|on| ("params.showCover", Some(Value::Bool(on)))),
    ]
}

fn cases() -> u32 {
    match std::env::var("RECAP_LONG") {
        Ok(_) => 250_000,
        Err(_) => 5_000,
    }
}

proptest! {
    // Four edits a case.
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_say_what_was_asked_and_can_be_taken_back(whole in generated(), edits in proptest::collection::vec(asked(), 4)) {
        let site = Site::linkerd();
        let opened = Text::from_bytes(whole.as_bytes());
        let mut text = opened.clone();
        let mut back = Vec::new();
        for (key, value) in edits {
            let before = text.as_str().to_owned();
            let post = Post::parse(&before);
            let front_matter = FrontMatter::read(&before, &post);
            prop_assert!(front_matter.locked().is_none(), "{:?} {before}", front_matter.locked());
            let Ok(edit) = front_matter.set(&before, &path(key), value.as_ref(), &site.profile) else {
                // A refusal changes nothing; how many there are is checked below.
                continue;
            };
            let Some(edit) = edit else { continue };
            back.push(text.apply(&edit).unwrap());
            let after = text.as_str();

            // By serde_yaml, on its own.
            let read: serde_yaml::Value = serde_yaml::from_str(&front_matter_of(after)).unwrap_or(serde_yaml::Value::Null);
            let mut found = Some(&read);
            for step in key.split('.') {
                found = found.and_then(|found| found.get(step));
            }
            match (&value, found) {
                (None | Some(Value::Null), found) => prop_assert!(found.is_none_or(serde_yaml::Value::is_null), "{key} {after}"),
                (Some(Value::String(wanted)), Some(found)) => {
                    let found = found.as_str().map_or_else(|| serde_yaml::to_string(found).unwrap(), ToOwned::to_owned);
                    let fold = |text: &str| text.split(['\n', ' ']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
                    let prose = ["title", "description", "params.metaTitle"].contains(&key);
                    prop_assert!(if prose { fold(&found) == fold(wanted) } else { found == *wanted || found.trim() == wanted.trim() }, "{key} {wanted:?} {found:?} {after}");
                }
                (Some(Value::List(wanted)), Some(found)) => {
                    let found: Vec<Value> = found.as_sequence().into_iter().flatten().map(Value::from).collect();
                    prop_assert_eq!(&found, wanted, "{}", after);
                }
                (Some(Value::Bool(wanted)), Some(found)) => prop_assert_eq!(found.as_bool(), Some(*wanted)),
                (Some(wanted), found) => prop_assert!(wanted == &Value::List(Vec::new()), "{key} {wanted:?} {found:?} {after}"),
            }
            // Every line that is not the entry's stays: what is taken out of both texts around the edit is equal.
            let body = |text: &str| text[text.rfind("---").unwrap()..].to_owned();
            prop_assert_eq!(body(after), body(&before));
        }
        while let Some(edit) = back.pop() {
            text.apply(&edit).unwrap();
        }
        prop_assert_eq!(text, opened);
    }
}
