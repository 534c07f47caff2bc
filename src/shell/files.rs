//! Files in and out.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, Url};

use crate::session::{Msg, OpenedFile, PagesTold};

/// The files of a list the browser handed over.
#[must_use]
pub fn list(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|i| list.item(i)).collect())
        .unwrap_or_default()
}

/// Reads the files and reports them all at once, or the first that cannot be read.
pub fn read(files: Vec<File>, send: yew::Callback<Msg>) {
    let opened = send.reform(Msg::FilesOpened);
    read_for(files, opened, send);
}

/// Reads the files and hands them on all at once; the first that cannot be read is reported to `send`.
pub fn read_for(files: Vec<File>, read: yew::Callback<Vec<OpenedFile>>, send: yew::Callback<Msg>) {
    if files.is_empty() {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let mut opened = Vec::with_capacity(files.len());
        for file in files {
            match wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => opened.push(OpenedFile {
                    name: file.name(),
                    bytes: js_sys::Uint8Array::new(&buffer).to_vec().into(),
                }),
                Err(error) => {
                    send.emit(Msg::FileUnreadable {
                        name: file.name(),
                        reason: reason(&error),
                    });
                    return;
                }
            }
        }
        read.emit(opened);
    });
}

/// Reads the first file, to be the index of the site's pages, and reports it.
pub fn read_index(list: Option<FileList>, send: yew::Callback<Msg>) {
    let Some(file) = list.and_then(|list| list.item(0)) else {
        return;
    };
    wasm_bindgen_futures::spawn_local(async move {
        let name = file.name();
        send.emit(
            match wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await {
                Ok(buffer) => Msg::Pages(PagesTold::Opened {
                    name,
                    bytes: js_sys::Uint8Array::new(&buffer).to_vec().into(),
                }),
                Err(error) => Msg::FileUnreadable {
                    name,
                    reason: reason(&error),
                },
            },
        );
    });
}

fn reason(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || "it gave no reason".to_owned(),
        |error| String::from(error.message()),
    )
}

/// An address for bytes that lives until it is given back to [`forget`].
pub(super) fn address_of(bytes: &[u8], media_type: &str) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

/// Gives an address back.
pub(super) fn forget(address: &str) {
    // An address that is not known any more is what is wanted.
    let _ = Url::revoke_object_url(address);
}

/// Hands the browser a file to save; whether it took it over.
pub(super) fn download(name: &str, bytes: &[u8]) -> bool {
    let Some(address) = address_of(bytes, "application/octet-stream") else {
        return false;
    };
    let document = gloo::utils::document();
    let Some(link) = document
        .create_element("a")
        .ok()
        .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
    else {
        return false;
    };
    link.set_href(&address);
    link.set_download(name);
    let taken = gloo::utils::body().append_child(&link).is_ok();
    link.click();
    link.remove();
    // The browser reads the address after this turn; a minute is far more than it takes.
    gloo::timers::callback::Timeout::new(60_000, move || forget(&address)).forget();
    taken
}

/// The media type of an image file, told by its name.
pub(super) fn media_type(name: &str) -> &'static str {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("gif") => "image/gif",
        Some("webp") => "image/webp",
        Some("avif") => "image/avif",
        Some("svg") => "image/svg+xml",
        Some("bmp") => "image/bmp",
        _ => "application/octet-stream",
    }
}
