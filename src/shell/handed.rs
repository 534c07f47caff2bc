//! Files that are handed over by drop or paste, and where.

use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Element, Event, File};

use super::files;
use super::folder::{Entry, is_folder};

/// Where something was dropped or pasted.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// The Markdown pane, at this point of the window in CSS pixels where it was dropped there.
    Text(Option<(f64, f64)>),
    /// A picture that is named and not there, by its name.
    Missing(String),
    /// The region "Images".
    Images,
    /// A box for other text.
    Box,
    /// Anywhere else.
    Page,
}

/// What was handed over.
#[derive(Debug)]
pub struct Handed {
    /// The files.
    pub files: Vec<File>,
    /// The folders and files, where folders are among them.
    pub folders: Vec<Entry>,
    /// Where.
    pub ground: Ground,
}

impl Handed {
    /// What a drop carries; `None` where it carries no file.
    #[must_use]
    pub fn dropped(event: &Event) -> Option<Self> {
        let drag = event.dyn_ref::<DragEvent>()?;
        let point = (f64::from(drag.client_x()), f64::from(drag.client_y()));
        Self::of(event, &drag.data_transfer()?, Some(point))
    }

    /// The pictures a paste carries; `None` where it carries text, or no picture.
    #[must_use]
    pub fn pasted(event: &Event) -> Option<Self> {
        let data = event.dyn_ref::<ClipboardEvent>()?.clipboard_data()?;
        let text = data.get_data("text/plain").unwrap_or_default();
        let handed = Self::of(event, &data, None)?;
        (text.trim().is_empty() && handed.is_pictures() && handed.ground != Ground::Box)
            .then_some(handed)
    }

    fn of(event: &Event, data: &DataTransfer, point: Option<(f64, f64)>) -> Option<Self> {
        let files = files::list(data.files());
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let folders = folders(data);
        (!files.is_empty() || !folders.is_empty()).then(|| Self {
            files,
            folders,
            ground: target.map_or(Ground::Page, |target| ground(&target, point)),
        })
    }

    /// Whether all of it are pictures.
    #[must_use]
    pub fn is_pictures(&self) -> bool {
        self.folders.is_empty()
            && self
                .files
                .iter()
                .all(|file| file.type_().starts_with("image/"))
    }
}

/// Whether all that is dragged are pictures, as far as the browser tells before it is dropped.
#[must_use]
pub fn drags_pictures(event: &DragEvent) -> bool {
    let Some(items) = event.data_transfer().map(|data| data.items()) else {
        return false;
    };
    let types = (0..items.length()).filter_map(|at| items.get(at));
    items.length() > 0
        && types
            .into_iter()
            .all(|item| item.type_().starts_with("image/"))
}

/// What was dropped, if a folder is among it. Can be asked only while the drop is told.
fn folders(data: &DataTransfer) -> Vec<Entry> {
    let items = data.items();
    let entries: Vec<Entry> = (0..items.length())
        .filter_map(|at| {
            let item = items.get(at)?;
            let name = "webkitGetAsEntry".into();
            let get: js_sys::Function = js_sys::Reflect::get(&item, &name).ok()?.dyn_into().ok()?;
            let entry = get.call0(&item).ok()?;
            entry.is_object().then(|| entry.unchecked_into())
        })
        .collect();
    if entries.iter().any(is_folder) {
        entries
    } else {
        Vec::new()
    }
}

fn ground(target: &Element, point: Option<(f64, f64)>) -> Ground {
    let within = |selector: &str| target.closest(selector).ok().flatten();
    if within(".pane-room").is_some() {
        return Ground::Text(point);
    }
    if let Some(name) = within("[data-drop-as]").and_then(|item| item.get_attribute("data-drop-as"))
    {
        return Ground::Missing(name);
    }
    if within("input, textarea, [contenteditable]").is_some() {
        return Ground::Box;
    }
    if within(".images-part").is_some() {
        return Ground::Images;
    }
    Ground::Page
}
