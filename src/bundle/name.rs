//! File names: which are safe, which are good, and a good one made of words.

use std::collections::BTreeMap;

use crate::markdown::unicode::is_mark;

use super::Refusal;
use super::decomposed::decomposed;

/// Longest part of a path, in bytes: what file systems hold.
const LONGEST: usize = 255;

/// Deepest folder a file may lie in.
const DEEPEST: usize = 12;

/// Names Windows keeps for devices, whatever ending they have.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether a path with `/` stays inside the folder it is unpacked to, on every system; the reason where it does not.
pub(super) fn check_path(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("it has no name");
    }
    if path.chars().any(char::is_control) {
        return Err("its name has control characters");
    }
    if path
        .chars()
        .any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    {
        return Err("its name has characters that turn the direction of reading");
    }
    if path.starts_with('/') {
        return Err("its path starts at the root of a disk");
    }
    if path.contains('\\') {
        return Err("its name has a backslash");
    }
    if path.contains(':') {
        return Err("its path names a drive or a stream");
    }
    if path.split('/').count() > DEEPEST {
        return Err("it lies too deep in folders");
    }
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default().trim_end();
        match part {
            ".." => return Err("its path leads out of the folder"),
            "" | "." => return Err("its path has an empty part"),
            _ if part.len() > LONGEST => return Err("its name is too long"),
            _ if part.ends_with(['.', ' ']) => return Err("its name ends in a dot or a space"),
            _ if part.contains(['<', '>', '"', '|', '?', '*']) => {
                return Err("its name has characters that Windows does not allow");
            }
            _ if DEVICES
                .iter()
                .any(|device| stem.eq_ignore_ascii_case(device)) =>
            {
                return Err("its name is one that Windows keeps for a device");
            }
            _ => {}
        }
    }
    Ok(())
}

/// What two names share that are one file on a Mac or on Windows: case and Unicode form do not count.
pub(super) fn folded(path: &str) -> String {
    let small: String = decomposed(path)
        .chars()
        .flat_map(char::to_lowercase)
        .collect();
    decomposed(&small)
}

/// Names that are taken, by what file systems hold for equal.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeMap<String, String>);

impl Taken {
    /// Takes a name; answers the one that was there before.
    pub(super) fn take(&mut self, path: &str) -> Option<String> {
        self.0.insert(folded(path), path.to_owned())
    }
}

/// Words as part of a file name or an address: small ASCII letters and digits, one hyphen between. `None` where nothing
/// is left of them.
#[must_use]
pub fn slug(words: &str) -> Option<String> {
    let mut out = String::new();
    for c in decomposed(words).chars().filter(|c| !is_mark(*c)) {
        match c {
            _ if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            'ß' => out.push_str("ss"),
            '\'' | '’' | '.'
                if out.ends_with(|last: char| last.is_ascii_alphanumeric()) && c != '.' => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    // Long enough for a sentence's start, and cut between words.
    if let Some(cut) = out.get(..60).filter(|_| out.len() > 60) {
        let end = cut.rfind('-').filter(|at| *at > 20).unwrap_or(cut.len());
        out.truncate(end);
    }
    let slug = out.trim_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

/// A good name for a new file: of its alt text, else of the heading above it, else of its own name; no name in `taken`
/// is equal to it, whatever their case. Endings are small, and `jpeg` is `jpg`.
#[must_use]
pub fn good<'a>(
    wishes: &[&str],
    file_name: &str,
    taken: impl IntoIterator<Item = &'a str>,
) -> String {
    let taken: Vec<String> = taken.into_iter().map(folded).collect();
    let (stem, ending) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
    let ending: String = match ending.to_ascii_lowercase().as_str() {
        "jpeg" | "jpe" => "jpg".to_owned(),
        other => other.chars().filter(char::is_ascii_alphanumeric).collect(),
    };
    let words = wishes
        .iter()
        .find_map(|wish| slug(wish))
        .or_else(|| slug(stem))
        .unwrap_or_else(|| "image".to_owned());
    let dot = if ending.is_empty() { "" } else { "." };
    (1_u32..)
        .map(|count| match count {
            1 => format!("{words}{dot}{ending}"),
            _ => format!("{words}-{count}{dot}{ending}"),
        })
        .find(|name| !taken.contains(&folded(name)))
        .unwrap_or_default()
}

/// Whether a name is as the repository's are: no space, no capital, nothing that needs an escape in an address.
#[must_use]
pub fn is_good(path: &str) -> bool {
    path.bytes().all(|byte| {
        byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || matches!(byte, b'-' | b'_' | b'.' | b'/')
    })
}

/// Whether a file may be given this name beside those in `taken`.
///
/// # Errors
///
/// Another file has the name, whatever its case, or not every system can hold it.
pub fn check<'a>(wanted: &str, taken: impl IntoIterator<Item = &'a str>) -> Result<(), Refusal> {
    if let Err(reason) = check_path(wanted) {
        return Err(Refusal::new(format!(
            "“{}” is no good name: {reason}.",
            wanted.escape_debug()
        )));
    }
    let folded_name = folded(wanted);
    match taken.into_iter().find(|other| folded(other) == folded_name) {
        Some(other) => Err(Refusal::new(format!(
            "There is a file “{other}” already. Choose another name."
        ))),
        None => Ok(()),
    }
}
