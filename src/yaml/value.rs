//! Values as the form handles them, and paths to them.

use std::fmt;
use std::str::FromStr;

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

    /// Whether `other` is this path or lies below it. Keys compare as Hugo compares them, without regard to case.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.len() >= self.0.len()
            && self.0.iter().zip(&other.0).all(|(a, b)| match (a, b) {
                (Step::Key(a), Step::Key(b)) => a.eq_ignore_ascii_case(b),
                _ => a == b,
            })
    }
}

impl fmt::Display for KeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if i == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A text that is no [`KeyPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoKeyPath;

impl fmt::Display for NoKeyPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A key looks like title, params.author or params.videoSchema[0].title.")
    }
}

impl std::error::Error for NoKeyPath {}

impl FromStr for KeyPath {
    type Err = NoKeyPath;

    fn from_str(path: &str) -> Result<Self, NoKeyPath> {
        let mut steps = Vec::new();
        for part in path.split('.') {
            let (key, mut rest) = match part.find('[') {
                Some(at) => part.split_at(at),
                None => (part, ""),
            };
            if key.is_empty() {
                return Err(NoKeyPath);
            }
            steps.push(Step::Key(key.to_owned()));
            while let Some(inner) = rest.strip_prefix('[') {
                let (index, more) = inner.split_once(']').ok_or(NoKeyPath)?;
                steps.push(Step::Index(index.parse().map_err(|_| NoKeyPath)?));
                rest = more;
            }
            if !rest.is_empty() {
                return Err(NoKeyPath);
            }
        }
        Ok(Self(steps))
    }
}

impl<'de> serde::Deserialize<'de> for KeyPath {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        path.parse().map_err(serde::de::Error::custom)
    }
}

/// A front matter value.
#[derive(Debug, Clone, PartialEq)]
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
            Self::Map(entries) => find(entries, key),
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

/// The value of `key`: the exact key first, else one that differs in case only.
pub(crate) fn find<'a>(entries: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    entries
        .iter()
        .find(|(known, _)| known == key)
        .or_else(|| {
            entries
                .iter()
                .find(|(known, _)| known.eq_ignore_ascii_case(key))
        })
        .map(|(_, value)| value)
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(value) => Self::Bool(*value),
            serde_json::Value::Number(number) => Self::Number(number.to_string()),
            serde_json::Value::String(text) => Self::String(text.clone()),
            serde_json::Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            serde_json::Value::Object(entries) => Self::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::from(value)))
                    .collect(),
            ),
        }
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
        ] {
            assert_eq!(path.parse::<KeyPath>().unwrap().to_string(), path);
        }
        for path in ["", "a.", ".a", "a[", "a[x]", "a[0]b"] {
            assert_eq!(path.parse::<KeyPath>(), Err(NoKeyPath), "{path}");
        }
    }
}
