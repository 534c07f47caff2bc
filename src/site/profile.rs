//! The site profile: which front matter fields there are, their order, widgets, limits and help; authors, vocabulary and
//! shortcodes. One declarative file holds it all, so that another Hugo site can have its own.

use std::rc::Rc;

use serde::Deserialize;

use crate::yaml::{Custom, Hint, KeyPath, Step, same_key};

/// A site's profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The site's name, as its page titles end.
    pub name: String,
    /// Where it is published, such as `https://linkerd.io/`.
    pub base_url: String,
    /// What the form shows, in this order.
    pub fields: Vec<Rc<Field>>,
    /// The usual order of the entries in the file, at the top and below.
    pub order: Vec<KeyPath>,
    /// Who writes: id and name.
    pub authors: Vec<Author>,
    /// Keywords in use, most used first.
    pub keywords: Vec<String>,
    /// Shortcodes the site has.
    pub shortcodes: Vec<String>,
    /// Shortcodes it once had, with what takes their place.
    pub retired_shortcodes: Vec<Retired>,
}

/// An author of the site.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// What `params.author` says.
    pub id: String,
    /// The byline.
    pub name: String,
    /// The picture's path on the site, where there is one.
    #[serde(default)]
    pub avatar: Option<String>,
}

/// A shortcode the site no longer has.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retired {
    /// Its name.
    pub name: String,
    /// What to write instead, a sentence.
    pub instead: String,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Field {
    /// The entry it edits.
    pub path: KeyPath,
    /// Its label.
    pub label: String,
    /// Its widget.
    pub kind: FieldKind,
    /// One sentence of help.
    #[serde(default)]
    pub help: String,
    /// As many characters as are shown in full; more is allowed.
    #[serde(default)]
    pub limit: Option<usize>,
    /// Belongs to the few that nearly every post uses.
    #[serde(default)]
    pub everyday: bool,
    /// A post is not complete without it.
    #[serde(default)]
    pub required: bool,
    /// The comment the site puts behind the entry.
    #[serde(default)]
    pub comment: Option<String>,
}

/// A field's widget.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FieldKind {
    /// One line of text. Written on one line.
    Line,
    /// One line of prose: a line break in the file counts as a space.
    Heading,
    /// Some lines of prose. Written as a block, wrapped at 80 columns.
    Prose,
    /// A day, with whatever time the file has.
    Date,
    /// A few words from a vocabulary.
    Keywords,
    /// An author's id, or a guest's name, picture and address.
    Author,
    /// Yes or nothing.
    Checkbox,
    /// One of some values, or nothing.
    Select(Vec<Choice>),
    /// The name of an image of the post, or a path.
    Image,
    /// Image names or paths, on one line in the file.
    Images,
    /// Paths, one a line in the file.
    Paths,
    /// A list of small forms.
    Records(Vec<Column>),
}

/// A choice of a select.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What the file says.
    pub value: String,
    /// What the writer reads.
    pub label: String,
}

/// A field of a small form in a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// One sentence of help.
    #[serde(default)]
    pub help: String,
    /// Some lines of prose rather than one line.
    #[serde(default)]
    pub long: bool,
    /// A day.
    #[serde(default)]
    pub date: bool,
}

impl Profile {
    /// The profile of linkerd.io.
    ///
    /// # Errors
    /// Where the file in the source tree is broken; a test keeps that from being published.
    pub fn linkerd() -> Result<Self, serde_yaml::Error> {
        serde_yaml::from_str(include_str!("linkerd.yaml"))
    }

    /// The field that edits `path`, or the one it lies in.
    #[must_use]
    pub fn field(&self, path: &KeyPath) -> Option<&Rc<Field>> {
        self.fields.iter().find(|field| field.path.contains(path))
    }
}

impl Custom for Profile {
    fn hint(&self, path: &KeyPath) -> Hint<'_> {
        let Some(field) = self.field(path) else {
            return Hint::default();
        };
        let below = path.steps().get(field.path.steps().len()..);
        match (below.unwrap_or_default(), &field.kind) {
            ([], kind) => Hint {
                prose: matches!(kind, FieldKind::Prose | FieldKind::Heading),
                block: matches!(kind, FieldKind::Prose),
                block_list: matches!(kind, FieldKind::Paths | FieldKind::Records(_)),
                date: matches!(kind, FieldKind::Date),
                text_or_map: matches!(kind, FieldKind::Author),
                comment: field.comment.as_deref(),
            },
            ([Step::Index(_), Step::Key(key)], FieldKind::Records(columns)) => {
                let column = columns.iter().find(|column| same_key(&column.key, key));
                Hint {
                    prose: column.is_some_and(|column| column.long),
                    block: column.is_some_and(|column| column.long),
                    date: column.is_some_and(|column| column.date),
                    ..Hint::default()
                }
            }
            _ => Hint::default(),
        }
    }

    fn rank(&self, path: &KeyPath) -> Option<usize> {
        let (above, last) = path.split_last()?;
        if let (Some(field), Step::Key(key)) = (self.field(&above), last)
            && let FieldKind::Records(columns) = &field.kind
        {
            return columns.iter().position(|column| same_key(&column.key, key));
        }
        self.order
            .iter()
            .position(|known| known.contains(path) && path.contains(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_profile_reads() {
        let profile = Profile::linkerd().unwrap();
        let labels: Vec<&str> = profile
            .fields
            .iter()
            .map(|field| field.label.as_str())
            .collect();
        for label in [
            "Title",
            "Date",
            "Slug",
            "Description",
            "Keywords",
            "Author",
            "Show cover",
            "Thumbnail ratio",
            "Social images",
            "Meta title",
            "Aliases",
            "Draft",
        ] {
            assert!(labels.contains(&label), "{label}");
        }
        assert_eq!(profile.authors.len(), 19);
        for field in &profile.fields {
            assert!(profile.rank(&field.path).is_some(), "{}", field.path);
        }
    }
}
