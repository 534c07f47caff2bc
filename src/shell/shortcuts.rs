//! The app's own keys, the same wherever the focus is: on the page and inside the article's frame, whose events stay there.

use web_sys::KeyboardEvent;

use crate::session::Msg;

/// What a key asks the app for: undo, redo or the download, with Ctrl or Cmd.
#[must_use]
pub fn asked_by(key: &KeyboardEvent) -> Option<Msg> {
    if !(key.ctrl_key() || key.meta_key()) || key.alt_key() || key.is_composing() {
        return None;
    }
    Some(match key.key().to_ascii_lowercase().as_str() {
        "z" if key.shift_key() => Msg::RedoAsked,
        "z" => Msg::UndoAsked,
        "y" => Msg::RedoAsked,
        "s" => Msg::DownloadAsked,
        _ => return None,
    })
}
