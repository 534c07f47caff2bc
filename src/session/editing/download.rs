//! Taking the post home: its file, or the zip of its bundle where it came in one.

use std::rc::Rc;

use crate::bundle::{self, Bundle, BundleFile, Folder, POST, Parts};
use crate::front_matter::FrontMatter;
use crate::text::Text;

use super::super::Revision;
use super::super::effect::Effect;
use super::super::msg::OpenedFile;
use super::super::view::{Notice, Tone};
use super::super::{FileKind, kind_of};
use super::Editing;

impl Editing {
    /// Remembers the bundle the post came in: files that are no pictures, times, and its folder.
    pub(in super::super) fn came_in_a_zip(&mut self, bundle: Bundle) {
        self.zipped = Some(bundle);
    }

    /// Hands the post out: its file where it stands alone, else a zip; `zip`: a zip all the same.
    pub(in super::super) fn download(&self, zip: bool, notice: &mut Option<Notice>) -> Vec<Effect> {
        match self.taken_home(zip) {
            Ok((name, bytes)) => vec![Effect::Download {
                name,
                bytes,
                revision: self.revision,
            }],
            Err(text) => {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text,
                });
                Vec::new()
            }
        }
    }

    /// Hands out the post's file alone.
    pub(in super::super) fn download_post(&self) -> Vec<Effect> {
        vec![Effect::Download {
            name: self.file_name.clone(),
            bytes: self.bytes().into(),
            // Without the pictures that belong to it, the post is not taken home.
            revision: if self.leaves_with_files() {
                Revision::default()
            } else {
                self.revision
            },
        }]
    }

    fn taken_home(&self, zip: bool) -> Result<(String, Parts), String> {
        if !zip && !self.leaves_with_files() {
            return Ok((self.file_name.clone(), self.bytes().into()));
        }
        let bundle = self.bundle();
        let (name, made) = match self.folder() {
            Some(folder) => (folder.last().to_owned(), bundle.to_zip(&folder)),
            // No date yet: the files alone are better than nothing to take home.
            None => {
                let stem = self
                    .file_name
                    .rsplit_once('.')
                    .map_or("post", |(stem, _)| stem);
                let stem = if stem == "index" { "post" } else { stem };
                (stem.to_owned(), bundle::zip_of(&bundle.files))
            }
        };
        let zip = made.map_err(|refusal| refusal.to_string())?;
        Ok((format!("{name}.zip"), zip))
    }

    /// The post's folder in the repository: as the writer named it, as it came, or by the rule.
    pub(in super::super) fn folder(&self) -> Option<Folder> {
        let by_rule = || Folder::by_rule(&self.front_matter);
        match &self.folder_name {
            Some(Some(named)) => Some(named.clone()),
            Some(None) => by_rule(),
            None => {
                let came = self.zipped.as_ref().and_then(|came| came.folder.clone());
                came.or_else(by_rule)
            }
        }
    }

    /// The writer named the folder; `None`: by the rule. A name that is none changes nothing.
    pub(super) fn folder_named(&mut self, name: Option<&str>) -> Vec<Effect> {
        match name.map(Folder::parse) {
            None => self.folder_name = Some(None),
            Some(Ok(folder)) => self.folder_name = Some(Some(folder)),
            Some(Err(_)) => {}
        }
        Vec::new()
    }

    /// The folder on disk has this text and these pictures.
    pub(in super::super) fn saved_to_folder(
        &mut self,
        text: Text,
        pictures: Vec<OpenedFile>,
    ) -> Vec<Effect> {
        self.downloaded = Some(text);
        self.downloaded_files = pictures;
        self.in_folder = true;
        self.draft_exported()
    }

    /// When a file that came with the bundle was changed last, in seconds since 1970 began.
    pub(super) fn modified_of(&self, bytes: &Rc<[u8]>) -> Option<i64> {
        let came = self.zipped.as_ref()?;
        let known = came
            .files
            .iter()
            .find(|known| Rc::ptr_eq(&known.bytes, bytes))?;
        known.modified?.to_unix()
    }

    /// The same of the post's own file.
    pub(super) fn modified_of_opened(&self) -> Option<i64> {
        self.zipped.as_ref()?.post()?.modified?.to_unix()
    }

    /// The post's file as it was opened.
    pub(super) fn opened_bytes(&self) -> Vec<u8> {
        self.opened.to_bytes()
    }

    pub(in super::super) const fn text(&self) -> &Text {
        &self.text
    }

    pub(in super::super) fn pictures(&self) -> &[OpenedFile] {
        &self.files
    }

    pub(in super::super) const fn front_matter(&self) -> &FrontMatter {
        &self.front_matter
    }

    /// The download holds the pictures too.
    pub(super) fn leaves_with_files(&self) -> bool {
        self.zipped.is_some() || !self.files.is_empty()
    }

    /// Files of the folder that are no pictures.
    pub(super) fn others(&self) -> impl Iterator<Item = &BundleFile> {
        let files = self.zipped.iter().flat_map(|came| &came.files);
        files.filter(|file| file.path != POST && kind_of(&file.path) != FileKind::Image)
    }

    /// The bundle as it stands. A file that is not changed keeps its bytes and its time, also under a new name.
    pub(in super::super) fn bundle(&self) -> Bundle {
        let none = Bundle::default();
        let came = self.zipped.as_ref().unwrap_or(&none);
        let pictures = self.files.iter().map(|file| {
            let before = came
                .files
                .iter()
                .find(|known| Rc::ptr_eq(&known.bytes, &file.bytes));
            BundleFile {
                path: file.name.clone(),
                bytes: Rc::clone(&file.bytes),
                modified: before.and_then(|known| known.modified),
            }
        });
        let bytes: Rc<[u8]> = self.bytes().into();
        let post = BundleFile {
            path: POST.to_owned(),
            modified: came
                .post()
                .filter(|known| known.bytes == bytes)
                .and_then(|known| known.modified),
            bytes,
        };
        let others = self.others().cloned();
        Bundle {
            folder: came.folder.clone(),
            files: std::iter::once(post)
                .chain(pictures)
                .chain(others)
                .collect(),
        }
    }
}
