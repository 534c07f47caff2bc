//! The lives of a draft: typing, a store in changing moods, the power going at any moment, and all again with what was
//! left. Time is a number; everything is drawn from a seed.

use std::collections::VecDeque;

use recap_editor::draft::record::Record;
use recap_editor::draft::replay::{Replay, replay};
use recap_editor::draft::{
    Card, CardNote, DraftId, Follow, Journal, Order, Revision, Seq, Snapshot, Start, Status,
    Timestamp, WriterId, tail,
};
use recap_editor::text::{FileEdit, Span};

use super::made::NOON;
use super::store::{Key, Mood, Store};
use crate::support::Dice;

const DRAFT: DraftId = DraftId(0xd1);

/// What may happen in a schedule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// What the store does beside working.
    pub(super) moods: &'static [Mood],
    /// How many keys are typed at most in one life.
    pub(super) keys: usize,
    /// How long typing pauses at most, in ms.
    pub(super) pause: usize,
    /// How many bytes are pasted now and then.
    pub(super) paste: usize,
    /// Whether the calendar is set forward and back.
    pub(super) calendar: bool,
    /// How old an edit may grow that is not on the disk while the store works, in ms.
    pub(super) oldest: u64,
}

pub(super) const USUAL: Rules = Rules {
    moods: &[Mood::Fails, Mood::Silent],
    keys: 60,
    pause: 400,
    paste: 40,
    calendar: false,
    oldest: 300,
};

/// What happened, so that a test knows it has seen something.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) keys: u64,
    pub(super) saved: u64,
    pub(super) not_saved: u64,
    pub(super) compacted: u64,
    pub(super) lost_keys: u64,
    pub(super) tails_used: u64,
    pub(super) tail_texts: u64,
    pub(super) oldest: u64,
    pub(super) longest_back: u64,
}

/// A draft in a tab.
struct Life<'a> {
    rules: Rules,
    dice: &'a mut Dice,
    store: &'a mut Store,
    tally: &'a mut Tally,
    writer: WriterId,
    journal: Journal,
    /// The text after each edit.
    texts: Vec<Vec<u8>>,
    /// When each edit was made that is not on the disk.
    unwritten: VecDeque<(Seq, u64)>,
    follows: Vec<Follow>,
    now: u64,
    ahead: i64,
    timer: Option<u64>,
    mood: Mood,
    mood_since: u64,
    tail: Option<Vec<u8>>,
    /// The newest edit that was said to be saved.
    said: Option<Seq>,
    checked: Option<Seq>,
}

pub(super) type Outcome = Result<(), String>;

