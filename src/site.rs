//! What is known of the site a post belongs to: its profile (fields, vocabulary, limits) and its index of pages.

pub mod index;
pub mod pages;
pub mod profile;

pub use index::SiteIndex;
pub use pages::{Pages, Place};
pub use profile::Profile;

/// A site.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Its fields, vocabulary and limits.
    pub profile: Profile,
    /// Its pages, authors and files, as far as known.
    pub index: SiteIndex,
}

impl Site {
    /// linkerd.io, as far as the editor knows it by itself.
    #[must_use]
    pub fn linkerd() -> Self {
        // A broken profile cannot be published: a test reads it. An empty one would still let every post be edited as text.
        let profile = Profile::linkerd().unwrap_or_default();
        let index = SiteIndex::of_profile(&profile);
        Self { profile, index }
    }

    /// The same site, known by an index of its own. What the index leaves out, the profile tells.
    #[must_use]
    pub fn with_index(&self, index: SiteIndex) -> Self {
        let mut index = index;
        let told = SiteIndex::of_profile(&self.profile);
        if index.base_url.is_empty() {
            index.base_url = told.base_url;
        }
        for (id, author) in told.authors {
            index.authors.entry(id).or_insert(author);
        }
        for asset in told.assets {
            if !index.assets.contains(&asset) {
                index.assets.push(asset);
            }
        }
        Self {
            profile: self.profile.clone(),
            index,
        }
    }
}
