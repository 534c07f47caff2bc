//! A paragraph as contents and gaps, and the edits that put it on other lines.

use std::ops::Range;

use crate::text::sort;
use crate::text::{Span, TextEdit};

use super::fill::{self, Content, Joint, Measure};
use super::paragraph::{Paragraph, Zone};
use super::width::{Script, columns, width};
use crate::writing::line_start::means_something;

/// What may happen to a line end behind a single quote: the typographer leaves some straight there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quotes {
    /// All that Prettier does.
    Free,
    /// Line ends and spaces right behind quotes stay what they are.
    Stay,
}

/// White space between two contents.
#[derive(Debug, Clone)]
struct Gap {
    /// With the line end and the marks in front of the next line.
    range: Range<usize>,
    /// Whether a line ends in it now.
    line_end: bool,
}

/// A paragraph, taken apart.
pub(super) struct Contents<'a> {
    paragraph: &'a Paragraph,
    contents: Vec<(Range<usize>, Content)>,
    gaps: Vec<Gap>,
    joints: Vec<Joint>,
    /// Line ends inside of code, which become spaces.
    joined: Vec<Range<usize>>,
}

impl<'a> Contents<'a> {
    /// Takes `paragraph` apart.
    pub(super) fn of(text: &str, paragraph: &'a Paragraph, quotes: Quotes) -> Self {
        let mut reader = Reader {
            text,
            paragraph,
            current: (
                paragraph.range.start..paragraph.range.start,
                Content::default(),
            ),
            measured: paragraph.range.start,
            contents: Vec::new(),
            gaps: Vec::new(),
            joined: Vec::new(),
        };
        reader.run();
        let joints = (reader.gaps.iter().enumerate())
            .map(|(index, gap)| reader.joint(index, gap, quotes))
            .collect();
        Self {
            paragraph,
            contents: reader.contents,
            gaps: reader.gaps,
            joints,
            joined: reader.joined,
        }
    }

    /// The edits that wrap it at `columns`.
    pub(super) fn edits(mut self, text: &str, width: usize, line_end: &str) -> Vec<TextEdit> {
        let contents: Vec<Content> = self.contents.iter().map(|(_, content)| *content).collect();
        let indent = columns(&self.paragraph.indent);
        let new_line = format!("{line_end}{}", self.paragraph.indent);
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut first = self.paragraph.column;
        // A footnote that does not fit on its mark's line begins below it.
        if let Some((range, column)) = &self.paragraph.lead {
            let span = Span::from_range(range.clone());
            let ends_now = span.of(text).contains(['\n', '\r']);
            let ends = !self.fits_on_a_line(width.saturating_sub(column + 1));
            first = if ends { indent } else { column + 1 };
            if ends && !ends_now {
                edits.push(TextEdit::new(span, new_line.as_str()));
            } else if !ends && ends_now {
                edits.push(TextEdit::new(span, " "));
            }
        }
        let measure = Measure {
            first,
            indent,
            width,
        };
        // Every round forbids a line end, so it comes to an end.
        let ends = loop {
            let ends = fill::line_ends(&contents, &self.joints, measure);
            let wrong = self.wrong_line_ends(text, &ends);
            if wrong.is_empty() {
                break ends;
            }
            for index in wrong {
                if let Some(joint) = self.joints.get_mut(index) {
                    *joint = Joint::Space;
                }
            }
        };
        for (gap, ends) in self.gaps.iter().zip(ends) {
            let span = Span::from_range(gap.range.clone());
            if ends && !gap.line_end {
                edits.push(TextEdit::new(span, new_line.as_str()));
            } else if !ends && span.of(text) != " " {
                edits.push(TextEdit::new(span, " "));
            }
        }
        for range in &self.joined {
            edits.push(TextEdit::new(Span::from_range(range.clone()), " "));
        }
        sort::sort_by_key(&mut edits, |edit| edit.span().start());
        edits
    }

