//! EXIF: which way up a picture is, and what it says about the writer. Read as far as that goes, written for the way up only.

use super::metadata::Found;

/// Which way up a picture is to be shown, as EXIF counts: 1 is as it is stored, from 5 on the sides change places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orientation(u8);

impl Default for Orientation {
    fn default() -> Self {
        Self(1)
    }
}

impl Orientation {
    /// As it is stored; also what is assumed of a number that means nothing.
    #[must_use]
    pub fn new(number: u16) -> Self {
        match u8::try_from(number) {
            Ok(number @ 1..=8) => Self(number),
            _ => Self::default(),
        }
    }

    /// As EXIF counts, from 1 to 8.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether width and height change places.
    #[must_use]
    pub const fn turns(self) -> bool {
        self.0 > 4
    }

    /// Where a pixel of the stored picture, `width` × `height` large, is on the picture as it is shown.
    #[must_use]
    pub const fn shown(self, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
        let (right, bottom) = (
            width.saturating_sub(1).saturating_sub(x),
            height.saturating_sub(1).saturating_sub(y),
        );
        match self.0 {
            2 => (right, y),
            3 => (right, bottom),
            4 => (x, bottom),
            5 => (y, x),
            6 => (bottom, x),
            7 => (bottom, right),
            8 => (y, right),
            _ => (x, y),
        }
    }

    /// A TIFF structure that says this and nothing else.
    pub(super) fn tiff(self) -> [u8; 26] {
        let mut tiff = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";
        if let Some(value) = tiff.get_mut(19) {
            *value = self.0;
        }
        tiff
    }
}

const ORIENTATION: u16 = 0x0112;
const MAKE: u16 = 0x010f;
const MODEL: u16 = 0x0110;
const DATE: u16 = 0x0132;
const DATE_TAKEN: u16 = 0x9003;
const EXIF_LIST: u16 = 0x8769;
const GPS_LIST: u16 = 0x8825;

/// A TIFF structure, read with care: everything in it may lie.
#[derive(Debug, Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

/// An entry of a list: its tag, kind and count, and where its value or the value’s place stands.
#[derive(Debug, Clone, Copy)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    at: usize,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        // Some programs put the name of a JPEG segment in front elsewhere too.
        let bytes = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
        let little = match bytes.get(..2)? {
            b"II" => true,
            b"MM" => false,
            _ => return None,
        };
        Some(Self { bytes, little })
    }

    fn short(&self, at: usize) -> Option<u16> {
        let two: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little {
            u16::from_le_bytes(two)
        } else {
            u16::from_be_bytes(two)
        })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little {
            u32::from_le_bytes(four)
        } else {
            u32::from_be_bytes(four)
        })
    }

    /// The tags, kinds and counts of its lists, but of the small copy’s.
    fn tags(&self) -> Vec<(u16, u16, u32)> {
        let main = self.list(self.long(4));
        let below = main
            .iter()
            .filter(|entry| [EXIF_LIST, GPS_LIST].contains(&entry.tag))
            .flat_map(|entry| self.list(self.long(entry.at)));
        main.iter()
            .copied()
            .chain(below)
            .map(|entry| (entry.tag, entry.kind, entry.count))
            .collect()
    }

    /// Writes a number over an entry’s own, in a copy of these bytes.
    fn put(&self, copy: &mut [u8], entry: Entry, value: u32) -> Option<()> {
        let short = u16::try_from(value).ok();
        let bytes: Vec<u8> = match (entry.kind, self.little) {
            (3, true) => short?.to_le_bytes().to_vec(),
            (3, false) => short?.to_be_bytes().to_vec(),
            (4, true) => value.to_le_bytes().to_vec(),
            (4, false) => value.to_be_bytes().to_vec(),
            _ => return None,
        };
        let place = copy.get_mut(entry.at..entry.at.checked_add(bytes.len())?)?;
        place.copy_from_slice(&bytes);
        Some(())
    }

    fn list(&self, at: Option<u32>) -> Vec<Entry> {
        let read = || {
            let at = usize::try_from(at?).ok()?;
            let count = usize::from(self.short(at)?);
            let entries = (0..count).map_while(|index| {
                let at = at.checked_add(2 + 12 * index)?;
                Some(Entry {
                    tag: self.short(at)?,
                    kind: self.short(at + 2)?,
                    count: self.long(at + 4)?,
                    at: at + 8,
                })
            });
            Some(entries.collect())
        };
        read().unwrap_or_default()
    }

    fn text(&self, entry: Entry) -> Option<String> {
        let count = usize::try_from(entry.count).ok()?.min(200);
        let start = if count <= 4 {
            entry.at
        } else {
            usize::try_from(self.long(entry.at)?).ok()?
        };
        let bytes = self.bytes.get(start..start.checked_add(count)?)?;
        let text = bytes.split(|byte| *byte == 0).next()?;
        let text: String = String::from_utf8_lossy(text)
            .chars()
            .filter(|c| !c.is_control())
            .collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Degrees, minutes and seconds as degrees.
    fn degrees(&self, entry: Entry) -> Option<f64> {
        if entry.kind != 5 || entry.count != 3 {
            return None;
        }
        let start = usize::try_from(self.long(entry.at)?).ok()?;
        let mut sum = 0.0;
        for (index, share) in [1.0, 60.0, 3600.0].into_iter().enumerate() {
            let at = start.checked_add(8 * index)?;
            let (above, below) = (self.long(at)?, self.long(at + 4)?);
            if below == 0 {
                return None;
            }
            sum += f64::from(above) / f64::from(below) / share;
        }
        Some(sum)
    }

    fn place(&self, list: &[Entry]) -> Option<String> {
        let entry = |tag: u16| list.iter().copied().find(|entry| entry.tag == tag);
        let side = |tag: u16| entry(tag).and_then(|entry| self.text(entry));
        let (north, east) = (entry(2)?, entry(4)?);
        Some(match (self.degrees(north), self.degrees(east)) {
            (Some(north), Some(east)) => format!(
                "{north:.4}° {}, {east:.4}° {}",
                side(1).unwrap_or_else(|| "N".to_owned()),
                side(3).unwrap_or_else(|| "E".to_owned())
            ),
            _ => "coordinates".to_owned(),
        })
    }
}

