//! Lists: only the items that differ are touched, and an item that moved keeps its spelling.

use std::ops::Range;

use crate::text::Span;
use crate::yaml::outline::{Node, Style};
use crate::yaml::reading;
use crate::yaml::{Refusal, Value};

use super::{Splicer, Spot};

impl<'a> Splicer<'a> {
    /// Makes a list say `new`, which is not empty.
    pub(super) fn change_list(
        &mut self,
        list: &'a Node,
        new: &[Value],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        let old: Result<Vec<Value>, _> = list
            .items
            .iter()
            .map(|item| reading::value_of(&item.value, self.outline))
            .collect();
        let old = old.map_err(|problem| Refusal::new(problem.message))?;
        let same =
            |(i, (old, new)): (usize, (&Value, &Value))| self.is_same(old, new, &spot.path.item(i));
        let front = old
            .iter()
            .zip(new)
            .enumerate()
            .take_while(|pair| same(*pair))
            .count();
        let back = old
            .iter()
            .rev()
            .zip(new.iter().rev())
            .take(old.len().min(new.len()) - front)
            .enumerate()
            .take_while(|pair| same(*pair))
            .count();
        let old_end = old.len() - back;
        let new_end = new.len() - back;
        let both = (old_end - front).min(new_end - front);
        for i in front..front + both {
            let (Some(item), Some(old_value), Some(value)) =
                (list.items.get(i), old.get(i), new.get(i))
            else {
                continue;
            };
            if self.is_same(old_value, value, &spot.path.item(i)) {
                continue;
            }
            let moved = old
                .iter()
                .position(|old| old == value)
                .and_then(|j| list.items.get(j))
                .filter(|moved| self.is_movable(&moved.value) && self.is_movable(&item.value));
            if let Some(moved) = moved {
                let text = moved.value.span.of(self.source).to_owned();
                self.push(item.value.span, text);
                continue;
            }
            let item_spot = self.item_spot(list, i, item.dash, spot);
            self.replace(&item.value, value, &item_spot)?;
        }
        let rest = front + both;
        if rest < new_end {
            let added = new.get(rest..new_end).unwrap_or_default();
            self.insert_items(list, rest, added, spot)?;
        }
        if rest < old_end {
            self.remove_items(list, rest..old_end, spot)?;
        }
        Ok(())
    }

    /// Whether its bytes mean the same in another item's place.
    fn is_movable(&self, node: &Node) -> bool {
        !node.is_shared()
            && node.tag.is_none()
            && !node.style.is_block_scalar()
            && !node.style.is_block_collection()
            && node.style != Style::Empty
            && !self.is_broken(node.span)
    }

    /// Puts items in before the item `index`, or at the end.
    pub(super) fn insert_items(
        &mut self,
        list: &'a Node,
        index: usize,
        new: &[Value],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        if list.style == Style::FlowList {
            let texts: Result<Vec<String>, Refusal> = new
                .iter()
                .enumerate()
                .map(|(i, value)| self.flow(value, &spot.path.item(index + i)))
                .collect();
            return self.flow_insert(list.span, &part_spans(list), index, &texts?);
        }
        let Some(first) = list.items.first() else {
            return Err(Refusal::new(
                "This list is written in a way that the form cannot extend.",
            ));
        };
        let column = self.column(first.dash);
        let mut lines = Vec::new();
        for (i, value) in new.iter().enumerate() {
            lines.extend(self.item_lines(value, &spot.path.item(index + i), column)?);
        }
        let before = index.checked_sub(1).and_then(|i| list.items.get(i));
        match before {
            Some(before) => {
                let at = self.after_with_comments(before.value.end(), column);
                let text = self.lines_below(&lines);
                self.push(Span::at(at), text);
            }
            None => {
                // The new item takes the place of the first, which moves down.
                let pad = " ".repeat(column);
                let text = self.lines_below(&lines);
                let text = text.trim_start_matches(['\r', '\n', ' ']);
                let text = format!("{text}{}{pad}", self.manner.line_end);
                self.push(Span::at(first.dash), text);
            }
        }
        Ok(())
    }

    pub(super) fn remove_items(
        &mut self,
        list: &'a Node,
        range: Range<usize>,
        spot: &Spot,
    ) -> Result<(), Refusal> {
        if list.style == Style::FlowList {
            return self.flow_remove(list.span, &part_spans(list), range);
        }
        if range.len() >= list.items.len() {
            return self.reshape(list, &Value::List(Vec::new()), spot);
        }
        for item in list.items.get(range).unwrap_or_default() {
            super::refuse_shared(&item.value, &spot.path, true)?;
            if !self.prefix(item.dash).trim().is_empty() {
                return Err(Refusal::new(
                    "This list is written in a way that the form cannot shorten. Edit it as text.",
                ));
            }
            let lines = Span::new(self.line_start(item.dash), self.next_line(item.value.end()));
            self.push(lines, String::new());
        }
        Ok(())
    }
}

fn part_spans(list: &Node) -> Vec<Span> {
    list.items
        .iter()
        .map(|item| Span::new(item.dash, item.value.end()))
        .collect()
}
