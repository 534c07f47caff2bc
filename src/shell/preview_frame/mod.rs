//! The article preview's document: patched block by block, so that what did not change is not touched.
//!
//! The frame runs no script and may load nothing; still, what would only end in a refused request is taken out here.

mod content;
mod groups;
mod header;
mod layout;
mod mark;
mod morph;
mod paint;
mod presses;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::render::{AnimationFrame, request_animation_frame};
use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, Document, Element, HtmlElement, HtmlTemplateElement, Node, Window};

use crate::preview::Patch;
use crate::preview::positions::Place;
use crate::session::view::ArticleView;
use crate::session::{Look, Msg, OpenedFile};
use crate::text::Utf16Pos;

use super::bytes::blob_of;
use super::files;
use super::resizes::Resizes;
use super::seen::{Point, Seen};
use groups::Groups;
use layout::Layout;
use paint::Paint;

/// So many blocks are drawn in one step. No real post has as many.
const AT_ONCE: usize = 250;

/// Where the browser has the post's files, by their names.
pub type Addresses = Rc<BTreeMap<String, String>>;

/// The preview's document and what it shows.
#[derive(Debug)]
pub(super) struct PreviewFrame {
    send: yew::Callback<Msg>,
    seen: yew::Callback<Seen>,
    document: Option<Document>,
    /// Its `article`, and the mark beside what is being edited.
    article: Option<Element>,
    mark: Option<HtmlElement>,
    template: Option<HtmlTemplateElement>,
    blocks: Vec<Shown>,
    /// So many of them are in the document: a very long article comes in several steps.
    drawn: usize,
    step: Option<AnimationFrame>,
    /// How a very long article is laid out.
    groups: Option<Groups>,
    files: BTreeMap<String, Held>,
    addresses: Addresses,
    /// The width it was last laid out for.
    width: Option<f64>,
    header: ArticleView,
    /// The page's own address, for links into it.
    address: Rc<RefCell<String>>,
    marked: Option<usize>,
    paint: Paint,
    /// Code came in that is not painted yet.
    fresh_code: bool,
    listeners: Vec<EventListener>,
    resizes: Option<Resizes>,
}

/// A block and its nodes.
#[derive(Debug)]
struct Shown {
    html: Rc<str>,
    nodes: Vec<Node>,
}

impl Shown {
    /// Whether it may hold code in a known language.
    fn has_code(&self) -> bool {
        self.html.contains("data-lang")
    }
}

/// A file of the post, and where the browser holds its bytes.
#[derive(Debug)]
struct Held {
    bytes: Rc<[u8]>,
    blob: Blob,
    address: String,
}

impl PreviewFrame {
    pub(super) fn new(send: yew::Callback<Msg>, seen: yew::Callback<Seen>) -> Self {
        Self {
            send,
            seen,
            document: None,
            article: None,
            mark: None,
            template: None,
            blocks: Vec::new(),
            drawn: 0,
            step: None,
            groups: None,
            files: BTreeMap::new(),
            addresses: Addresses::default(),
            width: None,
            header: ArticleView::default(),
            address: Rc::default(),
            marked: None,
            paint: Paint::default(),
            fresh_code: false,
            listeners: Vec::new(),
            resizes: None,
        }
    }

    /// The files the article may show from now on.
    pub(super) fn hold(&mut self, files: &[OpenedFile]) {
        let mut before = std::mem::take(&mut self.files);
        for file in files {
            let kept = before
                .remove(&file.name)
                .filter(|held| Rc::ptr_eq(&held.bytes, &file.bytes));
            let held = kept.or_else(|| {
                let blob = blob_of(&file.bytes, files::media_type(&file.name))?;
                Some(Held {
                    bytes: Rc::clone(&file.bytes),
                    address: files::address_of_blob(&blob)?,
                    blob,
                })
            });
            if let Some(held) = held {
                self.files.insert(file.name.clone(), held);
            }
        }
        for held in before.into_values() {
            files::forget(&held.address);
        }
        let addresses = self.files.iter();
        self.addresses = Rc::new(
            addresses
                .map(|(name, held)| (name.clone(), held.address.clone()))
                .collect(),
        );
        self.redraw();
    }

