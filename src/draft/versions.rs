//! Kept versions: when one is kept, and which go when they become too many.

use std::collections::{BTreeMap, BTreeSet};

use super::{DraftId, Stamp, Timestamp, VersionId};
use crate::text::sort;

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long someone writes before a version is kept, in ms.
pub const EVERY: u64 = 5 * MINUTE;

/// How long a deleted draft can be had back, in ms.
pub const RESTORABLE: u64 = 7 * DAY;

/// How many bytes all versions together may have.
pub const BOUND: u64 = 50_000_000;

/// How long versions are kept that nothing but the bound may take, in ms.
const PROMISED: u64 = 7 * DAY;

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Some minutes of writing.
    Writing,
    /// Before a file was read in.
    BeforeImport,
    /// Before a search and replace.
    BeforeReplace,
    /// Before the text was formatted.
    BeforeFormat,
    /// Before another tab took over.
    BeforeTakeOver,
    /// One of two texts that were both written.
    Conflict,
    /// The writer asked for it.
    Asked,
}

impl Reason {
    /// Every reason with its number in the stored format.
    const CODES: [(Self, u8); 7] = [
        (Self::Writing, 1),
        (Self::BeforeImport, 2),
        (Self::BeforeReplace, 3),
        (Self::BeforeFormat, 4),
        (Self::BeforeTakeOver, 5),
        (Self::Conflict, 6),
        (Self::Asked, 7),
    ];

    pub(super) fn code(self) -> u8 {
        Self::CODES
            .iter()
            .find(|(reason, _)| *reason == self)
            .map_or(0, |(_, code)| *code)
    }

    pub(super) fn from_code(code: u8) -> Option<Self> {
        Self::CODES
            .iter()
            .find(|(_, known)| *known == code)
            .map(|(reason, _)| *reason)
    }

    /// What the list of versions says.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Writing => "while writing",
            Self::BeforeImport => "before a file was read in",
            Self::BeforeReplace => "before text was replaced",
            Self::BeforeFormat => "before formatting",
            Self::BeforeTakeOver => "before another tab took over",
            Self::Conflict => "one of two texts written at the same time",
            Self::Asked => "kept by hand",
        }
    }
}

/// A kept text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which text of which draft.
    pub stamp: Stamp,
    /// Its own id.
    pub id: VersionId,
    /// When it was kept.
    pub time: Timestamp,
    /// Why.
    pub reason: Reason,
    /// The name the writer gave it.
    pub name: Option<String>,
    /// The post's title then.
    pub title: String,
    /// The post's bytes.
    pub bytes: Vec<u8>,
}

impl Version {
    /// What [`plan`] has to know of it.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept {
            id: self.id,
            draft: self.stamp.draft,
            time: self.time,
            reason: self.reason,
            named: self.name.is_some(),
            size: u64::try_from(self.bytes.len()).unwrap_or(u64::MAX),
        }
    }
}

/// A version without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Its id.
    pub id: VersionId,
    /// The draft it is of.
    pub draft: DraftId,
    /// When it was kept.
    pub time: Timestamp,
    /// Why.
    pub reason: Reason,
    /// Whether the writer gave it a name.
    pub named: bool,
    /// Its size in bytes.
    pub size: u64,
}

/// Whether someone has written long enough since the last version: `since` is when that was kept, or when the draft was
/// opened; `changed` is when the text was changed last.
#[must_use]
pub fn due(since: Timestamp, changed: Timestamp, now: Timestamp) -> bool {
    changed > since && now.since(since) >= EVERY
}

/// Whether a draft that was deleted then may go for good.
#[must_use]
pub const fn expired(deleted: Timestamp, now: Timestamp) -> bool {
    now.since(deleted) >= RESTORABLE
}

/// Which versions go, in no order. Those kept while writing are thinned: all of the last hour stay, then the last of each
/// hour for a day, then the last of each day. What was kept before something happened stays for 7 days, as it is; named
/// ones are not thinned at all. Where more than [`BOUND`] is left, the oldest go first: of those older than 7 days, then of
/// those kept while writing, then of the others, then of the named ones.
#[must_use]
pub fn plan(versions: &[Kept], now: Timestamp) -> Vec<VersionId> {
    let mut newest_first: Vec<&Kept> = versions.iter().collect();
    sort::sort_by_key(&mut newest_first, |version| {
        std::cmp::Reverse((version.time, version.id))
    });

    let mut taken = BTreeSet::new();
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    for version in newest_first {
        let place = slot(version, now);
        if place.is_none_or(|place| taken.insert((version.draft, place))) {
            stay.push(version);
        } else {
            go.push(version.id);
        }
    }

    let mut by_rank: BTreeMap<u8, Vec<&Kept>> = BTreeMap::new();
    for version in &stay {
        by_rank.entry(rank(version, now)).or_default().push(version);
    }
    let mut total: u64 = stay
        .iter()
        .fold(0, |sum, version| sum.saturating_add(version.size));
    // Within a rank the newest stand first, so the last ones go.
    for version in by_rank
        .into_values()
        .flat_map(|rank| rank.into_iter().rev())
    {
        if total <= BOUND {
            break;
        }
        total = total.saturating_sub(version.size);
        go.push(version.id);
    }
    go
}

/// The hour or the day of which one version stays; `None` where each does. Hours and days are those of the calendar in
/// UTC: counted from now, they would move, and thinning twice would take more than thinning once.
fn slot(version: &Kept, now: Timestamp) -> Option<(u64, u64)> {
    let age = now.since(version.time);
    let kept_whole = version.reason != Reason::Writing && age < PROMISED;
    if version.named || kept_whole || age < HOUR {
        None
    } else if age < DAY {
        Some((HOUR, version.time.0 / HOUR))
    } else {
        Some((DAY, version.time.0 / DAY))
    }
}

/// Who goes first where the bound is reached.
fn rank(version: &Kept, now: Timestamp) -> u8 {
    if version.named {
        3
    } else if now.since(version.time) >= PROMISED {
        0
    } else if version.reason == Reason::Writing {
        1
    } else {
        2
    }
}
