//! The page as we render it against the page as the real Hugo renders it: the cases of `tests/hugo`, and mutated posts.

mod case_file;
mod cases;
mod fuzz;
mod known;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value as Json;

use crate::support::Folder;
use crate::{dom, render};

/// The rows `recap render` and `answers.py render` print, by path.
type Rows = BTreeMap<String, Json>;

/// Fields that hold HTML.
const HTML: [&str; 2] = ["content_html", "summary"];

fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hugo")
}

fn by_path(rows: impl IntoIterator<Item = Json>) -> Rows {
    rows.into_iter()
        .map(|row| (row["path"].as_str().unwrap_or_default().to_owned(), row))
        .collect()
}

/// `posts` in a folder of their own: path, bytes and the names of the (empty) files beside each.
fn folder_of<'a>(
    name: &str,
    posts: impl IntoIterator<Item = (String, &'a [u8], &'a [String])>,
) -> Folder {
    let folder = Folder::new(name);
    for (path, bytes, files) in posts {
        let beside = Path::new(&path).parent().unwrap().display();
        for file in files {
            folder.write(&format!("{beside}/{file}"), b"");
        }
        folder.write(&path, bytes);
    }
    folder
}

/// What we make of every post below `folder`.
fn our_rows(folder: &Path, index: &Path) -> Rows {
    by_path(render::rows(folder, Some(index)).unwrap())
}

/// What Hugo makes of them; `None`, with a line that says so, where the pinned Hugo is missing. `alone`: each post in a
/// build of its own.
fn hugos_rows(folder: &Path, index: &Path, alone: bool) -> Option<Rows> {
    let (folder, index) = (folder.display().to_string(), index.display().to_string());
    let mut words = vec!["render", &folder, "--site-index", &index];
    words.extend(alone.then_some("--alone"));
    let said = ask_hugo(&words)?;
    assert!(said.fine, "{}", said.text);
    let rows = said.text.split('\n').filter(|line| !line.is_empty());
    Some(by_path(rows.map(|row| serde_json::from_str(row).unwrap())))
}

/// What the script said; `fine` is its exit status 0.
struct Said {
    fine: bool,
    text: String,
}

/// Runs `answers.py`; `None`, with a line that says so, where Python or the pinned Hugo is missing.
fn ask_hugo(words: &[&str]) -> Option<Said> {
    let script = home().join("answers.py");
    let Ok(done) = Command::new("python3").arg(script).args(words).output() else {
        eprintln!("Skipped: Python was not found.");
        return None;
    };
    if done.status.code() == Some(2) {
        eprint!("Skipped: {}", String::from_utf8_lossy(&done.stderr));
        return None;
    }
    let mut text = String::from_utf8_lossy(&done.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&done.stderr));
    Some(Said {
        fine: done.status.success(),
        text,
    })
}

/// How our row differs from what Hugo says, a difference's kind and what is to be seen of it.
fn disagreements<'a>(
    hugo: impl Iterator<Item = (&'a str, &'a Json)>,
    ours: &Json,
) -> Vec<(&'static str, String)> {
    let error = &ours["error"];
    let place = |error: &Json| format!("{}:{}", error["line"], error["column"]);
    let mut found = Vec::new();
    for (field, value) in hugo {
        let text = value.as_str().unwrap_or_default();
        if let Some(at) = field.strip_prefix("error ") {
            if error.is_null() {
                found.push(("refused by Hugo only", format!("at {at}: {text}")));
            } else if at != "-" && at != place(error) {
                found.push((
                    "refused at another place",
                    format!("at {}, by Hugo at {at}: {text}", place(error)),
                ));
            }
        } else if !error.is_null() {
            found.push((
                "refused by us only",
                format!("at {}: {}", place(error), error["message"]),
            ));
            return found;
        } else if HTML.contains(&field) {
            let rows = dom::differences(text, ours[field].as_str().unwrap_or_default().trim());
            if !rows.is_empty() {
                found.push((
                    if field == "summary" {
                        "summary"
                    } else {
                        "body"
                    },
                    rows.join("\n"),
                ));
            }
        } else if ours[field] != *value {
            found.push((
                "variable",
                format!("{field}: {value} by Hugo, {} here", ours[field]),
            ));
        }
    }
    found
}
