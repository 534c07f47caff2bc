//! Bold, italic, strikethrough and code in a line, on and off.

use std::ops::Range;

use super::edit::{Changes, Draft, Side};
use super::lines::Kind;
use super::prose::{self, Prose};
use super::reading::{Labels, Reading, Style};
use super::region::Region;
use super::row::trimmed;
use super::styling::{Part, Proved, change, spellings};
use super::units::is_word;

/// Gives the selection a style, or takes it away where all of it has it. A caret stands for the word around it, or for
/// what is about to be typed.
pub(super) fn toggle(draft: &mut Draft<'_>, style: Style) -> Option<()> {
    let selection = draft.selection.clone();
    if selection.is_empty() && remove_empty(draft, style) {
        return Some(());
    }
    let text = draft.text();
    let region = Region::around(text, &selection);
    let labels = Labels::of(text);
    let parts: Vec<Part> = prose::selected(text, &region, &selection)
        .into_iter()
        .filter_map(|prose| part(prose, &selection, &labels))
        .collect();
    if parts.is_empty() {
        return insert_empty(draft, &region, style);
    }
    let lacking: Vec<&Part> = parts
        .iter()
        .filter(|part| part.reading.covers(&part.target, style) == Some(false))
        .collect();
    let mut proved: Vec<(&Part, Proved)> = lacking
        .iter()
        .filter_map(|part| Some((*part, change(part, style, true, &labels)?)))
        .collect();
    if proved.is_empty() {
        proved = parts
            .iter()
            .filter(|part| part.reading.covers(&part.target, style) == Some(true))
            .filter_map(|part| Some((part, change(part, style, false, &labels)?)))
            .collect();
    }
    let (first, last) = (proved.first()?, proved.last()?);
    let start = first
        .1
        .wider
        .as_ref()
        .map(|wide| first.0.prose.whole(wide.start));
    let end = last
        .1
        .wider
        .as_ref()
        .map(|wide| last.0.prose.whole(wide.end));
    let mut changes = Changes::default();
    for (part, one) in &proved {
        one.changes.in_whole(&part.prose, &mut changes);
    }
    let at_end = proved
        .iter()
        .any(|(part, _)| part.prose.whole(part.target.end) == selection.end);
    if start.is_some() || end.is_some() {
        let start = start.unwrap_or(selection.start).min(selection.start);
        draft.selection = start..end.unwrap_or(selection.end).max(selection.end);
    }
    if draft.selection.is_empty() {
        let side = if at_end { Side::Before } else { Side::After };
        draft.apply_beside(changes, side, side);
    } else {
        draft.apply_beside(changes, Side::After, Side::Before);
    }
    Some(())
}

/// What of a block is meant by the selection; `None` where there is nothing to be marked.
fn part(prose: Prose, selection: &Range<usize>, labels: &Labels) -> Option<Part> {
    let reading = Reading::of(&prose.text, labels);
    let here = prose.here(selection.start)..prose.here(selection.end);
    // In front of a line's text a caret is in no word.
    if selection.is_empty() && prose.whole(here.start) != selection.start {
        return None;
    }
    let target = if selection.is_empty() {
        word(&prose.text, here.start, &reading)
    } else {
        reading.whole(trimmed(&prose.text, here))
    };
    // A tag or a picture alone is a block, and no text.
    let mut left = target.clone();
    for thing in &reading.things {
        if thing.start <= left.start && left.start < thing.end {
            left = trimmed(&prose.text, thing.end.min(left.end)..left.end);
        }
    }
    if left.is_empty() {
        return None;
    }
    reading.covers(&target, Style::Bold)?;
    Some(Part {
        prose,
        reading,
        target,
    })
}

/// The word around or beside `at`, or the whole it stands in.
fn word(text: &str, at: usize, reading: &Reading) -> Range<usize> {
    if reading.whole_around(at).is_some() {
        return reading.whole(at..at);
    }
    let head = text.get(..at).unwrap_or_default();
    let tail = text.get(at..).unwrap_or_default();
    let mut start = head.trim_end_matches(is_word).len();
    let mut end = text.len() - tail.trim_start_matches(is_word).len();
    for whole in &reading.wholes {
        if whole.end <= at {
            start = start.max(whole.end);
        } else if at <= whole.start {
            end = end.min(whole.start);
        }
    }
    // Marks end a word: those around a part of it could only be parted.
    for marks in &reading.marks {
        if marks.inner.start <= at && at <= marks.inner.end {
            start = start.max(marks.inner.start);
            end = end.min(marks.inner.end);
        } else if marks.outer.end <= at {
            start = start.max(marks.outer.end);
        } else if at <= marks.outer.start {
            end = end.min(marks.outer.start);
        }
    }
    if end < start {
        return at..at;
    }
    // An underscore at an end is a mark.
    let word = text.get(start..end).unwrap_or_default();
    start += word.len() - word.trim_start_matches('_').len();
    end -= word.len() - word.trim_end_matches('_').len();
    if start <= at && at <= end {
        start..end
    } else {
        at..at
    }
}

/// Marks around nothing go away again: `**‸**`.
fn remove_empty(draft: &mut Draft<'_>, style: Style) -> bool {
    let at = draft.selection.start;
    let text = draft.text();
    let Some(mark) = spellings(style).first() else {
        return false;
    };
    let head = text.get(..at).unwrap_or_default();
    let tail = text.get(at..).unwrap_or_default();
    let around = head.ends_with(mark) && tail.starts_with(mark);
    if !around {
        return false;
    }
    let mut changes = Changes::default();
    changes.remove(at - mark.len()..at);
    changes.remove(at..at + mark.len());
    draft.apply(changes);
    true
}

/// Marks around the caret, for what is about to be typed.
fn insert_empty(draft: &mut Draft<'_>, region: &Region, style: Style) -> Option<()> {
    let at = draft.selection.start;
    let line = region.line()?;
    let text = draft.text();
    let writes =
        matches!(line.kind, Kind::Text | Kind::Heading | Kind::Blank) && !line.ends_with_mark();
    if !draft.selection.is_empty() || !writes || at < line.content.min(line.end) {
        return None;
    }
    // Not beside a letter: there is a word, and it could not be marked.
    let head = text.get(..at)?.chars().next_back();
    let tail = text.get(at..)?.chars().next();
    if head.is_some_and(is_word) || tail.is_some_and(is_word) || inside_whole(text, region, at) {
        return None;
    }
    let mark = spellings(style).first()?;
    let mut changes = Changes::default();
    changes.insert(at, format!("{mark}{mark}"));
    draft.apply(changes);
    let caret = at + mark.len();
    draft.selection = caret..caret;
    Some(())
}

/// Whether a caret stands in code, a tag or an address.
fn inside_whole(text: &str, region: &Region, at: usize) -> bool {
    prose::selected(text, region, &(at..at))
        .iter()
        .any(|prose| {
            let reading = Reading::of(&prose.text, &Labels::default());
            reading.whole_around(prose.here(at)).is_some()
        })
}
