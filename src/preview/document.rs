//! A document in units: stretches of top-level blocks that can be read and written each by itself.
//!
//! A unit starts where a top-level block starts behind a blank line, so that what stands before and behind it has no say
//! in how it is read. Four things go beyond a unit: where a link's label leads, which footnotes there are, how many quotes
//! are open, and which ids are taken. Each unit records what it asked of them, and is made again when an answer changes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use crate::markdown::tree::{Kind, Lookup, Node, Reference};
use crate::markdown::typographer::{Open, Quotes};
use crate::markdown::{Known, parse};
use crate::text::Problem;
use crate::text::sort;

use super::balance;
use super::context::Context;
use super::heading_id::{Ids, Wanted};
use super::notes::{Mark, Notes};
use super::source::{self, Output};
use super::template::{Hole, Template};
use super::text::Words;
use super::writer::{self, Inputs, References, Written};

/// A top-level block as it is published.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) html: Rc<str>,
    /// In the unit's text.
    pub(super) range: Range<usize>,
    pub(super) words: Words,
    /// Nothing in it reaches beyond it.
    pub(super) whole: bool,
    /// How deep its elements stand in each other, where that is too deep for a browser.
    pub(super) too_deep: Option<usize>,
}

/// A stretch of top-level blocks.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// Where it starts in the document.
    pub(super) start: usize,
    length: usize,
    references: Vec<Reference>,
    reference_lookups: Vec<Lookup>,
    note_lookups: Vec<Lookup>,
    /// Labels of the footnotes defined in it, in order.
    note_labels: Vec<String>,
    /// Its tree, from reading to writing.
    nodes: Option<Vec<Node>>,
    inputs: Inputs,
    pub(super) written: Option<Written>,
    ids: Vec<Option<String>>,
    marks: Vec<Mark>,
    /// The holes have to be filled, again.
    hollow: bool,
    pub(super) made: Vec<Made>,
}

/// Where the labels lead that are defined in the document.
#[derive(Debug, Clone, Default)]
struct Labels {
    references: HashMap<String, (String, String)>,
    notes: HashSet<String>,
}

impl Known for Labels {
    fn has_reference(&self, label: &str) -> bool {
        self.references.contains_key(label)
    }

    fn has_note(&self, label: &str) -> bool {
        self.notes.contains(label)
    }
}

impl References for Labels {
    fn reference(&self, label: &str) -> Option<(&str, &str)> {
        let (destination, title) = self.references.get(label)?;
        Some((destination, title))
    }
}

/// What one look at every unit tells.
#[derive(Debug, Default)]
struct Seen {
    /// Those that are to be filled again are in here.
    hollow: Range<usize>,
    /// There are footnotes, or references to some.
    notes: bool,
    /// The headings are other ones, or one has not its id yet.
    new_ids: bool,
}

/// A document, kept up to date.
#[derive(Debug, Clone, Default)]
pub(super) struct Document {
    text: String,
    pub(super) units: Vec<Unit>,
    labels: Labels,
    notes: Notes,
    /// The headings, and the ids they were given.
    given: Vec<(Wanted, Option<String>)>,
    /// The footnotes at the end of the document.
    pub(super) notes_block: Option<Made>,
    outputs: Rc<[Output]>,
}

/// A text rendered on its own.
#[derive(Debug, Default)]
pub(super) struct Fragment {
    html: String,
    pub(super) problems: Vec<Problem>,
    pub(super) mermaid: bool,
}

impl Fragment {
    /// Its HTML.
    pub(super) fn html(&self) -> &str {
        &self.html
    }

    /// Its HTML for use in a line: a single paragraph loses its tags.
    pub(super) fn html_in_line(&self) -> &str {
        let trimmed = self.html.trim();
        trimmed
            .strip_prefix("<p>")
            .and_then(|rest| rest.strip_suffix("</p>"))
            .filter(|inside| !inside.contains("<p>"))
            .unwrap_or(trimmed)
    }
}

