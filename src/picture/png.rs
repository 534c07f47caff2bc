//! The chunks of a PNG file.

use super::metadata::{Segment, What};

/// The chunks of a PNG, its signature first; `None` where it does not follow the rules.
pub(super) fn segments(bytes: &[u8]) -> Option<Vec<Segment>> {
    let mut found = vec![Segment {
        what: What::Picture,
        whole: 0..8,
        content: 0..8,
    }];
    let mut at = 8_usize;
    while at < bytes.len() {
        let head: [u8; 8] = bytes.get(at..at.checked_add(8)?)?.try_into().ok()?;
        let [a, b, c, d, kind @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).ok()?;
        let end = at.checked_add(12)?.checked_add(length)?;
        if end > bytes.len() {
            // Cut off: what is there is shown, and stays.
            found.push(Segment {
                what: What::Picture,
                whole: at..bytes.len(),
                content: at..bytes.len(),
            });
            return Some(found);
        }
        let content = at + 8..end - 4;
        found.push(Segment {
            what: what(kind, bytes.get(content.clone())?),
            whole: at..end,
            content,
        });
        at = end;
        if &kind == b"IEND" {
            if at < bytes.len() {
                found.push(Segment {
                    what: What::Copy,
                    whole: at..bytes.len(),
                    content: at..bytes.len(),
                });
            }
            return Some(found);
        }
    }
    Some(found)
}

/// Chunks a picture is drawn with stay, also those of animations; a capital first letter says that one is needed.
fn what(kind: [u8; 4], said: &[u8]) -> What {
    match &kind {
        b"eXIf" => What::Exif,
        b"iTXt" if said.starts_with(b"XML:com.adobe.xmp\0") => What::Xmp,
        b"gAMA" | b"cHRM" | b"sRGB" | b"iCCP" | b"cICP" | b"mDCV" | b"cLLI" | b"sBIT" | b"tRNS"
        | b"bKGD" | b"pHYs" | b"hIST" | b"sPLT" | b"acTL" | b"fcTL" | b"fdAT" => What::Picture,
        [first, ..] if first.is_ascii_uppercase() => What::Picture,
        _ => What::Notes,
    }
}

/// A PNG of the chunks that are kept, with this EXIF data.
pub(super) fn join(kept: &[&[u8]], exif: Option<&[u8]>) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(kept.iter().map(|part| part.len()).sum());
    for (index, part) in kept.iter().enumerate() {
        // After the signature and the header.
        if index == 2
            && let Some(exif) = exif
        {
            let mut sum = crc32fast::Hasher::new();
            sum.update(b"eXIf");
            sum.update(exif);
            let size = u32::try_from(exif.len()).unwrap_or(u32::MAX);
            out.extend(size.to_be_bytes());
            out.extend(b"eXIf");
            out.extend(exif);
            out.extend(sum.finalize().to_be_bytes());
        }
        out.extend_from_slice(part);
    }
    out
}
