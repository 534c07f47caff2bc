//! localStorage, which is written when the call returns, and the channel between tabs.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{BroadcastChannel, MessageEvent, Storage};

use crate::draft::DraftId;
use crate::draft::keys::{self, TAIL};
use crate::session::storage::{StoreTold, Word};

/// `None` where the browser does not give it.
fn storage() -> Option<Storage> {
    gloo::utils::window().local_storage().ok()?
}

/// Writes a tail. Where it does not fit, what is under way in the database is all there is.
pub(super) fn write(key: &str, text: &str) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(key, text);
    }
}

/// Removes a tail.
pub(super) fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key);
    }
}

/// All tails, with their keys.
pub(super) fn all() -> Vec<(String, String)> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let count = storage.length().unwrap_or_default();
    let keys = (0..count).filter_map(|at| storage.key(at).ok()?);
    keys.filter(|key| key.starts_with(TAIL))
        .filter_map(|key| {
            let text = storage.get_item(&key).ok()??;
            Some((key, text))
        })
        .collect()
}

/// The tails of a draft.
pub(super) fn of(draft: DraftId) -> Vec<(String, String)> {
    let is_its = |key: &str| keys::of_tail(key).is_some_and(|(known, _)| known == draft);
    all().into_iter().filter(|(key, _)| is_its(key)).collect()
}

/// What tabs say to each other.
#[derive(Debug)]
pub(super) struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Listens to the other tabs. `None` where there is no such channel: each tab is alone then, as it was before.
    pub(super) fn open(told: yew::Callback<StoreTold>) -> Option<Self> {
        let channel = BroadcastChannel::new("recap-editor").ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let word = event
                .dyn_ref::<MessageEvent>()
                .and_then(|event| event.data().as_string())
                .and_then(|text| word_of(&text));
            if let Some(word) = word {
                told.emit(StoreTold::Heard(word));
            }
        });
        Some(Self {
            channel,
            _listener: listener,
        })
    }

    /// Says it to all others.
    pub(super) fn say(&self, word: Word) {
        let text = match word {
            Word::LetGo(draft) => format!("let-go/{draft}"),
            Word::LeftIt(draft) => format!("left/{draft}"),
            Word::Wrote(draft) => format!("wrote/{draft}"),
        };
        // A channel that is closed has nobody to say it to.
        let _ = self.channel.post_message(&text.into());
    }
}

fn word_of(text: &str) -> Option<Word> {
    let (word, draft) = text.split_once('/')?;
    let draft = DraftId(u64::from_str_radix(draft, 16).ok()?);
    match word {
        "let-go" => Some(Word::LetGo(draft)),
        "left" => Some(Word::LeftIt(draft)),
        "wrote" => Some(Word::Wrote(draft)),
        _ => None,
    }
}
