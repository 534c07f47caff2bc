//! Pipe tables: cells to go to, rows and columns that come and go.

use std::ops::Range;

use super::command::Align;
use super::edit::{Changes, Draft};
use super::insert;
use super::lines::Line;
use super::prose::{paragraph, table_start};
use super::region::Region;
use super::row::{alignments, cells, delimiter};

/// A table, found in the text.
struct Table {
    /// Head, delimiter row, rows.
    rows: Vec<Row>,
    aligns: Vec<Align>,
}

/// A row as it stands in the text.
struct Row {
    /// Where its own text starts, behind the marks of what the table stands in.
    start: usize,
    end: usize,
    /// The line's start.
    line: usize,
    /// In the whole text, without white space around them.
    cells: Vec<Range<usize>>,
}

/// Where the caret is in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    row: usize,
    column: usize,
}

/// How many lines stand before a table's own rows: the head and the delimiter row.
const HEAD: usize = 2;

/// The lines of the table with line `at`.
fn lines_of(text: &str, region: &Region, at: usize) -> Option<Range<usize>> {
    let lines = paragraph(region, at);
    let start = lines.start + table_start(text, region.lines.get(lines.clone())?)?;
    (start <= at).then_some(start..lines.end)
}

/// Whether line `at` is part of a table.
pub(super) fn has(text: &str, region: &Region, at: usize) -> bool {
    lines_of(text, region, at).is_some()
}

/// Whether line `at` is a table's head or its delimiter row.
pub(super) fn is_head(text: &str, region: &Region, at: usize) -> bool {
    lines_of(text, region, at).is_some_and(|lines| at < lines.start + HEAD)
}

impl Table {
    /// The table with the caret, and where the caret is in it.
    fn around(draft: &Draft<'_>) -> Option<(Self, Cell)> {
        let text = draft.text();
        let at = draft.selection.start;
        let region = Region::around(text, &(at..at));
        let lines = lines_of(text, &region, region.selected.start)?;
        let row = region.selected.start - lines.start;
        let rows: Vec<Row> = region
            .lines
            .get(lines)?
            .iter()
            .map(|line| Row::of(text, line))
            .collect();
        let aligns = alignments(text.get(rows.get(1)?.start..rows.get(1)?.end)?)?;
        let here = rows.get(row)?;
        let column = here
            .cells
            .iter()
            .position(|cell| {
                at <= cell.end || text.get(cell.end..at).is_some_and(|gap| !gap.contains('|'))
            })
            .unwrap_or(here.cells.len().saturating_sub(1));
        let column = column.min(aligns.len().saturating_sub(1));
        Some((Self { rows, aligns }, Cell { row, column }))
    }

    fn columns(&self) -> usize {
        self.aligns.len()
    }

    /// Selects what is written in a cell.
    fn select(&self, draft: &mut Draft<'_>, to: Cell) {
        let Some(row) = self.rows.get(to.row) else {
            return;
        };
        draft.selection = match row.cells.get(to.column) {
            Some(cell) => cell.clone(),
            None => row.end..row.end,
        };
    }

    /// An empty row behind row `at`, in the manner of the table's rows. The caret goes to a column of it.
    fn add_row(&self, draft: &mut Draft<'_>, at: usize, column: usize) -> Option<()> {
        let text = draft.text();
        // Never between the head and the delimiter row.
        let row = self.rows.get(at.max(HEAD - 1))?;
        let first = self.rows.first()?;
        let prefix = text.get(row.line..row.start)?;
        let head = text.get(first.start..first.end)?;
        let piped = head.starts_with('|');
        let mut fresh = String::from(prefix);
        let mut caret = 0;
        for index in 0..self.columns() {
            if index > 0 || piped {
                fresh.push('|');
            }
            if index == column {
                caret = fresh.len() + 1;
            }
            fresh.push_str("  ");
        }
        if piped || self.columns() == 1 {
            fresh.push('|');
        }
        let caret = row.end + 1 + caret;
        let mut changes = Changes::default();
        changes.insert(row.end, format!("\n{fresh}"));
        draft.apply(changes);
        draft.selection = caret..caret;
        Some(())
    }
}

impl Row {
    fn of(text: &str, line: &Line) -> Self {
        let own = text.get(line.content..line.end).unwrap_or_default();
        let own = own.trim_end_matches([' ', '\t']);
        Self {
            start: line.content,
            end: line.content + own.len(),
            line: line.start,
            cells: cells(own)
                .into_iter()
                .map(|cell| cell.start + line.content..cell.end + line.content)
                .collect(),
        }
    }
}

