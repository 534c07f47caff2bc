//! An edit counted in the file's bytes, for what is stored: it needs nothing but the bytes to be made again.

use super::{BytePos, EditMisfit, STAND_IN, Span, Text, TextEdit};

/// One replacement in the bytes of a file, also where they are no UTF-8. Unlike a [`TextEdit`] it does not depend on how
/// such bytes are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    span: Span,
    insert: Vec<u8>,
}

impl FileEdit {
    /// Replaces what `span` covers, counted in the file's bytes, by `insert`.
    #[must_use]
    pub fn new(span: Span, insert: impl Into<Vec<u8>>) -> Self {
        Self {
            span,
            insert: insert.into(),
        }
    }

    /// What gives way, in the file before the edit.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// What takes its place.
    #[must_use]
    pub fn insert(&self) -> &[u8] {
        &self.insert
    }

    /// Makes the change.
    ///
    /// # Errors
    /// [`EditMisfit`] where the span lies outside the file; it is then as it was.
    pub fn apply(&self, file: &mut Vec<u8>) -> Result<(), EditMisfit> {
        if self.span.end().get() > file.len() {
            return Err(EditMisfit);
        }
        file.splice(self.span.range(), self.insert.iter().copied());
        Ok(())
    }
}

impl Text {
    /// The edit as one of the file's bytes; to be asked before the edit is made.
    ///
    /// # Errors
    /// [`EditMisfit`] where the span lies outside the text or inside a character.
    pub fn file_edit(&self, edit: &TextEdit) -> Result<FileEdit, EditMisfit> {
        let span = edit.span();
        self.text.get(span.range()).ok_or(EditMisfit)?;
        let insert = if edit.invalid.is_empty() {
            edit.insert.as_bytes().to_vec()
        } else {
            let inserted = Self {
                text: edit.insert.clone(),
                invalid: edit.invalid.clone(),
            };
            inserted.to_bytes()
        };
        Ok(FileEdit::new(
            Span::new(self.in_file(span.start()), self.in_file(span.end())),
            insert,
        ))
    }

    /// Where a position of the text is in the file.
    fn in_file(&self, at: BytePos) -> BytePos {
        let (mut shown, mut kept) = (0, 0);
        for run in self.invalid.iter().take_while(|run| run.at < at) {
            shown += STAND_IN.len_utf8();
            kept += run.bytes.len();
        }
        BytePos(at.0.saturating_sub(shown) + kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_edit_outside_the_file_changes_nothing() {
        let mut file = b"abc".to_vec();
        let edit = FileEdit::new(Span::from_range(2..4), "x");
        assert_eq!(edit.apply(&mut file), Err(EditMisfit));
        assert_eq!(file, b"abc");
    }

    proptest! {
        #[test]
        fn the_file_goes_the_way_of_the_text(
            bytes in proptest::collection::vec(
                prop_oneof![Just(0xe2_u8), Just(0x82), Just(0xff), Just(b'a'), any::<u8>()], 0..60),
            edits in proptest::collection::vec((0..70_usize, 0..70_usize, ".{0,4}"), 1..6),
        ) {
            let mut text = Text::from_bytes(&bytes);
            let mut file = bytes;
            let mut inverses = Vec::new();
            for (a, b, insert) in edits {
                let edit = TextEdit::new(Span::new(BytePos(a), BytePos(b)), insert);
                match text.file_edit(&edit) {
                    Err(EditMisfit) => prop_assert!(text.apply(&edit).is_err()),
                    Ok(in_file) => {
                        inverses.push(text.apply(&edit).unwrap());
                        in_file.apply(&mut file).unwrap();
                        prop_assert_eq!(&file, &text.to_bytes());
                    }
                }
            }
            // What undo brings back may be bytes that are no UTF-8.
            while let Some(inverse) = inverses.pop() {
                text.file_edit(&inverse).unwrap().apply(&mut file).unwrap();
                text.apply(&inverse).unwrap();
                prop_assert_eq!(&file, &text.to_bytes());
            }
        }
    }
}
