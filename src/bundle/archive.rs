//! A zip taken apart, with limits on what is really in it rather than on what it says of itself.
//!
//! All or nothing: a zip that is damaged, ambiguous or too large is refused whole. An entry that could do harm where it
//! is unpacked (`../`, links, drive letters) is left out with a sentence.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use std::rc::Rc;

use zip::read::ZipFile;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::name::{self, Taken};
use super::{Bundle, BundleFile, Folder, Modified, POST, Refusal};
use crate::text::sort;

/// What a zip may hold. Sizes are of the bytes that come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries, folders too.
    pub entries: usize,
    /// Of one file, in bytes.
    pub file: u64,
    /// Of all files beyond the zip's own size, in bytes: photos come out as large as they went in, so that a bundle of
    /// 300 MB may be opened, and a small zip cannot become much more than this.
    pub growth: u64,
    /// Of a file of more than a megabyte: how many times larger than in the zip.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: 2000,
            file: 64 << 20,
            growth: 96 << 20,
            ratio: 200,
        }
    }
}

/// Where a zip’s bytes come from: they need not be here all at once.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// From this size on the ratio counts, in bytes: short texts may be very even.
const RATIO_FROM: u64 = 1 << 20;

/// The files of a zip, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Archive {
    files: Vec<BundleFile>,
    notes: Vec<String>,
}

impl Archive {
    /// Whether bytes look like a zip, by their first or, with something before it, by their last part.
    #[must_use]
    pub fn is_zip(bytes: &[u8]) -> bool {
        bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
    }

    /// Takes a zip apart.
    ///
    /// # Errors
    ///
    /// It is no zip, damaged, encrypted, beyond the limits, or two of its files have one name.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        Self::read_from(&mut Cursor::new(bytes), bytes.len() as u64, limits)
    }

    /// Takes a zip of `size` bytes apart that is somewhere else, one file after another.
    ///
    /// # Errors
    ///
    /// As [`Archive::read`].
    pub fn read_from(source: &mut dyn Source, size: u64, limits: &Limits) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(source).map_err(|error| said(&error))?;
        if zip.len() > limits.entries {
            return Err(too_many(limits));
        }
        if zip.has_duplicate_names() {
            return Err(Refusal::new(
                "Two files in this zip have the same name, or its list of files is damaged. Make the zip anew.",
            ));
        }
        if zip
            .has_overlapping_entries()
            .map_err(|error| said(&error))?
        {
            return Err(Refusal::new(
                "Files in this zip share their bytes, as no usual program writes them. It was not opened.",
            ));
        }
        let mut taken = Taken::default();
        let mut archive = Self::default();
        let mut left_out: BTreeMap<String, &'static str> = BTreeMap::new();
        let mut room = size.saturating_add(limits.growth);
        let mut packed = 0_u64;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| said(&error))?;
            let path = path_of(&entry);
            packed = packed.saturating_add(entry.compressed_size());
            if packed > size {
                return Err(Refusal::new(
                    "The files in this zip are said to be larger than the zip, or share their bytes. It was not opened.",
                ));
            }
            if is_clutter(&path) {
                continue;
            }
            if entry.is_symlink() || is_special(entry.unix_mode()) {
                left_out.insert(path, "it is a link or no plain file");
                continue;
            }
            let is_folder = path.ends_with('/');
            let kept = path
                .strip_prefix("./")
                .unwrap_or(&path)
                .trim_end_matches('/')
                .to_owned();
            if is_folder && (kept.is_empty() || entry.compressed_size() <= 2) {
                continue;
            }
            if let Err(reason) = name::check_path(&kept) {
                left_out.insert(path, reason);
                continue;
            }
            if let Some(other) = taken.take(&kept) {
                return Err(Refusal::new(format!(
                    "“{}” and “{}” in this zip are one file on a Mac or on Windows. Rename one of them and make the \
                     zip anew.",
                    other.escape_debug(),
                    kept.escape_debug()
                )));
            }
            if entry.encrypted() {
                return Err(Refusal::new(
                    "This zip is encrypted. Make one without a password.",
                ));
            }
            if !matches!(
                entry.compression(),
                CompressionMethod::Stored | CompressionMethod::Deflated
            ) {
                return Err(Refusal::new(format!(
                    "“{kept}” is compressed in a way that is not known here. Make the zip with the usual method, deflate."
                )));
            }
            let modified = entry.last_modified().map(Modified::of_entry);
            drop(entry);
            let bytes = content(&mut zip, index, &kept, limits, room)?;
            room = room.saturating_sub(bytes.len() as u64);
            archive.files.push(BundleFile {
                path: kept,
                bytes,
                modified,
            });
        }
        for file in &archive.files {
            let mut folder = file.path.as_str();
            while let Some((above, _)) = folder.rsplit_once('/') {
                if archive
                    .files
                    .iter()
                    .any(|other| name::folded(&other.path) == name::folded(above))
                {
                    return Err(Refusal::new(format!(
                        "“{above}” is a file and a folder in this zip. Make the zip anew."
                    )));
                }
                folder = above;
            }
        }
        for (path, reason) in left_out {
            archive
                .notes
                .push(format!("“{}” was left out: {reason}.", path.escape_debug()));
        }
        Ok(archive)
    }

    /// What was left out and why, a sentence each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The posts in it, by their folders in the zip, in order; `""` is the top.
    #[must_use]
    pub fn posts(&self) -> Vec<&str> {
        posts_among(self.files.iter().map(|file| file.path.as_str()))
    }

    /// The post in `folder` with everything below it but other posts. The second part tells what stayed behind.
    ///
    /// # Errors
    ///
    /// There is no post in that folder.
    pub fn bundle(&self, folder: &str) -> Result<(Bundle, Vec<String>), Refusal> {
        let posts = self.posts();
        if !posts.contains(&folder) {
            return Err(Refusal::new(
                "There is no post in this zip: none of its files is an index.md. Zip the post’s folder and try again.",
            ));
        }
        let below = |path: &str, folder: &str| -> Option<String> {
            if folder.is_empty() {
                return Some(path.to_owned());
            }
            path.strip_prefix(folder)?
                .strip_prefix('/')
                .map(str::to_owned)
        };
        let mut bundle = Bundle {
            folder: Folder::at_end_of(folder),
            files: Vec::new(),
        };
        let mut elsewhere = 0_usize;
        for file in &self.files {
            let of_another = posts
                .iter()
                .any(|post| post.len() > folder.len() && below(&file.path, post).is_some());
            match below(&file.path, folder).filter(|_| !of_another) {
                Some(path) => bundle.files.push(BundleFile {
                    path,
                    ..file.clone()
                }),
                None => elsewhere += 1,
            }
        }
        if bundle.post().is_none()
            && let Some(post) = bundle
                .files
                .iter_mut()
                .find(|file| is_post(&file.path) || is_markdown(&file.path))
        {
            POST.clone_into(&mut post.path);
        }
        let mut notes = self.notes.clone();
        match elsewhere {
            0 => {}
            1 => notes.push("One file outside of the post’s folder was not opened.".to_owned()),
            _ => notes.push(format!(
                "{elsewhere} files outside of the post’s folder were not opened."
            )),
        }
        Ok((bundle, notes))
    }
}

