//! Where everything stands: the front matter as a tree of spans and styles.

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StructureStyle};

use crate::text::{BytePos, LineColumn, Problem, Span};

use super::value::Step;
use super::{DEEPEST, KeyPath, LARGEST, Value};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
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

/// A value's place.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// The value's own bytes, without tag and anchor.
    pub(crate) span: Span,
    pub(crate) style: Style,
    /// It carries `&name`.
    pub(crate) anchored: bool,
    /// It carries `!tag`.
    pub(crate) tagged: bool,
    /// The text of a scalar as YAML resolves its escapes and folds.
    pub(crate) text: String,
    pub(crate) items: Vec<Node>,
    pub(crate) entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) key_span: Span,
    pub(crate) value: Node,
}

impl Entry {
    /// Key and value, without the comment behind them.
    pub(crate) fn span(&self) -> Span {
        Span::new(
            self.key_span.start(),
            self.value.span.end().max(self.key_span.end()),
        )
    }
}

/// The whole front matter's places.
#[derive(Debug, Clone)]
pub(crate) struct Outline {
    /// The map at the root; `None` where nothing but comments stands there.
    pub(crate) root: Option<Node>,
    aliases: usize,
}

/// More aliases than this are no front matter a person wrote.
const MOST_ALIASES: usize = 50;

impl Outline {
    /// Reads where everything stands.
    pub(crate) fn read(source: &str) -> Result<Self, Problem> {
        if source.len() > LARGEST {
            return Err(Problem::new(
                Span::at(BytePos::new(0)),
                format!(
                    "The front matter has {} kB, more than the {} kB the form can handle. You can edit it as text.",
                    source.len() >> 10,
                    LARGEST >> 10
                ),
            ));
        }
        let (root, aliases) = parse(source)?;
        let outline = Self { root, aliases };
        if let Some(root) = &outline.root {
            if !matches!(root.style, Style::BlockMap | Style::FlowMap) {
                return Err(Problem::new(
                    root.span,
                    "The front matter is not a list of entries like “title: My post”. Edit it as text.",
                ));
            }
            check_keys(source, root)?;
        }
        Ok(outline)
    }

    /// The places of any YAML, whatever stands at its root.
    pub(super) fn read_any(source: &str) -> Result<Node, Problem> {
        let (root, _) = parse(source)?;
        root.ok_or_else(|| Problem::new(Span::at(BytePos::new(0)), "There is nothing here."))
    }

    /// The plain values, by `serde_yaml`.
    pub(crate) fn values(&self, source: &str) -> Result<serde_yaml::Mapping, Problem> {
        let whole = Span::from_range(0..source.len());
        if self.aliases > MOST_ALIASES {
            return Err(Problem::new(
                whole,
                format!(
                    "The front matter repeats values by reference {} times; the form can handle {MOST_ALIASES}. \
                     You can edit it as text.",
                    self.aliases
                ),
            ));
        }
        if self.root.is_none() {
            return Ok(serde_yaml::Mapping::new());
        }
        match serde_yaml::from_str::<serde_yaml::Value>(source) {
            Ok(serde_yaml::Value::Mapping(mapping)) => Ok(mapping),
            Ok(_) => Err(Problem::new(
                whole,
                "The front matter is not a list of entries like “title: My post”. Edit it as text.",
            )),
            Err(error) => {
                let at = error.location().map_or(0, |location| location.index());
                let at = (0..=at.min(source.len()))
                    .rev()
                    .find(|&i| source.is_char_boundary(i));
                Err(yaml_problem(
                    source,
                    BytePos::new(at.unwrap_or_default()),
                    &error.to_string(),
                ))
            }
        }
    }

    /// The entry at `path`, keys compared as Hugo does.
    pub(crate) fn node(&self, path: &KeyPath) -> Option<&Node> {
        let mut node = self.root.as_ref()?;
        for step in path.steps() {
            node = match step {
                Step::Key(key) => &node.entry(key)?.value,
                Step::Index(index) => node.items.get(*index)?,
            };
        }
        Some(node)
    }

