//! The kept versions: when one is kept, what the list shows, names, which are had back, and which go.

use std::rc::Rc;

use crate::draft::keys::{self, Table};
use crate::draft::record::{self, Decoded, Record};
use crate::draft::versions::{self, Reason, Version};
use crate::draft::{Failure, VersionId, ago, diff};

use super::Session;
use super::editing::Editing;
use super::effect::Effect;
use super::msg::{Input, Msg};
use super::storage::{DraftAsked, Kept, Purpose, Put, StoreOrder, Ticket};
use super::view::{Tone, VersionView};
use crate::text::said::capital;
use crate::text::sort;

/// The longest name of a version, in characters.
const LONGEST_NAME: usize = 80;

/// What the session knows of all kept versions.
#[derive(Debug, Default)]
pub(super) struct Versions {
    /// Those of the open draft, while they are shown.
    shown: Vec<Version>,
    view: Option<Rc<Vec<VersionView>>>,
    /// All of them, without their texts; `None` until the storage was asked, which is once a visit.
    known: Option<Vec<versions::Kept>>,
    asked: bool,
    /// On their way to the storage.
    under_way: Vec<(versions::Kept, Why)>,
}

/// Why a version is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Kept,
    /// The writer asked for it, or for another name.
    Asked,
}

impl Versions {
    pub(super) fn view(&self) -> Option<Rc<Vec<VersionView>>> {
        self.view.clone()
    }

    /// They are not looked at any more.
    pub(super) fn hide(&mut self) {
        self.view = None;
        self.shown.clear();
    }
}

/// A version as it is stored.
pub(super) fn put(version: Version) -> Put {
    Put {
        table: Table::Versions,
        key: keys::version(version.stamp.draft, version.id),
        bytes: record::encode(&Record::Version(version)).into(),
    }
}

impl Session {
    /// Asks once which versions there are: those that are too many go then.
    pub(super) fn list_versions_once(&mut self) -> Vec<Effect> {
        if std::mem::replace(&mut self.drafts.versions.asked, true) {
            return Vec::new();
        }
        vec![Effect::Store(StoreOrder::ListVersions)]
    }

    /// The storage told all versions that can be read.
    pub(super) fn versions_listed(&mut self, known: Vec<versions::Kept>) -> Vec<Effect> {
        self.drafts.versions.known = Some(known);
        self.thin_versions()
    }

    /// Lets go of what is too much.
    fn thin_versions(&mut self) -> Vec<Effect> {
        let now = self.drafts.now;
        let Some(known) = &mut self.drafts.versions.known else {
            return Vec::new();
        };
        let go = versions::plan(known, now);
        if go.is_empty() {
            return Vec::new();
        }
        let drops = known
            .iter()
            .filter(|kept| go.contains(&kept.id))
            .map(|kept| {
                (
                    Table::Versions,
                    keys::only(keys::version(kept.draft, kept.id)),
                )
            })
            .collect();
        known.retain(|kept| !go.contains(&kept.id));
        vec![Effect::Store(StoreOrder::Write {
            ticket: Ticket::Tidying,
            puts: Vec::new(),
            drops,
        })]
    }

    /// Whether texts that were given up are on their way to become versions.
    pub(super) fn has_versions_along(&self) -> bool {
        let drafting = self.editing.as_ref().and_then(Editing::drafting);
        drafting.is_some_and(|drafting| !drafting.along.is_empty())
    }

    /// Keeps the text as it is, unless that is done.
    pub(super) fn keep_version(&mut self, reason: Reason) -> Vec<Effect> {
        let Some(id) = self.draw().map(VersionId) else {
            return Vec::new();
        };
        let version = self
            .editing
            .as_mut()
            .and_then(|editing| editing.new_version(id, reason));
        match version {
            Some(version) if reason == Reason::Asked => self.write_version(version, Why::Asked),
            Some(version) => self.write_version(version, Why::Kept),
            None => Vec::new(),
        }
    }

    fn write_version(&mut self, version: Version, why: Why) -> Vec<Effect> {
        let ticket = Ticket::Version(version.id);
        self.drafts.versions.under_way.push((version.kept(), why));
        vec![Effect::Store(StoreOrder::Write {
            ticket,
            puts: vec![put(version)],
            drops: Vec::new(),
        })]
    }

    /// A version was written, or not.
    pub(super) fn version_written(
        &mut self,
        id: VersionId,
        result: Result<(), Failure>,
    ) -> Vec<Effect> {
        let versions = &mut self.drafts.versions;
        let found = versions
            .under_way
            .iter()
            .position(|(kept, _)| kept.id == id);
        let Some((kept, why)) = found.map(|at| versions.under_way.swap_remove(at)) else {
            return Vec::new();
        };
        match result {
            Ok(()) => {
                if let Some(known) = &mut versions.known {
                    known.retain(|known| known.id != kept.id);
                    known.push(kept);
                }
                self.thin_versions()
            }
            Err(failure) => {
                if let Some(editing) = &mut self.editing {
                    editing.version_was_not_kept();
                }
                if why == Why::Asked {
                    let words = failure.words();
                    self.tell(
                        Tone::Problem,
                        format!("The version was not stored: {words}. Try again."),
                    );
                }
                Vec::new()
            }
        }
    }

