//! The soft mark beside the block that is being edited. It lies outside the article, which stays as Hugo makes it.

use web_sys::HtmlElement;

/// Puts the mark beside what reaches from one height to another, in CSS pixels from the top of the document; takes it
/// away where nothing is marked.
pub(super) fn put(mark: &HtmlElement, extent: Option<(f64, f64)>) {
    let Some((top, bottom)) = extent else {
        mark.set_hidden(true);
        return;
    };
    mark.set_hidden(false);
    let style = mark.style();
    for (name, value) in [("top", top), ("height", (bottom - top).max(4.0))] {
        let _ = style.set_property(name, &format!("{value}px"));
    }
}
