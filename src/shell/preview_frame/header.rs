//! What the theme puts above the body: cover, title, byline.

use web_sys::{Document, Element};

use crate::session::view::ArticleView;

use super::held::Files;

/// Draws it anew.
pub(super) fn draw(document: &Document, article: &ArticleView, files: &Files) {
    let Ok(Some(header)) = document.query_selector("header.article-header") else {
        return;
    };
    header.set_text_content(None);
    let _ = header.remove_attribute("hidden");
    if let Some(cover) = &article.cover
        && let Some(image) = add(document, &header, "img", "cover", "")
    {
        let _ = image.set_attribute("alt", "Cover");
        let name = name_of(cover);
        let _ = match files.address(&name) {
            Some(address) => image.set_attribute("src", address),
            None if files.has(&name) => Ok(()),
            None => image.set_attribute("data-missing", cover),
        };
    }
    add(document, &header, "h1", "", &article.title);
    if let Some(byline) = add(document, &header, "div", "byline", "") {
        draw_byline(document, &byline, article, files);
    }
}

fn draw_byline(document: &Document, byline: &Element, article: &ArticleView, files: &Files) {
    let avatar = article
        .avatar
        .as_deref()
        .and_then(|avatar| files.address(&name_of(avatar)));
    if let Some(address) = avatar {
        if let Some(image) = add(document, byline, "img", "avatar", "") {
            let _ = image.set_attribute("alt", "");
            let _ = image.set_attribute("src", address);
        }
    } else if !article.author.is_empty() {
        let initials: String = article
            .author
            .split_whitespace()
            .filter_map(|word| word.chars().next())
            .take(2)
            .collect();
        if let Some(mark) = add(document, byline, "span", "avatar", &initials) {
            let _ = mark.set_attribute("aria-hidden", "true");
        }
    }
    let Some(lines) = add(document, byline, "div", "", "") else {
        return;
    };
    if !article.author.is_empty() {
        add(document, &lines, "strong", "", &article.author);
    }
    add(document, &lines, "div", "facts", &article.facts());
}

fn add(
    document: &Document,
    parent: &Element,
    tag: &str,
    class: &str,
    text: &str,
) -> Option<Element> {
    let element = document.create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    parent.append_child(&element).ok()?;
    Some(element)
}

fn name_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.replace("%20", " ")
}