/// To the cell below; below the last row comes a new one.
pub(super) fn enter(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    let below = (at.row + 1).max(HEAD);
    if below < table.rows.len() {
        table.select(draft, Cell { row: below, ..at });
        let end = draft.selection.end;
        draft.selection = end..end;
        return Some(());
    }
    table.add_row(draft, at.row, at.column)
}

/// To the next cell; behind the last one comes a new row.
pub(super) fn next(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    let mut to = Cell {
        column: at.column + 1,
        ..at
    };
    if to.column >= table.columns() || at.row == 1 {
        to = Cell {
            row: (at.row + 1).max(HEAD),
            column: 0,
        };
    }
    if to.row >= table.rows.len() {
        return table.add_row(draft, at.row, 0);
    }
    table.select(draft, to);
    Some(())
}

/// To the cell before; before the first one there is none.
pub(super) fn previous(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    let to = if at.column > 0 && at.row != 1 {
        Cell {
            column: at.column - 1,
            ..at
        }
    } else {
        let row = match at.row {
            0 => return None,
            row if row <= HEAD => 0,
            row => row - 1,
        };
        Cell {
            row,
            column: table.columns().saturating_sub(1),
        }
    };
    table.select(draft, to);
    Some(())
}

/// A row below the caret's.
pub(super) fn add_row(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    table.add_row(draft, at.row, at.column)
}

/// The caret's row goes.
pub(super) fn remove_row(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    if at.row < HEAD {
        return None;
    }
    let row = table.rows.get(at.row)?;
    let above = table.rows.get(at.row - 1)?;
    let line_end = draft.text().get(row.end..)?.find('\n');
    let end = line_end.map_or(draft.text().len(), |length| row.end + length);
    let before = row.line - 1;
    let mut changes = Changes::default();
    changes.remove(before..end);
    // To the row that takes its place, or to the one above.
    let to = match table.rows.get(at.row + 1) {
        Some(next) => next.cells.get(at.column).map(|cell| cell.end),
        None if at.row == HEAD => table
            .rows
            .first()?
            .cells
            .get(at.column)
            .map(|cell| cell.end),
        None => above.cells.get(at.column).map(|cell| cell.end),
    };
    let to = changes.moved(to.unwrap_or(above.end), super::edit::Side::Before);
    draft.apply(changes);
    draft.selection = to..to;
    Some(())
}

/// A column behind the caret's.
pub(super) fn add_column(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    let text = draft.text();
    let mut changes = Changes::default();
    let mut caret = None;
    for (index, row) in table.rows.iter().enumerate() {
        let fresh = if index == 1 { "---" } else { " " };
        let place = row.cells.get(at.column).map(|cell| {
            let behind = text.get(cell.end..row.end).unwrap_or_default();
            behind.find('|').map(|pipe| cell.end + pipe)
        });
        // A row with fewer cells has an empty one there already.
        let Some(place) = place else { continue };
        let (to, column, inside) = match place {
            Some(pipe) => (pipe + 1, format!(" {fresh} |"), 1),
            None => (row.end, format!(" | {fresh}"), 3),
        };
        if index == at.row.max(usize::from(at.row == 1) * HEAD) {
            caret = Some(changes.moved(to, super::edit::Side::After) + inside);
        }
        changes.insert(to, column);
    }
    if changes.is_empty() {
        return None;
    }
    draft.apply(changes);
    if let Some(caret) = caret {
        draft.selection = caret..caret;
    }
    Some(())
}

