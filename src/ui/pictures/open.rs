//! The button that opens the dialog, and gets the keyboard back from it.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::super::dom;
use super::Cropper;

/// What the button needs.
#[derive(Properties, PartialEq)]
pub(in super::super) struct CropButtonProps {
    /// The file’s path in the bundle.
    pub(in super::super) file: AttrValue,
}

/// Opens "Crop or shrink" for a file.
#[function_component(CropButton)]
pub(in super::super) fn crop_button(props: &CropButtonProps) -> Html {
    let cropper = use_context::<Cropper>();
    let file = props.file.clone();
    let press = Callback::from(move |_: MouseEvent| {
        if let Some(Cropper(ask)) = &cropper {
            ask.emit(file.to_string());
        }
    });
    html! {
        <button type="button" class="quiet" data-crops={&props.file} onclick={press} aria-label={format!("Crop or shrink {}", props.file)}>
            { "Crop or shrink" }
        </button>
    }
}

/// Puts the keyboard back on the button of a file once the screen has caught up; else where it was, or on the heading.
pub(super) fn give_back_keyboard(file: String, before: Option<HtmlElement>) {
    let give = move || {
        let buttons = gloo::utils::document()
            .query_selector_all("[data-crops]")
            .ok();
        let button = buttons.and_then(|buttons| {
            (0..buttons.length())
                .filter_map(|at| buttons.item(at)?.dyn_into::<HtmlElement>().ok())
                .find(|button| button.get_attribute("data-crops").as_deref() == Some(file.as_str()))
        });
        match button.or(before).filter(|element| element.is_connected()) {
            Some(element) => {
                // One that takes no focus leaves it with the page.
                let _ = element.focus();
            }
            None => dom::focus("screen-heading"),
        }
    };
    Timeout::new(0, give).forget();
}
