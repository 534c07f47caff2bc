//! What changed since the file was opened, told from the bytes and not from the edits.

use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::site::Profile;
use crate::text::sort;
use crate::text::{BytePos, LineColumn, Span, Text, common_back, common_front};
use crate::yaml::KeyPath;

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

/// What became of a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Changed,
    Added,
    Removed,
}

impl Fate {
    const fn verb(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A part of the file that differs.
struct Part {
    name: String,
    fate: Fate,
    /// What of the opened file is not in the file any more.
    gone: Span,
    /// What is in the file now and was not.
    come: Span,
    /// Bytes that belong to it and stand apart: a parent’s line, fences.
    apart: usize,
}

impl Part {
    fn bytes(&self) -> usize {
        self.gone.len().max(self.come.len()) + self.apart
    }

    /// Whether bytes that came (or went) with it may be counted as its own: they touch it, or lie around it.
    fn touches(&self, gone: Span, come: Span) -> bool {
        let meets = |own: Span, other: Span| {
            other.start() <= own.end() && own.start() <= other.end() && !other.is_empty()
        };
        match self.fate {
            Fate::Added => gone.is_empty() && meets(self.come, come),
            Fate::Removed => come.is_empty() && meets(self.gone, gone),
            Fate::Changed => false,
        }
    }
}

/// How much two bodies have in common at their start and at their end. Kept up to date from edit to edit, so that a key
/// in a long post costs no walk through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Common {
    front: usize,
    /// Counted from the end, whatever the front has already.
    back: usize,
    /// The line of the second body, counted from 1, on which the first difference stands.
    line: usize,
}

impl Common {
    /// Compares two bodies.
    #[must_use]
    pub fn of(before: &str, after: &str) -> Self {
        let front = common_front(before.as_bytes(), after.as_bytes());
        Self {
            front,
            back: common_back(before.as_bytes(), after.as_bytes()),
            line: line_of(after, BytePos::new(front)),
        }
    }

    /// Takes in that the second body became `after` by an edit, which put `inserted` bytes at `at`.
    pub fn edited(&mut self, before: &str, after: &str, at: BytePos, inserted: usize) {
        let (old, new) = (before.as_bytes(), after.as_bytes());
        // The first difference stays the first where what stands there was not touched.
        if at.get() <= self.front {
            let from = at.get();
            let more = common_front(
                old.get(from..).unwrap_or_default(),
                new.get(from..).unwrap_or_default(),
            );
            // What stood before the difference is what stands there in the first body. Behind a CR it takes the byte
            // after it to tell a line's end: then the lines are counted anew.
            let was = old.get(from..self.front).unwrap_or_default();
            let is = new.get(from..from + more).unwrap_or_default();
            let clear = from.checked_sub(1).and_then(|at| old.get(at)) != Some(&b'\r')
                && !was.contains(&b'\r')
                && !is.contains(&b'\r');
            self.front = from + more;
            self.line = if clear {
                self.line + line_feeds(is) - line_feeds(was)
            } else {
                line_of(after, BytePos::new(self.front))
            };
        }
        let behind = new.len().saturating_sub(at.get() + inserted);
        if behind <= self.back {
            let more = common_back(
                old.get(..old.len().saturating_sub(behind))
                    .unwrap_or_default(),
                new.get(..at.get() + inserted).unwrap_or_default(),
            );
            self.back = behind + more;
        }
    }

