//! When a file was changed, as a zip keeps it: whole days from 1980 to 2107, and every second second.

use time::{Date, Month, PrimitiveDateTime, Time};
use zip::DateTime;

/// A moment without zone, as a zip keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modified(DateTime);

impl Modified {
    pub(super) const fn of_entry(time: DateTime) -> Self {
        Self(time)
    }

    pub(super) const fn for_entry(self) -> DateTime {
        self.0
    }

    /// The moment so many seconds after 1970 began, read as UTC; `None` where a zip cannot say it.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let moment = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        DateTime::from_date_and_time(
            u16::try_from(moment.year()).ok()?,
            moment.month().into(),
            moment.day(),
            moment.hour(),
            moment.minute(),
            moment.second(),
        )
        .ok()
        .map(Self)
    }

    /// Seconds since 1970 began, read as UTC; `None` for a day there is not.
    #[must_use]
    pub fn to_unix(self) -> Option<i64> {
        let month = Month::try_from(self.0.month()).ok()?;
        let day = Date::from_calendar_date(i32::from(self.0.year()), month, self.0.day()).ok()?;
        let time = Time::from_hms(self.0.hour(), self.0.minute(), self.0.second()).ok()?;
        Some(
            PrimitiveDateTime::new(day, time)
                .assume_utc()
                .unix_timestamp(),
        )
    }
}
