//! `edit FILE KEY=JSON …`: sets front matter keys as the form would and writes the resulting file.

use std::io::Write as _;

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::site::Site;
use recap_editor::text::Text;
use recap_editor::yaml::{KeyPath, Value};

use super::Outcome;

/// Runs the command.
pub(crate) fn run(words: &[String]) -> Outcome {
    let (file, settings) = words
        .split_first()
        .ok_or("Name the file to edit: edit FILE [KEY=JSON …].")?;
    let bytes =
        std::fs::read(file).map_err(|error| format!("“{file}” cannot be read: {error}."))?;
    let site = Site::linkerd();
    let mut text = Text::from_bytes(&bytes);
    for setting in settings {
        let (key, json) = setting
            .split_once('=')
            .ok_or_else(|| format!("“{setting}” is not of the form KEY=JSON."))?;
        let path: KeyPath = key.parse().map_err(|error| format!("“{key}”: {error}"))?;
        let value: Value = serde_json::from_str(json)
            .map_err(|error| format!("What stands behind “{key}=” is not JSON: {error}."))?;
        let post = Post::parse(text.as_str());
        let front_matter = FrontMatter::read(text.as_str(), &post);
        let edit = front_matter
            .set(text.as_str(), &path, Some(&value), &site.profile)
            .map_err(|refusal| refusal.to_string())?;
        if let Some(edit) = edit {
            text.apply(&edit).map_err(|misfit| misfit.to_string())?;
        }
    }
    std::io::stdout()
        .write_all(&text.to_bytes())
        .map_err(|error| format!("The result cannot be written: {error}."))
}
