//! Between a text pane and the file: a pane counts UTF-16 units and one unit per line break, whatever its bytes.

use super::{BytePos, LineEnd, Span, TextEdit, Units, replaced};

/// A position in a text pane: UTF-16 units from its start, a line break counting one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Utf16Pos(u32);

impl Utf16Pos {
    /// The position `units` UTF-16 units after the start.
    #[must_use]
    pub const fn new(units: u32) -> Self {
        Self(units)
    }

    /// The offset in UTF-16 units.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    fn of_len(text: &str) -> Self {
        Self(text.encode_utf16().count().try_into().unwrap_or(u32::MAX))
    }

    /// Where a pane that shows `text` has the byte `at`, for carets and scroll marks. Inside a CRLF counts as before it.
    #[must_use]
    pub fn of(text: &str, at: BytePos) -> Self {
        let mut units = 0;
        for (i, c) in text.char_indices() {
            if i >= at.get() {
                break;
            }
            if !(c == '\n' && text.as_bytes().get(i.wrapping_sub(1)) == Some(&b'\r')) {
                units += units_of(c);
            }
        }
        Self(units)
    }

    /// Where the file that shows `text` in a pane has this position; `None` past the end or inside a character.
    #[must_use]
    pub fn in_text(self, text: &str) -> Option<BytePos> {
        Walk::new(text).to(self)
    }
}

fn units_of(c: char) -> u32 {
    if c.len_utf16() == 2 { 2 } else { 1 }
}

/// A change a pane reports: what stood between two positions gives way to `insert`, whose line breaks are all `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaneChange {
    /// Where the replaced text started, in the pane before the change.
    pub from: Utf16Pos,
    /// Where it ended.
    pub to: Utf16Pos,
    /// What stands there now.
    pub insert: String,
}

impl PaneChange {
    /// Makes the change in a pane's text; one that does not fit it changes nothing.
    pub fn make_in(&self, text: &mut String) {
        if let (Some(from), Some(to)) = (self.from.in_text(text), self.to.in_text(text))
            && from <= to
        {
            text.replace_range(from.get()..to.get(), &self.insert);
        }
    }
}

/// What a pane shows of `text`: the same characters, every line break as `\n`.
#[must_use]
pub fn pane_text(text: &str) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c == '\r' {
            rest.next_if_eq(&'\n');
            shown.push('\n');
        } else {
            shown.push(c);
        }
    }
    shown
}

/// The smallest single change that makes `after` of `before`, both as panes show them; `None` where they are equal.
/// For panes that only tell their whole text.
#[must_use]
pub fn difference(before: &str, after: &str) -> Option<PaneChange> {
    if before == after {
        return None;
    }
    let (gone, come) = replaced(before, after);
    let from = Utf16Pos::of_len(before.get(..gone.start().get())?);
    Some(PaneChange {
        from,
        to: Utf16Pos(from.0 + Utf16Pos::of_len(gone.of(before)).0),
        insert: come.of(after).to_owned(),
    })
}

/// The pane's change as an edit of the file. `part` is what the pane shows of `text`, `units` were made of that part;
/// inserted breaks take the form `line_end`. `None` where the change does not fit (it was made for another revision).
///
/// A lone CR that would come to stand before an LF would turn two line breaks into one; such a CR is written as LF
/// instead, so the pane and the file keep counting the same lines; at the start of `part` that may be the CR just
/// before it.
#[must_use]
pub fn pane_change(
    text: &str,
    part: Span,
    units: &Units,
    change: &PaneChange,
    line_end: LineEnd,
) -> Option<TextEdit> {
    let shown = part.of(text);
    let from = units.exact(shown, change.from)?;
    let to = if change.to == change.from {
        from
    } else {
        units.exact(shown, change.to).filter(|to| *to >= from)?
    };
    let mut start = from.plus(part.start().get());
    let end = to.plus(part.start().get());

    let mut insert = pane_text(&change.insert);
    if line_end != LineEnd::Lf {
        insert = insert.replace('\n', line_end.as_str());
    }
    let follows_lf = text.as_bytes().get(end.get()) == Some(&b'\n');
    if follows_lf {
        let kept = insert.trim_end_matches('\r').len();
        let breaks = insert.len() - kept;
        insert.truncate(kept);
        insert.push_str(&"\n".repeat(breaks));
    }
    if insert.starts_with('\n') || (insert.is_empty() && follows_lf) {
        while start.get() > 0 && text.as_bytes().get(start.get() - 1) == Some(&b'\r') {
            start = BytePos::new(start.get() - 1);
            insert.insert(0, '\n');
        }
    }
    Some(TextEdit::new(Span::new(start, end), insert))
}

