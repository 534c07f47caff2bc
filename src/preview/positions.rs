//! From the text to the page and back: which block shows a place in the file, and how far down in it.
//!
//! A screen knows how high its blocks are, this module where they stand in the file. They talk in [`Place`]s: a block and a
//! share of it, counted in lines. Where the block has lists, tables or code, their parts are counted too, so that a list
//! with one long item does not run ahead.

mod words;

use std::ops::Range;

use crate::markdown::tree::Kind;
use crate::markdown::{Unknown, parse};
use crate::text::BytePos;

use super::Block;

pub use words::find;

/// The elements that count as a block's parts, as a selector; parts have the order of the text.
pub const PARTS: &str = "li, tr, pre";

/// A block longer than this, in bytes, is counted in lines only: to look for its parts would take too long while scrolling.
const LONGEST: usize = 32 << 10;

/// A place in the file, finer than a character.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct Spot {
    /// The character.
    pub at: BytePos,
    /// How far through it, from 0 to below 1.
    pub part: f64,
}

/// A place on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The number of the block, from its start to the start of the next one.
    pub block: usize,
    /// How far through it, from 0 to 1.
    pub share: f64,
    /// The same, counted by its parts.
    pub by_part: Option<ByPart>,
}

/// A place in a block with parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByPart {
    /// How many parts there are. A screen that finds another number has no use for the rest.
    pub count: usize,
    /// Behind the start of how many.
    pub part: usize,
    /// How far through to the start of the next one, from 0 to 1.
    pub share: f64,
}

/// Where the blocks of a page stand in its file.
#[derive(Debug, Clone, Copy)]
pub struct Positions<'a> {
    text: &'a str,
    blocks: &'a [Block],
}

impl<'a> Positions<'a> {
    /// Of `blocks`, which were made of `text`.
    #[must_use]
    pub const fn new(text: &'a str, blocks: &'a [Block]) -> Self {
        Self { text, blocks }
    }

    /// The number of the block that shows the byte `at`: the last one that starts before it. `None` before the first one.
    #[must_use]
    pub fn block_at(&self, at: BytePos) -> Option<usize> {
        self.blocks
            .partition_point(|block| block.span.start() <= at)
            .checked_sub(1)
    }

    /// Where a block stands: from its start to the start of the next one.
    #[must_use]
    pub fn range_of(&self, block: usize) -> Range<usize> {
        let start = |number: usize| {
            self.blocks
                .get(number)
                .map_or(self.text.len(), |block| block.span.start().get())
        };
        start(block)..start(block + 1).max(start(block))
    }

    /// Where the page shows a place in the file; `None` where there is no page.
    #[must_use]
    pub fn on_page(&self, spot: Spot) -> Option<Place> {
        if self.blocks.is_empty() {
            return None;
        }
        let Some(block) = self.block_at(spot.at) else {
            return Some(Place {
                block: 0,
                share: 0.0,
                by_part: None,
            });
        };
        let range = self.range_of(block);
        let starts = self.parts(range.clone());
        let by_part = (!starts.is_empty()).then(|| {
            let part = starts.partition_point(|start| *start <= spot.at.get());
            ByPart {
                count: starts.len(),
                part,
                share: self.share(between(&range, &starts, part), spot),
            }
        });
        Some(Place {
            block,
            share: self.share(range, spot),
            by_part,
        })
    }

    /// Where the file has a place on the page.
    #[must_use]
    pub fn in_file(&self, place: Place) -> Spot {
        let range = self.range_of(place.block);
        if let Some(by_part) = place.by_part {
            let starts = self.parts(range.clone());
            if starts.len() == by_part.count {
                return self.spot(between(&range, &starts, by_part.part), by_part.share);
            }
        }
        self.spot(range, place.share)
    }

    /// Where the parts of a block start, in order.
    fn parts(&self, range: Range<usize>) -> Vec<usize> {
        let Some(text) = self.text.get(range.clone()) else {
            return Vec::new();
        };
        if text.len() > LONGEST {
            return Vec::new();
        }
        let tree = parse(text, &Unknown);
        tree.nodes
            .iter()
            .filter(|node| {
                matches!(
                    node.kind,
                    Kind::Item | Kind::TableHead | Kind::TableRow | Kind::Code { .. }
                )
            })
            .map(|node| range.start + node.range.start)
            .collect()
    }

    /// How far through `range` a place is, counted in lines.
    fn share(&self, range: Range<usize>, spot: Spot) -> f64 {
        let at = spot.at.get();
        if at < range.start || range.is_empty() {
            return 0.0;
        }
        if at >= range.end {
            return 1.0;
        }
        let lines = self.lines(range.clone());
        let head = self.text.get(range.start..at).unwrap_or_default();
        let before = head.matches('\n').count();
        let start = head
            .rfind('\n')
            .map_or(range.start, |at| range.start + at + 1);
        let rest = self.text.get(start..range.end).unwrap_or_default();
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1).max(1);
        let through = (as_f64(at - start) + spot.part) / as_f64(length);
        ((as_f64(before) + through) / as_f64(lines)).clamp(0.0, 1.0)
    }

    /// The place this far through `range`.
    fn spot(&self, range: Range<usize>, share: f64) -> Spot {
        let text = self.text.get(range.clone()).unwrap_or_default();
        let through = share.clamp(0.0, 1.0) * as_f64(self.lines(range.clone()));
        let mut start = 0;
        let mut left = through;
        for line in text.split_inclusive('\n') {
            if left < 1.0 {
                let bytes = left * as_f64(line.len());
                let mut at = whole(bytes).min(line.len());
                let part = bytes - as_f64(at);
                let whole_character = line.is_char_boundary(at);
                while !line.is_char_boundary(at) {
                    at -= 1;
                }
                return Spot {
                    at: BytePos::new(range.start + start + at),
                    part: if whole_character { part } else { 0.0 },
                };
            }
            left -= 1.0;
            start += line.len();
        }
        Spot {
            at: BytePos::new(range.end),
            part: 0.0,
        }
    }

    /// The lines of a stretch, the last one counted although it may not end.
    fn lines(&self, range: Range<usize>) -> usize {
        let text = self.text.get(range).unwrap_or_default();
        text.split_inclusive('\n').count().max(1)
    }
}

/// The stretch behind the start of so many parts.
fn between(range: &Range<usize>, starts: &[usize], part: usize) -> Range<usize> {
    let from = match part.checked_sub(1) {
        Some(at) => starts.get(at).copied().unwrap_or(range.end),
        None => range.start,
    };
    let to = starts.get(part).copied().unwrap_or(range.end);
    from..to.max(from)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a text has fewer bytes than 2^52"
)]
fn as_f64(count: usize) -> f64 {
    count as f64
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounding down is wanted, and no length is negative"
)]
fn whole(length: f64) -> usize {
    length.max(0.0) as usize
}
