//! The text again, from whatever was found: snapshots and edits in any order, doubled, with gaps.

use std::collections::BTreeMap;

use super::record::Record;
use super::{Card, CardNote, DraftId, Entry, Follow, Seq, Snapshot, Stamp, Timestamp, WriterId};
use crate::text::sort;

/// A text that no other one holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which text.
    pub stamp: Stamp,
    /// What else is known; `changed` is the time of the newest edit in the text.
    pub card: Card,
    /// The post's bytes.
    pub bytes: Vec<u8>,
}

/// Why edits are not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// An edit before them is missing.
    Gap,
    /// The first of them does not fit the text.
    Misfit,
    /// There is no text they were made in.
    NoText,
    /// Another edit has the same number.
    Doubled,
}

/// Edits that were found and are not in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose.
    pub writer: WriterId,
    /// The number of the first.
    pub first: Seq,
    /// How many.
    pub count: usize,
    /// When the newest was made.
    pub newest: Timestamp,
    /// Why.
    pub why: Why,
}

impl LeftOut {
    /// The sentence for the writer.
    #[must_use]
    pub fn sentence(&self) -> String {
        let what = match self.count {
            1 => "One change".to_owned(),
            count => format!("{count} changes"),
        };
        let why = match self.why {
            Why::Gap => "a change before is missing",
            Why::Misfit => "the text is not the one it was made in",
            Why::NoText => "the text it belongs to is missing",
            Why::Doubled => "there is another one in the same place",
        };
        format!("{what} could not be restored: {why}. The raw records are kept.")
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Replay {
    /// The texts, the newest first: none where nothing was found, more than one where two tabs both wrote.
    pub heads: Vec<Head>,
    /// What the newest text holds of every writer, for the journal that goes on with it. A further head that has become a
    /// version is added with [`Stamp::follow`].
    pub follows: Vec<Follow>,
    /// What could not be placed.
    pub left_out: Vec<LeftOut>,
}

/// What was found of one writer.
#[derive(Default)]
struct Chain {
    base: Option<Snapshot>,
    note: Option<Card>,
    entries: BTreeMap<Seq, Entry>,
    doubled: Vec<Entry>,
}

/// Makes the text of `draft` from all that the store and the tails hold of it, the store first; what belongs to other
/// drafts is passed over. Of each writer the longest stretch without a gap, from its newest snapshot on.
#[must_use]
pub fn replay(draft: DraftId, records: Vec<Record>) -> Replay {
    let mut chains: BTreeMap<WriterId, Chain> = BTreeMap::new();
    // How far each writer is held by the texts of others.
    let mut held: BTreeMap<WriterId, Seq> = BTreeMap::new();
    for record in records {
        match record {
            Record::Snapshot(snapshot) if snapshot.stamp.draft == draft => {
                for follow in &snapshot.follows {
                    if follow.writer != snapshot.stamp.writer {
                        let seq = held.entry(follow.writer).or_default();
                        *seq = follow.seq.max(*seq);
                    }
                }
                let chain = chains.entry(snapshot.stamp.writer).or_default();
                chain.take_snapshot(snapshot);
            }
            Record::Entry(entry) if entry.stamp.draft == draft => {
                let chain = chains.entry(entry.stamp.writer).or_default();
                chain.take_entry(entry);
            }
            Record::Card(CardNote { stamp, card }) if stamp.draft == draft => {
                chains.entry(stamp.writer).or_default().take_card(card);
            }
            _ => {}
        }
    }

    let mut replay = Replay::default();
    let mut ended = Vec::new();
    for (writer, chain) in chains {
        let known = held.get(&writer).copied();
        match chain.play(known, &mut replay.left_out) {
            Some(head) if known.is_some_and(|known| known >= head.stamp.seq) => ended.push(head),
            Some(head) => replay.heads.push(head),
            // What is left of a writer whose text is gone for a good reason.
            None => replay
                .follows
                .extend(known.map(|seq| Follow { writer, seq })),
        }
    }
    // Texts that hold each other in a circle are damage; one of them is better than none.
    let nothing_else = replay.heads.is_empty();
    let texts = if nothing_else {
        &mut ended
    } else {
        &mut replay.heads
    };
    sort::sort_by_key(texts, |head| {
        std::cmp::Reverse((head.card.changed, head.stamp.writer))
    });
    if nothing_else && !ended.is_empty() {
        replay.heads.push(ended.remove(0));
    }
    let texts = ended.iter().chain(replay.heads.first());
    replay.follows.extend(texts.map(|head| head.stamp.follow()));
    replay
}

impl Chain {
    fn take_snapshot(&mut self, snapshot: Snapshot) {
        self.take_card(snapshot.card.clone());
        let is_newer = |base: &Snapshot| base.stamp.seq < snapshot.stamp.seq;
        if self.base.as_ref().is_none_or(is_newer) {
            self.base = Some(snapshot);
        }
    }

    fn take_card(&mut self, card: Card) {
        if self
            .note
            .as_ref()
            .is_none_or(|note| note.noted <= card.noted)
        {
            self.note = Some(card);
        }
    }

    fn take_entry(&mut self, entry: Entry) {
        match self.entries.get(&entry.stamp.seq) {
            None => {
                self.entries.insert(entry.stamp.seq, entry);
            }
            Some(known) if *known == entry => {}
            Some(_) => self.doubled.push(entry),
        }
    }

    /// The text after the last edit that can be placed; `None` where there is no text at all. `known` is how far other
    /// texts hold it: what lies before needs not be told.
    fn play(self, known: Option<Seq>, left_out: &mut Vec<LeftOut>) -> Option<Head> {
        let from = self.base.as_ref().map(|base| base.stamp.seq).max(known);
        let is_new = |entry: &Entry| from.is_none_or(|from| entry.stamp.seq > from);
        left_out.extend(told(
            self.doubled.iter().filter(|entry| is_new(entry)),
            Why::Doubled,
        ));
        let Some(base) = self.base else {
            let lost = self.entries.values().filter(|entry| is_new(entry));
            left_out.extend(told(lost, Why::NoText));
            return None;
        };
        let mut head = Head {
            stamp: base.stamp,
            card: self.note.unwrap_or(base.card),
            bytes: base.bytes,
        };
        let mut why = Why::Gap;
        for entry in self.entries.values() {
            if entry.stamp.seq <= head.stamp.seq {
                continue;
            }
            if entry.stamp.seq != head.stamp.seq.next() {
                break;
            }
            if entry.before != head.stamp.revision || entry.edit.apply(&mut head.bytes).is_err() {
                why = Why::Misfit;
                break;
            }
            head.stamp = entry.stamp;
            head.card.changed = entry.time;
        }
        let placed = head.stamp.seq;
        let rest = self
            .entries
            .values()
            .filter(|entry| entry.stamp.seq > placed);
        left_out.extend(told(rest, why));
        Some(head)
    }
}

fn told<'a>(entries: impl Iterator<Item = &'a Entry>, why: Why) -> Option<LeftOut> {
    let mut entries = entries.peekable();
    let first = *entries.peek()?;
    let mut told = LeftOut {
        writer: first.stamp.writer,
        first: first.stamp.seq,
        count: 0,
        newest: first.time,
        why,
    };
    for entry in entries {
        told.count += 1;
        told.newest = told.newest.max(entry.time);
    }
    Some(told)
}
