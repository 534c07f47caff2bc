//! The front matter as the form sees it: values read, new values turned into edits that are proved before they are made.

mod date;

pub use date::WrittenDate;

use crate::post::{Format, FrontMatterBlock, Post};
use crate::site::profile::Profile;
use crate::text::{BytePos, LineEnd, Problem, Span, TextEdit};
use crate::yaml::{self, KeyPath, Outline, Refusal, Value};

/// A post's front matter, read. Reading never fails: what cannot be read locks the form and says why.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    content: Option<Span>,
    outline: Option<Outline>,
    value: Value,
    mapping: serde_yaml::Mapping,
    locked: Option<Problem>,
    problems: Vec<Problem>,
}

/// An entry the form does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEntry {
    /// Its key.
    pub path: KeyPath,
    /// Key, value, in the file.
    pub span: Span,
}

impl FrontMatter {
    /// Reads the front matter of `text`, which `post` took apart.
    #[must_use]
    pub fn read(text: &str, post: &Post) -> Self {
        let mut read = Self {
            content: None,
            outline: None,
            value: Value::Map(Vec::new()),
            mapping: serde_yaml::Mapping::new(),
            locked: None,
            problems: Vec::new(),
        };
        let Some(block) = post.front_matter else {
            return read;
        };
        read.content = Some(block.content);
        if !block.closed {
            // The post's own problem says where; here it only locks the form.
            read.locked = post.problems.first().cloned();
            return read;
        }
        let result = match block.format {
            Format::Yaml => read.take_yaml(block.content.of(text)),
            Format::Toml => read.take_toml(block.content.of(text)),
            Format::Json => read.take_json(block.content.of(text)),
        };
        if let Err(problem) = result {
            let problem = problem.shifted(block.content.start().get());
            read.problems.push(problem.clone());
            read.locked = Some(problem);
        } else if block.format != Format::Yaml {
            read.locked = Some(Problem::new(block.whole, other_language(block)));
        }
        read
    }

    fn take_yaml(&mut self, source: &str) -> Result<(), Problem> {
        let (outline, mapping) = yaml::read(source)?;
        self.value = outline.value_of(source, &mapping);
        self.mapping = mapping;
        self.outline = Some(outline);
        Ok(())
    }

    fn take_toml(&mut self, source: &str) -> Result<(), Problem> {
        let table: toml::Table = source.parse().map_err(|error: toml::de::Error| {
            let at = error.span().map_or(0, |span| span.start.min(source.len()));
            Problem::new(Span::at(BytePos::new(at)), "This is not TOML as it stands.")
        })?;
        self.take_plain(serde_yaml::to_value(DatesAsText(table)))
    }

    fn take_json(&mut self, source: &str) -> Result<(), Problem> {
        let value: serde_json::Value = serde_json::from_str(source).map_err(|_| {
            Problem::new(Span::at(BytePos::new(0)), "This is not JSON as it stands.")
        })?;
        self.take_plain(serde_yaml::to_value(value))
    }

    fn take_plain(
        &mut self,
        value: Result<serde_yaml::Value, serde_yaml::Error>,
    ) -> Result<(), Problem> {
        if let Ok(serde_yaml::Value::Mapping(mapping)) = value {
            self.value = Value::from(&serde_yaml::Value::Mapping(mapping.clone()));
            self.mapping = mapping;
            return Ok(());
        }
        Err(Problem::new(
            Span::at(BytePos::new(0)),
            "The front matter is not a list of entries.",
        ))
    }

    /// Why the form is off; `None` while it works.
    #[must_use]
    pub const fn locked(&self) -> Option<&Problem> {
        self.locked.as_ref()
    }

    /// What is wrong with it, in the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The value at `path`. Keys are found as Hugo finds them, without regard to case.
    #[must_use]
    pub fn value(&self, path: &KeyPath) -> Option<&Value> {
        value_at(&self.value, path)
    }

    /// All values, for those who only read: the preview.
    #[must_use]
    pub const fn mapping(&self) -> &serde_yaml::Mapping {
        &self.mapping
    }

