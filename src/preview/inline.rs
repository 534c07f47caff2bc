//! What blocks hold: text with the typographer and bare addresses, links, images, and the rest.

use crate::markdown::tree::{Kind, Node, Target};
use crate::markdown::{is_checkbox_at, linkify, typographer};

use super::document::fragment;
use super::escape::{escape_into, named_unescaped};
use super::heading_id::PlainText;
use super::hooks;
use super::writer::{ImageAttributes, Writer};

/// What has to be written at the end of an inline subtree.
#[derive(Clone, Copy)]
enum Close {
    Tag(&'static str),
    Link,
    /// The label of an address in angle brackets.
    Auto,
    Image {
        node: usize,
        figure: bool,
    },
}

/// The state of the way through one block's text.
struct Way {
    /// A bare address may start here.
    may_link: bool,
    /// Bare addresses can occur at all.
    linkable: bool,
    /// How many `[` are open that never became a link: behind them no address becomes one.
    brackets: usize,
    /// Links around the place; in them no address becomes another.
    links: usize,
    /// Inside an address in angle brackets everything stands as it is.
    verbatim: bool,
    /// Text up to here has been written already.
    done: usize,
    start: usize,
    end: usize,
    /// Where the source line ends that was last asked for, its line end included.
    line_end: usize,
}

impl<'a> Writer<'a> {
    /// The image that is all the block or link at `parent` holds.
    pub(super) fn only_image(&self, parent: usize) -> Option<usize> {
        let end = self.node(parent)?.end;
        let first = self.node(parent + 1).filter(|_| parent + 1 < end)?;
        (matches!(first.kind, Kind::Image(_)) && first.end == end).then_some(parent + 1)
    }

    /// The image at `parent + 1` as a figure.
    pub(super) fn figure(&mut self, parent: usize, attributes: ImageAttributes<'_>) {
        self.inlines_with(parent, attributes);
    }

    /// Writes what the block at `block` holds.
    pub(super) fn inlines(&mut self, block: usize) {
        self.inlines_with(block, None);
    }

    fn inlines_with(&mut self, block: usize, attributes: ImageAttributes<'_>) {
        let Some(owner) = self.node(block) else {
            return;
        };
        let mut at = block + 1;
        let start = self.node(at).map_or(0, |first| first.range.start);
        let mut end = start;
        while let Some(node) = self.node(at).filter(|_| at < owner.end) {
            end = node.range.end;
            at = node.end;
        }
        let content = self.slice(start..end);
        let mut way = Way {
            may_link: true,
            linkable: content.contains("://") || content.contains('@') || content.contains("www."),
            brackets: 0,
            links: 0,
            verbatim: false,
            done: start,
            start,
            end,
            line_end: start,
        };
        let terms = matches!(owner.kind, Kind::Terms { .. });
        if is_checkbox_at(self.text, self.nodes, block) {
            self.checkbox(start, &mut way);
        }
        let mut frames: Vec<(usize, Close)> = Vec::new();
        at = block + 1;
        loop {
            while frames.last().is_some_and(|(end, _)| *end <= at) {
                if let Some((_, close)) = frames.pop() {
                    self.close_inline(close, attributes, &mut way);
                }
            }
            let Some(node) = self.node(at).filter(|_| at < owner.end) else {
                break;
            };
            let parent = if frames.is_empty() { Some(block) } else { None };
            self.inline(node, at, parent, terms, &mut frames, &mut way);
            at += 1;
        }
    }

