//! What the screen asks the browser for: room, focus, and what stands in a control.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use yew::prelude::*;

/// Too narrow for two parts side by side. The same figure stands in styles/layout.css.
pub(super) const NARROW: &str = "(max-width: 48rem)";

/// Whether `query` matches, now and after every change.
#[hook]
pub(super) fn use_media(query: &'static str) -> bool {
    let matches = use_state_eq(|| list(query).is_some_and(|list| list.matches()));
    {
        let matches = matches.clone();
        use_effect_with(query, move |&query| {
            let listener = list(query).map(|list| {
                let now = list.clone();
                EventListener::new(&list, "change", move |_| matches.set(now.matches()))
            });
            move || drop(listener)
        });
    }
    *matches
}

fn list(query: &str) -> Option<web_sys::MediaQueryList> {
    gloo::utils::window().match_media(query).ok().flatten()
}

/// Puts the keyboard on the element with this id; where there is none or it takes no focus, all stays as it is.
pub(super) fn focus(id: &str) {
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// What stands in the box an event comes from.
pub(super) fn typed(event: &web_sys::Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if let Some(input) = target.dyn_ref::<web_sys::HtmlInputElement>() {
        return input.value();
    }
    target
        .dyn_ref::<web_sys::HtmlTextAreaElement>()
        .map(|area| area.value())
        .unwrap_or_default()
}

/// What is chosen in the select an event comes from.
pub(super) fn chosen(event: &Event) -> String {
    event
        .target_dyn_into::<web_sys::HtmlSelectElement>()
        .map(|select| select.value())
        .unwrap_or_default()
}

/// Whether a question waits that has to be answered first: a dialog that is none of the tools'.
pub(super) fn is_asked_something() -> bool {
    let open =
        gloo::utils::document().query_selector("dialog[open]:not(.sheet), dialog[open].format");
    open.ok().flatten().is_some()
}
