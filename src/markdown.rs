//! The Markdown dialect of the site, once: a tree with source ranges, made of pulldown-cmark's events and what Hugo's
//! goldmark does differently. The preview and the checks read the same tree.

pub(crate) mod attributes;
mod corrections;
mod disputes;
pub(crate) mod linkify;
mod parse;
mod raw_link;
mod stand_in;
mod table;
mod tables_of_paragraphs;
pub(crate) mod tree;
pub(crate) mod typographer;
pub(crate) mod unicode;

pub(crate) use corrections::is_checkbox_at;
pub(crate) use parse::{Known, Unknown, labels, note_labels, parse};
