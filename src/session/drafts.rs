//! Drafts in this browser: the list, opening one, deleting one and having it back, all of them in a zip and out of one.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::bundle::{self, Archive, BundleFile, POST, Parts, name};
use crate::draft::keys::{self, Table};
use crate::draft::record::{self, Decoded, Record};
use crate::draft::tabs::{Event, Tab};
use crate::draft::versions::{self, Reason, Version};
use crate::draft::{
    Card, CardNote, DraftId, Failure, Stamp, Timestamp, VersionId, WriterId, ago, conflict,
    reminder, replay, tail,
};
use crate::text::said;

use super::conflicts::Waiting;
use super::drafting::{Chance, Drafting};
use super::editing::Editing;
use super::editing::drafts::{Restored, beginning, text_size};
use super::effect::Effect;
use super::home::to_open;
use super::msg::OpenedFile;
use super::storage::{
    DraftAsked, Found, Kept, Purpose, Put, StoreOrder, StoreTold, Stored, Ticket, Timer, Word,
};
use super::two_tabs;
use super::versions::{Versions, put};
use super::view::{DraftView, DraftsView, Tone};
use super::{Revision, Session};

/// The folder in a zip of all drafts, by which it is known again.
const ZIP_FOLDER: &str = "recap-drafts";

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

/// A draft on its way from the store to the screen.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub(super) draft: DraftId,
    /// It is on the screen already, as an earlier text.
    pub(super) again: bool,
    /// Who may write; `None` until the lock is answered.
    pub(super) tab: Option<Tab>,
    /// Whether older records may go.
    pub(super) drop_followed: bool,
    /// Why what is found is to be kept as a version too.
    pub(super) keep: Option<Reason>,
    /// What is to be stored with it.
    pub(super) along: Vec<Put>,
}

impl Opening {
    pub(super) const fn of(draft: DraftId) -> Self {
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
    pub(super) fn again(draft: DraftId) -> Self {
        Self {
            again: true,
            tab: Some(Tab::Writing),
            ..Self::of(draft)
        }
    }

    /// The same, only to be read.
    pub(super) fn reading(self) -> Self {
        Self {
            tab: Some(Tab::Reading),
            ..self
        }
    }
}

impl Drafts {
    pub(super) fn view(&self) -> Rc<DraftsView> {
        Rc::clone(&self.view)
    }
}

/// A draft as the list knows it.
enum Listed {
    Card(Stamp, Box<Card>),
    /// What is wrong with it.
    Unreadable(String),
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

    // ---- the list --------------------------------------------------------------------------------------------------

    fn drafts_listed(&mut self, found: &Found, failure: Option<Failure>) -> Vec<Effect> {
        let now = self.drafts.now;
        let mut known: BTreeMap<DraftId, Listed> = BTreeMap::new();
        for stored in &found.cards {
            let Some(draft) = keys::draft_of(&stored.key) else {
                continue;
            };
            let listed = match decoded(stored) {
                Decoded::Record(record) => match *record {
                    Record::Card(CardNote { stamp, card }) => Listed::Card(stamp, Box::new(card)),
                    _ => continue,
                },
                other => Listed::Unreadable(other.sentence().unwrap_or_default()),
            };
            take_newer(&mut known, draft, listed);
        }
        for (key, text) in &found.tails {
            let Some((draft, _)) = keys::of_tail(key) else {
                continue;
            };
            let read = tail::from_text(text).map(|bytes| tail::decode(&bytes));
            let snapshots = read.into_iter().flat_map(|tail| tail.records);
            for record in snapshots {
                if let Record::Snapshot(snapshot) = record {
                    let listed = Listed::Card(snapshot.stamp, Box::new(snapshot.card));
                    take_newer(&mut known, draft, listed);
                }
            }
        }
        // A draft whose card is gone is still one.
        let others = found.records.iter().filter_map(|key| keys::draft_of(key));
        let others: BTreeSet<DraftId> = others.filter(|draft| !known.contains_key(draft)).collect();
        for draft in others {
            let why =
                "What the list shows of this draft is missing. Its text may be there all the same.";
            known.insert(draft, Listed::Unreadable(why.to_owned()));
        }

        let mut effects = Vec::new();
        let mut view = DraftsView {
            told: true,
            may_be_cleared: self.drafts.may_be_cleared,
            failure: failure.map(|failure| capital_sentence(failure.words())),
            ..DraftsView::default()
        };
        let mut rows = Vec::new();
        self.drafts.cards.clear();
        for (draft, listed) in known {
            match listed {
                Listed::Card(stamp, card) => {
                    if card
                        .deleted
                        .is_some_and(|deleted| versions::expired(deleted, now))
                    {
                        effects.extend(gone_for_good(draft, found));
                        continue;
                    }
                    let row = DraftView {
                        id: draft,
                        title: card.title.clone(),
                        facts: facts(&card, now, self.drafts.offset),
                        begins: beginning(&card),
                        trouble: None,
                    };
                    rows.push((card.changed, card.deleted.is_some(), row));
                    self.drafts.cards.insert(draft, (stamp, *card));
                }
                Listed::Unreadable(why) => {
                    let row = DraftView {
                        id: draft,
                        title: format!("Draft {draft}"),
                        facts: String::new(),
                        begins: String::new(),
                        trouble: Some(why),
                    };
                    rows.push((Timestamp(0), false, row));
                }
            }
        }
        rows.sort_by_key(|(changed, _, row)| std::cmp::Reverse((*changed, row.id)));
        for (_, deleted, row) in rows {
            if deleted {
                view.deleted.push(row);
            } else {
                view.list.push(row);
            }
        }
        self.drafts.view = Rc::new(view);
        effects
    }

