//! A zip in the app: opened as a bundle, edited, and taken home as one.

use recap_editor::bundle::report::Role;
use recap_editor::bundle::{Archive, Limits};
use recap_editor::session::view::{Screen, Status, Tone};
use recap_editor::session::{
    Arrival, Effect, ListedFile, Millis, Msg, OpenedFile, ReadFile, Selection, Session, Way,
};
use recap_editor::site::Site;

use super::made::{Made, entry};

const POST: &str =
    "---\ndate: 2021-11-10T00:00:00Z\nslug: my-post\ntitle: One\n---\n\n![A](a.png)\n";

fn open(zip: Vec<u8>) -> (Session, Vec<Effect>) {
    let mut session = Session::new(std::rc::Rc::new(Site::linkerd()));
    let effects = session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "post.zip".to_owned(),
        bytes: zip.into(),
        modified: None,
    }]));
    (session, effects)
}

fn download(session: &mut Session) -> (String, Vec<u8>) {
    let effects = session.update(Msg::DownloadAsked);
    effects
        .into_iter()
        .find_map(|effect| match effect {
            Effect::Download { name, bytes, .. } => Some((name, bytes.to_vec())),
            _ => None,
        })
        .unwrap()
}

#[test]
fn a_zip_opens_and_leaves_as_one() {
    let entries = [
        entry("x/index.md", POST),
        entry("x/a.png", "picture"),
        entry("x/data.json", "{}"),
    ];
    let zip = Made::default().zip(&entries);
    let (mut session, effects) = open(zip.clone());
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::HoldFiles(files) if files.len() == 1))
    );
    assert_eq!(session.bytes().unwrap(), POST.as_bytes());
    let (name, out) = download(&mut session);
    assert_eq!(name, "1110-my-post.zip");
    let took = |zip: &[u8]| {
        let archive = Archive::read(zip, &Limits::default()).unwrap();
        let folder = archive.posts()[0].to_owned();
        let mut files = archive.bundle(&folder).unwrap().0.files;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        (folder, files)
    };
    let (folder, files) = took(&out);
    assert_eq!(folder, "linkerd.io/content/blog/2021/1110-my-post");
    assert_eq!(files, took(&zip).1);
}

#[test]
fn a_bad_zip_is_told_and_nothing_is_lost() {
    let (mut session, _) = open(Made::default().zip(&[entry("index.md", POST)]));
    session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "bad.zip".to_owned(),
        bytes: b"PK\x03\x04 and no more".as_slice().into(),
        modified: None,
    }]));
    let view = session.view();
    assert!(matches!(view.screen, Screen::Editor(_)));
    let notice = view.notice.unwrap();
    assert_eq!(notice.tone, Tone::Problem);
    assert!(
        notice.text.starts_with("“bad.zip” was not opened."),
        "{}",
        notice.text
    );
    assert_eq!(session.bytes().unwrap(), POST.as_bytes());
}

#[test]
fn what_was_left_out_is_told() {
    let (session, _) =
        open(Made::default().zip(&[entry("index.md", POST), entry("../a.png", "x")]));
    let text = session.view().notice.unwrap().text;
    assert_eq!(
        text,
        "“../a.png” was left out: its path leads out of the folder."
    );
}

fn files(zip: &[u8]) -> Vec<(String, Vec<u8>)> {
    let archive = Archive::read(zip, &Limits::default()).unwrap();
    let folder = archive.posts()[0].to_owned();
    let files = archive.bundle(&folder).unwrap().0.files;
    let mut files: Vec<_> = files
        .into_iter()
        .map(|file| (file.path, file.bytes.to_vec()))
        .collect();
    files.sort();
    files
}

fn status(session: &Session) -> Status {
    match session.view().screen {
        Screen::Editor(view) => view.status,
        Screen::Start => panic!("nothing is open"),
    }
}

#[test]
fn a_rename_is_one_step_for_text_and_file() {
    let (mut session, _) =
        open(Made::default().zip(&[entry("index.md", POST), entry("a.png", "picture")]));
    let before = files(&download(&mut session).1);
    session.update(Msg::ImageRenamed {
        file: "a.png".into(),
        to: "b.png".into(),
        at: Millis(1),
    });
    assert_eq!(status(&session), Status::OnlyInThisTab);
    let after = files(&download(&mut session).1);
    assert_eq!(after[0], ("b.png".to_owned(), b"picture".to_vec()));
    assert_eq!(after[1].1, POST.replace("a.png", "b.png").as_bytes());
    session.update(Msg::UndoAsked);
    assert_eq!(status(&session), Status::Unchanged);
    assert_eq!(files(&download(&mut session).1), before);
    session.update(Msg::RedoAsked);
    assert_eq!(files(&download(&mut session).1), after);
}

