//! Values out of YAML: two parsers must agree on the texts, and Hugo's rules say what an unquoted scalar is.

use crate::text::{Problem, Span};

use super::outline::{Entry, Node, Outline, Style, Tag};
use super::plain::{Meaning, meaning};
use super::value::{Step, Value};
use super::{KeyPath, LARGEST, trouble};

/// More values than this, aliases followed, are no front matter a person wrote.
const MOST_VALUES: usize = 10_000;

/// Front matter, read: what it says and where.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(super) outline: Outline,
    value: Value,
    mapping: serde_yaml::Mapping,
}

impl Document {
    /// Reads `source`, the text between the fences.
    ///
    /// # Errors
    /// The first thing that is wrong, or too much, at its place in `source`.
    pub(crate) fn read(source: &str) -> Result<Self, Problem> {
        let whole = Span::from_range(0..source.len());
        if source.len() > LARGEST {
            return Err(Problem::new(
                whole,
                format!(
                    "The front matter has {} kB, more than the {} kB that the form can handle. You can edit it as text.",
                    source.len() >> 10,
                    LARGEST >> 10
                ),
            ));
        }
        let outline = Outline::read(source)?;
        let mut count = 0;
        size(&outline.root, &outline, 0, &mut count).map_err(|TooMany| {
            Problem::new(
                whole,
                format!(
                    "The front matter holds more than {MOST_VALUES} values, references (*) followed, and that is more \
                     than the form can handle. You can edit it as text."
                ),
            )
        })?;
        let value = match outline.root.style {
            Style::Empty => Value::Map(Vec::new()),
            _ => value_of(&outline.root, &outline)?,
        };
        // Only now: nested brackets and aliases cost this parser far more than their length.
        let second: serde_yaml::Value = source
            .get(..outline.end.get())
            .map_or(Ok(serde_yaml::Value::Null), serde_yaml::from_str)
            .map_err(|error| trouble::of_values(source, &error))?;
        agree(&outline.root, &second, &outline)?;
        let mapping = match plain_value(&value) {
            serde_yaml::Value::Mapping(mapping) => mapping,
            _ => serde_yaml::Mapping::new(),
        };
        Ok(Self {
            outline,
            value,
            mapping,
        })
    }

    /// All values, numbers as they are written.
    pub(crate) const fn value(&self) -> &Value {
        &self.value
    }

    /// All values as Hugo has them.
    pub(crate) const fn mapping(&self) -> &serde_yaml::Mapping {
        &self.mapping
    }

    /// Key and value at `path`, without the comment behind them.
    pub(crate) fn entry_span(&self, path: &KeyPath) -> Option<Span> {
        let (parent, last) = path.split_last()?;
        let parent = self.outline.node(&parent)?;
        match last {
            Step::Key(key) => parent.entry(key).map(Entry::span),
            Step::Index(index) => {
                let item = parent.items.get(*index)?;
                Some(Span::new(item.dash, item.value.end()))
            }
        }
    }
}

struct TooMany;

/// Counts values as if every alias were written out.
fn size(node: &Node, outline: &Outline, depth: usize, count: &mut usize) -> Result<(), TooMany> {
    *count += 1;
    // An alias inside its own anchor never ends.
    if *count > MOST_VALUES || depth > 3 * super::DEEPEST {
        return Err(TooMany);
    }
    if let Some(target) = node.target.and_then(|id| outline.anchors.get(&id)) {
        return size(target, outline, depth + 1, count);
    }
    for part in node.parts() {
        size(part, outline, depth + 1, count)?;
    }
    Ok(())
}

/// Holds the two parsers against each other. Where they differ, neither is believed.
fn agree(node: &Node, other: &serde_yaml::Value, outline: &Outline) -> Result<(), Problem> {
    let differ = || {
        Err(Problem::new(
            node.span,
            "YAML readers do not agree on what stands here. Write it in another way, or leave it to the text.",
        ))
    };
    if let Some(target) = node.target.and_then(|id| outline.anchors.get(&id)) {
        return agree(target, other, outline);
    }
    let other = match other {
        serde_yaml::Value::Tagged(tagged) => &tagged.value,
        other => other,
    };
    match (node.style, other) {
        (Style::BlockMap | Style::FlowMap, serde_yaml::Value::Mapping(entries)) => {
            if entries.len() != node.entries.len() {
                return differ();
            }
            for (entry, (key, value)) in node.entries.iter().zip(entries) {
                // Keys like 2021 or true are texts for Hugo, and are compared as such by the parser here.
                if key.as_str().is_some_and(|key| key != entry.key) {
                    return differ();
                }
                agree(&entry.value, value, outline)?;
            }
            Ok(())
        }
        (Style::BlockList | Style::FlowList, serde_yaml::Value::Sequence(items)) => {
            if items.len() != node.items.len() {
                return differ();
            }
            node.items
                .iter()
                .zip(items)
                .try_for_each(|(item, value)| agree(&item.value, value, outline))
        }
        (Style::BlockMap | Style::FlowMap | Style::BlockList | Style::FlowList, _) => differ(),
        (_, serde_yaml::Value::String(text)) if *text == node.text => Ok(()),
        (Style::Empty, serde_yaml::Value::Null) => Ok(()),
        (
            Style::Plain,
            serde_yaml::Value::Null | serde_yaml::Value::Bool(_) | serde_yaml::Value::Number(_),
        ) if node.tag.is_none() => Ok(()),
        _ => differ(),
    }
}

