//! What a picture’s file says beside its pixels, and the file without that. Only whole segments are cut: every byte that a
//! pixel is made of stays.

use std::ops::Range;

use crate::bundle::header;
use crate::text::Refusal;

use super::exif::{self, Orientation};
use super::{Format, Size, jpeg, png, webp};

/// What a file says about the writer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Where it was taken: coordinates, or that a place is named.
    pub place: Option<String>,
    /// What it was taken with.
    pub camera: Option<String>,
    /// When it was taken.
    pub date: Option<String>,
    /// Other notes: names, descriptions, programs, small copies of the picture.
    pub notes: bool,
    /// How much of the file that is, in bytes.
    pub bytes: usize,
}

impl Found {
    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// What was found, as a sentence; `None` where there is nothing.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let mut parts = Vec::new();
        if let Some(place) = &self.place {
            parts.push(format!("where it was taken ({place})"));
        }
        if let Some(camera) = &self.camera {
            parts.push(format!("with what ({camera})"));
        }
        if let Some(date) = &self.date {
            parts.push(format!("when ({date})"));
        }
        Some(match (parts.as_slice(), self.notes) {
            ([], _) => {
                "The file holds notes beside the picture, as cameras and programs write them."
                    .to_owned()
            }
            ([one], notes) => format!("The file says {one}{}.", also(notes)),
            ([most @ .., last], notes) => {
                format!(
                    "The file says {} and {last}{}.",
                    most.join(", "),
                    also(notes)
                )
            }
        })
    }
}

const fn also(notes: bool) -> &'static str {
    if notes { ", and holds other notes" } else { "" }
}

/// What a segment of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// Pixels, colours, or how they are read: never touched.
    Picture,
    /// EXIF data.
    Exif,
    /// XMP, in XML.
    Xmp,
    /// Anything else that is said about the picture.
    Notes,
    /// A small or second copy of the picture, or what follows its end.
    Copy,
}

/// A segment of a file. The segments of a file follow each other without a gap.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) what: What,
    /// All of it.
    pub(super) whole: Range<usize>,
    /// What it says, without its head.
    pub(super) content: Range<usize>,
}

/// Takes a file apart; `None` where it does not follow its kind’s rules, and nothing may be cut.
fn segments(bytes: &[u8]) -> Option<(Format, Vec<Segment>)> {
    let format = Format::of(bytes)?;
    let segments = match format {
        Format::Jpeg => jpeg::segments(bytes),
        Format::Png => png::segments(bytes),
        Format::Webp => webp::segments(bytes),
    }?;
    Some((format, segments))
}

/// What a file says beside its pixels. Nothing, where that cannot be told.
#[must_use]
pub fn read(bytes: &[u8]) -> Found {
    segments(bytes).map_or_else(Found::default, |(_, segments)| found(bytes, &segments))
}

/// Which way up a picture is to be shown.
#[must_use]
pub fn orientation(bytes: &[u8]) -> Orientation {
    segments(bytes)
        .and_then(|(_, segments)| way_up(bytes, &segments))
        .unwrap_or_default()
}

/// The file without what it says beside its pixels: pixels, colours and the way up stay as they are.
///
/// # Errors
///
/// The file is of another kind, or does not follow its kind’s rules.
pub fn remove(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let Some((format, segments)) = segments(bytes) else {
        return Err(Refusal::new(
            "What this file says about place and camera cannot be cut out without touching the picture. Choose a size or a \
             kind of file instead: the picture is then made anew, and nothing of it remains."
                .to_owned(),
        ));
    };
    let turned = way_up(bytes, &segments)
        .filter(|way| *way != Orientation::default())
        .map(Orientation::tiff);
    let turned = turned.as_ref().map(<[u8; 26]>::as_slice);
    let kept: Vec<&[u8]> = segments
        .iter()
        .filter(|segment| segment.what == What::Picture)
        .filter_map(|segment| bytes.get(segment.whole.clone()))
        .collect();
    Ok(match format {
        Format::Jpeg => jpeg::join(&kept, turned),
        Format::Png => png::join(&kept, turned),
        Format::Webp => webp::join(&kept, turned),
    })
}

/// What a file says about place and camera, for another file of `size` made of it; `None` where it says nothing of that
/// kind. Only EXIF data: other notes may be about what was cut off.
#[must_use]
pub fn camera_data(bytes: &[u8], size: Size) -> Option<Vec<u8>> {
    let (_, segments) = segments(bytes)?;
    of_kind(bytes, &segments, What::Exif)
        .find_map(|exif| exif::for_another(exif, (size.width, size.height)))
}

/// A file that says nothing yet, with what [`camera_data`] found; `None` where its kind cannot hold it.
#[must_use]
pub fn with_camera_data(bytes: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let (format, segments) = segments(bytes)?;
    let parts: Vec<&[u8]> = segments
        .iter()
        .filter_map(|segment| bytes.get(segment.whole.clone()))
        .collect();
    match format {
        Format::Jpeg => (data.len() <= jpeg::MOST_EXIF).then(|| jpeg::join(&parts, Some(data))),
        Format::Png => Some(png::join(&parts, Some(data))),
        Format::Webp => {
            let header = header::read(bytes)?;
            let size = (header.width, header.height);
            let extended = webp::extension(&parts, size);
            let at = parts.len().min(1);
            let (head, rest) = parts.split_at(at);
            let parts = [head, &[&extended], rest].concat();
            Some(webp::join(&parts, Some(data)))
        }
    }
}

fn of_kind<'a>(
    bytes: &'a [u8],
    segments: &'a [Segment],
    what: What,
) -> impl Iterator<Item = &'a [u8]> {
    segments
        .iter()
        .filter(move |segment| segment.what == what)
        .filter_map(|segment| bytes.get(segment.content.clone()))
}

fn way_up(bytes: &[u8], segments: &[Segment]) -> Option<Orientation> {
    of_kind(bytes, segments, What::Exif).find_map(exif::orientation)
}

fn found(bytes: &[u8], segments: &[Segment]) -> Found {
    let mut found = Found::default();
    for segment in segments {
        let content = bytes.get(segment.content.clone()).unwrap_or_default();
        match segment.what {
            What::Picture => continue,
            // What only keeps the way up would be written again.
            What::Exif if exif::is_bare(content) => continue,
            What::Exif => exif::read(content, &mut found),
            What::Xmp => read_xmp(content, &mut found),
            What::Notes | What::Copy => found.notes = true,
        }
        found.bytes += segment.whole.len();
    }
    found
}

/// What XMP says, told by the names of its entries; its values are not read.
fn read_xmp(xmp: &[u8], found: &mut Found) {
    let says = |names: &[&str]| {
        names
            .iter()
            .any(|name| memchr::memmem::find(xmp, name.as_bytes()).is_some())
    };
    found.notes = true;
    if says(&[
        "GPSLatitude",
        "photoshop:City",
        "Iptc4xmpCore:Location",
        "LocationCreated",
    ]) {
        found
            .place
            .get_or_insert_with(|| "a place is named".to_owned());
    }
    if says(&["tiff:Model", "aux:SerialNumber"]) {
        found
            .camera
            .get_or_insert_with(|| "a camera is named".to_owned());
    }
}
