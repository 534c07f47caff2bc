//! Where the post comes from and goes to beside a download: a folder of which one post is chosen, and a folder on disk that
//! is written in place.

use std::rc::Rc;

use crate::bundle::{Archive, Bundle, BundleFile, Folder, Modified, POST, Refusal, posts_among};
use crate::draft::diff;
use crate::text::Text;

use super::editing::Editing;
use super::effect::{Effect, FolderTarget, FolderWrite};
use super::msg::{DiskFile, ListedFile, OpenedFile, ReadFile, Way};
use super::view::{ChoosingView, HomeView, MeanwhileFile, MeanwhileView, Notice, Tone};
use super::{FileKind, LARGEST_POST, Next, Revision, Session, kind_of};

/// More than this of one post is not read, in bytes: the browser has to hold it all.
const LARGEST_FOLDER: u64 = 512 << 20;

/// What the session knows of folders.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// Several posts, of which one is to be chosen.
    choosing: Option<Choosing>,
    /// The folder that is being read: its name, and whether it can be written.
    reading: Option<(String, bool)>,
    /// The folder on disk that the open post is saved to.
    place: Option<Place>,
    /// What is being written there.
    saving: Option<Saving>,
    /// What was found changed there, instead of being written.
    meanwhile: Option<Meanwhile>,
}

#[derive(Debug)]
struct Choosing {
    name: String,
    posts: Vec<String>,
    from: From,
}

#[derive(Debug)]
enum From {
    Zip(Rc<Archive>),
    Folder {
        files: Vec<ListedFile>,
        in_place: bool,
    },
}

/// A folder on disk.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    name: String,
    /// The post's folder below the one that was opened; empty: the same.
    below: String,
    /// What the post's file is called there.
    post: String,
    /// What is there, as far as we know, by the paths below it.
    known: Vec<(String, Rc<[u8]>)>,
}

#[derive(Debug)]
struct Saving {
    revision: Revision,
    files: Vec<(String, Rc<[u8]>)>,
    text: Text,
    pictures: Vec<OpenedFile>,
}

#[derive(Debug)]
struct Meanwhile {
    files: Vec<DiskFile>,
    view: Rc<MeanwhileView>,
}

/// A post's folder as it was read, on its way to the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrived {
    bundle: Bundle,
    notes: Vec<String>,
    place: Option<Place>,
}

impl Session {
    /// What the screen shows of all this.
    pub(super) fn home_view(&self) -> HomeView {
        let home = &self.home;
        let Some(editing) = &self.editing else {
            return HomeView {
                choosing: home.choosing.as_ref().map(Choosing::view),
                ..HomeView::default()
            };
        };
        let rule = Folder::by_rule(editing.front_matter());
        let folder = editing.folder();
        HomeView {
            choosing: home.choosing.as_ref().map(Choosing::view),
            follows_rule: folder == rule,
            folder: folder.map(|folder| folder.to_string()),
            rule: rule.map(|folder| folder.to_string()),
            place: home.place.as_ref().map(|place| place.name.clone()),
            meanwhile: home
                .meanwhile
                .as_ref()
                .map(|meanwhile| Rc::clone(&meanwhile.view)),
        }
    }

    /// The open post has no folder on disk any more.
    pub(super) fn leave_place(&mut self) {
        self.home.place = None;
        self.home.saving = None;
        self.home.meanwhile = None;
    }

    // ---- opening ---------------------------------------------------------------------------------------------------

    /// A folder was listed: its post is read, or one of its posts is to be chosen.
    pub(super) fn folder_listed(
        &mut self,
        name: String,
        files: Vec<ListedFile>,
        in_place: bool,
    ) -> Vec<Effect> {
        let mut posts: Vec<String> = posts_among(files.iter().map(|file| file.path.as_str()))
            .into_iter()
            .map(str::to_owned)
            .collect();
        // A clone of the whole site has many pages that are no posts of the blog.
        let of_blog = |post: &String| format!("/{post}/").contains("/content/blog/");
        if posts.iter().any(of_blog) {
            posts.retain(of_blog);
        }
        let choosing = Choosing {
            name,
            posts,
            from: From::Folder { files, in_place },
        };
        match choosing.posts.as_slice() {
            [] => {
                self.tell(
                    Tone::Problem,
                    format!(
                        "There is no post in “{}”: none of its files is an index.md. Open the folder of a post, or one \
                         above it.",
                        choosing.name
                    ),
                );
                Vec::new()
            }
            [only] => {
                let post = only.clone();
                self.read_from(choosing, &post)
            }
            _ => {
                self.home.choosing = Some(choosing);
                Vec::new()
            }
        }
    }

