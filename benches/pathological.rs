//! Markdown made to be slow to read: how long a render and then a key take, and how the render grows from n to 2n.
//!
//! Prints a table; nothing is judged here. A render that grows by less than 3 while the input doubles is nearly linear.

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
use recap_editor::site::{Profile, Site};
use recap_editor::text::{BytePos, TextEdit};

/// Where the real posts are, as the tests have it.
#[path = "../tests/it/support.rs"]
#[allow(dead_code, reason = "shared with the tests, which need more of it")]
mod support;

fn main() {
    let Some(vectors) = support::pathological() else {
        return;
    };
    println!(
        "{:<52} {:>9} {:>9} {:>9} {:>7}",
        "input", "bytes", "render", "2n/n", "key"
    );
    for vector in vectors {
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
