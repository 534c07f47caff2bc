//! Changes to a text, made in steps and answered as one.

use std::ops::Range;

use crate::text::sort;
use crate::text::{BytePos, Span, TextEdit};

use super::prose::Prose;

/// What a command does to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// In order, not overlapping, each in terms of the text before.
    pub changes: Vec<TextEdit>,
    /// What is selected afterwards, or where the caret is, in the text after.
    pub selection: Span,
}

impl Edit {
    /// An edit that leaves selected what was. `None` where nothing changes.
    pub(super) fn keeping(changes: Vec<TextEdit>, selected: Range<usize>) -> Option<Self> {
        if changes.is_empty() {
            return None;
        }
        let moved = |at: usize| {
            let mut now = at;
            for change in &changes {
                let span = change.span().range();
                if span.end <= at {
                    now = now + change.insert().len() - span.len();
                } else if span.start < at {
                    now = now - (at - span.start) + change.insert().len();
                }
            }
            BytePos::new(now)
        };
        let selection = Span::new(moved(selected.start), moved(selected.end));
        Some(Self { changes, selection })
    }

    /// The text after the edit. The changes must have been made for `text`; one that does not fit is left out.
    #[must_use]
    pub fn applied_to(&self, text: &str) -> String {
        let mut after = String::with_capacity(text.len() + 64);
        let mut from = 0;
        for change in &self.changes {
            let range = change.span().range();
            let Some(kept) = text.get(from..range.start) else {
                continue;
            };
            after.push_str(kept);
            after.push_str(change.insert());
            from = range.end;
        }
        after.push_str(text.get(from..).unwrap_or_default());
        after
    }
}

/// On which side of text inserted right at a position that position stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Replacements that are made together, all in terms of the same text.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes(Vec<(Range<usize>, String)>);

impl Changes {
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        if !range.is_empty() || !text.is_empty() {
            self.0.push((range, text));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds these, made for a block's text, to those of the whole.
    pub(super) fn in_whole(&self, prose: &Prose, changes: &mut Self) {
        for (range, text) in &self.0 {
            // A line break here may be a break and marks there: it stays.
            let end = if range.is_empty() {
                prose.whole(range.start)
            } else {
                prose.whole(range.end - 1) + 1
            };
            changes.replace(prose.whole(range.start)..end, text.clone());
        }
    }

    fn sorted(mut self) -> Self {
        sort::sort_by_key(&mut self.0, |(range, _)| (range.start, range.end));
        self
    }

    /// Where a position is afterwards. What stood in a replaced stretch goes to one of its ends.
    pub(super) fn moved(&self, at: usize, side: Side) -> usize {
        let (mut more, mut less) = (0, 0);
        for (range, text) in &self.0 {
            if range.end < at || (range.end == at && (!range.is_empty() || side == Side::After)) {
                more += text.len();
                less += range.len();
            } else if range.start < at {
                less += at - range.start;
                if side == Side::After {
                    more += text.len();
                }
            }
        }
        (at + more).saturating_sub(less)
    }

    /// The text with all of them made.
    pub(super) fn applied_to(&self, text: &str) -> String {
        let mut draft = Draft::new(text, 0..0);
        draft.apply(self.clone());
        draft.now
    }
}

/// A stretch of the text as it is now.
#[derive(Debug, Clone)]
enum Piece {
    /// Of the text before.
    Kept(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::New(text) => text.len(),
        }
    }

    fn split(self, at: usize) -> (Self, Self) {
        match self {
            Self::Kept(range) => {
                let middle = range.start + at;
                (
                    Self::Kept(range.start..middle),
                    Self::Kept(middle..range.end),
                )
            }
            Self::New(mut text) => {
                let tail = text.get(at..).unwrap_or_default().to_owned();
                text.truncate(at);
                (Self::New(text), Self::New(tail))
            }
        }
    }
}

/// A position that a draft follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Watched(usize);

