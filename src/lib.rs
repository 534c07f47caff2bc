//! Recap Editor: posts of a Hugo blog, edited without changing a byte that was not asked for.
//!
//! Where to start: `session` is the app as a value; `text` is what every change is made of.

pub mod bundle;
pub mod day;
pub mod draft;
pub mod front_matter;
pub mod markdown;
pub mod picture;
pub mod post;
pub mod preview;
pub mod recap;
pub mod review;
pub mod session;
pub mod shortcode;
pub mod site;
pub mod text;
pub mod writing;
pub mod yaml;

#[cfg(target_arch = "wasm32")]
pub mod shell;
#[cfg(target_arch = "wasm32")]
pub mod ui;
