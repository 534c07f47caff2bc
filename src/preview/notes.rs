//! Footnotes: their numbers, the marks in the text, and the list at the end.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use super::writer::Written;
use crate::text::sort;

/// A reference's number, and how many to the same note stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    number: usize,
    again: usize,
}

impl Mark {
    pub(super) fn write_reference(self, out: &mut String) {
        let number = self.number;
        // Writing to a String cannot fail.
        let _ = write!(out, "<sup id=\"fnref");
        if self.again > 0 {
            let _ = write!(out, "{}", self.again);
        }
        let _ = write!(
            out,
            ":{number}\"><a href=\"#fn:{number}\" class=\"footnote-ref\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }
}

/// The footnotes of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Notes {
    /// Labels in the order of their numbers, with how often they are referred to.
    pub(super) order: Vec<(String, usize)>,
    /// One for each reference, in the order of the text.
    pub(super) marks: Vec<Mark>,
    /// Something may differ from before.
    pub(super) changed: bool,
}

impl Notes {
    /// Numbers the notes by their first reference, in the order in which goldmark comes by: it reads all notes where the
    /// first of them stands.
    pub(super) fn number(units: &[&Written]) -> Self {
        // Each reference's place in that order: before the notes, in them, behind them.
        let mut places = Vec::new();
        let mut seen_notes = false;
        for written in units {
            let has_notes = !written.notes.is_empty();
            for use_ in &written.uses {
                let stage = if use_.in_note {
                    1
                } else if seen_notes || (has_notes && use_.behind_note) {
                    2
                } else {
                    0
                };
                places.push((stage, use_.label.as_str()));
            }
            seen_notes |= has_notes;
        }
        let mut order: Vec<usize> = (0..places.len()).collect();
        sort::sort_by_key(&mut order, |&at| places.get(at).map_or(0, |place| place.0));
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut notes: Vec<(String, usize)> = Vec::new();
        let mut marks = vec![
            Mark {
                number: 0,
                again: 0
            };
            places.len()
        ];
        for at in order {
            let Some(&(_, label)) = places.get(at) else {
                continue;
            };
            let number = *numbers.entry(label).or_insert_with(|| {
                notes.push((label.to_owned(), 0));
                notes.len()
            });
            if let (Some(mark), Some(note)) = (marks.get_mut(at), notes.get_mut(number - 1)) {
                *mark = Mark {
                    number,
                    again: note.1,
                };
                note.1 += 1;
            }
        }
        Self {
            order: notes,
            marks,
            changed: true,
        }
    }

    /// The list at the end. `texts`: each note's HTML up to and from where the links back go.
    pub(super) fn html(&self, texts: &BTreeMap<&str, (String, String)>) -> String {
        let mut out = String::from("<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n");
        for (i, (label, references)) in self.order.iter().enumerate() {
            let number = i + 1;
            let Some((head, tail)) = texts.get(label.as_str()) else {
                continue;
            };
            // Writing to a String cannot fail.
            let _ = write!(out, "<li id=\"fn:{number}\">\n{head}");
            for time in 0..*references {
                out.push_str("&#160;<a href=\"#fnref");
                if time > 0 {
                    let _ = write!(out, "{time}");
                }
                let _ = write!(
                    out,
                    ":{number}\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a>"
                );
            }
            out.push_str(tail);
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</div>\n");
        out
    }
}
