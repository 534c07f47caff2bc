//! Hugo's plain text of a page: what it counts, summarises and describes.

use crate::markdown::unicode::is_unspaced;

use super::balance;
use super::escape::{go_escape, unescape};
use super::tags::{Texts, break_at};

/// A summary has at least so many words.
const SUMMARY_WORDS: usize = 70;

/// The site cuts descriptions here, in characters.
const DESCRIPTION: usize = 160;

/// The words of a piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Words {
    pub(super) count: u32,
    /// The piece ends inside a tag or a word: what follows has to be counted with it.
    pub(super) open: bool,
}

impl Words {
    /// Counts as Hugo does: tags go without leaving a gap.
    pub(super) fn of(html: &str) -> Self {
        let mut count = 0;
        let mut in_word = false;
        let mut texts = Texts::of(html);
        for stretch in texts.by_ref() {
            let mut at = stretch.start;
            while let Some(byte) = html.as_bytes().get(at).filter(|_| at < stretch.end) {
                let mut length = 1;
                let mut space = matches!(byte, b'\t'..=b'\r' | b' ');
                if *byte == b'<' {
                    let gap = break_at(html, at);
                    length = gap.unwrap_or(1);
                    space = gap.is_some();
                } else if *byte >= 0x80 {
                    let c = html.get(at..).and_then(|rest| rest.chars().next());
                    length = c.map_or(1, char::len_utf8);
                    space = c.is_some_and(char::is_whitespace);
                }
                count += u32::from(!in_word && !space);
                in_word = !space;
                at += length;
            }
        }
        Self {
            count,
            open: texts.open || in_word,
        }
    }
}

/// Hugo's plain text: tags go, a line break in the source counts as a space, the end of a paragraph as a line break.
fn strip_tags(html: &str) -> String {
    let html = html
        .replace('\n', " ")
        .replace("</p>", "\n")
        .replace("<br>", "\n")
        .replace("<br />", "\n");
    let mut out = String::with_capacity(html.len());
    let mut space = false;
    for stretch in Texts::of(&html) {
        for c in html.get(stretch).unwrap_or_default().chars() {
            if !(c.is_whitespace() && space) {
                out.push(c);
            }
            space = c.is_whitespace();
        }
    }
    out
}

/// Hugo's automatic summary: whole paragraphs until there are enough words, then on to where every element is closed.
///
/// `more`: `html` is only the beginning of the page, cut between two blocks. `None` where what follows has a say.
pub(super) fn summary(html: &str, more: bool) -> Option<&str> {
    let mut from = 0;
    let mut words = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find("</p>")) {
        let end = from + found;
        words += words_in(html.get(from..end).unwrap_or_default());
        from = end + "</p>".len();
        if words >= SUMMARY_WORDS {
            let end = closed_from(html, from).or((!more).then_some(from))?;
            return html.get(..end);
        }
    }
    (!more).then_some(html)
}

/// White-space separated chunks, as Hugo counts them: not `>`, nor what starts or ends a tag, nor attributes.
fn words_in(html: &str) -> usize {
    let letters =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    html.split_whitespace()
        .filter(|chunk| {
            let tag = chunk.strip_prefix('<').is_some_and(|rest| {
                let rest = rest.strip_prefix('/').unwrap_or(rest);
                letters(rest.strip_suffix('>').unwrap_or(rest))
            });
            let attribute = chunk
                .split_once('=')
                .is_some_and(|(name, value)| letters(name) && value.starts_with(['"', '\'']));
            *chunk != ">" && !tag && !attribute
        })
        .count()
}

/// From `at` on, the place where everything that was opened before is closed; `None` where that never happens.
fn closed_from(html: &str, at: usize) -> Option<usize> {
    let mut open: Vec<String> = Vec::new();
    let mut from = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + found;
        if start >= at && open.is_empty() {
            return Some(at);
        }
        let rest = html.get(start + 1..).unwrap_or_default();
        let Some(end) = rest.find('>') else { break };
        from = start + 1 + end + 1;
        let inside = rest.get(..end).unwrap_or_default();
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        if name.is_empty() || balance::VOID.contains(&name.as_str()) || inside.ends_with('/') {
            continue;
        }
        if closing {
            if let Some(i) = open.iter().rposition(|known| *known == name) {
                open.truncate(i);
            }
            if start >= at && open.is_empty() {
                return Some(from);
            }
        } else {
            open.push(name);
        }
    }
    None
}

/// The meta description as a browser reads it: the theme escapes it once too often, and readers see that.
pub(super) fn description(text: &str) -> String {
    let plain = unescape(&strip_tags_plain(text));
    // White space around the text, such as a list's line ends, counts for the cut and goes only then. No-break spaces stay.
    let cut = truncate(&plain);
    let out = go_escape(cut.trim_matches(|c: char| c.is_ascii_whitespace()));
    // Line ends and tabs become one space; runs of spaces stay.
    let mut line = String::with_capacity(out.len());
    for c in out.chars() {
        if !matches!(c, '\n' | '\r' | '\t') {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

fn strip_tags_plain(text: &str) -> String {
    if text.contains('<') || text.contains('>') {
        strip_tags(text)
    } else {
        text.to_owned()
    }
}

/// The text of a piece of HTML, its entities resolved.
pub(super) fn plain(html: &str) -> String {
    unescape(&strip_tags_plain(html))
}

/// At most 160 characters, cut behind a word, or behind a character of a script that puts no spaces between words.
fn truncate(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let mut behind_word = 0;
    let mut cut = 0;
    for (i, (at, c)) in text.char_indices().enumerate() {
        if c.is_whitespace() {
            cut = behind_word;
        } else if i >= DESCRIPTION {
            cut = if cut == 0 || is_unspaced(c) { at } else { cut };
        } else {
            behind_word = at + c.len_utf8();
            cut = if is_unspaced(c) { behind_word } else { cut };
        }
        if i >= DESCRIPTION {
            break;
        }
    }
    if cut == 0 {
        cut = text
            .char_indices()
            .nth(DESCRIPTION)
            .map_or(text.len(), |(at, _)| at);
    }
    format!("{} …", text.get(..cut).unwrap_or(text))
}
