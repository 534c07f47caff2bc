//! A shortcode's form that is opened again from its mark in the text.

use std::rc::Rc;

use crate::session::effect::Effect;
use crate::session::msg::{CallTold, Millis, Selection};
use crate::session::view::{Notice, Tone};
use crate::session::{PaneId, Revision};
use crate::text::{Span, Units, pane_text};
use crate::writing::Command;
use crate::writing::call::{self, Call};

use super::Editing;

/// The call whose form is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OpenCall {
    revision: Revision,
    selection: Selection,
    pub(super) call: Rc<Call>,
}

impl Editing {
    pub(super) fn call_told(
        &mut self,
        told: CallTold,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        match told {
            CallTold::Asked {
                base,
                selection,
                by_enter,
            } => {
                self.call = self.call_here(base, selection, by_enter);
                if self.call.is_some() || !by_enter {
                    return Vec::new();
                }
                self.command_given(base, &Command::Enter, selection, false, at)
            }
            CallTold::Written { values, inner } => {
                let Some(open) = self.call.take() else {
                    return Vec::new();
                };
                let same = open.call.inner == inner
                    && open.call.arguments.iter().map(|(_, old)| old).eq(&values);
                if same {
                    return Vec::new();
                }
                let places = (open.selection, open.selection);
                let made = self.write(open.revision, places, at, |shown, selected| {
                    call::rewrite(shown, selected, &values, inner.as_deref())
                });
                made.unwrap_or_else(|| {
                    *notice = Some(Notice {
                        tone: Tone::Problem,
                        text: "This cannot be written into the shortcode: Hugo would read it otherwise. Nothing was changed."
                            .to_owned(),
                    });
                    Vec::new()
                })
            }
            CallTold::Dismissed => {
                self.call = None;
                Vec::new()
            }
        }
    }

    /// The call at the selection. `within`: beside it is not enough, since the key means something else there.
    fn call_here(&self, base: Revision, selection: Selection, within: bool) -> Option<OpenCall> {
        if base != self.revision {
            return None;
        }
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let units = Units::of(&shown);
        let place = Span::new(
            units.byte(&shown, selection.from),
            units.byte(&shown, selection.to.max(selection.from)),
        );
        Some(OpenCall {
            revision: base,
            selection,
            call: Rc::new(if within {
                call::call_around(&shown, place)
            } else {
                call::call_at(&shown, place)
            }?),
        })
    }
}
