//! The browser's storage: IndexedDB for drafts, localStorage for what a page writes in its last moment, a lock a draft, and
//! a channel between tabs. It knows bytes and keys; what they mean is the session's.

mod database;
mod failures;
mod folders;
mod leaving;
mod locks;
mod reading;
mod tails;

use std::collections::BTreeMap;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;

use crate::draft::Failure;
use crate::session::Msg;
use crate::session::storage::{Found, Kept, StoreOrder, StoreTold, Timer};

use database::Database;
use locks::Locks;
use tails::Channel;

/// The storage of this browser, whatever of it works.
#[derive(Debug)]
pub(super) struct Store {
    send: yew::Callback<Msg>,
    database: Database,
    locks: Locks,
    channel: Option<Channel>,
    timers: BTreeMap<Timer, Timeout>,
    asked_to_persist: bool,
    _listeners: Vec<EventListener>,
}

impl Store {
    /// Opens it, and reports that it is there.
    pub(super) fn new(send: yew::Callback<Msg>) -> Self {
        let told = send.reform(Msg::Store);
        let store = Self {
            database: Database::open(told.clone()),
            locks: Locks::new(told.clone()),
            channel: Channel::open(told.clone()),
            timers: BTreeMap::new(),
            asked_to_persist: false,
            _listeners: leaving::listen(&told),
            send,
        };
        if let Some(chance) = chance() {
            store.tell(StoreTold::Arrived {
                chance,
                offset: offset(),
                locks: locks::are_there(),
            });
        }
        store
    }

    fn tell(&self, told: StoreTold) {
        self.send.emit(Msg::Store(told));
    }

    /// Performs an order. What it comes to is told later; nothing here waits.
    pub(super) fn perform(&mut self, order: StoreOrder) {
        match order {
            StoreOrder::Reopen => self.database.reopen(),
            StoreOrder::Write {
                ticket,
                puts,
                drops,
            } => {
                let told = self.send.reform(Msg::Store);
                self.database.write(
                    puts,
                    drops,
                    Box::new(move |result| told.emit(StoreTold::Written { ticket, result })),
                );
            }
            StoreOrder::WriteTail { key, text } => tails::write(&key, &text),
            StoreOrder::DropTail { key } => tails::remove(&key),
            StoreOrder::SetTimer { timer, ms } => {
                let told = self.send.reform(Msg::Store);
                let ms = u32::try_from(ms).unwrap_or(u32::MAX);
                let ring = move || told.emit(StoreTold::TimerRang(timer));
                self.timers.insert(timer, Timeout::new(ms, ring));
            }
            StoreOrder::ListDrafts => {
                let told = self.send.reform(Msg::Store);
                self.database.list(Box::new(move |result| {
                    let (cards, records, failure) = match result {
                        Ok((cards, records)) => (cards, records, None),
                        Err(failure) => (Vec::new(), Vec::new(), Some(failure)),
                    };
                    let found = Found {
                        cards,
                        records,
                        tails: tails::all(),
                    };
                    told.emit(StoreTold::DraftsListed { found, failure });
                }));
            }
            StoreOrder::ListVersions => {
                let told = self.send.reform(Msg::Store);
                self.database.versions(Box::new(move |result| {
                    if let Ok(known) = result {
                        told.emit(StoreTold::VersionsListed(known));
                    }
                }));
            }
            StoreOrder::ReadDrafts { purpose, drafts } => {
                let told = self.send.reform(Msg::Store);
                self.database.read(
                    drafts,
                    Box::new(move |result: Result<Vec<Kept>, Failure>| {
                        let drafts = result.map(|drafts| {
                            let with_tails = |kept: Kept| Kept {
                                tails: tails::of(kept.draft),
                                ..kept
                            };
                            drafts.into_iter().map(with_tails).collect()
                        });
                        told.emit(StoreTold::DraftsRead { purpose, drafts });
                    }),
                );
            }
            StoreOrder::TakeLock(draft) => self.locks.take(draft),
            StoreOrder::StealLock(draft) => self.locks.steal(draft),
            StoreOrder::ReleaseLock(draft) => self.locks.release(draft),
            StoreOrder::Tell(word) => {
                if let Some(channel) = &self.channel {
                    channel.say(word);
                }
            }
            StoreOrder::AskToPersist => self.ask_to_persist(),
        }
    }

    /// Asks the browser once a visit, and tells what it answers.
    fn ask_to_persist(&mut self) {
        if std::mem::replace(&mut self.asked_to_persist, true) {
            return;
        }
        let storage = gloo::utils::window().navigator().storage();
        if let Ok(answer) = storage.persist() {
            let told = self.send.reform(Msg::Store);
            wasm_bindgen_futures::spawn_local(async move {
                let granted = wasm_bindgen_futures::JsFuture::from(answer).await;
                let granted = granted.is_ok_and(|granted| granted.is_truthy());
                told.emit(StoreTold::PersistAnswered(granted));
            });
        }
    }
}

/// 128 bits drawn by chance; `None` in a browser that has none to give.
fn chance() -> Option<u128> {
    let mut bytes = [0; 16];
    let crypto = gloo::utils::window().crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(u128::from_le_bytes(bytes))
}

/// What the writer's clock is ahead of UTC, in minutes.
fn offset() -> i32 {
    let behind = js_sys::Date::new_0().get_timezone_offset();
    // Whole minutes, at most a day.
    #[expect(clippy::cast_possible_truncation)]
    let minutes = -behind as i32;
    minutes
}
