//! Edits that are not in the store for certain, oldest first.

use std::collections::VecDeque;

use super::clock::Elapsed;
use super::{Entry, Seq, WriteId};

#[derive(Debug, Clone)]
struct Waiting {
    entry: Entry,
    since: Elapsed,
    /// The write that is under way with it.
    sent: Option<WriteId>,
}

/// The queue of one journal.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    bytes: usize,
}

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// How many bytes its edits insert.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn push(&mut self, entry: Entry, now: Elapsed) {
        self.bytes += entry.edit.insert().len();
        self.waiting.push_back(Waiting {
            entry,
            since: now,
            sent: None,
        });
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// When the oldest edit came that no write is under way with.
    pub(super) fn unsent_since(&self) -> Option<Elapsed> {
        self.waiting
            .iter()
            .find(|waiting| waiting.sent.is_none())
            .map(|waiting| waiting.since)
    }

    /// All that no write is under way with; from now on `id` is.
    pub(super) fn send(&mut self, id: WriteId) -> Vec<Entry> {
        self.waiting
            .iter_mut()
            .filter(|waiting| waiting.sent.is_none())
            .map(|waiting| {
                waiting.sent = Some(id);
                waiting.entry.clone()
            })
            .collect()
    }

    /// The write failed: what it carried has to be sent again. Whether anything has: it may be stored by now all the same.
    pub(super) fn take_back(&mut self, id: WriteId) -> bool {
        let mut is_missed = false;
        for waiting in &mut self.waiting {
            if waiting.sent == Some(id) {
                waiting.sent = None;
                is_missed = true;
            }
        }
        is_missed
    }

    /// The edits with these numbers are in the store.
    pub(super) fn confirm(&mut self, is_stored: impl Fn(Seq) -> bool) {
        self.waiting
            .retain(|waiting| !is_stored(waiting.entry.stamp.seq));
        self.bytes = self
            .waiting
            .iter()
            .map(|waiting| waiting.entry.edit.insert().len())
            .sum();
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.waiting.iter().map(|waiting| &waiting.entry)
    }
}
