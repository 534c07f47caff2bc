//! The stored format. It has a number of its own and depends on nothing in memory: what one build wrote, every later one
//! reads. A record of a newer format is left alone, a damaged one is kept as it is.
//!
//! A record is `RECAPD`, the format (u16), the CRC-32 of these eight bytes, then the kind (u8), the length of what follows
//! (u64), the content, and the CRC-32 of kind, length and content. The head is checked by itself: a newer format may lay
//! out the rest as it likes. Everything is little-endian.

use crate::text::{BytePos, FileEdit, Span};

use super::versions::{Reason, Version};
use super::wire::{In, Out};
use super::{
    Card, CardNote, ContentId, DraftId, Entry, FileRef, Follow, OnDisk, Place, Revision, Seq,
    Snapshot, Stamp, Timestamp, VersionId, WriterId,
};

/// The format this build writes, and the newest it reads.
///
/// 2: files have times. 3: the folder on disk, and files that can be put back.
pub const FORMAT: u16 = 3;

const MAGIC: &[u8] = b"RECAPD";

/// Magic and format.
const HEAD: usize = 8;

const SNAPSHOT: u8 = 1;
const ENTRY: u8 = 2;
const CARD: u8 = 3;
const VERSION: u8 = 4;

/// Anything that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A whole text.
    Snapshot(Snapshot),
    /// One edit.
    Entry(Entry),
    /// A card without a text.
    Card(CardNote),
    /// A kept version.
    Version(Version),
}

/// What stored bytes turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// A record.
    Record(Box<Record>),
    /// Written by a newer build: to be left as it is.
    Newer {
        /// Its format.
        format: u16,
    },
    /// No record, or one that has come to harm: to be kept and offered as raw bytes.
    Damaged {
        /// What is wrong: a plain sentence.
        why: &'static str,
    },
}

impl Decoded {
    /// A sentence for the list of drafts; `None` for a record that was read.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        match self {
            Self::Record(_) => None,
            Self::Newer { format } => Some(format!(
                "This was written by a newer version of the editor (format {format}). It is left as it is; reload the \
                 page to get that version, or download the raw bytes."
            )),
            Self::Damaged { why } => Some(format!(
                "This cannot be read: {why} It is kept; you can download the raw bytes."
            )),
        }
    }
}

/// The record as bytes of [`FORMAT`].
#[must_use]
pub fn encode(record: &Record) -> Vec<u8> {
    let mut content = Out::default();
    let kind = match record {
        Record::Snapshot(snapshot) => {
            put_stamp(&mut content, snapshot.stamp);
            put_card(&mut content, &snapshot.card);
            content.list(&snapshot.follows, |out, follow| {
                out.u64(follow.writer.0);
                out.u64(follow.seq.0);
            });
            content.bytes(&snapshot.bytes);
            SNAPSHOT
        }
        Record::Entry(entry) => {
            put_stamp(&mut content, entry.stamp);
            content.u64(entry.before.0);
            content.len(entry.edit.span().start().get());
            content.len(entry.edit.span().end().get());
            content.bytes(entry.edit.insert());
            content.u64(entry.time.0);
            ENTRY
        }
        Record::Card(note) => {
            put_stamp(&mut content, note.stamp);
            put_card(&mut content, &note.card);
            CARD
        }
        Record::Version(version) => {
            put_stamp(&mut content, version.stamp);
            content.u64(version.id.0);
            content.u64(version.time.0);
            content.u8(version.reason.code());
            content.option(version.name.as_deref(), Out::text);
            content.text(&version.title);
            content.bytes(&version.bytes);
            VERSION
        }
    };
    let mut out = Out(MAGIC.to_vec());
    out.0.extend_from_slice(&FORMAT.to_le_bytes());
    let head = crc32fast::hash(&out.0);
    out.0.extend_from_slice(&head.to_le_bytes());
    let body = out.0.len();
    out.u8(kind);
    out.bytes(&content.0);
    let sum = crc32fast::hash(out.0.get(body..).unwrap_or_default());
    out.0.extend_from_slice(&sum.to_le_bytes());
    out.0
}

