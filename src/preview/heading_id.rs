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

/// Gathers the text a heading's id is made from, or an image's alternative text. Of a container only what comes first in
/// it counts.
#[derive(Debug, Clone, Default)]
pub(super) struct PlainText {
    text: String,
    /// For each open container: how many children it had, and whether it is itself no first child.
    containers: Vec<(u32, bool)>,
    /// The text does not count here.
    mute: bool,
    /// The last child was text, and more text goes on with it.
    in_text: bool,
}

impl PlainText {
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

    /// Text in which marks that came to nothing are still marks: in a container goldmark's text ends behind the first.
    pub(super) fn push_with_marks(&mut self, text: &str) {
        let is_mark = |c: char| matches!(c, '*' | '_' | '[');
        let first = text.find(is_mark).filter(|_| !self.containers.is_empty());
        let Some(rest) = first.and_then(|first| text.get(first..)) else {
            self.push(text);
            return;
        };
        let mark = rest.chars().next().unwrap_or_default();
        let behind = rest.trim_start_matches(mark);
        let end = if mark == '[' {
            1
        } else {
            rest.len() - behind.len()
        };
        self.push(text.get(..text.len() - rest.len() + end).unwrap_or(text));
        self.mute = true;
    }

    /// What was gathered.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Another line starts.
    pub(super) fn line(&mut self) {
        self.in_text = false;
        self.text.push('\n');
    }
}

/// What a heading with this text asks for.
pub(super) fn wanted(text: &PlainText, setext: bool) -> Wanted {
    let text = if setext {
        text.text.rsplit('\n').next().unwrap_or_default()
    } else {
        &text.text
    };
    let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
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
