//! What a writer does to the Markdown: pure functions from a text to the edits that change it.

pub mod clip;
pub mod find;
mod line_start;
pub mod wrap;