    /// The browser’s own copy of a file.
    pub(super) fn held(&self, bytes: &Rc<[u8]>) -> Option<Blob> {
        let mut all = self.files.values();
        let held = all.find(|held| Rc::ptr_eq(&held.bytes, bytes))?;
        Some(held.blob.clone())
    }

    pub(super) fn addresses(&self) -> Addresses {
        Rc::clone(&self.addresses)
    }

    /// The frame has a document, perhaps a new one.
    pub(super) fn loaded(&mut self, document: Option<Document>) {
        self.listeners.clear();
        self.resizes = None;
        self.groups = None;
        let find = |selector| document.as_ref()?.query_selector(selector).ok()?;
        self.article = find("article");
        // Not `dyn_into`: the frame's elements are instances of the frame's own classes.
        self.mark = find("body > .edited").map(wasm_bindgen::JsCast::unchecked_into);
        self.template = document.as_ref().and_then(content::template);
        self.document = document;
        self.width = None;
        self.has_new_width();
        if let Some(document) = &self.document {
            let address = Rc::clone(&self.address);
            self.listeners =
                presses::listen(document, address, self.send.clone(), self.seen.clone());
            let seen = self.seen.clone();
            let scrolls =
                EventListener::new(document, "scroll", move |_| seen.emit(Seen::PageScrolled));
            self.listeners.push(scrolls);
            if let Some(window) = document.default_view() {
                let seen = self.seen.clone();
                let resizes =
                    EventListener::new(&window, "resize", move |_| seen.emit(Seen::PageResized));
                self.listeners.push(resizes);
            }
            self.resizes = self.article.as_ref().and_then(|article| {
                let seen = self.seen.clone();
                Resizes::of(article, move || seen.emit(Seen::PageResized))
            });
        }
        self.redraw();
    }

    fn redraw(&mut self) {
        let Some(article) = self.article() else {
            return;
        };
        article.set_text_content(None);
        self.drawn = 0;
        if let Some(groups) = &mut self.groups {
            groups.clear();
        }
        self.group_if_long();
        self.draw_header();
        self.draw_more();
    }

    /// Draws the next blocks that are not in the document yet, and says when more are to come: the first screen is not to
    /// wait for the last one.
    pub(super) fn draw_more(&mut self) {
        self.draw_up_to(self.drawn + AT_ONCE);
        if self.drawn < self.blocks.len() && self.document().is_some() {
            let seen = self.seen.clone();
            // Behind the next paint: a frame's callbacks run before it.
            self.step = Some(request_animation_frame(move |_| {
                Timeout::new(0, move || seen.emit(Seen::Drawn)).forget();
            }));
        }
    }

    fn draw_up_to(&mut self, end: usize) {
        let Some(article) = self.article() else {
            return;
        };
        let end = end.min(self.blocks.len());
        let start = self.drawn;
        for at in start..end {
            let Some(html) = self.blocks.get(at).map(|block| Rc::clone(&block.html)) else {
                break;
            };
            let shown = self.shown(html);
            for node in &shown.nodes {
                let _ = article.append_child(node);
            }
            if let Some(block) = self.blocks.get_mut(at) {
                *block = shown;
            }
        }
        self.drawn = end;
        self.fresh_code = true;
        if let Some(groups) = &mut self.groups {
            groups.append(self.blocks.get(..end).unwrap_or_default(), start);
        }
    }

    /// Lays the article out in groups from now on, where it is very long. What is drawn of it is not in one yet.
    fn group_if_long(&mut self) {
        if self.groups.is_none() && self.blocks.len() > AT_ONCE {
            self.groups = self.article().as_ref().and_then(Groups::of);
            if let Some(groups) = &mut self.groups {
                groups.append(self.blocks.get(..self.drawn).unwrap_or_default(), 0);
            }
        }
    }

