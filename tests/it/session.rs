//! The app as a value: what a person does, without a browser.

use std::rc::Rc;

use recap_editor::day::Day;
use recap_editor::session::view::{Screen, Status};
use recap_editor::session::{
    Effect, Input, Millis, Msg, OpenedFile, PaneId, Revision, Selection, Session, Start, Target,
};
use recap_editor::site::Site;
use recap_editor::text::{PaneChange, Utf16Pos, difference};
use recap_editor::yaml::{KeyPath, Value};

use crate::support::BodyShown;

/// A session with panes that do as they are told.
struct Desk {
    session: Session,
    body: BodyShown,
    downloads: Vec<Vec<u8>>,
    now: u64,
}

impl Desk {
    fn open(bytes: &[u8]) -> Self {
        let mut desk = Self {
            session: Session::new(Rc::new(Site::linkerd())),
            body: BodyShown::default(),
            downloads: Vec::new(),
            now: 0,
        };
        desk.tell(Msg::FilesOpened(vec![OpenedFile {
            name: "post.md".to_owned(),
            bytes: bytes.into(),
            modified: None,
        }]));
        desk
    }

    fn tell(&mut self, msg: Msg) {
        for effect in self.session.update(msg) {
            self.body.perform(&effect);
            if let Effect::Download {
                revision, bytes, ..
            } = effect
            {
                self.downloads.push(bytes.to_vec());
                let effects = self.session.update(Msg::DownloadHandedOver(revision));
                assert!(
                    effects
                        .iter()
                        .all(|effect| matches!(effect, Effect::GuardLeaving(_)))
                );
            }
        }
    }

    /// Makes the pane say `text`, as a person would.
    fn write(&mut self, text: &str) {
        let Some(change) = difference(&self.body.text, text) else {
            return;
        };
        self.change(change, self.body.revision);
        text.clone_into(&mut self.body.text);
    }

    fn change(&mut self, change: PaneChange, base: Revision) {
        self.now += 1_000;
        let at = Millis(self.now);
        self.tell(Msg::BodyTyped {
            base,
            changes: vec![change],
            before: Selection::default(),
            after: Selection::default(),
            input: Input::default(),
            at,
        });
    }

    fn field(&mut self, key: &str, value: &str) {
        self.now += 1_000;
        let value = (!value.is_empty()).then(|| Value::String(value.to_owned()));
        self.tell(Msg::FieldEdited {
            path: key.parse().unwrap(),
            value,
            at: Millis(self.now),
        });
    }

    fn bytes(&self) -> String {
        String::from_utf8(self.session.bytes().unwrap()).unwrap()
    }

    fn status(&self) -> Status {
        match self.session.view().screen {
            Screen::Editor(view) => view.status,
            Screen::Start => panic!("nothing is open"),
        }
    }
}

const POST: &str = "---\r\ntitle: One # c\r\n---\r\n\r\nText\r\n";

#[test]
fn one_history_for_form_and_pane() {
    let mut desk = Desk::open(POST.as_bytes());
    assert_eq!(desk.body.text, "\nText\n");
    let mut states = vec![desk.bytes()];
    desk.field("title", "Two");
    desk.tell(Msg::FieldLeft);
    states.push(desk.bytes());
    desk.write("\nText and more\n");
    states.push(desk.bytes());
    desk.field("slug", "s");
    desk.tell(Msg::FieldLeft);
    states.push(desk.bytes());
    desk.write("\nOther\n");
    states.push(desk.bytes());
    assert_eq!(
        states[4],
        "---\r\nslug: s\r\ntitle: Two # c\r\n---\r\n\r\nOther\r\n"
    );
    for state in states.iter().rev().skip(1) {
        desk.tell(Msg::UndoAsked);
        assert_eq!(&desk.bytes(), state);
    }
    assert_eq!(desk.status(), Status::Unchanged);
    desk.tell(Msg::UndoAsked);
    for state in states.iter().skip(1) {
        desk.tell(Msg::RedoAsked);
        assert_eq!(&desk.bytes(), state);
    }
    assert_eq!(desk.body.text, "\nOther\n");
}

