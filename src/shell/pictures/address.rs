//! Bytes under an address the page can show.

use std::rc::Rc;

use super::super::files;

#[derive(Debug, PartialEq)]
struct Held(String);

impl Drop for Held {
    fn drop(&mut self) {
        files::forget(&self.0);
    }
}

/// An address of bytes. The browser keeps them until the last copy of it is dropped.
#[derive(Debug, Clone, PartialEq)]
pub struct Address(Rc<Held>);

impl Address {
    /// An address for a file of this media type; `None` where the browser gives none.
    #[must_use]
    pub fn of(bytes: &[u8], media_type: &str) -> Option<Self> {
        files::address_of(bytes, media_type).map(|address| Self(Rc::new(Held(address))))
    }

    /// An address for a file the browser keeps.
    #[must_use]
    pub(in super::super) fn of_file(file: &web_sys::Blob) -> Option<Self> {
        files::address_of_blob(file).map(|address| Self(Rc::new(Held(address))))
    }

    /// As it is written in a page.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.0
    }
}
