//! Lines and columns around the bytes that change.

use crate::text::{BytePos, Span};
use crate::yaml::outline::Style;

use super::Splicer;

impl<'a> Splicer<'a> {
    pub(super) fn rest(&self, at: BytePos) -> &'a str {
        self.source.get(at.get()..).unwrap_or_default()
    }

    pub(super) fn head(&self, at: BytePos) -> &'a str {
        self.source.get(..at.get()).unwrap_or_default()
    }

    /// The start of the line that holds `at`.
    pub(super) fn line_start(&self, at: BytePos) -> BytePos {
        BytePos::new(self.head(at).rfind(['\n', '\r']).map_or(0, |i| i + 1))
    }

    /// The end of the line that holds `at`, before its line end.
    pub(super) fn line_end(&self, at: BytePos) -> BytePos {
        let rest = self.rest(at);
        at.plus(rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    /// The start of the next line, or the end of the source.
    pub(super) fn next_line(&self, at: BytePos) -> BytePos {
        let end = self.line_end(at);
        let rest = self.rest(end);
        if rest.starts_with("\r\n") {
            end.plus(2)
        } else {
            end.plus(usize::from(!rest.is_empty()))
        }
    }

    /// The place before the line end that stands before `line_start`.
    pub(super) fn before_line_end(&self, line_start: BytePos) -> BytePos {
        let head = self.head(line_start);
        let head = head
            .strip_suffix("\r\n")
            .or_else(|| head.strip_suffix(['\n', '\r']))
            .unwrap_or(head);
        BytePos::new(head.len())
    }

    /// What stands on the line before `at`.
    pub(super) fn prefix(&self, at: BytePos) -> &'a str {
        Span::new(self.line_start(at), at).of(self.source)
    }

    /// The column of `at` in its line, in characters from 0.
    pub(super) fn column(&self, at: BytePos) -> usize {
        self.prefix(at).chars().count()
    }

    pub(super) fn is_broken(&self, span: Span) -> bool {
        span.of(self.source).contains(['\n', '\r'])
    }

    /// Whether a comment stands on the line behind `at`.
    pub(super) fn trailing(&self, at: BytePos) -> bool {
        self.outline.has_comment(Span::new(at, self.line_end(at)))
    }

    /// Lines to be put behind the end of a line.
    pub(super) fn lines_below(&self, lines: &[String]) -> String {
        lines.iter().fold(String::new(), |text, line| {
            text + self.manner.line_end + line
        })
    }

    /// Past `end`'s line and the comments right below it that are indented deeper than `column`: they belong to what ends.
    pub(super) fn after_with_comments(&self, end: BytePos, column: usize) -> BytePos {
        let mut at = self.line_end(end);
        loop {
            let next = self.next_line(at);
            let line = Span::new(next, self.line_end(next)).of(self.source);
            let text = line.trim_start_matches(' ');
            if next == at || !text.starts_with('#') || line.len() - text.len() <= column {
                return at;
            }
            at = self.line_end(next);
        }
    }

    /// By how many columns this file indents maps below their key.
    pub(super) fn indent_step(&self) -> usize {
        self.step_of(Style::BlockMap).unwrap_or(2).max(1)
    }

    /// The same for lists, which may stand below their key without.
    pub(super) fn list_step(&self) -> usize {
        self.step_of(Style::BlockList).unwrap_or(2)
    }

    pub(super) fn step_of(&self, style: Style) -> Option<usize> {
        self.outline.root.entries.iter().find_map(|entry| {
            let below = self.is_broken(Span::new(entry.value.slot, entry.value.span.start()));
            (entry.value.style == style && below).then(|| {
                self.column(entry.value.span.start())
                    .saturating_sub(self.column(entry.key_span.start()))
            })
        })
    }
}
