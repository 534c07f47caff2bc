//! The index of the site's pages: beside the app, or kept in this browser after somebody opened one.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Cache, Response};

use crate::session::{Msg, PagesTold};

/// The file beside the app, and what the kept one is known by.
const FILE: &str = "site-index.json";

/// The browser's cache that keeps it: made for files, and apart from where drafts are.
const CACHE: &str = "recap-editor-site-index";

/// Fetches the index and reports it.
pub(super) fn fetch(send: yew::Callback<Msg>) {
    wasm_bindgen_futures::spawn_local(async move {
        let told = match kept().await {
            Some(bytes) => PagesTold::Came { bytes, kept: true },
            None => match beside().await {
                Some(bytes) => PagesTold::Came { bytes, kept: false },
                None => PagesTold::Missing,
            },
        };
        send.emit(Msg::Pages(told));
    });
}

/// Keeps an index for the next visits and reports whether that went well.
pub(super) fn keep(bytes: std::rc::Rc<[u8]>, send: yew::Callback<Msg>) {
    wasm_bindgen_futures::spawn_local(async move {
        let kept = put(&bytes).await.is_some();
        send.emit(Msg::Pages(PagesTold::Kept(kept)));
    });
}

/// Forgets the kept index, then fetches the one beside the app.
pub(super) fn drop_and_fetch(send: yew::Callback<Msg>) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Some(cache) = cache().await {
            // One that cannot be forgotten comes back at the next visit; there is nobody to tell.
            let _ = JsFuture::from(cache.delete_with_str(FILE)).await;
        }
        let told = match beside().await {
            Some(bytes) => PagesTold::Came { bytes, kept: false },
            None => PagesTold::Missing,
        };
        send.emit(Msg::Pages(told));
    });
}

/// A browser has none where the page is not served safely.
async fn cache() -> Option<Cache> {
    let window = gloo::utils::window();
    let there = js_sys::Reflect::get(&window, &"caches".into()).ok()?;
    if there.is_undefined() {
        return None;
    }
    let opened = window.caches().ok()?.open(CACHE);
    JsFuture::from(opened).await.ok()?.dyn_into().ok()
}

async fn kept() -> Option<std::rc::Rc<[u8]>> {
    let found = cache().await?.match_with_str(FILE);
    let response: Response = JsFuture::from(found).await.ok()?.dyn_into().ok()?;
    bytes_of(&response).await
}

async fn put(bytes: &[u8]) -> Option<()> {
    let cache = cache().await?;
    let mut copy = bytes.to_vec();
    let response = Response::new_with_opt_u8_array(Some(&mut copy)).ok()?;
    JsFuture::from(cache.put_with_str(FILE, &response))
        .await
        .ok()?;
    Some(())
}

async fn beside() -> Option<std::rc::Rc<[u8]>> {
    let asked = gloo::utils::window().fetch_with_str(FILE);
    let response: Response = JsFuture::from(asked).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    bytes_of(&response).await
}

async fn bytes_of(response: &Response) -> Option<std::rc::Rc<[u8]>> {
    let buffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(super::bytes::taken(&js_sys::Uint8Array::new(&buffer)))
}