#[test]
fn a_field_may_be_empty_for_a_moment() {
    let mut desk = Desk::open(POST.as_bytes());
    for typed in ["", "N", "Ne", "New"] {
        desk.field("title", typed);
    }
    assert_eq!(desk.bytes(), POST.replace("One", "New"));
    desk.tell(Msg::UndoAsked);
    assert_eq!(desk.bytes(), POST);
}

#[test]
fn typing_is_taken_back_word_by_word() {
    let mut desk = Desk::open(b"");
    let mut text = String::new();
    for c in "two words".chars() {
        text.push(c);
        let change = difference(&desk.body.text, &text).unwrap();
        desk.tell(Msg::BodyTyped {
            base: desk.body.revision,
            changes: vec![change],
            before: Selection::default(),
            after: Selection::default(),
            input: Input::default(),
            at: Millis(1),
        });
        desk.body.text.clone_from(&text);
    }
    desk.tell(Msg::UndoAsked);
    assert_eq!(desk.bytes(), "two ");
    desk.tell(Msg::UndoAsked);
    assert_eq!(desk.bytes(), "");
}

#[test]
fn the_status_is_true() {
    let mut desk = Desk::open(POST.as_bytes());
    assert_eq!(desk.status(), Status::Unchanged);
    desk.write("\nText!\n");
    assert_eq!(desk.status(), Status::OnlyInThisTab);
    desk.tell(Msg::DownloadAsked);
    assert_eq!(desk.status(), Status::Downloaded);
    assert_eq!(desk.downloads, [desk.bytes().into_bytes()]);
    desk.write("\nText?\n");
    assert_eq!(desk.status(), Status::OnlyInThisTab);
    desk.write("\nText!\n");
    assert_eq!(desk.status(), Status::Downloaded);
}

#[test]
fn a_late_change_is_not_taken() {
    let mut desk = Desk::open(POST.as_bytes());
    let late = desk.body.revision;
    desk.write("\nText and more\n");
    let before = desk.bytes();
    let change = PaneChange {
        from: Utf16Pos::new(0),
        to: Utf16Pos::new(1),
        insert: "X".to_owned(),
    };
    desk.change(change, late);
    assert_eq!(desk.bytes(), before);
    assert_eq!(desk.body.text, "\nText and more\n");
}

#[test]
fn closing_asks_only_where_something_would_be_lost() {
    let mut desk = Desk::open(POST.as_bytes());
    desk.tell(Msg::CloseAsked);
    assert_eq!(desk.session.view().screen, Screen::Start);
    let mut desk = Desk::open(POST.as_bytes());
    desk.field("title", "Two");
    desk.tell(Msg::CloseAsked);
    assert!(matches!(desk.session.view().screen, Screen::Editor(view) if view.asks_to_close));
    desk.tell(Msg::CloseCancelled);
    assert!(matches!(desk.session.view().screen, Screen::Editor(view) if !view.asks_to_close));
    desk.tell(Msg::CloseAsked);
    desk.tell(Msg::CloseConfirmed);
    assert_eq!(desk.session.view().screen, Screen::Start);
}

#[test]
fn only_a_post_that_was_somewhere_is_moved_by_its_title() {
    let mut desk = Desk::open(b"---\ndate: 2026-03-26\ntitle: One\n---\n");
    let moved_from = |desk: &Desk| match desk.session.view().screen {
        Screen::Editor(view) => view.form.moved_from.clone(),
        Screen::Start => panic!("no post is open"),
    };
    desk.field("title", "Two");
    assert_eq!(moved_from(&desk).as_deref(), Some("/2026/03/26/one/"));
    desk.tell(Msg::DownloadAsked);
    let day = Day::parse("2026-03-26").unwrap();
    desk.tell(Msg::Started(Start::Post(day)));
    desk.tell(Msg::CloseConfirmed);
    desk.field("title", "Three");
    assert!(desk.bytes().contains("title: Three"));
    assert_eq!(moved_from(&desk), None);
}

