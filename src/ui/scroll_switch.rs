//! The switch that lets text and article scroll each by itself.

use yew::prelude::*;

use crate::session::Msg;

/// What the switch needs.
#[derive(Properties, PartialEq)]
pub(super) struct ScrollSwitchProps {
    pub(super) on: bool,
    pub(super) send: Callback<Msg>,
}

/// A box with a tick.
#[function_component(ScrollSwitch)]
pub(super) fn scroll_switch(props: &ScrollSwitchProps) -> Html {
    let on = props.on;
    html! {
        <label class="scroll-switch">
            <input
                type="checkbox" checked={on}
                onchange={props.send.reform(move |_: Event| Msg::ScrollTogetherChosen(!on))}
            />
            { "Scroll together" }
        </label>
    }
}
