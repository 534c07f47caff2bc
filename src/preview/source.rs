//! The body as Markdown gets it: shortcodes replaced, the summary divider found, and the way back to the file.

use std::ops::Range;
use std::rc::Rc;

use crate::shortcode::{Notation, Piece};
use crate::text::sort;
use crate::text::{BytePos, Span, TextEdit};

use super::shortcodes::{self, Scope};

/// Hugo's divider between summary and rest.
const DIVIDER: &str = "<!--more-->";

/// What stands for a shortcode until Markdown is through starts and ends so. Between the two stands its number.
const TOKEN_START: &str = "HAHAHUGOSHORTCODE0s";
const TOKEN_END: &str = "HBHB";

/// The divider's number among the tokens: one no shortcode gets.
const DIVIDER_NUMBER: usize = usize::MAX;

/// As far around a change a shortcode or divider may come to be.
const MARGIN: usize = 16;

/// The body as Markdown gets it.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) markdown: String,
    /// What takes the place of each token, by their numbers.
    pub(super) outputs: Vec<Output>,
    /// Where the divider stood, in the Markdown.
    pub(super) divider: Option<usize>,
    /// In the order of the Markdown.
    stretches: Vec<Stretch>,
}

/// A stretch of the Markdown and where it comes from.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: usize,
    file: usize,
    /// 0 where the stretch was made rather than copied.
    length: usize,
}

/// What a `{{< >}}` shortcode makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    pub(super) number: usize,
    pub(super) html: Rc<str>,
}

impl Source {
    /// Puts the pieces together. `text` is the file; `top`: it is the body, not the inner text of a shortcode.
    pub(super) fn new(text: &str, pieces: &[Piece], scope: &mut Scope<'_>, top: bool) -> Self {
        let mut source = Self::default();
        for piece in pieces {
            match piece {
                Piece::Text(span) => source.push_text(text, *span, top, scope),
                Piece::Escaped { span, text } => source.push_made(text, span.start()),
                Piece::Call(call) => {
                    let indent = call.inner.is_none().then(|| source.indentation()).flatten();
                    let number = scope.next_number();
                    let mut made = shortcodes::expand(text, call, scope);
                    if let Some(indent) = indent {
                        made = indented(&made, &indent);
                    }
                    match call.notation {
                        Notation::Percent => source.push_made(&made, call.span.start()),
                        Notation::Angle => {
                            let token = format!("{TOKEN_START}{number}{TOKEN_END}");
                            source.push_made(&token, call.span.start());
                            source.outputs.push(Output {
                                number,
                                html: made.into(),
                            });
                        }
                    }
                }
            }
        }
        sort::sort_by_key(&mut source.outputs, |output| output.number);
        source
    }

    fn push_text(&mut self, text: &str, span: Span, top: bool, scope: &mut Scope<'_>) {
        let divider = (!scope.divided)
            .then(|| span.of(text).find(DIVIDER))
            .flatten();
        let Some(at) = divider else {
            self.push_raw(text, span);
            return;
        };
        scope.divided = true;
        if !top {
            // In a shortcode's text it divides nothing, and is taken out.
            let at = span.start().get() + at;
            self.push_raw(text, Span::from_range(span.start().get()..at));
            let behind = at + DIVIDER.len();
            self.push_raw(text, Span::from_range(behind..span.end().get()));
            return;
        }
        let start = span.start().get();
        let behind = start + at + DIVIDER.len();
        let rest = Span::from_range(behind..span.end().get()).of(text);
        let space = rest.len() - rest.trim_start().len();
        self.push_raw(text, Span::from_range(start..start + at));
        self.push_made("\n\n", BytePos::new(start + at));
        self.divider = Some(self.markdown.len());
        // Hugo puts a paragraph there and takes it out again, which ends a list the divider stood in.
        let token = format!("{TOKEN_START}{DIVIDER_NUMBER}{TOKEN_END}\n\n");
        self.push_made(&token, BytePos::new(start + at));
        self.outputs.push(Output {
            number: DIVIDER_NUMBER,
            html: "".into(),
        });
        self.push_raw(text, Span::from_range(behind + space..span.end().get()));
    }

    fn push_raw(&mut self, text: &str, span: Span) {
        let raw = span.of(text);
        self.stretches.push(Stretch {
            start: self.markdown.len(),
            file: span.start().get(),
            length: raw.len(),
        });
        self.markdown.push_str(raw);
    }

