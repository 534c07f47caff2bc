//! Lines and what they stand in, by CommonMark's rules for blocks: quotations, list items, code, comments.
//!
//! A text is read from its start, line by line, without a look at what is inside the lines.

use std::ops::Range;

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
    empty: bool,
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
    const fn goes_on(self) -> bool {
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

/// An opened fence or raw block.
#[derive(Debug, Clone, Copy)]
enum Open {
    Fence(char, usize),
    Raw(&'static str),
}

/// Reads lines from the start of a text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    next: Option<usize>,
    containers: Vec<Container>,
    edges: Vec<usize>,
    open: Option<Open>,
    /// The line before is part of a paragraph.
    paragraph: bool,
}

/// What the scanner says of a line beside its own state.
struct Step {
    start: usize,
    end: usize,
    continued: usize,
    content: usize,
    kind: Kind,
    /// How many containers a lazy line has marks of; `None` for others.
    marked: Option<usize>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            next: Some(0),
            containers: Vec::new(),
            edges: Vec::new(),
            open: None,
            paragraph: false,
        }
    }

    fn line(&self, step: &Step) -> Line {
        Line {
            start: step.start,
            end: step.end,
            containers: self.containers.clone(),
            edges: self.edges.clone(),
            continued: step.continued,
            content: step.content,
            kind: step.kind,
            marked: step.marked.unwrap_or(self.containers.len()),
            lazy: step.marked.is_some(),
        }
    }

    fn step(&mut self) -> Option<Step> {
        let text: &'a str = self.text;
        let start = self.next?;
        let rest = text.get(start..)?;
        let end = start + rest.find('\n').unwrap_or(rest.len());
        self.next = (end < text.len()).then_some(end + 1);
        let line = text.get(..end)?;
        let (mut at, matched) = self.matched(line, start);
        let mut step = Step {
            start,
            end,
            continued: matched,
            content: end,
            kind: Kind::Blank,
            marked: None,
        };
        if let Some(open) = self.open {
            if matched == self.containers.len() {
                self.edges.push(at);
                self.literal(line, at, open, &mut step);
                return Some(step);
            }
            self.open = None;
            self.paragraph = false;
        }
        let whole = matched == self.containers.len();
        let mut fresh = false;
        while let Some((container, behind)) = opening(line, at, self.paragraph && whole && !fresh) {
            self.containers
                .truncate(if fresh { usize::MAX } else { matched });
            self.edges.push(at);
            self.containers.push(container);
            fresh = true;
            at = behind;
        }
        let after = line.get(at..).unwrap_or_default();
        let text_of = after.trim_start_matches([' ', '\t']);
        step.content = end - text_of.len();
        let deep = columns(after) >= 4;
        let kind = kind_of(text_of, deep, self.paragraph && whole && !fresh);
        if !fresh && !whole {
            if self.paragraph && (kind == Kind::Text || (deep && kind != Kind::Blank)) {
                step.marked = Some(matched);
                step.kind = Kind::Text;
                step.continued = self.containers.len();
                self.edges.resize(self.containers.len() + 1, at);
                return Some(step);
            }
            self.containers.truncate(matched);
        }
        self.edges.push(at);
        step.kind = match kind {
            Kind::Text if deep && !(self.paragraph && whole && !fresh) => Kind::Indented,
            kind => kind,
        };
        self.paragraph = step.kind == Kind::Text;
        match step.kind {
            Kind::FenceOpen => {
                self.open = fence(text_of).map(|(mark, len)| Open::Fence(mark, len));
            }
            Kind::Raw { .. } => {
                self.open = raw(text_of)
                    .filter(|(open, close)| {
                        let inside = text_of.get(open.len()..).unwrap_or_default();
                        !contains(inside, close)
                    })
                    .map(|(_, close)| Open::Raw(close));
            }
            _ => {}
        }
        Some(step)
    }

    /// How far the containers go on in the line, and how many do. Notes their edges.
    fn matched(&mut self, line: &str, start: usize) -> (usize, usize) {
        self.edges.clear();
        let mut at = start;
        let mut matched = 0;
        for container in &mut self.containers {
            let rest = line.get(at..).unwrap_or_default();
            let blank = rest.trim_matches([' ', '\t']).is_empty();
            let behind = match container {
                Container::Quote { .. } => match quote_mark(line, at) {
                    Some(behind) => behind,
                    None => break,
                },
                Container::Item(item) if blank => {
                    // An item that begins with a blank line has no second one.
                    if item.empty {
                        break;
                    }
                    at + indentation(rest, item.width)
                }
                Container::Item(item) => {
                    if columns(rest) < item.width {
                        break;
                    }
                    item.empty = false;
                    at + indentation(rest, item.width)
                }
            };
            self.edges.push(at);
            at = behind;
            matched += 1;
        }
        (at, matched)
    }

    /// A line of code or of something raw.
    fn literal(&mut self, line: &str, at: usize, open: Open, step: &mut Step) {
        let after = line.get(at..).unwrap_or_default();
        let text_of = after.trim_start_matches([' ', '\t']);
        step.content = step.end - text_of.len();
        let closes = match open {
            Open::Fence(mark, len) => {
                let run = text_of.chars().take_while(|c| *c == mark).count();
                let behind = text_of.trim_start_matches(mark);
                step.kind = Kind::Fenced;
                columns(after) < 4 && run >= len && behind.trim_matches([' ', '\t']).is_empty()
            }
            Open::Raw(close) => {
                step.kind = Kind::Raw { first: false };
                contains(text_of, close)
            }
        };
        if closes {
            self.open = None;
            self.paragraph = false;
            if step.kind == Kind::Fenced {
                step.kind = Kind::FenceClose;
            }
        }
    }
}

