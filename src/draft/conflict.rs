//! Two texts where there should be one: a file that also has a draft, a draft that two tabs wrote. Whatever is chosen, the
//! other text becomes a version first.

use super::Card;
use super::replay::{Head, Replay};
use super::versions::Reason;

/// How a file that is opened and the draft of the same name stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opening {
    /// Their texts are equal.
    Equal,
    /// The file is the one the draft began with: the draft is ahead.
    DraftAhead,
    /// Nothing was written in the draft, and the file has changed since: the file is ahead.
    FileAhead,
    /// Both have changed, or nobody knows what the draft began with.
    Both,
}

/// What the writer can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Go on with the draft.
    Draft,
    /// Begin again with the file.
    File,
    /// Leave the draft as it is; the file becomes a draft of its own.
    Separate,
}

/// One of the two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The file that is being opened.
    File,
    /// The draft.
    Draft,
}

/// What follows from a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Resolution {
    /// The text to edit.
    pub edit: Side,
    /// The text that has to be a version of the draft, confirmed by the store, before the other one is written; `None`
    /// where none is given up.
    pub keep: Option<(Side, Reason)>,
    /// Whether it is written under a new draft's id.
    pub is_new_draft: bool,
}

/// Whether a file with this name, from this folder, is the one a draft is of. A folder that is not known fits every one.
#[must_use]
pub fn is_same_post(card: &Card, name: &str, folder: Option<&str>) -> bool {
    let folders_fit = match (card.folder.as_deref(), folder) {
        (Some(known), Some(folder)) => known == folder,
        _ => true,
    };
    card.deleted.is_none() && card.name == name && folders_fit
}

/// Compares a file that is being opened with its draft; `began` is the file the draft began with, where that is known.
#[must_use]
pub fn opening(file: &[u8], draft: &[u8], began: Option<&[u8]>) -> Opening {
    if file == draft {
        Opening::Equal
    } else if began == Some(file) {
        Opening::DraftAhead
    } else if began == Some(draft) {
        Opening::FileAhead
    } else {
        Opening::Both
    }
}

impl Opening {
    /// What is asked; `None` where there is nothing to choose, and the draft is gone on with.
    #[must_use]
    pub const fn question(self) -> Option<&'static str> {
        match self {
            Self::Equal => None,
            Self::DraftAhead => Some(
                "There is a draft of this file in this browser, with changes the file does not have. Nothing is \
                 overwritten until you choose.",
            ),
            Self::FileAhead => Some(
                "There is a draft of this file in this browser. Nothing was written in it, and the file has changed \
                 since. Nothing is overwritten until you choose.",
            ),
            Self::Both => Some(
                "There is a draft of this file in this browser, and the file is not the one it began with. Nothing is \
                 overwritten until you choose.",
            ),
        }
    }

    /// What can be chosen, the most likely first; none where there is nothing to choose.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Equal => &[],
            Self::DraftAhead | Self::Both => &[Choice::Draft, Choice::File, Choice::Separate],
            Self::FileAhead => &[Choice::File, Choice::Draft, Choice::Separate],
        }
    }
}

impl Choice {
    /// The words on its button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Go on with the draft",
            Self::File => "Begin with the file; keep the draft in the history",
            Self::Separate => "Open the file as a draft of its own",
        }
    }

    /// What follows from it. The text that is not edited is never given up: it becomes a version, or stays a draft.
    #[must_use]
    pub const fn resolution(self) -> Resolution {
        match self {
            Self::Draft => Resolution {
                edit: Side::Draft,
                keep: Some((Side::File, Reason::Conflict)),
                is_new_draft: false,
            },
            Self::File => Resolution {
                edit: Side::File,
                keep: Some((Side::Draft, Reason::BeforeImport)),
                is_new_draft: false,
            },
            Self::Separate => Resolution {
                edit: Side::File,
                keep: None,
                is_new_draft: true,
            },
        }
    }
}

/// A draft that more than one tab wrote: which text is gone on with, and which become versions, with
/// [`Reason::Conflict`], before anything is written over; `None` where the replay found no text. One that equals the text
/// gone on with needs no version.
#[must_use]
pub fn both_wrote(replay: &Replay) -> Option<(&Head, Vec<&Head>)> {
    let (first, others) = replay.heads.split_first()?;
    let others = others
        .iter()
        .filter(|head| head.bytes != first.bytes)
        .collect();
    Some((first, others))
}