#[test]
fn a_name_that_is_taken_is_refused() {
    let (mut session, _) = open(Made::default().zip(&[
        entry("index.md", POST),
        entry("a.png", "1"),
        entry("b.png", "2"),
    ]));
    for to in ["B.PNG", "../b.png", "INDEX.md", ""] {
        session.update(Msg::NoticeDismissed);
        session.update(Msg::ImageRenamed {
            file: "a.png".into(),
            to: to.into(),
            at: Millis(1),
        });
        assert_eq!(session.view().notice.unwrap().tone, Tone::Problem, "{to}");
    }
    assert_eq!(status(&session), Status::Unchanged);
}

#[test]
fn delete_role_and_alt_are_one_step_each() {
    let post = "---\ndate: 2021-11-10\nslug: s\nparams:\n  cover: a.png\nimages: [a.png]\n---\n\n![A](a.png) ![b](a.png)\n\nend\n";
    let (mut session, _) = open(Made::default().zip(&[
        entry("index.md", post),
        entry("a.png", "1"),
        entry("c.png", "2"),
    ]));
    let text = |session: &Session| String::from_utf8(session.bytes().unwrap()).unwrap();
    session.update(Msg::ImageAltEdited {
        file: "a.png".into(),
        alt: "x [1]\ny".into(),
        at: Millis(1),
    });
    let alt = post
        .replace("![A]", "![x \\[1\\] y]")
        .replace("![b]", "![x \\[1\\] y]");
    assert_eq!(text(&session), alt);
    session.update(Msg::ImageRoleChosen {
        file: "c.png".into(),
        role: Role::Cover,
        at: Millis(2),
    });
    assert_eq!(text(&session), alt.replace("cover: a", "cover: c"));
    let images = session.images();
    assert_eq!(images.list[1].roles, [Role::Cover]);
    session.update(Msg::UndoAsked);
    session.update(Msg::ImageDeleted {
        file: "a.png".into(),
        at: Millis(3),
    });
    assert_eq!(
        text(&session),
        "---\ndate: 2021-11-10\nslug: s\nparams:\n---\n\n \n\nend\n"
    );
    assert_eq!(files(&download(&mut session).1).len(), 2);
    session.update(Msg::UndoAsked);
    session.update(Msg::UndoAsked);
    assert_eq!(text(&session), post);
    assert_eq!(status(&session), Status::Unchanged);
}

#[test]
fn a_file_named_in_html_is_not_deleted() {
    let post = "---\ntitle: t\n---\n\n<img src=\"a.png\">\n";
    let (mut session, _) =
        open(Made::default().zip(&[entry("index.md", post), entry("a.png", "1")]));
    session.update(Msg::ImageDeleted {
        file: "a.png".into(),
        at: Millis(1),
    });
    assert!(session.view().notice.unwrap().text.contains("line 5"));
    assert_eq!(session.images().list.len(), 1);
}

fn loose(post: &str, files: &[(&str, &str)]) -> Session {
    let mut session = Session::new(std::rc::Rc::new(Site::linkerd()));
    let opened = |name: &str, text: &str| OpenedFile {
        name: name.to_owned(),
        bytes: text.as_bytes().into(),
        modified: None,
    };
    let all = std::iter::once(opened("index.md", post))
        .chain(files.iter().map(|(name, text)| opened(name, text)));
    session.update(Msg::FilesOpened(all.collect()));
    session
}

fn names(session: &Session) -> Vec<String> {
    let images = session.images();
    images.list.iter().map(|image| image.name.clone()).collect()
}

fn came(session: &mut Session, name: &str, bytes: &str, to: Arrival) {
    session.update(Msg::ImagesCame {
        files: vec![OpenedFile {
            name: name.to_owned(),
            bytes: bytes.as_bytes().into(),
            modified: None,
        }],
        to,
        at: Millis(1),
    });
}

#[test]
fn pictures_that_come_hide_no_other() {
    let mut session = loose(POST, &[("b.png", "1")]);
    // The post waits for this one; the same file again is no other.
    came(&mut session, "a.png", "2", Arrival::Beside);
    came(&mut session, "a.png", "2", Arrival::Beside);
    came(&mut session, "b.png", "3", Arrival::Beside);
    came(&mut session, "My Photo.JPEG", "4", Arrival::Beside);
    assert_eq!(
        names(&session),
        ["a.png", "b-2.png", "b.png", "my-photo.jpg"]
    );
    // Another kind of file cannot keep the name; what names it follows.
    came(
        &mut session,
        "new.webp",
        "5",
        Arrival::As("a.png".to_owned()),
    );
    assert_eq!(
        names(&session),
        ["a.webp", "b-2.png", "b.png", "my-photo.jpg"]
    );
    let text = String::from_utf8(session.bytes().unwrap()).unwrap();
    assert_eq!(text, POST.replace("a.png", "a.webp"));
    assert_eq!(session.images().taken_away, ["a.png"]);
    session.update(Msg::UndoAsked);
    assert_eq!(session.bytes().unwrap(), POST.as_bytes());
    assert_eq!(
        names(&session),
        ["a.png", "b-2.png", "b.png", "my-photo.jpg"]
    );
}

