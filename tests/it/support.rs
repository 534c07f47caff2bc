//! What several tests need: the shared test data, where it is to be found.

use std::path::{Path, PathBuf};

use recap_editor::session::{Effect, PaneId, Revision};
use recap_editor::text::Utf16Pos;

/// The folder of shared test data; `None`, with a line that says so, where it is missing.
pub(crate) fn shared(what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("RECAP_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    let path = folder.join(what);
    if path.exists() {
        return Some(path);
    }
    eprintln!(
        "Skipped: {} is not here (set RECAP_SHARED).",
        path.display()
    );
    None
}

/// What the Markdown pane shows, as far as the session's orders tell.
#[derive(Debug, Default)]
pub(crate) struct BodyShown {
    pub(crate) text: String,
    pub(crate) revision: Revision,
}

impl BodyShown {
    pub(crate) fn perform(&mut self, effect: &Effect) {
        match effect {
            Effect::FillPane {
                pane: PaneId::Body,
                text,
                revision,
            } => {
                self.text = text.to_string();
                self.revision = *revision;
            }
            Effect::ChangePane {
                pane: PaneId::Body,
                change,
                revision,
                ..
            } => {
                let at = |pos: Utf16Pos| pos.in_text(&self.text).unwrap().get();
                let range = at(change.from)..at(change.to);
                self.text.replace_range(range, &change.insert);
                self.revision = *revision;
            }
            Effect::StampPane {
                pane: PaneId::Body,
                revision,
            } => self.revision = *revision,
            _ => {}
        }
    }
}

/// Every `index.md` of the corpus with its path below `posts/`, in order; none where the corpus is missing.
pub(crate) fn corpus_posts() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = shared("corpus/posts") else {
        return Vec::new();
    };
    let mut posts = Vec::new();
    collect(&folder, &folder, &mut posts);
    posts.sort();
    posts
}

fn collect(root: &Path, folder: &Path, posts: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, posts);
        } else if path.file_name().is_some_and(|name| name == "index.md") {
            let below = path.strip_prefix(root).unwrap().display().to_string();
            posts.push((below, std::fs::read(&path).unwrap()));
        }
    }
}

/// An empty folder of its own that goes away with it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("recap-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// Writes a file, in folders that are made where they are missing.
    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A small generator of numbers, the same in every run (xorshift).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides.max(1) as u64)).unwrap()
    }
}