#[test]
fn any_bytes_come_back() {
    for bytes in [
        &b"\xff\xfe\0a"[..],
        b"",
        b"---\n",
        b"---\r\nx: [\r\n---",
        b"+++\n+++\n",
        b"{}",
        b"\xef\xbb\xbf",
        b"- a\n",
    ] {
        let desk = Desk::open(bytes);
        assert_eq!(desk.session.bytes().unwrap(), bytes);
    }
    // Beside an edit, the bytes that are no text stay too.
    let mut desk = Desk::open(b"---\ntitle: a\n---\nx \xff y\n");
    desk.write("x \u{fffd} y and z\n");
    assert_eq!(
        desk.session.bytes().unwrap(),
        b"---\ntitle: a\n---\nx \xff y and z\n"
    );
}

#[test]
fn a_post_without_front_matter_gets_one_from_the_form() {
    let mut desk = Desk::open(b"Hello\n");
    desk.field("title", "T");
    assert_eq!(desk.bytes(), "---\ntitle: T\n---\n\nHello\n");
    assert_eq!(desk.body.text, "\nHello\n");
    assert!(
        matches!(desk.session.view().screen, Screen::Editor(view) if view.form.fields.iter().any(
            |field| field.field.path == KeyPath::key("title") && field.value == Some(Value::String("T".to_owned()))
        ))
    );
}

#[test]
fn a_tick_that_is_taken_back_leaves_the_file_as_it_was() {
    for before in [
        "---\nparams:\n  showCover: false # c\n---\n",
        "---\nparams:\n---\n",
        "---\ntitle: A\n---\n",
        "no front matter\n",
    ] {
        for leave in [false, true] {
            let mut desk = Desk::open(before.as_bytes());
            for on in [true, false] {
                desk.now += 1_000;
                desk.tell(Msg::FieldEdited {
                    path: "params.showCover".parse().unwrap(),
                    value: Some(Value::Bool(on)),
                    at: Millis(desk.now),
                });
                assert_eq!(desk.bytes().contains("showCover: true"), on, "{before}");
                if leave {
                    desk.tell(Msg::FieldLeft);
                }
            }
            // Fences that were made stay; an entry and its parent go.
            if before.starts_with("---") {
                assert_eq!(desk.bytes(), before);
            }
            desk.tell(Msg::UndoAsked);
            desk.tell(Msg::UndoAsked);
            assert_eq!(desk.bytes(), before);
        }
    }
}

#[test]
fn what_a_part_of_a_field_could_not_take_is_shown_there() {
    let before = "---\nx: &x a\nparams:\n  author:\n    name: *x\n    avatar: b\n---\n";
    let mut desk = Desk::open(before.as_bytes());
    desk.field("params.author.name", "N");
    desk.field("params.author.avatar", "c");
    let Screen::Editor(view) = desk.session.view().screen else {
        panic!("nothing is open");
    };
    let author: KeyPath = "params.author".parse().unwrap();
    let field = view
        .form
        .fields
        .iter()
        .find(|view| view.field.path == author);
    let field = field.unwrap();
    let value = field.value.as_ref().unwrap();
    assert_eq!(value.get("name"), Some(&"N".into()));
    assert_eq!(value.get("avatar"), Some(&"c".into()));
    assert_eq!(field.refused.len(), 1);
    assert_eq!(field.refused[0].path.to_string(), "params.author.name");
    assert_eq!(desk.bytes(), before.replace("avatar: b", "avatar: c"));
}

