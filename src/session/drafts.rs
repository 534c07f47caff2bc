//! Drafts in this browser: what the store tells of them and what the writer asks.

mod archive;
mod list;
mod opening;
mod stored;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::bundle::{self, BundleFile};
use crate::draft::tabs::Event;
use crate::draft::{Card, DraftId, Failure, Stamp, Timestamp, WriterId};

use super::Session;
use super::conflicts::Waiting;
use super::drafting::{Chance, Drafting};
use super::editing::Editing;
use super::effect::Effect;
use super::storage::{DraftAsked, Kept, Purpose, StoreOrder, StoreTold, Ticket, Timer, Word};
use super::versions::Versions;
use super::view::{DraftsView, Tone};
use archive::{ZIP_FOLDER, raw, take_home};
pub(super) use opening::Opening;
pub(super) use stored::{Text, version_of};

/// What the session knows of the drafts in this browser.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    pub(super) now: Timestamp,
    pub(super) offset: i32,
    /// The browser does not promise to keep what it stores.
    may_be_cleared: bool,
    /// Who is granted a draft writes it alone.
    pub(super) locks: bool,
    /// Where there is a browser that may store something.
    chance: Option<Chance>,
    /// The newest card of each draft, as it was told last.
    pub(super) cards: BTreeMap<DraftId, (Stamp, Card)>,
    /// The draft that is being opened.
    pub(super) opening: Option<Opening>,
    /// The file that is being opened and also has a draft.
    pub(super) conflict: Option<Waiting>,
    pub(super) versions: Versions,
    /// Drafts out of a zip that are on their way to the store.
    importing: BTreeSet<WriterId>,
    view: Rc<DraftsView>,
}

impl Drafts {
    pub(super) fn view(&self) -> Rc<DraftsView> {
        Rc::clone(&self.view)
    }
}

impl Session {
    /// A draft of what was just opened, which the store learns of with the first change.
    pub(super) fn draft_of(&mut self, opened: Rc<[u8]>) -> Vec<Effect> {
        let (now, offset) = (self.drafts.now, self.drafts.offset);
        let (Some(chance), Some(editing)) = (&mut self.drafts.chance, &mut self.editing) else {
            return Vec::new();
        };
        let (draft, writer) = (DraftId(chance.draw()), WriterId(chance.draw()));
        editing.drafts_with(Drafting::new(draft, writer, opened, now, offset));
        vec![Effect::Store(StoreOrder::TakeLock(draft))]
    }

    /// Leaves the open post: what is not stored yet goes out.
    pub(super) fn retire(&mut self) -> Vec<Effect> {
        let Some(mut editing) = self.editing.take() else {
            return Vec::new();
        };
        let mut effects = editing.draft_hidden();
        if let Some(drafting) = editing.drafting()
            && drafting.tab.writes()
        {
            let draft = drafting.draft;
            effects.push(Effect::Store(StoreOrder::ReleaseLock(draft)));
            effects.push(Effect::Store(StoreOrder::Tell(Word::LeftIt(draft))));
        }
        effects
    }

    /// A number drawn by chance; `None` where there is no storage.
    pub(super) fn draw(&mut self) -> Option<u64> {
        self.drafts.chance.as_mut().map(Chance::draw)
    }

    pub(super) fn list_drafts(&self) -> Vec<Effect> {
        match self.drafts.chance {
            Some(_) => vec![Effect::Store(StoreOrder::ListDrafts)],
            None => Vec::new(),
        }
    }

    pub(super) fn store_told(&mut self, told: StoreTold) -> Vec<Effect> {
        match told {
            StoreTold::Arrived {
                chance,
                offset,
                locks,
            } => {
                self.drafts.locks = locks;
                self.drafts.chance = Some(Chance::new(chance));
                self.drafts.offset = offset;
                self.list_drafts()
            }
            StoreTold::DraftsListed { found, failure } => {
                let mut effects = self.drafts_listed(&found, failure);
                effects.extend(self.list_versions_once());
                effects
            }
            StoreTold::PersistAnswered(granted) => {
                self.drafts.may_be_cleared = !granted;
                Vec::new()
            }
            StoreTold::VersionsListed(known) => self.versions_listed(known),
            StoreTold::DraftsRead { purpose, drafts } => match drafts {
                Ok(drafts) => self.drafts_read(purpose, drafts),
                // What cannot be read stands in nobody's way.
                Err(_) if purpose == Purpose::Compare => self.show_all_the_same(),
                Err(failure) => {
                    self.drafts.opening = None;
                    self.tell(
                        Tone::Problem,
                        format!(
                            "The draft could not be read: {}. Try again.",
                            failure.words()
                        ),
                    );
                    Vec::new()
                }
            },
            StoreTold::LockAnswered { draft, granted } => self.lock_answered(draft, granted),
            StoreTold::Written { ticket, result } => self.written(ticket, result),
            StoreTold::StoreClosed => {
                let Some(chance) = &mut self.drafts.chance else {
                    return Vec::new();
                };
                let writer = WriterId(chance.draw());
                self.with_editing(|editing| editing.draft_begins_again(writer))
            }
            StoreTold::TimerRang(Timer::Tab) => match self.open_draft_id() {
                Some(draft) => self.tab_event(draft, Event::TimerRang),
                None => Vec::new(),
            },
            StoreTold::TimerRang(timer) => self.with_editing(|editing| editing.draft_timer(timer)),
            StoreTold::PageHidden => self.with_editing(Editing::draft_hidden),
            StoreTold::PlaceMoved { selection, scroll } => {
                self.with_editing(|editing| editing.place_moved(selection, scroll))
            }
            StoreTold::LockTaken(draft) => self.tab_event(draft, Event::LockTaken { saved: false }),
            StoreTold::Heard(word) => self.heard(word),
        }
    }

