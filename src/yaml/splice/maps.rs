//! Maps: entries added where the site has them, and taken out with their own comment.

use std::collections::BTreeMap;

use crate::text::{BytePos, Span};
use crate::yaml::outline::{Entry, Node, Style};
use crate::yaml::value::same_key;
use crate::yaml::{KeyPath, Refusal, Value};

use super::{Splicer, Spot};

impl<'a> Splicer<'a> {
    /// Makes a map say `new`, which is not empty.
    pub(super) fn change_map(
        &mut self,
        map: &'a Node,
        new: &[(String, Value)],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        let gone: Vec<usize> = (0..map.entries.len())
            .filter(|&i| {
                map.entries
                    .get(i)
                    .is_some_and(|entry| !new.iter().any(|(key, _)| same_key(key, &entry.key)))
            })
            .collect();
        if gone.len() == map.entries.len() && !map.entries.is_empty() {
            return self.reshape(map, &Value::Map(new.to_vec()), spot);
        }
        let mut added = Vec::new();
        for (key, value) in new {
            match map.entry(key) {
                Some(entry) if entry.odd => return Err(odd(&spot.path.child(key))),
                Some(entry) => {
                    let spot = Spot {
                        path: spot.path.child(&entry.key),
                        column: self.column(entry.key_span.start()),
                        in_flow: map.style == Style::FlowMap,
                        item: false,
                    };
                    self.replace(&entry.value, value, &spot)?;
                }
                None => added.push((key.clone(), value.clone())),
            }
        }
        self.insert_entries(map, &added, &gone, spot)?;
        self.remove_entries(map, &gone, spot)
    }

    /// Adds entries beside those that are there; `gone` are about to be removed.
    pub(super) fn insert_entries(
        &mut self,
        map: &'a Node,
        new: &[(String, Value)],
        gone: &[usize],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        if map.style == Style::FlowMap {
            return self.insert_flow_entries(map, new, gone, spot);
        }
        for (key, value) in self.in_order(new, &spot.path) {
            let path = spot.path.child(key);
            let before = self.neighbour_before(map, gone, &path);
            let Some(first) = map.entries.first() else {
                return Err(odd(&path));
            };
            let column = self.column(first.key_span.start());
            let lines = self.entry_lines(key, value, &spot.child(key, column))?;
            if let Some(before) = before.and_then(|i| map.entries.get(i)) {
                let at = self.after_with_comments(before.span().end(), column);
                let text = self.lines_below(&lines);
                self.push(Span::at(at), text);
                continue;
            }
            // Before all others: above the comments that stand right above the first, or behind its dash.
            let line_end = self.manner.line_end;
            let text = lines.join(line_end) + line_end;
            if self.prefix(first.key_span.start()).trim().is_empty() {
                let mut at = self.line_start(first.key_span.start());
                while let Some(above) = self.comment_line_above(at, column) {
                    at = above;
                }
                self.push(Span::at(at), text);
            } else {
                let pad = " ".repeat(column);
                let text = text.trim_start_matches(' ');
                self.push(Span::at(first.key_span.start()), format!("{text}{pad}"));
            }
        }
        Ok(())
    }

    fn insert_flow_entries(
        &mut self,
        map: &'a Node,
        new: &[(String, Value)],
        gone: &[usize],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        // All that goes to one place goes there together, commas between.
        let mut places: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for (key, value) in self.in_order(new, &spot.path) {
            let before = self.neighbour_before(map, gone, &spot.path.child(key));
            let text = self.flow_entry(key, value, &spot.path)?;
            places
                .entry(before.map_or(0, |i| i + 1))
                .or_default()
                .push(text);
        }
        let parts = part_spans(map);
        for (index, texts) in places {
            self.flow_insert(map.span, &parts, index, &texts)?;
        }
        Ok(())
    }

