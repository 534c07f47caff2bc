//! How a text is written as a YAML scalar: as it was written before, or with the least change that can hold it.

use super::outline::Style;

/// Lines of block scalars are wrapped here, in columns, as the site's Prettier does.
const WIDTH: usize = 80;

/// Where a scalar is to stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// Inside `[…]` or `{…}`.
    pub(super) in_flow: bool,
    /// Columns the lines of a block scalar are indented by.
    pub(super) indent: usize,
    /// The file's line end.
    pub(super) line_end: &'a str,
    /// Long lines may be wrapped: a line break counts as a space in this text.
    pub(super) prose: bool,
}

/// The ways to write `text`, best first. `old` is how the value is written now, with its own bytes. The caller takes the
/// first that reads back right.
pub(super) fn candidates(text: &str, old: Option<(Style, &str)>, place: Place<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let style = old.map_or(Style::Plain, |(style, _)| style);
    let broken = text.contains(['\n', '\r']);
    match style {
        Style::SingleQuoted => found.extend(single_quoted(text)),
        Style::DoubleQuoted => found.push(double_quoted(text)),
        Style::Literal | Style::Folded if !place.in_flow => {
            let header = old.map_or("|-", |(_, source)| source.lines().next().unwrap_or("|-"));
            let literal = style == Style::Literal;
            found.extend(block(text, header, literal, place));
            let plain = if literal { "|-" } else { ">-" };
            found.extend(block(text, plain, literal, place));
        }
        _ => {
            let same_kind = old.is_some_and(|(_, source)| {
                let kind = kind_of(source);
                kind != Kind::Text && kind == kind_of(text)
            });
            let emoji = old.is_some_and(|(_, source)| source.chars().any(is_astral));
            let plain = is_plain(text, place.in_flow) && (emoji || !text.chars().any(is_astral));
            if plain && (same_kind || kind_of(text) == Kind::Text) {
                found.push(text.to_owned());
            }
        }
    }
    if broken && !place.in_flow {
        found.extend(block(text, "|-", true, place));
    }
    if text.contains(['"', '\\']) && !text.contains('\'') {
        found.extend(single_quoted(text));
    }
    found.push(double_quoted(text));
    found
}

/// What a plain scalar would be read as, by any YAML: 1.1, 1.2, and what Hugo's does with dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Date,
    Word,
}

fn kind_of(text: &str) -> Kind {
    const WORDS: [&str; 14] = [
        "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "=", "<<", "nan",
    ];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str())
        || matches!(
            lower.trim_start_matches(['+', '-']),
            ".inf" | ".nan" | "inf" | "infinity"
        )
    {
        return Kind::Word;
    }
    let bytes = lower.as_bytes();
    if bytes.len() >= 8
        && bytes.iter().take(4).all(u8::is_ascii_digit)
        && bytes.get(4) == Some(&b'-')
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"-+:.tz ".contains(byte))
    {
        return Kind::Date;
    }
    let numeric = |byte: &u8| byte.is_ascii_hexdigit() || b"+-._:ox".contains(byte);
    if bytes.iter().all(numeric)
        && (bytes
            .first()
            .is_some_and(|byte| byte.is_ascii_digit() || b"+-.".contains(byte)))
        && bytes.iter().any(u8::is_ascii_digit)
    {
        return Kind::Number;
    }
    Kind::Text
}

const fn is_astral(c: char) -> bool {
    c as u32 > 0xffff
}

/// Characters that need an escape everywhere: YAML does not print them, or takes them for line breaks.
const fn needs_escape(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether `text` may stand without quotes on one line.
fn is_plain(text: &str, in_flow: bool) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    !"-?:,[]{}#&*!|>'\"%@`".contains(first)
        && !text.starts_with("...")
        && text.trim_matches(char::is_whitespace).len() == text.len()
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
        && !text
            .chars()
            .any(|c| needs_escape(c) || matches!(c, '\n' | '\r' | '\t'))
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':', '"']))
}

fn single_quoted(text: &str) -> Option<String> {
    let fits = !text
        .chars()
        .any(|c| needs_escape(c) || matches!(c, '\n' | '\r' | '\t'));
    fits.then(|| format!("'{}'", text.replace('\'', "''")))
}

fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            c if needs_escape(c) && (c as u32) <= 0xff => {
                quoted.push_str(&format!("\\x{:02X}", c as u32));
            }
            c if needs_escape(c) => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A block scalar under `header` (`|-`, `>-`, …). `None` where it cannot hold the text.