/// Renders a text of its own (`RenderString`): its own footnotes, labels, ids and quotes. Problems have places in `text`.
pub(super) fn fragment(text: &str, context: &Context<'_>) -> Fragment {
    // A fragment's use of the address is the use of whoever asked for it.
    let used = context.take_used_address();
    let mut document = Document::default();
    document.set(text.to_owned(), Rc::new([]), context);
    let used_now = document.units.iter().any(|unit| {
        unit.written
            .as_ref()
            .is_some_and(|written| written.uses_address)
    });
    if used || used_now {
        context.address();
    }
    let mut fragment = Fragment {
        html: document.blocks().map(|(made, _)| &*made.html).collect(),
        ..Fragment::default()
    };
    for unit in &document.units {
        if let Some(written) = &unit.written {
            let problems = written.problems.iter().cloned();
            fragment
                .problems
                .extend(problems.map(|problem| problem.shifted(unit.start)));
            fragment.mermaid |= written.mermaid;
        }
    }
    fragment
}

impl Document {
    /// The Markdown.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Takes in a whole text.
    pub(super) fn set(&mut self, text: String, outputs: Rc<[Output]>, context: &Context<'_>) {
        *self = Self {
            text,
            outputs,
            ..Self::default()
        };
        self.units = self.read(0..self.text.len());
        self.settle(true, context);
    }

    /// Takes in a change: `range` of the text gives way to `insert`.
    pub(super) fn edit(&mut self, range: Range<usize>, insert: &str, context: &Context<'_>) {
        if self.text.get(range.clone()).is_none() || self.units.is_empty() {
            let mut text = std::mem::take(&mut self.text);
            if text.get(range.clone()).is_some() {
                text.replace_range(range, insert);
            }
            let outputs = Rc::clone(&self.outputs);
            self.set(text, outputs, context);
            return;
        }
        self.text.replace_range(range.clone(), insert);
        let added = insert.len();
        let removed = range.len();
        let moved = |at: usize| at - removed + added;

        let holding = |at: usize| {
            self.units
                .partition_point(|unit| unit.start <= at)
                .saturating_sub(1)
        };
        // One unit more in front: what is behind it now may go on with it.
        let first = holding(range.start.saturating_sub(1)).saturating_sub(1);
        let last = holding(range.end);
        let start = self.units.get(first).map_or(0, |unit| unit.start);
        let mut reach = 2;
        let (fresh, kept) = loop {
            let until = last + reach;
            let end = self
                .units
                .get(until)
                .map_or(self.text.len(), |unit| moved(unit.start));
            let mut fresh = self.read(start..end);
            // From the first old boundary behind the change that still is one, everything is as it was.
            let meeting = (last + 1..until.min(self.units.len())).find_map(|old| {
                let at = moved(self.units.get(old)?.start);
                fresh
                    .binary_search_by_key(&at, |unit| unit.start)
                    .ok()
                    .map(|new| (old, new))
            });
            match meeting {
                Some((old, new)) => {
                    fresh.truncate(new);
                    break (fresh, old);
                }
                None if end == self.text.len() => break (fresh, self.units.len()),
                None => reach *= 2,
            }
        };
        for unit in self.units.iter_mut().skip(kept) {
            unit.start = moved(unit.start);
        }
        let has_labels = |unit: &Unit| !unit.references.is_empty() || !unit.note_labels.is_empty();
        let relabel = fresh.iter().any(has_labels)
            || self
                .units
                .get(first..kept)
                .is_some_and(|gone| gone.iter().any(has_labels));
        self.units.splice(first..kept, fresh);
        self.settle(relabel, context);
    }

    /// Takes in what the shortcodes make now.
    pub(super) fn set_outputs(&mut self, outputs: Rc<[Output]>, context: &Context<'_>) {
        let before = std::mem::replace(&mut self.outputs, outputs);
        let same: HashSet<usize> = before
            .iter()
            .filter(|output| source::output(&self.outputs, output.number) == Some(output))
            .map(|output| output.number)
            .collect();
        let changed: HashSet<usize> = before
            .iter()
            .chain(self.outputs.iter())
            .map(|output| output.number)
            .filter(|number| !same.contains(number))
            .collect();
        if !changed.is_empty() {
            let mut notes = false;
            for unit in &mut self.units {
                let text = self
                    .text
                    .get(unit.start..unit.start + unit.length)
                    .unwrap_or_default();
                if source::tokens(text).any(|token| changed.contains(&token)) {
                    unit.hollow = true;
                    notes |= !unit.note_labels.is_empty();
                }
            }
            if notes {
                self.notes_block = None;
            }
        }
        self.settle(false, context);
    }

