//! An open post: its text, what is derived from it, and the changes made to it.

mod address;
mod arriving;
mod article;
mod calls;
mod change;
mod download;
pub(super) mod drafts;
mod field;
mod form;
mod formatting;
mod images;
mod keeping;
mod looking;
mod panes;
mod pictures;
mod screen;
mod surfaces;
mod typing;
mod writing;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::bundle::{Bundle, Folder};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::preview::Preview;
use crate::review;
use crate::site::Site;
use crate::text::{LineEnd, Text, Units};
use crate::writing::format::Formatting;
use crate::yaml::{KeyPath, Value};

use super::drafting::Drafting;
use super::effect::{Effect, Target};
use super::history::{History, Side};
use super::msg::{Msg, OpenedFile, Selection};
use super::view::{FormView, Images, Notice, Status, Tone};
use super::{PaneId, Revision};

/// What is typed in a field that the file could not take.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    value: Option<Value>,
    refusal: String,
}

/// More edits than this at once are shown together, in one reading of the whole text; fewer one by one, where they are.
const MANY: usize = 64;

/// An open post.
#[derive(Debug)]
pub(super) struct Editing {
    file_name: String,
    site: Rc<Site>,
    opened: Text,
    opened_post: Post,
    opened_front_matter: FrontMatter,
    opened_address: Option<String>,
    downloaded: Option<Text>,
    files: Vec<OpenedFile>,
    opened_files: Vec<OpenedFile>,
    downloaded_files: Vec<OpenedFile>,
    /// What was downloaded last was saved in a folder on disk.
    in_folder: bool,
    /// The folder's name, where the writer chose it: `Some(None)` is the rule.
    folder_name: Option<Option<Folder>>,
    /// Every picture that was ever beside the post since it was opened: none gets lost by a change.
    seen_files: Vec<OpenedFile>,
    /// The pictures as they were asked for last.
    images: RefCell<Option<(Revision, Rc<Images>)>>,
    /// The bundle as it came in a zip: it leaves in one.
    zipped: Option<Bundle>,
    line_end: LineEnd,
    text: Text,
    revision: Revision,
    post: Post,
    front_matter: FrontMatter,
    preview: Preview,
    /// The preview shows an earlier text: a block too large to be shown anew at each key is being typed in.
    behind: bool,
    /// What formatting would change, while the writer is asked.
    formatting: Option<Rc<Formatting>>,
    /// The shortcode whose form is open.
    call: Option<calls::OpenCall>,
    /// Edits are made one after another: the preview waits for the last one.
    gathers: bool,
    history: History,
    drafts: BTreeMap<KeyPath, Draft>,
    raw_shown: bool,
    /// The form only changes when the front matter does; most keys are typed in the body.
    form: RefCell<Option<Rc<FormView>>>,
    /// What the body has in common with the one that was opened.
    common: review::Common,
    /// How many characters the Markdown pane shows.
    characters: usize,
    /// Where the Markdown pane has which byte, once that was asked for.
    units: RefCell<Option<Rc<Units>>>,
    /// The draft in the browser's storage, where there is one.
    drafting: Option<Drafting>,
    /// The post was begun here.
    begun_here: bool,
    /// What is selected in the Markdown pane, and how far it is scrolled.
    place: (Selection, u64),
}

impl Editing {
    /// Opens `file`. Never fails: what cannot be read is shown as text.
    pub(super) fn open(
        file: OpenedFile,
        files: Vec<OpenedFile>,
        site: Rc<Site>,
    ) -> (Self, Vec<Effect>) {
        let text = Text::from_bytes(&file.bytes);
        let post = Post::parse(text.as_str());
        let front_matter = FrontMatter::read(text.as_str(), &post);
        let mut editing = Self {
            file_name: file.name,
            site,
            opened: text.clone(),
            opened_post: post.clone(),
            opened_front_matter: front_matter.clone(),
            opened_address: None,
            downloaded: None,
            files: files.clone(),
            opened_files: files.clone(),
            downloaded_files: Vec::new(),
            in_folder: false,
            folder_name: None,
            seen_files: files.clone(),
            images: RefCell::default(),
            zipped: None,
            line_end: LineEnd::prevailing(text.as_str()),
            text,
            revision: Revision::default().next(),
            post,
            front_matter,
            preview: Preview::default(),
            behind: false,
            formatting: None,
            call: None,
            gathers: false,
            history: History::default(),
            drafts: BTreeMap::new(),
            raw_shown: false,
            form: RefCell::default(),
            common: review::Common::of("", ""),
            characters: 0,
            units: RefCell::default(),
            drafting: None,
            begun_here: false,
            place: Default::default(),
        };
        editing.count_all();
        editing.compare();
        let patch = editing.render(None);
        editing.opened_address = editing.address();
        let effects = vec![
            Effect::HoldFiles(files),
            editing.fill(PaneId::Body),
            editing.fill(PaneId::FrontMatter),
            patch,
            Effect::MarkBlock(None),
            Effect::Focus(Target::Screen),
        ];
        (editing, effects)
    }

    /// The post begins here: nobody links to it, so nothing is moved by another title.
    pub(super) fn has_no_address_yet(&mut self) {
        self.opened_address = None;
        self.begun_here = true;
        self.form.replace(None);
    }

    pub(super) const fn revision(&self) -> Revision {
        self.revision
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        self.text.to_bytes()
    }

    /// The site is known otherwise: the page may lead elsewhere.
    pub(super) fn site_is(&mut self, site: Rc<Site>) -> Effect {
        self.site = site;
        self.form.replace(None);
        self.preview.forget();
        self.render(None)
    }

    pub(super) fn has_invalid_bytes(&self) -> bool {
        self.text.first_invalid().is_some()
    }

