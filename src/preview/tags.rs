//! Text without its tags, by the rules of `stripTags` in Go's html/template, which Hugo counts and describes with.

use std::ops::Range;

/// What Hugo turns into a line break before it looks for tags.
const BREAKS: [&str; 3] = ["</p>", "<br>", "<br />"];

/// Elements whose content is no HTML: what of it is text is shown.
const RAW: [(&str, bool); 4] = [
    ("script", false),
    ("style", false),
    ("textarea", true),
    ("title", true),
];

/// The stretches of a piece of HTML that are no tags and no comments; breaks ([`break_at`]) are left in them.
#[derive(Debug)]
pub(super) struct Texts<'h> {
    html: &'h str,
    at: usize,
    /// The element whose content comes next, and whether it is text.
    raw: Option<(&'static str, bool)>,
    /// The piece ended within a tag, a comment or such an element, or in something that is no HTML: what follows is lost.
    pub(super) open: bool,
}

impl<'h> Texts<'h> {
    pub(super) const fn of(html: &'h str) -> Self {
        Self {
            html,
            at: 0,
            raw: None,
            open: false,
        }
    }

    /// The content of an element that holds no HTML.
    fn content(&mut self, name: &str, shown: bool) -> Range<usize> {
        let start = self.at;
        let end = closing_tag(self.html, start, name);
        self.open = end.is_none();
        self.at = end.unwrap_or(self.html.len());
        if !shown {
            return start..start;
        }
        let content = self.html.get(start..self.at).unwrap_or_default();
        // Go looks back for the `<` it stopped at, and finds any.
        let cut = content.rfind('<').filter(|_| end.is_some());
        start..cut.map_or(self.at, |cut| start + cut)
    }

    /// Goes on behind the tag or comment at `start`; false where `<` is text there.
    fn pass(&mut self, start: usize) -> bool {
        let rest = self.html.get(start + 1..).unwrap_or_default();
        let end = if let Some(comment) = rest.strip_prefix("!--") {
            comment.find("-->").map(|end| start + 4 + end + 3)
        } else {
            let inside = rest.strip_prefix('/').unwrap_or(rest);
            if !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return false;
            }
            let name_at = self.html.len() - inside.len();
            let name_end = name_at + name_length(inside);
            let name = self.html.get(name_at..name_end).unwrap_or_default();
            let is_raw = |raw: &&(&str, bool)| {
                inside.len() == rest.len() && raw.0.eq_ignore_ascii_case(name)
            };
            let end = tag_end(self.html, name_end);
            self.raw = end.and_then(|_| RAW.iter().find(is_raw).copied());
            end
        };
        self.open = end.is_none();
        self.at = end.unwrap_or(self.html.len());
        true
    }
}

impl Iterator for Texts<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        if self.open || self.at >= self.html.len() {
            return None;
        }
        if let Some((name, shown)) = self.raw.take() {
            return Some(self.content(name, shown));
        }
        let start = self.at;
        let mut from = start;
        while let Some(found) = self.html.get(from..).and_then(|rest| rest.find('<')) {
            let at = from + found;
            from = at + 1;
            if let Some(length) = break_at(self.html, at) {
                from = at + length;
            } else if self.pass(at) {
                return Some(start..at);
            }
        }
        self.at = self.html.len();
        Some(start..self.at)
    }
}

/// The length of a break that starts at `at`.
pub(super) fn break_at(html: &str, at: usize) -> Option<usize> {
    let rest = html.get(at..)?;
    BREAKS
        .into_iter()
        .find(|gap| rest.starts_with(gap))
        .map(str::len)
}

/// The length of a tag's name, in which colons and hyphens stand between letters only.
fn name_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let mut at = 0;
    loop {
        if is_plain(at) {
            at += 1;
        } else if matches!(bytes.get(at), Some(b':' | b'-')) && is_plain(at + 1) {
            at += 2;
        } else {
            return at;
        }
    }
}

/// The place behind the tag whose name ends at `at`; `None` where it never ends or is none to Go.
fn tag_end(html: &str, mut at: usize) -> Option<usize> {
    let bytes = html.as_bytes();
    loop {
        at = behind_space(html, at);
        if *bytes.get(at)? == b'>' {
            return Some(at + 1);
        }
        let name = at;
        while !(is_space(*bytes.get(at)?) || matches!(bytes.get(at), Some(b'=' | b'>'))) {
            match bytes.get(at) {
                Some(b'<') if break_at(html, at).is_some() => break,
                // A name with such a sign is too doubtful for Go: it gives the rest up.
                Some(b'<' | b'"' | b'\'') => return None,
                _ => at += 1,
            }
        }
        if at == name {
            return None;
        }
        at = behind_space(html, at);
        if bytes.get(at) != Some(&b'=') {
            continue;
        }
        at = behind_space(html, at + 1);
        match bytes.get(at)? {
            quote @ (b'"' | b'\'') => {
                let value = bytes.get(at + 1..)?;
                at += 2 + value.iter().position(|byte| byte == quote)?;
            }
            _ => {
                while !(is_space(*bytes.get(at)?)
                    || bytes.get(at) == Some(&b'>')
                    || break_at(html, at).is_some())
                {
                    at += 1;
                }
            }
        }
    }
}

/// Where the end tag of `name` starts.
fn closing_tag(html: &str, mut from: usize, name: &str) -> Option<usize> {
    loop {
        let at = from + html.get(from..)?.find("</")?;
        let behind = at + 2 + name.len();
        let same = html
            .get(at + 2..behind)
            .is_some_and(|found| found.eq_ignore_ascii_case(name));
        let ended = html.as_bytes().get(behind);
        if same
            && ended.is_some_and(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'\n' | 0x0c | b'/'))
        {
            return Some(at);
        }
        from = at + 2;
    }
}

fn behind_space(html: &str, mut at: usize) -> usize {
    loop {
        if html.as_bytes().get(at).is_some_and(|byte| is_space(*byte)) {
            at += 1;
        } else if let Some(length) = break_at(html, at) {
            at += length;
        } else {
            return at;
        }
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> (String, bool) {
        let mut texts = Texts::of(html);
        let mut out = String::new();
        for range in texts.by_ref() {
            out.push_str(&html[range]);
        }
        (out, texts.open)
    }

    #[test]
    fn tags_and_comments_go() {
        let closed = |html: &str| {
            let (text, open) = text(html);
            assert!(!open, "{html}");
            text
        };
        assert_eq!(closed("a <b c=\"d > e\">f</b> g"), "a f g");
        assert_eq!(closed("a<!-- b > --><c-d:e f>g"), "ag");
        assert_eq!(
            closed("a < b <3 </ <!DOCTYPE x> <?y ?>"),
            "a < b <3 </ <!DOCTYPE x> <?y ?>"
        );
        assert_eq!(closed("<script>a</b></script >c<style>d</style>"), "c");
        assert_eq!(
            closed("<title>a</title>b<textarea>c <i>d</i></textarea>"),
            "abc <i>d"
        );
        assert_eq!(closed("a</p>b<br>c"), "a</p>b<br>c");
    }

    #[test]
    fn what_is_no_html_takes_the_rest_along() {
        for html in [
            "a<b \"c\">d",
            "a<b c=\"d \"e\"\">f",
            "a<b =c>d",
            "a<b",
            "a<!-- b",
            "a<script>b</scripty>",
            "a<b c<d>e",
        ] {
            assert_eq!(text(html), ("a".to_owned(), true), "{html}");
        }
    }
}