impl Life<'_> {
    fn text(&self) -> &Vec<u8> {
        self.texts.last().unwrap()
    }

    fn calendar(&self) -> Timestamp {
        Timestamp(
            NOON.0
                .saturating_add(self.now)
                .saturating_add_signed(self.ahead),
        )
    }

    fn snapshot(&self) -> Snapshot {
        Snapshot {
            stamp: self.journal.stamp(),
            card: self.card(),
            follows: self.follows.clone(),
            bytes: self.text().clone(),
        }
    }

    fn card(&self) -> Card {
        Card {
            noted: self.calendar(),
            changed: self.calendar(),
            ..Card::default()
        }
    }

    fn perform(&mut self, orders: Vec<Order>) {
        for order in orders {
            match order {
                Order::WriteEntries { id, entries, card } => {
                    let mut puts: Vec<_> = entries
                        .into_iter()
                        .map(|entry| {
                            let key = Key::Entry(self.writer, entry.stamp.seq);
                            (key, Record::Entry(entry))
                        })
                        .collect();
                    if card {
                        let note = CardNote {
                            stamp: self.journal.stamp(),
                            card: self.card(),
                        };
                        puts.push((Key::Card(self.writer), Record::Card(note)));
                    }
                    self.store.take(id, puts, self.now, self.mood, self.dice);
                }
                Order::WriteSnapshot { id, stamp } => {
                    assert_eq!(stamp, self.journal.stamp());
                    let put = (
                        Key::Snapshot(self.writer, stamp.seq),
                        Record::Snapshot(self.snapshot()),
                    );
                    self.store
                        .take(id, vec![put], self.now, self.mood, self.dice);
                }
                Order::WriteTail { bytes, left_out } => {
                    assert_eq!(left_out, 0);
                    self.tail = Some(bytes);
                    self.tally.tails_used += 1;
                }
                Order::WriteTailSnapshot { stamp, otherwise } => {
                    assert_eq!(stamp, self.journal.stamp());
                    self.tail = Some(tail::of_snapshot(self.snapshot()).unwrap_or(otherwise));
                    self.tally.tail_texts += 1;
                }
                Order::DropTail { writer } if writer == self.writer => self.tail = None,
                Order::DropEntriesBefore { seq } => {
                    self.tally.compacted += 1;
                    let writer = self.writer;
                    // A removal that fails leaves what nobody needs.
                    if self.dice.roll(4) > 0 {
                        self.store.remove(|key| match key {
                            Key::Entry(by, at) => by == writer && at <= seq,
                            Key::Snapshot(by, at) => by == writer && at < seq,
                            Key::Card(_) => false,
                        });
                    }
                }
                Order::DropWriter { writer, seq } => {
                    if self.dice.roll(4) > 0 {
                        self.store.remove(|key| match key {
                            Key::Entry(by, at) | Key::Snapshot(by, at) => by == writer && at <= seq,
                            Key::Card(by) => by == writer,
                        });
                    }
                }
                Order::SetTimer(ms) => self.timer = Some(self.now + ms),
                Order::OpenStore | Order::DropTail { .. } => {}
            }
        }
    }

    fn type_key(&mut self) {
        let mut text = self.text().clone();
        let boundary = |at: usize| {
            (0..=at)
                .rev()
                .find(|at| text.get(*at).is_none_or(|b| b & 0xc0 != 0x80))
        };
        let at = boundary(self.dice.roll(text.len() + 1)).unwrap_or(0);
        let insert = match self.dice.roll(40) {
            0 => "x".repeat(self.rules.paste),
            1..6 => String::new(),
            other => ["a", "ß", "\n", "\r\n", "🐧", " "][other % 6].to_owned(),
        };
        let end = if insert.is_empty() {
            boundary((at + self.dice.roll(6)).min(text.len()))
                .unwrap_or(at)
                .max(at)
        } else {
            at
        };
        let edit = FileEdit::new(Span::from_range(at..end), insert);
        edit.apply(&mut text).unwrap();
        self.texts.push(text);
        let after = Revision(self.journal.stamp().revision.0 + 1 + self.dice.roll(2) as u64);
        let orders = self.journal.edited(edit, after, self.calendar());
        self.unwritten
            .push_back((self.journal.stamp().seq, self.now));
        self.tally.keys += 1;
        self.perform(orders);
    }

    fn answers(&mut self) {
        for (id, result) in self.store.run(self.now) {
            let orders = self.journal.written(id, result, self.calendar());
            self.perform(orders);
        }
        let (store, writer) = (&*self.store, self.writer);
        let (now, since, tally) = (self.now, self.mood_since, &mut *self.tally);
        let works = self.mood == Mood::Works;
        self.unwritten.retain(|(seq, at)| {
            let has = store.has(writer, *seq);
            if has && works {
                if *at >= since + 2000 {
                    tally.oldest = tally.oldest.max(now - at);
                } else if *at <= since {
                    tally.longest_back = tally.longest_back.max(now - since);
                }
            }
            !has
        });
    }

    /// What has to hold at every moment.
    fn check(&mut self) -> Outcome {
        let seq = self.journal.stamp().seq;
        let status = self.journal.status();
        match status {
            Status::Saved { .. } => {
                if self.checked != Some(seq) {
                    self.checked = Some(seq);
                    self.tally.saved += 1;
                    let found = replay(DRAFT, self.store.records(self.dice));
                    let text = found.heads.first().map(|head| &head.bytes);
                    if text != Some(self.text()) {
                        return Err(format!("saved was said of {seq:?} and is not true"));
                    }
                }
                self.said = Some(seq);
            }
            Status::NotSaved { .. } | Status::OnlyInThisTab { .. } => self.tally.not_saved += 1,
            Status::Saving => {}
        }
        let Some((oldest, at)) = self.unwritten.front().copied() else {
            return Ok(());
        };
        if self.mood == Mood::Works {
            let limit = (at + self.rules.oldest).max(self.mood_since + 2000);
            if self.now > limit {
                let age = self.now - at;
                return Err(format!("{oldest:?} is not written after {age} ms"));
            }
            // A calendar set forward looks like an answer that is late; only for a moment.
            let is_told = !matches!(status, Status::Saving) && !self.rules.calendar;
            if self.now >= self.mood_since + 2000 && is_told {
                return Err(format!("{status:?} while the store works"));
            }
        }
        let told = !matches!(status, Status::Saving);
        let can_be_told = !self.rules.moods.contains(&Mood::Silent);
        if can_be_told
            && self.mood == Mood::Fails
            && self.now > self.mood_since.max(at) + 1000
            && !told
        {
            return Err("a failure was not told within 1 s".to_owned());
        }
        Ok(())
    }

    /// Lives until `end`, typing or not.
    fn live(&mut self, end: u64) -> Outcome {
        let mut keys = self.dice.roll(self.rules.keys + 1);
        let mut next_key = self.now + self.dice.roll(300) as u64;
        let mut next_mood = self.now + self.dice.roll(4000) as u64;
        let pause = self.dice.roll(self.rules.pause) + 1;
        while self.now < end {
            let mut next = end.min(next_mood);
            if keys > 0 {
                next = next.min(next_key);
            }
            let timers = self.timer.into_iter().chain(self.store.next());
            self.now = timers.fold(next, u64::min).max(self.now);
            if self.rules.calendar && self.dice.roll(30) == 0 {
                self.ahead = self.dice.roll(7_200_000) as i64 - 3_600_000;
            }
            self.answers();
            if self.timer.is_some_and(|at| at <= self.now) {
                self.timer = None;
                let orders = self.journal.tick(self.calendar());
                self.perform(orders);
            }
            if keys > 0 && next_key <= self.now {
                keys -= 1;
                self.type_key();
                next_key = self.now + self.dice.roll(pause) as u64;
                if self.dice.roll(20) == 0 {
                    next_key += self.dice.roll(4 * self.rules.pause) as u64;
                    let orders = self.journal.card_changed(self.calendar());
                    self.perform(orders);
                }
            }
            if next_mood <= self.now {
                let other = self.rules.moods[self.dice.roll(self.rules.moods.len())];
                let mood = if self.mood == Mood::Works {
                    other
                } else {
                    Mood::Works
                };
                (self.mood, self.mood_since) = (mood, self.now);
                next_mood = self.now + 1 + self.dice.roll(5000) as u64;
            }
            self.check()?;
        }
        Ok(())
    }

    /// The power goes; what is found then.
    fn crash(mut self, is_hidden: bool) -> Result<Replay, String> {
        let whole = self.journal.stamp().seq;
        if is_hidden {
            let orders = self.journal.hidden(self.calendar());
            self.perform(orders);
            // The page may live on for a while, with more keys: only what came before counts then.
            if self.dice.roll(3) == 0 {
                let end = self.now + self.dice.roll(400) as u64;
                self.live(end)?;
            }
        }
        self.store.crash(self.dice);
        let mut records = self.store.records(self.dice);
        if let Some(bytes) = &self.tail {
            let text = tail::to_text(bytes);
            let read = tail::decode(&tail::from_text(&text).unwrap());
            if let Some(trouble) = read.trouble {
                return Err(format!("the tail: {trouble:?}"));
            }
            records.extend(read.records);
        }
        let found = replay(DRAFT, records);
        let Some(head) = found.heads.first() else {
            let nothing_due = self.said.is_none() && !is_hidden;
            return if nothing_due {
                Ok(found)
            } else {
                Err("nothing was found".to_owned())
            };
        };
        if found.heads.len() > 1 {
            return Err(format!("{} texts of one tab", found.heads.len()));
        }
        if head.stamp.writer != self.writer {
            // This life never came to the disk: the one before counts, and nothing was promised.
            let nothing_due = self.said.is_none() && !is_hidden;
            return if nothing_due {
                Ok(found)
            } else {
                Err("an older text was found".to_owned())
            };
        }
        let at = usize::try_from(head.stamp.seq.0).unwrap();
        if self.texts.get(at) != Some(&head.bytes) {
            return Err(format!("{:?} is not what was typed", head.stamp));
        }
        if Some(head.stamp.seq) < self.said {
            return Err(format!(
                "{:?} was saved, {:?} found",
                self.said, head.stamp.seq
            ));
        }
        if is_hidden && head.stamp.seq < whole {
            return Err(format!(
                "{whole:?} was there when the page was left, {:?} found",
                head.stamp.seq
            ));
        }
        self.tally.lost_keys += (self.texts.len() - 1 - at) as u64;
        Ok(found)
    }
}

