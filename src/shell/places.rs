//! Where the writer is in the Markdown pane: told when they rest, restored when a draft is opened.

use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;

use crate::session::storage::StoreTold;
use crate::session::{Msg, Selection};

use super::{Seen, Shell};

/// How long nothing has to be scrolled or selected until that is told, in milliseconds.
const REST: u32 = 250;

/// After how many frames a pane is laid out for good.
const FRAMES: u8 = 4;

impl Shell {
    pub(super) fn ask_for_rest(&mut self) {
        let seen = self.seen.clone();
        self.rest = Some(Timeout::new(REST, move || seen.emit(Seen::Rested)));
    }

    /// Tells where the writer is, unless they are not there yet.
    pub(super) fn tell_place(&mut self) {
        self.rest = None;
        if self.place.is_some() {
            return;
        }
        let Some(rows) = self.body.rows() else { return };
        let at = self.caret.unwrap_or_default();
        // Never negative, and far below 2^53.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let scroll = rows.scroller().scrolled().0.round() as u64;
        self.send.emit(Msg::Store(StoreTold::PlaceMoved {
            selection: Selection { from: at, to: at },
            scroll,
        }));
    }

    /// Puts the caret where it was; the scroll position follows when the pane is laid out.
    pub(super) fn restore_place(&mut self) {
        let Some((selection, _)) = self.place else {
            return;
        };
        if self.body.rows().is_none() {
            return;
        }
        self.body.select(selection, false);
        self.caret = Some(selection.to);
        self.drawn = Some((self.next_drawing(), FRAMES));
    }

    fn next_drawing(&self) -> AnimationFrame {
        let seen = self.seen.clone();
        request_animation_frame(move |_| seen.emit(Seen::PaneDrawn))
    }

    /// Scrolls to where the writer was, in each of some frames: the pane learns only then how high its lines are.
    pub(super) fn scroll_to_place(&mut self) {
        let left = self.drawn.take().map_or(0, |(_, left)| left);
        let Some((_, scroll)) = self.place else {
            return;
        };
        if let Some(rows) = self.body.rows() {
            let (_, most) = rows.scroller().scrolled();
            // Far below 2^53.
            #[expect(clippy::cast_precision_loss)]
            rows.scroller().scroll(scroll as f64, most);
        }
        if left == 0 {
            self.place = None;
        } else {
            self.drawn = Some((self.next_drawing(), left - 1));
        }
    }
}
