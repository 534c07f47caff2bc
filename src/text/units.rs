//! From bytes to a pane's units and back without walking through the whole text each time.

use super::{BytePos, Utf16Pos};

/// Notes how many units stand before some bytes of a text, so that a position costs a short walk from the nearest note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Units {
    notes: Vec<(usize, u32)>,
}

/// From note to note, in bytes.
const STEP: usize = 2048;

impl Units {
    /// Walks through `text` once.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut notes = vec![(0, 0)];
        let (mut units, mut next) = (0, STEP);
        let mut before = 0;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            let starts_character = byte & 0xC0 != 0x80;
            let ends_crlf = byte == b'\n' && before == b'\r';
            if at >= next && starts_character && !ends_crlf {
                notes.push((at, units));
                next = at + STEP;
            }
            // Four bytes are two units; the second half of a line break is none of its own.
            units += u32::from(starts_character && !ends_crlf) + u32::from(byte >= 0xF0);
            before = byte;
        }
        Self { notes }
    }

    /// Where a pane has the byte `at` of `text`, which must be the text these were made of.
    #[must_use]
    pub fn at(&self, text: &str, at: BytePos) -> Utf16Pos {
        let behind = self.notes.partition_point(|note| note.0 <= at.get());
        let (byte, units) = self.note(behind);
        let part = text.get(byte..).unwrap_or_default();
        let more = Utf16Pos::of(part, BytePos::new(at.get() - byte));
        Utf16Pos::new(units + more.get())
    }

    /// Where `text` has a pane's position: before the character where it lies inside one, the end where it lies past it.
    #[must_use]
    pub fn byte(&self, text: &str, at: Utf16Pos) -> BytePos {
        let behind = self.notes.partition_point(|note| note.1 <= at.get());
        let (byte, units) = self.note(behind);
        let part = text.get(byte..).unwrap_or_default();
        let left = at.get() - units;
        let found = Utf16Pos::new(left)
            .in_text(part)
            .or_else(|| Utf16Pos::new(left.saturating_sub(1)).in_text(part));
        found.map_or(BytePos::new(text.len()), |found| found.plus(byte))
    }

    fn note(&self, behind: usize) -> (usize, u32) {
        let at = behind.saturating_sub(1);
        self.notes.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pane_text;

    #[test]
    fn agrees_with_the_walk() {
        let piece = "a line, ä wörd 😀 and\r\nmore\rof\nit\r\n";
        let text = piece.repeat(300);
        let units = Units::of(&text);
        assert!(units.notes.len() > 4);
        for (at, c) in text.char_indices() {
            if c == '\n' && text[..at].ends_with('\r') {
                continue;
            }
            let wanted = Utf16Pos::of(&text, BytePos::new(at));
            assert_eq!(units.at(&text, BytePos::new(at)), wanted, "byte {at}");
            assert_eq!(units.byte(&text, wanted), BytePos::new(at), "byte {at}");
        }
        let all = pane_text(&text).encode_utf16().count();
        let end = Utf16Pos::new(u32::try_from(all).unwrap());
        assert_eq!(units.at(&text, BytePos::new(text.len())), end);
        assert_eq!(units.byte(&text, end), BytePos::new(text.len()));
        assert_eq!(
            units.byte(&text, Utf16Pos::new(u32::MAX)),
            BytePos::new(text.len())
        );
    }

    #[test]
    fn inside_a_character_is_before_it() {
        let text = "x😀y";
        let units = Units::of(text);
        assert_eq!(units.byte(text, Utf16Pos::new(2)), BytePos::new(1));
    }
}
