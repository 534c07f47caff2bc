//! The pictures beside the post: added, renamed, deleted, given a role or an alt text, each one step of the history.

use std::rc::Rc;

use crate::bundle::report::{self, Finding, Picture, Role, Trouble};
use crate::bundle::{self, Bundle, BundleFile, POST, Refusal, name};
use crate::text::TextEdit;
use crate::yaml::Value;

use super::super::PaneId;
use super::super::effect::Effect;
use super::super::history::Change;
use super::super::msg::{Millis, OpenedFile};
use super::super::view::{ImageView, Images, MissingView, Notice, Tone};
use super::Editing;

/// Whether two lists hold the same files. Bytes are shared, so that nobody has to compare them.
pub(super) fn same(a: &[OpenedFile], b: &[OpenedFile]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a.name == b.name && Rc::ptr_eq(&a.bytes, &b.bytes))
}

impl Editing {
    pub(super) fn image_renamed(
        &mut self,
        file: &str,
        to: &str,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        if file == to || !self.files.iter().any(|known| known.name == file) {
            return Vec::new();
        }
        let others = self
            .files
            .iter()
            .map(|known| known.name.as_str())
            .filter(|known| *known != file);
        let edits = name::check(to, others.chain([POST]))
            .and_then(|()| bundle::rename(self.text.as_str(), file, to, &self.site.profile));
        let mut files = self.files.clone();
        for known in files.iter_mut().filter(|known| known.name == file) {
            to.clone_into(&mut known.name);
        }
        self.change_or_tell(edits, Some(files), at, notice)
    }

    pub(super) fn image_deleted(
        &mut self,
        file: &str,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        let edits = bundle::delete(self.text.as_str(), file, &self.site.profile);
        let files = self
            .files
            .iter()
            .filter(|known| known.name != file)
            .cloned()
            .collect();
        self.change_or_tell(edits, Some(files), at, notice)
    }

    pub(super) fn image_role_chosen(
        &mut self,
        file: &str,
        role: Role,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        let Some(path) = role.entry() else {
            return Vec::new();
        };
        let value = match role {
            Role::Social => Value::List(vec![file.into()]),
            _ => file.into(),
        };
        let edits = self
            .front_matter
            .set(self.text.as_str(), &path, Some(&value), &self.site.profile)
            .map(|edit| edit.into_iter().collect())
            .map_err(|refusal| Refusal::new(refusal.to_string()));
        self.change_or_tell(edits, None, at, notice)
    }

    pub(super) fn image_alt_edited(&mut self, file: &str, alt: &str, at: Millis) -> Vec<Effect> {
        let edits = bundle::set_alt(self.text.as_str(), file, alt);
        self.change(&edits, None, at)
    }

    pub(super) fn image_caption_edited(
        &mut self,
        file: &str,
        caption: &str,
        at: Millis,
    ) -> Vec<Effect> {
        let edits = bundle::set_caption(self.text.as_str(), file, caption);
        self.change(&edits, None, at)
    }

    /// What the pictures are and what is wrong with them.
    pub(in super::super) fn images(&self) -> Rc<Images> {
        if let Some((revision, images)) = &*self.images.borrow()
            && *revision == self.revision
        {
            return Rc::clone(images);
        }
        let files = self.files.iter().map(|file| BundleFile {
            path: file.name.clone(),
            bytes: Rc::clone(&file.bytes),
            modified: None,
        });
        let bundle = Bundle {
            folder: None,
            files: files.collect(),
        };
        let report = report::read(self.text.as_str(), &self.post, &self.front_matter, &bundle);
        let is_file = |name: &str| report.pictures.iter().any(|picture| picture.path == name);
        let of = |trouble: Trouble| {
            let mut found: Vec<MissingView> = Vec::new();
            for finding in &report.findings {
                let known = found.iter().any(|known| known.name == finding.about);
                if finding.trouble == trouble && !is_file(&finding.about) && !known {
                    found.push(MissingView {
                        name: finding.about.clone(),
                        message: finding.message.clone(),
                    });
                }
            }
            found
        };
        let is_own = |trouble: Trouble| matches!(trouble, Trouble::Missing | Trouble::HotLinked);
        let others = report.findings.iter();
        let others = others.filter(|finding| !is_file(&finding.about) && !is_own(finding.trouble));
        let images = Rc::new(Images {
            list: report
                .pictures
                .iter()
                .map(|picture| view_of(picture, &report.findings))
                .collect(),
            missing: of(Trouble::Missing),
            hot_linked: of(Trouble::HotLinked),
            problems: others.map(|finding| finding.message.clone()).collect(),
            others: self.others().map(|file| file.path.clone()).collect(),
            taken_away: self.taken_away().map(|file| file.name.clone()).collect(),
        });
        self.images
            .replace(Some((self.revision, Rc::clone(&images))));
        images
    }

    /// The files beside the post are others now.
    pub(super) fn files_changed(&mut self) -> Vec<Effect> {
        self.revision = self.revision.next();
        self.remember_files();
        let mut effects = vec![
            Effect::HoldFiles(self.files.clone()),
            self.stamp(PaneId::Body),
            self.stamp(PaneId::FrontMatter),
            self.render(None),
        ];
        effects.extend(self.draft_files_changed());
        effects
    }

    pub(super) fn change_or_tell(
        &mut self,
        edits: Result<Vec<TextEdit>, Refusal>,
        files: Option<Vec<OpenedFile>>,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        match edits {
            Ok(edits) => self.change(&edits, files, at),
            Err(refusal) => {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text: refusal.to_string(),
                });
                Vec::new()
            }
        }
    }

    /// Makes edits and changes files as one step of the history.
    pub(super) fn change(
        &mut self,
        edits: &[TextEdit],
        files: Option<Vec<OpenedFile>>,
        at: Millis,
    ) -> Vec<Effect> {
        let files = files.unwrap_or_else(|| self.files.clone());
        if edits.is_empty() && same(&files, &self.files) {
            return Vec::new();
        }
        self.history.close_group();
        let mut inverses = Vec::new();
        let mut effects = Vec::new();
        for edit in edits {
            if let Some((inverse, more)) = self.apply(edit, None) {
                inverses.push(inverse);
                effects.extend(more);
            }
        }
        let before = std::mem::replace(&mut self.files, files);
        effects.extend(self.files_changed());
        self.history.push(Change::of_files(inverses, before, at));
        effects
    }
}

/// A picture as the screen lists it.
fn view_of(picture: &Picture, findings: &[Finding]) -> ImageView {
    let own_name = picture.path.rsplit('/').next().unwrap_or(&picture.path);
    ImageView {
        name: picture.path.clone(),
        roles: picture.roles.clone(),
        size: picture.size,
        dimensions: picture.header.map(|header| (header.width, header.height)),
        shows: picture
            .header
            .is_some_and(|header| header.pixels() <= report::MOST_PIXELS),
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        better_name: (!name::is_good(&picture.path)).then(|| name::good(&[], own_name, [])),
        problems: findings
            .iter()
            .filter(|finding| finding.about == picture.path)
            .map(|finding| finding.message.clone())
            .collect(),
    }
}
