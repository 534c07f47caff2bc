//! Hostile zips are refused or cleaned, odd ones open, and what we write every reader reads.

use std::process::Command;
use std::time::Instant;

use recap_editor::bundle::{Archive, Bundle, BundleFile, Folder, Limits, Modified, POST, Part};

use super::made::{Entry, Made, entry};
use crate::support::{Folder as TestFolder, shared};

const TEXT: &[u8] = b"---\ntitle: x\n---\n\ntext\n";
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n not a whole one";

fn plain(entries: &[Entry]) -> Vec<u8> {
    Made::default().zip(entries)
}

/// A post, and one entry more.
fn and(other: Entry) -> Vec<u8> {
    plain(&[entry("p/index.md", TEXT), other])
}

fn hostile() -> Vec<(String, Vec<u8>)> {
    let mut zips: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |what: &str, zip: Vec<u8>| zips.push((what.to_owned(), zip));
    for path in [
        "../evil.png",
        "p/../../evil.png",
        "..",
        "p/..",
        "/etc/evil.png",
        "//host/share/evil.png",
        "C:/evil.png",
        "C:evil.png",
        "..\\evil.png",
        "p\\..\\..\\evil.png",
        "\\\\host\\evil.png",
        "C:\\evil.png",
        "p/a\0.png",
        "\0",
        "p/a\n.png",
        "p/\u{202e}gnp.md",
        "p/./a.png",
        "p//a.png",
        "p/con.png",
        "p/NUL",
        "p/aux.tar.gz",
        "p/a.png:stream",
        "p/a.png.",
        "p/a ",
        "p/a\u{1b}[31m.png",
        "p/a?.png",
        "p/a*.png",
        "p/a|b.png",
        "p/a<b.png",
        "p/com1.png",
        "../p/index.md",
        "p/\u{2066}x.png",
        "",
    ] {
        add(&format!("the path {path:?}"), and(entry(path, PICTURE)));
    }
    add(
        "a path too deep",
        and(entry("d/".repeat(40) + "a.png", PICTURE)),
    );
    add(
        "a name too long",
        and(entry("a".repeat(5000) + ".png", PICTURE)),
    );
    add(
        "a link",
        and(entry("p/a.png", "/etc/passwd").with(|e| e.attributes = 0o120_777 << 16)),
    );
    add(
        "a link as the post",
        plain(&[entry("index.md", "/etc/passwd").with(|e| e.attributes = 0o120_777 << 16)]),
    );
    add(
        "a device",
        and(entry("p/a.png", "").with(|e| e.attributes = 0o020_666 << 16)),
    );
    add(
        "a pipe",
        and(entry("p/a.png", "").with(|e| e.attributes = 0o010_666 << 16)),
    );
    add(
        "a socket",
        and(entry("p/a.png", "").with(|e| e.attributes = 0o140_666 << 16)),
    );
    add(
        "encrypted",
        and(entry("p/a.png", PICTURE).with(|e| e.flags |= 1)),
    );
    add(
        "the post encrypted",
        plain(&[entry("index.md", TEXT).with(|e| e.flags |= 1)]),
    );
    add(
        "strongly encrypted",
        and(entry("p/a.png", PICTURE).with(|e| e.flags |= 0x41)),
    );
    for method in [1, 6, 9, 12, 14, 93, 95, 98, 99, 4242] {
        add(
            &format!("method {method}"),
            and(entry("p/a.png", PICTURE).with(|e| e.method = Some(method))),
        );
    }
    add("one name twice", and(entry("p/index.md", "other")));
    add(
        "names differing by case",
        plain(&[
            entry("index.md", TEXT),
            entry("a.png", "1"),
            entry("A.PNG", "2"),
        ]),
    );
    add(
        "the post in two cases",
        plain(&[entry("index.md", TEXT), entry("INDEX.md", "2")]),
    );
    add(
        "names differing by Unicode form",
        plain(&[
            entry("index.md", TEXT),
            entry("é.png", "1"),
            entry("e\u{301}.png", "2"),
        ]),
    );
    add(
        "a slash and a backslash for one name",
        plain(&[entry("p/index.md", TEXT), entry("p\\index.md", "2")]),
    );
    add(
        "a file that is a folder too",
        plain(&[
            entry("index.md", TEXT),
            entry("a", "1"),
            entry("a/b.png", "2"),
        ]),
    );
    add(
        "a size too small",
        and(entry("p/a.png", PICTURE).with(|e| e.said_size = Some(3))),
    );
    add(
        "a size too large",
        and(entry("p/a.png", PICTURE).with(|e| e.said_size = Some(3000))),
    );
    add(
        "an enormous size",
        and(entry("p/a.png", PICTURE).with(|e| e.said_size = Some(u32::MAX - 1))),
    );
    add(
        "a packed size beyond the end",
        and(entry("p/a.png", PICTURE).with(|e| e.said_packed = Some(1 << 30))),
    );
    add(
        "a wrong checksum",
        and(entry("p/a.png", PICTURE).with(|e| e.said_crc = Some(7))),
    );
    add(
        "a wrong checksum, stored",
        and(entry("p/a.png", PICTURE).with(|e| (e.deflate, e.said_crc) = (false, Some(7)))),
    );
    add(
        "data that are not deflated",
        and(entry("p/a.png", [0xff; 64]).with(|e| (e.deflate, e.method) = (false, Some(8)))),
    );
    let zeros = vec![0; 80 << 20];
    add("80 MB of nothing", and(entry("p/a.png", &zeros)));
    add(
        "80 MB of nothing said to be 10 bytes",
        and(entry("p/a.png", &zeros).with(|e| e.said_size = Some(10))),
    );
    let mut dice = crate::support::Dice(7);
    let noise: Vec<u8> = (0..24_000).map(|_| dice.roll(256) as u8).collect();
    let loose: Vec<u8> = noise.iter().flat_map(|byte| [*byte; 170]).collect();
    let many: Vec<Entry> = (0..40)
        .map(|i| entry(format!("p/{i}.png"), &loose))
        .collect();
    let with_post: Vec<Entry> = std::iter::once(entry("p/index.md", TEXT))
        .chain(many)
        .collect();
    add(
        "many files below the ratio that are too much together",
        plain(&with_post),
    );
    let shared: Vec<Entry> = (0..60)
        .map(|i| entry(format!("{i}.png"), &loose).with(|e| e.shares = (i > 0).then_some(0)))
        .collect();
    add("entries that share their bytes", plain(&shared));
    let lots: Vec<Entry> = (0..2500).map(|i| entry(format!("p/{i}.png"), "")).collect();
    add("too many entries", plain(&lots));
    add(
        "more entries said than there are",
        Made {
            said_count: Some(9),
            ..Made::default()
        }
        .zip(&[entry("index.md", TEXT)]),
    );
    let good = and(entry("p/a.png", PICTURE));
    for cut in [
        0,
        3,
        30,
        good.len() / 2,
        good.len() - 40,
        good.len() - 22,
        good.len() - 1,
    ] {
        add(&format!("cut off at {cut}"), good[..cut].to_vec());
    }
    add("no zip", b"<!doctype html>".to_vec());
    add("no post", plain(&[entry("a.png", PICTURE)]));
    add("an empty zip", plain(&[]));
    let mut torn = good;
    torn[..4].copy_from_slice(b"XXXX");
    add("a broken first header", torn);
    zips
}

