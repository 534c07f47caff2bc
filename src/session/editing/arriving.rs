//! Pictures that come to the open post: named so that no other is hidden by them, and written into the text where they
//! were dropped or pasted there.
//!
//! Taking that back takes the file out of the post as well, since it was one step; its bytes stay among those that were
//! taken away, from where it can be put back as long as the post is open.

use std::rc::Rc;

use crate::bundle::{self, POST, name};
use crate::text::{BytePos, PaneChange, Span, Units, Utf16Pos, pane_text};
use crate::writing;

use super::super::effect::Effect;
use super::super::history::{Change, Origin};
use super::super::msg::{Arrival, Millis, OpenedFile, Selection};
use super::super::view::{Notice, Tone};
use super::super::{FileKind, PaneId, kind_of};
use super::Editing;

/// What the browser calls every picture that was copied and not saved.
const NAMELESS: [&str; 3] = ["image", "unnamed", "untitled"];

impl Editing {
    /// Takes in pictures.
    pub(in super::super) fn images_came(
        &mut self,
        files: Vec<OpenedFile>,
        to: Arrival,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        let (images, rest): (Vec<OpenedFile>, Vec<OpenedFile>) = files
            .into_iter()
            .partition(|file| kind_of(&file.name) == FileKind::Image);
        if let Some(first) = rest.first() {
            *notice = Some(Notice {
                tone: Tone::Problem,
                text: format!(
                    "“{}” is no picture, so it was not added. Pictures are PNG, JPEG, WebP, GIF, AVIF or SVG files.",
                    first.name
                ),
            });
        }
        match to {
            _ if images.is_empty() => Vec::new(),
            Arrival::Beside => self.put_beside(images, at),
            Arrival::As(path) => match images.into_iter().next() {
                Some(image) => self.put_in_place(&path, image, at, notice),
                None => Vec::new(),
            },
            Arrival::InText { base, selection } if base == self.revision => {
                self.put_in_text(images, selection, at)
            }
            // The text moved on meanwhile: nobody can say where they belong in it.
            Arrival::InText { .. } => {
                *notice = Some(Notice {
                    tone: Tone::Info,
                    text: "The text changed while the picture was read, so it was only put beside the post. It is listed \
                           under Images."
                        .to_owned(),
                });
                self.put_beside(images, at)
            }
        }
    }

    fn put_beside(&mut self, images: Vec<OpenedFile>, at: Millis) -> Vec<Effect> {
        let missing = self.images();
        let is_missing = |wanted: &str| missing.missing.iter().any(|file| file.name == wanted);
        let mut all = self.files.clone();
        for image in images {
            let known = all.iter().find(|known| known.name == image.name);
            if known.is_some_and(|known| known.bytes == image.bytes) {
                continue;
            }
            // A picture the post waits for keeps its name, whatever it is.
            let keeps = is_missing(&image.name) && known.is_none();
            let name = if keeps {
                image.name
            } else {
                self.good_name(&[], &image.name, &all)
            };
            all.push(OpenedFile { name, ..image });
        }
        self.change(&[], Some(all), at)
    }

    fn put_in_place(
        &mut self,
        path: &str,
        image: OpenedFile,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        let mut files = self.files.clone();
        let known = files.iter().position(|file| file.name == path);
        let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
        // What it is shows in its name: browsers and Hugo go by that.
        let (name, edits) = if bundle::is_elsewhere(path) {
            let named = own_or_last(&image.name, path);
            let name = self.good_name(&[], &named, &files);
            let edits = bundle::rename(self.text.as_str(), path, &name, &self.site.profile);
            (name, edits)
        } else if ending(path) == ending(&image.name) {
            (path.to_owned(), Ok(Vec::new()))
        } else {
            let others: Vec<OpenedFile> = files
                .iter()
                .filter(|file| file.name != path)
                .cloned()
                .collect();
            let folder = stem.rsplit_once('/').map_or("", |(folder, _)| folder);
            let last = stem.rsplit('/').next().unwrap_or(stem);
            let named = format!("{last}.{}", ending(&image.name));
            let mut name = self.good_name(&[], &named, &others);
            if !folder.is_empty() {
                name = format!("{folder}/{name}");
            }
            let edits = bundle::rename(self.text.as_str(), path, &name, &self.site.profile);
            (name, edits)
        };
        let file = OpenedFile { name, ..image };
        match known.and_then(|at| files.get_mut(at)) {
            Some(known) => *known = file,
            None => files.push(file),
        }
        self.change_or_tell(edits, Some(files), at, notice)
    }

