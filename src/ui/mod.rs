//! The screen: Yew panels, a view in, messages out. One struct component owns the session and the shell.

mod cards;
mod dialog;
mod dom;
mod drafts;
mod editor;
mod form;
mod frame_width;
mod player;
mod preview;
mod saving;
mod scroll_switch;
mod start;
mod tabs;
mod versions;
mod writing;

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, KeyboardEvent};
use yew::prelude::*;

use crate::session::view::{HeadingView, Screen, Tone, View};
use crate::session::{Msg, PaneId, Session};
use crate::shell::{Handles, Seen, Shell, clock, files, shortcuts};
use crate::site::{Profile, Site};

use writing::ToolsTold;

/// The app: the one place where the session lives.
struct App {
    session: Session,
    shell: Shell,
    handles: Handles,
    profile: Rc<Profile>,
    view: View,
    send: Callback<Msg>,
    panes: Callback<PaneEvent>,
    dragging: bool,
    tools: writing::Tools,
    _listeners: Vec<EventListener>,
}

/// What the app is told.
#[derive(Debug)]
enum Told {
    /// Something happened to the session's concern.
    Session(Msg),
    /// Something happened to a pane's element or the preview's frame.
    Pane(PaneEvent),
    /// Something was scrolled or pressed that only changes what is looked at.
    Seen(Seen),
    /// Something happened to the tools beside the Markdown pane.
    Tools(ToolsTold),
    /// Files hover over the page, or no longer.
    Dragging(bool),
    /// Files were dropped or picked.
    Files(Option<web_sys::FileList>),
}

/// What happens to the elements the shell works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PaneEvent {
    BeforeInput(PaneId),
    Input(PaneId),
    /// An element was put on the screen.
    Placed,
    PreviewLoaded,
}

impl Component for App {
    type Message = Told;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let site = Rc::new(Site::linkerd());
        let profile = Rc::new(site.profile.clone());
        let session = Session::new(site);
        let send = ctx.link().callback(Told::Session);
        let handles = Handles::default();
        Self {
            shell: Shell::new(
                handles.clone(),
                &profile,
                send.clone(),
                ctx.link().callback(Told::Seen),
                ctx.link()
                    .callback(|()| Told::Pane(PaneEvent::Input(PaneId::Body))),
                ctx.link()
                    .callback(|news| Told::Tools(ToolsTold::News(news))),
            ),
            handles,
            profile,
            view: session.view(),
            session,
            send,
            panes: ctx.link().callback(Told::Pane),
            dragging: false,
            tools: writing::Tools::new(),
            _listeners: listen(ctx),
        }
    }

    fn update(&mut self, _: &Context<Self>, told: Told) -> bool {
        let tools = self.tools.clone();
        let msg = match told {
            Told::Session(msg) => msg,
            Told::Seen(seen) => {
                if let Some(look) = self.shell.seen(seen) {
                    let effects = self.session.look(&look);
                    self.shell.order(effects);
                    self.shell.perform();
                }
                return false;
            }
            Told::Tools(told) => {
                let first = self.view.first_line();
                match self.tools.take_in(told, &mut self.shell, first) {
                    Some(msg) => msg,
                    None => return tools != self.tools,
                }
            }
            Told::Dragging(dragging) => {
                let changed = self.dragging != dragging;
                self.dragging = dragging;
                return changed;
            }
            Told::Files(list) => {
                self.dragging = false;
                files::read(list, self.send.clone());
                return true;
            }
            Told::Pane(event) => match event {
                PaneEvent::BeforeInput(pane) => {
                    self.shell.before_input(pane);
                    return false;
                }
                PaneEvent::Placed => {
                    self.shell.refresh_panes();
                    return false;
                }
                PaneEvent::PreviewLoaded => {
                    self.shell.preview_loaded();
                    return false;
                }
                PaneEvent::Input(pane) => match self.shell.input(pane) {
                    Some(msg) => msg,
                    None => return false,
                },
            },
        };
        let effects = self.session.update_at(msg, clock::timestamp());
        self.shell.order(effects);
        let view = self.session.view();
        let changed = view != self.view;
        let stays = matches!(
            (&self.view.screen, &view.screen),
            (Screen::Editor(_), Screen::Editor(_)) | (Screen::Start, Screen::Start)
        );
        self.view = view;
        if let Screen::Editor(editor) = &self.view.screen {
            self.shell.show_header(&editor.article);
            let first = editor.counts.first_line;
            self.tools.apply(&mut self.shell, first);
        }
        // At once, before the next key: a pane that learns its revision late would report that key for an old one. Only
        // where the screen changes do the orders wait until its elements are there.
        if stays {
            self.shell.perform();
        }
        changed || tools != self.tools
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let pick = ctx.link().callback(|event: Event| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            let files = input.as_ref().and_then(web_sys::HtmlInputElement::files);
            Told::Files(files)
        });
        // The same file can be picked again only if the input forgets it.
        let forget = Callback::from(|event: MouseEvent| {
            if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>() {
                input.set_value("");
            }
        });
        let screen = match &self.view.screen {
            Screen::Start => html! {
                <start::Start
                    drafts={Rc::clone(&self.view.drafts)}
                    send={self.send.clone()}
                    file_input={self.handles.file_input.clone()}
                />
            },
            Screen::Editor(view) => html! {
                <editor::Editor
                    view={Rc::clone(view)}
                    scroll_together={self.view.scroll_together}
                    addresses={self.shell.addresses()}
                    profile={Rc::clone(&self.profile)}
                    send={self.send.clone()}
                    panes={self.panes.clone()}
                    handles={self.handles.clone()}
                    tools={self.tools.clone()}
                    headings={self.headings()}
                    pages={self.view.pages.clone()}
                    on_tools={ctx.link().callback(Told::Tools)}
                />
            },
        };
        html! {
            <>
                <input
                    ref={self.handles.file_input.clone()}
                    type="file"
                    data-testid="open-file"
                    hidden=true
                    multiple=true
                    accept=".md,.markdown,.zip,image/*"
                    onclick={forget}
                    onchange={pick}
                />
                { screen }
                if self.tools.panel == Some(writing::Panel::Palette) {
                    <writing::Palette
                        view={self.view.clone()} setup={self.tools.setup} send={self.send.clone()}
                        on={ctx.link().callback(Told::Tools)}
                    />
                }
                if let Some(conflict) = &self.view.conflict {
                    <versions::Conflict conflict={Rc::clone(conflict)} send={self.send.clone()} />
                }
                if let Some(versions) = &self.view.versions {
                    <versions::Versions versions={Rc::clone(versions)} send={self.send.clone()} />
                }
                if let Some(video) = &self.view.video {
                    <player::Player video={video.clone()} send={self.send.clone()} />
                }
                <div aria-live="polite">
                    if let Some(notice) = &self.view.notice {
                        <div class={classes!("notice", matches!(notice.tone, Tone::Problem).then_some("problem"))}>
                            <p>{ &notice.text }</p>
                            <button type="button" onclick={self.send.reform(|_| Msg::NoticeDismissed)}>{ "Got it" }</button>
                        </div>
                    }
                </div>
                if self.dragging {
                    <div class="drop-here" aria-hidden="true"><p>{ "Drop to open" }</p></div>
                }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.shell.perform();
        self.tools.drawn(&self.shell);
    }
}

