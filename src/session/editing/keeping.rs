//! Who may write the open draft, and its kept versions.

use std::rc::Rc;

use crate::draft::tabs::{Event, Order, Tab};
use crate::draft::versions::{self, Reason, Version};
use crate::draft::{DraftId, Seq, Stamp, Status as Safety, VersionId, WriterId};
use crate::text::Text;

use super::super::PaneId;
use super::super::drafting::Drafting;
use super::super::effect::Effect;
use super::super::history::{Change, Origin};
use super::super::msg::Millis;
use super::super::storage::StoreOrder;
use super::super::view::TabView;
use super::Editing;

impl Editing {
    /// What follows from an event for this tab; `None` where the draft is another one.
    pub(in super::super) fn tab_event(
        &mut self,
        draft: DraftId,
        event: Event,
    ) -> Option<Vec<Order>> {
        let stored = self.is_stored();
        let drafting = self.drafting.as_mut()?;
        let event = match event {
            Event::LockTaken { .. } => Event::LockTaken { saved: stored },
            event => event,
        };
        (drafting.draft == draft).then(|| drafting.tab.on(event))
    }

    /// Whether edits are not taken here.
    pub(in super::super) fn only_reads(&self) -> bool {
        self.drafting
            .as_ref()
            .is_some_and(|drafting| !drafting.tab.writes())
    }

    /// Nothing is to be changed here, or it may be again.
    pub(in super::super) fn lock(&mut self, locked: bool) {
        if std::mem::replace(&mut self.locked, locked) != locked {
            self.form.replace(None);
            if locked {
                // What is filled in there would change nothing.
                self.call = None;
                self.formatting = None;
            }
        }
    }

    pub(in super::super) fn lets_go(&self) -> bool {
        self.drafting
            .as_ref()
            .is_some_and(|drafting| drafting.tab == Tab::LettingGo)
    }

    /// Whether the store has confirmed all there is, or there was nothing to store.
    pub(in super::super) fn is_stored(&self) -> bool {
        self.drafting
            .as_ref()
            .is_none_or(|drafting| matches!(drafting.safety(), None | Some(Safety::Saved { .. })))
    }

    /// Nothing is written here any more.
    pub(in super::super) fn stop_writing(&mut self) {
        if let Some(drafting) = &mut self.drafting {
            drafting.journal = None;
        }
    }

    /// An edit was not taken: the screen shows again what there is.
    pub(in super::super) fn shows_again(&self) -> Vec<Effect> {
        self.form.replace(None);
        vec![self.fill(PaneId::Body), self.fill(PaneId::FrontMatter)]
    }

    pub(super) fn tab_view(&self) -> Option<TabView> {
        let tab = self.drafting.as_ref()?.tab;
        Some(TabView {
            sentence: tab.sentence()?,
            choices: tab.choices(),
        })
    }

    /// Goes on with this text as a draft of its own.
    pub(in super::super) fn copy_draft(&mut self, draft: DraftId, writer: WriterId) -> Vec<Effect> {
        let Some(from) = &self.drafting else {
            return Vec::new();
        };
        let mut drafting = Drafting::new(
            draft,
            writer,
            Rc::clone(&from.opened),
            from.now,
            from.offset,
        );
        drafting.card.exported = from.card.exported;
        self.drafting = Some(drafting);
        let mut effects = vec![Effect::Store(StoreOrder::TakeLock(draft))];
        effects.extend(self.begin_draft());
        effects
    }

    /// The text as it is as a version of the draft; `None` where it is one already.
    pub(in super::super) fn new_version(
        &mut self,
        id: VersionId,
        reason: Reason,
    ) -> Option<Version> {
        let version = self.version(id, reason)?;
        let drafting = self.drafting.as_mut()?;
        if drafting.kept_text == Some(version.stamp.revision) {
            return None;
        }
        drafting.kept_text = Some(version.stamp.revision);
        drafting.kept_at = drafting.now;
        Some(version)
    }

    /// The last version could not be written: the text is not kept.
    pub(in super::super) fn version_was_not_kept(&mut self) {
        if let Some(drafting) = &mut self.drafting {
            drafting.kept_text = None;
        }
    }

    /// The text as a version.
    pub(in super::super) fn version(&self, id: VersionId, reason: Reason) -> Option<Version> {
        let drafting = self.drafting.as_ref()?;
        let stamp = Stamp {
            draft: drafting.draft,
            writer: drafting.writer,
            seq: drafting
                .journal
                .as_ref()
                .map_or(Seq(0), |journal| journal.stamp().seq),
            revision: crate::draft::Revision(self.revision.get()),
        };
        Some(Version {
            stamp,
            id,
            time: drafting.now,
            reason,
            name: None,
            title: self.preview.variables().title.clone(),
            bytes: self.text.to_bytes(),
        })
    }

    /// Whether someone has written so long that a version is due.
    pub(in super::super) fn version_is_due(&self) -> bool {
        self.drafting.as_ref().is_some_and(|drafting| {
            drafting.journal.is_some()
                && versions::due(drafting.kept_at, drafting.card.changed, drafting.now)
        })
    }

    /// The text as it is, for comparisons.
    pub(in super::super) fn shown_text(&self) -> &str {
        self.text.as_str()
    }

    /// The text of a version again: one edit, which can be undone.
    pub(in super::super) fn restore_version(&mut self, bytes: &[u8]) -> Vec<Effect> {
        let Some(edit) = self.text.edit_to(&Text::from_bytes(bytes)) else {
            return Vec::new();
        };
        let Some((inverse, mut effects)) = self.apply(&edit, None) else {
            return Vec::new();
        };
        self.history.push(Change::of_several(
            Origin::Body,
            vec![inverse],
            Millis::default(),
        ));
        effects.push(self.fill(PaneId::FrontMatter));
        effects
    }
}
