//! What the open post tells its draft: every edit, its card, and where the writer is.

use std::rc::Rc;

use crate::bundle::{Bundle, BundleFile, Folder, Modified};
use crate::draft::keys::{self, Range, Table};
use crate::draft::record::{self, Record};
use crate::draft::{
    self, Card, CardNote, ContentId, Failure, FileRef, Order, Place, Revision as DraftRevision,
    Snapshot, Stamp, Status as Safety, Timestamp, WriteId, WriterId, tail,
};
use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::site::Site;
use crate::text::{FileEdit, Text};

use super::super::disk;
use super::super::drafting::Drafting;
use super::super::effect::{Effect, Target};
use super::super::msg::{OpenedFile, Selection};
use super::super::storage::{Put, StoreOrder, Ticket, Timer};
use super::super::view::{SavingView, Status};
use super::super::{FileKind, PaneId, kind_of};
use super::Editing;
use super::disk::noted as disk_note;
use crate::text::said::capital;

/// A draft as it came out of the store.
#[derive(Debug)]
pub(in super::super) struct Restored {
    pub(in super::super) card: Card,
    pub(in super::super) bytes: Vec<u8>,
    /// Each with the name it is stored under.
    pub(in super::super) files: Vec<(ContentId, OpenedFile)>,
    /// The file as it was opened.
    pub(in super::super) opened: Option<(ContentId, Rc<[u8]>)>,
    /// Files that can be put back.
    pub(in super::super) taken_away: Vec<(ContentId, OpenedFile)>,
    /// What was in the folder on disk, by the paths there; what is not stored any more counts as not known.
    pub(in super::super) on_disk: Vec<(ContentId, String, Rc<[u8]>)>,
    /// The folder it was opened from just now, in place of the one the draft knows.
    pub(in super::super) place: Option<disk::Place>,
}

/// What the session notes of the screen in a card, in words of its own.
mod note {
    /// The post was begun here: nobody links to it.
    pub(super) const NEW: &str = "new";
    /// It came in a zip and leaves in one.
    pub(super) const ZIP: &str = "zip";
    /// The front matter is shown as text.
    pub(super) const RAW: &str = "yaml";
    /// The size of the text in bytes.
    pub(super) const SIZE: &str = "size=";
    /// How its text begins, spaces that do not break in place of spaces.
    pub(super) const BEGINS: &str = "begins=";
    /// The address the post had when it was opened.
    pub(super) const AT: &str = "at=";
}

/// The address the post had when it was opened, where a card says so.
pub(in super::super) fn opened_address(card: &Card) -> Option<&str> {
    card.place
        .panes
        .split(' ')
        .find_map(|word| word.strip_prefix(note::AT))
}

/// How the text a card is of begins, where it says so.
pub(in super::super) fn beginning(card: &Card) -> String {
    let begins = card
        .place
        .panes
        .split(' ')
        .find_map(|word| word.strip_prefix(note::BEGINS));
    begins.unwrap_or_default().replace('\u{a0}', " ")
}

/// The first words of a text, on one line.
fn first_words(text: &str) -> String {
    let mut begins = String::new();
    for word in text.split_whitespace() {
        if begins.len() + word.len() > LONGEST_BEGINNING {
            begins.push('…');
            break;
        }
        if !begins.is_empty() {
            begins.push('\u{a0}');
        }
        begins.push_str(word);
    }
    begins
}

/// How much of a text the list shows, in bytes.
const LONGEST_BEGINNING: usize = 140;

/// The size of the text a card is of, in bytes, where it says so.
pub(in super::super) fn text_size(card: &Card) -> u64 {
    card.place
        .panes
        .split(' ')
        .find_map(|word| word.strip_prefix(note::SIZE)?.parse().ok())
        .unwrap_or_default()
}

