//! The tree: blocks and inline nodes with their ranges in the text that was parsed.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag};

use super::attributes::{self, Attributes};
use super::raw_link;

/// Deeper nesting than this is flattened: no reader could follow it, and no stack has to.
const DEEPEST: usize = 120;

/// A column's alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    None,
    Left,
    Center,
    Right,
}

/// Where a link or an image leads, as it stands in the source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Link {
    pub(crate) destination: String,
    pub(crate) title: String,
    /// `<https://…>`: the label is the address.
    pub(crate) auto: bool,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Paragraph,
    /// The text of a tight list item.
    TextBlock,
    Heading(u8),
    Quote,
    Code {
        /// What stands behind the fence; `None` for indented code.
        info: Option<String>,
        text: String,
    },
    Html(String),
    List(Option<u64>),
    Item,
    Table(Vec<Align>),
    TableHead,
    TableRow,
    TableCell,
    Note(String),
    Definitions,
    Term,
    Details,
    Rule,

    Text(String),
    InlineCode(String),
    Emphasis,
    Strong,
    Strike,
    Link(Link),
    Image(Link),
    InlineHtml(String),
    SoftBreak,
    HardBreak,
    NoteRef(String),
    Task(bool),
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    pub(crate) children: Vec<Node>,
    pub(crate) attributes: Attributes,
}

impl Node {
    fn new(kind: Kind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            children: Vec::new(),
            attributes: Attributes::default(),
        }
    }

    const fn is_block(&self) -> bool {
        matches!(
            self.kind,
            Kind::Paragraph
                | Kind::Heading(_)
                | Kind::Quote
                | Kind::Code { .. }
                | Kind::Html(_)
                | Kind::List(_)
                | Kind::Item
                | Kind::Table(_)
                | Kind::Note(_)
                | Kind::Definitions
                | Kind::Rule
        )
    }
}

/// Reads `text`.
pub(crate) fn parse(text: &str) -> Node {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST;
    let parser = Parser::new_ext(text, options);
    let references: HashMap<String, Range<usize>> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| (label.to_lowercase(), definition.span.clone()))
        .collect();
    let mut builder = Builder {
        text,
        references,
        stack: vec![Node::new(Kind::Document, 0..text.len())],
        skipped: 0,
    };
    for (event, range) in parser.into_offset_iter() {
        builder.take(event, range);
    }
    while builder.stack.len() > 1 {
        builder.close();
    }
    let mut document = builder
        .stack
        .pop()
        .unwrap_or_else(|| Node::new(Kind::Document, 0..0));
    finish(&mut document, text);
    document
}

