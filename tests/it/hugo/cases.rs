//! Our answer to each case against the committed answers, and the committed answers against the real Hugo.

use std::collections::BTreeSet;

use super::case_file::{self, Case};
use super::known::KNOWN_MISSES;
use super::{ask_hugo, disagreements, folder_of, home, our_rows};

fn read() -> Vec<Case> {
    case_file::read_all(&home().join("cases"))
}

#[test]
fn every_case_comes_out_as_hugo_publishes_it() {
    let cases = read();
    let paths: BTreeSet<String> = cases.iter().map(Case::path).collect();
    assert_eq!(paths.len(), cases.len(), "two cases have one name");
    let posts = cases
        .iter()
        .map(|case| (case.path(), &case.post[..], &case.files[..]));
    let folder = folder_of("hugo-cases", posts);
    let ours = our_rows(&folder.0, &home().join("site-index.json"));
    let (mut wrong, mut missed) = (Vec::new(), BTreeSet::new());
    for case in &cases {
        let answer = case
            .answer
            .iter()
            .map(|(field, value)| (field.as_str(), value));
        let found = disagreements(answer, &ours[&case.path()]);
        if found.is_empty() {
            continue;
        }
        missed.insert((case.topic.as_str(), case.name.as_str()));
        if !KNOWN_MISSES
            .iter()
            .any(|(topic, name, _)| (*topic, *name) == (&case.topic, &case.name))
        {
            let rows: Vec<String> = found
                .into_iter()
                .map(|(kind, shown)| format!("{kind}: {shown}"))
                .collect();
            wrong.push(format!(
                "== {}: {}\n{}",
                case.topic,
                case.name,
                rows.join("\n")
            ));
        }
    }
    for (topic, name, reason) in KNOWN_MISSES {
        if !missed.contains(&(topic, name)) {
            wrong.push(format!(
                "== {topic}: {name}\ncomes out right: take it off the list ({reason})"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} of {} cases",
        wrong.join("\n\n"),
        wrong.len(),
        cases.len()
    );
    println!(
        "{} cases as Hugo has them, {} known misses",
        cases.len() - missed.len(),
        missed.len()
    );
}

#[test]
fn the_answers_are_still_hugos() {
    if let Some(said) = ask_hugo(&["--check"]) {
        assert!(
            said.fine,
            "make hugo-answers writes them anew.\n{}",
            said.text
        );
        print!("{}", said.text);
    }
}

#[test]
fn a_wrong_answer_is_noticed() {
    let json = |value: &str| serde_json::json!(value);
    let (row, refused) = (
        serde_json::json!({"content_html": "<p>a</p>", "word_count": 1}),
        serde_json::json!({"error": {"line": 8, "column": 2, "message": "m"}}),
    );
    let kinds =
        |field: &str, value: serde_json::Value, ours: &serde_json::Value| -> Vec<&'static str> {
            disagreements([(field, &value)].into_iter(), ours)
                .into_iter()
                .map(|(kind, _)| kind)
                .collect()
        };
    assert!(kinds("content_html", json("<p> a</p>\n"), &row).is_empty());
    assert_eq!(kinds("content_html", json("<p>b</p>"), &row), ["body"]);
    assert_eq!(kinds("word_count", 2.into(), &row), ["variable"]);
    assert_eq!(
        kinds("error 8:2", json("m"), &row),
        ["refused by Hugo only"]
    );
    assert!(
        kinds("error 8:2", json("m"), &refused).is_empty()
            && kinds("error -", json("m"), &refused).is_empty()
    );
    assert_eq!(
        kinds("error 8:3", json("m"), &refused),
        ["refused at another place"]
    );
    assert_eq!(
        kinds("content_html", json(""), &refused),
        ["refused by us only"]
    );
}
