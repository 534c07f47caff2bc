//! What a file says about the writer: found, said, and cut out without touching a pixel.

use proptest::prelude::*;
use recap_editor::bundle::header;
use recap_editor::picture::Orientation;
use recap_editor::picture::metadata::{camera_data, orientation, read, remove, with_camera_data};
use recap_editor::picture::{Format, Size};

use super::files::{chunk, exif, jpeg, png, segment, webp};

const XMP: &[u8] =
    b"<x:xmpmeta><rdf:Description photoshop:City='Bern' tiff:Model='X'/></x:xmpmeta>";

fn named(name: &[u8], content: &[u8]) -> Vec<u8> {
    [name, content].concat()
}

fn jfif() -> Vec<u8> {
    segment(0xe0, b"JFIF\0\x01\x02\0\0\x48\0\x48\0\0")
}

fn colours() -> Vec<u8> {
    segment(0xe2, b"ICC_PROFILE\0\x01\x01colours")
}

fn only_way_up(number: u8) -> Vec<u8> {
    let mut tiff =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0".to_vec();
    tiff[6 + 19] = number;
    segment(0xe1, &tiff)
}

#[test]
fn a_file_says_where_with_what_and_when() {
    for little in [false, true] {
        let exif = exif(little, 6);
        let found = read(&jpeg(
            &[jfif(), segment(0xe1, &named(b"Exif\0\0", &exif))],
            b"",
        ));
        assert_eq!(found.place.as_deref(), Some("47.5000° N, 8.7600° E"));
        assert_eq!(found.camera.as_deref(), Some("Pear Phone 9"));
        assert_eq!(found.date.as_deref(), Some("2024-06-12 14:03"));
        assert_eq!(found.bytes, exif.len() + 10);
        assert_eq!(
            found.sentence().as_deref(),
            Some(
                "The file says where it was taken (47.5000° N, 8.7600° E), with what (Pear Phone 9) and when \
                 (2024-06-12 14:03)."
            )
        );
        let of_png = read(&png(4, 4, &[(b"eXIf", &exif)]));
        assert_eq!(
            (&of_png.place, &of_png.camera),
            (&found.place, &found.camera)
        );
        let of_webp = read(&webp(8, &[(b"VP8L", b"pixels"), (b"EXIF", &exif)]));
        assert_eq!(
            (&of_webp.place, &of_webp.camera),
            (&found.place, &found.camera)
        );
    }
    let xmp = named(b"http://ns.adobe.com/xap/1.0/\0", XMP);
    let found = read(&jpeg(&[segment(0xe1, &xmp)], b""));
    assert_eq!(
        found.sentence().as_deref(),
        Some(
            "The file says where it was taken (a place is named) and with what (a camera is named), and holds other notes."
        )
    );
    assert_eq!(
        read(&png(4, 4, &[(b"tEXt", b"Author\0me")]))
            .sentence()
            .as_deref(),
        Some("The file holds notes beside the picture, as cameras and programs write them.")
    );
    assert_eq!(read(&jpeg(&[jfif(), colours()], b"")).sentence(), None);
}

