//! What happened: everything the session is ever told. Past tense, and complete: time and dates come along.

use std::rc::Rc;

use crate::bundle::report::Role;
use crate::bundle::{Archive, Refusal};
use crate::day::Day;
use crate::text::{PaneChange, Utf16Pos};
use crate::writing::Command;
use crate::yaml::{KeyPath, Value};

use super::Revision;
use super::pages::PagesTold;
use super::storage::{DraftAsked, StoreTold};
use super::surface::Surface;

/// Milliseconds since some fixed moment, as the browser's monotonic clock gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Millis(pub u64);

impl Millis {
    /// How many milliseconds have passed since `earlier`; 0 where it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A file the writer handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its name without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Rc<[u8]>,
}

/// One line a way to start without a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// The built-in sample recap.
    Sample,
    /// The template of a community meeting recap.
    Recap(Day),
    /// A blank post.
    Post(Day),
}

/// What was selected in the text pane; a caret where both ends are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Selection {
    /// Where it starts.
    pub from: Utf16Pos,
    /// Where it ends.
    pub to: Utf16Pos,
}

/// What a change in the text pane is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Input {
    /// Keys, a paste, whatever a person does at once.
    #[default]
    Plain,
    /// The first step of an input method's composition.
    CompositionStart,
    /// A later step of it, the last one too.
    Composition,
    /// All that was found was replaced.
    ReplacedAll,
}

/// Something from elsewhere that the preview shows as a still card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Embed {
    /// A YouTube video.
    Youtube {
        /// As the shortcode has it.
        id: String,
    },
    /// A Vimeo video.
    Vimeo {
        /// As the shortcode has it.
        id: String,
    },
    /// A post on X.
    X {
        /// As the shortcode has it.
        id: String,
    },
}

/// A file of a folder that is not read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFile {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// In bytes; 0 where it was not asked for.
    pub size: u64,
}

/// A file of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Rc<[u8]>,
    /// When it was changed last: seconds since 1970 began, by the writer's own clock.
    pub modified: Option<i64>,
}

/// A file on disk that is not what was known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskFile {
    /// Its path below the folder, with `/`.
    pub path: String,
    /// What is in it; `None`: it is not there.
    pub bytes: Option<Rc<[u8]>>,
}

/// How the post is taken home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A zip with the paths of the repository.
    Zip,
    /// The post's file alone.
    PostOnly,
    /// A new folder on disk.
    Folder,
    /// The folder on disk it came from.
    InPlace,
}

/// Where pictures that came are to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Beside the post.
    Beside,
    /// In the place of the file with this path, or of one that is named and not there.
    As(String),
    /// Beside the post, and into the text.
    InText {
        /// The revision the Markdown pane showed.
        base: Revision,
        /// What was selected, or where they were dropped.
        selection: Selection,
    },
}

