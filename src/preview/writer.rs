//! From the tree to Hugo's HTML: goldmark's renderer with the site's hooks. Blocks are here, what they hold in `inline`.

use std::fmt::Write as _;
use std::ops::Range;

use crate::markdown::attributes::{Attributes, Value};
use crate::markdown::tree::{Align, Kind, Node};
use crate::markdown::typographer::{Open, Quotes};
use crate::text::sort;
use crate::text::{BytePos, Problem, Span};

use super::code::{self, Info};
use super::context::Context;
use super::escape::escape_into;
use super::goat;
use super::heading_id::{self, PlainText, Wanted};
use super::template::{Hole, Template};

/// Where a reference link leads: destination and title, both raw.
pub(super) trait References {
    fn reference(&self, label: &str) -> Option<(&str, &str)>;
}

/// How many quotes are open where the parts of a unit start.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Inputs {
    pub(super) head: Open,
    /// Behind the first note, where the document's notes come in between.
    pub(super) tail: Option<Open>,
    /// At the start of each note.
    pub(super) notes: Vec<Open>,
}

/// A top-level block.
#[derive(Debug, Clone, Default)]
pub(super) struct Part {
    pub(super) template: Template,
    /// In the unit's text.
    pub(super) range: Range<usize>,
}

/// A footnote's text.
#[derive(Debug, Clone)]
pub(super) struct NoteText {
    pub(super) label: String,
    pub(super) template: Template,
    /// Where the links back go, in the HTML.
    pub(super) back_links: usize,
    pub(super) quotes: Quotes,
}

/// A reference to a footnote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteUse {
    pub(super) label: String,
    /// It stands in a footnote itself.
    pub(super) in_note: bool,
    /// It stands behind the unit's first footnote.
    pub(super) behind_note: bool,
}

/// What a unit became.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) parts: Vec<Part>,
    pub(super) headings: Vec<Wanted>,
    pub(super) uses: Vec<NoteUse>,
    pub(super) notes: Vec<NoteText>,
    /// The quotes up to the first note, or to the end.
    pub(super) head: Quotes,
    /// The quotes behind the first note.
    pub(super) tail: Option<Quotes>,
    /// In the unit's text.
    pub(super) problems: Vec<Problem>,
    pub(super) mermaid: bool,
    pub(super) uses_address: bool,
}

/// Writes some top-level blocks.
pub(super) fn write(
    text: &str,
    nodes: &[Node],
    references: &dyn References,
    inputs: &Inputs,
    context: &Context<'_>,
) -> Written {
    context.take_used_address();
    let mut writer = Writer {
        text,
        nodes,
        references,
        inputs,
        context,
        out: Template::default(),
        quotes: Quotes::starting(inputs.head),
        frames: Vec::new(),
        outer: Vec::new(),
        id_text: None,
        alts: Vec::new(),
        written: Written {
            parts: Vec::new(),
            headings: Vec::new(),
            uses: Vec::new(),
            notes: Vec::new(),
            head: Quotes::starting(inputs.head),
            tail: None,
            problems: Vec::new(),
            mermaid: false,
            uses_address: false,
        },
    };
    writer.run();
    writer.written.uses_address = context.take_used_address();
    writer.written
}

