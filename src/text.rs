//! Text as it stands in the file: positions, spans, edits that can be taken back, line ends kept as found.
//!
//! Every change to a post, whoever makes it, is a [`TextEdit`]. Nothing here knows YAML, Markdown or a screen; the one
//! concession to screens is [`PaneChange`], because a text pane counts UTF-16 units and one unit per line break.

use std::fmt;
use std::ops::Range;

mod becoming;
mod file_edit;
mod lines;
mod pane;
mod refusal;
pub mod said;
pub mod sort;
mod units;

pub use file_edit::FileEdit;
pub use lines::differences;
pub use pane::{PaneChange, Utf16Pos, difference, pane_change, pane_text};
pub use refusal::Refusal;
pub use units::Units;

/// An offset in bytes from the start of a text. Always on a character boundary of the text it was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct BytePos(usize);

impl BytePos {
    /// The position `offset` bytes after the start.
    #[must_use]
    pub const fn new(offset: usize) -> Self {
        Self(offset)
    }

    /// The offset in bytes.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0
    }

    /// The position `bytes` further on.
    #[must_use]
    pub const fn plus(self, bytes: usize) -> Self {
        Self(self.0 + bytes)
    }
}

/// A half-open range of bytes, `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    start: BytePos,
    end: BytePos,
}

impl Span {
    /// The span from one position to another, in whichever order they come.
    #[must_use]
    pub fn new(a: BytePos, b: BytePos) -> Self {
        Self {
            start: a.min(b),
            end: a.max(b),
        }
    }

    /// The span of `range` in bytes.
    #[must_use]
    pub fn from_range(range: Range<usize>) -> Self {
        Self::new(BytePos(range.start), BytePos(range.end))
    }

    /// The empty span at `at`.
    #[must_use]
    pub const fn at(at: BytePos) -> Self {
        Self { start: at, end: at }
    }

    /// The first byte.
    #[must_use]
    pub const fn start(self) -> BytePos {
        self.start
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> BytePos {
        self.end
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.0 - self.start.0
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// The same as a range of byte offsets, for slicing.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start.0..self.end.0
    }

    /// What it covers in `text`; nothing where it does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The same stretch, `bytes` further on: a span of a part becomes a span of the whole.
    #[must_use]
    pub const fn shifted(self, bytes: usize) -> Self {
        Self {
            start: self.start.plus(bytes),
            end: self.end.plus(bytes),
        }
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// One replacement: the bytes of `span` give way to `insert`. Applying it answers the edit that takes it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEdit {
    span: Span,
    insert: String,
    /// Bytes that are no UTF-8, at offsets inside `insert`; only an inverse carries any.
    invalid: Vec<InvalidRun>,
}

impl TextEdit {
    /// Replaces what `span` covers by `insert`.
    #[must_use]
    pub fn new(span: Span, insert: impl Into<String>) -> Self {
        Self {
            span,
            insert: insert.into(),
            invalid: Vec::new(),
        }
    }

    /// Inserts at `at`.
    #[must_use]
    pub fn insertion(at: BytePos, insert: impl Into<String>) -> Self {
        Self::new(Span::at(at), insert)
    }

    /// Removes what `span` covers.
    #[must_use]
    pub fn removal(span: Span) -> Self {
        Self::new(span, String::new())
    }

    /// What gives way, in the text before the edit.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What takes its place.
    #[must_use]
    pub fn insert(&self) -> &str {
        &self.insert
    }

    /// Where the inserted text stands after the edit.
    #[must_use]
    pub fn span_after(&self) -> Span {
        Span::new(self.span.start, self.span.start.plus(self.insert.len()))
    }

    /// The edit for a text that has `bytes` more in front: an edit of a part becomes an edit of the whole.
    #[must_use]
    pub fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.shifted(bytes);
        self
    }

    /// The text after the edit; the text as it was where the edit does not fit it.
    #[must_use]
    pub fn applied_to(&self, text: &str) -> String {
        let (Some(head), Some(tail)) = (text.get(..self.span.start.0), text.get(self.span.end.0..))
        else {
            return text.to_owned();
        };
        [head, &self.insert, tail].concat()
    }
}

/// An edit that does not fit its text: outside of it, or inside a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditMisfit;

impl fmt::Display for EditMisfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The change does not fit the text it was made for.")
    }
}

impl std::error::Error for EditMisfit {}

/// The one stretch of `before` that gives way to one of `after`: all in front of them and behind them is equal. Both on
/// character boundaries, both empty where the texts are equal.
#[must_use]
pub fn replaced(before: &str, after: &str) -> (Span, Span) {
    let mut front = common_front(before.as_bytes(), after.as_bytes());
    while !(before.is_char_boundary(front) && after.is_char_boundary(front)) {
        front -= 1;
    }
    let (old, new) = (
        before.get(front..).unwrap_or_default().as_bytes(),
        after.get(front..).unwrap_or_default().as_bytes(),
    );
    let mut back = common_back(old, new);
    while !(before.is_char_boundary(before.len() - back)
        && after.is_char_boundary(after.len() - back))
    {
        back -= 1;
    }
    (
        Span::from_range(front..before.len() - back),
        Span::from_range(front..after.len() - back),
    )
}