    /// Writes everything again that depends on the page's address.
    pub(super) fn readdress(&mut self, context: &Context<'_>) {
        for unit in &mut self.units {
            if unit
                .written
                .as_ref()
                .is_some_and(|written| written.uses_address)
            {
                unit.written = None;
            }
        }
        self.settle(false, context);
    }

    /// Every block in order, with where its unit starts.
    pub(super) fn blocks(&self) -> impl DoubleEndedIterator<Item = (&Made, usize)> {
        let blocks = self.units.iter();
        let notes = self.notes_block.iter();
        blocks
            .flat_map(|unit| unit.made.iter().map(move |made| (made, unit.start)))
            .chain(notes.map(|notes| (notes, self.text.len())))
    }

    /// The ids of all headings, sorted.
    pub(super) fn heading_ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self
            .given
            .iter()
            .filter_map(|(wanted, given)| match wanted {
                Wanted::Own(id) => Some(id.clone()),
                _ => given.clone(),
            })
            .collect();
        sort::sort(&mut ids);
        ids
    }

    // ---- reading ---------------------------------------------------------------------------------------------------

    /// Reads a stretch that starts where a unit starts, and takes it apart into units.
    fn read(&self, range: Range<usize>) -> Vec<Unit> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let tree = parse(text, &self.labels);
        let mut starts = vec![0];
        let mut nodes = vec![0];
        let mut at = 0;
        while let Some(node) = tree.nodes.get(at) {
            let goes_on = matches!(
                node.kind,
                Kind::Definitions { .. } | Kind::Terms { first: false }
            );
            if !goes_on && let Some(start) = start_behind_blank_line(text, node.range.start) {
                starts.push(start);
                nodes.push(at);
            }
            at = node.end;
        }
        let mut units: Vec<Unit> = Vec::with_capacity(starts.len());
        let mut rest = tree.nodes;
        for (i, &start) in starts.iter().enumerate().rev() {
            let first = nodes.get(i).copied().unwrap_or_default();
            let mut own = rest.split_off(first.min(rest.len()));
            for node in &mut own {
                node.range.start -= start;
                node.range.end -= start;
                node.end -= first;
                if let Kind::Code {
                    info: Some(info), ..
                } = &mut node.kind
                {
                    *info = info.start - start..info.end - start;
                }
            }
            let end = starts.get(i + 1).copied().unwrap_or(text.len());
            units.push(Unit::new(range.start + start, end - start, own));
        }
        units.reverse();
        for reference in tree.references {
            let at = units
                .partition_point(|unit| unit.start <= range.start + reference.range.start)
                .saturating_sub(1);
            if let Some(unit) = units.get_mut(at) {
                unit.references.push(reference);
            }
        }
        if units.len() > 1 {
            self.find_hidden_references(&mut units);
        }
        self.spread_lookups(&mut units, &tree.reference_lookups, &tree.note_lookups);
        units
    }

    /// The parser tells of the first definition of a label only; a unit has to know its own.
    fn find_hidden_references(&self, units: &mut [Unit]) {
        for unit in units {
            let text = self
                .text
                .get(unit.start..unit.start + unit.length)
                .unwrap_or_default();
            let told = unit.references.len() + unit.note_labels.len();
            if text.matches("]:").nth(told).is_some() {
                unit.references = parse(text, &self.labels).references;
            }
        }
    }

    /// Gives each unit the lookups that its own text can have made.
    fn spread_lookups(&self, units: &mut [Unit], references: &[Lookup], notes: &[Lookup]) {
        if references.is_empty() && notes.is_empty() {
            return;
        }
        let find = |list: &[Lookup], label: &str| {
            list.binary_search_by(|lookup| lookup.label.as_str().cmp(label))
                .ok()
                .and_then(|at| list.get(at))
                .cloned()
        };
        for unit in units {
            let text = self
                .text
                .get(unit.start..unit.start + unit.length)
                .unwrap_or_default();
            unit.reference_lookups = crate::markdown::labels(text)
                .filter_map(|label| find(references, &label))
                .collect();
            unit.note_lookups = crate::markdown::note_labels(text)
                .into_iter()
                .filter_map(|label| find(notes, label))
                .collect();
        }
    }

    // ---- settling --------------------------------------------------------------------------------------------------

    /// Brings everything that goes beyond a unit up to date.
    fn settle(&mut self, relabel: bool, context: &Context<'_>) {
        if relabel {
            self.relabel();
        }
        let seen = self.write_units(context);
        if seen.new_ids {
            self.give_ids();
        }
        if seen.notes || !self.notes.order.is_empty() {
            self.number_notes();
        }
        // What only the change itself made hollow need not be looked for.
        let all = seen.new_ids || seen.notes;
        self.fill(if all {
            0..self.units.len()
        } else {
            seen.hollow
        });
    }

    /// Collects the labels; units that looked up one that changed are to be read again.
    fn relabel(&mut self) {
        let mut labels = Labels::default();
        for unit in &self.units {
            for reference in &unit.references {
                // The first definition counts.
                labels
                    .references
                    .entry(reference.label.clone())
                    .or_insert_with(|| (reference.destination.clone(), reference.title.clone()));
            }
            labels.notes.extend(unit.note_labels.iter().cloned());
        }
        let before = std::mem::replace(&mut self.labels, labels);
        for unit in &mut self.units {
            let stale = unit.reference_lookups.iter().any(|lookup| {
                let now = self.labels.references.get(&lookup.label);
                now.is_some() != lookup.found
                    || (unit.written.is_some() && now != before.references.get(&lookup.label))
            }) || unit
                .note_lookups
                .iter()
                .any(|lookup| self.labels.notes.contains(&lookup.label) != lookup.found);
            if stale {
                unit.written = None;
                unit.nodes = None;
            }
        }
    }

    /// Writes what is not written, and what would come out otherwise with the quotes that are open by now. One look at every
    /// unit tells what else has to be done.
    fn write_units(&mut self, context: &Context<'_>) -> Seen {
        let mut seen = Seen::default();
        let mut known = 0;
        let mut open = Open::default();
        let mut notes_done = false;
        let first_note = self
            .units
            .iter()
            .position(|unit| !unit.note_labels.is_empty());
        for at in 0..self.units.len() {
            self.ensure(at, |inputs| inputs.head = open, context);
            open = self.end_of(at, |written| &written.head, open);
            if first_note.is_some_and(|first| at >= first)
                && self
                    .units
                    .get(at)
                    .is_some_and(|unit| !unit.note_labels.is_empty())
            {
                if !notes_done {
                    notes_done = true;
                    open = self.write_notes(at, open, context);
                }
                self.ensure(at, |inputs| inputs.tail = Some(open), context);
                open = self.end_of(
                    at,
                    |written| written.tail.as_ref().unwrap_or(&written.head),
                    open,
                );
            }
            let Some(unit) = self.units.get(at) else {
                continue;
            };
            if unit.hollow {
                let from = if seen.hollow.is_empty() {
                    at
                } else {
                    seen.hollow.start
                };
                seen.hollow = from..at + 1;
            }
            let Some(written) = &unit.written else {
                continue;
            };
            seen.notes |= !written.uses.is_empty() || !written.notes.is_empty();
            let headings = written.headings.len();
            if headings > 0 {
                let given = self.given.get(known..known + headings);
                let same = given.is_some_and(|given| {
                    given.iter().map(|(wanted, _)| wanted).eq(&written.headings)
                        && given.iter().map(|(_, id)| id).eq(&unit.ids)
                });
                seen.new_ids |= !same;
                known += headings;
            }
        }
        seen.new_ids |= known != self.given.len();
        seen
    }

    /// goldmark reads all footnotes where the first one stands.
    fn write_notes(&mut self, first: usize, mut open: Open, context: &Context<'_>) -> Open {
        for at in first..self.units.len() {
            let count = self.units.get(at).map_or(0, |unit| unit.note_labels.len());
            for number in 0..count {
                if at > first {
                    // Not reached yet: it is written for its notes first.
                    self.ensure(at, |_| (), context);
                }
                self.ensure(
                    at,
                    |inputs| {
                        if inputs.notes.len() <= number {
                            inputs.notes.resize(number + 1, Open::default());
                        }
                        if let Some(note) = inputs.notes.get_mut(number) {
                            *note = open;
                        }
                    },
                    context,
                );
                let note = self
                    .units
                    .get(at)
                    .and_then(|unit| unit.written.as_ref())
                    .and_then(|written| written.notes.get(number));
                open = note.map_or(open, |note| note.quotes.end(open));
            }
        }
        open
    }

    fn end_of(&self, at: usize, part: impl Fn(&Written) -> &Quotes, open: Open) -> Open {
        self.units
            .get(at)
            .and_then(|unit| unit.written.as_ref())
            .map_or(open, |written| part(written).end(open))
    }

    /// Sees to it that a unit is written for these inputs, or would be the same for them.
    fn ensure(&mut self, at: usize, change: impl FnOnce(&mut Inputs), context: &Context<'_>) {
        let Some(unit) = self.units.get_mut(at) else {
            return;
        };
        change(&mut unit.inputs);
        if unit
            .written
            .as_ref()
            .is_some_and(|written| written.accepts(&unit.inputs))
        {
            return;
        }
        let text = self
            .text
            .get(unit.start..unit.start + unit.length)
            .unwrap_or_default();
        let nodes = match unit.nodes.take() {
            Some(nodes) => nodes,
            None => {
                let tree = parse(text, &self.labels);
                unit.reference_lookups = tree.reference_lookups;
                unit.note_lookups = tree.note_lookups;
                tree.nodes
            }
        };
        let written = writer::write(text, &nodes, &self.labels, &unit.inputs, context);
        unit.written = Some(written);
        unit.hollow = true;
    }

    /// Gives the headings their ids. Most keys leave the headings as they are: then every id is known.
    fn give_ids(&mut self) {
        let headings = |unit: &Unit| {
            unit.written
                .as_ref()
                .map_or(0, |written| written.headings.len())
        };
        let all = || {
            let written = self.units.iter().filter_map(|unit| unit.written.as_ref());
            written.flat_map(|written| &written.headings)
        };
        if !all().eq(self.given.iter().map(|(wanted, _)| wanted)) {
            let mut ids = Ids::default();
            self.given = all()
                .map(|wanted| (wanted.clone(), ids.give(wanted)))
                .collect();
        }
        let mut given = self.given.iter().map(|(_, id)| id);
        for unit in &mut self.units {
            let count = headings(unit);
            let own = given.clone().take(count);
            if count > 0 {
                given.nth(count - 1);
            }
            if count > 0 && !own.clone().eq(&unit.ids) {
                unit.ids = own.cloned().collect();
                unit.hollow = true;
            }
        }
    }

    fn number_notes(&mut self) {
        let written: Vec<&Written> = self
            .units
            .iter()
            .filter_map(|unit| unit.written.as_ref())
            .filter(|written| !written.uses.is_empty() || !written.notes.is_empty())
            .collect();
        let notes = Notes::number(&written);
        let mut marks = notes.marks.iter();
        for unit in &mut self.units {
            let count = unit
                .written
                .as_ref()
                .map_or(0, |written| written.uses.len());
            if count == 0 {
                continue;
            }
            let own: Vec<Mark> = marks.by_ref().take(count).copied().collect();
            if own != unit.marks {
                unit.marks = own;
                unit.hollow = true;
            }
        }
        self.notes = notes;
    }

    fn fill(&mut self, range: Range<usize>) {
        let mut notes_changed = self.notes_block.is_none();
        for unit in self.units.get_mut(range).unwrap_or_default() {
            if !unit.hollow {
                continue;
            }
            unit.hollow = false;
            let Some(written) = &unit.written else {
                continue;
            };
            notes_changed |= !unit.note_labels.is_empty();
            let text = self
                .text
                .get(unit.start..unit.start + unit.length)
                .unwrap_or_default();
            let has_tokens = source::tokens(text).next().is_some();
            unit.made = written
                .parts
                .iter()
                .map(|part| {
                    let mut html = filled(&part.template, &unit.ids, &unit.marks);
                    if has_tokens {
                        html = source::put_outputs(html, &self.outputs);
                    }
                    Made::new(html, part.range.clone())
                })
                .collect();
        }
        if self.notes.order.is_empty() {
            self.notes_block = None;
        } else if notes_changed || self.notes.changed {
            self.write_notes_block();
        }
    }

    fn write_notes_block(&mut self) {
        let mut texts = BTreeMap::new();
        for unit in &self.units {
            let Some(written) = &unit.written else {
                continue;
            };
            for note in &written.notes {
                texts.entry(note.label.as_str()).or_insert_with(|| {
                    let split = split_at(&note.template, note.back_links);
                    let ids = &unit.ids;
                    (
                        filled(&split.0, ids, &unit.marks),
                        filled(&split.1, ids, &unit.marks),
                    )
                });
            }
        }
        let html = self.notes.html(&texts);
        let html = source::put_outputs(html, &self.outputs);
        self.notes_block = Some(Made::new(html, 0..0));
    }
}