    pub(super) fn patch(&mut self, patch: &Patch) {
        if patch.keep_front + patch.keep_back == 0 && patch.blocks.len() > AT_ONCE {
            let blocks = patch.blocks.iter().map(|block| Shown {
                html: Rc::clone(&block.html),
                nodes: Vec::new(),
            });
            self.blocks = blocks.collect();
            self.redraw();
            return;
        }
        self.draw_up_to(self.blocks.len());
        let front = patch.keep_front.min(self.blocks.len());
        let back = self.blocks.len().saturating_sub(patch.keep_back).max(front);
        let fresh: Vec<Shown> = patch
            .blocks
            .iter()
            .map(|block| self.shown(Rc::clone(&block.html)))
            .collect();
        self.fresh_code |= fresh.iter().any(Shown::has_code);
        let old = self.blocks.get_mut(front..back).unwrap_or_default();
        // The usual key: what a block is stays, what it says changes.
        if old.len() == fresh.len() {
            let pairs = old.iter_mut().zip(&fresh);
            let kept = pairs.take_while(|(old, new)| morph::block(&old.nodes, &new.nodes));
            let kept = kept
                .map(|(old, new)| old.html = Rc::clone(&new.html))
                .count();
            let fresh = fresh.into_iter().skip(kept).collect();
            self.exchange(front + kept, back, fresh);
        } else {
            self.exchange(front, back, fresh);
        }
    }

    /// Puts other blocks in the place of some.
    fn exchange(&mut self, front: usize, back: usize, fresh: Vec<Shown>) {
        let count = fresh.len();
        if front == back && count == 0 {
            return;
        }
        if let Some(article) = self.article() {
            let next = self
                .blocks
                .iter()
                .skip(back)
                .find_map(|block| block.nodes.first());
            for node in fresh.iter().flat_map(|block| &block.nodes) {
                // Fails only where raw HTML took the neighbour away; then the end is the best place left.
                if article.insert_before(node, next).is_err() {
                    let _ = article.append_child(node);
                }
            }
        }
        for gone in self.blocks.splice(front..back, fresh) {
            for node in gone.nodes {
                if let Some(parent) = node.parent_node() {
                    let _ = parent.remove_child(&node);
                }
            }
        }
        self.drawn = self.blocks.len();
        match &mut self.groups {
            Some(groups) => groups.change(&self.blocks, front, back - front, count),
            None => self.group_if_long(),
        }
    }

    pub(super) fn show_header(&mut self, article: &ArticleView) {
        if self.header != *article {
            self.address.borrow_mut().clone_from(&article.address);
            self.header = article.clone();
            self.draw_header();
        }
    }

    fn draw_header(&self) {
        if let Some(document) = self.document() {
            header::draw(document, &self.header, &self.files);
        }
    }

    /// The document, as long as its frame is on the screen.
    fn document(&self) -> Option<&Document> {
        self.document
            .as_ref()
            .filter(|document| document.default_view().is_some())
    }

    fn article(&self) -> Option<Element> {
        self.document()?;
        self.article.clone()
    }

    fn window(&self) -> Option<Window> {
        self.document()?.default_view()
    }

