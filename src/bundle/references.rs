//! Where a post names files, and how each of these follows a file's new name.

use crate::front_matter::FrontMatter;
use crate::markdown::tree::{Kind, Node, Target};
use crate::markdown::{self, Unknown};
use crate::post::Post;
use crate::shortcode::{self, Arguments, Piece, Shortcode};
use crate::site::profile::Profile;
use crate::text::sort;
use crate::text::{BytePos, LineColumn, Span, TextEdit};
use crate::yaml::{KeyPath, Value};

use super::Refusal;

/// What kind of place names a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A Markdown image, with its alt text as it is written.
    Image(String),
    /// A Markdown link.
    Link,
    /// The definition of a link's or an image's label.
    Definition,
    /// An attribute in raw HTML.
    Html,
    /// An argument of a shortcode.
    Shortcode,
    /// An entry of the front matter.
    Entry(KeyPath),
}

/// A place that names a file or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// What kind of place.
    pub place: Place,
    /// What is named, as it is meant: without `./`, query and fragment, escapes resolved. An address of elsewhere stays
    /// as it is.
    pub target: String,
    /// Where it stands, in the file. Of an entry of the front matter, key and value.
    pub span: Span,
    /// The whole of it: of an image, from `!` to the closing parenthesis. Elsewhere the same as `span`.
    pub whole: Span,
}

/// The entries of the front matter that name pictures, each with its role in the theme.
pub(super) const ENTRIES: &[&[&str]] = &[
    &["params", "cover"],
    &["params", "thumbnail"],
    &["params", "feature"],
    &["params", "author", "avatar"],
    &["images"],
];

/// Endings of pictures, small.
const PICTURES: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "ico",
];

/// Whether a name ends as a picture's.
pub(super) fn is_picture(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        PICTURES
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Everything a post names, in the order of the text.
#[must_use]
pub fn references(text: &str, post: &Post, front_matter: &FrontMatter) -> Vec<Reference> {
    let mut found = Vec::new();
    for keys in ENTRIES {
        let path = KeyPath::of(keys);
        let Some((value, span)) = front_matter.value(&path).zip(front_matter.entry(&path)) else {
            continue;
        };
        let one = std::slice::from_ref(value);
        for name in value
            .as_list()
            .unwrap_or(one)
            .iter()
            .filter_map(Value::as_str)
        {
            if !name.is_empty() {
                found.push(Reference {
                    place: Place::Entry(path.clone()),
                    target: meant(name).1,
                    span,
                    whole: span,
                });
            }
        }
    }
    in_body(text, post.body, &mut found);
    sort::sort_by_key(&mut found, |reference| {
        (reference.span.start(), reference.span.end())
    });
    found
}

fn in_body(text: &str, body: Span, found: &mut Vec<Reference>) {
    let start = body.start().get();
    let source = body.of(text);
    // Shortcodes are hidden from Markdown by letters of the same length: every place stays where it is.
    let mut shown = source.as_bytes().to_vec();
    for piece in shortcode::read(text, body).pieces {
        if let Piece::Call(call) = piece {
            in_call(text, &call, start, &mut shown, found);
        }
    }
    let Ok(shown) = String::from_utf8(shown) else {
        return;
    };
    let tree = markdown::parse(&shown, &Unknown);
    let mut add =
        |place: Place, range: std::ops::Range<usize>, whole: Option<std::ops::Range<usize>>| {
            let Some((inner, target)) = shown.get(range.clone()).map(meant) else {
                return;
            };
            let span = Span::from_range(range.start + inner.start..range.start + inner.end);
            found.push(Reference {
                place,
                target,
                span: span.shifted(start),
                whole: whole.map_or(span, Span::from_range).shifted(start),
            });
        };
    for (index, node) in tree.nodes.iter().enumerate() {
        match &node.kind {
            Kind::Image(target) | Kind::Link(target) => {
                let image = matches!(node.kind, Kind::Image(_));
                let children = tree.nodes.get(index + 1..node.end).unwrap_or_default();
                let from = node.range.start + usize::from(image) + 1;
                let to = children
                    .iter()
                    .map(|child| child.range.end)
                    .max()
                    .unwrap_or(from);
                let alt = shown.get(from..to).unwrap_or_default();
                let place = if image {
                    Place::Image(alt.to_owned())
                } else {
                    Place::Link
                };
                if let Target::Inline { destination, .. } = target
                    && let Some(range) = destination_of(&shown, node, to, "](", destination)
                {
                    add(place, range, image.then(|| node.range.clone()));
                }
            }
            Kind::Html(_) | Kind::InlineHtml(_) => {
                for range in attributes(&shown, node.range.clone()) {
                    add(Place::Html, range, None);
                }
            }
            _ => {}
        }
    }
    for reference in &tree.references {
        let at = reference.range.start;
        let written = shown.get(reference.range.clone()).unwrap_or_default();
        let colon = written.find("]:").map_or(at, |colon| at + colon + 2);
        if let Some(from) = shown
            .get(colon..reference.range.end)
            .and_then(|rest| rest.find(reference.destination.as_str()))
        {
            add(
                Place::Definition,
                colon + from..colon + from + reference.destination.len(),
                None,
            );
        }
    }
}

/// Where the destination stands behind a link's text.
fn destination_of(
    text: &str,
    node: &Node,
    from: usize,
    opening: &str,
    destination: &str,
) -> Option<std::ops::Range<usize>> {
    let rest = text.get(from..node.range.end)?;
    let behind = from + rest.find(opening)? + opening.len();
    let rest = text.get(behind..node.range.end)?;
    let trimmed = rest.trim_start();
    let trimmed = trimmed.strip_prefix('<').unwrap_or(trimmed);
    let start = behind + (rest.len() - trimmed.len());
    (trimmed.starts_with(destination) && !destination.is_empty())
        .then(|| start..start + destination.len())
}

/// The values of attributes in HTML that name files.
fn attributes(text: &str, range: std::ops::Range<usize>) -> Vec<std::ops::Range<usize>> {
    let html = text
        .get(range.clone())
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut found = Vec::new();
    for name in ["src", "href", "poster"] {
        for (at, _) in html.match_indices(name) {
            let before = html.get(..at).unwrap_or_default();
            let rest = html.get(at + name.len()..).unwrap_or_default();
            let Some(value) = rest.trim_start().strip_prefix('=').map(str::trim_start) else {
                continue;
            };
            if !before.ends_with(|c: char| c.is_whitespace() || matches!(c, '"' | '\'')) {
                continue;
            }
            let (value, end) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let value = value.get(1..).unwrap_or_default();
                    (value, value.find(quote))
                }
                _ => (value, value.find(|c: char| c.is_whitespace() || c == '>')),
            };
            let start = range.start + html.len() - value.len();
            if let Some(end) = end.filter(|end| *end > 0) {
                found.push(start..start + end);
            }
        }
    }
    sort::sort_by_key(&mut found, |range| range.start);
    found
}

