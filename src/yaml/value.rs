//! Values as the form handles them, and paths to them.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// One step of a [`KeyPath`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    Key(String),
    Index(usize),
}

/// The way to an entry: `params.author.name`, `params.videoSchema[0].title`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct KeyPath(Vec<Step>);

impl KeyPath {
    /// The path to a top-level entry.
    #[must_use]
    pub fn key(key: &str) -> Self {
        Self::of(&[key])
    }

    /// The path along `keys`.
    #[must_use]
    pub fn of(keys: &[&str]) -> Self {
        Self(keys.iter().map(|&key| Step::Key(key.to_owned())).collect())
    }

    /// The path to the entry `key` below this one.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Key(key.to_owned()));
        Self(steps)
    }

    /// The path to an item of the list at this path, counted from 0.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step::Index(index));
        Self(steps)
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }

    /// The path without its last step, and that step.
    pub(crate) fn split_last(&self) -> Option<(Self, &Step)> {
        let (last, rest) = self.0.split_last()?;
        Some((Self(rest.to_vec()), last))
    }

    /// The path to what holds this entry; `None` at the top.
    pub(crate) fn parent(&self) -> Option<Self> {
        self.split_last()
            .map(|(parent, _)| parent)
            .filter(|parent| !parent.0.is_empty())
    }

    /// The path without its first step.
    pub(crate) fn without_first(&self) -> Self {
        Self(self.0.get(1..).unwrap_or_default().to_vec())
    }

    /// This path with `other` behind it.
    pub(crate) fn joined(&self, other: &Self) -> Self {
        Self(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// What of `other` lies below this path; `None` where it lies elsewhere.
    pub(crate) fn below(&self, other: &Self) -> Option<Self> {
        let rest = other.0.get(self.0.len()..)?;
        self.contains(other).then(|| Self(rest.to_vec()))
    }

    /// How many characters the last key has; none for an item of a list.
    pub(crate) fn name_width(&self) -> usize {
        match self.0.last() {
            Some(Step::Key(key)) => key.chars().count(),
            _ => 0,
        }
    }

    /// Whether `other` is this path or lies below it. Keys compare as Hugo compares them, without regard to case.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.len() >= self.0.len()
            && self.0.iter().zip(&other.0).all(|(a, b)| match (a, b) {
                (Step::Key(a), Step::Key(b)) => same_key(a, b),
                _ => a == b,
            })
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    f.write_str(if i == 0 { "" } else { "." })?;
                    write_key(f, key)?;
                }
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

fn write_key(f: &mut fmt::Formatter<'_>, key: &str) -> fmt::Result {
    if key.is_empty() || key.contains(['.', '[', ']', '"', '\\', '=']) {
        write!(f, "\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        f.write_str(key)
    }
}

/// A text that is no [`KeyPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKeyPath;

impl fmt::Display for NoKeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "A key looks like title, params.author or params.videoSchema[0].title; a name with dots or brackets \
             stands in double quotes.",
        )
    }
}

impl std::error::Error for NoKeyPath {}

impl FromStr for KeyPath {
    type Err = NoKeyPath;

    fn from_str(text: &str) -> Result<Self, NoKeyPath> {
        let (first, mut rest) = read_key(text)?;
        let mut steps = vec![Step::Key(first)];
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('.') {
                let (key, tail) = read_key(tail)?;
                steps.push(Step::Key(key));
                rest = tail;
            } else {
                let (index, tail) = rest
                    .strip_prefix('[')
                    .and_then(|tail| tail.split_once(']'))
                    .ok_or(NoKeyPath)?;
                steps.push(Step::Index(index.parse().map_err(|_| NoKeyPath)?));
                rest = tail;
            }
        }
        Ok(Self(steps))
    }
}

/// A key, quoted or bare, and what follows it.
fn read_key(text: &str) -> Result<(String, &str), NoKeyPath> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(['.', '[', ']', '"']).unwrap_or(text.len());
        let (key, rest) = text.split_at(end);
        return if key.is_empty() {
            Err(NoKeyPath)
        } else {
            Ok((key.to_owned(), rest))
        };
    };
    let mut key = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Ok((key, quoted.get(at + 1..).unwrap_or_default())),
            '\\' => key.push(chars.next().ok_or(NoKeyPath)?.1),
            _ => key.push(c),
        }
    }
    Err(NoKeyPath)
}

impl<'de> Deserialize<'de> for KeyPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        path.parse().map_err(serde::de::Error::custom)
    }
}

