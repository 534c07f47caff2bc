//! Hugo's plain text of a page: what it counts, summarises and describes.

use super::balance;
use super::escape::{go_escape, unescape};

/// A summary has at least so many words.
const SUMMARY_WORDS: usize = 70;

/// The site cuts descriptions here, in characters.
const DESCRIPTION: usize = 160;

/// What Hugo turns into a line break before it looks for tags.
const BREAKS: [&str; 3] = ["</p>", "<br>", "<br />"];

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
        let bytes = html.as_bytes();
        let mut count = 0;
        let mut in_word = false;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let mut length = 1;
            let mut space = matches!(byte, b'\t'..=b'\r' | b' ');
            if byte == b'<' {
                if let Some(gap) = break_at(html, at) {
                    length = gap;
                    space = true;
                } else {
                    match tag_at(html, at) {
                        Some(Tag::Ends(end)) => {
                            at = end;
                            continue;
                        }
                        Some(Tag::Open) => return Self { count, open: true },
                        None => {}
                    }
                }
            } else if byte >= 0x80 {
                let c = html.get(at..).and_then(|rest| rest.chars().next());
                length = c.map_or(1, char::len_utf8);
                space = c.is_some_and(char::is_whitespace);
            }
            count += u32::from(!in_word && !space);
            in_word = !space;
            at += length;
        }
        Self {
            count,
            open: in_word,
        }
    }
}

/// What Hugo takes away with a `<`.
enum Tag {
    /// A tag, a comment, or a script or style with all it holds, up to here.
    Ends(usize),
    /// The same without an end.
    Open,
}

/// The tag that starts at `at`; `None` where `<` is text, as in `<3` and `<!DOCTYPE`. The rules are those of
/// `stripTags` in Go's html/template.
fn tag_at(html: &str, at: usize) -> Option<Tag> {
    let rest = html.get(at..)?;
    if let Some(comment) = rest.strip_prefix("<!--") {
        return Some(match comment.find("-->") {
            Some(end) => Tag::Ends(at + "<!--".len() + end + "-->".len()),
            None => Tag::Open,
        });
    }
    let inside = rest.get(1..)?;
    let closing = inside.starts_with('/');
    let inside = inside.get(usize::from(closing)..)?;
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let Some(length) = tag_length(inside) else {
        return Some(Tag::Open);
    };
    let end = at + 1 + usize::from(closing) + length;
    let name = inside.get(..inside.bytes().take_while(u8::is_ascii_alphanumeric).count())?;
    let raw = ["script", "style"]
        .into_iter()
        .find(|raw| !closing && name.eq_ignore_ascii_case(raw));
    let Some(raw) = raw else {
        return Some(Tag::Ends(end));
    };
    let mut from = end;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find("</")) {
        let close = from + found + 2;
        let same = html
            .get(close..close + raw.len())
            .is_some_and(|name| name.eq_ignore_ascii_case(raw));
        if same {
            return Some(match html.get(close..).and_then(tag_length) {
                Some(length) => Tag::Ends(close + length),
                None => Tag::Open,
            });
        }
        from = close;
    }
    Some(Tag::Open)
}

/// The length of what is left of a tag from its name on, its `>` included; one inside of a quoted value ends nothing.
fn tag_length(tag: &str) -> Option<usize> {
    let mut quote = None;
    let mut behind_equals = false;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') if behind_equals => quote = Some(byte),
            _ => {}
        }
        behind_equals = byte == b'=' || (behind_equals && byte.is_ascii_whitespace());
    }
    None
}

/// The length of a break that starts at `at`.
fn break_at(html: &str, at: usize) -> Option<usize> {
    let rest = html.get(at..)?;
    BREAKS
        .into_iter()
        .find(|gap| rest.starts_with(gap))
        .map(str::len)
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
    let mut at = 0;
    while let Some(c) = html.get(at..).and_then(|rest| rest.chars().next()) {
        if c == '<' {
            match tag_at(&html, at) {
                Some(Tag::Ends(end)) => {
                    at = end;
                    continue;
                }
                Some(Tag::Open) => break,
                None => {}
            }
        }
        if !(c.is_whitespace() && space) {
            out.push(c);
        }
        space = c.is_whitespace();
        at += c.len_utf8();
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
    // White space at both ends, such as the line ends of a list or a paragraph, counts for the cut and goes only then.
    // No-break spaces stay.
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

/// At most 160 characters, cut behind a word.
fn truncate(text: &str) -> String {
    if text.chars().count() <= DESCRIPTION {
        return text.to_owned();
    }
    let mut end = 0;
    for (i, (at, c)) in text.char_indices().enumerate() {
        if i > DESCRIPTION {
            break;
        }
        if c.is_whitespace()
            && !text
                .get(..at)
                .is_some_and(|head| head.ends_with(char::is_whitespace))
        {
            end = at;
        }
    }
    if end == 0 {
        end = text
            .char_indices()
            .nth(DESCRIPTION)
            .map_or(text.len(), |(at, _)| at);
    }
    format!("{} …", text.get(..end).unwrap_or(text).trim_end())
}
