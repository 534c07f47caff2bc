//! Lists, on and off, and from one kind into another.

use std::collections::HashSet;

use super::edit::{Changes, Draft};
use super::insert::prefix_of;
use super::lines::{Container, Item, Kind, Line, Marker};
use super::number::{From, all_ones, item_at, region_at, remark, renumber, renumber_around};
use super::prose::{paragraph, table_start, task_box};
use super::region::Region;

/// A kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListKind {
    Bullets,
    Numbers,
    Tasks,
}

/// What of the selection is or becomes an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Item(usize, Item),
    /// A line that is in no list.
    Line(usize),
}

/// The box of an item with its length, and where it stands.
pub(super) fn box_of(text: &str, line: &Line, item: Item) -> Option<(usize, bool, usize)> {
    let innermost = line.item().is_some_and(|(_, other)| other.at == item.at);
    let (done, length) = task_box(line.text(text)).filter(|_| innermost && line.begins(item))?;
    Some((line.content, done, length))
}

fn line_of(region: &Region, item: Item) -> Option<&Line> {
    region.lines.get(region.index(item.at)?)
}

fn kind_of(text: &str, region: &Region, item: Item) -> ListKind {
    let ticks = line_of(region, item).and_then(|line| box_of(text, line, item));
    match (ticks, item.marker) {
        (Some(_), _) => ListKind::Tasks,
        (None, Marker::Bullet(_)) => ListKind::Bullets,
        (None, Marker::Number(..)) => ListKind::Numbers,
    }
}

/// Makes a list of the selected lines, or of the list there is one of this kind, or no list where it is one.
pub(super) fn toggle(draft: &mut Draft<'_>, kind: ListKind) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let mut targets = targets(text, &region);
    let differs = |target: &Target| match target {
        Target::Item(_, item) => kind_of(text, &region, *item) != kind,
        Target::Line(_) => true,
    };
    if targets.is_empty() {
        return None;
    }
    if !targets.iter().any(differs) {
        return remove(draft, &region, &targets);
    }
    // A list becomes another as a whole.
    if let [Target::Item(depth, item)] = targets[..] {
        targets = region
            .siblings(depth, item)
            .into_iter()
            .map(|item| Target::Item(depth, item))
            .collect();
    }
    let changes = make(text, &region, &targets, kind);
    if changes.is_empty() {
        return None;
    }
    draft.apply(changes);
    renumber_around(draft);
    Some(())
}

/// Items and lines of the selection, in order.
fn targets(text: &str, region: &Region) -> Vec<Target> {
    let mut targets = Vec::new();
    let mut seen = HashSet::new();
    let alone = region.selected.len() == 1;
    for at in region.selected.clone() {
        let Some(line) = region.lines.get(at) else {
            break;
        };
        if line.is_blank() && !alone {
            continue;
        }
        let item = line
            .item()
            .filter(|(depth, _)| depth + 1 == line.containers.len() && !line.is_blank());
        let target = match (item, line.kind) {
            (Some((depth, item)), _) => Target::Item(depth, item),
            (None, Kind::Text) => {
                let lines = paragraph(region, at);
                let all = region.lines.get(lines.clone()).unwrap_or_default();
                if table_start(text, all).is_some_and(|table| at >= lines.start + table) {
                    continue;
                }
                Target::Line(if alone { lines.start } else { at })
            }
            (None, Kind::Heading | Kind::Blank) => Target::Line(at),
            _ => continue,
        };
        let fresh = match target {
            Target::Item(_, item) => seen.insert(item.at),
            Target::Line(_) => true,
        };
        if fresh {
            targets.push(target);
        }
    }
    targets
}