    /// Writes an inline node, or its beginning.
    fn inline(
        &mut self,
        node: &'a Node,
        at: usize,
        block: Option<usize>,
        terms: bool,
        frames: &mut Vec<(usize, Close)>,
        way: &mut Way,
    ) {
        match &node.kind {
            Kind::Text => {
                self.text_run(node, at, way);
                return;
            }
            Kind::Entity(text) => {
                self.id_text();
                self.id_push_entity(self.slice(node.range.clone()), text);
                self.put_text(text);
                way.may_link = false;
                return;
            }
            Kind::Task(_) if node.range.end <= way.done => return,
            _ => {}
        }
        way.may_link = true;
        self.id_child();
        match &node.kind {
            Kind::InlineCode(code) => {
                self.put_html("<code>");
                self.id_push_code(code);
                self.put_text(code);
                self.put_html("</code>");
            }
            Kind::Emphasis => self.open_container(node, "<em>", "</em>", frames),
            Kind::Strong => self.open_container(node, "<strong>", "</strong>", frames),
            Kind::Strike => self.open_container(node, "<del>", "</del>", frames),
            Kind::Link(Target::Auto { destination }) => {
                self.open_link(destination, "", node.range.start);
                way.verbatim = true;
                frames.push((node.end, Close::Auto));
            }
            Kind::Link(target) => {
                let (destination, title) = self.target(target);
                self.open_link(&destination, &title, node.range.start);
                self.id_open();
                way.links += 1;
                frames.push((node.end, Close::Link));
            }
            Kind::Image(_) => {
                let alone = match block {
                    Some(block) => {
                        self.only_image(block) == Some(at)
                            || (terms && self.is_alone_on_line(node, at))
                    }
                    None => self.is_only_child(node, at, frames),
                };
                self.id_open();
                self.alts.push(PlainText::default());
                way.links += 1;
                frames.push((
                    node.end,
                    Close::Image {
                        node: at,
                        figure: alone,
                    },
                ));
            }
            Kind::InlineHtml(html) => {
                let html = html
                    .as_deref()
                    .unwrap_or_else(|| self.slice(node.range.clone()));
                self.put_html(html);
            }
            Kind::Html(html) => self.put_html(html),
            Kind::SoftBreak => {
                if terms && block.is_some() {
                    self.put_html("</dt>\n<dt>");
                    way.start = node.range.end;
                } else if self.alts.is_empty() {
                    self.put_html("\n");
                } else {
                    self.put_text("\n");
                }
                self.id_line();
            }
            Kind::HardBreak => {
                if terms && block.is_some() {
                    self.put_html("</dt>\n<dt>");
                    way.start = node.range.end;
                } else if self.alts.is_empty() {
                    self.put_html("<br>\n");
                } else {
                    self.put_text("\n");
                }
                self.id_line();
            }
            Kind::NoteRef(label) => self.note_reference(label),
            _ => {}
        }
    }

    fn open_container(
        &mut self,
        node: &Node,
        open: &'static str,
        close: &'static str,
        frames: &mut Vec<(usize, Close)>,
    ) {
        self.put_html(open);
        self.id_open();
        frames.push((node.end, Close::Tag(close)));
    }

    fn close_inline(&mut self, close: Close, attributes: ImageAttributes<'_>, way: &mut Way) {
        way.may_link = true;
        match close {
            Close::Tag(tag) => {
                self.id_close();
                self.put_html(tag);
            }
            Close::Link => {
                self.id_close();
                way.links = way.links.saturating_sub(1);
                self.put_html("</a>");
            }
            Close::Auto => {
                way.verbatim = false;
                self.put_html("</a>");
            }
            Close::Image { node, figure } => {
                self.id_close();
                way.links = way.links.saturating_sub(1);
                let alt = self.alts.pop().unwrap_or_default().into_text();
                self.image(node, figure, &alt, attributes);
            }
        }
    }

    /// An image inside a link or an emphasis that holds nothing else.
    fn is_only_child(&self, node: &Node, at: usize, frames: &[(usize, Close)]) -> bool {
        let ends_with = frames.last().is_some_and(|(end, _)| *end == node.end);
        let first = at
            .checked_sub(1)
            .and_then(|before| self.node(before))
            .is_some_and(|before| {
                before.end == node.end
                    && matches!(
                        before.kind,
                        Kind::Emphasis | Kind::Strong | Kind::Strike | Kind::Link(_)
                    )
            });
        ends_with && first && self.alts.is_empty()
    }

    /// An image that is a term of its own.
    fn is_alone_on_line(&self, node: &Node, at: usize) -> bool {
        let is_break = |node: Option<&Node>| {
            node.is_none_or(|node| {
                matches!(
                    node.kind,
                    Kind::SoftBreak
                        | Kind::HardBreak
                        | Kind::Terms { .. }
                        | Kind::Definitions { .. }
                )
            })
        };
        is_break(at.checked_sub(1).and_then(|before| self.node(before)))
            && is_break(self.node(node.end))
    }

    fn target(&self, target: &Target) -> (String, String) {
        match target {
            Target::Inline { destination, title } => (destination.clone(), title.clone()),
            Target::Auto { destination } => (destination.clone(), String::new()),
            Target::Reference(label) => self
                .references
                .reference(label)
                .map(|(destination, title)| (destination.to_owned(), title.to_owned()))
                .unwrap_or_default(),
        }
    }

