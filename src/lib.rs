//! Recap Editor: posts of a Hugo blog, edited without changing a byte that was not asked for.
//!
//! Where to start: `session` is the app as a value; `text` is what every change is made of.

pub mod post;
pub mod text;

#[cfg(target_arch = "wasm32")]
pub mod ui;
