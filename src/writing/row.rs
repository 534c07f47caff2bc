//! A row of a pipe table, by the rules of GitHub's Markdown.

use std::ops::Range;

use super::command::Align;

/// Where the cells of a row stand, without the white space around them. A `\|` does not part cells, not even in code.
pub(super) fn cells(row: &str) -> Vec<Range<usize>> {
    let mut pipes = Vec::new();
    let mut escaped = false;
    for (at, byte) in row.bytes().enumerate() {
        if byte == b'|' && !escaped {
            pipes.push(at);
        }
        escaped = byte == b'\\' && !escaped;
    }
    let end = row.trim_end_matches([' ', '\t']).len();
    let start = row.len() - row.trim_start_matches([' ', '\t']).len();
    let mut cells = Vec::new();
    let mut from = start.min(end);
    for pipe in pipes {
        if pipe > start {
            cells.push(trimmed(row, from..pipe));
        }
        from = pipe + 1;
    }
    if from < end {
        cells.push(trimmed(row, from..end));
    }
    cells
}

/// A range without white space at its ends. What is all white space becomes empty, behind its first space.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let tail = part.trim_start();
    if tail.is_empty() {
        let first = part.chars().next().map_or(0, char::len_utf8);
        let at = range.start + first.min(part.len());
        return at..at;
    }
    let start = range.end - tail.len();
    start..start + tail.trim_end().len()
}

/// The columns of a delimiter row, `None` where the line is something else.
pub(super) fn alignments(row: &str) -> Option<Vec<Align>> {
    if !row.contains('-') || !(row.contains('|') || row.contains(':')) {
        return None;
    }
    let cells = cells(row);
    let columns: Option<Vec<Align>> = cells
        .iter()
        .map(|cell| alignment(row.get(cell.clone())?))
        .collect();
    columns.filter(|columns| !columns.is_empty())
}

fn alignment(cell: &str) -> Option<Align> {
    let left = cell.starts_with(':');
    let right = cell.len() > 1 && cell.ends_with(':');
    let line = cell.trim_matches(':');
    let colons = cell.len() - line.len();
    let fits = !line.is_empty()
        && line.bytes().all(|byte| byte == b'-')
        && colons == usize::from(left) + usize::from(right);
    fits.then_some(match (left, right) {
        (true, true) => Align::Center,
        (true, false) => Align::Left,
        (false, true) => Align::Right,
        (false, false) => Align::None,
    })
}

/// A cell of a delimiter row, as long as `dashes` at least.
pub(super) fn delimiter(align: Align, dashes: usize) -> String {
    let line = |colons: usize| "-".repeat(dashes.max(3) - colons);
    match align {
        Align::Left => format!(":{}", line(1)),
        Align::Center => format!(":{}:", line(2)),
        Align::Right => format!("{}:", line(1)),
        Align::None => line(0),
    }
}