    pub(super) fn draft_asked(&mut self, asked: &DraftAsked) -> Vec<Effect> {
        match *asked {
            DraftAsked::Open(draft) => {
                self.notice = None;
                self.drafts.opening = Some(Opening::of(draft));
                vec![Effect::Store(StoreOrder::TakeLock(draft))]
            }
            DraftAsked::Delete(draft) => self.mark_deleted(draft, Some(self.drafts.now)),
            DraftAsked::Undelete(draft) => self.mark_deleted(draft, None),
            DraftAsked::Raw(draft) => read(Purpose::Raw, vec![draft]),
            DraftAsked::All => {
                let all = self.drafts.view.list.iter().map(|draft| draft.id);
                read(Purpose::TakeHome, all.collect())
            }
            DraftAsked::Resolve(choice) => self.resolve(choice),
            DraftAsked::Tab(choice) => self.tab_chosen(choice),
            DraftAsked::Versions(_)
            | DraftAsked::Restore(_)
            | DraftAsked::KeepVersion
            | DraftAsked::NameVersion { .. } => self.version_asked(asked),
            DraftAsked::Retry => match &mut self.editing {
                Some(editing) => editing.draft_retried(),
                None => {
                    let mut effects = vec![Effect::Store(StoreOrder::Reopen)];
                    effects.extend(self.list_drafts());
                    effects
                }
            },
        }
    }

    fn with_editing(&mut self, act: impl FnOnce(&mut Editing) -> Vec<Effect>) -> Vec<Effect> {
        self.editing.as_mut().map(act).unwrap_or_default()
    }

    fn written(&mut self, ticket: Ticket, result: Result<(), Failure>) -> Vec<Effect> {
        match (ticket, result) {
            (Ticket::List, result) => {
                if let Err(failure) = result {
                    self.tell(
                        Tone::Problem,
                        format!("That was not stored: {}. Try again.", failure.words()),
                    );
                }
                self.list_drafts()
            }
            (Ticket::Journal(writer, _) | Ticket::File(writer, _), Err(failure))
                if self.drafts.importing.contains(&writer) =>
            {
                self.tell(
                    Tone::Problem,
                    format!(
                        "Not all drafts of the zip could be stored: {}. Keep the zip.",
                        failure.words()
                    ),
                );
                self.list_drafts()
            }
            (Ticket::Version(id), result) => self.version_written(id, result),
            (ticket, result) => {
                let stored = self.editing.as_ref().is_some_and(Editing::is_stored);
                let brings = self.has_versions_along();
                let mut effects =
                    self.with_editing(|editing| editing.draft_written(ticket, result));
                if let Some(draft) = self.open_draft_id()
                    && !stored
                    && self.editing.as_ref().is_some_and(Editing::is_stored)
                {
                    effects.push(Effect::Store(StoreOrder::Tell(Word::Wrote(draft))));
                }
                if brings && !self.has_versions_along() {
                    effects.push(Effect::Store(StoreOrder::ListVersions));
                }
                effects.extend(self.let_go_when_written());
                effects.extend(self.keep_version_when_due());
                effects
            }
        }
    }

    fn drafts_read(&mut self, purpose: Purpose, drafts: Vec<Kept>) -> Vec<Effect> {
        match purpose {
            Purpose::Open => {
                let is_wanted = |kept: &Kept, opening: &Opening| opening.draft == kept.draft;
                let Some(opening) = self.drafts.opening.take() else {
                    return Vec::new();
                };
                let Some(kept) = drafts.into_iter().find(|kept| is_wanted(kept, &opening)) else {
                    self.drafts.opening = Some(opening);
                    return Vec::new();
                };
                let draft = kept.draft;
                match self.open_draft(&kept, opening) {
                    Ok(effects) => effects,
                    Err(why) => {
                        self.tell(Tone::Problem, why);
                        vec![Effect::Store(StoreOrder::ReleaseLock(draft))]
                    }
                }
            }
            Purpose::Compare => match drafts.into_iter().next() {
                Some(kept) => self.compare(kept),
                None => Vec::new(),
            },
            Purpose::Versions => match drafts.first() {
                Some(kept) => self.versions_read(kept),
                None => Vec::new(),
            },
            Purpose::TakeHome => {
                let zip = take_home(drafts);
                self.hand_out(&format!("{ZIP_FOLDER}.zip"), zip)
            }
            Purpose::Raw => {
                let name = drafts
                    .first()
                    .map_or_else(String::new, |kept| format!("draft-{}.zip", kept.draft));
                let files: Vec<BundleFile> = drafts.into_iter().flat_map(raw).collect();
                self.hand_out(&name, bundle::zip_of(&files))
            }
        }
    }
}

fn read(purpose: Purpose, drafts: Vec<DraftId>) -> Vec<Effect> {
    vec![Effect::Store(StoreOrder::ReadDrafts { purpose, drafts })]
}
