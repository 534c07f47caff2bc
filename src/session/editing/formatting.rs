//! Formatting of the whole text: asked for, shown as what would change, and only then taken.

use std::rc::Rc;

use crate::session::effect::Effect;
use crate::session::msg::{Millis, Selection};
use crate::session::view::{Notice, Tone};
use crate::session::{PaneId, Revision};
use crate::text::{Utf16Pos, pane_text};
use crate::writing::Edit;
use crate::writing::format::Formatting;

use super::Editing;

impl Editing {
    /// Has the text formatted.
    pub(super) fn format_asked(&self) -> Vec<Effect> {
        vec![Effect::FormatText {
            text: pane_text(self.part(PaneId::Body).of(self.text.as_str())).into(),
            revision: self.revision,
        }]
    }

    /// Shows what a formatted text would change.
    pub(super) fn formatted(&mut self, base: Revision, text: &str, notice: &mut Option<Notice>) {
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let tell = if base == self.revision {
            self.formatting = Formatting::of(&shown, text).map(Rc::new);
            self.formatting
                .is_none()
                .then_some("The text is formatted already: nothing would change.")
        } else {
            Some("The text was changed while it was being formatted. Try again.")
        };
        *notice = tell.map(|sentence| Notice {
            tone: Tone::Info,
            text: sentence.to_owned(),
        });
    }

    /// Takes over what was shown, as one step of the history.
    pub(super) fn format_taken(&mut self, at: Millis) -> Vec<Effect> {
        let Some(formatting) = self.formatting.take() else {
            return Vec::new();
        };
        let Some(first) = formatting
            .changes
            .first()
            .map(|change| change.span().start())
        else {
            return Vec::new();
        };
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let place = Utf16Pos::of(&shown, first);
        let before = Selection {
            from: place,
            to: place,
        };
        let edit = Edit {
            changes: formatting.changes.clone(),
            selection: crate::text::Span::at(first),
        };
        self.write(self.revision, (before, before), at, |_, _| Some(edit))
            .unwrap_or_default()
    }
}