    fn open_link(&mut self, destination: &str, title: &str, at: usize) {
        if !self.alts.is_empty() {
            return;
        }
        let refused = hooks::open_link(destination, title, self.context, &mut self.out.html);
        if let Some(message) = refused {
            self.refuse(at, message);
        }
    }

    fn image(&mut self, index: usize, figure: bool, alt: &str, attributes: ImageAttributes<'_>) {
        let Some(node) = self.node(index) else {
            return;
        };
        let Kind::Image(target) = &node.kind else {
            return;
        };
        if let Some(outer) = self.alts.last_mut() {
            // An image in an alternative text gives its own.
            outer.push(alt);
            return;
        }
        let (destination, title) = self.target(target);
        let out = &mut self.out.html;
        out.push_str(if figure { "\n  <figure>\n    " } else { "\n  " });
        let refused = hooks::image(
            &destination,
            (!figure).then_some(title.as_str()),
            alt,
            attributes,
            self.context,
            out,
        );
        if figure {
            if !title.is_empty() {
                let caption = fragment(&title, self.context);
                out.push_str("\n    <figcaption>");
                out.push_str(caption.html_in_line());
                out.push_str("</figcaption>");
                let at = node.range.start;
                for problem in caption.problems {
                    self.refuse(at, problem.message);
                }
            }
            let end = if title.is_empty() {
                "\n    \n  </figure>"
            } else {
                "\n  </figure>"
            };
            self.out.html.push_str(end);
        }
        if let Some(message) = refused {
            self.refuse(node.range.start, message);
        }
    }

    /// `[ ]` or `[x]` at the start of an item.
    fn checkbox(&mut self, at: usize, way: &mut Way) {
        let inside = self.slice(at + 1..at + 2);
        let checked = if matches!(inside, "x" | "X") {
            "checked=\"\" "
        } else {
            ""
        };
        self.put_html("<input ");
        self.put_html(checked);
        self.put_html("disabled=\"\" type=\"checkbox\"> ");
        let rest = self.slice(at + 3..way.end.max(at + 3));
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        way.done = at + 3 + spaces;
    }

    // ---- text ------------------------------------------------------------------------------------------------------

    /// The text of the node at `index`.
    fn text_run(&mut self, node: &Node, index: usize, way: &mut Way) {
        let mut at = node.range.start.max(way.done);
        if at >= node.range.end {
            return;
        }
        // goldmark writes this label without escaping it; in an alternative text it is nothing.
        if way.verbatim {
            self.put_html(self.slice(at..node.range.end));
            return;
        }
        if at == node.range.start && self.is_escaped(node, index) {
            let first = self.slice(at..node.range.end).chars().next();
            let length = first.map_or(1, char::len_utf8);
            // An image's hook gets the source.
            let from = at - usize::from(!self.alts.is_empty());
            let text = self.slice(from..at + length);
            self.id_text();
            self.id_push(text);
            self.put_text(text);
            way.may_link = false;
            at += length;
        }
        while at < node.range.end {
            if way.may_link && way.linkable && self.bare_address(&mut at, way) {
                continue;
            }
            let rest = self.slice(at..node.range.end);
            let plain = rest
                .bytes()
                .position(|byte| is_special(byte, way.linkable))
                .unwrap_or(rest.len());
            if plain > 0 {
                self.put_plain(rest.get(..plain).unwrap_or_default());
                way.may_link = false;
                at += plain;
                continue;
            }
            self.special(&mut at, node.range.end, way);
        }
    }

    /// A backslash stands before the node's first character and is not shown.
    fn is_escaped(&self, node: &Node, index: usize) -> bool {
        let start = node.range.start;
        start > 0
            && self.text.as_bytes().get(start - 1) == Some(&b'\\')
            && index
                .checked_sub(1)
                .and_then(|before| self.node(before))
                .is_none_or(|before| {
                    before.is_block() || before.end > index || before.range.end < start
                })
    }

    fn bare_address(&mut self, at: &mut usize, way: &mut Way) -> bool {
        way.may_link = false;
        if way.brackets > 0 || way.links > 0 {
            return false;
        }
        let line = self.line_from(*at, way);
        let Some(bare) = linkify::find(line) else {
            return false;
        };
        let label = line.get(..bare.length).unwrap_or_default();
        self.open_link(&bare.destination, "", *at);
        self.put_html(label);
        self.put_html("</a>");
        self.id_child();
        *at += bare.length;
        way.done = *at;
        way.may_link = true;
        true
    }

