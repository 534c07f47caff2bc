//! One history for form, pane and fixes: changes in the order they were made, grouped as editors do.

use crate::text::TextEdit;
use crate::yaml::KeyPath;

use super::msg::{Input, Millis, OpenedFile, Selection};

/// A pause that ends a group of typed characters, in ms. The half second most editors use.
const PAUSE: u64 = 500;

/// Where a change was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// In a form field.
    Field(KeyPath),
    /// In the Markdown pane.
    Body,
    /// In the text of the raw front matter.
    FrontMatter,
    /// Among the files beside the post.
    Files,
}

/// One step of the history: what undo takes back at once.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// Where it was made.
    pub(super) origin: Origin,
    /// Edits that take it back (or make it again), in the order to apply them.
    pub(super) edits: Vec<TextEdit>,
    /// The pane's selection once they are applied.
    pub(super) selection: Option<Selection>,
    /// The pane's selection on the other side.
    pub(super) other_selection: Option<Selection>,
    /// The files beside the post once it is made, where it changes them. Their bytes are shared.
    pub(super) files: Option<Vec<OpenedFile>>,
    /// More may still join: nothing else happened since.
    open: bool,
    at: Millis,
    ends_word: bool,
}

impl Change {
    /// A change that `inverse` takes back.
    pub(super) fn new(origin: Origin, inverse: TextEdit, at: Millis) -> Self {
        Self {
            origin,
            edits: vec![inverse],
            selection: None,
            other_selection: None,
            files: None,
            open: true,
            at,
            ends_word: false,
        }
    }

    /// A change of several places at once that `inverses`, in the order they were made, take back.
    pub(super) fn of_several(origin: Origin, mut inverses: Vec<TextEdit>, at: Millis) -> Self {
        inverses.reverse();
        Self {
            origin,
            edits: inverses,
            selection: None,
            other_selection: None,
            files: None,
            open: false,
            at,
            ends_word: false,
        }
    }

    /// A change of files that `inverses`, in the order they were made, and `files` take back.
    pub(super) fn of_files(inverses: Vec<TextEdit>, files: Vec<OpenedFile>, at: Millis) -> Self {
        Self {
            files: Some(files),
            ..Self::of_several(Origin::Files, inverses, at)
        }
    }

    /// The same with the files that were beside the post before it.
    pub(super) fn with_files(mut self, files: Vec<OpenedFile>) -> Self {
        self.files = Some(files);
        self
    }

    /// The same with what was selected before and after it.
    pub(super) fn selecting(mut self, before: Selection, after: Selection) -> Self {
        self.selection = Some(before);
        self.other_selection = Some(after);
        self
    }
}

/// What was done, and what was taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    pub(super) fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Notes a change of text. It joins the last one where both are one stretch of typing: in the same place, without a
    /// pause, within a word.
    pub(super) fn note(&mut self, change: Change, typed: &TextEdit, input: Input) {
        self.undone.clear();
        let ends_word = typed.insert().ends_with(char::is_whitespace);
        if let Some(last) = self.done.last_mut()
            && last.open
            && last.origin == change.origin
            && (input == Input::Composition
                || (change.at.since(last.at) < PAUSE
                    && continues(last, typed)
                    && (!last.ends_word || ends_word)))
        {
            last.edits.splice(0..0, change.edits);
            last.other_selection = change.other_selection;
            last.at = change.at;
            last.ends_word = ends_word;
            return;
        }
        self.done.push(Change {
            ends_word,
            ..change
        });
    }

    /// The change a form field made while the writer is still in it: what is typed next replaces it.
    pub(super) fn take_open_field(&mut self, path: &KeyPath) -> Option<Change> {
        self.done
            .pop_if(|last| last.open && last.origin == Origin::Field(path.clone()))
    }

    /// Notes a change as it is, without joining.
    pub(super) fn push(&mut self, change: Change) {
        self.undone.clear();
        self.done.push(change);
    }

    /// Nothing joins the last change any more.
    pub(super) fn close_group(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.open = false;
        }
    }

    pub(super) fn take_undo(&mut self) -> Option<Change> {
        self.done.pop()
    }

    pub(super) fn take_redo(&mut self) -> Option<Change> {
        self.undone.pop()
    }

    /// Puts a change that was applied onto the other side: `inverses` in the order they were made.
    pub(super) fn turn(&mut self, change: Change, mut inverses: Vec<TextEdit>, side: Side) {
        inverses.reverse();
        let turned = Change {
            edits: inverses,
            selection: change.other_selection,
            other_selection: change.selection,
            open: false,
            ..change
        };
        match side {
            Side::Undone => self.undone.push(turned),
            Side::Done => self.done.push(turned),
        }
    }
}

/// The two stacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Done,
    Undone,
}

/// Whether `typed` goes on where the last edit ended: typing forwards, or deleting either way.
fn continues(last: &Change, typed: &TextEdit) -> bool {
    let Some(inverse) = last.edits.first() else {
        return false;
    };
    // The inverse removes what was inserted (its span) and inserts what was removed.
    let inserted = inverse.span();
    let typing = typed.span().is_empty() && !inserted.is_empty();
    let deleting = typed.insert().is_empty() && inserted.is_empty();
    (typing && typed.span().start() == inserted.end())
        || (deleting
            && (typed.span().end() == inserted.start() || typed.span().start() == inserted.start()))
}
