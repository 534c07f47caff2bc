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
    /// The pages are made up, to try the editor with: nothing is built with them.
    pub sample: bool,
}

/// The largest index that is read, in bytes. One of a site with two thousand pages has half a megabyte.
pub const LARGEST_INDEX: usize = 32 << 20;

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
            sample: false,
        }
    }

    /// An index from its file, JSON with `pages`: each with `url` and `title`, and where known `anchors`. Otherwise a
    /// sentence on what is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > LARGEST_INDEX {
            return Err(format!(
                "It has {} MB, which is too much for a site index.",
                bytes.len() >> 20
            ));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let index: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("It is no site index: {error}."))?;
        // Only paths of the site are ever written into a post.
        let fits = |url: &str| url.starts_with('/') && !url.contains(char::is_whitespace);
        let pages = index.pages.into_iter().filter(|page| fits(&page.url));
        let index = Self {
            pages: pages.collect(),
            ..index
        };
        if index.pages.is_empty() {
            return Err("It names no pages of a site.".to_owned());
        }
        Ok(index)
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

    /// What `wanted`, a path as links and `relref` write it, means on the page whose file is `from`: Hugo's `GetPage`.
    #[must_use]
    pub fn find_page(&self, from: Option<&str>, wanted: &str) -> Option<Target<'_>> {
        // No path at all means the home page, wherever it is asked for.
        if wanted.is_empty() {
            return self.at_path("", Some(from?.rsplit_once('/')?.0));
        }
        let lower = wanted.to_lowercase();
        let with_ending = lower.ends_with(".md");
        // A leaf bundle's file means its folder.
        let name = lower
            .strip_suffix("index.md")
            .filter(|rest| rest.is_empty() || rest.ends_with('/'))
            .or_else(|| lower.strip_suffix(".md"))
            .unwrap_or(&lower);
        if let Some(folder) = from
            .and_then(|from| from.rsplit_once('/'))
            .map(|(folder, _)| folder)
            .filter(|_| !wanted.starts_with('/'))
        {
            let around = folder.rsplit_once('/').map_or("", |(around, _)| around);
            if wanted == "." {
                // The section around the post, where there is one.
                return self.at_path(around, Some(folder)).or(Some(Target::This));
            }
            let base = if with_ending && wanted.starts_with("../") {
                folder
            } else {
                around
            };
            let near = joined(base, name).and_then(|path| self.at_path(&path, Some(folder)));
            if near.is_some() {
                return near;
            }
            // A file name may also be meant as seen from the file.
            if with_ending
                && let Some(file) = joined(folder, wanted)
                && let Some(folder_of_file) = file.strip_suffix("/index.md")
                && !wanted.starts_with("../")
            {
                let found = self.at_path(folder_of_file, Some(folder));
                if found.is_some() {
                    return found;
                }
            }
        }
        if wanted.starts_with('.') {
            return None;
        }
        let path = joined("", name)?;
        let this = match from {
            Some(from) => Some(from.rsplit_once('/')?.0),
            None => None,
        };
        self.at_path(&path, this)
    }

    /// The post whose folder is `path` below the content folder, or the section that is published there.
    fn at_path(&self, path: &str, this: Option<&str>) -> Option<Target<'_>> {
        if this.is_some_and(|this| this.to_lowercase() == path) {
            return Some(Target::This);
        }
        let post = self.pages.iter().find(|page| {
            page.path
                .as_deref()
                .and_then(|file| file.strip_suffix("/index.md"))
                .is_some_and(|folder| folder.to_lowercase() == path)
        });
        let post = post.or_else(|| {
            self.pages
                .iter()
                .find(|page| page.path.is_none() && page.url.trim_matches('/') == path)
        });
        post.map(|page| Target::Address(&page.url))
            .or_else(|| path.is_empty().then_some(Target::Address("/")))
    }
}

/// What a path means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// The page itself.
    This,
    /// The page at this address on the site.
    Address(&'a str),
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