#[test]
fn a_picture_taken_back_can_be_put_back() {
    let mut session = loose(POST, &[]);
    let base = session.revision().unwrap();
    let selection = Selection::default();
    came(
        &mut session,
        "image.png",
        "1",
        Arrival::InText { base, selection },
    );
    assert_eq!(names(&session), ["image.png"]);
    session.update(Msg::UndoAsked);
    assert_eq!(session.bytes().unwrap(), POST.as_bytes());
    assert_eq!(names(&session), [""; 0]);
    session.update(Msg::ImagePutBack {
        which: 0,
        at: Millis(2),
    });
    assert_eq!(names(&session), ["image.png"]);
    // For an earlier text it is only put beside the post.
    came(
        &mut session,
        "late.png",
        "2",
        Arrival::InText { base, selection },
    );
    assert_eq!(names(&session), ["image.png", "late.png"]);
    assert_eq!(session.bytes().unwrap(), POST.as_bytes());
}

#[test]
fn a_caption_is_the_title_of_the_image() {
    let post = "![A](a.png \"old\") and [x](a.png) ![B](<a.png>)\n";
    let mut session = loose(post, &[("a.png", "1")]);
    assert_eq!(session.images().list[0].caption.as_deref(), Some("old"));
    for (caption, wanted) in [
        (
            "a \"b\"",
            "![A](a.png \"a \\\"b\\\"\") and [x](a.png) ![B](<a.png> \"a \\\"b\\\"\")\n",
        ),
        ("", "![A](a.png) and [x](a.png) ![B](<a.png>)\n"),
    ] {
        session.update(Msg::ImageCaptionEdited {
            file: "a.png".to_owned(),
            caption: caption.to_owned(),
            at: Millis(1),
        });
        let text = String::from_utf8(session.bytes().unwrap()).unwrap();
        assert_eq!(text, wanted);
    }
}

/// What is ordered of the folder: only what changed, each with what is known to be there.
#[test]
fn in_place_only_changes_are_written() {
    let mut session = Session::new(std::rc::Rc::new(Site::linkerd()));
    let file = |path: &str, text: &str| ReadFile {
        path: path.to_owned(),
        bytes: text.as_bytes().into(),
        modified: Some(1_636_502_400),
    };
    let files = [
        file("p/index.md", POST),
        file("p/a.png", "1"),
        file("p/data.json", "{}"),
    ];
    let listed = files.iter().map(|file| ListedFile {
        path: file.path.clone(),
        size: 0,
    });
    let effects = session.update(Msg::FolderListed {
        name: "blog".to_owned(),
        files: listed.collect(),
        in_place: true,
    });
    assert!(
        matches!(&effects[..], [Effect::ReadFolder { post, paths }] if post == "p" && paths.len() == 3)
    );
    session.update(Msg::FolderRead {
        post: "p".to_owned(),
        files: files.to_vec(),
    });
    session.update(Msg::ImageRenamed {
        file: "a.png".to_owned(),
        to: "b.png".to_owned(),
        at: Millis(1),
    });
    let save = |session: &mut Session| {
        let effects = session.update(Msg::SaveAsked(Way::InPlace));
        effects.into_iter().find_map(|effect| match effect {
            Effect::SaveToFolder {
                writes, revision, ..
            } => {
                let told = writes.iter().map(|write| {
                    (
                        write.path.clone(),
                        write.bytes.is_some(),
                        write.expected.is_some(),
                    )
                });
                Some((told.collect::<Vec<_>>(), revision))
            }
            _ => None,
        })
    };
    let (writes, revision) = save(&mut session).unwrap();
    let wanted = [
        ("p/index.md", true, true),
        ("p/b.png", true, false),
        ("p/a.png", false, true),
    ];
    assert_eq!(
        writes,
        wanted.map(|(path, some, known)| (path.to_owned(), some, known))
    );
    assert_eq!(status(&session), Status::OnlyInThisTab);
    session.update(Msg::FolderSaved(revision));
    assert_eq!(status(&session), Status::InFolder);
    assert_eq!(save(&mut session).unwrap().0, []);
    // What came out of a zip has no folder on disk.
    session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "post.md".to_owned(),
        bytes: POST.as_bytes().into(),
        modified: None,
    }]));
    assert!(save(&mut session).is_none());
}
