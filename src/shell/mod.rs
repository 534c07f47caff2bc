//! Performs the session's effects in the browser. The only part, with the screen, that knows there is one.

mod bytes;
pub mod clock;
pub mod files;
pub mod folder;
mod formatter;
pub mod handed;
mod pane;
pub mod pictures;
mod places;
mod preview_frame;
mod resizes;
mod seen;
pub mod shortcuts;
mod site_index;
mod store;
mod together;
mod tools;

use std::collections::VecDeque;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlIFrameElement, HtmlTextAreaElement, Node};
use yew::NodeRef;

use crate::session::view::ArticleView;
use crate::session::{Effect, Look, Millis, Msg, PaneId, PaneSpot, Selection, Target};
use crate::site::Profile;
use crate::text::Utf16Pos;
use pane::{Area, BodyPane, Library, Shortcodes, Tells};
pub use pane::{Around, CaretPlace, PaneNews, keys};
pub use preview_frame::Addresses;
use preview_frame::PreviewFrame;
pub use resizes::Resizes;
pub use seen::{Point, Seen};
use store::Store;
use together::Together;
pub use tools::{SIZES, Setup};

/// The elements the shell works on, handed to the screen to be put in place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handles {
    /// The element that has room for the pane named "Markdown".
    pub body: NodeRef,
    /// The textarea named "Front matter YAML".
    pub front_matter: NodeRef,
    /// The frame titled "Article preview".
    pub preview: NodeRef,
    /// The hidden input behind "Open file".
    pub file_input: NodeRef,
    /// The hidden input behind "Open folder", where the browser has no better way.
    pub folder_input: NodeRef,
}

/// Performs effects.
#[derive(Debug)]
pub struct Shell {
    handles: Handles,
    send: yew::Callback<Msg>,
    waiting: VecDeque<Effect>,
    body: BodyPane,
    front_matter: Area,
    /// What is to be selected of the front matter once its box is on the screen.
    to_select: Option<Selection>,
    preview: PreviewFrame,
    together: Together,
    /// When the writer typed last.
    typed: Millis,
    /// Where the caret was when the article was last told of it.
    caret: Option<Utf16Pos>,
    /// How high on the screen the article was pressed, until the caret is put there.
    pressed: Option<f64>,
    seen: yew::Callback<Seen>,
    frame: Option<AnimationFrame>,
    quiet: Option<Timeout>,
    render_due: Option<Timeout>,
    guard: Option<EventListener>,
    late: Option<Timeout>,
    store: Store,
    folders: folder::Folders,
    /// Where the writer was, until the pane is there.
    place: Option<(Selection, u64)>,
    rest: Option<Timeout>,
    drawn: Option<(AnimationFrame, u8)>,
    _listeners: Vec<EventListener>,
}

/// How long nothing has to happen until code far from the caret is painted, in milliseconds.
const QUIET: u32 = 200;

/// How long a writer has to pause until a very large block is shown anew, in milliseconds.
const PAUSE: u32 = 400;

/// When the bundle of the Markdown pane counts as missing, in milliseconds: by then a writer has waited long enough.
const LATE: u32 = 10_000;

impl Shell {
    /// A shell that reports to `send`. What its elements tell it goes to `seen`, to be handed to [`Shell::seen`]; when the
    /// writer typed in the Markdown pane, `typed` is told, and [`Shell::input`] says what. What the tools beside the pane
    /// have to know goes to `tools`. `site` tells the pane which
    /// shortcodes there are.
    #[must_use]
    pub fn new(
        handles: Handles,
        site: &Profile,
        send: yew::Callback<Msg>,
        seen: yew::Callback<Seen>,
        typed: yew::Callback<()>,
        tools: yew::Callback<PaneNews>,
    ) -> Self {
        let tells = Tells {
            tools,
            typed,
            caret: seen.reform(|()| Seen::CaretMoved),
            library: seen.reform(|library| Seen::PaneBundle {
                here: library == Library::Here,
            }),
        };
        let body = BodyPane::new(tells, Shortcodes::of(site));
        let late = body.awaits_library().then(|| {
            let seen = seen.clone();
            Timeout::new(LATE, move || seen.emit(Seen::PaneBundle { here: false }))
        });
        Self {
            _listeners: listen(&handles, &seen),
            handles,
            preview: PreviewFrame::new(send.clone(), seen.clone()),
            together: Together::default(),
            typed: Millis::default(),
            caret: None,
            pressed: None,
            seen,
            frame: None,
            quiet: None,
            render_due: None,
            store: Store::new(send.clone()),
            folders: folder::Folders::new(send.clone()),
            place: None,
            rest: None,
            drawn: None,
            send,
            waiting: VecDeque::new(),
            body,
            front_matter: Area::default(),
            to_select: None,
            guard: None,
            late,
        }
    }

