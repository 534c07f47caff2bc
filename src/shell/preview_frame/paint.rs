//! Paints code in its colours over the text as it stands, by the CSS Custom Highlight API: no node is added or changed.
//! Only what is near the screen, and each block once.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, Node, Range};

use crate::preview::colours::{Colour, stretches};

/// The code that is painted.
#[derive(Debug, Default)]
pub(super) struct Paint {
    code: Vec<Painted>,
}

#[derive(Debug)]
struct Painted {
    element: Element,
    ranges: Vec<(Colour, Range)>,
}

/// What stands in code whose language is known, as a selector.
pub(super) const CODE: &str = "pre > code[data-lang]";

impl Paint {
    /// Paints these elements and no others. Without a word in browsers that cannot.
    pub(super) fn show(&mut self, document: &Document, elements: &[Element]) {
        let same = elements.len() == self.code.len()
            && self
                .code
                .iter()
                .zip(elements)
                .all(|(painted, element)| painted.element.is_same_node(Some(element)));
        if same {
            return;
        }
        let mut before = std::mem::take(&mut self.code);
        self.code = elements
            .iter()
            .map(|element| {
                let known = before
                    .iter()
                    .position(|painted| painted.element.is_same_node(Some(element)));
                match known {
                    Some(at) => before.swap_remove(at),
                    None => Painted {
                        element: element.clone(),
                        ranges: ranges(document, element),
                    },
                }
            })
            .collect();
        // Fails only where the browser does not know it; code is white there.
        let _ = self.register(document);
    }

    fn register(&self, document: &Document) -> Result<(), JsValue> {
        let window = document.default_view().ok_or(JsValue::NULL)?;
        let css = Reflect::get(&window, &"CSS".into())?;
        let registry = Reflect::get(&css, &"highlights".into())?;
        let set: Function = Reflect::get(&registry, &"set".into())?.dyn_into()?;
        let make: Function =
            Reflect::get(&gloo::utils::window(), &"Highlight".into())?.dyn_into()?;
        for colour in Colour::ALL {
            let ranges: Array = self
                .code
                .iter()
                .flat_map(|painted| &painted.ranges)
                .filter(|(its, _)| *its == colour)
                .map(|(_, range)| JsValue::from(range.clone()))
                .collect();
            let highlight = Reflect::construct(&make, &ranges)?;
            set.call2(&registry, &colour.name().into(), &highlight)?;
        }
        Ok(())
    }
}

/// The coloured stretches of a code element as ranges of its text.
fn ranges(document: &Document, element: &Element) -> Vec<(Colour, Range)> {
    let language = element.get_attribute("data-lang").unwrap_or_default();
    let mut pieces = Vec::new();
    let mut end = 0;
    collect_text(element, &mut end, &mut pieces);
    let code: String = pieces
        .iter()
        .filter_map(|(_, node)| node.text_content())
        .collect();
    let stretches = stretches(&language, &code);
    if stretches.is_empty() {
        return Vec::new();
    }
    let place = |units: u32, is_end: bool| {
        // Where one piece ends and the next begins, a start belongs to the next and an end to the last.
        let behind = pieces.partition_point(|(start, _): &(u32, Node)| {
            *start < units || (!is_end && *start == units)
        });
        let (start, node) = pieces.get(behind.checked_sub(1)?)?;
        Some((node, units - start))
    };
    let ranges = stretches.iter().filter_map(|stretch| {
        let (from_node, from) = place(stretch.from.get(), false)?;
        let (to_node, to) = place(stretch.to.get(), true)?;
        // Chromium draws no `StaticRange` of another document.
        let range = document.create_range().ok()?;
        range.set_start(from_node, from).ok()?;
        range.set_end(to_node, to).ok()?;
        Some((stretch.colour, range))
    });
    ranges.collect()
}

/// The text nodes below a node, each with the UTF-16 units before it. Line numbers, which cannot be selected, are no code.
fn collect_text(node: &Node, end: &mut u32, pieces: &mut Vec<(u32, Node)>) {
    let mut next = node.first_child();
    while let Some(child) = next {
        if child.node_type() == Node::TEXT_NODE {
            let text: &web_sys::CharacterData = child.unchecked_ref();
            pieces.push((*end, child.clone()));
            *end += text.length();
        } else if !is_line_number(&child) {
            collect_text(&child, end, pieces);
        }
        next = child.next_sibling();
    }
}

fn is_line_number(node: &Node) -> bool {
    if node.node_type() != Node::ELEMENT_NODE {
        return false;
    }
    // Elements of the frame are none of this window's: a checked cast would refuse them.
    let element: &Element = node.unchecked_ref();
    let style = element.get_attribute("style");
    style.is_some_and(|style| style.contains("user-select:none"))
}
