//! The front matter: read, edited, refused. Every edit here is compared to the byte.

mod command;
mod corpus;
mod edits;
mod hugo;
mod properties;
mod reading;
mod suite;
mod told;
mod written;

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::site::Profile;
use recap_editor::text::TextEdit;
use recap_editor::yaml::{KeyPath, Refusal, Value};

pub(crate) fn profile() -> Profile {
    Profile::linkerd().unwrap()
}

pub(crate) fn read(text: &str) -> FrontMatter {
    FrontMatter::read(text, &Post::parse(text))
}

/// The edit of `text` by `setting`, written as on the command line: `title="x"`; `title=null` clears.
pub(crate) fn edit_of(text: &str, setting: &str) -> Result<Option<TextEdit>, Refusal> {
    let (path, json) = setting.split_once('=').unwrap();
    let path: KeyPath = path.parse().unwrap();
    let value: Value = serde_json::from_str(json).unwrap();
    read(text).set(text, &path, Some(&value), &profile())
}