/// How many bytes two texts have in common at their start.
pub(crate) fn common_front(before: &[u8], after: &[u8]) -> usize {
    alike(
        before.chunks(BLOCK).zip(after.chunks(BLOCK)),
        before.iter().zip(after),
    )
}

/// How many bytes two texts have in common at their end.
pub(crate) fn common_back(before: &[u8], after: &[u8]) -> usize {
    alike(
        before.rchunks(BLOCK).zip(after.rchunks(BLOCK)),
        before.iter().rev().zip(after.iter().rev()),
    )
}

/// Blocks compare many times faster than single bytes, and a post may have a million of those.
const BLOCK: usize = 1 << 10;

/// How many bytes are alike before the first that is not.
fn alike<'a>(
    blocks: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    bytes: impl Iterator<Item = (&'a u8, &'a u8)>,
) -> usize {
    let whole: usize = blocks
        .take_while(|(a, b)| a == b)
        .map(|(block, _)| block.len())
        .sum();
    whole + bytes.skip(whole).take_while(|(a, b)| a == b).count()
}

/// A stretch of the file that is no UTF-8. In the text it stands as one U+FFFD.
#[derive(Debug, Clone, PartialEq, Eq)]
struct InvalidRun {
    at: BytePos,
    bytes: Vec<u8>,
}

/// What stands in the text for bytes that are no UTF-8.
const STAND_IN: char = char::REPLACEMENT_CHARACTER;

/// A file's whole text. Any bytes come in, and the same bytes go out: what is no UTF-8 is shown as U+FFFD and kept
/// beside the text, so that an edit elsewhere leaves it alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    text: String,
    invalid: Vec<InvalidRun>,
}

impl Text {
    /// Reads a file. Never fails.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut text = String::with_capacity(bytes.len());
        let mut invalid = Vec::new();
        for chunk in bytes.utf8_chunks() {
            text.push_str(chunk.valid());
            if !chunk.invalid().is_empty() {
                invalid.push(InvalidRun {
                    at: BytePos(text.len()),
                    bytes: chunk.invalid().to_vec(),
                });
                text.push(STAND_IN);
            }
        }
        Self { text, invalid }
    }

    /// The file's bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.text.len());
        let mut from = 0;
        for run in &self.invalid {
            bytes.extend_from_slice(self.text.get(from..run.at.0).unwrap_or_default().as_bytes());
            bytes.extend_from_slice(&run.bytes);
            from = run.at.0 + STAND_IN.len_utf8();
        }
        bytes.extend_from_slice(self.text.get(from..).unwrap_or_default().as_bytes());
        bytes
    }

    /// How many bytes the file has.
    #[must_use]
    pub fn byte_len(&self) -> usize {
        let kept: usize = self.invalid.iter().map(|run| run.bytes.len()).sum();
        self.text.len() - self.invalid.len() * STAND_IN.len_utf8() + kept
    }

    /// The text as characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where the first bytes that are no UTF-8 stand; `None` for a clean file.
    #[must_use]
    pub fn first_invalid(&self) -> Option<BytePos> {
        self.invalid.first().map(|run| run.at)
    }

    /// Makes the change and answers the one that takes it back, kept bytes included.
    ///
    /// # Errors
    /// [`EditMisfit`] where the span lies outside the text or inside a character; the text is then as it was.
    pub fn apply(&mut self, edit: &TextEdit) -> Result<TextEdit, EditMisfit> {
        let span = edit.span;
        let removed = self.text.get(span.range()).ok_or(EditMisfit)?.to_owned();
        self.text.replace_range(span.range(), &edit.insert);

        // Clean files, nearly all, pay nothing for the runs.
        if self.invalid.is_empty() && edit.invalid.is_empty() {
            return Ok(TextEdit::new(edit.span_after(), removed));
        }
        let mut kept = Vec::new();
        let mut covered = Vec::new();
        let mut after = Vec::new();
        for run in self.invalid.drain(..) {
            if run.at < span.start {
                kept.push(run);
            } else if run.at < span.end {
                covered.push(InvalidRun {
                    at: BytePos(run.at.0 - span.start.0),
                    ..run
                });
            } else {
                after.push(InvalidRun {
                    at: BytePos(run.at.0 - span.len() + edit.insert.len()),
                    ..run
                });
            }
        }
        kept.extend(edit.invalid.iter().map(|run| InvalidRun {
            at: span.start.plus(run.at.0),
            bytes: run.bytes.clone(),
        }));
        kept.append(&mut after);
        self.invalid = kept;
        Ok(TextEdit {
            span: edit.span_after(),
            insert: removed,
            invalid: covered,
        })
    }
}

/// How a line ends in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LineEnd {
    /// `\n`
    #[default]
    Lf,
    /// `\r\n`
    CrLf,
    /// A lone `\r`
    Cr,
}

impl LineEnd {
    /// Its characters.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }

