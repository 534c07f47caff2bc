//! What is said of a draft, in one place and in plain words.

use crate::day::Day;

use super::{Failure, Timestamp};

/// Whether the text is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// On its way to the storage.
    Saving,
    /// The storage has confirmed that it holds all of the text.
    Saved {
        /// When it did.
        at: Timestamp,
    },
    /// The storage does not hold all of it; it is being tried again.
    NotSaved {
        /// Why.
        reason: Failure,
    },
    /// The browser stores nothing for this page.
    OnlyInThisTab {
        /// Why.
        reason: Failure,
    },
}

impl Status {
    /// The sentence for `role=status`.
    #[must_use]
    pub fn sentence(self, now: Timestamp) -> String {
        match self {
            Self::Saved { at } => format!("{}, {}", self.words(), ago(now.since(at))),
            _ => self.words(),
        }
    }

    /// The sentence without how long ago: it stays true while the status does.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Saving => "Saving…".to_owned(),
            Self::Saved { .. } => "Saved in this browser".to_owned(),
            Self::NotSaved { reason } => format!(
                "Not saved: {}. Your text is safe in this tab; download it now",
                reason.words()
            ),
            Self::OnlyInThisTab { reason } => format!(
                "Only in this tab: {}. Download your text before you close it",
                reason.words()
            ),
        }
    }
}

/// How long ago, roughly, from milliseconds: `2 s ago`.
#[must_use]
pub fn ago(ms: u64) -> String {
    let seconds = ms / 1000;
    match seconds {
        0 => "just now".to_owned(),
        1..60 => format!("{seconds} s ago"),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        86_400..172_800 => "1 day ago".to_owned(),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

/// After how many ms more [`ago`] says something else of what is `ms` old.
#[must_use]
pub const fn ago_changes_in(ms: u64) -> u64 {
    let unit = match ms / 1000 {
        0..60 => 1000,
        60..3600 => 60_000,
        3600..86_400 => 3_600_000,
        _ => 86_400_000,
    };
    unit - ms % unit
}

/// The reminder that a browser is no archive; `None` where the download holds the text as it is. `offset` is what the
/// writer's clock is ahead of UTC, in minutes.
#[must_use]
pub fn reminder(
    exported: Option<Timestamp>,
    changed: Timestamp,
    now: Timestamp,
    offset: i32,
) -> Option<String> {
    let Some(exported) = exported else {
        return Some("not downloaded yet".to_owned());
    };
    if exported >= changed {
        return None;
    }
    let (then, today) = (days(exported, offset), days(now, offset));
    let when = match today.saturating_sub(then) {
        ..=0 => "earlier today".to_owned(),
        1 => "yesterday".to_owned(),
        // A week ago it was the same weekday as today's.
        2..=6 => day(then)?.weekday_name().to_owned(),
        _ => day(then)?.short(),
    };
    Some(format!("not downloaded since {when}"))
}

/// The day as a number, from 1970 on.
fn days(at: Timestamp, offset: i32) -> i64 {
    let minutes = i64::try_from(at.0 / 60_000).unwrap_or(i64::MAX);
    minutes
        .saturating_add(i64::from(offset))
        .div_euclid(24 * 60)
}

/// The calendar's day of that number; `None` past the year 9999.
fn day(days: i64) -> Option<Day> {
    let date = time::OffsetDateTime::from_unix_timestamp(days.checked_mul(86_400)?)
        .ok()?
        .date();
    Day::new(
        u16::try_from(date.year()).ok()?,
        u8::from(date.month()),
        date.day(),
    )
}
