//! A page kept up to date while it is written.

use std::rc::Rc;

use crate::shortcode;
use crate::text::sort;
use crate::text::{BytePos, Problem, Span, TextEdit, replaced};

use super::balance;
use super::context::Context;
use super::document::{Document, Made};
use super::shortcodes::Scope;
use super::source::Source;
use super::text::{self, Words};
use super::variables;
use super::{Audience, Block, Page, Patch, Rendered, Variables};

/// The preview of one page, kept up to date: each update costs what the change costs.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    audience: Audience,
    rendered: Rendered,
    state: Option<State>,
}

/// What the blocks were made from.
#[derive(Debug, Clone)]
struct State {
    body: BytePos,
    address: String,
    title: String,
    path: Option<String>,
    resources: Vec<String>,
    source: Source,
    /// What is wrong with the shortcodes, and whether one of them is a diagram.
    problems: Vec<Problem>,
    mermaid: bool,
    /// The body has shortcodes, or what could have been one.
    has_calls: bool,
    document: Document,
}

impl Preview {
    /// A preview with nothing in it yet.
    #[must_use]
    pub fn new(audience: Audience) -> Self {
        Self {
            audience,
            ..Self::default()
        }
    }

    /// Brings the preview up to date and tells what changed since the last update: always equal to a full render.
    ///
    /// `edit` is what was done to the file since the last update; `None` where that is not known. The site has to be the
    /// same from update to update; call [`Preview::forget`] when it is not.
    pub fn update(&mut self, page: &Page<'_>, edit: Option<&TextEdit>) -> Patch {
        let variables = Variables::of_front_matter(page);
        let address = variables.permalink.clone();
        let title = variables.title.clone();
        let context = Context::new(page, self.audience, &address, &title);
        let body = page.post.body;

        let state = match self.state.take() {
            Some(mut state) if state.fits(page) => {
                let readdressed = state.address != address;
                let plain = !readdressed
                    && state.body == body.start()
                    && state.title == title
                    && !state.has_calls_left_open()
                    && edit.is_some_and(|edit| state.edit_text(edit, page, &context));
                if !plain {
                    state.take_apart(page, &context);
                    if readdressed {
                        state.document.readdress(&context);
                    }
                }
                state
            }
            _ => State::new(page, &context),
        };
        let mut state = state;
        state.body = body.start();
        state.address.clone_from(&address);
        state.title.clone_from(&title);

        let totals = state.totals();
        let patch = state.refresh(&mut self.rendered.blocks, &totals, self.audience);
        let words = if totals.words_open {
            Words::of(&state.html()).count
        } else {
            totals.words
        };
        let summary = state.summary();
        let mut variables =
            variables.with_body(&context, words, &summary, state.source.divider.is_some());
        let mut problems = variables::refused(page);
        variables.mermaid = state.tell(&mut problems) || state.mermaid;
        self.rendered.problems = problems;
        self.rendered.variables = variables;
        self.state = Some(state);
        patch
    }

    /// Forgets what the blocks were made from: the next update makes them all anew.
    pub fn forget(&mut self) {
        self.state = None;
    }

    /// The body's blocks as of the last update.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.rendered.blocks
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

    /// Everything as of the last update, with what is only worked out here: the ids of the headings.
    #[must_use]
    pub fn rendered(&self) -> Rendered {
        let mut rendered = self.rendered.clone();
        if let Some(state) = &self.state {
            rendered.variables.heading_ids = state.document.heading_ids();
        }
        rendered
    }
}

impl State {
    fn new(page: &Page<'_>, context: &Context<'_>) -> Self {
        let mut state = Self {
            body: page.post.body.start(),
            address: String::new(),
            title: String::new(),
            path: page.path.map(ToOwned::to_owned),
            resources: page.resources.to_vec(),
            source: Source::default(),
            problems: Vec::new(),
            mermaid: false,
            has_calls: false,
            document: Document::default(),
        };
        state.read(page, context);
        let outputs = state.source.outputs.clone().into();
        state
            .document
            .set(state.source.markdown.clone(), outputs, context);
        state
    }

    /// Whether the page is the same but for its text.
    fn fits(&self, page: &Page<'_>) -> bool {
        self.path.as_deref() == page.path && self.resources == page.resources
    }

