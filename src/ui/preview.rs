//! The preview: how the post will look. The shell fills the article's frame, the screen only puts it in place; the other
//! surfaces are drawn here, the chosen one alone.

use yew::prelude::*;

use crate::session::surface::SurfaceView;
use crate::session::{Msg, Surface};
use crate::shell::Addresses;

use super::PaneEvent;
use super::cards;
use super::frame_width::{FrameWidth, WidthSwitch, use_scale};
use super::scroll_switch::ScrollSwitch;
use super::tabs::{Tab, Tabs};

const SURFACES: [Surface; 4] = [
    Surface::Article,
    Surface::ListCard,
    Surface::SocialCard,
    Surface::SearchResult,
];

const TABS: [Tab; 4] = [
    Tab {
        id: "article",
        name: "Article",
    },
    Tab {
        id: "list",
        name: "List card",
    },
    Tab {
        id: "social",
        name: "Social card",
    },
    Tab {
        id: "search",
        name: "Search result",
    },
];

/// What the preview needs.
#[derive(Properties, PartialEq)]
pub(super) struct PreviewProps {
    pub(super) panes: Callback<PaneEvent>,
    pub(super) frame: NodeRef,
    pub(super) surface: SurfaceView,
    pub(super) addresses: Addresses,
    pub(super) scroll_together: bool,
    pub(super) send: Callback<Msg>,
}

/// The preview with its tabs. The frame stays where it is and is never touched again, whichever surface is in front: to
/// take it away would load it anew.
#[function_component(Preview)]
pub(super) fn preview(props: &PreviewProps) -> Html {
    let width = use_state_eq(FrameWidth::default);
    let room = use_node_ref();
    use_scale(&room, *width);
    let surface = props.surface.surface();
    let chosen = SURFACES.iter().position(|known| *known == surface);
    let choose_surface = {
        let send = props.send.clone();
        Callback::from(move |at: usize| {
            if let Some(surface) = SURFACES.get(at) {
                send.emit(Msg::SurfaceChosen(*surface));
            }
        })
    };
    let choose_width = {
        let width = width.clone();
        Callback::from(move |chosen| width.set(chosen))
    };
    let article = surface == Surface::Article;
    html! {
        <>
            <div class="pane-head preview-head">
                <Tabs
                    label="Preview" prefix="surface-tab" panels="surface" tabs={TABS.as_slice()}
                    chosen={chosen.unwrap_or_default()} on_choose={choose_surface}
                />
                if article {
                    <div class="article-tools">
                        <WidthSwitch width={*width} on_choose={choose_width} />
                        <ScrollSwitch on={props.scroll_together} send={props.send.clone()} />
                    </div>
                }
            </div>
            <div class="surfaces">
                <div
                    class={classes!("surface", article.then_some("shown"))} role="tabpanel" id="surface-article"
                    aria-labelledby="surface-tab-article"
                >
                    <div ref={room} class="frame-room" data-width={width.id()}>
                        <iframe
                            ref={props.frame.clone()} title="Article preview" class="article-preview" sandbox="allow-same-origin"
                            src="./preview.html" onload={props.panes.reform(|_: Event| PaneEvent::PreviewLoaded)}
                        />
                    </div>
                </div>
                { cards::panel(&props.surface, &props.addresses) }
            </div>
        </>
    }
}