/// Walks a text once, counting as a pane does.
struct Walk<'a> {
    rest: std::iter::Peekable<std::str::CharIndices<'a>>,
    len: usize,
    units: u32,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            rest: text.char_indices().peekable(),
            len: text.len(),
            units: 0,
        }
    }

    /// The byte at `position`, which must not lie before the last one asked for.
    fn to(&mut self, position: Utf16Pos) -> Option<BytePos> {
        while self.units < position.0 {
            let (_, c) = self.rest.next()?;
            self.units += units_of(c);
            if c == '\r' {
                self.rest.next_if(|&(_, next)| next == '\n');
            }
        }
        let at = self.rest.peek().map_or(self.len, |&(i, _)| i);
        (self.units == position.0).then_some(BytePos::new(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("\r\n".to_owned()),
            Just("\r".to_owned()),
            Just("\n".to_owned()),
            Just("😀".to_owned()),
            Just("e\u{301}".to_owned()),
            "[a-cä]{1,3}",
        ]
    }

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
    }

    fn line_end() -> impl Strategy<Value = LineEnd> {
        prop_oneof![Just(LineEnd::Lf), Just(LineEnd::CrLf), Just(LineEnd::Cr)]
    }

    proptest! {
        #[test]
        fn the_file_shows_what_the_pane_shows(
            head in text(), body in text(), new in text(), line_end in line_end(),
        ) {
            // Front matter always ends a line, so a body never starts inside a CRLF.
            prop_assume!(!(head.ends_with('\r') && body.starts_with('\n')));
            let whole = format!("{head}{body}");
            let part = Span::from_range(head.len()..whole.len());
            let (before, after) = (pane_text(&body), pane_text(&new));
            match difference(&before, &after) {
                None => prop_assert_eq!(before, after),
                Some(change) => {
                    let edit = pane_change(&whole, part, &Units::of(&body), &change, line_end).unwrap();
                    let result = edit.applied_to(&whole);
                    prop_assert_eq!(pane_text(&result[head.len()..]), after);
                }
            }
        }

        #[test]
        fn positions_go_there_and_back(text in text()) {
            let units = u32::try_from(pane_text(&text).encode_utf16().count()).unwrap();
            for unit in 0..=units {
                let position = Utf16Pos::new(unit);
                if let Some(byte) = position.in_text(&text) {
                    prop_assert_eq!(Utf16Pos::of(&text, byte), position);
                }
            }
            prop_assert_eq!(Utf16Pos::new(units + 1).in_text(&text), None);
        }
    }

    #[test]
    fn an_edit_touches_only_its_own_bytes() {
        let text = "a\r\nb\rc\n😀d";
        let part = Span::from_range(0..text.len());
        let change = PaneChange {
            from: Utf16Pos::new(8),
            to: Utf16Pos::new(9),
            insert: "x\ny".to_owned(),
        };
        let edit = pane_change(text, part, &Units::of(text), &change, LineEnd::CrLf).unwrap();
        assert_eq!(edit.applied_to(text), "a\r\nb\rc\n😀x\r\ny");
        let inside_emoji = PaneChange {
            from: Utf16Pos::new(7),
            to: Utf16Pos::new(7),
            insert: String::new(),
        };
        assert_eq!(
            pane_change(text, part, &Units::of(text), &inside_emoji, LineEnd::Lf),
            None
        );
    }
}