impl Editing {
    /// Opens what the store has kept.
    pub(in super::super) fn restore(
        from: Restored,
        mut drafting: Drafting,
        site: &Rc<Site>,
    ) -> (Self, Vec<Effect>) {
        let Restored {
            card,
            bytes,
            files,
            opened,
            taken_away,
            on_disk,
            place,
        } = from;
        for (id, file) in files.iter().chain(&taken_away) {
            drafting.knows(id.clone(), Rc::clone(&file.bytes));
        }
        for (id, _, bytes) in &on_disk {
            drafting.knows(id.clone(), Rc::clone(bytes));
        }
        if let Some((id, bytes)) = &opened {
            drafting.knows(id.clone(), Rc::clone(bytes));
        }
        let notes: Vec<&str> = card.place.panes.split(' ').collect();
        let has = |word| notes.contains(&word);
        let files: Vec<OpenedFile> = files.into_iter().map(|(_, file)| file).collect();
        let images: Vec<OpenedFile> = files
            .iter()
            .filter(|file| kind_of(&file.name) == FileKind::Image)
            .cloned()
            .collect();
        let named = |bytes: Rc<[u8]>| OpenedFile {
            name: card.name.clone(),
            bytes,
            modified: card.opened_modified.and_then(Modified::from_unix),
        };
        let (mut editing, mut effects) =
            Self::open(named(bytes.into()), images.clone(), Rc::clone(site));
        // What the draft began with is what its changes are told from.
        if let Some((_, before)) = opened {
            editing.opened = Text::from_bytes(&before);
            editing.opened_post = Post::parse(editing.opened.as_str());
            editing.opened_front_matter =
                FrontMatter::read(editing.opened.as_str(), &editing.opened_post);
            let (began, _) = Self::open(named(before), images, Rc::clone(site));
            editing.opened_address = began.opened_address;
            editing.compare();
        }
        if has(note::NEW) {
            editing.has_no_address_yet();
        }
        if has(note::ZIP) {
            let folder = card
                .folder
                .as_deref()
                .and_then(|folder| Folder::parse(folder).ok());
            editing.came_in_a_zip(Bundle {
                folder,
                files: files.iter().map(as_came).collect(),
            });
        }
        let taken_away = taken_away.into_iter().map(|(_, file)| file);
        editing.seen_files.splice(0..0, taken_away);
        let known = on_disk.into_iter().map(|(_, path, bytes)| (path, bytes));
        editing.disk = place.or_else(|| {
            card.on_disk.clone().map(|noted| disk::Place {
                name: noted.name,
                below: noted.below,
                post: noted.post,
                known: known.collect(),
                access: disk::Access::Unknown,
            })
        });
        editing.raw_shown = has(note::RAW);
        if card
            .exported
            .is_some_and(|exported| exported >= card.changed)
        {
            editing.downloaded = Some(editing.text.clone());
            editing.downloaded_files.clone_from(&editing.files);
            editing.in_folder = editing.disk_has_text();
        }
        let selection = Selection {
            from: editing.in_body(card.place.anchor),
            to: editing.in_body(card.place.head),
        };
        effects.push(Effect::RestorePlace {
            selection,
            scroll: card.place.scroll,
        });
        effects.push(Effect::Focus(Target::Pane(PaneId::Body)));
        drafting.card = card;
        editing.place = (selection, drafting.card.place.scroll);
        let writes = drafting.tab.writes();
        effects.extend(editing.disk.as_ref().map(|place| match place.access {
            disk::Access::Unknown => Effect::FetchFolder(drafting.draft),
            disk::Access::Asks | disk::Access::Open => Effect::AdoptFolder,
        }));
        editing.drafting = Some(drafting);
        if writes {
            effects.extend(editing.begin_draft());
        }
        (editing, effects)
    }

    /// What tells which post this is: its file's name, its folder, and its address when it was opened.
    pub(in super::super) fn whereabouts(&self) -> (&str, Option<String>, Option<String>) {
        let folder = self.zipped.as_ref().and_then(|came| came.folder.as_ref());
        (
            &self.file_name,
            folder.map(ToString::to_string),
            self.opened_address.clone(),
        )
    }

    /// From now on, changes are written to the storage.
    pub(in super::super) fn drafts_with(&mut self, drafting: Drafting) {
        self.drafting = Some(drafting);
    }

    /// The edit as it is to be stored; to be asked before it is made.
    pub(super) fn to_be_stored(&self, edit: &crate::text::TextEdit) -> Option<FileEdit> {
        self.drafting.as_ref()?;
        self.text.file_edit(edit).ok()
    }

    /// An edit was made.
    pub(super) fn draft_edited(&mut self, edit: FileEdit) -> Vec<Effect> {
        let revision = DraftRevision(self.revision.get());
        let Some(drafting) = &mut self.drafting else {
            return Vec::new();
        };
        let now = drafting.now;
        drafting.card.changed = now;
        match &mut drafting.journal {
            Some(journal) => {
                let orders = journal.edited(edit, revision, now);
                self.ordered(orders)
            }
            None => self.begin_draft(),
        }
    }