    /// A zip was read, or refused: then everything stays as it was.
    pub(super) fn zip_opened(
        &mut self,
        name: String,
        archive: Result<Rc<Archive>, Refusal>,
    ) -> Vec<Effect> {
        match archive {
            Ok(archive) => self.leave_for(Next::Zip(name, archive)),
            Err(refusal) => self.zip_refused(&name, &refusal),
        }
    }

    fn zip_refused(&mut self, name: &str, refusal: &Refusal) -> Vec<Effect> {
        self.tell(Tone::Problem, format!("“{name}” was not opened. {refusal}"));
        Vec::new()
    }

    /// Opens the post in a zip with all its files; of several, one is to be chosen.
    pub(super) fn open_zip(&mut self, name: &str, archive: Rc<Archive>) -> Vec<Effect> {
        if let Some(effects) = self.import_drafts(&archive) {
            return effects;
        }
        let posts: Vec<String> = archive.posts().into_iter().map(str::to_owned).collect();
        if posts.len() > 1 {
            self.home.choosing = Some(Choosing {
                name: name.to_owned(),
                posts,
                from: From::Zip(archive),
            });
            return Vec::new();
        }
        match archive.bundle(posts.first().map_or("", String::as_str)) {
            Ok((bundle, notes)) => self.open_arrived(Arrived {
                bundle,
                notes,
                place: None,
            }),
            Err(refusal) => self.zip_refused(name, &refusal),
        }
    }