    /// Takes orders in; they are performed once the screen has caught up.
    pub fn order(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            // The screen that is drawn next shows them; the storage waits for no screen.
            if matches!(effect, Effect::HoldFiles(_) | Effect::Store(_)) {
                self.perform_one(effect);
            } else {
                self.waiting.push_back(effect);
            }
        }
    }

    /// Where the browser has the post's files, by their names.
    #[must_use]
    pub fn addresses(&self) -> Addresses {
        self.preview.addresses()
    }

    /// Performs what waits. Called when the screen shows the state the orders were given for.
    pub fn perform(&mut self) {
        while let Some(effect) = self.waiting.pop_front() {
            self.perform_one(effect);
        }
    }

    fn perform_one(&mut self, effect: Effect) {
        match effect {
            Effect::FillPane {
                pane,
                text,
                revision,
            } => match pane {
                PaneId::Body => self.body.fill(&text, revision),
                PaneId::FrontMatter => {
                    let element = self.box_of_yaml();
                    self.front_matter.fill(element.as_ref(), &text, revision);
                }
            },
            Effect::ChangePane {
                pane,
                change,
                select,
                revision,
            } => match pane {
                PaneId::Body => self.body.change(&change, select, revision),
                PaneId::FrontMatter => {
                    let element = self.box_of_yaml();
                    self.front_matter
                        .change(element.as_ref(), &change, select, revision);
                }
            },
            Effect::StampPane { pane, revision } => match pane {
                PaneId::Body => self.body.stamp(revision),
                PaneId::FrontMatter => self.front_matter.stamp(revision),
            },
            Effect::HoldFiles(files) => self.preview.hold(&files),
            Effect::PatchPreview(patch) => {
                self.preview.patch(&patch);
                self.ask_for_frame();
            }
            Effect::FormatText { text, revision } => {
                let send = self.send.clone();
                wasm_bindgen_futures::spawn_local(async move {
                    send.emit(match formatter::formatted(&text).await {
                        Some(text) => Msg::Formatted {
                            base: revision,
                            text,
                        },
                        None => Msg::FormatFailed,
                    });
                });
            }
            Effect::RenderLater => {
                let send = self.send.clone();
                let due = move || send.emit(Msg::RenderDue);
                self.render_due = Some(Timeout::new(PAUSE, due));
            }
            Effect::Download {
                name,
                bytes,
                revision,
            } => {
                if files::download(&name, &bytes, |file| self.preview.held(file)) {
                    self.send.emit(Msg::DownloadHandedOver(revision));
                }
            }
            Effect::ReadFolder { post, paths } => self.folders.read(post, &paths),
            Effect::SaveToFolder {
                target,
                writes,
                revision,
            } => self.folders.save(target, writes, revision),
            Effect::GuardLeaving(on) => self.guard = on.then(leave_guard).flatten(),
            Effect::Focus(target) => self.focus(&target),
            Effect::ScrollPage(place) => {
                let rows = self.body.rows();
                self.together
                    .scroll_page(place, rows.as_ref(), &self.preview);
            }
            Effect::ScrollText(spot) => {
                let rows = self.body.rows();
                self.together
                    .scroll_text(spot, rows.as_ref(), &self.preview);
            }
            Effect::ScrollTogether(on) => {
                self.together.turn(on);
                if on {
                    // The text is where the writer is.
                    self.seen.emit(Seen::TextScrolled);
                }
            }
            Effect::MarkBlock(block) => {
                self.preview.mark(block);
                self.ask_for_frame();
            }
            Effect::DoAsUsual(command) => self.body.do_as_usual(&command),
            Effect::SelectInPane(selection) => self.body.select(selection, true),
            Effect::PlaceCaret(at) => self.place_caret(at),
            Effect::RestorePlace { selection, scroll } => {
                self.place = Some((selection, scroll));
                self.restore_place();
            }
            Effect::FetchSiteIndex => site_index::fetch(self.send.clone()),
            Effect::KeepSiteIndex(bytes) => site_index::keep(bytes, self.send.clone()),
            Effect::ReplaceSiteIndex => site_index::drop_and_fetch(self.send.clone()),
            Effect::Store(order) => self.store.perform(order),
        }
    }

    /// Takes in what an element told. Answers what to ask the session.
    pub fn seen(&mut self, seen: Seen) -> Option<Look> {
        match seen {
            Seen::TextScrolled => {
                if clock::now().since(self.typed) < u64::from(QUIET) {
                    // Not the reader did it, but what was typed: the article goes on showing that.
                    self.ask_for_frame();
                }
                self.ask_for_rest();
                self.together.text_scrolled(self.body.rows().as_ref())
            }
            Seen::Drawn => {
                self.preview.draw_more();
                self.ask_for_frame();
                None
            }
            Seen::PageScrolled => {
                self.ask_for_quiet();
                self.together.page_scrolled(&self.preview)
            }
            Seen::PageResized => {
                self.together.page_moved(&self.preview);
                self.preview.place_mark();
                self.ask_for_quiet();
                let other_width = self.preview.has_new_width();
                self.body
                    .rows()
                    .filter(|_| other_width)
                    .and_then(|rows| self.together.text_leads(&rows))
            }
            Seen::CaretMoved => {
                let at = self.body.caret()?;
                let moved = self.caret != Some(at);
                self.caret = Some(at);
                if moved {
                    self.ask_for_rest();
                }
                moved.then_some(Look::CaretMoved(at))
            }
            Seen::PagePressed(point) => {
                let look = self.preview.pressed(point);
                let frame = self.handles.preview.cast::<HtmlIFrameElement>();
                self.pressed = frame.map(|frame| {
                    let shown = frame.get_bounding_client_rect();
                    // The frame may be drawn smaller than it is laid out.
                    let scale = shown.height() / f64::from(frame.offset_height()).max(1.0);
                    shown.top() + point.y * scale
                });
                look
            }
            // The app's own concern.
            Seen::CommandsAsked => None,
            Seen::AppPressed => {
                // Asked at each key: only what waits is worth a look at the layout.
                if self.together.waits() {
                    let rows = self.body.rows();
                    self.together.catch_up(rows.as_ref(), &self.preview);
                }
                None
            }
            Seen::Frame => {
                self.frame = None;
                self.preview.paint_fresh();
                let marked = self.preview.place_mark();
                if let (Some((top, bottom)), Some(_)) = (marked, self.body.caret()) {
                    self.show_marked(top, bottom);
                }
                self.ask_for_quiet();
                None
            }
            Seen::Quiet => {
                self.quiet = None;
                self.preview.rest();
                self.preview.paint();
                None
            }
            Seen::Rested => {
                self.tell_place();
                None
            }
            Seen::PaneDrawn => {
                self.scroll_to_place();
                None
            }
            Seen::PaneBundle { here } => {
                let library = if here {
                    Library::Here
                } else {
                    Library::Missing
                };
                self.late = None;
                if self.body.library_is(library) {
                    self.send.emit(Msg::PlainPaneUsed);
                }
                self.restore_place();
                None
            }
        }
    }

    /// Scrolls the article where the block that is being edited is out of sight.
    fn show_marked(&mut self, top: f64, bottom: f64) {
        if !self.together.is_on() {
            return;
        }
        let Some((scrolled, _)) = self.preview.scrolled() else {
            return;
        };
        let height = self.preview.window_height();
        if bottom < scrolled + 8.0 || top > scrolled + height - 8.0 {
            self.preview.scroll((top - height / 3.0).max(0.0));
            self.together.page_moved(&self.preview);
        }
    }

    /// Puts the caret of the Markdown pane, and its row as high as what was pressed.
    fn place_caret(&mut self, at: Utf16Pos) {
        self.body.select(Selection { from: at, to: at }, false);
        self.caret = Some(at);
        let pressed = self.pressed.take();
        // On a narrow screen the text is behind its tab; a tap does not take the reader there.
        let Some(rows) = self.body.rows() else { return };
        let spot = PaneSpot { at, part: 0.0 };
        if self.together.is_on() {
            let least = rows.scroller().height() - 3.0 * rows.row_height();
            let y = pressed.map_or(0.0, |y| y - rows.scroller().top() - rows.row_height() / 2.0);
            rows.bring(spot, y.clamp(0.0, least.max(0.0)));
        } else if !rows.sees(at) {
            rows.bring(spot, rows.scroller().height() / 3.0);
        }
        self.body.focus(true);
        self.together.text_moved(&rows);
    }

    /// Lets the writer pick a folder; where the browser has no picker of its own for that, through the hidden input.
    pub fn pick_folder(&self) {
        if !self.folders.pick()
            && let Some(input) = self.handles.folder_input.cast::<HtmlElement>()
        {
            input.click();
        }
    }

    /// The files of a folder were picked through the hidden input.
    pub fn folder_picked(&self, files: Vec<web_sys::File>) {
        self.folders.picked(files);
    }

    /// Folders were dropped.
    pub fn folders_dropped(&self, entries: Vec<folder::Entry>) {
        self.folders.dropped(entries);
    }

    fn ask_for_frame(&mut self) {
        if self.frame.is_none() {
            let seen = self.seen.clone();
            self.frame = Some(request_animation_frame(move |_| seen.emit(Seen::Frame)));
        }
    }

    fn ask_for_quiet(&mut self) {
        let seen = self.seen.clone();
        self.quiet = Some(Timeout::new(QUIET, move || seen.emit(Seen::Quiet)));
    }

    /// A pane's element came to the screen or left it: what it is to show is shown again.
    pub fn refresh_panes(&mut self) {
        if self.body.place(self.handles.body.cast()) {
            self.send.emit(Msg::PlainPaneUsed);
        }
        self.restore_place();
        let element = self.box_of_yaml();
        self.front_matter.refresh(element.as_ref());
        if let Some(selection) = self.to_select.take() {
            self.focus(&Target::Part(PaneId::FrontMatter, selection));
        }
    }

    /// The writer is about to change a pane: remembers what is selected.
    pub fn before_input(&mut self, pane: PaneId) {
        match pane {
            PaneId::Body => self.body.before_input(),
            // The history keeps no selection of this box.
            PaneId::FrontMatter => {}
        }
    }

    /// The writer changed a pane: what happened, as a message.
    pub fn input(&mut self, pane: PaneId) -> Option<Msg> {
        match pane {
            PaneId::Body => {
                // The article learns of this caret with the change itself.
                self.caret = self.body.caret();
                self.typed = clock::now();
                self.body.typed()
            }
            PaneId::FrontMatter => {
                let base = self.front_matter.revision();
                let typed = self.front_matter.input(&self.box_of_yaml()?)?;
                let change = typed.changes.into_iter().next()?;
                let at = clock::now();
                Some(Msg::FrontMatterTyped { base, change, at })
            }
        }
    }

    /// The preview's document is there.
    pub fn preview_loaded(&mut self) {
        let frame = self.handles.preview.cast::<HtmlIFrameElement>();
        self.preview
            .loaded(frame.and_then(|frame| frame.content_document()));
    }

    /// What stands above the article's body.
    pub fn show_header(&mut self, article: &ArticleView) {
        self.preview.show_header(article);
    }

    /// The box named "Front matter YAML", while it is on the screen.
    fn box_of_yaml(&self) -> Option<HtmlTextAreaElement> {
        self.handles.front_matter.cast()
    }

    fn focus(&mut self, target: &Target) {
        // On a narrow screen, a tab shows the part.
        let (element, tab): (Option<HtmlElement>, &str) = match target {
            Target::Screen => (by_id("screen-heading"), ""),
            Target::Pane(PaneId::Body) => (by_id("markdown"), "tab-text"),
            Target::Pane(PaneId::FrontMatter) => (self.box_of_yaml().map(Into::into), "tab-form"),
            Target::Part(PaneId::Body, selection) => {
                self.body.select(*selection, true);
                (by_id("markdown"), "")
            }
            Target::Part(PaneId::FrontMatter, selection) => {
                let Some(element) = self.box_of_yaml() else {
                    self.to_select = Some(*selection);
                    return;
                };
                pane::select(&element, *selection);
                // A box scrolls to what is selected when it gets the focus, not when it has it.
                let _ = element.blur();
                (Some(element.into()), "")
            }
            Target::Field(path) => (by_id(&format!("field-{path}")), "tab-form"),
        };
        let Some(element) = element else { return };
        let focus = move || {
            unfold(&element);
            // An element that cannot take the focus leaves it where it is; nothing is lost by that.
            let _ = element.focus();
        };
        match by_id(tab) {
            // The part that is brought forward is drawn after this turn.
            Some(tab) if tab.get_attribute("aria-selected").as_deref() == Some("false") => {
                tab.click();
                Timeout::new(0, focus).forget();
            }
            _ => focus(),
        }
    }
}

