//! Picture files made for tests: right in their segments; what is in the pixels does not matter here.

/// A JPEG segment with its marker and length.
pub(super) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker], length.to_be_bytes().as_slice(), content].concat()
}

/// A JPEG of 40 × 30 pixels with segments before its pixels and bytes after its end.
pub(super) fn jpeg(segments: &[Vec<u8>], after: &[u8]) -> Vec<u8> {
    let pixels = [
        segment(0xdb, &[0; 65]),
        segment(0xc2, &[8, 0, 30, 0, 40, 1, 1, 0x11, 0]),
        segment(0xc4, &[0; 20]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        // Escaped, restarted, filled up: none of these ends the scan.
        vec![0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff],
        // A second scan, as in progressive files, with a table before it.
        segment(0xc4, &[1; 20]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![0x78, 0xff, 0x00, 0x9a],
    ]
    .concat();
    [
        b"\xff\xd8".as_slice(),
        &segments.concat(),
        &pixels,
        b"\xff\xd9",
        after,
    ]
    .concat()
}

/// A PNG with chunks between its header and its pixels.
pub(super) fn png(width: u32, height: u32, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    let first = [(b"IHDR", header.as_slice())];
    let last: [(&[u8; 4], &[u8]); 2] = [(b"IDAT", b"pixels"), (b"IEND", b"")];
    for (kind, content) in first.iter().chain(chunks).chain(&last) {
        out.extend(chunk(kind, content));
    }
    out
}

/// A PNG chunk with its length and checksum.
pub(super) fn chunk(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut sum = crc32fast::Hasher::new();
    sum.update(kind);
    sum.update(content);
    [
        &u32::try_from(content.len()).unwrap().to_be_bytes(),
        kind.as_slice(),
        content,
        &sum.finalize().to_be_bytes(),
    ]
    .concat()
}

/// A WebP of 40 × 30 pixels: chunks in their order.
pub(super) fn webp(flags: u8, chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let extended = [flags, 0, 0, 0, 39, 0, 0, 29, 0, 0];
    let mut body = b"WEBP".to_vec();
    for (kind, content) in [(b"VP8X", extended.as_slice())].iter().chain(chunks) {
        body.extend(*kind);
        body.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
        body.extend(*content);
        if content.len() % 2 == 1 {
            body.push(0);
        }
    }
    [
        b"RIFF".as_slice(),
        &u32::try_from(body.len()).unwrap().to_le_bytes(),
        &body,
    ]
    .concat()
}

/// EXIF data that says a place, a camera, a date and the way up, in either order of bytes.
pub(super) fn exif(little: bool, way_up: u16) -> Vec<u8> {
    let short = |value: u16| {
        if little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        }
    };
    let long = |value: u32| {
        if little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        }
    };
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [short(tag).as_slice(), &short(kind), &long(count), &value].concat()
    };
    let mut value = [0; 4];
    value[..2].copy_from_slice(&short(way_up));
    // Head 8, main list 2 + 5 × 12 + 4 = 66, so what follows begins at 74.
    let (make, model, date) = (b"Pear\0\0", b"Pear Phone 9\0", b"2024:06:12 14:03:22\0");
    let make_at = 74_u32;
    let model_at = make_at + 6;
    let exif_at = model_at + 14;
    let date_at = exif_at + 18;
    let gps_at = date_at + 20;
    let north_at = gps_at + 2 + 4 * 12 + 4;
    let east_at = north_at + 24;
    let mut out = if little {
        b"II".to_vec()
    } else {
        b"MM".to_vec()
    };
    out.extend(short(42));
    out.extend(long(8));
    out.extend(short(5));
    out.extend(entry(0x010f, 2, 5, long(make_at)));
    out.extend(entry(0x0110, 2, 13, long(model_at)));
    out.extend(entry(0x0112, 3, 1, value));
    out.extend(entry(0x8769, 4, 1, long(exif_at)));
    out.extend(entry(0x8825, 4, 1, long(gps_at)));
    out.extend(long(0));
    out.extend(make);
    out.extend(model);
    out.push(0);
    out.extend(short(1));
    out.extend(entry(0x9003, 2, 20, long(date_at)));
    out.extend(long(0));
    out.extend(date);
    out.extend(short(4));
    out.extend(entry(1, 2, 2, *b"N\0\0\0"));
    out.extend(entry(2, 5, 3, long(north_at)));
    out.extend(entry(3, 2, 2, *b"E\0\0\0"));
    out.extend(entry(4, 5, 3, long(east_at)));
    out.extend(long(0));
    for (above, below) in [(47, 1), (30, 1), (0, 1), (8, 1), (45, 1), (3600, 100)] {
        out.extend(long(above));
        out.extend(long(below));
    }
    out
}
