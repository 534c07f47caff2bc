//! The tree: nodes in the order of the text, each with its range and the end of its subtree.
//!
//! Flat on purpose: no depth of nesting can exhaust a stack, and a part of a document is a slice.

use std::ops::Range;

use super::attributes::Attributes;

/// A column's alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    None,
    Left,
    Center,
    Right,
}

/// Where a link or an image leads. Destination and title are raw, as Hugo's hooks get them: backslashes and entities
/// stand as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Inline {
        destination: String,
        title: String,
    },
    /// `[…][label]`: the label, normalised.
    Reference(String),
    /// `<https://…>` or `<joe@…>`: the label is the address.
    Auto {
        destination: String,
    },
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    Paragraph,
    /// The text of a tight list item.
    TextBlock,
    Heading {
        level: u8,
        setext: bool,
    },
    Quote,
    /// Fenced or indented code.
    Code {
        /// What stands behind the opening fence; `None` for indented code.
        info: Option<Range<usize>>,
        text: String,
    },
    /// Lines of raw HTML.
    Html(String),
    List {
        start: Option<u64>,
    },
    Item,
    Table(Vec<Align>),
    TableHead,
    TableRow,
    TableCell,
    /// A footnote's definition.
    Note(String),
    /// The lines above definitions. `first`: a list of definitions starts here.
    Terms {
        first: bool,
    },
    /// Definitions. `last`: the list ends behind them.
    Definitions {
        last: bool,
    },
    Definition,
    Rule,
    /// A line of attributes that stands for itself; it belongs to the block right before it, or to nobody.
    AttributeLine,

    /// As it stands in the source.
    Text,
    /// A character that is written otherwise.
    Entity(String),
    InlineCode(String),
    Emphasis,
    Strong,
    Strike,
    Link(Target),
    Image(Target),
    /// `None`: as it stands in the source.
    InlineHtml(Option<String>),
    SoftBreak,
    HardBreak,
    NoteRef(String),
    Task(bool),
}

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// In the text that was parsed, in bytes.
    pub(crate) range: Range<usize>,
    /// The index behind the last node of its subtree.
    pub(crate) end: usize,
    pub(crate) attributes: Option<Box<Attributes>>,
}

impl Node {
    pub(crate) const fn is_block(&self) -> bool {
        matches!(
            self.kind,
            Kind::Paragraph
                | Kind::TextBlock
                | Kind::Heading { .. }
                | Kind::Quote
                | Kind::Code { .. }
                | Kind::Html(_)
                | Kind::List { .. }
                | Kind::Item
                | Kind::Table(_)
                | Kind::TableHead
                | Kind::TableRow
                | Kind::TableCell
                | Kind::Note(_)
                | Kind::Terms { .. }
                | Kind::Definitions { .. }
                | Kind::Definition
                | Kind::Rule
                | Kind::AttributeLine
        )
    }
}

/// The definition of a link's label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Normalised.
    pub(crate) label: String,
    pub(crate) destination: String,
    pub(crate) title: String,
    pub(crate) range: Range<usize>,
}

/// A label that was looked up, and whether there was such a definition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Lookup {
    pub(crate) label: String,
    pub(crate) found: bool,
}

/// A parsed text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Tree {
    /// In the order of the text, parents before their children.
    pub(crate) nodes: Vec<Node>,
    /// Labels of links defined in it.
    pub(crate) references: Vec<Reference>,
    /// Labels of links looked up in it.
    pub(crate) reference_lookups: Vec<Lookup>,
    /// Labels of footnotes looked up in it.
    pub(crate) note_lookups: Vec<Lookup>,
}

/// A link's label as labels are compared: case and runs of white space do not count.
pub(crate) fn normalised(label: &str) -> String {
    let folded = label.to_lowercase().to_uppercase().to_lowercase();
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| c.is_ascii_whitespace()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}
