//! Two tabs that both write one draft: whatever the order, neither loses a character.

use std::collections::BTreeMap;

use recap_editor::draft::record::Record;
use recap_editor::draft::replay::{Replay, replay};
use recap_editor::draft::{
    Card, Follow, Journal, Order, Revision, Snapshot, Start, Status, Timestamp, WriteId, WriterId,
    conflict,
};
use recap_editor::text::{FileEdit, Span};

use super::made::{DRAFT, NOON};
use super::store::Key;
use crate::support::Dice;

type Disk = BTreeMap<Key, Record>;

struct Tab {
    writer: WriterId,
    journal: Journal,
    text: Vec<u8>,
    follows: Vec<Follow>,
    /// Transactions that are under way.
    writes: Vec<(WriteId, Vec<(Key, Record)>)>,
}

impl Tab {
    fn open(writer: u64, disk: &mut Disk, drop_followed: bool, now: Timestamp) -> Self {
        let found = read(disk);
        let text = found
            .heads
            .first()
            .map_or_else(|| b"begin\n".to_vec(), |head| head.bytes.clone());
        let start = Start {
            draft: DRAFT,
            writer: WriterId(writer),
            revision: Revision(0),
            follows: found.follows.clone(),
            drop_followed,
        };
        let (journal, orders) = Journal::new(start, now);
        let mut tab = Self {
            writer: WriterId(writer),
            journal,
            text,
            follows: found.follows,
            writes: Vec::new(),
        };
        tab.perform(orders, disk, now);
        tab
    }

    fn perform(&mut self, orders: Vec<Order>, disk: &mut Disk, now: Timestamp) {
        for order in orders {
            match order {
                Order::WriteEntries { id, entries, .. } => {
                    let puts = entries.into_iter().map(|entry| {
                        let key = Key::Entry(self.writer, entry.stamp.seq);
                        (key, Record::Entry(entry))
                    });
                    self.writes.push((id, puts.collect()));
                }
                Order::WriteSnapshot { id, stamp } => {
                    let snapshot = Snapshot {
                        stamp,
                        card: Card {
                            changed: now,
                            noted: now,
                            ..Card::default()
                        },
                        follows: self.follows.clone(),
                        bytes: self.text.clone(),
                    };
                    let key = Key::Snapshot(self.writer, stamp.seq);
                    self.writes
                        .push((id, vec![(key, Record::Snapshot(snapshot))]));
                }
                Order::DropEntriesBefore { seq } => disk.retain(|key, _| match key {
                    Key::Entry(by, at) => *by != self.writer || *at > seq,
                    Key::Snapshot(by, at) => *by != self.writer || *at >= seq,
                    Key::Card(_) => true,
                }),
                Order::DropWriter { writer, seq } => disk.retain(|key, _| match key {
                    Key::Entry(by, at) | Key::Snapshot(by, at) => *by != writer || *at > seq,
                    Key::Card(by) => *by != writer,
                }),
                _ => {}
            }
        }
    }

    fn key(&mut self, disk: &mut Disk, dice: &mut Dice, now: Timestamp) {
        let at = dice.roll(self.text.len() + 1);
        let letter = [b'a' + u8::try_from(dice.roll(26)).unwrap()];
        let edit = FileEdit::new(Span::from_range(at..at), letter);
        edit.apply(&mut self.text).unwrap();
        let after = Revision(self.journal.stamp().revision.0 + 1);
        let orders = self.journal.edited(edit, after, now);
        self.perform(orders, disk, now);
    }

    /// One of the transactions comes to its end.
    fn answer(&mut self, disk: &mut Disk, dice: &mut Dice, now: Timestamp) {
        if self.writes.is_empty() {
            return;
        }
        let (id, puts) = self.writes.remove(dice.roll(self.writes.len()));
        disk.extend(puts);
        let orders = self.journal.written(id, Ok(()), now);
        self.perform(orders, disk, now);
    }

    /// All is written out.
    fn settle(&mut self, disk: &mut Disk, dice: &mut Dice, now: Timestamp) {
        let orders = self.journal.hidden(now);
        self.perform(orders, disk, now);
        while !self.writes.is_empty() {
            self.answer(disk, dice, now);
        }
        assert!(matches!(self.journal.status(), Status::Saved { .. }));
    }
}

fn read(disk: &Disk) -> Replay {
    replay(DRAFT, disk.values().cloned().collect())
}

fn texts(found: &Replay) -> Vec<Vec<u8>> {
    let Some((first, others)) = conflict::both_wrote(found) else {
        return Vec::new();
    };
    std::iter::once(first)
        .chain(others)
        .map(|head| head.bytes.clone())
        .collect()
}

#[test]
fn both_texts_survive() {
    let mut both = 0;
    for seed in 1..=500 {
        let mut dice = Dice(seed * 7919);
        let mut disk = Disk::new();
        let mut now = NOON;
        let mut first = Tab::open(1, &mut disk, true, now);
        first.answer(&mut disk, &mut dice, now);
        for _ in 0..dice.roll(20) {
            now.0 += dice.roll(200) as u64;
            first.key(&mut disk, &mut dice, now);
            if dice.roll(2) == 0 {
                first.answer(&mut disk, &mut dice, now);
            }
        }
        // The second takes the lock by force; the first does not know yet and writes on.
        let mut second = Tab::open(2, &mut disk, false, now);
        let keys = [dice.roll(40), dice.roll(40)];
        for _ in 0..keys[0] + keys[1] {
            now.0 += dice.roll(150) as u64;
            let tab = if dice.roll(2) == 0 {
                &mut first
            } else {
                &mut second
            };
            tab.key(&mut disk, &mut dice, now);
            if dice.roll(2) == 0 {
                tab.answer(&mut disk, &mut dice, now);
            }
        }
        first.settle(&mut disk, &mut dice, now);
        second.settle(&mut disk, &mut dice, now);
        let found = read(&disk);
        assert_eq!(found.left_out, [], "seed {seed}");
        let found = texts(&found);
        assert!(found.contains(&first.text), "seed {seed}: the first tab's");
        assert!(
            found.contains(&second.text),
            "seed {seed}: the second tab's"
        );
        both += usize::from(found.len() == 2);
    }
    assert!(both > 400, "{both} of 500 times both wrote");
}

#[test]
fn one_after_the_other_leaves_one_text_and_no_rest() {
    for seed in 1..=100 {
        let mut dice = Dice(seed * 104_729);
        let mut disk = Disk::new();
        let mut now = NOON;
        let mut before = Vec::new();
        for writer in 1..=4 {
            let mut tab = Tab::open(writer, &mut disk, true, now);
            if writer > 1 {
                assert_eq!(tab.text, before, "seed {seed}");
            }
            for _ in 0..dice.roll(30) {
                now.0 += dice.roll(200) as u64;
                tab.key(&mut disk, &mut dice, now);
                tab.answer(&mut disk, &mut dice, now);
            }
            tab.settle(&mut disk, &mut dice, now);
            before.clone_from(&tab.text);
            assert_eq!(texts(&read(&disk)), [before.clone()]);
            let of_others = disk.keys().filter(|key| match key {
                Key::Snapshot(by, _) | Key::Entry(by, _) | Key::Card(by) => *by != tab.writer,
            });
            assert_eq!(
                of_others.count(),
                0,
                "seed {seed}: what is held was dropped"
            );
        }
    }
}