/// What has to be written at the end of a subtree.
enum Close {
    Text(&'static str),
    /// A tag and a line break.
    Tag(&'static str),
    Row {
        head: bool,
        last: bool,
    },
    Note {
        label: String,
        node: usize,
    },
}

struct Frame {
    /// The index behind the subtree.
    end: usize,
    close: Close,
}

/// What waits while a footnote is written.
struct Outer {
    out: Template,
    quotes: Quotes,
}

pub(super) struct Writer<'a> {
    pub(super) text: &'a str,
    pub(super) nodes: &'a [Node],
    pub(super) references: &'a dyn References,
    inputs: &'a Inputs,
    pub(super) context: &'a Context<'a>,
    pub(super) out: Template,
    pub(super) quotes: Quotes,
    frames: Vec<Frame>,
    outer: Vec<Outer>,
    /// Gathers a heading's text for its id.
    pub(super) id_text: Option<PlainText>,
    /// Gathers alternative texts; in them nothing is written.
    pub(super) alts: Vec<PlainText>,
    pub(super) written: Written,
}

impl Written {
    /// Whether it would come out the same for these inputs.
    pub(super) fn accepts(&self, inputs: &Inputs) -> bool {
        let tail = inputs.tail.unwrap_or_else(|| self.head.end(inputs.head));
        self.head.accepts(inputs.head)
            && self.tail.is_none_or(|quotes| quotes.accepts(tail))
            && self.notes.iter().enumerate().all(|(number, note)| {
                let open = inputs.notes.get(number).copied().unwrap_or_default();
                note.quotes.accepts(open)
            })
    }
}

impl<'a> Writer<'a> {
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        let text: &'a str = self.text;
        text.get(range).unwrap_or_default()
    }

