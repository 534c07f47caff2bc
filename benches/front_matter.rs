//! One title edit: what every keystroke in the form costs, proof included.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::site::Profile;
use recap_editor::yaml::{KeyPath, Value};

/// Where the real posts are, as the tests have it.
#[path = "../tests/it/support.rs"]
#[allow(
    dead_code,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "shared with the tests, which need more of it"
)]
mod support;

/// A post with a front matter of about `entries` entries in all styles and a body of `body` bytes.
fn post(entries: usize, body: usize) -> String {
    let mut text = "---\ntitle: |-\n  A title that is here from the start\n".to_owned();
    for i in 0..entries {
        let entry = match i % 4 {
            0 => format!("plain-{i}: some words that stand here\n"),
            1 => format!("list-{i}: [one, \"2.{i}\", 'three', four] # comment\n"),
            2 => {
                format!("block-{i}: |-\n  The first line of a longer text.\n  And a second one.\n")
            }
            _ => format!("map-{i}:\n  name: \"A name\"\n  items:\n    - a\n    - b\n"),
        };
        text.push_str(&entry);
    }
    text.push_str("---\n");
    text.push_str(&"A line of the body, as long as such lines are.\n".repeat(body / 47));
    text
}

/// The largest real post; `None`, with a line that says so, where there are none.
fn largest_real_post() -> Option<String> {
    let posts = support::corpus_posts().into_iter();
    let texts = posts.filter_map(|(_, bytes)| String::from_utf8(bytes).ok());
    texts.max_by_key(String::len)
}

fn title_edits(criterion: &mut Criterion) {
    let profile = Profile::linkerd().unwrap_or_default();
    let path = KeyPath::key("title");
    let value = Value::from("Another title, as somebody types it");
    let mut group = criterion.benchmark_group("title edit");
    let largest = largest_real_post().map(|text| ("the largest real post", text));
    let made = [
        ("a usual post of 36 kB", post(8, 36 << 10)),
        ("a post of 1 MB", post(8, 1 << 20)),
        ("front matter of 64 kB", post(1180, 36 << 10)),
    ];
    for (name, text) in largest.into_iter().chain(made) {
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |bencher, text| {
            let front_matter = FrontMatter::read(text, &Post::parse(text));
            assert_eq!(front_matter.locked(), None);
            bencher.iter(|| front_matter.set(black_box(text), &path, Some(&value), &profile));
        });
    }
    group.finish();
}

fn readings(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    let bomb: String = (1..30).fold("a0: &a0 [x]\n".to_owned(), |text, i| {
        let before = i - 1;
        text + &format!("a{i}: &a{i} [*a{before}, *a{before}, *a{before}]\n")
    });
    for (name, text) in [
        ("a usual post of 36 kB", post(8, 36 << 10)),
        ("front matter of 64 kB", post(1180, 36 << 10)),
        (
            "60 kB of brackets",
            format!("---\na: {}\n---\n", "[".repeat(60_000)),
        ),
        (
            "60 kB of brackets, 99 deep",
            format!(
                "---\na: [{}]\n---\n",
                format!("{}{},", "[".repeat(97), "]".repeat(97)).repeat(300)
            ),
        ),
        (
            "60 kB of items",
            format!("---\na: [{}]\n---\n", "x,".repeat(30_000)),
        ),
        (
            "60 kB of keys",
            format!(
                "---\n{}---\n",
                (0..8000).map(|i| format!("k{i}:\n")).collect::<String>()
            ),
        ),
        ("an alias bomb", format!("---\n{bomb}---\n")),
        ("1 MB of front matter", post(20_000, 0)),
    ] {
        group.bench_with_input(BenchmarkId::from_parameter(name), &text, |bencher, text| {
            bencher.iter(|| FrontMatter::read(black_box(text), &Post::parse(text)));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = title_edits, readings
}
criterion_main!(benches);
