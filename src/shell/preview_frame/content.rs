//! The article's nodes: made of HTML without loading anything, images given their bytes.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlTemplateElement, Node};

use super::Held;

/// Everything that would load something, or reach beyond its place.
const LOADING: &str = "img, source, video, audio, iframe, embed, object, link, script, meta, base";

/// The nodes `html` stands for.
pub(super) fn nodes(document: &Document, html: &str, files: &BTreeMap<String, Held>) -> Vec<Node> {
    let Ok(template) = document.create_element("template") else {
        return Vec::new();
    };
    // Not `dyn_into`: the frame's elements are instances of the frame's own classes.
    let template: HtmlTemplateElement = template.unchecked_into();
    template.set_inner_html(html);
    let content = template.content();
    if let Ok(found) = content.query_selector_all(LOADING) {
        for i in 0..found.length() {
            if let Some(node) = found.get(i) {
                quiet(node.unchecked_ref(), files);
            }
        }
    }
    let mut nodes = Vec::new();
    let mut next = content.first_child();
    while let Some(node) = next {
        next = node.next_sibling();
        nodes.push(node);
    }
    nodes
}

/// Gives an image its bytes, or says that they are not there; takes the address from everything else that loads.
fn quiet(element: &Element, files: &BTreeMap<String, Held>) {
    let name = element.tag_name().to_ascii_lowercase();
    if matches!(name.as_str(), "link" | "script" | "meta" | "base") {
        element.remove();
        return;
    }
    for attribute in ["srcset", "poster", "data", "background"] {
        let _ = element.remove_attribute(attribute);
    }
    let Some(source) = element.get_attribute("src") else {
        return;
    };
    if name == "img" {
        let file = element.get_attribute("data-file");
        if let Some(held) = file.and_then(|file| files.get(&file)) {
            let _ = element.set_attribute("src", &held.address);
            return;
        }
        if source.starts_with("data:") {
            return;
        }
        let _ = element.set_attribute("data-missing", &source);
    }
    let _ = element.remove_attribute("src");
}
