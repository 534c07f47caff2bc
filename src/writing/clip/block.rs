//! Blocks, and how they are written.

use super::escape::{self, Place};
use super::inline;
use super::list::{self, Item};
use super::run::{self, Run};
use super::table::Table;

/// A block of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Breaks in it are hard ones; two in a row part it.
    Paragraph(Vec<Run>),
    /// Its level as it is written.
    Heading(usize, Vec<Run>),
    Quote(Vec<Block>),
    /// Language and text.
    Code(String, String),
    /// Items follow each other as in Word, each with its own level.
    Item(Item),
    Table(Table),
    Rule,
}

/// The Markdown of blocks, a blank line between.
pub(super) fn markdown(blocks: &[Block]) -> String {
    joined(blocks, "\n\n")
}

/// The same with something else between.
pub(super) fn joined(blocks: &[Block], between: &str) -> String {
    let mut out = String::new();
    // Whether the last block was a list, and how its marks look: another list right behind it needs other ones.
    let mut before: Option<list::Look> = None;
    let mut at = 0;
    while let Some(block) = blocks.get(at) {
        let rest = blocks.get(at..).unwrap_or_default();
        let items: Vec<&Item> = rest
            .iter()
            .map_while(|block| match block {
                Block::Item(item) => Some(item),
                _ => None,
            })
            .collect();
        at += items.len().max(1);
        let parts = if items.is_empty() {
            before = None;
            vec![one(block)]
        } else {
            list::markdown(&items, &mut before)
        };
        for part in parts.iter().filter(|part| !part.is_empty()) {
            if !out.is_empty() {
                out.push_str(between);
            }
            out.push_str(part);
        }
    }
    out
}

fn one(block: &Block) -> String {
    match block {
        Block::Paragraph(runs) => {
            let paragraphs = run::paragraphs(runs.clone());
            let written = paragraphs
                .iter()
                .map(|runs| inline::markdown(runs, Place::default()));
            written.collect::<Vec<_>>().join("\n\n")
        }
        Block::Heading(level, runs) => {
            let place = Place {
                in_heading: true,
                ..Place::default()
            };
            let mut text = inline::markdown(&run::line(runs.clone()), place);
            if text.is_empty() {
                return text;
            }
            // Signs at the end would be taken for the heading's own.
            if text.ends_with('#') {
                let at = text.trim_end_matches('#').len();
                if text
                    .get(..at)
                    .is_some_and(|head| head.is_empty() || head.ends_with(' '))
                {
                    text.insert(at, '\\');
                }
            }
            format!("{} {text}", "#".repeat(*level))
        }
        Block::Quote(blocks) => prefixed(&markdown(blocks), "> ", "> "),
        Block::Code(language, text) => code(language, text),
        Block::Table(table) => table.markdown(),
        Block::Rule => "---".to_owned(),
        Block::Item(item) => list::markdown(&[item], &mut None).concat(),
    }
}

fn code(language: &str, text: &str) -> String {
    let text = escape::code(text);
    let longest = text
        .lines()
        .map(|line| line.trim_start())
        .map(|line| line.len() - line.trim_start_matches('`').len())
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    format!("{fence}{language}\n{text}{end}{fence}")
}

/// Lines with something in front: of the first, of the others. Blank lines get no spaces at their end.
pub(super) fn prefixed(text: &str, first: &str, others: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut out = String::new();
    for (index, line) in text.split('\n').enumerate() {
        let prefix = if index == 0 { first } else { others };
        if index > 0 {
            out.push('\n');
        }
        out.push_str(if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        });
        out.push_str(line);
    }
    out
}
