//! A textarea as a text pane: it shows what the session says and reports what the writer does.

use std::rc::Rc;

use web_sys::HtmlTextAreaElement;

use crate::session::{Msg, PaneId, Revision, Selection};
use crate::text::{PaneChange, Utf16Pos, difference};

use super::clock;

/// What a pane shows, and for which revision.
#[derive(Debug, Default)]
pub(super) struct Pane {
    text: String,
    revision: Revision,
    before: Selection,
}

impl Pane {
    pub(super) fn fill(
        &mut self,
        element: Option<&HtmlTextAreaElement>,
        text: &Rc<str>,
        revision: Revision,
    ) {
        self.text = text.to_string();
        self.revision = revision;
        self.refresh(element);
    }

    /// Shows the text again, in an element that may be new. The caret stays where it can.
    pub(super) fn refresh(&self, element: Option<&HtmlTextAreaElement>) {
        let Some(element) = element else { return };
        if element.value() == self.text {
            return;
        }
        let caret = selection_of(element);
        element.set_value(&self.text);
        select(element, caret);
    }

    pub(super) fn change(
        &mut self,
        element: Option<&HtmlTextAreaElement>,
        change: &PaneChange,
        selection: Option<Selection>,
        revision: Revision,
    ) {
        self.revision = revision;
        let (Some(from), Some(to)) = (
            change.from.in_text(&self.text),
            change.to.in_text(&self.text),
        ) else {
            return;
        };
        self.text
            .replace_range(from.get()..to.get(), &change.insert);
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

    pub(super) fn stamp(&mut self, revision: Revision) {
        self.revision = revision;
    }

    pub(super) fn note_selection(&mut self, element: &HtmlTextAreaElement) {
        self.before = selection_of(element);
    }

    pub(super) fn input(&mut self, element: &HtmlTextAreaElement, pane: PaneId) -> Option<Msg> {
        let now = element.value();
        let change = difference(&self.text, &now)?;
        self.text = now;
        let (base, at) = (self.revision, clock::now());
        Some(match pane {
            PaneId::Body => Msg::BodyTyped {
                base,
                change,
                before: self.before,
                after: selection_of(element),
                at,
            },
            PaneId::FrontMatter => Msg::FrontMatterTyped { base, change, at },
        })
    }
}

fn selection_of(element: &HtmlTextAreaElement) -> Selection {
    let at = |position: Result<Option<u32>, _>| {
        Utf16Pos::new(position.ok().flatten().unwrap_or_default())
    };
    Selection {
        from: at(element.selection_start()),
        to: at(element.selection_end()),
    }
}

/// Selects a part of what an element shows.
pub(super) fn select(element: &HtmlTextAreaElement, selection: Selection) {
    // A position past the end is put at the end by the browser.
    let _ = element.set_selection_range(selection.from.get(), selection.to.get());
}
