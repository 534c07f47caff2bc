//! Paragraphs: where they stand, what each of their bytes may become, what a new line of them starts with.

use std::ops::Range;

use crate::markdown::tree::{Kind, Node, Target};
use crate::markdown::{self, Unknown};
use crate::shortcode::{self, Piece, Shortcode};
use crate::text::Span;

/// What white space may become at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Zone {
    /// A space or a line end.
    Text,
    /// A space: the text of a link with its address behind it stays on one line.
    Tight,
    /// In inline code: a line end becomes a space, the rest stays.
    Code,
    /// What it is.
    Raw,
}

/// A paragraph, or the text of a tight list item.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    /// From its first character to its last.
    pub(super) range: Range<usize>,
    /// What stands in front of a new line: the marks of quotes, spaces below a list's.
    pub(super) indent: String,
    /// How many quotes it stands in.
    pub(super) quotes: usize,
    /// The column its first character stands in.
    pub(super) column: usize,
    /// Of a footnote's first paragraph, the white space behind the colon and the column that begins in.
    pub(super) lead: Option<(Range<usize>, usize)>,
    /// For each byte of `range`.
    zones: Vec<Zone>,
    /// Where one inline ends and another begins, from the start of `range`; one more than there are bytes.
    edges: Vec<bool>,
    /// Shortcodes' tags and what Prettier takes for such.
    pub(super) tags: Vec<Range<usize>>,
}

impl Paragraph {
    /// What white space at `at` may become.
    pub(super) fn zone(&self, at: usize) -> Zone {
        let index = at.checked_sub(self.range.start);
        let zone = index.and_then(|index| self.zones.get(index));
        zone.copied().unwrap_or(Zone::Raw)
    }

    /// Whether two inlines meet at `at`, or the paragraph ends there.
    pub(super) fn is_edge(&self, at: usize) -> bool {
        let index = at.checked_sub(self.range.start);
        let edge = index.and_then(|index| self.edges.get(index));
        edge.copied().unwrap_or(true)
    }

    /// Where the next line's text starts, for a line end at `at`.
    pub(super) fn behind_line_end(&self, text: &str, at: usize) -> usize {
        let rest = text.get(at..self.range.end).unwrap_or_default();
        let line_end = if rest.starts_with("\r\n") { 2 } else { 1 };
        let mut left = self.quotes;
        let rest = rest.get(line_end..).unwrap_or_default();
        let prefix = rest.bytes().take_while(|byte| match byte {
            b' ' | b'\t' => true,
            b'>' if left > 0 => {
                left -= 1;
                true
            }
            _ => false,
        });
        at + line_end + prefix.count()
    }

    fn mark(&mut self, range: Range<usize>, zone: Zone) {
        let (from, to) = (
            range.start.saturating_sub(self.range.start),
            range.end.saturating_sub(self.range.start),
        );
        let to = to.min(self.zones.len());
        if let Some(zones) = self.zones.get_mut(from..to) {
            zones.fill(zone);
        }
    }

    fn edge(&mut self, at: usize) {
        let index = at.checked_sub(self.range.start);
        if let Some(edge) = index.and_then(|index| self.edges.get_mut(index)) {
            *edge = true;
        }
    }

    /// Marks an inline that is no text, by what stands in it.
    fn read(&mut self, text: &str, node: &Node, children: &[Node]) {
        let whole = node.range.clone();
        let inner = children.first().map(|first| {
            let end = children.iter().map(|child| child.range.end).max();
            first.range.start..end.unwrap_or(whole.end)
        });
        match &node.kind {
            Kind::Text | Kind::Entity(_) | Kind::SoftBreak => return,
            Kind::InlineCode(_) => self.mark(whole.clone(), Zone::Code),
            Kind::HardBreak => {
                let range = self.hard_break(text, node.range.start);
                self.mark(range.clone(), Zone::Raw);
                self.edge(range.start);
                self.edge(range.end);
                return;
            }
            Kind::Emphasis | Kind::Strong | Kind::Strike => {}
            Kind::Link(target @ (Target::Inline { .. } | Target::Reference(_))) => {
                self.mark(whole.clone(), Zone::Raw);
                if let Some(inner) = inner.clone() {
                    let zone = if matches!(target, Target::Inline { .. }) {
                        Zone::Tight
                    } else {
                        Zone::Text
                    };
                    self.mark(inner, zone);
                }
            }
            _ => self.mark(whole.clone(), Zone::Raw),
        }
        for range in std::iter::once(whole).chain(inner) {
            self.edge(range.start);
            self.edge(range.end);
        }
    }

