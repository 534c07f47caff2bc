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

    /// The post at `path`, its file below the content folder.
    #[must_use]
    pub fn post(&self, path: &str) -> Option<&IndexPage> {
        self.pages
            .iter()
            .find(|page| page.path.as_deref() == Some(path))
    }

    /// The file outside of posts that `name` means, written with or without the slash in front.
    #[must_use]
    pub fn find_asset(&self, name: &str) -> Option<&str> {
        let name = name.trim_start_matches('/');
        self.assets
            .iter()
            .find(|asset| asset.trim_start_matches('/') == name)
            .map(String::as_str)
    }

    /// The page that `wanted`, a relative path, means on the page whose file is `from`: a folder beside it, or a file.
    #[must_use]
    pub fn find_page(&self, from: Option<&str>, wanted: &str) -> Option<&IndexPage> {
        let folder = from?.rsplit_once('/')?.0;
        let around = folder.rsplit_once('/').map_or("", |(around, _)| around);
        let wanted = wanted.trim_end_matches('/');
        let wanted = wanted
            .strip_suffix("index.md")
            .unwrap_or(wanted)
            .trim_end_matches('/');
        if wanted.is_empty() {
            return None;
        }
        [around, folder].into_iter().find_map(|base| {
            let target = joined(base, wanted)?;
            self.pages.iter().find(|page| {
                page.path
                    .as_deref()
                    .and_then(|path| path.strip_suffix("/index.md"))
                    .is_some_and(|path| path == target)
            })
        })
    }
}

/// `wanted` as seen from the folder `base`; `None` above the top.
fn joined(base: &str, wanted: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in wanted.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
