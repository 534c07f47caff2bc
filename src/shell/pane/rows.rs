//! Where a pane has its text on the screen, whichever kind of pane it is. Heights are CSS pixels.

use crate::session::PaneSpot;
use crate::text::Utf16Pos;

use super::area_rows::AreaRows;
use super::code::CodeRows;
use super::scrolled::Scroller;

/// The rows of a pane as they stand on the screen right now.
#[derive(Debug)]
pub(in crate::shell) enum Rows<'a> {
    Area(AreaRows<'a>),
    Code(CodeRows<'a>),
}

impl Rows<'_> {
    /// What scrolls.
    pub(in crate::shell) const fn scroller(&self) -> &Scroller {
        match self {
            Self::Area(rows) => &rows.scroller,
            Self::Code(rows) => &rows.scroller,
        }
    }

    /// The height of one row.
    pub(in crate::shell) fn row_height(&self) -> f64 {
        match self {
            Self::Area(rows) => rows.row_height(),
            Self::Code(rows) => rows.row_height(),
        }
    }

    /// The place at this height of what is seen.
    pub(in crate::shell) fn spot(&self, y: f64) -> Option<PaneSpot> {
        match self {
            Self::Area(rows) => rows.spot(y),
            Self::Code(rows) => rows.spot(y),
        }
    }

    /// Scrolls so that a place stands at this height of what is seen, as far as the text goes.
    pub(in crate::shell) fn bring(&self, spot: PaneSpot, y: f64) {
        match self {
            Self::Area(rows) => {
                // Where something lies above the text, it stays as it is.
                let _ = rows.bring(spot, y);
            }
            Self::Code(rows) => rows.bring(spot, y),
        }
    }

    /// Whether a place is seen, with a row to spare.
    pub(in crate::shell) fn sees(&self, at: Utf16Pos) -> bool {
        match self {
            Self::Area(rows) => rows.sees(at),
            Self::Code(rows) => rows.sees(at),
        }
    }
}
