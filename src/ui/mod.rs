//! The screen: Yew panels, a view in, messages out. One struct component owns the session and the shell.

mod cards;
mod dialog;
mod dom;
mod drafts;
mod editor;
mod form;
mod frame_width;
mod home;
mod images;
mod menu_items;
mod pictures;
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

use crate::session::view::{HeadingView, PictureSource, Screen, Tone, View};
use crate::session::{Arrival, Msg, PaneId, Session};
use crate::shell::handed::{self, Ground, Handed};
use crate::shell::{Handles, Seen, Shell, clock, files, shortcuts};
use crate::site::{Profile, Site};

use images::GalleryTold;
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
    /// The file in the dialog "Crop or shrink".
    picture: Option<Rc<PictureSource>>,
    dragging: Dragging,
    gallery: images::Gallery,
    tools: writing::Tools,
    saving: saving::Saving,
    /// The screen is another one by now and is not drawn yet.
    undrawn: bool,
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
    /// A file is to be cropped or shrunk; none: no longer.
    Picture(Option<String>),
    /// Something about the region "Images".
    Gallery(images::GalleryTold),
    /// Files hover over the page, or no longer.
    Dragging(Dragging),
    /// Files were picked.
    Files(Option<web_sys::FileList>),
    /// A folder is to be picked.
    FolderAsked,
    /// The files of a folder were picked.
    FolderPicked(Option<web_sys::FileList>),
    /// Files were dropped, or pictures pasted.
    Handed(Handed),
}

