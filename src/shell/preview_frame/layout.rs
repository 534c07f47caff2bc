//! How high the blocks of the article are. A question costs a few rectangles, however long the article is.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Node};

use crate::preview::positions::{ByPart, PARTS, Place};

use super::Shown;

/// More parts than this are not counted: to ask for their places would take too long while scrolling.
const MOST_PARTS: u32 = 400;

/// The article as it is laid out right now; heights in CSS pixels from the top of its document.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    article: &'a Element,
    blocks: &'a [Shown],
    scrolled: f64,
}

impl<'a> Layout<'a> {
    pub(super) fn of(article: &'a Element, blocks: &'a [Shown]) -> Option<Self> {
        let scrolled = article.owner_document()?.default_view()?.scroll_y().ok()?;
        (!blocks.is_empty()).then_some(Self {
            article,
            blocks,
            scrolled,
        })
    }

    /// The block at this height. What is above the first one belongs to it.
    pub(super) fn block_at(&self, y: f64) -> usize {
        let (mut from, mut to) = (0, self.blocks.len());
        while to - from > 1 {
            let middle = usize::midpoint(from, to);
            if self.top(middle) <= y {
                from = middle;
            } else {
                to = middle;
            }
        }
        from
    }

    /// Where a block begins, and where it ends.
    pub(super) fn extent(&self, block: usize) -> Option<(f64, f64)> {
        let mut elements = self.elements(block);
        let first = elements.next()?.get_bounding_client_rect();
        let bottom = elements
            .map(|element| element.get_bounding_client_rect().bottom())
            .fold(first.bottom(), f64::max);
        Some((first.top() + self.scrolled, bottom + self.scrolled))
    }

    /// The place at this height.
    pub(super) fn place_at(&self, y: f64) -> Place {
        let block = self.block_at(y);
        let (from, to) = (self.start(block), self.start(block + 1));
        let tops = self.parts(block, from, to);
        let by_part = (!tops.is_empty()).then(|| {
            let part = tops.partition_point(|top| *top <= y);
            let (from, to) = between(&tops, part, from, to);
            ByPart {
                count: tops.len(),
                part,
                share: share(from, to, y),
            }
        });
        Place {
            block,
            share: share(from, to, y),
            by_part,
        }
    }

    /// How far down a place is.
    pub(super) fn height_of(&self, place: Place) -> f64 {
        let (from, to) = (self.start(place.block), self.start(place.block + 1));
        if let Some(by_part) = place.by_part {
            let tops = self.parts(place.block, from, to);
            if tops.len() == by_part.count {
                let (from, to) = between(&tops, by_part.part, from, to);
                return from + by_part.share * (to - from);
            }
        }
        from + place.share * (to - from)
    }

    /// The number of the block that holds a node of the article.
    pub(super) fn block_of(&self, node: &Node) -> Option<usize> {
        let mut node = node.clone();
        loop {
            let parent = node.parent_node()?;
            if parent.is_same_node(Some(self.article)) {
                break;
            }
            node = parent;
        }
        // The last block that does not begin behind the node.
        let (mut from, mut to) = (0, self.blocks.len());
        while to - from > 1 {
            let middle = usize::midpoint(from, to);
            let first = self
                .blocks
                .get(middle..)?
                .iter()
                .find_map(|block| block.nodes.first());
            let behind = first.is_none_or(|first| {
                node.compare_document_position(first) & Node::DOCUMENT_POSITION_FOLLOWING != 0
            });
            if behind {
                to = middle;
            } else {
                from = middle;
            }
        }
        Some(from)
    }

    /// The elements of a block; text between blocks has none.
    pub(super) fn elements(&self, block: usize) -> impl Iterator<Item = &'a Element> {
        let nodes = self.blocks.get(block).map(|shown| shown.nodes.as_slice());
        nodes
            .unwrap_or_default()
            .iter()
            .filter(|node| node.node_type() == Node::ELEMENT_NODE)
            .map(|node| node.unchecked_ref())
    }

    /// Where a block begins for the sake of scrolling: the first one has all that is above it.
    fn start(&self, block: usize) -> f64 {
        if block == 0 { 0.0 } else { self.top(block) }
    }

    /// The top of a block, or of the next one that has any; the end of the article behind the last one.
    fn top(&self, block: usize) -> f64 {
        let element = (block..self.blocks.len()).find_map(|block| self.elements(block).next());
        if let Some(element) = element {
            return element.get_bounding_client_rect().top() + self.scrolled;
        }
        self.article.get_bounding_client_rect().bottom() + self.scrolled
    }

    /// The tops of a block's parts; none where they are not in order, as in what is folded.
    fn parts(&self, block: usize, from: f64, to: f64) -> Vec<f64> {
        let mut tops = Vec::new();
        for element in self.elements(block) {
            if element.matches(PARTS).unwrap_or(false) {
                tops.push(element.get_bounding_client_rect().top() + self.scrolled);
            }
            let Ok(found) = element.query_selector_all(PARTS) else {
                continue;
            };
            if found.length() > MOST_PARTS {
                return Vec::new();
            }
            for at in 0..found.length() {
                if let Some(part) = found.get(at) {
                    let part: &Element = part.unchecked_ref();
                    tops.push(part.get_bounding_client_rect().top() + self.scrolled);
                }
            }
        }
        let in_order = tops.is_sorted() && tops.iter().all(|top| (from..=to).contains(top));
        if in_order { tops } else { Vec::new() }
    }
}

fn between(tops: &[f64], part: usize, from: f64, to: f64) -> (f64, f64) {
    let above = part.checked_sub(1).and_then(|at| tops.get(at));
    (
        above.copied().unwrap_or(from),
        tops.get(part).copied().unwrap_or(to),
    )
}

fn share(from: f64, to: f64, y: f64) -> f64 {
    if to > from {
        ((y - from) / (to - from)).clamp(0.0, 1.0)
    } else {
        0.0
    }
}
