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

/// Whether a key asks for all commands: Ctrl or Cmd with K or Shift and P, or F1.
#[must_use]
pub fn asks_for_commands(key: &KeyboardEvent) -> bool {
    if key.alt_key() || key.is_composing() {
        return false;
    }
    let with = key.ctrl_key() || key.meta_key();
    match key.key().to_ascii_lowercase().as_str() {
        "k" => with && !key.shift_key(),
        "p" => with && key.shift_key(),
        "f1" => !with && !key.shift_key(),
        _ => false,
    }
}