    /// Begins to write what there is, files too.
    pub(in super::super) fn begin_draft(&mut self) -> Vec<Effect> {
        let revision = self.revision.get();
        let Some(drafting) = &mut self.drafting else {
            return Vec::new();
        };
        let orders = drafting.begin(revision);
        // The card names the files, so that they get their names first.
        self.card();
        let mut effects = self.ordered(orders);
        effects.extend(self.draft_files());
        effects.extend(self.keep_folder());
        effects
    }

    /// The folder on disk has other files now, or is another one.
    pub(super) fn draft_folder_changed(&mut self) -> Vec<Effect> {
        self.card();
        let mut effects = self.draft_files();
        effects.extend(self.keep_folder());
        effects
    }

    /// The store is a new one, or may be.
    pub(in super::super) fn draft_begins_again(&mut self, writer: WriterId) -> Vec<Effect> {
        let begins = self
            .drafting
            .as_mut()
            .is_some_and(|drafting| drafting.begins_again(writer));
        if begins {
            self.begin_draft()
        } else {
            Vec::new()
        }
    }

    /// The post's files are others now, which makes it a draft too.
    pub(super) fn draft_files_changed(&mut self) -> Vec<Effect> {
        let Some(drafting) = &mut self.drafting else {
            return Vec::new();
        };
        drafting.card.changed = drafting.now;
        if drafting.journal.is_none() {
            return self.begin_draft();
        }
        let mut effects = self.draft_card_changed();
        self.card();
        effects.extend(self.draft_files());
        effects
    }

    fn draft_files(&mut self) -> Vec<Effect> {
        self.drafting
            .as_mut()
            .map(Drafting::write_files)
            .unwrap_or_default()
    }

    /// What is known beside the text has changed.
    pub(super) fn draft_card_changed(&mut self) -> Vec<Effect> {
        self.with_journal(|journal, now| journal.card_changed(now))
    }

    /// The post was downloaded as it stands.
    pub(super) fn draft_exported(&mut self) -> Vec<Effect> {
        if let Some(drafting) = &mut self.drafting {
            drafting.card.exported = Some(drafting.now);
        }
        self.draft_card_changed()
    }

    /// The writer is somewhere else in the text.
    pub(in super::super) fn place_moved(
        &mut self,
        selection: Selection,
        scroll: u64,
    ) -> Vec<Effect> {
        if self.place == (selection, scroll) {
            return Vec::new();
        }
        self.place = (selection, scroll);
        self.draft_card_changed()
    }

    /// The page is left, or this post is: all goes out.
    pub(in super::super) fn draft_hidden(&mut self) -> Vec<Effect> {
        self.with_journal(draft::Journal::hidden)
    }

    /// The journal's timer rang.
    pub(in super::super) fn draft_timer(&mut self, timer: Timer) -> Vec<Effect> {
        match timer {
            Timer::Journal => self.with_journal(draft::Journal::tick),
            Timer::Files => self.draft_files(),
            Timer::Tab => Vec::new(),
        }
    }

    /// The writer wants it tried again now.
    pub(in super::super) fn draft_retried(&mut self) -> Vec<Effect> {
        let mut effects = self.with_journal(draft::Journal::retried);
        effects.extend(self.draft_files());
        effects
    }

    /// A write was answered.
    pub(in super::super) fn draft_written(
        &mut self,
        ticket: Ticket,
        result: Result<(), Failure>,
    ) -> Vec<Effect> {
        let Some(drafting) = &mut self.drafting else {
            return Vec::new();
        };
        let ours = |writer: WriterId| writer == drafting.writer;
        match ticket {
            Ticket::Journal(writer, id) if ours(writer) => {
                let effects = self.with_journal(|journal, now| journal.written(id, result, now));
                self.stored_along();
                effects
            }
            Ticket::File(writer, number) if ours(writer) => drafting.file_written(number, result),
            _ => Vec::new(),
        }
    }

    /// Once the whole text is stored, so is what had to go with it.
    fn stored_along(&mut self) {
        if let Some(drafting) = &mut self.drafting
            && drafting
                .journal
                .as_ref()
                .is_some_and(|journal| matches!(journal.status(), Safety::Saved { .. }))
        {
            drafting.along.clear();
        }
    }

    pub(in super::super) fn drafting(&self) -> Option<&Drafting> {
        self.drafting.as_ref()
    }

    pub(in super::super) fn now_is(&mut self, now: Timestamp) {
        if let Some(drafting) = &mut self.drafting {
            drafting.now = now;
        }
    }