/// The value that stands at `node`, aliases followed.
pub(super) fn value_of(node: &Node, outline: &Outline) -> Result<Value, Problem> {
    if let Some(target) = node.target.and_then(|id| outline.anchors.get(&id)) {
        return value_of(target, outline);
    }
    match node.style {
        Style::BlockMap | Style::FlowMap => {
            check_tag(node, Tag::Map)?;
            let entries: Result<_, Problem> = node
                .entries
                .iter()
                .map(|entry| Ok((entry.key.clone(), value_of(&entry.value, outline)?)))
                .collect();
            entries.map(Value::Map)
        }
        Style::BlockList | Style::FlowList => {
            check_tag(node, Tag::List)?;
            let items: Result<_, Problem> = node
                .items
                .iter()
                .map(|item| value_of(&item.value, outline))
                .collect();
            items.map(Value::List)
        }
        _ => scalar(node),
    }
}

fn scalar(node: &Node) -> Result<Value, Problem> {
    let text = hugo_text(node);
    if node.tag == Some(Tag::Own) && node.style != Style::Empty {
        return Ok(Value::String(text));
    }
    let bare = matches!(node.style, Style::Plain | Style::Empty);
    let value = match meaning(&text) {
        _ if !bare => Value::String(text),
        Meaning::Null => Value::Null,
        Meaning::Bool(flag) => Value::Bool(flag),
        Meaning::Integer(_) | Meaning::Float(_) => Value::Number(text),
        Meaning::Text => Value::String(text),
    };
    match node.tag {
        None => Ok(value),
        // Without a value Hugo takes the next line for it.
        Some(_) if node.style == Style::Empty => Err(odd_tag(node)),
        // Hugo resolves first and then makes a text of it: `!!str 2.20` is 2.2 for Hugo, 2.20 for others.
        Some(Tag::Text) if value.as_str().is_some() => Ok(value),
        Some(Tag::Text | Tag::Own | Tag::Map | Tag::List | Tag::Odd) => Err(odd_tag(node)),
    }
}

fn check_tag(node: &Node, own: Tag) -> Result<(), Problem> {
    match node.tag {
        None | Some(Tag::Own) => Ok(()),
        Some(tag) if tag == own => Ok(()),
        Some(_) => Err(odd_tag(node)),
    }
}

fn odd_tag(node: &Node) -> Problem {
    Problem::new(
        node.span,
        "A tag (!) stands before this value, and YAML readers differ on what it means. Remove the tag, or edit it as text.",
    )
}

/// The text of a scalar where Hugo's reader differs from YAML: a tab inside an unquoted text vanishes, and so do blanks
/// at the end of a block scalar with `-`. tests/hugo/FACTS.md, 1.1 and 1.3.
fn hugo_text(node: &Node) -> String {
    match node.style {
        Style::Plain => node.text.replace('\t', ""),
        Style::Literal | Style::Folded if node.stripped => {
            node.text.trim_end_matches(' ').to_owned()
        }
        _ => node.text.clone(),
    }
}

/// The values with numbers as numbers, for those who only read.
fn plain_value(value: &Value) -> serde_yaml::Value {
    match value {
        Value::Null => serde_yaml::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::String(text) => text.as_str().into(),
        Value::Number(text) => match meaning(text) {
            Meaning::Integer(number) => {
                if let Ok(number) = u64::try_from(number) {
                    number.into()
                } else {
                    i64::try_from(number).map_or_else(|_| text.as_str().into(), Into::into)
                }
            }
            Meaning::Float(number) => number.into(),
            _ => text.as_str().into(),
        },
        Value::List(items) => items.iter().map(plain_value).collect::<Vec<_>>().into(),
        Value::Map(entries) => serde_yaml::Value::Mapping(
            entries
                .iter()
                .map(|(key, value)| (key.as_str().into(), plain_value(value)))
                .collect(),
        ),
    }
}
