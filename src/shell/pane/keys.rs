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
        Command::PasteAddress(text) | Command::PasteTable(text) => ("paste", text),
        _ => return None,
    })
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
