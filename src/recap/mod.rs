//! Starting points: the sample and the templates.

use crate::day::Day;

/// The name Hugo gives the file of a page bundle.
pub const FILE_NAME: &str = "index.md";

/// A file of a starting point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartFile {
    /// Its name.
    pub name: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The built-in sample.
#[must_use]
pub fn sample() -> Vec<StartFile> {
    vec![StartFile {
        name: FILE_NAME,
        bytes: b"---\ntitle: Sample\n---\n\nHello\n".to_vec(),
    }]
}

/// The template of a community meeting recap.
#[must_use]
pub fn recap(day: Day) -> StartFile {
    post(day)
}

/// A blank post.
#[must_use]
pub fn post(day: Day) -> StartFile {
    StartFile {
        name: FILE_NAME,
        bytes: format!("---\ndate: {day}T00:00:00Z\ntitle: \"\"\n---\n\n").into_bytes(),
    }
}
