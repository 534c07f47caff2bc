//! Drafts: what is written, what comes back, and what is said about it.

mod choices;
mod diffs;
mod kept;
mod life;
mod made;
mod orders;
mod records;
mod replays;
mod schedules;
mod store;
mod tails;
mod told;
mod two_tabs;
