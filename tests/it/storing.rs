//! The session with a store that fails, delays, reorders and tears: what it says is so, and what it wrote comes back.

use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;
use recap_editor::draft::keys::{self, Range, Table};
use recap_editor::draft::record::{self, Decoded, Record};
use recap_editor::draft::{DraftId, Failure, Timestamp};
use recap_editor::session::storage::{
    DraftAsked, Found, Kept, Put, StoreOrder, StoreTold, Stored, Ticket, Timer,
};
use recap_editor::session::view::Screen;
use recap_editor::session::{
    Effect, FolderTarget, FolderWrite, Input, ListedFile, Millis, Msg, OpenedFile, ReadFile,
    Selection, Session, Way,
};
use recap_editor::site::Site;
use recap_editor::text::difference;

use crate::support::BodyShown;

mod reading_tab;

type Write = (Ticket, Vec<Put>, Vec<(Table, Range)>);

/// What the browser keeps, and what it was asked to write.
#[derive(Debug, Default, Clone)]
struct Store {
    kept: BTreeMap<(Table, String), Rc<[u8]>>,
    tails: BTreeMap<String, String>,
    waiting: Vec<Write>,
}

impl Store {
    fn make(&mut self, (_, puts, drops): &Write) {
        for put in puts {
            let at = (put.table, put.key.clone());
            self.kept.insert(at, Rc::clone(&put.bytes));
        }
        for (table, range) in drops {
            self.kept.retain(|(of, key), _| {
                of != table || !(range.from.as_str()..=range.to.as_str()).contains(&key.as_str())
            });
        }
    }

    fn all(&self, table: Table, draft: Option<DraftId>) -> Vec<Stored> {
        let of_draft = |key: &str| draft.is_none() || keys::draft_of(key) == draft;
        self.kept
            .iter()
            .filter(|((of, key), _)| *of == table && of_draft(key))
            .map(|((_, key), bytes)| Stored {
                key: key.clone(),
                bytes: Some(Rc::clone(bytes)),
            })
            .collect()
    }

    fn found(&self) -> Found {
        let records = self.all(Table::Records, None).into_iter();
        Found {
            cards: self.all(Table::Cards, None),
            records: records.map(|stored| stored.key).collect(),
            tails: self.tails.clone().into_iter().collect(),
        }
    }

    fn read(&self, draft: DraftId) -> Kept {
        let mut records = self.all(Table::Records, Some(draft));
        records.extend(self.all(Table::Cards, Some(draft)));
        Kept {
            draft,
            records,
            files: self.all(Table::Files, Some(draft)),
            versions: self.all(Table::Versions, Some(draft)),
            tails: self.tails.clone().into_iter().collect(),
        }
    }

    /// The text a later visit finds; `None` where there is no draft.
    fn comes_back(&self) -> Option<Vec<u8>> {
        let mut tab = Tab::new(self.clone(), 77);
        let Screen::Start = tab.session.view().screen else {
            return None;
        };
        let draft = tab.session.view().drafts.list.first()?.id;
        tab.tell(Msg::Draft(DraftAsked::Open(draft)));
        tab.session.bytes()
    }
}

/// A tab: the session, its pane, its clock and its timers.
struct Tab {
    session: Session,
    store: Store,
    now: u64,
    timers: BTreeMap<Timer, u64>,
    body: BodyShown,
}

impl Tab {
    fn new(store: Store, chance: u128) -> Self {
        let mut tab = Self {
            session: Session::new(Rc::new(Site::linkerd())),
            store,
            now: 1_770_000_000_000,
            timers: BTreeMap::new(),
            body: BodyShown::default(),
        };
        tab.told(StoreTold::Arrived {
            chance,
            offset: 0,
            locks: true,
        });
        tab
    }

    fn open(bytes: &[u8]) -> Self {
        let mut tab = Self::new(Store::default(), 5);
        tab.tell(Msg::FilesOpened(vec![OpenedFile {
            name: "post.md".to_owned(),
            bytes: bytes.into(),
            modified: None,
        }]));
        tab
    }

    fn told(&mut self, told: StoreTold) {
        self.tell(Msg::Store(told));
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.session.update_at(msg, Timestamp(self.now)) {
            self.body.perform(&effect);
            if let Effect::Store(order) = effect {
                self.store_order(order);
            }
        }
    }

