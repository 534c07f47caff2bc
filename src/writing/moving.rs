//! Lines and list items, one place up or down.

use std::ops::Range;

use super::edit::{Changes, Draft};
use super::lines::{Item, Line, Marker};
use super::number::{From, all_ones, renumber};
use super::region::Region;
use super::table;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Down,
}

/// Moves the selected items with what belongs to them, or the selected lines.
pub(super) fn lines(draft: &mut Draft<'_>, way: Way) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let Some((depth, first, last)) = items(&region) else {
        return plain(draft, &region, way);
    };
    let siblings = region.siblings(depth, first);
    let index = |item: Item| siblings.iter().position(|other| other.at == item.at);
    let (from, to) = (index(first)?, index(last)?);
    let other = match way {
        Way::Up => *siblings.get(from.checked_sub(1)?)?,
        Way::Down => *siblings.get(to + 1)?,
    };
    let unit = region.item_lines(depth, first).start..region.item_lines(depth, last).end;
    let other = region.item_lines(depth, other);
    let whole = |range: &Range<usize>| {
        region
            .lines
            .get(range.start)
            .is_some_and(|line| line.continued >= depth)
    };
    if !whole(&unit) || !whole(&other) {
        return None;
    }
    let number = match siblings.first().map(|item| item.marker) {
        Some(Marker::Number(number, _)) if !all_ones(&siblings) => Some(number),
        _ => None,
    };
    // The item that stands first afterwards, if another one did before.
    let line_start = |lines: &Range<usize>| Some(region.lines.get(lines.start)?.start);
    let inside = first.at - line_start(&unit)?;
    let before = line_start(&unit)?;
    let leads = match way {
        Way::Up if from == 1 => Some(first.marker),
        Way::Down if from == 0 => siblings.get(to + 1).map(|item| item.marker),
        _ => None,
    };
    let inside_other = siblings
        .get(to + 1)
        .and_then(|item| item.at.checked_sub(line_start(&other)?));
    let start = swap(draft, &region, unit, other, way)?;
    if let Some(number) = number {
        let lead = match way {
            Way::Up => start + inside,
            Way::Down => before + inside_other.unwrap_or_default(),
        };
        if let Some(Marker::Number(old, mark)) = leads {
            relabel(
                draft,
                lead,
                Marker::Number(old, mark),
                Marker::Number(number, mark),
            );
        }
        renumber(draft, lead, From::Number(number));
    }
    Some(())
}

/// Writes another mark of the same length. A list in a list is none where it does not start with 1, so its first mark
/// must be right before it is looked at.
fn relabel(draft: &mut Draft<'_>, at: usize, old: Marker, new: Marker) {
    let (old, new) = (old.text(), new.text());
    let there = draft.text().get(at..at + old.len()) == Some(old.as_str());
    if there && old.len() == new.len() {
        let mut changes = Changes::default();
        changes.replace(at..at + old.len(), new);
        draft.apply(changes);
    }
}

/// The first and the last item that hold the selection, of one list, as deep as can be.
fn items(region: &Region) -> Option<(usize, Item, Item)> {
    let selected = region.selected();
    let (first, last) = (selected.first()?, selected.last()?);
    let deepest = first.containers.len().min(last.containers.len());
    (0..deepest).rev().find_map(|depth| {
        let (a, b) = (first.item_at(depth)?, last.item_at(depth)?);
        let of_list = region.siblings(depth, a).iter().any(|item| item.at == b.at);
        of_list.then_some((depth, a, b))
    })
}

fn plain(draft: &mut Draft<'_>, region: &Region, way: Way) -> Option<()> {
    // The line it changes places with may stand beyond the region.
    let text = draft.text();
    let unit = region.selected();
    let (start, end) = (unit.first()?.start, unit.last()?.end);
    let around = match way {
        Way::Up => start.checked_sub(1)?..end,
        Way::Down => start..(end + 1),
    };
    if around.end > text.len() || (way == Way::Down && end + 1 == text.len()) {
        return None;
    }
    let region = Region::around(text, &around);
    let at = |offset: usize| {
        region
            .lines
            .iter()
            .position(|line| line.start <= offset && offset <= line.end)
    };
    let (first, last) = (at(start)?, at(end)?);
    let other = match way {
        Way::Up => first.checked_sub(1)?,
        Way::Down => last + 1,
    };
    let fixed = |line: usize| table::is_head(text, &region, line);
    if fixed(other) || (first..=last).any(fixed) || other >= region.lines.len() {
        return None;
    }
    swap(draft, &region, first..last + 1, other..other + 1, way).map(|_| ())
}

/// Puts lines to the other side of other lines; what stands between stays between. Answers where they start then.
fn swap(
    draft: &mut Draft<'_>,
    region: &Region,
    unit: Range<usize>,
    other: Range<usize>,
    way: Way,
) -> Option<usize> {
    let bytes = |lines: &Range<usize>| -> Option<Range<usize>> {
        let first: &Line = region.lines.get(lines.start)?;
        let last = region.lines.get(lines.end.checked_sub(1)?)?;
        Some(first.start..last.end)
    };
    let (unit, other) = (bytes(&unit)?, bytes(&other)?);
    let text = draft.text();
    let moved = text.get(unit.clone())?.to_owned();
    let mut changes = Changes::default();
    let selection = draft.selection.clone();
    let to = match way {
        Way::Up => {
            let gap = text.get(other.end..unit.start)?.to_owned();
            changes.insert(other.start, format!("{moved}{gap}"));
            changes.remove(other.end..unit.end);
            other.start
        }
        Way::Down => {
            let gap = text.get(unit.end..other.start)?.to_owned();
            changes.remove(unit.start..other.start);
            changes.insert(other.end, format!("{gap}{moved}"));
            other.end - moved.len()
        }
    };
    let place = |at: usize| to + at.clamp(unit.start, unit.end) - unit.start;
    let selection = place(selection.start)..place(selection.end);
    draft.apply(changes);
    draft.selection = selection;
    Some(to)
}