#[test]
fn an_entry_without_a_field_opens_as_text() {
    let mut desk = Desk::open("---\r\ntitle: é😀\r\ntags: [a] # c\r\n---\r\n".as_bytes());
    let effects = desk.session.update(Msg::EntryOpened(KeyPath::key("tags")));
    let shown = effects.iter().find_map(|effect| match effect {
        Effect::FillPane {
            pane: PaneId::FrontMatter,
            text,
            ..
        } => Some(text.to_string()),
        _ => None,
    });
    let shown = shown.unwrap();
    let selected = effects.iter().find_map(|effect| match effect {
        Effect::Focus(Target::Part(PaneId::FrontMatter, selection)) => Some(*selection),
        _ => None,
    });
    let selected = selected.unwrap();
    let at = |pos: Utf16Pos| pos.in_text(&shown).unwrap().get();
    assert_eq!(&shown[at(selected.from)..at(selected.to)], "tags: [a]");
    let Screen::Editor(view) = desk.session.view().screen else {
        panic!("nothing is open");
    };
    assert!(view.raw_front_matter);
}

#[test]
fn prose_in_a_record_is_shown_without_the_breaks_that_wrap_it() {
    let before = "---\nparams:\n  videoSchema:\n    - title: T\n      description: |-\n        One\n        two.\n---\n";
    let mut desk = Desk::open(before.as_bytes());
    let Screen::Editor(view) = desk.session.view().screen else {
        panic!("nothing is open");
    };
    let path: KeyPath = "params.videoSchema".parse().unwrap();
    let field = view.form.fields.iter().find(|view| view.field.path == path);
    let records = field.unwrap().value.clone().unwrap();
    assert_eq!(
        records.as_list().unwrap()[0].get("description"),
        Some(&"One two.".into())
    );
    // Handed back with another row, the prose that was there stays as it is written.
    let mut items = records.as_list().unwrap().to_vec();
    items.push(Value::Map(vec![("title".to_owned(), "U".into())]));
    desk.tell(Msg::FieldEdited {
        path,
        value: Some(Value::List(items)),
        at: Millis(1),
    });
    assert_eq!(
        desk.bytes(),
        before.replace("two.\n", "two.\n    - title: U\n")
    );
}

/// A block that costs more than a frame is shown when the writer pauses; whatever else happens, at once.
#[test]
fn a_huge_block_is_shown_when_the_writer_pauses() {
    let long = "many words ".repeat(5_000);
    let mut desk = Desk::open(format!("---\ntitle: t\n---\n\nShort.\n\n{long}\n").as_bytes());
    let type_at = |desk: &mut Desk, at: usize| {
        let at = Utf16Pos::new(u32::try_from(at).unwrap());
        let effects = desk.session.update(Msg::BodyTyped {
            base: desk.body.revision,
            changes: vec![PaneChange {
                from: at,
                to: at,
                insert: "x".to_owned(),
            }],
            before: Selection::default(),
            after: Selection::default(),
            input: Input::default(),
            at: Millis(0),
        });
        for effect in &effects {
            if let Effect::StampPane {
                pane: PaneId::Body,
                revision,
            } = effect
            {
                desk.body.revision = *revision;
            }
        }
        effects
    };
    let patches = |effects: &[Effect]| -> Vec<usize> {
        let patched = effects.iter().filter_map(|effect| match effect {
            Effect::PatchPreview(patch) => Some(patch.blocks.len()),
            _ => None,
        });
        patched.collect()
    };
    let later = |effects: &[Effect]| {
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::RenderLater))
    };
    let near = type_at(&mut desk, 2);
    assert_eq!(patches(&near), [1]);
    assert!(!later(&near));
    for _ in 0..3 {
        let far = type_at(&mut desk, 100);
        assert_eq!(patches(&far), [0; 0]);
        assert!(later(&far));
    }
    let due = desk.session.update(Msg::RenderDue);
    let [Effect::PatchPreview(patch)] = due.as_slice() else {
        panic!("{due:?}");
    };
    assert_eq!(patch.blocks.len(), 1);
    assert!(patch.blocks[0].html.contains("xxx"));
    assert!(desk.session.update(Msg::RenderDue).is_empty());

    // A key elsewhere brings it up to date as well.
    assert!(later(&type_at(&mut desk, 100)));
    assert_eq!(patches(&type_at(&mut desk, 2)), [2]);
}