    fn store_order(&mut self, order: StoreOrder) {
        match order {
            StoreOrder::Write {
                ticket,
                puts,
                drops,
            } => self.store.waiting.push((ticket, puts, drops)),
            StoreOrder::WriteTail { key, text } => {
                self.store.tails.insert(key, text);
            }
            StoreOrder::DropTail { key } => {
                self.store.tails.remove(&key);
            }
            StoreOrder::SetTimer { timer, ms } => {
                self.timers.insert(timer, self.now + ms);
            }
            StoreOrder::ListDrafts => {
                let found = self.store.found();
                self.told(StoreTold::DraftsListed {
                    found,
                    failure: None,
                });
            }
            StoreOrder::ListVersions => {
                let versions = self.store.all(Table::Versions, None);
                let kept = versions.iter().filter_map(|stored| {
                    match record::decode(stored.bytes.as_deref()?) {
                        Decoded::Record(record) => match *record {
                            Record::Version(version) => Some(version.kept()),
                            _ => None,
                        },
                        _ => None,
                    }
                });
                self.told(StoreTold::VersionsListed(kept.collect()));
            }
            StoreOrder::ReadDrafts { purpose, drafts } => {
                let drafts = drafts.iter().map(|draft| self.store.read(*draft)).collect();
                self.told(StoreTold::DraftsRead {
                    purpose,
                    drafts: Ok(drafts),
                });
            }
            StoreOrder::TakeLock(draft) | StoreOrder::StealLock(draft) => {
                self.told(StoreTold::LockAnswered {
                    draft,
                    granted: true,
                });
            }
            _ => {}
        }
    }

    /// Types at the end of the text.
    fn types(&mut self, text: &str) {
        let then = format!("{}{text}", self.body.text);
        let change = difference(&self.body.text, &then).unwrap();
        self.body.text = then;
        self.tell(Msg::BodyTyped {
            base: self.body.revision,
            changes: vec![change],
            before: Selection::default(),
            after: Selection::default(),
            input: Input::default(),
            at: Millis(self.now),
        });
    }

    /// Lets time pass; timers ring when they are due.
    fn wait(&mut self, ms: u64) {
        let end = self.now + ms;
        while let Some((timer, at)) = self
            .timers
            .iter()
            .map(|(timer, at)| (*timer, *at))
            .filter(|(_, at)| *at <= end)
            .min_by_key(|(_, at)| *at)
        {
            self.timers.remove(&timer);
            self.now = self.now.max(at);
            self.told(StoreTold::TimerRang(timer));
        }
        self.now = end;
    }

    /// One of the waiting writes is answered.
    fn answer(&mut self, which: usize, how: Answer) {
        let waiting = self.store.waiting.len();
        if waiting == 0 {
            return;
        }
        let write = self.store.waiting.remove(which % waiting);
        if matches!(how, Answer::Made | Answer::MadeInSilence) {
            self.store.make(&write);
        }
        let result = match how {
            Answer::Made => Ok(()),
            Answer::Failed(failure) => Err(failure),
            Answer::MadeInSilence | Answer::Lost => return,
        };
        self.told(StoreTold::Written {
            ticket: write.0,
            result,
        });
    }

    fn says_saved(&self) -> bool {
        self.session
            .saving()
            .is_some_and(|saving| saving.sentence.starts_with("Saved"))
    }
}

/// What becomes of a write.
#[derive(Debug, Clone, Copy)]
enum Answer {
    Made,
    MadeInSilence,
    Lost,
    Failed(Failure),
}

#[derive(Debug, Clone)]
enum Step {
    Types(String),
    Waits(u64),
    Answers(usize, Answer),
    Hides,
    Closes,
}

fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![
        4 => Just(Answer::Made),
        1 => Just(Answer::MadeInSilence),
        1 => Just(Answer::Lost),
        1 => Just(Answer::Failed(Failure::Quota)),
        1 => Just(Answer::Failed(Failure::Aborted)),
        1 => Just(Answer::Failed(Failure::Closed)),
    ];
    prop_oneof![
        4 => "[a-z]{1,3}".prop_map(Step::Types),
        3 => (1..900_u64).prop_map(Step::Waits),
        5 => (any::<usize>(), answer).prop_map(|(which, how)| Step::Answers(which, how)),
        1 => Just(Step::Hides),
        1 => Just(Step::Closes),
    ]
}

