//! Writing to a folder on disk: first everything is looked at, then each file is written as a whole or not at all.

use std::rc::Rc;

use wasm_bindgen::{JsCast as _, JsValue};

use crate::session::{DiskFile, FolderWrite};

use super::super::bytes::taken;
use super::super::files::bytes_of;
use super::handles::{Handle, Writer, option};

/// How it went.
pub(super) enum Saved {
    All,
    /// Nothing was written: these files are not what was expected.
    Changed(Vec<DiskFile>),
}

/// Writes, unless a file is neither what was expected nor what is to be written.
pub(super) async fn save(root: &Handle, writes: &[FolderWrite]) -> Result<Saved, JsValue> {
    let mut changed = Vec::new();
    let mut wanted = Vec::new();
    for write in writes {
        let there: Option<Rc<[u8]>> = read(root, &write.path).await?;
        if there == write.bytes {
            continue;
        }
        if there == write.expected {
            wanted.push(write);
        } else {
            changed.push(DiskFile {
                path: write.path.clone(),
                bytes: there,
            });
        }
    }
    if !changed.is_empty() {
        return Ok(Saved::Changed(changed));
    }
    for write in wanted {
        let (folder, name) = folder_of(root, &write.path, write.bytes.is_some()).await?;
        match &write.bytes {
            Some(bytes) => put(&folder, name, bytes).await?,
            None => {
                folder.remove(name).await?;
            }
        }
    }
    Ok(Saved::All)
}

/// The bytes of a file; `None`: it is not there.
async fn read(root: &Handle, path: &str) -> Result<Option<Rc<[u8]>>, JsValue> {
    let found = async {
        let (folder, name) = folder_of(root, path, false).await?;
        folder.file_in(name, &JsValue::UNDEFINED).await
    };
    let handle: Handle = match found.await {
        Ok(handle) => handle.unchecked_into(),
        Err(error) if is_not_there(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    let file = handle.get_file().await?;
    let bytes = bytes_of(file.unchecked_ref()).await?;
    Ok(Some(taken(&bytes)))
}

fn is_not_there(error: &JsValue) -> bool {
    error
        .dyn_ref::<web_sys::DomException>()
        .is_some_and(|error| error.name() == "NotFoundError")
}

/// The folder a file is in, and its name there.
async fn folder_of<'a>(
    root: &Handle,
    path: &'a str,
    create: bool,
) -> Result<(Handle, &'a str), JsValue> {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut folder = root.clone();
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        let next = folder.folder_in(part, &option("create", create)).await?;
        folder = next.unchecked_into();
    }
    Ok((folder, name))
}

/// Until it is closed, the browser writes to a file beside it; closing puts that in its place.
async fn put(folder: &Handle, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let handle = folder.file_in(name, &option("create", true)).await?;
    let handle: &Handle = handle.unchecked_ref();
    let writer = handle.writer().await?;
    let writer: &Writer = writer.unchecked_ref();
    let written = match writer.write(&js_sys::Uint8Array::from(bytes)).await {
        Ok(_) => writer.close().await,
        Err(error) => {
            // What was begun is thrown away; the error says why.
            let _ = writer.abort().await;
            Err(error)
        }
    };
    written.map(|_| ())
}