/// A template in two, at a place in its HTML.
fn split_at(template: &Template, at: usize) -> (Template, Template) {
    let (head, tail) = template
        .html
        .split_at_checked(at)
        .unwrap_or((&template.html, ""));
    let holes = |behind: bool| {
        template
            .holes
            .iter()
            .filter(|(place, _)| (*place > at) == behind)
            .map(|(place, hole)| (if behind { place - at } else { *place }, hole.clone()))
            .collect()
    };
    (
        Template {
            html: head.to_owned(),
            holes: holes(false),
        },
        Template {
            html: tail.to_owned(),
            holes: holes(true),
        },
    )
}

fn filled(template: &Template, ids: &[Option<String>], marks: &[Mark]) -> String {
    let mut html = String::with_capacity(template.html.len() + 32 * template.holes.len());
    template.fill_into(&mut html, |hole, out| match hole {
        Hole::HeadingId(number) => {
            if let Some(Some(id)) = ids.get(*number) {
                out.push_str(" id=\"");
                out.push_str(id);
                out.push('"');
            }
        }
        Hole::NoteRef(number) => {
            if let Some(mark) = marks.get(*number) {
                mark.write_reference(out);
            }
        }
    });
    html
}

impl Made {
    fn new(html: String, range: Range<usize>) -> Self {
        let mut scanner = balance::Scanner::default();
        scanner.feed(&html);
        Self {
            words: Words::of(&html),
            whole: scanner.is_whole(),
            too_deep: scanner.too_deep(),
            html: html.into(),
            range,
        }
    }
}

impl Unit {
    fn new(start: usize, length: usize, nodes: Vec<Node>) -> Self {
        let note_labels = nodes
            .iter()
            .filter_map(|node| match &node.kind {
                Kind::Note(label) => Some(label.clone()),
                _ => None,
            })
            .collect();
        Self {
            start,
            length,
            references: Vec::new(),
            reference_lookups: Vec::new(),
            note_lookups: Vec::new(),
            note_labels,
            nodes: Some(nodes),
            inputs: Inputs::default(),
            written: None,
            ids: Vec::new(),
            marks: Vec::new(),
            hollow: true,
            made: Vec::new(),
        }
    }
}

/// The start of the line that holds `at`, where the line before it is blank.
fn start_behind_blank_line(text: &str, at: usize) -> Option<usize> {
    let start = text.get(..at)?.rfind('\n')? + 1;
    let above = text.get(..start - 1)?;
    let above = above.get(above.rfind('\n').map_or(0, |at| at + 1)..)?;
    above.trim().is_empty().then_some(start)
}
