//! Drafts as a zip: all of them, what cannot be read of one, and back again.

use std::rc::Rc;

use crate::bundle::{self, Archive, BundleFile, POST, Parts, name};
use crate::draft::{DraftId, WriterId};

use super::super::drafting::Drafting;
use super::super::editing::Editing;
use super::super::effect::Effect;
use super::super::home::to_open;
use super::super::storage::{Kept, StoreOrder};
use super::super::view::Tone;
use super::super::{Revision, Session};
use super::stored::Text;

/// The folder in a zip of all drafts, by which it is known again.
pub(super) const ZIP_FOLDER: &str = "recap-drafts";

impl Session {
    pub(super) fn hand_out(
        &mut self,
        name: &str,
        zip: Result<Parts, bundle::Refusal>,
    ) -> Vec<Effect> {
        match zip {
            Ok(bytes) => vec![Effect::Download {
                name: name.to_owned(),
                bytes,
                revision: Revision::default(),
            }],
            Err(refusal) => {
                self.tell(Tone::Problem, refusal.to_string());
                Vec::new()
            }
        }
    }

    /// Takes in a zip of all drafts; `None` where it is none.
    pub(in super::super) fn import_drafts(&mut self, archive: &Archive) -> Option<Vec<Effect>> {
        let posts = archive.posts();
        let is_ours = |folder: &&str| folder.split('/').any(|part| part == ZIP_FOLDER);
        if self.editing.is_some() || posts.is_empty() || !posts.iter().all(is_ours) {
            return None;
        }
        let (now, offset) = (self.drafts.now, self.drafts.offset);
        let mut effects = Vec::new();
        let mut count = 0;
        for folder in posts {
            let Ok((bundle, _)) = archive.bundle(folder) else {
                continue;
            };
            let Some((post, images)) = to_open(&bundle) else {
                continue;
            };
            let chance = self.drafts.chance.as_mut()?;
            let (draft, writer) = (DraftId(chance.draw()), WriterId(chance.draw()));
            let opened = Rc::clone(&post.bytes);
            let has_files = bundle.files.len() > 1;
            let (mut editing, _) = Editing::open(post, images, Rc::clone(&self.site));
            if has_files {
                editing.came_in_a_zip(bundle);
            }
            editing.drafts_with(Drafting::new(draft, writer, opened, now, offset));
            effects.extend(editing.begin_draft());
            self.drafts.importing.insert(writer);
            count += 1;
        }
        effects.push(Effect::Store(StoreOrder::ListDrafts));
        let what = if count == 1 {
            "One draft was".to_owned()
        } else {
            format!("{count} drafts were")
        };
        self.tell(
            Tone::Info,
            format!("{what} read from the zip. They are in the list below."),
        );
        Some(effects)
    }
}

/// All drafts as one zip; what cannot be read goes in as it is stored.
pub(super) fn take_home(drafts: Vec<Kept>) -> Result<Parts, bundle::Refusal> {
    let mut files = Vec::new();
    for (number, kept) in drafts.into_iter().enumerate() {
        let text = Text::of(&kept).ok();
        let heads = text.map(|text| text.replay.heads).unwrap_or_default();
        let Some(head) = heads.first() else {
            files.extend(raw(kept));
            continue;
        };
        let slug = name::slug(&head.card.title).unwrap_or_else(|| "post".to_owned());
        let folder = format!("{ZIP_FOLDER}/{:03}-{slug}", number + 1);
        files.push(BundleFile {
            path: format!("{folder}/{POST}"),
            bytes: head.bytes.clone().into(),
            modified: None,
        });
        for file in &head.card.files {
            let stored = kept
                .files
                .iter()
                .find(|stored| stored.key == file.content.0);
            if let Some(bytes) = stored.and_then(|stored| stored.bytes.clone()) {
                files.push(BundleFile {
                    path: format!("{folder}/{}", file.path),
                    bytes,
                    modified: None,
                });
            }
        }
    }
    bundle::zip_of(&files)
}

/// What is stored of a draft, as it is.
pub(super) fn raw(kept: Kept) -> Vec<BundleFile> {
    let Kept {
        draft,
        records,
        files,
        versions,
        tails,
    } = kept;
    let stored = records
        .into_iter()
        .chain(versions)
        .chain(files)
        .filter_map(|stored| {
            let bytes = stored.bytes?;
            Some((stored.key, bytes))
        });
    let tails = tails
        .into_iter()
        .map(|(key, text)| (key, text.into_bytes().into()));
    stored
        .chain(tails)
        .map(|(key, bytes)| BundleFile {
            path: format!("draft-{draft}/{}.bin", key.replace('/', "-")),
            bytes,
            modified: None,
        })
        .collect()
}
