//! A file that is opened and also has a draft: nothing is overwritten until the writer chooses.

use std::rc::Rc;

use crate::draft::conflict::{self, Choice, Opening as Standing};
use crate::draft::diff;
use crate::draft::versions::Reason;
use crate::draft::{DraftId, VersionId, WriterId};

use super::Session;
use super::drafting::Drafting;
use super::drafts::{Opening, Text};
use super::editing::Editing;
use super::editing::drafts::opened_address;
use super::effect::Effect;
use super::storage::{Kept, Purpose, StoreOrder};
use super::view::{ConflictView, Notice};

/// The file that waits for the writer's choice.
#[derive(Debug)]
pub(super) struct Waiting {
    editing: Editing,
    shown: Vec<Effect>,
    opened: Rc<[u8]>,
    draft: DraftId,
    notice: Option<Notice>,
    pub(super) view: Option<Rc<ConflictView>>,
    choices: Option<Kept>,
}

impl Session {
    /// Shows a post that was opened, unless there is a draft of it: then both are compared first.
    pub(super) fn show_or_compare(
        &mut self,
        editing: Editing,
        shown: Vec<Effect>,
        opened: Rc<[u8]>,
        notice: Option<Notice>,
    ) -> Vec<Effect> {
        if let Some(draft) = self.draft_of_same_post(&editing) {
            self.drafts.conflict = Some(Waiting {
                editing,
                shown,
                opened,
                draft,
                notice,
                view: None,
                choices: None,
            });
            return vec![Effect::Store(StoreOrder::ReadDrafts {
                purpose: Purpose::Compare,
                drafts: vec![draft],
            })];
        }
        self.show(editing, shown, opened, notice)
    }

    fn show(
        &mut self,
        editing: Editing,
        shown: Vec<Effect>,
        opened: Rc<[u8]>,
        notice: Option<Notice>,
    ) -> Vec<Effect> {
        let mut effects = self.retire();
        effects.extend(shown);
        self.editing = Some(editing);
        if notice.is_some() {
            self.notice = notice;
        }
        effects.extend(self.draft_of(opened));
        effects
    }

    /// The newest draft of the post that has this name and stands at this address.
    fn draft_of_same_post(&self, editing: &Editing) -> Option<DraftId> {
        let (name, folder, address) = editing.whereabouts();
        let open = self.open_draft_id();
        self.drafts
            .cards
            .iter()
            .filter(|(draft, (_, card))| {
                Some(**draft) != open
                    && conflict::is_same_post(card, name, folder.as_deref())
                    && opened_address(card) == address.as_deref()
            })
            .max_by_key(|(_, (_, card))| card.changed)
            .map(|(draft, _)| *draft)
    }

    /// The draft was read: is there anything to choose?
    pub(super) fn compare(&mut self, kept: Kept) -> Vec<Effect> {
        let Some(mut waiting) = self.drafts.conflict.take() else {
            return Vec::new();
        };
        let text = Text::of(&kept).ok();
        let head = text.and_then(|text| text.replay.heads.into_iter().next());
        let Some(head) = head.filter(|_| waiting.draft == kept.draft) else {
            // What cannot be read stands in nobody's way.
            return self.show(
                waiting.editing,
                waiting.shown,
                waiting.opened,
                waiting.notice,
            );
        };
        let began = head.card.opened.as_ref().and_then(|id| {
            let stored = kept.files.iter().find(|stored| stored.key == id.0)?;
            stored.bytes.as_deref()
        });
        let standing = conflict::opening(&waiting.opened, &head.bytes, began);
        if standing == Standing::FileAhead {
            // Nothing was written in the draft: there is nothing to choose. What it was is kept all the same.
            waiting.choices = Some(kept);
            self.drafts.conflict = Some(waiting);
            return self.resolve(Some(Choice::File));
        }
        let Some(question) = standing.question() else {
            self.drafts.opening = Some(Opening {
                place: waiting.editing.place().cloned(),
                ..Opening::of(waiting.draft)
            });
            return vec![Effect::Store(StoreOrder::TakeLock(waiting.draft))];
        };
        waiting.view = Some(Rc::new(conflict_view(
            &waiting,
            &head.bytes,
            standing,
            question,
        )));
        waiting.choices = Some(kept);
        self.drafts.conflict = Some(waiting);
        Vec::new()
    }

