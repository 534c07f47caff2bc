//! How a block's text reads: each character with its style, the marks, and what must stay whole.

use std::ops::Range;

use crate::markdown::linkify;
use crate::markdown::tree::{Kind, Node, Target, normalised};
use crate::markdown::{self, Known};

use super::units::tags;

/// A style that marks give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Bold,
    Italic,
    Strike,
    Code,
    Link,
}

impl Style {
    const fn bit(self) -> u8 {
        1 << (self as u8)
    }

    const fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Strong => Some(Self::Bold),
            Kind::Emphasis => Some(Self::Italic),
            Kind::Strike => Some(Self::Strike),
            Kind::InlineCode(_) => Some(Self::Code),
            Kind::Link(_) => Some(Self::Link),
            _ => None,
        }
    }
}

/// A character as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// Where it comes from.
    pub(super) at: usize,
    pub(super) c: char,
    styles: u8,
}

impl Glyph {
    pub(super) const fn has(self, style: Style) -> bool {
        self.styles & style.bit() != 0
    }

    /// The same with a style or without.
    pub(super) const fn with(self, style: Style, on: bool) -> Self {
        let styles = if on {
            self.styles | style.bit()
        } else {
            self.styles & !style.bit()
        };
        Self { styles, ..self }
    }

    /// Whether two read alike, wherever they come from. Nobody sees the style of white space.
    pub(super) fn like(self, other: Self) -> bool {
        self.c == other.c && (self.c.is_whitespace() || self.styles == other.styles)
    }
}

/// Marks with what is between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) style: Style,
    pub(super) outer: Range<usize>,
    pub(super) inner: Range<usize>,
}

/// What a block's text says.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) marks: Vec<Marks>,
    /// What must not be parted: code, tags, addresses, pictures.
    pub(super) wholes: Vec<Range<usize>>,
    /// Those of them that are no text, and are not marked by themselves.
    pub(super) things: Vec<Range<usize>>,
    /// What there is beside characters in the lines, and where.
    pub(super) others: Vec<(usize, String)>,
    /// The kinds of blocks it is read as; mostly it is one paragraph.
    pub(super) blocks: Vec<String>,
}

/// The labels defined in a text, as far as the starts of its lines tell.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    links: Vec<String>,
    notes: Vec<String>,
}

impl Labels {
    pub(super) fn of(text: &str) -> Self {
        let mut labels = Self::default();
        for line in text.lines() {
            let line = line.trim_start_matches([' ', '\t', '>']);
            let Some(label) = line
                .strip_prefix('[')
                .and_then(|rest| rest.split_once("]:"))
                .map(|(label, _)| label)
            else {
                continue;
            };
            match label.strip_prefix('^') {
                Some(note) => labels.notes.push(note.to_owned()),
                None => labels.links.push(normalised(label)),
            }
        }
        labels
    }
}

impl Known for Labels {
    fn has_reference(&self, label: &str) -> bool {
        self.links.iter().any(|known| known == label)
    }

    fn has_note(&self, label: &str) -> bool {
        self.notes.iter().any(|known| known == label)
    }
}

impl Reading {
    /// Reads the text of one block.
    pub(super) fn of(text: &str, labels: &Labels) -> Self {
        let mut reading = Self::default();
        // Hugo takes tags out before Markdown and puts letters in their place.
        let tags = tags(text);
        let mut shown = String::with_capacity(text.len());
        let mut from = 0;
        for tag in &tags {
            shown.push_str(text.get(from..tag.start).unwrap_or_default());
            shown.extend(std::iter::repeat_n('x', tag.len()));
            from = tag.end;
        }
        shown.push_str(text.get(from..).unwrap_or_default());
        reading.wholes.clone_from(&tags);
        reading.things = tags;
        let tree = markdown::parse(&shown, labels);
        // Each open node with its end and the styles up to there.
        let mut open: Vec<(usize, u8)> = Vec::new();
        for (index, node) in tree.nodes.iter().enumerate() {
            while open.last().is_some_and(|(end, _)| *end <= index) {
                open.pop();
            }
            let styles = open.last().map_or(0, |(_, styles)| *styles);
            let own = Style::of(&node.kind).map_or(0, Style::bit);
            open.push((node.end, styles | own));
            let children = tree.nodes.get(index + 1..node.end).unwrap_or_default();
            reading.take(&shown, node, children, styles | own);
        }
        reading.bare_addresses(&shown);
        reading
    }