    pub(super) fn node(&self, index: usize) -> Option<&'a Node> {
        let nodes: &'a [Node] = self.nodes;
        nodes.get(index)
    }

    pub(super) fn refuse(&mut self, at: usize, message: impl Into<String>) {
        self.written
            .problems
            .push(Problem::new(Span::at(BytePos::new(at)), message));
    }

    fn run(&mut self) {
        let mut at = 0;
        let mut range = 0..0;
        let mut goes_on = false;
        while let Some(node) = self.node(at) {
            let end = node.end;
            range = if goes_on {
                range.start..node.range.end
            } else {
                node.range.clone()
            };
            self.blocks(at, end);
            // A list of definitions is several nodes and one block.
            goes_on = match node.kind {
                Kind::Terms { .. } => true,
                Kind::Definitions { last } => !last,
                _ => false,
            };
            if !goes_on {
                self.end_part(range.clone());
            }
            at = end;
        }
        if goes_on {
            self.end_part(range);
        }
        if self.written.notes.is_empty() {
            self.written.head = self.quotes;
        } else {
            self.written.tail = Some(self.quotes);
        }
    }

    fn end_part(&mut self, range: Range<usize>) {
        let template = std::mem::take(&mut self.out);
        if !template.html.is_empty() || !template.holes.is_empty() {
            // Blank lines behind a block belong to it or not, depending on what follows.
            let end = range.end.min(self.text.len());
            let text = self.slice(range.start..end).trim_end();
            let range = range.start..range.start + text.len();
            self.written.parts.push(Part { template, range });
        }
    }

    /// The blocks from one index to another.
    fn blocks(&mut self, from: usize, to: usize) {
        let base = self.frames.len();
        let mut at = from;
        while at < to {
            self.close_until(at, base);
            let Some(node) = self.node(at) else { break };
            at = self.block(node, at);
        }
        self.close_until(to, base);
    }

    fn close_until(&mut self, at: usize, base: usize) {
        while self.frames.len() > base && self.frames.last().is_some_and(|frame| frame.end <= at) {
            if let Some(frame) = self.frames.pop() {
                self.close(frame.close);
            }
        }
    }

    fn frame(&mut self, node: &Node, close: Close) {
        self.frames.push(Frame {
            end: node.end,
            close,
        });
    }

    fn close(&mut self, close: Close) {
        match close {
            Close::Text(text) => self.out.html.push_str(text),
            Close::Tag(tag) => {
                self.out.html.push_str("</");
                self.out.html.push_str(tag);
                self.out.html.push_str(">\n");
            }
            Close::Row { head, last } => {
                self.out.html.push_str("\t\t\t</tr>\n");
                if head {
                    self.out.html.push_str("\t</thead>\n\t<tbody>\n");
                }
                if last {
                    self.out.html.push_str("\t</tbody>\n");
                }
            }
            Close::Note { label, node } => self.end_note(label, node),
        }
    }

    /// Writes a block, or its beginning; answers the index to go on with.
    fn block(&mut self, node: &'a Node, at: usize) -> usize {
        match &node.kind {
            Kind::Paragraph => return self.paragraph(node, at),
            Kind::TextBlock => {
                if self.only_image(at).is_some() {
                    self.figure(at, None);
                } else {
                    self.inlines(at);
                }
                if self.frames.last().is_some_and(|frame| frame.end > node.end) {
                    self.out.html.push('\n');
                }
                return node.end;
            }
            Kind::Heading { level, setext } => return self.heading(node, at, *level, *setext),
            Kind::Quote => {
                self.out.html.push_str("<blockquote");
                self.attributes(node, &["cite"]);
                self.out.html.push_str(">\n");
                self.frame(node, Close::Tag("blockquote"));
            }
            Kind::Code { info, text } => {
                self.code(info.as_ref(), text);
                return node.end;
            }
            Kind::Html(html) => {
                self.out.html.push_str(html);
                return node.end;
            }
            Kind::List { start } => {
                let tag = if start.is_some() { "ol" } else { "ul" };
                // Writing to a String cannot fail.
                let _ = write!(self.out.html, "<{tag}");
                if let Some(number) = start.filter(|&number| number != 1) {
                    let _ = write!(self.out.html, " start=\"{number}\"");
                }
                self.attributes(node, &["start", "reversed", "type"]);
                self.out.html.push_str(">\n");
                self.frame(node, Close::Tag(tag));
            }
            Kind::Item => {
                self.out.html.push_str("<li>");
                self.line_break_before_block(node, at);
                self.frame(node, Close::Tag("li"));
            }
            Kind::Table(aligns) => {
                self.out.html.push_str("<table");
                self.table_attributes(node);
                self.out.html.push_str(">\n");
                self.table(node, at, aligns);
                self.out.html.push_str("</table>\n");
                return node.end;
            }
            Kind::Note(label) => self.begin_note(node, at, label),
            Kind::Terms { first } => {
                self.terms(node, at, *first);
                return node.end;
            }
            Kind::Definitions { last } => {
                let close = if *last { "</dl>\n" } else { "" };
                self.frame(node, Close::Text(close));
            }
            Kind::Definition => {
                self.out.html.push_str("<dd>");
                self.line_break_before_block(node, at);
                self.frame(node, Close::Tag("dd"));
            }
            Kind::Rule => {
                self.out.html.push_str("<hr");
                self.attributes(node, &["align", "color", "noshade", "size", "width"]);
                self.out.html.push_str(">\n");
            }
            Kind::AttributeLine => return node.end,
            _ => {}
        }
        at + 1
    }

    fn line_break_before_block(&mut self, node: &Node, at: usize) {
        if at + 1 < node.end
            && self
                .node(at + 1)
                .is_some_and(|first| first.kind != Kind::TextBlock)
        {
            self.out.html.push('\n');
        }
    }

    fn paragraph(&mut self, node: &'a Node, at: usize) -> usize {
        if self.only_image(at).is_some() {
            self.figure(at, node.attributes.as_deref());
            return node.end;
        }
        self.out.html.push_str("<p");
        self.attributes(node, &[]);
        self.out.html.push('>');
        self.inlines(at);
        self.out.html.push_str("</p>\n");
        node.end
    }

    fn heading(&mut self, node: &'a Node, at: usize, level: u8, setext: bool) -> usize {
        // Writing to a String cannot fail.
        let _ = write!(self.out.html, "<h{level}");
        let mut own_id = None;
        if let Some(attributes) = node.attributes.as_deref() {
            for (key, value) in &attributes.0 {
                if is_handler(key) {
                    continue;
                }
                let value = match value {
                    Value::Bare(text) if text == "null" => "",
                    Value::Text(text) | Value::Bare(text) => text,
                };
                if key == "id" {
                    own_id = Some(value.to_owned());
                }
                write_attribute(key, value, &mut self.out.html);
            }
        }
        let number = self.written.headings.len();
        self.written.headings.push(Wanted::Nothing);
        if own_id.is_none() {
            self.out.hole(Hole::HeadingId(number));
        }
        self.out.html.push('>');
        self.id_text = Some(PlainText::default());
        if self.only_image(at).is_some() {
            self.figure(at, None);
        } else {
            self.inlines(at);
        }
        let text = self.id_text.take().unwrap_or_default();
        let wanted = match own_id {
            Some(id) => Wanted::Own(id),
            None => heading_id::wanted(&text, setext),
        };
        if let Some(slot) = self.written.headings.get_mut(number) {
            *slot = wanted;
        }
        let _ = writeln!(self.out.html, "</h{level}>");
        node.end
    }

    fn code(&mut self, info: Option<&Range<usize>>, text: &str) {
        let Some(info) = info else {
            code::indented(text, &mut self.out.html);
            return;
        };
        let written = self.slice(info.clone());
        let braces = info.start + written.find('{').unwrap_or_default();
        let info = Info::read(written);
        if info.refused {
            self.refuse(
                braces,
                "The list in braces behind this code fence cannot be read: write key=\"value\", .class or #id.",
            );
        }
        if info.is_mermaid() {
            self.written.mermaid = true;
            code::mermaid(text, &mut self.out.html);
        } else if info.is_goat() {
            goat::diagram(text, info.class(), &mut self.out.html);
        } else {
            code::fenced(&info, text, &mut self.out.html);
        }
    }

    /// Whether a `|` stands behind the cell, and not as the last sign of its row.
    fn has_bar_inside(&self, row: &Node, cell: &Node) -> bool {
        let rest = self.slice(cell.range.start..row.range.end).trim_end();
        rest.starts_with('|') && rest.len() > 1
    }

    fn table(&mut self, table: &Node, at: usize, aligns: &[Align]) {
        let mut row_at = at + 1;
        while let Some(row) = self.node(row_at).filter(|_| row_at < table.end) {
            let head = row.kind == Kind::TableHead;
            if head {
                self.out.html.push_str("\t<thead>\n");
            }
            self.out.html.push_str("\t\t\t<tr>\n");
            let mut cell_at = row_at + 1;
            let mut column = 0;
            while let Some(cell) = self.node(cell_at).filter(|_| cell_at < row.end) {
                let tag = if head { "th" } else { "td" };
                let style = match aligns.get(column) {
                    // A cell that is not in the source has no alignment in goldmark.
                    _ if cell.range.is_empty() && !self.has_bar_inside(row, cell) => "",
                    Some(Align::Left) => " style=\"text-align: left\"",
                    Some(Align::Center) => " style=\"text-align: center\"",
                    Some(Align::Right) => " style=\"text-align: right\"",
                    _ => "",
                };
                // Writing to a String cannot fail.
                let _ = write!(self.out.html, "\t\t\t\t\t<{tag}{style}>");
                if self.only_image(cell_at).is_some() {
                    self.figure(cell_at, None);
                } else {
                    self.inlines(cell_at);
                }
                let _ = writeln!(self.out.html, "</{tag}>");
                column += 1;
                cell_at = cell.end;
            }
            self.close(Close::Row {
                head,
                last: row.end >= table.end,
            });
            row_at = row.end;
        }
    }

    fn terms(&mut self, node: &'a Node, at: usize, first: bool) {
        if first {
            self.out.html.push_str("<dl");
            // The list's attributes stand behind its last definition.
            let mut list_end = node.end;
            while let Some(next) = self.node(list_end) {
                match &next.kind {
                    Kind::Definitions { last: true } => {
                        self.attributes(next, &[]);
                        break;
                    }
                    Kind::Definitions { .. } | Kind::Terms { .. } => list_end = next.end,
                    _ => break,
                }
            }
            self.out.html.push_str(">\n");
        }
        self.out.html.push_str("<dt>");
        self.inlines(at);
        self.out.html.push_str("</dt>\n");
    }

    // ---- footnotes -------------------------------------------------------------------------------------------------

    fn begin_note(&mut self, node: &Node, at: usize, label: &str) {
        if self.written.notes.is_empty() && self.outer.is_empty() {
            self.written.head = self.quotes;
            let open = self.inputs.tail.unwrap_or_else(|| self.quotes.now());
            self.quotes = Quotes::starting(open);
        }
        let number = self.written.notes.len() + self.outer.len();
        let open = self.inputs.notes.get(number).copied().unwrap_or_default();
        self.outer.push(Outer {
            out: std::mem::take(&mut self.out),
            quotes: std::mem::replace(&mut self.quotes, Quotes::starting(open)),
        });
        self.frame(
            node,
            Close::Note {
                label: label.to_owned(),
                node: at,
            },
        );
    }

    fn end_note(&mut self, label: String, at: usize) {
        let Some(outer) = self.outer.pop() else {
            return;
        };
        let template = std::mem::replace(&mut self.out, outer.out);
        let quotes = std::mem::replace(&mut self.quotes, outer.quotes);
        let mut last = None;
        let mut child = at + 1;
        let end = self.node(at).map_or(child, |node| node.end);
        while let Some(node) = self.node(child).filter(|_| child < end) {
            last = Some(&node.kind);
            child = node.end;
        }
        let back_links = if last == Some(&Kind::Paragraph) {
            template.html.strip_suffix("</p>\n").map(str::len)
        } else {
            None
        };
        self.written.notes.push(NoteText {
            label,
            back_links: back_links.unwrap_or(template.html.len()),
            template,
            quotes,
        });
    }

    /// Leaves a hole for a reference.
    pub(super) fn note_reference(&mut self, label: &str) {
        // In an alternative text it is not shown, but counts.
        if self.alts.is_empty() {
            self.out.hole(Hole::NoteRef(self.written.uses.len()));
        }
        self.written.uses.push(NoteUse {
            label: label.to_owned(),
            in_note: !self.outer.is_empty(),
            behind_note: !self.written.notes.is_empty(),
        });
    }

    // ---- attributes ------------------------------------------------------------------------------------------------

    /// A block's attributes, as far as goldmark lets them through. It prints the bytes of text values only.
    fn attributes(&mut self, node: &Node, allowed: &[&str]) {
        let Some(attributes) = node.attributes.as_deref() else {
            return;
        };
        for (key, value) in &attributes.0 {
            let passes = key.starts_with("data-")
                || GLOBAL_ATTRIBUTES.contains(&key.as_str())
                || allowed.contains(&key.as_str());
            if passes {
                let value = match value {
                    Value::Text(text) => text,
                    Value::Bare(_) => "",
                };
                write_attribute(key, value, &mut self.out.html);
            }
        }
    }

    /// Hugo writes tables itself, with everything but handlers.
    fn table_attributes(&mut self, node: &Node) {
        let Some(attributes) = node.attributes.as_deref() else {
            return;
        };
        let mut sorted: Vec<&(String, Value)> = attributes.0.iter().collect();
        sort::sort_by(&mut sorted, |a, b| a.0.cmp(&b.0));
        for (key, value) in sorted {
            if !is_handler(key) {
                let (Value::Text(value) | Value::Bare(value)) = value;
                write_attribute(key, value, &mut self.out.html);
            }
        }
    }
}

fn is_handler(key: &str) -> bool {
    key.get(..2)
        .is_some_and(|start| start.eq_ignore_ascii_case("on"))
}

fn write_attribute(key: &str, value: &str, out: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(out, " {key}=\"");
    escape_into(value, out);
    out.push('"');
}

/// The attributes goldmark lets through on every element.
const GLOBAL_ATTRIBUTES: [&str; 27] = [
    "accesskey",
    "autocapitalize",
    "autofocus",
    "class",
    "contenteditable",
    "dir",
    "draggable",
    "enterkeyhint",
    "hidden",
    "id",
    "inert",
    "inputmode",
    "is",
    "itemid",
    "itemprop",
    "itemref",
    "itemscope",
    "itemtype",
    "lang",
    "part",
    "role",
    "slot",
    "spellcheck",
    "style",
    "tabindex",
    "title",
    "translate",
];

/// Attributes for which nothing is left out, as an image takes them.
pub(super) type ImageAttributes<'a> = Option<&'a Attributes>;
