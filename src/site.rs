//! What is known of the site a post belongs to: its profile (fields, vocabulary, limits) and its index of pages.

pub mod index;
pub mod profile;
