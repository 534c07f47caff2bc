//! A glance at the caret's line: whether a key could be a command there. A key must not cost a walk through the post where
//! it means what it always does.

use crate::text::Span;

use super::Command;
use super::enter::{after_mark, may_go_on};

/// Whether Enter, Tab, Shift and Tab, or Backspace could have something to do at the selection. Every other command could,
/// anywhere.
#[must_use]
pub fn may_concern(text: &str, selection: Span, command: &Command) -> bool {
    let selection = selection.range();
    match command {
        Command::Enter => may_go_on(text, selection.start),
        Command::Tab | Command::ShiftTab => {
            may_go_on(text, selection.start) || may_go_on(text, selection.end)
        }
        Command::Backspace => selection.is_empty() && after_mark(text, selection.start),
        _ => true,
    }
}
