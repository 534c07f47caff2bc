//! The document as blocks.

use super::Node;
use super::block::Block;
use super::list::{self, Item};
use super::run::{Piece, Run, SPACE, line};
use super::style::{Marks, is_hidden, style};
use super::table::{Align, Cell, Table};

/// How deep elements are read one by one. Browsers keep 512; of what is deeper only the text is taken.
const DEEPEST: usize = 200;

/// The blocks of a document.
pub(super) fn blocks(nodes: &[Node]) -> Vec<Block> {
    let mut reader = Reader {
        // A title of Word stands above its headings.
        has_first: any(nodes, &|node| node.name() == "h1" || is_title(node)),
        blocks: Vec::new(),
        runs: Vec::new(),
    };
    reader.all(nodes, &Marks::default(), 0);
    reader.flush();
    reader.blocks
}

/// Whether one that is seen satisfies `wanted`.
fn any(nodes: &[Node], wanted: &dyn Fn(&Node) -> bool) -> bool {
    let mut open: Vec<&Node> = nodes.iter().collect();
    while let Some(node) = open.pop() {
        if is_hidden(node) {
            continue;
        }
        if wanted(node) {
            return true;
        }
        open.extend(node.children());
    }
    false
}

fn is_title(node: &Node) -> bool {
    node.name() == "p" && node.has_class(|class| class == "MsoTitle")
}

struct Reader {
    /// Whether the document has a heading of the first level.
    has_first: bool,
    blocks: Vec<Block>,
    /// The paragraph that is being read.
    runs: Vec<Run>,
}

impl Reader {
    fn all(&mut self, nodes: &[Node], marks: &Marks, depth: usize) {
        for node in nodes {
            self.node(node, marks, depth);
        }
    }

    fn node(&mut self, node: &Node, marks: &Marks, depth: usize) {
        if let Node::Text(text) = node {
            let text = without_conditions(text);
            self.runs.push(Run::text(text, marks.clone()));
            return;
        }
        if is_hidden(node) {
            return;
        }
        let marks = &marks.inside(node);
        if depth > DEEPEST {
            self.runs.push(Run::text(plain(node), marks.clone()));
            return;
        }
        let depth = depth + 1;
        let name = node.name();
        match name.as_str() {
            "br" => self.push(Piece::Break, marks),
            "wbr" => {}
            // Word's mark of a paragraph's end.
            "o:p" if plain(node).trim().is_empty() => {}
            "img" => self.picture(node, marks),
            "hr" => self.block(Block::Rule),
            "pre" | "listing" | "xmp" => {
                let code = Block::Code(language(node), verbatim(node));
                self.block(code);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let written = name.get(1..).and_then(|level| level.parse().ok());
                self.heading(written.unwrap_or(1), node, marks, depth);
            }
            "p" if is_title(node) => self.heading(1, node, marks, depth),
            "p" | "div" if style(node, "mso-list").is_some_and(|style| style != "none") => {
                self.word_item(node, marks, depth);
            }
            "ul" | "ol" | "menu" | "dir" => {
                let items = self.list(node, marks, depth, 0);
                self.flush();
                self.blocks.extend(items.into_iter().map(Block::Item));
            }
            "li" => {
                let blocks = self.inside(node, marks, depth);
                self.block(Block::Item(Item {
                    level: 0,
                    number: None,
                    first: false,
                    blocks,
                }));
            }
            "blockquote" => {
                let blocks = self.inside(node, marks, depth);
                if !blocks.is_empty() {
                    self.block(Block::Quote(blocks));
                }
            }
            "table" => self.table(node, marks, depth),
            "span" if node.has_class(|class| class == "Apple-converted-space") => {
                self.push(Piece::Text(" ".to_owned()), marks);
            }
            _ if BLOCKS.contains(&name.as_str()) => {
                self.flush();
                self.all(node.children(), marks, depth);
                self.flush();
            }
            _ => self.all(node.children(), marks, depth),
        }
    }

    fn push(&mut self, piece: Piece, marks: &Marks) {
        self.runs.push(Run {
            piece,
            marks: marks.clone(),
        });
    }