    /// What of the one is not in the other: a stretch of the first, and one of the second.
    fn window(self, before: &str, after: &str) -> (Span, Span) {
        let most = before.len().min(after.len()).saturating_sub(self.front);
        let back = self.back.min(most);
        (
            Span::from_range(self.front..before.len() - back),
            Span::from_range(self.front..after.len() - back),
        )
    }
}

fn line_feeds(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// One line that says what differs, such as “Title changed, 12 bytes on line 3; all other 9,952 bytes identical”. What it
/// calls identical was compared: the two files without the parts named here are the same. `bodies` is what the two bodies
/// have in common.
#[must_use]
pub fn summary(opened: Side<'_>, now: Side<'_>, bodies: Common, profile: &Profile) -> String {
    if opened.text == now.text {
        return "Nothing differs from the opened file".to_owned();
    }
    let (before, after) = (opened.text.as_str(), now.text.as_str());
    let readable = opened.front_matter.locked().is_none() && now.front_matter.locked().is_none();
    let mut parts = if readable {
        entries(opened, now, profile)
    } else {
        Vec::new()
    };
    let (old_body, new_body) = (opened.post.body, now.post.body);
    let heads = (
        Span::new(BytePos::new(0), old_body.start()),
        Span::new(BytePos::new(0), new_body.start()),
    );
    the_rest(&mut parts, heads.0.of(before), heads.1.of(after));
    let text_part = parts.len();
    let (gone, come) = bodies.window(old_body.of(before), new_body.of(after));
    if !gone.is_empty() || !come.is_empty() {
        parts.push(Part {
            name: "Text".to_owned(),
            fate: Fate::Changed,
            gone: gone.shifted(old_body.start().get()),
            come: come.shifted(new_body.start().get()),
            apart: 0,
        });
    }
    let body_line = line_of(heads.1.of(after), new_body.start()) + bodies.line - 1;
    let new: usize = parts
        .iter()
        .map(|part| match part.fate {
            Fate::Removed => part.come.len(),
            Fate::Changed | Fate::Added => part.come.len() + part.apart,
        })
        .sum();
    let said: Vec<String> = parts
        .iter()
        .enumerate()
        .map(|(number, part)| {
            let line = match part.fate {
                Fate::Removed => line_of(before, part.gone.start()),
                Fate::Changed if number == text_part => body_line,
                Fate::Changed | Fate::Added => line_of(after, part.come.start()),
            };
            format!(
                "{} {}, {} on line {line}",
                part.name,
                part.fate.verb(),
                counted(part.bytes(), "byte"),
            )
        })
        .collect();
    format!(
        "{}; all other {} identical",
        said.join("; "),
        counted(now.text.byte_len().saturating_sub(new), "byte")
    )
}

/// The line a byte stands on; it may be inside of a character.
fn line_of(text: &str, at: BytePos) -> usize {
    let start = text.floor_char_boundary(at.get());
    LineColumn::of(text, BytePos::new(start)).line
}

/// The entries of the front matter that differ, in the order of the file; then those that are gone.
fn entries(opened: Side<'_>, now: Side<'_>, profile: &Profile) -> Vec<Part> {
    let (before, after) = (opened.text.as_str(), now.text.as_str());
    let (was, is) = (opened.front_matter.entries(), now.front_matter.entries());
    let name = |path: &KeyPath| {
        profile
            .field(path)
            .map_or_else(|| format!("“{path}”"), |field| field.label.clone())
    };
    let mut parts = Vec::new();
    for entry in &is {
        let source = entry.span.of(after);
        let part = match was.iter().find(|known| known.path == entry.path) {
            Some(known) if known.span.of(before) == source => continue,
            Some(known) => {
                let (gone, come) = window(known.span.of(before), source);
                Part {
                    name: name(&entry.path),
                    fate: Fate::Changed,
                    gone: gone.shifted(known.span.start().get()),
                    come: come.shifted(entry.span.start().get()),
                    apart: 0,
                }
            }
            // `params:` alone was one entry; now those below it are.
            None if was.iter().any(|known| entry.path.contains(&known.path)) => continue,
            None => Part {
                name: name(&entry.path),
                fate: Fate::Added,
                gone: Span::at(BytePos::new(0)),
                come: own_lines(after, entry.span),
                apart: 0,
            },
        };
        parts.push(part);
    }
    for entry in &was {
        let still = is.iter().any(|known| entry.path.contains(&known.path));
        if !still {
            parts.push(Part {
                name: name(&entry.path),
                fate: Fate::Removed,
                gone: own_lines(before, entry.span),
                come: Span::at(BytePos::new(0)),
                apart: 0,
            });
        }
    }
    parts
}

/// An entry with what stands on its lines and belongs to it: the indentation, a comment behind it, the line end. Where
/// something else stands there, only the entry.
fn own_lines(text: &str, span: Span) -> Span {
    let range = span.range();
    let head = text.get(..range.start).unwrap_or_default();
    let start = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let rest = text.get(range.end..).unwrap_or_default();
    let tail = rest.split(['\n', '\r']).next().unwrap_or_default();
    let alone = head.get(start..).unwrap_or_default().trim().is_empty()
        && (tail.trim().is_empty() || tail.trim_start().starts_with('#'));
    if !alone {
        return span;
    }
    let line_end = rest.get(tail.len()..).unwrap_or_default();
    let line_end = if line_end.starts_with("\r\n") {
        2
    } else {
        line_end.len().min(1)
    };
    Span::from_range(start..range.end + tail.len() + line_end)
}

/// What differs beside the `parts`: comments, blank lines, the order of entries, fences, and all of it where it cannot be
/// read. It goes to the part it came with, or becomes one of its own.
fn the_rest(parts: &mut Vec<Part>, before: &str, after: &str) {
    let old = Rest::of(before, parts.iter().map(|part| part.gone));
    let new = Rest::of(after, parts.iter().map(|part| part.come));
    let (gone, come) = window_of_bytes(&old.bytes, &new.bytes);
    if gone.is_empty() && come.is_empty() {
        return;
    }
    let (gone_at, come_at) = (old.place(gone), new.place(come));
    match parts.iter_mut().find(|part| part.touches(gone_at, come_at)) {
        Some(part) => part.apart = gone.len().max(come.len()),
        None => {
            // Other parts may lie between its ends: they are counted as themselves.
            let (gone_bytes, come_bytes) = (gone.len(), come.len());
            let start_of = |at: Span, bytes: usize| {
                Span::from_range(at.start().get()..at.start().get() + bytes)
            };
            parts.push(Part {
                name: "Front matter".to_owned(),
                fate: Fate::Changed,
                gone: start_of(gone_at, gone_bytes),
                come: start_of(come_at, come_bytes),
                apart: 0,
            });
        }
    }
}

/// A text without some of its parts.
struct Rest {
    bytes: Vec<u8>,
    /// The parts, in order.
    left_out: Vec<Span>,
}

impl Rest {
    fn of(text: &str, parts: impl Iterator<Item = Span>) -> Self {
        let mut left_out: Vec<Span> = parts.filter(|span| !span.is_empty()).collect();
        sort::sort_by_key(&mut left_out, |span| span.start());
        let mut bytes = Vec::with_capacity(text.len());
        let mut from = 0;
        for span in &left_out {
            let kept = text.as_bytes().get(from..span.start().get());
            bytes.extend_from_slice(kept.unwrap_or_default());
            from = span.end().get();
        }
        bytes.extend_from_slice(text.as_bytes().get(from..).unwrap_or_default());
        Self { bytes, left_out }
    }

    /// Where a span of the rest stands in the text.
    fn place(&self, span: Span) -> Span {
        let at = |offset: usize| {
            self.left_out.iter().fold(offset, |at, part| {
                if at >= part.start().get() {
                    at + part.len()
                } else {
                    at
                }
            })
        };
        let start = at(span.start().get());
        let end = match span.len() {
            0 => start,
            _ => at(span.end().get() - 1) + 1,
        };
        Span::from_range(start..end)
    }
}

/// Where two texts differ: bytes, where `text::replaced` takes whole characters.
fn window(before: &str, after: &str) -> (Span, Span) {
    window_of_bytes(before.as_bytes(), after.as_bytes())
}

fn window_of_bytes(before: &[u8], after: &[u8]) -> (Span, Span) {
    let front = common_front(before, after);
    let (old, new) = (
        before.get(front..).unwrap_or_default(),
        after.get(front..).unwrap_or_default(),
    );
    let back = common_back(old, new);
    (
        Span::from_range(front..before.len() - back),
        Span::from_range(front..after.len() - back),
    )
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
            Common::of(old.body.of(before), new.body.of(after)),
            &profile,
        )
    }

