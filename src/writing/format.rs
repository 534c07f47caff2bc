//! A text as a formatter would have it, held against the text as it is: the lines that would change, and whether the page
//! would.

use similar::{ChangeTag, group_diff_ops};

use crate::text::{self, BytePos, Span, TextEdit};

use super::wrap::page;

/// What formatting would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formatting {
    /// The changes: in order, apart from each other, each in terms of the text before; whole lines.
    pub changes: Vec<TextEdit>,
    /// The same for a reader.
    pub lines: Vec<Line>,
    /// So many blocks of the page would be others.
    pub blocks: usize,
}

/// A line of the comparison, without its line break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Stays; shown for its surroundings.
    Same(String),
    /// Goes.
    Gone(String),
    /// Comes.
    Come(String),
    /// Lines that stay lie between; the number of the next line, from 1.
    Gap(usize),
}

/// So many lines around a change are shown.
const AROUND: usize = 1;

impl Formatting {
    /// Compares `text` with `formatted`; `None` where they are equal.
    #[must_use]
    pub fn of(text: &str, formatted: &str) -> Option<Self> {
        if text == formatted {
            return None;
        }
        let before: Vec<&str> = text.split_inclusive('\n').collect();
        let after: Vec<&str> = formatted.split_inclusive('\n').collect();
        let differences = text::differences(&before, &after);
        let mut changes = Vec::new();
        let (mut at, mut from) = (0, None);
        let mut insert = String::new();
        for change in differences
            .iter()
            .flat_map(|op| op.iter_changes(&*before, &*after))
        {
            let line = change.value();
            match change.tag() {
                ChangeTag::Equal => {
                    if let Some(from) = from.take() {
                        changes.push(edit(from, at, std::mem::take(&mut insert)));
                    }
                    at += line.len();
                }
                ChangeTag::Delete => {
                    from.get_or_insert(at);
                    at += line.len();
                }
                ChangeTag::Insert => {
                    from.get_or_insert(at);
                    insert.push_str(line);
                }
            }
        }
        changes.extend(from.map(|from| edit(from, at, insert)));

        let mut lines = Vec::new();
        for group in group_diff_ops(differences, AROUND) {
            let first = group.first().map_or(0, |op| op.old_range().start);
            if first > 0 {
                lines.push(Line::Gap(first + 1));
            }
            for change in group
                .iter()
                .flat_map(|op| op.iter_changes(&*before, &*after))
            {
                let line = change.value().trim_end_matches('\n').to_owned();
                lines.push(match change.tag() {
                    ChangeTag::Equal => Line::Same(line),
                    ChangeTag::Delete => Line::Gone(line),
                    ChangeTag::Insert => Line::Come(line),
                });
            }
        }
        Some(Self {
            changes,
            lines,
            blocks: blocks(text, formatted),
        })
    }
}

fn edit(from: usize, to: usize, insert: String) -> TextEdit {
    TextEdit::new(Span::new(BytePos::new(from), BytePos::new(to)), insert)
}

/// How many blocks of the page of one text differ from those of the other.
fn blocks(text: &str, formatted: &str) -> usize {
    let html =
        |text: &str| -> Vec<String> { page(text).into_iter().map(|(html, _)| html).collect() };
    let (before, after) = (html(text), html(formatted));
    let front = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let most = before.len().min(after.len()) - front;
    let back = before.iter().rev().zip(after.iter().rev());
    let back = back.take(most).take_while(|(a, b)| a == b).count();
    if before.len() == after.len() {
        return before.iter().zip(&after).filter(|(a, b)| a != b).count();
    }
    before.len().max(after.len()) - front - back
}