/// The caret's column goes.
pub(super) fn remove_column(draft: &mut Draft<'_>) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    if table.columns() < 2 {
        return None;
    }
    let text = draft.text();
    let mut changes = Changes::default();
    let mut caret = None;
    for (index, row) in table.rows.iter().enumerate() {
        let Some(cell) = row.cells.get(at.column) else {
            continue;
        };
        let before = text
            .get(row.start..cell.start)?
            .rfind('|')
            .map(|pipe| row.start + pipe);
        let behind = text
            .get(cell.end..row.end)?
            .find('|')
            .map(|pipe| cell.end + pipe);
        let gone = match (before, behind) {
            // The pipe before stays, unless the row ends without one behind.
            (Some(before), Some(behind)) => before + 1..behind + 1,
            (None, Some(behind)) => {
                let rest = text.get(behind + 1..row.end)?;
                row.start..row.end - rest.trim_start_matches([' ', '\t']).len()
            }
            (Some(before), None) => {
                let kept = text.get(row.start..before)?;
                row.start + kept.trim_end_matches([' ', '\t']).len()..row.end
            }
            (None, None) => continue,
        };
        if index == at.row {
            let near = row.cells.get(at.column + 1).or_else(|| {
                at.column
                    .checked_sub(1)
                    .and_then(|before| row.cells.get(before))
            });
            caret = near.map(|cell| cell.end);
        }
        changes.remove(gone);
    }
    if changes.is_empty() {
        return None;
    }
    let caret = caret.map(|caret| changes.moved(caret, super::edit::Side::Before));
    draft.apply(changes);
    if let Some(caret) = caret {
        draft.selection = caret..caret;
    }
    Some(())
}

/// How the caret's column is aligned.
pub(super) fn align(draft: &mut Draft<'_>, align: Align) -> Option<()> {
    let (table, at) = Table::around(draft)?;
    let cell = table.rows.get(1)?.cells.get(at.column)?.clone();
    if table.aligns.get(at.column) == Some(&align) {
        return None;
    }
    let mut changes = Changes::default();
    changes.replace(cell.clone(), delimiter(align, cell.len()));
    draft.apply(changes);
    Some(())
}

/// A new table, as a block of its own. The caret goes to its first cell.
pub(super) fn insert(draft: &mut Draft<'_>, columns: usize, rows: usize) -> Option<()> {
    let columns = columns.clamp(1, MOST);
    let rows = rows.clamp(1, MOST);
    let line = |cell: &str| format!("|{}", format!("{cell}|").repeat(columns));
    let mut lines = vec![line("  "), line(" --- ")];
    lines.extend(std::iter::repeat_n(line("  "), rows));
    let start = insert::place(draft, &lines.join("\n"))?;
    draft.selection = start + 2..start + 2;
    Some(())
}

/// More rows or columns nobody asks for by hand.
const MOST: usize = 100;

/// Cells of a spreadsheet become a table, in the place of the selection. `None` where the text is no such cells, or the
/// caret is in code.
pub(super) fn paste(draft: &mut Draft<'_>, pasted: &str) -> Option<()> {
    let pasted = pasted.replace("\r\n", "\n").replace('\r', "\n");
    let pasted = pasted.trim_end_matches('\n');
    let rows = sheet(pasted);
    let columns = rows
        .iter()
        .map(Vec::len)
        .max()
        .filter(|columns| *columns > 1)?;
    let region = Region::around(draft.text(), &draft.selection);
    if region.line()?.kind.is_literal() || has(draft.text(), &region, region.selected.start) {
        return None;
    }
    let line = |row: &[String]| {
        let cells = (0..columns).map(|index| row.get(index).map_or("", String::as_str));
        let cells: Vec<&str> = cells.collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|row| line(row)).collect();
    lines.insert(1, line(&vec!["---".to_owned(); columns]));
    if !draft.selection.is_empty() {
        let mut changes = Changes::default();
        changes.remove(draft.selection.clone());
        draft.apply(changes);
    }
    insert::place(draft, &lines.join("\n")).map(|_| ())
}

/// Rows of cells as spreadsheets put them on the clipboard: a cell with line breaks or tabs in it stands in quotation
/// marks, which are doubled inside.
fn sheet(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() && closes(chars.clone()) => quoted = true,
            '\t' | '\n' if !quoted => {
                if let Some(row) = rows.last_mut() {
                    row.push(std::mem::take(&mut cell));
                }
                if c == '\n' {
                    rows.push(Vec::new());
                }
            }
            c => cell.push(c),
        }
    }
    if let Some(row) = rows.last_mut() {
        row.push(cell);
    }
    for cell in rows.iter_mut().flatten() {
        let one_line: Vec<&str> = cell.split_whitespace().collect();
        *cell = one_line.join(" ").replace('|', "\\|");
    }
    rows
}

/// Whether a quotation mark that opens a cell is closed where a cell ends.
fn closes(mut chars: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    while let Some(c) = chars.next() {
        if c == '"' && chars.next_if_eq(&'"').is_none() {
            return matches!(chars.peek(), None | Some('\t' | '\n'));
        }
    }
    false
}
