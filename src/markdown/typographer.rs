//! goldmark's typographer: dashes, dots and quotes.
//!
//! Its counters of open quotes are never reset between blocks (a slip in goldmark that the real pages show), so they live
//! as long as the document.

use super::unicode::{is_digit, is_letter, is_punctuation, is_space, is_strict_punctuation};

/// How many quotes of each kind are open at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Open {
    pub(crate) single: u32,
    pub(crate) double: u32,
}

/// A counter over a stretch of text: how it moved, and for which numbers at the start all would have come out alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tally {
    start: u32,
    now: u32,
    /// The least and the most it may have been at the start.
    low: u32,
    high: u32,
}

impl Tally {
    const fn starting(start: u32) -> Self {
        Self {
            start,
            now: start,
            low: 0,
            high: u32::MAX,
        }
    }

    const fn open(&mut self) {
        self.now += 1;
    }

    /// Whether any is open; the answer binds what the start may have been.
    fn is_open(&mut self) -> bool {
        let (start, now) = (i64::from(self.start), i64::from(self.now));
        // As long as start + (now - start) stays on the same side of zero.
        let least_open = u32::try_from(1 - (now - start)).unwrap_or(0);
        if self.now > 0 {
            self.low = self.low.max(least_open);
            true
        } else {
            self.high = self.high.min(least_open.saturating_sub(1));
            false
        }
    }

    const fn close(&mut self) {
        self.now = self.now.saturating_sub(1);
    }

    const fn accepts(&self, start: u32) -> bool {
        self.low <= start && start <= self.high
    }

    fn end(&self, start: u32) -> u32 {
        let end = i64::from(start) + i64::from(self.now) - i64::from(self.start);
        u32::try_from(end).unwrap_or(0)
    }
}

/// The counters over a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotes {
    single: Tally,
    double: Tally,
}

impl Quotes {
    pub(crate) const fn starting(open: Open) -> Self {
        Self {
            single: Tally::starting(open.single),
            double: Tally::starting(open.double),
        }
    }

    /// Whether the stretch comes out the same with these open at its start.
    pub(crate) const fn accepts(&self, open: Open) -> bool {
        self.single.accepts(open.single) && self.double.accepts(open.double)
    }

    /// What is open at its end with these open at its start.
    pub(crate) fn end(&self, open: Open) -> Open {
        Open {
            single: self.single.end(open.single),
            double: self.double.end(open.double),
        }
    }

    /// What is open now.
    pub(crate) const fn now(&self) -> Open {
        Open {
            single: self.single.now,
            double: self.double.now,
        }
    }
}

/// What takes the place of some characters: its HTML entity, its character, how many bytes it replaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Replacement {
    pub(crate) entity: &'static str,
    pub(crate) text: char,
    pub(crate) length: usize,
}

const fn replacement(entity: &'static str, text: char, length: usize) -> Replacement {
    Replacement {
        entity,
        text,
        length,
    }
}

const APOSTROPHE: Replacement = replacement("&rsquo;", '’', 1);

/// What goldmark puts in place of the beginning of `line`, the rest of the source line; `before` is the character before
/// it in the source (a line break at the start of a block).
pub(crate) fn replace(line: &str, before: char, quotes: &mut Quotes) -> Option<Replacement> {
    let bytes = line.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or_default();
    match at(0) {
        b'-' if at(1) == b'-' && at(2) == b'-' => Some(replacement("&mdash;", '—', 3)),
        b'-' if at(1) == b'-' => Some(replacement("&ndash;", '–', 2)),
        b'.' if at(1) == b'.' && at(2) == b'.' => Some(replacement("&hellip;", '…', 3)),
        b'<' if at(1) == b'<' => Some(replacement("&laquo;", '«', 2)),
        b'>' if at(1) == b'>' => Some(replacement("&raquo;", '»', 2)),
        b'\'' => single(line, before, quotes),
        b'"' => double(line, before, quotes),
        _ => None,
    }
}

