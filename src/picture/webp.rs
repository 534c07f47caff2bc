//! The chunks of a WebP file.

use super::exif::Orientation;
use super::metadata::{Segment, What};

/// Bits of the extended header that say what else there is.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The chunks of a WebP, its head first; `None` where it does not follow the rules.
pub(super) fn segments(bytes: &[u8]) -> Option<Vec<Segment>> {
    let mut found = vec![Segment {
        what: What::Picture,
        whole: 0..12,
        content: 0..12,
    }];
    let long = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(four)).ok()
    };
    let stated = long(4)?.checked_add(8)?;
    let end = stated.min(bytes.len());
    let mut at = 12_usize;
    while at < end {
        let kind = bytes.get(at..at.checked_add(4)?)?;
        let length = long(at + 4)?;
        let content = at + 8..(at + 8).checked_add(length)?.min(bytes.len());
        // Chunks begin at even places.
        let next = (content.end + (length & 1)).min(bytes.len());
        found.push(Segment {
            what: what(kind),
            whole: at..next,
            content,
        });
        at = next;
    }
    if at < bytes.len() {
        found.push(Segment {
            what: What::Copy,
            whole: at..bytes.len(),
            content: at..bytes.len(),
        });
    }
    Some(found)
}

fn what(kind: &[u8]) -> What {
    match kind {
        b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => What::Picture,
        b"EXIF" => What::Exif,
        b"XMP " => What::Xmp,
        _ => What::Notes,
    }
}

/// A WebP of the chunks that are kept.
pub(super) fn join(kept: &[&[u8]], turned: Option<Orientation>) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(kept.iter().map(|part| part.len()).sum());
    for part in kept {
        let at = out.len();
        out.extend_from_slice(part);
        if part.starts_with(b"VP8X")
            && let Some(flags) = out.get_mut(at + 8)
        {
            *flags &= !(HAS_EXIF | HAS_XMP);
            if turned.is_some() {
                *flags |= HAS_EXIF;
            }
        }
    }
    if let Some(turned) = turned {
        if out.len() % 2 == 1 {
            out.push(0);
        }
        out.extend(b"EXIF");
        out.extend(26_u32.to_le_bytes());
        out.extend(turned.tiff());
    }
    let size = u32::try_from(out.len().saturating_sub(8)).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(4..8) {
        place.copy_from_slice(&size.to_le_bytes());
    }
    out
}
