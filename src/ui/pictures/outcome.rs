//! A result: its bytes, and what it shows beside the picture it was made of.

use std::rc::Rc;

use crate::picture::{Format, Plan, Rect, Size, metadata};
use crate::shell::pictures::{Address, Made};
use crate::text::Refusal;

/// A result.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Outcome {
    plan: Plan,
    /// What the file says about the writer was left out.
    removed: bool,
    /// The kind of file.
    pub(super) kind: Option<Format>,
    pub(super) bytes: Rc<[u8]>,
    pub(super) size: Size,
    /// The same part before and after it was encoded; `None`: the pixels are the file’s own.
    pub(super) detail: Option<Detail>,
}

/// A part of the result, for comparing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Detail {
    pub(super) part: Rect,
    pub(super) before: Address,
    /// All of the result.
    pub(super) after: Address,
}

impl Outcome {
    /// A picture made anew; `keeps`: the file whose words about place and camera are to stay.
    pub(super) fn encoded(
        plan: Plan,
        kind: Format,
        bytes: Rc<[u8]>,
        made: &Made,
        keeps: Option<&[u8]>,
    ) -> Self {
        let data = keeps.and_then(|file| metadata::camera_data(file, plan.to()));
        let with = data.and_then(|data| metadata::with_camera_data(&bytes, &data));
        let removed = keeps.is_none();
        let bytes = with.map_or(bytes, Into::into);
        let after = Address::of(&bytes, kind.media_type());
        Self {
            plan,
            removed,
            kind: Some(kind),
            bytes,
            size: plan.to(),
            detail: after.map(|after| Detail {
                part: made.detail,
                before: made.before.clone(),
                after,
            }),
        }
    }

    /// The file with its own pixels, with or without what it says beside them.
    pub(super) fn kept(plan: Plan, bytes: &Rc<[u8]>, removes: bool) -> Result<Self, Refusal> {
        Ok(Self {
            plan,
            removed: removes,
            kind: Format::of(bytes),
            bytes: if removes {
                metadata::remove(bytes)?.into()
            } else {
                Rc::clone(bytes)
            },
            size: plan.source(),
            detail: None,
        })
    }

    /// Whether it is what is chosen now.
    pub(super) fn is_of(&self, plan: &Plan, removes: bool) -> bool {
        self.plan == *plan && self.removed == removes
    }
}
