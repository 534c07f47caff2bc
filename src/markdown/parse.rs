//! From pulldown-cmark's events to the tree, by goldmark's rules.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag,
};

use super::corrections;
use super::disputes;
use super::raw_link;
use super::stand_in::StandIns;
use super::tables_of_paragraphs;
use super::tree::{Align, Kind, Lookup, Node, Reference, Target, Tree, normalised};
use crate::text::sort;

/// Every correction can call for another; a text that never comes to rest is taken as it is by then.
const MOST_ROUNDS: usize = 8;

/// What is defined elsewhere in the document.
pub(crate) trait Known {
    /// Whether a link's label, normalised, is defined.
    fn has_reference(&self, label: &str) -> bool;
    /// Whether there is a footnote of that label.
    fn has_note(&self, label: &str) -> bool;
}

/// A text of which only the shape matters: no label leads anywhere.
pub(crate) struct Unknown;

impl Known for Unknown {
    fn has_reference(&self, _: &str) -> bool {
        false
    }

    fn has_note(&self, _: &str) -> bool {
        false
    }
}

/// Reads a text: a document, or some of its top-level blocks.
pub(crate) fn parse(text: &str, known: &dyn Known) -> Tree {
    let mut stand_ins = StandIns::of_lines(text);
    let mut round = 1;
    loop {
        let built = build(text, &mut stand_ins, known);
        let dropped = stand_ins.drop_unconfirmed();
        let added = stand_ins.add(corrections::find(text, &built.tree, &built.unknown_notes));
        round += 1;
        if !dropped && !added && !built.mixed || round > MOST_ROUNDS {
            let mut tree = built.tree;
            tables_of_paragraphs::put_in(text, &mut tree, stand_ins.tables(), known);
            tables_of_paragraphs::tighten_lists(text, &mut tree.nodes);
            return tree;
        }
        stand_ins.start_over();
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

struct Built {
    tree: Tree,
    /// A list that stands in for definitions got items of the writer's own.
    mixed: bool,
    /// References whose footnote there is only in another spelling.
    unknown_notes: Vec<usize>,
}

/// Every label that could be looked up as a link's, normalised, as far as the looks tell.
pub(crate) fn labels(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices('[').filter_map(|(at, _)| {
        let rest = text.get(at + 1..)?;
        let mut escaped = false;
        let end = rest.bytes().take(1000).position(|byte| {
            let ends = !escaped && byte == b']';
            escaped = !escaped && byte == b'\\';
            ends
        })?;
        Some(normalised(rest.get(..end)?))
    })
}

/// Labels in `[^…]`, as far as the looks tell.
pub(crate) fn note_labels(text: &str) -> Vec<&str> {
    let mut labels: Vec<&str> = text
        .match_indices("[^")
        .filter_map(|(at, _)| {
            let rest = text.get(at + 2..)?;
            let line = rest.split('\n').next()?;
            let label = line.get(..line.find(']')?)?;
            (!label.trim().is_empty() && label.len() < 1000).then_some(label)
        })
        .collect();
    sort::sort(&mut labels);
    labels.dedup();
    labels
}

fn build(text: &str, stand_ins: &mut StandIns, known: &dyn Known) -> Built {
    let shown = stand_ins.shown(text);
    let labels = note_labels(text);
    // pulldown-cmark only knows a footnote whose definition it has seen.
    let mut prefix = String::new();
    for label in &labels {
        if known.has_note(label) {
            prefix.push_str("[^");
            prefix.push_str(label);
            prefix.push_str("]: x\n\n");
        }
    }
    let whole: Cow<'_, str> = if prefix.is_empty() {
        shown
    } else {
        prefix.push_str("<!-- -->\n");
        Cow::Owned(format!("{prefix}{shown}"))
    };
    let offset = prefix.len();

    let lookups = RefCell::new(Vec::new());
    let parser = Parser::new_with_broken_link_callback(
        &whole,
        options(),
        Some(|link: BrokenLink<'_>| {
            let label = normalised(&link.reference);
            let found = known.has_reference(&label);
            lookups.borrow_mut().push(Lookup { label, found });
            found.then_some((CowStr::Borrowed(""), CowStr::Borrowed("")))
        }),
    );
    let mut references: Vec<Reference> = parser
        .reference_definitions()
        .iter()
        .filter_map(|(label, definition)| {
            let range = definition.span.start.checked_sub(offset)?..definition.span.end - offset;
            let (destination, title) = raw_link::of_definition(text.get(range.clone())?)?;
            Some(Reference {
                label: normalised(label),
                destination,
                title,
                range,
            })
        })
        .collect();
    sort::sort_by_key(&mut references, |reference| reference.range.start);

    let mut builder = Builder {
        text,
        shown: &whole,
        offset,
        stand_ins,
        nodes: Vec::with_capacity(text.len() / 32),
        stack: Vec::new(),
        before: vec![[None; 3]],
        mixed: false,
        lookups: Vec::new(),
        notes: HashSet::new(),
        skipping: 0,
    };
    for (event, range) in parser.into_offset_iter() {
        builder.take(event, range);
    }
    while !builder.stack.is_empty() {
        builder.close(text.len());
    }
    let Builder {
        nodes,
        mixed,
        lookups: found,
        notes,
        ..
    } = builder;
    let mut reference_lookups = lookups.into_inner();
    reference_lookups.extend(found.into_iter().map(|label| Lookup { label, found: true }));
    sort::sort(&mut reference_lookups);
    reference_lookups.dedup();
    let mut unknown_notes = Vec::new();
    for node in &nodes {
        if let Kind::NoteRef(label) = &node.kind
            && !notes.contains(label)
            && !known.has_note(label)
        {
            unknown_notes.push(node.range.start);
        }
    }
    let note_lookups = labels
        .iter()
        .map(|&label| Lookup {
            label: label.to_owned(),
            found: notes.contains(label) || known.has_note(label),
        })
        .collect();
    Built {
        tree: Tree {
            nodes,
            references,
            reference_lookups,
            note_lookups,
        },
        mixed,
        unknown_notes,
    }
}

