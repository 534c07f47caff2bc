//! The pages, authors and files a site is known to have.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Profile;

/// What the site is known to have. Read from a file of the site's own making, or what the profile tells.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SiteIndex {
    /// Where the site is published.
    pub base_url: String,
    /// Authors by id.
    pub authors: BTreeMap<String, IndexAuthor>,
    /// Files outside of posts, by their path on the site.
    pub assets: Vec<String>,
    /// Every page.
    pub pages: Vec<IndexPage>,
}

/// An author.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IndexAuthor {
    /// The byline.
    pub name: String,
    /// The picture's path on the site.
    pub avatar: Option<String>,
}

/// A page of the site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct IndexPage {
    /// Its address on the site.
    pub url: String,
    /// Its title.
    pub title: String,
    /// The ids one can link to.
    pub anchors: Vec<String>,
    /// A post's file below the content folder.
    pub path: Option<String>,
    /// A post's date.
    pub date: Option<String>,
    /// The files beside a post.
    pub resources: Vec<String>,
    /// Old addresses.
    pub aliases: Vec<String>,
}

impl SiteIndex {
    /// What a profile alone tells of its site.
    #[must_use]
    pub fn of_profile(profile: &Profile) -> Self {
        Self {
            base_url: profile.base_url.clone(),
            authors: profile
                .authors
                .iter()
                .map(|author| {
                    let entry = IndexAuthor {
                        name: author.name.clone(),
                        avatar: author.avatar.clone(),
                    };
                    (author.id.clone(), entry)
                })
                .collect(),
            assets: profile
                .authors
                .iter()
                .filter_map(|author| author.avatar.clone())
                .collect(),
            pages: Vec::new(),
        }
    }
}
