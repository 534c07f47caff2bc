//! What formatting would change, before it is taken.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::shell::clock;
use crate::writing::format::{Formatting, Line};

use super::sheet::Sheet;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(crate) struct FormatProps {
    pub(crate) formatting: Rc<Formatting>,
    pub(crate) send: Callback<Msg>,
}

/// The dialog.
#[function_component(FormatChanges)]
pub(crate) fn format_changes(props: &FormatProps) -> Html {
    let Formatting { lines, blocks, .. } = &*props.formatting;
    let page = match blocks {
        0 => "The page itself stays the same.".to_owned(),
        1 => "One part of the page changes too: look at the preview afterwards.".to_owned(),
        count => format!("{count} parts of the page change too: look at the preview afterwards."),
    };
    let send = &props.send;
    html! {
        <Sheet class="format" heading="Changes by formatting" on_close={send.reform(|()| Msg::FormatDismissed)}>
            <p>{ "Prettier, the formatter the blog’s repository uses, would write the text like this. " }{ page }</p>
            // It scrolls: the keyboard has to get there.
            <div class="difference" role="group" aria-label="Lines that change" tabindex="0">
                { for lines.iter().map(line) }
            </div>
            <div class="answers">
                <button
                    type="button" class="primary" onclick={send.reform(|_: MouseEvent| Msg::FormatTaken { at: clock::now() })}
                >{ "Format the text" }</button>
            </div>
        </Sheet>
    }
}

fn line(line: &Line) -> Html {
    match line {
        Line::Same(text) => html! { <p>{ text }</p> },
        Line::Gone(text) => {
            html! { <p class="gone"><span class="where">{ "Goes: " }</span>{ text }</p> }
        }
        Line::Come(text) => {
            html! { <p class="come"><span class="where">{ "Comes: " }</span>{ text }</p> }
        }
        Line::Gap(number) => html! { <p class="left">{ format!("Line {number} of the text") }</p> },
    }
}
