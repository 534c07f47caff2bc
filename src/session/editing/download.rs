//! Taking the post home: its file, or the zip of its bundle where it came in one.

use std::rc::Rc;

use crate::bundle::{Bundle, BundleFile, Folder, POST};

use super::super::effect::Effect;
use super::super::view::{Notice, Tone};
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

    /// The bundle as it stands. A file that is not changed keeps its bytes and its time.
    fn bundle(&self, came: &Bundle) -> Bundle {
        let mut bundle = came.clone();
        let now = std::iter::once((POST, Rc::from(self.bytes()))).chain(
            self.files
                .iter()
                .map(|file| (file.name.as_str(), Rc::clone(&file.bytes))),
        );
        for (path, bytes) in now {
            match bundle.files.iter_mut().find(|file| file.path == path) {
                Some(file) if file.bytes == bytes => {}
                Some(file) => {
                    file.bytes = bytes;
                    file.modified = None;
                }
                None => bundle.files.push(BundleFile {
                    path: path.to_owned(),
                    bytes,
                    modified: None,
                }),
            }
        }
        bundle
    }
}
