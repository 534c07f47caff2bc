//! The one place that loads something from elsewhere, and only after it was agreed to: a recording, in a frame of its own.

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::VideoView;

use super::dialog::use_modal;

/// What the player needs.
#[derive(Properties, PartialEq)]
pub(super) struct PlayerProps {
    pub(super) video: VideoView,
    pub(super) send: Callback<Msg>,
}

/// Asks, then plays.
#[function_component(Player)]
pub(super) fn player(props: &PlayerProps) -> Html {
    let dialog = use_modal();
    let close = use_node_ref();
    let plays = props.video.plays;
    {
        // The button that was pressed is gone.
        let close = close.clone();
        use_effect_with(plays, move |&plays| {
            if plays && let Some(button) = close.cast::<web_sys::HtmlElement>() {
                // A button that takes no focus leaves it with the dialog.
                let _ = button.focus();
            }
        });
    }
    let cancelled = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            send.emit(Msg::VideoClosed);
        })
    };
    let id = &props.video.id;
    let (heading, close_name) = if plays {
        ("YouTube video", "Close the video")
    } else {
        ("Play the video here?", "Do not load it")
    };
    html! {
        <dialog ref={dialog} class={classes!("player", plays.then_some("plays"))} aria-labelledby="player-heading" oncancel={cancelled}>
            <h2 id="player-heading">{ heading }</h2>
            if plays {
                // YouTube plays nothing without knowing which site asks.
                <iframe
                    title="YouTube video" src={format!("https://www.youtube-nocookie.com/embed/{id}")}
                    allow="encrypted-media; fullscreen; picture-in-picture" referrerpolicy="strict-origin-when-cross-origin"
                    sandbox="allow-scripts allow-same-origin allow-presentation"
                />
            } else {
                <p>
                    { "This loads the video " }<code>{ id }</code>{ " from youtube-nocookie.com, so YouTube learns that \
                      somebody watches it here. Nothing else of the post is sent." }
                </p>
            }
            <div class="answers">
                <button ref={close} type="button" class="primary" onclick={props.send.reform(|_: MouseEvent| Msg::VideoClosed)}>
                    { close_name }
                </button>
                if !plays {
                    <button type="button" onclick={props.send.reform(|_: MouseEvent| Msg::VideoConfirmed)}>{ "Load and play" }</button>
                }
            </div>
        </dialog>
    }
}