/// What is listened for in the app's own page. The panes' elements come and go, so the page listens for them.
fn listen(handles: &Handles, seen: &yew::Callback<Seen>) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let (room, tell) = (handles.body.clone(), seen.clone());
    // Scrolling does not bubble.
    let scrolls = EventListener::new_with_options(
        &document,
        "scroll",
        EventListenerOptions::run_in_capture_phase(),
        move |event| {
            let target: Option<Node> = event.target().and_then(|target| target.dyn_into().ok());
            // Nothing else in there scrolls.
            if target.is_some()
                && room
                    .get()
                    .is_some_and(|room| room.contains(target.as_ref()))
            {
                tell.emit(Seen::TextScrolled);
            }
        },
    );
    let tell = seen.clone();
    let carets = EventListener::new(&document, "selectionchange", move |_| {
        tell.emit(Seen::CaretMoved);
    });
    // After the press was answered: then a part has come forward.
    let presses = ["click", "keyup"].map(|name| {
        let tell = seen.clone();
        EventListener::new(&gloo::utils::window(), name, move |_| {
            let tell = tell.clone();
            Timeout::new(0, move || tell.emit(Seen::AppPressed)).forget();
        })
    });
    [scrolls, carets].into_iter().chain(presses).collect()
}

/// Opens what the element is folded into.
fn unfold(element: &HtmlElement) {
    if let Ok(Some(details)) = element.closest("details:not([open])") {
        let _ = details.set_attribute("open", "");
    }
}

fn by_id(id: &str) -> Option<HtmlElement> {
    gloo::utils::document()
        .get_element_by_id(id)?
        .dyn_into()
        .ok()
}

/// The browser asks before the tab is closed, as long as this listener lives.
fn leave_guard() -> Option<EventListener> {
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(
        &gloo::utils::window(),
        "beforeunload",
        options,
        |event| {
            event.prevent_default();
            // Browsers of before 2023 want a value too; it is never shown.
            if let Some(event) = event.dyn_ref::<web_sys::BeforeUnloadEvent>() {
                event.set_return_value("changes");
            }
        },
    ))
}
