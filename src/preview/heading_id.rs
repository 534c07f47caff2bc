//! Headings' ids: the text they are made from, GitHub's style, and who gets which where several want the same.

use std::collections::{HashMap, HashSet};

use crate::markdown::unicode;

/// What a heading asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// It has no text.
    Nothing,
    /// Written by hand: taken as it is, also where there is one already.
    Own(String),
    /// Made from its text: numbered where it is taken.
    Made(String),
}

/// Gathers the text of a heading. Of a container only what comes first in it counts.
#[derive(Debug, Clone, Default)]
pub(super) struct IdText {
    text: String,
    /// For each open container: how many children it had, and whether it is itself no first child.
    containers: Vec<(u32, bool)>,
    /// The text does not count here.
    mute: bool,
    /// The last child was text, and more text goes on with it.
    in_text: bool,
}

impl IdText {
    /// A child of the innermost container starts.
    pub(super) fn child(&mut self) {
        self.in_text = false;
        match self.containers.last_mut() {
            Some((count, outside)) => {
                *count += 1;
                self.mute = *outside || *count > 1;
            }
            None => self.mute = false,
        }
    }

    /// Text starts, or goes on.
    pub(super) fn text(&mut self) {
        if !self.in_text {
            self.child();
            self.in_text = true;
        }
    }

    /// The child that just started is a container.
    pub(super) fn open(&mut self) {
        self.containers.push((0, self.mute));
    }

    pub(super) fn close(&mut self) {
        self.in_text = false;
        self.containers.pop();
    }

    pub(super) fn push(&mut self, text: &str) {
        if !self.mute {
            self.text.push_str(text);
        }
    }

    /// Another line starts.
    pub(super) fn line(&mut self) {
        self.in_text = false;
        self.text.push('\n');
    }
}

/// What a heading with this text asks for.
pub(super) fn wanted(text: &IdText, setext: bool) -> Wanted {
    let text = if setext {
        text.text.rsplit('\n').next().unwrap_or_default()
    } else {
        &text.text
    };
    let text = text.trim();
    if text.is_empty() {
        return Wanted::Nothing;
    }
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '-' | ' ') {
            id.push('-');
        } else if c.is_ascii() {
            if c.is_ascii_alphanumeric() || c == '_' {
                id.push(c.to_ascii_lowercase());
            }
        } else if unicode::is_letter(c) || unicode::is_digit(c) {
            // Go lower-cases letter by letter.
            id.extend(c.to_lowercase().next());
        }
    }
    if id.is_empty() {
        id.push_str("heading");
    }
    Wanted::Made(id)
}

/// Hands out ids in the order of the document.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// The number to try next for a text that was there before: only makes the search short.
    next: HashMap<String, usize>,
}

impl Ids {
    /// The id for `wanted`; `None` where it gets none, or has its own.
    pub(super) fn give(&mut self, wanted: &Wanted) -> Option<String> {
        match wanted {
            Wanted::Nothing => None,
            Wanted::Own(id) => {
                self.taken.insert(id.clone());
                None
            }
            Wanted::Made(id) => {
                if self.taken.insert(id.clone()) {
                    return Some(id.clone());
                }
                let number = self.next.entry(id.clone()).or_insert(1);
                loop {
                    let numbered = format!("{id}-{number}");
                    *number += 1;
                    if self.taken.insert(numbered.clone()) {
                        return Some(numbered);
                    }
                }
            }
        }
    }
}
