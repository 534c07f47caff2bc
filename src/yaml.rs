//! Where each key and value stands in YAML front matter, and how to change one without touching the rest.
//!
//! Two parsers share the work: granit-parser tells positions, `serde_yaml` tells values, and only after size, depth and
//! aliases were found harmless (nested brackets cost it quadratic time).

mod outline;
mod scalar;
mod splice;
mod value;

pub(crate) use outline::Outline;
pub(crate) use splice::{Insertion, set, unwrapped};
pub(crate) use value::Step;
pub use value::{KeyPath, Value};

use std::fmt;

use crate::text::Problem;

/// Front matter longer than this is shown as text only, in bytes.
pub const LARGEST: usize = 64 << 10;

/// Deeper nesting than this is shown as text only.
pub const DEEPEST: usize = 100;

/// Why a change was not made. Nothing was touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A refusal with its reason, a plain sentence.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refusal {}

/// Reads `source`: where everything stands, and the plain values.
///
/// # Errors
/// The first thing that is wrong, at its place in `source`.
pub(crate) fn read(source: &str) -> Result<(Outline, serde_yaml::Mapping), Problem> {
    let outline = Outline::read(source)?;
    let mapping = outline.values(source)?;
    Ok((outline, mapping))
}