    /// The values of the whole tree with every number as it is written.
    pub(crate) fn value_of(&self, source: &str, mapping: &serde_yaml::Mapping) -> Value {
        let value = Value::from(&serde_yaml::Value::Mapping(mapping.clone()));
        match &self.root {
            Some(root) => as_written(value, root, source),
            None => value,
        }
    }
}

fn parse(source: &str) -> Result<(Option<Node>, usize), Problem> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEEPEST;
    options.block_nesting_limit = DEEPEST;
    let mut builder = Builder {
        source,
        stack: Vec::new(),
        root: None,
        documents: 0,
        aliases: 0,
    };
    for next in Parser::new_from_str_with_options(source, options) {
        let (event, span) = next.map_err(|error| scan_problem(source, &error))?;
        builder.take(event, span)?;
    }
    Ok((builder.root, builder.aliases))
}

impl Node {
    /// The entry `key`: the exact key first, else one that differs in case only.
    pub(crate) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.key == key)
            .or_else(|| {
                self.entries
                    .iter()
                    .find(|entry| entry.key.eq_ignore_ascii_case(key))
            })
    }

    /// Whether it, or anything in it, is shared by reference or typed by hand.
    pub(crate) fn is_tied(&self) -> bool {
        self.anchored
            || self.tagged
            || self.style == Style::Alias
            || self.items.iter().any(Self::is_tied)
            || self
                .entries
                .iter()
                .any(|entry| entry.value.is_tied() || entry.key == "<<")
    }
}

/// Gives numbers back their own spelling: `2.20` is not `2.2` to a writer.
fn as_written(value: Value, node: &Node, source: &str) -> Value {
    match value {
        Value::Number(_) if node.style == Style::Plain => {
            Value::Number(node.span.of(source).to_owned())
        }
        Value::List(items) if items.len() == node.items.len() => Value::List(
            items
                .into_iter()
                .zip(&node.items)
                .map(|(item, node)| as_written(item, node, source))
                .collect(),
        ),
        Value::Map(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let entry = node.entries.iter().find(|entry| entry.key == key);
                    let value = match entry {
                        Some(entry) => as_written(value, &entry.value, source),
                        None => value,
                    };
                    (key, value)
                })
                .collect(),
        ),
        other => other,
    }
}

/// Refuses what Hugo refuses and what could only be guessed: keys that stand twice.
fn check_keys(source: &str, node: &Node) -> Result<(), Problem> {
    for (i, entry) in node.entries.iter().enumerate() {
        let twin = node.entries.iter().take(i).find(|other| {
            other.key == entry.key
                || (other.key.eq_ignore_ascii_case(&entry.key) && entry.key != "<<")
        });
        if let Some(twin) = twin {
            return Err(Problem::new(
                entry.key_span,
                format!(
                    "“{}” stands twice, on line {} and line {} of the front matter. Delete one of them.",
                    entry.key,
                    LineColumn::of(source, twin.key_span.start()).line,
                    LineColumn::of(source, entry.key_span.start()).line,
                ),
            ));
        }
        check_keys(source, &entry.value)?;
    }
    node.items
        .iter()
        .try_for_each(|item| check_keys(source, item))
}

/// Says a scanner's error in plain words.
fn scan_problem(source: &str, error: &ScanError) -> Problem {
    let at = error
        .marker()
        .byte_offset()
        .unwrap_or_default()
        .min(source.len());
    let at = (0..=at)
        .rev()
        .find(|&i| source.is_char_boundary(i))
        .unwrap_or_default();
    yaml_problem(source, BytePos::new(at), &error.to_string())
}

