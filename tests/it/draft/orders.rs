//! The journal's orders, moment by moment.

use recap_editor::draft::{
    Failure, Follow, Journal, Order, Revision, Seq, Start, Status, WriteId, WriterId,
};
use recap_editor::text::{BytePos, FileEdit, Span};

use super::made::{DRAFT, later};

/// A journal, and the moment.
struct Tab {
    journal: Journal,
    orders: Vec<Order>,
    now: u64,
}

impl Tab {
    fn new() -> Self {
        let start = Start {
            draft: DRAFT,
            writer: WriterId(2),
            revision: Revision(5),
            follows: vec![Follow {
                writer: WriterId(1),
                seq: Seq(3),
            }],
            drop_followed: true,
        };
        let (journal, orders) = Journal::new(start, later(0));
        Self {
            journal,
            orders,
            now: 0,
        }
    }

    /// One whose first text is in the store.
    fn stored() -> Self {
        let mut tab = Self::new();
        tab.written(1, Ok(()));
        tab
    }

    fn at(&mut self, now: u64) -> &mut Self {
        self.now = now;
        self
    }

    fn key(&mut self) -> &mut Self {
        self.paste("x")
    }

    fn paste(&mut self, text: &str) -> &mut Self {
        let edit = FileEdit::new(Span::at(BytePos::new(0)), text);
        let after = Revision(self.journal.stamp().revision.0 + 1);
        self.orders = self.journal.edited(edit, after, later(self.now));
        self
    }

    fn tick(&mut self) -> &mut Self {
        self.orders = self.journal.tick(later(self.now));
        self
    }

    fn written(&mut self, id: u64, result: Result<(), Failure>) -> &mut Self {
        self.orders = self.journal.written(WriteId(id), result, later(self.now));
        self
    }

    /// The orders, in short.
    fn said(&self) -> Vec<String> {
        self.orders
            .iter()
            .map(|order| match order {
                Order::WriteEntries { id, entries, card } => {
                    let seqs: Vec<u64> = entries.iter().map(|entry| entry.stamp.seq.0).collect();
                    format!(
                        "entries {} {seqs:?}{}",
                        id.0,
                        if *card { " card" } else { "" }
                    )
                }
                Order::WriteSnapshot { id, stamp } => format!("text {} at {}", id.0, stamp.seq.0),
                Order::WriteTail { .. } => "tail".to_owned(),
                Order::WriteTailSnapshot { stamp, .. } => {
                    format!("tail with text at {}", stamp.seq.0)
                }
                Order::DropTail { writer } => format!("drop tail of {}", writer.0),
                Order::DropEntriesBefore { seq } => format!("drop up to {}", seq.0),
                Order::DropWriter { writer, seq } => format!("drop {} up to {}", writer.0, seq.0),
                Order::SetTimer(ms) => format!("timer {ms}"),
                Order::OpenStore => "open".to_owned(),
            })
            .collect()
    }

    fn status(&self) -> Status {
        self.journal.status()
    }
}

#[test]
fn the_text_is_written_first() {
    let mut tab = Tab::new();
    assert_eq!(tab.said(), ["text 1 at 0", "timer 800"]);
    assert_eq!(tab.status(), Status::Saving);
    tab.at(30).written(1, Ok(()));
    assert_eq!(tab.said(), ["drop 1 up to 3", "drop tail of 1"]);
    assert_eq!(tab.status(), Status::Saved { at: later(30) });
}

#[test]
fn a_pause_writes() {
    let mut tab = Tab::stored();
    assert_eq!(tab.at(1000).key().said(), ["timer 100"]);
    assert_eq!(tab.status(), Status::Saving);
    assert_eq!(tab.at(1050).key().said(), [""; 0]);
    assert_eq!(tab.at(1100).tick().said(), ["timer 50"]);
    assert_eq!(
        tab.at(1150).tick().said(),
        ["entries 2 [1, 2]", "timer 800"]
    );
    assert_eq!(tab.status(), Status::Saving);
    tab.at(1160).written(2, Ok(()));
    assert_eq!(tab.status(), Status::Saved { at: later(1160) });
}

#[test]
fn without_a_pause_nothing_waits_longer_than_250_ms() {
    let mut tab = Tab::stored();
    for now in (1000..1250).step_by(50) {
        tab.at(now).key();
        assert!(
            !tab.said().iter().any(|order| order.starts_with("entries")),
            "{now}"
        );
    }
    assert_eq!(tab.at(1250).key().said()[0], "entries 2 [1, 2, 3, 4, 5, 6]");
}

