//! Where a post comes from beside a single file: a folder or a zip, of which one post is chosen.

use std::rc::Rc;

use crate::bundle::{Archive, Bundle, BundleFile, Folder, Modified, POST, Refusal, posts_among};

use super::disk::{Access, Meanwhile, Place, Saving};
use super::editing::Editing;
use super::effect::Effect;
use super::msg::{ListedFile, OpenedFile, ReadFile};
use super::view::{ChoosingView, HomeView, Notice, Tone};
use super::{FileKind, LARGEST_POST, Next, Session, kind_of};

/// More than this of one post is not read, in bytes: the browser has to hold it all.
const LARGEST_FOLDER: u64 = 512 << 20;

/// What the session knows of folders.
#[derive(Debug, Default)]
pub(super) struct Home {
    /// Several posts, of which one is to be chosen.
    choosing: Option<Choosing>,
    /// The folder that is being read: its name, and whether it can be written.
    reading: Option<(String, bool)>,
    /// What is being written to a folder on disk.
    pub(super) saving: Option<Saving>,
    /// What was found changed there, instead of being written.
    pub(super) meanwhile: Option<Meanwhile>,
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
            place: editing.place_view(),
            meanwhile: home.meanwhile.as_ref().map(Meanwhile::view),
        }
    }

    /// Another post comes: what is under way on disk is not its own.
    pub(super) fn leave_disk(&mut self) {
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
        let name = whole.trim_end_matches('/').rsplit('/').next();
        let place = in_place.then(|| Place {
            name: name.unwrap_or_default().to_owned(),
            below: post.to_owned(),
            post: own,
            known,
            access: Access::Open,
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
        let (mut editing, mut shown) = Editing::open(post, images, Rc::clone(&self.site));
        editing.came_in_a_zip(bundle);
        if place.is_some() {
            shown.push(Effect::AdoptFolder);
        }
        editing.lies_in(place);
        let notice = (!notes.is_empty()).then(|| Notice {
            tone: Tone::Info,
            text: notes.join(" "),
        });
        self.leave_disk();
        self.show_or_compare(editing, shown, opened, notice)
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
pub(super) fn within<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(path);
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The post of a bundle and the images beside it; `None` where it has no post.
pub(super) fn to_open(bundle: &Bundle) -> Option<(OpenedFile, Vec<OpenedFile>)> {
    let as_opened = |file: &BundleFile| OpenedFile {
        name: file.path.clone(),
        bytes: Rc::clone(&file.bytes),
        modified: file.modified,
    };
    let files = bundle.files.iter();
    let images = files.filter(|file| kind_of(&file.path) == FileKind::Image);
    Some((
        bundle.post().map(as_opened)?,
        images.map(as_opened).collect(),
    ))
}
