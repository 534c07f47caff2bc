//! What to write, and when. Edits go in, orders come out; “saved” is said only of what the storage has confirmed.

use crate::text::FileEdit;

use super::attempts::Attempts;
use super::clock::{Clock, Elapsed};
use super::queue::Queue;
use super::tail;
use super::{
    DraftId, Entry, Failure, Follow, Order, Revision, Seq, Stamp, Status, Timestamp, WriteId,
    WriterId,
};

/// A pause in typing after which the edits are written, in ms.
const PAUSE: u64 = 100;

/// How long an edit waits where there is no pause, in ms.
const LONGEST_WAIT: u64 = 250;

/// After how many ms without an answer a write counts as failed. Its answer still counts when it comes.
const NO_ANSWER: u64 = 800;

/// After how many entries, or bytes inserted by them, the whole text is written anew.
const ENTRIES: u64 = 500;
const BYTES: u64 = 256 * 1024;

/// How many writes without an answer are remembered, in case it still comes.
const REMEMBERED: usize = 64;

/// What a journal begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The draft.
    pub draft: DraftId,
    /// This tab's id, never used before.
    pub writer: WriterId,
    /// The session's number of the text.
    pub revision: Revision,
    /// What of other writers is in the text (see [`super::replay::Replay::follows`]).
    pub follows: Vec<Follow>,
    /// Whether their records may go once this text is stored. No where the lock was taken from a tab that may still be
    /// writing, where the replay left something out, and where another text of it has not become a version yet.
    pub drop_followed: bool,
}

#[derive(Debug, Clone)]
enum Sent {
    /// Entries, by their numbers: those between may be under way in another write. Perhaps the card too.
    Entries { seqs: Vec<Seq>, card: bool },
    /// A snapshot; `inserted` counts the bytes inserted up to it.
    Snapshot { seq: Seq, inserted: u64 },
}

#[derive(Debug, Clone)]
struct Write {
    id: WriteId,
    sent: Sent,
    since: Elapsed,
    /// No answer came in time; it counted as failed.
    silent: bool,
}

/// The newest snapshot that is in the store.
#[derive(Debug, Clone, Copy)]
struct Base {
    seq: Seq,
    inserted: u64,
}

/// The state of one draft in one tab.
#[derive(Debug, Clone)]
pub struct Journal {
    clock: Clock,
    stamp: Stamp,
    follows: Vec<Follow>,
    drop_followed: bool,
    /// Bytes inserted since the start.
    inserted: u64,
    queue: Queue,
    edited_at: Elapsed,
    /// The card has changed since then.
    card_since: Option<Elapsed>,
    writes: Vec<Write>,
    ids: u64,
    base: Option<Base>,
    /// Without a snapshot of at least this edit the store does not hold the text.
    needs: Option<Seq>,
    entry_attempts: Attempts,
    snapshot_attempts: Attempts,
    reopen: bool,
    saved_at: Timestamp,
    tail_is_out: bool,
}

impl Journal {
    /// Begins with the text as it is: the first order writes all of it.
    #[must_use]
    pub fn new(start: Start, now: Timestamp) -> (Self, Vec<Order>) {
        let stamp = Stamp {
            draft: start.draft,
            writer: start.writer,
            seq: Seq(0),
            revision: start.revision,
        };
        let mut journal = Self {
            clock: Clock::new(now),
            stamp,
            follows: start.follows,
            drop_followed: start.drop_followed,
            inserted: 0,
            queue: Queue::default(),
            edited_at: 0,
            card_since: None,
            writes: Vec::new(),
            ids: 0,
            base: None,
            needs: Some(stamp.seq),
            entry_attempts: Attempts::default(),
            snapshot_attempts: Attempts::default(),
            reopen: false,
            saved_at: now,
            tail_is_out: false,
        };
        let orders = journal.orders(0, false);
        (journal, orders)
    }

    /// Which text the tab has now.
    #[must_use]
    pub const fn stamp(&self) -> Stamp {
        self.stamp
    }

    /// The edits of others that are in the text, for its snapshots.
    #[must_use]
    pub fn follows(&self) -> &[Follow] {
        &self.follows
    }

    /// Whether the text is safe.
    #[must_use]
    pub fn status(&self) -> Status {
        if self.is_saved() {
            return Status::Saved { at: self.saved_at };
        }
        match self.trouble() {
            None => Status::Saving,
            Some(reason) if reason.is_refusal() => Status::OnlyInThisTab { reason },
            Some(reason) => Status::NotSaved { reason },
        }
    }

    /// Whether leaving the page now could lose text: writing fails, so that only the tail could hold it, or the store has no
    /// whole text and this one, of `size` bytes, is too large for the tail.
    #[must_use]
    pub fn warns_on_leaving(&self, size: usize) -> bool {
        let is_too_large = self.needs.is_some() && size > tail::BOUND;
        !self.is_saved() && (self.trouble().is_some() || is_too_large)
    }