#[test]
fn everything_but_the_picture_is_cut_out() {
    let bare = jpeg(&[jfif(), colours()], b"");
    let told = jpeg(
        &[
            jfif(),
            segment(0xe1, &named(b"Exif\0\0", &exif(true, 1))),
            segment(0xe1, &named(b"http://ns.adobe.com/xap/1.0/\0", XMP)),
            segment(0xed, b"Photoshop 3.0\08BIM"),
            segment(0xe2, b"MPF\0second picture"),
            segment(0xe0, b"JFXX\0small copy"),
            colours(),
            segment(0xfe, b"made by me"),
        ],
        b"\xff\xd8 a second picture",
    );
    assert_eq!(remove(&told).unwrap(), bare);
    assert_eq!(remove(&bare).unwrap(), bare);

    let bare = png(4, 4, &[(b"gAMA", b"1234"), (b"pHYs", b"123456789")]);
    let told = [
        png(
            4,
            4,
            &[
                (b"gAMA", b"1234"),
                (b"tEXt", b"a\0b"),
                (b"zTXt", b"a\0\0b"),
                (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0x"),
                (b"eXIf", &exif(false, 1)),
                (b"tIME", b"1234567"),
                (b"caBX", b"who made it"),
                (b"pHYs", b"123456789"),
            ],
        ),
        b"what was cut away".to_vec(),
    ]
    .concat();
    assert_eq!(remove(&told).unwrap(), bare);

    let bare = webp(0x20, &[(b"ICCP", b"odd"), (b"VP8L", b"pixels")]);
    let told = webp(
        0x2c,
        &[
            (b"ICCP", b"odd"),
            (b"VP8L", b"pixels"),
            (b"EXIF", &exif(true, 1)),
            (b"XMP ", XMP),
            (b"abcd", b"x"),
        ],
    );
    assert_eq!(remove(&told).unwrap(), bare);
}

const SMALL: Size = Size {
    width: 40,
    height: 30,
};

/// A picture made anew in any kind of file says what the old one said, and that it is the right way up.
#[test]
fn place_and_camera_go_into_another_file() {
    for little in [false, true] {
        let exif = exif(little, 6);
        let old = jpeg(&[jfif(), segment(0xe1, &named(b"Exif\0\0", &exif))], b"");
        let data = camera_data(&old, SMALL).unwrap();
        assert_eq!(data.len(), exif.len());
        let lossless = b"\x2f\x27\x40\x07\x10 pixels";
        let simple = {
            let mut body = b"WEBPVP8L".to_vec();
            body.extend(12_u32.to_le_bytes());
            body.extend(lossless);
            [b"RIFF", &u32::to_le_bytes(24)[..], &body].concat()
        };
        for (kind, bare) in [
            (Format::Jpeg, jpeg(&[jfif(), colours()], b"")),
            (Format::Png, png(4, 4, &[])),
            (Format::Webp, webp(0, &[(b"VP8L", b"pixels")])),
            (Format::Webp, simple),
        ] {
            let with = with_camera_data(&bare, &data).unwrap();
            assert_eq!(Format::of(&with), Some(kind));
            let (found, before) = (read(&with), read(&old));
            assert_eq!((found.place, found.camera), (before.place, before.camera));
            assert_eq!(orientation(&with), Orientation::new(1));
            assert_eq!(
                header::read(&with).unwrap().width,
                header::read(&bare).unwrap().width
            );
            // Nothing of the picture was touched: taken out again, it is the file it was, but for the head a WebP got.
            let again = remove(&with).unwrap();
            match kind {
                Format::Webp => assert!(again.ends_with(&bare[bare.len() - 8..])),
                _ => assert_eq!(again, bare),
            }
        }
    }
}

/// The small copy of the old picture may show what was cut off.
#[test]
fn the_small_copy_stays_behind() {
    let list = |entries: &[(u16, u16, u32)], next: u32| {
        let mut out = u16::try_from(entries.len()).unwrap().to_be_bytes().to_vec();
        for (tag, kind, value) in entries {
            out.extend(tag.to_be_bytes());
            out.extend(kind.to_be_bytes());
            out.extend(1_u32.to_be_bytes());
            match kind {
                3 => out.extend([(*value as u16).to_be_bytes(), [0; 2]].concat()),
                _ => out.extend(value.to_be_bytes()),
            }
        }
        out.extend(next.to_be_bytes());
        out
    };
    // 8 for the head, then lists of 2 + 12 for each entry + 4.
    let (first, taken, small, copy) = (8_u32, 8 + 30, 8 + 30 + 30, 8 + 30 + 30 + 30);
    let exif = [
        b"MM\0\x2a\0\0\0\x08".to_vec(),
        list(&[(0x0112, 3, 8), (0x8769, 4, taken)], small),
        list(&[(0xa002, 4, 4000), (0xa003, 3, 3000)], 0),
        list(&[(0x0201, 4, copy), (0x0202, 4, 11)], 0),
        b"small copy!".to_vec(),
    ]
    .concat();
    assert_eq!(exif.len(), copy as usize + 11);
    assert_eq!(exif[first as usize + 1], 2);
    let old = jpeg(&[segment(0xe1, &named(b"Exif\0\0", &exif))], b"");
    let data = camera_data(&old, SMALL).unwrap();
    assert!(!data.windows(5).any(|part| part == b"small"));
    let wanted = [
        b"MM\0\x2a\0\0\0\x08".to_vec(),
        list(&[(0x0112, 3, 1), (0x8769, 4, taken)], 0),
        list(&[(0xa002, 4, 40), (0xa003, 3, 30)], 0),
        list(&[(0x0201, 4, copy), (0x0202, 4, 11)], 0),
    ]
    .concat();
    assert_eq!(data, wanted);
    // Where it points into something else, nothing is carried over.
    let mut lying = exif;
    lying[small as usize + 10..small as usize + 14].copy_from_slice(&(first + 2).to_be_bytes());
    let old = jpeg(&[segment(0xe1, &named(b"Exif\0\0", &lying))], b"");
    assert_eq!(camera_data(&old, SMALL), None);
    assert_eq!(camera_data(&jpeg(&[only_way_up(6)], b""), SMALL), None);
}

#[test]
fn the_way_up_is_kept() {
    for number in 2..=8_u16 {
        let exif = exif(number % 2 == 0, number);
        let wanted = Orientation::new(number);
        let told = jpeg(
            &[jfif(), segment(0xe1, &named(b"Exif\0\0", &exif)), colours()],
            b"",
        );
        let cut = remove(&told).unwrap();
        assert_eq!(
            cut,
            jpeg(
                &[jfif(), only_way_up(number.try_into().unwrap()), colours()],
                b""
            )
        );
        for (told, cut) in [
            (told, cut),
            (
                jpeg(&[segment(0xe1, &named(b"Exif\0\0", &exif))], b""),
                jpeg(&[only_way_up(number.try_into().unwrap())], b""),
            ),
        ] {
            assert_eq!(remove(&told).unwrap(), cut);
            assert_eq!(orientation(&told), wanted);
            assert_eq!(orientation(&cut), wanted);
            assert_eq!(header::read(&cut), header::read(&told));
            assert_eq!(read(&cut).sentence(), None);
        }
        let cut = remove(&png(4, 2, &[(b"eXIf", &exif)])).unwrap();
        assert_eq!(orientation(&cut), wanted);
        assert_eq!(cut.len(), png(4, 2, &[]).len() + 38);
        assert!(
            cut.windows(38)
                .any(|window| window == chunk(b"eXIf", &window[8..34]))
        );
        let cut = remove(&webp(0, &[(b"VP8L", b"pixel"), (b"EXIF", &exif)])).unwrap();
        assert_eq!(orientation(&cut), wanted);
        assert_eq!(cut[20] & 0x0c, 0x08);
        assert_eq!(
            u32::from_le_bytes(cut[4..8].try_into().unwrap()) as usize,
            cut.len() - 8
        );
    }
}

#[test]
fn an_orientation_moves_pixels_as_it_is_shown() {
    // Of a stored 4 × 3 picture, where its first pixel is on the shown one.
    let size = (4, 3);
    let corners = [
        (0, 0),
        (3, 0),
        (3, 2),
        (0, 2),
        (0, 0),
        (2, 0),
        (2, 3),
        (0, 3),
    ];
    for (number, corner) in (1..).zip(corners) {
        let way = Orientation::new(number);
        assert_eq!(way.shown((0, 0), size), corner, "{number}");
        assert_eq!(way.turns(), number > 4);
    }
    assert_eq!(Orientation::new(9), Orientation::default());
}

#[test]
fn what_breaks_the_rules_is_left_alone() {
    let mut broken = jpeg(&[segment(0xe1, b"Exif\0\0MM")], b"");
    broken[3] = 0x41;
    broken[2] = 0x41;
    assert!(remove(&broken).is_err());
    assert!(remove(b"GIF89a").is_err());
    // Cut off in its pixels: what is there stays.
    let whole = jpeg(&[segment(0xe1, &named(b"Exif\0\0", &exif(true, 1)))], b"");
    let cut_off = &whole[..whole.len() - 3];
    let bare = jpeg(&[], b"");
    assert_eq!(remove(cut_off).unwrap(), bare[..bare.len() - 3]);
}

proptest! {
    /// Whatever stands in a file: nothing panics, what is cut is read as empty, and cutting twice is cutting once.
    #[test]
    fn no_file_is_made_worse(
        kind in 0..3,
        noise in prop::collection::vec(any::<u8>(), 0..200),
        at in 0..400_usize,
        byte in any::<u8>(),
    ) {
        let mut file = match kind {
            0 => jpeg(&[jfif(), segment(0xe1, &named(b"Exif\0\0", &exif(true, 6))), segment(0xe1, &noise)], &noise),
            1 => png(4, 4, &[(b"eXIf", &exif(false, 6)), (b"tEXt", &noise)]),
            _ => webp(8, &[(b"VP8L", &noise), (b"EXIF", &exif(true, 6))]),
        };
        if let Some(place) = file.get_mut(at) {
            *place = byte;
        }
        let before = orientation(&file);
        if let Ok(cut) = remove(&file) {
            prop_assert!(cut.len() <= file.len() + 38);
            prop_assert_eq!(orientation(&cut), before);
            prop_assert!(read(&cut).is_empty());
            prop_assert_eq!(remove(&cut).unwrap(), cut);
        }
    }
}