/// Every line of a text.
impl Iterator for Scanner<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let step = self.step()?;
        Some(self.line(&step))
    }
}

/// The lines around a selection, from where nothing is open to where nothing is open again.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) lines: Vec<Line>,
    /// The lines with the selection. A line whose very start is the selection's end is none of them.
    pub(super) selected: Range<usize>,
}

impl Region {
    pub(super) fn around(text: &str, selection: &Range<usize>) -> Self {
        let mut scanner = Scanner::new(text);
        let mut lines: Vec<Line> = Vec::new();
        let mut blank = true;
        while let Some(step) = scanner.step() {
            let cut = blank
                && scanner.containers.is_empty()
                && step.kind != Kind::Blank
                && !step.kind.goes_on();
            blank = step.kind == Kind::Blank;
            if cut {
                if step.start > selection.end {
                    break;
                }
                if step.start <= selection.start {
                    lines.clear();
                }
            }
            lines.push(scanner.line(&step));
        }
        let first = lines
            .iter()
            .rposition(|line| line.start <= selection.start)
            .unwrap_or(0);
        let behind = lines.iter().rposition(|line| {
            line.start < selection.end || (line.start == selection.end && selection.is_empty())
        });
        let last = behind.unwrap_or(first).max(first);
        Self {
            lines,
            selected: first..last + 1,
        }
    }

    /// The lines with the selection.
    pub(super) fn selected(&self) -> &[Line] {
        self.lines.get(self.selected.clone()).unwrap_or_default()
    }

    /// The first line with the selection.
    pub(super) fn line(&self) -> Option<&Line> {
        self.lines.get(self.selected.start)
    }

    /// The lines `item` at `depth` consists of: its first and what belongs to it, without blank lines at its end.
    pub(super) fn item_lines(&self, depth: usize, item: Item) -> Range<usize> {
        let first = self
            .lines
            .iter()
            .position(|line| line.begins(item))
            .unwrap_or(self.lines.len());
        let behind = self
            .lines
            .iter()
            .skip(first)
            .take_while(|line| line.item_at(depth).is_some_and(|other| other.at == item.at));
        let mut end = first + behind.count();
        while end > first + 1 && self.lines.get(end - 1).is_some_and(|line| line.is_blank()) {
            end -= 1;
        }
        first..end
    }

