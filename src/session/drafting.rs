//! The draft of the open post: what of it goes to the storage, and what is said about that.

use std::rc::Rc;

use crate::draft::keys::{self, Table};
use crate::draft::tabs::Tab;
use crate::draft::{
    Card, ContentId, DraftId, Failure, Follow, Journal, Revision as DraftRevision,
    Start as JournalStart, Status as Safety, Timestamp, WriterId,
};

use super::effect::Effect;
use super::storage::{Put, StoreOrder, Ticket, Timer};

/// So many bytes of files are under way at once, or one file: the browser copies each several times on its way.
const AT_ONCE: usize = 16 << 20;

/// After how many ms a file that could not be stored is tried again.
const AGAIN: u64 = 1000;

/// After how many ms without an answer a file counts as not stored. Large ones may take seconds.
const NO_ANSWER: u64 = 30_000;

/// Draws ids from what was drawn by chance once.
#[derive(Debug, Clone)]
pub(super) struct Chance {
    seed: u128,
    drawn: u128,
}

impl Chance {
    pub(super) const fn new(seed: u128) -> Self {
        Self { seed, drawn: 0 }
    }

    /// A number nobody drew before: as unlikely to come twice as the seed.
    pub(super) fn draw(&mut self) -> u64 {
        self.drawn = self.drawn.wrapping_add(1);
        // A step of splitmix64 on each half; neighbours come out far apart.
        let mix = |value: u128| {
            let mut z = u64::try_from(value & u128::from(u64::MAX)).unwrap_or_default();
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        };
        let step = self.drawn.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        mix(self.seed.wrapping_add(step)) ^ mix((self.seed >> 64).wrapping_add(step << 1))
    }
}

/// Whether a file is in the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Waiting,
    /// Since then.
    UnderWay(Timestamp),
    Stored,
}

/// A file that goes with the draft, written once.
#[derive(Debug, Clone)]
struct Content {
    id: ContentId,
    bytes: Rc<[u8]>,
    held: Held,
}

/// The draft of the open post.
#[derive(Debug)]
pub(super) struct Drafting {
    pub(super) now: Timestamp,
    /// What the writer's clock is ahead of UTC, in minutes.
    pub(super) offset: i32,
    pub(super) draft: DraftId,
    pub(super) writer: WriterId,
    /// Begun with the first change: a file that is only looked at leaves no draft.
    pub(super) journal: Option<Journal>,
    pub(super) follows: Vec<Follow>,
    pub(super) drop_followed: bool,
    /// What the card says of the past.
    pub(super) card: Card,
    /// The file as it was opened.
    pub(super) opened: Rc<[u8]>,
    /// What has to be stored with the whole text or not at all: another text that is given up for it.
    pub(super) along: Vec<Put>,
    /// Who may write.
    pub(super) tab: Tab,
    /// When the last version was kept, or the draft opened.
    pub(super) kept_at: Timestamp,
    /// Which text that was.
    pub(super) kept_text: Option<DraftRevision>,
    contents: Vec<Content>,
    failure: Option<Failure>,
}

impl Drafting {
    /// A draft that nothing is stored of yet.
    pub(super) fn new(
        draft: DraftId,
        writer: WriterId,
        opened: Rc<[u8]>,
        now: Timestamp,
        offset: i32,
    ) -> Self {
        Self {
            now,
            offset,
            draft,
            writer,
            journal: None,
            follows: Vec::new(),
            drop_followed: false,
            card: Card {
                created: now,
                changed: now,
                ..Card::default()
            },
            opened,
            along: Vec::new(),
            // Nobody else knows of a draft that was just begun.
            tab: Tab::Writing,
            kept_at: now,
            kept_text: None,
            contents: Vec::new(),
            failure: None,
        }
    }

    /// A file that is in the store already.
    pub(super) fn knows(&mut self, id: ContentId, bytes: Rc<[u8]>) {
        self.contents.push(Content {
            id,
            bytes,
            held: Held::Stored,
        });
    }

    /// The name under which a file is stored. Bytes are shared, so that the same file is known again.
    pub(super) fn content(&mut self, bytes: &Rc<[u8]>) -> ContentId {
        let known = |content: &&Content| Rc::ptr_eq(&content.bytes, bytes);
        if let Some(content) = self.contents.iter().find(known) {
            return content.id.clone();
        }
        let id = ContentId(format!(
            "{}/{}-{}",
            self.draft,
            self.writer,
            self.contents.len()
        ));
        self.contents.push(Content {
            id: id.clone(),
            bytes: Rc::clone(bytes),
            held: Held::Waiting,
        });
        id
    }

