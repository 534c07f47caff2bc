//! The headings of a post, and sections that change places.

use std::ops::Range;

use crate::text::sort;
use crate::text::{BytePos, Span, TextEdit};

use super::edit::Edit;
use super::lines::{Kind, Line};
use super::prose::heading_text;
use super::reading::{Labels, Reading};
use super::scanner::{Scanner, heading};

/// A heading with its section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineItem {
    /// From 1 to 6, as it is written.
    pub level: u8,
    /// Its text, without marks.
    pub text: String,
    /// From its line to the next heading that is no deeper, or to the end.
    pub section: Span,
}

/// The headings of a body, in order. Those in code, comments, lists and quotations begin no sections and are left out.
#[must_use]
pub fn outline(text: &str) -> Vec<OutlineItem> {
    let mut items: Vec<OutlineItem> = Vec::new();
    // Where the paragraph began that an underline may make a heading of.
    let mut paragraph: Option<usize> = None;
    for line in Scanner::new(text) {
        if !line.containers.is_empty() {
            paragraph = None;
            continue;
        }
        match line.kind {
            Kind::Heading => {
                let level = heading(line.text(text)).map_or(1, |(level, _)| level);
                let words = heading_text(text, &line);
                items.push(item(text, line.start, level, words));
            }
            Kind::Underline => {
                let start = paragraph.unwrap_or(line.start);
                let level = if line.text(text).starts_with('=') {
                    1
                } else {
                    2
                };
                items.push(item(
                    text,
                    start,
                    level,
                    start..line.start.saturating_sub(1),
                ));
            }
            _ => {}
        }
        paragraph = text_start(paragraph, &line);
    }
    let starts: Vec<(u8, BytePos)> = items
        .iter()
        .map(|item| (item.level, item.section.start()))
        .collect();
    // From the end: the next heading that is no deeper is the nearest open one.
    let end = BytePos::new(text.len());
    let mut open: Vec<(u8, BytePos)> = Vec::new();
    for (item, (level, start)) in items.iter_mut().zip(starts).rev() {
        while open.last().is_some_and(|(other, _)| *other > level) {
            open.pop();
        }
        let behind = open.last().map_or(end, |(_, at)| *at);
        item.section = Span::new(start, behind);
        open.push((level, start));
    }
    items
}

fn text_start(paragraph: Option<usize>, line: &Line) -> Option<usize> {
    (line.kind == Kind::Text).then(|| paragraph.unwrap_or(line.start))
}

fn item(text: &str, start: usize, level: usize, words: Range<usize>) -> OutlineItem {
    let words = text.get(words).unwrap_or_default().trim();
    let marked = words.contains(['*', '_', '`', '[', '<', '\\', '&', '~', '\n']);
    let words = if marked {
        let reading = Reading::of(words, &Labels::default());
        let glyphs = reading.glyphs.iter().map(|glyph| glyph.c);
        glyphs.map(|c| if c == '\n' { ' ' } else { c }).collect()
    } else {
        words.to_owned()
    };
    OutlineItem {
        level: u8::try_from(level).unwrap_or(6),
        text: words,
        section: Span::at(BytePos::new(start)),
    }
}

/// Moves the section of heading `which` in front of heading `before`, both counted as in [`outline`]; `before` may be
/// their number: then it goes to the end. The caret goes to the section's start. `None` where it is there already, where
/// it would go into itself, or where the headings would not be the same afterwards.
#[must_use]
pub fn move_section(text: &str, which: usize, before: usize) -> Option<Edit> {
    let items = outline(text);
    let section = items.get(which)?.section.range();
    let target = match items.get(before) {
        Some(item) => item.section.start().get(),
        None if before == items.len() => text.len(),
        None => return None,
    };
    if section.start <= target && target <= section.end {
        return None;
    }
    let up = target < section.start;
    // Two stretches that change places; the blank lines behind each place stay there.
    let (first, second) = if up {
        (target..section.start, section)
    } else {
        (section.clone(), section.end..target)
    };
    let first = without_breaks(text, first);
    let second = without_breaks(text, second);
    let gap = text.get(first.end..second.start)?;
    let moved = text.get(if up { second.clone() } else { first.clone() })?;
    let apart = if gap.len() < 2 { "\n\n" } else { gap };
    let span = |range: Range<usize>| Span::from_range(range);
    let (changes, start) = if up {
        let insert = TextEdit::insertion(BytePos::new(first.start), format!("{moved}{apart}"));
        let removal = TextEdit::removal(span(first.end..second.end));
        (vec![insert, removal], first.start)
    } else {
        let removal = TextEdit::removal(span(first.start..second.start));
        let insert = TextEdit::insertion(BytePos::new(second.end), format!("{apart}{moved}"));
        let start = second.len() + first.start + apart.len();
        (vec![removal, insert], start)
    };
    let edit = Edit {
        changes,
        selection: Span::at(BytePos::new(start)),
    };
    // Code that is never closed would take in what comes behind it.
    let after = outline(&edit.applied_to(text));
    let words = |items: &[OutlineItem]| {
        let mut words: Vec<(u8, String)> = items
            .iter()
            .map(|item| (item.level, item.text.clone()))
            .collect();
        sort::sort(&mut words);
        words
    };
    (words(&after) == words(&items)).then_some(edit)
}

/// A range without line breaks at its end.
fn without_breaks(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + part.trim_end_matches('\n').len()
}
