//! Walking through code from left to right, noting stretches of colour.

use std::ops::Range;

use super::Colour;

/// A walk through code. Each step takes at least one character, so every walk ends.
#[derive(Debug)]
pub(super) struct Scan<'a> {
    code: &'a str,
    at: usize,
    found: Vec<(Range<usize>, Colour)>,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(code: &'a str) -> Self {
        Self {
            code,
            at: 0,
            found: Vec::new(),
        }
    }

    pub(super) fn found(self) -> Vec<(Range<usize>, Colour)> {
        self.found
    }

    /// What has not been walked through.
    pub(super) fn rest(&self) -> &'a str {
        self.code.get(self.at..).unwrap_or_default()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    /// The character before this place.
    pub(super) fn before(&self) -> Option<char> {
        self.code.get(..self.at)?.chars().next_back()
    }

    pub(super) fn at_line_start(&self) -> bool {
        self.before().is_none_or(|c| c == '\n')
    }

    /// Whether nothing but white space stands before this place on its line.
    pub(super) fn first_on_line(&self) -> bool {
        let head = self.code.get(..self.at).unwrap_or_default();
        let line = head.get(head.rfind('\n').map_or(0, |at| at + 1)..);
        line.is_none_or(|line| line.trim().is_empty())
    }

    /// The white space at the start of the line this place is on, in bytes.
    pub(super) fn line_indent(&self) -> usize {
        let head = self.code.get(..self.at).unwrap_or_default();
        let line = head
            .get(head.rfind('\n').map_or(0, |at| at + 1)..)
            .unwrap_or_default();
        line.len() - line.trim_start_matches(' ').len()
    }

    /// Goes on by `bytes`, which end on a character's boundary, without a colour.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.code.len());
    }

    /// Goes on by one character without a colour.
    pub(super) fn skip_char(&mut self) {
        self.skip(self.peek().map_or(0, char::len_utf8));
    }

    /// Goes on by `bytes` in this colour.
    pub(super) fn take(&mut self, bytes: usize, colour: Colour) {
        let start = self.at;
        self.skip(bytes);
        if self.at == start {
            return;
        }
        match self.found.last_mut() {
            Some((last, same)) if last.end == start && *same == colour => last.end = self.at,
            _ => self.found.push((start..self.at, colour)),
        }
    }

    pub(super) fn take_char(&mut self, colour: Colour) {
        self.take(self.peek().map_or(0, char::len_utf8), colour);
    }

    /// The bytes up to the first character that does not fit.
    pub(super) fn run(&self, fits: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        rest.find(|c| !fits(c)).unwrap_or(rest.len())
    }

    /// The bytes to the end of the line, without its break.
    pub(super) fn line(&self) -> usize {
        self.run(|c| c != '\n')
    }

    /// The bytes of a string that starts here and ends with `quote` behind it; to the end where it is not closed.
    pub(super) fn quoted(&self, quote: char, escapes: bool, lines: bool) -> usize {
        let rest = self.rest();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == quote {
                return at + c.len_utf8();
            }
            if c == '\n' && !lines {
                return at;
            }
            if c == '\\' && escapes {
                chars.next();
            }
        }
        rest.len()
    }
}

/// Whether a character can be part of a name.
pub(super) fn in_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