/// Hides a call's tags and finds the files among its arguments.
fn in_call(
    text: &str,
    call: &Shortcode,
    base: usize,
    shown: &mut [u8],
    found: &mut Vec<Reference>,
) {
    let whole = call.span.range();
    let mut kept: Vec<Span> = Vec::new();
    for piece in call.inner.iter().flatten() {
        match piece {
            Piece::Text(span) => kept.push(*span),
            Piece::Call(inner) => {
                in_call(text, inner, base, shown, found);
                kept.push(inner.span);
            }
            Piece::Escaped { .. } => {}
        }
    }
    let mut at = whole.start;
    let opening_end = kept.first().map_or(whole.end, |span| span.start().get());
    for span in kept
        .iter()
        .copied()
        .chain([Span::at(BytePos::new(whole.end))])
    {
        for byte in shown
            .get_mut(at - base..span.start().get() - base)
            .unwrap_or_default()
        {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b'x';
            }
        }
        at = span.end().get();
    }
    let values: Vec<&String> = match &call.arguments {
        Arguments::Positional(values) => values.iter().collect(),
        Arguments::Named(values) => values.iter().map(|(_, value)| value).collect(),
    };
    let mut from = whole.start;
    for value in values {
        let tag = text.get(from..opening_end).unwrap_or_default();
        let bounded = |at: &usize| {
            let before = tag.get(..*at).and_then(|text| text.chars().next_back());
            let after = tag
                .get(at + value.len()..)
                .and_then(|text| text.chars().next());
            let is_edge = |c: char| c.is_whitespace() || matches!(c, '"' | '`' | '=' | '>');
            before.is_some_and(is_edge) && after.is_some_and(is_edge)
        };
        let Some(at) = tag
            .match_indices(value.as_str())
            .map(|(at, _)| at)
            .find(bounded)
        else {
            continue;
        };
        let (inner, target) = meant(value);
        let start = from + at;
        from = start + value.len();
        if is_picture(&target) {
            let span = Span::from_range(start + inner.start..start + inner.end);
            found.push(Reference {
                place: Place::Shortcode,
                target,
                span,
                whole: span,
            });
        }
    }
}

/// Whether something named is not a file of the post: an address, a path of the site.
pub(super) fn is_elsewhere(target: &str) -> bool {
    target.starts_with(['/', '#'])
        || target
            .split_once(':')
            .is_some_and(|(scheme, _)| !scheme.contains('.'))
}

/// The file a written destination means, and which part of it names the file.
fn meant(written: &str) -> (std::ops::Range<usize>, String) {
    if is_elsewhere(written) {
        return (0..written.len(), written.to_owned());
    }
    let start = if written.starts_with("./") { 2 } else { 0 };
    let end = written.find(['?', '#']).unwrap_or(written.len()).max(start);
    let name = written.get(start..end).unwrap_or_default();
    (start..end, decoded(name))
}

fn decoded(name: &str) -> String {
    let mut out = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let digit = |at: usize| {
            behind
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                out.extend(u8::try_from(high * 16 + low));
                rest = behind.get(2..).unwrap_or_default();
            }
            _ => {
                out.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| name.to_owned())
}

