//! Folders and files as browsers hand them out: those of a picker, and those that were dropped.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    /// A folder or a file of the File System Access API.
    #[derive(Debug, Clone)]
    pub(super) type Handle;

    #[wasm_bindgen(method, getter)]
    pub(super) fn kind(this: &Handle) -> String;
    #[wasm_bindgen(method, getter)]
    pub(super) fn name(this: &Handle) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn values(this: &Handle) -> js_sys::AsyncIterator;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    pub(super) async fn get_file(this: &Handle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    pub(super) async fn file_in(
        this: &Handle,
        name: &str,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    pub(super) async fn folder_in(
        this: &Handle,
        name: &str,
        options: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    pub(super) async fn remove(this: &Handle, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = requestPermission)]
    pub(super) async fn ask_to_write(this: &Handle, options: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    pub(super) async fn writer(this: &Handle) -> Result<JsValue, JsValue>;

    /// What takes a file's bytes; nothing of them is in the file before it is closed.
    #[derive(Debug, Clone)]
    pub(super) type Writer;

    #[wasm_bindgen(method, catch)]
    pub(super) async fn write(
        this: &Writer,
        bytes: &js_sys::Uint8Array,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn close(this: &Writer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) async fn abort(this: &Writer) -> Result<JsValue, JsValue>;

    /// Lets the writer pick a folder.
    #[wasm_bindgen(catch, js_name = showDirectoryPicker)]
    pub(super) async fn pick_folder(options: &JsValue) -> Result<JsValue, JsValue>;

    /// A folder or a file that was dropped.
    #[derive(Debug, Clone)]
    pub type Entry;

    #[wasm_bindgen(method, getter, js_name = isDirectory)]
    pub(super) fn is_folder(this: &Entry) -> bool;
    #[wasm_bindgen(method, getter, js_name = name)]
    pub(super) fn entry_name(this: &Entry) -> String;
    #[wasm_bindgen(method, js_name = createReader)]
    pub(super) fn reader(this: &Entry) -> Reader;
    #[wasm_bindgen(method)]
    pub(super) fn file(this: &Entry, then: &js_sys::Function, failed: &js_sys::Function);

    /// Reads a dropped folder, some entries at a time.
    #[derive(Debug, Clone)]
    pub(super) type Reader;

    #[wasm_bindgen(method, js_name = readEntries)]
    pub(super) fn some(this: &Reader, then: &js_sys::Function, failed: &js_sys::Function);
}

/// An object with one property.
pub(super) fn option(name: &str, value: impl Into<JsValue>) -> JsValue {
    let object = js_sys::Object::new();
    // A plain object takes any property.
    let _ = js_sys::Reflect::set(&object, &name.into(), &value.into());
    object.into()
}

/// Whether the browser can hand out folders that can be written.
pub(super) fn can_pick() -> bool {
    js_sys::Reflect::has(&gloo::utils::window(), &"showDirectoryPicker".into()).unwrap_or_default()
}

/// What went wrong, as a sentence.
pub(super) fn reason(error: &JsValue) -> String {
    let name = error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::name)
        .unwrap_or_default();
    match name.as_str() {
        "NotAllowedError" | "SecurityError" => {
            "the browser was not allowed to write there.".to_owned()
        }
        "QuotaExceededError" => "there is no room left on the disk.".to_owned(),
        "NotFoundError" => "the folder is not there any more.".to_owned(),
        "NoModificationAllowedError" => "another program has a file of it open.".to_owned(),
        _ => "the browser gave no reason.".to_owned(),
    }
}

/// Whether the writer closed the picker without picking.
pub(super) fn is_change_of_mind(error: &JsValue) -> bool {
    error
        .dyn_ref::<web_sys::DomException>()
        .is_some_and(|error| error.name() == "AbortError")
}