    /// The items of the list that `item` at `depth` belongs to, in order.
    pub(super) fn siblings(&self, depth: usize, item: Item) -> Vec<Item> {
        let Some(at) = self.lines.iter().position(|line| line.begins(item)) else {
            return vec![item];
        };
        let parents = |line: &Line| -> Vec<usize> {
            line.containers
                .iter()
                .take(depth)
                .map(|container| match container {
                    Container::Quote { at } => *at,
                    Container::Item(item) => item.at,
                })
                .collect()
        };
        let own = self.lines.get(at).map(&parents).unwrap_or_default();
        let of_list = |line: &&Line| {
            line.is_blank()
                || line
                    .item_at(depth)
                    .is_some_and(|other| other.marker.like(item.marker) && parents(line) == own)
        };
        let before = self
            .lines
            .get(..at)
            .unwrap_or_default()
            .iter()
            .rev()
            .take_while(of_list)
            .count();
        let behind = self.lines.iter().skip(at).take_while(of_list).count();
        let lines = self.lines.get(at - before..at + behind).unwrap_or_default();
        lines
            .iter()
            .filter_map(|line| line.item_at(depth).filter(|item| line.begins(*item)))
            .collect()
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

/// How many bytes of white space make up `width` columns; a tab that goes further is taken whole.
fn indentation(text: &str, width: usize) -> usize {
    let (mut columns, mut bytes) = (0, 0);
    for byte in text.bytes() {
        if columns >= width {
            break;
        }
        match byte {
            b' ' => columns += 1,
            b'\t' => columns += 4 - columns % 4,
            _ => break,
        }
        bytes += 1;
    }
    bytes
}

/// Behind `>` and the space that belongs to it, with no more than three spaces before it.
fn quote_mark(line: &str, at: usize) -> Option<usize> {
    let rest = line.get(at..)?;
    let text = rest.trim_start_matches(' ');
    let inside = text.strip_prefix('>')?;
    if rest.len() - text.len() > 3 {
        return None;
    }
    let space = usize::from(inside.starts_with([' ', '\t']));
    Some(line.len() - inside.len() + space)
}

/// A container that begins at `at`, and where its text goes on. `interrupts`: it would end a paragraph.
fn opening(line: &str, at: usize, interrupts: bool) -> Option<(Container, usize)> {
    let rest = line.get(at..)?;
    if columns(rest) >= 4 {
        return None;
    }
    let text = rest.trim_start_matches([' ', '\t']);
    let mark_at = line.len() - text.len();
    if let Some(behind) = quote_mark(line, at) {
        return Some((Container::Quote { at: mark_at }, behind));
    }
    let (marker, length) = marker_of(text)?;
    if is_rule(text) {
        return None;
    }
    let inside = text.get(length..)?;
    let gap = columns(inside);
    let empty = inside.trim_matches([' ', '\t']).is_empty();
    if interrupts && (empty || matches!(marker, Marker::Number(number, _) if number != 1)) {
        return None;
    }
    let gap = if empty || gap > 4 { 1 } else { gap };
    let marker_end = mark_at + length;
    let item = Item {
        marker,
        at: mark_at,
        marker_end,
        width: columns(rest) + length + gap,
        empty,
    };
    let behind = marker_end + indentation(inside, gap);
    Some((Container::Item(item), behind))
}

/// The mark of an item at the start, with its length.
pub(super) fn marker_of(text: &str) -> Option<(Marker, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark = text.get(digits..)?.chars().next()?;
    let marker = match mark {
        '-' | '*' | '+' if digits == 0 => Marker::Bullet(mark),
        '.' | ')' if (1..=9).contains(&digits) => {
            Marker::Number(text.get(..digits)?.parse().ok()?, mark)
        }
        _ => return None,
    };
    let behind = text.get(digits + 1..)?;
    (behind.is_empty() || behind.starts_with([' ', '\t'])).then_some((marker, digits + 1))
}

/// A fence's mark and length at the start of a line that opens one.
pub(super) fn fence(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let len = text.chars().take_while(|c| *c == mark).count();
    let info = text.get(len..)?;
    (len >= 3 && !(mark == '`' && info.contains('`'))).then_some((mark, len))
}

fn is_rule(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !matches!(c, ' ' | '\t'));
    let Some(mark) = marks.next().filter(|c| matches!(c, '-' | '*' | '_')) else {
        return false;
    };
    let mut count = 1;
    marks.all(|c| {
        count += 1;
        c == mark
    }) && count >= 3
}

/// How many `#` a heading has, and how long they are with the white space behind.
pub(super) fn heading(text: &str) -> Option<(usize, usize)> {
    let level = text.bytes().take_while(|byte| *byte == b'#').count();
    let behind = text.get(level..)?;
    let inside = behind.trim_start_matches([' ', '\t']);
    let parted = behind.is_empty() || inside.len() < behind.len();
    ((1..=6).contains(&level) && parted).then_some((level, text.len() - inside.len()))
}

/// How a block that holds no Markdown begins and ends.
const RAW: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

fn raw(text: &str) -> Option<(&'static str, &'static str)> {
    if !text.starts_with('<') {
        return None;
    }
    RAW.iter().copied().find(|(open, _)| {
        let head = text.as_bytes().get(..open.len());
        let behind = text.as_bytes().get(open.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(open.as_bytes()))
            && (*open == "<!--" || !behind.is_some_and(u8::is_ascii_alphanumeric))
    })
}

fn contains(text: &str, what: &str) -> bool {
    text.as_bytes()
        .windows(what.len())
        .any(|part| part.eq_ignore_ascii_case(what.as_bytes()))
}

/// What a line is by its text. `deep`: it is indented like code; `paragraph`: it would go on with one.
fn kind_of(text: &str, deep: bool, paragraph: bool) -> Kind {
    if text.is_empty() {
        return Kind::Blank;
    }
    if deep {
        return Kind::Text;
    }
    let underline = text.trim_end_matches([' ', '\t']);
    if paragraph
        && (underline.bytes().all(|byte| byte == b'=')
            || underline.bytes().all(|byte| byte == b'-'))
    {
        Kind::Underline
    } else if heading(text).is_some() {
        Kind::Heading
    } else if is_rule(text) {
        Kind::Rule
    } else if fence(text).is_some() {
        Kind::FenceOpen
    } else if raw(text).is_some() {
        Kind::Raw { first: true }
    } else {
        Kind::Text
    }
}
