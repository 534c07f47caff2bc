//! A very long article is laid out in groups of blocks: the browser then lays out and paints the group that changed and
//! those on the screen, and not everything.
//!
//! The article's children stay as Hugo makes them. The groups are in its shadow root, with slots that are filled by hand
//! (DOM, “manual slot assignment”), which changes how the children are laid out and nothing else.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Element, HtmlElement, Node};

use super::Shown;

/// So many blocks are in a group.
const SIZE: usize = 100;

/// A group that has grown beyond this is divided.
const MOST: usize = 3 * SIZE;

/// The groups of an article.
#[derive(Debug)]
pub(super) struct Groups {
    root: Node,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    /// The element that is laid out.
    room: HtmlElement,
    /// What its blocks are shown in.
    slot: Element,
    /// How many blocks those are.
    blocks: usize,
    /// Its height is known, so that it need not be laid out to be scrolled past.
    rests: bool,
}

impl Groups {
    /// Begins to lay an article out in groups; it has none yet, and nothing of it is seen until its blocks are put in some.
    /// An article does this once. `None` where the browser cannot.
    pub(super) fn of(article: &Element) -> Option<Self> {
        let slot = article.owner_document()?.create_element("slot").ok()?;
        if !Reflect::has(&slot, &"assign".into()).ok()? {
            return None;
        }
        let options = Object::new();
        for (name, value) in [("mode", "open"), ("slotAssignment", "manual")] {
            Reflect::set(&options, &name.into(), &value.into()).ok()?;
        }
        let attach: Function = Reflect::get(article, &"attachShadow".into())
            .ok()?
            .unchecked_into();
        Some(Self {
            root: attach.call1(article, &options).ok()?.unchecked_into(),
            groups: Vec::new(),
        })
    }

    /// Takes all groups away.
    pub(super) fn clear(&mut self) {
        for group in self.groups.drain(..) {
            group.room.remove();
        }
    }

    /// The blocks from `from` on came in behind the others.
    pub(super) fn append(&mut self, blocks: &[Shown], from: usize) {
        let mut at = from;
        while at < blocks.len() {
            let room = self
                .groups
                .last()
                .map_or(0, |last| SIZE.saturating_sub(last.blocks));
            if room == 0 {
                let Some(group) = Group::new(&self.root) else {
                    return;
                };
                self.groups.push(group);
                continue;
            }
            let count = room.min(blocks.len() - at);
            at += count;
            if let Some(last) = self.groups.last_mut() {
                last.blocks += count;
                let first = at.saturating_sub(last.blocks);
                last.fill(blocks.get(first..at).unwrap_or_default());
            }
        }
    }

    /// `gone` blocks from `from` on made room for `fresh` ones; `blocks` are those that are there now.
    pub(super) fn change(&mut self, blocks: &[Shown], from: usize, gone: usize, fresh: usize) {
        let (mut start, mut first, mut left) = (0, None, gone);
        let last = self.groups.len().saturating_sub(1);
        let mut touched = Vec::new();
        for (number, group) in self.groups.iter_mut().enumerate() {
            let end = start + group.blocks;
            let before = start;
            start = end;
            if from >= end && number < last {
                continue;
            }
            let taken = if first.is_none() {
                left.min(end.saturating_sub(from))
            } else {
                left.min(group.blocks)
            };
            left -= taken;
            group.blocks -= taken;
            if first.is_none() {
                group.blocks += fresh;
                first = Some(before);
            }
            touched.push(number);
            if left == 0 {
                break;
            }
        }
        if self.groups.iter().any(|group| group.blocks > MOST) {
            self.clear();
            self.append(blocks, 0);
            return;
        }
        let mut start = first.unwrap_or_default();
        for number in touched {
            if let Some(group) = self.groups.get(number) {
                let end = start + group.blocks;
                group.fill(blocks.get(start..end).unwrap_or_default());
                start = end;
            }
        }
        self.groups.retain(|group| {
            if group.blocks == 0 {
                group.room.remove();
            }
            group.blocks > 0
        });
    }

    /// Lets groups out of sight be: their heights stay, and the browser need not look at them.
    pub(super) fn rest(&mut self) {
        let new: Vec<&mut Group> = self
            .groups
            .iter_mut()
            .filter(|group| !group.rests)
            .collect();
        let heights: Vec<f64> = new
            .iter()
            .map(|group| group.room.get_bounding_client_rect().height())
            .collect();
        for (group, height) in new.into_iter().zip(heights) {
            group.rests = true;
            let style = group.room.style();
            let _ = style.set_property("contain-intrinsic-block-size", &format!("auto {height}px"));
            let _ = style.set_property("content-visibility", "auto");
        }
    }

    /// Lays all of them out again, as for another width.
    pub(super) fn wake(&mut self) {
        for group in &mut self.groups {
            group.rests = false;
            let _ = group.room.style().remove_property("content-visibility");
        }
    }
}

impl Group {
    fn new(root: &Node) -> Option<Self> {
        let document = root.owner_document()?;
        // Not `dyn_into`: the frame's elements are instances of the frame's own classes.
        let room: HtmlElement = document.create_element("div").ok()?.unchecked_into();
        let slot = document.create_element("slot").ok()?;
        // A group that rests does not let margins through either: so it keeps its height.
        room.style().set_property("display", "flow-root").ok()?;
        room.style()
            .set_property("overflow-clip-margin", "48px")
            .ok()?;
        room.append_child(&slot).ok()?;
        root.append_child(&room).ok()?;
        Some(Self {
            room,
            slot,
            blocks: 0,
            rests: false,
        })
    }

    fn fill(&self, blocks: &[Shown]) {
        let nodes: Array = blocks
            .iter()
            .flat_map(|block| &block.nodes)
            .filter(|node| matches!(node.node_type(), Node::ELEMENT_NODE | Node::TEXT_NODE))
            .map(JsValue::from)
            .collect();
        if let Ok(assign) = Reflect::get(&self.slot, &"assign".into()) {
            let assign: Function = assign.unchecked_into();
            let _ = assign.apply(&self.slot, &nodes);
        }
    }
}
