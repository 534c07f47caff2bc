//! Pages of the site that are looked for, and the index they come from.

use recap_editor::site::{Pages, Site, SiteIndex};

const INDEX: &str = r#"{
  "base_url": "https://site.example/",
  "pages": [
    { "url": "/", "title": "Home" },
    { "url": "/2.4/tasks/install/", "title": "Installing", "anchors": ["from-a-file", "with-helm"] },
    { "url": "/edge/tasks/install/", "title": "Installing", "anchors": ["from-a-file", "with-helm"] },
    { "url": "/2020/03/04/a-new-mesh/", "title": "A new mesh, and what it is for", "date": "2020-03-04", "anchors": ["first-steps"] },
    { "url": "/2024/03/04/a-new-mesh-again/", "title": "A new mesh again", "date": "2024-03-04" },
    { "url": "https://elsewhere.example/", "title": "Elsewhere" },
    { "url": "/with space/", "title": "No path" }
  ]
}"#;

fn found(typed: &str) -> Vec<String> {
    let index = SiteIndex::read(INDEX.as_bytes()).unwrap();
    let places = Pages::of(&index).find(typed, 10);
    places
        .into_iter()
        .map(|place| match place.heading {
            Some(heading) => format!("{} / {heading} {}", place.title, place.address),
            None => format!("{} {}", place.title, place.address),
        })
        .collect()
}

#[test]
fn pages_are_found_by_the_words_of_their_titles() {
    let newer = "A new mesh again /2024/03/04/a-new-mesh-again/";
    let older = "A new mesh, and what it is for /2020/03/04/a-new-mesh/";
    assert_eq!(found("new mesh"), [newer, older]);
    assert_eq!(found("MESH ag"), [newer]);
    assert_eq!(found("what mesh"), [older]);
    assert_eq!(found("a new mesh again"), [newer]);
    // Within a word only what is long enough to tell something.
    assert_eq!(found("esh"), [newer, older]);
    assert_eq!(found("es"), [] as [&str; 0]);
    assert_eq!(found("nosuch"), [] as [&str; 0]);
    assert_eq!(found("  "), [] as [&str; 0]);
    // By the address too.
    assert_eq!(found("/2020/03"), [older]);
    assert_eq!(found("Elsewhere"), [] as [&str; 0]);
}

#[test]
fn an_older_version_comes_behind() {
    assert_eq!(
        found("install"),
        [
            "Installing /edge/tasks/install/",
            "Installing /2.4/tasks/install/"
        ]
    );
}

#[test]
fn headings_are_found_by_their_words_or_behind_a_hash() {
    let (edge, old) = (
        "Installing / with helm /edge/tasks/install/#with-helm",
        "Installing / with helm /2.4/tasks/install/#with-helm",
    );
    assert_eq!(found("helm"), [edge, old]);
    assert_eq!(found("installing helm"), [edge, old]);
    assert_eq!(found("install#he"), [edge, old]);
    assert_eq!(
        found("mesh#"),
        ["A new mesh, and what it is for / first steps /2020/03/04/a-new-mesh/#first-steps"]
    );
    assert_eq!(found("mesh#nosuch"), [] as [&str; 0]);
}

#[test]
fn only_an_index_is_taken_for_one() {
    for (bytes, reason) in [
        (&b"<!doctype html>"[..], "no site index"),
        (b"{}", "names no pages"),
        (
            b"{\"pages\": [{\"url\": \"javascript:x\"}]}",
            "names no pages",
        ),
        (b"[1]", "no site index"),
        (b"\xff\xfe", "no site index"),
    ] {
        let error = SiteIndex::read(bytes).unwrap_err();
        assert!(error.contains(reason), "{error}");
    }
    let with_mark = ["\u{feff}", INDEX].concat();
    assert!(SiteIndex::read(with_mark.as_bytes()).is_ok());
}

#[test]
fn what_an_index_leaves_out_the_profile_tells() {
    let site = Site::linkerd();
    let known = site.with_index(SiteIndex::read(INDEX.as_bytes()).unwrap());
    assert_eq!(known.index.base_url, "https://site.example/");
    assert_eq!(known.index.authors, site.index.authors);
    assert!(!known.index.authors.is_empty());
}

#[test]
fn the_sample_beside_the_app_is_an_index_and_says_that_it_is_a_sample() {
    let index = SiteIndex::read(include_bytes!("../../assets/site-index.json")).unwrap();
    assert!(index.sample);
    assert!(index.pages.iter().any(|page| !page.anchors.is_empty()));
}
