//! The dates Hugo reads in front matter: its list of layouts, and whole seconds.

use serde_yaml::Value;

use crate::day::Day;

/// What the `date` of a page says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dated {
    /// There is none.
    Not,
    /// The day, as it is written: the address keeps to the date's own zone.
    On(Day),
    /// Hugo cannot read it, and the build fails.
    Refused,
}

/// Go's layouts that Hugo tries. Found by trying with the real Hugo; those of a time alone are left out.
const LAYOUTS: [&str; 16] = [
    "2006-01-02",
    "2006-01-02T15:04:05Z07:00",
    "2006-01-02T15:04:05",
    "2006-01-02T15:04:05-0700",
    "2006-01-02 15:04:05",
    "2006-01-02 15:04:05Z07:00",
    "2006-01-02 15:04:05Z0700",
    "2006-01-02 15:04:05 -07:00",
    "2006-01-02 15:04:05 -0700",
    "2006-01-02 15:04:05 -0700 MST",
    "Mon, 02 Jan 2006 15:04:05 MST",
    "Mon, 02 Jan 2006 15:04:05 -0700",
    "Monday, 02-Jan-06 15:04:05 MST",
    "02 Jan 06 15:04 MST",
    "Mon Jan _2 15:04:05 2006",
    "02 Jan 2006",
];

/// Layouts whose month stands behind the day or before the year, with a zone in between.
const LAYOUTS_WITH_ZONES: [&str; 3] = [
    "02 Jan 06 15:04 -0700",
    "Mon Jan _2 15:04:05 MST 2006",
    "Mon Jan 02 15:04:05 -0700 2006",
];

const SECONDS_A_DAY: i64 = 86_400;

/// Reads the value of `date`.
pub(super) fn read(value: Option<&Value>) -> Dated {
    match value {
        None | Some(Value::Null) => Dated::Not,
        Some(Value::String(text)) if text.is_empty() => Dated::Not,
        Some(Value::String(text)) => LAYOUTS
            .iter()
            .chain(&LAYOUTS_WITH_ZONES)
            .find_map(|layout| fit(layout, text))
            .map_or(Dated::Refused, Dated::On),
        Some(Value::Number(number)) => number
            .as_i64()
            .and_then(of_seconds)
            .map_or(Dated::Refused, Dated::On),
        Some(Value::Tagged(tagged)) => read(Some(&tagged.value)),
        Some(_) => Dated::Refused,
    }
}

