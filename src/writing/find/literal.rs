//! A text looked for as it is typed, in one pass (Knuth, Morris and Pratt).

use std::collections::VecDeque;

use crate::text::{BytePos, Span};

/// A text to look for.
#[derive(Debug, Clone)]
pub(super) struct Literal {
    /// Its characters, folded unless case counts.
    needle: Vec<char>,
    /// For each number of matched characters but none: how many are matched still where the next one is not.
    fallback: Vec<usize>,
    case: bool,
}

impl Literal {
    /// `text` to look for.
    pub(super) fn new(text: &str, case: bool) -> Self {
        let needle: Vec<char> = text.chars().map(|c| folded(c, case)).collect();
        let mut literal = Self {
            fallback: vec![0; needle.len()],
            needle,
            case,
        };
        let mut matched = 0;
        for index in 1..literal.needle.len() {
            if let Some(&c) = literal.needle.get(index) {
                matched = literal.step(matched, c);
            }
            if let Some(fallback) = literal.fallback.get_mut(index) {
                *fallback = matched;
            }
        }
        literal
    }

    /// How many characters are matched behind `c`, where `matched` were in front of it.
    fn step(&self, mut matched: usize, c: char) -> usize {
        while matched > 0 && self.needle.get(matched) != Some(&c) {
            matched = self.behind(matched);
        }
        matched + usize::from(self.needle.get(matched) == Some(&c))
    }

    fn behind(&self, matched: usize) -> usize {
        let index = matched.checked_sub(1);
        let fallback = index.and_then(|index| self.fallback.get(index));
        fallback.copied().unwrap_or_default()
    }

    /// The first place from `from` on that is `wanted`.
    pub(super) fn first(
        &self,
        text: &str,
        from: BytePos,
        wanted: impl Fn(Span) -> bool,
    ) -> Option<Span> {
        let from = from.get();
        let mut matched = 0;
        // Where the last characters start, as many as are looked for: folded ones may be of other lengths.
        let mut starts = VecDeque::with_capacity(self.needle.len());
        for (at, c) in text.get(from..)?.char_indices() {
            if starts.len() == self.needle.len() {
                starts.pop_front();
            }
            starts.push_back(from + at);
            matched = self.step(matched, folded(c, self.case));
            if matched == self.needle.len() {
                let start = starts.front().copied()?;
                let found = Span::from_range(start..from + at + c.len_utf8());
                if wanted(found) {
                    return Some(found);
                }
                matched = self.behind(matched);
            }
        }
        None
    }
}

/// A character as it is compared: the small letter, where that is one.
fn folded(c: char, case: bool) -> char {
    if case || c.is_ascii_lowercase() {
        return c;
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(small), None) => small,
        _ => c,
    }
}
