//! IndexedDB: opened, closed under us, opened again; transactions whose outcome is told when they are over.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use idb::event::Event as _;
use idb::{DatabaseEvent as _, Request as _, TransactionMode};
use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use crate::draft::Failure;
use crate::draft::keys::{Range, Table};
use crate::session::storage::{Put, StoreTold};

use super::failures;

const NAME: &str = "recap-editor";

/// The number of the tables' layout; records have a format of their own.
///
/// 2: the table of folders.
const LAYOUT: u32 = 2;

/// What is called once, with how it went.
pub(super) type Then<T> = Box<dyn FnOnce(Result<T, Failure>)>;

/// What waits for the database to be open.
type Job = Box<dyn FnOnce(&mut Inner)>;

enum State {
    Opening(Vec<Job>),
    Open(idb::Database),
    /// It could not be opened, or was closed.
    Gone(Failure),
}

/// The database, and what is under way.
pub(super) struct Inner {
    state: State,
    request: Option<idb::request::OpenDatabaseRequest>,
    /// Closures have to live until their transaction is over; those in `over` may go.
    running: BTreeMap<u64, idb::Transaction>,
    over: Rc<RefCell<Vec<u64>>>,
    count: u64,
    told: yew::Callback<StoreTold>,
}

/// The database.
#[derive(Clone)]
pub(super) struct Database(Rc<RefCell<Inner>>);

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Database")
    }
}

impl Database {
    /// Starts to open it. That it is closed under us is told.
    pub(super) fn open(told: yew::Callback<StoreTold>) -> Self {
        let database = Self(Rc::new(RefCell::new(Inner {
            state: State::Gone(Failure::Closed),
            request: None,
            running: BTreeMap::new(),
            over: Rc::default(),
            count: 0,
            told,
        })));
        database.reopen();
        database
    }

    /// Opens it again, unless it is open or about to be.
    pub(super) fn reopen(&self) {
        if matches!(self.0.borrow().state, State::Gone(_)) {
            self.request(Some(LAYOUT));
        }
    }

    /// Writes and removes in one transaction.
    pub(super) fn write(&self, puts: Vec<Put>, drops: Vec<(Table, Range)>, then: Then<()>) {
        self.when_open(Box::new(move |inner: &mut Inner| {
            let tables: Vec<Table> = puts
                .iter()
                .map(|put| put.table)
                .chain(drops.iter().map(|(table, _)| *table))
                .collect();
            let then = Rc::new(Cell::new(Some(then)));
            let ended = Rc::clone(&then);
            let made = inner.transaction(&tables, TransactionMode::ReadWrite, move |result| {
                if let Some(then) = ended.take() {
                    then(result);
                }
            });
            match made {
                // Whatever happens to it from here on, its end tells.
                Ok(transaction) => {
                    let filled = fill(&transaction, &puts, &drops);
                    // What waits for no more is finished even while the page goes away.
                    let _ = match filled {
                        Ok(()) => transaction.commit(),
                        Err(_) => transaction.abort(),
                    };
                }
                Err(failure) => {
                    if let Some(then) = then.take() {
                        then(Err(failure));
                    }
                }
            }
        }));
    }

    /// Does it once the database is open; tells it where that does not come to be.
    pub(super) fn when_open(&self, job: Job) {
        // What failed before may work now: each order is an attempt.
        self.reopen();
        let mut inner = self.0.borrow_mut();
        match &mut inner.state {
            State::Opening(waiting) => waiting.push(job),
            State::Open(_) | State::Gone(_) => job(&mut inner),
        }
    }

    fn request(&self, layout: Option<u32>) {
        let request = idb::Factory::new().and_then(|factory| factory.open(NAME, layout));
        let mut request = match request {
            Ok(request) => request,
            Err(error) => {
                let failure = match failures::of_call(&error) {
                    // A window without storage throws in one way or another.
                    Failure::Aborted | Failure::Closed => Failure::Unavailable,
                    failure => failure,
                };
                return self.gone(failure);
            }
        };
        let waiting = match &mut self.0.borrow_mut().state {
            State::Opening(waiting) => std::mem::take(waiting),
            _ => Vec::new(),
        };
        request.on_upgrade_needed(|event| {
            let Ok(database) = event.database() else {
                return;
            };
            for table in Table::ALL {
                // One that is there already is what is wanted.
                let _ = database.create_object_store(table.name(), idb::ObjectStoreParams::new());
            }
        });
        let database = self.clone();
        request.on_success(move |event| match event.database() {
            Ok(opened) => database.opened(opened),
            Err(error) => database.gone(failures::of_call(&error)),
        });
        let database = self.clone();
        request.on_error(move |event| {
            let error = event.target().and_then(|request| request.error());
            let error = error.ok().flatten();
            match error {
                // A later build has laid it out anew. What it calls records is left alone; what is ours is still there.
                Some(error) if error.name() == "VersionError" && layout.is_some() => {
                    database.request(None);
                }
                Some(error) => database.gone(match failures::of_exception(&error) {
                    Failure::Closed => Failure::Unavailable,
                    failure => failure,
                }),
                None => database.gone(Failure::Aborted),
            }
        });
        let database = self.clone();
        request.on_blocked(move |_| database.gone(Failure::Blocked));
        let mut inner = self.0.borrow_mut();
        inner.state = State::Opening(waiting);
        inner.request = Some(request);
    }

