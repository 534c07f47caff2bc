//! The stored format: it comes back as it was, what was stored once opens for ever, and damage is told.

use std::path::PathBuf;

use recap_editor::draft::record::{Decoded, FORMAT, Record, decode, encode};
use recap_editor::draft::{ContentId, OnDisk, tail};

use super::made;
use crate::support::Dice;

/// One record of each kind, by the name of its fixture.
fn kinds() -> [(&'static str, Record); 4] {
    [
        ("snapshot", Record::Snapshot(made::full_snapshot())),
        ("entry", Record::Entry(made::full_entry())),
        ("card", Record::Card(made::full_card_note())),
        ("version", Record::Version(made::full_version())),
    ]
}

fn fixture(name: &str) -> PathBuf {
    fixture_of(1, name)
}

fn fixture_of(format: u16, name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join(format!("tests/it/draft/format-{format}"))
        .join(name)
}

/// The records whose content is another one in the second format.
fn kinds_2() -> [(&'static str, Record); 2] {
    let mut snapshot = made::full_snapshot();
    snapshot.card.files[0].modified = Some(1_636_502_400);
    snapshot.card.opened_modified = Some(-1);
    let mut note = made::full_card_note();
    note.card.opened_modified = Some(1_636_502_402);
    [
        ("snapshot", Record::Snapshot(snapshot)),
        ("card", Record::Card(note)),
    ]
}

/// The records whose content is another one in the third format.
fn kinds_3() -> [(&'static str, Record); 2] {
    let mut snapshot = made::full_snapshot();
    snapshot.card.on_disk = Some(OnDisk {
        name: "posts".to_owned(),
        below: "2026/0304-grüße".to_owned(),
        post: "Index.md".to_owned(),
        known: vec![("cover.png".to_owned(), ContentId("7/9-0".to_owned()))],
    });
    snapshot.card.taken_away = snapshot.card.files.clone();
    let mut note = made::full_card_note();
    note.card.taken_away = snapshot.card.files.clone();
    note.card.taken_away[0].modified = Some(1_636_502_402);
    [
        ("snapshot", Record::Snapshot(snapshot)),
        ("card", Record::Card(note)),
    ]
}

/// As [`format_1_opens_for_ever`].
#[test]
fn format_3_opens_for_ever() {
    for (name, record) in kinds_3() {
        let path = fixture_of(3, name);
        if std::env::var_os("RECAP_WRITE_FORMAT_3").is_some() && !path.exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, encode(&record)).unwrap();
        }
        let stored = std::fs::read(path).unwrap();
        assert_eq!(decode(&stored), Decoded::Record(Box::new(record)), "{name}");
    }
}

/// As [`format_1_opens_for_ever`].
#[test]
fn format_2_opens_for_ever() {
    for (name, record) in kinds_2() {
        let path = fixture_of(2, name);
        if std::env::var_os("RECAP_WRITE_FORMAT_2").is_some() && !path.exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, encode(&record)).unwrap();
        }
        let stored = std::fs::read(path).unwrap();
        assert_eq!(decode(&stored), Decoded::Record(Box::new(record)), "{name}");
    }
}

/// The bytes with the checksums made right again, as a writer with other ideas would have written them.
fn resummed(mut bytes: Vec<u8>) -> Vec<u8> {
    let head = crc32fast::hash(&bytes[..8]);
    bytes[8..12].copy_from_slice(&head.to_le_bytes());
    let end = bytes.len() - 4;
    let body = crc32fast::hash(&bytes[12..end]);
    bytes[end..].copy_from_slice(&body.to_le_bytes());
    bytes
}

#[test]
fn records_come_back() {
    for (name, record) in kinds() {
        let bytes = encode(&record);
        assert_eq!(decode(&bytes), Decoded::Record(Box::new(record)), "{name}");
        assert_eq!(decode(&bytes).sentence(), None);
    }
}