    fn fits_on_a_line(&self, room: usize) -> bool {
        let whole: usize = self
            .contents
            .iter()
            .map(|(_, content)| content.first + 1)
            .sum();
        whole <= room + 1
            && self
                .contents
                .iter()
                .all(|(_, content)| content.last.is_none())
            && !self.joints.contains(&Joint::LineEnd)
    }

    /// The joints behind which a line would start that means something.
    fn wrong_line_ends(&self, text: &str, ends: &[bool]) -> Vec<usize> {
        let mut wrong = Vec::new();
        let mut line = String::new();
        let mut starts: Option<usize> = None;
        let word = |index: usize| {
            let content = self.contents.get(index);
            content.and_then(|(range, _)| text.get(range.clone()))
        };
        let mut judge = |starts: Option<usize>, line: &str| {
            let free = |index: &usize| self.joints.get(*index) == Some(&Joint::Free);
            if let Some(index) = starts.filter(free)
                && means_something(line.split(['\n', '\r']).next().unwrap_or_default())
            {
                wrong.push(index);
            }
        };
        for (index, end) in ends.iter().enumerate() {
            if *end {
                judge(starts, &line);
                starts = Some(index);
                line.clear();
            } else {
                line.push(' ');
            }
            line.push_str(word(index + 1).unwrap_or_default());
        }
        judge(starts, &line);
        wrong
    }
}