/// Reads stored bytes. Never fails: what is no record of this build's is said to be so.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    match decode_first(bytes) {
        (Decoded::Record(_), rest) if !rest.is_empty() => Decoded::Damaged {
            why: "there are bytes behind its end.",
        },
        (decoded, _) => decoded,
    }
}

/// Reads the first of several records; also what stands behind it, nothing where its end is not known.
pub(super) fn decode_first(bytes: &[u8]) -> (Decoded, &[u8]) {
    match read(bytes) {
        Ok((record, rest)) => (Decoded::Record(Box::new(record)), rest),
        Err(decoded) => (decoded, &[]),
    }
}

fn read(bytes: &[u8]) -> Result<(Record, &[u8]), Decoded> {
    let damaged = |why| Decoded::Damaged { why };
    if bytes.is_empty() {
        return Err(damaged("it is empty."));
    }
    if !bytes.starts_with(MAGIC) {
        return Err(damaged("it does not begin as a draft does."));
    }
    let mut rest = In(bytes);
    let head = rest.take(HEAD).ok_or(damaged("it is cut off."))?;
    let format = In(head.get(MAGIC.len()..).unwrap_or_default())
        .u16()
        .unwrap_or_default();
    let sum = rest.u32().ok_or(damaged("it is cut off."))?;
    if sum != crc32fast::hash(head) {
        return Err(damaged("its first bytes were changed."));
    }
    if format > FORMAT {
        return Err(Decoded::Newer { format });
    }
    if format == 0 {
        return Err(damaged("its format does not exist."));
    }
    let body = rest.0;
    let framed = rest
        .u8()
        .zip(rest.len())
        .and_then(|(kind, length)| Some((kind, rest.take(length)?)));
    let (kind, content) = framed.ok_or(damaged("it is cut off."))?;
    let covered = body.len() - rest.0.len();
    let sum = rest.u32().ok_or(damaged("it is cut off."))?;
    if sum != crc32fast::hash(body.get(..covered).unwrap_or_default()) {
        return Err(damaged("some of its bytes were changed."));
    }
    let mut content = In(content);
    let record = match kind {
        SNAPSHOT => snapshot(&mut content, format).map(Record::Snapshot),
        ENTRY => entry(&mut content).map(Record::Entry),
        CARD => card_note(&mut content, format).map(Record::Card),
        VERSION => version(&mut content).map(Record::Version),
        _ => return Err(damaged("nobody knows what it is.")),
    };
    match record {
        Some(record) if content.0.is_empty() => Ok((record, rest.0)),
        _ => Err(damaged("its content makes no sense.")),
    }
}

fn put_stamp(out: &mut Out, stamp: Stamp) {
    out.u64(stamp.draft.0);
    out.u64(stamp.writer.0);
    out.u64(stamp.seq.0);
    out.u64(stamp.revision.0);
}

fn stamp(bytes: &mut In<'_>) -> Option<Stamp> {
    Some(Stamp {
        draft: DraftId(bytes.u64()?),
        writer: WriterId(bytes.u64()?),
        seq: Seq(bytes.u64()?),
        revision: Revision(bytes.u64()?),
    })
}

fn put_card(out: &mut Out, card: &Card) {
    out.text(&card.name);
    out.option(card.folder.as_deref(), Out::text);
    out.text(&card.title);
    out.u64(card.words);
    out.list(&card.files, put_file);
    out.option(card.opened.as_ref(), |out, content| out.text(&content.0));
    out.option(card.opened_modified, Out::i64);
    out.u64(card.created.0);
    out.u64(card.changed.0);
    out.u64(card.noted.0);
    out.option(card.exported, |out, time| out.u64(time.0));
    out.option(card.deleted, |out, time| out.u64(time.0));
    out.len(card.place.anchor.get());
    out.len(card.place.head.get());
    out.u64(card.place.scroll);
    out.text(&card.place.panes);
    out.option(card.on_disk.as_ref(), |out, on_disk| {
        out.text(&on_disk.name);
        out.text(&on_disk.below);
        out.text(&on_disk.post);
        out.list(&on_disk.known, |out, (path, content)| {
            out.text(path);
            out.text(&content.0);
        });
    });
    out.list(&card.taken_away, put_file);
}

