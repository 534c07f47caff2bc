//! What Hugo and the theme know of a page beside its body: address, byline, counts, summary, description, images.

use serde_yaml::{Mapping, Value};

use crate::day::Day;
use crate::front_matter::WrittenDate;
use crate::markdown::unicode::{is_digit, is_letter, is_mark};

use super::Page;
use super::html::unescape;

/// Words a minute: Hugo's own figure, 213, differs by one from what it does.
const WORDS_A_MINUTE: u32 = 212;

/// A summary has at least so many words.
const SUMMARY_WORDS: usize = 70;

/// The site cuts descriptions here, in characters.
const DESCRIPTION: usize = 160;

/// What Hugo and the theme know of a page beside its body. Empty texts stand for what is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Variables {
    /// The h1.
    pub title: String,
    /// The title of shared links.
    pub meta_title: String,
    /// The byline; empty for an unknown author.
    pub author_name: String,
    /// The author's picture: a path on the site.
    pub author_avatar: Option<String>,
    /// The day, as it is written.
    pub day: Option<Day>,
    /// The date as the theme writes it, `Jan 2, 2006`.
    pub date: String,
    /// Words in the rendered body.
    pub word_count: u32,
    /// Minutes.
    pub reading_time: u32,
    /// HTML.
    pub summary: String,
    /// What search results and shared links show; with the site's own escapes in it.
    pub description: String,
    /// The address on the site, `/2021/11/10/slug/`.
    pub permalink: String,
    /// The cover.
    pub cover: Option<String>,
    /// The image in lists.
    pub thumbnail: Option<String>,
    /// The image of the large card.
    pub feature: Option<String>,
    /// How lists show the thumbnail.
    pub thumbnail_ratio: Option<String>,
    /// The cover stands on top of the article.
    pub show_cover: Option<bool>,
    /// There is a diagram to draw.
    pub mermaid: bool,
}

impl Variables {
    /// What the front matter alone tells.
    pub(super) fn of_front_matter(page: &Page<'_>) -> Self {
        let front = page.front_matter;
        let text = |key: &str| entry(front, key).and_then(plain_text).unwrap_or_default();
        let written = text("date");
        let day = WrittenDate::parse(written.trim()).map(|date| date.day());
        let title = text("title");
        let permalink = permalink(day, &text("slug"), &title);
        let (author_name, author_avatar) = author(page, &permalink);
        let image = |key: &str, roles: &[&str]| image(page, &permalink, key, roles);
        let meta_title = parameter(front, "metaTitle")
            .as_ref()
            .and_then(plain_text)
            .filter(|text| !text.is_empty());
        Self {
            meta_title: meta_title.unwrap_or_else(|| title.clone()),
            title,
            author_name,
            author_avatar,
            day,
            date: day.map(Day::short).unwrap_or_default(),
            cover: image("cover", &["cover"]),
            thumbnail: image("thumbnail", &["thumbnail", "cover"]),
            feature: image("feature", &["feature", "cover"]),
            thumbnail_ratio: parameter(front, "thumbnailRatio")
                .as_ref()
                .and_then(plain_text),
            show_cover: parameter(front, "showCover").and_then(|value| value.as_bool()),
            permalink,
            ..Self::default()
        }
    }

    /// Adds what the rendered body tells. `divided`: what stands before the author's own divider.
    pub(super) fn with_body(mut self, page: &Page<'_>, html: &str, divided: Option<&str>) -> Self {
        self.word_count =
            u32::try_from(strip_tags(html).split_whitespace().count()).unwrap_or(u32::MAX);
        self.reading_time = self.word_count.saturating_add(WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
        self.summary = match divided {
            Some(html) => html.trim().to_owned(),
            None => summary(html).trim().to_owned(),
        };
        let own = entry(page.front_matter, "description").and_then(plain_text);
        let text = own
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| self.summary.clone());
        self.description = description(&text);
        self
    }
}

/// A value as the text Hugo makes of it.
pub(super) fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Tagged(tagged) => plain_text(&tagged.value),
        _ => None,
    }
}

/// A top-level entry, in whatever case.
fn entry<'a>(front: &'a Mapping, key: &str) -> Option<&'a Value> {
    front.get(key).or_else(|| {
        front
            .iter()
            .find(|(known, _)| {
                known
                    .as_str()
                    .is_some_and(|known| known.eq_ignore_ascii_case(key))
            })
            .map(|(_, value)| value)
    })
}

/// A page parameter: below `params`, else at the top.
pub(super) fn parameter(front: &Mapping, key: &str) -> Option<Value> {
    let below = entry(front, "params")
        .and_then(Value::as_mapping)
        .and_then(|params| entry(params, key));
    below.or_else(|| entry(front, key)).cloned()
}

/// `/YYYY/MM/DD/` of the date as written, then the slug, else the title.
fn permalink(day: Option<Day>, slug: &str, title: &str) -> String {
    let (year, month, day) = day.map_or((1, 1, 1), |day| (day.year(), day.month(), day.day()));
    let year = if year == 1 {
        "1".to_owned()
    } else {
        format!("{year:04}")
    };
    let last = if slug.is_empty() {
        url_name(&title.replace('/', "-"))
    } else {
        url_name(slug)
    };
    let last = last.trim_matches('/');
    if last.is_empty() {
        format!("/{year}/{month:02}/{day:02}/")
    } else {
        format!("/{year}/{month:02}/{day:02}/{last}/")
    }
}