fn single(line: &str, before: char, quotes: &mut Quotes) -> Option<Replacement> {
    let (can_open, can_close) = flanking(line, '\'', before);
    let only_open = can_open && !can_close;
    let bytes = line.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or_default();
    let next = char_at(line, 1);
    if only_open
        && line.len() > 3
        && at(1).is_ascii_digit()
        && at(2).is_ascii_digit()
        && at(3) == b's'
    {
        let after = char_at(line, 4).unwrap_or(' ');
        if is_space(after) || is_punctuation(after) {
            return Some(APOSTROPHE);
        }
    }
    if (is_strict_punctuation(before) || is_space(before))
        && matches!(at(1), b't' | b'e' | b'n' | b'l')
    {
        return Some(APOSTROPHE);
    }
    if (is_digit(before) || is_letter(before)) && next.is_some_and(is_letter) {
        return Some(APOSTROPHE);
    }
    if only_open {
        let ends = |i: usize| {
            line.len() <= i || at(i).is_ascii_punctuation() || at(i).is_ascii_whitespace()
        };
        let contraction = (matches!(at(1), b's' | b'm' | b't' | b'd') && ends(2))
            || (matches!((at(1), at(2)), (b'v', b'e') | (b'l', b'l') | (b'r', b'e')) && ends(3));
        if contraction {
            return Some(APOSTROPHE);
        }
        quotes.single.open();
        return Some(replacement("&lsquo;", '‘', 1));
    }
    if line.len() > 2 && !next.is_some_and(is_digit) {
        return Some(APOSTROPHE);
    }
    if closes(line, can_open, can_close) && quotes.single.is_open() {
        quotes.single.close();
        return Some(APOSTROPHE);
    }
    None
}

fn double(line: &str, before: char, quotes: &mut Quotes) -> Option<Replacement> {
    let (can_open, can_close) = flanking(line, '"', before);
    if can_open && !can_close {
        quotes.double.open();
        return Some(replacement("&ldquo;", '“', 1));
    }
    if closes(line, can_open, can_close) && quotes.double.is_open() {
        if line.as_bytes().get(1) == Some(&b'"') && is_digit(before) {
            return None;
        }
        quotes.double.close();
        return Some(replacement("&rdquo;", '”', 1));
    }
    None
}

/// Only-close, or both with punctuation next and ASCII punctuation, a space or the end behind that.
fn closes(line: &str, can_open: bool, can_close: bool) -> bool {
    if can_close && !can_open {
        return true;
    }
    let behind = line.as_bytes().get(2);
    can_open
        && can_close
        && char_at(line, 1).is_some_and(is_strict_punctuation)
        && behind.is_none_or(|byte| byte.is_ascii_punctuation() || byte.is_ascii_whitespace())
}

fn char_at(line: &str, byte: usize) -> Option<char> {
    line.get(byte..).and_then(|rest| rest.chars().next())
}

/// CommonMark's flanking over the run of equal quotes: may open, may close.
fn flanking(line: &str, quote: char, before: char) -> (bool, bool) {
    let after = line.chars().find(|&c| c != quote).unwrap_or(' ');
    let (before_space, after_space) = (is_space(before), is_space(after));
    let (before_punctuation, after_punctuation) = (is_punctuation(before), is_punctuation(after));
    let left = !after_space && (!after_punctuation || before_space || before_punctuation);
    let right = !before_space && (!before_punctuation || after_space || after_punctuation);
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> String {
        let mut quotes = Quotes::starting(Open::default());
        let mut out = String::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let before = text[..at].chars().next_back().unwrap_or('\n');
            match replace(&text[at..], before, &mut quotes) {
                Some(found) => {
                    out.push(found.text);
                    at += found.length;
                }
                None => {
                    out.push(c);
                    at += c.len_utf8();
                }
            }
        }
        out
    }

    #[test]
    fn as_hugo_sets_it() {
        for (text, expected) in [
            ("a -- b --- c...", "a – b — c…"),
            ("\"quoted\" and 'single'", "“quoted” and ‘single’"),
            ("don't, '90s, 'twas", "don’t, ’90s, ’twas"),
            ("'list' x", "’list’ x"),
            ("John's", "John’s"),
            ("I've 'll", "I’ve ’ll"),
            ("<<a>>", "«a»"),
        ] {
            assert_eq!(set(text), expected, "{text}");
        }
    }
}
