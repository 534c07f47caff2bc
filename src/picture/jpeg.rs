//! The segments of a JPEG file.

use super::metadata::{Segment, What};

/// The segments of a JPEG, without a gap; `None` where it does not follow the rules.
pub(super) fn segments(bytes: &[u8]) -> Option<Vec<Segment>> {
    let mut found = vec![picture(0, 2)];
    let mut at = 2;
    while at < bytes.len() {
        let start = at;
        if *bytes.get(at)? != 0xff {
            return None;
        }
        // Any number of them may stand before a marker.
        while bytes.get(at) == Some(&0xff) {
            at += 1;
        }
        let marker = *bytes.get(at)?;
        at += 1;
        match marker {
            0x01 | 0xd0..=0xd7 => found.push(picture(start, at)),
            0xd9 => {
                found.push(picture(start, at));
                if at < bytes.len() {
                    // A second picture, a film, whatever: no part of this one.
                    found.push(Segment {
                        what: What::Copy,
                        whole: at..bytes.len(),
                        content: at..bytes.len(),
                    });
                }
                return Some(found);
            }
            0xd8 | 0x00 => return None,
            _ => {
                let head: [u8; 2] = bytes.get(at..at + 2)?.try_into().ok()?;
                let end = at + usize::from(u16::from_be_bytes(head));
                let content = at + 2..end;
                let said = bytes.get(content.clone())?;
                found.push(Segment {
                    what: what(marker, said),
                    whole: start..end,
                    content,
                });
                at = end;
                if marker == 0xda {
                    at = end_of_scan(bytes, end);
                    found.push(picture(end, at));
                }
            }
        }
    }
    // Cut off: what is there is shown, and stays.
    Some(found)
}

const fn picture(from: usize, to: usize) -> Segment {
    Segment {
        what: What::Picture,
        whole: from..to,
        content: from..to,
    }
}

/// Where the next marker after a scan’s data stands: those within it are escaped or restart it.
fn end_of_scan(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    memchr::memchr_iter(0xff, rest)
        .find(|at| !matches!(rest.get(at + 1), None | Some(0x00 | 0xff | 0xd0..=0xd7)))
        .map_or(bytes.len(), |at| from + at)
}

fn what(marker: u8, said: &[u8]) -> What {
    match marker {
        // The size of the pixels, colours, and how they were stored.
        0xe0 if said.starts_with(b"JFIF\0") => What::Picture,
        0xe2 if said.starts_with(b"ICC_PROFILE\0") => What::Picture,
        0xee if said.starts_with(b"Adobe") => What::Picture,
        0xe1 if said.starts_with(b"Exif\0") => What::Exif,
        0xe1 if said.starts_with(b"http://ns.adobe.com/x") => What::Xmp,
        0xe0 | 0xe2 => What::Copy,
        0xe1..=0xef | 0xfe => What::Notes,
        _ => What::Picture,
    }
}

/// So much EXIF data fits into a segment, in bytes.
pub(super) const MOST_EXIF: usize = 65_535 - 8;

/// A JPEG of the segments that are kept, with this EXIF data, which is not longer than [`MOST_EXIF`].
pub(super) fn join(kept: &[&[u8]], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(kept.iter().map(|part| part.len()).sum());
    for (index, part) in kept.iter().enumerate() {
        // After the start, and after JFIF’s segment, which wants to be the first.
        let jfif = kept.get(1).is_some_and(|first| first.get(1) == Some(&0xe0));
        if index == 1 + usize::from(jfif)
            && let Some(exif) = exif
        {
            out.extend(b"\xff\xe1");
            // Its own two bytes, the name, and what it says.
            let size = u16::try_from(8 + exif.len()).unwrap_or(u16::MAX);
            out.extend(size.to_be_bytes());
            out.extend(b"Exif\0\0");
            out.extend(exif);
        }
        out.extend_from_slice(part);
    }
    out
}
