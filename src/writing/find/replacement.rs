//! What takes a match's place.

use regex_lite::Captures;

use crate::text::LineEnd;

/// `replacement` with the groups it names. A group that does not exist stays as it is written.
pub(super) fn expanded(replacement: &str, groups: &Captures<'_>, line_end: LineEnd) -> String {
    let mut out = String::with_capacity(replacement.len());
    let mut rest = replacement;
    while let Some(at) = rest.find(['$', '\\']) {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let taken = if rest.starts_with('$') {
            group(rest, groups)
        } else {
            escape(rest, line_end)
        };
        let (text, length) = taken.unwrap_or((rest.get(..1).unwrap_or_default(), 1));
        out.push_str(text);
        rest = rest.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// What the beginning of `rest` stands for, and how long that is.
fn group<'a>(rest: &str, groups: &'a Captures<'_>) -> Option<(&'a str, usize)> {
    let tail = rest.get(1..)?;
    if tail.starts_with('$') {
        return Some(("$", 2));
    }
    let held = |index: usize| groups.get(index).map_or("", |group| group.as_str());
    if let Some(named) = tail.strip_prefix('{') {
        let name = named.get(..named.find('}')?)?;
        let length = name.len() + 3;
        return match name.parse::<usize>() {
            Ok(index) => (index < groups.len()).then(|| (held(index), length)),
            Err(_) => groups.name(name).map(|group| (group.as_str(), length)),
        };
    }
    // Two digits where there are so many groups, else one: `$10` is `$1` and a nought where there are nine.
    let digits = tail.bytes().take(2).take_while(u8::is_ascii_digit).count();
    (1..=digits).rev().find_map(|length| {
        let index: usize = tail.get(..length)?.parse().ok()?;
        (index < groups.len()).then(|| (held(index), length + 1))
    })
}

fn escape(rest: &str, line_end: LineEnd) -> Option<(&'static str, usize)> {
    match rest.as_bytes().get(1) {
        Some(b'n') => Some((line_end.as_str(), 2)),
        Some(b't') => Some(("\t", 2)),
        Some(b'\\') => Some(("\\", 2)),
        _ => None,
    }
}