#[test]
fn hostile_zips_are_refused_or_cleaned() {
    let zips = hostile();
    let (mut refused, mut cleaned, mut wrong) = (0, 0, Vec::new());
    let (mut slowest, mut slowest_of) = (0.0, String::new());
    let total = zips.len();
    for (what, zip) in zips {
        let start = Instant::now();
        let outcome = Archive::read(&zip, &Limits::default()).and_then(|archive| {
            let folder = archive
                .posts()
                .first()
                .copied()
                .unwrap_or_default()
                .to_owned();
            archive.bundle(&folder)
        });
        let took = start.elapsed().as_secs_f64();
        if took > slowest {
            (slowest, slowest_of) = (took, what.clone());
        }
        match outcome {
            Err(refusal) if refusal.to_string().ends_with('.') => refused += 1,
            Ok((bundle, notes))
                if !notes.is_empty() && bundle.files.iter().all(|file| file.path == POST) =>
            {
                cleaned += 1;
            }
            other => wrong.push(format!("{what}: {other:?}")),
        }
    }
    println!(
        "{total} hostile zips: {refused} refused, {cleaned} cleaned; slowest {slowest:.2} s ({slowest_of}); {}",
        peak()
    );
    assert_eq!(wrong, Vec::<String>::new());
    assert!(total >= 60, "{total}");
}

