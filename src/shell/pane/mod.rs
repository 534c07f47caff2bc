//! The text panes: they show what the session says and report what the writer does.
//!
//! The Markdown pane is CodeMirror; where its bundle does not come, a plain textarea stands in. The front matter's text is
//! always in a textarea.

mod area;
mod area_keys;
mod area_rows;
mod around;
mod body;
mod code;
mod heard;
mod html;
pub mod keys;
mod rows;
mod scrolled;

pub(super) use area::{Area, select};
pub use around::Around;
pub use body::PaneNews;
pub(super) use body::{BodyPane, Tells};
pub use code::CaretPlace;
pub(super) use code::{Library, Shortcodes};
pub(super) use rows::Rows;
