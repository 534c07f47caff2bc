//! Questions about where things stand: what is on the page for a place in the text, and the other way round. Answering
//! one changes nothing in the session, so that scrolling costs nothing but the answer.

use crate::preview::positions::Place;
use crate::text::Utf16Pos;

/// A place in the Markdown pane, finer than a character.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default)]
pub struct PaneSpot {
    /// The character.
    pub at: Utf16Pos,
    /// How far through it, from 0 to below 1.
    pub part: f64,
}

impl PaneSpot {
    /// The place this many UTF-16 units from the start, never negative.
    #[must_use]
    pub fn from_units(units: f64) -> Self {
        let at = units.floor();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a text, rounded down"
        )]
        Self {
            at: Utf16Pos::new(at as u32),
            part: units - at,
        }
    }

    /// How many UTF-16 units it is from the start.
    #[must_use]
    pub fn units(self) -> f64 {
        f64::from(self.at.get()) + self.part
    }
}

/// What the writer did that only changes what is looked at.
#[derive(Debug, Clone, PartialEq)]
pub enum Look {
    /// The Markdown pane was scrolled; what stands at its top.
    TextScrolled(PaneSpot),
    /// The article was scrolled; what stands at its top.
    PageScrolled(Place),
    /// The caret of the Markdown pane was put here, not by typing.
    CaretMoved(Utf16Pos),
    /// The article was pressed.
    PagePressed {
        /// Where, as far as the layout tells.
        place: Place,
        /// The text of the block that was pressed.
        shown: String,
        /// Where in it.
        at: Utf16Pos,
    },
}
