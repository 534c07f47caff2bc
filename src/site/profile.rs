//! The site profile: which front matter fields there are, their order, widgets, limits and help; authors, vocabulary and
//! shortcodes. One declarative file holds it all, so that another Hugo site can have its own.

use std::rc::Rc;

use serde::Deserialize;

use crate::yaml::{Insertion, KeyPath, Step};

/// A site's profile.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Profile {
    /// The site's name, as its page titles end.
    pub name: String,
    /// Where it is published, such as `https://linkerd.io/`.
    pub base_url: String,
    /// What the form shows, in this order.
    pub fields: Vec<Rc<Field>>,
    /// The usual order of the top-level entries.
    pub order: Vec<String>,
    /// The usual order of the entries below `params`.
    pub params_order: Vec<String>,
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
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    /// Some lines rather than one.
    #[serde(default)]
    pub long: bool,
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

    /// How the site writes an entry that is not there yet.
    pub(crate) fn insertion(&self, path: &KeyPath) -> Insertion<'_> {
        let field = self.field(path);
        let kind = field.map(|field| &field.kind);
        let below_params =
            matches!(path.steps(), [Step::Key(first), ..] if first.eq_ignore_ascii_case("params"));
        Insertion {
            order: &self.order,
            inner_order: if below_params {
                &self.params_order
            } else {
                &[]
            },
            literal: matches!(kind, Some(FieldKind::Prose)),
            block_list: matches!(kind, Some(FieldKind::Paths)),
            bare: matches!(kind, Some(FieldKind::Date)),
            comment: field.and_then(|field| field.comment.as_deref()),
            prose: matches!(kind, Some(FieldKind::Prose | FieldKind::Heading)),
        }
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
    }
}
