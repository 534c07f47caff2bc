//! A draft on its way from the store to the screen.

use std::rc::Rc;

use crate::draft::tabs::{Event, Tab};
use crate::draft::versions::Reason;
use crate::draft::{DraftId, WriterId, conflict};

use super::super::Session;
use super::super::drafting::Drafting;
use super::super::editing::Editing;
use super::super::editing::drafts::Restored;
use super::super::effect::Effect;
use super::super::msg::OpenedFile;
use super::super::storage::{Kept, Purpose, Put, StoreOrder};
use super::super::two_tabs;
use super::super::view::Tone;
use super::read;
use super::stored::{Text, version_of};

/// A draft on its way from the store to the screen.
#[derive(Debug, Clone)]
pub(in super::super) struct Opening {
    pub(in super::super) draft: DraftId,
    /// It is on the screen already, as an earlier text.
    pub(in super::super) again: bool,
    /// Who may write; `None` until the lock is answered.
    pub(in super::super) tab: Option<Tab>,
    /// Whether older records may go.
    pub(in super::super) drop_followed: bool,
    /// Why what is found is to be kept as a version too.
    pub(in super::super) keep: Option<Reason>,
    /// What is to be stored with it.
    pub(in super::super) along: Vec<Put>,
}

impl Opening {
    pub(in super::super) const fn of(draft: DraftId) -> Self {
        Self {
            draft,
            again: false,
            tab: None,
            drop_followed: true,
            keep: None,
            along: Vec::new(),
        }
    }

    /// Read once more by the tab that shows it, to write it from now on.
    pub(in super::super) fn again(draft: DraftId) -> Self {
        Self {
            again: true,
            tab: Some(Tab::Writing),
            ..Self::of(draft)
        }
    }

    /// The same, only to be read.
    pub(in super::super) fn reading(self) -> Self {
        Self {
            tab: Some(Tab::Reading),
            ..self
        }
    }
}

impl Session {
    pub(super) fn lock_answered(&mut self, draft: DraftId, granted: bool) -> Vec<Effect> {
        match &mut self.drafts.opening {
            Some(opening) if opening.draft == draft && opening.tab.is_none() => {
                opening.tab = Some(two_tabs::opened(granted));
                read(Purpose::Open, vec![draft])
            }
            _ if granted => self.tab_event(draft, Event::LockGranted),
            _ => self.tab_event(draft, Event::LockHeld),
        }
    }

    pub(super) fn open_draft(
        &mut self,
        kept: &Kept,
        opening: Opening,
    ) -> Result<Vec<Effect>, String> {
        let draft = kept.draft;
        let (now, offset) = (self.drafts.now, self.drafts.offset);
        let chance = self.drafts.chance.as_mut().ok_or("There is no storage.")?;
        let writer = WriterId(chance.draw());
        let mut text = Text::of(kept)?;
        let mut follows = std::mem::take(&mut text.replay.follows);
        let (head, others) = conflict::both_wrote(&text.replay).ok_or(
            "The text of this draft could not be read. It is kept: download the raw bytes from the list of drafts.",
        )?;
        let mut along = opening.along;
        along.extend(
            others
                .iter()
                .map(|other| version_of(other, now, Reason::Conflict)),
        );
        along.extend(opening.keep.map(|reason| version_of(head, now, reason)));
        follows.extend(
            text.replay
                .heads
                .iter()
                .skip(1)
                .map(|head| head.stamp.follow()),
        );
        let mut drafting = Drafting::new(draft, writer, Rc::default(), now, offset);
        drafting.follows = follows;
        drafting.drop_followed = self.drafts.locks
            && opening.drop_followed
            && text.damaged == 0
            && text.replay.left_out.is_empty();
        drafting.along = along;
        drafting.tab = opening.tab.unwrap_or(Tab::Writing);

        let find = |id: &crate::draft::ContentId| {
            let stored = kept.files.iter().find(|stored| stored.key == id.0)?;
            stored.bytes.clone()
        };
        let opened = head.card.opened.as_ref();
        let opened = opened.and_then(|id| Some((id.clone(), find(id)?)));
        if let Some((_, bytes)) = &opened {
            drafting.opened = Rc::clone(bytes);
        }
        let mut missing = Vec::new();
        let mut files = Vec::new();
        for file in &head.card.files {
            match find(&file.content) {
                Some(bytes) => files.push((
                    file.content.clone(),
                    OpenedFile {
                        name: file.path.clone(),
                        bytes,
                    },
                )),
                None => missing.push(format!("“{}”", file.path)),
            }
        }
        let restored = Restored {
            card: head.card.clone(),
            bytes: head.bytes.clone(),
            files,
            opened,
        };
        let mut said: Vec<String> = text
            .replay
            .left_out
            .iter()
            .map(|left| left.sentence())
            .collect();
        if text.damaged > 0 {
            said.push(
                "Some of what was stored of this draft cannot be read. It is kept as it is; this is all that could be \
                 restored."
                    .to_owned(),
            );
        }
        if !others.is_empty() {
            said.push("This draft was written in two tabs. This is the newer text; the other one is kept.".to_owned());
        }
        if !missing.is_empty() {
            said.push(format!(
                "Not stored with the draft: {}.",
                missing.join(", ")
            ));
        }
        let (editing, mut effects) = Editing::restore(restored, drafting, &self.site);
        if opening.again {
            // The reader stays where they are.
            effects
                .retain(|effect| !matches!(effect, Effect::RestorePlace { .. } | Effect::Focus(_)));
        }
        self.editing = Some(editing);
        if !said.is_empty() {
            self.tell(Tone::Info, said.join(" "));
        }
        effects.push(Effect::Store(StoreOrder::AskToPersist));
        Ok(effects)
    }
}
