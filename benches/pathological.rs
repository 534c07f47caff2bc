//! Markdown made to be slow to read: how long a render and then a key take, and how the render grows from n to 2n.
//!
//! `cargo bench --bench pathological -- WORD…` takes those whose name has one of the words. Prints a table; nothing is judged here. A render that grows by less than 3 while the input doubles is nearly linear.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a program that reports to a terminal"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use recap_editor::post::Post;
use recap_editor::preview::{Audience, Page, Preview};
use recap_editor::site::Site;
use recap_editor::text::{BytePos, TextEdit};

/// Where the real posts are, as the tests have it.
#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "shared with the tests, which need more of it")]
mod support;

fn main() {
    let Some(vectors) = pathological() else {
        return;
    };
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    println!(
        "{:<52} {:>9} {:>9} {:>9} {:>7}",
        "input", "bytes", "render", "2n/n", "key"
    );
    for vector in vectors {
        if !words.is_empty() && !words.iter().any(|word| vector.name.contains(word)) {
            continue;
        }
        let (one, _) = time(&vector.text(1));
        let (two, key) = time(&vector.text(2));
        println!(
            "{:<52} {:>9} {:>6.1} ms {:>9.2} {:>4.1} ms",
            vector.name,
            vector.text(1).len(),
            one.as_secs_f64() * 1e3,
            two.as_secs_f64() / one.as_secs_f64().max(1e-9),
            key.as_secs_f64() * 1e3,
        );
    }
}

/// The fastest of three renders, and of three keys in the middle.
fn time(body: &str) -> (Duration, Duration) {
    let text = format!("---\ntitle: x\n---\n\n{body}");
    let site = Site::linkerd();
    let front_matter = serde_yaml::Mapping::new();
    let mut render = Duration::MAX;
    let mut key = Duration::MAX;
    for _ in 0..3 {
        let post = Post::parse(&text);
        let page = Page {
            text: &text,
            post: &post,
            front_matter: &front_matter,
            path: None,
            resources: &[],
            site: &site.index,
        };
        let start = Instant::now();
        let mut preview = Preview::new(Audience::Screen);
        preview.update(&page, None);
        black_box(preview.blocks().len());
        render = render.min(start.elapsed());
        let mut middle = text.len() / 2;
        while !text.is_char_boundary(middle) {
            middle += 1;
        }
        let edit = TextEdit::insertion(BytePos::new(middle), "x");
        let changed = edit.applied_to(&text);
        let post = Post::parse(&changed);
        let page = Page {
            text: &changed,
            post: &post,
            ..page
        };
        let start = Instant::now();
        preview.update(&page, Some(&edit));
        key = key.min(start.elapsed());
        if render > Duration::from_secs(5) {
            break;
        }
    }
    (render, key)
}

/// An input made to be slow to read.
struct Pathological {
    name: String,
    parts: [(String, usize); 4],
}

impl Pathological {
    /// The input, its repeated parts `times` as often.
    fn text(&self, times: usize) -> String {
        self.parts
            .iter()
            .map(|(part, count)| part.repeat(count * times))
            .collect()
    }
}

/// The inputs of the shared list; `None`, with a line that says so, where it is missing.
fn pathological() -> Option<Vec<Pathological>> {
    let bytes = std::fs::read(support::shared("vectors/md_pathological_params.json")?).unwrap();
    let list: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let part = |vector: &serde_json::Value, text: &str, count: Option<&str>| {
        let count = count.map_or(1, |count| vector[count].as_u64().unwrap());
        let text = vector[text].as_str().unwrap().to_owned();
        (text, usize::try_from(count).unwrap())
    };
    let vectors = list["vectors"].as_array().unwrap().iter();
    Some(
        vectors
            .map(|vector| Pathological {
                name: vector["name"].as_str().unwrap().to_owned(),
                parts: [
                    part(vector, "prefix", None),
                    part(vector, "repeat", Some("n")),
                    part(vector, "mid", None),
                    part(vector, "repeat2", Some("n2")),
                ],
            })
            .collect(),
    )
}