    fn take(&mut self, text: &str, node: &Node, children: &[Node], styles: u8) {
        let range = node.range.clone();
        match &node.kind {
            Kind::Text => {
                let part = text.get(range.clone()).unwrap_or_default();
                self.glyphs.extend(part.char_indices().map(|(at, c)| Glyph {
                    at: range.start + at,
                    c,
                    styles,
                }));
            }
            Kind::Entity(made) => {
                self.say(range.start, made, styles);
                self.wholes.push(range);
            }
            Kind::InlineCode(code) => {
                self.say(range.start, code, styles);
                let part = text.get(range.clone()).unwrap_or_default();
                let ticks = part.bytes().take_while(|byte| *byte == b'`').count();
                self.mark(Style::Code, range.clone(), ticks);
                self.wholes.push(range);
            }
            Kind::SoftBreak | Kind::HardBreak => {
                self.say(range.start, "\n", styles);
                if node.kind == Kind::HardBreak {
                    self.others.push((range.start, "break".to_owned()));
                }
            }
            Kind::Strong => self.mark(Style::Bold, range, 2),
            Kind::Emphasis => self.mark(Style::Italic, range, 1),
            Kind::Strike => {
                let part = text.get(range.clone()).unwrap_or_default();
                let length = if part.starts_with("~~") { 2 } else { 1 };
                self.mark(Style::Strike, range, length);
            }
            Kind::Link(target) => {
                self.others.push((range.start, format!("{target:?}")));
                let end = children.iter().map(|child| child.range.end).max();
                match (target, end) {
                    (Target::Auto { .. }, _) | (_, None) => self.wholes.push(range),
                    (_, Some(end)) => {
                        let inner = range.start + 1..end.min(range.end);
                        self.wholes.push(inner.end..range.end);
                        self.marks.push(Marks {
                            style: Style::Link,
                            outer: range,
                            inner,
                        });
                    }
                }
            }
            Kind::Image(_) | Kind::NoteRef(_) => {
                self.others.push((range.start, format!("{:?}", node.kind)));
                self.wholes.push(range.clone());
                self.things.push(range);
            }
            Kind::InlineHtml(_) | Kind::Task(_) => {
                self.others.push((range.start, format!("{:?}", node.kind)));
                self.wholes.push(range);
            }
            kind => {
                let name = match kind {
                    Kind::Html(_) => "html".to_owned(),
                    Kind::Code { .. } => "code".to_owned(),
                    kind => format!("{kind:?}"),
                };
                self.blocks.push(name);
            }
        }
    }

    fn say(&mut self, at: usize, text: &str, styles: u8) {
        self.glyphs
            .extend(text.chars().map(|c| Glyph { at, c, styles }));
    }

    fn mark(&mut self, style: Style, outer: Range<usize>, length: usize) {
        let inner = outer.start + length..outer.end.saturating_sub(length);
        if inner.start <= inner.end {
            self.marks.push(Marks {
                style,
                outer,
                inner,
            });
        }
    }

    /// Addresses that become links by themselves.
    fn bare_addresses(&mut self, text: &str) {
        let mut before = ' ';
        let mut until = 0;
        let mut found = Vec::new();
        for glyph in &self.glyphs {
            if glyph.at >= until
                && !glyph.has(Style::Code)
                && !glyph.has(Style::Link)
                && matches!(glyph.c, 'h' | 'w' | 'f')
                && (before == '\n' || linkify::may_follow(before))
                && let Some(bare) = text.get(glyph.at..).and_then(linkify::find)
            {
                until = glyph.at + bare.length;
                found.push(glyph.at..until);
            }
            before = glyph.c;
        }
        self.wholes.extend(found);
    }

    /// The whole that has `at` inside, not at its ends.
    pub(super) fn whole_around(&self, at: usize) -> Option<&Range<usize>> {
        self.wholes
            .iter()
            .filter(|whole| whole.start < at && at < whole.end)
            .min_by_key(|whole| whole.start)
    }

    /// A range made longer, so that it parts nothing that must stay whole.
    pub(super) fn whole(&self, mut range: Range<usize>) -> Range<usize> {
        // Wholes may overlap: a link's address and the link.
        for _ in 0..=self.wholes.len() {
            let start = self.whole_around(range.start).map(|whole| {
                let link = self.marks.iter().find(|marks| {
                    marks.style == Style::Link
                        && marks.inner.end <= whole.start
                        && whole.end <= marks.outer.end
                });
                link.map_or(whole.start, |link| link.outer.start)
            });
            let end = self.whole_around(range.end).map(|whole| whole.end);
            let longer = start.unwrap_or(range.start)..end.unwrap_or(range.end);
            if longer == range {
                break;
            }
            range = longer;
        }
        range
    }

    /// Whether all that is seen in `range` has the style; `None` where nothing is seen.
    pub(super) fn covers(&self, range: &Range<usize>, style: Style) -> Option<bool> {
        let mut seen = self
            .glyphs
            .iter()
            .filter(|glyph| range.contains(&glyph.at) && !glyph.c.is_whitespace())
            .peekable();
        seen.peek()?;
        Some(seen.all(|glyph| glyph.has(style)))
    }
}
