//! Two texts side by side in words: a file and its draft, a version and the text now; and a draft another tab writes.

use std::rc::Rc;

use yew::prelude::*;

use crate::draft::diff::Line;
use crate::session::Msg;
use crate::session::storage::DraftAsked;
use crate::session::view::{ConflictView, TabView, VersionView};

use super::dialog::use_modal;

/// What the question needs.
#[derive(Properties, PartialEq)]
pub(super) struct ConflictProps {
    pub(super) conflict: Rc<ConflictView>,
    pub(super) send: Callback<Msg>,
}

/// A file that also has a draft.
#[function_component(Conflict)]
pub(super) fn conflict(props: &ConflictProps) -> Html {
    let ConflictView {
        name,
        question,
        lines,
        choices,
    } = &*props.conflict;
    let answer = |choice| {
        props
            .send
            .reform(move |_: MouseEvent| Msg::Draft(DraftAsked::Resolve(choice)))
    };
    let cancelled = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            send.emit(Msg::Draft(DraftAsked::Resolve(None)));
        })
    };
    let dialog = use_modal();
    html! {
        <dialog ref={dialog} class="compare" aria-labelledby="conflict-heading" oncancel={cancelled}>
            <h2 id="conflict-heading">{ format!("“{name}” also has a draft") }</h2>
            <p>{ question }</p>
            { difference(lines, "What differs", "only in the file", "only in the draft") }
            <div class="answers">
                { for choices.iter().enumerate().map(|(at, choice)| html! {
                    <button
                        type="button" class={classes!((at == 0).then_some("primary"))} onclick={answer(Some(*choice))}
                    >{ choice.label() }</button>
                }) }
                <button type="button" class="quiet" onclick={answer(None)}>{ "Cancel" }</button>
            </div>
        </dialog>
    }
}

/// What the list of versions needs.
#[derive(Properties, PartialEq)]
pub(super) struct VersionsProps {
    pub(super) versions: Rc<Vec<VersionView>>,
    pub(super) send: Callback<Msg>,
}

/// The kept versions of the open draft.
#[function_component(Versions)]
pub(super) fn versions(props: &VersionsProps) -> Html {
    let ask = |asked: DraftAsked| {
        props
            .send
            .reform(move |_: MouseEvent| Msg::Draft(asked.clone()))
    };
    let named = |id| {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            if let Some(field) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                let name = field.value();
                send.emit(Msg::Draft(DraftAsked::NameVersion { id, name }));
            }
        })
    };
    let cancelled = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            send.emit(Msg::Draft(DraftAsked::Versions(false)));
        })
    };
    let dialog = use_modal();
    html! {
        <dialog ref={dialog} class="compare" aria-labelledby="versions-heading" oncancel={cancelled}>
            <h2 id="versions-heading">{ "Versions" }</h2>
            if props.versions.is_empty() {
                <p>{ "None yet. One is kept every few minutes of writing, and before much is changed at once." }</p>
            } else {
                <ul aria-label="Versions">
                    { for props.versions.iter().map(|version| html! {
                        <li key={version.id.0}>
                            <div class="what"><b>{ &version.title }</b><span>{ &version.facts }</span></div>
                            <button
                                type="button" aria-label={format!("Restore the version from {}", version.facts)}
                                onclick={ask(DraftAsked::Restore(version.id))}
                            >{ "Restore" }</button>
                            <label class="name">
                                <span>{ "Name" }</span>
                                <input
                                    type="text" maxlength="80" data-own-undo="" value={version.name.clone()}
                                    aria-label={format!("Name of the version from {}", version.facts)}
                                    onchange={named(version.id)}
                                />
                            </label>
                            <details>
                                <summary>{ "What differs from the text now" }</summary>
                                { difference(&version.lines, "What differs", "only in this version", "only in the text now") }
                            </details>
                        </li>
                    }) }
                </ul>
            }
            <p class="hint">{ "Versions stay for seven days at least; those with a name are the last to go." }</p>
            <div class="answers">
                <button type="button" onclick={ask(DraftAsked::KeepVersion)}>{ "Keep the text as it is now" }</button>
                <button type="button" class="primary" onclick={ask(DraftAsked::Versions(false))}>{ "Done" }</button>
            </div>
        </dialog>
    }
}

/// A draft that another tab writes.
pub(super) fn other_tab(tab: &TabView, send: &Callback<Msg>) -> Html {
    html! {
        <section class="other-tab" aria-label="Another tab">
            <p aria-live="polite">{ tab.sentence }</p>
            { for tab.choices.iter().filter(|choice| **choice != crate::draft::tabs::Choice::Read).map(|choice| {
                let choice = *choice;
                html! {
                    <button
                        type="button" onclick={send.reform(move |_: MouseEvent| Msg::Draft(DraftAsked::Tab(choice)))}
                    >{ choice.label() }</button>
                }
            }) }
        </section>
    }
}

/// The lines that differ; who does not see the colours is told where each is.
pub(super) fn difference(
    lines: &[Line],
    name: &'static str,
    gone: &'static str,
    come: &'static str,
) -> Html {
    html! {
        // It scrolls: the keyboard has to get there.
        <div class="difference" role="group" aria-label={name} tabindex="0">
            { for lines.iter().map(|line| match line {
                Line::Same(text) => html! { <p>{ text }</p> },
                Line::Gone(text) => html! { <p class="gone"><span class="where">{ format!("{gone}: ") }</span>{ text }</p> },
                Line::Come(text) => html! { <p class="come"><span class="where">{ format!("{come}: ") }</span>{ text }</p> },
                Line::Left(count) => html! { <p class="left">{ format!("… {count} equal lines …") }</p> },
                Line::More(count) => html! { <p class="left">{ format!("… and {count} lines more") }</p> },
            }) }
        </div>
    }
}
