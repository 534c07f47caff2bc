//! Hugo's `qr` shortcode: the name it gives the picture, and its size.
//!
//! The name holds a hash of the text and the options: XXH64 (seed 0), as the real Hugo 0.168 gives it. Found by trying:
//! a list is hashed element by element, `hash(so far, element)`; a struct is the exclusive or of `hash(name, value)` of its
//! fields, hashed once more behind each; numbers are eight bytes, the lowest first.

use std::fmt::Write as _;

use twox_hash::XxHash64;

use crate::shortcode::{Arguments, Shortcode};

use super::escape::go_escape;

/// How many bytes of data a code holds, from the smallest version (21 modules wide) to the largest; for each of Hugo's
/// levels of error correction (ISO/IEC 18004, table 7).
const CAPACITIES: [(&str, [u16; 40]); 4] = [
    (
        "low",
        [
            19, 34, 55, 80, 108, 136, 156, 194, 232, 274, 324, 370, 428, 461, 523, 589, 647, 721,
            795, 861, 932, 1006, 1094, 1174, 1276, 1370, 1468, 1531, 1631, 1735, 1843, 1955, 2071,
            2191, 2306, 2434, 2566, 2702, 2812, 2956,
        ],
    ),
    (
        "medium",
        [
            16, 28, 44, 64, 86, 108, 124, 154, 182, 216, 254, 290, 334, 365, 415, 453, 507, 563,
            627, 669, 714, 782, 860, 914, 1000, 1062, 1128, 1193, 1267, 1373, 1455, 1541, 1631,
            1725, 1812, 1914, 1992, 2102, 2216, 2334,
        ],
    ),
    (
        "quartile",
        [
            13, 22, 34, 48, 62, 76, 88, 110, 132, 154, 180, 206, 244, 261, 295, 325, 367, 397, 445,
            485, 512, 568, 614, 664, 718, 754, 808, 871, 911, 985, 1033, 1115, 1171, 1231, 1286,
            1354, 1426, 1502, 1582, 1666,
        ],
    ),
    (
        "high",
        [
            9, 16, 26, 36, 46, 60, 66, 86, 100, 122, 140, 158, 180, 197, 223, 253, 283, 313, 341,
            385, 406, 442, 464, 514, 538, 596, 628, 661, 701, 745, 793, 845, 901, 961, 986, 1054,
            1096, 1142, 1222, 1276,
        ],
    ),
];

/// Modules of quiet ground around a code, on both sides together.
const QUIET: u64 = 8;

/// The picture of a call; `inner` is the text between its tags, `file` the file it stands in.
///
/// # Errors
/// In plain words, why Hugo refuses it.
pub(super) fn picture(file: &str, call: &Shortcode, inner: &str) -> Result<String, String> {
    let get = |name: &str| call.arguments.named(name).filter(|value| !value.is_empty());
    let text = get("text").unwrap_or_else(|| inner.trim());
    if text.is_empty() {
        return Err(
            "“qr” needs a text, such as {{< qr text=\"https://linkerd.io\" />}}.".to_owned(),
        );
    }
    let level = get("level").unwrap_or("medium");
    let Some((_, capacities)) = CAPACITIES.iter().find(|(name, _)| *name == level) else {
        return Err(format!(
            "The level “{level}” of “qr” is none: write low, medium, quartile or high."
        ));
    };
    let scale = match get("scale") {
        None => 4,
        // A number within quotation marks is a text to Hugo, and refused.
        Some(scale) => match scale.parse::<u32>() {
            Ok(number) if number >= 2 && !is_quoted(file, call, "scale") => u64::from(number),
            _ => return Err(
                "The scale of “qr” has to be a whole number from 2 on, without quotation marks."
                    .to_owned(),
            ),
        },
    };
    let version = capacities
        .iter()
        .zip(1u64..)
        .find(|(capacity, version)| bits(text, *version) <= u64::from(**capacity) * 8);
    let Some((_, version)) = version else {
        return Err("The text of “qr” is too long for such a code.".to_owned());
    };
    let width = (17 + 4 * version + QUIET) * scale;
    let folder = get("targetDir").unwrap_or_default();
    let name = hash_of(text, level, scale, folder);
    let folder = folder.trim_matches('/');
    let slash = if folder.is_empty() { "" } else { "/" };
    let mut out = format!(
        "<img src=\"/{}{slash}qr_{name:x}.png\" width=\"{width}\" height=\"{width}\"",
        go_escape(folder)
    );
    for name in ["alt", "class", "id", "title", "loading"] {
        if let Some(value) = get(name) {
            // Writing to a String cannot fail.
            let _ = write!(out, " {name}=\"{}\"", go_escape(value));
        }
    }
    out.push('>');
    Ok(out)
}

/// Whether the value of a named argument stands in quotation marks.
fn is_quoted(file: &str, call: &Shortcode, name: &str) -> bool {
    let Arguments::Named(values) = &call.arguments else {
        return false;
    };
    let at = values
        .iter()
        .rposition(|(key, _)| key.eq_ignore_ascii_case(name));
    at.and_then(|at| call.values.get(at))
        .is_some_and(|span| span.of(file).starts_with(['"', '`']))
}

/// How many bits the text takes in a code of this version, its head included.
fn bits(text: &str, version: u64) -> u64 {
    let sizes = |small: u64, middle: u64, large: u64| match version {
        ..=9 => small,
        10..=26 => middle,
        _ => large,
    };
    let length = u64::try_from(text.len()).unwrap_or(u64::MAX >> 8);
    let body = if text.bytes().all(|byte| byte.is_ascii_digit()) {
        let rest = match length % 3 {
            0 => 0,
            1 => 4,
            _ => 7,
        };
        sizes(10, 12, 14) + length / 3 * 10 + rest
    } else if text.bytes().all(is_alphanumeric) {
        sizes(9, 11, 13) + length / 2 * 11 + length % 2 * 6
    } else {
        sizes(8, 16, 16) + length * 8
    };
    4 + body
}

/// What fits into the second of the standard's modes.
fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_digit() || byte.is_ascii_uppercase() || b" $%*+-./:".contains(&byte)
}

fn hash_of(text: &str, level: &str, scale: u64, folder: &str) -> u64 {
    let of = |bytes: &[u8]| XxHash64::oneshot(0, bytes);
    let pair = |a: u64, b: u64| {
        let mut bytes = [0; 16];
        let (first, second) = bytes.split_at_mut(8);
        first.copy_from_slice(&a.to_le_bytes());
        second.copy_from_slice(&b.to_le_bytes());
        of(&bytes)
    };
    let fields = [
        ("Level", of(level.as_bytes())),
        ("Scale", of(&scale.to_le_bytes())),
        ("TargetDir", of(folder.as_bytes())),
    ];
    // The struct has no name.
    let options = fields.iter().fold(of(b""), |so_far, (name, value)| {
        of(&(so_far ^ pair(of(name.as_bytes()), *value)).to_le_bytes())
    });
    pair(pair(0, of(text.as_bytes())), options)
}
