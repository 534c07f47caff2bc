//! When the community meets: on the last Thursday of a month.

use crate::day::Day;

/// The last meeting on or before `day`; `day` itself where the calendar starts.
pub(super) fn before(day: Day) -> Day {
    let this_month = in_month(day.year(), day.month()).filter(|meeting| *meeting <= day);
    let last_month = || match day.month() {
        1 => in_month(day.year().checked_sub(1)?, 12),
        month => in_month(day.year(), month - 1),
    };
    this_month.or_else(last_month).unwrap_or(day)
}

/// The meeting in the month after `meeting`; `meeting` itself where the calendar ends.
pub(super) fn after(meeting: Day) -> Day {
    let next = match meeting.month() {
        12 => in_month(meeting.year() + 1, 1),
        month => in_month(meeting.year(), month + 1),
    };
    next.unwrap_or(meeting)
}

fn in_month(year: u16, month: u8) -> Option<Day> {
    (1..=31)
        .rev()
        .filter_map(|day| Day::new(year, month, day))
        .find(|day| day.weekday_name() == "Thursday")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_turn() {
        for (day, held, next) in [
            ("2021-11-24", "2021-10-28", "2021-11-25"),
            ("2021-11-25", "2021-11-25", "2021-12-30"),
            ("2022-01-01", "2021-12-30", "2022-01-27"),
            ("2022-12-31", "2022-12-29", "2023-01-26"),
            ("2024-03-01", "2024-02-29", "2024-03-28"),
            ("0000-01-01", "0000-01-01", "0000-02-24"),
            ("9999-12-31", "9999-12-30", "9999-12-30"),
        ] {
            let day = Day::parse(day).unwrap();
            assert_eq!(before(day).to_string(), held, "{day}");
            assert_eq!(after(before(day)).to_string(), next, "{day}");
        }
    }
}