    /// Ends the paragraph that is being read.
    fn flush(&mut self) {
        let runs = std::mem::take(&mut self.runs);
        if !runs.iter().all(Run::is_blank) {
            self.blocks.push(Block::Paragraph(runs));
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// The blocks in an element.
    fn inside(&mut self, node: &Node, marks: &Marks, depth: usize) -> Vec<Block> {
        self.parts(node.children(), marks, depth)
    }

    fn parts(&mut self, nodes: &[Node], marks: &Marks, depth: usize) -> Vec<Block> {
        let mut inner = Self {
            has_first: self.has_first,
            blocks: Vec::new(),
            runs: Vec::new(),
        };
        inner.all(nodes, marks, depth);
        inner.flush();
        inner.blocks
    }

    fn picture(&mut self, node: &Node, marks: &Marks) {
        let dot = ["width", "height"].iter().any(|side| {
            let side = node.attribute(side).map(str::trim);
            matches!(side, Some("0" | "1"))
        });
        let address = node.attribute("src").and_then(super::address::picture);
        if let Some(address) = address.filter(|_| !dot) {
            let description = node.attribute("alt").unwrap_or_default();
            let words: Vec<&str> = description.split_whitespace().collect();
            self.push(Piece::Picture(words.join(" "), address), marks);
        }
    }

    fn heading(&mut self, written: usize, node: &Node, marks: &Marks, depth: usize) {
        let level = (written + usize::from(self.has_first)).clamp(2, 4);
        let blocks = self.inside(node, marks, depth);
        let mut runs = on_a_line(&blocks);
        // A heading is bold by itself.
        for run in &mut runs {
            run.marks.strong = false;
        }
        let runs = line(runs);
        if !runs.is_empty() {
            self.block(Block::Heading(level, runs));
        }
    }

    /// The items of a list, nested lists' among them.
    fn list(&mut self, node: &Node, marks: &Marks, depth: usize, level: usize) -> Vec<Item> {
        let ordered = node.name() == "ol";
        let mut items: Vec<Item> = Vec::new();
        let mut number = list::start(node.attribute("start"));
        for child in node.children() {
            if is_hidden(child) {
                continue;
            }
            if depth > DEEPEST {
                let text = Run::text(plain(child), marks.clone());
                if !text.is_blank() {
                    let blocks = vec![Block::Paragraph(vec![text])];
                    push_blocks(&mut items, blocks, level, ordered.then_some(number));
                }
                continue;
            }
            let marks = &marks.inside(child);
            match child.name().as_str() {
                "ul" | "ol" | "menu" | "dir" => {
                    items.append(&mut self.list(child, marks, depth + 1, level + 1));
                }
                "" => {
                    let blocks = self.parts(std::slice::from_ref(child), marks, depth + 1);
                    push_blocks(&mut items, blocks, level, ordered.then_some(number));
                }
                name => {
                    let blocks = if name == "li" {
                        self.inside(child, marks, depth + 1)
                    } else {
                        self.parts(std::slice::from_ref(child), marks, depth + 1)
                    };
                    if let Some(value) = child.attribute("value").filter(|_| ordered) {
                        number = list::start(Some(value));
                    }
                    // Google Docs says how deep an item stands, also where the lists are not nested.
                    let stated = child.attribute("aria-level").and_then(|l| l.parse().ok());
                    items.push(Item {
                        level: stated
                            .map_or(level, |stated: usize| stated.saturating_sub(1).max(level)),
                        number: ordered.then_some(number),
                        first: false,
                        blocks,
                    });
                    number = number.saturating_add(1);
                }
            }
        }
        if let Some(first) = items.first_mut() {
            first.first = true;
        }
        items
    }

    /// An item as Word writes it: a paragraph that says how deep it stands, its mark written out.
    fn word_item(&mut self, node: &Node, marks: &Marks, depth: usize) {
        let stated = style(node, "mso-list").unwrap_or_default();
        let level = stated
            .split_ascii_whitespace()
            .find_map(|word| word.strip_prefix("level")?.parse().ok());
        let mark = mark(node);
        let number = list::number(&mark);
        let blocks = self.inside(node, marks, depth);
        if !blocks.is_empty() {
            self.block(Block::Item(Item {
                level: level.unwrap_or(1),
                number,
                // Word does not say where a list ends and another begins but by its number.
                first: number == Some(1) && mark.contains('1'),
                blocks,
            }));
        }
    }

    fn table(&mut self, node: &Node, marks: &Marks, depth: usize) {
        let mut rows: Vec<&Node> = Vec::new();
        let mut captions: Vec<&Node> = Vec::new();
        for child in node.children().iter().filter(|child| !is_hidden(child)) {
            match child.name().as_str() {
                "tr" => rows.push(child),
                "caption" => captions.push(child),
                "thead" | "tbody" | "tfoot" => {
                    let inside = child.children().iter();
                    rows.extend(inside.filter(|row| row.name() == "tr" && !is_hidden(row)));
                }
                _ => {}
            }
        }
        for caption in captions {
            let blocks = self.inside(caption, marks, depth);
            self.flush();
            self.blocks.extend(blocks);
        }
        let cells = |row: &&Node| -> Vec<Node> {
            let cells = row.children().iter();
            let seen = cells.filter(|cell| !is_hidden(cell));
            seen.filter(|cell| matches!(cell.name().as_str(), "td" | "th"))
                .cloned()
                .collect()
        };
        let rows: Vec<Vec<Node>> = rows.iter().map(cells).collect();
        let wide = rows.iter().any(|row| row.len() > 1);
        if !wide {
            // A frame around text, no table.
            for cell in rows.iter().flatten() {
                let blocks = self.inside(cell, &marks.inside(cell), depth + 3);
                self.flush();
                self.blocks.extend(blocks);
            }
            return;
        }
        let mut table = Table::default();
        for row in &rows {
            let mut line = Vec::new();
            for cell in row {
                let blocks = self.inside(cell, &marks.inside(cell), depth + 3);
                let mut runs = on_a_line(&blocks);
                if cell.name() == "th" {
                    for run in &mut runs {
                        run.marks.strong = false;
                    }
                }
                line.push(Cell {
                    runs: super::run::line(runs),
                    align: align(cell),
                });
                let span = cell.attribute("colspan").and_then(|span| span.parse().ok());
                let span: usize = span.unwrap_or(1);
                line.extend((1..span.min(100)).map(|_| Cell::default()));
            }
            if line.iter().any(|cell| !cell.runs.is_empty()) {
                table.rows.push(line);
            }
        }
        if !table.rows.is_empty() {
            self.block(Block::Table(table));
        }
    }
}

/// Adds blocks that stand in a list but in no item to the item in front.
fn push_blocks(items: &mut Vec<Item>, blocks: Vec<Block>, level: usize, number: Option<u64>) {
    if blocks.is_empty() {
        return;
    }
    match items.last_mut() {
        Some(last) => last.blocks.extend(blocks),
        None => items.push(Item {
            level,
            number,
            first: false,
            blocks,
        }),
    }
}

/// The runs of blocks one behind the other.
fn on_a_line(blocks: &[Block]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for block in blocks {
        if !runs.is_empty() {
            runs.push(Run::text(" ".to_owned(), Marks::default()));
        }
        match block {
            Block::Paragraph(inside) | Block::Heading(_, inside) => runs.extend(inside.clone()),
            Block::Quote(blocks) => runs.extend(on_a_line(blocks)),
            Block::Item(item) => runs.extend(on_a_line(&item.blocks)),
            Block::Code(_, text) => {
                let marks = Marks {
                    code: true,
                    ..Marks::default()
                };
                runs.push(Run::text(text.clone(), marks));
            }
            Block::Table(table) => {
                for cell in table.rows.iter().flatten() {
                    runs.extend(cell.runs.clone());
                    runs.push(Run::text(" ".to_owned(), Marks::default()));
                }
            }
            Block::Rule => {}
        }
    }
    runs
}

fn align(cell: &Node) -> Align {
    let stated = style(cell, "text-align");
    let stated = stated.or_else(|| cell.attribute("align").map(str::to_ascii_lowercase));
    match stated.as_deref() {
        Some("left") => Align::Left,
        Some("center") => Align::Center,
        Some("right") => Align::Right,
        _ => Align::None,
    }
}

/// The mark that Word wrote out in an item: the text that is hidden as such.
fn mark(node: &Node) -> String {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if style(node, "mso-list").as_deref() == Some("ignore") {
            return plain(node);
        }
        open.extend(node.children().iter().rev());
    }
    String::new()
}

/// All text in an element, without recursion: for what is nested too deep.
fn plain(node: &Node) -> String {
    let mut out = String::new();
    let mut open = vec![node];
    let root = node;
    while let Some(node) = open.pop() {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element { .. } if std::ptr::eq(node, root) || !is_hidden(node) => {
                open.extend(node.children().iter().rev());
            }
            Node::Element { .. } => {}
        }
    }
    out
}

