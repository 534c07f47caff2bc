//! The page bundle: zips good and bad, names, pictures, and references that follow.

mod made;
mod opened;
mod pictures;
mod zips;