    /// Begins to write, with the text as it is. What the journal orders first.
    pub(super) fn begin(&mut self, revision: u64) -> Vec<crate::draft::Order> {
        let start = JournalStart {
            draft: self.draft,
            writer: self.writer,
            revision: DraftRevision(revision),
            follows: self.follows.clone(),
            drop_followed: self.drop_followed,
        };
        let (journal, orders) = Journal::new(start, self.now);
        self.journal = Some(journal);
        orders
    }

    /// Nothing counts as stored any more: all is written once more, by `writer`.
    pub(super) fn begins_again(&mut self, writer: WriterId) -> bool {
        let Some(journal) = self.journal.take() else {
            return false;
        };
        self.follows = journal.follows().to_vec();
        self.follows.push(journal.stamp().follow());
        self.writer = writer;
        for content in &mut self.contents {
            content.held = Held::Waiting;
        }
        true
    }

    /// Orders for files that are not under way yet, each a transaction of its own: one that is too large for the storage
    /// must not keep the text out of it. What is too much at once follows the answers.
    pub(super) fn write_files(&mut self) -> Vec<Effect> {
        let (writer, now) = (self.writer, self.now);
        let under_way = |content: &&Content| matches!(content.held, Held::UnderWay(_));
        let sizes = self.contents.iter().filter(under_way);
        let mut on_the_way: usize = sizes.map(|content| content.bytes.len()).sum();
        let mut effects = Vec::new();
        for (number, content) in self.contents.iter_mut().enumerate() {
            match content.held {
                Held::UnderWay(since) if now.since(since) >= NO_ANSWER => {
                    self.failure = Some(Failure::NoAnswer);
                }
                Held::Waiting if on_the_way < AT_ONCE => on_the_way += content.bytes.len(),
                _ => continue,
            }
            content.held = Held::UnderWay(now);
            let number = u64::try_from(number).unwrap_or(u64::MAX);
            effects.push(Effect::Store(StoreOrder::Write {
                ticket: Ticket::File(writer, number),
                puts: vec![Put {
                    table: Table::Files,
                    key: content.id.0.clone(),
                    bytes: Rc::clone(&content.bytes),
                }],
                drops: Vec::new(),
            }));
        }
        let waits = |content: &Content| matches!(content.held, Held::UnderWay(_));
        if self.contents.iter().any(waits) {
            effects.push(Effect::Store(StoreOrder::SetTimer {
                timer: Timer::Files,
                ms: NO_ANSWER,
            }));
        }
        effects
    }

    /// The answer to one of them.
    pub(super) fn file_written(&mut self, number: u64, result: Result<(), Failure>) -> Vec<Effect> {
        let content = usize::try_from(number)
            .ok()
            .and_then(|number| self.contents.get_mut(number));
        let Some(content) = content else {
            return Vec::new();
        };
        match result {
            Ok(()) => {
                content.held = Held::Stored;
                self.failure = None;
                self.write_files()
            }
            Err(reason) => {
                content.held = Held::Waiting;
                self.failure = Some(reason);
                vec![Effect::Store(StoreOrder::SetTimer {
                    timer: Timer::Files,
                    ms: AGAIN,
                })]
            }
        }
    }

    /// Whether text and files are safe; `None` where nothing was to be written yet.
    pub(super) fn safety(&self) -> Option<Safety> {
        let of_text = self.journal.as_ref()?.status();
        let files_stored = self
            .contents
            .iter()
            .all(|content| content.held == Held::Stored);
        Some(match (of_text, self.failure) {
            (Safety::Saved { .. }, Some(reason)) if reason.is_refusal() => {
                Safety::OnlyInThisTab { reason }
            }
            (Safety::Saved { .. }, Some(reason)) => Safety::NotSaved { reason },
            (Safety::Saved { .. }, None) if !files_stored => Safety::Saving,
            (of_text, _) => of_text,
        })
    }

    /// Whether leaving now could lose something; `size` is that of the text.
    pub(super) fn warns_on_leaving(&self, size: usize) -> bool {
        let text = self
            .journal
            .as_ref()
            .is_some_and(|journal| journal.warns_on_leaving(size));
        // No tail holds a file. What was opened is on the writer's disk.
        let is_missed = |content: &Content| {
            content.held != Held::Stored && !Rc::ptr_eq(&content.bytes, &self.opened)
        };
        let files = self.journal.is_some() && self.contents.iter().any(is_missed);
        text || files
    }

    /// The key of this tab's tail.
    pub(super) fn tail_key(&self) -> String {
        keys::tail(self.draft, self.writer)
    }
}
