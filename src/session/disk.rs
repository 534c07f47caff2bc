//! The folder on disk a post is saved to: what is written there, and what another program wrote meanwhile. A draft that is
//! brought back knows its folder again; the browser keeps the handle and asks the writer once more.

use std::rc::Rc;

use crate::bundle::POST;
use crate::draft::{DraftId, diff};
use crate::text::Text;

use super::editing::Editing;
use super::effect::{Effect, FolderTarget, FolderWrite};
use super::home::within;
use super::msg::{DiskFile, OpenedFile, Way};
use super::view::{MeanwhileFile, MeanwhileView, PlaceView, Tone};
use super::{FileKind, Revision, Session, kind_of};

/// A folder on disk.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    pub(super) name: String,
    /// The post's folder below the one that was opened; empty: the same.
    pub(super) below: String,
    /// What the post's file is called there.
    pub(super) post: String,
    /// What is there, as far as we know, by the paths below it.
    pub(super) known: Vec<(String, Rc<[u8]>)>,
    pub(super) access: Access,
}

/// Whether the browser lets us write to a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Nobody knows yet whether the browser still has it.
    Unknown,
    /// It has, and asks the writer again.
    Asks,
    /// It was opened in this visit.
    Open,
}

/// What is being written.
#[derive(Debug)]
pub(super) struct Saving {
    revision: Revision,
    files: Vec<(String, Rc<[u8]>)>,
    text: Text,
    pictures: Vec<OpenedFile>,
}

/// What changed there meanwhile.
#[derive(Debug)]
pub(super) struct Meanwhile {
    files: Vec<DiskFile>,
    view: Rc<MeanwhileView>,
}

impl Place {
    /// Where a path of the post is in the folder that was opened.
    fn path_there(&self, path: &str) -> String {
        if self.below.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.below)
        }
    }

    /// The way back.
    fn path_here(&self, path: &str) -> String {
        within(path, &self.below).unwrap_or(path).to_owned()
    }

    /// What the screen shows of it; nothing while nobody knows whether it is there.
    pub(super) fn view(&self) -> Option<PlaceView> {
        (self.access != Access::Unknown).then(|| PlaceView {
            name: self.name.clone(),
            asks: self.access == Access::Asks,
        })
    }
}

impl Meanwhile {
    pub(super) fn view(&self) -> Rc<MeanwhileView> {
        Rc::clone(&self.view)
    }
}

impl Session {
    /// The writer wants the post somewhere.
    pub(super) fn save_asked(&mut self, way: Way) -> Vec<Effect> {
        let Some(editing) = &mut self.editing else {
            return Vec::new();
        };
        match way {
            Way::Zip => editing.download(true, &mut self.notice),
            Way::PostOnly => editing.download_post(),
            Way::InPlace => match editing
                .place()
                .filter(|place| place.view().is_some())
                .cloned()
            {
                Some(place) => self.write_to(FolderTarget::InPlace, &place),
                None => Vec::new(),
            },
            Way::Folder => {
                let name = editing
                    .folder()
                    .map_or_else(|| "post".to_owned(), |folder| folder.last().to_owned());
                // Nothing is known of it: what is there already is not written over.
                let place = Place {
                    name: name.clone(),
                    below: String::new(),
                    post: POST.to_owned(),
                    known: Vec::new(),
                    access: Access::Open,
                };
                self.write_to(FolderTarget::New { name }, &place)
            }
        }
    }

    /// Orders what differs between the post and what is known of a folder.
    fn write_to(&mut self, target: FolderTarget, place: &Place) -> Vec<Effect> {
        let Some(editing) = &mut self.editing else {
            return Vec::new();
        };
        let files: Vec<(String, Rc<[u8]>)> = editing
            .bundle()
            .files
            .into_iter()
            .map(|file| {
                let path = if file.path == POST {
                    place.post.clone()
                } else {
                    file.path
                };
                (path, file.bytes)
            })
            .collect();
        let known = |path: &str| place.known.iter().find(|(known, _)| known == path);
        let mut writes: Vec<FolderWrite> = files
            .iter()
            .filter(|(path, bytes)| known(path).is_none_or(|(_, there)| !same(there, bytes)))
            .map(|(path, bytes)| FolderWrite {
                path: place.path_there(path),
                bytes: Some(Rc::clone(bytes)),
                expected: known(path).map(|(_, there)| Rc::clone(there)),
            })
            .collect();
        // What was renamed or deleted here goes there too, after the rest is safe.
        writes.extend(
            place
                .known
                .iter()
                .filter(|(path, _)| !files.iter().any(|(ours, _)| ours == path))
                .map(|(path, there)| FolderWrite {
                    path: place.path_there(path),
                    bytes: None,
                    expected: Some(Rc::clone(there)),
                }),
        );
        let revision = editing.revision();
        self.home.saving = Some(Saving {
            revision,
            files,
            text: editing.text().clone(),
            pictures: editing.pictures().to_vec(),
        });
        if !matches!(target, FolderTarget::InPlace) {
            editing.lies_in(Some(place.clone()));
        }
        vec![Effect::SaveToFolder {
            target,
            writes,
            revision,
        }]
    }

