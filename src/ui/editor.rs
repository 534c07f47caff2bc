//! The editor's screen: top bar, form, Markdown, preview. Columns where there is room, tabs where there is not.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::storage::DraftAsked;
use crate::session::view::{EditorView, HeadingView, HomeView, Images as Pictures, PagesView};
use crate::shell::{Addresses, Handles};
use crate::site::Profile;

use super::PaneEvent;
use super::dialog::Question;
use super::dom::{self, NARROW, use_media};
use super::form::{Form, FormHead};
use super::images::{GalleryTold, Images};
use super::preview::Preview;
use super::saving::{Saving, SavingLine};
use super::tabs::{Tab, Tabs};
use super::versions::other_tab;
use super::writing::{
    CallForm, FormatChanges, Formatting, Offer, Panel, Panels, StatusLine, Tools, ToolsTold,
};

/// What the editor's screen needs.
#[derive(Properties, PartialEq)]
pub(super) struct EditorProps {
    pub(super) view: Rc<EditorView>,
    pub(super) home: HomeView,
    pub(super) scroll_together: bool,
    pub(super) addresses: Addresses,
    pub(super) profile: Rc<Profile>,
    pub(super) send: Callback<Msg>,
    pub(super) panes: Callback<PaneEvent>,
    pub(super) handles: Handles,
    pub(super) tools: Tools,
    pub(super) saving: Saving,
    /// The headings, while somebody chooses among them.
    pub(super) headings: Rc<Vec<HeadingView>>,
    pub(super) pages: PagesView,
    pub(super) on_tools: Callback<ToolsTold>,
    pub(super) images: Rc<Pictures>,
    pub(super) images_open: bool,
    pub(super) on_images: Callback<GalleryTold>,
}

/// The parts a narrow screen shows one at a time.
const PARTS: [Tab; 4] = [
    Tab {
        id: "form",
        name: "Front matter",
    },
    Tab {
        id: "text",
        name: "Text",
    },
    Tab {
        id: "preview",
        name: "Preview",
    },
    Tab {
        id: "images",
        name: "Images",
    },
];

/// The editor's screen.
#[function_component(Editor)]
pub(super) fn editor(props: &EditorProps) -> Html {
    let shown = use_state_eq(|| 1);
    let narrow = use_media(NARROW);
    let view = &props.view;
    let send = &props.send;
    let choose = {
        let shown = shown.clone();
        Callback::from(move |part| shown.set(part))
    };
    // A link that skips to a part shows it first.
    let skip_to_text = {
        let shown = shown.clone();
        Callback::from(move |event: MouseEvent| {
            event.prevent_default();
            shown.set(1);
            dom::focus("markdown");
        })
    };
    let part = |at: usize, content: Html| {
        let Some(tab) = PARTS.get(at) else {
            return Html::default();
        };
        let class = classes!(
            "part",
            format!("{}-part", tab.id),
            (*shown == at).then_some("shown")
        );
        let id = format!("part-{}", tab.id);
        if narrow {
            html! {
                <section {class} {id} role="tabpanel" aria-labelledby={format!("tab-{}", tab.id)}>{ content }</section>
            }
        } else {
            html! { <section {class} {id} aria-label={tab.name}>{ content }</section> }
        }
    };
    html! {
        <div class="editor">
            <a class="skip" href="#markdown" onclick={skip_to_text}>{ "Skip to the text" }</a>
            <TopBar
                view={Rc::clone(view)} home={props.home.clone()} saving={props.saving.clone()} send={send.clone()}
            />
            <main class="work">
            if let Some(tab) = &view.tab {
                { other_tab(tab, send) }
            }
            if narrow {
                <Tabs
                    label="Parts of the post" prefix="tab" panels="part" tabs={PARTS.as_slice()} chosen={*shown}
                    on_choose={choose}
                />
            }
            <div class="parts">
                <div class="side">
                { part(0, html! {
                    <>
                        <FormHead raw={view.raw_front_matter} send={send.clone()} />
                        <Form
                            form={Rc::clone(&view.form)}
                            profile={Rc::clone(&props.profile)}
                            raw={view.raw_front_matter}
                            send={send.clone()}
                            panes={props.panes.clone()}
                            pane={props.handles.front_matter.clone()}
                        />
                        <div class="form-foot">
                            { problems(view) }
                            <p class="changes">{ &view.changes }</p>
                        </div>
                    </>
                }) }
                { part(3, html! {
                    <Images
                        images={Rc::clone(&props.images)} addresses={props.addresses.clone()} open={props.images_open}
                        on_screen={!narrow || *shown == 3} folds={!narrow} locked={view.only_reads}
                        on={props.on_images.clone()} send={send.clone()}
                    />
                }) }
                </div>
                { part(1, html! {
                    <>
                        <Formatting around={props.tools.around} setup={props.tools.setup} on={props.on_tools.clone()} />
                        <Offer open={props.tools.panel == Some(Panel::Offer)} on={props.on_tools.clone()} />
                        <BodyPane panes={props.panes.clone()} pane={props.handles.body.clone()} />
                        <StatusLine
                            counts={view.counts} selected={props.tools.selected}
                            goal={usize::try_from(props.tools.setup.goal).unwrap_or_default()}
                        />
                    </>
                }) }
                { part(2, html! {
                    <Preview
                        panes={props.panes.clone()} frame={props.handles.preview.clone()}
                        surface={view.surface.clone()} addresses={props.addresses.clone()}
                        scroll_together={props.scroll_together} send={send.clone()}
                    />
                 }) }
            </div>
            <Panels
                panel={props.tools.panel} first_line={view.counts.first_line} headings={Rc::clone(&props.headings)}
                pages={props.pages.clone()} goal={props.tools.setup.goal} profile={Rc::clone(&props.profile)} send={send.clone()} on={props.on_tools.clone()}
            />
            </main>
            if let Some(call) = &view.call {
                <CallForm
                    call={Rc::clone(call)} send={send.clone()} on_left={props.on_tools.reform(|()| ToolsTold::Closed)}
                />
            }
            if let Some(formatting) = &view.formatting {
                <FormatChanges formatting={Rc::clone(formatting)} send={send.clone()} />
            }
            if view.asks_to_close {
                <Question
                    heading="Leave this post?"
                    yes="Leave without downloading"
                    no="Stay here"
                    on_yes={send.reform(|()| Msg::CloseConfirmed)}
                    on_no={send.reform(|()| Msg::CloseCancelled)}
                >
                    <p>{ "Some of your changes are only in this tab. Leave, and they are gone; download the file first to keep them." }</p>
                </Question>
            }
        </div>
    }
}