const POST: &[u8] = b"---\ntitle: Stored\n---\nText: \xff ";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn saved_is_said_only_of_what_comes_back(steps in proptest::collection::vec(step(), 1..40)) {
        let mut tab = Tab::open(POST);
        for step in steps {
            match step {
                Step::Types(text) => {
                    tab.types(&text);
                    prop_assert!(!tab.says_saved(), "right after a key");
                }
                Step::Waits(ms) => tab.wait(ms),
                Step::Answers(which, how) => tab.answer(which, how),
                Step::Hides => tab.told(StoreTold::PageHidden),
                Step::Closes => {
                    // The browser throws the store away, with what is on its way.
                    tab.store.kept.clear();
                    tab.store.waiting.clear();
                    tab.told(StoreTold::StoreClosed);
                }
            }
            if tab.says_saved() {
                prop_assert_eq!(tab.store.comes_back(), tab.session.bytes());
            }
        }
        // Whatever happened, a store that works has all of it in the end.
        for _ in 0..62 {
            while !tab.store.waiting.is_empty() {
                tab.answer(0, Answer::Made);
            }
            tab.wait(1000);
        }
        if let Some(bytes) = tab.store.comes_back() {
            prop_assert!(tab.says_saved() || tab.session.bytes().as_deref() == Some(POST));
            prop_assert_eq!(Some(bytes), tab.session.bytes());
        }
    }
}

fn settled(tab: &mut Tab) {
    for _ in 0..4 {
        tab.wait(300);
        while !tab.store.waiting.is_empty() {
            tab.answer(0, Answer::Made);
        }
    }
}

#[test]
fn an_answer_of_the_storage_draws_nothing_anew() {
    let mut tab = Tab::open(POST);
    tab.types("a");
    settled(&mut tab);
    tab.types("b");
    let before = tab.session.view();
    settled(&mut tab);
    assert!(tab.says_saved());
    assert_eq!(tab.session.view(), before);
}

#[test]
fn leaving_is_warned_of_only_where_something_is_lost() {
    let guards = |tab: &mut Tab, msg: Msg| -> Vec<bool> {
        let effects = tab.session.update_at(msg, Timestamp(tab.now));
        let guard = |effect: &Effect| match effect {
            Effect::GuardLeaving(on) => Some(*on),
            _ => None,
        };
        effects.iter().filter_map(guard).collect()
    };
    let mut tab = Tab::open(POST);
    tab.types("a");
    tab.wait(400);
    let (ticket, ..) = tab.store.waiting.remove(0);
    let failed = Msg::Store(StoreTold::Written {
        ticket,
        result: Err(Failure::Unavailable),
    });
    assert_eq!(guards(&mut tab, failed), [true]);
    // On the writer's disk it is safe, whatever the storage does.
    let revision = tab.body.revision;
    assert_eq!(guards(&mut tab, Msg::DownloadHandedOver(revision)), [false]);
}

#[test]
fn what_was_deleted_by_thinning_was_too_much() {
    let mut tab = Tab::open(POST);
    for round in 0..60 {
        tab.types(&format!("{round} "));
        tab.wait(150_000);
        tab.types("more ");
        tab.wait(151_000);
        while !tab.store.waiting.is_empty() {
            tab.answer(0, Answer::Made);
        }
    }
    let shown = tab.store.all(Table::Versions, None).len();
    // Five hours: all of the last, one of each before.
    assert!((12..=19).contains(&shown), "{shown} versions");
}

#[test]
fn an_opened_draft_shows_how_it_begins() {
    let mut tab = Tab::open(POST);
    tab.types("and  more");
    settled(&mut tab);
    let later = Tab::new(tab.store.clone(), 9);
    let drafts = later.session.view().drafts;
    assert_eq!(drafts.list[0].begins, "Text: \u{fffd} and more");
}

impl Tab {
    /// Answers every write until nothing waits.
    fn settles(&mut self) {
        for _ in 0..200 {
            self.wait(100);
            self.answer(0, Answer::Made);
        }
        assert!(self.store.waiting.is_empty());
    }