    /// A hard break from its spaces or backslash to the next line's text.
    fn hard_break(&self, text: &str, at: usize) -> Range<usize> {
        let rest = text.get(at..self.range.end).unwrap_or_default();
        let line_end = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = text.get(self.range.start..line_end).unwrap_or_default();
        let kept = line.strip_suffix('\\').unwrap_or(line);
        let kept = kept.trim_end_matches([' ', '\t']);
        self.range.start + kept.len()..self.behind_line_end(text, line_end)
    }

    /// Marks the tags of shortcodes.
    fn read_tags(&mut self, text: &str, hidden: &[Range<usize>]) {
        let source = text.get(self.range.clone()).unwrap_or_default();
        let mut tags = liquids(source, self.range.start);
        tags.retain(|tag| self.zone(tag.start) != Zone::Code);
        let first = hidden.partition_point(|tag| tag.end <= self.range.start);
        let inside = hidden.get(first..).unwrap_or_default().iter();
        tags.extend(inside.take_while(|tag| tag.start < self.range.end).cloned());
        for tag in &tags {
            self.mark(tag.clone(), Zone::Raw);
            self.edge(tag.start);
            self.edge(tag.end);
        }
        self.tags = tags;
    }
}

/// The paragraphs `span` touches, in order.
pub(super) fn find(text: &str, span: Span) -> Vec<Paragraph> {
    let (shown, hidden) = without_shortcodes(text);
    let tree = markdown::parse(&shown, &Unknown);
    let mut found = Vec::new();
    // The blocks around a node: the index behind each, and whether it is a quote.
    let mut around: Vec<(usize, bool)> = Vec::new();
    // The footnote around a node: the index behind it, its own, its start.
    let mut note: Option<(usize, usize, usize)> = None;
    let mut skip_to = 0;
    for (index, node) in tree.nodes.iter().enumerate() {
        if index < skip_to {
            continue;
        }
        around.retain(|(end, _)| index < *end);
        note = note.filter(|(end, ..)| index < *end);
        match &node.kind {
            Kind::Quote => around.push((node.end, true)),
            Kind::List { .. } | Kind::Item => around.push((node.end, false)),
            Kind::Note(_) => note = Some((node.end, index, node.range.start)),
            Kind::Paragraph | Kind::TextBlock => {
                skip_to = node.end;
                let quotes = around.iter().filter(|(_, quote)| *quote).count();
                let children = tree.nodes.get(index + 1..node.end).unwrap_or_default();
                let note_at = note.map(|(.., at)| at);
                let mut paragraph = read(text, children, quotes, note_at, &hidden);
                if let Some((_, around, at)) = note
                    && around + 1 == index
                    && let Some(paragraph) = &mut paragraph
                {
                    paragraph.lead = lead(text, at, paragraph.range.start);
                }
                found.extend(paragraph.filter(|paragraph| touches(&paragraph.range, span)));
            }
            // Code, HTML and rules have no text; the lines of headings, tables and definitions are not free.
            _ => skip_to = node.end,
        }
    }
    found
}

/// Whether a selection covers a part of `range`, or a caret stands at it.
fn touches(range: &Range<usize>, span: Span) -> bool {
    let asked = span.range();
    if span.is_empty() {
        range.start <= asked.start && asked.start <= range.end
    } else {
        range.start < asked.end && asked.start < range.end
    }
}

fn read(
    text: &str,
    children: &[Node],
    quotes: usize,
    note: Option<usize>,
    hidden: &[Range<usize>],
) -> Option<Paragraph> {
    let task = matches!(children.first()?.kind, Kind::Task(_));
    let children = children.get(usize::from(task)..)?;
    let start = children.first()?.range.start;
    let end = children.iter().map(|child| child.range.end).max()?;
    let inside = text.get(start..end)?;
    let start = start + inside.len() - inside.trim_start_matches([' ', '\t']).len();
    let end = start + text.get(start..end)?.trim_end_matches(SPACE).len();
    let length = end - start;

    let head = text.get(..start)?;
    let line_start = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let head = head.get(line_start..)?;
    let marks = head.len() - if task { TASK.min(head.len()) } else { 0 };
    let note = note.and_then(|at| at.checked_sub(line_start));
    let mut indent = indent(head.get(..marks)?, note);
    if task {
        indent.push_str("    ");
    }
    let mut edges = vec![false; length + 1];
    for edge in edges.iter_mut().take(1) {
        *edge = true;
    }
    if let Some(edge) = edges.last_mut() {
        *edge = true;
    }
    let mut paragraph = Paragraph {
        range: start..end,
        indent,
        quotes,
        column: super::width::columns(head),
        lead: None,
        zones: vec![Zone::Text; length],
        edges,
        tags: Vec::new(),
    };
    let mut skip_to = 0;
    for (index, node) in children.iter().enumerate() {
        if index < skip_to {
            continue;
        }
        // Children know their end in the tree; here the number of those below counts.
        let below = children
            .get(index + 1..)
            .unwrap_or_default()
            .iter()
            .take_while(|child| child.range.start < node.range.end)
            .count();
        let inside = children.get(index + 1..=index + below).unwrap_or_default();
        paragraph.read(text, node, inside);
        if matches!(node.kind, Kind::Image(_) | Kind::Link(Target::Auto { .. })) {
            skip_to = index + 1 + below;
        }
    }
    paragraph.read_tags(text, hidden);
    Some(paragraph)
}

