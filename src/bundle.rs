//! The page bundle: a post's folder with its files, what each picture is for, and the zip it travels in.
//!
//! [`Archive::read`] takes a zip apart, [`Bundle::to_zip`] makes one; [`report::read`] tells what the pictures are and
//! what is wrong with them; [`rename`] lets every reference follow a file's new name.

mod archive;
mod decomposed;
mod folder;
pub mod header;
pub mod name;
mod parts;
mod references;
pub mod report;
mod times;
pub mod wording;
mod writing;

use std::rc::Rc;

pub use crate::text::Refusal;
pub use archive::{Archive, Limits, Source, posts_among};
pub use folder::Folder;
pub use parts::{Part, Parts};
pub use references::{Place, Reference, delete, references, rename, set_alt};
pub use times::Modified;
pub use wording::set_caption;

/// The file Hugo looks for in a page bundle.
pub const POST: &str = "index.md";

/// Where the site's repository keeps its posts.
pub const BLOG: &str = "linkerd.io/content/blog";

/// A file of a bundle. Its bytes are shared: nothing here copies a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// Its path below the bundle's folder, with `/`: most often a name only.
    pub path: String,
    /// Its bytes, as they came.
    pub bytes: Rc<[u8]>,
    /// When it was changed last, where that is known.
    pub modified: Option<Modified>,
}

/// A post's folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// Where it was in the repository, where that is known.
    pub folder: Option<Folder>,
    /// Its files, the post's own among them.
    pub files: Vec<BundleFile>,
}

impl Bundle {
    /// The post’s file.
    #[must_use]
    pub fn post(&self) -> Option<&BundleFile> {
        self.files.iter().find(|file| file.path == POST)
    }

    /// The bundle as a zip whose entries have the paths the repository wants. The same bundle always gives the same
    /// bytes: entries are sorted, and a file whose time is not known gets the zip format's first day.
    ///
    /// # Errors
    ///
    /// A path that no other reader should be asked to unpack, or files too large for a zip.
    pub fn to_zip(&self, folder: &Folder) -> Result<Parts, Refusal> {
        writing::write(self, folder)
    }
}

/// Any files as a zip, under their own paths; as [`Bundle::to_zip`] otherwise.
///
/// # Errors
///
/// As there.
pub fn zip_of(files: &[BundleFile]) -> Result<Parts, Refusal> {
    writing::files(files, str::to_owned)
}
