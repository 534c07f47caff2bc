//! The real posts to test with, where they are. Never copied into the project.

use std::path::{Path, PathBuf};

/// The folder of test data; `None`, said aloud, where it is not there.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("RECAP_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"),
        PathBuf::from,
    );
    if folder.join("corpus").is_dir() {
        return Some(folder);
    }
    println!("skipped: the real posts are not in {}", folder.display());
    None
}

/// Every `index.md` below `folder`, in order.
pub(crate) fn posts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().is_some_and(|name| name == "index.md") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no posts in {}", folder.display());
    found
}