impl App {
    /// The headings of the post, while somebody chooses among them.
    fn headings(&self) -> Rc<Vec<HeadingView>> {
        let open = self.tools.panel.is_some_and(writing::Panel::shows_headings);
        Rc::new(if open {
            self.session.outline()
        } else {
            Vec::new()
        })
    }
}

/// What is listened for on the whole page: undo and redo wherever the focus is, and files that are dropped anywhere.
fn listen(ctx: &Context<App>) -> Vec<EventListener> {
    let window = gloo::utils::window();
    let prevent = EventListenerOptions::enable_prevent_default();
    let send = ctx.link().callback(Told::Session);
    let commands = ctx.link().callback(Told::Tools);
    let keys = EventListener::new_with_options(&window, "keydown", prevent, move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        // The Markdown pane has its own meaning for some of them, and has taken these already.
        if shortcuts::asks_for_commands(key) && !event.default_prevented() {
            event.prevent_default();
            if !dom::is_asked_something() && dom::has_editor() {
                commands.emit(ToolsTold::PaletteAsked);
            }
            return;
        }
        let Some(msg) = shortcuts::asked_by(key) else {
            return;
        };
        // A box that is not the file's keeps the browser's own undo.
        let own = key
            .target_dyn_into::<web_sys::Element>()
            .is_some_and(|element| element.has_attribute("data-own-undo"));
        if own {
            return;
        }
        event.prevent_default();
        send.emit(msg);
    });
    // The browser's own undo (its menu, a shake of the phone) would undo behind the session's back.
    let tell = ctx.link().callback(|told: Told| told);
    let input = EventListener::new_with_options(&window, "beforeinput", prevent, move |event| {
        let Some(input) = event.dyn_ref::<web_sys::InputEvent>() else {
            return;
        };
        let Some(target) = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        else {
            return;
        };
        let undo = match input.input_type().as_str() {
            "historyUndo" => Some(Msg::UndoAsked),
            "historyRedo" => Some(Msg::RedoAsked),
            _ => None,
        };
        if let Some(msg) = undo {
            if !target.has_attribute("data-own-undo") {
                event.prevent_default();
                tell.emit(Told::Session(msg));
            }
            return;
        }
        match target.id().as_str() {
            "markdown" => tell.emit(Told::Pane(PaneEvent::BeforeInput(PaneId::Body))),
            "front-matter-yaml" => {
                tell.emit(Told::Pane(PaneEvent::BeforeInput(PaneId::FrontMatter)));
            }
            _ => {}
        }
    });
    let over = ctx.link().callback(Told::Dragging);
    let hover = EventListener::new_with_options(&window, "dragover", prevent, move |event| {
        if carries_files(event) {
            event.prevent_default();
            over.emit(true);
        }
    });
    let out = ctx.link().callback(Told::Dragging);
    let leave = EventListener::new(&window, "dragleave", move |event| {
        let outside = event
            .dyn_ref::<DragEvent>()
            .is_some_and(|event| event.related_target().is_none());
        if outside {
            out.emit(false);
        }
    });
    let dropped = ctx.link().callback(Told::Files);
    let drop = EventListener::new_with_options(&window, "drop", prevent, move |event| {
        if carries_files(event) {
            event.prevent_default();
            let transfer = event
                .dyn_ref::<DragEvent>()
                .and_then(DragEvent::data_transfer);
            dropped.emit(transfer.and_then(|transfer| transfer.files()));
        }
    });
    vec![keys, input, hover, leave, drop]
}

fn carries_files(event: &web_sys::Event) -> bool {
    event
        .dyn_ref::<DragEvent>()
        .and_then(DragEvent::data_transfer)
        .is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// Mounts the app in place of the loading text.
pub fn start() {
    let place = gloo::utils::document().get_element_by_id("app");
    match place {
        Some(place) => {
            place.set_text_content(None);
            yew::Renderer::<App>::with_root(place).render();
        }
        None => {
            yew::Renderer::<App>::new().render();
        }
    }
}