struct Builder<'a> {
    text: &'a str,
    references: HashMap<String, Range<usize>>,
    stack: Vec<Node>,
    /// Containers too deep to have a node of their own.
    skipped: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(_) => {
                if self.skipped > 0 {
                    self.skipped -= 1;
                } else {
                    self.close();
                }
            }
            Event::Text(text) => {
                if let Some(node) = self.stack.last_mut()
                    && let Kind::Code { text: code, .. } = &mut node.kind
                {
                    code.push_str(&text);
                } else {
                    self.leaf(Kind::Text(text.into_string()), range);
                }
            }
            Event::Code(text) => self.leaf(Kind::InlineCode(text.into_string()), range),
            Event::Html(html) => {
                if let Some(node) = self.stack.last_mut()
                    && let Kind::Html(text) = &mut node.kind
                {
                    text.push_str(&html);
                } else {
                    self.leaf(Kind::Html(html.into_string()), range);
                }
            }
            Event::InlineHtml(html) => self.leaf(Kind::InlineHtml(html.into_string()), range),
            Event::FootnoteReference(label) => self.leaf(Kind::NoteRef(label.into_string()), range),
            Event::SoftBreak => self.leaf(Kind::SoftBreak, range),
            Event::HardBreak => self.leaf(Kind::HardBreak, range),
            Event::Rule => self.leaf(Kind::Rule, range),
            Event::TaskListMarker(done) => self.leaf(Kind::Task(done), range),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>) {
        if let Some(parent) = self.stack.last_mut() {
            parent.children.push(Node::new(kind, range));
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if self.stack.len() > DEEPEST {
            self.skipped += 1;
            return;
        }
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => Kind::Code {
                info: match kind {
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                    CodeBlockKind::Indented => None,
                },
                text: String::new(),
            },
            Tag::HtmlBlock => Kind::Html(String::new()),
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Item,
            Tag::FootnoteDefinition(label) => Kind::Note(label.into_string()),
            Tag::DefinitionList => Kind::Definitions,
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => Kind::Details,
            Tag::Table(aligns) => Kind::Table(aligns.into_iter().map(align).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            } => Kind::Link(self.link(link_type, &dest_url, &title, &id)),
            Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            } => Kind::Image(self.link(link_type, &dest_url, &title, &id)),
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => Kind::Emphasis,
        };
        self.stack.push(Node::new(kind, range));
    }

    /// Where a link leads. An inline link's raw destination is read when its label has ended.
    fn link(&self, kind: LinkType, destination: &str, title: &str, id: &str) -> Link {
        match kind {
            LinkType::Autolink => Link {
                destination: destination.to_owned(),
                title: String::new(),
                auto: true,
            },
            LinkType::Email => Link {
                destination: format!("mailto:{destination}"),
                title: String::new(),
                auto: true,
            },
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut => {
                let definition = self
                    .references
                    .get(&id.to_lowercase())
                    .and_then(|range| self.text.get(range.clone()));
                let raw = definition.and_then(|text| {
                    let label = label_end(text)?;
                    Some(raw_link::read(text.get(label + 2..)?))
                });
                let (destination, title) =
                    raw.unwrap_or_else(|| (destination.to_owned(), title.to_owned()));
                Link {
                    destination,
                    title,
                    auto: false,
                }
            }
            _ => Link {
                destination: destination.to_owned(),
                title: title.to_owned(),
                auto: false,
            },
        }
    }

    fn close(&mut self) {
        let Some(mut node) = self.stack.pop() else {
            return;
        };
        let inside = node.children.last().map(|last| last.range.end);
        let lead = if matches!(node.kind, Kind::Image(_)) {
            2
        } else {
            1
        };
        if let Kind::Link(link) | Kind::Image(link) = &mut node.kind {
            let from = inside.unwrap_or(node.range.start + lead);
            let rest = self.text.get(from..node.range.end).unwrap_or_default();
            // A reference link goes on with `]` or `][`; only an inline one with `](`.
            if !link.auto
                && let Some(at) = rest.find("](")
                && rest
                    .get(..at)
                    .is_some_and(|gap| gap.bytes().all(|byte| byte == b'`' || byte == b'\\'))
            {
                (link.destination, link.title) =
                    raw_link::read(rest.get(at + 2..).unwrap_or_default());
            }
        }
        if let Some(parent) = self.stack.last_mut() {
            parent.children.push(node);
        } else {
            self.stack.push(node);
        }
    }
}

/// The bracket that ends a definition's label.
fn label_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == ']' && text.get(i + 1..)?.starts_with(':') {
            return Some(i);
        }
    }
    None
}

