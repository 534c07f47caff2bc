//! The start screen's list of drafts.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::storage::DraftAsked;
use crate::session::view::{DraftView, DraftsView};

/// What the list needs.
#[derive(Properties, PartialEq)]
pub(super) struct DraftsProps {
    pub(super) drafts: Rc<DraftsView>,
    pub(super) send: Callback<Msg>,
}

/// The drafts in this browser, the newest first, and those that were deleted.
#[function_component(Drafts)]
pub(super) fn drafts(props: &DraftsProps) -> Html {
    let DraftsView {
        failure,
        list,
        deleted,
        may_be_cleared,
        ..
    } = &*props.drafts;
    if failure.is_none() && list.is_empty() && deleted.is_empty() {
        return Html::default();
    }
    let ask = |asked: DraftAsked| {
        props
            .send
            .reform(move |_: MouseEvent| Msg::Draft(asked.clone()))
    };
    html! {
        <section class="drafts" aria-labelledby="drafts-heading">
            <div class="drafts-head">
                <h2 id="drafts-heading">{ "Drafts in this browser" }</h2>
                if !list.is_empty() {
                    <button type="button" class="quiet" onclick={ask(DraftAsked::All)}>{ "Download all drafts" }</button>
                }
            </div>
            if let Some(failure) = failure {
                <p class="trouble">{ failure }</p>
                <button type="button" onclick={ask(DraftAsked::Retry)}>{ "Try again" }</button>
            }
            if !list.is_empty() {
                <ul aria-label="Drafts in this browser">
                    { for list.iter().map(|draft| html! {
                        <li key={draft.id.0}>{ row(draft, &ask) }</li>
                    }) }
                </ul>
                <p class="hint">
                    { "A browser is no archive: clearing its data clears these too. Download what you want to keep." }
                    if *may_be_cleared {
                        { " This browser may clear them by itself when it runs short of space." }
                    }
                </p>
            }
            if !deleted.is_empty() {
                <details class="deleted">
                    <summary>{ format!("Deleted drafts ({})", deleted.len()) }</summary>
                    <p class="hint">{ "They can be had back for seven days." }</p>
                    <ul aria-label="Deleted drafts">
                        { for deleted.iter().map(|draft| html! {
                            <li key={draft.id.0}>
                                <span class="what"><b>{ &draft.title }</b><span>{ &draft.facts }</span></span>
                                <button
                                    type="button" aria-label={format!("Restore “{}”", draft.title)}
                                    onclick={ask(DraftAsked::Undelete(draft.id))}
                                >{ "Restore" }</button>
                            </li>
                        }) }
                    </ul>
                </details>
            }
        </section>
    }
}

/// One draft: opened by its title, or told what is wrong with it.
fn row(draft: &DraftView, ask: &impl Fn(DraftAsked) -> Callback<MouseEvent>) -> Html {
    let raw = html! {
        if draft.raw {
            <button
                type="button" aria-label={format!("Download the raw bytes of “{}”", draft.title)}
                onclick={ask(DraftAsked::Raw(draft.id))}
            >{ "Raw bytes" }</button>
        }
    };
    match &draft.trouble {
        None => html! {
            <>
                <button type="button" class="open" onclick={ask(DraftAsked::Open(draft.id))}>
                    <b>{ &draft.title }</b><span>{ &draft.facts }</span>
                    if !draft.begins.is_empty() {
                        <span class="begins">{ &draft.begins }</span>
                    }
                </button>
                { raw }
                <button
                    type="button" class="quiet" aria-label={format!("Delete “{}”", draft.title)}
                    onclick={ask(DraftAsked::Delete(draft.id))}
                >{ "Delete" }</button>
            </>
        },
        Some(trouble) => html! {
            <>
                <span class="what"><b>{ &draft.title }</b><span class="trouble">{ trouble }</span></span>
                { raw }
            </>
        },
    }
}
