//! One picture made fit for its place: which part of it the theme shows, how small it may be, what its file says about
//! the writer, and how that is taken out without touching a pixel. Nothing here decodes a picture; the browser does.

pub mod crop;
mod exif;
pub mod format;
mod jpeg;
pub mod metadata;
pub mod plan;
mod png;
pub mod shape;
mod webp;

pub use crop::{Corner, Ratio, Rect, Size};
pub use exif::Orientation;
pub use format::Format;
pub use metadata::Found;
pub use plan::{Choice, Plan};
pub use shape::{Gain, Shape};

use crate::bundle::header::{self, Header};
use crate::bundle::report::MOST_PIXELS;
use crate::text::Refusal;

/// Longest side the browsers’ canvases take, in pixels.
const LONGEST_SIDE: u32 = 16_384;

/// Whether a picture may be decoded: told from its first bytes, before anybody tries.
///
/// # Errors
///
/// It is no picture that can be read, a drawing without pixels, it moves, or it has more pixels than a browser should be
/// asked for.
pub fn check(bytes: &[u8]) -> Result<Header, Refusal> {
    let refused = |text: &str| Err(Refusal::new(text.to_owned()));
    let Some(header) = header::read(bytes) else {
        return refused(
            "This file is no picture that can be read here. PNG, JPEG, WebP, GIF and AVIF can.",
        );
    };
    let is_binary = Format::of(bytes).is_some()
        || bytes.starts_with(b"GIF8")
        || bytes.get(4..8) == Some(b"ftyp");
    if !is_binary {
        return refused(
            "This is a drawing (SVG): it is sharp at every size, so there is nothing to shrink.",
        );
    }
    if header.animated {
        return refused(
            "This picture moves. Cropped or shrunk here, it would stand still, so it is left as it is.",
        );
    }
    if header.width == 0 || header.height == 0 {
        return refused("This picture has no size, so there is nothing to crop.");
    }
    if header.pixels() > MOST_PIXELS || header.width.max(header.height) > LONGEST_SIDE {
        return Err(Refusal::new(format!(
            "This picture has {} × {} pixels, more than a browser should be asked to open. Make it smaller in a program \
             for pictures first: 4000 pixels wide is plenty.",
            header.width, header.height
        )));
    }
    Ok(header)
}
