//! The editor's screen: top bar, form, Markdown, preview. Columns where there is room, tabs where there is not.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::view::{EditorView, Status};
use crate::session::{Msg, PaneId};
use crate::shell::Handles;
use crate::site::Profile;

use super::PaneEvent;
use super::dialog::Question;
use super::form::Form;

/// What the editor's screen needs.
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) view: Rc<EditorView>,
    pub(super) profile: Rc<Profile>,
    pub(super) send: Callback<Msg>,
    pub(super) panes: Callback<PaneEvent>,
    pub(super) handles: Handles,
}

/// The parts a narrow screen shows one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Form,
    Text,
    Preview,
}

const PARTS: [(Part, &str, &str); 3] = [
    (Part::Form, "form", "Front matter"),
    (Part::Text, "text", "Text"),
    (Part::Preview, "preview", "Preview"),
];

/// The editor's screen.
#[function_component(Editor)]
pub(super) fn editor(props: &EditorProps) -> Html {
    let shown = use_state_eq(|| Part::Text);
    let view = &props.view;
    let send = &props.send;
    let tabs = PARTS.iter().map(|&(part, id, name)| {
        let select = {
            let shown = shown.clone();
            Callback::from(move |_: MouseEvent| shown.set(part))
        };
        let keys = {
            let shown = shown.clone();
            Callback::from(move |event: KeyboardEvent| {
                if let Some(next) = neighbour(part, &event.key()) {
                    event.prevent_default();
                    shown.set(next);
                    focus_tab(next);
                }
            })
        };
        let selected = *shown == part;
        html! {
            <button
                type="button" role="tab" id={format!("tab-{id}")} aria-controls={format!("part-{id}")}
                aria-selected={selected.to_string()} tabindex={if selected { "0" } else { "-1" }}
                onclick={select} onkeydown={keys}
            >{ name }</button>
        }
    });
    let class = |part: Part, name: &'static str| {
        classes!("part", name, (*shown == part).then_some("shown"))
    };
    html! {
        <div class="editor">
            <a class="skip" href="#markdown" onclick={skip_to("markdown")}>{ "Skip to the text" }</a>
            <TopBar view={Rc::clone(view)} send={send.clone()} />
            <main class="work">
            <div class="part-tabs" role="tablist" aria-label="Parts of the post">{ for tabs }</div>
            <div class="parts">
                <section class={class(Part::Form, "form-part")} id="part-form" aria-label="Form">
                    <Form
                        form={Rc::clone(&view.form)}
                        profile={Rc::clone(&props.profile)}
                        raw={view.raw_front_matter}
                        send={send.clone()}
                        panes={props.panes.clone()}
                        pane={props.handles.front_matter.clone()}
                    />
                    <p class="changes">{ &view.changes }</p>
                    if !view.problems.is_empty() {
                        <section class="problems" aria-labelledby="problems-heading">
                            <h2 id="problems-heading">{ "The site cannot be built with this" }</h2>
                            <ul>
                                { for view.problems.iter().map(|problem| html! {
                                    <li>
                                        <span class="place">{ format!("Line {}", problem.at.line) }</span>
                                        { " " }{ &problem.message }
                                    </li>
                                }) }
                            </ul>
                        </section>
                    }
                </section>
                <section class={class(Part::Text, "text-part")} id="part-text" aria-label="Text">
                    <BodyPane panes={props.panes.clone()} pane={props.handles.body.clone()} />
                </section>
                <section class={class(Part::Preview, "preview-part")} id="part-preview" aria-label="Preview">
                    <PreviewPane panes={props.panes.clone()} frame={props.handles.preview.clone()} />
                </section>
            </div>
            </main>
            if view.asks_to_close {
                <Question
                    heading="Leave this post?"
                    yes="Leave without downloading"
                    no="Stay here"
                    on_yes={send.reform(|()| Msg::CloseConfirmed)}
                    on_no={send.reform(|()| Msg::CloseCancelled)}
                >
                    <p>{ "Your changes are only in this tab. Leave, and they are gone; download the file first to keep them." }</p>
                </Question>
            }
        </div>
    }
}