    /// What “Save in place” orders.
    fn saves(&mut self) -> Option<Vec<FolderWrite>> {
        let effects = self.session.update(Msg::SaveAsked(Way::InPlace));
        effects.into_iter().find_map(|effect| match effect {
            Effect::SaveToFolder { target, writes, .. } => {
                assert_eq!(target, FolderTarget::InPlace);
                Some(writes)
            }
            _ => None,
        })
    }
}

/// A draft that comes back knows what was in its folder on disk, and saves there only once the browser has the folder.
#[test]
fn a_draft_knows_its_folder_again() {
    let file = |path: &str, bytes: &[u8]| ReadFile {
        path: path.to_owned(),
        bytes: bytes.into(),
        modified: Some(1_636_502_400),
    };
    let files = [
        file("p/Index.md", b"---\ntitle: x\n---\n\ntext\n"),
        file("p/a.png", b"1"),
        file("p/data.json", b"{}"),
    ];
    let mut tab = Tab::new(Store::default(), 5);
    let listed = files.iter().map(|file| ListedFile {
        path: file.path.clone(),
        size: 0,
    });
    tab.tell(Msg::FolderListed {
        name: "blog".to_owned(),
        files: listed.collect(),
        in_place: true,
    });
    tab.tell(Msg::FolderRead {
        post: "p".to_owned(),
        files: files.to_vec(),
    });
    tab.types("more\n");
    tab.tell(Msg::ImageDeleted {
        file: "a.png".to_owned(),
        at: Millis(1),
    });
    tab.settles();
    let before = tab.saves().unwrap();
    assert_eq!(before.len(), 2);

    for found in [true, false] {
        let mut later = Tab::new(tab.store.clone(), 9);
        let draft = later.session.view().drafts.list[0].id;
        later.tell(Msg::Draft(DraftAsked::Open(draft)));
        assert_eq!(later.saves(), None, "nobody knows yet whether it is there");
        assert_eq!(later.session.view().home.place, None);
        later.tell(Msg::FolderFetched { draft, found });
        let place = later.session.view().home.place;
        assert_eq!(place.map(|place| place.asks), found.then_some(true));
        assert_eq!(later.saves(), found.then(|| before.clone()));
        let taken_away = &later.session.images().taken_away;
        assert_eq!(taken_away, &["a.png".to_owned()]);
    }
    // What is not stored any more is not known to be there: the folder would show it before it is written over.
    let mut store = tab.store.clone();
    store
        .kept
        .retain(|(table, _), bytes| *table != Table::Files || !bytes.starts_with(b"---"));
    let mut later = Tab::new(store, 9);
    let draft = later.session.view().drafts.list[0].id;
    later.tell(Msg::Draft(DraftAsked::Open(draft)));
    later.tell(Msg::FolderFetched { draft, found: true });
    let writes = later.saves().unwrap();
    let post = writes.iter().find(|write| write.path == "p/Index.md");
    assert_eq!(post.unwrap().expected, None);
}

/// The browser copies what is written several times: large files follow each other.
#[test]
fn files_go_to_the_store_a_few_at_a_time() {
    let mut tab = Tab::new(Store::default(), 5);
    let picture = |at: u8| OpenedFile {
        name: format!("{at}.png"),
        bytes: vec![at; 10 << 20].into(),
        modified: None,
    };
    let post = OpenedFile {
        name: "index.md".to_owned(),
        bytes: b"text\n"[..].into(),
        modified: None,
    };
    tab.tell(Msg::FilesOpened(
        std::iter::once(post).chain((1..6).map(picture)).collect(),
    ));
    tab.types("x");
    let mut most = 0;
    for _ in 0..20 {
        let under_way = tab.store.waiting.iter().flat_map(|(_, puts, _)| puts);
        let sizes = under_way.filter(|put| put.table == Table::Files);
        most = most.max(sizes.map(|put| put.bytes.len()).sum());
        tab.wait(100);
        tab.answer(0, Answer::Made);
    }
    assert!(tab.says_saved());
    assert_eq!(tab.store.all(Table::Files, None).len(), 6);
    assert!((10 << 20..=26 << 20).contains(&most), "{most}");
}
