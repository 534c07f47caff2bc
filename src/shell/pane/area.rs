//! A textarea as a text pane.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::session::{Input, Revision, Selection};
use crate::text::{PaneChange, Utf16Pos, difference};

use super::area_keys;
use super::area_rows::AreaRows;
use super::heard::Typed;

/// What a textarea shows, and for which revision.
#[derive(Debug, Default)]
pub(in crate::shell) struct Area {
    text: String,
    revision: Revision,
    before: Selection,
}

impl Area {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(in crate::shell) const fn revision(&self) -> Revision {
        self.revision
    }

    pub(in crate::shell) fn fill(
        &mut self,
        element: Option<&HtmlTextAreaElement>,
        text: &str,
        revision: Revision,
    ) {
        text.clone_into(&mut self.text);
        self.revision = revision;
        self.refresh(element);
    }

    /// Shows the text again, in an element that may be new. The caret stays where it can.
    pub(in crate::shell) fn refresh(&self, element: Option<&HtmlTextAreaElement>) {
        let Some(element) = element else { return };
        if element.value() == self.text {
            return;
        }
        let caret = selection_of(element);
        element.set_value(&self.text);
        select(element, caret);
    }

    pub(in crate::shell) fn change(
        &mut self,
        element: Option<&HtmlTextAreaElement>,
        change: &PaneChange,
        selection: Option<Selection>,
        revision: Revision,
    ) {
        self.revision = revision;
        change.make_in(&mut self.text);
        let Some(element) = element else { return };
        let replaced = element.set_range_text_with_start_and_end_and_mode(
            &change.insert,
            change.from.get(),
            change.to.get(),
            "end",
        );
        if replaced.is_err() {
            element.set_value(&self.text);
        }
        if let Some(selection) = selection {
            select(element, selection);
        }
    }

    pub(in crate::shell) const fn stamp(&mut self, revision: Revision) {
        self.revision = revision;
    }

    pub(in crate::shell) fn note_selection(&mut self, element: &HtmlTextAreaElement) {
        self.before = selection_of(element);
    }

    /// What the writer did since the last time; `None` where it came to nothing.
    pub(in crate::shell) fn input(&mut self, element: &HtmlTextAreaElement) -> Option<Typed> {
        let now = element.value();
        let change = difference(&self.text, &now)?;
        self.text = now;
        Some(Typed {
            changes: vec![change],
            before: self.before,
            after: selection_of(element),
            // Not told apart: the box is but a stand-in.
            input: Input::Plain,
        })
    }
}

/// What is selected in an element.
pub(super) fn selection_of(element: &HtmlTextAreaElement) -> Selection {
    let at = |position: Result<Option<u32>, _>| {
        Utf16Pos::new(position.ok().flatten().unwrap_or_default())
    };
    Selection {
        from: at(element.selection_start()),
        to: at(element.selection_end()),
    }
}

/// Selects a part of what an element shows.
pub(in crate::shell) fn select(element: &HtmlTextAreaElement, selection: Selection) {
    // A position past the end is put at the end by the browser.
    let _ = element.set_selection_range(selection.from.get(), selection.to.get());
}

/// The textarea that stands in for CodeMirror.
#[derive(Debug)]
pub(super) struct StandIn {
    pub(super) area: Area,
    pub(super) element: HtmlTextAreaElement,
    _listeners: [EventListener; 2],
}

impl StandIn {
    /// A textarea in `host`. `given` is told of keys that are commands, with what is selected.
    pub(super) fn new(
        host: &HtmlElement,
        text: &str,
        typed: yew::Callback<()>,
        given: impl Fn(&'static str, Selection) + 'static,
    ) -> Option<Self> {
        let element: HtmlTextAreaElement = gloo::utils::document()
            .create_element("textarea")
            .ok()?
            .dyn_into()
            .ok()?;
        element.set_id("markdown");
        element.set_class_name("pane");
        for (name, value) in [
            ("spellcheck", "true"),
            ("lang", "en"),
            ("autocapitalize", "sentences"),
        ] {
            element.set_attribute(name, value).ok()?;
        }
        host.append_child(&element).ok()?;
        let mut area = Area::default();
        area.fill(Some(&element), text, Revision::default());
        Some(Self {
            area,
            _listeners: [
                EventListener::new(&element, "input", move |_| typed.emit(())),
                area_keys::listen(&element, given),
            ],
            element,
        })
    }

    pub(super) fn caret(&self) -> Option<Utf16Pos> {
        let active = gloo::utils::document().active_element();
        let at = self.element.selection_end().ok().flatten();
        active
            .filter(|active| active.is_same_node(Some(&self.element)))
            .and_then(|_| at.map(Utf16Pos::new))
    }

    pub(super) fn rows(&self) -> Option<AreaRows<'_>> {
        AreaRows::of(&self.element)
    }
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.element.remove();
    }
}