#[test]
fn an_answer_counts_for_what_was_written_only() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    tab.at(1110).key();
    tab.at(1120).written(2, Ok(()));
    assert_eq!(
        tab.status(),
        Status::Saving,
        "the second key is not written"
    );
    tab.at(1210).tick();
    assert_eq!(tab.said()[0], "entries 3 [2]");
    // An answer nobody waits for.
    tab.written(9, Ok(())).written(2, Ok(()));
    assert_eq!(tab.status(), Status::Saving);
    tab.written(3, Ok(()));
    assert_eq!(tab.status(), Status::Saved { at: later(1210) });
}

#[test]
fn what_lies_between_is_not_taken_for_stored() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    tab.at(1110).key().at(1210).tick();
    assert_eq!(tab.said()[0], "entries 3 [2]");
    // The first fails and goes out again with the third, while the second is still under way.
    tab.at(1220).written(2, Err(Failure::Aborted));
    tab.at(1230).key().at(1330).tick();
    assert_eq!(tab.said()[0], "entries 4 [1, 3]");
    tab.at(1340).written(4, Ok(()));
    assert_eq!(tab.status(), Status::Saving);
    tab.written(3, Err(Failure::Quota));
    assert_eq!(
        tab.status(),
        Status::NotSaved {
            reason: Failure::Quota
        }
    );
}

#[test]
fn failures_are_tried_again_with_growing_pauses() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    let mut now = 1100;
    for (id, pause) in (2..).zip([100, 200, 400, 800, 800]) {
        tab.at(now).written(id, Err(Failure::Quota));
        assert_eq!(
            tab.status(),
            Status::NotSaved {
                reason: Failure::Quota
            }
        );
        assert!(tab.journal.warns_on_leaving(100));
        now += pause;
        tab.at(now - 1).tick();
        assert_eq!(tab.said(), ["timer 1"], "{pause}");
        tab.at(now).tick();
        assert_eq!(tab.said()[0], format!("entries {} [1]", id + 1));
    }
    tab.written(7, Ok(()));
    assert!(matches!(tab.status(), Status::Saved { .. }));
    assert!(!tab.journal.warns_on_leaving(100));
}

#[test]
fn the_writer_can_have_it_tried_at_once() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    tab.written(2, Err(Failure::Quota));
    tab.orders = tab.journal.retried(later(1101));
    assert_eq!(tab.said()[0], "entries 3 [1]");
}

#[test]
fn a_closed_store_is_opened_again() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    tab.written(2, Err(Failure::Closed));
    tab.at(1200).tick();
    assert_eq!(tab.said()[..2], ["open", "entries 3 [1]"]);
}

#[test]
fn a_refused_storage_is_said_to_be_so() {
    let mut tab = Tab::new();
    tab.written(1, Err(Failure::Unavailable));
    assert_eq!(
        tab.status(),
        Status::OnlyInThisTab {
            reason: Failure::Unavailable
        }
    );
}

#[test]
fn no_answer_is_a_failure_until_it_comes() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    tab.at(1900).tick();
    assert_eq!(
        tab.status(),
        Status::NotSaved {
            reason: Failure::NoAnswer
        }
    );
    tab.at(1950).written(2, Ok(()));
    assert_eq!(tab.status(), Status::Saved { at: later(1950) });
}

#[test]
fn a_failure_of_what_is_stored_by_now_is_none() {
    let mut tab = Tab::stored();
    tab.at(1000).key().at(1100).tick();
    // No answer, so it goes out again; then the first answer comes after all, and the second write fails.
    tab.at(1900).tick().at(2000).tick();
    assert_eq!(tab.said()[0], "entries 3 [1]");
    tab.at(2010).written(2, Ok(()));
    tab.at(2020).written(3, Err(Failure::Quota));
    assert!(matches!(tab.status(), Status::Saved { .. }));
    tab.at(5000).key();
    assert_eq!(tab.status(), Status::Saving);
}

#[test]
fn leaving_writes_all_at_once_and_the_tail_before() {
    let mut tab = Tab::stored();
    tab.at(1000).key();
    tab.orders = tab.journal.hidden(later(1001));
    assert_eq!(tab.said()[..2], ["tail", "entries 2 [1]"]);
    // Under way is not stored: the tail has it again.
    tab.orders = tab.journal.hidden(later(1002));
    assert_eq!(tab.said(), ["tail"]);
    tab.written(2, Ok(()));
    assert_eq!(tab.said(), ["drop tail of 2"]);
    tab.orders = tab.journal.hidden(later(1003));
    assert_eq!(tab.said(), [""; 0]);
}

#[test]
fn leaving_before_the_text_is_stored_takes_it_along() {
    let mut tab = Tab::new();
    tab.at(10).key();
    tab.orders = tab.journal.hidden(later(11));
    assert_eq!(tab.said()[..2], ["tail with text at 1", "entries 2 [1]"]);
}

