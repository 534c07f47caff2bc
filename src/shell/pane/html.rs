//! HTML of the clipboard: the browser reads it, apart from the page, and what it is becomes Markdown.

use wasm_bindgen::JsCast as _;
use web_sys::{DomParser, Element, SupportedType};

use crate::writing::clip::{self, Node};

/// Browsers keep elements 512 deep; nobody copies as deep as this.
const DEEPEST: usize = 400;

/// The Markdown for a piece of HTML; empty where there is nothing to be seen in it. Nothing of it runs or is loaded: the
/// document it is read into is never shown.
pub(super) fn markdown(html: &str) -> String {
    let document =
        DomParser::new().and_then(|parser| parser.parse_from_string(html, SupportedType::TextHtml));
    let body = document.ok().and_then(|document| document.body());
    body.map(|body| clip::markdown(&children(&body, 0)))
        .unwrap_or_default()
}

fn children(parent: &web_sys::Node, depth: usize) -> Vec<Node> {
    let nodes = parent.child_nodes();
    (0..nodes.length())
        .filter_map(|at| node(&nodes.item(at)?, depth))
        .collect()
}

fn node(node: &web_sys::Node, depth: usize) -> Option<Node> {
    if node.node_type() == web_sys::Node::TEXT_NODE {
        return node.text_content().map(Node::Text);
    }
    // Comments are not seen.
    let element: &Element = node.dyn_ref()?;
    let attributes = element
        .get_attribute_names()
        .iter()
        .filter_map(|name| {
            let name = name.as_string()?;
            let value = element.get_attribute(&name)?;
            Some((name, value))
        })
        .collect();
    Some(Node::Element {
        name: element.local_name(),
        attributes,
        children: if depth < DEEPEST {
            children(node, depth + 1)
        } else {
            node.text_content().map(Node::Text).into_iter().collect()
        },
    })
}