fn block(text: &str, header: &str, literal: bool, place: Place<'_>) -> Option<String> {
    let (body, breaks) = {
        let body = text.trim_end_matches('\n');
        (body, text.len() - body.len())
    };
    let chomp_fits = match breaks {
        0 => header.contains('-'),
        1 => !header.contains(['-', '+']),
        _ => header.contains('+'),
    };
    // Hugo's reader drops spaces at the end of the last line.
    if body.is_empty()
        || !chomp_fits
        || body.starts_with([' ', '\n', '\t'])
        || body.ends_with([' ', '\t'])
    {
        return None;
    }
    if body.chars().any(|c| needs_escape(c) || c == '\r') {
        return None;
    }
    let room = WIDTH.saturating_sub(place.indent).max(20);
    let mut lines = Vec::new();
    for (i, line) in body.split('\n').enumerate() {
        // In a folded scalar a break inside the text is an empty line more.
        if !literal && i > 0 {
            lines.push(String::new());
        }
        if place.prose || !literal {
            lines.extend(wrap(line, room));
        } else {
            lines.push(line.to_owned());
        }
    }
    let pad = " ".repeat(place.indent);
    let mut written = header.to_owned();
    for line in &lines {
        written.push_str(place.line_end);
        if !line.is_empty() {
            written.push_str(&pad);
            written.push_str(line);
        }
    }
    for _ in 1..breaks {
        written.push_str(place.line_end);
    }
    Some(written)
}

/// Breaks a line at single spaces so that no part is wider than `room` columns, where its words allow. Runs of spaces are
/// text: only a single space may become a break.
fn wrap(line: &str, room: usize) -> Vec<String> {
    let bytes = line.as_bytes();
    let may_break = |i: usize| {
        i > 0
            && bytes.get(i) == Some(&b' ')
            && bytes.get(i - 1) != Some(&b' ')
            && bytes.get(i + 1).is_some_and(|&next| next != b' ')
    };
    let breaks = (0..bytes.len())
        .filter(|&i| may_break(i))
        .chain([bytes.len()]);
    let mut lines: Vec<String> = Vec::new();
    let mut start = 0;
    for end in breaks {
        let chunk = line.get(start..end).unwrap_or_default();
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + chunk.chars().count() <= room => {
                last.push(' ');
                last.push_str(chunk);
            }
            _ => lines.push(chunk.to_owned()),
        }
        start = end + 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place<'_> = Place {
        in_flow: false,
        indent: 2,
        line_end: "\n",
        prose: true,
    };

    fn first(text: &str, old: Option<(Style, &str)>, in_flow: bool) -> String {
        candidates(text, old, Place { in_flow, ..PLACE }).remove(0)
    }

    #[test]
    fn quoted_as_little_as_needed() {
        for (text, written) in [
            ("A title", "A title"),
            ("It’s 2.20 now", "It’s 2.20 now"),
            ("don't", "don't"),
            ("2.20", "\"2.20\""),
            ("yes", "\"yes\""),
            ("NULL", "\"NULL\""),
            ("012", "\"012\""),
            ("1:30", "\"1:30\""),
            ("2021-11-10", "\"2021-11-10\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            ("say \"hi\": now", "'say \"hi\": now'"),
            ("- a", "\"- a\""),
            ("@a", "\"@a\""),
            ("a ", "\"a \""),
            ("tab\there", "\"tab\\there\""),
            ("a\u{2028}b", "\"a\\u2028b\""),
            ("party 🎈", "\"party 🎈\""),
            ("", "\"\""),
        ] {
            assert_eq!(first(text, None, false), written);
        }
        assert_eq!(first("a, b", None, false), "a, b");
        assert_eq!(first("a, b", None, true), "\"a, b\"");
    }

    #[test]
    fn style_follows_what_was_there() {
        assert_eq!(
            first("it's", Some((Style::SingleQuoted, "'x'")), false),
            "'it''s'"
        );
        assert_eq!(
            first("x", Some((Style::DoubleQuoted, "\"y\"")), false),
            "\"x\""
        );
        assert_eq!(first("2022", Some((Style::Plain, "2021")), false), "2022");
        assert_eq!(
            first("one two", Some((Style::Literal, "|-\n  x")), false),
            "|-\n  one two"
        );
        assert_eq!(
            first("a\nb", Some((Style::Plain, "x")), false),
            "|-\n  a\n  b"
        );
        assert_eq!(
            first("a\nb\n", Some((Style::Literal, "|\n  x\n")), false),
            "|\n  a\n  b"
        );
    }

    #[test]
    fn long_lines_are_wrapped_at_eighty_columns() {
        let line = "word ".repeat(40);
        let wrapped = wrap(line.trim_end(), 78);
        assert!(wrapped.iter().all(|line| line.chars().count() <= 78));
        assert_eq!(wrapped.join(" "), line.trim_end());
        assert_eq!(wrap("a  b c", 3), ["a  b", "c"]);
    }
}
