//! The marks of items, and the numbers of lists: they follow the first one, and where all are 1 they stay so.

use std::ops::Range;

use super::edit::{Changes, Draft};
use super::lines::{Item, Line, Marker, columns};
use super::region::Region;

/// The item whose mark stands at `at`, with its depth and its line.
pub(super) fn item_at(region: &Region, at: usize) -> Option<(usize, Item, &Line)> {
    let line = region.lines.get(region.index(at)?)?;
    let depth = line.containers.iter().position(
        |container| matches!(container, super::lines::Container::Item(item) if item.at == at),
    )?;
    Some((depth, line.item_at(depth)?, line))
}

/// The region around one position.
pub(super) fn region_at(text: &str, at: usize) -> Region {
    Region::around(text, &(at..at))
}

/// Gives an item another mark, and what belongs to it the indentation it then needs.
pub(super) fn remark(
    text: &str,
    region: &Region,
    depth: usize,
    item: Item,
    marker: Marker,
    changes: &mut Changes,
) {
    if marker == item.marker {
        return;
    }
    let fresh = marker.text();
    let (old, new) = (item.marker_end - item.at, fresh.len());
    changes.replace(item.at..item.marker_end, fresh);
    let lines = region.item_lines(depth, item);
    let rest = Range {
        start: lines.start + 1,
        end: lines.end,
    };
    let rest = region.lines.get(rest).unwrap_or_default();
    let indented = rest.iter().filter(|line| !line.is_blank() && !line.lazy);
    let indentation =
        |line: &Line| columns(text.get(line.edge(depth)..line.end).unwrap_or_default());
    if new > old {
        let enough = indented
            .clone()
            .all(|line| indentation(line) >= item.width + new - old);
        if enough {
            return;
        }
        for line in indented {
            changes.insert(line.edge(depth), " ".repeat(new - old));
        }
    } else {
        for line in indented {
            outdent(text, line.edge(depth), old - new, changes);
        }
    }
}

/// Takes columns of white space away at `at`; a tab that goes further leaves spaces.
pub(super) fn outdent(text: &str, at: usize, less: usize, changes: &mut Changes) {
    if less == 0 {
        return;
    }
    let rest = text.get(at..).unwrap_or_default();
    let (mut columns, mut bytes) = (0, 0);
    for byte in rest.bytes() {
        if columns >= less {
            break;
        }
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
        bytes += 1;
    }
    changes.replace(at..at + bytes, " ".repeat(columns.saturating_sub(less)));
}

/// Whether the numbers of a list are all 1, which is a way of writing them.
pub(super) fn all_ones(items: &[Item]) -> bool {
    items.len() > 1
        && items
            .iter()
            .all(|item| matches!(item.marker, Marker::Number(1, _)))
}

/// How a list is numbered anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// From its first number on; numbers that are all 1 stay.
    First,
    /// From this one on.
    Number(u64),
}

/// Numbers the list anew that has an item's mark at `at`.
pub(super) fn renumber(draft: &mut Draft<'_>, at: usize, from: From) {
    let text = draft.text();
    let region = region_at(text, at);
    let Some((depth, item, _)) = item_at(&region, at) else {
        return;
    };
    let items = region.siblings(depth, item);
    let first = match (from, items.first().map(|item| item.marker)) {
        (From::First, Some(Marker::Number(number, _))) if !all_ones(&items) => number,
        (From::Number(number), Some(Marker::Number(..))) => number,
        _ => return,
    };
    let mut changes = Changes::default();
    for (item, number) in items.iter().zip(first..) {
        if let Marker::Number(_, mark) = item.marker {
            let marker = Marker::Number(number, mark);
            remark(text, &region, depth, *item, marker, &mut changes);
        }
    }
    draft.apply(changes);
}

/// Numbers the lists anew that the line with the caret stands in.
pub(super) fn renumber_around(draft: &mut Draft<'_>) {
    let mut depth = 0;
    loop {
        let region = region_at(draft.text(), draft.selection.start);
        let Some(line) = region.line() else { return };
        if depth >= line.containers.len() {
            return;
        }
        if let Some(item) = line.item_at(depth) {
            renumber(draft, item.at, From::First);
        }
        depth += 1;
    }
}
