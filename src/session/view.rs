//! What the screen shows, derived from the session. Plain data; the screen adds nothing but layout.

use std::rc::Rc;

use crate::bundle::report::Role;
use crate::draft::diff::Line;
use crate::draft::{self, DraftId, Timestamp, VersionId, conflict, tabs};
use crate::site::Pages;
use crate::site::profile::Field;
use crate::text::{LineColumn, Utf16Pos};
use crate::writing::call::Call;
use crate::writing::format::Formatting;
use crate::yaml::{KeyPath, Value};

use super::pages::PagesState;
use super::surface::SurfaceView;

/// The whole screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// Which screen.
    pub screen: Screen,
    /// A sentence that waits to be read.
    pub notice: Option<Notice>,
    /// The video that was asked for.
    pub video: Option<VideoView>,
    /// Where the post comes from and goes to.
    pub home: HomeView,
    /// Text and article scroll together.
    pub scroll_together: bool,
    /// The drafts in this browser, for the start screen.
    pub drafts: Rc<DraftsView>,
    /// A file that also has a draft: the question is which to go on with.
    pub conflict: Option<Rc<ConflictView>>,
    /// The kept versions of the open draft, where they were asked for; the newest first.
    pub versions: Option<Rc<Vec<VersionView>>>,
    /// The site's pages, to be linked to.
    pub pages: PagesView,
}

/// The site's pages, as far as they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PagesView {
    /// How far their index is.
    pub state: PagesState,
    /// The pages.
    pub pages: Rc<Pages>,
    /// They are made up.
    pub sample: bool,
    /// The index was opened from a file.
    pub own: bool,
    /// What went wrong last.
    pub said: Option<String>,
}

/// Where the post comes from and goes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HomeView {
    /// Posts of which one is to be opened.
    pub choosing: Option<Rc<ChoosingView>>,
    /// The post's folder in the repository; `None` while nothing says which.
    pub folder: Option<String>,
    /// What the rule of date and slug makes of it.
    pub rule: Option<String>,
    /// Both are the same.
    pub follows_rule: bool,
    /// The folder on disk that can be saved in place.
    pub place: Option<PlaceView>,
    /// What is not written because it changed on disk.
    pub meanwhile: Option<Rc<MeanwhileView>>,
}

/// A folder on disk that can be saved in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceView {
    /// Its name.
    pub name: String,
    /// It was opened in an earlier visit: the browser asks the writer first.
    pub asks: bool,
}

/// Posts of which one is to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoosingView {
    /// The zip or the folder they are in.
    pub name: String,
    /// Their folders in it.
    pub posts: Vec<String>,
}

/// Files of a folder that changed on disk since they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanwhileView {
    /// The folder.
    pub folder: String,
    /// Its files.
    pub files: Vec<MeanwhileFile>,
}

/// A file that changed on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeanwhileFile {
    /// Its path below the post's folder.
    pub path: String,
    /// What is there and what is here.
    pub sentence: String,
    /// What differs, from there to here, where both are text.
    pub lines: Vec<Line>,
}

/// What a writer's own name for the folder is refused for; `None`: it is good.
#[must_use]
pub fn folder_refusal(typed: &str) -> Option<String> {
    crate::bundle::Folder::parse(typed)
        .err()
        .map(|refusal| refusal.to_string())
}

/// A file that is being opened and has a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictView {
    /// The file's name.
    pub name: String,
    /// What is asked.
    pub question: String,
    /// What differs, from the file to the draft.
    pub lines: Vec<Line>,
    /// What can be chosen, the most likely first.
    pub choices: &'static [conflict::Choice],
}

/// A kept version in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionView {
    /// Which.
    pub id: VersionId,
    /// The name it was given; empty: none.
    pub name: String,
    /// That name, or what it was kept before.
    pub title: String,
    /// When it was kept, and the post’s title then, or why.
    pub facts: String,
    /// What differs, from then to now.
    pub lines: Vec<Line>,
}

/// A draft that another tab writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabView {
    /// What is so.
    pub sentence: &'static str,
    /// What can be chosen.
    pub choices: &'static [tabs::Choice],
}

/// The drafts in this browser.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DraftsView {
    /// The storage has told which there are.
    pub told: bool,
    /// Why it could not, a sentence.
    pub failure: Option<String>,
    /// The browser may clear them by itself when space runs short.
    pub may_be_cleared: bool,
    /// The newest first.
    pub list: Vec<DraftView>,
    /// Those that were deleted and can still be had back.
    pub deleted: Vec<DraftView>,
}

