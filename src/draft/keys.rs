//! Under which keys the store holds what. Keys are part of the stored format.

use super::{DraftId, Seq, Stamp, VersionId, WriterId};

/// A table of the store: bytes under keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// Snapshots and entries, one record a key.
    Records,
    /// What the list shows, one card a writer.
    Cards,
    /// Files beside the posts, and the files that were opened, as they are.
    Files,
    /// Kept versions.
    Versions,
    /// Handles of folders on disk, as the browser has them.
    Folders,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 5] = [
        Self::Records,
        Self::Cards,
        Self::Files,
        Self::Versions,
        Self::Folders,
    ];

    /// Its name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Records => "records",
            Self::Cards => "cards",
            Self::Files => "files",
            Self::Versions => "versions",
            Self::Folders => "folders",
        }
    }
}

/// Keys from one to another, both of them too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
}

/// The key of an entry.
#[must_use]
pub fn entry(stamp: Stamp) -> String {
    format!("{}/{}/e/{:016x}", stamp.draft, stamp.writer, stamp.seq.0)
}

/// The key of a snapshot.
#[must_use]
pub fn snapshot(stamp: Stamp) -> String {
    format!("{}/{}/s/{:016x}", stamp.draft, stamp.writer, stamp.seq.0)
}

/// The key of a writer's card.
#[must_use]
pub fn card(draft: DraftId, writer: WriterId) -> String {
    format!("{draft}/{writer}")
}

/// The key of a version.
#[must_use]
pub fn version(draft: DraftId, version: VersionId) -> String {
    format!("{draft}/{version}")
}

/// The key of the folder a draft is saved to.
#[must_use]
pub fn folder(draft: DraftId) -> String {
    format!("{draft}/on-disk")
}

/// The key of a tail in localStorage.
#[must_use]
pub fn tail(draft: DraftId, writer: WriterId) -> String {
    format!("{TAIL}{draft}/{writer}")
}

/// What the keys of tails begin with.
pub const TAIL: &str = "recap-tail/";

/// A writer's entries up to and with `seq`.
#[must_use]
pub fn entries_up_to(draft: DraftId, writer: WriterId, seq: Seq) -> Range {
    Range {
        from: format!("{draft}/{writer}/e/"),
        to: format!("{draft}/{writer}/e/{:016x}", seq.0),
    }
}

/// A writer's snapshots up to and with `seq`.
#[must_use]
pub fn snapshots_up_to(draft: DraftId, writer: WriterId, seq: Seq) -> Range {
    Range {
        from: format!("{draft}/{writer}/s/"),
        to: format!("{draft}/{writer}/s/{:016x}", seq.0),
    }
}

/// One key.
#[must_use]
pub fn only(key: String) -> Range {
    Range {
        from: key.clone(),
        to: key,
    }
}

/// All that a table holds of a draft.
#[must_use]
pub fn of_draft(draft: DraftId) -> Range {
    // `0` is the character after `/`.
    Range {
        from: format!("{draft}/"),
        to: format!("{draft}0"),
    }
}

/// The draft a key of any table belongs to; `None` for a key that no build ever wrote.
#[must_use]
pub fn draft_of(key: &str) -> Option<DraftId> {
    let (draft, _) = key.split_once('/')?;
    u64::from_str_radix(draft, 16).ok().map(DraftId)
}

/// Draft and writer of a tail's key.
#[must_use]
pub fn of_tail(key: &str) -> Option<(DraftId, WriterId)> {
    let (draft, writer) = key.strip_prefix(TAIL)?.split_once('/')?;
    Some((
        DraftId(u64::from_str_radix(draft, 16).ok()?),
        WriterId(u64::from_str_radix(writer, 16).ok()?),
    ))
}
