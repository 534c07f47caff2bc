//! What is said about a picture in the text: its alt text as it is read, and its caption, which is the title of a Markdown
//! image.

use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::text::{Span, TextEdit};

use super::references::{Place, Reference, references};

/// An alt text as it is read: without the backslashes before punctuation, in one line.
#[must_use]
pub fn alt_as_read(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut letters = written.chars().peekable();
    while let Some(c) = letters.next() {
        let escapes = c == '\\' && letters.peek().is_some_and(char::is_ascii_punctuation);
        match letters.next_if(|_| escapes) {
            Some(escaped) => out.push(escaped),
            None => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where an image's title stands: from behind its destination up to the closing parenthesis. `None` where the image is not
/// written in one piece.
fn place_of_title(text: &str, reference: &Reference) -> Option<Span> {
    let end = reference.whole.end().get().checked_sub(1)?;
    let rest = text.get(reference.span.end().get()..end)?;
    if text.get(end..)?.starts_with(')') {
        // `meant` left out what follows the file's name; a title starts at the first blank.
        let from = rest.find(char::is_whitespace).unwrap_or(rest.len());
        Some(Span::from_range(reference.span.end().get() + from..end))
    } else {
        None
    }
}

/// The caption of an image, as it is written in Markdown; `None` without one.
#[must_use]
pub fn caption(text: &str, reference: &Reference) -> Option<String> {
    let Place::Image(_) = reference.place else {
        return None;
    };
    let title = place_of_title(text, reference)?.of(text).trim();
    let inner = title.get(1..title.len().checked_sub(1)?)?;
    Some(alt_as_read(inner)).filter(|caption| !caption.is_empty())
}

/// The edits that give every image of a file in the text this caption, to be made one after the other; an empty one takes
/// it away. The site shows it below a picture that stands alone in its paragraph.
#[must_use]
pub fn set_caption(text: &str, file: &str, wanted: &str) -> Vec<TextEdit> {
    let post = Post::parse(text);
    let mut escaped = String::new();
    for c in wanted
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
    {
        if matches!(c, '"' | '\\') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    let written = if escaped.is_empty() {
        String::new()
    } else {
        format!(" \"{escaped}\"")
    };
    let found = references(text, &post, &FrontMatter::read(text, &post));
    let of_file = found
        .iter()
        .rev()
        .filter(|reference| reference.target == file && matches!(reference.place, Place::Image(_)));
    of_file
        .filter_map(|reference| {
            let place = place_of_title(text, reference)?;
            let same = caption(text, reference).unwrap_or_default() == wanted.trim();
            (!same).then(|| TextEdit::new(place, written.clone()))
        })
        .collect()
}
