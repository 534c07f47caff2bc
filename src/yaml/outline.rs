//! Where everything stands: the front matter as a tree of spans and styles.

mod scan;

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, options};

use crate::text::{BytePos, LineColumn, Problem, Span};

use super::value::{Step, same_key};
use super::{DEEPEST, KeyPath, trouble};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Nothing stands there.
    Empty,
    Plain,
    SingleQuoted,
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
    FlowList,
    FlowMap,
    BlockList,
    BlockMap,
    /// `*name`
    Alias,
}

impl Style {
    /// Whether lines below the key belong to it by their indentation.
    pub(super) const fn is_block_scalar(self) -> bool {
        matches!(self, Self::Literal | Self::Folded)
    }

    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::FlowList | Self::BlockList)
    }

    pub(super) const fn is_map(self) -> bool {
        matches!(self, Self::FlowMap | Self::BlockMap)
    }

    pub(super) const fn is_block_collection(self) -> bool {
        matches!(self, Self::BlockList | Self::BlockMap)
    }
}

/// What a tag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `!!str`
    Text,
    /// `!!map`
    Map,
    /// `!!seq`
    List,
    /// `!any`: Hugo passes over it.
    Own,
    /// A lone `!`, `!!int` and the like, where readers differ.
    Odd,
}

/// A number a document gives to `&name`.
pub(super) type AnchorId = usize;

/// A value's place.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The value's own bytes without tag and anchor: a block scalar from its `|` to the end of its last line's text, a
    /// block collection from its first key or dash, a flow collection with its brackets.
    pub(super) span: Span,
    pub(super) style: Style,
    /// Past the colon or the dash, and past tag and anchor: from here a value on the same line is written.
    pub(super) slot: BytePos,
    /// It carries `&name`.
    pub(super) anchor: Option<AnchorId>,
    /// It carries a tag.
    pub(super) tag: Option<Tag>,
    /// What an alias stands for.
    pub(super) target: Option<AnchorId>,
    /// The text of a scalar, escapes and folds resolved.
    pub(super) text: String,
    /// A block scalar whose header has a `-`.
    pub(super) stripped: bool,
    pub(super) items: Vec<Item>,
    pub(super) entries: Vec<Entry>,
}

/// An item of a list.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its dash; in a flow list where the item starts.
    pub(super) dash: BytePos,
    pub(super) value: Node,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    /// Written in a way that Hugo reads and the form does not touch: `? key`, `!!str key:`, `{key}`.
    pub(super) odd: bool,
    pub(super) value: Node,
}

impl Entry {
    /// Key and value, without the comment behind them.
    pub(super) fn span(&self) -> Span {
        Span::new(
            self.key_span.start(),
            self.value.end().max(self.key_span.end()),
        )
    }
}

impl Node {
    /// Where it ends; for an empty one where it would start.
    pub(super) fn end(&self) -> BytePos {
        self.span.end().max(self.slot)
    }

    /// The entry `key`, compared as Hugo does.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| same_key(&entry.key, key))
    }

    /// What stands at the end of `step`.
    pub(super) fn below(&self, step: &Step) -> Option<&Self> {
        match step {
            Step::Key(key) => self.entry(key).map(|entry| &entry.value),
            Step::Index(index) => self.items.get(*index).map(|item| &item.value),
        }
    }

    /// Its parts, one level down.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Self> {
        self.items
            .iter()
            .map(|item| &item.value)
            .chain(self.entries.iter().map(|entry| &entry.value))
    }

    /// Whether it, or anything in it, is shared by reference.
    pub(super) fn is_shared(&self) -> bool {
        self.anchor.is_some() || self.style == Style::Alias || self.parts().any(Self::is_shared)
    }
}

/// The whole front matter's places.
#[derive(Debug, Clone)]
pub(crate) struct Outline {
    /// The map at the root; empty where nothing but comments stands there.
    pub(super) root: Node,
    /// Every comment, from its `#` to the end of its line.
    pub(super) comments: Vec<Span>,
    /// Where the document ends: at a `...` line, or with the source.
    pub(super) end: BytePos,
    /// What each alias may stand for.
    pub(super) anchors: HashMap<AnchorId, Node>,
}

impl Outline {
    /// Reads where everything stands. The caller has checked the size.
    ///
    /// # Errors
    /// What is no YAML, or YAML that cannot be front matter.
    pub(super) fn read(source: &str) -> Result<Self, Problem> {
        let options = options! {
            emit_anchor_events: true,
            emit_comments: true,
            max_buffered_comment_events: source.len(),
            block_scalar_eof_without_line_feed: true,
            disallow_directives: true,
            flow_nesting_limit: DEEPEST,
            block_nesting_limit: DEEPEST,
        };
        let mut builder = Builder::new(source);
        for next in Parser::new_from_str_with_options(source, options) {
            let (event, span) = next.map_err(|error| trouble::of_scan(source, &error))?;
            builder.take(event, span)?;
        }
        builder.finish()
    }