/// Which way up a picture is, where its EXIF data says so.
pub(super) fn orientation(exif: &[u8]) -> Option<Orientation> {
    let tiff = Tiff::new(exif)?;
    let list = tiff.list(tiff.long(4));
    let entry = list.iter().find(|entry| entry.tag == ORIENTATION)?;
    tiff.short(entry.at).map(Orientation::new)
}

/// Whether EXIF data says which way up the picture is, and nothing else: it tells nothing about anybody.
pub(super) fn is_bare(exif: &[u8]) -> bool {
    let Some(tiff) = Tiff::new(exif) else {
        return false;
    };
    let list = tiff.list(tiff.long(4));
    matches!(list.as_slice(), [entry] if entry.tag == ORIENTATION) && tiff.bytes.len() <= 26
}

const SMALL_COPY: [u16; 2] = [0x0201, 0x0111];
const SMALL_COPY_SIZE: [u16; 2] = [0x0202, 0x0117];
const WIDTH: u16 = 0xa002;
const HEIGHT: u16 = 0xa003;

/// EXIF data for a picture made anew, so many pixels wide and high: the same but for the way up, which is as it is stored,
/// and the small copy of the old picture, which may show what was cut off. `None` where it says nothing else, or cannot be
/// trusted to be read the same way afterwards.
pub(super) fn for_another(exif: &[u8], (width, height): (u32, u32)) -> Option<Vec<u8>> {
    let tiff = Tiff::new(exif)?;
    if is_bare(exif) {
        return None;
    }
    let first = tiff.long(4)?;
    let main = tiff.list(Some(first));
    let mut out = tiff.bytes.to_vec();
    if let Some(entry) = main.iter().find(|entry| entry.tag == ORIENTATION) {
        tiff.put(&mut out, *entry, 1)?;
    }
    let taken = main.iter().find(|entry| entry.tag == EXIF_LIST);
    let taken = tiff.list(taken.and_then(|entry| tiff.long(entry.at)));
    for entry in &taken {
        match entry.tag {
            WIDTH => tiff.put(&mut out, *entry, width)?,
            HEIGHT => tiff.put(&mut out, *entry, height)?,
            _ => {}
        }
    }
    // Where the place of the list of the small copy stands.
    let next = usize::try_from(first).ok()? + 2 + 12 * main.len();
    if let Some(second) = tiff.long(next).filter(|second| *second != 0) {
        let list = tiff.list(Some(second));
        let value = |tags: [u16; 2]| {
            let entry = list.iter().find(|entry| tags.contains(&entry.tag))?;
            let value = match entry.kind {
                3 => u32::from(tiff.short(entry.at)?),
                _ => tiff.long(entry.at)?,
            };
            usize::try_from(value).ok()
        };
        if let (Some(at), Some(size)) = (value(SMALL_COPY), value(SMALL_COPY_SIZE)) {
            out.get_mut(at..at.checked_add(size)?)?.fill(0);
            if at + size == out.len() {
                out.truncate(at);
            }
        }
        out.get_mut(next..next + 4)?.fill(0);
    }
    let (mut before, mut after) = (Found::default(), Found::default());
    read(exif, &mut before);
    read(&out, &mut after);
    let same = before == after && tiff.tags() == Tiff::new(&out)?.tags();
    same.then_some(out)
}

/// Adds what EXIF data says.
pub(super) fn read(exif: &[u8], found: &mut Found) {
    let Some(tiff) = Tiff::new(exif) else {
        found.notes = true;
        return;
    };
    let main = tiff.list(tiff.long(4));
    let within = |list: &[Entry], tag: u16| list.iter().copied().find(|entry| entry.tag == tag);
    let said = |list: &[Entry], tag: u16| within(list, tag).and_then(|entry| tiff.text(entry));
    let sub = |tag: u16| tiff.list(within(&main, tag).and_then(|entry| tiff.long(entry.at)));
    let taken = sub(EXIF_LIST);
    if let Some(place) = tiff.place(&sub(GPS_LIST)) {
        found.place.get_or_insert(place);
    }
    let camera = match (said(&main, MAKE), said(&main, MODEL)) {
        (Some(make), Some(model)) if !model.starts_with(&make) => Some(format!("{make} {model}")),
        (make, model) => model.or(make),
    };
    if let Some(camera) = camera {
        found.camera.get_or_insert(camera);
    }
    if let Some(date) = said(&taken, DATE_TAKEN).or_else(|| said(&main, DATE)) {
        found.date.get_or_insert(plain_date(&date));
    }
    let told = [ORIENTATION, MAKE, MODEL, DATE, EXIF_LIST, GPS_LIST];
    found.notes |= main.iter().any(|entry| !told.contains(&entry.tag)) || taken.len() > 1;
}

/// `2024:06:12 14:03:22` as `2024-06-12 14:03`; anything else as it is.
fn plain_date(date: &str) -> String {
    let plain = || {
        let (day, time) = date.split_once(' ')?;
        let day = day.replace(':', "-");
        let time = time.get(..5)?;
        (day.len() == 10).then(|| format!("{day} {time}"))
    };
    plain().unwrap_or_else(|| date.to_owned())
}
