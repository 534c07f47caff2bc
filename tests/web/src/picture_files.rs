//! Pictures made for tests.

#![allow(
    clippy::expect_used,
    reason = "sizes are small, and memory takes what is written"
)]

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A PNG of so many channels of 8 bits (1: grey, 3: colours, 4: with transparency); `row` gives the bytes of one.
pub fn png(width: u32, height: u32, channels: u8, row: impl Fn(u32) -> Vec<u8>) -> Vec<u8> {
    let mut pixels = ZlibEncoder::new(Vec::new(), Compression::fast());
    for y in 0..height {
        pixels.write_all(&[0]).expect("memory");
        pixels.write_all(&row(y)).expect("memory");
    }
    let kind = match channels {
        1 => 0,
        3 => 2,
        _ => 6,
    };
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, kind, 0, 0, 0]);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [
        (b"IHDR", header),
        (b"IDAT", pixels.finish().expect("memory")),
        (b"IEND", Vec::new()),
    ] {
        out.extend(u32::try_from(content.len()).expect("small").to_be_bytes());
        let mut sum = crc32fast::Hasher::new();
        sum.update(kind);
        sum.update(&content);
        out.extend(kind);
        out.extend(content);
        out.extend(sum.finalize().to_be_bytes());
    }
    out
}

/// Red, green, blue and yellow, as they are read.
pub const QUARTERS: [[u8; 3]; 4] = [[255, 0, 0], [0, 128, 0], [0, 0, 255], [255, 255, 0]];

/// Four coloured quarters.
pub fn quarters(width: u32, height: u32) -> Vec<u8> {
    png(width, height, 3, |y| {
        let half = |right: u32| QUARTERS[(right + 2 * u32::from(y >= height / 2)) as usize];
        (0..width)
            .flat_map(|x| half(u32::from(x >= width / 2)))
            .collect()
    })
}

/// Something like a photograph: a slope of colours with grain.
pub fn grainy(width: u32, height: u32) -> Vec<u8> {
    png(width, height, 3, |y| {
        (0..width)
            .flat_map(|x| {
                let grain = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503))
                    .wrapping_mul(2_246_822_519)
                    >> 27;
                let slope = |at: u32, of: u32| u8::try_from(at * 200 / of + grain).unwrap_or(255);
                [
                    slope(x, width),
                    slope(y, height),
                    slope(x + y, width + height),
                ]
            })
            .collect()
    })
}

/// A grey picture of one colour, however large.
pub fn plain(width: u32, height: u32) -> Vec<u8> {
    let row = vec![0x99; width as usize];
    png(width, height, 1, |_| row.clone())
}

/// EXIF data: this way up, a camera, and a place.
pub fn exif(way_up: u8) -> Vec<u8> {
    let mut out = b"\xff\xe1\0\0Exif\0\0MM\0\x2a\0\0\0\x08\0\x03".to_vec();
    let entry = |tag: u16, kind: u8, count: u8, value: [u8; 4]| {
        let mut entry = tag.to_be_bytes().to_vec();
        entry.extend([0, kind, 0, 0, 0, count]);
        entry.extend(value);
        entry
    };
    // Head 8, list 2 + 3 × 12 + 4: what follows begins at 50.
    out.extend(entry(0x0110, 2, 13, [0, 0, 0, 50]));
    out.extend(entry(0x0112, 3, 1, [0, way_up, 0, 0]));
    out.extend(entry(0x8825, 4, 1, [0, 0, 0, 64]));
    out.extend([0; 4]);
    out.extend(b"Pear Phone 9\0\0");
    out.extend([0, 4]);
    out.extend(entry(1, 2, 2, *b"N\0\0\0"));
    out.extend(entry(2, 5, 3, [0, 0, 0, 118]));
    out.extend(entry(3, 2, 2, *b"E\0\0\0"));
    out.extend(entry(4, 5, 3, [0, 0, 0, 142]));
    out.extend([0; 4]);
    for (above, below) in [(47_u32, 1_u32), (30, 1), (0, 1), (8, 1), (45, 1), (0, 1)] {
        out.extend(above.to_be_bytes());
        out.extend(below.to_be_bytes());
    }
    let length = u16::try_from(out.len() - 2).expect("small");
    out[2..4].copy_from_slice(&length.to_be_bytes());
    out
}
