//! What is stored of a draft: the whole text now and then, each edit in between, and what the list shows.

use crate::text::{BytePos, FileEdit};

use super::{ContentId, Follow, Revision, Stamp, Timestamp};

/// A file that belongs to the draft, by name and content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// Its path below the bundle's folder.
    pub path: String,
    /// Its content, stored once and apart.
    pub content: ContentId,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed last, in seconds since 1970 began by the writer's own clock, where that is known.
    pub modified: Option<i64>,
}

/// Where the writer was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Where the selection began, in the post.
    pub anchor: BytePos,
    /// Where the caret is, in the post.
    pub head: BytePos,
    /// How far the text was scrolled, in CSS pixels.
    pub scroll: u64,
    /// Which panes were open, as the session writes it; nothing here reads it.
    pub panes: String,
}

/// The folder on disk a post is saved to, as far as it can be written down: the browser keeps its handle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnDisk {
    /// Its name.
    pub name: String,
    /// The post’s folder below it; empty: the same.
    pub below: String,
    /// What the post’s file is called there.
    pub post: String,
    /// What was there when it was read or written last, by the paths below the post’s folder.
    pub known: Vec<(String, ContentId)>,
}

/// What is known of a draft beside its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// The post's file name.
    pub name: String,
    /// The folder it came from, where that is known.
    pub folder: Option<String>,
    /// The title, for the list.
    pub title: String,
    /// How many words it has, for the list.
    pub words: u64,
    /// The files beside the post.
    pub files: Vec<FileRef>,
    /// The file as it was opened, where there was one.
    pub opened: Option<ContentId>,
    /// When that file was changed last, as in [`FileRef`].
    pub opened_modified: Option<i64>,
    /// When the draft was begun.
    pub created: Timestamp,
    /// When its text was changed last.
    pub changed: Timestamp,
    /// When this card was written: of two, the later one counts.
    pub noted: Timestamp,
    /// When it was downloaded last.
    pub exported: Option<Timestamp>,
    /// When it was deleted; it can be had back for [`super::versions::RESTORABLE`].
    pub deleted: Option<Timestamp>,
    /// Where the writer was.
    pub place: Place,
    /// The folder on disk it is saved to.
    pub on_disk: Option<OnDisk>,
    /// Files that were beside the post and can be put back.
    pub taken_away: Vec<FileRef>,
}

/// The whole text of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// Which text.
    pub stamp: Stamp,
    /// What else is known.
    pub card: Card,
    /// Which edits of other writers are in the text: their chains have come to an end in it.
    pub follows: Vec<Follow>,
    /// The post's bytes, whatever they are.
    pub bytes: Vec<u8>,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The text after the edit.
    pub stamp: Stamp,
    /// The session's number of the text before it.
    pub before: Revision,
    /// The edit.
    pub edit: FileEdit,
    /// When it was made.
    pub time: Timestamp,
}

/// A card without a text, where only the card has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardNote {
    /// The text it was written for.
    pub stamp: Stamp,
    /// The card.
    pub card: Card,
}