    fn layout(&self) -> Option<Layout<'_>> {
        self.document()?;
        Layout::of(self.article.as_ref()?, self.blocks.get(..self.drawn)?)
    }

    fn shown(&self, html: Rc<str>) -> Shown {
        let nodes = self
            .document()
            .zip(self.template.as_ref())
            .map(|(document, template)| content::nodes(document, template, &html, &self.files));
        Shown {
            html,
            nodes: nodes.unwrap_or_default(),
        }
    }

    // ---- scrolling -------------------------------------------------------------------------------------------------

    /// How far the article is scrolled, and how far it could be; `None` while it is not on the screen.
    pub(super) fn scrolled(&self) -> Option<(f64, f64)> {
        let window = self.window()?;
        let height = self.window_height();
        if height < 1.0 {
            return None;
        }
        let root = self.document()?.document_element()?;
        let most = (f64::from(root.scroll_height()) - height).max(0.0);
        Some((window.scroll_y().ok()?, most))
    }

    /// The height of what is seen of the article.
    pub(super) fn window_height(&self) -> f64 {
        let root = self
            .document()
            .and_then(|document| document.document_element());
        root.map_or(0.0, |root| f64::from(root.client_height()))
    }

    /// Whether the article is laid out for another width than when this was last asked.
    pub(super) fn has_new_width(&mut self) -> bool {
        let width = self.window().and_then(|window| window.inner_width().ok());
        let Some(width) = width.and_then(|width| width.as_f64()) else {
            return false;
        };
        let before = self.width.replace(width);
        let other = before.is_some_and(|before| (before - width).abs() >= 1.0);
        if let Some(groups) = self.groups.as_mut().filter(|_| other) {
            groups.wake();
        }
        other
    }

    pub(super) fn scroll(&self, top: f64) {
        if let Some(window) = self.window() {
            window.scroll_to_with_x_and_y(window.scroll_x().unwrap_or_default(), top);
        }
    }

    pub(super) fn place_at(&self, y: f64) -> Option<Place> {
        Some(self.layout()?.place_at(y))
    }

    pub(super) fn height_of(&self, place: Place) -> Option<f64> {
        Some(self.layout()?.height_of(place))
    }

    /// What to ask for a point that was pressed.
    pub(super) fn pressed(&self, point: Point) -> Option<Look> {
        let document = self.document()?;
        let layout = self.layout()?;
        let (scrolled, _) = self.scrolled()?;
        let mut place = layout.place_at(scrolled + point.y);
        let look = |place: Place, shown: String, at: u32| Look::PagePressed {
            place,
            shown,
            at: Utf16Pos::new(at),
        };
        if !js_sys::Reflect::has(document, &"caretPositionFromPoint".into()).unwrap_or(false) {
            return Some(look(place, String::new(), 0));
        }
        #[expect(clippy::cast_possible_truncation, reason = "what the browser takes")]
        let caret = document.caret_position_from_point(point.x as f32, point.y as f32)?;
        let node = caret.offset_node()?;
        let Some(block) = layout.block_of(&node) else {
            // The header, or beside the article.
            let above = self.article()?.get_bounding_client_rect().top() > point.y;
            return (!above).then(|| look(place, String::new(), 0));
        };
        if block != place.block {
            place = Place {
                block,
                share: 0.0,
                by_part: None,
            };
        }
        let nodes = self.blocks.get(block).map(|block| &block.nodes)?;
        let shown: String = nodes.iter().filter_map(Node::text_content).collect();
        let before = document.create_range().ok()?;
        before.set_start_before(nodes.first()?).ok()?;
        before.set_end(&node, caret.offset()).ok()?;
        let before = String::from(before.to_string());
        let at = u32::try_from(before.encode_utf16().count()).unwrap_or(u32::MAX);
        Some(look(place, shown, at))
    }

    // ---- mark and colours ------------------------------------------------------------------------------------------

    /// Marks a block from the next frame on.
    pub(super) const fn mark(&mut self, block: Option<usize>) {
        self.marked = block;
    }

    /// Puts the mark where its block is by now. Answers where that is, from the top of the document.
    pub(super) fn place_mark(&self) -> Option<(f64, f64)> {
        self.document()?;
        let extent = self.marked.and_then(|block| self.layout()?.extent(block));
        mark::put(self.mark.as_ref()?, extent);
        extent
    }

    /// Paints code that just came in, before it is seen without its colours.
    pub(super) fn paint_fresh(&mut self) {
        if std::mem::take(&mut self.fresh_code) {
            self.paint();
        }
    }

    /// Lets the browser be done with what is far from the screen.
    pub(super) fn rest(&mut self) {
        if self.drawn == self.blocks.len()
            && let Some(groups) = &mut self.groups
        {
            groups.rest();
        }
    }

    /// Paints the code near what is seen.
    pub(super) fn paint(&mut self) {
        let (Some(document), Some((top, _))) = (self.document(), self.scrolled()) else {
            return;
        };
        let Some(layout) = self.layout() else { return };
        let height = self.window_height();
        let first = layout.block_at(top - height);
        let last = layout.block_at(top + 2.0 * height);
        let mut code = Vec::new();
        let near = self.blocks.get(first..=last).unwrap_or_default();
        // Asked of the text first: most blocks have none, and to search their nodes takes longer.
        let with_code = near
            .iter()
            .zip(first..)
            .filter(|(block, _)| block.has_code());
        for element in with_code.flat_map(|(_, at)| layout.elements(at)) {
            if let Ok(found) = element.query_selector_all(paint::CODE) {
                let found = (0..found.length()).filter_map(|at| found.get(at));
                // Not `dyn_into`: these are instances of the frame's own classes.
                code.extend(found.map(|node| node.unchecked_into::<Element>()));
            }
        }
        let document = document.clone();
        self.paint.show(&document, &code);
    }
}
