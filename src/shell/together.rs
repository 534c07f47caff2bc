//! Text and article scroll together: the side the reader moves leads, and a movement of our own is never answered.

use crate::preview::positions::Place;
use crate::session::{Look, Millis, PaneSpot};

use super::clock;
use super::pane::Rows;
use super::preview_frame::PreviewFrame;

/// How far a scroll position may be from the one that was asked for, in CSS pixels: browsers round.
const NEAR: f64 = 1.5;

/// How long a pane that we scrolled may still move by itself, in ms: what comes to the screen is only then measured.
const SETTLES: u64 = 150;

/// What is needed to scroll two sides together.
#[derive(Debug)]
pub(super) struct Together {
    on: bool,
    /// Where we scrolled a side to: such a movement was not the reader's.
    text: Option<f64>,
    text_at: Millis,
    page: Option<f64>,
    /// What the text is to show once it is on the screen.
    waiting: Option<PaneSpot>,
}

impl Default for Together {
    fn default() -> Self {
        Self {
            on: true,
            text: None,
            text_at: Millis::default(),
            page: None,
            waiting: None,
        }
    }
}

impl Together {
    pub(super) const fn is_on(&self) -> bool {
        self.on
    }

    pub(super) fn turn(&mut self, on: bool) {
        self.on = on;
        self.waiting = None;
    }

    /// The pane was scrolled: what to ask, where the reader did it.
    pub(super) fn text_scrolled(&mut self, rows: Option<&Rows<'_>>) -> Option<Look> {
        let rows = rows?;
        let (top, _) = rows.scroller().scrolled();
        if self.text.is_some_and(|ours| (ours - top).abs() < NEAR) {
            return None;
        }
        let near = |ours: f64| (ours - top).abs() < rows.scroller().height() / 2.0;
        if self.text.is_some_and(near) && clock::now().since(self.text_at) < SETTLES {
            self.text = Some(top);
            return None;
        }
        self.text = None;
        self.waiting = None;
        if !self.on {
            return None;
        }
        rows.spot(0.0).map(Look::TextScrolled)
    }

    /// The article was scrolled: what to ask, where the reader did it.
    pub(super) fn page_scrolled(&mut self, page: &PreviewFrame) -> Option<Look> {
        let (top, _) = page.scrolled()?;
        if self.page.is_some_and(|ours| (ours - top).abs() < NEAR) {
            return None;
        }
        self.page = None;
        if !self.on {
            return None;
        }
        page.place_at(top).map(Look::PageScrolled)
    }

    /// The article was laid out for another width: it is to show what the text shows.
    pub(super) fn text_leads(&self, rows: &Rows<'_>) -> Option<Look> {
        if !self.on {
            return None;
        }
        rows.spot(0.0).map(Look::TextScrolled)
    }

    /// The layout moved what is seen of the article, if anything did; the reader did not.
    pub(super) fn page_moved(&mut self, page: &PreviewFrame) {
        self.page = page.scrolled().map(|(top, _)| top);
    }

    /// The pane was moved on the writer's behalf, but not by scrolling it.
    pub(super) fn text_moved(&mut self, rows: &Rows<'_>) {
        self.text = Some(rows.scroller().scrolled().0);
        self.text_at = clock::now();
    }

    /// Brings a place of the article to its top, as the pane has it.
    pub(super) fn scroll_page(
        &mut self,
        place: Place,
        rows: Option<&Rows<'_>>,
        page: &PreviewFrame,
    ) {
        let Some((_, most)) = page.scrolled() else {
            return;
        };
        let lead = rows.map(|rows| (rows.scroller().scrolled(), rows.scroller().height()));
        let Some(goal) = page.height_of(place) else {
            return;
        };
        let goal = lead.map_or(goal, |(scrolled, height)| {
            to_the_end(goal, most, scrolled, height)
        });
        page.scroll(goal);
        self.page_moved(page);
    }

    /// Brings a place of the pane to its top, as the article has it.
    pub(super) fn scroll_text(
        &mut self,
        spot: PaneSpot,
        rows: Option<&Rows<'_>>,
        page: &PreviewFrame,
    ) {
        let Some(rows) = rows else {
            self.waiting = Some(spot);
            return;
        };
        rows.bring(spot, 0.0);
        if let Some(scrolled) = page.scrolled() {
            let scroller = rows.scroller();
            let (top, most) = scroller.scrolled();
            scroller.scroll(to_the_end(top, most, scrolled, page.window_height()), most);
        }
        self.text_moved(rows);
    }

    /// Whether the text has something to show once it is on the screen.
    pub(super) const fn waits(&self) -> bool {
        self.waiting.is_some()
    }

    /// The pane came to the screen: it shows what the article showed last.
    pub(super) fn catch_up(&mut self, rows: Option<&Rows<'_>>, page: &PreviewFrame) {
        if let Some(spot) = self.waiting.take() {
            // Still away: it waits again.
            self.scroll_text(spot, rows, page);
        }
    }
}

/// Where one side is scrolled to when the other one, which leads, comes to its end: both reach it together.
fn to_the_end(goal: f64, most: f64, (lead, lead_most): (f64, f64), height: f64) -> f64 {
    let window = height.min(lead_most / 2.0);
    let left = lead_most - lead;
    if window <= 0.0 || left >= window {
        return goal.min(most);
    }
    let share = 1.0 - left / window;
    goal.min(most) * (1.0 - share) + most * share
}