    /// Every entry in the file with its bytes, maps taken apart one level: `title`, `params.author`.
    #[must_use]
    pub fn entries(&self) -> Vec<OtherEntry> {
        let (Some(root), Some(content)) = (
            self.outline
                .as_ref()
                .and_then(|outline| outline.root.as_ref()),
            self.content,
        ) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in &root.entries {
            let path = KeyPath::key(&entry.key);
            if entry.key.eq_ignore_ascii_case("params") && !entry.value.entries.is_empty() {
                found.extend(entry.value.entries.iter().map(|inner| OtherEntry {
                    path: path.child(&inner.key),
                    span: inner.span().shifted(content.start().get()),
                }));
            } else {
                found.push(OtherEntry {
                    path,
                    span: entry.span().shifted(content.start().get()),
                });
            }
        }
        found
    }

    /// The entries no field of `profile` knows.
    #[must_use]
    pub fn others(&self, profile: &Profile) -> Vec<OtherEntry> {
        let mut entries = self.entries();
        entries.retain(|entry| {
            profile
                .fields
                .iter()
                .all(|field| !field.path.contains(&entry.path))
        });
        entries
    }

    /// The edit of `text` that gives `path` the value, or clears it; `None` where nothing changes. The edit is proved: made
    /// on a copy and read again, it changes this entry and no other.
    ///
    /// # Errors
    /// A [`Refusal`] where the form is off, or where the change could only be guessed.
    pub fn set(
        &self,
        text: &str,
        path: &KeyPath,
        value: Option<&Value>,
        profile: &Profile,
    ) -> Result<Option<TextEdit>, Refusal> {
        if let Some(problem) = &self.locked {
            return Err(Refusal::new(problem.message.clone()));
        }
        let value = value.filter(|&value| *value != Value::Null);
        let insertion = profile.insertion(path);
        let prose = insertion.prose;
        let edit = match self.content {
            Some(content) => {
                let before = content.of(text);
                let after = yaml::set(before, path, value, insertion)?;
                match difference(before, &after) {
                    Some(edit) => edit.shifted(content.start().get()),
                    None => return Ok(None),
                }
            }
            None if value.is_none() => return Ok(None),
            None => {
                let line_end = LineEnd::prevailing(text).as_str();
                let content = yaml::set("", path, value, insertion)?.replace('\n', line_end);
                let start = Post::parse(text).body.start();
                let rest = text.get(start.get()..).unwrap_or_default();
                let gap = if rest.is_empty() || rest.starts_with(['\n', '\r']) {
                    ""
                } else {
                    line_end
                };
                TextEdit::insertion(start, format!("---{line_end}{content}---{line_end}{gap}"))
            }
        };
        self.prove(text, &edit, path, value, prose)?;
        Ok(Some(edit))
    }

    fn prove(
        &self,
        text: &str,
        edit: &TextEdit,
        path: &KeyPath,
        value: Option<&Value>,
        prose: bool,
    ) -> Result<(), Refusal> {
        let head = self.content.map_or(0, |content| content.end().get());
        let refuse = || {
            Err(Refusal::new(format!(
                "“{path}” cannot be changed here without changing something else. Edit it as text."
            )))
        };
        // Only the front matter is made and read again: the body cannot have changed.
        let after = edit.applied_to(text);
        let post = Post::parse(&after);
        let grown = edit.insert().len();
        let kept = self.content.is_none()
            || post
                .front_matter
                .is_some_and(|block| block.content.end().get() + edit.span().len() == head + grown);
        if !kept {
            return refuse();
        }
        let read = Self::read(&after, &post);
        let asked = match (read.value(path), value) {
            (None | Some(Value::Null), None) => true,
            (Some(found), Some(value)) => says(found, value, prose),
            _ => false,
        };
        if read.locked.is_some()
            || !asked
            || without(&self.value, path) != without(&read.value, path)
        {
            return refuse();
        }
        Ok(())
    }
}

fn other_language(block: FrontMatterBlock) -> String {
    format!(
        "This post’s front matter is {}. The form edits YAML; here it stays as it is, and you can edit it as text.",
        block.format.name()
    )
}

