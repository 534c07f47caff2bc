//! The site's render hooks for links and images.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::markdown::attributes::{Attributes, Value};

use super::Audience;
use super::context::Context;
use super::escape::{go_escape, go_quote};
use super::url::{Url, decoded};

/// The opening tag of a link. A refused address is written as it is, and the reason comes along.
pub(super) fn open_link(
    destination: &str,
    title: &str,
    context: &Context<'_>,
    out: &mut String,
) -> Option<String> {
    let (target, refused) = match target(destination, context) {
        Ok(target) => (target, None),
        Err(reason) => (
            LinkTarget {
                href: destination.to_owned(),
                outside: false,
            },
            Some(format!(
                "The link “{destination}” cannot be used: {reason}."
            )),
        ),
    };
    out.push_str("<a");
    attribute("href", &go_escape(&target.href), out);
    if target.outside {
        out.push_str(" rel=\"noopener\" target=\"_blank\"");
    }
    attribute("title", &go_escape(title), out);
    out.push('>');
    refused
}

/// Writes an attribute as the hooks do; an empty one is left out.
fn attribute(name: &str, value: &str, out: &mut String) {
    if !value.is_empty() {
        // Writing to a String cannot fail.
        let _ = write!(out, " {name}=\"{}\"", go_quote(value));
    }
}

struct LinkTarget {
    href: String,
    /// It has a scheme: it opens in a new tab.
    outside: bool,
}

fn target(destination: &str, context: &Context<'_>) -> Result<LinkTarget, String> {
    let inside = |href: String| LinkTarget {
        href,
        outside: false,
    };
    let url = Url::parse(destination)?;
    let href = url.to_string();
    if url.is_absolute() {
        return Ok(LinkTarget {
            href,
            outside: true,
        });
    }
    if href.starts_with('#') {
        return Ok(inside(format!("{}#{}", context.address(), url.fragment)));
    }
    if href.is_empty() || url.has_host() || url.path.starts_with('/') {
        return Ok(inside(href));
    }
    let path = relative_path(&url);
    let found = context
        .page
        .site
        .find_page(context.page.path, &path)
        .map(|found| context.address_of(found))
        .or_else(|| file_address(&path, context));
    Ok(inside(found.map_or(href, |found| with_tail(found, &url))))
}

/// The path of a relative address, decoded, without the dot in front.
fn relative_path(url: &Url) -> String {
    let path = decoded(&url.path);
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}

/// An address that was found, with the query and the fragment that were asked for.
fn with_tail(mut found: String, url: &Url) -> String {
    if let Some(query) = url.query.as_deref().filter(|query| !query.is_empty()) {
        let _ = write!(found, "?{query}");
    }
    if !url.fragment.is_empty() {
        let _ = write!(found, "#{}", url.fragment);
    }
    found
}

/// The address of a file of the page, or of the site.
fn file_address(path: &str, context: &Context<'_>) -> Option<String> {
    if let Some(file) = context.page.resource(path) {
        return Some(format!(
            "{}{}",
            context.address(),
            super::url::path_of(file)
        ));
    }
    context.page.site.find_asset(path).map(ToOwned::to_owned)
}

/// An image's address as the hook writes it, and the post's own file it means.
pub(super) struct ImageSource {
    pub(super) src: String,
    file: Option<String>,
}

/// The image's address as the hook writes it.
///
/// # Errors
/// Why Go refuses the address.
pub(super) fn image_source(
    destination: &str,
    context: &Context<'_>,
) -> Result<ImageSource, String> {
    let url = Url::parse(destination)?;
    let src = url.to_string();
    if src.is_empty() || url.is_absolute() || url.has_host() {
        return Ok(ImageSource { src, file: None });
    }
    let mut path = relative_path(&url);
    // A slash in front hides no file of the post.
    let inside = path.strip_prefix('/');
    if let Some(file) = inside.and_then(|inside| context.page.resource(inside)) {
        path = file.to_owned();
    }
    Ok(ImageSource {
        src: file_address(&path, context).map_or(src, |found| with_tail(found, &url)),
        file: context.page.resource(&path).map(ToOwned::to_owned),
    })
}

/// An image in a line, or inside a figure, without the figure. A refused address comes with its reason.
pub(super) fn image(
    destination: &str,
    title: Option<&str>,
    alt: &str,
    attributes: Option<&Attributes>,
    context: &Context<'_>,
    out: &mut String,
) -> Option<String> {
    let mut written: BTreeMap<&str, String> = BTreeMap::new();
    let mut class = "";
    for (name, value) in attributes.map_or(&[][..], |attributes| &attributes.0) {
        match value {
            Value::Text(text) if name == "class" => class = text,
            Value::Text(text) => {
                written.insert(name, format!("\"{}\"", go_quote(text)));
            }
            // What the site's hook makes of a number.
            Value::Bare(text) => match text.as_str() {
                "true" => {
                    written.insert(name, "%!q(bool=true)".to_owned());
                }
                "false" | "null" | "0" | "[]" => {}
                list if list.starts_with('[') => {
                    written.insert(name, list.replace(',', ""));
                }
                number => {
                    written.insert(name, format!("%!q(float64={number})"));
                }
            },
        }
    }
    let mut put = |name: &'static str, value: String| {
        written.remove(name);
        if !value.is_empty() {
            written.insert(name, format!("\"{}\"", go_quote(&value)));
        }
    };
    let (source, refused) = match image_source(destination, context) {
        Ok(source) => (source, None),
        Err(reason) => (
            ImageSource {
                src: destination.to_owned(),
                file: None,
            },
            Some(format!(
                "The image’s address “{destination}” cannot be used: {reason}."
            )),
        ),
    };
    put("alt", go_escape(alt));
    put("class", format!("img img--max-fill img--rounded {class}"));
    put("src", go_escape(&source.src));
    if let Some(title) = title {
        put("title", go_escape(title));
    }
    out.push_str("<img");
    for (name, value) in written {
        let _ = write!(out, " {name}={value}");
    }
    // The editor shows the post's own files from memory: it has to know which one is meant.
    if context.audience == Audience::Screen
        && let Some(file) = &source.file
    {
        let _ = write!(out, " data-file=\"{}\"", super::escape::escape(file));
    }
    out.push('>');
    refused
}