/// The day of a count of seconds since 1970, by the usual arithmetic of 400-year cycles that begin in March.
fn of_seconds(seconds: i64) -> Option<Day> {
    let days = seconds.div_euclid(SECONDS_A_DAY).checked_add(719_468)?;
    let (cycle, of_cycle) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + cycle * 400 + i64::from(month <= 2);
    Day::new(
        u16::try_from(year).ok()?,
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
    )
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The fields of a layout; longer ones before those they begin with.
const FIELDS: [&str; 16] = [
    "2006", "Z07:00", "Z0700", "-07:00", "-0700", "Monday", "Mon", "MST", "Jan", "01", "02", "_2",
    "06", "15", "04", "05",
];

/// Reads `text` by one of Go's layouts, as `time.Parse` does.
fn fit(layout: &str, text: &str) -> Option<Day> {
    let (mut year, mut month, mut day) = (0_u16, 1_u8, 1_u8);
    let (mut layout, mut rest) = (layout, text);
    while !layout.is_empty() {
        let Some(field) = FIELDS.iter().find(|field| layout.starts_with(**field)) else {
            let c = layout.chars().next()?;
            layout = layout.strip_prefix(c)?;
            rest = rest.strip_prefix(c)?;
            continue;
        };
        layout = layout.strip_prefix(field)?;
        rest = match *field {
            "2006" => {
                let (value, rest) = number(rest, 4, 4)?;
                year = value;
                rest
            }
            "06" => {
                let (value, rest) = number(rest, 2, 2)?;
                year = if value >= 69 {
                    1900 + value
                } else {
                    2000 + value
                };
                rest
            }
            "01" => {
                let (value, rest) = number(rest, 2, 2)?;
                month = u8::try_from(value).ok()?;
                rest
            }
            "Jan" => {
                let name = rest.get(..3)?.to_ascii_lowercase();
                let at = MONTHS.iter().position(|month| *month == name)?;
                month = u8::try_from(at + 1).ok()?;
                rest.get(3..)?
            }
            "02" | "_2" => {
                let (rest, least) = match rest.strip_prefix(' ') {
                    Some(rest) if *field == "_2" => (rest, 1),
                    _ => (rest, if *field == "_2" { 1 } else { 2 }),
                };
                let (value, rest) = number(rest, least, 2)?;
                day = u8::try_from(value).ok()?;
                rest
            }
            "15" => below(24, number(rest, 1, 2)?)?,
            "04" => below(60, number(rest, 2, 2)?)?,
            "05" => fraction(below(60, number(rest, 2, 2)?)?),
            "Monday" | "Mon" => {
                let whole = *field == "Monday";
                DAYS.iter().find_map(|name| {
                    let name = if whole { name } else { name.get(..3)? };
                    rest.get(..name.len())
                        .filter(|head| head.eq_ignore_ascii_case(name))?;
                    rest.get(name.len()..)
                })?
            }
            "MST" => {
                let letters = rest.bytes().take_while(u8::is_ascii_uppercase).count();
                (3..=4).contains(&letters).then(|| rest.get(letters..))??
            }
            zone => offset(zone, rest)?,
        };
    }
    rest.is_empty().then(|| Day::new(year, month, day))?
}

fn number(text: &str, least: usize, most: usize) -> Option<(u16, &str)> {
    let length = text
        .bytes()
        .take(most)
        .take_while(u8::is_ascii_digit)
        .count();
    let digits = (length >= least).then(|| text.get(..length))??;
    Some((digits.parse().ok()?, text.get(length..)?))
}

fn below(limit: u16, (value, rest): (u16, &str)) -> Option<&str> {
    (value < limit).then_some(rest)
}

/// Behind the seconds Go takes a fraction whether the layout has one or not.
fn fraction(text: &str) -> &str {
    let Some(behind) = text.strip_prefix(['.', ',']) else {
        return text;
    };
    let rest = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < behind.len() {
        rest
    } else {
        text
    }
}

/// A zone’s offset: `Z` where the layout has one, else a sign, hours and minutes.
fn offset<'a>(layout: &str, text: &'a str) -> Option<&'a str> {
    if layout.starts_with('Z')
        && let Some(rest) = text.strip_prefix('Z')
    {
        return Some(rest);
    }
    let rest = below(25, number(text.strip_prefix(['+', '-'])?, 2, 2)?)?;
    let rest = if layout.contains(':') {
        rest.strip_prefix(':')?
    } else {
        rest
    };
    below(60, number(rest, 2, 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each answer is the real Hugo’s.
    #[test]
    fn dates_as_hugo_reads_them() {
        for text in [
            "2020-01-02",
            "2020-01-02T03:04:05",
            "Thu Jan  2 03:04:05 2020",
            "2020-01-02T03:04:05+0100",
            "2020-01-02 23:04:05 +01:00",
            "2020-01-02T3:04:05Z",
            "Thursday, 02-Jan-20 03:04:05 GMT",
            "02 Jan 20 15:04 UTC",
            "2020-01-02T03:04:05.123Z",
            "2020-01-02 03:04:05Z",
            "2020-01-02T23:04:05-08:00",
            "Thu, 02 Jan 2020 03:04:05 GMT",
            "1577934245",
        ] {
            let value: Value = serde_yaml::from_str(text).unwrap();
            let day = Day::parse("2020-01-02").unwrap();
            assert_eq!(read(Some(&value)), Dated::On(day), "{text}");
        }
        for text in [
            "1577934245.5",
            "\"1577934245\"",
            "2020-01-02T03:04",
            "2020-01-02 03:04",
            "Jan 2, 2020",
            "2020-1-2",
            "2 Jan 2020",
            "2020-01-02T25:00:00Z",
            "Thu, 2 Jan 2020 03:04:05 +0100",
            "2020-01",
            "true",
            "[a]",
            "2020-02-30",
            "2020-01-02T03:04Z",
            "tomorrow",
        ] {
            let value: Value = serde_yaml::from_str(text).unwrap();
            assert_eq!(read(Some(&value)), Dated::Refused, "{text}");
        }
        for (seconds, day) in [
            ("0", "1970-01-01"),
            ("-1", "1969-12-31"),
            ("20200102", "1970-08-22"),
        ] {
            let value: Value = serde_yaml::from_str(seconds).unwrap();
            assert_eq!(read(Some(&value)), Dated::On(Day::parse(day).unwrap()));
        }
        assert_eq!(read(Some(&Value::from(""))), Dated::Not);
        assert_eq!(read(None), Dated::Not);
    }
}