/// The posts among paths with `/`, by their folders, in order; `""` is the top.
#[must_use]
pub fn posts_among<'a>(paths: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
    let folder = |path: &'a str| path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found: Vec<&str> = paths
        .clone()
        .filter(|path| is_post(path))
        .map(folder)
        .collect();
    if found.is_empty() {
        // A single Markdown file with another name is the post too.
        let mut others = paths.filter(|path| is_markdown(path));
        if let (Some(only), None) = (others.next(), others.next()) {
            found.push(folder(only));
        }
    }
    sort::sort(&mut found);
    found.dedup();
    found
}

fn is_post(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.eq_ignore_ascii_case(POST)
}

fn is_markdown(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    !name.starts_with("readme") && (name.ends_with(".md") || name.ends_with(".markdown"))
}

/// An entry's path with `/`. Some programs write UTF-8 without saying so, as macOS does; what is valid UTF-8 is taken
/// for it, anything else is in the old code page of DOS. Old programs on Windows part folders with backslashes.
fn path_of(entry: &ZipFile<'_, &mut dyn Source>) -> String {
    let path = match std::str::from_utf8(entry.name_raw()) {
        Ok(path) => path.to_owned(),
        Err(_) => entry
            .name()
            .map(std::borrow::Cow::into_owned)
            .unwrap_or_default(),
    };
    path.replace('\\', "/")
}

/// What systems put into zips for themselves.
fn is_clutter(path: &str) -> bool {
    path.split('/').any(|part| {
        part == "__MACOSX"
            || part.starts_with("._")
            || [".DS_Store", "Thumbs.db", "desktop.ini", "ehthumbs.db"]
                .iter()
                .any(|clutter| part.eq_ignore_ascii_case(clutter))
    })
}

/// A device, a socket or a pipe, by the kind in its Unix mode.
fn is_special(mode: Option<u32>) -> bool {
    mode.is_some_and(|mode| !matches!(mode & 0o170_000, 0 | 0o100_000 | 0o040_000))
}

/// Reads a file's bytes, and not one more than there is room for.
fn content(
    zip: &mut ZipArchive<&mut dyn Source>,
    index: usize,
    path: &str,
    limits: &Limits,
    room: u64,
) -> Result<Rc<[u8]>, Refusal> {
    let mut entry = zip.by_index(index).map_err(|error| said(&error))?;
    let (said_size, packed) = (entry.size(), entry.compressed_size());
    let ratio = packed.saturating_mul(limits.ratio).max(RATIO_FROM);
    let most = limits.file.min(room).min(ratio);
    let mut bytes = Vec::with_capacity(usize::try_from(said_size.min(most)).unwrap_or_default());
    (&mut entry)
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Refusal::new(format!(
                "“{path}” in this zip is damaged ({error}). Make the zip anew."
            ))
        })?;
    let size = bytes.len() as u64;
    if size > most {
        let reason = if most == ratio && ratio < limits.file.min(room) {
            "is packed so tightly that it looks like a trap".to_owned()
        } else if most == limits.file {
            format!("has more than {} MB", limits.file >> 20)
        } else {
            "makes the zip far larger than it is packed".to_owned()
        };
        return Err(Refusal::new(format!(
            "“{path}” {reason}. The zip was not opened."
        )));
    }
    if size != said_size {
        return Err(Refusal::new(format!(
            "“{path}” in this zip has another size than the zip says. Make the zip anew."
        )));
    }
    Ok(bytes.into())
}

fn too_many(limits: &Limits) -> Refusal {
    Refusal::new(format!(
        "This zip has more than {} files, too many for a post. Zip the post’s folder alone.",
        limits.entries
    ))
}

fn said(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(reason) if reason.to_lowercase().contains("password") => {
            Refusal::new("This zip is encrypted. Make one without a password.")
        }
        _ => Refusal::new("This is no zip that can be read, or it is cut off. Make the zip anew."),
    }
}
