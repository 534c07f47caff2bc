//! The site's pages, to be linked to: an index that is fetched only when somebody looks for a page.

use std::rc::Rc;

use crate::site::{Pages, Site, SiteIndex};

use super::effect::Effect;
use super::view::PagesView;

/// What happened about the index of the site's pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagesTold {
    /// Somebody looks for a page.
    Wanted,
    /// The index came: the one that lies beside the app, or the one this browser keeps.
    Came {
        /// Its bytes.
        bytes: Rc<[u8]>,
        /// It is the one this browser keeps.
        kept: bool,
    },
    /// There is none, or it could not be fetched.
    Missing,
    /// A file was opened to be the index.
    Opened {
        /// The file's name.
        name: String,
        /// Its bytes.
        bytes: Rc<[u8]>,
    },
    /// The opened index was kept in this browser, or could not be.
    Kept(bool),
    /// The kept index is not wanted any more.
    Dropped,
}

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PagesState {
    /// Nobody has looked for a page yet.
    #[default]
    Unasked,
    /// It is being fetched.
    Awaited,
    /// It is here.
    Here,
    /// There is none.
    Missing,
}

/// What is known of the index.
#[derive(Debug, Default)]
pub(super) struct Index {
    state: PagesState,
    pages: Rc<Pages>,
    /// The pages are made up.
    sample: bool,
    /// It was opened from a file.
    own: bool,
    /// What went wrong last, or what came of it.
    said: Option<String>,
}

impl Index {
    /// Takes in what happened. Answers the orders, and the site as it is known now where that changed.
    pub(super) fn told(&mut self, told: PagesTold, site: &Site) -> (Vec<Effect>, Option<Site>) {
        match told {
            PagesTold::Wanted => {
                if matches!(self.state, PagesState::Unasked | PagesState::Missing) {
                    self.state = PagesState::Awaited;
                    return (vec![Effect::FetchSiteIndex], None);
                }
            }
            // A file that was opened meanwhile stays.
            PagesTold::Came { .. } | PagesTold::Missing if self.state != PagesState::Awaited => {}
            PagesTold::Came { bytes, kept } => match SiteIndex::read(&bytes) {
                Ok(index) => {
                    self.own = kept;
                    self.said = None;
                    return (Vec::new(), self.take(index, site));
                }
                Err(reason) => {
                    self.state = PagesState::Missing;
                    self.said = Some(format!("The site’s index could not be read. {reason}"));
                }
            },
            PagesTold::Missing => self.state = PagesState::Missing,
            PagesTold::Opened { name, bytes } => match SiteIndex::read(&bytes) {
                Ok(index) => {
                    self.own = true;
                    self.said = None;
                    let site = self.take(index, site);
                    return (vec![Effect::KeepSiteIndex(bytes)], site);
                }
                Err(reason) => self.said = Some(format!("“{name}” was not taken. {reason}")),
            },
            PagesTold::Kept(kept) => {
                self.said = (!kept).then(|| {
                    "This browser could not keep the index: open it again at the next visit."
                        .to_owned()
                });
            }
            PagesTold::Dropped => {
                *self = Self {
                    state: PagesState::Awaited,
                    ..Self::default()
                };
                return (vec![Effect::ReplaceSiteIndex], None);
            }
        }
        (Vec::new(), None)
    }

    fn take(&mut self, index: SiteIndex, site: &Site) -> Option<Site> {
        self.state = PagesState::Here;
        self.pages = Rc::new(Pages::of(&index));
        self.sample = index.sample;
        // With pages that are made up nothing is built: what leads nowhere on the real site must not look right.
        (!index.sample).then(|| site.with_index(index))
    }

    pub(super) fn view(&self) -> PagesView {
        PagesView {
            state: self.state,
            pages: Rc::clone(&self.pages),
            sample: self.sample,
            own: self.own,
            said: self.said.clone(),
        }
    }
}
