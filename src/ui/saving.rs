//! The one place that says whether the text is safe.

use yew::prelude::*;

use crate::session::Msg;
use crate::session::storage::DraftAsked;
use crate::session::view::{EditorView, Status};

/// What is true about the file, and about its draft in the browser.
pub(super) fn state(view: &EditorView, send: &Callback<Msg>) -> Html {
    let Some(saving) = &view.saving else {
        let unsaved = (view.status == Status::OnlyInThisTab).then_some("unsaved");
        return html! { <span role="status" class={classes!(unsaved)}>{ view.status.sentence() }</span> };
    };
    // Read out at each pause in typing it would be noise; trouble is read out.
    let live = if saving.trouble { "polite" } else { "off" };
    html! {
        <>
            <span role="status" aria-live={live} class={classes!(saving.trouble.then_some("unsaved"))}>
                <span>{ &saving.sentence }</span>
                if let Some(reminder) = &saving.reminder {
                    <span class="reminder">{ format!(" · {reminder}") }</span>
                }
            </span>
            if saving.trouble {
                <button
                    type="button" class="quiet" onclick={send.reform(|_: MouseEvent| Msg::Draft(DraftAsked::Retry))}
                >{ "Try again" }</button>
            }
        </>
    }
}
