//! The site profile: which front matter fields there are, their order, widgets, limits and help.
