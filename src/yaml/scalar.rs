//! How a text is written as a YAML scalar: as it was written before, or with the least change that can hold it.

use super::outline::Style;
use super::plain::{is_date, is_special};

/// Lines of block scalars are wrapped here, in columns, as the site writes them.
const WIDTH: usize = 80;

/// Where a scalar is to stand, and what its field allows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Inside `[…]` or `{…}`.
    pub(super) in_flow: bool,
    /// Lines of its own are not possible.
    pub(super) one_line: bool,
    /// Columns the lines below the key are indented by.
    pub(super) indent: usize,
    /// Columns of the line before the value.
    pub(super) column: usize,
    /// Line breaks of the text count as spaces: long lines may be wrapped.
    pub(super) prose: bool,
    /// A date without quotes is what the field wants.
    pub(super) date: bool,
    /// Quoted whatever it is: the second try.
    pub(super) careful: bool,
}

/// How a scalar is written now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Old<'a> {
    pub(super) style: Style,
    /// Its own bytes.
    pub(super) source: &'a str,
    /// Its text.
    pub(super) text: &'a str,
}

/// A scalar in writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// What stands behind the key.
    pub(super) head: String,
    /// Lines below, indented, without line ends.
    pub(super) body: Vec<String>,
}

impl Written {
    fn line(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            body: Vec::new(),
        }
    }
}

/// Writes `text` in the style it has, or in the nearest that can hold it.
pub(super) fn write(text: &str, old: Option<Old<'_>>, place: Place) -> Written {
    let style = old.map_or(Style::Plain, |old| old.style);
    let may_break = !place.in_flow && !place.one_line && !place.careful;
    let written = match style {
        _ if place.careful => None,
        Style::SingleQuoted => single_quoted(text).map(Written::line),
        Style::DoubleQuoted => Some(Written::line(double_quoted(text))),
        Style::Literal | Style::Folded if may_break => {
            let header = old.map_or("|-", |old| header_of(old.source));
            if style == Style::Folded {
                folded(text, header, place).or_else(|| literal(text, "|-", place))
            } else {
                literal(text, header, place)
            }
        }
        _ => plain(text, old, place, may_break),
    };
    written
        .or_else(|| {
            (may_break && text.contains('\n'))
                .then(|| literal(text, "|-", place))
                .flatten()
        })
        .or_else(|| {
            // Single quotes where they spare escapes.
            (text.contains(['"', '\\']) && !text.contains('\''))
                .then(|| single_quoted(text).map(Written::line))
                .flatten()
        })
        .unwrap_or_else(|| Written::line(double_quoted(text)))
}

/// Writes `text` as `|-`, wrapped, where it was not written before.
pub(super) fn write_block(text: &str, place: Place) -> Written {
    (!place.in_flow && !place.one_line && !place.careful)
        .then(|| literal(text, "|-", place))
        .flatten()
        .unwrap_or_else(|| write(text, None, place))
}

/// Whether `text` can stand unquoted on the rest of a line.
pub(super) fn fits_plain(text: &str, place: Place) -> bool {
    is_plain(text, place.in_flow)
        && !is_special(text)
        && place.column + text.chars().count() <= WIDTH
}

/// A key as it is written: without quotes where it may be.
pub(super) fn key(name: &str) -> String {
    if is_plain(name, true) && !is_special(name) {
        name.to_owned()
    } else {
        double_quoted(name)
    }
}

fn plain(text: &str, old: Option<Old<'_>>, place: Place, may_break: bool) -> Option<Written> {
    let dated = is_date(text) && (place.date || old.is_some_and(|old| is_date(old.text)));
    if !is_plain(text, place.in_flow) || (is_special(text) && !dated) {
        return None;
    }
    let folded =
        old.is_some_and(|old| old.style == Style::Plain && old.source.contains(['\n', '\r']));
    if !folded || !may_break {
        return Some(Written::line(text));
    }
    // It stood on several lines: it is wrapped where it is too long for one.
    let pad = " ".repeat(place.indent);
    let mut lines = wrap(
        text,
        WIDTH.saturating_sub(place.column),
        WIDTH.saturating_sub(place.indent),
    );
    let first = lines.remove(0);
    let safe = |line: &String| line.starts_with(|c: char| c.is_alphanumeric());
    if !lines.iter().all(safe) {
        return Some(Written::line(text));
    }
    Some(Written {
        head: first,
        body: lines.iter().map(|line| format!("{pad}{line}")).collect(),
    })
}

/// Characters that only an escape can bring into a file: YAML does not print them, or some reader breaks lines there.
const fn needs_escape(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
        || (c as u32) & 0xfffe == 0xfffe
}

/// Whether `text` may stand without quotes on one line, whatever it then means.
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
        // In brackets Hugo may take any colon for a key's.
        && !(in_flow && text.contains([',', '[', ']', '{', '}', ':']))
}

