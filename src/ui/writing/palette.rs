//! Every command by its name: a box to type in, and what fits.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::View;
use crate::shell::{Setup, clock};
use crate::ui::dom;

use super::ToolsTold;
use super::offers::{Does, entries, fitting};
use super::options::{Step, choose, step, use_shown};
use super::sheet::Sheet;

/// What the palette needs.
#[derive(Properties, PartialEq)]
pub(crate) struct PaletteProps {
    pub(crate) view: View,
    pub(crate) setup: Setup,
    pub(crate) send: Callback<Msg>,
    pub(crate) on: Callback<ToolsTold>,
    /// What opens the browser’s choice of files.
    pub(crate) file_input: NodeRef,
    /// A folder is to be opened.
    pub(crate) on_folder: Callback<()>,
}

/// The dialog named "Command palette".
#[function_component(Palette)]
pub(crate) fn palette(props: &PaletteProps) -> Html {
    let typed = use_state_eq(String::new);
    let at = use_state_eq(|| 0_usize);
    let list = use_shown(*at);
    let found = fitting(entries(&props.view, props.setup), &typed);
    let take = {
        let (send, on) = (props.send.clone(), props.on.clone());
        let (file_input, on_folder) = (props.file_input.clone(), props.on_folder.clone());
        Callback::from(move |does: Option<Does>| match does {
            Some(Does::Tools(told)) => {
                if matches!(told, ToolsTold::SetUp(_)) {
                    on.emit(ToolsTold::Closed);
                }
                on.emit(told);
            }
            Some(Does::Session(msg)) => {
                on.emit(ToolsTold::PaletteLeft);
                send.emit(msg);
            }
            Some(Does::Begin(make)) => {
                on.emit(ToolsTold::PaletteLeft);
                if let Some(day) = clock::today() {
                    send.emit(Msg::Started(make(day)));
                }
            }
            Some(Does::OpenFile) => {
                on.emit(ToolsTold::PaletteLeft);
                if let Some(input) = file_input.cast::<HtmlElement>() {
                    input.click();
                }
            }
            Some(Does::OpenFolder) => {
                on.emit(ToolsTold::PaletteLeft);
                on_folder.emit(());
            }
            None => {}
        })
    };
    let input = {
        let (typed, at) = (typed.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(dom::typed(&event));
            at.set(0);
        })
    };
    let press = {
        let (at, count) = (at.clone(), found.len());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(Step::To(to)) = step(&event, *at, count) {
                event.prevent_default();
                at.set(to);
            }
        })
    };
    let submit = {
        let (take, chosen) = (take.clone(), found.get(*at).map(|entry| entry.does.clone()));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            take.emit(chosen.clone());
        })
    };
    let each = found.iter().enumerate().map(|(index, entry)| {
        let (take, does) = (take.clone(), entry.does.clone());
        let press = Callback::from(move |_: MouseEvent| take.emit(Some(does.clone())));
        let content = html! {
            <>
                <span>{ &entry.label }</span>
                if let Some(key) = &entry.key {
                    <kbd>{ key }</kbd>
                }
            </>
        };
        choose("command", index, index == *at, press, content)
    });
    let active = (!found.is_empty()).then(|| format!("command-{}", *at));
    html! {
        <Sheet heading="Command palette" class="choosing" on_close={props.on.reform(|()| ToolsTold::PaletteLeft)}>
            <form class="ask" novalidate=true onsubmit={submit}>
                <div class="box">
                    <label for="command-typed">{ "What to do" }</label>
                    <input
                        id="command-typed" type="text" role="combobox" autofocus=true autocomplete="off" spellcheck="false"
                        autocapitalize="none" data-own-undo="true" aria-expanded={(!found.is_empty()).to_string()}
                        aria-controls="command-list" aria-autocomplete="list" aria-activedescendant={active}
                        value={(*typed).clone()} oninput={input} onkeydown={press}
                    />
                </div>
                <ul
                    ref={list} id="command-list" class="choices" role="listbox" aria-label="Commands"
                    hidden={found.is_empty()}
                >{ for each }</ul>
                <p class="help" aria-live="polite">{
                    if found.is_empty() { "There is no such command." } else { "" }
                }</p>
            </form>
        </Sheet>
    }
}
