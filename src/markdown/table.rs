//! Tables that only goldmark sees: it makes them from a paragraph's lines once the paragraph has ended, wherever those
//! lines stand, while pulldown-cmark wants them where a block could start and a `|` above a single column.
//!
//! The rules are those of goldmark's `extension/table.go`.

use std::ops::Range;

use super::tree::{Align, Kind, Node};

/// A table in the lines of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The rows' cells, each as wide as the source has it; the first row is the head.
    pub(super) rows: Vec<Vec<Range<usize>>>,
    pub(super) aligns: Vec<Align>,
    /// The content of the table's lines, behind the marks of quotes and without indentation.
    pub(super) lines: Vec<Range<usize>>,
    /// Lines stand above it in the same paragraph.
    pub(super) has_text_above: bool,
}

/// The table that the text of a block turns into.
pub(super) fn find(text: &str, block: &Node) -> Option<Found> {
    if !matches!(block.kind, Kind::Paragraph | Kind::TextBlock) {
        return None;
    }
    let whole = text.get(block.range.clone())?;
    if !whole.contains('-') || !whole.trim_end().contains('\n') {
        return None;
    }
    let line_start = text
        .get(..block.range.start)?
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let column = block.range.start - line_start;
    let lines = lines(whole.trim_end(), block.range.start);
    let (at, aligns) = lines.iter().enumerate().skip(1).find_map(|(at, line)| {
        let content = text.get(line.content.clone())?;
        // An item's own indentation does not count, but a lazy line has none of it.
        let indent = if line.indent >= column {
            line.indent - column
        } else {
            line.indent
        };
        let ended = text.as_bytes().get(line.content.end).is_some();
        delimiters(content, ended)
            .filter(|_| indent <= 3)
            .map(|aligns| (at, aligns))
    })?;
    let head = lines.get(at - 1)?;
    let cells = cells(text, &head.content, usize::MAX);
    // A head that is too short is filled up, as any row is.
    if cells.len() > aligns.len() {
        return None;
    }
    let mut rows = vec![cells];
    for line in lines.get(at + 1..)? {
        rows.push(self::cells(text, &line.content, aligns.len()));
    }
    let lines: Vec<Range<usize>> = lines
        .get(at - 1..)?
        .iter()
        .map(|line| line.content.clone())
        .collect();
    Some(Found {
        rows,
        aligns,
        lines,
        has_text_above: at > 1,
    })
}

struct Line {
    indent: usize,
    content: Range<usize>,
}

/// The lines of a paragraph that starts at `start`.
fn lines(whole: &str, start: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut at = start;
    for (number, line) in whole.split('\n').enumerate() {
        let (mut from, mut indent) = (0, 0);
        if number > 0 {
            for (i, byte) in line.bytes().enumerate() {
                match byte {
                    b' ' => indent += 1,
                    b'\t' => indent += 4,
                    // A quote's mark, of which one space is a part.
                    b'>' => indent = 0,
                    _ => {
                        from = i;
                        break;
                    }
                }
            }
        }
        let content = line.get(from..).unwrap_or_default().trim_end();
        lines.push(Line {
            indent,
            content: at + from..at + from + content.len(),
        });
        at += line.len() + 1;
    }
    lines
}

/// The alignments in a line of dashes. `ended`: there is a line end behind it, which counts as one sign more.
fn delimiters(line: &str, ended: bool) -> Option<Vec<Align>> {
    let is_delimiter = |byte: u8| matches!(byte, b'-' | b'|' | b':' | b' ' | b'\t' | b'\r');
    if line.is_empty() || !line.bytes().all(is_delimiter) {
        return None;
    }
    if !ended && line.bytes().all(|byte| byte == b'-') {
        return None;
    }
    let mut columns: Vec<&str> = line.split('|').map(str::trim).collect();
    if columns.first().is_some_and(|first| first.is_empty()) {
        columns.remove(0);
    }
    if columns.last().is_some_and(|last| last.is_empty()) {
        columns.pop();
    }
    let aligns: Option<Vec<Align>> = columns.into_iter().map(align).collect();
    aligns.filter(|aligns| !aligns.is_empty())
}

fn align(column: &str) -> Option<Align> {
    let left = column.strip_prefix(':');
    let rest = left.unwrap_or(column);
    let right = rest.strip_suffix(':');
    let dashes = right.unwrap_or(rest);
    if dashes.is_empty() || !dashes.bytes().all(|byte| byte == b'-') {
        return None;
    }
    Some(match (left, right) {
        (Some(_), Some(_)) => Align::Center,
        (Some(_), None) => Align::Left,
        (None, Some(_)) => Align::Right,
        (None, None) => Align::None,
    })
}

/// The cells of a row, `most` of them.
fn cells(text: &str, row: &Range<usize>, most: usize) -> Vec<Range<usize>> {
    let line = text.get(row.clone()).unwrap_or_default().as_bytes();
    let mut at = usize::from(line.first() == Some(&b'|'));
    let end = line.len() - usize::from(line.last() == Some(&b'|'));
    let mut cells = Vec::new();
    while at < end && cells.len() < most {
        let mut close = at;
        while close < end {
            let escaped = close > 0 && line.get(close - 1) == Some(&b'\\');
            if line.get(close) == Some(&b'|') && !escaped {
                break;
            }
            close += 1;
        }
        cells.push(row.start + at..row.start + close);
        at = close + 1;
    }
    cells
}

/// The nodes of the table: `inline` answers the nodes of a cell, their places as in the text and their ends counted from
/// the first of them.
pub(super) fn nodes(
    found: &Found,
    mut inline: impl FnMut(&Range<usize>) -> Vec<Node>,
) -> Vec<Node> {
    let start = found.lines.first().map_or(0, |line| line.start);
    let end = found.lines.last().map_or(start, |line| line.end);
    let node = |kind: Kind, range: Range<usize>| Node {
        kind,
        range,
        end: 0,
        attributes: None,
    };
    let mut nodes = vec![node(Kind::Table(found.aligns.clone()), start..end)];
    for (number, row) in found.rows.iter().enumerate() {
        // The second line holds the dashes.
        let line = if number == 0 { 0 } else { number + 1 };
        let range = found.lines.get(line).cloned().unwrap_or(end..end);
        let row_at = nodes.len();
        let kind = if number == 0 {
            Kind::TableHead
        } else {
            Kind::TableRow
        };
        nodes.push(node(kind, range.clone()));
        for column in 0..found.aligns.len() {
            let cell_at = nodes.len();
            let cell = row.get(column);
            let place = cell.cloned().unwrap_or(range.end..range.end);
            nodes.push(node(Kind::TableCell, place));
            if let Some(cell) = cell {
                let first = nodes.len();
                nodes.extend(inline(cell).into_iter().map(|mut node| {
                    node.end += first;
                    node
                }));
            }
            close(&mut nodes, cell_at);
        }
        close(&mut nodes, row_at);
    }
    close(&mut nodes, 0);
    nodes
}

fn close(nodes: &mut [Node], at: usize) {
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(at) {
        node.end = end;
    }
}
