//! What the session wants of the browser's storage, and what it is told of it. Bytes under keys and nothing else: what
//! they mean is known here, how they are stored is known to the shell.

use std::rc::Rc;

use crate::draft::keys::{Range, Table};
use crate::draft::{DraftId, Failure, VersionId, WriteId, WriterId, conflict, tabs, versions};

use super::Selection;

/// An order to the storage.
#[derive(Debug, Clone)]
pub enum StoreOrder {
    /// Open the store again: it was closed.
    Reopen,
    /// Write and remove, all in one transaction; report [`StoreTold::Written`].
    Write {
        /// To be reported.
        ticket: Ticket,
        /// What to write.
        puts: Vec<Put>,
        /// What to remove.
        drops: Vec<(Table, Range)>,
    },
    /// Write this to localStorage before anything else happens.
    WriteTail {
        /// Its key.
        key: String,
        /// Its text.
        text: String,
    },
    /// Remove this from localStorage.
    DropTail {
        /// Its key.
        key: String,
    },
    /// Report [`StoreTold::TimerRang`] after so many ms; the same timer set before is forgotten.
    SetTimer {
        /// Which.
        timer: Timer,
        /// How long.
        ms: u64,
    },
    /// Find out which drafts there are; report [`StoreTold::DraftsListed`].
    ListDrafts,
    /// Find out which versions can be read, one text after another; report [`StoreTold::VersionsListed`], or nothing where
    /// the store fails.
    ListVersions,
    /// Read all there is of these drafts; report [`StoreTold::DraftsRead`].
    ReadDrafts {
        /// To be reported.
        purpose: Purpose,
        /// Which.
        drafts: Vec<DraftId>,
    },
    /// Ask for a draft's lock without waiting for it; report [`StoreTold::LockAnswered`].
    TakeLock(DraftId),
    /// Take the lock from whoever has it.
    StealLock(DraftId),
    /// Give the lock back.
    ReleaseLock(DraftId),
    /// Say something to the other tabs.
    Tell(Word),
    /// Ask the browser once not to throw the storage away when space runs short; report [`StoreTold::PersistAnswered`].
    AskToPersist,
}

/// Bytes to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Where.
    pub table: Table,
    /// Under which key.
    pub key: String,
    /// What.
    pub bytes: Rc<[u8]>,
}

/// A write, to match its answer to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ticket {
    /// One of a journal's.
    Journal(WriterId, WriteId),
    /// A file beside the post, by its number.
    File(WriterId, u64),
    /// A kept version.
    Version(VersionId),
    /// A change in the list of drafts.
    List,
    /// Nobody waits for it: it only tidies up.
    Tidying,
}

/// A timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Timer {
    /// The journal's.
    Journal,
    /// Files that could not be written are to be written again.
    Files,
    /// Of two tabs that have the same draft.
    Tab,
}

/// Why drafts were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be edited, or looked at; by the number of the reading. Only the latest one counts: what an earlier one found may
    /// be older than what another tab has written since.
    Open(u64),
    /// To be handed out as one zip.
    TakeHome,
    /// To hand out what is stored as it is.
    Raw,
    /// To compare one with a file that is being opened.
    Compare,
    /// To show its kept versions.
    Versions,
}

/// What tabs say to each other about a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Word {
    /// Let it go, please.
    LetGo(DraftId),
    /// It was let go.
    LeftIt(DraftId),
    /// Something of it was stored.
    Wrote(DraftId),
}

/// What was stored under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The key.
    pub key: String,
    /// The bytes; `None` where there is something that is no bytes.
    pub bytes: Option<Rc<[u8]>>,
}

/// Which drafts there are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Their cards.
    pub cards: Vec<Stored>,
    /// The keys of all records.
    pub records: Vec<String>,
    /// Key and text of all tails.
    pub tails: Vec<(String, String)>,
}

/// All there is of one draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which draft.
    pub draft: DraftId,
    /// Its records and cards.
    pub records: Vec<Stored>,
    /// Its files.
    pub files: Vec<Stored>,
    /// Its kept versions.
    pub versions: Vec<Stored>,
    /// Key and text of its tails.
    pub tails: Vec<(String, String)>,
}

/// What the storage tells.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreTold {
    /// There is a browser that may store something.
    Arrived {
        /// Drawn by chance, for the ids of drafts.
        chance: u128,
        /// What the writer's clock is ahead of UTC, in minutes.
        offset: i32,
        /// Locks keep tabs apart. Pages that came without encryption have none: two tabs may write the same draft there.
        locks: bool,
    },
    /// A write was finished, or failed.
    Written {
        /// Which.
        ticket: Ticket,
        /// How it went.
        result: Result<(), Failure>,
    },
    /// The drafts there are; tails are found even where the store does not answer.
    DraftsListed {
        /// Cards and records.
        found: Found,
        /// Why the store told nothing.
        failure: Option<Failure>,
    },
    /// Whether the browser promises not to clear the storage by itself.
    PersistAnswered(bool),
    /// The versions there are.
    VersionsListed(Vec<versions::Kept>),
    /// What was read of drafts.
    DraftsRead {
        /// Why they were read.
        purpose: Purpose,
        /// All there is of them.
        drafts: Result<Vec<Kept>, Failure>,
    },
    /// The browser closed the store, perhaps because its data was deleted: nothing counts as stored any more.
    StoreClosed,
    /// A timer rang.
    TimerRang(Timer),
    /// The page is being hidden, frozen or left.
    PageHidden,
    /// The caret or the scroll position of the Markdown pane is another one.
    PlaceMoved {
        /// What is selected.
        selection: Selection,
        /// How far it is scrolled, in CSS pixels.
        scroll: u64,
    },
    /// The lock was asked for.
    LockAnswered {
        /// Whose.
        draft: DraftId,
        /// Whether it is ours now.
        granted: bool,
    },
    /// Another tab took our lock.
    LockTaken(DraftId),
    /// Another tab said something.
    Heard(Word),
}

/// What the writer asks for among drafts.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftAsked {
    /// To open one.
    Open(DraftId),
    /// To delete one.
    Delete(DraftId),
    /// To have a deleted one back.
    Undelete(DraftId),
    /// To get what is stored of one as it is.
    Raw(DraftId),
    /// To take all of them home.
    All,
    /// To try again what could not be stored or read.
    Retry,
    /// One of the choices about a file that also has a draft; `None`: to leave both as they are.
    Resolve(Option<conflict::Choice>),
    /// One of the choices about a draft that another tab writes.
    Tab(tabs::Choice),
    /// To see the kept versions, or no longer.
    Versions(bool),
    /// To have a version's text again.
    Restore(VersionId),
    /// To keep the text as it is as a version.
    KeepVersion,
    /// To name a version.
    NameVersion {
        /// Which.
        id: VersionId,
        /// How; empty: no more.
        name: String,
    },
}
