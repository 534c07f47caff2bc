//! Where each key and value stands in YAML front matter, and how to change one without touching the rest.
//!
//! Two parsers share the work: granit-parser tells positions, `serde_yaml` tells values, and only after size, depth and
//! aliases were found harmless (nested brackets cost it quadratic time).

mod outline;
mod plain;
mod quirks;
mod reading;
mod scalar;
mod splice;
mod trouble;
mod value;

pub use crate::text::Refusal;
pub(crate) use reading::Document;
pub(crate) use splice::Manner;
pub use splice::{Custom, Hint, unwrapped};
pub use value::{KeyPath, NoKeyPath, Value};
pub(crate) use value::{Step, same_key};

/// Front matter longer than this is shown as text only, in bytes.
pub const LARGEST: usize = 64 << 10;

/// Deeper nesting than this is shown as text only.
pub const DEEPEST: usize = 100;
