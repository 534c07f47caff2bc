//! The chunks of a WebP file.

use super::metadata::{Segment, What};

/// Bits of the extended header that say what else there is.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
const HAS_ALPHA: u8 = 0x10;

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

/// The chunk that says what else there is, where a file has none yet: nothing so far but perhaps transparency.
pub(super) fn extension(parts: &[&[u8]], (width, height): (u32, u32)) -> Vec<u8> {
    if parts.iter().any(|part| part.starts_with(b"VP8X")) {
        return Vec::new();
    }
    // The 29th bit behind the lossless kind’s signature.
    let lossless = parts.iter().find(|part| part.starts_with(b"VP8L"));
    let flags = lossless
        .and_then(|part| part.get(12))
        .map_or(0, |byte| byte & HAS_ALPHA);
    let mut out = b"VP8X\x0a\0\0\0".to_vec();
    out.extend([flags, 0, 0, 0]);
    for side in [width, height] {
        let less = side.saturating_sub(1).to_le_bytes();
        out.extend(less.iter().take(3));
    }
    out
}

/// A WebP of the chunks that are kept, with this EXIF data.
pub(super) fn join(kept: &[&[u8]], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(kept.iter().map(|part| part.len()).sum());
    for part in kept {
        let at = out.len();
        out.extend_from_slice(part);
        if part.starts_with(b"VP8X")
            && let Some(flags) = out.get_mut(at + 8)
        {
            *flags &= !(HAS_EXIF | HAS_XMP);
            if exif.is_some() {
                *flags |= HAS_EXIF;
            }
        }
    }
    if let Some(exif) = exif {
        if out.len() % 2 == 1 {
            out.push(0);
        }
        out.extend(b"EXIF");
        let size = u32::try_from(exif.len()).unwrap_or(u32::MAX);
        out.extend(size.to_le_bytes());
        out.extend(exif);
        if exif.len() % 2 == 1 {
            out.push(0);
        }
    }
    let size = u32::try_from(out.len().saturating_sub(8)).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(4..8) {
        place.copy_from_slice(&size.to_le_bytes());
    }
    out
}
