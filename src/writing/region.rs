//! The lines around a selection, and the lists in them.

use std::ops::Range;

use super::lines::{Container, Item, Kind, Line};
use super::scanner::Scanner;

/// The lines around a selection, from where nothing is open to where nothing is open again.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) lines: Vec<Line>,
    /// The lines with the selection. A line whose very start is the selection's end is none of them.
    pub(super) selected: Range<usize>,
}

impl Region {
    pub(super) fn around(text: &str, selection: &Range<usize>) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut blank = true;
        for line in Scanner::new(text) {
            let cut = blank
                && line.containers.is_empty()
                && line.kind != Kind::Blank
                && !line.kind.goes_on();
            blank = line.kind == Kind::Blank;
            if cut {
                if line.start > selection.end {
                    break;
                }
                if line.start <= selection.start {
                    lines.clear();
                }
            }
            lines.push(line);
        }
        let first = lines
            .iter()
            .rposition(|line| line.start <= selection.start)
            .unwrap_or(0);
        let behind = lines.iter().rposition(|line| {
            line.start < selection.end || (line.start == selection.end && selection.is_empty())
        });
        let last = behind.unwrap_or(first).max(first);
        Self {
            lines,
            selected: first..last + 1,
        }
    }

    /// The lines with the selection.
    pub(super) fn selected(&self) -> &[Line] {
        self.lines.get(self.selected.clone()).unwrap_or_default()
    }

    /// The first line with the selection.
    pub(super) fn line(&self) -> Option<&Line> {
        self.lines.get(self.selected.start)
    }

    /// The line with the position `at`.
    pub(super) fn index(&self, at: usize) -> Option<usize> {
        let behind = self.lines.partition_point(|line| line.start <= at);
        let index = behind.checked_sub(1)?;
        let line = self.lines.get(index)?;
        (at <= line.end).then_some(index)
    }

    /// The lines `item` at `depth` consists of: its first and what belongs to it, without blank lines at its end.
    pub(super) fn item_lines(&self, depth: usize, item: Item) -> Range<usize> {
        let first = self.index(item.at).unwrap_or(self.lines.len());
        let behind = self
            .lines
            .iter()
            .skip(first)
            .take_while(|line| line.item_at(depth).is_some_and(|other| other.at == item.at));
        let mut end = first + behind.count();
        while end > first + 1 && self.lines.get(end - 1).is_some_and(|line| line.is_blank()) {
            end -= 1;
        }
        first..end
    }

    /// The items of the list that `item` at `depth` belongs to, in order.
    pub(super) fn siblings(&self, depth: usize, item: Item) -> Vec<Item> {
        let Some(at) = self.index(item.at) else {
            return vec![item];
        };
        let parents = |line: &Line| -> Vec<usize> {
            line.containers
                .iter()
                .take(depth)
                .map(|container| match container {
                    Container::Quote { at } => *at,
                    Container::Item(item) => item.at,
                })
                .collect()
        };
        let own = self.lines.get(at).map(&parents).unwrap_or_default();
        let of_list = |line: &&Line| {
            line.is_blank()
                || line
                    .item_at(depth)
                    .is_some_and(|other| other.marker.like(item.marker) && parents(line) == own)
        };
        let before = self
            .lines
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(of_list)
            .count();
        let behind = self.lines.iter().skip(at).take_while(of_list).count();
        let lines = self.lines.get(at - before..at + behind).unwrap_or_default();
        lines
            .iter()
            .filter_map(|line| line.item_at(depth).filter(|item| line.begins(*item)))
            .collect()
    }
}
