//! The pages, authors and files a site is known to have.