#[test]
fn leaving_is_warned_of_where_nothing_could_hold_the_text() {
    use recap_editor::draft::tail::BOUND;
    let mut tab = Tab::new();
    assert!(tab.journal.warns_on_leaving(BOUND + 1));
    assert!(!tab.journal.warns_on_leaving(BOUND), "the tail holds it");
    tab.written(1, Ok(())).at(1000).key();
    assert!(
        !tab.journal.warns_on_leaving(BOUND + 1),
        "the tail holds the edit"
    );
}

#[test]
fn many_edits_become_a_text() {
    let mut tab = Tab::stored();
    let mut texts = Vec::new();
    for key in 0..1100 {
        tab.at(1000 + key * 10).key();
        let said = tab.said();
        texts.extend(
            said.iter()
                .filter(|order| order.starts_with("text"))
                .cloned(),
        );
        let ids: Vec<u64> = said
            .iter()
            .filter_map(|order| {
                order
                    .split(' ')
                    .nth(1)
                    .filter(|_| !order.starts_with("timer"))
            })
            .map(|id| id.parse().unwrap())
            .collect();
        for id in ids {
            tab.written(id, Ok(()));
            if let Some(drop) = tab.said().iter().find(|order| order.starts_with("drop up")) {
                texts.push(drop.clone());
            }
        }
    }
    let at: Vec<&str> = texts
        .iter()
        .map(|text| text.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(at, ["501", "501", "1002", "1002"], "{texts:?}");
}

#[test]
fn a_large_paste_is_written_as_the_text() {
    let mut tab = Tab::stored();
    tab.at(1000).paste(&"x".repeat(256 * 1024 + 1));
    assert_eq!(tab.said(), ["text 2 at 1", "timer 800"]);
    assert_eq!(tab.status(), Status::Saving);
    tab.at(1100).written(2, Ok(()));
    assert_eq!(tab.status(), Status::Saved { at: later(1100) });
}

#[test]
fn a_text_that_cannot_be_written_does_not_make_stored_edits_unsaved() {
    let mut tab = Tab::stored();
    for key in 0..501 {
        tab.at(1000 + key).key();
        let ids: Vec<u64> = tab
            .orders
            .iter()
            .filter_map(|order| match order {
                Order::WriteEntries { id, .. } => Some(id.0),
                _ => None,
            })
            .collect();
        for id in ids {
            tab.written(id, Ok(()));
        }
    }
    let text = tab.orders.iter().find_map(|order| match order {
        Order::WriteSnapshot { id, .. } => Some(id.0),
        _ => None,
    });
    tab.at(2000).tick();
    let rest = tab.orders.iter().find_map(|order| match order {
        Order::WriteEntries { id, .. } => Some(id.0),
        _ => None,
    });
    tab.written(rest.unwrap(), Ok(()));
    tab.written(text.unwrap(), Err(Failure::Quota));
    assert!(matches!(tab.status(), Status::Saved { .. }));
    tab.at(2100).tick();
    assert!(
        tab.said()[0].starts_with("text"),
        "tried again: {:?}",
        tab.said()
    );
}

#[test]
fn the_card_goes_along() {
    let mut tab = Tab::stored();
    tab.orders = tab.journal.card_changed(later(1000));
    assert_eq!(tab.said(), ["timer 250"]);
    assert!(
        matches!(tab.status(), Status::Saved { .. }),
        "no text is unsaved"
    );
    tab.at(1250).tick();
    assert_eq!(tab.said(), ["entries 2 [] card", "timer 800"]);
    tab.written(2, Err(Failure::Aborted));
    assert!(matches!(tab.status(), Status::Saved { .. }));
    tab.at(1500).tick();
    assert_eq!(tab.said()[0], "entries 3 [] card");
}

#[test]
fn a_storage_that_hangs_is_not_given_ever_more() {
    let mut tab = Tab::stored();
    let (mut writes, mut entries_given) = (0, 0);
    for step in 0..1000 {
        tab.at(1000 + step * 10).key();
        for order in &tab.orders {
            match order {
                Order::WriteEntries { entries, .. } => {
                    writes += 1;
                    entries_given += entries.len();
                }
                Order::WriteSnapshot { .. } => writes += 1,
                _ => {}
            }
        }
    }
    // Ten seconds and a thousand keys.
    assert!((5..40).contains(&writes), "{writes}");
    assert!(entries_given < 5000, "{entries_given}");
    assert_eq!(
        tab.status(),
        Status::NotSaved {
            reason: Failure::NoAnswer
        }
    );
}
