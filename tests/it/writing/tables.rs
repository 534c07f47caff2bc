//! Tables of cases: `before | command -> after`, one a line.
//!
//! `‸` is the caret, two of them are the ends of the selection; `⏎` is a line break, `·` a space, `⇥` a tab. Before
//! `after`, `->` may be followed by `none`: there is nothing to do. Lines with `#` at their start are comments.

use recap_editor::text::Span;
use recap_editor::writing::{Align, Command, Level, run};

const CARET: char = '‸';

/// A text with its selection, from the notation of the tables.
fn marked(notation: &str) -> (String, Span) {
    let mut text = String::new();
    let mut carets = Vec::new();
    for c in notation.chars() {
        match c {
            CARET => carets.push(text.len()),
            '⏎' => text.push('\n'),
            '·' => text.push(' '),
            '⇥' => text.push('\t'),
            '¦' => text.push('|'),
            c => text.push(c),
        }
    }
    let selection = match carets[..] {
        [at] => at..at,
        [start, end] => start..end,
        _ => panic!("{notation}: one mark or two"),
    };
    (text, Span::from_range(selection))
}

/// The notation of a text with its selection.
fn shown(text: &str, selection: Span) -> String {
    let (start, end) = (selection.start().get(), selection.end().get());
    let mut shown = String::new();
    for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
        if at == start {
            shown.push(CARET);
        }
        if at == end && start != end {
            shown.push(CARET);
        }
        match c {
            '\n' => shown.push('⏎'),
            '\t' => shown.push('⇥'),
            '\0' => {}
            c => shown.push(c),
        }
    }
    shown
}

fn command(words: &str) -> Command {
    let (name, rest) = words.split_once(' ').unwrap_or((words, ""));
    let rest = rest.replace('⏎', "\n").replace('⇥', "\t").replace('¦', "|");
    match name {
        "bold" => Command::Bold,
        "italic" => Command::Italic,
        "strike" => Command::Strikethrough,
        "code" => Command::InlineCode,
        "link" => Command::Link {
            address: (!rest.is_empty()).then_some(rest),
        },
        "page" | "page-title" => {
            let (address, title) = rest.split_once(' ').expect("an address and a title");
            Command::LinkPage {
                title: title.to_owned(),
                address: address.to_owned(),
                titled: name == "page-title",
            }
        }
        "paste-address" => Command::PasteAddress(rest),
        "h2" => Command::Heading(Some(Level::H2)),
        "h3" => Command::Heading(Some(Level::H3)),
        "h4" => Command::Heading(Some(Level::H4)),
        "h0" => Command::Heading(None),
        "quote" => Command::Quote,
        "bullets" => Command::BulletList,
        "numbers" => Command::NumberedList,
        "tasks" => Command::TaskList,
        "fence" => Command::Fence { language: rest },
        "embed" => Command::Embed,
        "divider" => Command::Divider,
        "footnote" => Command::Footnote,
        "table" => {
            let (columns, rows) = rest.split_once('x').expect("2x3");
            Command::Table {
                columns: columns.parse().unwrap(),
                rows: rows.parse().unwrap(),
            }
        }
        "enter" => Command::Enter,
        "tab" => Command::Tab,
        "shift-tab" => Command::ShiftTab,
        "backspace" => Command::Backspace,
        "add-row" => Command::TableAddRow,
        "add-column" => Command::TableAddColumn,
        "remove-row" => Command::TableRemoveRow,
        "remove-column" => Command::TableRemoveColumn,
        "align-left" => Command::TableAlign(Align::Left),
        "align-center" => Command::TableAlign(Align::Center),
        "align-right" => Command::TableAlign(Align::Right),
        "align-none" => Command::TableAlign(Align::None),
        "paste-table" => Command::PasteTable(rest),
        "paste-markdown" => Command::PasteMarkdown(rest),
        "toggle-task" => Command::ToggleTask,
        "move-up" => Command::MoveLineUp,
        "move-down" => Command::MoveLineDown,
        "inline" => Command::InsertInline(rest),
        "block" => Command::InsertBlock(rest),
        _ => panic!("{words}: no such command"),
    }
}

/// Carries out the cases of a table, and says all that came out otherwise.
fn check(name: &str, table: &str) -> usize {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (number, line) in table.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with("# ") || line == "#" {
            continue;
        }
        let (before, rest) = line.split_once(" | ").expect("before | command -> after");
        let (words, after) = rest.split_once(" -> ").expect("command -> after");
        let expected = after.trim_end();
        count += 1;
        let (mut text, mut selection) = marked(before.trim_end());
        let mut none = false;
        for word in words.split(" & ") {
            match run(&text, selection, &command(word.trim())) {
                Some(edit) => {
                    text = edit.applied_to(&text);
                    selection = edit.selection;
                }
                None => none = true,
            }
        }
        let got = if none {
            "none".to_owned()
        } else {
            shown(&text, selection)
        };
        let wanted = if expected == "none" {
            expected.to_owned()
        } else if expected == "same" {
            let (text, selection) = marked(before.trim_end());
            shown(&text, selection)
        } else {
            let (text, selection) = marked(expected);
            shown(&text, selection)
        };
        if got != wanted {
            wrong.push(format!(
                "{name}.txt:{}: {line}\n     wanted {wanted}\n     got    {got}",
                number + 1
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    count
}

macro_rules! tables {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            let table = include_str!(concat!(stringify!($name), ".txt"));
            assert!(check(stringify!($name), table) > 0);
        })*
    };
}

tables! { blocks enter inserting links lists marks moving tables }
