//! A maker of zips that can lie: every field of the format is written as it is told.

/// An entry, and how it is to be written.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) data: Vec<u8>,
    pub(super) deflate: bool,
    pub(super) method: Option<u16>,
    pub(super) flags: u16,
    pub(super) made_by: u16,
    pub(super) attributes: u32,
    pub(super) extra: Vec<u8>,
    pub(super) comment: Vec<u8>,
    /// Sizes and checksum stand behind the data.
    pub(super) streamed: bool,
    /// Sizes stand in the extra field of zip64.
    pub(super) zip64: bool,
    /// What the list says of the size and the checksum, in place of the truth.
    pub(super) said_size: Option<u32>,
    pub(super) said_packed: Option<u32>,
    pub(super) said_crc: Option<u32>,
    /// The name in the local header, where it is another.
    pub(super) local_name: Option<Vec<u8>>,
    /// Shares the bytes of the entry with this number.
    pub(super) shares: Option<usize>,
}

pub(super) fn entry(name: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> Entry {
    Entry {
        name: name.as_ref().to_vec(),
        data: data.as_ref().to_vec(),
        deflate: true,
        method: None,
        flags: 0x0800,
        made_by: 0x031e,
        attributes: 0o100_644 << 16,
        extra: Vec::new(),
        comment: Vec::new(),
        streamed: false,
        zip64: false,
        said_size: None,
        said_packed: None,
        said_crc: None,
        local_name: None,
        shares: None,
    }
}

impl Entry {
    pub(super) fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

/// A zip, part by part.
#[derive(Default)]
pub(super) struct Made {
    pub(super) prefix: Vec<u8>,
    pub(super) comment: Vec<u8>,
    pub(super) said_count: Option<u16>,
    pub(super) zip64_end: bool,
}

fn crc(data: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(data);
    crc.sum()
}

fn deflated(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut out = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

fn put16(out: &mut Vec<u8>, value: u16) {
    out.extend(value.to_le_bytes());
}

fn put32(out: &mut Vec<u8>, value: u32) {
    out.extend(value.to_le_bytes());
}

impl Made {
    pub(super) fn zip(&self, entries: &[Entry]) -> Vec<u8> {
        let mut out = self.prefix.clone();
        let mut list = Vec::new();
        let mut offsets: Vec<u32> = Vec::new();
        for entry in entries {
            let packed = if entry.deflate {
                deflated(&entry.data)
            } else {
                entry.data.clone()
            };
            let size = entry.said_size.unwrap_or(entry.data.len() as u32);
            let packed_size = entry.said_packed.unwrap_or(packed.len() as u32);
            let crc = entry.said_crc.unwrap_or_else(|| crc(&entry.data));
            let method = entry.method.unwrap_or(if entry.deflate { 8 } else { 0 });
            let flags = entry.flags | if entry.streamed { 8 } else { 0 };
            let mut extra = entry.extra.clone();
            if entry.zip64 {
                put16(&mut extra, 1);
                put16(&mut extra, 16);
                extra.extend(u64::from(size).to_le_bytes());
                extra.extend(u64::from(packed_size).to_le_bytes());
            }
            let (head_size, head_packed) = if entry.zip64 {
                (u32::MAX, u32::MAX)
            } else {
                (size, packed_size)
            };
            let offset = match entry.shares {
                Some(other) => offsets[other],
                None => (out.len() - self.prefix.len()) as u32,
            };
            offsets.push(offset);
            if entry.shares.is_none() {
                let name = entry.local_name.as_ref().unwrap_or(&entry.name);
                put32(&mut out, 0x0403_4b50);
                put16(&mut out, if entry.zip64 { 45 } else { 20 });
                put16(&mut out, flags);
                put16(&mut out, method);
                put32(&mut out, 0x5a21_6000);
                let (crc, packed_size, size) = if entry.streamed {
                    (0, 0, 0)
                } else {
                    (crc, head_packed, head_size)
                };
                put32(&mut out, crc);
                put32(&mut out, packed_size);
                put32(&mut out, size);
                put16(&mut out, name.len() as u16);
                put16(&mut out, extra.len() as u16);
                out.extend(name);
                out.extend(&extra);
                out.extend(&packed);
            }
            if entry.streamed {
                put32(&mut out, 0x0807_4b50);
                put32(&mut out, crc);
                put32(&mut out, packed_size);
                put32(&mut out, size);
            }
            put32(&mut list, 0x0201_4b50);
            put16(&mut list, entry.made_by);
            put16(&mut list, if entry.zip64 { 45 } else { 20 });
            put16(&mut list, flags);
            put16(&mut list, method);
            put32(&mut list, 0x5a21_6000);
            put32(&mut list, crc);
            put32(&mut list, head_packed);
            put32(&mut list, head_size);
            put16(&mut list, entry.name.len() as u16);
            put16(&mut list, extra.len() as u16);
            put16(&mut list, entry.comment.len() as u16);
            put16(&mut list, 0);
            put16(&mut list, 0);
            put32(&mut list, entry.attributes);
            put32(&mut list, offset);
            list.extend(&entry.name);
            list.extend(&extra);
            list.extend(&entry.comment);
        }
        let start = (out.len() - self.prefix.len()) as u32;
        let length = list.len() as u32;
        out.extend(&list);
        let count = self.said_count.unwrap_or(entries.len() as u16);
        if self.zip64_end {
            let at = (out.len() - self.prefix.len()) as u64;
            put32(&mut out, 0x0606_4b50);
            out.extend(44_u64.to_le_bytes());
            put16(&mut out, 45);
            put16(&mut out, 45);
            put32(&mut out, 0);
            put32(&mut out, 0);
            out.extend(u64::from(count).to_le_bytes());
            out.extend(u64::from(count).to_le_bytes());
            out.extend(u64::from(length).to_le_bytes());
            out.extend(u64::from(start).to_le_bytes());
            put32(&mut out, 0x0706_4b50);
            put32(&mut out, 0);
            out.extend(at.to_le_bytes());
            put32(&mut out, 1);
        }
        put32(&mut out, 0x0605_4b50);
        put32(&mut out, 0);
        let (count, length, start) = if self.zip64_end {
            (u16::MAX, u32::MAX, u32::MAX)
        } else {
            (count, length, start)
        };
        put16(&mut out, count);
        put16(&mut out, count);
        put32(&mut out, length);
        put32(&mut out, start);
        put16(&mut out, self.comment.len() as u16);
        out.extend(&self.comment);
        out
    }
}
