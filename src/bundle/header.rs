//! What a picture's first bytes tell: kind, size, whether it moves. Nothing is decoded, so that an enormous picture is
//! known as such before anybody tries.

/// What a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// As it is shown, in pixels; 0 where an SVG does not say.
    pub width: u32,
    /// As it is shown, in pixels.
    pub height: u32,
    /// It has more than one frame.
    pub animated: bool,
    /// An SVG that holds a script, or runs one on an event.
    pub scripted: bool,
}

impl Header {
    const fn still(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            animated: false,
            scripted: false,
        }
    }

    /// How many pixels it decodes to.
    #[must_use]
    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }
}

/// Reads the header of a PNG, JPEG, GIF, WebP, AVIF or SVG, told by its bytes and not by its name; `None` for anything
/// else, or where it is cut off.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Header> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)
    } else if bytes.starts_with(b"GIF8") {
        gif(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        avif(bytes)
    } else {
        svg(bytes)
    }
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    array(bytes, at).map(u32::from_be_bytes)
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_be_bytes)
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    array(bytes, at).map(u16::from_le_bytes)
}

fn png(bytes: &[u8]) -> Option<Header> {
    let mut header = Header::still(be32(bytes, 16)?, be32(bytes, 20)?);
    // `acTL` stands before the first `IDAT` where there is more than one frame.
    let mut at = 8_usize;
    while let (Some(length), Some(kind)) = (be32(bytes, at), array::<4>(bytes, at + 4)) {
        match &kind {
            b"IDAT" | b"IEND" => break,
            b"acTL" => header.animated = be32(bytes, at + 8).is_some_and(|frames| frames > 1),
            _ => {}
        }
        at = at
            .checked_add(usize::try_from(length).ok()?)?
            .checked_add(12)?;
    }
    Some(header)
}

fn jpeg(bytes: &[u8]) -> Option<Header> {
    let mut at = 2_usize;
    let mut turned = false;
    loop {
        let [marker, kind] = array(bytes, at)?;
        if marker != 0xff {
            return None;
        }
        if kind == 0xff {
            at += 1;
            continue;
        }
        if matches!(kind, 0x01 | 0xd0..=0xd8) {
            at += 2;
            continue;
        }
        let length = usize::from(be16(bytes, at + 2)?);
        match kind {
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, width) = (
                    u32::from(be16(bytes, at + 5)?),
                    u32::from(be16(bytes, at + 7)?),
                );
                return Some(if turned {
                    Header::still(height, width)
                } else {
                    Header::still(width, height)
                });
            }
            0xe1 => {
                turned = turned
                    || bytes
                        .get(at + 4..at + 2 + length)
                        .and_then(orientation)
                        .is_some_and(|to| to > 4);
            }
            0xd9 | 0xda => return None,
            _ => {}
        }
        at = at.checked_add(2 + length)?;
    }
}

/// The orientation in an EXIF segment: from 5 on, width and height change places.
fn orientation(segment: &[u8]) -> Option<u16> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        if little {
            le16(tiff, at)
        } else {
            be16(tiff, at)
        }
    };
    let long = |at: usize| {
        if little {
            array(tiff, at).map(u32::from_le_bytes)
        } else {
            be32(tiff, at)
        }
    };
    let list = usize::try_from(long(4)?).ok()?;
    (0..usize::from(short(list)?)).find_map(|index| {
        let entry = list.checked_add(2 + 12 * index)?;
        (short(entry)? == 0x0112)
            .then(|| short(entry + 8))
            .flatten()
    })
}

