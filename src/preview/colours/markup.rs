//! Markup, patches, and files of instructions.

use super::Colour;
use super::scan::{Scan, in_name};

pub(super) fn diff(scan: &mut Scan<'_>) {
    while let Some(c) = scan.peek() {
        let length = scan.line();
        match c {
            '+' => scan.take(length, Colour::Inserted),
            '-' => scan.take(length, Colour::Deleted),
            '@' => scan.take(length, Colour::Constant),
            _ if scan.starts_with("diff ") || scan.starts_with("Index") => {
                scan.take(length, Colour::Constant);
            }
            _ => scan.skip(length),
        }
        // The break.
        scan.skip_char();
    }
}

pub(super) fn html(scan: &mut Scan<'_>) {
    while let Some(c) = scan.peek() {
        let rest = scan.rest();
        match c {
            '<' if rest.starts_with("<!--") => {
                let length = rest.find("-->").map_or(rest.len(), |at| at + 3);
                scan.take(length, Colour::Comment);
            }
            '<' if rest.starts_with("<!") || rest.starts_with("<?") => {
                let length = rest.find('>').map_or(rest.len(), |at| at + 1);
                scan.take(length, Colour::Comment);
            }
            '<' => tag(scan),
            '&' => {
                let length = rest.find(';').filter(|at| *at < 12).map_or(1, |at| at + 1);
                scan.take(length, Colour::Constant);
            }
            _ => scan.skip(scan.run(|c| c != '<' && c != '&').max(1)),
        }
    }
}

fn tag(scan: &mut Scan<'_>) {
    scan.skip(1);
    if scan.starts_with("/") {
        scan.skip(1);
    }
    scan.take(scan.run(|c| in_name(c) || "-:.".contains(c)), Colour::Tag);
    while let Some(c) = scan.peek() {
        match c {
            '>' => {
                scan.skip(1);
                return;
            }
            '<' => return,
            '"' | '\'' => scan.take(scan.quoted(c, false, true), Colour::Literal),
            _ if in_name(c) => {
                scan.take(
                    scan.run(|c| in_name(c) || "-:.@".contains(c)),
                    Colour::Constant,
                );
            }
            _ => scan.skip_char(),
        }
    }
}

pub(super) fn dockerfile(scan: &mut Scan<'_>) {
    while let Some(c) = scan.peek() {
        match c {
            '#' => scan.take(scan.line(), Colour::Comment),
            '"' | '\'' => scan.take(scan.quoted(c, c == '"', false), Colour::Literal),
            '\\' => scan.take(1, Colour::Constant),
            '$' => {
                scan.take(1, Colour::Constant);
                scan.take(
                    scan.run(|c| in_name(c) || "{}".contains(c)),
                    Colour::Constant,
                );
            }
            _ if in_name(c) => {
                let length = scan.run(|c| in_name(c) || "-./".contains(c));
                let word = scan.rest().get(..length).unwrap_or_default();
                let instruction = scan.first_on_line()
                    && word.len() > 1
                    && word.bytes().all(|byte| byte.is_ascii_uppercase());
                if instruction || word == "AS" {
                    scan.take(length, Colour::Keyword);
                } else {
                    scan.skip(length);
                }
            }
            _ => scan.skip_char(),
        }
    }
}