    /// The text was changed by `edit` and has the number `after` now.
    pub fn edited(&mut self, edit: FileEdit, after: Revision, now: Timestamp) -> Vec<Order> {
        let elapsed = self.clock.at(now);
        let before = self.stamp.revision;
        self.stamp.seq = self.stamp.seq.next();
        self.stamp.revision = after;
        self.inserted += as_u64(edit.insert().len());
        self.edited_at = elapsed;
        let entry = Entry {
            stamp: self.stamp,
            before,
            edit,
            time: now,
        };
        self.queue.push(entry, elapsed);
        // So many edits cost more than the text itself, and must not fill the memory while nothing can be written.
        if as_u64(self.queue.len()) > ENTRIES || as_u64(self.queue.bytes()) > BYTES {
            self.queue.clear();
            self.needs = Some(self.stamp.seq);
        }
        self.orders(elapsed, false)
    }

    /// The draft's card has changed, not its text: it was downloaded, the caret moved. Losing it loses no text.
    pub fn card_changed(&mut self, now: Timestamp) -> Vec<Order> {
        let elapsed = self.clock.at(now);
        self.card_since.get_or_insert(elapsed);
        self.orders(elapsed, false)
    }

    /// The timer rang.
    pub fn tick(&mut self, now: Timestamp) -> Vec<Order> {
        let elapsed = self.clock.rang(now);
        self.orders(elapsed, false)
    }

    /// The page is being hidden, frozen or left: all goes out now, and what the store may not finish into the tail.
    pub fn hidden(&mut self, now: Timestamp) -> Vec<Order> {
        let elapsed = self.clock.at(now);
        let mut orders = self.orders(elapsed, true);
        if self.is_saved() {
            return orders;
        }
        let (bytes, left_out) = tail::of_entries(self.queue.entries());
        // The tail first: the page may be stopped at any moment.
        orders.insert(
            0,
            if self.needs.is_some() {
                Order::WriteTailSnapshot {
                    stamp: self.stamp,
                    otherwise: bytes,
                }
            } else {
                Order::WriteTail { bytes, left_out }
            },
        );
        self.tail_is_out = true;
        orders
    }

    /// The writer wants it tried again now.
    pub fn retried(&mut self, now: Timestamp) -> Vec<Order> {
        let elapsed = self.clock.at(now);
        self.entry_attempts.now();
        self.snapshot_attempts.now();
        self.orders(elapsed, false)
    }

    /// The storage's answer to a write, however late. Only what that write carried is taken for stored.
    pub fn written(
        &mut self,
        id: WriteId,
        result: Result<(), Failure>,
        now: Timestamp,
    ) -> Vec<Order> {
        let elapsed = self.clock.at(now);
        let Some(at) = self.writes.iter().position(|write| write.id == id) else {
            return self.orders(elapsed, false);
        };
        let write = self.writes.swap_remove(at);
        let mut orders = Vec::new();
        match result {
            // It counted as failed when its time was over.
            Err(_) if write.silent => {}
            Err(reason) => self.failed(write.id, &write.sent, reason, elapsed),
            Ok(()) => {
                let was_saved = self.is_saved();
                self.stored(&write.sent, &mut orders);
                if self.is_saved() && !was_saved {
                    self.saved_at = now;
                }
            }
        }
        if self.is_saved() && std::mem::take(&mut self.tail_is_out) {
            orders.push(Order::DropTail {
                writer: self.stamp.writer,
            });
        }
        orders.extend(self.orders(elapsed, false));
        orders
    }

    fn is_saved(&self) -> bool {
        self.needs.is_none() && self.queue.is_empty()
    }

    /// Why what is not stored is not.
    fn trouble(&self) -> Option<Failure> {
        let of_snapshot = self.needs.and(self.snapshot_attempts.reason());
        of_snapshot.or(self.entry_attempts.reason())
    }

    fn stored(&mut self, sent: &Sent, orders: &mut Vec<Order>) {
        match sent {
            Sent::Entries { seqs, .. } => {
                self.entry_attempts.succeeded();
                self.queue.confirm(|seq| seqs.binary_search(&seq).is_ok());
            }
            &Sent::Snapshot { seq, inserted } => {
                self.snapshot_attempts.succeeded();
                self.queue.confirm(|stored| stored <= seq);
                // What could not be written by itself is in the text: nothing is failing any more.
                if self.queue.is_empty() {
                    self.entry_attempts.succeeded();
                }
                if self.needs.is_some_and(|needs| needs <= seq) {
                    self.needs = None;
                }
                if self.base.is_none_or(|base| base.seq < seq) {
                    if self.base.is_some() {
                        orders.push(Order::DropEntriesBefore { seq });
                    }
                    self.base = Some(Base { seq, inserted });
                }
                if std::mem::take(&mut self.drop_followed) {
                    for Follow { writer, seq } in self.follows.iter().copied() {
                        orders.push(Order::DropWriter { writer, seq });
                        orders.push(Order::DropTail { writer });
                    }
                }
            }
        }
    }

