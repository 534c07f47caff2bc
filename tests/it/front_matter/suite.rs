//! The YAML test suite as front matter: every value shown is the suite's, or the case is shown as text.

use recap_editor::yaml::{KeyPath, Value};

use super::read;
use crate::support::shared;

struct Case {
    name: String,
    yaml: String,
    /// What its one document says; `None` where the suite has no JSON for it.
    json: Option<serde_json::Value>,
    fails: bool,
}

/// The suite writes white space visibly.
fn unmarked(text: &str) -> String {
    let text = text.replace('␣', " ").replace('—', "").replace('»', "\t");
    let text = text
        .replace('←', "\r")
        .replace('⇔', "\u{feff}")
        .replace('↵', "");
    text.strip_suffix("∎\n").unwrap_or(&text).to_owned()
}

fn cases() -> Vec<Case> {
    let Some(path) = shared("vectors/yaml_test_suite_src.json") else {
        return Vec::new();
    };
    let files: Vec<serde_json::Value> =
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut cases = Vec::new();
    for file in &files {
        let id = file["id"].as_str().unwrap();
        let parts: Vec<serde_yaml::Value> =
            serde_yaml::from_str(file["source"].as_str().unwrap()).unwrap();
        // A part without a key of its own has that of the part before.
        let mut yaml = String::new();
        let mut json = None;
        for (i, part) in parts.iter().enumerate() {
            if let Some(text) = part.get("yaml").and_then(|text| text.as_str()) {
                yaml = unmarked(text);
                json = None;
            }
            if let Some(text) = part.get("json").and_then(|text| text.as_str()) {
                json = serde_json::from_str(&unmarked(text)).ok();
            }
            cases.push(Case {
                name: format!("{id}/{i}"),
                yaml: yaml.clone(),
                json: json.clone(),
                fails: part
                    .get("fail")
                    .is_some_and(|fail| fail.as_bool() == Some(true)),
            });
        }
    }
    cases
}

/// Whether `value` shows what the suite says. Numbers are shown as written.
fn shows(value: &Value, json: &serde_json::Value) -> bool {
    match (value, json) {
        (Value::Null, json) => json.is_null(),
        (Value::Bool(flag), json) => json.as_bool() == Some(*flag),
        (Value::Number(text) | Value::String(text), serde_json::Value::Number(number)) => {
            text.parse::<f64>().ok() == number.as_f64()
        }
        (Value::String(text), json) => json.as_str() == Some(text),
        (Value::List(items), serde_json::Value::Array(expected)) => {
            items.len() == expected.len() && items.iter().zip(expected).all(|(a, b)| shows(a, b))
        }
        (Value::Map(entries), serde_json::Value::Object(expected)) => {
            entries.len() == expected.len()
                && entries
                    .iter()
                    .all(|(key, value)| expected.get(key).is_some_and(|json| shows(value, json)))
        }
        _ => false,
    }
}

fn whole(entries: &serde_json::Map<String, serde_json::Value>, text: &str) -> bool {
    let read = read(text);
    entries.iter().all(|(key, json)| {
        read.value(&KeyPath::key(key))
            .is_some_and(|value| shows(value, json))
    })
}

#[test]
fn no_value_is_shown_wrong() {
    let cases = cases();
    if cases.is_empty() {
        return;
    }
    let (mut right, mut as_text) = (0, 0);
    let mut wrong = Vec::new();
    for case in &cases {
        let yaml = case.yaml.strip_prefix("---\n").unwrap_or(&case.yaml);
        if yaml.lines().any(|line| line.starts_with("---")) {
            // The fence ends the front matter there: not this case any more.
            continue;
        }
        let line_end = if yaml.is_empty() || yaml.ends_with('\n') {
            ""
        } else {
            "\n"
        };
        let direct = format!("---\n{yaml}{line_end}---\n");
        let indented: String = yaml.lines().map(|line| format!("  {line}\n")).collect();
        let below = format!("---\nk:\n{indented}---\n");
        for (text, key) in [(direct, None), (below, Some("k"))] {
            if read(&text).locked().is_some() {
                as_text += 1;
                continue;
            }
            if case.fails {
                // Broken by the book; what Hugo makes of it is tried elsewhere.
                continue;
            }
            let shown = match (&case.json, key) {
                (Some(serde_json::Value::Object(entries)), None) => whole(entries, &text),
                (Some(json), Some(key)) => {
                    let read = read(&text);
                    read.value(&KeyPath::key(key))
                        .is_some_and(|value| shows(value, json))
                }
                (Some(json), None) => json.is_null(),
                (None, _) => continue,
            };
            if shown {
                right += 1;
            } else {
                wrong.push(format!("{}:\n{text}{:?}", case.name, case.json));
            }
        }
    }
    eprintln!(
        "suite: {right} shown right, {as_text} as text, {} wrong",
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right > 200);
}