/// A text that is changed step by step; what was kept all along is not part of the edit that comes out.
#[derive(Debug, Clone)]
pub(super) struct Draft<'a> {
    before: &'a str,
    selected: Range<usize>,
    now: String,
    pieces: Vec<Piece>,
    watched: Vec<usize>,
    /// The selection in the text as it is now.
    pub(super) selection: Range<usize>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(text: &'a str, selection: Range<usize>) -> Self {
        Self {
            before: text,
            selected: selection.clone(),
            now: text.to_owned(),
            pieces: vec![Piece::Kept(0..text.len())],
            watched: Vec::new(),
            selection,
        }
    }

    /// The text as it is now.
    pub(super) fn text(&self) -> &str {
        &self.now
    }

    /// Follows a position through the changes to come.
    pub(super) fn watch(&mut self, at: usize) -> Watched {
        self.watched.push(at);
        Watched(self.watched.len() - 1)
    }

    /// Where a position is now.
    pub(super) fn watched(&self, which: Watched) -> usize {
        self.watched.get(which.0).copied().unwrap_or_default()
    }

    /// Makes changes to the text as it is now. What is inserted right at the caret, or at an end of the selection, is
    /// then before it.
    pub(super) fn apply(&mut self, changes: Changes) {
        self.apply_beside(changes, Side::After, Side::After);
    }

    /// The same, with the sides on which start and end of the selection stay.
    pub(super) fn apply_beside(&mut self, changes: Changes, start: Side, end: Side) {
        let changes = changes.sorted();
        let from = changes.moved(self.selection.start, start);
        let to = changes.moved(self.selection.end, end);
        self.selection = from.min(to)..from.max(to);
        for at in &mut self.watched {
            *at = changes.moved(*at, Side::After);
        }
        let mut pieces = std::mem::take(&mut self.pieces).into_iter();
        let mut now = String::with_capacity(self.now.len() + 64);
        let mut next = pieces.next();
        let mut at = 0;
        for (range, text) in changes.0 {
            let Some(kept) = self.now.get(at..range.start) else {
                continue;
            };
            if self.now.get(range.clone()).is_none() {
                continue;
            }
            now.push_str(kept);
            now.push_str(&text);
            self.take(&mut pieces, &mut next, range.start - at, true);
            self.take(&mut pieces, &mut next, range.len(), false);
            self.pieces.push(Piece::New(text));
            at = range.end;
        }
        now.push_str(self.now.get(at..).unwrap_or_default());
        self.pieces.extend(next);
        self.pieces.extend(pieces);
        self.now = now;
    }

    /// Goes over the next `len` bytes of the old pieces, keeping them or not.
    fn take(
        &mut self,
        pieces: &mut std::vec::IntoIter<Piece>,
        next: &mut Option<Piece>,
        mut len: usize,
        keep: bool,
    ) {
        while len > 0 {
            let Some(piece) = next.take() else { return };
            let whole = piece.len();
            if whole <= len {
                len -= whole;
                if keep {
                    self.pieces.push(piece);
                }
                *next = pieces.next();
            } else {
                let (head, tail) = piece.split(len);
                if keep {
                    self.pieces.push(head);
                }
                *next = Some(tail);
                len = 0;
            }
        }
    }

    /// The edit from the text before to the text now; `None` where nothing is different.
    pub(super) fn finish(self) -> Option<Edit> {
        let mut changes = Vec::new();
        let mut from = 0;
        let mut fresh = String::new();
        let end = Piece::Kept(self.before.len()..self.before.len());
        for piece in self.pieces.into_iter().chain([end]) {
            match piece {
                Piece::New(text) => fresh.push_str(&text),
                Piece::Kept(range) => {
                    // An empty stretch says nothing about what is around it.
                    if range.is_empty() && range.start < self.before.len() {
                        continue;
                    }
                    let gone = from..range.start;
                    if !gone.is_empty() || !fresh.is_empty() {
                        changes.extend(least(self.before, gone, std::mem::take(&mut fresh)));
                    }
                    from = range.end;
                }
            }
        }
        if changes.is_empty() && self.selection == self.selected {
            return None;
        }
        Some(Edit {
            changes,
            selection: Span::from_range(self.selection),
        })
    }
}

/// A replacement without what its two sides have in common at their ends.
fn least(text: &str, gone: Range<usize>, fresh: String) -> Option<TextEdit> {
    let old = text.get(gone.clone())?;
    if old.is_empty() || fresh.is_empty() {
        return Some(TextEdit::new(Span::from_range(gone), fresh));
    }
    let (old, new) = crate::text::replaced(old, &fresh);
    let changed = !old.is_empty() || !new.is_empty();
    changed.then(|| TextEdit::new(old.shifted(gone.start), new.of(&fresh)))
}
