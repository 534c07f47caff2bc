//! What is offered for an address that was pasted on an empty line. The keyboard stays in the text.

use yew::prelude::*;

use crate::writing::Command;

use super::ToolsTold;

/// What the offer needs.
#[derive(Properties, PartialEq)]
pub(crate) struct OfferProps {
    /// It is open.
    pub(crate) open: bool,
    pub(crate) on: Callback<ToolsTold>,
}

/// A line above the text, read out when it comes.
#[function_component(Offer)]
pub(crate) fn offer(props: &OfferProps) -> Html {
    let take = props
        .on
        .reform(|_: MouseEvent| ToolsTold::Made(Command::Embed));
    let leave = props.on.reform(|_: MouseEvent| ToolsTold::Closed);
    html! {
        <div class="offer" role="status">
            if props.open {
                <span>{ "The page can show what this address leads to." }</span>
                <button type="button" onclick={take}>{ "Embed it" }</button>
                <button type="button" class="quiet" onclick={leave}>{ "Keep the address" }</button>
            }
        </div>
    }
}
