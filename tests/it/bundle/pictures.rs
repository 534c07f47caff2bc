//! What pictures are for, what is wrong with them, their names, and references that follow a new one.

use proptest::prelude::*;
use recap_editor::bundle::header::{self, Header};
use recap_editor::bundle::report::{self, Report, Role, Trouble};
use recap_editor::bundle::{Bundle, BundleFile, Folder, POST, name, references, rename};
use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::site::Site;
use recap_editor::text::Text;

use super::zips::corpus_bundles;
use crate::support::shared;

fn report(text: &str, bundle: &Bundle) -> Report {
    let post = Post::parse(text);
    report::read(text, &post, &FrontMatter::read(text, &post), bundle)
}

fn bundle(files: &[(&str, &[u8])]) -> Bundle {
    let file = |(path, bytes): &(&str, &[u8])| BundleFile {
        path: (*path).to_owned(),
        bytes: (*bytes).into(),
        modified: None,
    };
    Bundle {
        folder: None,
        files: files.iter().map(file).collect(),
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0crc!");
    bytes
}

#[test]
fn roles_are_those_of_the_real_site() {
    let Some(rows) = shared("corpus/expected.jsonl") else {
        return;
    };
    let rows: Vec<serde_json::Value> = std::fs::read_to_string(rows)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    for (path, bundle) in corpus_bundles() {
        let below = format!("{}/{POST}", bundle.folder.as_ref().unwrap());
        let row = rows.iter().find(|row| row["path"] == below.as_str());
        let row = row.unwrap_or_else(|| panic!("{below} has no row"));
        let text = String::from_utf8(bundle.post().unwrap().bytes.to_vec()).unwrap();
        let report = report(&text, &bundle);
        for (role, key) in [
            (Role::Cover, "cover"),
            (Role::Thumbnail, "thumbnail"),
            (Role::Feature, "feature"),
            (Role::Avatar, "author_avatar"),
        ] {
            let expected = row[key].as_str().unwrap().rsplit('/').next().unwrap();
            let found = report.resolved.get(&role).map(String::as_str);
            assert_eq!(found.unwrap_or_default(), expected, "{path}: {key}");
        }
        for picture in &report.pictures {
            assert!(
                picture.header.is_some_and(|header| header.pixels() > 0),
                "{path}: {picture:?}"
            );
            assert!(!picture.roles.is_empty(), "{path}: {picture:?}");
        }
        let missing = report
            .findings
            .iter()
            .find(|finding| finding.trouble == Trouble::Missing);
        assert_eq!(missing, None, "{path}");
    }
}

#[test]
fn headers_tell_size_and_movement() {
    let still = |width, height| {
        Some(Header {
            width,
            height,
            animated: false,
            scripted: false,
        })
    };
    assert_eq!(header::read(&png(70_000, 3)), still(70_000, 3));
    let mut moving = png(2, 3);
    moving.extend(b"\0\0\0\x08acTL\0\0\0\x02\0\0\0\0crc!");
    assert!(header::read(&moving).unwrap().animated);
    let jpeg = b"\xff\xd8\xff\xc0\0\x11\x08\0\x02\0\x03";
    assert_eq!(header::read(jpeg), still(3, 2));
    let turned = [
        &b"\xff\xd8\xff\xe1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"[..],
        &jpeg[2..],
    ]
    .concat();
    assert_eq!(header::read(&turned), still(2, 3));
    let frame = b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0";
    let gif = [&b"GIF89a\x03\0\x02\0\0\0\0"[..], frame].concat();
    assert_eq!(header::read(&[&gif[..], b";"].concat()), still(3, 2));
    assert!(header::read(&[&gif[..], frame].concat()).unwrap().animated);
    let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x02\0\0\x01\0\0";
    assert_eq!(
        header::read(webp).map(|h| (h.width, h.height, h.animated)),
        Some((3, 2, true))
    );
    let svg = b"<?xml version='1.0'?><svg viewBox='0 0 30 20'><script/></svg>";
    assert_eq!(
        header::read(svg).map(|h| (h.width, h.height, h.scripted)),
        Some((30, 20, true))
    );
    assert_eq!(
        header::read(b"<svg width=\"12px\" height=\"7\"/>"),
        still(12, 7)
    );
    for cut in 0..turned.len() {
        let _ = header::read(&turned[..cut]);
    }
    assert_eq!(header::read(b"text"), None);
}

#[test]
fn what_is_wrong_is_told() {
    let text = "---\nparams:\n  cover: big.png\nimages: [gone.png]\n---\n\n![](a.png)\n\n![Same](a.png)\n\n\
                ![Same](B c.png) ![Same](<B c.png>)\n\n![There](https://example.com/x.png)\n\n![x](A.PNG)\n";
    let heavy = [png(10, 10), vec![0; 1_100_000]].concat();
    let enormous = png(9000, 9000);
    let files = [
        ("a.png", &png(900, 300)[..]),
        ("B c.png", &heavy),
        ("big.png", &enormous),
        ("cut.png", b"\x89PN"),
        ("s.svg", b"<svg width='1' height='1' onload='x()'/>"),
    ];
    let report = report(text, &bundle(&files));
    let mut found: Vec<(Trouble, &str)> = report
        .findings
        .iter()
        .map(|finding| (finding.trouble, finding.about.as_str()))
        .collect();
    found.sort_unstable();
    let mut expected = vec![
        (Trouble::NoAlt, "a.png"),
        (Trouble::SameAlt, "B c.png"),
        (Trouble::HotLinked, "https://example.com/x.png"),
        (Trouble::Missing, "A.PNG"),
        (Trouble::Missing, "gone.png"),
        (Trouble::Heavy, "B c.png"),
        (Trouble::BadName, "B c.png"),
        (Trouble::Enormous, "big.png"),
        (Trouble::WrongSize, "big.png"),
        (Trouble::Unreadable, "cut.png"),
        (Trouble::Scripted, "s.svg"),
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let roles = |path: &str| {
        report
            .pictures
            .iter()
            .find(|picture| picture.path == path)
            .unwrap()
            .roles
            .clone()
    };
    assert_eq!(roles("big.png"), [Role::Cover]);
    assert_eq!(roles("a.png"), [Role::InText]);
    assert_eq!(roles("s.svg"), []);
}

#[test]
fn names_are_slugged_and_never_collide() {
    assert_eq!(
        name::good(&["A café’s “Größe”!"], "IMG 1.JPEG", []),
        "a-cafes-grosse.jpg"
    );
    assert_eq!(
        name::good(&["", "…"], "My Picture.PNG", []),
        "my-picture.png"
    );
    assert_eq!(
        name::good(&["Cover"], "x.png", ["COVER.png", "cover-2.png"]),
        "cover-3.png"
    );
    assert_eq!(name::good(&[], "画像.png", []), "image.png");
    assert_eq!(
        Folder::parse("2021/1110-x").unwrap().path_of(POST),
        "linkerd.io/content/blog/2021/1110-x/index.md"
    );
}

/// The text after a rename, which undo then takes back.
fn renamed(text: &str, from: &str, to: &str) -> String {
    let site = Site::linkerd();
    let mut now = Text::from_bytes(text.as_bytes());
    let edits = rename(text, from, to, &site.profile).unwrap();
    let mut inverses: Vec<_> = edits.iter().map(|edit| now.apply(edit).unwrap()).collect();
    let after = now.as_str().to_owned();
    inverses.reverse();
    for inverse in inverses {
        now.apply(&inverse).unwrap();
    }
    assert_eq!(now.as_str(), text, "undo does not restore the text");
    after
}

const EVERYWHERE: &str = "---\ntitle: old.png\nparams:\n  author:\n    name: A\n    avatar: old.png\n  cover: old.png # why\n\
    images: [old.png, other.png] # Open graph image\n---\n\n![old.png](old.png)\n\n[a](./old.png?x#y) old.png `old.png`\n\n\
    ![b][r] <img alt=\"old.png\" src=\"old.png\">\n\n- item\n\n  ![c](<old.png> \"old.png\")\n\n\
    {{< figure src=\"old.png\" alt=\"old.png x\" >}}\n\n{{< note >}}\n![ä](old.png)\n{{< /note >}}\n\n[r]: old.png\n\n\
    ```\n![code](old.png)\n```\n\n![not](very-old.png) ![not](https://e.com/old.png)\n";

#[test]
fn every_reference_follows_and_nothing_else_moves() {
    let after = renamed(EVERYWHERE, "old.png", "a-new-one.png");
    let expected = EVERYWHERE
        .replace("avatar: old", "avatar: a-new-one")
        .replace("cover: old", "cover: a-new-one")
        .replace("[old.png, other", "[a-new-one.png, other")
        .replace("![old.png](old", "![old.png](a-new-one")
        .replace("(./old", "(./a-new-one")
        .replace("src=\"old", "src=\"a-new-one")
        .replace("(<old", "(<a-new-one")
        .replace("[r]: old", "[r]: a-new-one")
        .replace("![ä](old", "![ä](a-new-one");
    assert_eq!(after, expected);
}

fn place() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("![Ä alt](NAME)".to_owned()),
        Just("![*a* `b`](NAME \"title NAME\")".to_owned()),
        Just("[text NAME](./NAME#x)".to_owned()),
        Just("[![in](NAME)](NAME)".to_owned()),
        Just("<img src='NAME'>".to_owned()),
        Just("<div>\n<img class=x src=\"NAME\">\n</div>".to_owned()),
        Just("{{< figure src=\"NAME\" >}}".to_owned()),
        Just("> ![q](NAME)".to_owned()),
        Just("- ![l](<NAME>)\n- NAME".to_owned()),
        Just("| a | b |\n| - | - |\n| ![t](NAME) | x |".to_owned()),
        "[a-z äöü]{0,20}",
        Just("`![c](NAME)`".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_rename_follows_whatever_stands_around(places in prop::collection::vec(place(), 0..8), cover in any::<bool>()) {
        let front = if cover { "---\nparams:\n  cover: NAME\n---\n" } else { "---\ntitle: x\n---\n" };
        let text = format!("{front}\n{}\n", places.join("\n\n")).replace("NAME", "old.png");
        let named = |text: &str, name: &str| {
            let post = Post::parse(text);
            let found = references(text, &post, &FrontMatter::read(text, &post));
            found.iter().filter(|reference| reference.target == name).count()
        };
        let before = named(&text, "old.png");
        // Told from the pieces, not by the code that is tested.
        let expected: usize = usize::from(cover) + places.iter().map(|place| match place.as_str() {
            "[![in](NAME)](NAME)" => 2,
            code if code.starts_with('`') => 0,
            place => usize::from(place.contains("NAME")),
        }).sum::<usize>();
        prop_assert_eq!(before, expected, "{}", text);
        let after = renamed(&text, "old.png", "a-new-one.png");
        prop_assert_eq!(named(&after, "old.png"), 0);
        prop_assert_eq!(named(&after, "a-new-one.png"), before);
        prop_assert_eq!(after.replace("a-new-one.png", "old.png"), text);
    }
}
