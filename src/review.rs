//! What changed since the file was opened, told from the bytes and not from the edits.

use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::site::Profile;
use crate::text::{BytePos, LineColumn, LineEnd, Span, Text};

/// The file at one time, taken apart: whoever asks has done that already.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its text.
    pub text: &'a Text,
    /// Where its parts stand.
    pub post: &'a Post,
    /// Its front matter.
    pub front_matter: &'a FrontMatter,
}

/// A part of the file that differs.
struct Part {
    name: String,
    /// Bytes of it that are new or gone.
    bytes: usize,
    /// Bytes of it that are in the file now and were not.
    new: usize,
    /// The line it stands on, or stood on.
    line: usize,
    /// It was not there before, or is not there any more.
    verb: &'static str,
}

/// One line that says what differs, such as “Title changed, 12 bytes on line 3; all other 9,952 bytes identical.”
#[must_use]
pub fn summary(opened: Side<'_>, now: Side<'_>, profile: &Profile) -> String {
    if opened.text == now.text {
        return "Nothing differs from the opened file.".to_owned();
    }
    let (before, after) = (opened.text.as_str(), now.text.as_str());
    let mut parts = entries(opened, now, profile);
    let (old_body, new_body) = (opened.post.body.of(before), now.post.body.of(after));
    if old_body != new_body {
        let (front, gone, come) = window(old_body, new_body);
        let at = BytePos::new(now.post.body.start().get() + front);
        parts.push(Part {
            name: "Text".to_owned(),
            bytes: gone.max(come),
            new: come,
            line: LineColumn::of(after, at).line,
            verb: "changed",
        });
    }
    if parts.is_empty() {
        // Between the entries: comments, blank lines, the fences.
        let (front, gone, come) = window(before, after);
        parts.push(Part {
            name: "Front matter".to_owned(),
            bytes: gone.max(come),
            new: come,
            line: LineColumn::of(after, BytePos::new(front)).line,
            verb: "changed",
        });
    }
    let changed: usize = parts.iter().map(|part| part.new).sum();
    let same = now.text.byte_len().saturating_sub(changed);
    let said: Vec<String> = parts
        .iter()
        .map(|part| {
            format!(
                "{} {}, {} on line {}",
                part.name,
                part.verb,
                counted(part.bytes, "byte"),
                part.line
            )
        })
        .collect();
    format!(
        "{}; all other {} identical.",
        said.join("; "),
        counted(same, "byte")
    )
}

/// The entries of the front matter that differ, in the order of the file.
fn entries(opened: Side<'_>, now: Side<'_>, profile: &Profile) -> Vec<Part> {
    let (before, after) = (opened.text.as_str(), now.text.as_str());
    let (was, is) = (opened.front_matter.entries(), now.front_matter.entries());
    let name = |path: &crate::yaml::KeyPath| {
        profile
            .field(path)
            .map_or_else(|| format!("“{path}”"), |field| field.label.clone())
    };
    // An entry comes and goes with its line.
    let line_end = LineEnd::prevailing(after).as_str().len();
    let mut parts = Vec::new();
    for entry in &is {
        let source = entry.span.of(after);
        let line = LineColumn::of(after, entry.span.start()).line;
        let earlier = was.iter().find(|known| known.path == entry.path);
        match earlier.map(|known| known.span.of(before)) {
            Some(known) if known == source => {}
            Some(known) => {
                let (front, gone, come) = window(known, source);
                let at = BytePos::new(entry.span.start().get() + front);
                parts.push(Part {
                    name: name(&entry.path),
                    bytes: gone.max(come),
                    new: come,
                    line: LineColumn::of(after, at).line,
                    verb: "changed",
                });
            }
            None => parts.push(Part {
                name: name(&entry.path),
                bytes: entry.span.len() + line_end,
                new: entry.span.len() + line_end,
                line,
                verb: "added",
            }),
        }
    }
    for entry in &was {
        if is.iter().all(|known| known.path != entry.path) {
            parts.push(Part {
                name: name(&entry.path),
                bytes: entry.span.len() + line_end,
                new: 0,
                line: LineColumn::of(before, entry.span.start()).line,
                verb: "removed",
            });
        }
    }
    parts
}

/// Where two texts start to differ, and how many bytes differ in each: bytes, where `text::replaced` takes whole characters.
fn window(before: &str, after: &str) -> (usize, usize, usize) {
    let front = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let most = before.len().min(after.len()) - front;
    let back = before
        .bytes()
        .rev()
        .zip(after.bytes().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    // Back to the start of a character, for whoever makes a place of it.
    let start = (0..=front)
        .rev()
        .find(|&i| after.is_char_boundary(i))
        .unwrap_or_default();
    let gone = Span::from_range(front..before.len() - back).len();
    let come = Span::from_range(front..after.len() - back).len();
    (start, gone, come)
}

/// `1 byte`, `9,952 bytes`.
fn counted(number: usize, unit: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let plural = if number == 1 { "" } else { "s" };
    format!("{grouped} {unit}{plural}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(before: &str, after: &str) -> String {
        let profile = Profile::linkerd().unwrap();
        let text = |text: &str| Text::from_bytes(text.as_bytes());
        let (old, new) = (Post::parse(before), Post::parse(after));
        summary(
            Side {
                text: &text(before),
                post: &old,
                front_matter: &FrontMatter::read(before, &old),
            },
            Side {
                text: &text(after),
                post: &new,
                front_matter: &FrontMatter::read(after, &new),
            },
            &profile,
        )
    }

    #[test]
    fn the_line_tells_what_the_bytes_tell() {
        let before = "---\ndate: 2021-11-10\ntitle: One\nx: 1\n---\n\nText\n";
        for (after, expected) in [
            (before.to_owned(), "Nothing differs from the opened file."),
            (
                before.replace("One", "Three"),
                "Title changed, 4 bytes on line 3; all other 45 bytes identical.",
            ),
            (
                before.replace("x: 1\n", "x: 1\nslug: ab\n"),
                "Slug added, 9 bytes on line 5; all other 47 bytes identical.",
            ),
            (
                before.replace("x: 1\n", ""),
                "“x” removed, 5 bytes on line 4; all other 42 bytes identical.",
            ),
            (
                before.replace("Text", "Texts"),
                "Text changed, 1 byte on line 7; all other 47 bytes identical.",
            ),
            (
                before.replace("x: 1", "# c\nx: 1"),
                "Front matter changed, 4 bytes on line 4; all other 47 bytes identical.",
            ),
        ] {
            assert_eq!(said(before, &after), expected);
        }
        assert_eq!(counted(1_234_567, "byte"), "1,234,567 bytes");
    }
}
