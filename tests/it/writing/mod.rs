//! The commands of the Markdown pane, case by case, and what holds of all of them.

mod calls;
mod format;
mod outline;
mod properties;
mod structure;
mod tables;
mod units;
