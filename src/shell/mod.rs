//! Performs the session's effects in the browser. The only part, with the screen, that knows there is one.

pub mod clock;
pub mod files;
mod pane;
mod preview_frame;
mod resizes;
mod rows;
mod seen;
pub mod shortcuts;
mod together;

use std::collections::VecDeque;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlIFrameElement, HtmlTextAreaElement};
use yew::NodeRef;

use crate::session::view::ArticleView;
use crate::session::{Effect, Look, Msg, PaneId, PaneSpot, Selection, Target};
use crate::text::Utf16Pos;
use pane::Pane;
pub use preview_frame::Addresses;
use preview_frame::PreviewFrame;
pub use resizes::Resizes;
use rows::Rows;
pub use seen::{Point, Seen};
use together::Together;

/// The elements the shell works on, handed to the screen to be put in place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Handles {
    /// The textarea named "Markdown".
    pub body: NodeRef,
    /// The textarea named "Front matter YAML".
    pub front_matter: NodeRef,
    /// The frame titled "Article preview".
    pub preview: NodeRef,
    /// The hidden input behind "Open file".
    pub file_input: NodeRef,
}

/// Performs effects.
#[derive(Debug)]
pub struct Shell {
    handles: Handles,
    send: yew::Callback<Msg>,
    waiting: VecDeque<Effect>,
    body: Pane,
    front_matter: Pane,
    /// What is to be selected once its pane is on the screen.
    to_select: Option<(PaneId, Selection)>,
    preview: PreviewFrame,
    together: Together,
    /// Where the caret was when the article was last told of it.
    caret: Option<Utf16Pos>,
    /// How high on the screen the article was pressed, until the caret is put there.
    pressed: Option<f64>,
    seen: yew::Callback<Seen>,
    frame: Option<AnimationFrame>,
    quiet: Option<Timeout>,
    guard: Option<EventListener>,
    _listeners: Vec<EventListener>,
}

/// How long nothing has to happen until code far from the caret is painted, in milliseconds.
const QUIET: u32 = 120;

impl Shell {
    /// A shell that reports to `send`. What its elements tell it goes to `seen`, to be handed to [`Shell::seen`].
    #[must_use]
    pub fn new(handles: Handles, send: yew::Callback<Msg>, seen: yew::Callback<Seen>) -> Self {
        Self {
            _listeners: listen(&handles, &seen),
            handles,
            preview: PreviewFrame::new(send.clone(), seen.clone()),
            together: Together::default(),
            caret: None,
            pressed: None,
            seen,
            frame: None,
            quiet: None,
            send,
            waiting: VecDeque::new(),
            body: Pane::default(),
            front_matter: Pane::default(),
            to_select: None,
            guard: None,
        }
    }

    /// Takes orders in; they are performed once the screen has caught up.
    pub fn order(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            // The screen that is drawn next shows them.
            if matches!(effect, Effect::HoldFiles(_)) {
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
            } => {
                let element = self.element(pane);
                self.pane(pane).fill(element.as_ref(), &text, revision);
            }
            Effect::ChangePane {
                pane,
                change,
                select,
                revision,
            } => {
                let element = self.element(pane);
                self.pane(pane)
                    .change(element.as_ref(), &change, select, revision);
            }
            Effect::StampPane { pane, revision } => self.pane(pane).stamp(revision),
            Effect::HoldFiles(files) => self.preview.hold(&files),
            Effect::PatchPreview(patch) => {
                self.preview.patch(&patch);
                self.ask_for_frame();
            }
            Effect::Download {
                name,
                bytes,
                revision,
            } => {
                if files::download(&name, &bytes) {
                    self.send.emit(Msg::DownloadHandedOver(revision));
                }
            }
            Effect::GuardLeaving(on) => self.guard = on.then(leave_guard).flatten(),
            Effect::Focus(target) => self.focus(&target),
            Effect::ScrollPage(place) => {
                let area = self.element(PaneId::Body);
                self.together
                    .scroll_page(place, area.as_ref(), &self.preview);
            }
            Effect::ScrollText(spot) => {
                let area = self.element(PaneId::Body);
                self.together
                    .scroll_text(spot, area.as_ref(), &self.preview);
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
            Effect::PlaceCaret(at) => self.place_caret(at),
        }
    }

