//! The one edit that makes another text of a text, bytes that are no UTF-8 among them.

use super::{BytePos, InvalidRun, Span, Text, TextEdit};

impl Text {
    /// The replacement that makes `then` of this text, byte for byte; `None` where both are the same.
    #[must_use]
    pub fn edit_to(&self, then: &Self) -> Option<TextEdit> {
        if self == then {
            return None;
        }
        let (mut a, mut b) = (self.marked(), then.marked());
        let front = a
            .by_ref()
            .zip(b.by_ref())
            .take_while(|(a, b)| a.1 == b.1)
            .last()
            .map_or(0, |((at, (letter, _)), _)| at + letter.len_utf8());
        let rest = |text: &Self| text.text.len() - front;
        let most = rest(self).min(rest(then));
        let back = self
            .marked()
            .rev()
            .zip(then.marked().rev())
            .take_while(|(a, b)| a.1 == b.1)
            .scan(0, |back, ((_, (letter, _)), _)| {
                *back += letter.len_utf8();
                Some(*back)
            })
            .take_while(|back| *back <= most)
            .last()
            .unwrap_or_default();
        let (from, to) = (front, then.text.len() - back);
        let insert = then.text.get(from..to)?.to_owned();
        let invalid = then
            .invalid
            .iter()
            .filter(|run| (from..to).contains(&run.at.0))
            .map(|run| InvalidRun {
                at: BytePos(run.at.0 - from),
                bytes: run.bytes.clone(),
            })
            .collect();
        Some(TextEdit {
            span: Span::from_range(front..self.text.len() - back),
            insert,
            invalid,
        })
    }

    /// Each letter with its place and the bytes it stands in for.
    fn marked(&self) -> impl DoubleEndedIterator<Item = (usize, (char, Option<&[u8]>))> {
        self.text.char_indices().map(|(at, letter)| {
            let run = self.invalid.binary_search_by_key(&at, |run| run.at.0).ok();
            let bytes = run.and_then(|run| self.invalid.get(run));
            (at, (letter, bytes.map(|run| run.bytes.as_slice())))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        proptest::collection::vec(
            prop_oneof![
                Just(0xe2_u8),
                Just(0x82),
                Just(0xff),
                Just(b'a'),
                Just(b'b')
            ],
            0..12,
        )
    }

    proptest! {
        #[test]
        fn it_makes_the_other_text_and_takes_it_back(now in bytes(), then in bytes()) {
            let mut text = Text::from_bytes(&now);
            let wanted = Text::from_bytes(&then);
            match text.edit_to(&wanted) {
                None => prop_assert_eq!(&now, &then),
                Some(edit) => {
                    let back = text.apply(&edit).unwrap();
                    prop_assert_eq!(text.to_bytes(), then);
                    text.apply(&back).unwrap();
                    prop_assert_eq!(text.to_bytes(), now);
                }
            }
        }
    }

    #[test]
    fn it_is_as_short_as_can_be() {
        let (now, then) = (Text::from_bytes(b"aXbb\xff"), Text::from_bytes(b"abb\xff"));
        let edit = now.edit_to(&then).unwrap();
        assert_eq!((edit.span().range(), edit.insert()), (1..2, ""));
        // The same stand-in for other bytes is another letter.
        let (now, then) = (Text::from_bytes(b"a\xffb"), Text::from_bytes(b"a\xfeb"));
        assert_eq!(now.edit_to(&then).unwrap().span().range(), 1..4);
    }
}