struct Builder<'a> {
    text: &'a str,
    /// What pulldown-cmark sees: something in front, then the text with stand-ins.
    shown: &'a str,
    offset: usize,
    stand_ins: &'a mut StandIns,
    nodes: Vec<Node>,
    /// The open nodes.
    stack: Vec<usize>,
    /// For the document and each open node: its last child so far, and the two before that.
    before: Vec<[Option<usize>; 3]>,
    mixed: bool,
    /// Labels found in the text itself.
    lookups: Vec<String>,
    notes: HashSet<String>,
    /// Inside what stands in front of the text.
    skipping: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if range.start < self.offset {
            match event {
                Event::Start(_) => self.skipping += 1,
                Event::End(_) => self.skipping = self.skipping.saturating_sub(1),
                _ => {}
            }
            return;
        }
        let shown_range = range.clone();
        let range = range.start - self.offset..range.end.saturating_sub(self.offset);
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(_) => self.end(range),
            Event::Text(text) => self.text(&text, range, shown_range),
            Event::Code(code) => self.leaf(Kind::InlineCode(code.into_string()), range),
            Event::Html(html) => self.raw(&html, range),
            Event::InlineHtml(html) => {
                let same = self.shown.get(shown_range) == Some(&*html);
                self.leaf(Kind::InlineHtml((!same).then(|| html.into_string())), range);
            }
            Event::FootnoteReference(label) => {
                let label = self.note_label(&range, &label);
                self.leaf(Kind::NoteRef(label), range);
            }
            Event::SoftBreak => self.leaf(Kind::SoftBreak, range),
            Event::HardBreak => self.leaf(Kind::HardBreak, range),
            Event::Rule => self.leaf(Kind::Rule, range),
            Event::TaskListMarker(done) => self.leaf(Kind::Task(done), range),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    /// goldmark compares labels as they are written.
    fn note_label(&self, range: &Range<usize>, read: &str) -> String {
        self.text
            .get(range.clone())
            .and_then(|source| source.strip_prefix("[^"))
            .and_then(|source| source.split(']').next())
            .unwrap_or(read)
            .to_owned()
    }

    fn text(&mut self, text: &str, range: Range<usize>, shown: Range<usize>) {
        if let Some(&top) = self.stack.last()
            && matches!(
                self.nodes.get(top).map(|node| &node.kind),
                Some(Kind::Code { .. } | Kind::Html(_))
            )
        {
            self.raw(text, range);
        } else if self.shown.get(shown) == Some(text) {
            let mut at = range.start;
            for note in self.stand_ins.notes_in(&range) {
                if at < note.start {
                    self.leaf(Kind::Text, at..note.start);
                }
                at = note.end;
                let label = self.note_label(&note, "");
                self.leaf(Kind::NoteRef(label), note);
            }
            if at < range.end || at == range.start {
                self.leaf(Kind::Text, at..range.end);
            }
        } else {
            self.leaf(Kind::Entity(text.to_owned()), range);
        }
    }

    /// A line of code or HTML. Spaces that stand for a part of a tab have no place in the source.
    fn raw(&mut self, made: &str, range: Range<usize>) {
        let source = if range.is_empty() {
            made
        } else {
            self.text.get(range.clone()).unwrap_or(made)
        };
        let top = self.stack.last().and_then(|&top| self.nodes.get_mut(top));
        if let Some(Kind::Code { text, .. } | Kind::Html(text)) = top.map(|node| &mut node.kind) {
            text.push_str(source);
        } else {
            let html = source.to_owned();
            self.leaf(Kind::Html(html), range);
        }
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) -> usize {
        let mut node = Node {
            kind,
            range,
            end: 0,
            attributes: None,
        };
        if node.is_block() {
            self.close_text_block();
        } else {
            self.open_text_block(node.range.start);
        }
        let index = self.nodes.len();
        node.end = index + 1;
        self.nodes.push(node);
        self.note_child(index);
        index
    }

    fn note_child(&mut self, index: usize) {
        if let Some(last) = self.before.last_mut() {
            *last = [Some(index), last[0], last[1]];
        }
    }

    fn leaf(&mut self, kind: Kind, range: Range<usize>) {
        self.push(kind, range);
    }

    fn begin(&mut self, kind: Kind, range: Range<usize>) -> usize {
        let index = self.push(kind, range);
        self.stack.push(index);
        self.before.push([None; 3]);
        index
    }

    fn top_kind(&self) -> Option<&Kind> {
        self.stack
            .last()
            .and_then(|&top| self.nodes.get(top))
            .map(|node| &node.kind)
    }

    /// Text directly in an item gets a block of its own.
    fn open_text_block(&mut self, at: usize) {
        if matches!(
            self.top_kind(),
            Some(Kind::Item | Kind::Definition | Kind::Note(_))
        ) {
            let index = self.nodes.len();
            self.nodes.push(Node {
                kind: Kind::TextBlock,
                range: at..at,
                end: index + 1,
                attributes: None,
            });
            self.note_child(index);
            self.stack.push(index);
            self.before.push([None; 3]);
        }
    }

    fn close_text_block(&mut self) {
        if self.top_kind() == Some(&Kind::TextBlock) {
            let end = self.nodes.last().map_or(0, |last| last.range.end);
            self.close(end);
        }
    }

    fn open(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => return self.heading(level as u8, range),
            Tag::BlockQuote(_) => Kind::Quote,
            Tag::CodeBlock(kind) => {
                self.stand_ins.confirm_inside(&range);
                let info = matches!(kind, CodeBlockKind::Fenced(_))
                    .then(|| info_range(self.text, range.start));
                Kind::Code {
                    info,
                    text: String::new(),
                }
            }
            Tag::HtmlBlock => {
                self.stand_ins.confirm_inside(&range);
                Kind::Html(String::new())
            }
            Tag::List(start) => Kind::List { start },
            Tag::Item => {
                if self.stand_ins.is_definition(range.start) {
                    Kind::Definition
                } else {
                    Kind::Item
                }
            }
            Tag::FootnoteDefinition(label) => {
                let label = self.note_label(&range, &label);
                self.notes.insert(label.clone());
                Kind::Note(label)
            }
            Tag::Table(aligns) => Kind::Table(aligns.into_iter().map(align).collect()),
            Tag::TableHead => Kind::TableHead,
            Tag::TableRow => Kind::TableRow,
            Tag::TableCell => Kind::TableCell,
            Tag::Emphasis if self.text.as_bytes().get(range.start) == Some(&b'~') => Kind::Strike,
            Tag::Emphasis => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strike,
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => Kind::Link(self.target(link_type, &dest_url, &id)),
            Tag::Image {
                link_type,
                dest_url,
                id,
                ..
            } => Kind::Image(self.target(link_type, &dest_url, &id)),
            // None of these is asked for.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => Kind::Paragraph,
        };
        self.begin(kind, range);
    }

    fn heading(&mut self, level: u8, range: Range<usize>) {
        if let Some(attributes) = self.stand_ins.attribute_line(range.start) {
            self.close_text_block();
            self.attribute_line(attributes, range);
            return;
        }
        let attributes = self.stand_ins.heading_attributes(&range);
        let setext = !self
            .text
            .get(range.clone())
            .is_some_and(|heading| heading.starts_with('#'));
        let index = self.begin(Kind::Heading { level, setext }, range);
        if let Some(node) = self.nodes.get_mut(index) {
            node.attributes = attributes.map(Box::new);
        }
    }

    /// A line of attributes belongs to the block right before it, as far as that has not got them already.
    fn attribute_line(&mut self, attributes: super::attributes::Attributes, range: Range<usize>) {
        let before = self.before.last().and_then(|last| last[0]);
        let blank = blank_before(self.text, range.start);
        if let Some(node) = before.and_then(|before| self.nodes.get_mut(before))
            && !blank
            && !matches!(node.kind, Kind::Code { info: Some(_), .. })
        {
            // A heading has an id by now, be it its own or one made from its text.
            let has_id = matches!(node.kind, Kind::Heading { .. });
            let known = node.attributes.get_or_insert_default();
            for (key, value) in attributes.0 {
                if known.get(&key).is_none() && !(has_id && key == "id") {
                    known.0.push((key, value));
                }
            }
        }
        self.begin(Kind::AttributeLine, range);
    }

    fn target(&mut self, kind: LinkType, destination: &str, id: &str) -> Target {
        match kind {
            LinkType::Autolink => Target::Auto {
                destination: destination.to_owned(),
            },
            LinkType::Email => Target::Auto {
                destination: format!("mailto:{destination}"),
            },
            // Read when the label has ended.
            LinkType::Inline | LinkType::WikiLink { .. } => Target::Inline {
                destination: String::new(),
                title: String::new(),
            },
            _ => {
                let label = normalised(id);
                self.lookups.push(label.clone());
                Target::Reference(label)
            }
        }
    }

    fn end(&mut self, range: Range<usize>) {
        self.close_text_block();
        self.close(range.end);
    }

    fn close(&mut self, at: usize) {
        let Some(index) = self.stack.pop() else {
            return;
        };
        let last = self.before.pop().and_then(|last| last[0]);
        let end = self.nodes.len();
        let inside = last
            .and_then(|last| self.nodes.get(last))
            .map(|node| node.range.end);
        let Some(node) = self.nodes.get_mut(index) else {
            return;
        };
        node.end = end;
        if node.kind == Kind::TextBlock {
            node.range.end = at;
        }
        let lead = if matches!(node.kind, Kind::Image(_)) {
            2
        } else {
            1
        };
        let start = node.range.start;
        let range = node.range.clone();
        match &mut node.kind {
            Kind::Link(Target::Inline { destination, title })
            | Kind::Image(Target::Inline { destination, title }) => {
                let from = inside.unwrap_or(start + lead);
                let rest = self.text.get(from..range.end).unwrap_or_default();
                if let Some(at) = rest.find("](") {
                    (*destination, *title) = raw_link::read(rest.get(at + 2..).unwrap_or_default());
                }
            }
            Kind::List { .. } => self.end_of_list(index),
            Kind::Html(html) if disputes::lone_closing_tag(html) => self.make_paragraph(index),
            _ => {}
        }
    }

    /// A tag that is no block of its own.
    fn make_paragraph(&mut self, index: usize) {
        let Some(node) = self.nodes.get_mut(index) else {
            return;
        };
        node.kind = Kind::Paragraph;
        node.end = index + 2;
        let range = node.range.clone();
        let tag = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + tag.len() - tag.trim_start().len();
        self.nodes.push(Node {
            kind: Kind::InlineHtml(None),
            range: start..start + tag.trim().len(),
            end: index + 2,
            attributes: None,
        });
    }

    /// A list of stand-ins becomes the definitions of the paragraph before it.
    fn end_of_list(&mut self, index: usize) {
        let end = self.nodes.get(index).map_or(index, |node| node.end);
        let mut items = Vec::new();
        let mut at = index + 1;
        while let Some(item) = self.nodes.get(at).filter(|_| at < end) {
            items.push((at, item.kind == Kind::Definition, item.range.start));
            at = item.end;
        }
        let definitions = items.iter().filter(|(_, is, _)| *is).count();
        if definitions == 0 {
            return;
        }
        if definitions < items.len() {
            self.mixed = true;
            for (_, is_definition, start) in items {
                if is_definition {
                    self.stand_ins.change_marker(start);
                }
            }
            return;
        }
        // The list itself is its parent's last child.
        let [_, before, one_before] = self.before.last().copied().unwrap_or_default();
        let Some(terms) = before else { return };
        let is_paragraph = matches!(
            self.nodes.get(terms).map(|node| &node.kind),
            Some(Kind::Paragraph | Kind::TextBlock)
        );
        let starts_below = |term: &Node| {
            items
                .iter()
                .all(|(.., start)| is_below(self.text, *start, term.range.start))
        };
        if !is_paragraph || !self.nodes.get(terms).is_some_and(starts_below) {
            return;
        }
        let goes_on = one_before.and_then(|before| self.nodes.get_mut(before));
        let first = match goes_on.map(|node| &mut node.kind) {
            Some(Kind::Definitions { last }) => {
                *last = false;
                false
            }
            _ => true,
        };
        if let Some(node) = self.nodes.get_mut(terms) {
            node.kind = Kind::Terms { first };
        }
        if let Some(node) = self.nodes.get_mut(index) {
            node.kind = Kind::Definitions { last: true };
        }
        for (item, _, start) in items {
            self.stand_ins.confirm_definition(start);
            let loose = blank_before(self.text, start);
            self.settle_definition(item, loose);
        }
    }

    /// A definition behind a blank line holds paragraphs; the first text of any other is none.
    fn settle_definition(&mut self, item: usize, loose: bool) {
        let end = self.nodes.get(item).map_or(item, |node| node.end);
        let mut at = item + 1;
        let mut first = true;
        while let Some(node) = self.nodes.get_mut(at).filter(|_| at < end) {
            match node.kind {
                Kind::TextBlock if loose || !first => node.kind = Kind::Paragraph,
                Kind::Paragraph if !loose && first => node.kind = Kind::TextBlock,
                _ => {}
            }
            first = false;
            at = node.end;
        }
    }
}