/// What stands in the way of a page, where anything does. What the form says itself is not said again.
fn problems(view: &EditorView) -> Html {
    let locked = view.form.locked.as_ref();
    let mut problems = view
        .problems
        .iter()
        .filter(|problem| locked != Some(&problem.message))
        .peekable();
    if problems.peek().is_none() {
        return Html::default();
    }
    html! {
        <section class="problems" aria-labelledby="problems-heading">
            <h2 id="problems-heading">{ "Problems" }</h2>
            <p>{ "The site cannot be built with this, or part of the post would be lost:" }</p>
            // It scrolls where there are many: the keyboard has to get there.
            <ul tabindex="0">
                { for problems.map(|problem| html! {
                    <li>
                        <span class="place">{ format!("Line {}", problem.at.line) }</span>
                        <span>{ &problem.message }</span>
                    </li>
                }) }
            </ul>
        </section>
    }
}

/// What the top bar needs.
#[derive(Properties, PartialEq)]
struct TopBarProps {
    view: Rc<EditorView>,
    saving: Saving,
    home: HomeView,
    send: Callback<Msg>,
}

#[function_component(TopBar)]
fn top_bar(props: &TopBarProps) -> Html {
    let view = &props.view;
    let send = |msg: Msg| props.send.reform(move |_: MouseEvent| msg.clone());
    html! {
        <header class="top-bar">
            <button type="button" class="quiet" onclick={send(Msg::CloseAsked)}>{ "Close" }</button>
            <div class="what">
                <h1 id="screen-heading" tabindex="-1">{ &view.heading }</h1>
                <div class="status">
                    <span class="file">{ &view.file_name }</span>
                    <SavingLine saving={props.saving.clone()} send={props.send.clone()} />
                </div>
            </div>
            <div class="actions">
                if view.has_versions {
                    <button
                        type="button" class="quiet" onclick={send(Msg::Draft(DraftAsked::Versions(true)))}
                    >{ "Versions" }</button>
                }
                <button
                    type="button" disabled={!view.can_undo} onclick={send(Msg::UndoAsked)} title="Ctrl+Z"
                    aria-keyshortcuts="Control+Z Meta+Z"
                >{ "Undo" }</button>
                <button
                    type="button" disabled={!view.can_redo} onclick={send(Msg::RedoAsked)} title="Ctrl+Shift+Z"
                    aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z"
                >{ "Redo" }</button>
                <button
                    type="button" class="primary" onclick={send(Msg::DownloadAsked)} title="Ctrl+S"
                    aria-keyshortcuts="Control+S Meta+S"
                >{ "Download" }</button>
                <super::home::MoreWays home={props.home.clone()} send={props.send.clone()} />
            </div>
        </header>
    }
}

/// What a pane's component needs: it never changes, so Yew never touches the room again, which the shell fills.
#[derive(Properties, PartialEq)]
struct BodyPaneProps {
    panes: Callback<PaneEvent>,
    pane: NodeRef,
}

#[function_component(BodyPane)]
fn body_pane(props: &BodyPaneProps) -> Html {
    use_placed(&props.panes);
    html! {
        <>
            <div class="pane-head">
                // A label is for a box only; CodeMirror is none and is named by it all the same.
                <label id="markdown-label" for="markdown" onclick={|_: MouseEvent| dom::focus("markdown")}>{ "Markdown" }</label>
            </div>
            <div ref={props.pane.clone()} class="pane-room" />
        </>
    }
}

/// Tells the app once that an element it works on is on the screen.
#[hook]
pub(super) fn use_placed(panes: &Callback<PaneEvent>) {
    let panes = panes.clone();
    use_effect_with((), move |()| panes.emit(PaneEvent::Placed));
}
