//! Lines and what they stand in: quotations, list items, code, comments.

/// The mark of a list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `-`, `*` or `+`.
    Bullet(char),
    /// A number with `.` or `)`.
    Number(u64, char),
}

impl Marker {
    /// Whether items with these marks belong to one list.
    pub(super) const fn like(self, other: Self) -> bool {
        match (self, other) {
            (Self::Bullet(a), Self::Bullet(b)) | (Self::Number(_, a), Self::Number(_, b)) => {
                a as u32 == b as u32
            }
            _ => false,
        }
    }

    /// As it is written.
    pub(super) fn text(self) -> String {
        match self {
            Self::Bullet(mark) => mark.to_string(),
            Self::Number(number, mark) => format!("{number}{mark}"),
        }
    }

    /// The mark of the item behind.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Number(number, mark) => Self::Number(number.saturating_add(1), mark),
            bullet @ Self::Bullet(_) => bullet,
        }
    }
}

/// What a line can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Container {
    /// `at`: where its first `>` stands.
    Quote {
        at: usize,
    },
    Item(Item),
}

/// A list item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) marker: Marker,
    /// Where its mark stands.
    pub(super) at: usize,
    /// Where its mark ends.
    pub(super) marker_end: usize,
    /// Columns from where its list stands to its text: what belongs to it is indented that far.
    pub(super) width: usize,
    /// Nothing stands behind its mark.
    pub(super) empty: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    /// A line of a paragraph or a table.
    Text,
    Heading,
    /// `===` or `---` below a heading.
    Underline,
    /// A line across.
    Rule,
    FenceOpen,
    Fenced,
    FenceClose,
    /// Code by indentation.
    Indented,
    /// A comment or another block that holds no Markdown. `first`: it begins here.
    Raw {
        first: bool,
    },
}

impl Kind {
    /// Whether marks of Markdown mean nothing in it.
    pub(super) const fn is_literal(self) -> bool {
        matches!(
            self,
            Self::FenceOpen | Self::Fenced | Self::FenceClose | Self::Indented | Self::Raw { .. }
        )
    }

    /// Whether the line goes on with what the line before began, whatever stands in it.
    pub(super) const fn goes_on(self) -> bool {
        matches!(
            self,
            Self::Fenced | Self::FenceClose | Self::Raw { first: false }
        )
    }
}

/// A line with what it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) start: usize,
    /// Without the line break.
    pub(super) end: usize,
    /// From the outermost.
    pub(super) containers: Vec<Container>,
    /// Where in the line each of them has its mark or indentation, and at last where they are all over.
    pub(super) edges: Vec<usize>,
    /// How many of them began on earlier lines.
    pub(super) continued: usize,
    /// Where its text starts: behind marks and indentation.
    pub(super) content: usize,
    pub(super) kind: Kind,
    /// How many containers have their marks or indentation in the line.
    pub(super) marked: usize,
    /// It goes on with a paragraph without all the marks of what that stands in.
    pub(super) lazy: bool,
}

impl Line {
    /// Where the marks of its containers end.
    pub(super) fn inner(&self) -> usize {
        self.edges.last().copied().unwrap_or(self.start)
    }

    /// Where container `depth` has its mark, or the end of all marks.
    pub(super) fn edge(&self, depth: usize) -> usize {
        self.edges.get(depth).copied().unwrap_or(self.inner())
    }

    /// Whether it ends with the mark of an item, without a space: what is written there would be a part of the mark.
    pub(super) fn ends_with_mark(&self) -> bool {
        self.item()
            .is_some_and(|(_, item)| item.marker_end == self.end)
    }

    /// The innermost item with its depth.
    pub(super) fn item(&self) -> Option<(usize, Item)> {
        self.containers
            .iter()
            .enumerate()
            .rev()
            .find_map(|(depth, container)| match container {
                Container::Item(item) => Some((depth, *item)),
                Container::Quote { .. } => None,
            })
    }

    /// The item at `depth`.
    pub(super) fn item_at(&self, depth: usize) -> Option<Item> {
        match self.containers.get(depth) {
            Some(Container::Item(item)) => Some(*item),
            _ => None,
        }
    }

    /// Whether an item begins on this line.
    pub(super) fn begins(&self, item: Item) -> bool {
        self.start <= item.at && item.at < self.end.max(self.start + 1)
    }

    /// Its text, without marks and indentation.
    pub(super) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.content..self.end).unwrap_or_default()
    }

    /// Whether there is nothing in it, no mark of its own either.
    pub(super) fn is_blank(&self) -> bool {
        self.kind == Kind::Blank && self.continued == self.containers.len()
    }
}

/// How many columns of white space stand at the start. Tabs go to the next multiple of four.
pub(super) fn columns(text: &str) -> usize {
    let mut columns = 0;
    for byte in text.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
    }
    columns
}
