//! A tab that only reads, on its way to write: what is typed meanwhile is not taken, and only what was read last is shown.

use recap_editor::draft::tabs::Choice;
use recap_editor::session::storage::{Purpose, Word};

use super::*;

/// Another tab's store, with one draft that ends like this.
fn written(text: &str) -> (Store, DraftId) {
    let mut tab = Tab::open(b"---\ntitle: Both\n---\nText: ");
    tab.types(text);
    for _ in 0..8 {
        tab.wait(1000);
        tab.answer(0, Answer::Made);
    }
    assert!(tab.says_saved());
    let keys = tab
        .store
        .kept
        .keys()
        .find_map(|(_, key)| keys::draft_of(key));
    (tab.store, keys.unwrap())
}

/// A tab of which the storage's answers are given by hand.
struct Reader {
    session: Session,
    draft: DraftId,
    asked: Vec<Purpose>,
    pane: BodyShown,
    only_reads: bool,
    writes: usize,
}

impl Reader {
    fn open(store: &Store, draft: DraftId) -> Self {
        let mut reader = Self {
            session: Session::new(Rc::new(Site::linkerd())),
            draft,
            asked: Vec::new(),
            pane: BodyShown::default(),
            only_reads: false,
            writes: 0,
        };
        reader.told(StoreTold::Arrived {
            chance: 99,
            offset: 0,
            locks: true,
        });
        reader.tell(Msg::Draft(DraftAsked::Open(draft)));
        reader.told(StoreTold::LockAnswered {
            draft,
            granted: false,
        });
        reader.reads(store);
        assert!(reader.only_reads);
        reader
    }

    fn told(&mut self, told: StoreTold) {
        self.tell(Msg::Store(told));
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.session.update_at(msg, Timestamp(1_770_000_100_000)) {
            self.pane.perform(&effect);
            match effect {
                Effect::OnlyRead(on) => self.only_reads = on,
                Effect::Store(StoreOrder::Write { .. }) => self.writes += 1,
                Effect::Store(StoreOrder::ReadDrafts { purpose, .. }) => self.asked.push(purpose),
                _ => {}
            }
        }
    }

    /// The oldest reading that was asked for is answered with what a store has.
    fn reads(&mut self, store: &Store) {
        let purpose = self.asked.remove(0);
        let drafts = Ok(vec![store.read(self.draft)]);
        self.told(StoreTold::DraftsRead { purpose, drafts });
    }

    fn types(&mut self, letter: &str) {
        let then = format!("{}{letter}", self.pane.text);
        let change = difference(&self.pane.text, &then).unwrap();
        self.pane.text = then;
        self.tell(Msg::BodyTyped {
            base: self.pane.revision,
            changes: vec![change],
            before: Selection::default(),
            after: Selection::default(),
            input: Input::default(),
            at: Millis(0),
        });
    }

    fn chooses(&mut self, choice: Choice) {
        self.tell(Msg::Draft(DraftAsked::Tab(choice)));
    }

    /// The other tab lets go and the lock is ours.
    fn takes_over(&mut self) {
        let draft = self.draft;
        self.chooses(Choice::TakeOver);
        self.told(StoreTold::Heard(Word::LeftIt(draft)));
        self.told(StoreTold::LockAnswered {
            draft,
            granted: true,
        });
    }

    fn text(&self) -> String {
        String::from_utf8(self.session.bytes().unwrap()).unwrap()
    }
}

#[test]
fn what_is_typed_before_the_text_is_there_is_not_taken() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.types("x");
    assert!(reader.pane.text.ends_with("one"), "{}", reader.pane.text);
    reader.takes_over();
    // The lock is ours, the other tab's last text is not here yet: it would take the place of what is typed.
    assert!(reader.only_reads);
    reader.types("y");
    assert!(reader.pane.text.ends_with("one"), "{}", reader.pane.text);
    let (later, _) = written("one more");
    reader.reads(&later);
    assert!(!reader.only_reads);
    reader.types("z");
    assert!(reader.text().ends_with("one morez"), "{}", reader.text());
}

#[test]
fn a_reading_that_was_overtaken_is_not_shown() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.told(StoreTold::Heard(Word::Wrote(draft)));
    reader.takes_over();
    assert_eq!(reader.asked.len(), 2);
    // The first answer was read before the other tab wrote its last letters.
    reader.reads(&store);
    assert!(reader.only_reads, "it writes on an old text");
    let (later, _) = written("one more");
    reader.reads(&later);
    assert!(reader.text().ends_with("one more"), "{}", reader.text());
}

#[test]
fn a_copy_stays_when_the_other_tab_writes() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.told(StoreTold::Heard(Word::Wrote(draft)));
    reader.chooses(Choice::Copy);
    reader.types("!");
    let (later, _) = written("one more");
    reader.reads(&later);
    assert!(reader.text().ends_with("one!"), "{}", reader.text());
    assert!(!reader.only_reads);
}

#[test]
fn a_post_that_was_closed_does_not_come_back() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.told(StoreTold::Heard(Word::Wrote(draft)));
    reader.tell(Msg::CloseAsked);
    reader.reads(&store);
    assert!(reader.session.bytes().is_none());
}

#[test]
fn who_has_lost_the_lock_meanwhile_writes_nothing() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.takes_over();
    // A third tab takes it before the text was read.
    reader.told(StoreTold::LockTaken(draft));
    let before = reader.writes;
    reader.reads(&store);
    assert!(reader.only_reads);
    assert_eq!(reader.writes, before, "it writes without the lock");
}

#[test]
fn who_asks_goes_on_asking_when_the_other_tab_writes() {
    let (store, draft) = written("one");
    let mut reader = Reader::open(&store, draft);
    reader.told(StoreTold::Heard(Word::Wrote(draft)));
    reader.chooses(Choice::TakeOver);
    reader.reads(&store);
    reader.told(StoreTold::Heard(Word::LeftIt(draft)));
    reader.told(StoreTold::LockAnswered {
        draft,
        granted: true,
    });
    reader.reads(&store);
    assert!(!reader.only_reads, "the taking over was forgotten");
}
