//! Shell, as the highlighter's lexer for Bash reads it: also what programs print, which posts show in such blocks.

use super::Colour;
use super::scan::{Scan, in_name};

const KEYWORDS: [&str; 18] = [
    "break", "case", "continue", "do", "done", "elif", "else", "esac", "fi", "for", "function",
    "if", "return", "select", "then", "time", "until", "while",
];

/// What a word ends at.
fn ends_word(c: char) -> bool {
    c.is_whitespace() || "=[]{}()$\"'`\\<&|;".contains(c)
}

pub(super) fn read(scan: &mut Scan<'_>) {
    let mut depth = Vec::new();
    while let Some(c) = scan.peek() {
        step(scan, c, &mut depth);
    }
}

/// What `$(…)` and `${…}` are open, innermost last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Paren,
    Curly,
}

fn step(scan: &mut Scan<'_>, c: char, open: &mut Vec<Open>) {
    match (c, open.last()) {
        (')', Some(Open::Paren)) => {
            open.pop();
            scan.take(1, Colour::Keyword);
            return;
        }
        ('}', Some(Open::Curly)) => {
            open.pop();
            scan.take(1, Colour::Literal);
            return;
        }
        (_, Some(Open::Curly)) => {
            if scan.starts_with(":-") {
                scan.take(2, Colour::Keyword);
                return;
            }
            let name = scan.run(in_name);
            if name > 0 {
                scan.take(name, Colour::Constant);
                return;
            }
        }
        _ => {}
    }
    match c {
        '$' => dollar(scan, open),
        '#' => scan.take(scan.line(), Colour::Comment),
        '\\' => {
            scan.take(1, Colour::Constant);
            scan.take_char(Colour::Constant);
        }
        '"' => string(scan, open),
        '\'' => scan.take(scan.quoted('\'', false, true), Colour::Literal),
        '`' => scan.take(1, Colour::Literal),
        '<' if scan.starts_with("<<<") => scan.take(3, Colour::Keyword),
        '<' if scan.starts_with("<<") => here_document(scan),
        '&' | '|' if scan.starts_with("&&") || scan.starts_with("||") => {
            scan.take(2, Colour::Keyword);
        }
        '[' | ']' | '{' | '}' | '(' | ')' | '=' => scan.take(1, Colour::Keyword),
        _ if ends_word(c) => scan.skip_char(),
        _ => word(scan),
    }
}

fn dollar(scan: &mut Scan<'_>, open: &mut Vec<Open>) {
    let rest = scan.rest();
    if rest.starts_with("$((") {
        open.extend([Open::Paren, Open::Paren]);
        scan.take(3, Colour::Keyword);
    } else if rest.starts_with("$(") {
        open.push(Open::Paren);
        scan.take(2, Colour::Keyword);
    } else if rest.starts_with("${") {
        open.push(Open::Curly);
        scan.take(2, Colour::Literal);
    } else {
        let name = rest.get(1..).unwrap_or_default();
        let length = name.find(|c| !in_name(c)).unwrap_or(name.len());
        if length > 0 {
            scan.take(1 + length, Colour::Constant);
        } else if name.starts_with(['#', '$', '?', '!', '*', '@', '-']) {
            scan.take(2, Colour::Constant);
        } else {
            scan.skip(1);
        }
    }
}

/// A string in double quotes: variables stand out in it.
fn string(scan: &mut Scan<'_>, open: &mut Vec<Open>) {
    scan.take(1, Colour::Literal);
    while let Some(c) = scan.peek() {
        match c {
            '"' => {
                scan.take(1, Colour::Literal);
                return;
            }
            '\\' => {
                scan.take(1, Colour::Literal);
                scan.take_char(Colour::Literal);
            }
            '$' if scan.rest().starts_with("$(") || scan.rest().starts_with("${") => {
                let depth = open.len();
                dollar(scan, open);
                while open.len() > depth {
                    let Some(c) = scan.peek() else { return };
                    if c == '"' {
                        // Not to fall into a string in a string in a string.
                        scan.take(scan.quoted('"', true, true), Colour::Literal);
                    } else {
                        step(scan, c, open);
                    }
                }
            }
            '$' => dollar(scan, open),
            _ => scan.take_char(Colour::Literal),
        }
    }
}

fn here_document(scan: &mut Scan<'_>) {
    let rest = scan.rest();
    let name = rest
        .get(2..)
        .unwrap_or_default()
        .trim_start_matches(['-', ' ', '\'', '"', '\\']);
    let name = name
        .get(..name.find(|c| !in_name(c)).unwrap_or(name.len()))
        .unwrap_or_default();
    if name.is_empty() {
        scan.skip(2);
        return;
    }
    let mut length = 0;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        length += line.len();
        if number > 0 && line.trim() == name {
            break;
        }
    }
    scan.take(length, Colour::Literal);
}

fn word(scan: &mut Scan<'_>) {
    let length = scan.run(|c| !ends_word(c));
    let rest = scan.rest();
    let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
    let name = word.find(|c| !in_name(c)).unwrap_or(word.len());
    let assigned = behind.starts_with('=') || (word.ends_with('+') && behind.starts_with('='));
    if assigned {
        // Of `--set a=b` the name right before the sign counts.
        let start = word.rfind(|c| !in_name(c)).map_or(0, |at| {
            at + word
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
        });
        scan.skip(start);
        scan.take(length - start, Colour::Constant);
    } else if KEYWORDS.contains(&word) {
        scan.take(length, Colour::Keyword);
    } else if name == word.len()
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && behind.chars().next().is_none_or(|c| c == ' ' || c == '\n')
    {
        scan.take(length, Colour::Literal);
    } else {
        scan.skip(length);
    }
}
