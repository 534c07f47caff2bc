//! What everything that is rendered on a page shares.

use std::cell::Cell;

use crate::site::index::Target;

use super::{Audience, Page};

/// What everything that is rendered on a page shares.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) audience: Audience,
    /// The page's address on the site, `/2021/11/10/slug/`.
    address: &'a str,
    pub(super) title: &'a str,
    /// Something that was rendered since this was last looked at depends on the address.
    used_address: Cell<bool>,
}

impl<'a> Context<'a> {
    pub(super) const fn new(
        page: &'a Page<'a>,
        audience: Audience,
        address: &'a str,
        title: &'a str,
    ) -> Self {
        Self {
            page,
            audience,
            address,
            title,
            used_address: Cell::new(false),
        }
    }

    /// The page's address on the site. What asks for it is rendered again when it changes.
    pub(super) fn address(&self) -> &'a str {
        self.used_address.set(true);
        self.address
    }

    /// The address of what a path means.
    pub(super) fn address_of(&self, found: Target<'_>) -> String {
        match found {
            Target::This => self.address().to_owned(),
            Target::Address(url) => url.to_owned(),
        }
    }

    /// Whether the address was asked for since the last call.
    pub(super) const fn take_used_address(&self) -> bool {
        self.used_address.replace(false)
    }
}
