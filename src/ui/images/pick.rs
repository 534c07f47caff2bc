//! A button that lets the writer pick picture files.

use web_sys::{File, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::shell::files;

/// What the button needs.
#[derive(Properties, PartialEq)]
pub(super) struct PickProps {
    /// What it says.
    pub(super) name: &'static str,
    /// Its name for those who do not see where it stands.
    #[prop_or_default]
    pub(super) label: Option<String>,
    #[prop_or_default]
    pub(super) class: Classes,
    /// More than one file may be picked.
    pub(super) several: bool,
    pub(super) on_picked: Callback<Vec<File>>,
}

/// The button, with the hidden input the browser wants for it.
#[function_component(PickButton)]
pub(super) fn pick_button(props: &PickProps) -> Html {
    let input = use_node_ref();
    let press = {
        let input = input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                // The same file can be picked again only if the input forgets it.
                input.set_value("");
                HtmlElement::click(&input);
            }
        })
    };
    let picked = {
        let on_picked = props.on_picked.clone();
        Callback::from(move |event: Event| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            let picked = files::list(input.and_then(|input| input.files()));
            if !picked.is_empty() {
                on_picked.emit(picked);
            }
        })
    };
    html! {
        <>
            <button type="button" class={props.class.clone()} aria-label={props.label.clone()} onclick={press}>
                { props.name }
            </button>
            <input
                ref={input} type="file" hidden=true multiple={props.several} accept="image/*" onchange={picked}
                data-testid={props.label.clone().unwrap_or_else(|| props.name.to_owned())}
            />
        </>
    }
}