fn put_file(out: &mut Out, file: &FileRef) {
    out.text(&file.path);
    out.text(&file.content.0);
    out.u64(file.size);
    out.option(file.modified, Out::i64);
}

/// Times came with the second format.
fn modified(bytes: &mut In<'_>, format: u16) -> Option<Option<i64>> {
    match format {
        1 => Some(None),
        _ => bytes.option(In::i64),
    }
}

fn file(bytes: &mut In<'_>, format: u16) -> Option<FileRef> {
    Some(FileRef {
        path: bytes.text()?,
        content: ContentId(bytes.text()?),
        size: bytes.u64()?,
        modified: modified(bytes, format)?,
    })
}

/// It came with the third format.
fn on_disk(bytes: &mut In<'_>, format: u16) -> Option<Option<OnDisk>> {
    if format < 3 {
        return Some(None);
    }
    bytes.option(|bytes| {
        Some(OnDisk {
            name: bytes.text()?,
            below: bytes.text()?,
            post: bytes.text()?,
            known: bytes.list(|bytes| Some((bytes.text()?, ContentId(bytes.text()?))))?,
        })
    })
}

fn card(bytes: &mut In<'_>, format: u16) -> Option<Card> {
    let time = |bytes: &mut In<'_>| bytes.u64().map(Timestamp);
    let position = |bytes: &mut In<'_>| bytes.len().map(BytePos::new);
    Some(Card {
        name: bytes.text()?,
        folder: bytes.option(In::text)?,
        title: bytes.text()?,
        words: bytes.u64()?,
        files: bytes.list(|bytes| file(bytes, format))?,
        opened: bytes.option(|bytes| bytes.text().map(ContentId))?,
        opened_modified: modified(bytes, format)?,
        created: time(bytes)?,
        changed: time(bytes)?,
        noted: time(bytes)?,
        exported: bytes.option(time)?,
        deleted: bytes.option(time)?,
        place: Place {
            anchor: position(bytes)?,
            head: position(bytes)?,
            scroll: bytes.u64()?,
            panes: bytes.text()?,
        },
        on_disk: on_disk(bytes, format)?,
        taken_away: match format {
            1 | 2 => Vec::new(),
            _ => bytes.list(|bytes| file(bytes, format))?,
        },
    })
}

fn snapshot(bytes: &mut In<'_>, format: u16) -> Option<Snapshot> {
    Some(Snapshot {
        stamp: stamp(bytes)?,
        card: card(bytes, format)?,
        follows: bytes.list(|bytes| {
            Some(Follow {
                writer: WriterId(bytes.u64()?),
                seq: Seq(bytes.u64()?),
            })
        })?,
        bytes: bytes.bytes()?,
    })
}

fn entry(bytes: &mut In<'_>) -> Option<Entry> {
    let stamp = stamp(bytes)?;
    let before = Revision(bytes.u64()?);
    let (start, end) = (bytes.len()?, bytes.len()?);
    // A span has its ends in order; the other way round is damage, not a span.
    if start > end {
        return None;
    }
    Some(Entry {
        stamp,
        before,
        edit: FileEdit::new(Span::from_range(start..end), bytes.bytes()?),
        time: Timestamp(bytes.u64()?),
    })
}

fn card_note(bytes: &mut In<'_>, format: u16) -> Option<CardNote> {
    Some(CardNote {
        stamp: stamp(bytes)?,
        card: card(bytes, format)?,
    })
}

fn version(bytes: &mut In<'_>) -> Option<Version> {
    Some(Version {
        stamp: stamp(bytes)?,
        id: VersionId(bytes.u64()?),
        time: Timestamp(bytes.u64()?),
        reason: Reason::from_code(bytes.u8()?)?,
        name: bytes.option(In::text)?,
        title: bytes.text()?,
        bytes: bytes.bytes()?,
    })
}
