//! Performs the session's effects in the browser. The only part, with the screen, that knows there is one.

pub mod clock;
pub mod files;
mod pane;
mod preview_frame;

use std::collections::VecDeque;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlIFrameElement, HtmlTextAreaElement};
use yew::NodeRef;

use crate::session::view::ArticleView;
use crate::session::{Effect, Msg, PaneId, Selection, Target};
use pane::Pane;
use preview_frame::PreviewFrame;

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
    guard: Option<EventListener>,
}

impl Shell {
    /// A shell that reports to `send`.
    #[must_use]
    pub fn new(handles: Handles, send: yew::Callback<Msg>) -> Self {
        Self {
            handles,
            preview: PreviewFrame::new(send.clone()),
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
        self.waiting.extend(effects);
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
            Effect::PatchPreview(patch) => self.preview.patch(&patch),
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
        }
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
                gloo::timers::callback::Timeout::new(0, focus).forget();
            }
            _ => focus(),
        }
    }
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