    /// Whether leaving now could lose text or files; `None` where nothing is stored at all.
    pub(super) fn leaving_loses(&self) -> Option<bool> {
        let drafting = self.drafting.as_ref()?;
        Some(drafting.warns_on_leaving(self.text.as_str().len()))
    }

    /// What the status line says.
    pub(in super::super) fn saving(&self) -> SavingView {
        if self.only_reads() && self.is_stored() {
            return SavingView {
                sentence: "Only for reading here: another tab writes this text".to_owned(),
                safety: None,
                unsaved: false,
                reminder: None,
            };
        }
        let status = self.status();
        let of_file = SavingView {
            sentence: status.sentence().to_owned(),
            safety: None,
            unsaved: status == Status::OnlyInThisTab,
            reminder: None,
        };
        let Some(drafting) = &self.drafting else {
            return of_file;
        };
        let Some(safety) = drafting.safety() else {
            return of_file;
        };
        let of_draft = SavingView {
            sentence: safety.words(),
            safety: Some(safety),
            unsaved: false,
            reminder: if matches!(status, Status::Downloaded | Status::InFolder) {
                Some(status.sentence().to_owned())
            } else {
                let card = &drafting.card;
                draft::reminder(card.exported, card.changed, drafting.now, drafting.offset)
                    .map(|text| capital(&text))
            },
        };
        if of_draft.is_trouble() {
            return SavingView {
                unsaved: true,
                ..of_draft
            };
        }
        if status == Status::Unchanged {
            return of_file;
        }
        of_draft
    }

    fn with_journal(
        &mut self,
        act: impl FnOnce(&mut draft::Journal, Timestamp) -> Vec<Order>,
    ) -> Vec<Effect> {
        let Some(drafting) = &mut self.drafting else {
            return Vec::new();
        };
        let Some(journal) = &mut drafting.journal else {
            return Vec::new();
        };
        let orders = act(journal, drafting.now);
        self.ordered(orders)
    }

    // ---- orders ----------------------------------------------------------------------------------------------------

    /// The journal's orders with what they are to write: the text is what it is now, not when they are performed.
    fn ordered(&mut self, orders: Vec<Order>) -> Vec<Effect> {
        orders
            .into_iter()
            .filter_map(|order| self.store_order(order))
            .map(Effect::Store)
            .collect()
    }

    fn store_order(&mut self, order: Order) -> Option<StoreOrder> {
        let drafting = self.drafting.as_ref()?;
        let (draft, writer) = (drafting.draft, drafting.writer);
        let tail_key = drafting.tail_key();
        Some(match order {
            Order::OpenStore => StoreOrder::Reopen,
            Order::WriteEntries { id, entries, .. } => {
                let entries = entries.into_iter().map(|entry| Put {
                    table: Table::Records,
                    key: keys::entry(entry.stamp),
                    bytes: record::encode(&Record::Entry(entry)).into(),
                });
                let mut puts: Vec<Put> = entries.collect();
                puts.extend(self.card_put());
                self.store_write(id, puts)
            }
            Order::WriteSnapshot { id, stamp } => {
                let snapshot = Record::Snapshot(self.snapshot(stamp)?);
                let mut puts = vec![Put {
                    table: Table::Records,
                    key: keys::snapshot(stamp),
                    bytes: record::encode(&snapshot).into(),
                }];
                puts.extend(self.card_put());
                puts.extend(self.drafting.iter().flat_map(|d| d.along.clone()));
                self.store_write(id, puts)
            }
            Order::WriteTail { bytes, .. } => StoreOrder::WriteTail {
                key: tail_key,
                text: tail::to_text(&bytes),
            },
            Order::WriteTailSnapshot { stamp, otherwise } => {
                let whole = tail::of_snapshot(self.snapshot(stamp)?);
                StoreOrder::WriteTail {
                    key: tail_key,
                    text: tail::to_text(&whole.unwrap_or(otherwise)),
                }
            }
            Order::DropTail { writer } => StoreOrder::DropTail {
                key: keys::tail(draft, writer),
            },
            Order::DropEntriesBefore { seq } => tidy(vec![
                (Table::Records, keys::entries_up_to(draft, writer, seq)),
                (
                    Table::Records,
                    keys::snapshots_up_to(draft, writer, draft::Seq(seq.0.checked_sub(1)?)),
                ),
            ]),
            Order::DropWriter { writer, seq } => tidy(vec![
                (Table::Records, keys::entries_up_to(draft, writer, seq)),
                (Table::Records, keys::snapshots_up_to(draft, writer, seq)),
                (Table::Cards, keys::only(keys::card(draft, writer))),
            ]),
            Order::SetTimer(ms) => StoreOrder::SetTimer {
                timer: Timer::Journal,
                ms,
            },
        })
    }

