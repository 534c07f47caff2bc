//! Pictures made of others, cropped or shrunk: in the place of a file or beside it, one step of the history.

use std::rc::Rc;

use crate::bundle::report::{self, Report, Role};
use crate::bundle::{self, Bundle, BundleFile, POST, Refusal, name};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::text::TextEdit;
use crate::yaml::{KeyPath, Value};

use super::super::effect::Effect;
use super::super::msg::{Millis, OpenedFile};
use super::super::view::{Notice, PictureSource};
use super::Editing;

/// A picture that was made of another one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    pub(super) from: String,
    pub(super) name: String,
    pub(super) bytes: Rc<[u8]>,
    pub(super) role: Option<Role>,
    pub(super) replaced: bool,
    pub(super) at: Millis,
}

impl Editing {
    /// A file of the post, for making another picture of it.
    pub(in super::super) fn picture_source(&self, file: &str) -> Option<PictureSource> {
        let known = self.files.iter().find(|known| known.name == file)?;
        let images = self.images();
        let fit = self
            .front_matter
            .value(&KeyPath::of(&["params", "thumbnailRatio"]));
        Some(PictureSource {
            name: known.name.clone(),
            bytes: Rc::clone(&known.bytes),
            roles: images
                .list
                .iter()
                .find(|image| image.name == file)
                .map(|image| image.roles.clone())
                .unwrap_or_default(),
            fit: fit.and_then(Value::as_str) == Some("fit"),
            taken: self.names().map(str::to_owned).collect(),
        })
    }

    fn names(&self) -> impl Iterator<Item = &str> + Clone {
        let files = self.files.iter().map(|file| file.name.as_str());
        files.chain([POST])
    }

    /// The new file takes the place of the old one, with every reference, or stands beside it; the bytes that were there
    /// stay in the history until the post is closed.
    pub(super) fn picture_made(&mut self, made: Made, notice: &mut Option<Notice>) -> Vec<Effect> {
        if !self.files.iter().any(|known| known.name == made.from) {
            return Vec::new();
        }
        let others: Vec<&str> = self
            .names()
            .filter(|known| !(made.replaced && *known == made.from))
            .collect();
        // What the dialog proposed may be taken by now.
        let name = if name::check(&made.name, others.iter().copied()).is_ok() {
            made.name
        } else {
            name::good(&[], &made.name, others)
        };
        let mut roles: Vec<Role> = made.role.into_iter().collect();
        let mut files = self.files.clone();
        let file = OpenedFile {
            name: name.clone(),
            bytes: made.bytes,
            modified: None,
        };
        let mut edits = Ok(Vec::new());
        if made.replaced {
            roles.extend(self.roles_of(&made.from));
            if name != made.from {
                edits = bundle::rename(self.text.as_str(), &made.from, &name, &self.site.profile);
            }
            for known in files.iter_mut().filter(|known| known.name == made.from) {
                *known = file.clone();
            }
        } else {
            files.push(file);
        }
        let edits = edits.and_then(|edits| self.with_roles(edits, &files, &name, &roles));
        self.change_or_tell(edits, Some(files), made.at, notice)
    }

    /// What the theme takes a file for, also in the place of one that is missing.
    fn roles_of(&self, file: &str) -> Vec<Role> {
        let report = read(
            self.text.as_str(),
            &self.post,
            &self.front_matter,
            &self.files,
        );
        let taken = report.resolved.into_iter();
        taken
            .filter(|(_, name)| name == file)
            .map(|(role, _)| role)
            .collect()
    }

    /// The edits with those that give a file its roles, where its name does not do that already. All are in terms of the
    /// text after the ones before.
    fn with_roles(
        &self,
        mut edits: Vec<TextEdit>,
        files: &[OpenedFile],
        file: &str,
        roles: &[Role],
    ) -> Result<Vec<TextEdit>, Refusal> {
        let mut text = self.text.as_str().to_owned();
        for edit in &edits {
            text = edit.applied_to(&text);
        }
        for role in roles {
            let post = Post::parse(&text);
            let front_matter = FrontMatter::read(&text, &post);
            let report = read(&text, &post, &front_matter, files);
            let Some(path) = role
                .entry()
                .filter(|_| report.resolved.get(role).map(String::as_str) != Some(file))
            else {
                continue;
            };
            let value = match role {
                Role::Social => Value::List(vec![file.into()]),
                _ => file.into(),
            };
            let set = front_matter
                .set(&text, &path, Some(&value), &self.site.profile)
                .map_err(|refusal| Refusal::new(refusal.to_string()))?;
            if let Some(edit) = set {
                text = edit.applied_to(&text);
                edits.push(edit);
            }
        }
        Ok(edits)
    }
}

fn read(text: &str, post: &Post, front_matter: &FrontMatter, files: &[OpenedFile]) -> Report {
    let files = files.iter().map(|file| BundleFile {
        path: file.name.clone(),
        bytes: Rc::clone(&file.bytes),
        modified: None,
    });
    let bundle = Bundle {
        folder: None,
        files: files.collect(),
    };
    report::read(text, post, front_matter, &bundle)
}
