//! Parts of `[…]` and `{…}`: added and taken out with their commas.

use std::ops::Range;

use crate::text::{BytePos, Span};
use crate::yaml::Refusal;

use super::Splicer;

impl Splicer<'_> {
    /// Puts `texts` in before the part `index` of a flow collection, or at its end.
    pub(super) fn flow_insert(
        &mut self,
        whole: Span,
        parts: &[Span],
        index: usize,
        texts: &[String],
    ) -> Result<(), Refusal> {
        let Some(before) = index.checked_sub(1).and_then(|i| parts.get(i)).copied() else {
            return self.flow_insert_first(whole, parts, texts);
        };
        let line_end = self.manner.line_end;
        let own_line = |part: &Span| self.prefix(part.start()).trim().is_empty();
        let pad = " ".repeat(self.column(before.start()));
        let comma = self.comma_after(before.end());
        let anchor = comma.unwrap_or(before.end());
        let alone = parts.iter().all(own_line) && self.only_comment_after(anchor);
        if !alone {
            self.push(Span::at(before.end()), format!(", {}", texts.join(", ")));
            return Ok(());
        }
        let glue = format!(",{line_end}{pad}");
        if comma.is_some() {
            let text = format!("{line_end}{pad}{},", texts.join(&glue));
            self.push(Span::at(self.line_end(anchor)), text);
        } else {
            self.push(Span::at(before.end()), ",".to_owned());
            let text = format!("{line_end}{pad}{}", texts.join(&glue));
            self.push(Span::at(self.line_end(anchor)), text);
        }
        Ok(())
    }

    fn flow_insert_first(
        &mut self,
        whole: Span,
        parts: &[Span],
        texts: &[String],
    ) -> Result<(), Refusal> {
        let Some(next) = parts.first().copied() else {
            let inner = inside(whole);
            if self.outline.has_comment(inner) {
                return Err(comment_in_the_way());
            }
            self.push(inner, texts.join(", "));
            return Ok(());
        };
        let own_line = self.prefix(next.start()).trim().is_empty();
        let glue = if own_line {
            format!(
                ",{}{}",
                self.manner.line_end,
                " ".repeat(self.column(next.start()))
            )
        } else {
            ", ".to_owned()
        };
        let text = format!("{}{glue}", texts.join(&glue));
        self.push(Span::at(next.start()), text);
        Ok(())
    }

    /// Takes the parts of `range` out.
    pub(super) fn flow_remove(
        &mut self,
        whole: Span,
        parts: &[Span],
        range: Range<usize>,
    ) -> Result<(), Refusal> {
        let gone = parts.get(range.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (gone.first(), gone.last()) else {
            return Ok(());
        };
        // Each on a line of its own, with its own comment: the lines go.
        let own_lines = gone.iter().all(|part| {
            let anchor = self.comma_after(part.end()).unwrap_or(part.end());
            self.prefix(part.start()).trim().is_empty()
                && !self.is_broken(*part)
                && self.only_comment_after(anchor)
        });
        if own_lines && gone.len() < parts.len() {
            for part in gone {
                let lines = Span::new(self.line_start(part.start()), self.next_line(part.end()));
                self.push(lines, String::new());
            }
            return Ok(());
        }
        let before = range.start.checked_sub(1).and_then(|i| parts.get(i));
        let span = match (parts.get(range.end), before) {
            (Some(next), _) => Span::new(first.start(), next.start()),
            (None, Some(before)) => Span::new(before.end(), last.end()),
            (None, None) => inside(whole),
        };
        if self.outline.has_comment(span) {
            return Err(comment_in_the_way());
        }
        self.push(span, String::new());
        Ok(())
    }

    /// Past the comma that follows `at`, white space and comments aside.
    fn comma_after(&self, at: BytePos) -> Option<BytePos> {
        let mut at = at;
        loop {
            let rest = self.rest(at);
            let text = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            at = at.plus(rest.len() - text.len());
            if text.starts_with('#') {
                at = self.line_end(at);
            } else {
                return text.starts_with(',').then(|| at.plus(1));
            }
        }
    }

    /// Whether the rest of the line is blank or a comment, and there is a line after it.
    fn only_comment_after(&self, at: BytePos) -> bool {
        let end = self.line_end(at);
        let rest = Span::new(at, end).of(self.source).trim();
        (rest.is_empty() || rest.starts_with('#')) && !self.rest(end).is_empty()
    }
}

/// What stands between the brackets.
fn inside(whole: Span) -> Span {
    let start = whole.start().plus(1);
    let end = BytePos::new(whole.end().get().saturating_sub(1));
    Span::new(start, end.max(start))
}

fn comment_in_the_way() -> Refusal {
    Refusal::new("There is a comment beside it that would be lost. Edit it as text.")
}
