//! Where the article shows what the Markdown pane has, and the other way round.

use std::rc::Rc;

use crate::preview::positions::{Place, Positions, Spot, find};
use crate::session::PaneId;
use crate::session::effect::Effect;
use crate::session::look::{Look, PaneSpot};
use crate::text::{BytePos, Span, TextEdit, Units, Utf16Pos};

use super::Editing;
use super::change::Moved;

impl Editing {
    pub(in crate::session) fn look(&self, look: &Look) -> Vec<Effect> {
        match look {
            Look::TextScrolled(spot) => {
                let spot = Spot {
                    at: self.in_file(spot.at),
                    part: spot.part,
                };
                let place = self.positions().on_page(spot);
                place.map(Effect::ScrollPage).into_iter().collect()
            }
            Look::PageScrolled(place) => {
                let spot = self.positions().in_file(*place);
                vec![Effect::ScrollText(PaneSpot {
                    at: self.in_body(spot.at),
                    part: spot.part,
                })]
            }
            Look::CaretMoved(at) => vec![self.mark(self.in_file(*at))],
            Look::PagePressed { place, shown, at } => {
                let at = self.pressed(*place, shown, *at);
                vec![Effect::PlaceCaret(self.in_body(at)), self.mark(at)]
            }
        }
    }

    /// Marks the block that shows the byte `at`.
    pub(super) fn mark(&self, at: BytePos) -> Effect {
        Effect::MarkBlock(self.positions().block_at(at))
    }

    fn positions(&self) -> Positions<'_> {
        Positions::new(self.text.as_str(), self.preview.blocks())
    }

    /// The place of a word where the source has it, else the start of the line that the layout tells.
    fn pressed(&self, place: Place, shown: &str, at: Utf16Pos) -> BytePos {
        let positions = self.positions();
        let range = positions.range_of(place.block);
        let text = self.text.as_str();
        let source = text.get(range.clone()).unwrap_or_default();
        if let Some(found) = find(source, shown, at) {
            return found.plus(range.start);
        }
        let spot = positions.in_file(place).at.get();
        let head = text.get(range.start..spot).unwrap_or_default();
        BytePos::new(
            head.rfind('\n')
                .map_or(range.start, |at| range.start + at + 1),
        )
    }

    /// The place in the file of a place in the Markdown pane.
    pub(super) fn in_file(&self, at: Utf16Pos) -> BytePos {
        let part = self.part(PaneId::Body);
        let shown = part.of(self.text.as_str());
        self.units(part).byte(shown, at).plus(part.start().get())
    }

    /// The place in the Markdown pane of a place in the file; its start or end for one outside of it.
    pub(super) fn in_body(&self, at: BytePos) -> Utf16Pos {
        let part = self.part(PaneId::Body);
        let shown = part.of(self.text.as_str());
        let at = at.get().clamp(part.start().get(), part.end().get()) - part.start().get();
        self.units(part).at(shown, BytePos::new(at))
    }

    /// Made when it is first asked for; edits are taken in where they are made.
    pub(super) fn units(&self, part: Span) -> Rc<Units> {
        let mut kept = self.units.borrow_mut();
        let units = kept.get_or_insert_with(|| Rc::new(Units::of(part.of(self.text.as_str()))));
        Rc::clone(units)
    }

    /// The body's positions after an edit, which moved `before` to where it stands now.
    pub(super) fn move_units(&mut self, moved: Moved, before: Span, edit: &TextEdit) {
        let shown = self.part(PaneId::Body);
        match (moved, self.units.get_mut()) {
            (Moved::Aside, _) | (_, None) => {}
            (Moved::Inside, Some(units)) => {
                let at = BytePos::new(edit.span().start().get() - before.start().get());
                let text = shown.of(self.text.as_str());
                let removed = edit.span().len();
                Rc::make_mut(units).edited(text, at, removed, edit.insert().len());
            }
            (Moved::Away, units) => *units = None,
        }
    }
}
