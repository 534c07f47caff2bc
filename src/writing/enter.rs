//! The Enter key and the Backspace key.

use super::edit::{Changes, Draft, Side};
use super::indent;
use super::insert::{prefix, prefix_of};
use super::lines::{Container, Item, Kind, Line, Marker};
use super::list::{box_of, unmark};
use super::number::{From, all_ones, region_at, renumber, renumber_around};
use super::region::Region;
use super::table;

/// Goes on with what the line stands in, or ends it where nothing was written in it yet.
pub(super) fn enter(draft: &mut Draft<'_>) -> Option<()> {
    if !may_go_on(draft.text(), draft.selection.start) {
        return None;
    }
    if !draft.selection.is_empty() {
        let mut changes = Changes::default();
        changes.remove(draft.selection.clone());
        draft.apply(changes);
    }
    let at = draft.selection.start;
    let text = draft.text();
    let region = region_at(text, at);
    let line = region.line()?;
    if line.kind.is_literal() {
        return in_literal(draft, line);
    }
    if table::has(text, &region, region.selected.start) {
        return table::enter(draft);
    }
    // In front of the marks a line break is only that.
    if at < line.inner() || line.lazy {
        return None;
    }
    let depth = line.containers.len().checked_sub(1)?;
    match line.containers.get(depth)? {
        Container::Quote { .. } if line.content == line.end => {
            let line = line.clone();
            leave(draft, &region, &line, depth);
            Some(())
        }
        Container::Quote { .. } => {
            break_line(draft, line, &prefix(text, line));
            Some(())
        }
        Container::Item(item) if line.begins(*item) => {
            let (item, line) = (*item, line.clone());
            in_item(draft, &region, &line, depth, item)
        }
        Container::Item(_) if line.is_blank() => None,
        Container::Item(_) => {
            break_line(draft, line, &prefix(text, line));
            Some(())
        }
    }
}

/// A glance at the line alone: whether Enter could mean something here. Most lines are plain text, and a key must not
/// cost a walk through the post.
pub(super) fn may_go_on(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |found| found + 1);
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    line.contains('|')
        || line.starts_with(|c: char| {
            matches!(c, ' ' | '\t' | '-' | '*' | '+' | '>') || c.is_ascii_digit()
        })
}

/// In code only the indentation goes on.
fn in_literal(draft: &mut Draft<'_>, line: &Line) -> Option<()> {
    let at = draft.selection.start;
    if at < line.inner() {
        return None;
    }
    let text = draft.text();
    let mut fresh = prefix(text, line);
    if line.kind != Kind::FenceClose {
        let indentation = text.get(line.inner()..line.content.min(at));
        fresh.push_str(indentation.unwrap_or_default());
    }
    if fresh.is_empty() {
        return None;
    }
    let mut changes = Changes::default();
    changes.insert(at, format!("\n{fresh}"));
    draft.apply(changes);
    Some(())
}

/// A line break with what the new line starts with, in the place of white space around the caret.
fn break_line(draft: &mut Draft<'_>, line: &Line, fresh: &str) {
    let at = draft.selection.start;
    let text = draft.text();
    let inside = text.get(line.inner()..at).unwrap_or_default();
    let start = line.inner() + inside.trim_end_matches([' ', '\t']).len();
    let tail = text.get(at..line.end).unwrap_or_default();
    let end = line.end - tail.trim_start_matches([' ', '\t']).len();
    let mut changes = Changes::default();
    changes.replace(start..end, format!("\n{fresh}"));
    let caret = start + 1 + fresh.len();
    draft.apply(changes);
    draft.selection = caret..caret;
}

fn in_item(
    draft: &mut Draft<'_>,
    region: &Region,
    line: &Line,
    depth: usize,
    item: Item,
) -> Option<()> {
    let text = draft.text();
    let ticks = box_of(text, line, item);
    let content = ticks.map_or(line.content, |(at, _, length)| at + length);
    if content >= line.end && region.item_lines(depth, item).len() == 1 {
        return end_item(draft, region, line, depth, item);
    }
    if draft.selection.start < content.min(line.end) {
        return None;
    }
    let parents = prefix_of(text, line, depth);
    let items = region.siblings(depth, item);
    let marks = text.get(line.edge(depth)..line.inner()).unwrap_or_default();
    let gap = marks.len() - marks.trim_end_matches([' ', '\t']).len();
    let indentation = item.at.saturating_sub(line.edge(depth));
    let marker = item.marker.text();
    let spaces = " ".repeat(gap.max(1));
    let indentation = " ".repeat(indentation);
    let boxed = if ticks.is_some() { "[ ] " } else { "" };
    // With the same number first, so that all that belongs to it keeps its indentation; then it is counted.
    let fresh = format!("{parents}{indentation}{marker}{spaces}{boxed}");
    let counted = !all_ones(&items);
    let first = items.first().map(|item| item.marker);
    let mark = draft.watch(item.at);
    break_line(draft, line, &fresh);
    if let (Some(Marker::Number(first, _)), true) = (first, counted) {
        let mark = draft.watched(mark);
        renumber(draft, mark, From::Number(first));
    }
    Some(())
}