    /// The entry that the one at `path` goes behind; `None` for the first place.
    fn neighbour_before(&self, map: &Node, gone: &[usize], path: &KeyPath) -> Option<usize> {
        let custom = self.manner.custom;
        let (parent, _) = path.split_last()?;
        let stays = |i: &usize| !gone.contains(i);
        let rank = |i: &usize| {
            let entry = map.entries.get(*i)?;
            custom.rank(&parent.child(&entry.key))
        };
        let last = (0..map.entries.len()).rev().find(stays);
        let Some(own) = custom.rank(path) else {
            return last;
        };
        let ranked: Vec<usize> = (0..map.entries.len()).filter(stays).collect();
        let earlier = ranked
            .iter()
            .filter(|i| rank(i).is_some_and(|rank| rank < own))
            .max_by_key(|i| (rank(i), **i));
        if let Some(earlier) = earlier {
            return Some(*earlier);
        }
        // None of the entries that usually stand before it: before the first that usually stands behind it.
        let later = ranked
            .iter()
            .find(|i| rank(i).is_some_and(|rank| rank > own));
        match later {
            Some(later) => (0..*later).rev().find(stays),
            None => last,
        }
    }

    /// The start of the line above `at` where that is a comment in `column`.
    fn comment_line_above(&self, at: BytePos, column: usize) -> Option<BytePos> {
        let end = self.before_line_end(at);
        if end == at {
            return None;
        }
        let start = self.line_start(end);
        let line = Span::new(start, end).of(self.source);
        let text = line.trim_start_matches(' ');
        (text.starts_with('#') && line.len() - text.len() == column).then_some(start)
    }

    /// Takes entries out, each with the comment behind it and nothing else.
    pub(super) fn remove_entries(
        &mut self,
        map: &'a Node,
        gone: &[usize],
        spot: &Spot,
    ) -> Result<(), Refusal> {
        for &index in gone {
            let Some(entry) = map.entries.get(index) else {
                continue;
            };
            let path = spot.path.child(&entry.key);
            if entry.odd {
                return Err(odd(&path));
            }
            super::refuse_shared(&entry.value, &path, true)?;
        }
        if map.style == Style::FlowMap {
            let parts = part_spans(map);
            // Runs of neighbours go together: their commas are shared.
            let mut from = 0;
            while let Some(&start) = gone.get(from) {
                let len = gone
                    .iter()
                    .skip(from)
                    .zip(start..)
                    .take_while(|(index, expected)| **index == *expected)
                    .count();
                self.flow_remove(map.span, &parts, start..start + len)?;
                from += len;
            }
            return Ok(());
        }
        let first_stays = (0..map.entries.len()).find(|i| !gone.contains(i));
        for &index in gone {
            let Some(entry) = map.entries.get(index) else {
                continue;
            };
            let start = entry.key_span.start();
            if self.prefix(start).trim().is_empty() {
                // Behind a dash, what follows the first entry moved up already.
                if self.moves_up(map) && first_stays.is_none_or(|first| index < first) {
                    continue;
                }
                let lines = Span::new(self.line_start(start), self.next_line(entry.span().end()));
                self.push(lines, String::new());
                continue;
            }
            // The first entry of an item, behind its dash.
            let Some(next) = first_stays.and_then(|i| map.entries.get(i)) else {
                let end = self.line_end(map.end());
                self.push(Span::new(start, end), "{}".to_owned());
                continue;
            };
            let end = self.line_end(entry.span().end());
            let span = if self.next_line(end) != self.line_start(next.key_span.start()) {
                // Empty lines and comments stay, and the dash stands alone above them.
                Span::new(self.dash_end(start), end)
            } else {
                Span::new(start, next.key_span.start())
            };
            self.push(span, String::new());
        }
        Ok(())
    }

    /// Past the dash before `at`.
    fn dash_end(&self, at: BytePos) -> BytePos {
        BytePos::new(self.head(at).trim_end_matches(' ').len())
    }

    /// Whether the map's first entry stands behind a dash and is among those that go.
    fn moves_up(&self, map: &Node) -> bool {
        map.entries
            .first()
            .is_some_and(|first| !self.prefix(first.key_span.start()).trim().is_empty())
    }
}

fn part_spans(map: &Node) -> Vec<Span> {
    map.entries.iter().map(Entry::span).collect()
}

fn odd(path: &KeyPath) -> Refusal {
    Refusal::new(format!(
        "The key of “{path}” is written in a way the form cannot follow. Edit it as text."
    ))
}