    fn special(&mut self, at: &mut usize, end: usize, way: &mut Way) {
        let rest = self.slice(*at..end);
        let Some(c) = rest.chars().next() else {
            *at = end;
            return;
        };
        if matches!(c, '-' | '.' | '<' | '>' | '\'' | '"') {
            let before = if *at == way.start {
                '\n'
            } else {
                self.slice(0..*at).chars().next_back().unwrap_or('\n')
            };
            let line = self.line_from(*at, way);
            if let Some(found) = typographer::replace(line, before, &mut self.quotes) {
                let mut buffer = [0; 4];
                let text = found.text.encode_utf8(&mut buffer);
                self.id_child();
                self.id_push(text);
                if self.alts.is_empty() {
                    self.put_html(found.entity);
                } else {
                    self.put_text(text);
                }
                *at += found.length;
                way.done = *at;
                way.may_link = true;
                return;
            }
        }
        match c {
            '[' => {
                way.brackets += 1;
                self.put_plain("[");
            }
            ']' => {
                way.brackets = way.brackets.saturating_sub(1);
                self.put_plain("]");
            }
            c => {
                let mut buffer = [0; 4];
                self.put_plain(c.encode_utf8(&mut buffer));
            }
        }
        *at += c.len_utf8();
        way.may_link = linkify::may_follow(c) || c == '`';
    }

    /// The rest of the source line, as goldmark sees it: with its line end, unless the block's content ends before.
    ///
    /// The line's end is looked for once a line: a line of a megabyte may hold a hundred thousand places that ask.
    fn line_from(&self, at: usize, way: &mut Way) -> &'a str {
        if at >= way.line_end {
            let rest = self.slice(at..way.end.max(at));
            let length = rest.bytes().position(|byte| byte == b'\n');
            way.line_end = at + length.map_or(rest.len(), |length| length + 1);
        }
        self.slice(at..way.line_end)
    }

    // ---- output ----------------------------------------------------------------------------------------------------

    fn put_html(&mut self, html: &str) {
        if self.alts.is_empty() {
            self.out.html.push_str(html);
        }
    }

    /// Text, escaped.
    fn put_text(&mut self, text: &str) {
        match self.alts.last_mut() {
            Some(alt) => alt.push(text),
            None => escape_into(text, &mut self.out.html),
        }
    }

    /// Text that counts for a heading's id as it stands.
    fn put_plain(&mut self, text: &str) {
        self.id_text();
        if let Some(id) = &mut self.id_text {
            id.push_with_marks(text);
        }
        match self.alts.last_mut() {
            Some(alt) => alt.push_with_marks(text),
            None => escape_into(text, &mut self.out.html),
        }
    }

    fn id_child(&mut self) {
        for text in self.id_text.iter_mut().chain(self.alts.last_mut()) {
            text.child();
        }
    }

    fn id_text(&mut self) {
        for text in self.id_text.iter_mut().chain(self.alts.last_mut()) {
            text.text();
        }
    }

    fn id_open(&mut self) {
        for text in self.id_text.iter_mut().chain(self.alts.last_mut()) {
            text.open();
        }
    }

    fn id_close(&mut self) {
        for text in self.id_text.iter_mut().chain(self.alts.last_mut()) {
            text.close();
        }
    }

    fn id_line(&mut self) {
        if let Some(id) = &mut self.id_text {
            id.line();
        }
    }

    fn id_push(&mut self, text: &str) {
        if let Some(id) = &mut self.id_text {
            id.push(text);
        }
    }

    /// What looks like a named entity in code counts as one.
    fn id_push_code(&mut self, code: &str) {
        if self.id_text.is_some() {
            self.id_push(&named_unescaped(code));
        }
    }

    /// A named entity counts as its character, a numeric one as it is written.
    fn id_push_entity(&mut self, source: &str, text: &str) {
        self.id_push(if source.starts_with("&#") {
            source
        } else {
            text
        });
    }
}

/// What text cannot run over: the typographer's signs, brackets, and what an address may follow.
const fn is_special(byte: u8, linkable: bool) -> bool {
    match byte {
        b'-' | b'.' | b'<' | b'>' | b'\'' | b'"' | b'[' | b']' => true,
        b' ' | b'*' | b'_' | b'~' | b'(' | b'`' => linkable,
        _ => false,
    }
}
