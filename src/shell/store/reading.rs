//! What is read from the database: lists and whole drafts, each in one transaction.

use std::cell::Cell;
use std::rc::Rc;

use idb::{Query, Request, TransactionMode};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};

use crate::draft::keys::{self, Range, Table};
use crate::draft::record::{self, Decoded, Record};
use crate::draft::{DraftId, Failure, versions};
use crate::session::storage::{Kept, Stored};

use super::super::bytes::taken;
use super::database::{Database, Inner, Then, key_range};
use super::failures;

/// Keys and values that were asked for.
struct Asked {
    keys: idb::request::GetAllKeysStoreRequest,
    values: Option<idb::request::GetAllStoreRequest>,
}

impl Database {
    /// All cards, and the keys of all records.
    pub(super) fn list(&self, then: Then<(Vec<Stored>, Vec<String>)>) {
        self.ask(
            vec![(Table::Cards, None, true), (Table::Records, None, false)],
            Box::new(move |result| {
                then(result.map(|mut found| {
                    let records = found.pop().unwrap_or_default();
                    let records = records.into_iter().map(|stored| stored.key).collect();
                    (found.pop().unwrap_or_default(), records)
                }));
            }),
        );
    }

    /// All versions that can be read. Their texts are looked at one after another: together they may have 50 MB.
    pub(super) fn versions(&self, then: Then<Vec<versions::Kept>>) {
        let database = self.clone();
        self.ask(
            vec![(Table::Versions, None, false)],
            Box::new(move |result| match result.map(|mut found| found.pop()) {
                Ok(found) => {
                    let keys = found.into_iter().flatten().map(|stored| stored.key);
                    database.next_version(keys.collect(), Vec::new(), then);
                }
                Err(failure) => then(Err(failure)),
            }),
        );
    }

    fn next_version(
        self,
        mut keys: Vec<String>,
        mut known: Vec<versions::Kept>,
        then: Then<Vec<versions::Kept>>,
    ) {
        let Some(key) = keys.pop() else {
            return then(Ok(known));
        };
        let database = self.clone();
        self.ask(
            vec![(Table::Versions, Some(keys::only(key)), true)],
            Box::new(move |result| match result {
                Ok(found) => {
                    known.extend(found.into_iter().flatten().filter_map(|stored| {
                        match record::decode(stored.bytes.as_deref()?) {
                            Decoded::Record(record) => match *record {
                                Record::Version(version) => Some(version.kept()),
                                _ => None,
                            },
                            // What cannot be read is kept.
                            _ => None,
                        }
                    }));
                    database.next_version(keys, known, then);
                }
                Err(failure) => then(Err(failure)),
            }),
        );
    }

    /// All there is of these drafts, but their tails.
    pub(super) fn read(&self, drafts: Vec<DraftId>, then: Then<Vec<Kept>>) {
        let tables = [Table::Records, Table::Cards, Table::Files, Table::Versions];
        let questions = drafts.iter().flat_map(|draft| {
            let range = keys::of_draft(*draft);
            tables.map(|table| (table, Some(range.clone()), true))
        });
        self.ask(
            questions.collect(),
            Box::new(move |result| {
                then(result.map(|found| {
                    let mut found = found.into_iter();
                    let mut next = || found.next().unwrap_or_default();
                    let kept = |draft| {
                        let mut records = next();
                        records.extend(next());
                        Kept {
                            draft,
                            records,
                            files: next(),
                            versions: next(),
                            tails: Vec::new(),
                        }
                    };
                    drafts.into_iter().map(kept).collect()
                }));
            }),
        );
    }

    /// Asks for ranges of tables, with values or without, in one transaction.
    fn ask(&self, questions: Vec<(Table, Option<Range>, bool)>, then: Then<Vec<Vec<Stored>>>) {
        self.when_open(Box::new(move |inner: &mut Inner| {
            if questions.is_empty() {
                then(Ok(Vec::new()));
                return;
            }
            let tables: Vec<Table> = questions.iter().map(|(table, ..)| *table).collect();
            let then = Rc::new(Cell::new(Some(then)));
            let asked: Rc<Cell<Vec<Asked>>> = Rc::default();
            let (ended, answers) = (Rc::clone(&then), Rc::clone(&asked));
            let transaction = inner.transaction(&tables, TransactionMode::ReadOnly, move |over| {
                if let Some(then) = ended.take() {
                    let read = |()| answers.take().iter().map(answer).collect();
                    then(over.and_then(read));
                }
            });
            let made = transaction.and_then(|transaction| {
                let made: Result<Vec<Asked>, Failure> = questions
                    .iter()
                    .map(|question| put_question(&transaction, question))
                    .collect();
                asked.set(made?);
                Ok(())
            });
            if let Err(failure) = made
                && let Some(then) = then.take()
            {
                then(Err(failure));
            }
        }));
    }
}

fn put_question(
    transaction: &idb::Transaction,
    (table, range, with_values): &(Table, Option<Range>, bool),
) -> Result<Asked, Failure> {
    let failed = |error: idb::Error| failures::of_call(&error);
    let table = transaction.object_store(table.name()).map_err(failed)?;
    let query = || -> Result<Option<Query>, Failure> {
        range
            .as_ref()
            .map(|range| Ok(key_range(range)?.into()))
            .transpose()
    };
    Ok(Asked {
        keys: table.get_all_keys(query()?, None).map_err(failed)?,
        values: with_values
            .then(|| table.get_all(query()?, None).map_err(failed))
            .transpose()?,
    })
}

fn answer(asked: &Asked) -> Result<Vec<Stored>, Failure> {
    let keys = list(&asked.keys)?;
    let values = asked.values.as_ref().map(list).transpose()?;
    let stored = keys.iter().enumerate().filter_map(|(at, key)| {
        let value = values
            .as_ref()
            .map(|values| values.get(u32::try_from(at).unwrap_or(u32::MAX)));
        Some(Stored {
            // Other keys are nobody's.
            key: key.as_string()?,
            bytes: value.and_then(bytes),
        })
    });
    Ok(stored.collect())
}

fn list(request: &impl Request) -> Result<Array, Failure> {
    let result = request
        .result()
        .map_err(|error| failures::of_call(&error))?;
    result.dyn_into().map_err(|_| Failure::Aborted)
}

/// Bytes, whatever holds them.
fn bytes(value: JsValue) -> Option<Rc<[u8]>> {
    let bytes = value.dyn_into::<Uint8Array>().ok()?;
    Some(taken(&bytes))
}
