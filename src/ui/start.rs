//! The start screen.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::view::DraftsView;
use crate::session::{Msg, Start as Beginning};
use crate::shell::clock;

use super::drafts::Drafts;

/// What the start screen needs.
#[derive(Properties, PartialEq)]
pub(super) struct StartProps {
    pub(super) drafts: Rc<DraftsView>,
    pub(super) send: Callback<Msg>,
    pub(super) file_input: NodeRef,
    /// A folder is to be opened.
    pub(super) on_folder: Callback<()>,
}

/// The start screen: every way to begin.
#[function_component(Start)]
pub(super) fn start(props: &StartProps) -> Html {
    let pasted = use_node_ref();
    let open = {
        let input = props.file_input.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(input) = input.cast::<web_sys::HtmlElement>() {
                input.click();
            }
        })
    };
    let begin = |make: fn(crate::day::Day) -> Beginning| {
        let send = props.send.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(day) = clock::today() {
                send.emit(Msg::Started(make(day)));
            }
        })
    };
    let sample = props
        .send
        .reform(|_: MouseEvent| Msg::Started(Beginning::Sample));
    let take_pasted = {
        let send = props.send.clone();
        let pasted = pasted.clone();
        Callback::from(move |_: MouseEvent| {
            let text = pasted
                .cast::<web_sys::HtmlTextAreaElement>()
                .map(|area| area.value());
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                send.emit(Msg::TextPasted(text));
            }
        })
    };
    html! {
        <main class="start">
            <h1 id="screen-heading" tabindex="-1">{ "Recap Editor" }</h1>
            <p class="lead">
                { "Write a post for the Linkerd blog, or mend one. You see it as the site will show it, and take home a file \
                   in which only your changes differ." }
            </p>
            <section class="ways" aria-label="Start">
                <button type="button" class="primary" onclick={begin(Beginning::Recap)}>
                    <b>{ "New recap" }</b><span aria-hidden="true">{ "of a community meeting" }</span>
                </button>
                <button type="button" onclick={begin(Beginning::Post)}>
                    <b>{ "New post" }</b><span aria-hidden="true">{ "from an empty page" }</span>
                </button>
                <button type="button" onclick={open}>
                    <b>{ "Open file" }</b><span aria-hidden="true">{ "index.md, with its images" }</span>
                </button>
                <button type="button" onclick={props.on_folder.reform(|_: MouseEvent| ())}>
                    <b>{ "Open folder" }</b><span aria-hidden="true">{ "of a post, or a clone of the site" }</span>
                </button>
                <button type="button" onclick={sample}>
                    <b>{ "Try the sample" }</b><span aria-hidden="true">{ "nothing can go wrong" }</span>
                </button>
            </section>
            <Drafts drafts={Rc::clone(&props.drafts)} send={props.send.clone()} />
            <p class="hint">{ "You can also drop files or a folder anywhere on this page." }</p>
            <details class="paste">
                <summary>{ "Paste a post’s text" }</summary>
                <label for="paste-box">{ "The whole text, front matter included" }</label>
                <textarea id="paste-box" ref={pasted} rows="8" spellcheck="false" data-own-undo="true" />
                <button type="button" onclick={take_pasted}>{ "Open the text" }</button>
            </details>
            <p class="privacy">{ "Everything stays in this browser: there is no server, no account, and nothing is sent anywhere." }</p>
        </main>
    }
}
