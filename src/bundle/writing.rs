//! A bundle as a zip.

use std::io::Write as _;
use std::rc::Rc;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::parts::{Parts, Sink};
use super::{Bundle, BundleFile, Folder, POST, Refusal, name};
use crate::text::sort;

/// Endings of files that are compressed already: to do it again costs time and gains nothing.
const COMPRESSED: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "mp4", "webm", "zip",
];

pub(super) fn write(bundle: &Bundle, folder: &Folder) -> Result<Parts, Refusal> {
    files(&bundle.files, |path| folder.path_of(path))
}

/// The files under the paths that `path_of` makes of theirs.
pub(super) fn files(
    files: &[BundleFile],
    path_of: impl Fn(&str) -> String,
) -> Result<Parts, Refusal> {
    let failed =
        |error: zip::result::ZipError| Refusal::new(format!("The zip could not be made: {error}."));
    let mut files: Vec<_> = files.iter().collect();
    sort::sort_by(&mut files, |a, b| {
        (a.path != POST, &a.path).cmp(&(b.path != POST, &b.path))
    });
    let mut seen = name::Taken::default();
    for file in &files {
        if let Err(reason) = name::check_path(&file.path) {
            return Err(Refusal::new(format!(
                "“{}” cannot go into a zip: {reason}.",
                file.path.escape_debug()
            )));
        }
        if let Some(other) = seen.take(&file.path) {
            return Err(Refusal::new(format!(
                "“{}” and “{other}” would be one file on a Mac or on Windows. Rename one of them.",
                file.path
            )));
        }
    }
    let mut writer = ZipWriter::new(Sink::new(
        files.iter().map(|file| Rc::clone(&file.bytes)).collect(),
    ));
    for file in files {
        let ending = file
            .path
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let method = if COMPRESSED.contains(&ending.as_str()) {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        // Never the writer's own clock: two downloads of one bundle are equal.
        let time = file
            .modified
            .map_or_else(DateTime::default, super::Modified::for_entry);
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(time)
            .unix_permissions(0o644);
        writer
            .start_file(path_of(&file.path), options)
            .map_err(failed)?;
        writer
            .write_all(&file.bytes)
            .map_err(|error| Refusal::new(format!("The zip could not be made: {error}.")))?;
    }
    writer.finish().map(Sink::into_parts).map_err(failed)
}
