//! Finds the places that the parser's events do not tell: dashes, colons, headers, the ends of block scalars.

use crate::text::{BytePos, LineColumn, Problem, Span};

use super::{Entry, Node, Style};

/// Sets the places of the whole tree.
pub(super) fn settle(source: &str, root: &mut Node) -> Result<(), Problem> {
    Scan { source }.settle(root, BytePos::new(0))
}

struct Scan<'a> {
    source: &'a str,
}

impl Scan<'_> {
    /// Sets the places of `node`, which stands somewhere past `lead`, and of all in it.
    fn settle(&self, node: &mut Node, lead: BytePos) -> Result<(), Problem> {
        // Tag and anchor were found by the parser; they moved the slot.
        let slot = node.slot.max(lead);
        let start = self.past_filler(slot);
        node.slot = slot;
        match node.style {
            Style::Empty => node.span = Span::at(slot),
            Style::Literal | Style::Folded => self.settle_block_scalar(node, start)?,
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted | Style::Alias => {
                if start != node.span.start() {
                    return Err(self.lost(node.span));
                }
            }
            Style::FlowList => {
                for item in &mut node.items {
                    // Brackets and commas are not looked for: the parser's start is the start.
                    let start = item.value.span.start();
                    let slot = item.value.slot;
                    self.settle(&mut item.value, start)?;
                    item.value.slot = if slot == BytePos::default() {
                        start
                    } else {
                        slot
                    };
                    item.dash = start;
                }
            }
            Style::FlowMap => {
                for entry in &mut node.entries {
                    self.settle_entry(entry)?;
                }
            }
            Style::BlockList => self.settle_items(node, start)?,
            Style::BlockMap => {
                for entry in &mut node.entries {
                    self.settle_entry(entry)?;
                }
                let first = node.entries.first().map(|entry| entry.key_span.start());
                let last = node.entries.last().map(|entry| entry.span().end());
                if let (Some(first), Some(last)) = (first, last) {
                    node.span = Span::new(first, last);
                }
            }
        }
        if node.style == Style::Plain {
            // The parser's end may count blanks behind the text.
            let blanks = [' ', '\t', '\n', '\r'];
            let kept = node.span.of(self.source).trim_end_matches(blanks).len();
            node.span = Span::new(node.span.start(), node.span.start().plus(kept));
        }
        Ok(())
    }

    fn settle_entry(&self, entry: &mut Entry) -> Result<(), Problem> {
        let key_end = entry.key_span.end();
        let rest = self.rest(key_end);
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let colon = rest.get(gap..).is_some_and(|rest| rest.starts_with(':'));
        let question = self
            .line_before(entry.key_span.start())
            .trim_end()
            .ends_with('?');
        let broken = entry.key_span.of(self.source).contains(['\n', '\r']);
        entry.odd |= !colon || question || broken;
        if !colon {
            // `? key` with its value elsewhere: read, but never touched.
            entry.value.slot = entry.value.span.start().max(key_end);
            if entry.value.style == Style::Empty {
                entry.value.span = Span::at(entry.value.slot);
            }
            return self.settle_untouched(&mut entry.value);
        }
        let lead = key_end.plus(gap + 1);
        self.settle(&mut entry.value, lead)
    }

    /// Below an odd entry nothing is edited: the parser's spans are near enough for showing.
    fn settle_untouched(&self, node: &mut Node) -> Result<(), Problem> {
        for entry in &mut node.entries {
            entry.odd = true;
            self.settle_untouched(&mut entry.value)?;
        }
        node.items
            .iter_mut()
            .try_for_each(|item| self.settle_untouched(&mut item.value))
    }

    fn settle_items(&self, list: &mut Node, first: BytePos) -> Result<(), Problem> {
        let mut at = first;
        for item in &mut list.items {
            let dash = self.past_filler(at);
            let rest = self.rest(dash);
            let clean = rest
                .strip_prefix('-')
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
            if !clean {
                return Err(self.lost(item.value.span));
            }
            item.dash = dash;
            self.settle(&mut item.value, dash.plus(1))?;
            at = item.value.end();
        }
        list.span = Span::new(
            list.items.first().map_or(first, |item| item.dash),
            at.max(first),
        );
        Ok(())
    }

    fn settle_block_scalar(&self, node: &mut Node, header: BytePos) -> Result<(), Problem> {
        let sign = if node.style == Style::Literal {
            '|'
        } else {
            '>'
        };
        if !self.rest(header).starts_with(sign) {
            return Err(self.lost(node.span));
        }
        let token = self.header_token(header);
        node.stripped = token.of(self.source).contains('-');
        let body = self.line_end(header);
        let text = Span::new(body, node.span.end().max(body)).of(self.source);
        // Up to the last line with text; a `+` keeps the empty ones too.
        let kept = if token.of(self.source).contains('+') {
            let full = text.len() - text.trim_end_matches([' ', '\t']).len();
            let text = text.get(..text.len() - full).unwrap_or_default();
            text.strip_suffix("\r\n")
                .or_else(|| text.strip_suffix(['\n', '\r']))
                .unwrap_or(text)
                .len()
        } else {
            let lines = text.trim_end_matches([' ', '\t', '\n', '\r']).len();
            let rest = text.get(lines..).unwrap_or_default();
            // Blanks behind the last text belong to its line.
            lines + (rest.len() - rest.trim_start_matches([' ', '\t']).len())
        };
        let end = if text
            .get(..kept)
            .is_none_or(|text| text.trim_matches([' ', '\t', '\n', '\r']).is_empty())
            && !token.of(self.source).contains('+')
        {
            token.end()
        } else {
            body.plus(kept)
        };
        node.span = Span::new(header, end);
        Ok(())
    }

    /// `|-`, `>2+` …
    fn header_token(&self, header: BytePos) -> Span {
        let rest = self.rest(header);
        let len = rest
            .find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'))
            .unwrap_or(rest.len());
        Span::new(header, header.plus(len))
    }

    /// Past white space, line ends and comments.
    fn past_filler(&self, from: BytePos) -> BytePos {
        let mut at = from;
        loop {
            let rest = self.rest(at);
            let text = rest.trim_start_matches([' ', '\t', '\n', '\r']);
            at = at.plus(rest.len() - text.len());
            if !text.starts_with('#') {
                return at;
            }
            at = self.line_end(at);
        }
    }

    /// The end of the line that holds `at`, before its line end.
    fn line_end(&self, at: BytePos) -> BytePos {
        let rest = self.rest(at);
        at.plus(rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    fn line_before(&self, at: BytePos) -> &str {
        let head = self.source.get(..at.get()).unwrap_or_default();
        head.rsplit(['\n', '\r']).next().unwrap_or_default()
    }

    fn rest(&self, at: BytePos) -> &str {
        self.source.get(at.get()..).unwrap_or_default()
    }

    fn lost(&self, span: Span) -> Problem {
        Problem::new(
            span,
            format!(
                "Line {} of the front matter is written in a way the form cannot follow. Edit it as text.",
                LineColumn::of(self.source, span.start()).line
            ),
        )
    }
}
