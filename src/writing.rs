//! The editing commands of the Markdown pane: what a key or a button does to a post's body.
//!
//! Everything here is about text and a selection in it. A command answers the few bytes that have to change, or that it
//! has nothing to do here.

mod command;
mod edit;
mod insert;
mod lines;

pub use command::{Align, Command, Level};
pub use edit::Edit;

use crate::text::Span;

use edit::Draft;

/// Carries out a command. `text` is the body as the pane shows it, with `\n` for every line break; `selection` is the
/// caret or what is selected. `None`: there is nothing to do here, and a key keeps its usual meaning.
#[must_use]
pub fn run(text: &str, selection: Span, command: &Command) -> Option<Edit> {
    let selection = selection.range();
    text.get(selection.clone())?;
    let mut draft = Draft::new(text, selection);
    match command {
        Command::Divider => insert::block(&mut draft, "---"),
        Command::InsertBlock(block) => insert::block(&mut draft, block),
        Command::InsertInline(inline) => insert::inline(&mut draft, inline),
        _ => None,
    }?;
    draft.finish()
}
