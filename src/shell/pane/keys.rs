//! The keys of the Markdown pane, and the commands they give.

use crate::writing::{Command, Level};

/// A command's name and the key that gives it, as CodeMirror spells keys: `Mod` is Ctrl, on a Mac Cmd.
pub const KEYS: &[(&str, &str)] = &[
    ("Mod-b", "bold"),
    ("Mod-i", "italic"),
    ("Mod-Shift-x", "strikethrough"),
    ("Mod-e", "code"),
    ("Mod-k", "link"),
    ("Mod-Alt-0", "paragraph"),
    ("Mod-Alt-2", "heading-2"),
    ("Mod-Alt-3", "heading-3"),
    ("Mod-Alt-4", "heading-4"),
    ("Mod-Shift-.", "quote"),
    ("Mod-Shift-7", "numbers"),
    ("Mod-Shift-8", "bullets"),
    ("Mod-Shift-9", "tasks"),
    ("Alt-q", "wrap"),
    ("Mod-Enter", "done"),
    ("Alt-ArrowUp", "up"),
    ("Alt-ArrowDown", "down"),
    ("Mod-/", "shortcuts"),
    ("Mod-Alt-g", "go-to-line"),
    ("Mod-Alt-o", "outline"),
    ("F1", "palette"),
    ("Mod-Shift-p", "palette"),
    ("Alt-Enter", "call"),
    // Before the usual Enter: only on the mark of a shortcode.
    ("Enter", "call-enter"),
    ("Enter", "enter"),
    ("Tab", "tab"),
    ("Shift-Tab", "shift-tab"),
    ("Backspace", "backspace"),
];

/// The command with this name; `text` is what is pasted. `None`: it is not a command on the text.
#[must_use]
pub fn command(name: &str, text: String) -> Option<Command> {
    Some(match name {
        "bold" => Command::Bold,
        "italic" => Command::Italic,
        "strikethrough" => Command::Strikethrough,
        "code" => Command::InlineCode,
        "paragraph" => Command::Heading(None),
        "heading-2" => Command::Heading(Some(Level::H2)),
        "heading-3" => Command::Heading(Some(Level::H3)),
        "heading-4" => Command::Heading(Some(Level::H4)),
        "quote" => Command::Quote,
        "numbers" => Command::NumberedList,
        "bullets" => Command::BulletList,
        "tasks" => Command::TaskList,
        "done" => Command::ToggleTask,
        "up" => Command::MoveLineUp,
        "down" => Command::MoveLineDown,
        "wrap" => Command::Wrap,
        "footnote" => Command::Footnote,
        "divider" => Command::Divider,
        "enter" => Command::Enter,
        "tab" => Command::Tab,
        "shift-tab" => Command::ShiftTab,
        "backspace" => Command::Backspace,
        "paste-address" => Command::PasteAddress(text),
        "paste-table" => Command::PasteTable(text),
        "paste-markdown" => Command::PasteMarkdown(text),
        _ => return None,
    })
}

/// What the pane does where a command has nothing to do: the name `writing.js` knows it by, and its text.
pub(super) fn usual(command: &Command) -> Option<(&'static str, &str)> {
    Some(match command {
        Command::Enter => ("enter", ""),
        Command::Backspace => ("backspace", ""),
        Command::Tab => ("tab", ""),
        Command::ShiftTab => ("shift-tab", ""),
        Command::PasteAddress(text) | Command::PasteTable(text) | Command::PasteMarkdown(text) => {
            ("paste", text)
        }
        _ => return None,
    })
}

/// The name that a key of a plain box gives, those that are only sometimes commands left out. `mac`: Cmd counts as `Mod`.
pub(super) fn pressed(event: &web_sys::KeyboardEvent, mac: bool) -> Option<&'static str> {
    let modifier = if mac {
        event.meta_key()
    } else {
        event.ctrl_key()
    };
    let pressed = event.key();
    let code = event.code();
    let fits = |key: &str| {
        let mut parts: Vec<&str> = key.split('-').collect();
        let Some(letter) = parts.pop() else {
            return false;
        };
        // With Shift a digit's key tells the sign above it, with Alt perhaps another letter.
        let same = pressed.eq_ignore_ascii_case(letter)
            || code.strip_prefix("Digit") == Some(letter)
            || (letter == "." && code == "Period")
            || (event.alt_key()
                && code
                    .strip_prefix("Key")
                    .is_some_and(|key| key.eq_ignore_ascii_case(letter)));
        same && modifier == parts.contains(&"Mod")
            && event.shift_key() == parts.contains(&"Shift")
            && event.alt_key() == parts.contains(&"Alt")
    };
    KEYS.iter()
        .filter(|(_, name)| {
            !matches!(
                *name,
                "enter" | "tab" | "shift-tab" | "backspace" | "call-enter"
            )
        })
        .find(|(key, _)| fits(key))
        .map(|(_, name)| *name)
}

/// The names that a key of a plain box gives where there is something to be done, the first one that has it.
pub(super) fn sometimes(event: &web_sys::KeyboardEvent) -> &'static [&'static str] {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return &[];
    }
    match (event.key().as_str(), event.shift_key()) {
        ("Enter", false) => &["call-enter", "enter"],
        ("Tab", false) => &["tab"],
        ("Tab", true) => &["shift-tab"],
        ("Backspace", false) => &["backspace"],
        _ => &[],
    }
}

/// Whether keys have a Mac's names.
#[must_use]
pub fn is_mac() -> bool {
    let platform = gloo::utils::window().navigator().platform();
    platform.is_ok_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// A key as people read it, such as `Ctrl+Shift+7`; on a Mac `Cmd+Shift+7`.
#[must_use]
pub fn shown(key: &str, mac: bool) -> String {
    let parts: Vec<String> = key
        .split('-')
        .map(|part| match part {
            "Mod" if mac => "Cmd".to_owned(),
            "Mod" => "Ctrl".to_owned(),
            "Alt" if mac => "Option".to_owned(),
            "ArrowUp" => "↑".to_owned(),
            "ArrowDown" => "↓".to_owned(),
            letter if letter.len() == 1 => letter.to_uppercase(),
            other => other.to_owned(),
        })
        .collect();
    parts.join("+")
}
