//! The article preview's document: patched block by block, so that what did not change is not touched.
//!
//! The frame runs no script and may load nothing; still, what would only end in a refused request is taken out here.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, HtmlTemplateElement, Node};

use crate::preview::Patch;
use crate::session::view::ArticleView;
use crate::session::{Msg, OpenedFile};

use super::files;

/// The preview's document and what it shows.
#[derive(Debug)]
pub(super) struct PreviewFrame {
    send: yew::Callback<Msg>,
    document: Option<Document>,
    blocks: Vec<Shown>,
    files: BTreeMap<String, Held>,
    header: ArticleView,
    clicks: Option<EventListener>,
}

#[derive(Debug)]
struct Shown {
    html: Rc<str>,
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Held {
    bytes: Rc<[u8]>,
    address: String,
}

impl PreviewFrame {
    pub(super) fn new(send: yew::Callback<Msg>) -> Self {
        Self {
            send,
            document: None,
            blocks: Vec::new(),
            files: BTreeMap::new(),
            header: ArticleView::default(),
            clicks: None,
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
                let address = files::address_of(&file.bytes, files::media_type(&file.name))?;
                Some(Held {
                    bytes: Rc::clone(&file.bytes),
                    address,
                })
            });
            if let Some(held) = held {
                self.files.insert(file.name.clone(), held);
            }
        }
        for held in before.into_values() {
            files::forget(&held.address);
        }
        self.redraw();
    }

    /// The frame has a document, perhaps a new one.
    pub(super) fn loaded(&mut self, document: Option<Document>) {
        self.clicks = document.as_ref().map(|document| self.watch_links(document));
        self.document = document;
        self.redraw();
    }

    fn redraw(&mut self) {
        let Some(article) = self.article() else {
            return;
        };
        article.set_text_content(None);
        let all: Vec<Rc<str>> = self
            .blocks
            .iter()
            .map(|block| Rc::clone(&block.html))
            .collect();
        self.blocks = all
            .into_iter()
            .map(|html| {
                let nodes = self.nodes_of(&html);
                for node in &nodes {
                    let _ = article.append_child(node);
                }
                Shown { html, nodes }
            })
            .collect();
        self.draw_header();
    }

    pub(super) fn patch(&mut self, patch: &Patch) {
        let front = patch.keep_front.min(self.blocks.len());
        let back = self.blocks.len().saturating_sub(patch.keep_back).max(front);
        let fresh: Vec<Shown> = patch
            .blocks
            .iter()
            .map(|block| Shown {
                html: Rc::clone(&block.html),
                nodes: self.nodes_of(&block.html),
            })
            .collect();
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
    }

    pub(super) fn show_header(&mut self, article: &ArticleView) {
        if self.header != *article {
            self.header = article.clone();
            self.draw_header();
        }
    }

    /// The document, as long as its frame is on the screen.
    fn document(&self) -> Option<&Document> {
        self.document
            .as_ref()
            .filter(|document| document.default_view().is_some())
    }

    fn article(&self) -> Option<Element> {
        self.document()?.query_selector("article").ok().flatten()
    }

    /// The nodes `html` stands for, made without loading anything.
    fn nodes_of(&self, html: &str) -> Vec<Node> {
        let Some(document) = self.document() else {
            return Vec::new();
        };
        let Ok(template) = document.create_element("template") else {
            return Vec::new();
        };
        // Not `dyn_into`: the frame's elements are instances of the frame's own classes.
        let template: HtmlTemplateElement = template.unchecked_into();
        template.set_inner_html(html);
        let content = template.content();
        if let Ok(found) = content.query_selector_all(
            "img, source, video, audio, iframe, embed, object, link, script, meta, base",
        ) {
            for i in 0..found.length() {
                if let Some(node) = found.get(i) {
                    self.quiet(node.unchecked_ref());
                }
            }
        }
        let mut nodes = Vec::new();
        let mut next = content.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            nodes.push(node);
        }
        nodes
    }

    /// Gives an image its bytes, or says that they are not there; takes the address from everything else that loads.
    fn quiet(&self, element: &Element) {
        let name = element.tag_name().to_ascii_lowercase();
        if matches!(name.as_str(), "link" | "script" | "meta" | "base") {
            element.remove();
            return;
        }
        for attribute in ["srcset", "poster", "data", "background"] {
            let _ = element.remove_attribute(attribute);
        }
        let Some(source) = element.get_attribute("src") else {
            return;
        };
        if name == "img" {
            let file = element.get_attribute("data-file");
            if let Some(held) = file.and_then(|file| self.files.get(&file)) {
                let _ = element.set_attribute("src", &held.address);
                return;
            }
            if source.starts_with("data:") {
                return;
            }
            let _ = element.set_attribute("data-missing", &source);
        }
        let _ = element.remove_attribute("src");
    }

    fn draw_header(&self) {
        let Some(document) = self.document() else {
            return;
        };
        let Some(header) = document
            .query_selector("header.article-header")
            .ok()
            .flatten()
        else {
            return;
        };
        let article = &self.header;
        header.set_text_content(None);
        let _ = header.remove_attribute("hidden");
        let add = |parent: &Element, tag: &str, class: &str, text: &str| -> Option<Element> {
            let element = document.create_element(tag).ok()?;
            if !class.is_empty() {
                element.set_class_name(class);
            }
            if !text.is_empty() {
                element.set_text_content(Some(text));
            }
            parent.append_child(&element).ok()?;
            Some(element)
        };
        if let Some(cover) = &article.cover
            && let Some(image) = add(&header, "img", "cover", "")
        {
            self.show_image(&image, cover, "Cover");
        }
        add(&header, "h1", "", &article.title);
        let Some(byline) = add(&header, "div", "byline", "") else {
            return;
        };
        let held = article
            .avatar
            .as_deref()
            .and_then(|avatar| self.held(avatar));
        if let Some(held) = held {
            if let Some(image) = add(&byline, "img", "avatar", "") {
                let _ = image.set_attribute("alt", "");
                let _ = image.set_attribute("src", &held.address);
            }
        } else if !article.author.is_empty() {
            let initials: String = article
                .author
                .split_whitespace()
                .filter_map(|word| word.chars().next())
                .take(2)
                .collect();
            if let Some(mark) = add(&byline, "span", "avatar", &initials) {
                let _ = mark.set_attribute("aria-hidden", "true");
            }
        }
        let Some(lines) = add(&byline, "div", "", "") else {
            return;
        };
        if !article.author.is_empty() {
            add(&lines, "strong", "", &article.author);
        }
        let minutes = format!("{} min read", article.reading_time);
        let facts = if article.date.is_empty() {
            minutes
        } else {
            format!("{} • {minutes}", article.date)
        };
        add(&lines, "div", "facts", &facts);
    }

    fn held(&self, path: &str) -> Option<&Held> {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.files.get(&name.replace("%20", " "))
    }

    fn show_image(&self, image: &Element, path: &str, alt: &str) {
        let _ = image.set_attribute("alt", alt);
        match self.held(path) {
            Some(held) => {
                let _ = image.set_attribute("src", &held.address);
            }
            None => {
                let _ = image.set_attribute("data-missing", path);
            }
        }
    }

    /// A link in the preview leads nowhere: `#…` scrolls, any other says where it would go.
    fn watch_links(&self, document: &Document) -> EventListener {
        let send = self.send.clone();
        let inside = document.clone();
        EventListener::new_with_options(
            document,
            "click",
            EventListenerOptions::enable_prevent_default(),
            move |event| {
                // `instanceof` fails across documents: the frame's elements are of the frame's classes.
                let Some(target) = event.target() else { return };
                let target: Element = target.unchecked_into();
                let Some(link) = target.closest("a[href], area[href]").ok().flatten() else {
                    return;
                };
                event.prevent_default();
                let href = link.get_attribute("href").unwrap_or_default();
                let fragment = href
                    .rsplit_once('#')
                    .map(|(_, fragment)| fragment.to_owned());
                let goal = fragment.and_then(|fragment| inside.get_element_by_id(&fragment));
                match goal {
                    Some(goal) => goal.scroll_into_view(),
                    None => send.emit(Msg::LinkPressed(href)),
                }
            },
        )
    }
}