/// The files were written once, by the first build, and are never written again: a format that was released is read by
/// every later build. A new format gets a folder of its own beside this one.
#[test]
fn format_1_opens_for_ever() {
    for (name, record) in kinds() {
        let path = fixture(name);
        if std::env::var_os("RECAP_WRITE_FORMAT_1").is_some() && !path.exists() {
            std::fs::write(&path, encode(&record)).unwrap();
        }
        let stored = std::fs::read(path).unwrap();
        assert_eq!(decode(&stored), Decoded::Record(Box::new(record)), "{name}");
    }
    let entries = [made::full_entry(), made::entry(7, 44, 0, "x")];
    if std::env::var_os("RECAP_WRITE_FORMAT_1").is_some() && !fixture("tail").exists() {
        std::fs::write(fixture("tail"), tail::of_entries(&entries).0).unwrap();
    }
    let stored = std::fs::read(fixture("tail")).unwrap();
    let read = tail::decode(&stored);
    assert_eq!(read.records, entries.map(Record::Entry));
    assert_eq!(read.trouble, None);
}

#[test]
fn a_flipped_bit_is_damage() {
    for (name, record) in kinds() {
        let whole = encode(&record);
        for bit in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            let decoded = decode(&bytes);
            assert!(
                matches!(decoded, Decoded::Damaged { .. }),
                "{name}, bit {bit}: {decoded:?}"
            );
        }
    }
}

#[test]
fn what_is_cut_or_too_long_is_damage() {
    for (name, record) in kinds() {
        let whole = encode(&record);
        for length in 0..whole.len() {
            let decoded = decode(&whole[..length]);
            assert!(
                matches!(decoded, Decoded::Damaged { .. }),
                "{name}, {length} bytes: {decoded:?}"
            );
        }
        let longer = [&whole[..], b"x"].concat();
        assert!(matches!(decode(&longer), Decoded::Damaged { .. }), "{name}");
    }
}

/// Content that passes every checksum and was still not written by this build: other kinds, lengths and values.
#[test]
fn a_thousand_damaged_records_are_told() {
    let mut dice = Dice(7);
    let mut counts = [0; 3];
    for _ in 0..1000 {
        let (_, record) = &kinds()[dice.roll(4)];
        let mut bytes = encode(record);
        match dice.roll(5) {
            // Any bytes.
            0 => bytes = (0..dice.roll(200)).map(|_| dice.roll(256) as u8).collect(),
            // Stretches of the content replaced, the checksums right.
            1 | 2 => {
                let at = 12 + dice.roll(bytes.len() - 16);
                for _ in 0..=dice.roll(9) {
                    let at = (at + dice.roll(12)).min(bytes.len() - 5);
                    bytes[at] = [0, 1, 0x7f, 0xff][dice.roll(4)];
                }
                bytes = resummed(bytes);
            }
            // Another kind.
            3 => {
                bytes[12] = dice.roll(9) as u8;
                bytes = resummed(bytes);
            }
            // Formats to come, with a body nobody knows.
            _ => {
                let format = dice.roll(7) as u16;
                bytes[6..8].copy_from_slice(&format.to_le_bytes());
                bytes = resummed(bytes);
                if format > FORMAT {
                    bytes.truncate(12 + dice.roll(bytes.len() - 12));
                    assert_eq!(decode(&bytes), Decoded::Newer { format });
                }
            }
        }
        let decoded = decode(&bytes);
        match decoded {
            // Numbers and letters may be others and make sense; then they are what is written again.
            Decoded::Record(ref record) => {
                counts[0] += 1;
                // An older format is written as the newest.
                if bytes[6..8] == FORMAT.to_le_bytes() {
                    assert_eq!(encode(record), bytes);
                }
            }
            Decoded::Newer { format } => {
                counts[1] += 1;
                assert!(format > FORMAT);
                assert!(decoded.sentence().unwrap().contains("newer"));
            }
            Decoded::Damaged { why } => {
                counts[2] += 1;
                assert!(why.ends_with('.'));
                assert!(decoded.sentence().unwrap().contains("raw bytes"));
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 50), "{counts:?}");
}

#[test]
fn a_flipped_format_is_not_taken_for_a_newer_one() {
    let mut bytes = encode(&kinds()[0].1);
    bytes[6] = 9;
    assert!(matches!(decode(&bytes), Decoded::Damaged { .. }));
}