    fn opened(&self, mut opened: idb::Database) {
        let database = self.clone();
        // Its data was deleted, or the disk is gone.
        opened.on_close(move |_| {
            let told = database.0.borrow().told.clone();
            database.gone(Failure::Closed);
            told.emit(StoreTold::StoreClosed);
        });
        let database = self.clone();
        // A later build wants to lay it out anew.
        opened.on_version_change(move |_| {
            if let State::Open(open) = &database.0.borrow().state {
                open.close();
            }
            database.gone(Failure::Closed);
        });
        let mut inner = self.0.borrow_mut();
        let before = std::mem::replace(&mut inner.state, State::Open(opened));
        if let State::Opening(waiting) = before {
            for job in waiting {
                job(&mut inner);
            }
        }
    }

    fn gone(&self, failure: Failure) {
        let mut inner = self.0.borrow_mut();
        let before = std::mem::replace(&mut inner.state, State::Gone(failure));
        match before {
            State::Opening(waiting) => {
                for job in waiting {
                    job(&mut inner);
                }
            }
            State::Open(_) | State::Gone(_) => {}
        }
    }
}

impl Inner {
    /// A transaction whose end is told to `ended`, once. What is answered is a second handle: the one that listens is kept
    /// until the end.
    pub(super) fn transaction(
        &mut self,
        tables: &[Table],
        mode: TransactionMode,
        ended: impl FnOnce(Result<(), Failure>) + 'static,
    ) -> Result<idb::Transaction, Failure> {
        for over in self.over.borrow_mut().drain(..) {
            self.running.remove(&over);
        }
        let State::Open(database) = &self.state else {
            return Err(match self.state {
                State::Gone(failure) => failure,
                _ => Failure::Closed,
            });
        };
        let names: Vec<&str> = tables.iter().map(|table| table.name()).collect();
        let handle: IdbTransaction = database
            .transaction(&names, mode)
            .map_err(|error| failures::of_call(&error))?
            .into();
        let mut transaction = idb::Transaction::from(handle.clone());
        self.count += 1;
        let (id, over) = (self.count, Rc::clone(&self.over));
        let ended = Rc::new(Cell::new(Some(ended)));
        let (done, is_over) = (Rc::clone(&ended), Rc::clone(&over));
        transaction.on_complete(move |_| {
            is_over.borrow_mut().push(id);
            if let Some(ended) = done.take() {
                ended(Ok(()));
            }
        });
        transaction.on_abort(move |event| {
            over.borrow_mut().push(id);
            let transaction = event
                .target()
                .and_then(|target| idb::Transaction::try_from(target).ok());
            let failure = transaction
                .and_then(|transaction| transaction.error())
                .map_or(Failure::Aborted, |error| failures::of_exception(&error));
            if let Some(ended) = ended.take() {
                ended(Err(failure));
            }
        });
        self.running.insert(id, transaction);
        Ok(handle.into())
    }
}

fn fill(
    transaction: &idb::Transaction,
    puts: &[Put],
    drops: &[(Table, Range)],
) -> Result<(), Failure> {
    let failed = |error: idb::Error| failures::of_call(&error);
    for put in puts {
        let table = transaction.object_store(put.table.name()).map_err(failed)?;
        let bytes = Uint8Array::from(&*put.bytes);
        table
            .put(&bytes, Some(&JsValue::from_str(&put.key)))
            .map_err(failed)?;
    }
    for (table, range) in drops {
        let table = transaction.object_store(table.name()).map_err(failed)?;
        table.delete(key_range(range)?).map_err(failed)?;
    }
    Ok(())
}

/// The range as the database has it.
pub(super) fn key_range(range: &Range) -> Result<idb::KeyRange, Failure> {
    idb::KeyRange::bound(
        &JsValue::from_str(&range.from),
        &JsValue::from_str(&range.to),
        None,
        None,
    )
    .map_err(|error| failures::of_call(&error))
}
