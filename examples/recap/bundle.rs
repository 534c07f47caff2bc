//! `pack FOLDER OUT.zip` and `unpack IN.zip FOLDER`: a page bundle out and in.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use recap_editor::bundle::{Archive, Bundle, BundleFile, Folder, Limits, Modified, POST};
use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::text::Text;

use super::Outcome;

/// Deepest folder that is read below a bundle.
const DEEPEST: usize = 12;

/// Makes a zip of a post's folder.
pub(crate) fn pack(words: &[String]) -> Outcome {
    let [folder, out] = words else {
        return Err("Name the post’s folder and the zip to make: pack FOLDER OUT.zip.".to_owned());
    };
    let root = Path::new(folder);
    let mut bundle = Bundle::default();
    collect(root, "", DEEPEST, &mut bundle.files)?;
    let post = bundle
        .post()
        .ok_or_else(|| format!("“{folder}” is no post’s folder: it has no {POST}."))?;
    let at = std::fs::canonicalize(root).map_err(|error| cannot_read(root, &error))?;
    let folder = Folder::at_end_of(&at.to_string_lossy().replace('\\', "/"))
        .or_else(|| folder_by_rule(&post.bytes))
        .ok_or(
            "The post has no date and no slug or title, so that its folder’s name is not known. Add them, or name the \
             folder YYYY/MMDD-slug.",
        )?;
    let zip = bundle
        .to_zip(&folder)
        .map_err(|refusal| refusal.to_string())?;
    write_whole(Path::new(out), &zip.to_vec(), None)
}

fn folder_by_rule(bytes: &[u8]) -> Option<Folder> {
    let text = Text::from_bytes(bytes);
    let post = Post::parse(text.as_str());
    Folder::by_rule(&FrontMatter::read(text.as_str(), &post))
}

fn collect(folder: &Path, below: &str, deepest: usize, files: &mut Vec<BundleFile>) -> Outcome {
    let cannot = |error: std::io::Error| cannot_read(folder, &error);
    if deepest == 0 {
        return Err(format!("“{}” lies too deep in folders.", folder.display()));
    }
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .map_err(cannot)?
        .collect::<Result<_, _>>()
        .map_err(cannot)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let file = entry.path();
        let name = entry.file_name().into_string().map_err(|_| {
            format!(
                "“{}” has a name that is not text. Rename it.",
                file.display()
            )
        })?;
        let kind = entry.file_type().map_err(cannot)?;
        let path = format!("{below}{name}");
        if kind.is_dir() {
            collect(&file, &format!("{path}/"), deepest - 1, files)?;
        } else if kind.is_file() {
            let cannot = |error: std::io::Error| cannot_read(&file, &error);
            let modified = entry
                .metadata()
                .and_then(|data| data.modified())
                .map_err(cannot)?;
            let seconds = modified.duration_since(SystemTime::UNIX_EPOCH).ok();
            files.push(BundleFile {
                path,
                bytes: std::fs::read(&file).map_err(cannot)?.into(),
                modified: seconds
                    .and_then(|since| i64::try_from(since.as_secs()).ok())
                    .and_then(Modified::from_unix),
            });
        } else {
            tell(&format!(
                "“{path}” was left out: it is a link or no plain file."
            ));
        }
    }
    Ok(())
}

/// Writes the files of a zip's post into a folder.
pub(crate) fn unpack(words: &[String]) -> Outcome {
    let [file, folder] = words else {
        return Err("Name the zip and the folder to write to: unpack IN.zip FOLDER.".to_owned());
    };
    let path = Path::new(file);
    let bytes = std::fs::read(path).map_err(|error| cannot_read(path, &error))?;
    let archive =
        Archive::read(&bytes, &Limits::default()).map_err(|refusal| refusal.to_string())?;
    let posts = archive.posts();
    if posts.len() > 1 {
        return Err(format!(
            "There are several posts in this zip: {}. Make a zip with one of them.",
            posts.join(", ")
        ));
    }
    let (bundle, notes) = archive
        .bundle(posts.first().copied().unwrap_or_default())
        .map_err(|refusal| refusal.to_string())?;
    let root = Path::new(folder);
    let targets: Vec<(PathBuf, &BundleFile)> = bundle
        .files
        .iter()
        .map(|file| (root.join(&file.path), file))
        .collect();
    // All questions before the first byte is written: nothing is left half done.
    for (target, file) in &targets {
        let mut at = root.to_path_buf();
        for part in Path::new(&file.path) {
            at.push(part);
            let kind = std::fs::symlink_metadata(&at)
                .map(|data| data.file_type())
                .ok();
            if kind.is_some_and(|kind| kind.is_symlink() || (at == *target) || !kind.is_dir()) {
                return Err(format!(
                    "“{}” is there already. Unpack into an empty folder; nothing was written.",
                    at.display()
                ));
            }
        }
    }
    for (done, (target, file)) in targets.iter().enumerate() {
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)
                .map_err(|error| format!("“{}” cannot be made: {error}.", parent.display()))?;
        }
        if let Err(sentence) = write_whole(target, &file.bytes, file.modified) {
            // None of these was there before: they are ours to take away.
            for (target, _) in targets.iter().take(done) {
                let _ = std::fs::remove_file(target);
            }
            return Err(sentence);
        }
    }
    for note in notes {
        tell(&note);
    }
    Ok(())
}

/// Writes a file beside its place and moves it there: it is never seen half written.
fn write_whole(target: &Path, bytes: &[u8], modified: Option<Modified>) -> Outcome {
    let mut name = target.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let part = target.with_file_name(name);
    let written = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            let seconds = modified
                .and_then(Modified::to_unix)
                .and_then(|at| u64::try_from(at).ok());
            if let Some(seconds) = seconds {
                file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))?;
            }
            file.sync_all()
        })
        .and_then(|()| std::fs::rename(&part, target));
    written.map_err(|error| {
        let _ = std::fs::remove_file(&part);
        format!("“{}” cannot be written: {error}.", target.display())
    })
}

fn cannot_read(path: &Path, error: &std::io::Error) -> String {
    format!("“{}” cannot be read: {error}.", path.display())
}

fn tell(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{sentence}");
}
