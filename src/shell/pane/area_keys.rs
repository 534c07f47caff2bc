//! The keys of the textarea that stands in for CodeMirror.

use std::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use crate::session::Selection;
use crate::text::{Span, Utf16Pos};
use crate::writing::call::call_around;
use crate::writing::glance::may_concern;
use crate::writing::run;

use super::area::selection_of;
use super::keys;

/// Listens for keys that are commands; `given` is told of them, with what is selected. A key with nothing to do here is
/// the browser's.
pub(super) fn listen(
    element: &HtmlTextAreaElement,
    given: impl Fn(&'static str, Selection) + 'static,
) -> EventListener {
    let mac = keys::is_mac();
    let prevent = EventListenerOptions::enable_prevent_default();
    let own = element.clone();
    // Whoever pressed Escape leaves with the next Tab, wherever the caret is.
    let leaves = Cell::new(false);
    EventListener::new_with_options(element, "keydown", prevent, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if key.is_composing() {
            return;
        }
        match key.key().as_str() {
            "Escape" => leaves.set(true),
            "Tab" if leaves.take() => return,
            // On its way to Shift and Tab.
            "Shift" => {}
            _ => leaves.set(false),
        }
        let selection = selection_of(&own);
        let sometimes = keys::sometimes(key);
        let name = keys::pressed(key, mac).or_else(|| {
            // What Enter, Tab and Backspace mean hangs on the text: it is asked for only then.
            if sometimes.is_empty() {
                return None;
            }
            let text = own.value();
            sometimes
                .iter()
                .copied()
                .find(|name| has_something_to_do(name, &text, selection))
        });
        if let Some(name) = name {
            event.prevent_default();
            given(name, selection);
        }
    })
}

/// Whether a key's command changes the text, or opens a form.
fn has_something_to_do(name: &str, text: &str, selection: Selection) -> bool {
    let at = |place: Utf16Pos| place.in_text(text);
    let (Some(from), Some(to)) = (at(selection.from), at(selection.to)) else {
        return false;
    };
    let selected = Span::new(from, to);
    if name == "call-enter" {
        return text.contains("{{") && call_around(text, selected).is_some();
    }
    keys::command(name, String::new()).is_some_and(|command| {
        may_concern(text, selected, &command) && run(text, selected, &command).is_some()
    })
}
