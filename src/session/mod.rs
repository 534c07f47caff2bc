//! The app as a value: `Msg -> Session::update -> Vec<Effect>`, and `Session::view` for the screen.
//!
//! Nothing here knows a browser. Time, files and the browser's answers arrive inside a [`Msg`]; what is to be done
//! leaves as an [`Effect`].

mod conflicts;
mod drafting;
mod drafts;
mod editing;
pub mod effect;
mod history;
mod home;
pub mod look;
pub mod msg;
mod pages;
pub mod storage;
pub mod surface;
mod two_tabs;
mod versions;
pub mod view;

use std::rc::Rc;

use crate::bundle::{Archive, Limits};
use crate::draft::Timestamp;
use crate::recap;
use crate::site::Site;

use drafts::Drafts;
use editing::Editing;
pub use effect::{Effect, FolderTarget, FolderWrite, Target};
pub use look::{Look, PaneSpot};
pub use msg::{
    Arrival, CallTold, DiskFile, Embed, Input, ListedFile, Millis, Msg, OpenedFile, ReadFile,
    Selection, Start, Way,
};
pub use pages::{PagesState, PagesTold};
pub use surface::Surface;
pub use view::View;
use view::{Notice, Screen, Tone, VideoView};

/// Counts the states of the open text. A later one is greater; an answer made for an earlier one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(u64);

impl Revision {
    const fn next(self) -> Self {
        Self(self.0 + 1)
    }

    const fn get(self) -> u64 {
        self.0
    }
}

/// A text pane of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaneId {
    /// The pane named "Markdown".
    Body,
    /// The box named "Front matter YAML".
    FrontMatter,
}

/// A post larger than this is no post, in bytes. The longest real one has 36 kB.
const LARGEST_POST: usize = 16 << 20;

/// What waits until the open post may be closed.
#[derive(Debug, Clone, PartialEq)]
enum Next {
    StartScreen,
    Open(Vec<OpenedFile>),
    Zip(String, Rc<Archive>),
    Folder(Box<home::Arrived>),
    Begin(Start),
}

/// The app: what is open, and everything that is known about it.
#[derive(Debug)]
pub struct Session {
    site: Rc<Site>,
    editing: Option<Editing>,
    /// What the writer asked for while changes would be lost by it.
    waiting: Option<Next>,
    notice: Option<Notice>,
    /// The recording the writer asked for.
    video: Option<VideoView>,
    /// Text and article scroll together.
    scroll_together: bool,
    /// What the preview shows of the post.
    surface: Surface,
    guarded: bool,
    drafts: Drafts,
    home: home::Home,
    pages: pages::Index,
}

impl Session {
    /// The app at its start screen, for posts of `site`.
    #[must_use]
    pub fn new(site: Rc<Site>) -> Self {
        Self {
            site,
            editing: None,
            waiting: None,
            notice: None,
            video: None,
            scroll_together: true,
            surface: Surface::default(),
            guarded: false,
            drafts: Drafts::default(),
            home: home::Home::default(),
            pages: pages::Index::default(),
        }
    }

    /// The same as [`Session::update`], at a moment of the calendar clock: drafts are stored with their times.
    pub fn update_at(&mut self, msg: Msg, now: Timestamp) -> Vec<Effect> {
        self.drafts.now = now;
        if let Some(editing) = &mut self.editing {
            editing.now_is(now);
        }
        self.update(msg)
    }

