//! Drafts: what is written, what comes back, and what is said about it.

mod made;
mod records;
mod schedules;
mod store;