fn yaml_problem(source: &str, at: BytePos, reason: &str) -> Problem {
    // What is never closed is noticed at the end; the last line that says something is nearer to it.
    let said = source.get(..at.get()).unwrap_or_default().trim_end().len();
    let blank = source
        .get(at.get()..)
        .is_none_or(|rest| rest.starts_with(['\n', '\r']) || rest.is_empty());
    let at = if blank { BytePos::new(said) } else { at };
    let line_start = source
        .get(..at.get())
        .and_then(|head| head.rfind(['\n', '\r']))
        .map_or(0, |i| i + 1);
    let line = source.get(line_start..).unwrap_or_default();
    let line = line.split(['\n', '\r']).next().unwrap_or_default();
    let number = LineColumn::of(source, at).line;
    let lower = reason.to_ascii_lowercase();
    let hint = if line.trim_start_matches(' ').starts_with('\t') {
        "A line starts with a tab; YAML wants spaces there"
    } else if lower.contains("nest") || lower.contains("recursion") || lower.contains("depth") {
        "The values are nested too deeply for the form"
    } else if lower.contains("anchor") || lower.contains("alias") {
        "A *reference has no matching &anchor before it; put quotes around a text that starts with *"
    } else if lower.contains("mapping values")
        || lower.contains("simple key")
        || lower.contains("':'")
    {
        "There is a colon that YAML takes for a new entry, or one is missing; put quotes around a text that contains “: ”"
    } else if lower.contains("quote") || lower.contains("end of stream") {
        "A quotation mark or a bracket is not closed"
    } else if lower.contains("flow") || lower.contains("']'") || lower.contains("'}'") {
        "A bracket is not closed, or a comma is missing in a list"
    } else if lower.contains("indent") {
        "A line is indented too much or too little"
    } else {
        "This is not YAML as it stands"
    };
    Problem::new(
        Span::at(at),
        format!(
            "{hint} (near line {number} of the front matter: “{}”).",
            line.trim()
        ),
    )
}

/// A collection that is being read.
struct Open {
    node: Node,
    key: Option<(String, Span)>,
}