/// TOML writes dates bare; to Hugo they are what their text says.
struct DatesAsText(toml::Table);

impl serde::Serialize for DatesAsText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn plain(value: &toml::Value) -> serde_yaml::Value {
            match value {
                toml::Value::String(text) => text.as_str().into(),
                toml::Value::Integer(number) => (*number).into(),
                toml::Value::Float(number) => (*number).into(),
                toml::Value::Boolean(value) => (*value).into(),
                toml::Value::Datetime(date) => date.to_string().into(),
                toml::Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().into(),
                toml::Value::Table(table) => table_of(table),
            }
        }
        fn table_of(table: &toml::Table) -> serde_yaml::Value {
            let entries = table
                .iter()
                .map(|(key, value)| (key.as_str().into(), plain(value)));
            serde_yaml::Value::Mapping(entries.collect())
        }
        table_of(&self.0).serialize(serializer)
    }
}

fn value_at<'a>(value: &'a Value, path: &KeyPath) -> Option<&'a Value> {
    path.steps()
        .iter()
        .try_fold(value, |value, step| match step {
            yaml::Step::Key(key) => value.get(key),
            yaml::Step::Index(index) => value.as_list()?.get(*index),
        })
}

/// Whether the file says what was asked. A number may have been asked for as text.
fn says(found: &Value, asked: &Value, prose: bool) -> bool {
    match (found, asked) {
        (Value::List(found), Value::List(asked)) => {
            found.len() == asked.len() && found.iter().zip(asked).all(|(a, b)| says(a, b, prose))
        }
        (Value::Map(found), Value::Map(asked)) => {
            found.len() == asked.len()
                && asked.iter().all(|(key, asked)| {
                    found.iter().any(|(known, found)| {
                        known.eq_ignore_ascii_case(key) && says(found, asked, prose)
                    })
                })
        }
        (Value::String(found), Value::String(asked)) if prose => {
            yaml::unwrapped(found) == yaml::unwrapped(asked)
        }
        (found, asked) => match (found.as_text(), asked.as_text()) {
            (Some(found), Some(asked)) => found == asked,
            _ => false,
        },
    }
}

/// The value without what stands at `path`, and without maps that have nothing else.
fn without(value: &Value, path: &KeyPath) -> Value {
    fn strip(value: &Value, steps: &[yaml::Step]) -> Option<Value> {
        let (step, rest) = steps.split_first()?;
        match (value, step) {
            (Value::Map(entries), yaml::Step::Key(key)) => {
                let entries: Vec<(String, Value)> = entries
                    .iter()
                    .filter_map(|(known, value)| {
                        if known.eq_ignore_ascii_case(key) {
                            strip(value, rest).map(|value| (known.clone(), value))
                        } else {
                            Some((known.clone(), value.clone()))
                        }
                    })
                    .collect();
                (!entries.is_empty()).then_some(Value::Map(entries))
            }
            (Value::List(items), yaml::Step::Index(index)) => {
                let items = items.iter().enumerate().filter_map(|(i, item)| {
                    if i == *index {
                        strip(item, rest)
                    } else {
                        Some(item.clone())
                    }
                });
                Some(Value::List(items.collect()))
            }
            // What stands in the way of the path gives way to it: an id where a guest's map comes, `params:` with nothing.
            _ => None,
        }
    }
    strip(value, path.steps()).unwrap_or(Value::Map(Vec::new()))
}

/// The smallest edit that makes `after` of `before`.
fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let front = before
        .bytes()
        .zip(after.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let front = (0..=front)
        .rev()
        .find(|&i| before.is_char_boundary(i) && after.is_char_boundary(i))
        .unwrap_or_default();
    let most = before.len().min(after.len()) - front;
    let back = before
        .bytes()
        .rev()
        .zip(after.bytes().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    let back = (0..=back)
        .rev()
        .find(|&i| {
            before.is_char_boundary(before.len() - i) && after.is_char_boundary(after.len() - i)
        })
        .unwrap_or_default();
    Some(TextEdit::new(
        Span::from_range(front..before.len() - back),
        after.get(front..after.len() - back).unwrap_or_default(),
    ))
}