/// Whether the line before the one that holds `at` is blank; the marks of quotes do not count.
pub(super) fn blank_before(text: &str, at: usize) -> bool {
    let head = text.get(..at).unwrap_or_default();
    let Some(line_start) = head.rfind('\n') else {
        return false;
    };
    let above = head.get(..line_start).unwrap_or_default();
    let above = above.rsplit('\n').next().unwrap_or_default();
    above
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'>'))
}

/// Whether a definition's mark stands where the content of its container starts, which the term tells: goldmark takes no
/// indentation. Behind another mark one space is a part of that.
fn is_below(text: &str, mark: usize, term: usize) -> bool {
    let indent = |at: usize| {
        let head = text.get(..at).unwrap_or_default();
        head.rsplit('\n').next().unwrap_or_default()
    };
    let above_mark = indent(mark);
    !above_mark.bytes().all(|byte| byte == b' ')
        || above_mark.len() <= 1
        || above_mark.chars().count() == indent(term).chars().count()
}

/// What stands behind the fence at `start`, without the spaces around it.
fn info_range(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let fence = rest.chars().next().unwrap_or('`');
    let line = rest.split('\n').next().unwrap_or_default();
    let info = line.trim_start_matches(fence);
    let from = start + line.len() - info.len();
    let trimmed = info.trim();
    let lead = info.len() - info.trim_start().len();
    from + lead..from + lead + trimmed.len()
}

const fn align(align: Alignment) -> Align {
    match align {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
