//! Dates as the file writes them. A new day takes the old one's place; time, zone and their spelling stay.

use crate::day::Day;

/// A date as it is written: its day, and whatever the file has behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    day: Day,
    rest: String,
}

impl WrittenDate {
    /// Reads `2021-11-10`, `2021-11-10T00:00:00Z`, `2021-11-10 08:00:00.123 -08:00` and the like. The day is the one that
    /// is written, whatever zone follows: that is how Hugo makes the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let day = Day::parse(text.get(..10)?)?;
        let rest = text.get(10..)?;
        (rest.is_empty() || is_time(rest)).then(|| Self {
            day,
            rest: rest.to_owned(),
        })
    }

    /// The day.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.day
    }

    /// What stands behind the day: empty, or the time with its zone.
    #[must_use]
    pub fn rest(&self) -> &str {
        &self.rest
    }

    /// The same form on another day.
    #[must_use]
    pub fn on(&self, day: Day) -> String {
        format!("{day}{}", self.rest)
    }

    /// The form the site uses for a new date.
    #[must_use]
    pub fn usual(day: Day) -> String {
        format!("{day}T00:00:00Z")
    }
}

/// `T` or a space, hours, minutes, optionally seconds with a fraction, optionally a zone.
fn is_time(rest: &str) -> bool {
    let Some(clock) = rest.strip_prefix(['T', 't', ' ']) else {
        return false;
    };
    let digits = clock.bytes().filter(u8::is_ascii_digit).count();
    (4..=20).contains(&digits)
        && clock
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b":.+-Zz ".contains(&byte))
        && clock.as_bytes().get(2) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_day_keeps_the_form() {
        let day = Day::parse("2022-01-31").unwrap();
        for (before, after) in [
            ("2021-11-10T00:00:00Z", "2022-01-31T00:00:00Z"),
            ("2021-11-10T00:00:00+00:00", "2022-01-31T00:00:00+00:00"),
            ("2021-11-10T23:30:00-08:00", "2022-01-31T23:30:00-08:00"),
            ("2021-11-10T00:00:00", "2022-01-31T00:00:00"),
            ("2021-11-10T00:00:00.000Z", "2022-01-31T00:00:00.000Z"),
            ("2021-11-10 08:00:00", "2022-01-31 08:00:00"),
            ("2021-11-10", "2022-01-31"),
        ] {
            assert_eq!(WrittenDate::parse(before).unwrap().on(day), after);
        }
        for text in [
            "Wed, 10 Nov 2021 00:00:00 GMT",
            "2021-11-31",
            "2021-11-10x",
            "",
            "10.11.2021",
        ] {
            assert_eq!(WrittenDate::parse(text), None, "{text}");
        }
    }
}