    /// What stands at `path`, keys compared as Hugo does.
    pub(super) fn node(&self, path: &KeyPath) -> Option<&Node> {
        path.steps()
            .iter()
            .try_fold(&self.root, |node, step| node.below(step))
    }

    /// Whether a comment stands in `span`.
    pub(super) fn has_comment(&self, span: Span) -> bool {
        self.comments.iter().any(|comment| span.contains(*comment))
    }
}

/// A collection that is being read.
struct Open {
    node: Node,
    /// The key whose value comes next.
    key: Option<(Node, bool)>,
}

struct Builder<'a> {
    source: &'a str,
    stack: Vec<Open>,
    root: Option<Node>,
    comments: Vec<Span>,
    end: Option<BytePos>,
    anchors: HashMap<AnchorId, Node>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            stack: Vec::new(),
            root: None,
            comments: Vec::new(),
            end: None,
            anchors: HashMap::new(),
        }
    }

    fn take(&mut self, event: Event<'_>, span: granit_parser::Span) -> Result<(), Problem> {
        let range = span.byte_range().unwrap_or_default();
        let tag_end = span
            .tag_span()
            .and_then(|tag| tag.byte_range())
            .map(|tag| BytePos::new(tag.end));
        let tag_source = span.tag_span().and_then(|tag| tag.slice(self.source));
        let span = Span::from_range(range);
        let node = |style, tag: Option<Cow<'_, granit_parser::Tag>>| Node {
            slot: tag_end.unwrap_or_default(),
            tag: tag.map(|tag| tag_of(&tag, tag_source)),
            ..node(span, style)
        };
        match event {
            Event::DocumentStart(..) if self.end.is_some() => return Err(second_document(span)),
            Event::DocumentEnd => {
                let end = if span.is_empty() {
                    BytePos::new(self.source.len())
                } else {
                    span.start()
                };
                self.end = Some(end);
            }
            Event::Comment(..) => self.comments.push(span),
            Event::Anchor(id, _) => {
                // It comes right behind the node that carries it.
                if let Some(node) = self.newest() {
                    node.anchor = Some(id);
                    node.slot = node.slot.max(span.end());
                }
            }
            Event::Alias(id) => {
                let mut node = node(Style::Alias, None);
                node.target = Some(id);
                self.add(node, false)?;
            }
            Event::Scalar(text, style, _, tag) => {
                let style = match style {
                    ScalarStyle::Plain if span.is_empty() => Style::Empty,
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let mut node = node(style, tag);
                if style != Style::Empty {
                    node.text = text.into_owned();
                }
                let odd = node.tag.is_some();
                self.add(node, odd)?;
            }
            Event::SequenceStart(style, _, tag) => {
                let node = node(list_style(style), tag);
                self.stack.push(Open { node, key: None });
            }
            Event::MappingStart(style, _, tag) => {
                let node = node(map_style(style), tag);
                self.stack.push(Open { node, key: None });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { mut node, .. }) = self.stack.pop() {
                    node.span = Span::new(node.span.start(), span.end());
                    self.add(node, false)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The node whose event came last.
    fn newest(&mut self) -> Option<&mut Node> {
        let Some(open) = self.stack.last_mut() else {
            return self.root.as_mut();
        };
        if let Some((key, odd)) = &mut open.key {
            *odd = true;
            return Some(key);
        }
        // A collection's anchor comes before its parts.
        if open.node.items.is_empty() && open.node.entries.is_empty() {
            return Some(&mut open.node);
        }
        let last_item = open.node.items.last_mut().map(|item| &mut item.value);
        last_item.or_else(|| open.node.entries.last_mut().map(|entry| &mut entry.value))
    }

    fn add(&mut self, node: Node, odd_key: bool) -> Result<(), Problem> {
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        if open.node.style.is_list() {
            let dash = node.span.start();
            open.node.items.push(Item { dash, value: node });
        } else if let Some((key, odd)) = open.key.take() {
            let entry = Entry {
                key: key.text,
                key_span: key.span,
                odd,
                value: node,
            };
            open.node.entries.push(entry);
        } else if matches!(
            node.style,
            Style::Plain | Style::SingleQuoted | Style::DoubleQuoted
        ) {
            open.key = Some((node, odd_key));
        } else {
            return Err(Problem::new(
                node.span,
                "This key is not a plain word. Write a name before the colon, or put quotes around a text that starts with a bracket.",
            ));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Outline, Problem> {
        let root = self.root.take();
        let end = self.end.unwrap_or_else(|| end_of_nothing(self.source));
        let mut root = root.unwrap_or_else(|| node(Span::at(BytePos::new(0)), Style::Empty));
        let is_nothing = root.style == Style::Empty && root.tag.is_none() && root.anchor.is_none();
        if !is_nothing && !root.style.is_map() {
            return Err(Problem::new(
                root.span,
                "The front matter is not a list of entries like “title: My post”. Edit it as text.",
            ));
        }
        scan::settle(self.source, &mut root)?;
        check_keys(self.source, &root)?;
        check_tabs(self.source, &root)?;
        super::quirks::check(self.source, &root)?;
        collect_anchors(&root, &mut self.anchors);
        Ok(Outline {
            root,
            comments: self.comments,
            end,
            anchors: self.anchors,
        })
    }
}

const fn list_style(style: StructureStyle) -> Style {
    match style {
        StructureStyle::Block => Style::BlockList,
        StructureStyle::Flow => Style::FlowList,
    }
}

const fn map_style(style: StructureStyle) -> Style {
    match style {
        StructureStyle::Block => Style::BlockMap,
        StructureStyle::Flow => Style::FlowMap,
    }
}

fn node(span: Span, style: Style) -> Node {
    Node {
        span,
        style,
        slot: BytePos::default(),
        anchor: None,
        tag: None,
        target: None,
        text: String::new(),
        stripped: false,
        items: Vec::new(),
        entries: Vec::new(),
    }
}

fn tag_of(tag: &granit_parser::Tag, source: Option<&str>) -> Tag {
    match tag.core_suffix() {
        Some("str") => Tag::Text,
        Some("map") => Tag::Map,
        Some("seq") => Tag::List,
        Some(_) => Tag::Odd,
        None if source.is_none_or(|source| source == "!") => Tag::Odd,
        None => Tag::Own,
    }
}

fn second_document(span: Span) -> Problem {
    Problem::new(
        span,
        "A second YAML document starts here; Hugo reads only what is before it. Remove the line with “...”, or edit it as text.",
    )
}

/// Where a document without values ends: at its first `...` line.
fn end_of_nothing(source: &str) -> BytePos {
    let mut at = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        if line.trim_end_matches([' ', '\t', '\n', '\r']) == "..." {
            break;
        }
        at += line.len();
    }
    BytePos::new(at)
}

fn collect_anchors(node: &Node, anchors: &mut HashMap<AnchorId, Node>) {
    if let Some(id) = node.anchor {
        anchors.insert(id, node.clone());
    }
    for part in node.parts() {
        collect_anchors(part, anchors);
    }
}

/// Keys that stand twice: Hugo refuses them, or chance decides where they differ in case only.
fn check_keys(source: &str, node: &Node) -> Result<(), Problem> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for entry in &node.entries {
        let line = |span: Span| LineColumn::of(source, span.start()).line;
        if entry.key == "<<" {
            return Err(Problem::new(
                entry.key_span,
                "“<<” takes in entries from elsewhere, which the form cannot follow. Edit it as text.",
            ));
        }
        if let Some(twin) = seen.insert(entry.key.to_lowercase(), entry.key_span) {
            return Err(Problem::new(
                entry.key_span,
                format!(
                    "“{}” stands twice, in lines {} and {} of the front matter. Delete one of them.",
                    entry.key,
                    line(twin),
                    line(entry.key_span),
                ),
            ));
        }
    }
    node.parts().try_for_each(|part| check_keys(source, part))
}

/// Tabs as indentation: Hugo refuses them where the parser here is lenient.
fn check_tabs(source: &str, root: &Node) -> Result<(), Problem> {
    if !source.contains('\t') {
        return Ok(());
    }
    let mut texts = Vec::new();
    block_scalars(root, &mut texts);
    let (mut at, mut next) = (0, 0);
    for line in source.split_inclusive(['\n', '\r']) {
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        let indent = Span::from_range(at..at + blanks);
        at += line.len();
        while texts
            .get(next)
            .is_some_and(|text: &Span| text.end() <= indent.start())
        {
            next += 1;
        }
        let in_text = texts
            .get(next)
            .is_some_and(|text| text.start() <= indent.start());
        if indent.of(source).contains('\t') && !in_text {
            return Err(Problem::new(
                indent,
                "A line starts with a tab; YAML wants spaces there. Replace the tab by spaces.",
            ));
        }
    }
    Ok(())
}

fn block_scalars(node: &Node, found: &mut Vec<Span>) {
    if node.style.is_block_scalar() {
        found.push(node.span);
    }
    for part in node.parts() {
        block_scalars(part, found);
    }
}
