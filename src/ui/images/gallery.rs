//! What the app knows of the region "Images". The list costs a reading of the whole text: it is made while somebody can see
//! it, and when the writer pauses, never at a key.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use web_sys::File;
use yew::Callback;

use crate::session::view::Images;
use crate::session::{Msg, OpenedFile, Revision, Session};

/// How long a writer has to pause until the list is made anew, in milliseconds.
const PAUSE: u32 = 400;

/// The same for a text larger than [`LARGE`]: there it takes longer than a frame.
const LONG_PAUSE: u32 = 2_000;

/// In characters. No real post has as many.
const LARGE: usize = 200_000;

/// Where pictures that are handed over are to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ui) enum Place {
    /// Beside the post.
    Beside,
    /// In the place of the file with this path.
    As(String),
    /// Where the caret is.
    Text,
}

/// What the region tells.
#[derive(Debug)]
pub(in crate::ui) enum GalleryTold {
    /// It is to be folded in or out.
    Toggled,
    /// It came to the screen, or left it.
    Seen(bool),
    /// The writer paused.
    Due,
    /// Files were picked, dropped or pasted.
    Came(Vec<File>, Place),
    /// They were read.
    Read(Vec<OpenedFile>, Place),
}

/// The region's state.
#[derive(Debug)]
pub(in crate::ui) struct Gallery {
    /// It is folded out.
    pub(in crate::ui) open: bool,
    /// What it shows.
    pub(in crate::ui) images: Rc<Images>,
    on_screen: bool,
    made_of: Option<Revision>,
    due: Option<Timeout>,
    tell: Callback<GalleryTold>,
}

impl Gallery {
    /// A region that shows nothing yet.
    pub(in crate::ui) fn new(tell: Callback<GalleryTold>) -> Self {
        Self {
            open: true,
            images: Rc::default(),
            on_screen: false,
            made_of: None,
            due: None,
            tell,
        }
    }

    /// Something happened to the post. `at_once`: what is listed was changed on purpose, so the list follows now.
    pub(in crate::ui) fn follow(&mut self, session: &Session, at_once: bool, characters: usize) {
        if !self.open || !self.on_screen || session.revision() == self.made_of {
            return;
        }
        if at_once || self.made_of.is_none() {
            self.make(session);
            return;
        }
        let tell = self.tell.clone();
        let pause = if characters > LARGE {
            LONG_PAUSE
        } else {
            PAUSE
        };
        self.due = Some(Timeout::new(pause, move || tell.emit(GalleryTold::Due)));
    }

    /// Makes the list. Answers whether it is another one.
    pub(in crate::ui) fn make(&mut self, session: &Session) -> bool {
        self.due = None;
        self.made_of = session.revision();
        let images = session.images();
        let changed = images != self.images;
        self.images = images;
        changed
    }

    /// The region came to the screen or left it, or was folded. Answers whether what it shows has to be made.
    pub(in crate::ui) fn set(&mut self, open: bool, on_screen: bool) -> bool {
        self.open = open;
        self.on_screen = on_screen;
        open && on_screen
    }

    /// Whether it is on the screen.
    pub(in crate::ui) const fn is_on_screen(&self) -> bool {
        self.on_screen
    }
}

/// Whether a message changes what is listed on purpose.
pub(in crate::ui) const fn is_about_images(msg: &Msg) -> bool {
    matches!(
        msg,
        Msg::ImageRenamed { .. }
            | Msg::ImageDeleted { .. }
            | Msg::ImageRoleChosen { .. }
            | Msg::ImageAltEdited { .. }
            | Msg::ImageCaptionEdited { .. }
            | Msg::ImagesCame { .. }
            | Msg::ImagePutBack { .. }
    )
}