    proptest::proptest! {
        #[test]
        fn what_is_common_is_kept_up_to_date(
            before in "[ab\r\né]{0,12}",
            edits in proptest::collection::vec((0..14_usize, 0..4_usize, "[ab\r\né]{0,3}"), 1..6),
        ) {
            let mut after = before.clone();
            let mut common = Common::of(&before, &after);
            for (at, length, insert) in edits {
                let at = after.floor_char_boundary(at.min(after.len()));
                let end = after.floor_char_boundary((at + length).min(after.len())).max(at);
                after.replace_range(at..end, &insert);
                common.edited(&before, &after, BytePos::new(at), insert.len());
                proptest::prop_assert_eq!(common, Common::of(&before, &after));
            }
        }
    }

    #[test]
    fn the_line_tells_what_the_bytes_tell() {
        let before = "---\ndate: 2021-11-10\ntitle: One\nx: 1\n---\n\nText\n";
        for (after, expected) in [
            (before.to_owned(), "Nothing differs from the opened file"),
            (
                before.replace("One", "Three"),
                "Title changed, 4 bytes on line 3; all other 45 bytes identical",
            ),
            (
                before.replace("x: 1\n", "x: 1\nslug: ab # c\n"),
                "Slug added, 13 bytes on line 5; all other 47 bytes identical",
            ),
            (
                before.replace("x: 1\n", ""),
                "“x” removed, 5 bytes on line 4; all other 42 bytes identical",
            ),
            (
                before.replace("Text", "Texts"),
                "Text changed, 1 byte on line 7; all other 47 bytes identical",
            ),
            (
                before.replace("x: 1", "# c\nx: 1"),
                "Front matter changed, 4 bytes on line 4; all other 47 bytes identical",
            ),
            // What changes beside an entry is told too.
            (
                before.replace("One", "Two").replace("x: 1", "# c\nx: 1"),
                "Title changed, 3 bytes on line 3; Front matter changed, 4 bytes on line 4; all other 44 bytes identical",
            ),
            (
                before
                    .replace("title: One\nx: 1", "x: 1\ntitle: One")
                    .replace("Text", "Texts"),
                "Front matter changed, 15 bytes on line 3; Text changed, 1 byte on line 7; all other 32 bytes identical",
            ),
            // A parent’s line comes with its first entry, and so do the fences of a post that had none.
            (
                before.replace("x: 1\n", "x: 1\nparams:\n  author: a\n"),
                "Author added, 20 bytes on line 6; all other 47 bytes identical",
            ),
            (
                before.replace("x: 1\n", "x: [\n"),
                "Front matter changed, 1 byte on line 4; all other 46 bytes identical",
            ),
            (
                "Text\n".to_owned(),
                "Date removed, 25 bytes on line 2; Title removed, 11 bytes on line 3; “x” removed, 5 bytes on line 4; \
                 Text changed, 1 byte on line 1; all other 5 bytes identical",
            ),
        ] {
            assert_eq!(said(before, &after), expected, "{after}");
        }
        assert_eq!(counted(1_234_567, "byte"), "1,234,567 bytes");
    }

    #[test]
    fn a_parent_without_entries_is_no_entry_that_went() {
        let before = "---\nparams:\n---\n";
        assert_eq!(
            said(before, "---\nparams:\n  author: a\n---\n"),
            "Author added, 12 bytes on line 3; all other 16 bytes identical"
        );
    }
}
