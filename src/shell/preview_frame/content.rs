//! The article's nodes: made of HTML without loading anything, images given their bytes.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, DocumentFragment, Element, HtmlTemplateElement, Node};

use super::held::Files;

/// Everything that would load something, or reach beyond its place.
const LOADING: &str = "img, source, track, video, audio, iframe, embed, object, input, link, script, meta, base, \
    image, feImage, use, set, animate, [background]";

/// What the browser offers under its name as a property of the form it belongs to, and some of it as one of the document
/// (HTML, “named properties”). These hide the browser's own: after `<img name="createElement">` we could make no element
/// any more.
const NAMED: &str = "img, embed, iframe, object, button, fieldset, input, output, select, textarea";

/// Where HTML becomes nodes. Many blocks can go through the same one.
pub(super) fn template(document: &Document) -> Option<HtmlTemplateElement> {
    let template = document.create_element("template").ok()?;
    // Not `dyn_into`: the frame's elements are instances of the frame's own classes.
    Some(template.unchecked_into())
}

/// The nodes `html` stands for.
pub(super) fn nodes(
    document: &Document,
    template: &HtmlTemplateElement,
    html: &str,
    files: &Files,
) -> Vec<Node> {
    template.set_inner_html(html);
    let content = template.content();
    // Before anything else is asked of them, and forms last: `<input name="getAttribute">` would answer in its form's place.
    for selector in [NAMED, "form"] {
        for element in found(&content, selector) {
            give_up_names(document, &content, &element);
        }
    }
    for element in found(&content, LOADING) {
        quiet(&element, files);
    }
    children(&content)
}

/// A node's children, as they are now.
pub(super) fn children(node: &Node) -> Vec<Node> {
    let mut children = Vec::new();
    let mut next = node.first_child();
    while let Some(child) = next {
        next = child.next_sibling();
        children.push(child);
    }
    children
}

fn found(content: &DocumentFragment, selector: &str) -> Vec<Element> {
    let Ok(found) = content.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at))
        .map(|node| node.unchecked_into())
        .collect()
}

/// Takes the name of an element that would hide a property of the document or of a form; any other stays.
fn give_up_names(document: &Document, content: &DocumentFragment, element: &Element) {
    for attribute in ["name", "id"] {
        let Some(name) = element.get_attribute(attribute) else {
            continue;
        };
        let name = JsValue::from(name);
        // The template's document shows nothing, and the new form is empty: all they have is the browser's own.
        let of_document = content.owner_document().map(JsValue::from);
        let of_form = document.create_element("form").map(JsValue::from);
        let hides = [of_document, of_form.ok()]
            .into_iter()
            .flatten()
            .any(|bare| Reflect::has(&bare, &name).unwrap_or(true));
        if hides {
            let _ = element.remove_attribute(attribute);
        }
    }
}

/// Gives an image its bytes, or says that they are not there; takes the address from everything else that loads.
fn quiet(element: &Element, files: &Files) {
    let name = element.tag_name().to_ascii_lowercase();
    match name.as_str() {
        "link" | "script" | "meta" | "base" => {
            element.remove();
            return;
        }
        "image" | "feimage" | "use" => {
            for attribute in ["href", "xlink:href"] {
                let address = element.get_attribute(attribute);
                if address.is_some_and(|address| !is_inside(&address)) {
                    let _ = element.remove_attribute(attribute);
                }
            }
            return;
        }
        // These change an attribute while the page is shown, also an address.
        "set" | "animate" => {
            let changed = element.get_attribute("attributeName");
            if changed.is_some_and(|changed| changed.to_ascii_lowercase().ends_with("href")) {
                let _ = element.remove_attribute("attributeName");
            }
            return;
        }
        _ => {}
    }
    for attribute in ["srcset", "srcdoc", "poster", "data", "background"] {
        let _ = element.remove_attribute(attribute);
    }
    let Some(source) = element.get_attribute("src") else {
        return;
    };
    if name == "img" {
        let file = element.get_attribute("data-file");
        if let Some(file) = file.filter(|file| files.has(file)) {
            // Without an address, its alt text stands in for it.
            let _ = match files.address(&file) {
                Some(address) => element.set_attribute("src", address),
                None => element.remove_attribute("src"),
            };
            return;
        }
        if source.starts_with("data:") {
            return;
        }
        let _ = element.set_attribute("data-missing", &source);
    }
    let _ = element.remove_attribute("src");
}

/// Whether an address leads to the page itself or carries what it stands for.
fn is_inside(address: &str) -> bool {
    address.starts_with('#') || address.starts_with("data:")
}
