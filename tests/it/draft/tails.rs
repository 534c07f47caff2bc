//! The tail: bounded, merged with the store, and readable as far as it goes.

use recap_editor::draft::record::{Decoded, Record};
use recap_editor::draft::replay::replay;
use recap_editor::draft::tail::{BOUND, decode, from_text, of_entries, of_snapshot, to_text};

use super::made::{DRAFT, entry, snapshot};

#[test]
fn what_the_store_has_is_not_made_twice() {
    let entries = [1, 2, 3].map(|seq| entry(1, seq, 0, &seq.to_string()));
    let (bytes, left_out) = of_entries(&entries);
    assert_eq!(left_out, 0);
    // The store came as far as the second one after the tail was written.
    let mut records = vec![
        Record::Snapshot(snapshot(1, 0, "")),
        Record::Entry(entries[0].clone()),
        Record::Entry(entries[1].clone()),
    ];
    records.extend(decode(&bytes).records);
    let found = replay(DRAFT, records);
    assert_eq!(found.heads[0].bytes, b"321");
    assert_eq!(found.left_out, []);
}

#[test]
fn a_tail_stays_within_its_bound_and_keeps_the_oldest() {
    let large = "x".repeat(BOUND / 3);
    let entries = [
        entry(1, 1, 0, &large),
        entry(1, 2, 0, &large),
        entry(1, 3, 0, &large),
        entry(1, 4, 0, "y"),
    ];
    let (bytes, left_out) = of_entries(&entries);
    assert!(bytes.len() <= BOUND);
    assert_eq!(
        left_out, 2,
        "the fourth fits, but is nothing without the third"
    );
    assert_eq!(
        decode(&bytes).records,
        [
            Record::Entry(entries[0].clone()),
            Record::Entry(entries[1].clone())
        ]
    );
}

#[test]
fn a_text_goes_into_the_tail_where_it_fits() {
    let small = snapshot(1, 0, "a");
    let bytes = of_snapshot(small.clone()).unwrap();
    assert_eq!(decode(&bytes).records, [Record::Snapshot(small)]);
    for length in [BOUND - 1, BOUND, BOUND + 1] {
        assert_eq!(of_snapshot(snapshot(1, 0, &"x".repeat(length))), None);
    }
}

#[test]
fn a_torn_tail_is_read_as_far_as_it_goes() {
    let entries = [entry(1, 1, 0, "a"), entry(1, 2, 0, "b")];
    let (bytes, _) = of_entries(&entries);
    let first = of_entries(&entries[..1]).0.len();
    for length in 0..bytes.len() {
        let tail = decode(&bytes[..length]);
        let whole = usize::from(length >= first);
        assert_eq!(tail.records.len(), whole, "{length}");
        let torn = length != 0 && length != first;
        assert_eq!(
            matches!(tail.trouble, Some(Decoded::Damaged { .. })),
            torn,
            "{length}"
        );
    }
}

#[test]
fn bytes_pass_through_a_text() {
    let bytes: Vec<u8> = (0..=255).collect();
    assert_eq!(from_text(&to_text(&bytes)), Some(bytes));
    assert_eq!(from_text("a€"), None);
}
