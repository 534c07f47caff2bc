//! A calendar day, without a time and without a zone.

use std::fmt;

/// A day of the calendar where the writer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

impl Day {
    /// The day, where the calendar has it: month 1 to 12, day from 1.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let month_of_time = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(i32::from(year), month_of_time, day).ok()?;
        (year <= 9999).then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        if !(digits(year, 4) && digits(month, 2) && digits(day, 2)) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }

    /// The month's English name.
    #[must_use]
    pub fn month_name(self) -> &'static str {
        MONTHS
            .get(usize::from(self.month) - 1)
            .copied()
            .unwrap_or_default()
    }

    /// The weekday's English name.
    #[must_use]
    pub fn weekday_name(self) -> &'static str {
        // Sakamoto's method: the shift of each month's first day, with the year that starts in March.
        const SHIFTS: [u16; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let month = usize::from(self.month);
        // The Gregorian calendar repeats after 400 years; that keeps the year before year 0 above it.
        let year = self.year % 400 + 400 - u16::from(self.month < 3);
        let shift = SHIFTS.get(month - 1).copied().unwrap_or_default();
        let days = year + year / 4 - year / 100 + year / 400 + shift + u16::from(self.day);
        WEEKDAYS
            .get(usize::from(days % 7))
            .copied()
            .unwrap_or_default()
    }

    /// As the theme writes it: `Nov 10, 2021`.
    #[must_use]
    pub fn short(self) -> String {
        let month = self.month_name();
        format!(
            "{} {}, {}",
            month.get(..3).unwrap_or(month),
            self.day,
            self.year
        )
    }
}

impl fmt::Display for Day {
    /// `YYYY-MM-DD`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        let mut days = 0;
        let mut date = time::Date::from_calendar_date(1896, time::Month::January, 1).unwrap();
        while date.year() < 2305 {
            let day = Day::new(
                u16::try_from(date.year()).unwrap(),
                u8::from(date.month()),
                date.day(),
            );
            assert_eq!(
                day.unwrap().weekday_name(),
                date.weekday().to_string(),
                "{date}"
            );
            date = date.next_day().unwrap();
            days += 1;
        }
        assert_eq!(days, 149_384);
        assert_eq!(Day::parse("0000-01-01").unwrap().weekday_name(), "Saturday");
    }

    #[test]
    fn only_days_of_the_calendar() {
        assert_eq!(Day::parse("2024-02-29").unwrap().short(), "Feb 29, 2024");
        assert_eq!(Day::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in [
            "2023-02-29",
            "2024-13-01",
            "2024-1-1",
            "2024-01-00",
            "24-01-01",
            "",
            "2024-01",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