    fn mark_deleted(&mut self, draft: DraftId, deleted: Option<Timestamp>) -> Vec<Effect> {
        let Some((stamp, card)) = self.drafts.cards.get(&draft) else {
            return Vec::new();
        };
        let stamp = *stamp;
        let card = Card {
            deleted,
            noted: self.drafts.now.max(Timestamp(card.noted.0 + 1)),
            ..card.clone()
        };
        vec![Effect::Store(StoreOrder::Write {
            ticket: Ticket::List,
            puts: vec![Put {
                table: Table::Cards,
                key: keys::card(draft, stamp.writer),
                bytes: record::encode(&Record::Card(CardNote { stamp, card })).into(),
            }],
            drops: Vec::new(),
        })]
    }

    // ---- opening ---------------------------------------------------------------------------------------------------

    fn lock_answered(&mut self, draft: DraftId, granted: bool) -> Vec<Effect> {
        match &mut self.drafts.opening {
            Some(opening) if opening.draft == draft && opening.tab.is_none() => {
                opening.tab = Some(two_tabs::opened(granted));
                read(Purpose::Open, vec![draft])
            }
            _ if granted => self.tab_event(draft, Event::LockGranted),
            _ => self.tab_event(draft, Event::LockHeld),
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

    fn hand_out(&mut self, name: &str, zip: Result<Parts, bundle::Refusal>) -> Vec<Effect> {
        match zip {
            Ok(bytes) => vec![Effect::Download {
                name: name.to_owned(),
                bytes,
                revision: Revision::default(),
            }],
            Err(refusal) => {
                self.tell(Tone::Problem, refusal.to_string());
                Vec::new()
            }
        }
    }

    fn open_draft(&mut self, kept: &Kept, opening: Opening) -> Result<Vec<Effect>, String> {
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

    // ---- in and out ------------------------------------------------------------------------------------------------

    /// Takes in a zip of all drafts; `None` where it is none.
    pub(super) fn import_drafts(&mut self, archive: &Archive) -> Option<Vec<Effect>> {
        let posts = archive.posts();
        let is_ours = |folder: &&str| folder.split('/').any(|part| part == ZIP_FOLDER);
        if self.editing.is_some() || posts.is_empty() || !posts.iter().all(is_ours) {
            return None;
        }
        let (now, offset) = (self.drafts.now, self.drafts.offset);
        let mut effects = Vec::new();
        let mut count = 0;
        for folder in posts {
            let Ok((bundle, _)) = archive.bundle(folder) else {
                continue;
            };
            let Some((post, images)) = to_open(&bundle) else {
                continue;
            };
            let chance = self.drafts.chance.as_mut()?;
            let (draft, writer) = (DraftId(chance.draw()), WriterId(chance.draw()));
            let opened = Rc::clone(&post.bytes);
            let has_files = bundle.files.len() > 1;
            let (mut editing, _) = Editing::open(post, images, Rc::clone(&self.site));
            if has_files {
                editing.came_in_a_zip(bundle);
            }
            editing.drafts_with(Drafting::new(draft, writer, opened, now, offset));
            effects.extend(editing.begin_draft());
            self.drafts.importing.insert(writer);
            count += 1;
        }
        effects.push(Effect::Store(StoreOrder::ListDrafts));
        let what = if count == 1 {
            "One draft was".to_owned()
        } else {
            format!("{count} drafts were")
        };
        self.tell(
            Tone::Info,
            format!("{what} read from the zip. They are in the list below."),
        );
        Some(effects)
    }
}

/// What the records of a draft come to.
pub(super) struct Text {
    pub(super) replay: replay::Replay,
    /// How many records could not be read.
    pub(super) damaged: usize,
}

impl Text {
    /// Reads all there is. Records of a newer format are reason not to touch any.
    pub(super) fn of(kept: &Kept) -> Result<Self, String> {
        let mut records = Vec::new();
        let mut damaged = 0;
        for stored in &kept.records {
            match decoded(stored) {
                Decoded::Record(record) => records.push(*record),
                newer @ Decoded::Newer { .. } => return Err(newer.sentence().unwrap_or_default()),
                Decoded::Damaged { .. } => damaged += 1,
            }
        }
        for (_, text) in &kept.tails {
            let Some(bytes) = tail::from_text(text) else {
                damaged += 1;
                continue;
            };
            let tail = tail::decode(&bytes);
            records.extend(tail.records);
            match tail.trouble {
                None => {}
                Some(newer @ Decoded::Newer { .. }) => {
                    return Err(newer.sentence().unwrap_or_default());
                }
                Some(_) => damaged += 1,
            }
        }
        Ok(Self {
            replay: replay::replay(kept.draft, records),
            damaged,
        })
    }
}

fn read(purpose: Purpose, drafts: Vec<DraftId>) -> Vec<Effect> {
    vec![Effect::Store(StoreOrder::ReadDrafts { purpose, drafts })]
}

fn decoded(stored: &Stored) -> Decoded {
    match &stored.bytes {
        Some(bytes) => record::decode(bytes),
        None => Decoded::Damaged {
            why: "it is of another kind than what was written.",
        },
    }
}

fn take_newer(known: &mut BTreeMap<DraftId, Listed>, draft: DraftId, listed: Listed) {
    let is_newer = match (known.get(&draft), &listed) {
        (None, _) => true,
        (Some(Listed::Unreadable(_)), listed) => matches!(listed, Listed::Card(..)),
        (Some(Listed::Card(_, old)), Listed::Card(_, new)) => new.noted >= old.noted,
        (Some(Listed::Card(..)), Listed::Unreadable(_)) => false,
    };
    if is_newer {
        known.insert(draft, listed);
    }
}

/// A further text of a draft as a version of it. The same text always gives the same version, so that it is kept once.
pub(super) fn version_of(head: &replay::Head, now: Timestamp, reason: Reason) -> Put {
    let id = VersionId(head.stamp.writer.0 ^ head.stamp.seq.0.rotate_left(32));
    let version = Version {
        stamp: head.stamp,
        id,
        time: now,
        reason,
        name: None,
        title: head.card.title.clone(),
        bytes: head.bytes.clone(),
    };
    put(version)
}

/// A deleted draft whose time is over.
fn gone_for_good(draft: DraftId, found: &Found) -> Vec<Effect> {
    let drops = Table::ALL.map(|table| (table, keys::of_draft(draft)));
    let mut effects = vec![Effect::Store(StoreOrder::Write {
        ticket: Ticket::Tidying,
        puts: Vec::new(),
        drops: drops.to_vec(),
    })];
    let tails = found
        .tails
        .iter()
        .filter(|(key, _)| keys::of_tail(key).is_some_and(|(known, _)| known == draft));
    effects.extend(tails.map(|(key, _)| Effect::Store(StoreOrder::DropTail { key: key.clone() })));
    effects
}

/// All drafts as one zip; what cannot be read goes in as it is stored.
fn take_home(drafts: Vec<Kept>) -> Result<Parts, bundle::Refusal> {
    let mut files = Vec::new();
    for (number, kept) in drafts.into_iter().enumerate() {
        let text = Text::of(&kept).ok();
        let heads = text.map(|text| text.replay.heads).unwrap_or_default();
        let Some(head) = heads.first() else {
            files.extend(raw(kept));
            continue;
        };
        let slug = name::slug(&head.card.title).unwrap_or_else(|| "post".to_owned());
        let folder = format!("{ZIP_FOLDER}/{:03}-{slug}", number + 1);
        files.push(BundleFile {
            path: format!("{folder}/{POST}"),
            bytes: head.bytes.clone().into(),
            modified: None,
        });
        for file in &head.card.files {
            let stored = kept
                .files
                .iter()
                .find(|stored| stored.key == file.content.0);
            if let Some(bytes) = stored.and_then(|stored| stored.bytes.clone()) {
                files.push(BundleFile {
                    path: format!("{folder}/{}", file.path),
                    bytes,
                    modified: None,
                });
            }
        }
    }
    bundle::zip_of(&files)
}

/// What is stored of a draft, as it is.
fn raw(kept: Kept) -> Vec<BundleFile> {
    let Kept {
        draft,
        records,
        files,
        versions,
        tails,
    } = kept;
    let stored = records
        .into_iter()
        .chain(versions)
        .chain(files)
        .filter_map(|stored| {
            let bytes = stored.bytes?;
            Some((stored.key, bytes))
        });
    let tails = tails
        .into_iter()
        .map(|(key, text)| (key, text.into_bytes().into()));
    stored
        .chain(tails)
        .map(|(key, bytes)| BundleFile {
            path: format!("draft-{draft}/{}.bin", key.replace('/', "-")),
            bytes,
            modified: None,
        })
        .collect()
}

/// When, how long, how large, and whether it is anywhere else.
fn facts(card: &Card, now: Timestamp, offset: i32) -> String {
    let words = match card.words {
        1 => "1 word".to_owned(),
        words => format!("{words} words"),
    };
    let size = card
        .files
        .iter()
        .fold(text_size(card), |sum, file| sum.saturating_add(file.size));
    let archive = reminder(card.exported, card.changed, now, offset)
        .unwrap_or_else(|| "downloaded".to_owned());
    let when = ago(now.since(card.changed));
    format!("{when} · {words} · {} · {archive}", said::size(size))
}

fn capital_sentence(words: &str) -> String {
    format!("Drafts cannot be stored or read here: {words}.")
}
