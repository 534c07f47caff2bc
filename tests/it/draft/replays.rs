//! The text from what was found: any order, doubled, with gaps, of two writers.

use recap_editor::draft::record::Record;
use recap_editor::draft::replay::{Replay, Why, replay};
use recap_editor::draft::{CardNote, DraftId, Revision, Seq, Timestamp, WriterId, conflict};

use super::made::{DRAFT, entry, later, snapshot, stamp};

fn of(records: &[Record]) -> Replay {
    let forwards = replay(DRAFT, records.to_vec());
    let backwards = replay(DRAFT, records.iter().rev().cloned().collect());
    assert_eq!(forwards.heads, backwards.heads, "the order must not matter");
    forwards
}

fn texts(replay: &Replay) -> Vec<&str> {
    replay
        .heads
        .iter()
        .map(|head| std::str::from_utf8(&head.bytes).unwrap())
        .collect()
}

fn left_out(replay: &Replay) -> Vec<(u64, usize, Why)> {
    replay
        .left_out
        .iter()
        .map(|left| (left.first.0, left.count, left.why))
        .collect()
}

fn text(writer: u64, seq: u64, text: &str) -> Record {
    Record::Snapshot(snapshot(writer, seq, text))
}

fn edit(writer: u64, seq: u64, at: usize, insert: &str) -> Record {
    Record::Entry(entry(writer, seq, at, insert))
}

#[test]
fn edits_follow_their_text() {
    let found = of(&[
        edit(1, 2, 2, "c"),
        text(1, 0, "a"),
        edit(1, 1, 1, "b"),
        edit(1, 1, 1, "b"),
    ]);
    assert_eq!(texts(&found), ["abc"]);
    assert_eq!(left_out(&found), []);
    assert_eq!(found.heads[0].stamp, stamp(1, 2));
    assert_eq!(found.heads[0].card.changed, later(1002));
    assert_eq!(found.follows, [stamp(1, 2).follow()]);
}

#[test]
fn a_gap_ends_the_text_and_is_told() {
    let found = of(&[
        text(1, 0, "a"),
        edit(1, 1, 1, "b"),
        edit(1, 3, 1, "d"),
        edit(1, 4, 1, "e"),
    ]);
    assert_eq!(texts(&found), ["ab"]);
    assert_eq!(left_out(&found), [(3, 2, Why::Gap)]);
    assert_eq!(
        found.left_out[0].sentence(),
        "2 changes could not be restored: a change before is missing. The raw records are kept."
    );
}

#[test]
fn a_later_text_makes_earlier_edits_needless() {
    let found = of(&[
        text(1, 0, "a"),
        text(1, 2, "abc"),
        edit(1, 1, 1, "b"),
        edit(1, 3, 3, "d"),
    ]);
    assert_eq!(texts(&found), ["abcd"]);
    assert_eq!(left_out(&found), []);
}

#[test]
fn an_edit_that_does_not_fit_ends_the_text() {
    let outside = of(&[text(1, 0, "a"), edit(1, 1, 2, "b"), edit(1, 2, 0, "c")]);
    assert_eq!(texts(&outside), ["a"]);
    assert_eq!(left_out(&outside), [(1, 2, Why::Misfit)]);

    let mut of_another_text = entry(1, 1, 0, "b");
    of_another_text.before = Revision(7);
    let found = of(&[text(1, 0, "a"), Record::Entry(of_another_text)]);
    assert_eq!(texts(&found), ["a"]);
    assert_eq!(left_out(&found), [(1, 1, Why::Misfit)]);
}

#[test]
fn edits_without_a_text_are_told() {
    let found = of(&[edit(1, 1, 0, "b")]);
    assert!(found.heads.is_empty());
    assert_eq!(left_out(&found), [(1, 1, Why::NoText)]);
    assert_eq!(conflict::both_wrote(&found), None);
    assert_eq!(of(&[]), Replay::default());
}

#[test]
fn two_edits_of_one_number_are_told_and_the_store_counts() {
    let found = replay(
        DRAFT,
        vec![text(1, 0, "a"), edit(1, 1, 1, "b"), edit(1, 1, 1, "x")],
    );
    assert_eq!(texts(&found), ["ab"]);
    assert_eq!(left_out(&found), [(1, 1, Why::Doubled)]);
}

#[test]
fn other_drafts_are_passed_over() {
    let mut other = snapshot(2, 9, "other");
    other.stamp.draft = DraftId(2);
    let found = of(&[text(1, 0, "a"), Record::Snapshot(other)]);
    assert_eq!(texts(&found), ["a"]);
}

#[test]
fn the_next_writer_holds_the_one_before() {
    let mut next = snapshot(2, 0, "ab");
    next.follows = vec![stamp(1, 1).follow()];
    let before = [text(1, 0, "a"), edit(1, 1, 1, "b")];
    let found = of(&[&before[..], &[Record::Snapshot(next.clone())]].concat());
    assert_eq!(texts(&found), ["ab"]);
    assert_eq!(found.heads[0].stamp.writer, WriterId(2));
    assert_eq!(found.follows, [stamp(1, 1).follow(), stamp(2, 0).follow()]);

    // The one before wrote on: both texts are there, the newest first.
    let on = edit(1, 2, 2, "!");
    let found = of(&[&before[..], &[Record::Snapshot(next), on]].concat());
    assert_eq!(texts(&found), ["ab!", "ab"]);
    assert_eq!(found.follows, [stamp(1, 2).follow()]);
    let (first, others) = conflict::both_wrote(&found).unwrap();
    assert_eq!(first.bytes, b"ab!");
    assert_eq!(others.len(), 1);
    assert_eq!(others[0].bytes, b"ab");
}

#[test]
fn equal_texts_of_two_writers_need_no_version() {
    let found = of(&[text(1, 0, "a"), text(2, 0, "a")]);
    let (_, others) = conflict::both_wrote(&found).unwrap();
    assert!(others.is_empty());
}

#[test]
fn texts_that_hold_each_other_are_not_both_lost() {
    let mut one = snapshot(1, 0, "one");
    one.follows = vec![stamp(2, 0).follow()];
    let mut two = snapshot(2, 3, "two");
    two.follows = vec![stamp(1, 0).follow()];
    let found = of(&[Record::Snapshot(one), Record::Snapshot(two)]);
    assert_eq!(texts(&found), ["two"]);
}

#[test]
fn the_card_noted_last_counts() {
    let mut note = CardNote {
        stamp: stamp(1, 0),
        card: snapshot(1, 0, "").card,
    };
    note.card.exported = Some(later(5));
    note.card.noted = later(9);
    let found = of(&[text(1, 0, "a"), Record::Card(note.clone())]);
    assert_eq!(found.heads[0].card.exported, Some(later(5)));

    note.card.noted = Timestamp(0);
    let found = of(&[text(1, 0, "a"), Record::Card(note)]);
    assert_eq!(found.heads[0].card.exported, None);
}

#[test]
fn a_writer_without_a_text_that_another_holds_is_not_told() {
    let mut next = snapshot(2, 0, "ab");
    next.follows = vec![stamp(1, 1).follow()];
    let found = of(&[
        edit(1, 1, 1, "b"),
        edit(1, 2, 1, "c"),
        Record::Snapshot(next),
    ]);
    assert_eq!(left_out(&found), [(2, 1, Why::NoText)]);
    assert_eq!(found.left_out[0].first, Seq(2));
    // The next one holds the rest as well, so it stays quiet.
    assert!(found.follows.contains(&stamp(1, 1).follow()));
}