/// A front matter value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// Entries in their order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// The text; `None` for anything else.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The items; `None` for anything else.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value of `key` in a map, as Hugo finds it, without regard to case.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find(|(known, _)| same_key(known, key))
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// What stands at `path` below this value.
    #[must_use]
    pub fn at(&self, path: &KeyPath) -> Option<&Self> {
        path.steps()
            .iter()
            .try_fold(self, |value, step| match step {
                Step::Key(key) => value.get(key),
                Step::Index(index) => value.as_list()?.get(*index),
            })
    }

    /// `found` with `value` at `path` below it, or without what stands there. Nothing is made where something is to go.
    #[must_use]
    pub fn put(found: Option<&Self>, path: &KeyPath, value: Option<&Self>) -> Option<Self> {
        put(found, path.steps(), value)
    }

    /// The entries; `None` for anything else.
    #[must_use]
    pub fn as_map(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// A scalar as a reader would write it; `None` for lists and maps.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::Null => Some(String::new()),
            Self::Bool(value) => Some(value.to_string()),
            Self::Number(text) | Self::String(text) => Some(text.clone()),
            Self::List(_) | Self::Map(_) => None,
        }
    }
}

fn put(found: Option<&Value>, steps: &[Step], value: Option<&Value>) -> Option<Value> {
    let Some((step, rest)) = steps.split_first() else {
        return value.cloned();
    };
    match step {
        Step::Key(key) => {
            let mut entries = found.and_then(Value::as_map).unwrap_or_default().to_vec();
            let at = entries.iter().position(|(known, _)| same_key(known, key));
            let known = at.and_then(|at| entries.get_mut(at));
            let inner = put(known.as_ref().map(|entry| &entry.1), rest, value);
            match (known, at, inner) {
                (Some(entry), _, Some(inner)) => entry.1 = inner,
                (None, _, Some(inner)) => entries.push((key.clone(), inner)),
                (_, Some(at), None) => {
                    entries.remove(at);
                }
                (_, None, None) => return found.cloned(),
            }
            Some(Value::Map(entries))
        }
        Step::Index(index) => {
            let mut items = found.and_then(Value::as_list).unwrap_or_default().to_vec();
            let known = items.get_mut(*index);
            let inner = put(known.as_deref(), rest, value);
            match (known, inner) {
                (Some(item), Some(inner)) => *item = inner,
                (None, Some(inner)) => items.push(inner),
                (Some(_), None) => {
                    items.remove(*index);
                }
                (None, None) => return found.cloned(),
            }
            Some(Value::List(items))
        }
    }
}

/// Whether Hugo takes two keys for the same one: it lower-cases every key of the front matter.
pub(crate) fn same_key(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
        || (!(a.is_ascii() && b.is_ascii()) && a.to_lowercase() == b.to_lowercase())
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}

/// From JSON, keeping the order of keys: `serde_json::from_str::<Value>`.
impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(format!("{number:?}")))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(text.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        while let Some((key, value)) = access.next_entry::<String, Value>()? {
            match entries.iter_mut().find(|(name, _)| *name == key) {
                Some(entry) => entry.1 = value,
                None => entries.push((key, value)),
            }
        }
        Ok(Value::Map(entries))
    }
}

impl From<&serde_yaml::Value> for Value {
    fn from(value: &serde_yaml::Value) -> Self {
        match value {
            serde_yaml::Value::Null => Self::Null,
            serde_yaml::Value::Bool(value) => Self::Bool(*value),
            serde_yaml::Value::Number(number) => Self::Number(number.to_string()),
            serde_yaml::Value::String(text) => Self::String(text.clone()),
            serde_yaml::Value::Sequence(items) => {
                Self::List(items.iter().map(Self::from).collect())
            }
            serde_yaml::Value::Mapping(entries) => Self::Map(
                entries
                    .iter()
                    .map(|(key, value)| {
                        (
                            Self::from(key).as_text().unwrap_or_default(),
                            Self::from(value),
                        )
                    })
                    .collect(),
            ),
            serde_yaml::Value::Tagged(tagged) => Self::from(&tagged.value),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_and_write_the_same() {
        for path in [
            "title",
            "params.author.name",
            "params.videoSchema[0].title",
            "a[1][2]",
            "\"a.b\".c[2][0]",
            "\"say \\\"x\\\" \\\\\"",
        ] {
            assert_eq!(path.parse::<KeyPath>().unwrap().to_string(), path);
        }
        for path in ["", "a.", ".a", "a[", "a[x]", "a[0]b", "\"a"] {
            assert_eq!(path.parse::<KeyPath>(), Err(NoKeyPath), "{path}");
        }
    }

    #[test]
    fn json_keeps_the_order_of_keys() {
        let value: Value =
            serde_json::from_str(r#"{"b": [1, -2, 1.50, "x", null], "a": true}"#).unwrap();
        assert_eq!(
            value,
            Value::Map(vec![
                (
                    "b".into(),
                    Value::List(vec![
                        Value::Number("1".into()),
                        Value::Number("-2".into()),
                        Value::Number("1.5".into()),
                        "x".into(),
                        Value::Null,
                    ])
                ),
                ("a".into(), true.into()),
            ])
        );
    }
}
