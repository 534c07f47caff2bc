//! A key in the middle of a post: what the session does for it, and what it costs to say what the screen shows then.
//!
//! The posts are made of real ones, joined, where those are to be had.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a program that reports to a terminal"
)]

use std::hint::black_box;
use std::rc::Rc;

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use recap_editor::session::{
    Effect, Input, Millis, Msg, OpenedFile, PaneId, Revision, Selection, Session,
};
use recap_editor::site::Site;
use recap_editor::text::{PaneChange, Utf16Pos};

/// Where the real posts are, as the tests have it.
#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "shared with the tests, which need more of it")]
mod support;

/// A post of about `size` bytes.
fn post(size: usize) -> String {
    let mut text = "---\ndate: 2026-01-02T00:00:00Z\ntitle: A long post\n---\n".to_owned();
    let posts = support::corpus_posts();
    let bodies: Vec<String> = posts
        .into_iter()
        .filter_map(|(_, bytes)| String::from_utf8(bytes).ok())
        .filter_map(|post| Some(post.splitn(3, "---\n").nth(2)?.to_owned()))
        .collect();
    let made = vec!["\n## A heading\n\nSome *words* that stand here, on\ntwo lines.\n".to_owned()];
    let bodies = if bodies.is_empty() { made } else { bodies };
    for body in bodies.iter().cycle() {
        text.push_str(body);
        if text.len() >= size {
            break;
        }
    }
    text
}

fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key");
    for (name, size) in [("10 kB", 10_000), ("100 kB", 100_000), ("1 MB", 1_000_000)] {
        let text = post(size);
        group.bench_with_input(BenchmarkId::new("opening", name), &text, |bencher, text| {
            bencher.iter_batched(
                || text.clone(),
                |text| black_box(open(&text)),
                BatchSize::LargeInput,
            );
        });
        let body = text.splitn(3, "---\n").nth(2).unwrap();
        let mut middle = body.len() / 2;
        while !body.is_char_boundary(middle) || !body[..middle].ends_with("e ") {
            middle += 1;
        }
        let at = u32::try_from(body[..middle].encode_utf16().count()).unwrap();
        let (mut session, mut revision) = open(&text);
        // A letter and a backspace in turn, so that the paragraph stays as long as it is.
        let mut typed = false;
        group.bench_function(BenchmarkId::new("typing", name), |bencher| {
            bencher.iter(|| {
                let (from, to) = (at, at + u32::from(typed));
                let insert = if typed { "" } else { "a" };
                typed = !typed;
                let effects = session.update(Msg::BodyTyped {
                    base: revision,
                    changes: vec![PaneChange {
                        from: Utf16Pos::new(from),
                        to: Utf16Pos::new(to),
                        insert: insert.to_owned(),
                    }],
                    before: caret(to),
                    after: caret(at + u32::from(typed)),
                    input: Input::default(),
                    at: Millis(0),
                });
                revision = shown(&effects);
                black_box((effects, session.view()));
            });
        });
    }
    group.finish();
}

const fn caret(at: u32) -> Selection {
    Selection {
        from: Utf16Pos::new(at),
        to: Utf16Pos::new(at),
    }
}

fn open(text: &str) -> (Session, Revision) {
    let mut session = Session::new(Rc::new(Site::linkerd()));
    let effects = session.update(Msg::FilesOpened(vec![OpenedFile {
        name: "index.md".to_owned(),
        bytes: text.as_bytes().into(),
        modified: None,
    }]));
    let revision = shown(&effects);
    (session, revision)
}

/// The revision the Markdown pane shows from now on.
fn shown(effects: &[Effect]) -> Revision {
    let mut shown = Revision::default();
    for effect in effects {
        if let Effect::StampPane { pane, revision } | Effect::FillPane { pane, revision, .. } =
            effect
            && *pane == PaneId::Body
        {
            shown = *revision;
        }
    }
    shown
}

criterion_group!(benches, keys);
criterion_main!(benches);