    fn push_made(&mut self, made: &str, at: BytePos) {
        self.stretches.push(Stretch {
            start: self.markdown.len(),
            file: at.get(),
            length: 0,
        });
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
        let behind = self
            .stretches
            .partition_point(|stretch| stretch.start <= at);
        match behind.checked_sub(1).and_then(|i| self.stretches.get(i)) {
            Some(stretch) => BytePos::new(stretch.file + (at - stretch.start).min(stretch.length)),
            None => BytePos::new(0),
        }
    }

    /// Takes in a change to the file where that is a change to plain text and nothing else: answers the same change of the
    /// Markdown. `None`: the body has to be taken apart anew. `text` is the file after the change.
    pub(super) fn edit(&mut self, edit: &TextEdit, text: &str) -> Option<Range<usize>> {
        let (start, end) = (edit.span().start().get(), edit.span().end().get());
        let behind = self
            .stretches
            .partition_point(|stretch| stretch.file <= start);
        let index = behind.checked_sub(1)?;
        let stretch = *self.stretches.get(index)?;
        // At an edge, what is on the other side has a say too.
        if stretch.length == 0
            || start < stretch.file + usize::from(index > 0)
            || end + usize::from(behind < self.stretches.len()) > stretch.file + stretch.length
        {
            return None;
        }
        let mut from = start.saturating_sub(MARGIN);
        let mut to = (start + edit.insert().len() + MARGIN).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        let around = text.get(from..to)?;
        if around.contains("{{") || around.contains(DIVIDER) {
            return None;
        }
        let range = start - stretch.file + stretch.start..end - stretch.file + stretch.start;
        self.markdown.get(range.clone())?;
        let added = edit.insert().len();
        let moved = |at: usize| at - range.len() + added;
        if let Some(stretch) = self.stretches.get_mut(index) {
            stretch.length = moved(stretch.length);
        }
        for stretch in self.stretches.iter_mut().skip(behind) {
            stretch.start = moved(stretch.start);
            stretch.file = moved(stretch.file);
        }
        if let Some(divider) = &mut self.divider
            && *divider >= range.end
        {
            *divider = moved(*divider);
        }
        self.markdown.replace_range(range.clone(), edit.insert());
        Some(range)
    }
}

/// Every line but the first moved in, as the call is. Behind the last line end there is no line.
fn indented(made: &str, indent: &str) -> String {
    let mut lines = made.split_inclusive('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push_str(indent);
        out.push_str(line);
    }
    out
}

/// The numbers of the tokens in a text.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.match_indices(TOKEN_START).filter_map(|(at, _)| {
        let rest = text.get(at + TOKEN_START.len()..)?;
        rest.get(..rest.find(TOKEN_END)?)?.parse().ok()
    })
}

/// What takes the place of the token of this number.
pub(super) fn output(outputs: &[Output], number: usize) -> Option<&Output> {
    let at = outputs
        .binary_search_by_key(&number, |output| output.number)
        .ok()?;
    outputs.get(at)
}

/// Puts what the shortcodes made in the place of their tokens. A paragraph that is nothing but a token gives way wholly.
pub(super) fn put_outputs(html: String, outputs: &[Output]) -> String {
    if outputs.is_empty() || !html.contains(TOKEN_START) {
        return html;
    }
    let mut out = String::with_capacity(html.len() * 2);
    let mut rest = html.as_str();
    while let Some(at) = rest.find(TOKEN_START) {
        let (before, behind) = rest.split_at(at);
        let number_and_rest = behind.get(TOKEN_START.len()..).unwrap_or_default();
        let found = number_and_rest.find(TOKEN_END).and_then(|end| {
            let number: usize = number_and_rest.get(..end)?.parse().ok()?;
            let length = TOKEN_START.len() + end + TOKEN_END.len();
            Some((output(outputs, number)?, length))
        });
        let Some((output, length)) = found else {
            out.push_str(before);
            out.push_str(TOKEN_START);
            rest = number_and_rest;
            continue;
        };
        let after = behind.get(length..).unwrap_or_default();
        match (before.strip_suffix("<p>"), after.strip_prefix("</p>")) {
            (Some(before), Some(after)) => {
                out.push_str(before);
                out.push_str(&output.html);
                rest = after;
            }
            _ => {
                out.push_str(before);
                out.push_str(&output.html);
                // In code Hugo takes the divider's line end out with it.
                let line_end = after.strip_prefix('\n');
                rest = line_end
                    .filter(|_| output.number == DIVIDER_NUMBER)
                    .unwrap_or(after);
            }
        }
    }
    out.push_str(rest);
    out
}
