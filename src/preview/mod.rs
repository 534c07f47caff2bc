//! The page as Hugo renders it. One entry: [`render`]; [`Preview`] keeps a page up to date while it is written.

mod balance;
mod code;
mod code_lines;
pub mod colours;
mod context;
mod dates;
mod document;
mod embeds;
mod escape;
mod goat;
mod heading_id;
mod hooks;
mod inline;
mod inline_template;
mod notes;
pub mod positions;
mod qr;
mod shortcodes;
mod source;
mod state;
mod tags;
mod template;
mod template_functions;
mod text;
mod url;
mod variables;
mod writer;

use std::rc::Rc;

use crate::post::Post;
use crate::site::SiteIndex;
use crate::text::{Problem, Span};

pub use state::Preview;
pub use variables::Variables;

/// What a page is made of.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Where its parts stand.
    pub post: &'a Post,
    /// The front matter's values.
    pub front_matter: &'a serde_yaml::Mapping,
    /// Its file below the content folder, such as `blog/2021/1110-x/index.md`, where known.
    pub path: Option<&'a str>,
    /// The files beside it.
    pub resources: &'a [String],
    /// The site.
    pub site: &'a SiteIndex,
}

impl<'a> Page<'a> {
    /// The files beside it, given or known to the site.
    pub(crate) fn all_resources(&self) -> impl Iterator<Item = &'a String> {
        let known = self.path.and_then(|path| self.site.post(path));
        self.resources
            .iter()
            .chain(known.into_iter().flat_map(|page| &page.resources))
    }

    /// The file beside it that `name` means, as it is called. Hugo finds it in whatever case it is written.
    pub(crate) fn resource(&self, name: &str) -> Option<&'a str> {
        let lower = name.to_lowercase();
        let mut all = self.all_resources();
        let same = all.find(|known| *known == name);
        let alike = || {
            self.all_resources()
                .find(|known| known.to_lowercase() == lower)
        };
        same.or_else(alike).map(String::as_str)
    }
}

/// Who looks at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The site: what Hugo publishes.
    Site,
    /// The editor's preview: embeds are still cards, since nothing is loaded from elsewhere.
    #[default]
    Screen,
}

/// A piece of the body that a browser can take by itself: a top-level block, or several that raw HTML ties together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its HTML, whole: what is opened in it is closed in it.
    pub html: Rc<str>,
    /// Where it stands in the file.
    pub span: Span,
}

/// How to bring a list of blocks up to date: keep some in front and at the back, put these between. The spans of the kept
/// ones at the back have moved with the text; [`Preview::blocks`] has them all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// Blocks kept in front.
    pub keep_front: usize,
    /// Blocks kept at the back.
    pub keep_back: usize,
    /// What stands between them now.
    pub blocks: Vec<Block>,
}

/// A rendered page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rendered {
    /// The body, block by block.
    pub blocks: Vec<Block>,
    /// What Hugo and the theme know beside it.
    pub variables: Variables,
    /// What Hugo would refuse to build; spans in the file.
    pub problems: Vec<Problem>,
}

impl Rendered {
    /// The body's HTML.
    #[must_use]
    pub fn html(&self) -> String {
        self.blocks.iter().map(|block| &*block.html).collect()
    }
}

/// Renders a page as Hugo does. Never fails: what Hugo refuses is a problem, and the rest is shown.
#[must_use]
pub fn render(page: &Page<'_>, audience: Audience) -> Rendered {
    let mut preview = Preview::new(audience);
    preview.update(page, None);
    preview.rendered()
}