/// The white space between the colon of a footnote that begins at `note` and its first paragraph, and its column.
fn lead(text: &str, note: usize, start: usize) -> Option<(Range<usize>, usize)> {
    let mark = text.get(note..start)?.trim_end_matches(SPACE);
    let head = text.get(..note)?;
    let line_start = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = note + mark.len();
    let column = super::width::columns(text.get(line_start..end)?);
    (mark.starts_with("[^") && mark.ends_with("]:")).then_some((end..start, column))
}

const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// How many bytes `[ ] ` has.
const TASK: usize = 4;

/// What stands in front of a paragraph's next lines: `head` with the marks of lists as spaces. A footnote that begins at
/// `note` has its lines indented by four.
fn indent(head: &str, note: Option<usize>) -> String {
    let blank = |part: &str| -> String {
        part.chars()
            .map(|c| if matches!(c, '>' | '\t') { c } else { ' ' })
            .collect()
    };
    let split = note.and_then(|at| {
        let (before, definition) = head.split_at_checked(at)?;
        let (_, behind) = definition.split_once("]:")?;
        Some((before, behind.trim_start_matches([' ', '\t'])))
    });
    match split {
        Some((before, behind)) => format!("{}    {}", blank(before), blank(behind)),
        None => blank(head),
    }
}

/// The text with the tags of shortcodes as letters of the same length, and where these stand. The inner text of those
/// that render it as Markdown stays, that of others is hidden with them.
fn without_shortcodes(text: &str) -> (String, Vec<Range<usize>>) {
    let mut hidden = Vec::new();
    for piece in shortcode::read(text, Span::from_range(0..text.len())).pieces {
        hide(&piece, &mut hidden);
    }
    let mut shown = text.as_bytes().to_vec();
    for range in &hidden {
        for byte in shown.get_mut(range.clone()).unwrap_or_default() {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b'x';
            }
        }
    }
    let shown = String::from_utf8(shown).unwrap_or_else(|_| text.to_owned());
    (shown, hidden)
}

fn hide(piece: &Piece, hidden: &mut Vec<Range<usize>>) {
    match piece {
        Piece::Text(_) => {}
        Piece::Escaped { span, .. } => hidden.push(span.range()),
        Piece::Call(call) => match &call.inner {
            Some(inner) if holds_markdown(call) => {
                let whole = call.span.range();
                let spans: Vec<Range<usize>> =
                    inner.iter().map(|piece| of(piece).range()).collect();
                let (first, last) = (spans.first(), spans.last());
                let opening = first.map_or(whole.end, |first| first.start);
                hidden.push(whole.start..opening);
                for piece in inner {
                    hide(piece, hidden);
                }
                if let Some(last) = last {
                    hidden.push(last.end..whole.end);
                }
            }
            _ => hidden.push(call.span.range()),
        },
    }
}

fn of(piece: &Piece) -> Span {
    match piece {
        Piece::Text(span) | Piece::Escaped { span, .. } => *span,
        Piece::Call(call) => call.span,
    }
}

/// Whether the inner text is rendered as Markdown.
fn holds_markdown(call: &Shortcode) -> bool {
    matches!(
        call.name.to_ascii_lowercase().as_str(),
        "note" | "warning" | "details"
    )
}

/// `{{ … }}` and `{% … %}`, which Prettier never breaks.
fn liquids(text: &str, base: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find('{')) {
        let start = at + open;
        let rest = text.get(start..).unwrap_or_default();
        let close = if rest.starts_with("{{") {
            "}}"
        } else if rest.starts_with("{%") {
            "%}"
        } else {
            at = start + 1;
            continue;
        };
        let end = rest.get(2..).and_then(|inner| inner.find(close));
        at = start + end.map_or(1, |end| end + 4);
        if end.is_some() {
            found.push(base + start..base + at);
        }
    }
    found
}
