//! An open post: its text, what is derived from it, and the changes made to it.

mod address;
mod arriving;
mod calls;
mod download;
pub(super) mod drafts;
mod form;
mod formatting;
mod images;
mod keeping;
mod looking;
mod pictures;
mod surfaces;
mod writing;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::bundle::{Bundle, Folder};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::preview::{Page, Preview};
use crate::review;
use crate::site::Site;
use crate::text::{
    BytePos, LineColumn, LineEnd, PaneChange, Problem, Span, Text, TextEdit, Units, Utf16Pos,
    pane_change, pane_text,
};
use crate::writing::format::Formatting;
use crate::yaml::{KeyPath, Value};

use super::drafting::Drafting;
use super::effect::{Effect, Target};
use super::history::{Change, History, Origin, Side};
use super::msg::{Input, Millis, Msg, OpenedFile, Selection};
use super::surface::Surface;
use super::view::{ArticleView, EditorView, FormView, Images, Notice, ProblemView, Status, Tone};
use super::{PaneId, Revision};

/// What is typed in a field that the file could not take.
#[derive(Debug, Clone, PartialEq)]
struct Draft {
    value: Option<Value>,
    refusal: String,
}

/// A block longer than this is not shown anew at each key but when the writer pauses, in bytes. No real one comes near.
const LARGE_BLOCK: usize = 32 << 10;

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

    // ---- changes -------------------------------------------------------------------------------------------------

    /// Makes the change in the text and derives everything from it anew. Answers the inverse and what the screen needs.
    fn apply(
        &mut self,
        edit: &TextEdit,
        typed_in: Option<PaneId>,
    ) -> Option<(TextEdit, Vec<Effect>)> {
        let body_before = self.part(PaneId::Body);
        let front_before = self.part(PaneId::FrontMatter);
        let block_before = self
            .post
            .front_matter
            .map_or(0, |block| block.whole.end().get());
        // The pane that reported the change has it already; to count its way there would cost a walk through the text.
        let pane_edit = (typed_in != Some(PaneId::Body))
            .then(|| self.as_pane_change(edit, body_before))
            .flatten();
        let old_body = self.post.body;
        let to_store = self.to_be_stored(edit);
        let inverse = self.text.apply(edit).ok()?;
        self.revision = self.revision.next();
        let touches_front = edit.span().start().get() < block_before || block_before == 0;
        if touches_front {
            self.post = Post::parse(self.text.as_str());
            self.front_matter = FrontMatter::read(self.text.as_str(), &self.post);
            self.form.replace(None);
        } else {
            // The front matter ends before the change: only the body's end moves.
            self.post.body = Span::new(
                self.post.body.start(),
                BytePos::new(self.text.as_str().len()),
            );
        }

        match moved_with(old_body, self.post.body, edit) {
            Moved::Aside => {}
            Moved::Inside => {
                let at = edit.span().start().get() - old_body.start().get();
                let opened = self.opened_post.body.of(self.opened.as_str());
                let now = self.post.body.of(self.text.as_str());
                self.common
                    .edited(opened, now, BytePos::new(at), edit.insert().len());
            }
            Moved::Away => self.compare(),
        }

        let mut effects = Vec::new();
        for (pane, before) in [
            (PaneId::Body, body_before),
            (PaneId::FrontMatter, front_before),
        ] {
            let now = self.part(pane);
            let moved = moved_with(before, now, edit);
            if pane == PaneId::Body {
                self.move_units(moved, before, edit);
                self.count(moved, edit, &inverse);
            }
            let shown = moved == Moved::Aside || (moved == Moved::Inside && typed_in == Some(pane));
            effects.push(match (&pane_edit, pane) {
                _ if shown => self.stamp(pane),
                (Some(change), PaneId::Body) if moved == Moved::Inside => Effect::ChangePane {
                    pane,
                    change: change.clone(),
                    select: None,
                    revision: self.revision,
                },
                _ => self.fill(pane),
            });
        }
        if self.gathers {
            self.behind = true;
        } else if typed_in == Some(PaneId::Body) && self.is_in_large_block(edit) {
            self.behind = true;
            effects.push(Effect::RenderLater);
        } else {
            effects.push(self.render(Some(edit)));
        }
        if let Some(edit) = to_store {
            effects.extend(self.draft_edited(edit));
        }
        Some((inverse, effects))
    }

    /// Compares the body with the one that was opened, from one end to the other.
    fn compare(&mut self) {
        let opened = self.opened_post.body.of(self.opened.as_str());
        let now = self.post.body.of(self.text.as_str());
        self.common = review::Common::of(opened, now);
    }

    /// The edit as the body's pane would report it, where it lies in the body.
    fn as_pane_change(&self, edit: &TextEdit, body: Span) -> Option<PaneChange> {
        if !body.contains(edit.span()) {
            return None;
        }
        Some(PaneChange {
            from: self.in_pane(body, edit.span().start()),
            to: self.in_pane(body, edit.span().end()),
            insert: pane_text(edit.insert()),
        })
    }

    /// Where a pane that shows `part` has a place of the file, which lies in that part.
    fn in_pane(&self, part: Span, at: BytePos) -> Utf16Pos {
        let within = BytePos::new(at.get() - part.start().get());
        self.units(part).at(part.of(self.text.as_str()), within)
    }

    fn body_typed(
        &mut self,
        base: Revision,
        changes: &[PaneChange],
        (before, after): (Selection, Selection),
        input: Input,
        at: Millis,
    ) -> Vec<Effect> {
        if base != self.revision {
            return vec![self.fill(PaneId::Body)];
        }
        self.place.0 = after;
        let mut effects = Vec::new();
        let mut done: Vec<(TextEdit, TextEdit)> = Vec::new();
        // The last one first: the places of the others stay right.
        for change in changes.iter().rev() {
            let made = self.pane_edit(change).and_then(|edit| {
                let (inverse, made) = self.apply(&edit, Some(PaneId::Body))?;
                effects.extend(made);
                Some((edit, inverse))
            });
            match made {
                Some(made) => done.push(made),
                // The pane has something that cannot be: it is shown again what there is.
                None => effects.push(self.fill(PaneId::Body)),
            }
        }
        if let Some((edit, _)) = done.last() {
            effects.push(self.mark(edit.span().start().plus(edit.insert().len())));
        }
        match <[_; 1]>::try_from(done) {
            Ok([(edit, inverse)]) => {
                let change = Change::new(Origin::Body, inverse, at).selecting(before, after);
                self.history.note(change, &edit, input);
            }
            Err(done) if done.is_empty() => {}
            Err(done) => {
                let inverses = done.into_iter().map(|(_, inverse)| inverse).collect();
                let change = Change::of_several(Origin::Body, inverses, at);
                self.history.push(change.selecting(before, after));
            }
        }
        effects
    }

    /// What a change in the body's pane is in the file.
    fn pane_edit(&self, change: &PaneChange) -> Option<TextEdit> {
        let part = self.part(PaneId::Body);
        let units = self.units(part);
        pane_change(self.text.as_str(), part, &units, change, self.line_end)
    }

    fn front_matter_typed(
        &mut self,
        base: Revision,
        change: &PaneChange,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        if base != self.revision {
            return vec![self.fill(PaneId::FrontMatter)];
        }
        let part = self.part(PaneId::FrontMatter);
        let line_end = self.line_end.as_str();
        let typed = change.insert.replace('\n', line_end);
        let edit = match self.post.front_matter {
            None => Some(TextEdit::insertion(
                part.start(),
                format!("---{line_end}{typed}{line_end}---{line_end}"),
            )),
            // Between two fences that touch, a line has to be made first.
            Some(block) if block.closed && block.content.is_empty() => Some(TextEdit::insertion(
                part.start(),
                format!("{typed}{line_end}"),
            )),
            Some(_) => {
                let text = self.text.as_str();
                pane_change(text, part, &Units::of(part.of(text)), change, self.line_end)
            }
        };
        let Some(edit) = edit else {
            return vec![self.fill(PaneId::FrontMatter)];
        };
        if let Some(block) = self.post.front_matter
            && block.closed
        {
            // A fence typed here would cut the front matter off and spill its rest into the text.
            let after = Post::parse(&edit.applied_to(self.text.as_str()));
            let now = after.front_matter.map(|block| block.content);
            if now.is_none_or(|now| moved_with(block.content, now, &edit) != Moved::Inside) {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text: "A line that starts with the closing fence would end the front matter right \
                           there, so it was not taken over. Indent or quote it."
                        .to_owned(),
                });
                return vec![self.fill(PaneId::FrontMatter)];
            }
        }
        self.drafts.clear();
        let Some((inverse, effects)) = self.apply(&edit, Some(PaneId::FrontMatter)) else {
            return vec![self.fill(PaneId::FrontMatter)];
        };
        let change = Change::new(Origin::FrontMatter, inverse, at);
        self.history.note(change, &edit, Input::Plain);
        effects
    }

    /// While the writer stays in a field, each value replaces the one before it: the edit is always made on the entry as
    /// it was when they came, so its style and its comment survive an empty moment between deleting and typing.
    fn field_edited(&mut self, path: &KeyPath, value: Option<Value>, at: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(open) = self.history.take_open_field(path) {
            for edit in &open.edits {
                if let Some((_, more)) = self.apply(edit, None) {
                    effects.extend(more);
                }
            }
        }
        self.drafts.retain(|known, _| !path.contains(known));
        self.form.replace(None);
        // A box without a tick has no entry, unless the file was opened with one that says so.
        let off = Value::Bool(false);
        let was_off = self.opened_front_matter.value(path) == Some(&off);
        let value = value.filter(|value| *value != off || was_off);
        let set =
            self.front_matter
                .set(self.text.as_str(), path, value.as_ref(), &self.site.profile);
        match set {
            Ok(None) => {}
            Ok(Some(edit)) => {
                if let Some((inverse, more)) = self.apply(&edit, None) {
                    effects.extend(more);
                    let mut change = Change::new(Origin::Field(path.clone()), inverse, at);
                    if let Some((inverse, more)) = self.drop_bare_parent(path) {
                        effects.extend(more);
                        change.edits.insert(0, inverse);
                    }
                    self.history.push(change);
                }
            }
            Err(refusal) => {
                let refusal = refusal.to_string();
                self.drafts.insert(path.clone(), Draft { value, refusal });
            }
        }
        effects
    }

    /// A `params` that came with its first entry goes with its last one; one that the file had at opening stays.
    fn drop_bare_parent(&mut self, path: &KeyPath) -> Option<(TextEdit, Vec<Effect>)> {
        let parent = path.parent()?;
        let bare = match self.front_matter.value(&parent)? {
            Value::Null => true,
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        };
        if !bare || self.opened_front_matter.value(&parent).is_some() {
            return None;
        }
        let (text, profile) = (self.text.as_str(), &self.site.profile);
        let edit = self.front_matter.set(text, &parent, None, profile);
        self.apply(&edit.ok()??, None)
    }

    fn turn(&mut self, mut change: Change, side: Side) -> Vec<Effect> {
        let mut inverses = Vec::new();
        let mut effects = Vec::new();
        self.gathers = change.edits.len() > MANY;
        for edit in &change.edits {
            if let Some((inverse, more)) = self.apply(edit, None) {
                inverses.push(inverse);
                effects.extend(more);
            }
        }
        effects.extend(self.gathered());
        if let Some(files) = &mut change.files {
            std::mem::swap(files, &mut self.files);
            effects.extend(self.files_changed());
        }
        match &change.origin {
            Origin::Files => {}
            Origin::Body => {
                if let Some(Effect::ChangePane { select, .. }) = effects
                    .iter_mut()
                    .rev()
                    .find(|effect| matches!(effect, Effect::ChangePane { .. }))
                {
                    *select = change.selection;
                }
                effects.push(Effect::Focus(Target::Pane(PaneId::Body)));
            }
            Origin::Field(path) => {
                self.drafts.retain(|known, _| !path.contains(known));
                effects.push(Effect::Focus(Target::Field(path.clone())));
            }
            Origin::FrontMatter => {
                if self.raw_shown {
                    effects.push(Effect::Focus(Target::Pane(PaneId::FrontMatter)));
                }
            }
        }
        self.history.turn(change, inverses, side);
        effects
    }

    // ---- panes and preview ----------------------------------------------------------------------------------------

    /// What a pane shows. The Markdown pane shows the whole file while its front matter is never closed: there the writer
    /// can mend it.
    fn part(&self, pane: PaneId) -> Span {
        match (pane, self.post.front_matter) {
            (PaneId::Body, Some(block)) if !block.closed => {
                Span::new(block.whole.start(), BytePos::new(self.text.as_str().len()))
            }
            (PaneId::Body, _) => self.post.body,
            (PaneId::FrontMatter, Some(block)) if block.closed => {
                // Without the line end before the fence: what is typed at the end must not run into the fence.
                let shown = block.content.of(self.text.as_str());
                let shown = shown.strip_suffix('\n').unwrap_or(shown);
                let shown = shown.strip_suffix('\r').unwrap_or(shown);
                Span::new(
                    block.content.start(),
                    block.content.start().plus(shown.len()),
                )
            }
            (PaneId::FrontMatter, _) => Span::at(self.post.body.start()),
        }
    }

    fn fill(&self, pane: PaneId) -> Effect {
        Effect::FillPane {
            pane,
            text: pane_text(self.part(pane).of(self.text.as_str())).into(),
            revision: self.revision,
        }
    }

    const fn stamp(&self, pane: PaneId) -> Effect {
        Effect::StampPane {
            pane,
            revision: self.revision,
        }
    }

    /// Whether an edit is in a block that costs more than a frame to show. Where the preview is behind, about there.
    fn is_in_large_block(&self, edit: &TextEdit) -> bool {
        let at = edit.span().start();
        let blocks = self.preview.blocks();
        let next = blocks.partition_point(|block| block.span.start() <= at);
        let block = blocks.get(next.saturating_sub(1));
        block.is_some_and(|block| block.span.len() > LARGE_BLOCK)
    }

    /// Brings the preview up to date, if it is behind.
    fn catch_up(&mut self) -> Vec<Effect> {
        if self.behind {
            vec![self.render(None)]
        } else {
            Vec::new()
        }
    }

    fn render(&mut self, edit: Option<&TextEdit>) -> Effect {
        let edit = edit.filter(|_| !self.behind);
        self.behind = false;
        let resources: Vec<String> = self.files.iter().map(|file| file.name.clone()).collect();
        let page = Page {
            text: self.text.as_str(),
            post: &self.post,
            front_matter: self.front_matter.mapping(),
            path: None,
            resources: &resources,
            site: &self.site.index,
        };
        Effect::PatchPreview(self.preview.update(&page, edit))
    }

    // ---- the view --------------------------------------------------------------------------------------------------

    pub(super) fn view(&self, asks_to_close: bool, surface: Surface) -> EditorView {
        let variables = self.preview.variables();
        EditorView {
            file_name: self.file_name.clone(),
            heading: if variables.title.is_empty() {
                self.file_name.clone()
            } else {
                variables.title.clone()
            },
            form: self.form(),
            raw_front_matter: self.raw_shown,
            article: self.article(),
            surface: self.surface(surface),
            problems: self.problems(),
            tab: self.tab_view(),
            has_versions: self
                .drafting()
                .is_some_and(|drafting| drafting.journal.is_some()),
            status: self.status(),
            changes: self.changes(),
            counts: self.counts(),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
            asks_to_close,
            formatting: self.formatting.clone(),
            call: self.call.as_ref().map(|open| Rc::clone(&open.call)),
        }
    }

    fn changes(&self) -> String {
        let opened = review::Side {
            text: &self.opened,
            post: &self.opened_post,
            front_matter: &self.opened_front_matter,
        };
        let now = review::Side {
            text: &self.text,
            post: &self.post,
            front_matter: &self.front_matter,
        };
        review::summary(opened, now, self.common, &self.site.profile)
    }

    fn problems(&self) -> Vec<ProblemView> {
        let all: [&[Problem]; 3] = [
            &self.post.problems,
            self.front_matter.problems(),
            self.preview.problems(),
        ];
        all.into_iter()
            .flatten()
            .map(|problem| ProblemView {
                at: LineColumn::of(self.text.as_str(), problem.span.start()),
                message: problem.message.clone(),
            })
            .collect()
    }

    fn article(&self) -> ArticleView {
        let variables = self.preview.variables();
        let shows_cover = self
            .front_matter
            .value(&KeyPath::of(&["params", "showCover"]));
        ArticleView {
            address: variables.permalink.clone(),
            title: variables.title.clone(),
            author: variables.author_name.clone(),
            avatar: variables.author_avatar.clone(),
            date: variables.date.clone(),
            reading_time: variables.reading_time,
            cover: (shows_cover == Some(&Value::Bool(true)))
                .then(|| variables.cover.clone())
                .flatten(),
        }
    }
}

/// What an edit did to a part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moved {
    /// It lies elsewhere; the part is as it was.
    Aside,
    /// It lies inside; the part changed by it and nothing else.
    Inside,
    /// The part begins or ends somewhere else now.
    Away,
}

fn moved_with(before: Span, now: Span, edit: &TextEdit) -> Moved {
    let (from, to) = (edit.span().start(), edit.span().end());
    let grown = edit.insert().len();
    let shrunk = edit.span().len();
    let after = |pos: BytePos| BytePos::new(pos.get() + grown - shrunk);
    if before.contains(edit.span())
        && now.start() == before.start()
        && now.end() == after(before.end())
    {
        Moved::Inside
    } else if (to <= before.start()
        && now.start() == after(before.start())
        && now.end() == after(before.end()))
        || (from >= before.end() && now == before)
    {
        Moved::Aside
    } else {
        Moved::Away
    }
}