    /// Whether closing the tab would lose something that is nowhere else.
    pub(super) fn would_lose_work(&self) -> bool {
        // What was downloaded, or is as it was opened, is on the writer's disk, whatever the storage does.
        let text = self.leaving_loses().unwrap_or(true) && self.status() == Status::OnlyInThisTab;
        !self.drafts.is_empty() || text
    }

    fn status(&self) -> Status {
        let same =
            |files: &[OpenedFile]| !self.leaves_with_files() || images::same(files, &self.files);
        if self.text == self.opened && same(&self.opened_files) {
            Status::Unchanged
        } else if self.downloaded.as_ref() == Some(&self.text) && same(&self.downloaded_files) {
            if self.in_folder {
                Status::InFolder
            } else {
                Status::Downloaded
            }
        } else {
            Status::OnlyInThisTab
        }
    }

    pub(super) fn react(&mut self, msg: Msg, notice: &mut Option<Notice>) -> Vec<Effect> {
        match msg {
            Msg::FieldEdited { path, value, at } => self.field_edited(&path, value, at),
            Msg::FieldLeft => {
                self.history.close_group();
                Vec::new()
            }
            Msg::BodyTyped {
                base,
                changes,
                before,
                after,
                input,
                at,
            } => self.body_typed(base, &changes, (before, after), input, at),
            Msg::CommandGiven {
                base,
                command,
                selection,
                instead,
                at,
            } => self.command_given(base, &command, selection, instead, at),
            Msg::SectionMoved {
                base,
                which,
                before,
                selection,
                at,
            } => self.section_moved(base, (which, before), selection, at),
            Msg::FrontMatterTyped { base, change, at } => {
                self.front_matter_typed(base, &change, at, notice)
            }
            Msg::UndoAsked => match self.history.take_undo() {
                Some(change) => self.turn(change, Side::Undone),
                None => Vec::new(),
            },
            Msg::RedoAsked => match self.history.take_redo() {
                Some(change) => self.turn(change, Side::Done),
                None => Vec::new(),
            },
            Msg::FormatAsked => self.format_asked(),
            Msg::Formatted { base, text } => {
                self.formatted(base, &text, notice);
                Vec::new()
            }
            Msg::FormatFailed => {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text: "The formatter could not be loaded, or could not read this text. Nothing was changed; try again \
                           later."
                        .to_owned(),
                });
                Vec::new()
            }
            Msg::FormatTaken { at } => self.format_taken(at),
            Msg::FormatDismissed => {
                self.formatting = None;
                Vec::new()
            }
            Msg::Call { told, at } => self.call_told(told, at, notice),
            Msg::RenderDue => self.catch_up(),
            Msg::DownloadAsked => {
                self.history.close_group();
                self.download(false, notice)
            }
            Msg::DownloadHandedOver(revision) => {
                if revision == self.revision {
                    self.downloaded = Some(self.text.clone());
                    self.downloaded_files.clone_from(&self.files);
                    self.in_folder = false;
                    return self.draft_exported();
                }
                Vec::new()
            }
            Msg::RawFrontMatterToggled => {
                self.raw_shown = !self.raw_shown;
                self.history.close_group();
                vec![self.fill(PaneId::FrontMatter)]
            }
            Msg::EntryOpened(path) => self.open_entry(&path),
            Msg::ImageRenamed { file, to, at } => self.image_renamed(&file, &to, at, notice),
            Msg::ImageDeleted { file, at } => self.image_deleted(&file, at, notice),
            Msg::ImageRoleChosen { file, role, at } => {
                self.image_role_chosen(&file, role, at, notice)
            }
            Msg::ImageAltEdited { file, alt, at } => self.image_alt_edited(&file, &alt, at),
            Msg::PictureMade {
                from,
                name,
                bytes,
                role,
                replaced,
                at,
            } => self.picture_made(
                pictures::Made {
                    from,
                    name,
                    bytes,
                    role,
                    replaced,
                    at,
                },
                notice,
            ),
            Msg::ImageCaptionEdited { file, caption, at } => {
                self.image_caption_edited(&file, &caption, at)
            }
            Msg::ImagesCame { files, to, at } => self.images_came(files, to, at, notice),
            Msg::ImagePutBack { which, at } => self.image_put_back(which, at),
            Msg::FolderNamed(name) => self.folder_named(name.as_deref()),
            Msg::OldAddressKept { at } => self.keep_old_address(at, notice),
            Msg::RedirectAdded { at } => self.add_redirect(at, notice),
            // The session answers these itself.
            Msg::FilesOpened(_)
            | Msg::ZipOpened { .. }
            | Msg::FolderListed { .. }
            | Msg::FolderRead { .. }
            | Msg::PostChosen(_)
            | Msg::PostChoiceDismissed
            | Msg::SaveAsked(_)
            | Msg::FolderSaved(_)
            | Msg::FolderFoundChanged(_)
            | Msg::FolderNotSaved { .. }
            | Msg::MeanwhileAnswered { .. }
            | Msg::FileUnreadable { .. }
            | Msg::TextPasted(_)
            | Msg::Started(_)
            | Msg::CloseAsked
            | Msg::CloseConfirmed
            | Msg::CloseCancelled
            | Msg::LinkPressed(_)
            | Msg::EmbedPressed(_)
            | Msg::VideoConfirmed
            | Msg::VideoClosed
            | Msg::ScrollTogetherChosen(_)
            | Msg::SurfaceChosen(_)
            | Msg::PlainPaneUsed
            | Msg::Store(_)
            | Msg::Pages(_)
            | Msg::Draft(_)
            | Msg::NoticeDismissed => Vec::new(),
        }
    }
}
