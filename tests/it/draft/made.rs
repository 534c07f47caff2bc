//! Records made for the tests.

use recap_editor::draft::versions::{Reason, Version};
use recap_editor::draft::{
    Card, CardNote, ContentId, DraftId, Entry, FileRef, Follow, Place, Revision, Seq, Snapshot,
    Stamp, Timestamp, VersionId, WriterId,
};
use recap_editor::text::{BytePos, FileEdit, Span};

pub(super) const DRAFT: DraftId = DraftId(0xd1);

/// 2026-03-04 12:00 UTC, a Wednesday.
pub(super) const NOON: Timestamp = Timestamp(1_772_625_600_000);

pub(super) fn stamp(writer: u64, seq: u64) -> Stamp {
    Stamp {
        draft: DRAFT,
        writer: WriterId(writer),
        seq: Seq(seq),
        revision: Revision(100 + seq),
    }
}

pub(super) fn later(ms: u64) -> Timestamp {
    Timestamp(NOON.0 + ms)
}

pub(super) fn earlier(ms: u64) -> Timestamp {
    Timestamp(NOON.0 - ms)
}

pub(super) fn snapshot(writer: u64, seq: u64, text: &str) -> Snapshot {
    Snapshot {
        stamp: stamp(writer, seq),
        card: Card {
            name: "index.md".to_owned(),
            changed: later(seq),
            noted: later(seq),
            ..Card::default()
        },
        follows: Vec::new(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// The edit `seq` of a writer: `insert` at `at`.
pub(super) fn entry(writer: u64, seq: u64, at: usize, insert: &str) -> Entry {
    Entry {
        stamp: stamp(writer, seq),
        before: Revision(99 + seq),
        edit: FileEdit::new(Span::at(BytePos::new(at)), insert),
        time: later(1000 + seq),
    }
}

/// A snapshot with something in every field.
pub(super) fn full_snapshot() -> Snapshot {
    Snapshot {
        stamp: stamp(7, 42),
        card: full_card(),
        follows: vec![Follow {
            writer: WriterId(6),
            seq: Seq(9),
        }],
        bytes: b"---\ntitle: \"Gr\xc3\xbc\xc3\x9fe\"\n---\r\n\xff\xfe not UTF-8\n".to_vec(),
    }
}

fn full_card() -> Card {
    Card {
        name: "index.md".to_owned(),
        folder: Some("linkerd.io/content/blog/2026/0304-grüße".to_owned()),
        title: "Grüße".to_owned(),
        words: 3,
        files: vec![FileRef {
            path: "cover.png".to_owned(),
            content: ContentId("sha256-1f".to_owned()),
            size: 2_000_000,
            modified: None,
        }],
        opened: Some(ContentId("sha256-2e".to_owned())),
        opened_modified: None,
        created: earlier(60_000),
        changed: earlier(1000),
        noted: NOON,
        exported: Some(earlier(30_000)),
        deleted: None,
        place: Place {
            anchor: BytePos::new(4),
            head: BytePos::new(9),
            scroll: 120,
            panes: "article".to_owned(),
        },
        on_disk: None,
        taken_away: Vec::new(),
    }
}

pub(super) fn full_card_note() -> CardNote {
    CardNote {
        stamp: stamp(7, 43),
        card: Card {
            folder: None,
            files: Vec::new(),
            opened: None,
            exported: None,
            deleted: Some(NOON),
            ..full_card()
        },
    }
}

pub(super) fn full_entry() -> Entry {
    Entry {
        stamp: stamp(7, 43),
        before: Revision(142),
        edit: FileEdit::new(Span::from_range(28..30), b"\xfe ok".to_vec()),
        time: NOON,
    }
}

pub(super) fn full_version() -> Version {
    Version {
        stamp: stamp(7, 40),
        id: VersionId(0xabc),
        time: NOON,
        reason: Reason::BeforeReplace,
        name: Some("before the review".to_owned()),
        title: "Grüße".to_owned(),
        bytes: b"older\n".to_vec(),
    }
}
