//! What the tools beside the Markdown pane ask of it, and what they remember in this browser.

use crate::session::{Arrival, Msg, Selection};
use crate::text::Utf16Pos;
use crate::writing::Command;

use super::Shell;
use super::pane::CaretPlace;

/// How the pane is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setup {
    /// The size of the text: 0 is the usual one, others are steps from there.
    pub size: i8,
    /// Lines have numbers.
    pub numbers: bool,
    /// Everything but the pane fades.
    pub focus: bool,
    /// The caret's line stays in the middle.
    pub typewriter: bool,
    /// How many words the text is to have; 0: no goal.
    pub goal: u32,
}

/// The smallest and the largest size of the text, in steps.
pub const SIZES: std::ops::RangeInclusive<i8> = -1..=3;

/// Where the set-up is kept, and what is written there: `size numbers focus typewriter goal`.
const KEY: &str = "recap-editor-pane";

impl Setup {
    /// As it was kept; the usual one where nothing was, or this browser keeps nothing.
    #[must_use]
    pub fn kept() -> Self {
        let kept = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        let kept = kept.unwrap_or_default();
        let mut words = kept.split(' ');
        let size: i8 = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
        let mut yes = || words.next() == Some("yes");
        let (numbers, focus, typewriter) = (yes(), yes(), yes());
        Self {
            size: size.clamp(*SIZES.start(), *SIZES.end()),
            numbers,
            focus,
            typewriter,
            goal: words.next().and_then(|word| word.parse().ok()).unwrap_or(0),
        }
    }

    /// Keeps it for the next time, where this browser keeps anything.
    pub fn keep(self) {
        let word = |on: bool| if on { "yes" } else { "no" };
        let line = format!(
            "{} {} {} {} {}",
            self.size,
            word(self.numbers),
            word(self.focus),
            word(self.typewriter),
            self.goal
        );
        // Kept or not, it holds for this visit.
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, &line);
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

impl Shell {
    /// A command was chosen outside the Markdown pane: what happened, as a message. `instead`: so many characters before
    /// the caret called for it and go. `None` while an input method is at work.
    #[must_use]
    pub fn command(&self, command: Command, instead: u32) -> Option<Msg> {
        self.body.command(command, instead)
    }

    /// A section is to stand in front of another heading: what happened, as a message.
    #[must_use]
    pub fn section_moved(&self, which: usize, before: usize) -> Option<Msg> {
        self.body.section_moved(which, before)
    }

    /// Where pictures for the text belong: where the caret is, or beside the post while an input method is at work.
    #[must_use]
    pub fn arrival_in_text(&self) -> Arrival {
        self.body.arrival().unwrap_or(Arrival::Beside)
    }

    /// Puts the caret of the Markdown pane at a point of the window, in CSS pixels, as a drop does.
    pub fn put_caret_at_point(&self, x: f64, y: f64) {
        if let Some(at) = self.body.at_point(x, y) {
            self.go_to(at);
        }
    }

    /// The form of the shortcode at the caret was asked for: what happened, as a message. `by_enter`: by the Enter key.
    #[must_use]
    pub fn call_asked(&self, by_enter: bool) -> Option<Msg> {
        self.body.call_asked(by_enter)
    }

    /// Opens the Markdown pane's panel to find and replace in.
    pub fn find(&self) {
        self.body.find();
    }

    /// Puts the keyboard into the Markdown pane.
    pub fn return_to_text(&self) {
        self.body.focus(false);
    }

    /// Puts the caret at a place of the Markdown pane, and the keyboard there.
    pub fn go_to(&self, at: Utf16Pos) {
        self.body.select(Selection { from: at, to: at }, true);
        self.body.focus(false);
        self.seen.emit(super::Seen::CaretMoved);
    }

    /// Puts the caret at the start of a line of the Markdown pane, counted from 1.
    pub fn go_to_line(&self, number: u32) {
        self.go_to(self.body.line(number));
    }

    /// Puts text where the caret is, as if it had been typed.
    pub fn insert(&self, text: &str) {
        self.body.focus(false);
        self.body.insert(text);
    }

    /// Where the caret of the Markdown pane stands in the window.
    #[must_use]
    pub fn caret_place(&self) -> Option<CaretPlace> {
        self.body.caret_place()
    }

    /// Sets the Markdown pane up. `first` is the number of its first line, from 1.
    pub fn set_up(&mut self, setup: Setup, first: u32) {
        let root = gloo::utils::document_element();
        for (name, value) in [
            ("data-text-size", setup.size.to_string()),
            (
                "data-focus",
                if setup.focus { "on" } else { "off" }.to_owned(),
            ),
        ] {
            if root.get_attribute(name).as_deref() != Some(&value) {
                // An attribute of the page's own element can always be set.
                let _ = root.set_attribute(name, &value);
            }
        }
        let number = if setup.numbers { first } else { 0 };
        self.body.set_up(number, setup.typewriter);
    }
}
