//! Bytes between the browser and the core, each way copied once and no more.

use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag};

use crate::bundle::{Part, Parts};

/// The browser’s bytes as the core has them.
pub(super) fn taken(bytes: &Uint8Array) -> Rc<[u8]> {
    let size = usize::try_from(bytes.length()).unwrap_or_default();
    // Made in its place: by way of a vector there would be two of them for a moment, and memory once taken stays taken.
    let mut taken: Rc<[u8]> = std::iter::repeat_n(0, size).collect();
    if let Some(place) = Rc::get_mut(&mut taken) {
        bytes.copy_to(place);
    }
    taken
}

/// Bytes as a file the browser keeps.
pub(super) fn blob_of(bytes: &[u8], media_type: &str) -> Option<Blob> {
    blob(&Array::of1(&Uint8Array::from(bytes)), media_type)
}

/// Parts as one file. `held` answers the file of bytes that the browser has already: these are not copied.
pub(super) fn blob_of_parts(
    parts: &Parts,
    held: impl Fn(&Rc<[u8]>) -> Option<Blob>,
) -> Option<Blob> {
    let list = Array::new();
    for part in parts.list() {
        let known = match part {
            Part::File(bytes) => held(bytes),
            Part::Made(_) => None,
        };
        match known {
            Some(known) => list.push(&known),
            None => list.push(&Uint8Array::from(part.bytes())),
        };
    }
    blob(&list, "application/octet-stream")
}

fn blob(parts: &Array, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(parts, &options).ok()
}

/// The browser’s bytes, read from where they are.
#[derive(Debug)]
pub(super) struct There {
    bytes: Uint8Array,
    at: u32,
}

impl There {
    pub(super) const fn new(bytes: Uint8Array) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Read for There {
    fn read(&mut self, place: &mut [u8]) -> io::Result<usize> {
        let left = self.bytes.length().saturating_sub(self.at);
        let count = left.min(u32::try_from(place.len()).unwrap_or(u32::MAX));
        let end = self.at.saturating_add(count);
        let wanted = usize::try_from(count).unwrap_or_default();
        let place = place.get_mut(..wanted).unwrap_or_default();
        self.bytes.subarray(self.at, end).copy_to(place);
        self.at = end;
        Ok(wanted)
    }
}

impl Seek for There {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => i64::try_from(at).ok(),
            SeekFrom::End(by) => i64::from(self.bytes.length()).checked_add(by),
            SeekFrom::Current(by) => i64::from(self.at).checked_add(by),
        };
        // Nothing is behind the end: whoever seeks there finds no more bytes.
        let to = to
            .and_then(|to| u64::try_from(to).ok())
            .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        self.at = u32::try_from(to).unwrap_or(u32::MAX);
        Ok(to)
    }
}
