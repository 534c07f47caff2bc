//! Files in and out.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File, FileList, HtmlAnchorElement, Url};

use crate::bundle::{Archive, Limits, Parts};
use crate::session::{Msg, OpenedFile, PagesTold, is_zip};

use super::bytes::{There, blob_of, blob_of_parts, taken};

/// The files of a list the browser handed over.
#[must_use]
pub fn list(list: Option<FileList>) -> Vec<File> {
    list.map(|list| (0..list.length()).filter_map(|i| list.item(i)).collect())
        .unwrap_or_default()
}

/// Reads the files and reports them all at once, or the first that cannot be read. Of a zip, its files are read and not
/// the zip itself, which may be large: nobody needs it afterwards.
pub fn read(mut files: Vec<File>, send: yew::Callback<Msg>) {
    match files.iter().position(|file| is_zip(&file.name())) {
        Some(zip) => read_zip(files.swap_remove(zip), send),
        None => read_for(files, send.reform(Msg::FilesOpened), send),
    }
}

fn read_zip(file: File, send: yew::Callback<Msg>) {
    spawn_local(async move {
        let name = file.name();
        send.emit(match bytes_of(&file).await {
            Ok(bytes) => {
                let size = bytes.length().into();
                let archive = Archive::read_from(&mut There::new(bytes), size, &Limits::default());
                Msg::ZipOpened {
                    name,
                    archive: archive.map(Rc::new),
                }
            }
            Err(error) => unreadable(name, &error),
        });
    });
}

/// Reads the files and hands them on all at once; the first that cannot be read is reported to `send`.
pub fn read_for(files: Vec<File>, read: yew::Callback<Vec<OpenedFile>>, send: yew::Callback<Msg>) {
    if files.is_empty() {
        return;
    }
    spawn_local(async move {
        let mut opened = Vec::with_capacity(files.len());
        for file in files {
            match bytes_of(&file).await {
                Ok(bytes) => opened.push(OpenedFile {
                    name: file.name(),
                    bytes: taken(&bytes),
                }),
                Err(error) => return send.emit(unreadable(file.name(), &error)),
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
    spawn_local(async move {
        let name = file.name();
        send.emit(match bytes_of(&file).await {
            Ok(bytes) => Msg::Pages(PagesTold::Opened {
                name,
                bytes: taken(&bytes),
            }),
            Err(error) => unreadable(name, &error),
        });
    });
}

/// A file’s bytes, where the browser has them.
pub(super) async fn bytes_of(file: &File) -> Result<Uint8Array, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

fn unreadable(name: String, error: &JsValue) -> Msg {
    let reason = reason(error);
    Msg::FileUnreadable { name, reason }
}

fn reason(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || "it gave no reason".to_owned(),
        |error| String::from(error.message()),
    )
}

/// An address for bytes that lives until it is given back to [`forget`].
pub(super) fn address_of(bytes: &[u8], media_type: &str) -> Option<String> {
    address_of_blob(&blob_of(bytes, media_type)?)
}

/// The same for a file the browser keeps.
pub(super) fn address_of_blob(blob: &Blob) -> Option<String> {
    Url::create_object_url_with_blob(blob).ok()
}

/// Gives an address back.
pub(super) fn forget(address: &str) {
    // An address that is not known any more is what is wanted.
    let _ = Url::revoke_object_url(address);
}

/// Hands the browser a file to save; whether it took it over. `held` answers the files that the browser keeps already.
pub(super) fn download(
    name: &str,
    bytes: &Parts,
    held: impl Fn(&Rc<[u8]>) -> Option<Blob>,
) -> bool {
    let blob = blob_of_parts(bytes, held);
    let Some(address) = blob.and_then(|blob| address_of_blob(&blob)) else {
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
