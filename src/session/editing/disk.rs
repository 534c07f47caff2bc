//! The open post’s folder on disk, and what its draft notes of it.

use std::rc::Rc;

use crate::draft::OnDisk;

use super::super::disk::{Access, Place};
use super::super::drafting::Drafting;
use super::super::effect::Effect;
use super::super::view::PlaceView;
use super::Editing;

impl Editing {
    /// It is saved there from now on.
    pub(in super::super) fn lies_in(&mut self, place: Option<Place>) {
        self.disk = place;
    }

    pub(in super::super) const fn place(&self) -> Option<&Place> {
        self.disk.as_ref()
    }

    pub(in super::super) fn place_view(&self) -> Option<PlaceView> {
        self.disk.as_ref().and_then(Place::view)
    }

    /// All of these files are there now. Answers the folder’s name.
    pub(in super::super) fn disk_has(&mut self, files: Vec<(String, Rc<[u8]>)>) -> Option<String> {
        let place = self.disk.as_mut()?;
        place.known = files;
        place.access = Access::Open;
        Some(place.name.clone())
    }

    /// Whether the post’s file there is the text as it stands.
    pub(super) fn disk_has_text(&self) -> bool {
        self.disk.as_ref().is_some_and(|place| {
            let post = place.known.iter().find(|(path, _)| *path == place.post);
            post.is_some_and(|(_, bytes)| **bytes == *self.bytes())
        })
    }

    /// The browser has its handle still, or has none.
    pub(in super::super) fn place_found(&mut self, found: bool) {
        match &mut self.disk {
            Some(place) if found && place.access == Access::Unknown => place.access = Access::Asks,
            Some(place) if place.access == Access::Unknown => self.disk = None,
            _ => {}
        }
    }

    /// Has the browser keep the handle with the draft.
    pub(super) fn keep_folder(&self) -> Option<Effect> {
        let known = self.disk.as_ref()?.access != Access::Unknown;
        let drafting = self.drafting.as_ref()?;
        (known && drafting.journal.is_some()).then_some(Effect::KeepFolder(drafting.draft))
    }
}

/// A folder as a draft notes it. What is there becomes a part of the draft, so that nothing else is taken for it.
pub(super) fn noted(place: &Place, drafting: &mut Drafting) -> OnDisk {
    OnDisk {
        name: place.name.clone(),
        below: place.below.clone(),
        post: place.post.clone(),
        known: place
            .known
            .iter()
            .map(|(path, bytes)| (path.clone(), drafting.content(bytes)))
            .collect(),
    }
}
