//! A zip in parts: what was made for it, and the files that go into it as they are, which nobody copies.

use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;

/// A part of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Made for this one purpose.
    Made(Vec<u8>),
    /// A whole file, shared with whoever else has it.
    File(Rc<[u8]>),
}

impl Part {
    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Made(bytes) => bytes,
            Self::File(bytes) => bytes,
        }
    }
}

/// Bytes in parts that follow each other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts(Vec<Part>);

impl Parts {
    /// The parts, in order.
    #[must_use]
    pub fn list(&self) -> &[Part] {
        &self.0
    }

    /// All of it in one piece: a copy.
    #[must_use]
    pub fn to_vec(&self) -> Vec<u8> {
        let size = self.0.iter().map(|part| part.bytes().len()).sum();
        let mut all = Vec::with_capacity(size);
        for part in &self.0 {
            all.extend_from_slice(part.bytes());
        }
        all
    }
}

impl From<Rc<[u8]>> for Parts {
    fn from(bytes: Rc<[u8]>) -> Self {
        Self(vec![Part::File(bytes)])
    }
}

impl From<Vec<u8>> for Parts {
    fn from(bytes: Vec<u8>) -> Self {
        Self(vec![Part::Made(bytes)])
    }
}

/// Takes what a zip’s writer writes. A write that is one of the known files, the very same memory, becomes a part that
/// shares it; everything else is kept as it comes, and may be written over later.
pub(super) struct Sink {
    files: Vec<Rc<[u8]>>,
    parts: Vec<(u64, Part)>,
    end: u64,
    at: u64,
}

impl Sink {
    pub(super) const fn new(files: Vec<Rc<[u8]>>) -> Self {
        Self {
            files,
            parts: Vec::new(),
            end: 0,
            at: 0,
        }
    }

    pub(super) fn into_parts(self) -> Parts {
        Parts(self.parts.into_iter().map(|(_, part)| part).collect())
    }

    fn append(&mut self, bytes: &[u8]) {
        let known = self.files.iter().find(|file| std::ptr::eq(&***file, bytes));
        match (known, self.parts.last_mut()) {
            (Some(file), _) => self.parts.push((self.end, Part::File(Rc::clone(file)))),
            (None, Some((_, Part::Made(made)))) => made.extend_from_slice(bytes),
            (None, _) => self.parts.push((self.end, Part::Made(bytes.to_vec()))),
        }
        self.end += bytes.len() as u64;
    }

    /// Writes over what was made before, as far as that part goes. Answers how many bytes.
    fn replace(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let at = self.at;
        let refused = || io::Error::other("a part of the zip cannot be written over");
        let found = self.parts.iter_mut().rev().find(|(start, _)| *start <= at);
        let Some((start, Part::Made(made))) = found else {
            return Err(refused());
        };
        let from = usize::try_from(at - *start).map_err(|_| refused())?;
        let room = made.get_mut(from..).unwrap_or_default();
        let count = room.len().min(bytes.len());
        for (place, byte) in room.iter_mut().zip(bytes) {
            *place = *byte;
        }
        if count == 0 {
            return Err(refused());
        }
        Ok(count)
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = if self.at == self.end {
            self.append(bytes);
            bytes.len()
        } else {
            self.replace(bytes)?
        };
        self.at += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Sink {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = to
            .filter(|at| *at <= self.end)
            .ok_or_else(|| io::Error::other("outside of the zip"))?;
        Ok(self.at)
    }
}