/// An empty item goes a level out, or is none any more.
fn end_item(
    draft: &mut Draft<'_>,
    region: &Region,
    line: &Line,
    depth: usize,
    item: Item,
) -> Option<()> {
    let nested = depth
        .checked_sub(1)
        .is_some_and(|outer| line.item_at(outer).is_some());
    if nested && line.continued >= depth {
        return indent::item_out(draft, item.at);
    }
    leave(draft, region, line, depth);
    Some(())
}

/// The line leaves what it stands in from `depth` on. A paragraph written there needs blank lines around it, or it would
/// be a part of what is above or below.
fn leave(draft: &mut Draft<'_>, region: &Region, line: &Line, depth: usize) {
    let head = draft.text().get(line.start..line.edge(depth));
    let blank = head
        .unwrap_or_default()
        .trim_end_matches([' ', '\t'])
        .to_owned();
    let at = region.selected.start;
    let above = at.checked_sub(1).and_then(|above| region.lines.get(above));
    let tail = draft
        .text()
        .get(line.end..)
        .and_then(|rest| rest.strip_prefix('\n'));
    let below = tail.and_then(|rest| rest.split('\n').next());
    let writes_below = below.is_some_and(|below| !below.trim_matches([' ', '\t', '>']).is_empty());
    let mut changes = Changes::default();
    if above.is_some_and(|above| !above.is_blank()) {
        changes.insert(line.start, format!("{blank}\n"));
    }
    changes.remove(line.edge(depth)..line.end);
    draft.apply(changes);
    if writes_below {
        let at = draft.selection.start;
        let mut changes = Changes::default();
        changes.insert(at, format!("\n{blank}"));
        draft.apply_beside(changes, Side::Before, Side::Before);
    }
}

/// At the start of an item's text its mark goes away.
pub(super) fn backspace(draft: &mut Draft<'_>) -> Option<()> {
    let at = draft.selection.start;
    if !draft.selection.is_empty() || !after_mark(draft.text(), at) {
        return None;
    }
    let text = draft.text();
    let region = region_at(text, at);
    let line = region.line()?;
    let depth = line.containers.len().checked_sub(1)?;
    let item = line.item_at(depth).filter(|item| line.begins(*item))?;
    let boxed = box_of(text, line, item).map(|(at, _, length)| at + length);
    if at != line.inner() && at != line.content && Some(at) != boxed {
        return None;
    }
    let mut changes = Changes::default();
    unmark(text, &region, depth, item, &mut changes);
    // A number other than 1 right behind a paragraph would be a part of it.
    let leads = region
        .siblings(depth, item)
        .first()
        .is_some_and(|first| first.at == item.at);
    let next = region.lines.get(region.item_lines(depth, item).end);
    if let Some(next) = next.filter(|next| leads && !next.is_blank())
        && let Some(Marker::Number(..)) = next.item_at(depth).map(|item| item.marker)
        && next.continued == depth
    {
        let prefix = prefix_of(text, next, depth);
        let prefix = prefix.trim_end_matches([' ', '\t']);
        changes.insert(next.start, format!("{prefix}\n"));
    }
    draft.apply(changes);
    renumber_around(draft);
    Some(())
}

/// A glance at what stands before the caret in its line: whether it can be the mark of an item.
pub(super) fn after_mark(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let line = head.rsplit('\n').next().unwrap_or_default();
    line.ends_with([' ', '\t', '-', '*', '+', '.', ')'])
        && line.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(
                    c,
                    ' ' | '\t' | '-' | '*' | '+' | '.' | ')' | '>' | '[' | ']' | 'x' | 'X'
                )
        })
}
