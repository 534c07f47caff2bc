//! One Web Lock a draft: who holds it may write. Where the browser has no locks, every tab is granted its own, and what two
//! of them write is found as two texts.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::draft::DraftId;
use crate::session::storage::StoreTold;

/// The locks of this tab: what gives each back.
#[derive(Debug)]
pub(super) struct Locks {
    told: yew::Callback<StoreTold>,
    held: Rc<RefCell<BTreeMap<DraftId, Function>>>,
}

impl Locks {
    pub(super) fn new(told: yew::Callback<StoreTold>) -> Self {
        Self {
            told,
            held: Rc::default(),
        }
    }

    /// Asks for a lock without waiting for it.
    pub(super) fn take(&self, draft: DraftId) {
        self.request(draft, "ifAvailable");
    }

    /// Takes it from whoever has it.
    pub(super) fn steal(&self, draft: DraftId) {
        self.request(draft, "steal");
    }

    /// Gives it back.
    pub(super) fn release(&self, draft: DraftId) {
        if let Some(resolve) = self.held.borrow_mut().remove(&draft) {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }

    fn request(&self, draft: DraftId, how: &str) {
        if self.held.borrow().contains_key(&draft) {
            self.answer(draft, true);
            return;
        }
        let Some(asked) = self.ask(draft, how) else {
            self.answer(draft, true);
            return;
        };
        let (told, held) = (self.told.clone(), Rc::clone(&self.held));
        wasm_bindgen_futures::spawn_local(async move {
            // It ends when the lock was given back; it fails when another tab took it.
            if JsFuture::from(asked).await.is_err() && held.borrow_mut().remove(&draft).is_some() {
                told.emit(StoreTold::LockTaken(draft));
            }
        });
    }

    fn ask(&self, draft: DraftId, how: &str) -> Option<Promise> {
        let navigator = gloo::utils::window().navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        let request: Function = Reflect::get(&locks, &"request".into())
            .ok()?
            .dyn_into()
            .ok()?;
        let options = Object::new();
        Reflect::set(&options, &how.into(), &JsValue::TRUE).ok()?;
        let (told, held) = (self.told.clone(), Rc::clone(&self.held));
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            let granted = !lock.is_null() && !lock.is_undefined();
            told.emit(StoreTold::LockAnswered { draft, granted });
            if !granted {
                return JsValue::UNDEFINED;
            }
            let until_given_back = Promise::new(&mut |resolve, _| {
                held.borrow_mut().insert(draft, resolve);
            });
            until_given_back.into()
        });
        let name = JsValue::from_str(&format!("recap-draft-{draft}"));
        let asked = request.call3(&locks, &name, &options, &granted).ok()?;
        asked.dyn_into().ok()
    }

    fn answer(&self, draft: DraftId, granted: bool) {
        self.told.emit(StoreTold::LockAnswered { draft, granted });
    }
}

/// Whether the browser has locks for this page.
pub(super) fn are_there() -> bool {
    let navigator = gloo::utils::window().navigator();
    Reflect::get(&navigator, &"locks".into()).is_ok_and(|locks| locks.is_object())
}
