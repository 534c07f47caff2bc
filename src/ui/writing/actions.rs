//! Everything the tools can do, with the words people look for it by.

use crate::shell::{Around, keys};
use crate::writing::{Align, Command};

use super::Panel;

/// Something that can be chosen in the toolbar, a menu or by a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Action {
    /// What it is known by; the keys have the same names.
    pub(super) name: &'static str,
    /// What it is called.
    pub(super) label: &'static str,
    /// More words it is found by.
    pub(super) words: &'static str,
    /// Part of the menu of a slash.
    pub(super) inserts: bool,
}

const fn action(
    name: &'static str,
    label: &'static str,
    words: &'static str,
    inserts: bool,
) -> Action {
    Action {
        name,
        label,
        words,
        inserts,
    }
}

/// Every action, in the order of the menu and the sheet of keys.
pub(super) const ACTIONS: &[Action] = &[
    action("heading-2", "Heading 2", "h2 title section", true),
    action("heading-3", "Heading 3", "h3 title section", true),
    action("heading-4", "Heading 4", "h4 title section", true),
    action("paragraph", "Plain paragraph", "text normal", false),
    action("bullets", "Bulleted list", "unordered points ul", true),
    action("numbers", "Numbered list", "ordered ol", true),
    action("tasks", "Task list", "todo checklist", true),
    action("done", "Tick or untick a task", "done check", false),
    action("quote", "Quote", "blockquote citation", true),
    action("fence", "Code block", "fence source", true),
    action("table", "Table", "grid cells", true),
    action("image", "Image", "picture photo", true),
    action("footnote", "Footnote", "note", true),
    action("divider", "Divider", "line rule hr", true),
    action("youtube", "YouTube video", "recording embed", true),
    action("x", "Post on X", "twitter tweet embed", true),
    action("note", "Note box", "info callout", true),
    action("warning", "Warning box", "alert callout", true),
    action(
        "embed",
        "Embed the address here",
        "youtube video twitter x shortcode",
        false,
    ),
    action("shortcode", "Other shortcode", "hugo", true),
    action("link", "Link", "address url page", true),
    action("bold", "Bold", "strong", false),
    action("italic", "Italic", "emphasis", false),
    action("strikethrough", "Strikethrough", "deleted", false),
    action("code", "Code in the line", "inline monospace", false),
    action("wrap", "Wrap paragraph", "fill columns", false),
    action("up", "Move lines up", "", false),
    action("down", "Move lines down", "", false),
    action(
        "format",
        "Format the whole text",
        "prettier tidy wrap",
        false,
    ),
    action("outline", "Outline", "headings sections", false),
    action(
        "call",
        "Edit the shortcode here",
        "hugo form arguments",
        false,
    ),
    action("go-to-line", "Go to line", "jump", false),
    action("find", "Find and replace", "search", false),
    action("goal", "Goal of words", "count aim", false),
    action("palette", "All commands", "command palette", false),
    action("shortcuts", "Keyboard shortcuts", "keys help", false),
    action("row", "Add a row below", "table", false),
    action("column", "Add a column to the right", "table", false),
    action("no-row", "Remove this row", "table delete", false),
    action("no-column", "Remove this column", "table delete", false),
    action("align-left", "Align the column left", "table", false),
    action("align-centre", "Centre the column", "table", false),
    action("align-right", "Align the column right", "table", false),
    action("align-none", "Align the column as usual", "table", false),
];

/// The action with this name.
pub(super) fn named(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}

/// What choosing an action does.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Does {
    Run(Command),
    Open(Panel),
}

/// What an action does where the caret is. `None` for one nobody knows.
pub(super) fn does(name: &'static str, around: Around) -> Option<Does> {
    let run = match name {
        // In a code block, the same button takes it away.
        "fence" if around.has(Around::FENCE) => Command::NoFence,
        "image" => Command::Image,
        "row" => Command::TableAddRow,
        "column" => Command::TableAddColumn,
        "no-row" => Command::TableRemoveRow,
        "no-column" => Command::TableRemoveColumn,
        "align-left" => Command::TableAlign(Align::Left),
        "align-centre" => Command::TableAlign(Align::Center),
        "align-right" => Command::TableAlign(Align::Right),
        "align-none" => Command::TableAlign(Align::None),
        "fence" => return Some(Does::Open(Panel::Code)),
        "link" => return Some(Does::Open(Panel::Link { titled: false })),
        "table" => return Some(Does::Open(Panel::Table)),
        "youtube" | "x" | "note" | "warning" | "shortcode" => {
            return Some(Does::Open(Panel::Shortcode(name)));
        }
        "outline" => return Some(Does::Open(Panel::Outline)),
        "go-to-line" => return Some(Does::Open(Panel::Line)),
        "goal" => return Some(Does::Open(Panel::Goal)),
        "palette" => return Some(Does::Open(Panel::Palette)),
        "shortcuts" => return Some(Does::Open(Panel::Shortcuts)),
        other => keys::command(other, String::new())?,
    };
    Some(Does::Run(run))
}

/// The key of an action, as the pane spells it.
pub(super) fn key(name: &str) -> Option<&'static str> {
    let mut keys = keys::KEYS.iter();
    keys.find(|(_, known)| *known == name).map(|(key, _)| *key)
}

/// The key of an action, as people read it.
pub(super) fn shown_key(name: &str) -> Option<String> {
    // The pane's own.
    let own = (name == "find").then_some("Mod-f");
    own.or_else(|| key(name))
        .map(|key| keys::shown(key, keys::is_mac()))
}

/// The key of an action, as `aria-keyshortcuts` has it.
pub(super) fn spoken_key(name: &str) -> Option<String> {
    let key = key(name)?;
    let with = |modifier: &str| key.replace("Mod", modifier).replace('-', "+");
    Some(if key.contains("Mod") {
        format!("{} {}", with("Control"), with("Meta"))
    } else {
        with("Control")
    })
}

/// What is to be said of an action when one points at it: its name and its key.
pub(super) fn tip(action: &Action) -> String {
    match shown_key(action.name) {
        Some(key) => format!("{} ({key})", action.label),
        None => action.label.to_owned(),
    }
}
