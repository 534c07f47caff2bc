//! The folder of a post in the repository, `2021/1110-slug`: the year, month and day of its date, and its slug.

use std::fmt;

use crate::day::Day;
use crate::front_matter::{FrontMatter, WrittenDate};
use crate::yaml::{KeyPath, Value};

use super::{BLOG, Refusal, name};

/// A post's folder below the blog: `2021/1110-slug`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(String);

impl Folder {
    /// The rule: `YYYY/MMDD-slug`, of the post's date and its slug, or of its title where it has none.
    #[must_use]
    pub fn of(day: Day, slug_or_title: &str) -> Self {
        let written = day.to_string();
        let mut parts = written.splitn(3, '-');
        let (year, month, date) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        Self(format!(
            "{year}/{month}{date}-{}",
            name::slug(slug_or_title).unwrap_or_else(|| "post".to_owned())
        ))
    }

    /// The folder the rule gives a post; `None` without a date, or with neither slug nor title.
    #[must_use]
    pub fn by_rule(front_matter: &FrontMatter) -> Option<Self> {
        let text = |key: &str| {
            let found = front_matter
                .value(&KeyPath::key(key))
                .and_then(Value::as_text)?;
            (!found.trim().is_empty()).then_some(found)
        };
        let day = WrittenDate::parse(text("date")?.trim())?.day();
        Some(Self::of(day, &text("slug").or_else(|| text("title"))?))
    }

    /// A folder the writer typed.
    ///
    /// # Errors
    ///
    /// It is not of the form the repository has.
    pub fn parse(typed: &str) -> Result<Self, Refusal> {
        let refused = || {
            Refusal::new(format!(
                "“{typed}” is no folder of a post. It is written YYYY/MMDD-slug, for example 2021/1110-my-post, in \
                 small letters, digits and hyphens."
            ))
        };
        let (year, rest) = typed.split_once('/').ok_or_else(refused)?;
        let (day, slug) = rest.split_once('-').ok_or_else(refused)?;
        let digits = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        let letters = slug.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'_')
        });
        if digits(year) && digits(day) && letters && !slug.is_empty() && !slug.ends_with('.') {
            Ok(Self(typed.to_owned()))
        } else {
            Err(refused())
        }
    }

    /// The folder at the end of a path, where it is a post's: what stands before it does not count.
    #[must_use]
    pub fn at_end_of(path: &str) -> Option<Self> {
        let mut parts = path.trim_end_matches('/').rsplit('/');
        let last = parts.next()?;
        Self::parse(&format!("{}/{last}", parts.next()?)).ok()
    }

    /// Where a file of the post stands in the repository.
    #[must_use]
    pub fn path_of(&self, file: &str) -> String {
        format!("{BLOG}/{}/{file}", self.0)
    }

    /// Its last part, the name of a download.
    #[must_use]
    pub fn last(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for Folder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
