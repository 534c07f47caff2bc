//! The front matter as the form sees it: values read, new values turned into edits that are proved before they are made.

mod date;

pub use date::WrittenDate;

use crate::post::{Format, FrontMatterBlock, Post};
use crate::site::profile::{FieldKind, Profile};
use crate::text::{BytePos, LineEnd, Problem, Span, TextEdit};
use crate::yaml::{Custom, Document, KeyPath, Manner, Refusal, Step, Value, same_key};

/// A post's front matter, read. Reading never fails: what cannot be read locks the form and says why.
#[derive(Debug, Clone)]
pub struct FrontMatter {
    block: Option<FrontMatterBlock>,
    document: Option<Document>,
    value: Value,
    mapping: serde_yaml::Mapping,
    locked: Option<Problem>,
    problems: Vec<Problem>,
}

/// An entry of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// Its key.
    pub path: KeyPath,
    /// Key and value, in the file.
    pub span: Span,
}

/// Keys at the top that Hugo keeps for itself. Every other key counts as one of `params` too, unless `params` has it.
const OWN_KEYS: [&str; 33] = [
    "aliases",
    "build",
    "cascade",
    "date",
    "description",
    "draft",
    "expirydate",
    "headless",
    "iscjklanguage",
    "keywords",
    "lastmod",
    "layout",
    "linktitle",
    "markup",
    "menu",
    "menus",
    "modified",
    "outputs",
    "params",
    "pubdate",
    "publishdate",
    "published",
    "resources",
    "sitemap",
    "sites",
    "slug",
    "summary",
    "title",
    "translationkey",
    "type",
    "unpublishdate",
    "url",
    "weight",
];