/// What the process has held at most, where the system tells.
fn peak() -> String {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            status
                .lines()
                .find(|line| line.starts_with("VmHWM"))
                .map(str::to_owned)
        })
        .unwrap_or_default()
}

type Good = (&'static str, Vec<u8>, Vec<(&'static str, &'static [u8])>);

fn good() -> Vec<Good> {
    let both = || vec![(POST, TEXT), ("a.png", PICTURE)];
    let flat = |change: &dyn Fn(&mut Entry)| {
        vec![
            entry("index.md", TEXT).with(change),
            entry("a.png", PICTURE).with(change),
        ]
    };
    let windows = |e: &mut Entry| (e.made_by, e.attributes, e.flags) = (0x0014, 0x20, 0);
    let under = |folder: &str| {
        vec![
            entry(format!("{folder}/index.md"), TEXT),
            entry(format!("{folder}/a.png"), PICTURE),
        ]
    };
    let with = |mut entries: Vec<Entry>, more: Entry| {
        entries.push(more);
        plain(&entries)
    };
    let unix_time = b"UT\x05\0\x01\0\0\0\x60".to_vec();
    vec![
        ("plain", plain(&flat(&|_| {})), both()),
        ("stored", plain(&flat(&|e| e.deflate = false)), both()),
        ("streamed", plain(&flat(&|e| e.streamed = true)), both()),
        (
            "streamed and stored",
            plain(&flat(&|e| (e.streamed, e.deflate) = (true, false))),
            both(),
        ),
        ("zip64 entries", plain(&flat(&|e| e.zip64 = true)), both()),
        (
            "zip64 end",
            Made {
                zip64_end: true,
                ..Made::default()
            }
            .zip(&flat(&|_| {})),
            both(),
        ),
        (
            "zip64 throughout",
            Made {
                zip64_end: true,
                ..Made::default()
            }
            .zip(&flat(&|e| e.zip64 = true)),
            both(),
        ),
        ("made on Windows", plain(&flat(&windows)), both()),
        (
            "a comment",
            Made {
                comment: b"made by hand".to_vec(),
                ..Made::default()
            }
            .zip(&flat(&|_| {})),
            both(),
        ),
        (
            "a long comment",
            Made {
                comment: vec![b'x'; 60_000],
                ..Made::default()
            }
            .zip(&flat(&|_| {})),
            both(),
        ),
        (
            "comments of entries",
            plain(&flat(&|e| e.comment = b"hello".to_vec())),
            both(),
        ),
        (
            "something before it",
            Made {
                prefix: vec![b'#'; 3000],
                ..Made::default()
            }
            .zip(&flat(&|_| {})),
            both(),
        ),
        (
            "extra fields",
            plain(&flat(&|e| e.extra = unix_time.clone())),
            both(),
        ),
        (
            "an unknown extra field",
            plain(&flat(&|e| e.extra = b"zz\x02\0ab".to_vec())),
            both(),
        ),
        ("in a folder", plain(&under("my-post")), both()),
        (
            "in the repository's folders",
            plain(&under("linkerd.io/content/blog/2021/1110-slug")),
            both(),
        ),
        (
            "in a folder with spaces",
            plain(&under("My Post (1)")),
            both(),
        ),
        ("in a folder with an umlaut", plain(&under("Ärger")), both()),
        (
            "backslashes of Windows",
            plain(&[
                entry("p\\index.md", TEXT).with(windows),
                entry("p\\a.png", PICTURE).with(windows),
            ]),
            both(),
        ),
        (
            "entries for folders",
            plain(&[
                entry("p/", "").with(|e| (e.deflate, e.attributes) = (false, 0o040_755 << 16)),
                entry("p/index.md", TEXT),
                entry("p/a.png", PICTURE),
            ]),
            both(),
        ),
        (
            "macOS",
            with(under("p"), entry("__MACOSX/p/._a.png", "junk")),
            both(),
        ),
        (
            "macOS's .DS_Store",
            with(under("p"), entry("p/.DS_Store", "junk")),
            both(),
        ),
        (
            "Windows' Thumbs.db",
            with(under("p"), entry("p/Thumbs.db", "junk")),
            both(),
        ),
        (
            "dot and slash first",
            plain(&[entry("./index.md", TEXT), entry("./a.png", PICTURE)]),
            both(),
        ),
        (
            "a name in Japanese",
            with(flat(&|_| {}), entry("画像.png", "3")),
            [both(), vec![("画像.png", b"3")]].concat(),
        ),
        (
            "UTF-8 without saying so",
            with(flat(&|_| {}), entry("ü.png", "3").with(|e| e.flags = 0)),
            [both(), vec![("ü.png", b"3")]].concat(),
        ),
        (
            "the code page of DOS",
            with(flat(&|_| {}), entry(b"\x81.png", "3").with(windows)),
            [both(), vec![("ü.png", b"3")]].concat(),
        ),
        (
            "decomposed names",
            with(flat(&|_| {}), entry("u\u{308}.png", "3")),
            [both(), vec![("u\u{308}.png", b"3")]].concat(),
        ),
        (
            "an empty file",
            with(flat(&|_| {}), entry("empty.txt", "")),
            [both(), vec![("empty.txt", b"")]].concat(),
        ),
        (
            "a folder below",
            with(flat(&|_| {}), entry("img/b.png", "3")),
            [both(), vec![("img/b.png", b"3")]].concat(),
        ),
        (
            "the post alone",
            plain(&[entry("index.md", TEXT)]),
            vec![(POST, TEXT)],
        ),
        (
            "the post with another name",
            plain(&[entry("my-post.md", TEXT), entry("a.png", PICTURE)]),
            both(),
        ),
        (
            "old DOS attributes and no kind",
            plain(&flat(&|e| e.attributes = 0)),
            both(),
        ),
        (
            "a name in capitals",
            plain(&[
                entry("INDEX.MD", TEXT).with(windows),
                entry("a.png", PICTURE),
            ]),
            both(),
        ),
    ]
}

#[test]
fn odd_zips_open() {
    let zips = good();
    let total = zips.len();
    let folder = TestFolder::new("odd-zips");
    let python = "import sys,zipfile\nfor f in sys.argv[1:]:\n  assert zipfile.ZipFile(f).testzip() is None, f";
    let mut files = Vec::new();
    for (number, (what, zip, expected)) in zips.into_iter().enumerate() {
        let archive = Archive::read(&zip, &Limits::default())
            .unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        let posts = archive.posts();
        assert_eq!(posts.len(), 1, "{what}: {posts:?}");
        let (bundle, notes) = archive.bundle(posts[0]).unwrap();
        assert_eq!(notes, Vec::<String>::new(), "{what}");
        let mut found: Vec<(&str, &[u8])> = bundle
            .files
            .iter()
            .map(|file| (file.path.as_str(), &*file.bytes))
            .collect();
        let mut expected = expected;
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{what}");
        folder.write(&format!("{number}.zip"), zip);
        files.push(folder.0.join(format!("{number}.zip")));
    }
    println!("{total} odd zips opened");
    assert!(total >= 30, "{total}");
    let judge = Command::new("python3")
        .arg("-c")
        .arg(python)
        .args(&files)
        .output();
    match judge {
        Ok(output) => assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(_) => println!("Skipped: no python3 to read them too."),
    }
}

#[test]
fn several_posts_are_told_apart() {
    let zip = plain(&[
        entry("blog/2021/1110-one/index.md", TEXT),
        entry("blog/2021/1110-one/cover.jpg", "1"),
        entry("blog/2021/1111-two/index.md", "two"),
        entry("blog/other.txt", "x"),
    ]);
    let archive = Archive::read(&zip, &Limits::default()).unwrap();
    assert_eq!(
        archive.posts(),
        ["blog/2021/1110-one", "blog/2021/1111-two"]
    );
    let (bundle, notes) = archive.bundle("blog/2021/1110-one").unwrap();
    assert_eq!(bundle.folder.unwrap().to_string(), "2021/1110-one");
    assert_eq!(bundle.files.len(), 2);
    assert_eq!(
        notes,
        ["2 files outside of the post’s folder were not opened."]
    );
    assert!(archive.bundle("blog").is_err());
}

pub(super) fn corpus_bundles() -> Vec<(String, Bundle)> {
    let Some(root) = shared("corpus/bundles") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for year in std::fs::read_dir(root).unwrap() {
        for folder in std::fs::read_dir(year.unwrap().path()).unwrap() {
            let folder = folder.unwrap().path();
            let mut files = Vec::new();
            for file in std::fs::read_dir(&folder).unwrap() {
                let file = file.unwrap();
                files.push(BundleFile {
                    path: file.file_name().into_string().unwrap(),
                    bytes: std::fs::read(file.path()).unwrap().into(),
                    modified: Modified::from_unix(1_700_000_000),
                });
            }
            files.sort_by(|a, b| (a.path != POST, &a.path).cmp(&(b.path != POST, &b.path)));
            let path = folder.to_string_lossy().into_owned();
            let folder = Folder::at_end_of(&path);
            assert!(folder.is_some(), "{path}");
            found.push((path, Bundle { folder, files }));
        }
    }
    found
}

#[test]
fn a_real_bundle_comes_back_as_it_was() {
    for (path, bundle) in corpus_bundles() {
        let folder = bundle.folder.clone().unwrap();
        let zip = bundle.to_zip(&folder).unwrap().to_vec();
        let mut turned = bundle.clone();
        turned.files.reverse();
        assert_eq!(
            turned.to_zip(&folder).unwrap().to_vec(),
            zip,
            "{path}: the order of the files shows"
        );
        let archive = Archive::read(&zip, &Limits::default()).unwrap();
        let posts = archive.posts();
        assert_eq!(posts, [format!("linkerd.io/content/blog/{folder}")]);
        let (back, notes) = archive.bundle(posts[0]).unwrap();
        assert!(notes.is_empty());
        assert_eq!(back, bundle, "{path}");
    }
}

#[test]
fn a_zip_shares_the_pictures_it_is_made_of() {
    let file = |path: &str, bytes: &[u8]| BundleFile {
        path: path.to_owned(),
        bytes: bytes.into(),
        modified: None,
    };
    let files = [
        file("index.md", TEXT),
        file("a.png", &[1; 5000]),
        file("b.jpg", &[2; 5000]),
        // The same bytes elsewhere, none at all, and what is made smaller.
        file("c.webp", &[1; 5000]),
        file("empty.png", b""),
        file("d.svg", &[b' '; 5000]),
    ];
    let zip = recap_editor::bundle::zip_of(&files).unwrap();
    let shared: Vec<_> = zip
        .list()
        .iter()
        .filter_map(|part| match part {
            Part::File(bytes) => Some(bytes),
            Part::Made(_) => None,
        })
        .collect();
    assert_eq!(shared.len(), 3);
    for (shared, file) in shared.iter().zip(&files[1..4]) {
        assert!(std::rc::Rc::ptr_eq(shared, &file.bytes));
    }
    let made: usize = zip.list().iter().map(|part| part.bytes().len()).sum();
    assert_eq!(made, zip.to_vec().len());
    let back = Archive::read(&zip.to_vec(), &Limits::default()).unwrap();
    let (back, _) = back.bundle("").unwrap();
    for file in &files {
        let found = back.files.iter().find(|found| found.path == file.path);
        assert_eq!(found.unwrap().bytes, file.bytes, "{}", file.path);
    }
}

#[test]
fn what_cannot_be_unpacked_everywhere_is_not_written() {
    let folder = Folder::parse("2021/1110-slug").unwrap();
    for paths in [&["../a.png"][..], &["a.png", "A.png"], &["C:a"], &["a\\b"]] {
        let files = paths
            .iter()
            .map(|path| BundleFile {
                path: (*path).to_owned(),
                bytes: TEXT.into(),
                modified: None,
            })
            .collect();
        assert!(
            Bundle {
                folder: None,
                files
            }
            .to_zip(&folder)
            .is_err(),
            "{paths:?}"
        );
    }
}

#[test]
fn folders_are_written_one_way() {
    for good in ["2021/1110-slug", "2025/0725-tilt-linkerd-nginx-part-2"] {
        assert_eq!(Folder::parse(good).unwrap().to_string(), good);
    }
    for bad in [
        "",
        "2021",
        "2021/slug",
        "21/1110-slug",
        "2021/1110-",
        "2021/1110-a/b",
        "2021/1110-../x",
        "2021/1110-A",
    ] {
        assert!(Folder::parse(bad).is_err(), "{bad}");
    }
}
