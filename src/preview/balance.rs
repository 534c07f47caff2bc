//! Whether a block's HTML leaves anything open: then it and what follows are one piece for a browser.

/// Reads HTML piece by piece and knows what is open behind each.
#[derive(Debug, Default)]
pub(super) struct Scanner {
    open: Vec<String>,
    deepest: usize,
    /// How many of the open ones are SVG or MathML, where `/>` closes.
    foreign: usize,
    mode: Mode,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Mode {
    #[default]
    Text,
    Comment,
    /// Inside a tag that has not ended.
    Tag,
    /// Inside an element whose content is text up to its closing tag.
    Raw(String),
}

/// Elements that never have content.
pub(super) const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

const RAW: [&str; 9] = [
    "script",
    "style",
    "textarea",
    "title",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "plaintext",
];

/// Elements in elements so deep are more than a browser is asked to show. Blink keeps 512 and drops the rest, but takes
/// minutes to read tens of thousands; nothing a person writes comes near.
const DEEPEST: usize = 200;

impl Scanner {
    /// Nothing is open.
    pub(super) fn is_whole(&self) -> bool {
        self.open.is_empty() && self.mode == Mode::Text
    }

    /// How deep its elements stand in each other, where that is too deep for a browser.
    pub(super) fn too_deep(&self) -> Option<usize> {
        (self.deepest > DEEPEST).then_some(self.deepest)
    }

    pub(super) fn feed(&mut self, html: &str) {
        let mut rest = html;
        while !rest.is_empty() {
            let length = match &self.mode {
                Mode::Text => self.text(rest),
                Mode::Comment => rest.find("-->").map(|at| at + 3),
                Mode::Tag => rest.find('>').map(|at| at + 1),
                Mode::Raw(name) => closing_tag(rest, name),
            };
            let Some(length) = length else { return };
            if self.mode != Mode::Text || length == 0 {
                self.mode = Mode::Text;
            }
            rest = rest.get(length.max(1)..).unwrap_or_default();
        }
    }

    /// Goes on to behind the next tag or comment. `None`: there is none, or it does not end.
    fn text(&mut self, text: &str) -> Option<usize> {
        let at = text.find('<')?;
        let tag = text.get(at + 1..)?;
        if let Some(comment) = tag.strip_prefix("!--") {
            if comment.starts_with('>') {
                return Some(at + 5);
            }
            return self.or_mode(
                comment.find("-->").map(|end| at + 4 + end + 3),
                Mode::Comment,
            );
        }
        let closing = tag.starts_with('/');
        let name = tag.get(usize::from(closing)..)?;
        let declaration = tag.starts_with(['!', '?']);
        if declaration || (closing && !name.starts_with(|c: char| c.is_ascii_alphabetic())) {
            return self.or_mode(tag.find('>').map(|end| at + 1 + end + 1), Mode::Tag);
        }
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Some(at + 1);
        }
        let length = name
            .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
            .unwrap_or(name.len());
        let (name, attributes) = name.split_at_checked(length)?;
        let Some(attributes_length) = attributes_length(attributes) else {
            self.mode = Mode::Tag;
            return None;
        };
        let end = at + 1 + usize::from(closing) + length + attributes_length;
        let self_closed = attributes
            .get(..attributes_length)
            .is_some_and(|attributes| attributes.ends_with("/>"));
        let name = name.to_ascii_lowercase();
        if closing {
            self.close(&name);
        } else if !(VOID.contains(&name.as_str()) || (self_closed && self.foreign > 0)) {
            if RAW.contains(&name.as_str()) && self.foreign == 0 {
                let inside = text.get(end..)?;
                let inside_end = closing_tag(inside, &name).map(|length| end + length);
                return self.or_mode(inside_end, Mode::Raw(name));
            }
            self.foreign += usize::from(is_foreign(&name));
            self.open.push(name);
            self.deepest = self.deepest.max(self.open.len());
        }
        Some(end)
    }

    fn or_mode(&mut self, end: Option<usize>, mode: Mode) -> Option<usize> {
        if end.is_none() {
            self.mode = mode;
        }
        end
    }

    fn close(&mut self, name: &str) {
        if let Some(at) = self.open.iter().rposition(|open| open == name) {
            for gone in self.open.drain(at..) {
                self.foreign -= usize::from(is_foreign(&gone));
            }
        }
    }
}

fn is_foreign(name: &str) -> bool {
    matches!(name, "svg" | "math")
}

/// The length up to behind the closing tag of a raw element.
fn closing_tag(text: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + text.get(from..)?.find("</")?;
        let tag = text.get(at + 2..)?;
        if tag
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
        {
            return Some(at + 2 + tag.find('>')? + 1);
        }
        from = at + 2;
    }
}

/// The length of a tag's rest, with its `>`; one in a quoted value does not count.
fn attributes_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (i, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(i + 1),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_whole(html: &str) -> bool {
        let mut scanner = Scanner::default();
        scanner.feed(html);
        scanner.is_whole()
    }

    #[test]
    fn what_stays_open_is_told() {
        for whole in [
            "",
            "<p>a<br>b</p>\n",
            "<!-- <div> -->",
            "<img alt=\"a > <b>\">",
            "<script>if (a < b) \"<div>\"</script>",
            "a < b",
            "</div>",
            "<!doctype html>",
            "<svg><path d=\"\" /></svg>",
        ] {
            assert!(is_whole(whole), "{whole}");
        }
        for open in [
            "<div>",
            "<div></span>",
            "<p>a<b>c</p><i>",
            "<!-- a",
            "<a href=\"x>",
            "<script>a",
            "<textarea>",
            "<svg><path d=''/>",
            "<path d=''/>",
        ] {
            assert!(!is_whole(open), "{open}");
        }
    }

    #[test]
    fn pieces_go_together() {
        let mut scanner = Scanner::default();
        for (piece, whole) in [
            ("<details>\n", false),
            ("<p>a</p>\n<!-- ", false),
            ("</details>", false),
            ("-->", false),
            ("</details>", true),
            ("<script> a", false),
            ("<b>", false),
            ("</script>", true),
        ] {
            scanner.feed(piece);
            assert_eq!(scanner.is_whole(), whole, "{piece}");
        }
    }
}
