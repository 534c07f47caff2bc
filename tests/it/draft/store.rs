//! A store that is made to fail, to be slow, to answer in another order, to tear what it writes, and not to answer.

use std::collections::BTreeMap;

use recap_editor::draft::record::{Decoded, Record, decode, encode};
use recap_editor::draft::{Failure, Seq, WriteId, WriterId};

use crate::support::Dice;

/// What the store does with what it is given, at a moment of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// It writes within 40 ms, in any order.
    Works,
    /// It answers with a failure, sometimes after a part was written.
    Fails,
    /// It does not answer; what it was given may be there or not.
    Silent,
    /// It says yes and writes nothing: no real one does, and the tests have to notice.
    Lies,
}

/// The key of a record in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Snapshot(WriterId, Seq),
    Entry(WriterId, Seq),
    Card(WriterId),
}

struct Put {
    key: Key,
    bytes: Vec<u8>,
    torn: bool,
}

struct Pending {
    at: u64,
    id: WriteId,
    puts: Vec<Put>,
    answer: Option<Result<(), Failure>>,
}

/// What is on the disk, and what is on its way there.
#[derive(Default)]
pub(super) struct Store {
    disk: BTreeMap<Key, Vec<u8>>,
    pending: Vec<Pending>,
}

impl Store {
    /// Takes a transaction; its outcome is drawn now and comes later.
    pub(super) fn take(
        &mut self,
        id: WriteId,
        records: Vec<(Key, Record)>,
        now: u64,
        mood: Mood,
        dice: &mut Dice,
    ) {
        let mut puts: Vec<_> = records
            .into_iter()
            .map(|(key, record)| Put {
                key,
                bytes: encode(&record),
                torn: false,
            })
            .collect();
        let (delay, answer) = match mood {
            Mood::Works => (dice.roll(41), Some(Ok(()))),
            Mood::Fails => {
                tear(&mut puts, dice);
                let reason = [
                    Failure::Quota,
                    Failure::Aborted,
                    Failure::Closed,
                    Failure::Refused,
                ][dice.roll(4)];
                (dice.roll(120), Some(Err(reason)))
            }
            Mood::Silent => {
                let late = dice.roll(3) == 0;
                if !late {
                    tear(&mut puts, dice);
                }
                (dice.roll(3000), late.then_some(Ok(())))
            }
            Mood::Lies => {
                puts.clear();
                (dice.roll(41), Some(Ok(())))
            }
        };
        let at = now + u64::try_from(delay).unwrap();
        self.pending.push(Pending {
            at,
            id,
            puts,
            answer,
        });
    }

    /// What has come to its end by now, written; the answers.
    pub(super) fn run(&mut self, now: u64) -> Vec<(WriteId, Result<(), Failure>)> {
        let mut answers = Vec::new();
        let (due, later) = std::mem::take(&mut self.pending)
            .into_iter()
            .partition(|pending: &Pending| pending.at <= now);
        self.pending = later;
        for pending in due {
            self.put(pending.puts);
            answers.extend(pending.answer.map(|answer| (pending.id, answer)));
        }
        answers
    }

    /// When the next transaction ends.
    pub(super) fn next(&self) -> Option<u64> {
        self.pending.iter().map(|pending| pending.at).min()
    }

    pub(super) fn remove(&mut self, goes: impl Fn(Key) -> bool) {
        self.disk.retain(|key, _| !goes(*key));
    }

    /// The power goes: of what was under way, some is there, whole or torn.
    pub(super) fn crash(&mut self, dice: &mut Dice) {
        for mut pending in std::mem::take(&mut self.pending) {
            if dice.roll(2) == 0 {
                tear(&mut pending.puts, dice);
            }
            self.put(pending.puts);
        }
    }

    /// Writes. What is torn does not take the place of what was whole: no storage could be relied on that did that.
    fn put(&mut self, puts: Vec<Put>) {
        for put in puts {
            if put.torn {
                self.disk.entry(put.key).or_insert(put.bytes);
            } else {
                self.disk.insert(put.key, put.bytes);
            }
        }
    }

    /// Whether an edit is on the disk: itself, or in a later text.
    pub(super) fn has(&self, writer: WriterId, seq: Seq) -> bool {
        let whole = |bytes: &Vec<u8>| matches!(decode(bytes), Decoded::Record(_));
        self.disk.get(&Key::Entry(writer, seq)).is_some_and(whole)
            || self
                .disk
                .range(Key::Snapshot(writer, seq)..Key::Snapshot(writer, Seq(u64::MAX)))
                .any(|(_, bytes)| whole(bytes))
    }

    /// All that can be read, in any order.
    pub(super) fn records(&self, dice: &mut Dice) -> Vec<Record> {
        let mut records: Vec<Record> = self
            .disk
            .values()
            .filter_map(|bytes| match decode(bytes) {
                Decoded::Record(record) => Some(*record),
                Decoded::Damaged { .. } => None,
                Decoded::Newer { format } => panic!("format {format} was never written"),
            })
            .collect();
        for i in (1..records.len()).rev() {
            records.swap(i, dice.roll(i + 1));
        }
        records
    }
}

/// Leaves the first of what was to be written, the last of them cut off.
fn tear(puts: &mut Vec<Put>, dice: &mut Dice) {
    puts.truncate(dice.roll(puts.len() + 1));
    if let Some(put) = puts.last_mut() {
        put.bytes.truncate(dice.roll(put.bytes.len()));
        put.torn = true;
    }
}
