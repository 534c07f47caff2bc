//! Text as HTML, in the spellings of goldmark, of Go's templates and of the site's hooks; and back.

use std::fmt::Write as _;

use crate::markdown::unicode;

/// As goldmark writes text and attribute values.
pub(super) fn escape_into(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            0 => "\u{fffd}",
            _ => continue,
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
}

/// The same as a value.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

/// As Go's templates write text.
pub(super) fn go_escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\'' => out.push_str("&#39;"),
            '"' => out.push_str("&#34;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A text between Go's quotation marks (`%q`), without the marks.
pub(super) fn go_quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '"' => out.push_str("\\\""),
            '\u{7}' => out.push_str("\\a"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{b}' => out.push_str("\\v"),
            ' ' => out.push(' '),
            c if unicode::is_printable(c) => out.push(c),
            c => {
                // Writing to a String cannot fail.
                let _ = match u32::from(c) {
                    code @ 0..=0x7f => write!(out, "\\x{code:02x}"),
                    code @ 0x80..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out
}

/// Resolves the entities that goldmark, its typographer and the templates write, and numeric ones.
pub(super) fn unescape(html: &str) -> String {
    unescape_those(html, |_| true)
}

/// Resolves the entities that have a name.
pub(super) fn named_unescaped(text: &str) -> String {
    unescape_those(text, |name| !name.starts_with('#'))
}

fn unescape_those(html: &str, fits: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let entity = tail
            .find(';')
            .filter(|&end| end <= 32)
            .and_then(|end| tail.get(1..end))
            .filter(|name| fits(name));
        match entity.and_then(entity_text) {
            Some(text) => {
                out.push_str(&text);
                rest = tail
                    .get(entity.map_or(0, str::len) + 2..)
                    .unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

/// What an entity stands for; `name` is without `&` and `;`.
fn entity_text(name: &str) -> Option<String> {
    if name.is_empty()
        || !name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    {
        return None;
    }
    // The Markdown parser has the table of names.
    let source = format!("&{name};");
    let mut events = pulldown_cmark::Parser::new(&source);
    events.find_map(|event| match event {
        pulldown_cmark::Event::Text(text) if *text != *source => Some(text.into_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings() {
        assert_eq!(escape("a<b>\"'&\0"), "a&lt;b&gt;&quot;'&amp;\u{fffd}");
        assert_eq!(go_escape("'\""), "&#39;&#34;");
        assert_eq!(
            go_quote("a\\b\n\u{a0}\u{200d}ü\"\u{1f600}\u{7f}"),
            "a\\\\b\\n\\u00a0\\u200dü\\\"\u{1f600}\\x7f"
        );
        assert_eq!(
            unescape("&lt;a&#39;b&#x21a9;&rsquo;&nosuch; &amp;&copy; & x"),
            "<a'b↩’&nosuch; &© & x"
        );
    }
}
