//! Files of the folder that changed on disk: shown, and never written over without a word.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::MeanwhileView;

use super::super::dialog::use_modal;
use super::super::versions::difference;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(in crate::ui) struct MeanwhileProps {
    pub(in crate::ui) meanwhile: Rc<MeanwhileView>,
    pub(in crate::ui) send: Callback<Msg>,
}

/// The dialog.
#[function_component(Meanwhile)]
pub(in crate::ui) fn meanwhile(props: &MeanwhileProps) -> Html {
    let dialog = use_modal();
    let answer = |write_over: bool| {
        props
            .send
            .reform(move |_: MouseEvent| Msg::MeanwhileAnswered { write_over })
    };
    let cancelled = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            send.emit(Msg::MeanwhileAnswered { write_over: false });
        })
    };
    html! {
        <dialog ref={dialog} class="compare" aria-labelledby="meanwhile-heading" oncancel={cancelled}>
            <h2 id="meanwhile-heading">{ "Changed on disk" }</h2>
            <p>
                { format!(
                    "Nothing was saved yet: files in “{}” are not what they were when this post was opened or saved.",
                    props.meanwhile.folder
                ) }
            </p>
            { for props.meanwhile.files.iter().map(|file| html! {
                <>
                    <h3>{ &file.path }</h3>
                    <p>{ &file.sentence }</p>
                    if !file.lines.is_empty() {
                        { difference(&file.lines, "What differs", "only on disk", "only here") }
                    }
                </>
            }) }
            <div class="answers">
                <button type="button" class="primary" onclick={answer(false)}>{ "Leave the folder as it is" }</button>
                <button type="button" onclick={answer(true)}>{ "Write mine over it" }</button>
            </div>
        </dialog>
    }
}