fn single_quoted(text: &str) -> Option<String> {
    let fits = !text
        .chars()
        .any(|c| needs_escape(c) || matches!(c, '\n' | '\r' | '\t'));
    fits.then(|| format!("'{}'", text.replace('\'', "''")))
}

fn double_quoted(text: &str) -> String {
    use std::fmt::Write as _;
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        let code = c as u32;
        // Writing to a string cannot fail.
        let _ = match c {
            '"' => quoted.write_str("\\\""),
            '\\' => quoted.write_str("\\\\"),
            '\n' => quoted.write_str("\\n"),
            '\r' => quoted.write_str("\\r"),
            '\t' => quoted.write_str("\\t"),
            c if !needs_escape(c) => quoted.write_char(c),
            _ if code <= 0xff => write!(quoted, "\\x{code:02X}"),
            _ if code <= 0xffff => write!(quoted, "\\u{code:04X}"),
            _ => write!(quoted, "\\U{code:08X}"),
        };
    }
    quoted.push('"');
    quoted
}

/// `|-`, `>2+` … at the start of a block scalar.
fn header_of(source: &str) -> &str {
    let end = source
        .find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'))
        .unwrap_or(source.len());
    source.get(..end).unwrap_or_default()
}

/// The header for a text that ends with `breaks` line breaks; as it is where it says so already.
fn fitting_header(header: &str, breaks: usize) -> String {
    let fits = match breaks {
        0 => header.contains('-'),
        1 => !header.contains('-'),
        _ => header.contains('+'),
    };
    if fits {
        return header.to_owned();
    }
    let mut fitting = header.replace(['+', '-'], "");
    match breaks {
        0 => fitting.push('-'),
        1 => {}
        _ => fitting.push('+'),
    }
    fitting
}

/// The lines of a text that a block scalar can hold for every reader, and how many line breaks follow them.
fn block_lines<'t>(text: &'t str, header: &str) -> Option<(Vec<&'t str>, usize)> {
    let body = text.trim_end_matches('\n');
    let breaks = text.len() - body.len();
    let indented = header.contains(|c: char| c.is_ascii_digit());
    let holds = |line: &str| {
        // Hugo drops blanks at the end of the last line; lines of blanks alone are read in different ways.
        !line.ends_with([' ', '\t']) && !line.starts_with('\t')
    };
    let lines: Vec<&str> = body.split('\n').collect();
    let fits = !body.is_empty()
        && !body.starts_with('\n')
        && (indented || !body.starts_with(' '))
        && !body.chars().any(|c| needs_escape(c) || c == '\r')
        && lines.iter().all(|line| holds(line))
        && breaks <= 1;
    fits.then_some((lines, breaks))
}

fn literal(text: &str, header: &str, place: Place) -> Option<Written> {
    let (lines, breaks) = block_lines(text, header)?;
    let room = WIDTH.saturating_sub(place.indent).max(20);
    let lines = if place.prose {
        refill(&lines, room)
    } else {
        lines.iter().map(|&line| line.to_owned()).collect()
    };
    Some(Written {
        head: fitting_header(header, breaks),
        body: indented(&lines, place.indent),
    })
}

fn folded(text: &str, header: &str, place: Place) -> Option<Written> {
    let (lines, breaks) = block_lines(text, header)?;
    // Indented lines keep their breaks; they are not folded.
    if lines.iter().any(|line| line.starts_with(' ')) {
        return None;
    }
    let room = WIDTH.saturating_sub(place.indent).max(20);
    let mut folded = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        // A break inside the text is an empty line more.
        let empty = line.is_empty();
        if i > 0 && !empty {
            folded.push(String::new());
        }
        if empty {
            folded.push(String::new());
        } else {
            folded.extend(wrap(line, room, room));
        }
    }
    Some(Written {
        head: fitting_header(header, breaks),
        body: indented(&folded, place.indent),
    })
}

fn indented(lines: &[String], indent: usize) -> Vec<String> {
    let pad = " ".repeat(indent);
    lines
        .iter()
        .map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("{pad}{line}")
            }
        })
        .collect()
}

/// Wraps lines that are too long. What does not fit goes to the start of the next line, and so on to the end of the
/// paragraph: lines that fit stay as they are.
fn refill(lines: &[&str], room: usize) -> Vec<String> {
    let mut filled = Vec::with_capacity(lines.len());
    let mut carry = String::new();
    for line in lines {
        if line.is_empty() || line.starts_with(' ') {
            if !carry.is_empty() {
                filled.push(std::mem::take(&mut carry));
            }
            filled.push((*line).to_owned());
            continue;
        }
        let joined = if carry.is_empty() {
            (*line).to_owned()
        } else {
            format!("{carry} {line}")
        };
        let mut wrapped = wrap(&joined, room, room);
        carry = if wrapped.len() > 1 {
            wrapped.pop().unwrap_or_default()
        } else {
            String::new()
        };
        filled.append(&mut wrapped);
    }
    if !carry.is_empty() {
        filled.push(carry);
    }
    filled
}

