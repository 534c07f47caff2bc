//! What an unquoted scalar means: to Hugo, which counts, and to other YAML readers, which decide about quotes.

/// What Hugo reads an unquoted scalar as.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text,
}

/// Hugo 0.168 reads YAML with goccy/go-yaml 1.19: neither YAML 1.1 nor the core schema of 1.2. tests/hugo/FACTS.md, 1.1.
pub(super) fn meaning(text: &str) -> Meaning {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Meaning::Null,
        "true" | "True" | "TRUE" => Meaning::Bool(true),
        "false" | "False" | "FALSE" => Meaning::Bool(false),
        ".inf" | ".Inf" | ".INF" => Meaning::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Meaning::Float(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Meaning::Float(f64::NAN),
        _ => number(text).unwrap_or(Meaning::Text),
    }
}

fn number(text: &str) -> Option<Meaning> {
    let dots = text.matches('.').count();
    if text.starts_with('_') || dots > 1 {
        return None;
    }
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let digits = unsigned
        .strip_prefix('-')
        .unwrap_or(unsigned)
        .replace('_', "");
    let (digits, radix) = if let Some(rest) = digits.strip_prefix("0x") {
        (rest, 16)
    } else if let Some(rest) = digits.strip_prefix("0o") {
        (rest, 8)
    } else if let Some(rest) = digits.strip_prefix("0b") {
        (rest, 2)
    } else if digits.len() > 1 && digits.starts_with('0') && dots == 0 {
        (digits.get(1..)?, 8)
    } else if dots == 1 {
        return float(&digits, negative);
    } else {
        (digits.as_str(), 10)
    };
    if !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let number = i128::from(u64::from_str_radix(digits, radix).ok()?);
    if !negative {
        return Some(Meaning::Integer(number));
    }
    let number = -number;
    (number >= i128::from(i64::MIN)).then_some(Meaning::Integer(number))
}

fn float(digits: &str, negative: bool) -> Option<Meaning> {
    // Rust also reads "inf.", "nan." and the like; Go does not.
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let number: f64 = digits.parse().ok()?;
    number
        .is_finite()
        .then_some(Meaning::Float(if negative { -number } else { number }))
}

/// Whether `text` would be read as something other than text by some YAML reader: 1.1, 1.2 or Hugo's.
pub(super) fn is_special(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<",
    ];
    let lower = text.to_ascii_lowercase();
    WORDS.contains(&lower.as_str())
        || matches!(
            lower.trim_start_matches(['+', '-']),
            ".inf" | ".nan" | "inf" | "nan" | "infinity"
        )
        || meaning(text) != Meaning::Text
        || is_date(text)
        || is_numeric(&lower)
}

/// Whether YAML 1.1 reads `text` as a date: four digits, a dash, and nothing but what dates and times are made of.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 8
        && bytes.iter().take(4).all(u8::is_ascii_digit)
        && bytes.get(4) == Some(&b'-')
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"-+:.TtZz \t".contains(byte))
}

/// Integers in any base, floats, and numbers to the base of 60; rather too many than too few.
fn is_numeric(lower: &str) -> bool {
    let unsigned = lower.trim_start_matches(['+', '-']);
    let numeric = |(at, byte): (usize, u8)| match byte {
        b'+' | b'-' => at > 0 && unsigned.as_bytes().get(at - 1) == Some(&b'e'),
        _ => byte.is_ascii_digit() || b"_.:,e".contains(&byte),
    };
    let prefixed = ["0x", "0o", "0b"].iter().any(|prefix| {
        unsigned.strip_prefix(prefix).is_some_and(|rest| {
            rest.bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'_')
        })
    });
    prefixed
        || (unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.')
            && unsigned.bytes().enumerate().all(numeric)
            && unsigned.bytes().any(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_mean_what_hugo_says() {
        for (text, expected) in [
            ("10", 10),
            ("00", 0),
            ("-0", 0),
            ("012", 10),
            ("-012", -10),
            ("0o14", 12),
            ("0x1F", 31),
            ("-0x1F", -31),
            ("0b11", 3),
            ("1_000", 1000),
            ("1__0", 10),
            ("0x_1", 1),
            ("-_1", -1),
            ("+-1", 1),
            ("0_7", 7),
        ] {
            assert_eq!(meaning(text), Meaning::Integer(expected), "{text}");
        }
        for (text, expected) in [
            (".5", 0.5),
            ("5.", 5.0),
            ("-.5", -0.5),
            ("2.20", 2.2),
            ("1_000.5", 1000.5),
            ("1.5e3", 1500.0),
            (".5e3", 500.0),
        ] {
            assert_eq!(meaning(text), Meaning::Float(expected), "{text}");
        }
        for text in [
            "yes",
            "TrUE",
            "nULL",
            "08",
            "0o18",
            "0X1F",
            "0b2",
            "0x",
            "_1",
            "1e3",
            "1E3",
            "1e+3",
            "1.5e400",
            "+.inf",
            "nan",
            "1:30",
            "2021-11-10",
            "1.2.3",
            "1,5",
            "1-",
            "+",
            "-",
            ".",
            "--1",
            "++1",
            "in.f",
            "18446744073709551616",
        ] {
            assert_eq!(meaning(text), Meaning::Text, "{text}");
        }
    }

    #[test]
    fn whatever_any_reader_takes_for_something_else_is_special() {
        for text in [
            "yes",
            "Off",
            "y",
            "1e3",
            "08",
            "1:30",
            "1:30:45.5",
            "0X1f",
            "2021-1-1",
            "1,000",
            "2021-11-10 01:02:03 -08:00",
            "=",
            "+.5",
            "NaN",
            "1_",
            "18446744073709551616",
        ] {
            assert!(is_special(text), "{text}");
        }
        for text in [
            "2.14 is out",
            "10 facts",
            "v1",
            "1st",
            "e5",
            "a",
            "face",
            "12.4-edge",
            "2021-11",
        ] {
            assert!(!is_special(text), "{text}");
        }
    }
}
