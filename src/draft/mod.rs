//! Nothing is ever lost: what of a post is written to the browser's storage, when, and how it comes back.
//!
//! [`Journal`] decides what to write and never says “saved” before the storage did; [`record`] is the stored format;
//! [`replay`] makes the text again from whatever was found, torn or doubled; [`tail`] is what a page writes in its last
//! moment; [`versions`] and [`conflict`] say what is kept and who may write. No clock, no chance, no storage: times, ids
//! and the storage's answers come from outside.
//!
//! Each tab writes under a [`WriterId`] of its own, so two tabs can never write over each other: their chains of edits
//! stand side by side, and [`replay`] finds both.

mod attempts;
mod clock;
pub mod conflict;
pub mod diff;
mod id;
mod journal;
pub mod keys;
mod order;
mod queue;
pub mod record;
pub mod replay;
mod snapshot;
mod status;
pub mod tabs;
pub mod tail;
pub mod versions;
mod wire;

pub use id::{ContentId, DraftId, Follow, Revision, Seq, Stamp, Timestamp, VersionId, WriterId};
pub use journal::{Journal, Start};
pub use order::{Failure, Order, WriteId};
pub use snapshot::{Card, CardNote, Entry, FileRef, OnDisk, Place, Snapshot};
pub use status::{Status, ago, ago_changes_in, reminder};