/// Breaks a line at single spaces so that no part is wider than its room in columns, where its words allow. Runs of
/// spaces are text: only a single space may become a break.
fn wrap(line: &str, first_room: usize, room: usize) -> Vec<String> {
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
        let room = if lines.len() == 1 { first_room } else { room };
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

    const PLACE: Place = Place {
        in_flow: false,
        one_line: false,
        indent: 2,
        column: 7,
        prose: false,
        date: false,
        careful: false,
    };

    fn written(text: &str, old: Option<(Style, &str)>, place: Place) -> String {
        let old = old.map(|(style, source)| Old {
            style,
            source,
            text: source,
        });
        let written = write(text, old, place);
        [vec![written.head], written.body].concat().join("\n")
    }

    #[test]
    fn quoted_as_little_as_needed() {
        for (text, expected) in [
            ("A title", "A title"),
            ("It’s 2.20 now", "It’s 2.20 now"),
            ("don't", "don't"),
            ("a [b] {c}, d", "a [b] {c}, d"),
            ("party 🎈", "party 🎈"),
            ("http://x.y", "http://x.y"),
            ("2.20", "\"2.20\""),
            ("yes", "\"yes\""),
            ("NULL", "\"NULL\""),
            ("012", "\"012\""),
            ("1e3", "\"1e3\""),
            ("1:30", "\"1:30\""),
            ("2021-11-10", "\"2021-11-10\""),
            ("a: b", "\"a: b\""),
            ("a:", "\"a:\""),
            ("a #b", "\"a #b\""),
            ("say \"hi\": now", "'say \"hi\": now'"),
            ("say \"hi\": don't", "\"say \\\"hi\\\": don't\""),
            ("- a", "\"- a\""),
            ("-a", "\"-a\""),
            ("@a", "\"@a\""),
            ("...", "\"...\""),
            ("a ", "\"a \""),
            ("\u{a0}a", "\"\u{a0}a\""),
            ("tab\there", "\"tab\\there\""),
            ("a\rb", "\"a\\rb\""),
            ("a\u{2028}b", "\"a\\u2028b\""),
            ("a\u{85}b", "\"a\\x85b\""),
            ("\u{1fffe}", "\"\\U0001FFFE\""),
            ("", "\"\""),
        ] {
            assert_eq!(written(text, None, PLACE), expected);
        }
        let flow = Place {
            in_flow: true,
            ..PLACE
        };
        assert_eq!(written("a, b", None, flow), "\"a, b\"");
        assert_eq!(written("a\nb", None, flow), "\"a\\nb\"");
    }

    #[test]
    fn style_follows_what_was_there() {
        let literal = Some((Style::Literal, "|-\n  x"));
        for (text, old, expected) in [
            ("it's", Some((Style::SingleQuoted, "'x'")), "'it''s'"),
            ("x", Some((Style::DoubleQuoted, "\"y\"")), "\"x\""),
            (
                "2022-01-02",
                Some((Style::Plain, "2021-01-01")),
                "2022-01-02",
            ),
            ("2022", Some((Style::Plain, "2021")), "\"2022\""),
            ("one two", literal, "|-\n  one two"),
            ("one \ntwo", literal, "\"one \\ntwo\""),
            (" one", literal, "\" one\""),
            ("a\nb", Some((Style::Plain, "x")), "|-\n  a\n  b"),
            ("a\nb\n", Some((Style::Literal, "|\n  x")), "|\n  a\n  b"),
            ("a", Some((Style::Literal, "|2+\n  x")), "|2-\n  a"),
            (
                "a\nb\n\nc",
                Some((Style::Folded, ">-\n  x")),
                ">-\n  a\n\n  b\n\n\n  c",
            ),
            ("a b", Some((Style::Plain, "x\n  y")), "a b"),
        ] {
            assert_eq!(written(text, old, PLACE), expected);
        }
    }

    #[test]
    fn long_lines_are_wrapped_at_eighty_columns() {
        let line = "word ".repeat(40);
        let wrapped = wrap(line.trim_end(), 70, 78);
        assert!(wrapped.iter().all(|line| line.chars().count() <= 78));
        assert!(wrapped[0].chars().count() <= 70);
        assert_eq!(wrapped.join(" "), line.trim_end());
        assert_eq!(wrap("a  b c", 3, 3), ["a  b", "c"]);
    }

    #[test]
    fn lines_that_fit_stay_as_they_are() {
        assert_eq!(
            refill(&["aa bb cc dd", "ee", "", "ff"], 8),
            ["aa bb cc", "dd ee", "", "ff"]
        );
        assert_eq!(refill(&["aa", "bb cc"], 8), ["aa", "bb cc"]);
        assert_eq!(
            refill(&["aa bb cc", "dd ee ff gg"], 6),
            ["aa bb", "cc dd", "ee ff", "gg"]
        );
    }
}