/// What happened about a shortcode's form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallTold {
    /// The form of the shortcode at this place was asked for.
    Asked {
        /// The revision the pane showed.
        base: Revision,
        /// Where.
        selection: Selection,
        /// By the Enter key, which has its usual meaning where there is none.
        by_enter: bool,
    },
    /// The form was filled.
    Written {
        /// The arguments' values, in their order.
        values: Vec<String>,
        /// The text in the shortcode; `None` for one without.
        inner: Option<String>,
    },
    /// The form was put away.
    Dismissed,
}

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Files were picked or dropped.
    FilesOpened(Vec<OpenedFile>),
    /// A zip was picked or dropped and taken apart.
    ZipOpened {
        /// Its name.
        name: String,
        /// Its files, or why it was refused.
        archive: Result<Rc<Archive>, Refusal>,
    },
    /// A folder was opened, and this is in it.
    FolderListed {
        /// Its name.
        name: String,
        /// Its files.
        files: Vec<ListedFile>,
        /// It can be written.
        in_place: bool,
    },
    /// The files of a post in that folder were read.
    FolderRead {
        /// The post's folder below it; empty: the folder itself.
        post: String,
        /// The files, their paths below the folder that was opened.
        files: Vec<ReadFile>,
    },
    /// One of several posts was chosen, by its folder.
    PostChosen(String),
    /// None of them was.
    PostChoiceDismissed,
    /// The post is to be taken home in one of several ways.
    SaveAsked(Way),
    /// The writer gave the post's folder another name; `None`: by the rule.
    FolderNamed(Option<String>),
    /// The folder on disk has all of this revision.
    FolderSaved(Revision),
    /// Nothing was written to it: these files changed there.
    FolderFoundChanged(Vec<DiskFile>),
    /// It was not written; why, unless the writer changed their mind.
    FolderNotSaved {
        /// A sentence.
        reason: Option<String>,
        /// It is the folder that was saved before.
        in_place: bool,
    },
    /// Whether to write over what changed on disk was answered.
    MeanwhileAnswered {
        /// Yes.
        write_over: bool,
    },
    /// The browser could not read a file; its name and why.
    FileUnreadable {
        /// The file's name.
        name: String,
        /// The browser's reason.
        reason: String,
    },
    /// A post's text was pasted on the start screen.
    TextPasted(String),
    /// A start without a file was chosen.
    Started(Start),
    /// A form field has a new value; `None` clears it.
    FieldEdited {
        /// Which entry.
        path: KeyPath,
        /// Its new value.
        value: Option<Value>,
        /// When.
        at: Millis,
    },
    /// The writer left a form field: what is typed there next is a change of its own.
    FieldLeft,
    /// The text of the raw front matter changed.
    FrontMatterTyped {
        /// What was in the file when the box showed it.
        base: Revision,
        /// The change in the box.
        change: PaneChange,
        /// When.
        at: Millis,
    },
    /// The Markdown pane's text changed.
    BodyTyped {
        /// The revision the pane showed before.
        base: Revision,
        /// The changes: in the order of the text, apart from each other, all in terms of the text before.
        changes: Vec<PaneChange>,
        /// What was selected before it.
        before: Selection,
        /// What is selected after it.
        after: Selection,
        /// What it is a part of.
        input: Input,
        /// When.
        at: Millis,
    },
    /// A command of the Markdown pane was given, by a key, a button or a menu.
    CommandGiven {
        /// The revision the pane showed.
        base: Revision,
        /// What is to be done.
        command: Command,
        /// What was selected.
        selection: Selection,
        /// The selection is what called for it, the slash before a menu: it goes as it is done.
        instead: bool,
        /// When.
        at: Millis,
    },
    /// A section is to stand elsewhere: headings are counted as the outline does.
    SectionMoved {
        /// The revision the pane showed.
        base: Revision,
        /// The section's heading.
        which: usize,
        /// The heading it goes in front of; their number: the end.
        before: usize,
        /// What was selected.
        selection: Selection,
        /// When.
        at: Millis,
    },
    /// The whole text is to be formatted.
    FormatAsked,
    /// The text formatted; the revision it was made from.
    Formatted {
        /// The revision.
        base: Revision,
        /// The body, line breaks as `\n`.
        text: String,
    },
    /// The formatter could not be loaded, or gave up.
    FormatFailed,
    /// What formatting would change is to be changed.
    FormatTaken {
        /// When.
        at: Millis,
    },
    /// It is not.
    FormatDismissed,
    /// Something happened about a shortcode's form.
    Call {
        /// What.
        told: CallTold,
        /// When.
        at: Millis,
    },
    /// The writer paused while the preview was behind.
    RenderDue,
    /// The last change is to be taken back.
    UndoAsked,
    /// The change taken back last is to be made again.
    RedoAsked,
    /// The file is to be taken home.
    DownloadAsked,
    /// The browser has taken the download over; the revision it holds.
    DownloadHandedOver(Revision),
    /// The post is to be closed.
    CloseAsked,
    /// The question whether to lose the changes was answered with yes.
    CloseConfirmed,
    /// The question was answered with no.
    CloseCancelled,
    /// The writer wants to edit the front matter as text, or no longer.
    RawFrontMatterToggled,
    /// The writer wants to edit one entry of the front matter as text.
    EntryOpened(KeyPath),
    /// "Keep the old address" was chosen after a title edit moved the page.
    OldAddressKept {
        /// When.
        at: Millis,
    },
    /// "Add a redirect" was chosen after an edit moved the page.
    RedirectAdded {
        /// When.
        at: Millis,
    },
    /// A file beside the post is to have another name; every reference follows.
    ImageRenamed {
        /// Its path in the bundle.
        file: String,
        /// Its new one.
        to: String,
        /// When.
        at: Millis,
    },
    /// A file beside the post is to go, with its images in the text.
    ImageDeleted {
        /// Its path in the bundle.
        file: String,
        /// When.
        at: Millis,
    },
    /// A file beside the post is to be the cover, or whatever.
    ImageRoleChosen {
        /// Its path in the bundle.
        file: String,
        /// What for.
        role: Role,
        /// When.
        at: Millis,
    },
    /// The images of a file in the text are to have this alt text.
    ImageAltEdited {
        /// Its path in the bundle.
        file: String,
        /// As it is read.
        alt: String,
        /// When.
        at: Millis,
    },
    /// A picture was made of a file beside the post, cropped or shrunk.
    PictureMade {
        /// The path in the bundle of the file it was made of.
        from: String,
        /// Its own; where that is taken, it gets the next free one.
        name: String,
        /// Its bytes.
        bytes: Rc<[u8]>,
        /// What it is to be for; `None`: what the old one was for.
        role: Option<Role>,
        /// It takes the place of the file it was made of.
        replaced: bool,
        /// When.
        at: Millis,
    },
    /// The images of a file in the text are to have this caption; an empty one: none.
    ImageCaptionEdited {
        /// Its path in the bundle.
        file: String,
        /// In Markdown, one line.
        caption: String,
        /// When.
        at: Millis,
    },
    /// Pictures were picked, dropped or pasted for the open post.
    ImagesCame {
        /// The files.
        files: Vec<OpenedFile>,
        /// Where to.
        to: Arrival,
        /// When.
        at: Millis,
    },
    /// A picture that was taken away is to be beside the post again.
    ImagePutBack {
        /// Which, by its place in the list of those.
        which: usize,
        /// When.
        at: Millis,
    },
    /// A link in the preview was pressed; where it leads.
    LinkPressed(String),
    /// The still card of something embedded was pressed.
    EmbedPressed(Embed),
    /// The video that was asked for is to be loaded and played.
    VideoConfirmed,
    /// The video is to go away.
    VideoClosed,
    /// Text and article are to scroll together, or no longer.
    ScrollTogetherChosen(bool),
    /// Another surface of the preview was chosen.
    SurfaceChosen(Surface),
    /// The Markdown pane could not be loaded; a plain box stands in for it.
    PlainPaneUsed,
    /// Something happened about the index of the site's pages.
    Pages(PagesTold),
    /// The browser's storage told something.
    Store(StoreTold),
    /// The writer asked for something among the drafts.
    Draft(DraftAsked),
    /// A notice was read and put away.
    NoticeDismissed,
}
