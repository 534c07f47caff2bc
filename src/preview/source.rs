//! The body as Markdown gets it: shortcodes replaced, the summary divider found, and the way back to the file.

use crate::shortcode::{Notation, Piece};
use crate::text::{BytePos, Span};

use super::shortcodes::{self, Scope};

/// Hugo's divider between summary and rest.
const DIVIDER: &str = "<!--more-->";

/// The body as Markdown gets it.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) markdown: String,
    /// What takes the place of each token, by its number.
    pub(super) outputs: Vec<Output>,
    /// Where the divider stood, in the Markdown.
    pub(super) divider: Option<usize>,
    /// Stretches of the Markdown and where they come from: position in the Markdown, in the file, length (0 where the
    /// stretch was made).
    map: Vec<(usize, usize, usize)>,
}

/// What a `{{< >}}` shortcode makes.
#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) token: String,
    pub(super) html: String,
}

/// The text that stands for a shortcode until Markdown is through, as Hugo writes it.
fn token(ordinal: usize) -> String {
    format!("HAHAHUGOSHORTCODE1s{ordinal}HBHB")
}

impl Source {
    /// Puts the pieces together. `text` is the file.
    pub(super) fn new(text: &str, pieces: &[Piece], scope: &mut Scope<'_>, top: bool) -> Self {
        let mut source = Self::default();
        for piece in pieces {
            match piece {
                Piece::Text(span) => source.push_text(text, *span, top),
                Piece::Escaped { span, text } => source.push_made(text, span.start()),
                Piece::Call(call) => {
                    let indent = call.inner.is_none().then(|| source.indentation()).flatten();
                    let mut made = shortcodes::expand(text, call, scope);
                    if let Some(indent) = indent {
                        made = made.replace('\n', &format!("\n{indent}"));
                    }
                    match call.notation {
                        Notation::Percent => source.push_made(&made, call.span.start()),
                        Notation::Angle => {
                            let token = token(scope.next_ordinal());
                            source.push_made(&token, call.span.start());
                            source.outputs.push(Output { token, html: made });
                        }
                    }
                }
            }
        }
        source
    }

    fn push_text(&mut self, text: &str, span: Span, top: bool) {
        let divider = (top && self.divider.is_none())
            .then(|| span.of(text).find(DIVIDER))
            .flatten();
        let Some(at) = divider else {
            self.push_raw(text, span);
            return;
        };
        let start = span.start().get();
        self.push_raw(text, Span::from_range(start..start + at));
        self.push_made("\n\n", BytePos::new(start + at));
        self.divider = Some(self.markdown.len());
        self.push_made("\n\n", BytePos::new(start + at));
        self.push_raw(
            text,
            Span::from_range(start + at + DIVIDER.len()..span.end().get()),
        );
    }

    fn push_raw(&mut self, text: &str, span: Span) {
        let raw = span.of(text);
        self.map
            .push((self.markdown.len(), span.start().get(), raw.len()));
        self.markdown.push_str(raw);
    }

    fn push_made(&mut self, made: &str, at: BytePos) {
        self.map.push((self.markdown.len(), at.get(), 0));
        self.markdown.push_str(made);
    }

    /// The white space before the place where something is about to be put, where nothing else stands on its line.
    fn indentation(&self) -> Option<String> {
        let start = self.markdown.rfind('\n').map_or(0, |i| i + 1);
        let head = self.markdown.get(start..)?;
        (!head.is_empty() && head.bytes().all(|byte| matches!(byte, b' ' | b'\t')))
            .then(|| head.to_owned())
    }

    /// The place in the file of a place in the Markdown.
    pub(super) fn in_file(&self, at: usize) -> BytePos {
        let i = self.map.partition_point(|&(start, ..)| start <= at);
        match i.checked_sub(1).and_then(|i| self.map.get(i)) {
            Some(&(start, file, length)) => BytePos::new(file + (at - start).min(length)),
            None => BytePos::new(0),
        }
    }
}