    /// The draft could not be read: the file is opened without it.
    pub(super) fn show_all_the_same(&mut self) -> Vec<Effect> {
        match self.drafts.conflict.take() {
            Some(waiting) => self.show(
                waiting.editing,
                waiting.shown,
                waiting.opened,
                waiting.notice,
            ),
            None => Vec::new(),
        }
    }

    /// The writer has chosen; `None`: neither.
    pub(super) fn resolve(&mut self, choice: Option<Choice>) -> Vec<Effect> {
        let (Some(waiting), Some(choice)) = (self.drafts.conflict.take(), choice) else {
            return Vec::new();
        };
        match choice {
            Choice::Separate => self.show(
                waiting.editing,
                waiting.shown,
                waiting.opened,
                waiting.notice,
            ),
            Choice::Draft => self.go_on_with_draft(waiting),
            Choice::File => self.begin_with_file(waiting),
        }
    }

    /// The file's text becomes a version of the draft, together with the draft's next whole text.
    fn go_on_with_draft(&mut self, mut waiting: Waiting) -> Vec<Effect> {
        let Some(ids) = self.draw().zip(self.draw()) else {
            return Vec::new();
        };
        let drafting = self.drafting(waiting.draft, WriterId(ids.0), Rc::clone(&waiting.opened));
        waiting.editing.drafts_with(drafting);
        let version = waiting.editing.version(VersionId(ids.1), Reason::Conflict);
        let mut effects = self.retire();
        self.drafts.opening = Some(Opening {
            along: version.map(super::versions::put).into_iter().collect(),
            place: waiting.editing.place().cloned(),
            ..Opening::of(waiting.draft)
        });
        effects.push(Effect::Store(StoreOrder::TakeLock(waiting.draft)));
        effects
    }

    /// The draft's texts become versions, together with the file's text, which takes their place.
    fn begin_with_file(&mut self, waiting: Waiting) -> Vec<Effect> {
        let (Some(writer), Some(kept)) = (self.draw(), waiting.choices) else {
            return Vec::new();
        };
        let Ok(text) = Text::of(&kept) else {
            return Vec::new();
        };
        let now = self.drafts.now;
        let mut drafting =
            self.drafting(waiting.draft, WriterId(writer), Rc::clone(&waiting.opened));
        drafting.follows.clone_from(&text.replay.follows);
        let others = text.replay.heads.iter().skip(1);
        drafting
            .follows
            .extend(others.map(|head| head.stamp.follow()));
        drafting.drop_followed =
            self.drafts.locks && text.damaged == 0 && text.replay.left_out.is_empty();
        let heads = text.replay.heads.iter();
        drafting.along = heads
            .map(|head| super::drafts::version_of(head, now, Reason::BeforeImport))
            .collect();
        let mut effects = self.retire();
        effects.push(Effect::Store(StoreOrder::TakeLock(waiting.draft)));
        effects.extend(waiting.shown);
        let mut editing = waiting.editing;
        editing.drafts_with(drafting);
        effects.extend(editing.begin_draft());
        self.editing = Some(editing);
        if waiting.notice.is_some() {
            self.notice = waiting.notice;
        }
        effects
    }

    fn drafting(&self, draft: DraftId, writer: WriterId, opened: Rc<[u8]>) -> Drafting {
        Drafting::new(draft, writer, opened, self.drafts.now, self.drafts.offset)
    }
}

fn conflict_view(
    waiting: &Waiting,
    draft: &[u8],
    standing: Standing,
    question: &str,
) -> ConflictView {
    let (name, ..) = waiting.editing.whereabouts();
    ConflictView {
        name: name.to_owned(),
        question: question.to_owned(),
        lines: diff::lines(
            &String::from_utf8_lossy(&waiting.opened),
            &String::from_utf8_lossy(draft),
        ),
        choices: standing.choices(),
    }
}
