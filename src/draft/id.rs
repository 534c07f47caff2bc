//! What tells drafts, tabs, edits and moments apart. All of it is given from outside.

use std::fmt;

/// Milliseconds since 1970 in UTC, as the browser's calendar clock gives them. It may be set back; nothing here relies on
/// its going forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub u64);

impl Timestamp {
    /// How many milliseconds have passed since `earlier`; 0 where it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A draft. Drawn by chance when the draft is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftId(pub u64);

/// One tab that writes a draft, from opening it to leaving it. Drawn by chance each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WriterId(pub u64);

/// A kept version. Drawn by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionId(pub u64);

impl fmt::Display for DraftId {
    /// Sixteen hexadecimal digits: a key for storages that cannot hold the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for WriterId {
    /// Sixteen hexadecimal digits: a key for storages that cannot hold the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Display for VersionId {
    /// Sixteen hexadecimal digits: a key for storages that cannot hold the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A file's content, however the store names it: its hash, most likely. Contents are written once and only named here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentId(pub String);

/// The number of an edit within its writer's chain, from 1; 0 is the text before the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Seq(pub u64);

impl Seq {
    /// The number of the edit after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// The session's number of a text, as it stood when the edit was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(pub u64);

/// Which text of which draft: what was there after the edit `seq` of `writer`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// The draft.
    pub draft: DraftId,
    /// Who wrote.
    pub writer: WriterId,
    /// The newest edit that is in the text.
    pub seq: Seq,
    /// The session's number of the text.
    pub revision: Revision,
}

impl Stamp {
    /// The same for a text that holds this one.
    #[must_use]
    pub const fn follow(self) -> Follow {
        Follow {
            writer: self.writer,
            seq: self.seq,
        }
    }
}

/// How much of another writer's chain a text holds: all edits up to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Follow {
    /// The other writer.
    pub writer: WriterId,
    /// Its newest edit that is in the text.
    pub seq: Seq,
}
