//! The page as Hugo renders it. One entry: [`render`]; [`Preview`] keeps a page up to date while it is written.

mod html;
mod shortcodes;
mod source;
mod url;
mod variables;

use std::rc::Rc;

use crate::post::Post;
use crate::shortcode;
use crate::site::SiteIndex;
use crate::text::{Problem, Span, TextEdit};

use shortcodes::Scope;
use source::Source;
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

    pub(crate) fn has_resource(&self, name: &str) -> bool {
        self.all_resources().any(|known| known == name)
    }
}

/// Who looks at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// The site: what Hugo publishes.
    #[default]
    Site,
    /// The editor's preview: embeds are still cards, since nothing is loaded from elsewhere.
    Screen,
}

/// A top-level block of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its HTML, whole: what is opened in it is closed in it.
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
    let variables = Variables::of_front_matter(page);
    let found = shortcode::read(page.text, page.post.body);
    let mut problems = found.problems;
    let mut scope = Scope::new(page, audience, &variables.permalink, &variables.title);
    let source = Source::new(page.text, &found.pieces, &mut scope, true);
    problems.append(&mut scope.problems);
    let document = html::document(&source.markdown, page, &variables.permalink, audience);
    problems.extend(document.problems.into_iter().map(|problem| {
        let start = source.in_file(problem.span.start().get());
        Problem {
            span: Span::at(start),
            ..problem
        }
    }));
    problems.sort_by_key(|problem| problem.span.start());

    let mut divided = String::new();
    let mut blocks: Vec<Block> = Vec::with_capacity(document.blocks.len());
    let mut pending: Option<(String, std::ops::Range<usize>)> = None;
    for made in document.blocks {
        let before_divider = source
            .divider
            .is_some_and(|divider| made.range.start < divider);
        let html = if source.outputs.is_empty() {
            made.html
        } else {
            html::put_outputs(made.html, &source.outputs)
        };
        if before_divider {
            divided.push_str(&html);
        }
        let (html, range) = match pending.take() {
            Some((mut open, range)) => {
                open.push_str(&html);
                (open, range.start..made.range.end)
            }
            None => (html, made.range),
        };
        // Raw HTML that is opened in one block and closed in another makes one block of them.
        if is_balanced(&html) {
            let span = Span::new(source.in_file(range.start), source.in_file(range.end));
            blocks.push(Block {
                html: html.into(),
                span,
            });
        } else {
            pending = Some((html, range));
        }
    }
    if let Some((html, range)) = pending {
        let span = Span::new(source.in_file(range.start), source.in_file(range.end));
        blocks.push(Block {
            html: html.into(),
            span,
        });
    }
    let html: String = blocks.iter().map(|block| &*block.html).collect();
    let mut variables = variables.with_body(
        page,
        &html,
        source.divider.is_some().then_some(divided.as_str()),
    );
    variables.mermaid = document.mermaid;
    Rendered {
        blocks,
        variables,
        problems,
    }
}

/// Whether every element that is opened is closed again, as far as can be told without a parser of its own.
fn is_balanced(html: &str) -> bool {
    let mut depth = 0_i64;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = rest.get(at + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            let Some(end) = comment.find("-->") else {
                return false;
            };
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        let closing = rest.starts_with('/');
        let name: String = rest
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        const VOID: [&str; 14] = [
            "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
            "source", "track", "wbr",
        ];
        if name.is_empty() || VOID.contains(&name.as_str()) {
            continue;
        }
        let Some(end) = rest.find('>') else {
            return false;
        };
        let self_closed = rest.get(..end).is_some_and(|tag| tag.ends_with('/'));
        rest = rest.get(end + 1..).unwrap_or_default();
        depth += match (closing, self_closed) {
            (true, _) => -1,
            (false, true) => 0,
            (false, false) => 1,
        };
    }
    depth <= 0
}

/// The preview of one page, kept up to date.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    rendered: Rendered,
}

impl Preview {
    /// Brings the preview up to date and tells what changed since the last update. Always equal to a full render.
    pub fn update(&mut self, page: &Page<'_>, _edit: Option<&TextEdit>) -> Patch {
        let now = render(page, Audience::Screen);
        let before = &self.rendered.blocks;
        let same = |a: &&Block, b: &&Block| a.html == b.html;
        let front = before
            .iter()
            .zip(&now.blocks)
            .take_while(|(a, b)| same(a, b))
            .count();
        let most = before.len().min(now.blocks.len()) - front;
        let back = before
            .iter()
            .rev()
            .zip(now.blocks.iter().rev())
            .take(most)
            .take_while(|(a, b)| same(a, b))
            .count();
        let until = now.blocks.len() - back;
        let blocks = now.blocks.get(front..until).unwrap_or_default().to_vec();
        self.rendered = now;
        Patch {
            keep_front: front,
            keep_back: back,
            blocks,
        }
    }

    /// The page's variables as of the last update.
    #[must_use]
    pub const fn variables(&self) -> &Variables {
        &self.rendered.variables
    }

    /// What Hugo would refuse, as of the last update.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.rendered.problems
    }
}
