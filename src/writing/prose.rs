//! The text of a block without the marks of what it stands in, line after line.

use std::ops::Range;

use super::lines::{Kind, Line};
use super::region::Region;
use super::row;
use super::scanner::heading;

/// A block longer than this is read only near the selection, in bytes: as much as is still read within a frame. The
/// longest real paragraph has 2 kB.
const LONGEST: usize = 64 << 10;

/// How far around the selection, in bytes.
const NEAR: usize = 16 << 10;

/// A block's text, and where it stands in the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prose {
    /// The lines, with `\n` between them.
    pub(super) text: String,
    /// Where a line starts here, and where it stands in the whole.
    lines: Vec<(usize, usize)>,
}

impl Prose {
    fn of(text: &str, stretches: &[Range<usize>]) -> Self {
        let mut prose = Self {
            text: String::new(),
            lines: Vec::new(),
        };
        for stretch in stretches {
            if !prose.lines.is_empty() {
                prose.text.push('\n');
            }
            prose.lines.push((prose.text.len(), stretch.start));
            prose
                .text
                .push_str(text.get(stretch.clone()).unwrap_or_default());
        }
        prose
    }

    /// Where a position here stands in the whole.
    pub(super) fn whole(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|(start, _)| *start <= at);
        let line = behind.checked_sub(1).and_then(|line| self.lines.get(line));
        line.map_or(at, |(start, whole)| whole + (at - start))
    }

    /// The position here that is nearest to one of the whole.
    pub(super) fn here(&self, at: usize) -> usize {
        let behind = self.lines.partition_point(|(_, whole)| *whole <= at);
        let Some((start, whole)) = behind.checked_sub(1).and_then(|line| self.lines.get(line))
        else {
            return 0;
        };
        let end = self
            .lines
            .get(behind)
            .map_or(self.text.len(), |(next, _)| next - 1);
        (start + (at - whole)).min(end)
    }

    /// Of a very long block only what is near the selection, from white space to white space. To prove a change by reading
    /// a megabyte would hold the key up; marks that begin further away than this are then not known.
    fn near(self, selection: &Range<usize>) -> Self {
        if self.text.len() <= LONGEST {
            return self;
        }
        let back = self.here(selection.start).saturating_sub(NEAR);
        let from = self.text.floor_char_boundary(back);
        let on = (self.here(selection.end) + NEAR).min(self.text.len());
        let to = self.text.ceil_char_boundary(on);
        let Some(part) = self.text.get(from..to) else {
            return self;
        };
        let skipped = match part.find(char::is_whitespace) {
            Some(at) if from > 0 && at < NEAR => at + 1,
            _ => 0,
        };
        let kept = match part.rfind(char::is_whitespace) {
            Some(at) if to < self.text.len() && at + NEAR > part.len() => at,
            _ => part.len(),
        };
        let Some(text) = part.get(skipped..kept) else {
            return self;
        };
        let (from, to) = (from + skipped, from + kept);
        let ends = self.lines.iter().skip(1).map(|(start, _)| start - 1);
        let ends = ends.chain([self.text.len()]);
        let lines = self
            .lines
            .iter()
            .zip(ends)
            .filter(|((start, _), end)| from <= *end && *start <= to)
            .map(|((start, whole), _)| {
                let start_here = (*start).max(from);
                (start_here - from, whole + (start_here - start))
            })
            .collect();
        Self {
            text: text.to_owned(),
            lines,
        }
    }

    /// From where to where it stands in the whole.
    pub(super) fn range(&self) -> Range<usize> {
        self.whole(0)..self.whole(self.text.len())
    }
}

/// The blocks of prose that have a part of the selection, in order. Paragraphs are whole, of a table only the cells.
pub(super) fn selected(text: &str, region: &Region, selection: &Range<usize>) -> Vec<Prose> {
    let mut found = Vec::new();
    let mut at = region.selected.start;
    while let Some(line) = region.lines.get(at) {
        if at >= region.selected.end {
            break;
        }
        match line.kind {
            Kind::Heading => {
                found.push(Prose::of(text, &[heading_text(text, line)]));
                at += 1;
            }
            Kind::Text => {
                let lines = paragraph(region, at);
                at = lines.end;
                of_paragraph(
                    text,
                    region.lines.get(lines).unwrap_or_default(),
                    &mut found,
                );
            }
            _ => at += 1,
        }
    }
    found.retain(|prose| {
        let range = prose.range();
        if selection.is_empty() {
            range.start <= selection.start && selection.end <= range.end
        } else {
            range.start < selection.end && selection.start < range.end
        }
    });
    found
        .into_iter()
        .map(|prose| prose.near(selection))
        .collect()
}

