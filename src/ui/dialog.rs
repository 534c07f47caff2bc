//! A modal dialog by the browser's own `<dialog>`: it holds the focus, answers Escape, and gives the focus back.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{Document, HtmlElement, HtmlIFrameElement};
use yew::prelude::*;

use super::dom;

/// A question with two answers.
#[derive(Properties, PartialEq)]
pub(super) struct QuestionProps {
    /// Its heading.
    pub(super) heading: AttrValue,
    /// A sentence or two.
    pub(super) children: Html,
    /// The answer that does what was asked.
    pub(super) yes: AttrValue,
    /// The answer that leaves all as it is.
    pub(super) no: AttrValue,
    pub(super) on_yes: Callback<()>,
    pub(super) on_no: Callback<()>,
}

/// Asks, and waits for the answer.
#[function_component(Question)]
pub(super) fn question(props: &QuestionProps) -> Html {
    let dialog = use_modal();
    // Escape is an answer too.
    let cancelled = {
        let on_no = props.on_no.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_no.emit(());
        })
    };
    html! {
        <dialog ref={dialog} class="question" aria-labelledby="question-heading" oncancel={cancelled}>
            <h2 id="question-heading">{ &props.heading }</h2>
            { props.children.clone() }
            <div class="answers">
                <button type="button" class="primary" onclick={props.on_no.reform(|_: MouseEvent| ())}>{ &props.no }</button>
                <button type="button" onclick={props.on_yes.reform(|_: MouseEvent| ())}>{ &props.yes }</button>
            </div>
        </dialog>
    }
}

/// For a `<dialog>` that is to open above everything else as soon as it is on the screen.
#[hook]
pub(super) fn use_modal() -> NodeRef {
    let dialog = use_node_ref();
    use_way_back();
    {
        let dialog = dialog.clone();
        use_effect_with((), move |()| {
            if let Some(element) = dialog.get() {
                show_modal(&element);
            }
        });
    }
    dialog
}

/// Once the component is gone, puts the keyboard back where it was before, unless something else has taken it by then. A
/// dialog that leaves the page while it is open gives nothing back by itself.
#[hook]
pub(super) fn use_way_back() {
    let before = use_state(|| focused(&gloo::utils::document()));
    use_effect_with((), move |()| {
        move || {
            let Some(before) = (*before).clone() else {
                return;
            };
            Timeout::new(0, move || {
                if focused(&gloo::utils::document()).is_some() {
                    return;
                }
                // What takes no focus any more leaves it where it is.
                let _ = before.focus();
                if focused(&gloo::utils::document()).is_none() {
                    dom::focus("screen-heading");
                }
            })
            .forget();
        }
    });
}

/// What has the keyboard, also within a frame of ours; `None`: nothing but the page.
fn focused(document: &Document) -> Option<HtmlElement> {
    let active = document.active_element()?;
    if active.tag_name() == "BODY" {
        return None;
    }
    let inside = active
        .dyn_ref::<HtmlIFrameElement>()
        .and_then(HtmlIFrameElement::content_document)
        .and_then(|inside| focused(&inside));
    // A frame's elements are of the frame's own classes.
    Some(inside.unwrap_or_else(|| active.unchecked_into()))
}

/// Opens a `<dialog>` above everything else.
pub(super) fn show_modal(element: &web_sys::Node) {
    call(element, "showModal");
}

/// Closes a `<dialog>`, so that the rest of the page can have the keyboard.
pub(super) fn close_modal(element: &web_sys::Node) {
    call(element, "close");
}

fn call(element: &web_sys::Node, method: &str) {
    let method = js_sys::Reflect::get(element, &method.into())
        .ok()
        .and_then(|method| method.dyn_into::<js_sys::Function>().ok());
    if let Some(method) = method {
        // Fails only where it is open already.
        let _ = method.call0(element);
    }
}