impl FrontMatter {
    /// Reads the front matter of `text`, which `post` took apart.
    #[must_use]
    pub fn read(text: &str, post: &Post) -> Self {
        let mut read = Self {
            block: post.front_matter,
            document: None,
            value: Value::Map(Vec::new()),
            mapping: serde_yaml::Mapping::new(),
            locked: None,
            problems: Vec::new(),
        };
        let Some(block) = post.front_matter else {
            return read;
        };
        if !block.closed {
            // The post's own problem says where; here it only locks the form.
            read.locked = post.problems.first().cloned();
            return read;
        }
        let source = block.content.of(text);
        let result = match block.format {
            Format::Yaml => read.take_yaml(source),
            Format::Toml => read.take_toml(source),
            Format::Json => read.take_json(source),
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
        let document = Document::read(source)?;
        self.value = document.value().clone();
        self.mapping = document.mapping().clone();
        self.document = Some(document);
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

    /// The value of `path` as Hugo finds it: keys in any case, and `params.x` also in a top-level `x`.
    #[must_use]
    pub fn value(&self, path: &KeyPath) -> Option<&Value> {
        self.value.at(&self.place_of(path))
    }

    /// Key and value of the entry that [`Self::value`] reads `path` from, in the file.
    #[must_use]
    pub fn entry(&self, path: &KeyPath) -> Option<Span> {
        let start = self.block?.content.start().get();
        let span = self.document.as_ref()?.entry_span(&self.place_of(path))?;
        Some(span.shifted(start))
    }

    /// Where in the file `path` stands: a top-level `x` counts as `params.x` where `params` has none.
    fn place_of(&self, path: &KeyPath) -> KeyPath {
        let [Step::Key(params), Step::Key(name), ..] = path.steps() else {
            return path.clone();
        };
        let top = path.without_first();
        let below = KeyPath::of(&[params, name]);
        let at_top = same_key(params, "params")
            && !OWN_KEYS.iter().any(|own| same_key(own, name))
            && self.value.at(&below).is_none()
            && self.value.get(name).is_some();
        if at_top { top } else { path.clone() }
    }

    /// All values, for those who only read: the preview.
    #[must_use]
    pub const fn mapping(&self) -> &serde_yaml::Mapping {
        &self.mapping
    }

    /// Every entry of the file, `params` taken apart one level: `title`, `params.author`.
    #[must_use]
    pub fn entries(&self) -> Vec<FoundEntry> {
        let mut found = Vec::new();
        let top = self.value.as_map().unwrap_or_default();
        for (key, value) in top {
            let path = KeyPath::key(key);
            match value.as_map() {
                Some(inner) if same_key(key, "params") && !inner.is_empty() => {
                    found.extend(inner.iter().map(|(key, _)| path.child(key)));
                }
                _ => found.push(path),
            }
        }
        found
            .into_iter()
            .filter_map(|path| self.found(path))
            .collect()
    }

    /// The entries no field of `profile` knows, those inside guests and records too.
    #[must_use]
    pub fn others(&self, profile: &Profile) -> Vec<FoundEntry> {
        let mut others = Vec::new();
        for entry in self.entries() {
            // A top-level key may be what a field below `params` reads.
            let lifted = KeyPath::key("params").joined(&entry.path);
            let field = profile.field(&entry.path).or_else(|| {
                profile
                    .field(&lifted)
                    .filter(|_| self.place_of(&lifted) == entry.path)
            });
            match field {
                None => others.push(entry),
                Some(field) => self.odd_columns(&entry.path, &field.kind, &mut others),
            }
        }
        others
    }

    /// Entries inside a guest or a record that its small form does not know.
    fn odd_columns(&self, path: &KeyPath, kind: &FieldKind, others: &mut Vec<FoundEntry>) {
        const GUEST: [&str; 3] = ["name", "avatar", "email"];
        let odd = |path: &KeyPath, value: &Value, known: &dyn Fn(&str) -> bool| {
            let keys = value.as_map().unwrap_or_default().iter();
            keys.filter(|(key, _)| !known(key))
                .filter_map(|(key, _)| self.found(path.child(key)))
                .collect::<Vec<_>>()
        };
        match (kind, self.value.at(path)) {
            (FieldKind::Author, Some(value)) => {
                others.extend(odd(path, value, &|key| {
                    GUEST.iter().any(|known| same_key(known, key))
                }));
            }
            (FieldKind::Records(columns), Some(Value::List(records))) => {
                for (i, record) in records.iter().enumerate() {
                    others.extend(odd(&path.item(i), record, &|key| {
                        columns.iter().any(|column| same_key(&column.key, key))
                    }));
                }
            }
            _ => {}
        }
    }

    fn found(&self, path: KeyPath) -> Option<FoundEntry> {
        let start = self.block?.content.start().get();
        let span = self.document.as_ref()?.entry_span(&path)?;
        Some(FoundEntry {
            path,
            span: span.shifted(start),
        })
    }

    /// The edit of `text` that gives `path` the value, or clears it; `None` where nothing changes. The edit is proved:
    /// made on a copy and read again, it changes this entry and no other.
    ///
    /// The style follows the text as it stands. While somebody types, start each time from the text before the first
    /// keystroke: a title that needs quotes for a moment would otherwise keep them.
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
        let place = self.place_of(path);
        let value = value.filter(|&value| *value != Value::Null);
        let Some(block) = self.block else {
            return match value {
                Some(value) => self.begin(text, &place, value, profile).map(Some),
                None => Ok(None),
            };
        };
        let source = block.content.of(text);
        let document = self.document.as_ref().ok_or_else(|| refused(path))?;
        let expected = expected(&self.value, &place, value);
        let mut manner = Manner {
            custom: profile,
            line_end: LineEnd::prevailing(block.whole.of(text)).as_str(),
            careful: false,
        };
        for careful in [false, true] {
            manner.careful = careful;
            let Some(edit) = document.edit(source, &place, value, manner)? else {
                if says_the_same(&self.value, &expected, &place, profile) {
                    return Ok(None);
                }
                continue;
            };
            let after = edit.applied_to(source);
            if is_between_fences(text, block, &after)
                && Document::read(&after)
                    .is_ok_and(|read| says_the_same(read.value(), &expected, &place, profile))
            {
                return Ok(Some(edit.shifted(block.content.start().get())));
            }
        }
        Err(refused(path))
    }

    /// Front matter for a post that has none, with its first entry.
    fn begin(
        &self,
        text: &str,
        path: &KeyPath,
        value: &Value,
        profile: &Profile,
    ) -> Result<TextEdit, Refusal> {
        let line_end = LineEnd::prevailing(text).as_str();
        let manner = Manner {
            custom: profile,
            line_end,
            careful: false,
        };
        let nothing = Document::read("").map_err(|problem| Refusal::new(problem.message))?;
        let edit = nothing.edit("", path, Some(value), manner)?;
        let content = edit.ok_or_else(|| refused(path))?.applied_to("");
        let start = Post::parse(text).body.start();
        let rest = text.get(start.get()..).unwrap_or_default();
        let gap = if rest.is_empty() || rest.starts_with(['\n', '\r']) {
            ""
        } else {
            line_end
        };
        let edit = TextEdit::insertion(start, format!("---{line_end}{content}---{line_end}{gap}"));
        let after = edit.applied_to(text);
        let read = Self::read(&after, &Post::parse(&after));
        let expected = expected(&self.value, path, Some(value));
        if read.locked.is_some() || !says_the_same(&read.value, &expected, path, profile) {
            return Err(refused(path));
        }
        Ok(edit)
    }
}

fn refused(path: &KeyPath) -> Refusal {
    Refusal::new(format!(
        "“{path}” cannot be changed here without changing something else. Edit it as text."
    ))
}

/// Whether `content` in place of the block's own is again all of the front matter: no line closes it early, and its first
/// line does not run into a fence on the same line.
fn is_between_fences(text: &str, block: FrontMatterBlock, content: &str) -> bool {
    let start = block.content.start().get();
    let opening = text.get(..start).unwrap_or_default();
    let glued = !opening.ends_with(['\n', '\r']);
    let untouched_head = || {
        let old = block.content.of(text).chars().next();
        content.chars().next() == old
    };
    let closes = |(i, line): (usize, &str)| line.starts_with("---") && !(glued && i == 0);
    let ends_well = content.is_empty() || content.ends_with(['\n', '\r']);
    (!glued || untouched_head())
        && ends_well
        && !content.split(['\n', '\r']).enumerate().any(closes)
}

/// All values with `path` set to `value`, or removed.
fn expected(values: &Value, path: &KeyPath, value: Option<&Value>) -> Value {
    let after = Value::put(Some(values), path, value);
    after.unwrap_or_else(|| Value::Map(Vec::new()))
}

/// Whether two readings are the same, but for the order of keys and a map without entries, which YAML writes as nothing.
/// Line breaks may differ in the prose that was `edited`, and nowhere else.
fn says_the_same(found: &Value, expected: &Value, edited: &KeyPath, profile: &Profile) -> bool {
    let path = KeyPath::default();
    Comparison { edited, profile }.same(found, expected, &path)
}

struct Comparison<'a> {
    edited: &'a KeyPath,
    profile: &'a Profile,
}

impl Comparison<'_> {
    fn same(&self, found: &Value, expected: &Value, path: &KeyPath) -> bool {
        match (found, expected) {
            (Value::Map(found), Value::Map(expected)) => {
                found.len() == expected.len()
                    && expected.iter().all(|(key, expected)| {
                        found.iter().any(|(known, found)| {
                            same_key(known, key) && self.same(found, expected, &path.child(key))
                        })
                    })
            }
            (Value::List(found), Value::List(expected)) => {
                found.len() == expected.len()
                    && found
                        .iter()
                        .zip(expected)
                        .enumerate()
                        .all(|(i, (found, expected))| self.same(found, expected, &path.item(i)))
            }
            (Value::Null, Value::Map(entries)) => entries.is_empty(),
            (found, expected) if self.edited.contains(path) => {
                self.profile.says(found, expected, path)
            }
            (found, expected) => found == expected,
        }
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