/// What hovers over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dragging {
    Nothing,
    Pictures,
    Files,
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
            picture: None,
            dragging: Dragging::Nothing,
            gallery: images::Gallery::new(ctx.link().callback(Told::Gallery)),
            tools: writing::Tools::new(),
            saving: saving::Saving::default(),
            undrawn: false,
            _listeners: listen(ctx),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        let tools = self.tools.clone();
        let msg = match told {
            Told::Session(msg) => msg,
            Told::Seen(Seen::CommandsAsked) => {
                ctx.link()
                    .send_message(Told::Tools(ToolsTold::PaletteAsked));
                return false;
            }
            Told::Seen(seen) => {
                if let Some(look) = self.shell.seen(seen) {
                    let effects = self.session.look(&look);
                    self.shell.order(effects);
                    if !self.undrawn {
                        self.shell.perform();
                    }
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
            Told::Picture(file) => {
                self.picture = file
                    .and_then(|file| self.session.picture(&file))
                    .map(Rc::new);
                return true;
            }
            Told::Dragging(dragging) => {
                let changed = self.dragging != dragging;
                self.dragging = dragging;
                return changed;
            }
            Told::Files(list) => {
                files::read(files::list(list), self.send.clone());
                return false;
            }
            Told::FolderAsked => {
                self.shell.pick_folder();
                return false;
            }
            Told::FolderPicked(list) => {
                self.shell.folder_picked(files::list(list));
                return false;
            }
            Told::Handed(handed) => {
                self.dragging = Dragging::Nothing;
                self.handed(handed, ctx);
                return true;
            }
            Told::Gallery(told) => match self.gallery_told(told, ctx) {
                Ok(msg) => msg,
                Err(changed) => return changed,
            },
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
        let about_images = images::is_about_images(&msg);
        let files = self.shell.addresses();
        let effects = self.session.update_at(msg, clock::timestamp());
        self.shell.order(effects);
        let view = self.session.view();
        let mut changed = view != self.view;
        let stays = matches!(
            (&self.view.screen, &view.screen),
            (Screen::Editor(_), Screen::Editor(_)) | (Screen::Start, Screen::Start)
        );
        self.view = view;
        self.saving.tell(self.session.saving());
        if let Screen::Editor(editor) = &self.view.screen {
            self.shell.show_header(&editor.article);
            let first = editor.counts.first_line;
            self.tools.apply(&mut self.shell, first);
            let at_once = about_images || !stays || !Rc::ptr_eq(&files, &self.shell.addresses());
            changed |= at_once;
            self.gallery
                .follow(&self.session, at_once, editor.counts.characters);
        }
        // At once, before the next key: a pane that learns its revision late would report that key for an old one. Only
        // where the screen changes do the orders wait until its elements are there.
        self.undrawn |= !stays;
        if !self.undrawn {
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
        let pick_folder = ctx.link().callback(|event: Event| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            Told::FolderPicked(input.and_then(|input| input.files()))
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
                    on_folder={ctx.link().callback(|()| Told::FolderAsked)}
                />
            },
            Screen::Editor(view) => html! {
                <editor::Editor
                    view={Rc::clone(view)}
                    home={self.view.home.clone()}
                    scroll_together={self.view.scroll_together}
                    addresses={self.shell.addresses()}
                    profile={Rc::clone(&self.profile)}
                    send={self.send.clone()}
                    panes={self.panes.clone()}
                    handles={self.handles.clone()}
                    tools={self.tools.clone()}
                    saving={self.saving.clone()}
                    headings={self.headings()}
                    pages={self.view.pages.clone()}
                    on_tools={ctx.link().callback(Told::Tools)}
                    images={Rc::clone(&self.gallery.images)}
                    images_open={self.gallery.open}
                    on_images={ctx.link().callback(Told::Gallery)}
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
                    onclick={forget.clone()}
                    onchange={pick}
                />
                <input
                    ref={self.handles.folder_input.clone()}
                    type="file"
                    data-testid="open-folder"
                    hidden=true
                    webkitdirectory=true
                    onclick={forget}
                    onchange={pick_folder}
                />
                <ContextProvider<pictures::Cropper> context={pictures::Cropper(ctx.link().callback(|file| Told::Picture(Some(file))))}>
                    { screen }
                </ContextProvider<pictures::Cropper>>
                if let Some(source) = &self.picture {
                    <pictures::PictureDialog
                        source={Rc::clone(source)} send={self.send.clone()}
                        on_close={ctx.link().callback(|()| Told::Picture(None))}
                    />
                }
                if let Some(choosing) = &self.view.home.choosing {
                    <home::ChoosePost choosing={Rc::clone(choosing)} send={self.send.clone()} />
                }
                if let Some(meanwhile) = &self.view.home.meanwhile {
                    <home::Meanwhile meanwhile={Rc::clone(meanwhile)} send={self.send.clone()} />
                }
                if self.tools.panel == Some(writing::Panel::Palette) {
                    <writing::Palette
                        view={self.view.clone()} setup={self.tools.setup} send={self.send.clone()}
                        on={ctx.link().callback(Told::Tools)} file_input={self.handles.file_input.clone()}
                        on_folder={ctx.link().callback(|()| Told::FolderAsked)}
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
                { self.drop_hint() }
            </>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.undrawn = false;
        self.shell.perform();
        self.tools.drawn(&self.shell);
    }
}

impl App {
    /// What a drop would do.
    fn drop_hint(&self) -> Html {
        let editor = matches!(self.view.screen, Screen::Editor(_));
        match self.dragging {
            Dragging::Nothing => Html::default(),
            Dragging::Pictures if editor => html! {
                <div class="drop-here beside" aria-hidden="true">
                    <p>{ "Drop into the text, or anywhere else to put it beside the post" }</p>
                </div>
            },
            Dragging::Pictures | Dragging::Files => html! {
                <div class="drop-here" aria-hidden="true"><p>{ "Drop to open" }</p></div>
            },
        }
    }

    /// Files were dropped or pasted somewhere.
    fn handed(&mut self, handed: Handed, ctx: &Context<Self>) {
        if !handed.folders.is_empty() {
            self.shell.folders_dropped(handed.folders);
            return;
        }
        let editor = matches!(self.view.screen, Screen::Editor(_));
        if !editor || !handed.is_pictures() {
            files::read(handed.files, self.send.clone());
            return;
        }
        let place = match handed.ground {
            Ground::Text(point) => {
                if let Some((x, y)) = point {
                    self.shell.put_caret_at_point(x, y);
                }
                images::Place::Text
            }
            Ground::Missing(name) => images::Place::As(name),
            Ground::Images | Ground::Box | Ground::Page => images::Place::Beside,
        };
        ctx.link()
            .send_message(Told::Gallery(GalleryTold::Came(handed.files, place)));
    }

    /// Takes in what the region "Images" tells: a message for the session, or whether the screen has to be drawn.
    fn gallery_told(&mut self, told: GalleryTold, ctx: &Context<Self>) -> Result<Msg, bool> {
        match told {
            GalleryTold::Toggled => {
                if self
                    .gallery
                    .set(!self.gallery.open, self.gallery.is_on_screen())
                {
                    self.gallery.make(&self.session);
                }
                Err(true)
            }
            GalleryTold::Seen(seen) => {
                Err(self.gallery.set(self.gallery.open, seen) && self.gallery.make(&self.session))
            }
            GalleryTold::Due => Err(self.gallery.make(&self.session)),
            GalleryTold::Came(came, place) => {
                let read = ctx
                    .link()
                    .callback(move |files| Told::Gallery(GalleryTold::Read(files, place.clone())));
                files::read_for(came, read, self.send.clone());
                Err(false)
            }
            GalleryTold::Read(files, place) => Ok(Msg::ImagesCame {
                files,
                to: match place {
                    images::Place::Beside => Arrival::Beside,
                    images::Place::As(name) => Arrival::As(name),
                    images::Place::Text => self.shell.arrival_in_text(),
                },
                at: clock::now(),
            }),
        }
    }

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
            commands.emit(ToolsTold::PaletteAsked);
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
            let pictures = event
                .dyn_ref::<DragEvent>()
                .is_some_and(handed::drags_pictures);
            over.emit(if pictures {
                Dragging::Pictures
            } else {
                Dragging::Files
            });
        }
    });
    let out = ctx.link().callback(Told::Dragging);
    let leave = EventListener::new(&window, "dragleave", move |event| {
        let outside = event
            .dyn_ref::<DragEvent>()
            .is_some_and(|event| event.related_target().is_none());
        if outside {
            out.emit(Dragging::Nothing);
        }
    });
    let dropped = ctx.link().callback(Told::Handed);
    let pasted = dropped.clone();
    let drop = EventListener::new_with_options(&window, "drop", prevent, move |event| {
        if carries_files(event) {
            event.prevent_default();
            if let Some(handed) = Handed::dropped(event) {
                dropped.emit(handed);
            }
        }
    });
    let paste = EventListener::new_with_options(&window, "paste", prevent, move |event| {
        if let Some(handed) = Handed::pasted(event) {
            event.prevent_default();
            pasted.emit(handed);
        }
    });
    vec![keys, input, hover, leave, drop, paste]
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
