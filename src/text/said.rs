//! How things are said to people: sizes, and the start of a sentence.

/// A size as people say it, in powers of ten: `900 bytes`, `3.2 kB`, `210 kB`, `1.2 MB`.
#[must_use]
pub fn size(bytes: impl TryInto<u64>) -> String {
    let bytes = bytes.try_into().unwrap_or(u64::MAX);
    let tenths_of = |unit: u64| {
        let tenths = bytes.saturating_add(unit / 20) / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..9_950 => format!("{} kB", tenths_of(1_000)),
        9_950..999_500 => format!("{} kB", (bytes + 500) / 1_000),
        _ => format!("{} MB", tenths_of(1_000_000)),
    }
}

/// The same with a capital at its start.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_once() {
        let said = [
            0_u64, 999, 1_000, 9_949, 9_950, 30_449, 999_499, 999_500, 1_250_000,
        ];
        assert_eq!(
            said.map(size),
            [
                "0 bytes",
                "999 bytes",
                "1.0 kB",
                "9.9 kB",
                "10 kB",
                "30 kB",
                "999 kB",
                "1.0 MB",
                "1.3 MB"
            ]
        );
    }
}