fn neighbour(part: Part, key: &str) -> Option<Part> {
    let at = PARTS.iter().position(|&(other, ..)| other == part)?;
    let next = match key {
        "ArrowRight" => (at + 1) % PARTS.len(),
        "ArrowLeft" => (at + PARTS.len() - 1) % PARTS.len(),
        "Home" => 0,
        "End" => PARTS.len() - 1,
        _ => return None,
    };
    PARTS.get(next).map(|&(part, ..)| part)
}

fn focus_tab(part: Part) {
    let id = PARTS
        .iter()
        .find(|&&(other, ..)| other == part)
        .map(|&(_, id, _)| id);
    if let Some(id) = id {
        focus(&format!("tab-{id}"));
    }
}

fn focus(id: &str) {
    use wasm_bindgen::JsCast as _;
    let element = gloo::utils::document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // An element that cannot take the focus leaves it where it is.
        let _ = element.focus();
    }
}

fn skip_to(id: &'static str) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        event.prevent_default();
        focus(id);
    })
}

/// What the top bar needs.
#[derive(Properties, PartialEq)]
struct TopBarProps {
    view: Rc<EditorView>,
    send: Callback<Msg>,
}

#[function_component(TopBar)]
fn top_bar(props: &TopBarProps) -> Html {
    let view = &props.view;
    let send = |msg: Msg| props.send.reform(move |_: MouseEvent| msg.clone());
    html! {
        <header class="top-bar">
            <button type="button" class="quiet" onclick={send(Msg::CloseAsked)}>{ "Close" }</button>
            <div class="what">
                <h1 id="screen-heading" tabindex="-1">{ &view.heading }</h1>
                <p class={classes!("status", (view.status == Status::OnlyInThisTab).then_some("unsaved"))}>
                    <span class="file">{ &view.file_name }</span>
                    <span role="status">{ view.status.sentence() }</span>
                </p>
            </div>
            <div class="actions">
                <button type="button" disabled={!view.can_undo} onclick={send(Msg::UndoAsked)} title="Ctrl+Z">{ "Undo" }</button>
                <button type="button" disabled={!view.can_redo} onclick={send(Msg::RedoAsked)} title="Ctrl+Shift+Z">{ "Redo" }</button>
                <button type="button" class="primary" onclick={send(Msg::DownloadAsked)} title="Ctrl+S">{ "Download" }</button>
            </div>
        </header>
    }
}

/// What a pane's component needs: it never changes, so Yew never touches the element again.
#[derive(Properties, PartialEq)]
struct BodyPaneProps {
    panes: Callback<PaneEvent>,
    pane: NodeRef,
}

#[function_component(BodyPane)]
fn body_pane(props: &BodyPaneProps) -> Html {
    use_placed(&props.panes);
    html! {
        <>
            <label class="pane-label" for="markdown">{ "Markdown" }</label>
            <textarea
                ref={props.pane.clone()} id="markdown" class="pane" spellcheck="true" lang="en" autocapitalize="sentences"
                oninput={props.panes.reform(|_: InputEvent| PaneEvent::Input(PaneId::Body))}
             />
        </>
    }
}

/// Tells the app once that an element it works on is on the screen.
#[hook]
pub(super) fn use_placed(panes: &Callback<PaneEvent>) {
    let panes = panes.clone();
    use_effect_with((), move |()| panes.emit(PaneEvent::Placed));
}

/// What the preview's component needs.
#[derive(Properties, PartialEq)]
struct PreviewPaneProps {
    panes: Callback<PaneEvent>,
    frame: NodeRef,
}

#[function_component(PreviewPane)]
fn preview_pane(props: &PreviewPaneProps) -> Html {
    html! {
        <iframe
            ref={props.frame.clone()} title="Article preview" class="article-preview" sandbox="allow-same-origin"
            src="./preview.html" onload={props.panes.reform(|_: Event| PaneEvent::PreviewLoaded)}
        />
    }
}