/// The text of preformatted code.
fn verbatim(node: &Node) -> String {
    let mut out = String::new();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element { .. } if is_hidden(node) => {}
            Node::Element { .. } if node.name() == "br" => out.push('\n'),
            Node::Element { .. } => open.extend(node.children().iter().rev()),
        }
    }
    let text = out.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_prefix('\n').unwrap_or(&text);
    text.trim_end_matches([' ', '\t', '\n']).to_owned()
}

/// The language of code, from the classes highlighters know.
fn language(node: &Node) -> String {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        let classes = node.attribute("class").unwrap_or_default();
        let by_class = classes.split_ascii_whitespace().find_map(|class| {
            ["language-", "lang-"]
                .iter()
                .find_map(|prefix| class.strip_prefix(prefix))
        });
        let found = by_class.or_else(|| node.attribute("data-lang"));
        let fits = |name: &&str| {
            let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '#');
            !name.is_empty() && name.chars().all(known)
        };
        if let Some(found) = found.filter(fits) {
            return found.to_ascii_lowercase();
        }
        open.extend(
            node.children()
                .iter()
                .filter(|child| child.name() == "code"),
        );
    }
    String::new()
}

/// Text without what is left of Word's conditional comments.
fn without_conditions(text: &str) -> String {
    let mut out = text.to_owned();
    for (start, end) in [
        ("<!--[if ", "]>"),
        ("<![if ", "]>"),
        ("<![endif]", ">"),
        ("<!--[endif]", ">"),
    ] {
        while let Some(at) = out.find(start) {
            let rest = out.get(at..).unwrap_or_default();
            let Some(length) = rest.find(end).map(|length| length + end.len()) else {
                break;
            };
            out.replace_range(at..at + length, "");
        }
    }
    if out.trim_matches(SPACE).starts_with("[if ") && out.trim_matches(SPACE).ends_with(']') {
        return String::new();
    }
    out
}

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "html",
    "legend",
    "main",
    "nav",
    "p",
    "search",
    "section",
    "summary",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];