struct Reader<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    current: (Range<usize>, Content),
    /// Up to where `current` is measured.
    measured: usize,
    contents: Vec<(Range<usize>, Content)>,
    gaps: Vec<Gap>,
    joined: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn run(&mut self) {
        let end = self.paragraph.range.end;
        let mut at = self.paragraph.range.start;
        while at < end {
            let byte = self.text.as_bytes().get(at).copied().unwrap_or_default();
            let line_end = matches!(byte, b'\n' | b'\r');
            let space = line_end || matches!(byte, b' ' | b'\t');
            at = match self.paragraph.zone(at) {
                Zone::Text | Zone::Tight if space => self.gap(at),
                Zone::Code if line_end => {
                    self.measure(at);
                    let behind = self.paragraph.behind_line_end(self.text, at);
                    self.joined.push(at..behind);
                    self.current.1.push(1);
                    self.measured = behind;
                    behind
                }
                Zone::Raw if line_end => {
                    self.measure(at);
                    let behind = self.paragraph.behind_line_end(self.text, at);
                    self.current.1.break_line();
                    self.measured = behind;
                    behind
                }
                _ => at + 1,
            };
        }
        self.measure(end);
        self.current.0.end = end;
        self.contents.push(self.current.clone());
    }

    fn measure(&mut self, to: usize) {
        let part = self.text.get(self.measured..to).unwrap_or_default();
        self.current.1.push(width(part));
        self.measured = to;
    }

    /// Ends a content at `at`; answers where the next begins.
    fn gap(&mut self, at: usize) -> usize {
        self.measure(at);
        self.current.0.end = at;
        let mut end = at;
        let mut line_end = false;
        while end < self.paragraph.range.end
            && matches!(self.paragraph.zone(end), Zone::Text | Zone::Tight)
        {
            match self.text.as_bytes().get(end) {
                Some(b' ' | b'\t') => end += 1,
                Some(b'\n' | b'\r') => {
                    line_end = true;
                    end = self.paragraph.behind_line_end(self.text, end);
                }
                _ => break,
            }
        }
        let next = (end..end, Content::default());
        self.contents
            .push(std::mem::replace(&mut self.current, next));
        self.measured = end;
        self.gaps.push(Gap {
            range: at..end,
            line_end,
        });
        end
    }

    /// The word in front of a gap and the one behind it, as far as they are of the same inline.
    fn words(&self, gap: &Gap) -> (Option<&str>, Option<&str>) {
        let Range { start, end } = gap.range.clone();
        let before = (!self.paragraph.is_edge(start)).then(|| {
            let head = self.text.get(self.paragraph.range.start..start);
            head.unwrap_or_default()
                .rsplit(SPACE)
                .next()
                .unwrap_or_default()
        });
        let behind = (!self.paragraph.is_edge(end)).then(|| {
            let rest = self.text.get(end..self.paragraph.range.end);
            let rest = rest.unwrap_or_default();
            let word = rest
                .char_indices()
                .map(|(offset, _)| offset)
                .skip(1)
                .find(|offset| {
                    self.paragraph.is_edge(end + offset)
                        || rest.get(*offset..).is_some_and(|r| r.starts_with(SPACE))
                });
            rest.get(..word.unwrap_or(rest.len())).unwrap_or_default()
        });
        (before, behind)
    }

    fn joint(&self, index: usize, gap: &Gap, quotes: Quotes) -> Joint {
        let (before, behind) = self.words(gap);
        let script = |c: Option<char>| c.map(Script::of);
        let left = script(before.and_then(|word| word.chars().next_back()));
        let right = script(behind.and_then(|word| word.chars().next()));
        let unspaced = |script: Option<Script>| script.is_some_and(Script::is_unspaced);
        let unspaced = (unspaced(left) || unspaced(right))
            && !matches!(
                (left, right),
                (Some(Script::Hangul), Some(Script::Han))
                    | (Some(Script::Han), Some(Script::Hangul))
            );
        let head = self.text.get(self.paragraph.range.start..gap.range.start);
        let head = head.unwrap_or_default();
        if gap.line_end && (unspaced || self.is_beside_a_tag(index, gap)) {
            return Joint::LineEnd;
        }
        if quotes == Quotes::Stay && ends_with_apostrophe(head) {
            return if gap.line_end {
                Joint::LineEnd
            } else {
                Joint::Space
            };
        }
        let backslashes = head.len() - head.trim_end_matches('\\').len();
        let tight = self.paragraph.zone(gap.range.start) == Zone::Tight
            // A backslash would make the line end a hard break.
            || backslashes % 2 == 1
            || behind.is_some_and(is_mark)
            || unspaced && left.is_some() && right.is_some();
        if tight { Joint::Space } else { Joint::Free }
    }

    /// Whether the line in front of a line end, or the one behind it, is a shortcode's tag and nothing else: such lines
    /// stay by themselves.
    fn is_beside_a_tag(&self, index: usize, gap: &Gap) -> bool {
        let line_start = |at: usize| {
            at == self.paragraph.range.start
                || index
                    .checked_sub(1)
                    .and_then(|before| self.gaps.get(before))
                    .is_some_and(|before| before.line_end && before.range.end == at)
        };
        let line_end = |at: usize| {
            at == self.paragraph.range.end
                || self
                    .gaps
                    .get(index + 1)
                    .is_some_and(|next| next.line_end && next.range.start == at)
        };
        self.paragraph.tags.iter().any(|tag| {
            (tag.end == gap.range.start && line_start(tag.start))
                || (tag.start == gap.range.end && line_end(tag.end))
        })
    }
}

const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// A word that Prettier never puts at a line's start.
fn is_mark(word: &str) -> bool {
    let digits = word.trim_start_matches(|c: char| c.is_ascii_digit());
    word.starts_with('>')
        || matches!(word, "*" | "+" | "-")
        || (word.len() <= 6 && word.bytes().all(|byte| byte == b'#'))
        || (digits.len() < word.len() && matches!(digits, "." | ")"))
}

/// Whether a quote stands so near the end that a line end there would matter to it. One between letters never minds.
fn ends_with_apostrophe(head: &str) -> bool {
    let last = head.strip_suffix(|c: char| c.is_ascii_punctuation() && c != '\'');
    head.ends_with('\'') || last.is_some_and(|head| head.ends_with('\''))
}
