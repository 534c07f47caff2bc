//! The name of the post's folder in the repository: the rule, and what the writer makes of it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::{HomeView, folder_refusal};

use super::super::dialog::use_modal;
use super::super::dom;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(super) struct FolderNameProps {
    pub(super) home: HomeView,
    pub(super) send: Callback<Msg>,
    pub(super) on_close: Callback<()>,
}

/// The dialog.
#[function_component(FolderName)]
pub(super) fn folder_name(props: &FolderNameProps) -> Html {
    let dialog = use_modal();
    let input = use_node_ref();
    let refusal = use_state_eq(|| None::<String>);
    let now = props.home.folder.clone().unwrap_or_default();
    {
        let input = input.clone();
        use_effect_with(now, move |now| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.set_value(now);
            }
        });
    }
    let away = props.on_close.reform(|_: MouseEvent| ());
    let cancelled = {
        let on_close = props.on_close.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            on_close.emit(());
        })
    };
    let typed = {
        let refusal = refusal.clone();
        Callback::from(move |event: InputEvent| {
            // While it is typed, only what was wrong and is right now is said.
            if refusal.is_some() {
                refusal.set(folder_refusal(dom::typed(&event).trim()));
            }
        })
    };
    let submit = {
        let (input, refusal) = (input.clone(), refusal.clone());
        let (send, on_close) = (props.send.clone(), props.on_close.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(input) = input.cast::<HtmlInputElement>() else {
                return;
            };
            let typed = input.value().trim().to_owned();
            let wrong = folder_refusal(&typed);
            refusal.set(wrong.clone());
            if wrong.is_none() {
                send.emit(Msg::FolderNamed(Some(typed)));
                on_close.emit(());
            }
        })
    };
    let by_rule = {
        let (send, on_close) = (props.send.clone(), props.on_close.clone());
        Callback::from(move |_: MouseEvent| {
            send.emit(Msg::FolderNamed(None));
            on_close.emit(());
        })
    };
    html! {
        <dialog ref={dialog} class="question" aria-labelledby="folder-name-heading" oncancel={cancelled}>
            <h2 id="folder-name-heading">{ "Folder name" }</h2>
            <p>{ "The rule: the year, then month and day, then the slug (or the title where there is none)." }</p>
            <p>
                { match &props.home.rule {
                    Some(rule) => format!("For this post that is {rule}."),
                    None => "This post has no date and title yet, so the rule cannot say one.".to_owned(),
                } }
            </p>
            <form onsubmit={submit}>
                <label for="folder-name">{ "Folder below linkerd.io/content/blog" }</label>
                <input
                    ref={input} id="folder-name" type="text" autocomplete="off" spellcheck="false" data-own-undo="true"
                    placeholder="2021/1110-my-post" oninput={typed} aria-invalid={refusal.is_some().then_some("true")}
                    aria-describedby="folder-name-refusal"
                />
                <p id="folder-name-refusal" class="refusal" role="alert">{ refusal.as_deref().unwrap_or_default() }</p>
                <div class="answers">
                    <button type="submit" class="primary">{ "Use this name" }</button>
                    if props.home.rule.is_some() && !props.home.follows_rule {
                        <button type="button" onclick={by_rule}>{ "Follow the rule" }</button>
                    }
                    <button type="button" class="quiet" onclick={away}>{ "Cancel" }</button>
                </div>
            </form>
        </dialog>
    }
}