/// Every command at every place of a mixed file: the pane shows what the file has, and one undo brings every byte back.
#[test]
fn commands_keep_every_byte() {
    use recap_editor::writing::{Align, Command, Level};
    let file = b"---\r\ntitle: t\r\n---\r\none two\r\n\r\n- a\r- b\r\n\r\n| x | y |\r\n| - | - |\r\n| 1 \xff | \xf0\x9f\x98\x80 |\r\n\r\n> q\nend {{< youtube abc >}}\r\n";
    let commands = [
        Command::Bold,
        Command::InlineCode,
        Command::Link { address: None },
        Command::Heading(Some(Level::H2)),
        Command::Quote,
        Command::NumberedList,
        Command::TaskList,
        Command::Footnote,
        Command::Divider,
        Command::Image,
        Command::Enter,
        Command::Tab,
        Command::Backspace,
        Command::TableAddColumn,
        Command::TableAlign(Align::Right),
        Command::MoveLineDown,
    ];
    let mut desk = Desk::open(file);
    let shown = desk.body.text.clone();
    let units = u32::try_from(shown.encode_utf16().count()).unwrap();
    let mut done = 0;
    for command in &commands {
        for from in (0..units).step_by(3) {
            let to = from + if from % 2 == 0 { 0 } else { 5 };
            let selection = Selection {
                from: Utf16Pos::new(from),
                to: Utf16Pos::new(to),
            };
            desk.now += 1_000;
            desk.tell(Msg::CommandGiven {
                base: desk.body.revision,
                command: command.clone(),
                selection,
                instead: false,
                at: Millis(desk.now),
            });
            let Screen::Editor(view) = desk.session.view().screen else {
                panic!("nothing is open");
            };
            let body = desk.body.text.chars().filter(|c| *c != '\n').count();
            assert_eq!(view.counts.characters, body, "{command:?} at {from}");
            if desk.body.text == shown {
                continue;
            }
            done += 1;
            desk.tell(Msg::UndoAsked);
            assert_eq!(desk.body.text, shown, "{command:?} at {from}");
            assert_eq!(desk.session.bytes().unwrap(), file, "{command:?} at {from}");
        }
    }
    assert!(done > 200, "only {done} commands did something");
}

#[test]
fn a_section_moves_in_one_step() {
    let file = "---\r\ntitle: t\r\n---\r\n\r\n## A\r\n\r\na\r\n\r\n## B\r\n\r\nb\r\n";
    let mut desk = Desk::open(file.as_bytes());
    let outline = desk.session.outline();
    let told: Vec<(u8, &str, u32, usize)> = outline
        .iter()
        .map(|heading| {
            let at = heading.at.get();
            (heading.level, heading.text.as_str(), at, heading.next)
        })
        .collect();
    assert_eq!(told, [(2, "A", 1, 1), (2, "B", 10, 2)]);
    desk.tell(Msg::SectionMoved {
        base: desk.body.revision,
        which: 1,
        before: 0,
        selection: Selection::default(),
        at: Millis(5),
    });
    assert_eq!(
        desk.bytes(),
        "---\r\ntitle: t\r\n---\r\n\r\n## B\r\n\r\nb\r\n\r\n## A\r\n\r\na\r\n"
    );
    let Screen::Editor(view) = desk.session.view().screen else {
        panic!("nothing is open");
    };
    assert_eq!(view.counts.first_line, 4);
    assert_eq!((view.counts.words, view.counts.minutes), (4, 1));
    desk.tell(Msg::UndoAsked);
    assert_eq!(desk.bytes(), file);
}