    /// All of it was written.
    pub(super) fn folder_saved(&mut self, revision: Revision) -> Vec<Effect> {
        let Some(saving) = self
            .home
            .saving
            .take_if(|saving| saving.revision == revision)
        else {
            return Vec::new();
        };
        let Some(editing) = &mut self.editing else {
            return Vec::new();
        };
        let Some(name) = editing.disk_has(saving.files) else {
            return Vec::new();
        };
        let effects = editing.saved_to_folder(saving.text, saving.pictures);
        self.tell(Tone::Info, format!("Saved in the folder “{name}”."));
        effects
    }

    /// Nothing was written: these files are not what we know of them.
    pub(super) fn folder_found_changed(&mut self, files: Vec<DiskFile>) {
        let place = self.editing.as_ref().and_then(Editing::place);
        let (Some(saving), Some(place)) = (&self.home.saving, place) else {
            return;
        };
        let shown = files
            .iter()
            .map(|file| {
                let path = place.path_here(&file.path);
                let ours = saving.files.iter().find(|(known, _)| *known == path);
                let ours = ours.map(|(_, bytes)| bytes.as_ref());
                meanwhile_file(path, file.bytes.as_deref(), ours)
            })
            .collect();
        let view = Rc::new(MeanwhileView {
            folder: place.name.clone(),
            files: shown,
        });
        self.home.meanwhile = Some(Meanwhile { files, view });
    }

    /// The question what to do with them was answered: write over them, or leave the folder as it is.
    pub(super) fn meanwhile_answered(&mut self, write_over: bool) -> Vec<Effect> {
        let Some(meanwhile) = self.home.meanwhile.take() else {
            return Vec::new();
        };
        self.home.saving = None;
        if !write_over {
            return Vec::new();
        }
        let Some(mut place) = self.editing.as_ref().and_then(Editing::place).cloned() else {
            return Vec::new();
        };
        // What was shown is known now; if it changes once more, that is told once more.
        for file in meanwhile.files {
            let path = place.path_here(&file.path);
            place.known.retain(|(known, _)| *known != path);
            if let Some(bytes) = file.bytes {
                place.known.push((path, bytes));
            }
        }
        if let Some(editing) = &mut self.editing {
            editing.lies_in(Some(place.clone()));
        }
        self.write_to(FolderTarget::InPlace, &place)
    }

    /// It could not be written, or the writer changed their mind (no reason).
    pub(super) fn folder_not_saved(&mut self, reason: Option<String>, known_before: bool) {
        self.home.saving = None;
        if let Some(editing) = &mut self.editing
            && !known_before
        {
            editing.lies_in(None);
        }
        if let Some(reason) = reason {
            self.tell(
                Tone::Problem,
                format!(
                    "The folder was not saved: {reason} Your changes are still here; try again, or download them."
                ),
            );
        }
    }

    /// The folder of a draft that was brought back was looked for.
    pub(super) fn folder_fetched(&mut self, draft: DraftId, found: bool) {
        if self.open_draft_id() == Some(draft)
            && let Some(editing) = &mut self.editing
        {
            editing.place_found(found);
        }
    }
}

fn same(a: &Rc<[u8]>, b: &Rc<[u8]>) -> bool {
    Rc::ptr_eq(a, b) || a == b
}

fn meanwhile_file(path: String, disk: Option<&[u8]>, ours: Option<&[u8]>) -> MeanwhileFile {
    let sentence = match (disk, ours) {
        (None, _) => "It is not there any more.".to_owned(),
        (Some(disk), None) => format!(
            "It would be deleted, but is another file by now ({} bytes).",
            disk.len()
        ),
        (Some(disk), Some(ours)) => {
            format!("{} bytes there, {} bytes here.", disk.len(), ours.len())
        }
    };
    let lines = match (disk, ours) {
        (Some(disk), Some(ours)) => match (std::str::from_utf8(disk), std::str::from_utf8(ours)) {
            (Ok(disk), Ok(ours)) if kind_of(&path) == FileKind::Post => diff::lines(disk, ours),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    MeanwhileFile {
        path,
        sentence,
        lines,
    }
}
