//! The editing commands of the Markdown pane: what a key or a button does to a post's body.
//!
//! Everything here is about text and a selection in it. A command answers the few bytes that have to change, or that it
//! has nothing to do here.

pub mod call;
pub mod clip;
mod command;
mod edit;
pub mod embed;
mod enter;
mod fence;
mod footnote;
pub mod format;
pub mod glance;
mod heading;
mod indent;
mod insert;
mod line_start;
mod lines;
mod link;
mod list;
mod marks;
mod moving;
mod number;
pub mod outline;
mod prose;
mod quote;
mod reading;
mod region;
mod row;
mod scanner;
mod styling;
mod table;
mod task;
pub mod units;
pub mod wrap;

pub use command::{Align, Command, Level};
pub use edit::Edit;
pub use outline::{OutlineItem, move_section, outline};

use crate::text::Span;

use edit::Draft;
use list::ListKind;
use moving::Way;
use reading::Style;

/// Carries out a command. `text` is the body as the pane shows it, with `\n` for every line break; `selection` is the
/// caret or what is selected. `None`: there is nothing to do here, and a key keeps its usual meaning.
#[must_use]
pub fn run(text: &str, selection: Span, command: &Command) -> Option<Edit> {
    let selection = selection.range();
    text.get(selection.clone())?;
    if *command == Command::Wrap {
        let changes = wrap::wrap(text, Span::from_range(selection.clone()), wrap::WIDTH);
        return Edit::keeping(changes, selection);
    }
    let mut draft = Draft::new(text, selection);
    match command {
        Command::Bold => marks::toggle(&mut draft, Style::Bold),
        Command::Italic => marks::toggle(&mut draft, Style::Italic),
        Command::Strikethrough => marks::toggle(&mut draft, Style::Strike),
        Command::InlineCode => marks::toggle(&mut draft, Style::Code),
        Command::Link { address } => link::link(&mut draft, address.as_deref()),
        Command::LinkPage {
            title,
            address,
            titled,
        } => link::page(&mut draft, title, address, *titled),
        Command::PasteAddress(address) => link::paste(&mut draft, address),
        Command::Heading(level) => heading::set(&mut draft, *level),
        Command::Quote => quote::toggle(&mut draft),
        Command::BulletList => list::toggle(&mut draft, ListKind::Bullets),
        Command::NumberedList => list::toggle(&mut draft, ListKind::Numbers),
        Command::TaskList => list::toggle(&mut draft, ListKind::Tasks),
        Command::Enter => enter::enter(&mut draft),
        Command::Tab => table::next(&mut draft).or_else(|| indent::tab(&mut draft)),
        Command::ShiftTab => table::previous(&mut draft).or_else(|| indent::shift_tab(&mut draft)),
        Command::Backspace => enter::backspace(&mut draft),
        Command::Table { columns, rows } => table::insert(&mut draft, *columns, *rows),
        Command::TableAddRow => table::add_row(&mut draft),
        Command::TableAddColumn => table::add_column(&mut draft),
        Command::TableRemoveRow => table::remove_row(&mut draft),
        Command::TableRemoveColumn => table::remove_column(&mut draft),
        Command::TableAlign(align) => table::align(&mut draft, *align),
        Command::PasteTable(cells) => table::paste(&mut draft, cells),
        Command::PasteMarkdown(markdown) => insert::paste(&mut draft, markdown),
        Command::ToggleTask => task::toggle(&mut draft),
        Command::MoveLineUp => moving::lines(&mut draft, Way::Up),
        Command::MoveLineDown => moving::lines(&mut draft, Way::Down),
        Command::Divider => insert::block(&mut draft, "---"),
        Command::InsertBlock(block) => insert::block(&mut draft, block),
        Command::InsertInline(inline) => insert::inline(&mut draft, inline),
        Command::Wrap => None,
        Command::Image => insert::image(&mut draft),
        Command::Fence { language } => fence::toggle(&mut draft, language),
        Command::NoFence => fence::remove(&mut draft),
        Command::Footnote => footnote::insert(&mut draft),
    }?;
    draft.finish()
}
