//! The page as Hugo renders it. One entry: `render`.