    /// The line end `text` uses most; LF where it has none.
    #[must_use]
    pub fn prevailing(text: &str) -> Self {
        let bytes = text.as_bytes();
        let (mut lf, mut crlf, mut cr) = (0_usize, 0_usize, 0_usize);
        let mut before = 0;
        for &byte in bytes {
            match byte {
                b'\n' if before == b'\r' => {
                    cr -= 1;
                    crlf += 1;
                }
                b'\n' => lf += 1,
                b'\r' => cr += 1,
                _ => {}
            }
            before = byte;
        }
        if crlf > lf && crlf >= cr {
            Self::CrLf
        } else if cr > lf {
            Self::Cr
        } else {
            Self::Lf
        }
    }
}

/// Where a reader finds a position: line and column, both from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineColumn {
    /// The line, from 1. LF, CRLF and a lone CR each end one.
    pub line: usize,
    /// The character in the line, from 1; the byte where `in_bytes` counted.
    pub column: usize,
}

impl LineColumn {
    /// Finds `at` in `text`; a position past the end counts as the end.
    #[must_use]
    pub fn of(text: &str, at: BytePos) -> Self {
        let (line, head) = Self::line_of(text, at);
        let column = head.chars().count() + 1;
        Self { line, column }
    }

    /// The same with the column counted in bytes, as Hugo counts it in a post's body.
    #[must_use]
    pub fn in_bytes(text: &str, at: BytePos) -> Self {
        let (line, head) = Self::line_of(text, at);
        let column = head.len() + 1;
        Self { line, column }
    }

    /// The number of the line with `at`, and what stands before `at` in it.
    fn line_of(text: &str, at: BytePos) -> (usize, &str) {
        let head = text.get(..at.0).unwrap_or(text);
        let mut line = 1;
        let mut start = 0;
        let bytes = text.as_bytes();
        for (i, byte) in head.bytes().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                line += 1;
                start = i + 1;
            }
        }
        (line, head.get(start..).unwrap_or_default())
    }
}

/// Something a reader should know about the text: what is wrong, where, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where, in the text the problem was found in.
    pub span: Span,
    /// One plain sentence, or two.
    pub message: String,
}

impl Problem {
    /// A problem at `span`.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
        }
    }

    /// The same for a text that has `bytes` more in front.
    #[must_use]
    pub fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.shifted(bytes);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn blocks_and_bytes_find_the_same_stretch() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7] {
            let before = "ab".repeat(length);
            for at in [0, length / 2, length] {
                let mut after = before.clone();
                after.insert_str(2 * at, "xyz");
                let (gone, come) = replaced(&before, &after);
                assert_eq!((gone.len(), come.of(&after)), (0, "xyz"), "{length} {at}");
            }
            assert_eq!(replaced(&before, &before).0.len(), 0);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_come_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let text = Text::from_bytes(&bytes);
            prop_assert_eq!(text.byte_len(), bytes.len());
            prop_assert_eq!(text.to_bytes(), bytes);
        }

        #[test]
        fn an_edit_can_be_taken_back(
            bytes in proptest::collection::vec(prop_oneof![Just(0xff_u8), Just(b'\r'), Just(b'\n'), any::<u8>()], 0..80),
            a in 0..90_usize, b in 0..90_usize, insert in ".{0,6}",
        ) {
            let before = Text::from_bytes(&bytes);
            let mut text = before.clone();
            let edit = TextEdit::new(Span::new(BytePos(a), BytePos(b)), insert);
            match text.apply(&edit) {
                Err(EditMisfit) => prop_assert_eq!(&text, &before),
                Ok(inverse) => {
                    prop_assert_eq!(text.as_str(), edit.applied_to(before.as_str()));
                    let redo = text.apply(&inverse).unwrap();
                    prop_assert_eq!(&text, &before);
                    prop_assert_eq!(redo, edit);
                }
            }
        }
    }

    #[test]
    fn an_edit_beside_invalid_bytes_leaves_them() {
        let mut text = Text::from_bytes(b"a\xff\xfeb");
        assert_eq!(text.first_invalid(), Some(BytePos(1)));
        text.apply(&TextEdit::insertion(BytePos(0), "x")).unwrap();
        assert_eq!(text.to_bytes(), b"xa\xff\xfeb");
    }

    #[test]
    fn a_typed_replacement_character_stays_one() {
        let bytes = "a\u{fffd}b".as_bytes();
        assert_eq!(Text::from_bytes(bytes).to_bytes(), bytes);
    }

    #[test]
    fn lines_end_three_ways() {
        let text = "a\r\nbä\rc\nd";
        let at = |byte| {
            let found = LineColumn::of(text, BytePos(byte));
            (found.line, found.column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (2, 1));
        assert_eq!(at(6), (2, 3));
        assert_eq!(at(7), (3, 1));
        assert_eq!(at(9), (4, 1));
        assert_eq!(at(99), (4, 2));
        assert_eq!(LineEnd::prevailing(text), LineEnd::Lf);
        assert_eq!(LineEnd::prevailing("a\r\nb\r\nc\n"), LineEnd::CrLf);
        assert_eq!(LineEnd::prevailing("a\rb\rc\n"), LineEnd::Cr);
    }
}
