//! Where a textarea has its text on the screen. It does not tell; but the browser tells which character is at a point, and
//! that is enough to find every row, without laying anything out a second time.

use wasm_bindgen::JsValue;
use web_sys::{Document, HtmlTextAreaElement};

use crate::session::PaneSpot;
use crate::text::Utf16Pos;

use super::scrolled::Scroller;

/// The rows of a textarea as they stand on the screen right now.
#[derive(Debug)]
pub(in crate::shell) struct AreaRows<'a> {
    area: &'a HtmlTextAreaElement,
    document: Document,
    pub(super) scroller: Scroller,
    /// Where its text begins, in the window.
    left: f64,
    /// The height of a row.
    row: f64,
    /// The browser tells what is at a point.
    exact: bool,
}

/// Looking for a row, the guesses come closer quickly; this many are never needed.
const MOST_GUESSES: usize = 24;

impl<'a> AreaRows<'a> {
    /// `None` while the textarea is not on the screen.
    pub(super) fn of(area: &'a HtmlTextAreaElement) -> Option<Self> {
        let scroller = Scroller::of(area.clone().into())?;
        let rect = area.get_bounding_client_rect();
        let style = gloo::utils::window().get_computed_style(area).ok()??;
        let length = |name: &str| {
            let value = style.get_property_value(name).unwrap_or_default();
            value.trim_end_matches("px").parse::<f64>().ok()
        };
        let document = gloo::utils::document();
        let name = JsValue::from_str("caretPositionFromPoint");
        Some(Self {
            area,
            left: rect.left() + length("border-left-width")? + length("padding-left")? + 0.5,
            scroller,
            row: length("line-height").unwrap_or(20.0).max(4.0),
            exact: js_sys::Reflect::has(&document, &name).unwrap_or(false),
            document,
        })
    }

    /// The height of one row.
    pub(super) const fn row_height(&self) -> f64 {
        self.row
    }

    /// The first character of the row at this height of what is seen. `None` where something lies above it.
    fn at(&self, y: f64) -> Option<f64> {
        if !self.exact {
            // No better way: as if all rows were equally long.
            let share = (f64::from(self.area.scroll_top()) + y)
                / f64::from(self.area.scroll_height()).max(1.0);
            return Some((share * f64::from(self.area.text_length())).round());
        }
        #[expect(clippy::cast_possible_truncation, reason = "what the browser takes")]
        let (x, y) = (self.left as f32, (self.scroller.top() + y) as f32);
        let position = self.document.caret_position_from_point(x, y)?;
        let node = position.offset_node()?;
        node.is_same_node(Some(self.area))
            .then(|| f64::from(position.offset()))
    }

    /// The place at this height of what is seen.
    pub(super) fn spot(&self, y: f64) -> Option<PaneSpot> {
        let here = self.at(y)?;
        // The row ends where another character is the first one.
        let end = self.edge(y, y + self.row + 1.0, |at| at > here)?;
        let next = self.at(end + 0.5)?;
        let through = 1.0 - ((end - y) / self.row).clamp(0.0, 1.0);
        Some(PaneSpot::from_units(
            here + through * (next - here).max(0.0),
        ))
    }

    /// The height between two, to a quarter of a pixel, from which on the first character of a row fits.
    fn edge(&self, from: f64, to: f64, fits: impl Fn(f64) -> bool) -> Option<f64> {
        let (mut from, mut to) = (from, to);
        while to - from > 0.25 {
            let middle = f64::midpoint(from, to);
            if fits(self.at(middle)?) {
                to = middle;
            } else {
                from = middle;
            }
        }
        Some(to)
    }

    /// Scrolls so that a place stands at this height of what is seen, as far as the text goes.
    pub(super) fn bring(&self, spot: PaneSpot, y: f64) -> Option<()> {
        let wanted = spot.units();
        let (_, most) = self.scroller.scrolled();
        let (mut low, mut low_at) = (0.0, 0.0);
        let (mut high, mut high_at) = (
            most + self.scroller.height(),
            f64::from(self.area.text_length()),
        );
        for _ in 0..MOST_GUESSES {
            let top = f64::from(self.area.scroll_top());
            let first = self.at(0.5)?;
            let last = self.at(self.scroller.height() - 1.0)?;
            if wanted < first {
                (high, high_at) = (top, first);
            } else if wanted > last && top < most - 0.5 {
                (low, low_at) = (top + self.scroller.height() - self.row, last);
            } else {
                return self.bring_seen(wanted, y, most);
            }
            let share = (wanted - low_at) / (high_at - low_at).max(1.0);
            let guess = low + share.clamp(0.0, 1.0) * (high - low) - self.scroller.height() / 2.0;
            let guess = guess.clamp(0.0, most).round();
            if (guess - top).abs() < 0.5 {
                // Half a window on: the guess was right, only the place is just outside.
                let step = if wanted < first { -0.5 } else { 0.5 };
                self.scroller
                    .scroll(top + step * self.scroller.height(), most);
                continue;
            }
            self.scroller.scroll(guess, most);
        }
        None
    }

    /// Brings a place that is seen to this height.
    fn bring_seen(&self, wanted: f64, y: f64, most: f64) -> Option<()> {
        // The last row that starts before the place.
        let row_end = self.edge(0.0, self.scroller.height(), |at| at > wanted)?;
        let row_start = row_end - self.row;
        let here = self.at((row_start + row_end) / 2.0)?;
        let next = if row_end < self.scroller.height() - 0.5 {
            self.at(row_end + 0.5)?
        } else {
            here
        };
        let through = if next > here {
            ((wanted - here) / (next - here)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let now = row_start + through * self.row;
        self.scroller
            .scroll(f64::from(self.area.scroll_top()) + now - y, most);
        Some(())
    }

    /// Whether a place is seen, with a row to spare.
    pub(super) fn sees(&self, at: Utf16Pos) -> bool {
        let at = f64::from(at.get());
        let first = self.at(1.0);
        let last = self.at(self.scroller.height() - 2.0 * self.row);
        first.is_some_and(|first| first <= at) && last.is_some_and(|last| at <= last)
    }
}
