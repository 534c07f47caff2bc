//! A dialog above everything, with a heading and a way out.

use yew::prelude::*;

use super::super::dialog::use_modal;

/// What a sheet needs.
#[derive(Properties, PartialEq)]
pub(super) struct SheetProps {
    pub(super) heading: AttrValue,
    /// What its way out is called.
    #[prop_or("Cancel")]
    pub(super) away: &'static str,
    #[prop_or_default]
    pub(super) class: Classes,
    pub(super) children: Html,
    pub(super) on_close: Callback<()>,
}

/// A dialog; Escape and its button close it.
#[function_component(Sheet)]
pub(super) fn sheet(props: &SheetProps) -> Html {
    let dialog = use_modal();
    let cancelled = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    html! {
        <dialog ref={dialog} class={classes!("sheet", props.class.clone())} aria-labelledby="sheet-heading" oncancel={cancelled}>
            <div class="sheet-head">
                <h2 id="sheet-heading">{ &props.heading }</h2>
                <button type="button" class="quiet" onclick={props.on_close.reform(|_: MouseEvent| ())}>{ props.away }</button>
            </div>
            { props.children.clone() }
        </dialog>
    }
}