/// A name as an address has it.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The edits that let every reference to `from` name `to`, to be made one after the other: all of them or none. The file
/// itself is the caller's to rename.
///
/// # Errors
///
/// An entry of the front matter that cannot be changed for sure.
pub fn rename(
    text: &str,
    from: &str,
    to: &str,
    profile: &Profile,
) -> Result<Vec<TextEdit>, Refusal> {
    let mut now = text.to_owned();
    let post = Post::parse(&now);
    let mut edits = Vec::new();
    let found = references(&now, &post, &FrontMatter::read(&now, &post));
    let meaning: Vec<&Reference> = found
        .iter()
        .filter(|reference| reference.target == from)
        .collect();
    // From the end, so that no edit moves the place of another.
    for reference in meaning.iter().rev() {
        if !matches!(reference.place, Place::Entry(_)) {
            let edit = TextEdit::new(reference.span, encoded(to));
            now = edit.applied_to(&now);
            edits.push(edit);
        }
    }
    let renamed = |item: &Value| match item.as_str() {
        Some(name) if meant(name).1 == from => Some(Value::from(to)),
        _ => Some(item.clone()),
    };
    entries(&mut now, &mut edits, &meaning, profile, renamed)?;
    Ok(edits)
}

/// The edits that take a file out of the post, to be made one after the other: its images in the text, and its entries
/// in the front matter.
///
/// # Errors
///
/// It is named where taking it out would leave a hole: a link, raw HTML, a shortcode.
pub fn delete(text: &str, file: &str, profile: &Profile) -> Result<Vec<TextEdit>, Refusal> {
    let mut now = text.to_owned();
    let post = Post::parse(&now);
    let found = references(&now, &post, &FrontMatter::read(&now, &post));
    let meaning: Vec<&Reference> = found
        .iter()
        .filter(|reference| reference.target == file)
        .collect();
    let mut edits: Vec<TextEdit> = Vec::new();
    // From the end. An image in another one's alt text goes with that one.
    let mut images: Vec<Span> = Vec::new();
    for reference in &meaning {
        match reference.place {
            Place::Image(_) => {
                if images.iter().any(|other| reference.whole.contains(*other)) {
                    images.retain(|other| !reference.whole.contains(*other));
                }
                if !images.iter().any(|other| other.contains(reference.whole)) {
                    images.push(reference.whole);
                }
            }
            Place::Entry(_) => {}
            Place::Link | Place::Definition | Place::Html | Place::Shortcode => {
                let line = LineColumn::of(text, reference.span.start()).line;
                return Err(Refusal::new(format!(
                    "“{file}” is also named in line {line}, in a link, in HTML or in a shortcode. Take it out there \
                     first, then delete the file."
                )));
            }
        }
    }
    sort::sort_by_key(&mut images, |span| std::cmp::Reverse(span.start()));
    for span in images {
        let edit = TextEdit::removal(span);
        now = edit.applied_to(&now);
        edits.push(edit);
    }
    let left = |item: &Value| match item.as_str() {
        Some(name) if meant(name).1 == file => None,
        _ => Some(item.clone()),
    };
    entries(&mut now, &mut edits, &meaning, profile, left)?;
    Ok(edits)
}

/// The edits that give every image of a file in the text this alt text, to be made one after the other.
#[must_use]
pub fn set_alt(text: &str, file: &str, alt: &str) -> Vec<TextEdit> {
    let post = Post::parse(text);
    let mut escaped = String::new();
    for c in alt.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(c, '[' | ']' | '\\' | '`' | '*' | '_' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let found = references(text, &post, &FrontMatter::read(text, &post));
    let of_file = found
        .iter()
        .rev()
        .filter(|reference| reference.target == file);
    of_file
        .filter_map(|reference| match &reference.place {
            Place::Image(old) => {
                let from = reference.whole.start().plus(2);
                Some(TextEdit::new(
                    Span::new(from, from.plus(old.len())),
                    escaped.clone(),
                ))
            }
            _ => None,
        })
        .collect()
}

/// Changes the entries of the front matter among the references, item by item; `None` takes an item out.
fn entries(
    now: &mut String,
    edits: &mut Vec<TextEdit>,
    meaning: &[&Reference],
    profile: &Profile,
    change: impl Fn(&Value) -> Option<Value>,
) -> Result<(), Refusal> {
    let mut paths: Vec<&KeyPath> = meaning
        .iter()
        .filter_map(|reference| match &reference.place {
            Place::Entry(path) => Some(path),
            _ => None,
        })
        .collect();
    paths.dedup();
    for path in paths {
        let post = Post::parse(now);
        let front_matter = FrontMatter::read(now, &post);
        let Some(value) = front_matter.value(path) else {
            continue;
        };
        let value = match value.as_list() {
            Some(items) => Some(Value::List(items.iter().filter_map(&change).collect()))
                .filter(|list| list.as_list().is_some_and(|items| !items.is_empty())),
            None => change(value),
        };
        let edit = front_matter
            .set(now, path, value.as_ref(), profile)
            .map_err(|refusal| Refusal::new(refusal.to_string()))?;
        if let Some(edit) = edit {
            *now = edit.applied_to(now);
            edits.push(edit);
        }
    }
    Ok(())
}
