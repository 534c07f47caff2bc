//! Formats that hold data: YAML, JSON, and tables of keys and values.

use super::Colour;
use super::scan::{Scan, in_name};

fn is_constant(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off"
    )
}

pub(super) fn json(scan: &mut Scan<'_>) {
    while let Some(c) = scan.peek() {
        match c {
            '"' => {
                let length = scan.quoted('"', true, false);
                let behind = scan.rest().get(length..).unwrap_or_default();
                let key = behind.trim_start().starts_with(':');
                scan.take(length, if key { Colour::Tag } else { Colour::Literal });
            }
            '/' if scan.starts_with("//") => scan.take(scan.line(), Colour::Comment),
            '-' | '0'..='9' => {
                let length = scan.run(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
                scan.take(length, Colour::Literal);
            }
            _ if in_name(c) => {
                let length = scan.run(in_name);
                let word = scan.rest().get(..length).unwrap_or_default();
                if is_constant(word) {
                    scan.take(length, Colour::Constant);
                } else {
                    scan.skip(length);
                }
            }
            _ => scan.skip_char(),
        }
    }
}

/// Where a plain scalar or a key ends on its line: before `: `, ` #`, and what ends it inside brackets.
fn plain_end(line: &str, in_brackets: bool) -> usize {
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let next = line
            .get(at + c.len_utf8()..)
            .and_then(|rest| rest.chars().next());
        let ends = match c {
            ':' => next.is_none_or(char::is_whitespace),
            '#' => before.is_whitespace(),
            ',' | '[' | ']' | '{' | '}' => in_brackets,
            _ => false,
        };
        if ends && at > 0 {
            return line.get(..at).map_or(at, |head| head.trim_end().len());
        }
        before = c;
    }
    line.trim_end().len()
}

pub(super) fn yaml(scan: &mut Scan<'_>) {
    let mut brackets = 0_usize;
    while let Some(c) = scan.peek() {
        let line = scan.rest().get(..scan.line()).unwrap_or_default();
        match c {
            _ if scan.at_line_start() && (line.trim_end() == "---" || line.trim_end() == "...") => {
                scan.take(line.len(), Colour::Keyword);
            }
            '#' if scan.before().is_none_or(char::is_whitespace) => {
                scan.take(line.len(), Colour::Comment);
            }
            '[' | '{' => {
                brackets += 1;
                scan.skip(1);
            }
            ']' | '}' => {
                brackets = brackets.saturating_sub(1);
                scan.skip(1);
            }
            '|' | '>' if brackets == 0 => block_scalar(scan, line),
            '-' | '?' | ':' | ','
                if line
                    .get(1..)
                    .is_none_or(|rest| rest.is_empty() || rest.starts_with(' ')) =>
            {
                scan.skip(1);
            }
            '"' | '\'' => {
                let length = scan.quoted(c, c == '"', true);
                let behind = scan.rest().get(length..).unwrap_or_default();
                let key = behind.starts_with(':') && !behind.starts_with("::");
                scan.take(length, if key { Colour::Tag } else { Colour::Literal });
            }
            '&' | '*' | '!' => {
                let length = scan.run(|c| !c.is_whitespace() && !"[]{},".contains(c));
                scan.take(length.max(1), Colour::Constant);
            }
            _ if c.is_whitespace() => scan.skip_char(),
            _ => {
                let length = plain_end(line, brackets > 0).max(c.len_utf8());
                let (word, behind) = line.split_at_checked(length).unwrap_or((line, ""));
                let colour = if behind.trim_start().starts_with(':') {
                    Colour::Tag
                } else if is_constant(word) {
                    Colour::Constant
                } else {
                    Colour::Literal
                };
                scan.take(length, colour);
            }
        }
    }
}

/// `|` or `>` and the lines that are indented further than the line they stand on.
fn block_scalar(scan: &mut Scan<'_>, head: &str) {
    let is_head = head
        .get(1..)
        .unwrap_or_default()
        .split(" #")
        .next()
        .unwrap_or_default()
        .trim_end()
        .bytes()
        .all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'));
    if !is_head {
        scan.take(head.trim_end().len().max(1), Colour::Literal);
        return;
    }
    let indent = scan.line_indent();
    scan.skip(head.len());
    let mut length = 0;
    for line in scan.rest().split_inclusive('\n') {
        let own = line.len() - line.trim_start_matches(' ').len();
        if !line.trim().is_empty() && own <= indent {
            break;
        }
        length += line.len();
    }
    scan.take(length, Colour::Literal);
}

/// `[section]`, `key = value`, comments.
pub(super) fn ini(scan: &mut Scan<'_>) {
    while let Some(c) = scan.peek() {
        match c {
            '#' | ';' if scan.first_on_line() || c == '#' => {
                scan.take(scan.line(), Colour::Comment);
            }
            '[' if scan.first_on_line() => scan.take(scan.line(), Colour::Keyword),
            '"' | '\'' => scan.take(scan.quoted(c, c == '"', false), Colour::Literal),
            '=' => scan.take(1, Colour::Keyword),
            '-' | '0'..='9' if !scan.first_on_line() => {
                let length = scan.run(|c| c.is_ascii_alphanumeric() || "+-._:".contains(c));
                scan.take(length, Colour::Literal);
            }
            _ if c.is_whitespace() => scan.skip_char(),
            _ => {
                let length = scan
                    .run(|c| in_name(c) || "-./".contains(c))
                    .max(c.len_utf8());
                let word = scan.rest().get(..length).unwrap_or_default();
                if scan.first_on_line() || is_constant(word) {
                    scan.take(length, Colour::Constant);
                } else {
                    scan.skip(length);
                }
            }
        }
    }
}
