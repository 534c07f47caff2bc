//! Native tests of the core, one binary.

// Tests may stop at the first thing that is not as it should be, and say what they skipped.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used
)]

mod front_matter;
mod imports;
mod incremental;
mod rendering;
mod session;
mod support;