    fn store_write(&self, id: WriteId, puts: Vec<Put>) -> StoreOrder {
        let writer = self.drafting.as_ref().map_or(WriterId(0), |d| d.writer);
        StoreOrder::Write {
            ticket: Ticket::Journal(writer, id),
            puts,
            drops: Vec::new(),
        }
    }

    fn snapshot(&mut self, stamp: Stamp) -> Option<Snapshot> {
        let card = self.card()?;
        let drafting = self.drafting.as_ref()?;
        let follows = drafting.journal.as_ref()?.follows().to_vec();
        Some(Snapshot {
            stamp,
            card,
            follows,
            bytes: self.text.to_bytes(),
        })
    }

    fn card_put(&mut self) -> Option<Put> {
        let card = self.card()?;
        let drafting = self.drafting.as_ref()?;
        let note = CardNote {
            stamp: drafting.journal.as_ref()?.stamp(),
            card,
        };
        Some(Put {
            table: Table::Cards,
            key: keys::card(drafting.draft, drafting.writer),
            bytes: record::encode(&Record::Card(note)).into(),
        })
    }

    /// What the list shows of the post, as it is now.
    fn card(&mut self) -> Option<Card> {
        let (selection, scroll) = self.place;
        let place = Place {
            anchor: self.in_file(selection.from),
            head: self.in_file(selection.to),
            scroll,
            panes: self.notes(),
        };
        let variables = self.preview.variables();
        let title = if variables.title.is_empty() {
            self.file_name.clone()
        } else {
            variables.title.clone()
        };
        let words = u64::from(variables.word_count);
        let folder = self
            .zipped
            .as_ref()
            .and_then(|came| came.folder.as_ref().map(ToString::to_string));
        let others = self.others().map(|file| OpenedFile {
            name: file.path.clone(),
            bytes: Rc::clone(&file.bytes),
            modified: file.modified,
        });
        let files: Vec<OpenedFile> = self.files.iter().cloned().chain(others).collect();
        let mut taken_away: Vec<OpenedFile> = self.taken_away().cloned().collect();
        // As they went, the last one last.
        taken_away.reverse();
        let opened_modified = self.opened_modified.and_then(Modified::to_unix);
        let name = self.file_name.clone();
        let drafting = self.drafting.as_mut()?;
        let mut noted = |file: OpenedFile| FileRef {
            path: file.name,
            content: drafting.content(&file.bytes),
            size: u64::try_from(file.bytes.len()).unwrap_or(u64::MAX),
            modified: file.modified.and_then(Modified::to_unix),
        };
        let files = files.into_iter().map(&mut noted).collect();
        let taken_away = taken_away.into_iter().map(&mut noted).collect();
        let on_disk = self.disk.as_ref().map(|place| disk_note(place, drafting));
        let opened = Rc::clone(&drafting.opened);
        let opened = Some(drafting.content(&opened));
        let card = Card {
            name,
            folder,
            title,
            words,
            files,
            opened,
            opened_modified,
            noted: drafting.now,
            deleted: None,
            place,
            on_disk,
            taken_away,
            ..drafting.card.clone()
        };
        drafting.card = card.clone();
        Some(card)
    }

    fn notes(&self) -> String {
        let mut notes = vec![format!("{}{}", note::SIZE, self.text.as_str().len())];
        notes.extend(
            self.opened_address
                .as_ref()
                .map(|address| format!("{}{address}", note::AT)),
        );
        let body = self.post.body.of(self.text.as_str());
        notes.push(format!("{}{}", note::BEGINS, first_words(body)));
        for (holds, word) in [
            (self.begun_here, note::NEW),
            (self.zipped.is_some(), note::ZIP),
            (self.raw_shown, note::RAW),
        ] {
            if holds {
                notes.push(word.to_owned());
            }
        }
        notes.join(" ")
    }
}

fn as_came(file: &OpenedFile) -> BundleFile {
    BundleFile {
        path: file.name.clone(),
        bytes: Rc::clone(&file.bytes),
        modified: file.modified,
    }
}

/// A write that nobody waits for.
fn tidy(drops: Vec<(Table, Range)>) -> StoreOrder {
    StoreOrder::Write {
        ticket: Ticket::Tidying,
        puts: Vec::new(),
        drops,
    }
}
