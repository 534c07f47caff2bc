//! Every post of the corpus: opened, edited field by field, compared line by line.

use recap_editor::post::Post;
use recap_editor::text::Text;
use recap_editor::yaml::{KeyPath, Value};

use super::{profile, read};
use crate::support::corpus_posts;

/// The lines that an edit took out and those it put in.
fn changed_lines<'a>(before: &'a str, after: &'a str) -> (Vec<&'a str>, Vec<&'a str>) {
    let (before, after): (Vec<_>, Vec<_>) = (
        before.split_inclusive('\n').collect(),
        after.split_inclusive('\n').collect(),
    );
    let front = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let most = before.len().min(after.len()) - front;
    let back = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    (
        before[front..before.len() - back].to_vec(),
        after[front..after.len() - back].to_vec(),
    )
}

#[test]
fn every_post_can_be_edited_in_every_everyday_field() {
    let profile = profile();
    for (name, bytes) in corpus_posts() {
        let text = Text::from_bytes(&bytes);
        assert_eq!(text.to_bytes(), bytes, "{name}");
        let before = text.as_str();
        assert_eq!(read(before).locked(), None, "{name}");
        for (key, json) in [
            ("title", r#""A new title""#),
            ("title", r#""Slow Cooker: 2.20 and more #1""#),
            ("date", r#""2026-10-11T00:00:00Z""#),
            ("slug", r#""a-new-slug""#),
            (
                "description",
                r#""What happened and why it matters to you.""#,
            ),
            ("keywords", r#"["linkerd", "2.20", "a, b"]"#),
            ("params.author", r#""flynn""#),
            (
                "params.author",
                r#"{"name": "Ann Other", "avatar": "ann.png"}"#,
            ),
            ("params.showCover", "true"),
            ("params.thumbnailRatio", r#""fit""#),
            ("images", r#"["social.png"]"#),
        ] {
            let path: KeyPath = key.parse().unwrap();
            let value: Value = serde_json::from_str(json).unwrap();
            let front_matter = read(before);
            let edit = front_matter
                .set(before, &path, Some(&value), &profile)
                .unwrap_or_else(|refusal| panic!("{name} {key}: {refusal}"));
            let after = edit
                .as_ref()
                .map_or(before.to_owned(), |edit| edit.applied_to(before));
            assert_eq!(read(&after).value(&path), Some(&value), "{name} {key}");
            // Only lines of the entry differ; a new one differs in its own.
            let (gone, new) = changed_lines(before, &after);
            let entry = front_matter.entry(&path);
            let own = entry.map_or(0, |span| span.of(before).lines().count());
            assert!(gone.len() <= own, "{name} {key}: {gone:?}");
            let own = read(&after)
                .entry(&path)
                .unwrap()
                .of(&after)
                .lines()
                .count();
            // `params:` comes along where it was not there.
            assert!(new.len() <= own + 1, "{name} {key}: {new:?}");
            // The body is not touched.
            let body = |text: &str| Post::parse(text).body.of(text).to_owned();
            assert_eq!(body(&after), body(before), "{name} {key}");
        }
    }
}

#[test]
fn setting_what_is_there_changes_nothing() {
    let profile = profile();
    for (name, bytes) in corpus_posts() {
        let text = String::from_utf8(bytes).unwrap();
        let front_matter = read(&text);
        for field in &profile.fields {
            let Some(value) = front_matter.value(&field.path) else {
                continue;
            };
            let edit = front_matter.set(&text, &field.path, Some(value), &profile);
            assert_eq!(edit, Ok(None), "{name} {}", field.path);
        }
    }
}

#[test]
fn a_field_that_is_cleared_and_set_again_comes_back_in_the_sites_style() {
    let profile = profile();
    let (mut same, mut all) = (0, 0);
    for (name, bytes) in corpus_posts() {
        let text = String::from_utf8(bytes).unwrap();
        for field in &profile.fields {
            let front_matter = read(&text);
            let Some(value) = front_matter.value(&field.path).cloned() else {
                continue;
            };
            let edit = front_matter.set(&text, &field.path, None, &profile);
            let cleared = edit.unwrap().unwrap().applied_to(&text);
            assert_eq!(
                read(&cleared).value(&field.path),
                None,
                "{name} {}",
                field.path
            );
            let again = read(&cleared).set(&cleared, &field.path, Some(&value), &profile);
            let again = again.unwrap().unwrap().applied_to(&cleared);
            all += 1;
            same += usize::from(again == text);
        }
    }
    // Where the file was in the site's own order and style it is the same to the byte: 95 of 100.
    assert!(same * 100 >= all * 95, "{same} of {all}");
}