    fn put_in_text(
        &mut self,
        images: Vec<OpenedFile>,
        selection: Selection,
        at: Millis,
    ) -> Vec<Effect> {
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let units = Units::of(&shown);
        let from = units.byte(&shown, selection.from);
        let to = units.byte(&shown, selection.to.max(selection.from));
        // What was selected says what is seen, if it is a few words.
        let alt = Span::new(from, to).of(&shown).trim().to_owned();
        let alt = Some(alt)
            .filter(|alt| !alt.contains('\n'))
            .unwrap_or_default();
        let heading = writing::outline(&shown)
            .into_iter()
            .rev()
            .find(|item| item.section.start() <= from)
            .map(|item| item.text)
            .unwrap_or_default();
        let mut files = self.files.clone();
        let mut written = Vec::new();
        for image in images {
            let (stem, _) = image.name.rsplit_once('.').unwrap_or((&image.name, ""));
            let nameless = NAMELESS.contains(&stem.to_ascii_lowercase().as_str());
            let wishes: &[&str] = if nameless { &[&alt, &heading] } else { &[&alt] };
            let name = self.good_name(wishes, &image.name, &files);
            written.push(format!("![{}]({name})", escaped(&alt)));
            files.push(OpenedFile { name, ..image });
        }
        let insert = written.join(if stands_alone(&shown, from, to) {
            "\n\n"
        } else {
            " "
        });
        let caret = if alt.is_empty() { 2 } else { insert.len() };
        let change = PaneChange {
            from: selection.from,
            to: selection.to.max(selection.from),
            insert,
        };
        let Some(edit) = self.pane_edit(&change) else {
            return self.change(&[], Some(files), at);
        };
        self.history.close_group();
        let Some((inverse, mut effects)) = self.apply(&edit, None) else {
            return self.change(&[], Some(files), at);
        };
        let before = std::mem::replace(&mut self.files, files);
        effects.extend(self.files_changed());
        let behind = change.insert.get(..caret).unwrap_or_default();
        let units_in = Utf16Pos::of(behind, BytePos::new(behind.len())).get();
        let place = Utf16Pos::new(selection.from.get() + units_in);
        let after = Selection {
            from: place,
            to: place,
        };
        effects.push(Effect::SelectInPane(after));
        self.history.push(
            Change::of_several(Origin::Body, vec![inverse], at)
                .with_files(before)
                .selecting(selection, after),
        );
        effects
    }

    /// A good name for a file that comes, beside `files` and all others of the folder.
    fn good_name(&self, wishes: &[&str], file_name: &str, files: &[OpenedFile]) -> String {
        let others = self.others().map(|file| file.path.as_str());
        let taken = files.iter().map(|file| file.name.as_str());
        let taken: Vec<&str> = taken.chain(others).chain([POST]).collect();
        let wishes: Vec<&str> = wishes
            .iter()
            .copied()
            .filter(|wish| !wish.is_empty())
            .collect();
        let is_good =
            name::is_good(file_name) && name::check(file_name, taken.iter().copied()).is_ok();
        if wishes.is_empty() && is_good {
            return file_name.to_owned();
        }
        name::good(&wishes, file_name, taken)
    }

    // ---- what was taken away ---------------------------------------------------------------------------------------

    /// Notes which files there are, so that none is lost when it goes.
    pub(super) fn remember_files(&mut self) {
        for file in &self.files {
            self.seen_files
                .retain(|seen| !Rc::ptr_eq(&seen.bytes, &file.bytes));
            self.seen_files.push(file.clone());
        }
    }

    /// The pictures that were beside the post and are no more, the last one first.
    pub(super) fn taken_away(&self) -> impl Iterator<Item = &OpenedFile> {
        self.seen_files.iter().rev().filter(|seen| {
            let is_here = |file: &OpenedFile| Rc::ptr_eq(&file.bytes, &seen.bytes);
            !self.files.iter().any(is_here)
        })
    }

    pub(super) fn image_put_back(&mut self, which: usize, at: Millis) -> Vec<Effect> {
        let Some(file) = self.taken_away().nth(which).cloned() else {
            return Vec::new();
        };
        let is_free = !self.files.iter().any(|known| known.name == file.name);
        let name = if is_free {
            file.name.clone()
        } else {
            self.good_name(&[], &file.name, &self.files)
        };
        let mut files = self.files.clone();
        files.push(OpenedFile { name, ..file });
        self.change(&[], Some(files), at)
    }
}

/// A file’s own name, or where it has none what the address it came from ends with.
fn own_or_last(own: &str, address: &str) -> String {
    let (stem, _) = own.rsplit_once('.').unwrap_or((own, ""));
    if !NAMELESS.contains(&stem.to_ascii_lowercase().as_str()) {
        return own.to_owned();
    }
    let last = bundle::name_at(address);
    let (stem, _) = last.rsplit_once('.').unwrap_or((&last, ""));
    format!("{stem}.{}", ending(own))
}

/// The ending of a name as names of one kind of picture have it.
fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "jpeg" => "jpg".to_owned(),
        other => other.to_owned(),
    }
}

/// Whether nothing else stands in the line.
fn stands_alone(shown: &str, from: BytePos, to: BytePos) -> bool {
    let before = shown.get(..from.get()).unwrap_or_default();
    let behind = shown.get(to.get()..).unwrap_or_default();
    let head = before.rsplit('\n').next().unwrap_or_default();
    let tail = behind.split('\n').next().unwrap_or_default();
    head.trim().is_empty() && tail.trim().is_empty()
}

fn escaped(alt: &str) -> String {
    let mut out = String::with_capacity(alt.len());
    for c in alt.chars() {
        if matches!(c, '[' | ']' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
