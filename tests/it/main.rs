//! Native tests of the core, one binary.

// Tests may stop at the first thing that is not as it should be, and say what they skipped.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used
)]

mod bundle;
mod clip;
mod colours;
mod dom;
mod draft;
mod front_matter;
mod hugo;
mod imports;
mod incremental;
mod looking;
mod pages;
mod picture;
mod positions;
/// `recap render`, in this process: a program built earlier could be an old one.
#[path = "../../examples/recap/render.rs"]
mod render;
mod rendering;
mod session;
mod storing;
mod support;
mod surfaces;
mod wrap;
mod writing;