/// The changes that make items of one kind of the targets.
fn make(text: &str, region: &Region, targets: &[Target], kind: ListKind) -> Changes {
    let mut changes = Changes::default();
    let alone = targets.len() == 1 && region.selected.len() == 1;
    // The last number given at each depth, and the item or line it went to.
    let mut last: Vec<(usize, u64)> = Vec::new();
    for target in targets {
        let depth = match target {
            Target::Item(depth, _) => *depth,
            Target::Line(at) => region
                .lines
                .get(*at)
                .map_or(0, |line| line.containers.len()),
        };
        last.retain(|(other, _)| *other <= depth);
        let number = match last.iter().find(|(other, _)| *other == depth) {
            Some((_, number)) => number + 1,
            None => first_number(region, *target, depth),
        };
        last.retain(|(other, _)| *other != depth);
        last.push((depth, number));
        let marker = match kind {
            ListKind::Bullets | ListKind::Tasks => Marker::Bullet('-'),
            ListKind::Numbers => Marker::Number(number, '.'),
        };
        match target {
            Target::Item(depth, item) => {
                let keeps = matches!(
                    (kind, item.marker),
                    (ListKind::Bullets | ListKind::Tasks, Marker::Bullet(_))
                        | (ListKind::Numbers, Marker::Number(..))
                );
                if !keeps {
                    remark(text, region, *depth, *item, marker, &mut changes);
                }
                let Some(line) = line_of(region, *item) else {
                    continue;
                };
                match (box_of(text, line, *item), kind) {
                    (None, ListKind::Tasks) => changes.insert(line.content, "[ ] "),
                    (Some((at, _, length)), ListKind::Bullets | ListKind::Numbers) => {
                        changes.remove(at..at + length);
                    }
                    _ => {}
                }
            }
            Target::Line(at) => {
                let Some(line) = region.lines.get(*at) else {
                    continue;
                };
                let mark = match kind {
                    ListKind::Tasks => format!("{} [ ] ", marker.text()),
                    _ => format!("{} ", marker.text()),
                };
                let width = marker.text().len() + 1;
                // Indented further, it would be no item.
                let indented = line.inner()..line.content;
                if indented.len() > 3 {
                    changes.remove(indented);
                }
                changes.insert(line.content, mark);
                if alone && line.kind == Kind::Text {
                    let rest = paragraph(region, *at);
                    for line in region.lines.get(at + 1..rest.end).unwrap_or_default() {
                        changes.insert(line.inner(), " ".repeat(width));
                    }
                }
            }
        }
    }
    changes
}

/// The number of the first new item: it goes on with a list right before it.
fn first_number(region: &Region, target: Target, depth: usize) -> u64 {
    let at = match target {
        Target::Line(at) => at,
        // A list of another kind ends where this one begins.
        Target::Item(..) => return 1,
    };
    let before = region.lines.get(..at).unwrap_or_default();
    let item = before
        .iter()
        .rev()
        .find(|line| !line.is_blank())
        .and_then(|line| line.item_at(depth));
    match item.map(|item| (item, item.marker)) {
        Some((item, Marker::Number(number, '.'))) => {
            if all_ones(&region.siblings(depth, item)) {
                1
            } else {
                number + 1
            }
        }
        _ => 1,
    }
}

/// Takes the marks of items away, and a part of the indentation of what belongs to them.
pub(super) fn unmark(text: &str, region: &Region, depth: usize, item: Item, changes: &mut Changes) {
    let lines = region.item_lines(depth, item);
    for line in region.lines.get(lines).unwrap_or_default() {
        if line.begins(item) {
            let boxed = box_of(text, line, item);
            let end = boxed.map_or(line.edge(depth + 1), |(at, _, length)| at + length);
            changes.remove(line.edge(depth)..end.max(line.edge(depth + 1)));
        } else if !line.lazy {
            changes.remove(line.edge(depth)..line.edge(depth + 1));
        }
    }
}

fn remove(draft: &mut Draft<'_>, region: &Region, targets: &[Target]) -> Option<()> {
    let text = draft.text();
    let mut changes = Changes::default();
    let mut gone = Vec::new();
    for target in targets {
        if let Target::Item(depth, item) = target {
            unmark(text, region, *depth, *item, &mut changes);
            gone.push((*depth, region.item_lines(*depth, *item)));
        }
    }
    // What is left of the list must not take the lines in.
    let (depth, first) = gone.first().cloned()?;
    let end = gone.iter().map(|(_, lines)| lines.end).max()?;
    let before = first
        .start
        .checked_sub(1)
        .and_then(|at| region.lines.get(at));
    let blank = |line: &Line, depth: usize| {
        let prefix = prefix_of(text, line, depth);
        format!("{}\n", prefix.trim_end_matches([' ', '\t']))
    };
    if let (Some(before), Some(line)) = (before, region.lines.get(first.start))
        && !before.is_blank()
        && before.item().is_some()
        && line.continued >= depth
    {
        changes.insert(line.start, blank(line, depth));
    }
    if let Some(next) = region.lines.get(end)
        && !next.is_blank()
        && next.item_at(depth).is_some_and(|item| next.begins(item))
        && next.continued >= depth
    {
        changes.insert(next.start, blank(next, depth));
    }
    let parent = region.lines.get(first.start).and_then(|line| {
        line.containers
            .iter()
            .take(depth)
            .rev()
            .find_map(|container| match container {
                Container::Item(item) => Some(item.at),
                Container::Quote { .. } => None,
            })
    });
    draft.apply(changes);
    if let Some(at) = parent
        && item_at(&region_at(draft.text(), at), at).is_some()
    {
        renumber(draft, at, From::First);
    }
    Some(())
}
