//! What Hugo and the theme know of a page beside its body: address, byline, counts, summary, description, images.

use serde_yaml::{Mapping, Value};

use crate::day::Day;
use crate::markdown::unicode::{is_digit, is_letter, is_mark};
use crate::text::sort;
use crate::text::{BytePos, Problem, Span};

use super::Page;
use super::context::Context;
use super::dates::{self, Dated};
use super::document::fragment;
use super::text;
use super::url;

/// Words a minute: Hugo's own figure, 213, differs by one from what it does.
const WORDS_A_MINUTE: u32 = 212;

/// Where a page's date may stand: the first of them that says anything counts (Hugo's defaults for `frontmatter.date`).
const DATE_KEYS: [&[&str]; 3] = [
    &["date"],
    &["publishDate", "pubDate", "published"],
    &["lastmod", "modified"],
];

/// Where the day may stand on which a page goes.
const END_KEYS: &[&str] = &["expiryDate", "unpublishDate"];

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
    /// The image of shared links, the first of `social_images`: a path on the site, an address elsewhere, or the name of
    /// a file that is not there.
    pub social_image: Option<String>,
    /// All the images of shared links, whole addresses, at most six.
    pub social_images: Vec<String>,
    /// How lists show the thumbnail.
    pub thumbnail_ratio: Option<String>,
    /// The cover stands on top of the article.
    pub show_cover: Option<bool>,
    /// The ids of the body's headings, sorted; [`Preview::rendered`](super::Preview::rendered) works them out.
    pub heading_ids: Vec<String>,
    /// There is a diagram to draw.
    pub mermaid: bool,
}

impl Variables {
    /// What the front matter alone tells.
    pub(super) fn of_front_matter(page: &Page<'_>) -> Self {
        let front = page.front_matter;
        let text = |key: &str| entry(front, key).and_then(plain_text).unwrap_or_default();
        let day = match dates::read(written(front, &DATE_KEYS.concat()).map(|(_, value)| value)) {
            Dated::On(day) => Some(day),
            Dated::Not | Dated::Refused => None,
        };
        let title = text("title");
        let permalink = match text("url") {
            url if url.is_empty() || url.contains(':') => permalink(day, &text("slug"), &title),
            url => whole_address(&url),
        };
        let social_images = social_images(page, &permalink);
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
            social_images: social_images
                .iter()
                .map(|image| whole_image(page, image))
                .collect(),
            social_image: social_images.into_iter().next(),
            thumbnail_ratio: parameter(front, "thumbnailRatio")
                .as_ref()
                .and_then(plain_text),
            show_cover: parameter(front, "showCover").and_then(|value| value.as_bool()),
            permalink,
            ..Self::default()
        }
    }

    /// Adds what the rendered body tells.
    ///
    /// `divided`: the summary ends at a divider, which counts more than one in the front matter.
    pub(super) fn with_body(
        mut self,
        context: &Context<'_>,
        words: u32,
        summary: &str,
        divided: bool,
    ) -> Self {
        let page = context.page;
        self.word_count = words;
        self.reading_time = words.saturating_add(WORDS_A_MINUTE - 1) / WORDS_A_MINUTE;
        let written = entry(page.front_matter, "summary").and_then(plain_text);
        match written.filter(|text| !divided && !text.is_empty()) {
            Some(text) => fragment(&text, context)
                .html_in_line()
                .trim()
                .clone_into(&mut self.summary),
            None => summary.trim().clone_into(&mut self.summary),
        }
        let own = entry(page.front_matter, "description").and_then(plain_text);
        let own = own.filter(|text| !text.is_empty());
        self.description = text::description(own.as_deref().unwrap_or(&self.summary));
        self
    }

    /// The steps of the address on the site, as one reads them.
    pub fn steps(&self) -> impl Iterator<Item = String> {
        let steps = self.permalink.split('/').filter(|step| !step.is_empty());
        steps.map(url::decoded)
    }
}

/// What Hugo refuses about the front matter's values, though it is sound YAML.
pub(super) fn refused(page: &Page<'_>) -> Vec<Problem> {
    let front = page.front_matter;
    let mut problems = Vec::new();
    let mut refuse = |key: &str, message: &str| {
        problems.push(Problem::new(Span::at(line_of(page, key)), message));
    };
    for keys in DATE_KEYS.into_iter().chain([END_KEYS]) {
        if let Some((key, value)) = written(front, keys)
            && dates::read(Some(value)) == Dated::Refused
        {
            let message = "cannot be read: write it as 2006-01-02, or as 2006-01-02T15:04:05Z.";
            match key {
                "date" => refuse(key, &format!("The date {message}")),
                key => refuse(key, &format!("The date in “{key}” {message}")),
            }
        }
    }
    if entry(front, "url")
        .and_then(plain_text)
        .is_some_and(|url| url.starts_with("http:") || url.starts_with("https:"))
    {
        refuse(
            "url",
            "“url” is a whole address: write only its path, such as /blog/name/.",
        );
    }
    if matches!(
        parameter(front, "images"),
        Some(Value::String(_) | Value::Bool(_))
    ) && parameter(front, "images").as_ref().and_then(plain_text) != Some(String::new())
    {
        refuse(
            "images",
            "“images” has to be a list: put its value in square brackets.",
        );
    }
    if entry(front, "params").is_some_and(|params| !params.is_mapping() && !params.is_null()) {
        // Hugo names the first character of the file.
        refuse(
            "",
            "“params” has to hold entries of its own, such as “author”, each on a line below it.",
        );
    }
    problems
}

