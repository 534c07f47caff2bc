//! Tables.

use super::escape::Place;
use super::inline;
use super::run::Run;

/// How a column's cells stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Align {
    #[default]
    None,
    Left,
    Center,
    Right,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Cell {
    /// On one line.
    pub(super) runs: Vec<Run>,
    pub(super) align: Align,
}

/// A table of which the first row is the head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    /// The table with bars between the cells; missing cells are empty ones.
    pub(super) fn markdown(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        let place = Place {
            in_cell: true,
            ..Place::default()
        };
        let mut lines = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let mut line = "|".to_owned();
            for column in 0..columns {
                let cell = row.get(column);
                let text = cell.map(|cell| inline::markdown(&cell.runs, place));
                line.push_str(&match text.filter(|text| !text.is_empty()) {
                    Some(text) => format!(" {text} |"),
                    None => "  |".to_owned(),
                });
            }
            lines.push(line);
            if index == 0 {
                let marks = (0..columns).map(|column| {
                    match row.get(column).map(|cell| cell.align).unwrap_or_default() {
                        Align::None => "---",
                        Align::Left => ":--",
                        Align::Center => ":-:",
                        Align::Right => "--:",
                    }
                });
                let marks: Vec<&str> = marks.collect();
                lines.push(format!("| {} |", marks.join(" | ")));
            }
        }
        lines.join("\n")
    }
}