fn gif(bytes: &[u8]) -> Option<Header> {
    let mut header = Header::still(le16(bytes, 6)?.into(), le16(bytes, 8)?.into());
    let table = |flags: u8| {
        if flags & 0x80 == 0 {
            0
        } else {
            3_usize << ((flags & 7) + 1)
        }
    };
    let mut at = 13 + table(*bytes.get(10)?);
    let mut frames = 0;
    while let Some(kind) = bytes.get(at) {
        at += match kind {
            0x21 => 2,
            0x2c => {
                frames += 1;
                11 + table(bytes.get(at + 9).copied().unwrap_or_default())
            }
            _ => break,
        };
        if frames > 1 {
            break;
        }
        while let Some(length) = bytes.get(at).copied().filter(|length| *length > 0) {
            at += 1 + usize::from(length);
        }
        at += 1;
    }
    header.animated = frames > 1;
    Some(header)
}

fn webp(bytes: &[u8]) -> Option<Header> {
    match bytes.get(12..16)? {
        b"VP8 " => Some(Header::still(
            u32::from(le16(bytes, 26)? & 0x3fff),
            u32::from(le16(bytes, 28)? & 0x3fff),
        )),
        b"VP8L" => {
            let bits = u32::from_le_bytes(array(bytes, 21)?);
            Some(Header::still(
                (bits & 0x3fff) + 1,
                ((bits >> 14) & 0x3fff) + 1,
            ))
        }
        b"VP8X" => {
            let three = |at: usize| {
                array(bytes, at).map(|[a, b, c]: [u8; 3]| u32::from_le_bytes([a, b, c, 0]) + 1)
            };
            let mut header = Header::still(three(24)?, three(27)?);
            header.animated = bytes.get(20)? & 2 != 0;
            Some(header)
        }
        _ => None,
    }
}

/// Sizes stand in `ispe` boxes; the largest is the picture's own, the others are of tiles and of its small copy.
fn avif(bytes: &[u8]) -> Option<Header> {
    let brand = bytes.get(8..12)?;
    if !matches!(brand, b"avif" | b"avis" | b"mif1") {
        return None;
    }
    let head = bytes.get(..bytes.len().min(1 << 16))?;
    let mut largest = head
        .windows(4)
        .enumerate()
        .filter(|(_, window)| *window == b"ispe")
        .filter_map(|(at, _)| Some(Header::still(be32(head, at + 8)?, be32(head, at + 12)?)))
        .max_by_key(Header::pixels)?;
    largest.animated = brand == b"avis";
    Some(largest)
}

fn svg(bytes: &[u8]) -> Option<Header> {
    let text = String::from_utf8_lossy(bytes);
    let start = text.find("<svg")?;
    if !text
        .get(..start)?
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<')
        && start > 3
    {
        return None;
    }
    let tag = text.get(start..)?;
    let tag = tag.get(..tag.find('>')?)?;
    let number = |text: &str| -> Option<f32> {
        let end = text
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len());
        (text.get(end..)?.trim_start_matches("px").is_empty())
            .then(|| text.get(..end)?.parse().ok())
            .flatten()
    };
    let view_box = attribute(tag, "viewBox").unwrap_or_default();
    let mut sides = view_box
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .skip(2);
    let mut side = |name: &str| {
        let boxed = sides.next().and_then(number);
        attribute(tag, name)
            .and_then(number)
            .or(boxed)
            .unwrap_or_default()
    };
    // A float becomes the nearest whole number within the type; that is what is wanted of an odd drawing.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let mut header = Header::still(side("width").round() as u32, side("height").round() as u32);
    let lower = text.to_ascii_lowercase();
    header.scripted = lower.contains("<script")
        || lower.contains("javascript:")
        || lower.match_indices(" on").any(|(at, _)| {
            let rest = lower.get(at + 3..).unwrap_or_default();
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_lowercase());
            rest.trim_start().starts_with('=')
        });
    header.animated = lower.contains("<animate") || lower.contains("@keyframes");
    Some(header)
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.match_indices(name).find_map(|(at, _)| {
        if !tag.get(..at)?.ends_with(char::is_whitespace) {
            return None;
        }
        let value = tag
            .get(at + name.len()..)?
            .trim_start()
            .strip_prefix('=')?
            .trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split(quote).next()
    })
}
