//! The preview: how the post will look. The shell fills the frame; the screen only puts it in place.

use yew::prelude::*;

use super::PaneEvent;
use super::tabs::{Tab, Tabs};

const SURFACES: [Tab; 1] = [Tab {
    id: "article",
    name: "Article",
}];

/// What the preview needs. None of it changes while a post is open, so Yew never touches the frame again.
#[derive(Properties, PartialEq)]
pub(super) struct PreviewProps {
    pub(super) panes: Callback<PaneEvent>,
    pub(super) frame: NodeRef,
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
