//! Handles of folders on disk, one a draft: the browser stores them as they are.

use std::cell::Cell;
use std::rc::Rc;

use idb::{Request as _, TransactionMode};
use wasm_bindgen::JsValue;

use crate::draft::DraftId;
use crate::draft::keys::{self, Table};

use super::Store;
use super::database::Inner;

impl Store {
    /// Keeps a folder with a draft. Where that fails, the writer picks the folder once more; nothing is lost.
    pub(in super::super) fn keep_folder(&self, draft: DraftId, folder: &JsValue) {
        let folder = folder.clone();
        self.database.when_open(Box::new(move |inner: &mut Inner| {
            let made = inner.transaction(&[Table::Folders], TransactionMode::ReadWrite, |_| {});
            if let Ok(transaction) = made {
                let table = transaction.object_store(Table::Folders.name());
                let key = JsValue::from_str(&keys::folder(draft));
                let _ = table.and_then(|table| table.put(&folder, Some(&key)));
            }
        }));
    }

    /// Looks for the folder of a draft; `None` where there is none, or nothing can be read.
    pub(in super::super) fn fetch_folder(
        &self,
        draft: DraftId,
        then: impl FnOnce(Option<JsValue>) + 'static,
    ) {
        let then = Rc::new(Cell::new(Some(then)));
        self.database.when_open(Box::new(move |inner: &mut Inner| {
            let asked: Rc<Cell<Option<idb::request::GetStoreRequest>>> = Rc::default();
            let (answer, ended) = (Rc::clone(&asked), Rc::clone(&then));
            let made = inner.transaction(&[Table::Folders], TransactionMode::ReadOnly, move |_| {
                let found = answer.take().and_then(|request| request.result().ok());
                if let Some(then) = ended.take() {
                    then(found);
                }
            });
            let request = made.ok().and_then(|transaction| {
                let table = transaction.object_store(Table::Folders.name()).ok()?;
                table.get(JsValue::from_str(&keys::folder(draft))).ok()
            });
            match request {
                Some(request) => asked.set(Some(request)),
                None => {
                    if let Some(then) = then.take() {
                        then(None);
                    }
                }
            }
        }));
    }
}
