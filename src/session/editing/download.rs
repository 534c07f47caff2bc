//! Taking the post home: its file, or the zip of its bundle where it came in one.

use std::rc::Rc;

use crate::bundle::{Bundle, BundleFile, Folder, POST};

use super::super::effect::Effect;
use super::super::view::{Notice, Tone};
use super::super::{FileKind, kind_of};
use super::Editing;

impl Editing {
    /// Remembers the bundle the post came in: files that are no pictures, times, and its folder.
    pub(in super::super) fn came_in_a_zip(&mut self, bundle: Bundle) {
        self.zipped = Some(bundle);
    }

    pub(super) fn download(&self, notice: &mut Option<Notice>) -> Vec<Effect> {
        match self.taken_home() {
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

    fn taken_home(&self) -> Result<(String, Rc<[u8]>), String> {
        let Some(came) = &self.zipped else {
            return Ok((self.file_name.clone(), self.bytes().into()));
        };
        let folder = came.folder.clone().or_else(|| Folder::by_rule(&self.front_matter)).ok_or(
            "The zip needs the name of the post’s folder, which is made of its date and its slug or title. Fill these \
             in, then download again.",
        )?;
        let zip = self
            .bundle(came)
            .to_zip(&folder)
            .map_err(|refusal| refusal.to_string())?;
        Ok((format!("{}.zip", folder.last()), zip.into()))
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
    fn bundle(&self, came: &Bundle) -> Bundle {
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
