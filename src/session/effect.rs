//! What the shell is to do. Verb first; performed in order.

use std::rc::Rc;

use crate::bundle::Parts;
use crate::preview::Patch;
use crate::preview::positions::Place;
use crate::text::{PaneChange, Utf16Pos};
use crate::writing::Command;

use super::look::PaneSpot;
use super::msg::{OpenedFile, Selection};
use super::storage::StoreOrder;
use super::{PaneId, Revision};

/// Which folder on disk is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderTarget {
    /// The one that was opened or saved last.
    InPlace,
    /// A new one, in a folder the writer picks now.
    New {
        /// Its name.
        name: String,
    },
}

/// A file to be written to a folder on disk, or to be removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderWrite {
    /// Its path below the folder.
    pub path: String,
    /// What is to be in it; `None`: it goes.
    pub bytes: Option<Rc<[u8]>>,
    /// What is in it as far as we know; `None`: it is not there.
    pub expected: Option<Rc<[u8]>>,
}

/// An order to the shell.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Show this text in a pane, whatever it showed before.
    FillPane {
        /// Which pane.
        pane: PaneId,
        /// Its text, line breaks as `\n`.
        text: Rc<str>,
        /// The revision it now shows.
        revision: Revision,
    },
    /// Make one change in a pane, as undo does; not to be reported back.
    ChangePane {
        /// Which pane.
        pane: PaneId,
        /// The change.
        change: PaneChange,
        /// What is selected afterwards, where that is known.
        select: Option<Selection>,
        /// The revision the pane then shows.
        revision: Revision,
    },
    /// The command had nothing to do: the key or the paste that gave it has its usual meaning in the Markdown pane.
    DoAsUsual(Command),
    /// Select this in the Markdown pane, and bring it into view.
    SelectInPane(Selection),
    /// Tell a pane that it shows this revision by now; its text is right already.
    StampPane {
        /// Which pane.
        pane: PaneId,
        /// The revision.
        revision: Revision,
    },
    /// The post's files that the preview may show, in place of any before.
    HoldFiles(Vec<OpenedFile>),
    /// Bring the article preview up to date.
    PatchPreview(Patch),
    /// Have a text formatted by Prettier; to be reported back with the revision it is of.
    FormatText {
        /// The body, line breaks as `\n`.
        text: Rc<str>,
        /// The revision.
        revision: Revision,
    },
    /// Report [`super::Msg::RenderDue`] once the writer pauses: to show this at each key would hold the keys up.
    RenderLater,
    /// Hand the writer a file.
    Download {
        /// Its name.
        name: String,
        /// Its bytes; files that are held already are not copied.
        bytes: Parts,
        /// Which revision it holds, to be reported back.
        revision: Revision,
    },
    /// Read these files of the folder that was opened last; report [`super::Msg::FolderRead`].
    ReadFolder {
        /// To be reported.
        post: String,
        /// Their paths below it.
        paths: Vec<String>,
    },
    /// Write to a folder on disk. Where a file is neither what was expected nor what is to be written, nothing is, and
    /// [`super::Msg::FolderFoundChanged`] is reported; else [`super::Msg::FolderSaved`].
    SaveToFolder {
        /// Which folder.
        target: FolderTarget,
        /// What to write, in this order.
        writes: Vec<FolderWrite>,
        /// To be reported.
        revision: Revision,
    },
    /// Ask before the tab is closed, or no longer.
    GuardLeaving(bool),
    /// Put the keyboard where a change was made or taken back.
    Focus(Target),
    /// Bring this place of the article to its top.
    ScrollPage(Place),
    /// Bring this place of the Markdown pane to its top.
    ScrollText(PaneSpot),
    /// Text and article scroll together from now on, or no longer.
    ScrollTogether(bool),
    /// Mark the block of the article that is being edited, by its number.
    MarkBlock(Option<usize>),
    /// Select this in the Markdown pane and scroll it so far, in CSS pixels, as soon as it is there.
    RestorePlace {
        /// What to select.
        selection: Selection,
        /// How far to scroll.
        scroll: u64,
    },
    /// Fetch the index of the site's pages: the one this browser keeps, else the one beside the app. To be reported as
    /// [`super::PagesTold::Came`] or [`super::PagesTold::Missing`].
    FetchSiteIndex,
    /// Keep this index in this browser; to be reported as [`super::PagesTold::Kept`].
    KeepSiteIndex(Rc<[u8]>),
    /// Forget the index this browser keeps and fetch the one beside the app.
    ReplaceSiteIndex,
    /// Something for the browser's storage.
    Store(StoreOrder),
    /// Put the caret of the Markdown pane here, as high on the screen as what was pressed.
    PlaceCaret(Utf16Pos),
}

/// Where the keyboard can be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// The heading of the screen, after it changed.
    Screen,
    /// A text pane.
    Pane(PaneId),
    /// A text pane, with this part of it selected.
    Part(PaneId, Selection),
    /// The control of a form field.
    Field(crate::yaml::KeyPath),
}
