//! The pages of a site as somebody looks for them: by words of their titles and headings.

use super::index::SiteIndex;
use crate::text::sort;

/// A place that a link can lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The page's title; its address where it has none.
    pub title: String,
    /// The heading's words; `None`: the page itself.
    pub heading: Option<String>,
    /// The path on the site, with `#` and the heading's id where there is one.
    pub address: String,
}

/// A page, ready to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    title: String,
    url: String,
    /// In small letters: the title, and the address with spaces for what is no word.
    title_words: String,
    url_words: String,
    date: String,
    /// Each heading's id, and its words in small letters.
    headings: Vec<(String, String)>,
}

/// Pages that are ready to be looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    entries: Vec<Entry>,
}

/// How well something fits: smaller is better.
type Rank = u8;

impl Pages {
    /// The pages of an index.
    #[must_use]
    pub fn of(index: &SiteIndex) -> Self {
        let entries = index.pages.iter().map(|page| Entry {
            title: if page.title.is_empty() {
                page.url.clone()
            } else {
                page.title.clone()
            },
            url: page.url.clone(),
            title_words: page.title.to_lowercase(),
            url_words: words_of(&page.url),
            date: page.date.clone().unwrap_or_default(),
            headings: page
                .anchors
                .iter()
                .map(|anchor| (anchor.clone(), words_of(anchor)))
                .collect(),
        });
        Self {
            entries: entries.collect(),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The places that fit what was typed, the best first, at most `most`. Every word has to begin a word of the title or
    /// stand in the title or the address; words that only a heading has lead to the heading, and so does everything
    /// behind a `#`. Nothing typed finds nothing.
    #[must_use]
    pub fn find(&self, typed: &str, most: usize) -> Vec<Place> {
        let typed = typed.to_lowercase();
        let (page, heading) = match typed.split_once('#') {
            Some((page, heading)) => (page, Some(heading)),
            None => (typed.as_str(), None),
        };
        let words: Vec<&str> = split(page).collect();
        let behind: Option<Vec<&str>> = heading.map(|heading| split(heading).collect());
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(Rank, bool, &Entry, Option<&str>)> = Vec::new();
        for entry in &self.entries {
            if let Some(behind) = &behind {
                if let Some(rank) = entry.fits(&words, page.trim()) {
                    let fitting = entry
                        .headings
                        .iter()
                        .filter(|(_, text)| behind.iter().all(|word| begins_word(text, word)));
                    found.extend(fitting.map(|(id, _)| (rank, true, entry, Some(id.as_str()))));
                }
                continue;
            }
            if let Some(rank) = entry.fits(&words, page.trim()) {
                found.push((rank, false, entry, None));
                continue;
            }
            let fitting = entry.headings.iter().filter(|(_, text)| {
                words
                    .iter()
                    .all(|word| begins_word(text, word) || begins_word(&entry.title_words, word))
            });
            found.extend(fitting.map(|(id, _)| (4, true, entry, Some(id.as_str()))));
        }
        // What belongs to an older version comes last, newer posts first; headings stay in their order.
        sort::sort_by(&mut found, |a, b| {
            let key = |found: &(Rank, bool, &Entry, Option<&str>)| {
                (found.0, found.1, is_versioned(&found.2.url))
            };
            key(a)
                .cmp(&key(b))
                .then_with(|| b.2.date.cmp(&a.2.date))
                .then_with(|| a.2.url.len().cmp(&b.2.url.len()))
                .then_with(|| a.2.url.cmp(&b.2.url))
        });
        found
            .into_iter()
            .take(most)
            .map(|(_, _, entry, id)| Place {
                title: entry.title.clone(),
                heading: id.map(readable),
                address: match id {
                    Some(id) => format!("{}#{id}", entry.url),
                    None => entry.url.clone(),
                },
            })
            .collect()
    }
}

impl Entry {
    fn fits(&self, words: &[&str], typed: &str) -> Option<Rank> {
        if self.title_words == typed || self.url.eq_ignore_ascii_case(typed) {
            return Some(0);
        }
        if self.title_words.starts_with(typed) {
            return Some(1);
        }
        if words
            .iter()
            .all(|word| begins_word(&self.title_words, word))
        {
            return Some(2);
        }
        let within = |word: &&str| self.title_words.contains(word) || self.url_words.contains(word);
        // Short pieces stand in everything.
        let tells = |word: &&str| {
            word.len() > 2
                || begins_word(&self.title_words, word)
                || begins_word(&self.url_words, word)
        };
        words
            .iter()
            .all(|word| within(word) && tells(word))
            .then_some(3)
    }
}

/// The words somebody typed; slashes of an address are spaces.
fn split(typed: &str) -> impl Iterator<Item = &str> {
    typed
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | ','))
        .filter(|word| !word.is_empty())
}

/// An address or an id as words in small letters.
fn words_of(address: &str) -> String {
    let spaced: String = address
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '.' {
                c
            } else {
                ' '
            }
        })
        .collect();
    spaced.trim().to_lowercase()
}

/// A heading's id as words.
fn readable(id: &str) -> String {
    words_of(id)
}

/// Whether a word of `text` begins with `start`; both in small letters.
#[must_use]
pub fn begins_word(text: &str, start: &str) -> bool {
    text.match_indices(start).any(|(at, _)| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Whether an address begins with a version's number, as documentation of older ones does.
fn is_versioned(url: &str) -> bool {
    let first = url.trim_start_matches('/').split('/').next();
    first
        .is_some_and(|first| first.starts_with(|c: char| c.is_ascii_digit()) && first.contains('.'))
}
