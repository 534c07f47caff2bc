//! The tail: what a page writes to localStorage in its last moment, because it is written when the call returns. At the
//! next start it is merged with the store; what the store has by then is recognised by writer and number.

use super::record::{self, Decoded, Record};
use super::{Entry, Snapshot};

/// How many bytes a tail may have: localStorage holds some 5 MB for all drafts and tabs together.
pub const BOUND: usize = 1_000_000;

/// A tail that was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tail {
    /// What it holds, to be given to [`super::replay::replay`] with what the store holds.
    pub records: Vec<Record>,
    /// What follows could not be read; the raw tail is to be kept then.
    pub trouble: Option<Decoded>,
}

/// The entries as a tail of at most [`BOUND`] bytes: as many as fit, from the oldest on, since later ones are worth
/// nothing without them. Also how many were left out.
#[must_use]
pub fn of_entries<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> (Vec<u8>, usize) {
    let mut bytes = Vec::new();
    let mut left_out = 0;
    for entry in entries {
        // What surely does not fit is not even encoded.
        if left_out == 0 && bytes.len() + entry.edit.insert().len() <= BOUND {
            let encoded = record::encode(&Record::Entry(entry.clone()));
            if bytes.len() + encoded.len() <= BOUND {
                bytes.extend(encoded);
                continue;
            }
        }
        left_out += 1;
    }
    (bytes, left_out)
}

/// The whole text as a tail; `None` where it has more than [`BOUND`] bytes.
#[must_use]
pub fn of_snapshot(snapshot: Snapshot) -> Option<Vec<u8>> {
    if snapshot.bytes.len() > BOUND {
        return None;
    }
    let bytes = record::encode(&Record::Snapshot(snapshot));
    (bytes.len() <= BOUND).then_some(bytes)
}

/// Reads a tail, up to the first record that cannot be read.
#[must_use]
pub fn decode(bytes: &[u8]) -> Tail {
    let mut tail = Tail::default();
    let mut rest = bytes;
    while !rest.is_empty() {
        match record::decode_first(rest) {
            (Decoded::Record(record), behind) => {
                tail.records.push(*record);
                rest = behind;
            }
            (trouble, _) => {
                tail.trouble = Some(trouble);
                break;
            }
        }
    }
    tail
}

/// Bytes as a text for localStorage: one character of U+0000 to U+00FF each.
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The bytes again; `None` where the text was not made of bytes.
#[must_use]
pub fn from_text(text: &str) -> Option<Vec<u8>> {
    text.chars().map(|c| u8::try_from(c).ok()).collect()
}
