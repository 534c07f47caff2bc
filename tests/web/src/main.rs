//! Browser tests: Debian's Chromium against the release build.

fn main() {}
