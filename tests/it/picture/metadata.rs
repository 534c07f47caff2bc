//! What a file says about the writer: found, said, and cut out without touching a pixel.

use proptest::prelude::*;
use recap_editor::bundle::header;
use recap_editor::picture::Orientation;
use recap_editor::picture::metadata::{orientation, read, remove};

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
