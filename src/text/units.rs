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
        walk(text, 0, 0, |note| notes.push(note));
        Self { notes }
    }

    /// Takes in that the text became `text` by an edit, which replaced bytes up to `removed` behind `at` by `inserted`
    /// bytes. Costs a walk around the change and a step for each note behind it.
    pub fn edited(&mut self, text: &str, at: BytePos, removed: usize, inserted: usize) {
        let (start, end) = (at.get(), at.get() + removed);
        let moved = |byte: usize| byte - removed + inserted;
        // The notes that still stand before a character and not inside a line break, whatever the edit brought.
        let first = self.notes.partition_point(|note| note.0 < start).max(1);
        let behind = self.notes.partition_point(|note| note.0 < end + 2);
        let (from, units) = self.note(first);
        let next = self.notes.get(behind).copied();
        let until = next.map_or(text.len(), |note| moved(note.0));
        let mut fresh = Vec::new();
        let now = text
            .get(from..until)
            .map_or(0, |part| walk(part, from, units, |note| fresh.push(note)));
        let more = |note: u32| match next {
            Some(old) => note - old.1 + now,
            None => note,
        };
        for note in self.notes.iter_mut().skip(behind) {
            *note = (moved(note.0), more(note.1));
        }
        self.notes.splice(first..behind, fresh);
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

    /// The same, but `None` inside a character and past the end.
    pub(super) fn exact(&self, text: &str, at: Utf16Pos) -> Option<BytePos> {
        let (byte, units) = self.note(self.notes.partition_point(|note| note.1 <= at.get()));
        let part = text.get(byte..)?;
        let found = Utf16Pos::new(at.get() - units).in_text(part)?;
        Some(found.plus(byte))
    }

    fn note(&self, behind: usize) -> (usize, u32) {
        let at = behind.saturating_sub(1);
        self.notes.get(at).copied().unwrap_or_default()
    }
}

/// Walks through a part of a text that starts at byte `byte` and at unit `units`, hands out its notes, answers the unit
/// at its end.
fn walk(part: &str, byte: usize, mut units: u32, mut note: impl FnMut((usize, u32))) -> u32 {
    let mut next = STEP;
    let mut before = 0;
    for (at, &here) in part.as_bytes().iter().enumerate() {
        let starts_character = here & 0xC0 != 0x80;
        let ends_crlf = here == b'\n' && before == b'\r';
        if at >= next && starts_character && !ends_crlf {
            note((byte + at, units));
            next = at + STEP;
        }
        // Four bytes are two units; the second half of a line break is none of its own.
        units += u32::from(starts_character && !ends_crlf) + u32::from(here >= 0xF0);
        before = here;
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::pane_text;
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn edits_are_taken_in(
            pieces in proptest::collection::vec(0..6_usize, 0..40),
            edits in proptest::collection::vec((0..1000_usize, 0..40_usize, 0..6_usize, 0..3000_usize), 1..6),
        ) {
            let of = |i: usize| ["\r\n", "\r", "\n", "😀", "e\u{301}", "some words and "][i % 6];
            // Long stretches too, so that there are notes to move.
            let mut text: String = pieces.iter().map(|&i| of(i).repeat(1 + 60 * i)).collect();
            let mut units = Units::of(&text);
            for (at, length, piece, count) in edits {
                let boundary = |at: usize| text.floor_char_boundary(at.min(text.len()));
                let start = boundary(at * text.len() / 1000);
                let end = boundary(start + length).max(start);
                let insert = of(piece).repeat(count / 6);
                text.replace_range(start..end, &insert);
                units.edited(&text, BytePos::new(start), end - start, insert.len());
                let anew = Units::of(&text);
                for at in (0..=text.len()).step_by(97).map(|at| text.floor_char_boundary(at)) {
                    let inside = text[..at].ends_with('\r') && text[at..].starts_with('\n');
                    if !inside {
                        let at = BytePos::new(at);
                        prop_assert_eq!(units.at(&text, at), anew.at(&text, at));
                    }
                }
                // No stretch without a note grows beyond twice a step and what an edit leaves.
                let far = units.notes.windows(2).map(|pair| pair[1].0 - pair[0].0).max();
                prop_assert!(far.unwrap_or_default() <= 4 * STEP);
            }
        }
    }

    #[test]
    fn inside_a_character_is_before_it() {
        let text = "x😀y";
        let units = Units::of(text);
        assert_eq!(units.byte(text, Utf16Pos::new(2)), BytePos::new(1));
    }
}
