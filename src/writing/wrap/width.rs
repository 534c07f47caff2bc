//! How wide text is, and which letters stand without spaces between: as Prettier counts.

use unicode_width::UnicodeWidthStr as _;

use crate::markdown::unicode::is_strict_punctuation;

/// The columns of a text without line ends: East Asian wide letters and emoji take two.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        text.len()
    } else {
        text.width()
    }
}

/// The columns of what stands in front of a paragraph: a tab goes on to the next multiple of four.
pub(super) fn columns(text: &str) -> usize {
    let mut columns = 0;
    for part in text.split_inclusive('\t') {
        match part.strip_suffix('\t') {
            Some(part) => columns = (columns + width(part)) / 4 * 4 + 4,
            None => columns += width(part),
        }
    }
    columns
}

/// What a letter is to the white space beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Chinese and Japanese letters.
    Han,
    /// Their punctuation.
    Punctuation,
    /// Korean letters, which have spaces between words.
    Hangul,
    /// All others.
    Other,
}

impl Script {
    /// The script of `c`.
    pub(super) fn of(c: char) -> Self {
        if !is_east_asian(c) {
            Self::Other
        } else if is_strict_punctuation(c) || matches!(c, '\u{3000}' | '\u{ff5e}') {
            Self::Punctuation
        } else if matches!(c,
            '\u{1100}'..='\u{11ff}' | '\u{302e}'..='\u{302f}' | '\u{3131}'..='\u{318e}'
            | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7fb}' | '\u{ffa0}'..='\u{ffdc}')
        {
            Self::Hangul
        } else {
            Self::Han
        }
    }

    /// Whether a line end beside it is no space.
    pub(super) const fn is_unspaced(self) -> bool {
        matches!(self, Self::Han | Self::Punctuation)
    }
}

/// The letters Prettier takes for Chinese, Japanese and Korean ones.
const fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{2c7}' | '\u{2c9}'..='\u{2cb}' | '\u{2d9}' | '\u{2ea}'..='\u{2eb}' | '\u{305}' | '\u{323}'
        | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{2e99}' | '\u{2e9b}'..='\u{2ef3}'
        | '\u{2f00}'..='\u{2fd5}' | '\u{2ff0}'..='\u{303f}' | '\u{3041}'..='\u{3096}'
        | '\u{3099}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{3131}'..='\u{318e}'
        | '\u{3190}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{a700}'..='\u{a707}'
        | '\u{a960}'..='\u{a97c}' | '\u{ac00}'..='\u{d7a3}' | '\u{d7b0}'..='\u{d7c6}'
        | '\u{d7cb}'..='\u{d7fb}' | '\u{f900}'..='\u{fa6d}' | '\u{fa70}'..='\u{fad9}'
        | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ffef}'
        | '\u{16fe3}' | '\u{16ff2}'..='\u{16ff6}' | '\u{1aff0}'..='\u{1affe}'
        | '\u{1b000}'..='\u{1b168}' | '\u{1f200}' | '\u{1f250}'..='\u{1f251}'
        | '\u{20000}'..='\u{323af}')
}
