//! What the records of a draft come to.

use crate::draft::record::{self, Decoded};
use crate::draft::versions::{Reason, Version};
use crate::draft::{Timestamp, VersionId, replay, tail};

use super::super::storage::{Kept, Put, Stored};
use super::super::versions::put;

/// What the records of a draft come to.
pub(in super::super) struct Text {
    pub(in super::super) replay: replay::Replay,
    /// How many records could not be read.
    pub(in super::super) damaged: usize,
}

impl Text {
    /// Reads all there is. Records of a newer format are reason not to touch any.
    pub(in super::super) fn of(kept: &Kept) -> Result<Self, String> {
        let mut records = Vec::new();
        let mut damaged = 0;
        for stored in &kept.records {
            match decoded(stored) {
                Decoded::Record(record) => records.push(*record),
                newer @ Decoded::Newer { .. } => return Err(newer.sentence().unwrap_or_default()),
                Decoded::Damaged { .. } => damaged += 1,
            }
        }
        for (_, text) in &kept.tails {
            let Some(bytes) = tail::from_text(text) else {
                damaged += 1;
                continue;
            };
            let tail = tail::decode(&bytes);
            records.extend(tail.records);
            match tail.trouble {
                None => {}
                Some(newer @ Decoded::Newer { .. }) => {
                    return Err(newer.sentence().unwrap_or_default());
                }
                Some(_) => damaged += 1,
            }
        }
        Ok(Self {
            replay: replay::replay(kept.draft, records),
            damaged,
        })
    }
}

pub(super) fn decoded(stored: &Stored) -> Decoded {
    match &stored.bytes {
        Some(bytes) => record::decode(bytes),
        None => Decoded::Damaged {
            why: "it is of another kind than what was written.",
        },
    }
}

/// A further text of a draft as a version of it. The same text always gives the same version, so that it is kept once.
pub(in super::super) fn version_of(head: &replay::Head, now: Timestamp, reason: Reason) -> Put {
    let id = VersionId(head.stamp.writer.0 ^ head.stamp.seq.0.rotate_left(32));
    let version = Version {
        stamp: head.stamp,
        id,
        time: now,
        reason,
        name: None,
        title: head.card.title.clone(),
        bytes: head.bytes.clone(),
    };
    put(version)
}
