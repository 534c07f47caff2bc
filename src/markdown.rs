//! The Markdown dialect of the site, once: a tree with source ranges, made of pulldown-cmark's events and what Hugo's
//! goldmark does differently. The preview and the checks read the same tree.

pub(crate) mod attributes;
pub(crate) mod linkify;
mod raw_link;
mod tree;
pub(crate) mod typographer;
pub(crate) mod unicode;

pub(crate) use tree::{Align, Kind, Link, Node, parse};
