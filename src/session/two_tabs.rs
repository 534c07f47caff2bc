//! One draft in two tabs: the tab's state and what follows from it.

use crate::draft::tabs::{Choice, Event, Order, Tab};
use crate::draft::versions::Reason;
use crate::draft::{DraftId, WriterId};

use super::Session;
use super::drafts::Opening;
use super::editing::Editing;
use super::effect::Effect;
use super::msg::Msg;
use super::storage::{StoreOrder, Timer, Word};

impl Session {
    /// Something happened that concerns who may write the open draft.
    pub(super) fn tab_event(&mut self, draft: DraftId, event: Event) -> Vec<Effect> {
        let Some(editing) = &mut self.editing else {
            return Vec::new();
        };
        let Some(orders) = editing.tab_event(draft, event) else {
            return Vec::new();
        };
        let mut effects = Vec::new();
        let mut keep = None;
        for order in orders {
            match order {
                Order::KeepStored(reason) => keep = Some(reason),
                order => effects.extend(self.tab_order(draft, order, keep)),
            }
        }
        effects
    }

    fn tab_order(&mut self, draft: DraftId, order: Order, keep: Option<Reason>) -> Vec<Effect> {
        let store = |order| vec![Effect::Store(order)];
        match order {
            // A copy has taken its own.
            Order::TakeLock if self.open_draft_id() != Some(draft) => Vec::new(),
            // It was let go, but perhaps that has not come through yet: nothing is taken from anybody.
            Order::TakeLock => store(StoreOrder::StealLock(draft)),
            Order::StealLock => store(StoreOrder::StealLock(draft)),
            Order::ReleaseLock => vec![
                Effect::Store(StoreOrder::ReleaseLock(draft)),
                Effect::Store(StoreOrder::Tell(Word::LeftIt(draft))),
            ],
            Order::AskOther => store(StoreOrder::Tell(Word::LetGo(draft))),
            // Reading and writing on are one: the draft is opened once more with what was found.
            Order::ReadStore => {
                if self.editing.as_ref().is_some_and(Editing::only_reads) {
                    return self.drafts.read(Opening::again(draft).reading());
                }
                Vec::new()
            }
            Order::StartWriting { drop_followed } => self.drafts.read(Opening {
                drop_followed,
                keep,
                ..Opening::again(draft)
            }),
            Order::KeepStored(_) => Vec::new(),
            Order::KeepOurs(reason) => self.keep_version(reason),
            Order::WriteOut => self
                .editing
                .as_mut()
                .map(Editing::draft_hidden)
                .unwrap_or_default(),
            Order::StopWriting => {
                if let Some(editing) = &mut self.editing {
                    editing.stop_writing();
                }
                Vec::new()
            }
            Order::CopyDraft => {
                let (Some(draft), Some(writer)) = (self.draw(), self.draw()) else {
                    return Vec::new();
                };
                match &mut self.editing {
                    Some(editing) => editing.copy_draft(DraftId(draft), WriterId(writer)),
                    None => Vec::new(),
                }
            }
            Order::SetTimer(ms) => store(StoreOrder::SetTimer {
                timer: Timer::Tab,
                ms,
            }),
        }
    }

    /// The writer chose in a tab that only reads.
    pub(super) fn tab_chosen(&mut self, choice: Choice) -> Vec<Effect> {
        let Some(draft) = self.open_draft_id() else {
            return Vec::new();
        };
        self.tab_event(draft, Event::Chose(choice))
    }

    /// Another tab said something.
    pub(super) fn heard(&mut self, word: Word) -> Vec<Effect> {
        match word {
            Word::LetGo(draft) => {
                let mut effects = self.tab_event(draft, Event::Asked);
                effects.extend(self.let_go_when_written());
                effects
            }
            Word::LeftIt(draft) => self.tab_event(draft, Event::OtherLeft),
            Word::Wrote(draft) => self.tab_event(draft, Event::OtherWrote),
        }
    }

    /// A tab that was asked to let go does so once all of its text is stored.
    pub(super) fn let_go_when_written(&mut self) -> Vec<Effect> {
        let written = self
            .editing
            .as_ref()
            .is_some_and(|editing| editing.lets_go() && editing.is_stored());
        match (written, self.open_draft_id()) {
            (true, Some(draft)) => {
                let effects = self.tab_event(draft, Event::WrittenOut);
                if let Some(editing) = &mut self.editing {
                    editing.stop_writing();
                }
                effects
            }
            _ => Vec::new(),
        }
    }

    /// Whether the open post is not to be changed: another tab writes it, or what that one wrote is still being read.
    fn only_reads(&self) -> bool {
        let Some(editing) = &self.editing else {
            return false;
        };
        let is_read_again =
            |opening: &Opening| opening.again && self.open_draft_id() == Some(opening.draft);
        editing.only_reads() || self.drafts.opening.as_ref().is_some_and(is_read_again)
    }

    /// Tells form and panes when that has changed.
    pub(super) fn read_or_write(&mut self) -> Option<Effect> {
        let only_reads = self.only_reads();
        if let Some(editing) = &mut self.editing {
            editing.lock(only_reads);
        }
        let changed = std::mem::replace(&mut self.only_reads, only_reads) != only_reads;
        changed.then_some(Effect::OnlyRead(only_reads))
    }

    pub(super) fn open_draft_id(&self) -> Option<DraftId> {
        Some(self.editing.as_ref()?.drafting()?.draft)
    }

    /// Whether the message would change a post that may only be read here.
    pub(super) fn is_barred(&self, msg: &Msg) -> bool {
        let edits = matches!(
            msg,
            Msg::FieldEdited { .. }
                | Msg::FrontMatterTyped { .. }
                | Msg::BodyTyped { .. }
                | Msg::CommandGiven { .. }
                | Msg::SectionMoved { .. }
                | Msg::FormatTaken { .. }
                | Msg::Call { .. }
                | Msg::UndoAsked
                | Msg::RedoAsked
                | Msg::OldAddressKept { .. }
                | Msg::RedirectAdded { .. }
                | Msg::ImageRenamed { .. }
                | Msg::ImageDeleted { .. }
                | Msg::ImageRoleChosen { .. }
                | Msg::ImageAltEdited { .. }
                | Msg::PictureMade { .. }
                | Msg::ImageCaptionEdited { .. }
                | Msg::ImagesCame { .. }
                | Msg::ImagePutBack { .. }
        );
        edits && self.only_reads()
    }
}

/// A tab that opened the draft: whether the lock is its own.
pub(super) fn opened(granted: bool) -> Tab {
    let (mut tab, _) = Tab::open();
    // The orders are the opening itself.
    let _ = tab.on(if granted {
        Event::LockGranted
    } else {
        Event::LockHeld
    });
    tab
}
