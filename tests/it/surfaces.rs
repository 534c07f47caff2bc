//! What lists, shared links and search engines show of a post, worked out without a browser.

use std::rc::Rc;

use recap_editor::session::surface::{
    ListCards, Picture, SearchResult, SocialCard, Surface, SurfaceView,
};
use recap_editor::session::view::Screen;
use recap_editor::session::{Msg, OpenedFile, Session};
use recap_editor::site::Site;

/// What a surface shows of a post with these entries and files.
fn shown(surface: Surface, entries: &str, files: &[&str]) -> SurfaceView {
    let mut session = Session::new(Rc::new(Site::linkerd()));
    let post = format!("---\ndate: 2026-03-26\ntitle: T\nslug: s\n{entries}---\n\nFirst words.\n");
    let mut opened = vec![("index.md", post.into_bytes())];
    opened.extend(files.iter().map(|name| (*name, Vec::new())));
    let opened = opened.into_iter().map(|(name, bytes)| OpenedFile {
        name: name.to_owned(),
        bytes: bytes.into(),
        modified: None,
    });
    session.update(Msg::FilesOpened(opened.collect()));
    session.update(Msg::SurfaceChosen(surface));
    match session.view().screen {
        Screen::Editor(view) => view.surface.clone(),
        Screen::Start => panic!("nothing is open"),
    }
}

fn list(entries: &str, files: &[&str]) -> ListCards {
    match shown(Surface::ListCard, entries, files) {
        SurfaceView::ListCard(cards) => cards,
        other => panic!("{other:?}"),
    }
}

fn social(entries: &str, files: &[&str]) -> SocialCard {
    match shown(Surface::SocialCard, entries, files) {
        SurfaceView::SocialCard(card) => card,
        other => panic!("{other:?}"),
    }
}

fn search(entries: &str) -> SearchResult {
    match shown(Surface::SearchResult, entries, &[]) {
        SurfaceView::SearchResult(result) => result,
        other => panic!("{other:?}"),
    }
}

fn held(name: &str) -> Picture {
    Picture::Held(name.to_owned())
}

#[test]
fn pictures_of_the_list_cards() {
    for (entries, files, thumbnail, feature, notes) in [
        ("", &[][..], Picture::Missing, Picture::Missing, 2),
        ("", &["cover.jpg"], held("cover.jpg"), held("cover.jpg"), 0),
        (
            "",
            &["thumbnail.png", "feature.png", "cover.jpg"],
            held("thumbnail.png"),
            held("feature.png"),
            0,
        ),
        (
            "params:\n  thumbnail: ./a b.png\n  feature: /images/x.png\n",
            &["a b.png"],
            held("a b.png"),
            Picture::Elsewhere,
            1,
        ),
        (
            "params:\n  thumbnail: gone.png\n",
            &["thumbnail.png", "cover.jpg"],
            Picture::Missing,
            held("cover.jpg"),
            1,
        ),
    ] {
        let cards = list(entries, files);
        assert_eq!(cards.thumbnail, thumbnail, "{entries} {files:?}");
        assert_eq!(cards.feature, feature, "{entries} {files:?}");
        assert_eq!(cards.notes.len(), notes, "{:?}", cards.notes);
        assert_eq!(cards.facts, "Mar 26, 2026 • 1 min read");
    }
    assert!(list("params:\n  thumbnailRatio: fit\n", &[]).fit);
    assert!(!list("", &[]).fit);
}

#[test]
fn the_picture_of_a_shared_link() {
    for (entries, files, picture) in [
        ("", &["thumbnail.png"][..], Some(held("thumbnail.png"))),
        (
            "",
            &["my-feature.png", "cover.jpg"],
            Some(held("my-feature.png")),
        ),
        (
            "images: [social.jpg]\n",
            &["social.jpg"],
            Some(held("social.jpg")),
        ),
        (
            "images: [social.jpg]\n",
            &["cover.jpg"],
            Some(Picture::Missing),
        ),
        ("images: [/images/a.png]\n", &[], Some(Picture::Elsewhere)),
        ("images: []\n", &["cover.jpg"], Some(held("cover.jpg"))),
        ("", &["other.png"], None),
    ] {
        assert_eq!(
            social(entries, files).picture,
            picture,
            "{entries} {files:?}"
        );
    }
}

#[test]
fn escapes_are_shown_and_explained() {
    let card = social("description: It's \"so\" & <b>\n", &[]);
    assert_eq!(card.description, "It&#39;s &#34;so&#34; &amp;");
    let explained = |notes: &[String]| notes.iter().any(|note| note.contains("' shows as &#39;"));
    assert!(explained(&card.notes), "{:?}", card.notes);
    let plain = search("description: It’s “so” fine\n");
    assert_eq!(plain.description, "It’s “so” fine");
    assert_eq!(plain.notes, Vec::<String>::new());
}

#[test]
fn a_hit_of_a_search_engine() {
    let result = search("description: D\n");
    assert_eq!(result.title, "T | Linkerd");
    assert_eq!(result.host, "linkerd.io");
    assert_eq!(result.steps, ["2026", "03", "26", "s"]);
    let hidden = search("description: D\nparams:\n  noIndex: true\n");
    assert_eq!(hidden.notes.len(), 1, "{:?}", hidden.notes);
    // Without a description the summary stands in, and is cut as well.
    assert_eq!(search("").description, "First words.");
    let long = search(&format!("description: {}\n", "word ".repeat(40)));
    assert!(long.description.ends_with("word …"));
    assert!(long.notes.iter().any(|note| note.contains("160")));
}

#[test]
fn only_the_chosen_surface_is_worked_out() {
    assert_eq!(shown(Surface::Article, "", &[]), SurfaceView::Article);
}
