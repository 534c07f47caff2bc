//! What the journal wants done, and why it may not have been.

use super::{Entry, Seq, Stamp, WriterId};

/// A write, to match the storage's answer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriteId(pub u64);

/// An order to whoever performs. Orders are performed in their order and before the next edit is made; of those with an
/// id the outcome is reported to [`super::Journal::written`] once the transaction has completed, or has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Open the store again: it was closed. Its failure needs no report, the writes after it will fail.
    OpenStore,
    /// Write each entry under its writer and number, all in one transaction. One that is there already is the same.
    WriteEntries {
        /// To be reported.
        id: WriteId,
        /// The entries, oldest first; none where only the card has changed.
        entries: Vec<Entry>,
        /// Whether the draft's card is to be written with them, as it is now.
        card: bool,
    },
    /// Write the text as it is now under its writer and number; earlier snapshots stay.
    WriteSnapshot {
        /// To be reported.
        id: WriteId,
        /// Which text it is.
        stamp: Stamp,
    },
    /// Write these bytes to localStorage (see [`super::tail::to_text`]) under draft and writer, at once: the page may be
    /// gone after this.
    WriteTail {
        /// The edits that are not in the store for certain.
        bytes: Vec<u8>,
        /// How many did not fit.
        left_out: usize,
    },
    /// The same where the store has no text that the edits go with: write the text itself, as it is now (see
    /// [`super::tail::of_snapshot`]), and `otherwise` where it is too large.
    WriteTailSnapshot {
        /// Which text it is.
        stamp: Stamp,
        /// What to write where the text is too large.
        otherwise: Vec<u8>,
    },
    /// Remove the tail of this writer from localStorage: all of it is in the store.
    DropTail {
        /// Whose.
        writer: WriterId,
    },
    /// Remove this writer's entries up to and with `seq`, and its snapshots before `seq`: a later snapshot holds them.
    DropEntriesBefore {
        /// The newest entry to remove.
        seq: Seq,
    },
    /// Remove what another writer stored up to and with `seq`, snapshots too: it is in this one's.
    DropWriter {
        /// Whose.
        writer: WriterId,
        /// The newest that goes; what is newer stays.
        seq: Seq,
    },
    /// Call [`super::Journal::tick`] after so many ms. The timer set before is forgotten.
    SetTimer(u64),
}

/// Why a write did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Failure {
    /// There is no room (`QuotaExceededError`).
    Quota,
    /// The transaction was aborted.
    Aborted,
    /// The database was closed under us, or its data deleted.
    Closed,
    /// Another tab holds an older form of the database open.
    Blocked,
    /// The browser did not allow it (`SecurityError`, storage turned off).
    Refused,
    /// There is no such storage, as in some private windows.
    Unavailable,
    /// No answer came in time.
    NoAnswer,
}

impl Failure {
    /// Whether the browser does not want to store anything at all.
    #[must_use]
    pub const fn is_refusal(self) -> bool {
        matches!(self, Self::Refused | Self::Unavailable)
    }

    /// What has happened, to follow a colon.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Quota => "the browser’s storage is full",
            Self::Aborted => "the browser broke off writing",
            Self::Closed => "the browser closed its storage",
            Self::Blocked => "another tab with an older editor holds the storage; close it",
            Self::Refused => "the browser does not allow this page to store anything",
            Self::Unavailable => "this window has no storage, as private windows often have none",
            Self::NoAnswer => "the browser’s storage does not answer",
        }
    }
}
