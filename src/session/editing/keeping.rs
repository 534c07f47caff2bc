//! Who may write the open draft, and its kept versions.

use std::rc::Rc;

use crate::draft::keys::{self, Table};
use crate::draft::record::{self, Record};
use crate::draft::tabs::{Event, Order, Tab};
use crate::draft::versions::{self, Reason, Version};
use crate::draft::{DraftId, Seq, Stamp, Status as Safety, VersionId, WriterId};
use crate::text::{Span, Text, TextEdit};

use super::super::PaneId;
use super::super::drafting::Drafting;
use super::super::effect::Effect;
use super::super::history::{Change, Origin};
use super::super::msg::Millis;
use super::super::storage::{Put, StoreOrder, Ticket};
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

    /// Writes the text as it is as a version of the draft.
    pub(in super::super) fn keep_version(
        &mut self,
        id: VersionId,
        reason: Reason,
        ticket: Ticket,
    ) -> Vec<Effect> {
        let Some(put) = self.version(id, reason) else {
            return Vec::new();
        };
        if let Some(drafting) = &mut self.drafting {
            drafting.kept_at = drafting.now;
        }
        vec![Effect::Store(StoreOrder::Write {
            ticket,
            puts: vec![put],
            drops: Vec::new(),
        })]
    }

    /// The text as a version.
    pub(in super::super) fn version(&self, id: VersionId, reason: Reason) -> Option<Put> {
        let drafting = self.drafting.as_ref()?;
        let unwritten = Stamp {
            draft: drafting.draft,
            writer: drafting.writer,
            seq: Seq(0),
            revision: crate::draft::Revision(self.revision.get()),
        };
        let stamp = drafting
            .journal
            .as_ref()
            .map_or(unwritten, crate::draft::Journal::stamp);
        let version = Version {
            stamp,
            id,
            time: drafting.now,
            reason,
            name: None,
            title: self.preview.variables().title.clone(),
            bytes: self.text.to_bytes(),
        };
        Some(Put {
            table: Table::Versions,
            key: keys::version(drafting.draft, id),
            bytes: record::encode(&Record::Version(version)).into(),
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
        let then = Text::from_bytes(bytes);
        let Some(edit) = difference(self.text.as_str(), then.as_str()) else {
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

/// The one replacement that makes the second text of the first.
fn difference(now: &str, then: &str) -> Option<TextEdit> {
    if now == then {
        return None;
    }
    let pairs = now.char_indices().zip(then.chars());
    let front = pairs
        .take_while(|((_, a), b)| a == b)
        .last()
        .map_or(0, |((at, a), _)| at + a.len_utf8());
    let (rest_now, rest_then) = (now.get(front..)?, then.get(front..)?);
    let back: usize = rest_now
        .chars()
        .rev()
        .zip(rest_then.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let insert = rest_then.get(..rest_then.len() - back)?;
    Some(TextEdit::new(
        Span::from_range(front..now.len() - back),
        insert,
    ))
}
