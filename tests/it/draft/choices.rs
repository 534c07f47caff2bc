//! A file that also has a draft, a draft in two tabs.

use recap_editor::draft::Card;
use recap_editor::draft::conflict::{self, Opening, Side, is_same_post, opening};
use recap_editor::draft::tabs::{Choice, Event, Order, Tab};
use recap_editor::draft::versions::Reason;

use super::made::NOON;

#[test]
fn a_file_and_its_draft_are_compared() {
    for (file, draft, began, stand) in [
        ("a", "a", Some("a"), Opening::Equal),
        ("a", "a", None, Opening::Equal),
        ("a", "b", Some("a"), Opening::DraftAhead),
        ("b", "a", Some("a"), Opening::FileAhead),
        ("b", "c", Some("a"), Opening::Both),
        ("b", "c", None, Opening::Both),
    ] {
        let found = opening(file.as_bytes(), draft.as_bytes(), began.map(str::as_bytes));
        assert_eq!(found, stand, "{file} {draft} {began:?}");
        assert_eq!(found.question().is_none(), found == Opening::Equal);
        assert_eq!(found.choices().is_empty(), found == Opening::Equal);
    }
}

#[test]
fn whatever_is_chosen_no_text_is_given_up() {
    for stand in [Opening::DraftAhead, Opening::FileAhead, Opening::Both] {
        assert_eq!(stand.choices().len(), 3);
        for choice in stand.choices() {
            let follows = choice.resolution();
            match follows.keep {
                Some((side, _)) => assert_ne!(side, follows.edit),
                None => assert!(follows.is_new_draft && follows.edit == Side::File),
            }
        }
    }
    assert_eq!(Opening::FileAhead.choices()[0], conflict::Choice::File);
    assert_eq!(Opening::Both.choices()[0], conflict::Choice::Draft);
}

#[test]
fn a_post_is_known_by_name_and_folder() {
    let card = |folder: Option<&str>| Card {
        name: "index.md".to_owned(),
        folder: folder.map(str::to_owned),
        ..Card::default()
    };
    assert!(is_same_post(&card(Some("a")), "index.md", Some("a")));
    assert!(!is_same_post(&card(Some("a")), "index.md", Some("b")));
    assert!(is_same_post(&card(Some("a")), "index.md", None));
    assert!(is_same_post(&card(None), "index.md", Some("b")));
    assert!(!is_same_post(&card(None), "other.md", None));
    let deleted = Card {
        deleted: Some(NOON),
        ..card(None)
    };
    assert!(!is_same_post(&deleted, "index.md", None));
}

/// A tab after these events, and what it ordered at the last one.
fn after(events: &[Event]) -> (Tab, Vec<Order>) {
    let (mut tab, mut orders) = Tab::open();
    for event in events {
        orders = tab.on(*event);
    }
    (tab, orders)
}

const TAKE_OVER: Event = Event::Chose(Choice::TakeOver);

#[test]
fn one_tab_writes_and_the_other_reads() {
    let (tab, orders) = after(&[Event::LockGranted]);
    assert!(tab.writes() && tab.choices().is_empty() && tab.sentence().is_none());
    let drop_followed = true;
    assert_eq!(
        orders,
        [Order::ReadStore, Order::StartWriting { drop_followed }]
    );
    let (tab, orders) = after(&[Event::LockHeld]);
    assert_eq!((tab, &orders[..]), (Tab::Reading, &[Order::ReadStore][..]));
    assert_eq!(tab.choices().len(), 3);
    assert!(!tab.writes() && tab.sentence().is_some());
}

#[test]
fn taking_over_asks_first() {
    let (tab, orders) = after(&[Event::LockHeld, TAKE_OVER]);
    assert_eq!(tab, Tab::Asking);
    assert_eq!(orders, [Order::AskOther, Order::SetTimer(1000)]);
    let (tab, orders) = after(&[Event::LockHeld, TAKE_OVER, Event::OtherLeft]);
    assert_eq!((tab, &orders[..]), (Tab::Waiting, &[Order::TakeLock][..]));
}

#[test]
fn a_lock_that_was_taken_by_force_deletes_nothing() {
    let (tab, orders) = after(&[
        Event::LockHeld,
        TAKE_OVER,
        Event::TimerRang,
        Event::LockGranted,
    ]);
    assert!(tab.writes());
    assert_eq!(
        orders,
        [
            Order::KeepStored(Reason::BeforeTakeOver),
            Order::StartWriting {
                drop_followed: false
            }
        ]
    );
}

#[test]
fn the_tab_that_is_asked_writes_out_before_it_lets_go() {
    let (tab, orders) = after(&[Event::LockGranted, Event::Asked]);
    assert!(!tab.writes());
    assert_eq!(orders[0], Order::WriteOut);
    let (_, orders) = after(&[Event::LockGranted, Event::Asked, Event::WrittenOut]);
    assert_eq!(orders, [Order::ReleaseLock]);
    let (_, orders) = after(&[Event::LockGranted, Event::Asked, Event::TimerRang]);
    assert_eq!(
        orders,
        [Order::KeepOurs(Reason::Conflict), Order::ReleaseLock]
    );
}

#[test]
fn the_tab_whose_lock_is_taken_keeps_what_is_not_stored() {
    let taken = |saved| after(&[Event::LockGranted, Event::LockTaken { saved }]).1;
    assert_eq!(taken(true), [Order::StopWriting]);
    assert_eq!(
        taken(false),
        [Order::StopWriting, Order::KeepOurs(Reason::Conflict)]
    );
}

#[test]
fn a_copy_is_a_draft_of_its_own() {
    let (tab, orders) = after(&[Event::LockHeld, Event::Chose(Choice::Copy)]);
    assert_eq!(tab, Tab::Waiting);
    assert_eq!(orders, [Order::CopyDraft, Order::TakeLock]);
}

/// Every event in every state: a tab that does not hold the lock never starts to write, and one that stops has written
/// out or kept its text.
#[test]
fn no_event_lets_a_tab_write_without_the_lock() {
    let events = [
        Event::LockGranted,
        Event::LockHeld,
        Event::LockTaken { saved: false },
        TAKE_OVER,
        Event::Chose(Choice::Read),
        Event::Chose(Choice::Copy),
        Event::Asked,
        Event::WrittenOut,
        Event::OtherLeft,
        Event::TimerRang,
        Event::OtherWrote,
    ];
    let mut seen = 0;
    for tab in [
        Tab::Waiting,
        Tab::Writing,
        Tab::Reading,
        Tab::Asking,
        Tab::Stealing,
        Tab::LettingGo,
    ] {
        for event in events {
            let mut next = tab;
            let orders = next.on(event);
            seen += 1;
            if !tab.writes() {
                assert!(
                    !next.writes() || event == Event::LockGranted,
                    "{tab:?} {event:?}"
                );
            }
            if tab.writes() && !next.writes() {
                let keeps = [Order::WriteOut, Order::KeepOurs(Reason::Conflict)];
                assert!(
                    orders.iter().any(|order| keeps.contains(order)),
                    "{tab:?} {event:?}"
                );
            }
        }
    }
    assert_eq!(seen, 66);
}
