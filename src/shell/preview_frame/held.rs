//! The post’s files as the browser has them, and what the page shows of each: the file itself, or a small copy of a very
//! large picture. To decode fifty megapixels holds the drawing of the page up for a second; a worker does it apart.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::Blob;
use yew::Callback;

use crate::bundle::{header, report};
use crate::picture;
use crate::session::OpenedFile;

use super::super::bytes::blob_of;
use super::super::files::media_type;
use super::super::pictures::{Address, News, Workshop};
use super::super::seen::Seen;
use super::Addresses;

/// Pictures with more pixels than this are shown as a copy.
const LARGE: u64 = 8_000_000;

/// A file of the post.
#[derive(Debug)]
struct Held {
    bytes: Rc<[u8]>,
    blob: Blob,
    shown: Shown,
}

/// What the page shows of a file.
#[derive(Debug)]
enum Shown {
    At(Address),
    /// A copy is to be made, or is being made.
    Waits,
    /// Nobody should ask a browser to decode it; the region “Images” says so.
    Nothing,
}

/// The files, by their names.
#[derive(Debug)]
pub(super) struct Files {
    held: BTreeMap<String, Held>,
    /// The picture that is being copied. One at a time: each takes much memory.
    copying: Option<(Rc<[u8]>, Workshop)>,
    news: Rc<RefCell<Option<News>>>,
    tell: Callback<Seen>,
}

impl Files {
    pub(super) fn new(tell: Callback<Seen>) -> Self {
        Self {
            held: BTreeMap::new(),
            copying: None,
            news: Rc::default(),
            tell,
        }
    }

    /// These are the files from now on.
    pub(super) fn hold(&mut self, files: &[OpenedFile]) {
        let mut before = std::mem::take(&mut self.held);
        for file in files {
            let kept = before
                .remove(&file.name)
                .filter(|held| Rc::ptr_eq(&held.bytes, &file.bytes));
            if let Some(held) = kept.or_else(|| Held::of(file)) {
                self.held.insert(file.name.clone(), held);
            }
        }
        self.copy_next();
    }

    /// The browser’s own copy of a file.
    pub(super) fn blob(&self, bytes: &Rc<[u8]>) -> Option<Blob> {
        let mut all = self.held.values();
        let held = all.find(|held| Rc::ptr_eq(&held.bytes, bytes))?;
        Some(held.blob.clone())
    }

    /// Whether there is such a file.
    pub(super) fn has(&self, name: &str) -> bool {
        self.held.contains_key(name)
    }

    /// Where the page finds a file; `None` also for one that is not to be shown, or not yet.
    pub(super) fn address(&self, name: &str) -> Option<&str> {
        match &self.held.get(name)?.shown {
            Shown::At(address) => Some(address.as_str()),
            Shown::Waits | Shown::Nothing => None,
        }
    }

    pub(super) fn addresses(&self) -> Addresses {
        let all = self.held.keys();
        let all = all.filter_map(|name| Some((name.clone(), self.address(name)?.to_owned())));
        Rc::new(all.collect())
    }

    /// The worker told something. Answers whether something else is shown now.
    pub(super) fn copied(&mut self) -> bool {
        let Some(news) = self.news.take() else {
            return false;
        };
        let copy = match news {
            News::Opened(opened) => Some(opened.copy),
            // The browser may still show it by itself.
            News::Failed(_) => None,
            News::Went(_) | News::Made(_) => return false,
        };
        let Some((bytes, _)) = self.copying.take() else {
            return false;
        };
        for held in self.held.values_mut() {
            if Rc::ptr_eq(&held.bytes, &bytes) {
                let address = copy.clone().or_else(|| Address::of_file(&held.blob));
                held.shown = address.map_or(Shown::Nothing, Shown::At);
            }
        }
        self.copy_next();
        true
    }

    fn copy_next(&mut self) {
        // What was taken away meanwhile needs no copy.
        let is_here = |bytes: &Rc<[u8]>| {
            let mut all = self.held.values();
            all.any(|held| Rc::ptr_eq(&held.bytes, bytes))
        };
        if self
            .copying
            .as_ref()
            .is_some_and(|(bytes, _)| is_here(bytes))
        {
            return;
        }
        self.copying = None;
        for (name, held) in &mut self.held {
            if !matches!(held.shown, Shown::Waits) {
                continue;
            }
            let (news, tell) = (Rc::clone(&self.news), self.tell.clone());
            let heard = Callback::from(move |told: News| {
                if matches!(told, News::Opened(_) | News::Failed(_)) {
                    *news.borrow_mut() = Some(told);
                    tell.emit(Seen::PictureCopied);
                }
            });
            if let Some(shop) = Workshop::open(&held.bytes, name, heard) {
                self.copying = Some((Rc::clone(&held.bytes), shop));
                return;
            }
            // Without workers the page decodes it itself.
            held.shown = Address::of_file(&held.blob).map_or(Shown::Nothing, Shown::At);
        }
    }
}

impl Held {
    fn of(file: &OpenedFile) -> Option<Self> {
        let media_type = media_type(&file.name);
        let blob = blob_of(&file.bytes, media_type)?;
        let pixels = header::read(&file.bytes).map_or(0, |header| header.pixels());
        let is_drawing = media_type == "image/svg+xml";
        let shown = if is_drawing || pixels <= LARGE {
            Shown::At(Address::of_file(&blob)?)
        } else if pixels > report::MOST_PIXELS {
            Shown::Nothing
        } else if picture::check(&file.bytes).is_ok() {
            Shown::Waits
        } else {
            // It moves: a copy would stand still.
            Shown::At(Address::of_file(&blob)?)
        };
        Some(Self {
            bytes: Rc::clone(&file.bytes),
            blob,
            shown,
        })
    }
}