const fn align(align: Alignment) -> Align {
    match align {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

/// What goldmark does after parsing: text of tight items gets a block of its own, attribute lists find their blocks.
fn finish(node: &mut Node, text: &str) {
    if matches!(node.kind, Kind::Item | Kind::Details | Kind::Note(_)) {
        wrap_inline(node);
    }
    for child in &mut node.children {
        finish(child, text);
    }
    if matches!(
        node.kind,
        Kind::Document | Kind::Quote | Kind::Item | Kind::Details | Kind::Note(_)
    ) {
        attach_attributes(node, text);
    }
    if let Kind::Heading(_) = node.kind {
        heading_attributes(node, text);
    }
}

/// Runs of inline nodes directly in an item become a text block.
fn wrap_inline(node: &mut Node) {
    let mut wrapped: Vec<Node> = Vec::with_capacity(node.children.len());
    for child in node.children.drain(..) {
        if child.is_block() {
            wrapped.push(child);
        } else if let Some(last) = wrapped.last_mut()
            && last.kind == Kind::TextBlock
        {
            last.range.end = child.range.end;
            last.children.push(child);
        } else {
            let mut block = Node::new(Kind::TextBlock, child.range.clone());
            block.children.push(child);
            wrapped.push(block);
        }
    }
    node.children = wrapped;
}

/// `{…}` as the last line of a paragraph, or alone right behind a block.
fn attach_attributes(parent: &mut Node, text: &str) {
    let mut at = 0;
    while at < parent.children.len() {
        let Some(node) = parent.children.get_mut(at) else {
            break;
        };
        if !matches!(node.kind, Kind::Paragraph) {
            if let Some(found) = lazy_attributes(node, text) {
                node.attributes.merge(found);
            }
            at += 1;
            continue;
        }
        match last_line_attributes(node, text) {
            None => at += 1,
            Some(found) => {
                if node.children.is_empty() {
                    // Alone: it belongs to the block right before it, or to nobody.
                    let start = node.range.start;
                    let before = at.checked_sub(1).and_then(|i| parent.children.get_mut(i));
                    if let Some(before) = before
                        && touches(text, before.range.end, start)
                        && !matches!(before.kind, Kind::Html(_))
                    {
                        before.attributes.merge(found);
                    }
                    parent.children.remove(at);
                } else {
                    node.attributes.merge(found);
                    at += 1;
                }
            }
        }
    }
}

/// Whether nothing but one line end lies between two places.
fn touches(text: &str, end: usize, start: usize) -> bool {
    let head = text.get(..end).unwrap_or_default();
    let content = head.trim_end_matches([' ', '\t', '\n', '\r', '>']).len();
    let between = text.get(content..start).unwrap_or_default();
    between.bytes().filter(|&byte| byte == b'\n').count() <= 1
}

/// Takes an attribute list off the end of a paragraph: its last line, whole.
fn last_line_attributes(node: &mut Node, text: &str) -> Option<Attributes> {
    let break_at = node
        .children
        .iter()
        .rposition(|child| matches!(child.kind, Kind::SoftBreak | Kind::HardBreak));
    let first = break_at.map_or(0, |at| at + 1);
    let start = node.children.get(first)?.range.start;
    let end = node.children.last()?.range.end;
    let line = text.get(start..end)?.trim_end();
    if !line.starts_with('{') || text.get(..start).is_some_and(|head| head.ends_with('\\')) {
        return None;
    }
    let (attributes, length) = attributes::read(line)?;
    if length != line.len() {
        return None;
    }
    node.children.truncate(break_at.unwrap_or(0));
    Some(attributes)
}

/// An attribute list that pulldown-cmark took for the lazy last line of a list or quote, or for a table's row.
fn lazy_attributes(node: &mut Node, text: &str) -> Option<Attributes> {
    match &node.kind {
        Kind::Table(_) => {
            let row = node.children.last()?;
            let line = text.get(row.range.clone())?.trim();
            let (attributes, length) = attributes::read(line)?;
            (length == line.len()).then(|| {
                node.children.pop();
                attributes
            })
        }
        Kind::List(_) | Kind::Quote => {
            let mut inner = &mut *node;
            loop {
                match inner.kind {
                    Kind::List(_) | Kind::Quote | Kind::Item => {
                        inner = inner.children.last_mut()?;
                    }
                    Kind::Paragraph | Kind::TextBlock => break,
                    _ => return None,
                }
            }
            let last = inner.children.last()?;
            let line_start = text.get(..last.range.end)?.rfind('\n')? + 1;
            if !text.get(line_start..)?.starts_with('{') {
                return None;
            }
            last_line_attributes(inner, text)
        }
        _ => None,
    }
}

/// `{…}` at the end of a heading, behind its closing `#`s too.
fn heading_attributes(node: &mut Node, text: &str) -> Option<()> {
    let start = node.children.first()?.range.start;
    let end = node.children.last()?.range.end;
    let content = text.get(start..end)?;
    if !content.trim_end().ends_with('}') {
        return None;
    }
    let trimmed = content.trim_end();
    let opening = trimmed.match_indices('{').map(|(i, _)| i).find(|&i| {
        !trimmed.get(..i).is_some_and(|head| head.ends_with('\\'))
            && trimmed
                .get(i..)
                .and_then(attributes::read)
                .is_some_and(|(_, length)| i + length == trimmed.len())
    })?;
    let (attributes, _) = attributes::read(trimmed.get(opening..)?)?;
    // Only plain text may be cut; a list inside code or a link's label is none.
    let mut cut = start + opening;
    let owner = node
        .children
        .iter()
        .position(|child| child.range.end > cut)?;
    let tail = node.children.get(owner..)?;
    if !tail.iter().all(|child| matches!(child.kind, Kind::Text(_))) {
        return None;
    }
    let head = text.get(start..cut)?.trim_end();
    let unclosed = head.trim_end_matches('#');
    let closed =
        unclosed.len() < head.len() && (unclosed.is_empty() || unclosed.ends_with([' ', '\t']));
    cut = start
        + if closed {
            unclosed.trim_end().len()
        } else {
            head.len()
        };
    node.attributes = attributes;
    while node
        .children
        .last()
        .is_some_and(|child| child.range.start >= cut)
    {
        node.children.pop();
    }
    if let Some(last) = node.children.last_mut()
        && last.range.end > cut
        && let Kind::Text(value) = &mut last.kind
        && let Some(kept) = text.get(last.range.start..cut)
    {
        *value = kept.to_owned();
        last.range.end = cut;
    }
    Some(())
}
