//! The line that says what differs, held against the bytes themselves.

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::review::{self, Side};
use recap_editor::text::Text;

use super::properties::{asks, known_paths, seed};
use super::{profile, read, written};

fn told(before: &Text, after: &Text) -> String {
    let (old, new) = (Post::parse(before.as_str()), Post::parse(after.as_str()));
    let side = |text, post, front_matter| Side {
        text,
        post,
        front_matter,
    };
    review::summary(
        side(before, &old, &FrontMatter::read(before.as_str(), &old)),
        side(after, &new, &FrontMatter::read(after.as_str(), &new)),
        review::Common::of(old.body.of(before.as_str()), new.body.of(after.as_str())),
        &profile(),
    )
}

/// What the line calls identical, in bytes.
fn identical(line: &str) -> usize {
    let (_, tail) = line.rsplit_once("all other ").unwrap();
    let number = tail.split(' ').next().unwrap().replace(',', "");
    number.parse().unwrap()
}

/// The longest sequence of bytes both texts have in this order: nobody can call more than that identical.
fn common(before: &[u8], after: &[u8]) -> usize {
    let mut row = vec![0_usize; after.len() + 1];
    for a in before {
        let mut diagonal = 0;
        for (i, b) in after.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = if a == b {
                diagonal + 1
            } else {
                above.max(row[i])
            };
            diagonal = above;
        }
    }
    row[after.len()]
}

#[test]
fn what_is_called_identical_is() {
    let profile = profile();
    let config = Config {
        cases: 1_500,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed()));
    let cases = (written::damaged(), asks(), proptest::bool::ANY);
    let outcome = runner.run(&cases, |(written, asks, comment)| {
        let first = written.post();
        let before = Text::from_bytes(first.as_bytes());
        let mut text = first.clone();
        for ask in asks {
            let known = known_paths(&text);
            let path = ask.path.get(&known);
            if let Ok(Some(edit)) = read(&text).set(&text, path, ask.value.as_ref(), &profile) {
                text = edit.applied_to(&text);
            }
        }
        // Somebody may write beside the entries too.
        if comment {
            text = text.replacen('\n', "\n# by hand\n", 1);
        }
        let after = Text::from_bytes(text.as_bytes());
        let line = told(&before, &after);
        if text == first {
            assert_eq!(line, "Nothing differs from the opened file");
            return Ok(());
        }
        let (said, most) = (identical(&line), common(first.as_bytes(), text.as_bytes()));
        assert!(said <= most, "{line}\nat most {most}\n{first:?}\n{text:?}");
        Ok(())
    });
    outcome.unwrap();
}
