//! Folders on disk: opened by picker or drop, listed before anything is read, and written where the browser lets us.

mod handles;
mod listing;
mod saving;

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use crate::session::{FolderTarget, FolderWrite, Msg, Revision};

pub use handles::Entry;
use handles::{Handle, can_pick, is_change_of_mind, option, pick_folder, reason};
use listing::Listing;
use saving::{Saved, save};

/// The folder that was opened last.
#[derive(Debug, Clone)]
pub(super) struct Folders {
    send: yew::Callback<Msg>,
    listing: Rc<RefCell<Listing>>,
    /// The one that was picked, which may come to nothing.
    picked: Rc<RefCell<Option<Handle>>>,
    /// The one that can be written.
    root: Rc<RefCell<Option<Handle>>>,
}

/// Whether the browser can save to folders on disk.
#[must_use]
pub fn can_save() -> bool {
    can_pick()
}

/// Whether what was dropped is a folder.
pub(super) fn is_folder(entry: &Entry) -> bool {
    entry.is_folder()
}

impl Folders {
    pub(super) fn new(send: yew::Callback<Msg>) -> Self {
        Self {
            send,
            listing: Rc::default(),
            picked: Rc::default(),
            root: Rc::default(),
        }
    }

    /// Lets the writer pick a folder. Answers whether the browser can.
    pub(super) fn pick(&self) -> bool {
        if !can_pick() {
            return false;
        }
        let (send, listing) = (self.send.clone(), Rc::clone(&self.listing));
        let last = Rc::clone(&self.picked);
        spawn_local(async move {
            let picked: Handle = match pick_folder(&JsValue::UNDEFINED).await {
                Ok(picked) => picked.unchecked_into(),
                Err(error) => return unreadable(&send, &error),
            };
            match Listing::of_handle(&picked).await {
                Ok(found) => {
                    let files = found.listed();
                    *listing.borrow_mut() = found;
                    let name = picked.name();
                    *last.borrow_mut() = Some(picked);
                    send.emit(Msg::FolderListed {
                        name,
                        files,
                        in_place: true,
                    });
                }
                Err(error) => unreadable(&send, &error),
            }
        });
        true
    }

    /// The folder that was picked last is the one to save in.
    pub(super) fn adopt(&self) {
        if let Some(picked) = self.picked.borrow_mut().take() {
            *self.root.borrow_mut() = Some(picked);
        }
    }

    /// The one to save in, as the browser can keep it.
    pub(super) fn adopted(&self) -> Option<JsValue> {
        self.root.borrow().clone().map(JsValue::from)
    }

    /// One that the browser kept is the one to save in; whether it is a folder at all.
    pub(super) fn adopt_kept(&self, kept: JsValue) -> bool {
        let is_folder = js_sys::Reflect::get(&kept, &"kind".into())
            .is_ok_and(|kind| kind.as_string().as_deref() == Some("directory"));
        if is_folder {
            *self.root.borrow_mut() = Some(kept.unchecked_into());
        }
        is_folder
    }

    /// Files of a folder were picked the old way.
    pub(super) fn picked(&self, files: Vec<File>) {
        if files.is_empty() {
            return;
        }
        let (name, found) = Listing::of_files(files);
        self.found(name, found);
    }

    /// Folders were dropped.
    pub(super) fn dropped(&self, entries: Vec<Entry>) {
        let (send, listing) = (self.send.clone(), Rc::clone(&self.listing));
        spawn_local(async move {
            match Listing::of_entries(entries).await {
                Ok((name, found)) => {
                    let files = found.listed();
                    *listing.borrow_mut() = found;
                    send.emit(Msg::FolderListed {
                        name,
                        files,
                        in_place: false,
                    });
                }
                Err(error) => unreadable(&send, &error),
            }
        });
    }

    fn found(&self, name: String, found: Listing) {
        let files = found.listed();
        *self.listing.borrow_mut() = found;
        self.send.emit(Msg::FolderListed {
            name,
            files,
            in_place: false,
        });
    }

    /// Reads files of the folder that was listed last.
    pub(super) fn read(&self, post: String, paths: &[String]) {
        let send = self.send.clone();
        let sources: Vec<_> = self
            .listing
            .borrow()
            .files
            .iter()
            .filter(|(path, _)| paths.contains(path))
            .cloned()
            .collect();
        spawn_local(async move {
            let mut files = Vec::with_capacity(sources.len());
            for (path, source) in sources {
                match source.read(&path).await {
                    Ok(file) => files.push(file),
                    Err(error) => {
                        return send.emit(Msg::FileUnreadable {
                            name: path,
                            reason: reason(&error),
                        });
                    }
                }
            }
            send.emit(Msg::FolderRead { post, files });
        });
    }

    /// Writes to a folder.
    pub(super) fn save(&self, target: FolderTarget, writes: Vec<FolderWrite>, revision: Revision) {
        let (send, root) = (self.send.clone(), Rc::clone(&self.root));
        spawn_local(async move {
            let in_place = target == FolderTarget::InPlace;
            let done = save_to(target, &writes, &root).await;
            send.emit(match done {
                Ok(Saved::All) => Msg::FolderSaved(revision),
                Ok(Saved::Changed(files)) => Msg::FolderFoundChanged(files),
                Err(error) => Msg::FolderNotSaved {
                    reason: (!is_change_of_mind(&error)).then(|| reason(&error)),
                    in_place,
                },
            });
        });
    }
}

async fn save_to(
    target: FolderTarget,
    writes: &[FolderWrite],
    root: &RefCell<Option<Handle>>,
) -> Result<Saved, JsValue> {
    let folder = match target {
        FolderTarget::InPlace => {
            let known = root.borrow().clone();
            known.ok_or_else(|| JsValue::from_str("no folder"))?
        }
        FolderTarget::New { name } => {
            let parent: Handle = pick_folder(&option("mode", "readwrite"))
                .await?
                .unchecked_into();
            let made: Handle = parent
                .folder_in(&name, &option("create", true))
                .await?
                .unchecked_into();
            *root.borrow_mut() = Some(made.clone());
            made
        }
    };
    let asked = js_sys::Reflect::has(&folder, &"requestPermission".into()).unwrap_or_default();
    if asked {
        let answer = folder.ask_to_write(&option("mode", "readwrite")).await?;
        if answer.as_string().as_deref() == Some("denied") {
            let refused = web_sys::DomException::new_with_message_and_name("", "NotAllowedError")?;
            return Err(refused.into());
        }
    }
    save(&folder, writes).await
}

fn unreadable(send: &yew::Callback<Msg>, error: &JsValue) {
    if !is_change_of_mind(error) {
        send.emit(Msg::FileUnreadable {
            name: "the folder".to_owned(),
            reason: reason(error),
        });
    }
}