/// Three lives of one draft, each with what was left of the one before.
pub(super) fn lives(seed: u64, rules: Rules, tally: &mut Tally) -> Outcome {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut store = Store::default();
    let mut text = b"---\ntitle: x\n---\n".to_vec();
    let mut follows = Vec::new();
    for writer in 1..=3 {
        let start = Start {
            draft: DRAFT,
            writer: WriterId(writer),
            revision: Revision(dice.roll(9) as u64),
            follows: follows.clone(),
            drop_followed: dice.roll(2) == 0,
        };
        // A day lies between: the clock of the next life starts anew.
        let ahead = i64::try_from(writer).unwrap() * 86_400_000;
        let (journal, orders) = Journal::new(start, Timestamp(NOON.0.saturating_add_signed(ahead)));
        let mut life = Life {
            rules,
            writer: WriterId(writer),
            journal,
            texts: vec![text.clone()],
            unwritten: VecDeque::new(),
            follows: follows.clone(),
            now: 0,
            ahead,
            timer: None,
            mood: Mood::Works,
            mood_since: 0,
            tail: None,
            said: None,
            checked: None,
            dice: &mut dice,
            store: &mut store,
            tally,
        };
        if rules.moods == [Mood::Lies] || life.dice.roll(4) == 0 {
            life.mood = rules.moods[life.dice.roll(rules.moods.len())];
        }
        life.perform(orders);
        let end = life.dice.roll(9000) as u64;
        life.live(end)?;
        let is_hidden = life.dice.roll(3) == 0;
        let found = life.crash(is_hidden)?;
        // What only the tail held is in the next life's text, and in its first snapshot.
        if let Some(head) = found.heads.first() {
            text.clone_from(&head.bytes);
            follows = found.follows;
        }
    }
    Ok(())
}