    /// Takes in what an element told. Answers what to ask the session.
    pub fn seen(&mut self, seen: Seen) -> Option<Look> {
        let area = self.element(PaneId::Body);
        match seen {
            Seen::TextScrolled => self.together.text_scrolled(area.as_ref()),
            Seen::PageScrolled => {
                self.ask_for_quiet();
                self.together.page_scrolled(&self.preview)
            }
            Seen::PageResized => {
                self.together.page_moved(&self.preview);
                self.preview.place_mark();
                self.ask_for_quiet();
                let other_width = self.preview.has_new_width();
                area.filter(|_| other_width)
                    .and_then(|area| self.together.text_leads(&area))
            }
            Seen::CaretMoved => {
                let area = area.filter(is_active)?;
                let at = area.selection_end().ok().flatten().map(Utf16Pos::new);
                let moved = at != self.caret;
                self.caret = at;
                at.filter(|_| moved).map(Look::CaretMoved)
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
            Seen::AppPressed => {
                self.together.catch_up(area.as_ref(), &self.preview);
                None
            }
            Seen::Frame => {
                self.frame = None;
                self.preview.paint_fresh();
                let marked = self.preview.place_mark();
                if let (Some((top, bottom)), Some(_)) = (marked, area.filter(is_active)) {
                    self.show_marked(top, bottom);
                }
                self.ask_for_quiet();
                None
            }
            Seen::Quiet => {
                self.quiet = None;
                self.preview.paint();
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
        let Some(area) = self.element(PaneId::Body) else {
            return;
        };
        pane::select(&area, Selection { from: at, to: at });
        self.caret = Some(at);
        let pressed = self.pressed.take();
        // On a narrow screen the text is behind its tab; a tap does not take the reader there.
        let Some(rows) = Rows::of(&area) else { return };
        let _ = focus_in_place(&area);
        let spot = PaneSpot { at, part: 0.0 };
        if self.together.is_on() {
            let least = f64::from(area.client_height()) - 3.0 * rows.row_height();
            let y = pressed.map_or(0.0, |y| y - rows.top() - rows.row_height() / 2.0);
            let _ = rows.bring(spot, y.clamp(0.0, least.max(0.0)));
        } else if !rows.sees(at) {
            let _ = rows.bring(spot, rows.height() / 3.0);
        }
        self.together.text_moved(&rows);
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

    /// The front matter box came to the screen or left it: what it is to show is shown again.
    pub fn refresh_panes(&mut self) {
        for pane in [PaneId::Body, PaneId::FrontMatter] {
            let element = self.element(pane);
            self.pane(pane).refresh(element.as_ref());
        }
        if let Some((pane, selection)) = self.to_select.take() {
            self.focus(&Target::Part(pane, selection));
        }
    }

    /// The writer is about to change a pane: remembers what is selected.
    pub fn before_input(&mut self, pane: PaneId) {
        if let Some(element) = self.element(pane) {
            self.pane(pane).note_selection(&element);
        }
    }

    /// The writer changed a pane: what happened, as a message.
    pub fn input(&mut self, pane: PaneId) -> Option<Msg> {
        let element = self.element(pane)?;
        if pane == PaneId::Body {
            // The article learns of this caret with the change itself.
            self.caret = element.selection_end().ok().flatten().map(Utf16Pos::new);
        }
        self.pane(pane).input(&element, pane)
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

    fn pane(&mut self, pane: PaneId) -> &mut Pane {
        match pane {
            PaneId::Body => &mut self.body,
            PaneId::FrontMatter => &mut self.front_matter,
        }
    }

    fn element(&self, pane: PaneId) -> Option<HtmlTextAreaElement> {
        match pane {
            PaneId::Body => self.handles.body.cast(),
            PaneId::FrontMatter => self.handles.front_matter.cast(),
        }
    }

    fn focus(&mut self, target: &Target) {
        // On a narrow screen, a tab shows the part.
        let (element, tab): (Option<HtmlElement>, &str) = match target {
            Target::Screen => (by_id("screen-heading"), ""),
            Target::Pane(PaneId::Body) => (self.element(PaneId::Body).map(Into::into), "tab-text"),
            Target::Pane(pane) => (self.element(*pane).map(Into::into), "tab-form"),
            Target::Part(pane, selection) => match self.element(*pane) {
                Some(element) => {
                    pane::select(&element, *selection);
                    // A box scrolls to what is selected when it gets the focus, not when it has it.
                    let _ = element.blur();
                    (Some(element.into()), "")
                }
                None => {
                    self.to_select = Some((*pane, *selection));
                    return;
                }
            },
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
    let (body, tell) = (handles.body.clone(), seen.clone());
    // Scrolling does not bubble.
    let scrolls = EventListener::new_with_options(
        &document,
        "scroll",
        EventListenerOptions::run_in_capture_phase(),
        move |event| {
            let target: Option<HtmlTextAreaElement> =
                event.target().and_then(|target| target.dyn_into().ok());
            if target
                .is_some_and(|target| body.cast::<HtmlTextAreaElement>().as_ref() == Some(&target))
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

fn is_active(area: &HtmlTextAreaElement) -> bool {
    let active = gloo::utils::document().active_element();
    active.is_some_and(|active| active.is_same_node(Some(area)))
}

/// Focuses an element without scrolling anything.
fn focus_in_place(element: &HtmlElement) -> Result<(), wasm_bindgen::JsValue> {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options)
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