    fn has_calls_left_open(&self) -> bool {
        !self.problems.is_empty()
    }

    /// Takes the body apart.
    fn read(&mut self, page: &Page<'_>, context: &Context<'_>) {
        let found = shortcode::read(page.text, page.post.body);
        let mut scope = Scope::new(context);
        self.has_calls = found.pieces.len() > 1;
        self.source = Source::new(page.text, &found.pieces, &mut scope, true);
        self.mermaid = scope.mermaid;
        self.problems = found.problems;
        self.problems.append(&mut scope.problems);
    }

    /// A change in plain text. `false`: it may be more than that.
    fn edit_text(&mut self, edit: &TextEdit, page: &Page<'_>, context: &Context<'_>) -> bool {
        if edit.span().start() < self.body {
            return false;
        }
        match self.source.edit(edit, page.text) {
            Some(range) => {
                self.document.edit(range, edit.insert(), context);
                true
            }
            None => false,
        }
    }

    /// Takes the body apart anew and finds what changed.
    fn take_apart(&mut self, page: &Page<'_>, context: &Context<'_>) {
        self.read(page, context);
        let (gone, come) = replaced(self.document.text(), &self.source.markdown);
        if !gone.is_empty() || !come.is_empty() {
            let insert = come.of(&self.source.markdown);
            self.document.edit(gone.range(), insert, context);
        }
        self.document
            .set_outputs(self.source.outputs.clone().into(), context);
    }

    /// What one look at every block tells.
    fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for (made, _) in self.document.blocks() {
            totals.blocks += 1;
            totals.tied |= !made.whole;
            totals.words += made.words.count;
            totals.words_open |= made.words.open;
        }
        totals
    }

    /// Brings the blocks for a browser up to date. What stays is only told its place: to count it anew would cost more than
    /// all the rest of a key.
    fn refresh(&self, blocks: &mut Vec<Block>, totals: &Totals, audience: Audience) -> Patch {
        if totals.tied {
            let now = self.blocks(audience);
            let patch = difference(blocks, &now);
            *blocks = now;
            return patch;
        }
        let stays = |(old, (made, start)): (&mut Block, (&Made, usize))| {
            let same = Rc::ptr_eq(&old.html, &made.html)
                || *old.html == *for_browser(&made.html, made.too_deep, audience);
            old.span = self.span(start + made.range.start, start + made.range.end);
            same.then_some(())
        };
        let made = || self.document.blocks();
        let front = blocks.iter_mut().zip(made()).map_while(stays).count();
        let most = blocks.len().min(totals.blocks) - front;
        let old = blocks.iter_mut().rev().zip(made().rev());
        let back = old.take(most).map_while(stays).count();
        let fresh = made().skip(front).take(totals.blocks - back - front);
        let fresh: Vec<Block> = fresh
            .map(|(made, start)| Block {
                html: for_browser(&made.html, made.too_deep, audience),
                span: self.span(start + made.range.start, start + made.range.end),
            })
            .collect();
        let end = blocks.len() - back;
        blocks.splice(front..end, fresh.iter().cloned());
        Patch {
            keep_front: front,
            keep_back: back,
            blocks: fresh,
        }
    }

    /// The blocks for a browser, made anew.
    fn blocks(&self, audience: Audience) -> Vec<Block> {
        let block = |html: Rc<str>, too_deep: Option<usize>, start: usize, end: usize| Block {
            html: for_browser(&html, too_deep, audience),
            span: self.span(start, end),
        };
        let mut blocks = Vec::with_capacity(self.document.units.len() + 1);
        let mut pending: Option<(String, usize, balance::Scanner)> = None;
        let mut end = 0;
        for (made, start) in self.document.blocks() {
            let range = start + made.range.start..start + made.range.end;
            end = range.end;
            match pending.take() {
                None if made.whole => {
                    let html = Rc::clone(&made.html);
                    blocks.push(block(html, made.too_deep, range.start, range.end));
                }
                None => {
                    let mut scanner = balance::Scanner::default();
                    scanner.feed(&made.html);
                    pending = Some((made.html.to_string(), range.start, scanner));
                }
                // Raw HTML that is opened in one block and closed in another makes one block of them.
                Some((mut html, from, mut scanner)) => {
                    html.push_str(&made.html);
                    scanner.feed(&made.html);
                    if scanner.is_whole() {
                        blocks.push(block(html.into(), scanner.too_deep(), from, range.end));
                    } else {
                        pending = Some((html, from, scanner));
                    }
                }
            }
        }
        if let Some((html, from, scanner)) = pending {
            blocks.push(block(html.into(), scanner.too_deep(), from, end));
        }
        blocks
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source.in_file(start), self.source.in_file(end))
    }

    fn html(&self) -> String {
        let blocks = self.document.blocks();
        blocks.map(|(made, _)| &*made.html).collect()
    }

    fn summary(&self) -> String {
        if let Some(divider) = self.source.divider {
            let blocks = self.document.blocks();
            let above = blocks.filter(|(made, start)| start + made.range.start < divider);
            return above.map(|(made, _)| &*made.html).collect();
        }
        // The first blocks decide nearly always; the whole page is only looked at where they do not.
        let mut enough = SUMMARY_BLOCKS;
        loop {
            let mut blocks = self.document.blocks().map(|(made, _)| &*made.html);
            let head: String = blocks.by_ref().take(enough).collect();
            match text::summary(&head, blocks.next().is_some()) {
                Some(summary) => return summary.to_owned(),
                None => enough *= 4,
            }
        }
    }

    /// Adds what is wrong with the body to `problems`, which stand in front of it; answers whether it has a diagram.
    fn tell(&self, problems: &mut Vec<Problem>) -> bool {
        let front = problems.len();
        problems.extend(self.problems.iter().cloned());
        let mut mermaid = false;
        for unit in &self.document.units {
            let Some(written) = &unit.written else {
                continue;
            };
            mermaid |= written.mermaid;
            for problem in &written.problems {
                let at = self.source.in_file(unit.start + problem.span.start().get());
                problems.push(Problem::new(Span::at(at), problem.message.clone()));
            }
        }
        if let Some(own) = problems.get_mut(front..) {
            sort::sort_by_key(own, |problem| problem.span.start());
        }
        mermaid
    }
}