/// Where the entry `key` starts in the file; the file's start where it is not found.
fn line_of(page: &Page<'_>, key: &str) -> BytePos {
    let mut at = 0;
    if !key.is_empty() {
        let front = page.text.get(..page.post.body.start().get());
        for line in front.unwrap_or_default().split_inclusive('\n') {
            let here = line
                .trim_start()
                .get(..key.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(key));
            if here {
                return BytePos::new(at + line.len() - line.trim_start().len());
            }
            at += line.len();
        }
    }
    BytePos::new(0)
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
pub(super) fn entry<'a>(front: &'a Mapping, key: &str) -> Option<&'a Value> {
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

/// The first of some top-level entries that holds anything.
fn written<'a, 'k>(front: &'a Mapping, keys: &[&'k str]) -> Option<(&'k str, &'a Value)> {
    keys.iter()
        .filter_map(|&key| Some((key, entry(front, key)?)))
        .find(|(_, value)| dates::read(Some(value)) != Dated::Not)
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
        url_name(&title.replace(['/', '\\'], "-"))
    } else {
        url_name(slug.trim_matches('-'))
    };
    let day = format!("{year}/{month:02}/{day:02}");
    let mut steps: Vec<&str> = day.split('/').collect();
    for step in last.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    format!("/{}/", steps.join("/"))
}

/// The address that `url` in the front matter gives.
fn whole_address(url: &str) -> String {
    let parts: Vec<&str> = url.split('/').filter(|part| !part.is_empty()).collect();
    let path = url::path_of(&parts.join("/"));
    match parts.last() {
        None => "/".to_owned(),
        Some(last) if last.contains('.') => format!("/{path}"),
        Some(_) => format!("/{path}/"),
    }
}

/// Hugo's `MakePathSanitized` in lower case, percent-encoded.
fn url_name(text: &str) -> String {
    let mut name = String::new();
    let mut gap = false;
    // Escapes count as what they stand for.
    for c in unescaped(text).trim().chars() {
        let kept = is_letter(c) || is_mark(c) || is_digit(c) || "./\\_#+~-@".contains(c);
        if kept {
            if gap && c != '-' && !name.ends_with('-') {
                name.push('-');
            }
            gap = false;
            // Go has one small letter for each capital.
            name.extend(c.to_lowercase().take(1));
        } else if c.is_whitespace() && !name.is_empty() {
            gap = true;
        }
    }
    // A plus sign counts as a space, but only after the other spaces are gone.
    let mut without_plus = String::new();
    let mut gap = false;
    for c in name.chars() {
        if c == '+' {
            gap = true;
            continue;
        }
        if gap && c != '-' && !without_plus.ends_with('-') {
            without_plus.push('-');
        }
        gap = false;
        without_plus.push(c);
    }
    let mut out = String::new();
    for c in without_plus.chars() {
        if c.is_ascii_alphanumeric() || "./_~-@".contains(c) {
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

/// A text with its percent escapes resolved; a sign that begins none stays.
fn unescaped(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let digits = text
            .get(at + 1..at + 3)
            .filter(|digits| byte == b'%' && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
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
    match page.resource(plain).filter(|_| !name.starts_with('/')) {
        Some(file) => format!("{permalink}{}", url::path_of(file)),
        None => name.to_owned(),
    }
}

fn image(page: &Page<'_>, permalink: &str, key: &str, roles: &[&str]) -> Option<String> {
    let named = parameter(page.front_matter, key)
        .filter(|value| value.as_bool() != Some(false) && value.as_f64() != Some(0.0))
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
                    .is_some_and(|rest| rest.strip_prefix('.').is_some_and(is_image))
            })
            .collect();
        sort::sort(&mut fitting);
        fitting.first().map(|name| in_bundle(page, permalink, name))
    })
}

/// The images of shared links: those named, else the feature, else cover or thumbnail. Paths on the site, addresses
/// elsewhere, names of files that are not there.
fn social_images(page: &Page<'_>, permalink: &str) -> Vec<String> {
    if let Some(Value::Sequence(named)) = parameter(page.front_matter, "images")
        && !named.is_empty()
    {
        let named = named.iter().filter_map(plain_text);
        let paths = named.map(|name| in_bundle(page, permalink, &name));
        return paths.take(6).collect();
    }
    let mut files: Vec<&String> = page
        .all_resources()
        .filter(|name| {
            let ending = name.rsplit_once('.').map(|(_, ending)| ending);
            ending.is_some_and(|ending| is_image(&ending.to_ascii_lowercase()))
        })
        .collect();
    sort::sort(&mut files);
    let found = [&["feature"][..], &["cover", "thumbnail"]]
        .into_iter()
        .find_map(|roles| {
            files.iter().find(|name| {
                let name = name.to_ascii_lowercase();
                roles.iter().any(|role| name.contains(role))
            })
        });
    let path = found.map(|name| in_bundle(page, permalink, name));
    path.into_iter().collect()
}

/// The whole address of one of [`social_images`].
fn whole_image(page: &Page<'_>, image: &str) -> String {
    if image.contains("://") {
        return image.to_owned();
    }
    let base = page.site.base_url.trim_end_matches('/');
    format!("{base}/{}", image.trim_start_matches('/'))
}

fn is_image(ending: &str) -> bool {
    matches!(
        ending,
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp" | "tif" | "tiff"
    )
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
            ("", "a + b", "/2021/11/10/a--b/"),
            ("", "a++b", "/2021/11/10/a-b/"),
            ("", "+a+", "/2021/11/10/-a/"),
            ("", "a \\ b", "/2021/11/10/a-b/"),
            ("a \\ b", "", "/2021/11/10/a-%5C-b/"),
            ("-a-", "", "/2021/11/10/a/"),
            ("", "-a-", "/2021/11/10/-a-/"),
        ] {
            assert_eq!(permalink(day, slug, title), expected);
        }
        assert_eq!(permalink(None, "a", ""), "/1/01/01/a/");
    }
}