    fn failed(&mut self, id: WriteId, sent: &Sent, reason: Failure, now: Elapsed) {
        self.reopen |= reason == Failure::Closed;
        // What another write has stored by now is not missed, and its failure is nobody's.
        match sent {
            Sent::Entries { card, .. } => {
                let is_missed = self.queue.take_back(id);
                if *card {
                    self.card_since.get_or_insert(now);
                }
                if is_missed || *card {
                    self.entry_attempts.failed(reason, now);
                }
            }
            Sent::Snapshot { seq, .. } => {
                if self.base.is_none_or(|base| base.seq < *seq) {
                    self.snapshot_attempts.failed(reason, now);
                }
            }
        }
    }

    /// What is due by now, or at all where the page is leaving; and the timer for what is due next.
    fn orders(&mut self, now: Elapsed, leaving: bool) -> Vec<Order> {
        self.give_up_waiting(now);
        let mut orders = Vec::new();
        let due = |at: Option<Elapsed>| at.is_some_and(|at| leaving || at <= now);
        let snapshot = due(self.snapshot_due_at(now));
        let entries = due(self.entries_due_at());
        if (snapshot || entries) && std::mem::take(&mut self.reopen) {
            orders.push(Order::OpenStore);
        }
        if entries {
            let id = self.next_id();
            let entries = self.queue.send(id);
            let seqs = entries.iter().map(|entry| entry.stamp.seq).collect();
            let card = self.card_since.take().is_some();
            self.send(id, Sent::Entries { seqs, card }, now);
            orders.push(Order::WriteEntries { id, entries, card });
        }
        if snapshot {
            let id = self.next_id();
            let sent = Sent::Snapshot {
                seq: self.stamp.seq,
                inserted: self.inserted,
            };
            self.send(id, sent, now);
            orders.push(Order::WriteSnapshot {
                id,
                stamp: self.stamp,
            });
        }
        let no_answer = self.under_way().map(|write| write.since + NO_ANSWER).min();
        let next = [self.entries_due_at(), self.snapshot_due_at(now), no_answer];
        if let Some(next) = next.into_iter().flatten().min()
            && let Some(ms) = self.clock.arm(next)
        {
            orders.push(Order::SetTimer(ms));
        }
        orders
    }

    /// Writes that are still waited for.
    fn under_way(&self) -> impl Iterator<Item = &Write> {
        self.writes.iter().filter(|write| !write.silent)
    }

    /// When entries or the card are to be written; `None` where there are none.
    fn entries_due_at(&self) -> Option<Elapsed> {
        let of_edits = self
            .queue
            .unsent_since()
            .map(|since| (self.edited_at + PAUSE).min(since + LONGEST_WAIT));
        let of_card = self.card_since.map(|since| since + LONGEST_WAIT);
        let due = of_edits.into_iter().chain(of_card).min()?;
        Some(due.max(self.entry_attempts.retry_at()))
    }

    /// When a snapshot is to be written; `None` where none is needed, or one is under way.
    fn snapshot_due_at(&self, now: Elapsed) -> Option<Elapsed> {
        let newest = self
            .under_way()
            .filter_map(|write| match write.sent {
                Sent::Snapshot { seq, .. } => Some(seq),
                Sent::Entries { .. } => None,
            })
            .max();
        let is_needed = match (self.needs, self.base) {
            (Some(needs), _) => newest.is_none_or(|newest| newest < needs),
            (None, Some(base)) => {
                newest.is_none()
                    && (self.stamp.seq.0 - base.seq.0 > ENTRIES
                        || self.inserted - base.inserted > BYTES)
            }
            (None, None) => false,
        };
        is_needed.then(|| self.snapshot_attempts.retry_at().max(now))
    }

    /// Writes whose time for an answer is over count as failed.
    fn give_up_waiting(&mut self, now: Elapsed) {
        let mut over = Vec::new();
        for write in &mut self.writes {
            if !write.silent && write.since + NO_ANSWER <= now {
                write.silent = true;
                over.push(write.clone());
            }
        }
        for write in over {
            self.failed(write.id, &write.sent, Failure::NoAnswer, now);
        }
        let silent = self.writes.iter().filter(|write| write.silent).count();
        let mut forget = silent.saturating_sub(REMEMBERED);
        self.writes.retain(|write| {
            let forgotten = write.silent && forget > 0;
            forget -= usize::from(forgotten);
            !forgotten
        });
    }

    fn next_id(&mut self) -> WriteId {
        self.ids += 1;
        WriteId(self.ids)
    }

    fn send(&mut self, id: WriteId, sent: Sent, now: Elapsed) {
        self.writes.push(Write {
            id,
            sent,
            since: now,
            silent: false,
        });
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
