//! What is in a folder, without reading it, and reading what is wanted of it.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::session::{ListedFile, ReadFile};

use super::super::bytes::taken;
use super::super::files::bytes_of;
use super::handles::{Entry, Handle};

/// More files than this are not listed: nobody has a post with as many, and a disk's root has millions.
const MOST: usize = 50_000;

/// Where a file's bytes come from.
#[derive(Debug, Clone)]
pub(super) enum Source {
    File(File),
    Handle(Handle),
    Entry(Entry),
}

/// A folder's files, by their paths below it.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<(String, Source)>,
}

/// Folders no post is in, some of them very large.
fn is_skipped(name: &str) -> bool {
    name.starts_with('.') || name == "node_modules"
}

fn joined(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

impl Listing {
    /// What a picker of old handed over: files with paths that begin with the folder's name, which is answered too.
    pub(super) fn of_files(files: Vec<File>) -> (String, Self) {
        let mut root = String::new();
        let mut listing = Self::default();
        for file in files {
            let path = js_sys::Reflect::get(&file, &"webkitRelativePath".into())
                .ok()
                .and_then(|path| path.as_string())
                .unwrap_or_default();
            let (first, below) = path.split_once('/').unwrap_or(("", &path));
            first.clone_into(&mut root);
            let hidden = below
                .split('/')
                .any(|part| part.starts_with('.') || is_skipped(part));
            if !below.is_empty() && !hidden {
                listing
                    .files
                    .push((below.to_owned(), Source::File(file.clone())));
            }
        }
        (root, listing)
    }

    /// Walks a folder of a picker.
    pub(super) async fn of_handle(root: &Handle) -> Result<Self, JsValue> {
        let mut listing = Self::default();
        let mut waiting = vec![(String::new(), root.clone())];
        while let Some((path, folder)) = waiting.pop() {
            let values = folder.values();
            loop {
                let next = JsFuture::from(values.next()?).await?;
                let next: &js_sys::IteratorNext = next.unchecked_ref();
                if next.done() {
                    break;
                }
                let child: Handle = next.value().unchecked_into();
                let name = child.name();
                if child.kind() == "file" {
                    if !name.starts_with('.') {
                        listing
                            .files
                            .push((joined(&path, &name), Source::Handle(child)));
                    }
                } else if !is_skipped(&name) {
                    waiting.push((joined(&path, &name), child));
                }
            }
            if listing.files.len() > MOST {
                break;
            }
        }
        Ok(listing)
    }

    /// Walks what was dropped. One folder alone gives its name and what is below it.
    pub(super) async fn of_entries(entries: Vec<Entry>) -> Result<(String, Self), JsValue> {
        let mut listing = Self::default();
        let (root, mut waiting) = match entries.as_slice() {
            [only] if only.is_folder() => (only.entry_name(), vec![(String::new(), only.clone())]),
            _ => {
                let mut folders = Vec::new();
                for entry in &entries {
                    let name = entry.entry_name();
                    if entry.is_folder() {
                        folders.push((name, entry.clone()));
                    } else {
                        listing.files.push((name, Source::Entry(entry.clone())));
                    }
                }
                (String::new(), folders)
            }
        };
        while let Some((path, folder)) = waiting.pop() {
            let reader = folder.reader();
            loop {
                let some = js_sys::Promise::new(&mut |then, failed| reader.some(&then, &failed));
                let some: js_sys::Array = JsFuture::from(some).await?.unchecked_into();
                if some.length() == 0 {
                    break;
                }
                for child in some.iter() {
                    let child: Entry = child.unchecked_into();
                    let name = child.entry_name();
                    if child.is_folder() {
                        if !is_skipped(&name) {
                            waiting.push((joined(&path, &name), child));
                        }
                    } else if !name.starts_with('.') {
                        listing
                            .files
                            .push((joined(&path, &name), Source::Entry(child)));
                    }
                }
            }
            if listing.files.len() > MOST {
                break;
            }
        }
        Ok((root, listing))
    }

    /// The list as the session takes it. Sizes are known only where the browser has them at hand.
    pub(super) fn listed(&self) -> Vec<ListedFile> {
        self.files
            .iter()
            .map(|(path, source)| ListedFile {
                path: path.clone(),
                size: match source {
                    // A whole number below 2^53.
                    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    Source::File(file) => file.size() as u64,
                    Source::Handle(_) | Source::Entry(_) => 0,
                },
            })
            .collect()
    }
}

impl Source {
    async fn file(&self) -> Result<File, JsValue> {
        match self {
            Self::File(file) => Ok(file.clone()),
            Self::Handle(handle) => Ok(handle.get_file().await?.unchecked_into()),
            Self::Entry(entry) => {
                let file = js_sys::Promise::new(&mut |then, failed| entry.file(&then, &failed));
                Ok(JsFuture::from(file).await?.unchecked_into())
            }
        }
    }

    /// Reads it.
    pub(super) async fn read(&self, path: &str) -> Result<ReadFile, JsValue> {
        let file = self.file().await?;
        let bytes = bytes_of(&file).await?;
        // Zips keep the time of the writer's own clock, without a zone.
        let moment = js_sys::Date::new(&file.last_modified().into());
        let offset = moment.get_timezone_offset() * 60.0;
        #[expect(clippy::cast_possible_truncation)]
        let seconds = (file.last_modified() / 1000.0 - offset).floor() as i64;
        Ok(ReadFile {
            path: path.to_owned(),
            bytes: taken(&bytes),
            modified: Some(seconds),
        })
    }
}
