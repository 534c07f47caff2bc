//! One draft in two tabs: who may write. The tab that holds the draft's lock writes; another one reads, takes over, or
//! makes a copy.

use super::versions::Reason;

/// How long the other tab has to answer before its lock is taken, in ms: it may be frozen.
const PATIENCE: u64 = 1000;

/// What a tab may do with the draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// The lock was asked for.
    Waiting,
    /// It writes.
    Writing,
    /// Another tab writes; this one reads, until the writer chooses otherwise.
    Reading,
    /// The other tab was asked to let go.
    Asking,
    /// The lock is being taken from the other tab.
    Stealing,
    /// It was asked to let go and writes out what it has.
    LettingGo,
}

/// What the writer can choose in a tab that only reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Choice {
    /// Only read.
    Read,
    /// Write here; the other tab reads then.
    TakeOver,
    /// Write here, in a draft of its own.
    Copy,
}

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Event {
    /// The lock is ours.
    LockGranted,
    /// The lock is another tab's.
    LockHeld,
    /// The lock was taken from us. `saved`: the store has confirmed all of our text.
    LockTaken {
        /// Whether it had.
        saved: bool,
    },
    /// The writer chose.
    Chose(Choice),
    /// Another tab asks us to let go.
    Asked,
    /// Our text is in the store, or our version of it is.
    WrittenOut,
    /// The other tab has let go, or was closed.
    OtherLeft,
    /// The timer rang.
    TimerRang,
    /// The other tab has stored something.
    OtherWrote,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// Ask for the lock, without waiting for it.
    TakeLock,
    /// Take the lock from whoever has it (`steal`).
    StealLock,
    /// Give the lock back, and tell the others.
    ReleaseLock,
    /// Ask the other tab to let go.
    AskOther,
    /// Read the draft from the store and show it.
    ReadStore,
    /// Read it, then keep it as a version, for this reason.
    KeepStored(Reason),
    /// Keep the text of this tab as a version, for this reason.
    KeepOurs(Reason),
    /// Begin a journal with what was read. `drop_followed` as in [`super::Start`].
    StartWriting {
        /// Whether older records may go.
        drop_followed: bool,
    },
    /// Take no more edits, write out all there is ([`super::Journal::hidden`]), and report [`Event::WrittenOut`] once all
    /// of it is stored.
    WriteOut,
    /// Take no more edits.
    StopWriting,
    /// Begin a draft of its own with the text of this tab.
    CopyDraft,
    /// Report [`Event::TimerRang`] after so many ms.
    SetTimer(u64),
}

impl Tab {
    /// Begins in a tab that opens the draft.
    #[must_use]
    pub fn open() -> (Self, Vec<Order>) {
        (Self::Waiting, vec![Order::TakeLock])
    }

    /// What follows from an event. What does not concern the tab's state changes nothing.
    pub fn on(&mut self, event: Event) -> Vec<Order> {
        let (next, orders) = match (*self, event) {
            (Self::Waiting | Self::Asking, Event::LockGranted) => (
                Self::Writing,
                vec![
                    Order::ReadStore,
                    Order::StartWriting {
                        drop_followed: true,
                    },
                ],
            ),
            // The other tab may still be writing: what it wrote stays, also beside ours.
            (Self::Stealing, Event::LockGranted) => (
                Self::Writing,
                vec![
                    Order::KeepStored(Reason::BeforeTakeOver),
                    Order::StartWriting {
                        drop_followed: false,
                    },
                ],
            ),
            (Self::Waiting | Self::Asking | Self::Stealing, Event::LockHeld) => {
                (Self::Reading, vec![Order::ReadStore])
            }
            (Self::Reading, Event::Chose(Choice::TakeOver)) => (
                Self::Asking,
                vec![Order::AskOther, Order::SetTimer(PATIENCE)],
            ),
            (Self::Reading | Self::Asking, Event::Chose(Choice::Read)) => (Self::Reading, vec![]),
            (Self::Reading | Self::Asking, Event::Chose(Choice::Copy)) => {
                (Self::Waiting, vec![Order::CopyDraft, Order::TakeLock])
            }
            (Self::Asking, Event::OtherLeft) => (Self::Waiting, vec![Order::TakeLock]),
            (Self::Asking, Event::TimerRang) => (Self::Stealing, vec![Order::StealLock]),
            (Self::Reading, Event::OtherWrote) => (Self::Reading, vec![Order::ReadStore]),
            (Self::Writing, Event::Asked) => (
                Self::LettingGo,
                vec![Order::WriteOut, Order::SetTimer(PATIENCE / 2)],
            ),
            (Self::LettingGo, Event::WrittenOut) => (Self::Reading, vec![Order::ReleaseLock]),
            // The store does not take it in time: the text must not hang on this tab, nor the other tab on the store.
            (Self::LettingGo, Event::TimerRang) => (
                Self::Reading,
                vec![Order::KeepOurs(Reason::Conflict), Order::ReleaseLock],
            ),
            (Self::Writing | Self::LettingGo, Event::LockTaken { saved }) => {
                let mut orders = vec![Order::StopWriting];
                if !saved {
                    orders.push(Order::KeepOurs(Reason::Conflict));
                }
                (Self::Reading, orders)
            }
            (state, _) => (state, vec![]),
        };
        *self = next;
        orders
    }

    /// Whether edits are taken.
    #[must_use]
    pub const fn writes(self) -> bool {
        matches!(self, Self::Writing)
    }

    /// What is said; `None` where all is as usual.
    #[must_use]
    pub const fn sentence(self) -> Option<&'static str> {
        match self {
            Self::Waiting | Self::Writing => None,
            Self::Reading => {
                Some("This draft is being written in another tab. Here it can only be read.")
            }
            Self::Asking | Self::Stealing => Some("The other tab is asked to let the draft go…"),
            Self::LettingGo => Some("Another tab takes over; the last changes are being saved."),
        }
    }

    /// What can be chosen now.
    #[must_use]
    pub const fn choices(self) -> &'static [Choice] {
        match self {
            Self::Reading => &[Choice::Read, Choice::TakeOver, Choice::Copy],
            _ => &[],
        }
    }
}

impl Choice {
    /// The words on its button.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Read => "Only read here",
            Self::TakeOver => "Take over",
            Self::Copy => "Write a copy",
        }
    }
}
