//! What counts as one: words, and shortcodes' tags.

use std::ops::Range;

use crate::markdown::unicode::{is_space, is_strict_punctuation};
use crate::text::BytePos;

/// Where the caret goes from `at` by a word to the left: to the start of a word, or before a shortcode's tag, which is
/// one unit. Tags are looked for around `at` only.
#[must_use]
pub fn word_left(text: &str, at: BytePos) -> BytePos {
    let mut at = boundary(text, at.get());
    if let Some(tag) = tag_around(text, at, |tag| tag.start < at && at <= tag.end) {
        return BytePos::new(tag.start);
    }
    let head = |at: usize| text.get(..at).unwrap_or_default();
    at = head(at).trim_end_matches(is_space).len();
    if let Some(tag) = tag_around(text, at, |tag| tag.start < at && at <= tag.end) {
        return BytePos::new(tag.start);
    }
    let rest = head(at);
    let Some(last) = rest.chars().next_back() else {
        return BytePos::new(0);
    };
    let word = is_word(last);
    let start = rest
        .trim_end_matches(|c| !is_space(c) && is_word(c) == word)
        .len();
    // A tag that ends right before the word is another unit.
    let stop = tag_around(text, at, |tag| start < tag.end && tag.end < at);
    BytePos::new(stop.map_or(start, |tag| tag.end))
}

/// Where the caret goes from `at` by a word to the right: to the end of a word, or behind a shortcode's tag.
#[must_use]
pub fn word_right(text: &str, at: BytePos) -> BytePos {
    let mut at = boundary(text, at.get());
    if let Some(tag) = tag_around(text, at, |tag| tag.start <= at && at < tag.end) {
        return BytePos::new(tag.end);
    }
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    at = text.len() - tail(at).trim_start_matches(is_space).len();
    if let Some(tag) = tag_around(text, at, |tag| tag.start <= at && at < tag.end) {
        return BytePos::new(tag.end);
    }
    let rest = tail(at);
    let Some(first) = rest.chars().next() else {
        return BytePos::new(text.len());
    };
    let word = is_word(first);
    let behind = rest.trim_start_matches(|c| !is_space(c) && is_word(c) == word);
    let end = text.len() - behind.len();
    let stop = tag_around(text, at, |tag| at < tag.start && tag.start < end);
    BytePos::new(stop.map_or(end, |tag| tag.start))
}

/// How many words a text has, as Hugo counts them: by white space, and only those with a letter or a digit in them.
#[must_use]
pub fn words(text: &str) -> usize {
    let words = text.split_whitespace();
    words
        .filter(|word| word.contains(char::is_alphanumeric))
        .count()
}

/// The nearest character boundary before `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a character is part of a word: anything but white space and punctuation, and the underscore.
pub(super) fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric() || (!c.is_ascii() && !is_space(c) && !is_strict_punctuation(c))
}

/// A tag is not looked for further away than this: the text may be a megabyte, and a tag is a line or two.
const REACH: usize = 2000;

/// The tag around or beside `at` that is wanted.
fn tag_around(
    text: &str,
    at: usize,
    wanted: impl Fn(&Range<usize>) -> bool,
) -> Option<Range<usize>> {
    let from = boundary(text, at.saturating_sub(REACH));
    let to = boundary(text, at + REACH);
    tags(text.get(from..to)?)
        .into_iter()
        .map(|tag| tag.start + from..tag.end + from)
        .find(wanted)
}

/// The tags of shortcodes, opening and closing, as far as the looks tell.
pub(super) fn tags(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("{{")) {
        let start = from + at;
        let rest = text.get(start + 2..).unwrap_or_default();
        let close = match rest.as_bytes().first() {
            Some(b'<') => ">}}",
            Some(b'%') => "%}}",
            _ => {
                from = start + 2;
                continue;
            }
        };
        let inside = rest.get(1..).unwrap_or_default();
        let Some(length) = inside.find(close) else {
            from = start + 3;
            continue;
        };
        let end = start + 3 + length + close.len();
        found.push(start..end);
        from = end;
    }
    found
}