/// What one look at every block tells.
#[derive(Debug, Default)]
struct Totals {
    blocks: usize,
    /// Raw HTML ties some of them together.
    tied: bool,
    words: u32,
    /// They cannot be counted block by block.
    words_open: bool,
}

/// A block's HTML as this audience gets it.
fn for_browser(html: &Rc<str>, too_deep: Option<usize>, audience: Audience) -> Rc<str> {
    match (too_deep, audience) {
        (Some(depth), Audience::Screen) => too_deep_box(depth).into(),
        (None, Audience::Screen) if html.len() > LARGEST_BLOCK => too_large_box().into(),
        _ => Rc::clone(html),
    }
}

/// What the preview shows in place of a block that no browser should be asked to show.
fn too_deep_box(depth: usize) -> String {
    format!(
        "<p class=\"left-out\">This part is not shown here: its elements are nested {depth} deep, more than a browser \
         can show. The text keeps it as it is.</p>\n"
    )
}

/// A block whose HTML is longer than this is not given to a browser, in bytes: laying out what cannot be broken into
/// pieces takes it seconds.
const LARGEST_BLOCK: usize = 512 << 10;

/// What the preview shows in its place.
fn too_large_box() -> &'static str {
    "<p class=\"left-out\">This part is not shown here: it is a single paragraph, list, table or code block of more than \
     half a megabyte. The text keeps it as it is.</p>\n"
}

/// So many blocks are looked at first for a summary.
const SUMMARY_BLOCKS: usize = 16;

/// From one list of blocks to another.
fn difference(before: &[Block], now: &[Block]) -> Patch {
    let same = |a: &&Block, b: &&Block| Rc::ptr_eq(&a.html, &b.html) || a.html == b.html;
    let front = before
        .iter()
        .zip(now)
        .take_while(|(a, b)| same(a, b))
        .count();
    let most = before.len().min(now.len()) - front;
    let back = before
        .iter()
        .rev()
        .zip(now.iter().rev())
        .take(most)
        .take_while(|(a, b)| same(a, b))
        .count();
    Patch {
        keep_front: front,
        keep_back: back,
        blocks: now
            .get(front..now.len() - back)
            .unwrap_or_default()
            .to_vec(),
    }
}
