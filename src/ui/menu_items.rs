//! The entries of a menu, and how the arrow keys move among them.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

/// A menu's entries.
pub(super) fn items(list: &HtmlElement) -> Vec<HtmlElement> {
    let children = list.children();
    (0..children.length())
        .filter_map(|at| children.item(at)?.dyn_into().ok())
        .collect()
}

/// Which of them has the keyboard; the first where none has.
pub(super) fn focused(items: &[HtmlElement]) -> usize {
    items
        .iter()
        .position(|item| item.matches(":focus").unwrap_or_default())
        .unwrap_or_default()
}

/// Where a key of the keyboard leads among `count` entries, from `here`; `None` where it leads nowhere.
pub(super) fn moved(key: &str, here: usize, count: usize) -> Option<usize> {
    let count = count.max(1);
    match key {
        "ArrowDown" => Some((here + 1) % count),
        "ArrowUp" => Some((here + count - 1) % count),
        "Home" => Some(0),
        "End" => Some(count - 1),
        _ => None,
    }
}

/// Gives the keyboard to one of them.
pub(super) fn focus(items: &[HtmlElement], at: usize) {
    if let Some(item) = items.get(at) {
        // What takes no focus leaves it where it is.
        let _ = item.focus();
    }
}
