//! A zip in the app: opened as a bundle, edited, and taken home as one.

use recap_editor::bundle::{Archive, Limits};
use recap_editor::session::view::{Screen, Tone};
use recap_editor::session::{Effect, Msg, OpenedFile, Session};
use recap_editor::site::Site;

use super::made::{Made, entry};

const POST: &str =
    "---\ndate: 2021-11-10T00:00:00Z\nslug: my-post\ntitle: One\n---\n\n![A](a.png)\n";

fn open(zip: Vec<u8>) -> (Session, Vec<Effect>) {
    let mut session = Session::new(std::rc::Rc::new(Site::linkerd()));
    let effects = session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "post.zip".to_owned(),
        bytes: zip.into(),
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
