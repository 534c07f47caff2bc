//! The editing commands of the Markdown pane: what a key or a button does to a post's body.
//!
//! Everything here is about text and a selection in it. A command answers the few bytes that have to change, or that it
//! has nothing to do here.

mod command;
mod edit;
mod heading;
mod insert;
mod lines;
mod link;
mod marks;
mod prose;
mod quote;
mod reading;
mod row;
pub mod units;

pub use command::{Align, Command, Level};
pub use edit::Edit;

use crate::text::Span;

use edit::Draft;
use reading::Style;

/// Carries out a command. `text` is the body as the pane shows it, with `\n` for every line break; `selection` is the
/// caret or what is selected. `None`: there is nothing to do here, and a key keeps its usual meaning.
#[must_use]
pub fn run(text: &str, selection: Span, command: &Command) -> Option<Edit> {
    let selection = selection.range();
    text.get(selection.clone())?;
    let mut draft = Draft::new(text, selection);
    match command {
        Command::Bold => marks::toggle(&mut draft, Style::Bold),
        Command::Italic => marks::toggle(&mut draft, Style::Italic),
        Command::Strikethrough => marks::toggle(&mut draft, Style::Strike),
        Command::InlineCode => marks::toggle(&mut draft, Style::Code),
        Command::Link { address } => link::link(&mut draft, address.as_deref()),
        Command::PasteAddress(address) => link::paste(&mut draft, address),
        Command::Heading(level) => heading::set(&mut draft, *level),
        Command::Quote => quote::toggle(&mut draft),
        Command::Divider => insert::block(&mut draft, "---"),
        Command::InsertBlock(block) => insert::block(&mut draft, block),
        Command::InsertInline(inline) => insert::inline(&mut draft, inline),
        _ => None,
    }?;
    draft.finish()
}