    /// Keeps a version where someone has written long enough.
    pub(super) fn keep_version_when_due(&mut self) -> Vec<Effect> {
        if self.editing.as_ref().is_some_and(Editing::version_is_due) {
            self.keep_version(Reason::Writing)
        } else {
            Vec::new()
        }
    }

    /// Keeps a version before a message changes much at once.
    pub(super) fn keep_version_before(&mut self, msg: &Msg) -> Vec<Effect> {
        match msg {
            Msg::FormatTaken { .. } => self.keep_version(Reason::BeforeFormat),
            Msg::BodyTyped {
                input: Input::ReplacedAll,
                ..
            } => self.keep_version(Reason::BeforeReplace),
            _ => Vec::new(),
        }
    }

    /// What the writer asks for in the list of versions.
    pub(super) fn version_asked(&mut self, asked: &DraftAsked) -> Vec<Effect> {
        match asked {
            DraftAsked::Versions(true) => self.read_versions(),
            DraftAsked::Restore(id) => self.restore_version(*id),
            DraftAsked::KeepVersion => {
                let mut effects = self.keep_version(Reason::Asked);
                // It is written before this is read: the storage keeps to the order.
                effects.extend(self.read_versions());
                effects
            }
            DraftAsked::NameVersion { id, name } => self.name_version(*id, name),
            _ => {
                self.drafts.versions.hide();
                Vec::new()
            }
        }
    }

    fn read_versions(&self) -> Vec<Effect> {
        let draft = self.open_draft_id();
        let read = draft.map(|draft| {
            Effect::Store(StoreOrder::ReadDrafts {
                purpose: Purpose::Versions,
                drafts: vec![draft],
            })
        });
        read.into_iter().collect()
    }

    /// The version of which the writer wants the text again; what is there now becomes one first.
    fn restore_version(&mut self, id: VersionId) -> Vec<Effect> {
        let shown = &self.drafts.versions.shown;
        let found = shown.iter().find(|known| known.id == id);
        let Some(bytes) = found.map(|version| version.bytes.clone()) else {
            return Vec::new();
        };
        self.drafts.versions.hide();
        if self.editing.as_ref().is_none_or(Editing::only_reads) {
            return Vec::new();
        }
        let mut effects = self.keep_version(Reason::BeforeReplace);
        if let Some(editing) = &mut self.editing {
            effects.extend(editing.restore_version(&bytes));
        }
        effects
    }

    /// Gives a version a name, or takes it away.
    fn name_version(&mut self, id: VersionId, name: &str) -> Vec<Effect> {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        let name = (!name.is_empty()).then_some(name);
        let shown = &mut self.drafts.versions.shown;
        let Some(version) = shown.iter_mut().find(|known| known.id == id) else {
            return Vec::new();
        };
        if version.name == name {
            return Vec::new();
        }
        version.name = name;
        let version = version.clone();
        self.show_versions();
        self.write_version(version, Why::Asked)
    }

    /// The versions of the open draft were read.
    pub(super) fn versions_read(&mut self, kept: &Kept) -> Vec<Effect> {
        let mut shown: Vec<Version> = kept
            .versions
            .iter()
            .filter_map(|stored| match record::decode(stored.bytes.as_deref()?) {
                Decoded::Record(record) => match *record {
                    Record::Version(version) => Some(version),
                    _ => None,
                },
                _ => None,
            })
            .collect();
        sort::sort_by_key(&mut shown, |version| {
            std::cmp::Reverse((version.time, version.id))
        });
        self.drafts.versions.shown = shown;
        self.show_versions();
        Vec::new()
    }

    fn show_versions(&mut self) {
        let Some(editing) = &self.editing else {
            return;
        };
        let now = self.drafts.now;
        let versions = &mut self.drafts.versions;
        let view = versions.shown.iter().map(|version| VersionView {
            id: version.id,
            name: version.name.clone().unwrap_or_default(),
            title: version
                .name
                .clone()
                .unwrap_or_else(|| capital(version.reason.label())),
            facts: format!(
                "{} · {}",
                ago(now.since(version.time)),
                match version.name {
                    Some(_) => version.reason.label(),
                    None => &version.title,
                }
            ),
            lines: diff::lines(
                &String::from_utf8_lossy(&version.bytes),
                editing.shown_text(),
            ),
        });
        versions.view = Some(Rc::new(view.collect()));
    }
}