/// A draft in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftView {
    /// Which.
    pub id: DraftId,
    /// The post's title.
    pub title: String,
    /// When it was changed, how long it is, whether it was downloaded.
    pub facts: String,
    /// How its text begins, on one line.
    pub begins: String,
    /// Something of it cannot be read: it can be had as raw bytes.
    pub raw: bool,
    /// Why it cannot be opened, a sentence.
    pub trouble: Option<String>,
}

impl View {
    /// The line of the file that the Markdown pane begins with, from 1.
    #[must_use]
    pub fn first_line(&self) -> usize {
        match &self.screen {
            Screen::Editor(editor) => editor.counts.first_line,
            Screen::Start => 1,
        }
    }
}

/// A YouTube video that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoView {
    /// Its id, fit for an address.
    pub id: String,
    /// Loading it was agreed to.
    pub plays: bool,
}

/// Which screen is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// Nothing is open.
    Start,
    /// A post is open.
    Editor(Rc<EditorView>),
}

/// A sentence about something that went wrong or needs to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is announced.
    pub tone: Tone,
    /// One plain sentence or two.
    pub text: String,
}

/// How urgent a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Info,
    /// Something could not be done.
    Problem,
}

/// The editor's screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditorView {
    /// The file's name, as it came.
    pub file_name: String,
    /// The post's title, or the file's name.
    pub heading: String,
    /// The form.
    pub form: Rc<FormView>,
    /// The text of the raw front matter is shown in place of the form.
    pub raw_front_matter: bool,
    /// What stands above the body in the article.
    pub article: ArticleView,
    /// What the chosen surface of the preview shows.
    pub surface: SurfaceView,
    /// What Hugo would refuse, and what could not be read.
    pub problems: Vec<ProblemView>,
    /// What is true about the file right now.
    pub status: Status,
    /// Another tab has the same draft.
    pub tab: Option<TabView>,
    /// Nothing can be changed here.
    pub only_reads: bool,
    /// There is a draft, which may have kept versions.
    pub has_versions: bool,
    /// What differs from the opened file, as one line.
    pub changes: String,
    /// How long the text is.
    pub counts: Counts,
    /// There is something to take back.
    pub can_undo: bool,
    /// There is something to make again.
    pub can_redo: bool,
    /// The writer is asked whether to lose the changes.
    pub asks_to_close: bool,
    /// What formatting the text would change, while the writer is asked.
    pub formatting: Option<Rc<Formatting>>,
    /// The shortcode whose form is open.
    pub call: Option<Rc<Call>>,
}

/// How long the text is, and where it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Words, as Hugo counts them.
    pub words: u32,
    /// Characters, spaces among them, line breaks not.
    pub characters: usize,
    /// Minutes to read, by Hugo’s rule.
    pub minutes: u32,
    /// The line of the file that the Markdown pane begins with, from 1.
    pub first_line: usize,
}

/// A heading of the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingView {
    /// From 1 to 6.
    pub level: u8,
    /// Its words, without marks.
    pub text: String,
    /// Its id on the page, where a link can lead; `None` where it is not known.
    pub id: Option<String>,
    /// Where its section starts in the Markdown pane.
    pub at: Utf16Pos,
    /// The heading behind its section, by number; their number: none.
    pub next: usize,
}

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormView {
    /// Why the form is off, in a sentence.
    pub locked: Option<String>,
    /// Its fields in the profile's order.
    pub fields: Vec<FieldView>,
    /// Entries no field knows: where they stand and how they are written.
    pub others: Vec<OtherEntry>,
    /// The address the page will have; `None` where it cannot be told.
    pub address: Option<String>,
    /// The address it had when it was opened, where an edit moved it.
    pub moved_from: Option<String>,
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// What the profile says of it.
    pub field: Rc<Field>,
    /// Its value: what the file says, and what is typed where the file could not take it.
    pub value: Option<Value>,
    /// Whether the file has an entry for it.
    pub written: bool,
    /// What the file could not take.
    pub refused: Vec<Refused>,
}

/// What is typed in a field, or a part of it, that the file could not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The entry it was typed for: the field’s, or one below.
    pub path: KeyPath,
    /// Why, a sentence.
    pub reason: String,
}

/// An entry of the front matter that the form does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherEntry {
    /// Its key.
    pub path: KeyPath,
    /// As it is written.
    pub source: String,
    /// The line it starts on.
    pub line: usize,
}

