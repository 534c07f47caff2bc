//! Which of several posts is to be opened.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::ChoosingView;

use super::super::dialog::use_modal;
use super::super::dom;

/// From so many posts on there is a box to look for one.
const MANY: usize = 8;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(in crate::ui) struct ChoosePostProps {
    pub(in crate::ui) choosing: Rc<ChoosingView>,
    pub(in crate::ui) send: Callback<Msg>,
}

/// The dialog.
#[function_component(ChoosePost)]
pub(in crate::ui) fn choose_post(props: &ChoosePostProps) -> Html {
    let dialog = use_modal();
    let wanted = use_state_eq(String::new);
    let away = props.send.reform(|()| Msg::PostChoiceDismissed);
    let cancelled = {
        let away = away.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            away.emit(());
        })
    };
    let look = {
        let wanted = wanted.clone();
        Callback::from(move |event: InputEvent| wanted.set(dom::typed(&event).to_lowercase()))
    };
    // The newest first: their folders begin with the date.
    let found: Vec<&String> = props
        .choosing
        .posts
        .iter()
        .rev()
        .filter(|post| post.to_lowercase().contains(wanted.trim()))
        .collect();
    html! {
        <dialog ref={dialog} class="choose-post" aria-labelledby="choose-post-heading" oncancel={cancelled}>
            <h2 id="choose-post-heading">{ "Which post?" }</h2>
            <p>{ format!("There are {} posts in “{}”.", props.choosing.posts.len(), props.choosing.name) }</p>
            if props.choosing.posts.len() > MANY {
                <label for="choose-post-filter">{ "Part of its name or date" }</label>
                <input id="choose-post-filter" type="search" autocomplete="off" data-own-undo="true" oninput={look} />
            }
            // It scrolls where it is long: the keyboard has to get there.
            <ul aria-label="Posts" tabindex="0">
                { for found.iter().map(|post| {
                    let chosen = (*post).clone();
                    let name = if post.is_empty() { "The folder itself".to_owned() } else { (*post).clone() };
                    html! {
                        <li key={chosen.clone()}>
                            <button
                                type="button" class="quiet"
                                onclick={props.send.reform(move |_: MouseEvent| Msg::PostChosen(chosen.clone()))}
                            >{ name }</button>
                        </li>
                    }
                }) }
            </ul>
            if found.is_empty() {
                <p role="status">{ "None of them has that in its name." }</p>
            }
            <div class="answers">
                <button type="button" onclick={away.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
            </div>
        </dialog>
    }
}
