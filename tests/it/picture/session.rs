//! A picture made of another: in its place or beside it, one step for text, front matter and files.

use std::rc::Rc;

use recap_editor::bundle::report::Role;
use recap_editor::session::{Effect, Millis, Msg, OpenedFile, Session};
use recap_editor::site::Site;

const POST: &str = "---\ndate: 2021-11-10\ntitle: t\nparams:\n  showCover: true\nimages: [cover.png]\n---\n\n![a](cover.png) ![b](./cover.png)\n";

fn open(post: &str, names: &[&str]) -> Session {
    let mut session = Session::new(Rc::new(Site::linkerd()));
    let file = |name: &str, bytes: &[u8]| OpenedFile {
        name: name.to_owned(),
        bytes: bytes.into(),
        modified: None,
    };
    let mut files = vec![file("index.md", post.as_bytes())];
    files.extend(
        names
            .iter()
            .map(|name| file(name, format!("bytes of {name}").as_bytes())),
    );
    session.update(Msg::FilesOpened(files));
    session
}

fn made(name: &str, role: Option<Role>, replaced: bool) -> Msg {
    Msg::PictureMade {
        from: "cover.png".to_owned(),
        name: name.to_owned(),
        bytes: b"small".as_slice().into(),
        role,
        replaced,
        at: Millis(1),
    }
}

fn text(session: &Session) -> String {
    String::from_utf8(session.bytes().unwrap()).unwrap()
}

/// The files the preview was told of last, with their bytes.
fn held(effects: &[Effect]) -> Vec<(String, String)> {
    effects
        .iter()
        .rev()
        .find_map(|effect| match effect {
            Effect::HoldFiles(files) => Some(
                files
                    .iter()
                    .map(|file| {
                        (
                            file.name.clone(),
                            String::from_utf8(file.bytes.to_vec()).unwrap(),
                        )
                    })
                    .collect(),
            ),
            _ => None,
        })
        .expect("files")
}

fn pair(name: &str, bytes: &str) -> (String, String) {
    (name.to_owned(), bytes.to_owned())
}

#[test]
fn a_file_is_replaced_under_its_name() {
    let mut session = open(POST, &["cover.png", "other.png"]);
    let effects = session.update(made("cover.png", None, true));
    assert_eq!(text(&session), POST);
    assert_eq!(
        held(&effects),
        [
            pair("cover.png", "small"),
            pair("other.png", "bytes of other.png")
        ]
    );
    // What was there comes back, to the byte.
    let effects = session.update(Msg::UndoAsked);
    assert_eq!(held(&effects)[0], pair("cover.png", "bytes of cover.png"));
    let effects = session.update(Msg::RedoAsked);
    assert_eq!(held(&effects)[0], pair("cover.png", "small"));
}

#[test]
fn another_ending_takes_every_reference_along() {
    let mut session = open(POST, &["cover.png"]);
    let effects = session.update(made("cover.webp", None, true));
    assert_eq!(text(&session), POST.replace("cover.png", "cover.webp"));
    assert_eq!(held(&effects), [pair("cover.webp", "small")]);
    let effects = session.update(Msg::UndoAsked);
    assert_eq!(text(&session), POST);
    assert_eq!(held(&effects), [pair("cover.png", "bytes of cover.png")]);
    assert!(!session.view_can_undo());
}

#[test]
fn a_role_by_name_survives_a_name_that_was_taken() {
    let post = "---\ntitle: t\n---\n\ntext\n";
    let mut session = open(post, &["cover.png", "cover.webp"]);
    // By name, the first one is the cover.
    assert_eq!(session.picture("cover.png").unwrap().roles, [Role::Cover]);
    session.update(made("cover.webp", None, true));
    let image = session.picture("cover-2.webp").expect("the next free name");
    assert!(image.roles.contains(&Role::Cover), "{:?}", image.roles);
    session.update(Msg::UndoAsked);
    assert_eq!(text(&session), post);
}

#[test]
fn a_new_file_gets_its_role_by_name_or_by_an_entry() {
    let mut session = open(POST, &["cover.png"]);
    let effects = session.update(made("thumbnail.jpg", Some(Role::Thumbnail), false));
    // The theme finds it by its name.
    assert_eq!(text(&session), POST);
    assert_eq!(
        held(&effects),
        [
            pair("cover.png", "bytes of cover.png"),
            pair("thumbnail.jpg", "small")
        ]
    );
    assert_eq!(
        session.picture("thumbnail.jpg").unwrap().roles,
        [Role::Thumbnail]
    );
    // The next one does not have that name.
    session.update(made("thumbnail.jpg", Some(Role::Thumbnail), false));
    assert!(
        text(&session).contains("  thumbnail: thumbnail-2.jpg\n"),
        "{}",
        text(&session)
    );
    assert_eq!(
        session.picture("thumbnail-2.jpg").unwrap().roles,
        [Role::Thumbnail]
    );
    session.update(Msg::UndoAsked);
    assert_eq!(text(&session), POST);
    assert_eq!(session.picture("thumbnail-2.jpg"), None);
    session.update(made("social.jpg", Some(Role::Social), false));
    assert!(
        text(&session).contains("images: [social.jpg]\n"),
        "{}",
        text(&session)
    );
    session.update(made("photo.jpg", Some(Role::InText), false));
    assert_eq!(session.picture("photo.jpg").unwrap().roles, []);
}

#[test]
fn a_file_that_is_gone_is_no_longer_made_anything_of() {
    let mut session = open(POST, &["other.png"]);
    assert_eq!(session.picture("cover.png"), None);
    assert!(session.update(made("cover.jpg", None, true)).is_empty());
}

trait CanUndo {
    fn view_can_undo(&self) -> bool;
}

impl CanUndo for Session {
    fn view_can_undo(&self) -> bool {
        match self.view().screen {
            recap_editor::session::view::Screen::Editor(view) => view.can_undo,
            recap_editor::session::view::Screen::Start => false,
        }
    }
}
