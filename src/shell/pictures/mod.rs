//! Pictures decoded, cropped, shrunk and encoded by the browser, in a worker of their own: bytes in, bytes out, and the
//! page answers keys meanwhile.

mod address;
mod wire;

use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::{MessageEvent, Worker};

use super::files;
use crate::picture::{Format, Rect, Size};

pub use address::Address;

/// Where the page names the worker’s file: `<meta name="pictures" content="ADDRESS">`.
const META: &str = "meta[name=pictures]";

/// What the worker is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Decoding the file.
    Reading,
    /// Making the picture smaller.
    Shrinking,
    /// Encoding the result.
    Writing,
}

/// How far the work is: so many parts of so many; of 0 where nobody can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Parts of this step that are done.
    pub done: u32,
    /// Parts of this step.
    pub of: u32,
}

/// A picture that was decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Its size as it is shown: turned the right way up.
    pub size: Size,
    /// Something of it can be seen through.
    pub transparent: bool,
    /// A copy for the screen, no side longer than 1600 pixels.
    pub copy: Address,
}

/// What is to be made of the opened picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// Comes back with the answer.
    pub ticket: u32,
    /// The part to keep, in pixels as they are shown.
    pub part: Rect,
    /// The size it is to have.
    pub to: Size,
    /// From 1 to 100.
    pub quality: u8,
}

/// What was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// Of the order.
    pub ticket: u32,
    /// The result once a kind of file; kinds this browser cannot write are missing.
    pub files: Vec<(Format, Rc<[u8]>)>,
    /// A part from the middle of the result, for comparing.
    pub detail: Rect,
    /// The same part before it was encoded.
    pub before: Address,
}

/// What the worker tells.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// It goes on.
    Went(Progress),
    /// The picture is decoded.
    Opened(Opened),
    /// An order is done.
    Made(Made),
    /// It gave up; the browser’s reason.
    Failed(String),
}

/// A worker with one picture. Dropped, it ends at once, whatever it is at.
#[derive(Debug)]
pub struct Workshop {
    worker: Worker,
    _listeners: [EventListener; 2],
}

impl Drop for Workshop {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Workshop {
    /// Starts a worker that decodes the file `name` with these bytes and tells `send`; `None` where this browser has no
    /// workers.
    #[must_use]
    pub fn open(bytes: &[u8], name: &str, send: yew::Callback<News>) -> Option<Self> {
        let address = gloo::utils::document()
            .query_selector(META)
            .ok()??
            .get_attribute("content")?;
        let worker = Worker::new(&address).ok()?;
        let heard = {
            let send = send.clone();
            EventListener::new(&worker, "message", move |event| {
                if let Some(event) = event.dyn_ref::<MessageEvent>()
                    && let Some(news) = wire::read(&event.data())
                {
                    send.emit(news);
                }
            })
        };
        let failed = EventListener::new(&worker, "error", move |event| {
            // Told in the dialog; the page itself goes on.
            event.prevent_default();
            send.emit(News::Failed("the browser stopped the work".to_owned()));
        });
        let media_type =
            Format::of(bytes).map_or_else(|| files::media_type(name), Format::media_type);
        wire::send_open(&worker, bytes, media_type)?;
        Some(Self {
            worker,
            _listeners: [heard, failed],
        })
    }

    /// Has something made, once a kind of file in `formats`. Orders wait for each other.
    pub fn make(&self, order: Order, formats: &[Format]) {
        wire::send_make(&self.worker, order, formats);
    }
}
