//! The Markdown dialect of the site, once: events with source ranges.
