//! Puts the tables into the tree that only goldmark sees, and makes the lists tight that are so with them.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::parse::{Known, blank_before, parse};
use super::table::{self, Found};
use super::tree::{Kind, Lookup, Node, Tree};
use crate::text::sort;

/// What is defined elsewhere or in the text itself.
struct Own<'a> {
    known: &'a dyn Known,
    references: HashSet<&'a str>,
    notes: HashSet<&'a str>,
}

impl Known for Own<'_> {
    fn has_reference(&self, label: &str) -> bool {
        self.references.contains(label) || self.known.has_reference(label)
    }

    fn has_note(&self, label: &str) -> bool {
        self.notes.contains(label) || self.known.has_note(label)
    }
}

/// Puts in the tables that pulldown-cmark does not see; each of their cells is read by itself.
///
/// `below_text`: the tables whose lines were kept from the parser.
pub(super) fn put_in<'f>(
    text: &str,
    tree: &mut Tree,
    below_text: impl Iterator<Item = &'f Found>,
    known: &dyn Known,
) {
    let mut instead = BTreeMap::new();
    let mut behind = BTreeMap::new();
    for (at, node) in tree.nodes.iter().enumerate() {
        if let Some(found) = table::find(text, node).filter(|found| !found.has_text_above) {
            instead.insert(at, found);
        }
    }
    for found in below_text {
        let start = found.lines.first().map_or(0, |line| line.start);
        let above = tree.nodes.iter().rposition(|node| {
            matches!(node.kind, Kind::Paragraph | Kind::TextBlock) && node.range.start < start
        });
        if let Some(above) = above {
            behind.insert(above, found.clone());
        }
    }
    if instead.is_empty() && behind.is_empty() {
        return;
    }
    let own = Own {
        known,
        references: tree.references.iter().map(|own| &*own.label).collect(),
        notes: (tree.nodes.iter())
            .filter_map(|node| match &node.kind {
                Kind::Note(label) => Some(&**label),
                _ => None,
            })
            .collect(),
    };
    let mut lookups = Vec::new();
    let mut made = |tables: BTreeMap<usize, Found>| -> BTreeMap<usize, Vec<Node>> {
        let table = |(at, found): (usize, Found)| {
            let mut nodes = table::nodes(&found, |cell| {
                let (nodes, more) = read_cell(text, cell, &own);
                lookups.extend(more);
                nodes
            });
            // A line of attributes below belongs to the table.
            let attributes = tree.nodes.get(at).and_then(|node| node.attributes.clone());
            if let Some(table) = nodes.first_mut() {
                table.attributes = attributes;
            }
            (at, nodes)
        };
        tables.into_iter().map(table).collect()
    };
    let (instead, behind) = (made(instead), made(behind));
    for above in behind.keys() {
        if let Some(node) = tree.nodes.get_mut(*above) {
            node.attributes = None;
        }
    }
    tree.nodes = splice(std::mem::take(&mut tree.nodes), &instead, &behind);
    tree.reference_lookups.extend(lookups);
    sort::sort(&mut tree.reference_lookups);
    tree.reference_lookups.dedup();
}

/// The inline nodes of a table's cell, and the links' labels looked up in it.
fn read_cell(text: &str, cell: &Range<usize>, known: &Own<'_>) -> (Vec<Node>, Vec<Lookup>) {
    let content = text.get(cell.clone()).unwrap_or_default();
    let tree = parse(&format!("|{content} |\n|-|\n"), known);
    // Table, head and cell.
    let mut nodes = tree.nodes;
    let end = nodes.get(2).map_or(0, |cell| cell.end).min(nodes.len());
    nodes.truncate(end);
    let mut nodes = nodes.split_off(end.min(3));
    for node in &mut nodes {
        let moved = |at: usize| cell.start + at.saturating_sub(1);
        node.range = moved(node.range.start)..moved(node.range.end);
        node.end -= 3;
    }
    (nodes, tree.reference_lookups)
}

/// Puts tables into a tree: `instead` of blocks, or `behind` them; the keys are indices of blocks.
fn splice(
    nodes: Vec<Node>,
    instead: &BTreeMap<usize, Vec<Node>>,
    behind: &BTreeMap<usize, Vec<Node>>,
) -> Vec<Node> {
    let mut out: Vec<Node> = Vec::with_capacity(nodes.len());
    // Open nodes: where each ends in the old tree, its old and its new index.
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut done = 0;
    for (at, node) in nodes.into_iter().enumerate() {
        close_open(&mut out, &mut open, behind, at);
        if at < done {
            continue;
        }
        if let Some(table) = instead.get(&at) {
            append(&mut out, table);
            done = node.end;
            continue;
        }
        open.push((node.end, at, out.len()));
        out.push(node);
    }
    close_open(&mut out, &mut open, behind, usize::MAX);
    out
}

fn close_open(
    out: &mut Vec<Node>,
    open: &mut Vec<(usize, usize, usize)>,
    behind: &BTreeMap<usize, Vec<Node>>,
    at: usize,
) {
    while let Some((_, old, new)) = open.pop_if(|(end, ..)| *end <= at) {
        let end = out.len();
        if let Some(node) = out.get_mut(new) {
            node.end = end;
        }
        if let Some(table) = behind.get(&old) {
            append(out, table);
        }
    }
}

fn append(out: &mut Vec<Node>, table: &[Node]) {
    let base = out.len();
    out.extend(table.iter().cloned().map(|mut node| {
        node.end += base;
        node
    }));
}

/// Makes lists tight that are so in goldmark: a table, a footnote or a list of definitions does not know of the blank
/// line before it, since it is made from a paragraph, or taken out of the list, afterwards.
pub(super) fn tighten_lists(text: &str, nodes: &mut [Node]) {
    let lists: Vec<usize> = (0..nodes.len())
        .filter(|&at| {
            matches!(
                nodes.get(at).map(|node| &node.kind),
                Some(Kind::List { .. })
            )
        })
        .collect();
    for list in lists {
        let mut forgetful = false;
        let mut loose = false;
        let mut paragraphs = Vec::new();
        for (number, item) in children(nodes, list).enumerate() {
            let start = nodes.get(item).map_or(0, |node| node.range.start);
            loose |= number > 0 && blank_before(text, start);
            let mut first = true;
            for child in children(nodes, item) {
                let Some(node) = nodes.get(child) else { break };
                let blank = !first && blank_before(text, node.range.start);
                match &node.kind {
                    Kind::Note(_) => {
                        forgetful = true;
                        continue;
                    }
                    Kind::Table(_) | Kind::Terms { .. } => forgetful = true,
                    Kind::Paragraph => {
                        paragraphs.push(child);
                        loose |= blank;
                    }
                    _ => loose |= blank,
                }
                first = false;
            }
        }
        if forgetful && !loose {
            for paragraph in paragraphs {
                if let Some(node) = nodes.get_mut(paragraph) {
                    node.kind = Kind::TextBlock;
                }
            }
        }
    }
}

/// The indices of a node's children.
fn children(nodes: &[Node], parent: usize) -> impl Iterator<Item = usize> + '_ {
    let end = nodes.get(parent).map_or(parent, |node| node.end);
    let first = (parent + 1 < end).then_some(parent + 1);
    std::iter::successors(first, move |&at| {
        nodes
            .get(at)
            .map(|node| node.end)
            .filter(|&next| next < end)
    })
}