struct Builder<'a> {
    source: &'a str,
    stack: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    aliases: usize,
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: granit_parser::Span) -> Result<(), Problem> {
        let start = BytePos::new(span.start.byte_offset().unwrap_or_default());
        let end = BytePos::new(span.end.byte_offset().unwrap_or_default());
        let span = Span::new(start, end);
        let node = |style, anchor: usize, tagged| Node {
            span,
            style,
            anchored: anchor != 0,
            tagged,
            text: String::new(),
            items: Vec::new(),
            entries: Vec::new(),
        };
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Problem::new(
                        span,
                        "A second YAML document starts here; front matter has only one. Remove the line, or edit it as text.",
                    ));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain if span.is_empty() => Style::Empty,
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted => Style::SingleQuoted,
                    ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                    ScalarStyle::Literal => Style::Literal,
                    ScalarStyle::Folded => Style::Folded,
                };
                let mut node = node(style, anchor, tag.is_some());
                node.text = text.into_owned();
                node.span = self.tight(span, style);
                self.add(node);
            }
            Event::Alias(_) => {
                self.aliases += 1;
                self.add(node(Style::Alias, 0, false));
            }
            Event::SequenceStart(style, anchor, tag) => {
                let style = match style {
                    StructureStyle::Block => Style::BlockList,
                    StructureStyle::Flow => Style::FlowList,
                };
                self.stack.push(Open {
                    node: node(style, anchor, tag.is_some()),
                    key: None,
                });
            }
            Event::MappingStart(style, anchor, tag) => {
                let style = match style {
                    StructureStyle::Block => Style::BlockMap,
                    StructureStyle::Flow => Style::FlowMap,
                };
                self.stack.push(Open {
                    node: node(style, anchor, tag.is_some()),
                    key: None,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { mut node, .. }) = self.stack.pop() {
                    node.span = match node.style {
                        Style::FlowList | Style::FlowMap => Span::new(node.span.start(), end),
                        _ => block_span(&node),
                    };
                    self.add(node);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, mut node: Node) {
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        match open.node.style {
            Style::BlockMap | Style::FlowMap => match open.key.take() {
                None => {
                    let key = if node.style == Style::Alias {
                        String::new()
                    } else {
                        node.text.clone()
                    };
                    open.key = Some((key, node.span));
                }
                Some((key, key_span)) => {
                    if node.style == Style::Empty {
                        node.span = Span::at(after_colon(self.source, key_span.end()));
                    }
                    open.node.entries.push(Entry {
                        key,
                        key_span,
                        value: node,
                    });
                }
            },
            _ => open.node.items.push(node),
        }
    }

    /// A scalar's own bytes: with the header of a block scalar, without the blank lines behind it, which belong to nobody
    /// unless it keeps them (`+`).
    fn tight(&self, span: Span, style: Style) -> Span {
        let text = span.of(self.source);
        let spaces = [' ', '\t', '\n', '\r'];
        match style {
            Style::Plain => Span::new(
                span.start(),
                span.start().plus(text.trim_end_matches(spaces).len()),
            ),
            Style::Literal | Style::Folded => {
                let header = self.header_before(span.start());
                let first = self
                    .source
                    .get(header.get()..span.start().get())
                    .unwrap_or_default();
                let keeps = first.lines().next().is_some_and(|line| {
                    line.split(" #")
                        .next()
                        .is_some_and(|line| line.contains('+'))
                });
                let end = if keeps {
                    text.len()
                } else {
                    text.trim_end_matches(spaces).len()
                };
                let end = if end == 0 {
                    // Nothing but the header.
                    let line = first.split(['\n', '\r']).next().unwrap_or_default();
                    header.plus(line.trim_end().len())
                } else {
                    span.start().plus(end)
                };
                Span::new(header, end)
            }
            _ => span,
        }
    }

    /// Where the `|` or `>` stands whose content starts at `content`.
    fn header_before(&self, content: BytePos) -> BytePos {
        let head = self
            .source
            .get(..content.get())
            .unwrap_or_default()
            .trim_end();
        let line = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
        let is_header = |rest: &str| {
            let rest = rest
                .get(1..)
                .unwrap_or_default()
                .trim_start_matches(['+', '-', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            rest.is_empty() || (rest.starts_with([' ', '\t']) && rest.trim_start().starts_with('#'))
        };
        head.get(line..)
            .unwrap_or_default()
            .match_indices(['|', '>'])
            .map(|(i, _)| line + i)
            .find(|&i| head.get(i..).is_some_and(is_header))
            .map_or(content, BytePos::new)
    }
}

/// From the first to the last of its parts.
fn block_span(node: &Node) -> Span {
    let first = node
        .entries
        .first()
        .map(|entry| entry.key_span.start())
        .or_else(|| node.items.first().map(|item| item.span.start()));
    let last = node
        .entries
        .last()
        .map(|entry| entry.span().end())
        .or_else(|| node.items.last().map(|item| item.span.end()));
    let start = first.map_or(node.span.start(), |first| first.min(node.span.start()));
    Span::new(start, last.unwrap_or(start))
}

/// Past the colon behind a key; the key's end where there is none (`? key`).
fn after_colon(source: &str, key_end: BytePos) -> BytePos {
    let rest = source.get(key_end.get()..).unwrap_or_default();
    let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if rest.get(gap..).is_some_and(|rest| rest.starts_with(':')) {
        key_end.plus(gap + 1)
    } else {
        key_end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every scalar value's own bytes, in order.
    fn values(source: &str) -> Vec<String> {
        fn collect(node: &Node, source: &str, found: &mut Vec<String>) {
            if node.items.is_empty() && node.entries.is_empty() {
                found.push(node.span.of(source).to_owned());
            }
            node.items
                .iter()
                .for_each(|item| collect(item, source, found));
            node.entries
                .iter()
                .for_each(|entry| collect(&entry.value, source, found));
        }
        let mut found = Vec::new();
        if let Some(root) = Outline::read(source).unwrap().root {
            collect(&root, source, &mut found);
        }
        found
    }

    #[test]
    fn spans_are_the_values_own_bytes() {
        assert_eq!(
            values(
                "a: ä b # c\nd: |-\n  é\n  f\n\ng: 'h' # i\nj: [k, \"l\"]\nm:\nn: >+\n  o\n\np: q\n   r\n"
            ),
            [
                "ä b",
                "|-\n  é\n  f",
                "'h'",
                "k",
                "\"l\"",
                "",
                ">+\n  o\n\n",
                "q\n   r"
            ]
        );
        assert_eq!(
            values("a:\n- b\n- c: d\n  e: f\ng: {h: i}\n"),
            ["b", "d", "f", "i"]
        );
    }
}