    pub(super) fn post_chosen(&mut self, post: &str) -> Vec<Effect> {
        match self.home.choosing.take() {
            Some(choosing) if choosing.posts.iter().any(|known| known == post) => {
                self.read_from(choosing, post)
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn choice_dismissed(&mut self) {
        self.home.choosing = None;
    }

    fn read_from(&mut self, choosing: Choosing, post: &str) -> Vec<Effect> {
        let (files, in_place) = match choosing.from {
            From::Zip(archive) => {
                return match archive.bundle(post) {
                    // That the others stay behind was just chosen.
                    Ok((bundle, _)) => self.leave_for(Next::Folder(Box::new(Arrived {
                        bundle,
                        notes: archive.notes().to_vec(),
                        place: None,
                    }))),
                    Err(refusal) => {
                        self.tell(Tone::Problem, refusal.to_string());
                        Vec::new()
                    }
                };
            }
            From::Folder { files, in_place } => (files, in_place),
        };
        let all: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let others: Vec<&str> = posts_among(all.iter().copied())
            .into_iter()
            .filter(|other| *other != post && within(other, post).is_some())
            .collect();
        let wanted: Vec<&ListedFile> = files
            .iter()
            .filter(|file| {
                let of_another = others
                    .iter()
                    .any(|other| within(&file.path, other).is_some());
                within(&file.path, post).is_some() && !of_another
            })
            .collect();
        let size: u64 = wanted.iter().map(|file| file.size).sum();
        if size > LARGEST_FOLDER {
            self.tell(
                Tone::Problem,
                format!(
                    "The files of this post have {} MB together, more than the browser should hold. Take large ones out of \
                     the folder first.",
                    size >> 20
                ),
            );
            return Vec::new();
        }
        self.home.reading = Some((choosing.name, in_place));
        vec![Effect::ReadFolder {
            post: post.to_owned(),
            paths: wanted.into_iter().map(|file| file.path.clone()).collect(),
        }]
    }

    /// The files of a post were read.
    pub(super) fn folder_read(&mut self, post: &str, files: Vec<ReadFile>) -> Vec<Effect> {
        let Some((name, in_place)) = self.home.reading.take() else {
            return Vec::new();
        };
        let whole = format!("{name}/{post}");
        let mut bundle = Bundle {
            folder: Folder::at_end_of(&whole),
            files: files
                .into_iter()
                .filter_map(|file| {
                    Some(BundleFile {
                        path: within(&file.path, post)?.to_owned(),
                        bytes: file.bytes,
                        modified: file.modified.and_then(Modified::from_unix),
                    })
                })
                .collect(),
        };
        let known = bundle
            .files
            .iter()
            .map(|file| (file.path.clone(), Rc::clone(&file.bytes)))
            .collect();
        let found = bundle
            .files
            .iter_mut()
            .find(|file| file.path.eq_ignore_ascii_case(POST));
        let found = match found {
            Some(found) => Some(found),
            None => bundle
                .files
                .iter_mut()
                .find(|file| !file.path.contains('/') && kind_of(&file.path) == FileKind::Post),
        };
        let Some(found) = found else {
            self.tell(Tone::Problem, "The post’s file is not there any more.");
            return Vec::new();
        };
        let own = std::mem::replace(&mut found.path, POST.to_owned());
        let place = in_place.then(|| Place {
            name: whole
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned(),
            below: post.to_owned(),
            post: own,
            known,
        });
        self.leave_for(Next::Folder(Box::new(Arrived {
            bundle,
            notes: Vec::new(),
            place,
        })))
    }

    /// Opens a post with all its files.
    pub(super) fn open_arrived(&mut self, arrived: Arrived) -> Vec<Effect> {
        let Arrived {
            bundle,
            notes,
            place,
        } = arrived;
        let Some((post, images)) = to_open(&bundle) else {
            self.tell(Tone::Problem, "There is no index.md in it.");
            return Vec::new();
        };
        if post.bytes.len() > LARGEST_POST {
            self.tell(
                Tone::Problem,
                format!(
                    "Its {POST} has {} MB, which is too much for a post.",
                    post.bytes.len() >> 20
                ),
            );
            return Vec::new();
        }
        let opened = Rc::clone(&post.bytes);
        let (mut editing, shown) = Editing::open(post, images, Rc::clone(&self.site));
        editing.came_in_a_zip(bundle);
        let notice = (!notes.is_empty()).then(|| Notice {
            tone: Tone::Info,
            text: notes.join(" "),
        });
        self.leave_place();
        self.home.place = place;
        self.show_or_compare(editing, shown, opened, notice)
    }

    // ---- saving ----------------------------------------------------------------------------------------------------

    /// The writer wants the post somewhere.
    pub(super) fn save_asked(&mut self, way: Way) -> Vec<Effect> {
        let Some(editing) = &mut self.editing else {
            return Vec::new();
        };
        match way {
            Way::Zip => editing.download(true, &mut self.notice),
            Way::PostOnly => editing.download_post(),
            Way::InPlace => match self.home.place.clone() {
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
                };
                self.write_to(FolderTarget::New { name }, &place)
            }
        }
    }

    /// Orders what differs between the post and what is known of a folder.
    fn write_to(&mut self, target: FolderTarget, place: &Place) -> Vec<Effect> {
        let Some(editing) = &self.editing else {
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
        let in_disk = |path: &str| {
            if place.below.is_empty() {
                path.to_owned()
            } else {
                format!("{}/{path}", place.below)
            }
        };
        let known = |path: &str| place.known.iter().find(|(known, _)| known == path);
        let mut writes: Vec<FolderWrite> = files
            .iter()
            .filter(|(path, bytes)| known(path).is_none_or(|(_, there)| !same(there, bytes)))
            .map(|(path, bytes)| FolderWrite {
                path: in_disk(path),
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
                    path: in_disk(path),
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
            self.home.place = Some(place.clone());
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
        let Some((place, editing)) = self.home.place.as_mut().zip(self.editing.as_mut()) else {
            return Vec::new();
        };
        place.known = saving.files;
        let name = place.name.clone();
        let effects = editing.saved_to_folder(saving.text, saving.pictures);
        self.tell(Tone::Info, format!("Saved in the folder “{name}”."));
        effects
    }

    /// Nothing was written: these files are not what we know of them.
    pub(super) fn folder_found_changed(&mut self, files: Vec<DiskFile>) {
        let (Some(saving), Some(place)) = (&self.home.saving, &self.home.place) else {
            return;
        };
        let below = |path: &str| within(path, &place.below).unwrap_or(path).to_owned();
        let shown = files
            .iter()
            .map(|file| {
                let path = below(&file.path);
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
        let Some(place) = &mut self.home.place else {
            return Vec::new();
        };
        // What was shown is known now; if it changes once more, that is told once more.
        for file in meanwhile.files {
            let path = within(&file.path, &place.below)
                .unwrap_or(&file.path)
                .to_owned();
            place.known.retain(|(known, _)| *known != path);
            if let Some(bytes) = file.bytes {
                place.known.push((path, bytes));
            }
        }
        let place = place.clone();
        self.write_to(FolderTarget::InPlace, &place)
    }

    /// It could not be written, or the writer changed their mind (no reason).
    pub(super) fn folder_not_saved(&mut self, reason: Option<String>, known_before: bool) {
        self.home.saving = None;
        if !known_before {
            self.home.place = None;
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
}

impl Choosing {
    fn view(&self) -> Rc<ChoosingView> {
        Rc::new(ChoosingView {
            name: self.name.clone(),
            posts: self.posts.clone(),
        })
    }
}

/// What a path is below a folder; the folder may be empty.
fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
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

/// The post of a bundle and the images beside it; `None` where it has no post.
pub(super) fn to_open(bundle: &Bundle) -> Option<(OpenedFile, Vec<OpenedFile>)> {
    let as_opened = |file: &BundleFile| OpenedFile {
        name: file.path.clone(),
        bytes: Rc::clone(&file.bytes),
    };
    let files = bundle.files.iter();
    let images = files.filter(|file| kind_of(&file.path) == FileKind::Image);
    Some((
        bundle.post().map(as_opened)?,
        images.map(as_opened).collect(),
    ))
}