    /// Takes in what happened and answers what is to be done, in order.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = self.react(msg);
        let guard = self.editing.as_ref().is_some_and(Editing::would_lose_work);
        if guard != self.guarded {
            self.guarded = guard;
            effects.push(Effect::GuardLeaving(guard));
        }
        effects
    }

    fn react(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::FilesOpened(files) => self.files_opened(files),
            Msg::ZipOpened { name, archive } => self.zip_opened(name, archive),
            Msg::FileUnreadable { name, reason } => {
                self.tell(
                    Tone::Problem,
                    format!("The browser could not read “{name}”: {reason}. Try opening it again."),
                );
                Vec::new()
            }
            Msg::FolderListed {
                name,
                files,
                in_place,
            } => self.folder_listed(name, files, in_place),
            Msg::FolderRead { post, files } => self.folder_read(&post, files),
            Msg::PostChosen(post) => self.post_chosen(&post),
            Msg::PostChoiceDismissed => {
                self.choice_dismissed();
                Vec::new()
            }
            Msg::SaveAsked(way) => self.save_asked(way),
            Msg::FolderSaved(revision) => self.folder_saved(revision),
            Msg::FolderFoundChanged(files) => {
                self.folder_found_changed(files);
                Vec::new()
            }
            Msg::FolderNotSaved { reason, in_place } => {
                self.folder_not_saved(reason, in_place);
                Vec::new()
            }
            Msg::MeanwhileAnswered { write_over } => self.meanwhile_answered(write_over),
            Msg::TextPasted(text) => self.leave_for(Next::Open(vec![OpenedFile {
                name: recap::FILE_NAME.to_owned(),
                bytes: text.into_bytes().into(),
            }])),
            Msg::Started(start) => self.leave_for(Next::Begin(start)),
            Msg::CloseAsked => self.leave_for(Next::StartScreen),
            Msg::CloseConfirmed => match self.waiting.take() {
                Some(next) => self.go(next),
                None => Vec::new(),
            },
            Msg::CloseCancelled => {
                self.waiting = None;
                Vec::new()
            }
            Msg::LinkPressed(href) => {
                self.tell(Tone::Info, format!("On the site this link leads to {href}"));
                Vec::new()
            }
            Msg::EmbedPressed(embed) => {
                self.embed_pressed(&embed);
                Vec::new()
            }
            Msg::VideoConfirmed => {
                if let Some(video) = &mut self.video {
                    video.plays = true;
                }
                Vec::new()
            }
            Msg::VideoClosed => {
                self.video = None;
                Vec::new()
            }
            Msg::ScrollTogetherChosen(together) => {
                self.scroll_together = together;
                vec![Effect::ScrollTogether(together)]
            }
            Msg::SurfaceChosen(surface) => {
                self.surface = surface;
                Vec::new()
            }
            Msg::PlainPaneUsed => {
                self.tell(
                    Tone::Info,
                    "The text editor could not be loaded, so a plain box stands in for it, without colours, search and \
                     the menus at / and [[. Reload the page to try again; download your changes first."
                        .to_owned(),
                );
                Vec::new()
            }
            Msg::NoticeDismissed => {
                self.notice = None;
                Vec::new()
            }
            Msg::Pages(told) => self.pages_told(told),
            Msg::Store(told) => self.store_told(told),
            Msg::Draft(asked) => self.draft_asked(&asked),
            msg if self.is_barred(&msg) => match &self.editing {
                Some(editing) => editing.shows_again(),
                None => Vec::new(),
            },
            other => {
                let mut effects = self.keep_version_before(&other);
                if let Some(editing) = &mut self.editing {
                    effects.extend(editing.react(other, &mut self.notice));
                }
                effects
            }
        }
    }

    /// Answers where something is to be looked for. Nothing else comes of it: the view stays as it was.
    #[must_use]
    pub fn look(&self, look: &Look) -> Vec<Effect> {
        match &self.editing {
            Some(editing) => editing.look(look),
            None => Vec::new(),
        }
    }

    /// What the screen shows.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            screen: match &self.editing {
                Some(editing) => {
                    let asks_to_close = self.waiting.is_some();
                    Screen::Editor(Rc::new(editing.view(asks_to_close, self.surface)))
                }
                None => Screen::Start,
            },
            notice: self.notice.clone(),
            video: self.video.clone(),
            home: self.home_view(),
            scroll_together: self.scroll_together,
            drafts: self.drafts.view(),
            conflict: self
                .drafts
                .conflict
                .as_ref()
                .and_then(|waiting| waiting.view.clone()),
            versions: self.drafts.versions.view(),
            pages: self.pages.view(),
        }
    }

    /// What the status line says; `None` on the start screen.
    #[must_use]
    pub fn saving(&self) -> Option<view::SavingView> {
        self.editing.as_ref().map(Editing::saving)
    }

    /// The bytes of the open file as they stand; `None` on the start screen.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        self.editing.as_ref().map(Editing::bytes)
    }

    /// The pictures of the open post. Not a part of the view: it costs a reading of the text, which only a screen that
    /// shows them has to pay.
    #[must_use]
    pub fn images(&self) -> Rc<view::Images> {
        self.editing
            .as_ref()
            .map(Editing::images)
            .unwrap_or_default()
    }

    /// A file of the open post, for making another picture of it; `None` where it is gone. Costs a reading of the text.
    #[must_use]
    pub fn picture(&self, file: &str) -> Option<view::PictureSource> {
        self.editing.as_ref()?.picture_source(file)
    }

    /// Which state of the post is open; `None` on the start screen.
    #[must_use]
    pub fn revision(&self) -> Option<Revision> {
        self.editing.as_ref().map(Editing::revision)
    }

    /// The headings of the open post, in order. Costs a reading of the text.
    #[must_use]
    pub fn outline(&self) -> Vec<view::HeadingView> {
        self.editing
            .as_ref()
            .map(Editing::outline)
            .unwrap_or_default()
    }

    /// Takes in what happened about the site's pages; an open post is shown as the site is known then.
    fn pages_told(&mut self, told: PagesTold) -> Vec<Effect> {
        let (mut effects, site) = self.pages.told(told, &self.site);
        if let Some(site) = site {
            self.site = Rc::new(site);
            if let Some(editing) = &mut self.editing {
                effects.push(editing.site_is(Rc::clone(&self.site)));
            }
        }
        effects
    }

    fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.notice = Some(Notice {
            tone,
            text: text.into(),
        });
    }

    /// A recording can be played, after a question; of anything else it is told where it is.
    fn embed_pressed(&mut self, embed: &Embed) {
        match embed {
            Embed::Youtube { id } if is_video_id(id) => {
                self.video = Some(VideoView {
                    id: id.clone(),
                    plays: false,
                });
            }
            Embed::Youtube { id } => self.tell(
                Tone::Problem,
                format!(
                    "“{id}” is no id of a YouTube video. The id is what stands behind “v=” in the video’s address."
                ),
            ),
            Embed::Vimeo { id } => self.tell(
                Tone::Info,
                format!("On the site this is the video https://vimeo.com/{id}"),
            ),
            Embed::X { id } => self.tell(
                Tone::Info,
                format!("On the site this is the post https://x.com/i/status/{id}"),
            ),
        }
    }

    fn files_opened(&mut self, files: Vec<OpenedFile>) -> Vec<Effect> {
        if let Some(zip) = files.iter().find(|file| is_zip(&file.name)) {
            let archive = Archive::read(&zip.bytes, &Limits::default());
            return self.zip_opened(zip.name.clone(), archive.map(Rc::new));
        }
        let posts = files
            .iter()
            .filter(|file| kind_of(&file.name) == FileKind::Post);
        if posts.count() > 0 {
            return self.leave_for(Next::Open(files));
        }
        let images: Vec<OpenedFile> = files
            .into_iter()
            .filter(|file| kind_of(&file.name) == FileKind::Image)
            .collect();
        match &mut self.editing {
            _ if images.is_empty() => {
                self.tell(
                    Tone::Problem,
                    "There is no post among these files. Choose a Markdown file (index.md), alone or \
                     together with its images, or the zip of a post’s folder.",
                );
                Vec::new()
            }
            Some(editing) => {
                editing.images_came(images, Arrival::Beside, Millis::default(), &mut self.notice)
            }
            None => {
                self.tell(
                    Tone::Problem,
                    "These are images without their post. Choose the post’s index.md too; the images \
                     beside it then show in the preview.",
                );
                Vec::new()
            }
        }
    }

    /// Goes on with `next`, after a question where changes would be lost.
    fn leave_for(&mut self, next: Next) -> Vec<Effect> {
        if self.editing.as_ref().is_some_and(Editing::would_lose_work) {
            self.waiting = Some(next);
            return Vec::new();
        }
        self.go(next)
    }

    fn go(&mut self, next: Next) -> Vec<Effect> {
        self.notice = None;
        self.video = None;
        self.waiting = None;
        match next {
            Next::StartScreen => {
                self.leave_place();
                let mut effects = self.retire();
                effects.extend([Effect::HoldFiles(Vec::new()), Effect::Focus(Target::Screen)]);
                effects.extend(self.list_drafts());
                effects
            }
            Next::Open(files) => self.open(files),
            Next::Zip(name, archive) => self.open_zip(&name, archive),
            Next::Folder(arrived) => self.open_arrived(*arrived),
            Next::Begin(start) => {
                let files = match start {
                    Start::Sample => recap::sample(),
                    Start::Recap(day) => vec![recap::recap(day)],
                    Start::Post(day) => vec![recap::post(day)],
                };
                let files = files
                    .into_iter()
                    .map(|file| OpenedFile {
                        name: file.name.to_owned(),
                        bytes: file.bytes.into(),
                    })
                    .collect();
                let effects = self.open(files);
                if let Some(editing) = &mut self.editing {
                    editing.has_no_address_yet();
                }
                effects
            }
        }
    }

    fn open(&mut self, files: Vec<OpenedFile>) -> Vec<Effect> {
        let (mut posts, rest): (Vec<_>, Vec<_>) = files
            .into_iter()
            .partition(|file| kind_of(&file.name) == FileKind::Post);
        let chosen = posts
            .iter()
            .position(|file| file.name == recap::FILE_NAME)
            .unwrap_or_default();
        if chosen >= posts.len() {
            return Vec::new();
        }
        let post = posts.swap_remove(chosen);
        if post.bytes.len() > LARGEST_POST {
            self.tell(
                Tone::Problem,
                format!(
                    "“{}” has {} MB, which is too much for a post. Choose the post’s index.md.",
                    post.name,
                    post.bytes.len() >> 20
                ),
            );
            return Vec::new();
        }
        if !posts.is_empty() {
            self.tell(
                Tone::Info,
                format!(
                    "There were several posts among these files; “{}” is open. The others were not \
                     touched.",
                    post.name
                ),
            );
        }
        let images = rest
            .into_iter()
            .filter(|file| kind_of(&file.name) == FileKind::Image)
            .collect();
        let opened = Rc::clone(&post.bytes);
        self.leave_place();
        let (editing, shown) = Editing::open(post, images, Rc::clone(&self.site));
        if editing.has_invalid_bytes() && self.notice.is_none() {
            self.tell(
                Tone::Info,
                "Some bytes of this file are not text (it is not valid UTF-8). They are shown as � and \
                 stay in the file as they are, unless you delete them.",
            );
        }
        let notice = self.notice.take();
        self.show_or_compare(editing, shown, opened, notice)
    }
}

/// The letters of an id: nothing else may get into the address of a player.
fn is_video_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// What a file is to a post, told by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Post,
    Image,
    Zip,
    Other,
}

/// Whether a file is a zip, by its name.
#[must_use]
pub fn is_zip(name: &str) -> bool {
    kind_of(name) == FileKind::Zip
}

fn kind_of(name: &str) -> FileKind {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("md" | "markdown" | "mdown" | "txt") | None => FileKind::Post,
        Some("png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp" | "ico") => {
            FileKind::Image
        }
        Some("zip") => FileKind::Zip,
        Some(_) => FileKind::Other,
    }
}
