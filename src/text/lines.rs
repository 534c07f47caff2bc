//! What differs between two texts, line by line.

use similar::DiffOp;
use similar::algorithms::{Capture, Compact, Replace, myers};

/// What became of the lines, in order, by Myers’ algorithm; with the greatest possible stretches in one. Both lists are
/// lines of a text, with or without their line ends.
///
/// The one place that compares: asked for by name at run time, all algorithms of the crate would be in the download.
#[must_use]
pub fn differences(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut found = Compact::new(Replace::new(Capture::new()), old, new);
    match myers::diff(&mut found, old, 0..old.len(), new, 0..new.len()) {
        Ok(()) => found.into_inner().into_inner().into_ops(),
        Err(never) => match never {},
    }
}