/// The header the theme puts above the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleView {
    /// The page's address on the site, `/2006/01/02/title/`.
    pub address: String,
    /// The h1.
    pub title: String,
    /// The byline; empty for an unknown author.
    pub author: String,
    /// The author's picture: a file of the post, or a path on the site.
    pub avatar: Option<String>,
    /// "Jan 2, 2006"; empty without a date.
    pub date: String,
    /// Minutes.
    pub reading_time: u32,
    /// The cover above the article, where it is shown.
    pub cover: Option<String>,
}

impl ArticleView {
    /// Date and reading time, as the theme writes them below a name or a title.
    #[must_use]
    pub fn facts(&self) -> String {
        let minutes = format!("{} min read", self.reading_time);
        if self.date.is_empty() {
            minutes
        } else {
            format!("{} • {minutes}", self.date)
        }
    }
}

/// The pictures of the post as the screen lists them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Images {
    /// One a file.
    pub list: Vec<ImageView>,
    /// Pictures that are named and not there.
    pub missing: Vec<MissingView>,
    /// Pictures that are loaded from elsewhere, by their addresses.
    pub hot_linked: Vec<MissingView>,
    /// About pictures that are no file of the post: without an alt text, for example.
    pub problems: Vec<String>,
    /// Files of the folder that are no pictures; they go along as they are.
    pub others: Vec<String>,
    /// Pictures that were taken away since the post was opened; the last one first. Each can be put back.
    pub taken_away: Vec<String>,
}

/// A picture that is named and no file of the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingView {
    /// The name, or the address.
    pub name: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// A picture of the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageView {
    /// Its path in the bundle.
    pub name: String,
    /// What it is for; none: it is not used.
    pub roles: Vec<Role>,
    /// In bytes.
    pub size: usize,
    /// Width and height in pixels, where they can be told.
    pub dimensions: Option<(u32, u32)>,
    /// A browser may be asked to show it.
    pub shows: bool,
    /// The alt text of its first image in the text; `None`: it has none there.
    pub alt: Option<String>,
    /// The caption of that image.
    pub caption: Option<String>,
    /// A name that is easier to write, where its own is not.
    pub better_name: Option<String>,
    /// A sentence each: what is wrong and what to do.
    pub problems: Vec<String>,
}

/// A file of the post, for making another picture of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureSource {
    /// Its path in the bundle.
    pub name: String,
    /// Its bytes.
    pub bytes: Rc<[u8]>,
    /// What it is for; none: it is not used.
    pub roles: Vec<Role>,
    /// The lists show the post’s thumbnail whole.
    pub fit: bool,
    /// Names no new file may have.
    pub taken: Vec<String>,
}

/// A problem as the screen lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemView {
    /// Where in the file.
    pub at: LineColumn,
    /// What is wrong and what to do.
    pub message: String,
}

/// What the status line says of the open post. Apart from the view: it changes when the storage answers, and nothing else
/// on the screen does then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavingView {
    /// Whether it is safe, in a sentence that stays true until another one comes; how long ago is not in it.
    pub sentence: String,
    /// What the storage has of it; `None` while nothing was to be stored.
    pub safety: Option<draft::Status>,
    /// Changes are in this tab and nowhere else.
    pub unsaved: bool,
    /// That a browser is no archive.
    pub reminder: Option<String>,
}

impl SavingView {
    /// The storage fails, and the writer should know.
    #[must_use]
    pub const fn is_trouble(&self) -> bool {
        matches!(
            self.safety,
            Some(draft::Status::NotSaved { .. } | draft::Status::OnlyInThisTab { .. })
        )
    }

    /// How many ms ago the storage confirmed all there is; `None` where it has not.
    #[must_use]
    pub const fn age(&self, now: Timestamp) -> Option<u64> {
        match self.safety {
            Some(draft::Status::Saved { at }) => Some(now.since(at)),
            _ => None,
        }
    }
}

/// What is true about the file right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The bytes are those that were opened.
    Unchanged,
    /// Changes are in this tab and nowhere else.
    OnlyInThisTab,
    /// The browser has a download of exactly these bytes.
    Downloaded,
    /// The folder on disk has exactly these bytes.
    InFolder,
}

impl Status {
    /// The sentence the status line says.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unchanged => "Nothing changed",
            Self::OnlyInThisTab => "Changed, only in this tab until you download it",
            Self::Downloaded => "Downloaded as it stands here",
            Self::InFolder => "Saved in the folder as it stands here",
        }
    }
}
