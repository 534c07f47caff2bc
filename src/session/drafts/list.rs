//! The list of drafts in this browser, and what becomes of a deleted one.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::draft::keys::{self, Table};
use crate::draft::record::{self, Decoded, Record};
use crate::draft::{
    Card, CardNote, DraftId, Failure, Stamp, Timestamp, ago, reminder, tail, versions,
};
use crate::text::said;
use crate::text::sort;

use super::super::Session;
use super::super::editing::drafts::{beginning, text_size};
use super::super::effect::Effect;
use super::super::storage::{Found, Put, StoreOrder, Ticket};
use super::super::view::{DraftView, DraftsView};
use super::stored::decoded;

/// A draft as the list knows it.
enum Listed {
    Card(Stamp, Box<Card>),
    /// What is wrong with it.
    Unreadable(String),
}

impl Session {
    pub(super) fn drafts_listed(&mut self, found: &Found, failure: Option<Failure>) -> Vec<Effect> {
        let now = self.drafts.now;
        let mut known: BTreeMap<DraftId, Listed> = BTreeMap::new();
        for stored in &found.cards {
            let Some(draft) = keys::draft_of(&stored.key) else {
                continue;
            };
            let listed = match decoded(stored) {
                Decoded::Record(record) => match *record {
                    Record::Card(CardNote { stamp, card }) => Listed::Card(stamp, Box::new(card)),
                    _ => continue,
                },
                other => Listed::Unreadable(other.sentence().unwrap_or_default()),
            };
            take_newer(&mut known, draft, listed);
        }
        for (key, text) in &found.tails {
            let Some((draft, _)) = keys::of_tail(key) else {
                continue;
            };
            let read = tail::from_text(text).map(|bytes| tail::decode(&bytes));
            let snapshots = read.into_iter().flat_map(|tail| tail.records);
            for record in snapshots {
                if let Record::Snapshot(snapshot) = record {
                    let listed = Listed::Card(snapshot.stamp, Box::new(snapshot.card));
                    take_newer(&mut known, draft, listed);
                }
            }
        }
        // A draft whose card is gone is still one.
        let others = found.records.iter().filter_map(|key| keys::draft_of(key));
        let others: BTreeSet<DraftId> = others.filter(|draft| !known.contains_key(draft)).collect();
        for draft in others {
            let why =
                "What the list shows of this draft is missing. Its text may be there all the same.";
            known.insert(draft, Listed::Unreadable(why.to_owned()));
        }

        let mut effects = Vec::new();
        let mut view = DraftsView {
            told: true,
            may_be_cleared: self.drafts.may_be_cleared,
            failure: failure.map(|failure| capital_sentence(failure.words())),
            ..DraftsView::default()
        };
        let mut rows = Vec::new();
        self.drafts.cards.clear();
        for (draft, listed) in known {
            match listed {
                Listed::Card(stamp, card) => {
                    if card
                        .deleted
                        .is_some_and(|deleted| versions::expired(deleted, now))
                    {
                        effects.extend(gone_for_good(draft, found));
                        continue;
                    }
                    let row = DraftView {
                        id: draft,
                        title: card.title.clone(),
                        facts: facts(&card, now, self.drafts.offset),
                        begins: beginning(&card),
                        trouble: None,
                    };
                    rows.push((card.changed, card.deleted.is_some(), row));
                    self.drafts.cards.insert(draft, (stamp, *card));
                }
                Listed::Unreadable(why) => {
                    let row = DraftView {
                        id: draft,
                        title: format!("Draft {draft}"),
                        facts: String::new(),
                        begins: String::new(),
                        trouble: Some(why),
                    };
                    rows.push((Timestamp(0), false, row));
                }
            }
        }
        sort::sort_by_key(&mut rows, |(changed, _, row)| {
            std::cmp::Reverse((*changed, row.id))
        });
        for (_, deleted, row) in rows {
            if deleted {
                view.deleted.push(row);
            } else {
                view.list.push(row);
            }
        }
        self.drafts.view = Rc::new(view);
        effects
    }

    pub(super) fn mark_deleted(
        &mut self,
        draft: DraftId,
        deleted: Option<Timestamp>,
    ) -> Vec<Effect> {
        let Some((stamp, card)) = self.drafts.cards.get(&draft) else {
            return Vec::new();
        };
        let stamp = *stamp;
        let card = Card {
            deleted,
            noted: self.drafts.now.max(Timestamp(card.noted.0 + 1)),
            ..card.clone()
        };
        vec![Effect::Store(StoreOrder::Write {
            ticket: Ticket::List,
            puts: vec![Put {
                table: Table::Cards,
                key: keys::card(draft, stamp.writer),
                bytes: record::encode(&Record::Card(CardNote { stamp, card })).into(),
            }],
            drops: Vec::new(),
        })]
    }
}

fn take_newer(known: &mut BTreeMap<DraftId, Listed>, draft: DraftId, listed: Listed) {
    let is_newer = match (known.get(&draft), &listed) {
        (None, _) => true,
        (Some(Listed::Unreadable(_)), listed) => matches!(listed, Listed::Card(..)),
        (Some(Listed::Card(_, old)), Listed::Card(_, new)) => new.noted >= old.noted,
        (Some(Listed::Card(..)), Listed::Unreadable(_)) => false,
    };
    if is_newer {
        known.insert(draft, listed);
    }
}

/// A deleted draft whose time is over.
fn gone_for_good(draft: DraftId, found: &Found) -> Vec<Effect> {
    let drops = Table::ALL.map(|table| (table, keys::of_draft(draft)));
    let mut effects = vec![Effect::Store(StoreOrder::Write {
        ticket: Ticket::Tidying,
        puts: Vec::new(),
        drops: drops.to_vec(),
    })];
    let tails = found
        .tails
        .iter()
        .filter(|(key, _)| keys::of_tail(key).is_some_and(|(known, _)| known == draft));
    effects.extend(tails.map(|(key, _)| Effect::Store(StoreOrder::DropTail { key: key.clone() })));
    effects
}

/// When, how long, how large, and whether it is anywhere else.
fn facts(card: &Card, now: Timestamp, offset: i32) -> String {
    let words = match card.words {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    let size = card
        .files
        .iter()
        .fold(text_size(card), |sum, file| sum.saturating_add(file.size));
    let archive = reminder(card.exported, card.changed, now, offset)
        .unwrap_or_else(|| "downloaded".to_owned());
    let when = ago(now.since(card.changed));
    format!("{when} · {words} · {} · {archive}", said::size(size))
}

fn capital_sentence(words: &str) -> String {
    format!("Drafts cannot be stored or read here: {words}.")
}