/// Hugo's `MakePathSanitized` in lower case, percent-encoded.
fn url_name(text: &str) -> String {
    let mut name = String::new();
    let mut gap = false;
    for c in text.trim().chars() {
        let kept = is_letter(c) || is_mark(c) || is_digit(c) || "./\\_#+~-@".contains(c);
        if kept {
            if gap && c != '-' && !name.ends_with('-') {
                name.push('-');
            }
            gap = false;
            name.extend(c.to_lowercase());
        } else if c.is_whitespace() && !name.is_empty() {
            gap = true;
        }
    }
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || "./_+~-@".contains(c) {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

fn author(page: &Page<'_>, permalink: &str) -> (String, Option<String>) {
    match parameter(page.front_matter, "author") {
        Some(Value::Mapping(guest)) => {
            let name = entry(&guest, "name")
                .and_then(plain_text)
                .unwrap_or_default();
            let avatar = entry(&guest, "avatar").and_then(plain_text);
            (
                name,
                avatar.map(|avatar| in_bundle(page, permalink, &avatar)),
            )
        }
        Some(value) => {
            let id = plain_text(&value).unwrap_or_default();
            match page.site.authors.get(&id) {
                Some(author) => (author.name.clone(), author.avatar.clone()),
                None => (String::new(), None),
            }
        }
        None => (String::new(), None),
    }
}

/// An image's address: a file of the post gets the post's own, the rest stays as it is.
fn in_bundle(page: &Page<'_>, permalink: &str, name: &str) -> String {
    let plain = name.strip_prefix("./").unwrap_or(name);
    if !name.starts_with('/') && page.has_resource(plain) {
        format!("{permalink}{}", plain.replace(' ', "%20"))
    } else {
        name.to_owned()
    }
}

fn image(page: &Page<'_>, permalink: &str, key: &str, roles: &[&str]) -> Option<String> {
    let named = parameter(page.front_matter, key)
        .as_ref()
        .and_then(plain_text);
    if let Some(name) = named.filter(|name| !name.is_empty()) {
        return Some(in_bundle(page, permalink, &name));
    }
    roles.iter().find_map(|role| {
        let mut fitting: Vec<&String> = page
            .all_resources()
            .filter(|name| {
                name.to_ascii_lowercase()
                    .strip_prefix(role)
                    .is_some_and(|rest| {
                        rest.strip_prefix('.').is_some_and(|ending| {
                            matches!(
                                ending,
                                "png"
                                    | "jpg"
                                    | "jpeg"
                                    | "gif"
                                    | "webp"
                                    | "avif"
                                    | "svg"
                                    | "bmp"
                                    | "tif"
                                    | "tiff"
                            )
                        })
                    })
            })
            .collect();
        fitting.sort();
        fitting.first().map(|name| in_bundle(page, permalink, name))
    })
}

/// Hugo's plain text: tags go, a line break in the source counts as a space, the end of a paragraph as a line break.
pub(super) fn strip_tags(html: &str) -> String {
    let html = html
        .replace('\n', " ")
        .replace("</p>", "\n")
        .replace("<br>", "\n")
        .replace("<br />", "\n");
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    let mut space = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => {
                if c.is_whitespace() {
                    if !space {
                        out.push(c);
                    }
                    space = true;
                } else {
                    out.push(c);
                    space = false;
                }
            }
            _ => {}
        }
    }
    out
}

/// Hugo's automatic summary: whole paragraphs until there are enough words, then on to where every element is closed.
fn summary(html: &str) -> &str {
    let mut from = 0;
    let mut words = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find("</p>")) {
        let end = from + found;
        words += words_in(html.get(from..end).unwrap_or_default());
        from = end + "</p>".len();
        if words >= SUMMARY_WORDS {
            return html.get(..closed_from(html, from)).unwrap_or(html);
        }
    }
    html
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

/// From `at` on, the place where everything that was opened before is closed; `at` where that never happens.
fn closed_from(html: &str, at: usize) -> usize {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
        "source", "track", "wbr",
    ];
    let mut open: Vec<String> = Vec::new();
    let mut from = 0;
    while let Some(found) = html.get(from..).and_then(|rest| rest.find('<')) {
        let start = from + found;
        if start >= at && open.is_empty() {
            return at;
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
        if name.is_empty() || VOID.contains(&name.as_str()) || inside.ends_with('/') {
            continue;
        }
        if closing {
            if let Some(i) = open.iter().rposition(|known| *known == name) {
                open.truncate(i);
            }
            if start >= at && open.is_empty() {
                return from;
            }
        } else {
            open.push(name);
        }
    }
    at
}

/// The meta description as a browser reads it: the theme escapes it once too often, and readers see that.
fn description(text: &str) -> String {
    let plain = unescape(&strip_tags_plain(text));
    let plain = plain.trim();
    let cut = truncate(plain);
    let mut out = String::with_capacity(cut.len());
    for c in cut.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\'' => out.push_str("&#39;"),
            '"' => out.push_str("&#34;"),
            c => out.push(c),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_hugo_makes_them() {
        let day = Day::parse("2021-11-10");
        for (slug, title, expected) in [
            (
                "",
                "October Linkerd community meeting recap",
                "/2021/11/10/october-linkerd-community-meeting-recap/",
            ),
            ("Some Slug", "x", "/2021/11/10/some-slug/"),
            (
                "",
                "What's new in 2.14: A & B",
                "/2021/11/10/whats-new-in-2.14-a-b/",
            ),
            ("", "Über uns", "/2021/11/10/%C3%BCber-uns/"),
            ("a/b", "x", "/2021/11/10/a/b/"),
            ("", "a/b", "/2021/11/10/a-b/"),
        ] {
            assert_eq!(permalink(day, slug, title), expected);
        }
        assert_eq!(permalink(None, "a", ""), "/1/01/01/a/");
    }
}
