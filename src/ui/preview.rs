//! The preview: how the post will look. The shell fills the frame; the screen only puts it in place.

use yew::prelude::*;

use crate::session::Msg;

use super::PaneEvent;
use super::scroll_switch::ScrollSwitch;
use super::tabs::{Tab, Tabs};

const SURFACES: [Tab; 1] = [Tab {
    id: "article",
    name: "Article",
}];

/// What the preview needs. Nothing of it that the frame needs changes while a post is open: Yew never touches it again.
#[derive(Properties, PartialEq)]
pub(super) struct PreviewProps {
    pub(super) panes: Callback<PaneEvent>,
    pub(super) frame: NodeRef,
    pub(super) scroll_together: bool,
    pub(super) send: Callback<Msg>,
}

/// The preview with its tabs.
#[function_component(Preview)]
pub(super) fn preview(props: &PreviewProps) -> Html {
    html! {
        <>
            <div class="pane-head">
                <Tabs
                    label="Preview" prefix="surface-tab" panels="surface" tabs={SURFACES.as_slice()} chosen=0
                    on_choose={Callback::noop()}
                />
                <ScrollSwitch on={props.scroll_together} send={props.send.clone()} />
            </div>
            <div class="surface" role="tabpanel" id="surface-article" aria-labelledby="surface-tab-article">
                <iframe
                    ref={props.frame.clone()} title="Article preview" class="article-preview" sandbox="allow-same-origin"
                    src="./preview.html" onload={props.panes.reform(|_: Event| PaneEvent::PreviewLoaded)}
                />
            </div>
        </>
    }
}
