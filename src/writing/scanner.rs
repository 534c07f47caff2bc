//! Reads what lines stand in, by CommonMark's rules for blocks.
//!
//! A text is read from its start, line by line, without a look at what is inside the lines.

use super::lines::{Container, Item, Kind, Line, Marker, columns};

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
