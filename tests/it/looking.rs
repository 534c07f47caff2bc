//! What is looked at: scrolling together, presses in the article, recordings. None of it changes the post.

use std::rc::Rc;

use recap_editor::session::view::VideoView;
use recap_editor::session::{
    Effect, Embed, Input, Look, Millis, Msg, OpenedFile, PaneId, PaneSpot, Revision, Selection,
    Session,
};
use recap_editor::site::Site;
use recap_editor::text::{PaneChange, Utf16Pos};

/// CRLF and characters of four bytes: bytes and units are far apart.
const POST: &str = "---\r\ntitle: 😀 t\r\n---\r\n\r\nOne 😀 first.\r\n\r\nTwo words here.\r\n\r\n- a\r\n- b with words\r\n";

fn open(text: &str) -> (Session, String, Revision) {
    let mut session = Session::new(Rc::new(Site::linkerd()));
    let effects = session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "post.md".to_owned(),
        bytes: text.as_bytes().into(),
        modified: None,
    }]));
    let pane = effects.into_iter().find_map(|effect| match effect {
        Effect::FillPane {
            pane: PaneId::Body,
            text,
            revision,
        } => Some((text.to_string(), revision)),
        _ => None,
    });
    let (pane, revision) = pane.unwrap();
    (session, pane, revision)
}

fn units(pane: &str, what: &str) -> Utf16Pos {
    let head = &pane[..pane.find(what).unwrap()];
    Utf16Pos::new(u32::try_from(head.encode_utf16().count()).unwrap())
}

fn marked(effects: &[Effect]) -> Vec<Option<usize>> {
    let marks = effects.iter().filter_map(|effect| match effect {
        Effect::MarkBlock(block) => Some(*block),
        _ => None,
    });
    marks.collect()
}

#[test]
fn a_place_in_the_pane_goes_to_the_page_and_back() {
    let (session, pane, _) = open(POST);
    for (what, block) in [
        ("One", 0),
        ("first.", 0),
        ("Two", 1),
        ("words here", 1),
        ("b with", 2),
    ] {
        let at = units(&pane, what);
        let look = Look::TextScrolled(PaneSpot { at, part: 0.5 });
        let effects = session.look(&look);
        let [Effect::ScrollPage(place)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!(place.block, block, "{what}");
        let effects = session.look(&Look::PageScrolled(*place));
        let [Effect::ScrollText(spot)] = effects.as_slice() else {
            panic!("{effects:?}");
        };
        assert_eq!(spot.at, at, "{what}");
        assert!((spot.part - 0.5).abs() < 1e-6);
    }
}

#[test]
fn a_press_puts_the_caret_and_the_mark() {
    let (session, pane, _) = open(POST);
    let Effect::ScrollPage(place) = session
        .look(&Look::TextScrolled(PaneSpot {
            at: units(&pane, "- b"),
            part: 0.0,
        }))
        .remove(0)
    else {
        panic!("no place");
    };
    let effects = session.look(&Look::PagePressed {
        place,
        shown: "a\nb with words\n".to_owned(),
        at: Utf16Pos::new(9),
    });
    let caret = units(&pane, "words\n");
    assert!(
        matches!(effects.first(), Some(Effect::PlaceCaret(at)) if *at == caret),
        "{effects:?}"
    );
    assert_eq!(marked(&effects), [Some(2)]);
    // Where the source has no such word, the line that the layout tells.
    let effects = session.look(&Look::PagePressed {
        place,
        shown: "Elsewhere".to_owned(),
        at: Utf16Pos::new(3),
    });
    let line = units(&pane, "- b");
    assert!(
        matches!(effects.first(), Some(Effect::PlaceCaret(at)) if *at == line),
        "{effects:?}"
    );
}

#[test]
fn the_block_under_the_caret_is_marked() {
    let (mut session, pane, revision) = open(POST);
    assert_eq!(
        marked(&session.look(&Look::CaretMoved(units(&pane, "Two")))),
        [Some(1)]
    );
    assert_eq!(
        marked(&session.look(&Look::CaretMoved(Utf16Pos::new(0)))),
        [None]
    );
    assert_eq!(
        marked(&session.look(&Look::CaretMoved(Utf16Pos::new(9999)))),
        [Some(2)]
    );
    let at = units(&pane, "Two");
    let effects = session.update(Msg::BodyTyped {
        base: revision,
        changes: vec![PaneChange {
            from: at,
            to: at,
            insert: "New.\n\n".to_owned(),
        }],
        before: Selection { from: at, to: at },
        after: Selection { from: at, to: at },
        input: Input::default(),
        at: Millis(1),
    });
    // What was typed is a block of its own, and the caret stands behind it.
    assert_eq!(marked(&effects), [Some(2)]);
    let bytes = session.bytes().unwrap();
    assert!(
        String::from_utf8(bytes)
            .unwrap()
            .contains("New.\r\n\r\nTwo")
    );
    // The new text is what is looked at.
    let effects = session.look(&Look::CaretMoved(Utf16Pos::new(at.get() + 1)));
    assert_eq!(marked(&effects), [Some(1)]);
}

#[test]
fn looking_changes_nothing() {
    let (session, pane, _) = open(POST);
    let before = (session.view(), session.bytes());
    for look in [
        Look::CaretMoved(units(&pane, "Two")),
        Look::TextScrolled(PaneSpot::default()),
    ] {
        assert_eq!(session.look(&look).len(), 1);
    }
    assert_eq!((session.view(), session.bytes()), before);
    assert!(
        Session::new(Rc::new(Site::linkerd()))
            .look(&Look::CaretMoved(Utf16Pos::new(0)))
            .is_empty()
    );
}

#[test]
fn a_recording_is_asked_for_first() {
    let (mut session, ..) = open(POST);
    let youtube = |id: &str| Msg::EmbedPressed(Embed::Youtube { id: id.to_owned() });
    session.update(youtube("abc_-1"));
    let asked = VideoView {
        id: "abc_-1".to_owned(),
        plays: false,
    };
    assert_eq!(session.view().video, Some(asked.clone()));
    session.update(Msg::VideoConfirmed);
    assert_eq!(
        session.view().video,
        Some(VideoView {
            plays: true,
            ..asked
        })
    );
    session.update(Msg::VideoClosed);
    assert_eq!(session.view().video, None);
    // Nothing to be confirmed, nothing played.
    session.update(Msg::VideoConfirmed);
    assert_eq!(session.view().video, None);
    for id in ["", "a/b", "a?b", "ä", "a b", "\"", &"a".repeat(65)] {
        session.update(youtube(id));
        assert_eq!(session.view().video, None, "{id:?}");
        assert!(session.view().notice.is_some());
    }
    session.update(Msg::EmbedPressed(Embed::X { id: "7".to_owned() }));
    assert!(
        session
            .view()
            .notice
            .unwrap()
            .text
            .contains("https://x.com/i/status/7")
    );
}

#[test]
fn the_switch_is_remembered() {
    let (mut session, ..) = open(POST);
    assert!(session.view().scroll_together);
    let effects = session.update(Msg::ScrollTogetherChosen(false));
    assert!(matches!(
        effects.as_slice(),
        [Effect::ScrollTogether(false)]
    ));
    session.update(Msg::CloseAsked);
    assert!(!session.view().scroll_together);
}