/// The lines of the paragraph with line `at`.
pub(super) fn paragraph(region: &Region, at: usize) -> Range<usize> {
    let joined = |line: &Line| line.kind == Kind::Text && line.continued == line.containers.len();
    let mut start = at;
    while region.lines.get(start).is_some_and(&joined)
        && start
            .checked_sub(1)
            .and_then(|before| region.lines.get(before))
            .is_some_and(|before| before.kind == Kind::Text)
    {
        start -= 1;
    }
    let behind = region
        .lines
        .iter()
        .skip(at + 1)
        .take_while(|line| joined(line));
    start..at + 1 + behind.count()
}

/// Where in a paragraph's lines a table begins: the line above the delimiter row.
pub(super) fn table_start(text: &str, lines: &[Line]) -> Option<usize> {
    lines.windows(2).position(|pair| match pair {
        [head, delimiter] => {
            let columns = row::alignments(delimiter.text(text));
            columns.is_some_and(|columns| row::cells(head.text(text)).len() == columns.len())
        }
        _ => false,
    })
}

fn of_paragraph(text: &str, lines: &[Line], found: &mut Vec<Prose>) {
    let table = table_start(text, lines).unwrap_or(lines.len());
    let stretches: Vec<Range<usize>> = lines
        .iter()
        .take(table)
        .enumerate()
        .map(|(index, line)| {
            let mark = if index == 0 {
                first_mark(line, text)
            } else {
                0
            };
            let start = line.content + mark;
            start..line.end
        })
        .collect();
    if !stretches.is_empty() {
        found.push(Prose::of(text, &stretches));
    }
    for (index, line) in lines.iter().enumerate().skip(table) {
        if index == table + 1 {
            continue;
        }
        for cell in row::cells(line.text(text)) {
            let cell = cell.start + line.content..cell.end + line.content;
            found.push(Prose::of(text, &[cell]));
        }
    }
}

/// How long the mark at a paragraph's start is that belongs to no container: a task's box, a footnote's label.
fn first_mark(line: &Line, text: &str) -> usize {
    let content = line.text(text);
    let begins = line.item().is_some_and(|(_, item)| line.begins(item));
    if begins && let Some((_, length)) = task_box(content) {
        return length;
    }
    if content.starts_with("[^")
        && let Some(close) = content.find("]:")
    {
        let behind = content.get(close + 2..).unwrap_or_default();
        return content.len() - behind.trim_start_matches([' ', '\t']).len();
    }
    if let Some(meaning) = content.strip_prefix(": ") {
        return content.len() - meaning.trim_start_matches([' ', '\t']).len();
    }
    0
}

/// Whether a task's box is ticked, and how long it is with the space behind; `None` where there is no box.
pub(super) fn task_box(content: &str) -> Option<(bool, usize)> {
    let done = match content.get(..3)? {
        "[ ]" => false,
        "[x]" | "[X]" => true,
        _ => return None,
    };
    let behind = content.get(3..)?;
    if behind.is_empty() {
        return Some((done, 3));
    }
    behind.starts_with([' ', '\t']).then_some((done, 4))
}

/// Where a heading's text stands: without its `#` and without attributes.
pub(super) fn heading_text(text: &str, line: &Line) -> Range<usize> {
    let content = line.text(text);
    let start = heading(content).map_or(0, |(_, length)| length);
    let mut inside = content
        .get(start..)
        .unwrap_or_default()
        .trim_end_matches([' ', '\t']);
    if inside.ends_with('}')
        && let Some(at) = inside.rfind(" {").filter(|at| {
            let attributes = inside.get(at + 2..).unwrap_or_default();
            attributes.starts_with(['#', '.'])
        })
    {
        inside = inside
            .get(..at)
            .unwrap_or_default()
            .trim_end_matches([' ', '\t']);
    }
    let closed = inside.trim_end_matches('#');
    if closed.is_empty() || (closed.len() < inside.len() && closed.ends_with([' ', '\t'])) {
        inside = closed.trim_end_matches([' ', '\t']);
    }
    let start = line.content + start;
    start..start + inside.len()
}
