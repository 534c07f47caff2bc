//! List items, a level in or out, with all that belongs to them.

use std::collections::HashSet;

use super::edit::{Changes, Draft};
use super::lines::{Container, Item, Line, Marker, columns};
use super::number::{From, item_at, outdent, region_at, remark, renumber};
use super::region::Region;

/// The outermost items of the selection, by where their marks stand.
fn chosen(region: &Region) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut seen = HashSet::new();
    for line in region.selected() {
        let inside = line
            .containers
            .iter()
            .any(|container| matches!(container, Container::Item(item) if seen.contains(&item.at)));
        if let Some((_, item)) = line.item().filter(|_| !inside && !line.is_blank()) {
            seen.insert(item.at);
            chosen.push(item.at);
        }
    }
    chosen
}

/// Moves items in, each below the one before it.
pub(super) fn tab(draft: &mut Draft<'_>) -> Option<()> {
    let region = Region::around(draft.text(), &draft.selection);
    each(draft, chosen(&region), item_in)
}

/// Moves items out, each behind the one it belongs to.
pub(super) fn shift_tab(draft: &mut Draft<'_>) -> Option<()> {
    let region = Region::around(draft.text(), &draft.selection);
    each(draft, chosen(&region), item_out)
}

/// Does something to each of the items. Their marks move along with each change.
fn each(
    draft: &mut Draft<'_>,
    marks: Vec<usize>,
    action: impl Fn(&mut Draft<'_>, usize) -> Option<()>,
) -> Option<()> {
    let watched: Vec<_> = marks.into_iter().map(|at| draft.watch(at)).collect();
    let mut done = None;
    for mark in watched {
        let at = draft.watched(mark);
        done = action(draft, at).or(done);
    }
    done
}

/// How far an item's mark stands in from where its list does.
fn indent_of(text: &str, line: &Line, depth: usize) -> usize {
    columns(text.get(line.edge(depth)..line.end).unwrap_or_default())
}

fn item_in(draft: &mut Draft<'_>, at: usize) -> Option<()> {
    let text = draft.text();
    let region = region_at(text, at);
    let (depth, item, line) = item_at(&region, at)?;
    let items = region.siblings(depth, item);
    let index = items.iter().position(|other| other.at == at)?;
    let parent = *items.get(index.checked_sub(1)?)?;
    // What it then stands behind: the last item of the list the parent may have.
    let above = last_child(&region, depth, parent);
    let more = parent
        .width
        .checked_sub(indent_of(text, line, depth))
        .filter(|more| *more > 0)?;
    let marker = match (above.map(|item| item.marker), item.marker) {
        (Some(marker), _) => marker.next(),
        (None, Marker::Number(_, mark)) => Marker::Number(1, mark),
        (None, marker) => marker,
    };
    let mut changes = Changes::default();
    let lines = region.item_lines(depth, item);
    for line in region.lines.get(lines).unwrap_or_default() {
        if !line.is_blank() && !line.lazy {
            changes.insert(line.edge(depth), " ".repeat(more));
        }
    }
    remark(text, &region, depth, item, marker, &mut changes);
    let own = draft.watch(at);
    draft.apply(changes);
    renumber(draft, parent.at, From::First);
    if above.is_some() {
        let own = draft.watched(own);
        renumber(draft, own, From::First);
    }
    Some(())
}

/// The last item of the last list that stands in `item`.
fn last_child(region: &Region, depth: usize, item: Item) -> Option<Item> {
    let lines = region.item_lines(depth, item);
    let lines = region.lines.get(lines)?;
    lines.last()?.item_at(depth + 1)
}

/// Moves the item with its mark at `at` out.
pub(super) fn item_out(draft: &mut Draft<'_>, at: usize) -> Option<()> {
    let text = draft.text();
    let region = region_at(text, at);
    let (depth, item, line) = item_at(&region, at)?;
    let outer = depth.checked_sub(1)?;
    let parent = line.item_at(outer)?;
    if line.continued < depth {
        return None;
    }
    let parent_line = region.lines.get(region.index(parent.at)?)?;
    let base = indent_of(text, parent_line, outer);
    let own = indent_of(text, line, outer);
    let marker = parent.marker.next();
    let less = own.checked_sub(base)?;
    let (old, new) = (item.marker_end - item.at, marker.text().len());
    let mut changes = Changes::default();
    let lines = region.item_lines(depth, item);
    let end = lines.end;
    for line in region.lines.get(lines).unwrap_or_default() {
        if line.is_blank() || line.lazy {
            continue;
        }
        if line.begins(item) {
            outdent(text, line.edge(outer), less, &mut changes);
        } else if less + old >= new {
            outdent(text, line.edge(outer), less + old - new, &mut changes);
        } else {
            changes.insert(line.edge(outer), " ".repeat(new - less - old));
        }
    }
    changes.replace(item.at..item.marker_end, marker.text());
    // What stands behind it in its list belongs to it then, and must be in far enough.
    let gap = (item.width + columns_before(text, line, outer, depth)).saturating_sub(own + old);
    let width = base + new + gap;
    let behind = region.lines.iter().skip(end);
    let followers: Vec<&Line> = behind
        .take_while(|line| {
            line.is_blank()
                || line
                    .item_at(outer)
                    .is_some_and(|other| other.at == parent.at)
        })
        .filter(|line| !line.is_blank() && !line.lazy)
        .collect();
    let least = followers
        .iter()
        .map(|line| indent_of(text, line, outer))
        .min();
    if let Some(more) = least
        .and_then(|least| width.checked_sub(least))
        .filter(|more| *more > 0)
    {
        for line in &followers {
            changes.insert(line.edge(outer), " ".repeat(more));
        }
    }
    let first = followers
        .iter()
        .find_map(|line| line.item_at(depth).filter(|item| line.begins(*item)));
    // In the same step: only a list that starts with 1 can follow a paragraph's line.
    if let Some(first) = first
        && last_child(&region, depth, item).is_none()
        && let Marker::Number(_, mark) = first.marker
    {
        let marker = Marker::Number(1, mark);
        remark(text, &region, depth, first, marker, &mut changes);
    }
    let first = first.map(|item| draft.watch(item.at));
    let own = draft.watch(at);
    draft.apply(changes);
    if let Some(first) = first {
        let first = draft.watched(first);
        let region = region_at(draft.text(), first);
        if let Some((depth, item, _)) = item_at(&region, first) {
            let leads = region
                .siblings(depth, item)
                .first()
                .is_some_and(|item| item.at == first);
            let from = if leads { From::Number(1) } else { From::First };
            renumber(draft, first, from);
        }
    }
    let own = draft.watched(own);
    renumber(draft, own, From::First);
    Some(())
}

/// How many columns of a line stand between the edges of two depths.
fn columns_before(text: &str, line: &Line, outer: usize, depth: usize) -> usize {
    columns(
        text.get(line.edge(outer)..line.edge(depth))
            .unwrap_or_default(),
    )
}
