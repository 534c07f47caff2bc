//! Random edits of real and generated front matter. After each of them two YAML readers that share no code must read the
//! value that was asked for and all others as before; no byte outside the entry may differ; undoing gives the first text.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use recap_editor::post::Post;
use recap_editor::site::Profile;
use recap_editor::text::{Span, Text};
use recap_editor::yaml::{Custom, KeyPath, Value};
use saphyr::{LoadableYamlNode, Scalar, Yaml};

use super::written::{damaged, post};
use super::{profile, read};
use crate::support::corpus_posts;

/// What is asked for: a path, one of those below or one that the text has, and a value.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) path: Index,
    pub(super) value: Option<Value>,
}

const PATHS: [&str; 20] = [
    "title",
    "date",
    "slug",
    "description",
    "keywords",
    "images",
    "aliases",
    "draft",
    "params.author",
    "params.author.name",
    "params.showCover",
    "params.thumbnailRatio",
    "params.metaTitle",
    "params.cover",
    "params.noIndex",
    "params.videoSchema",
    "params.videoSchema[0].title",
    "params.faqSchema",
    "custom",
    "\"a new: key\"",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Za-z][a-z]{0,8}( [a-z“”é]{1,9}){0,5}",
        1 => "[A-Za-z]{1,9}( [a-z]{1,9}){15,30}",
        2 => select(vec![
            "2.20", "yes", "no", "null", "~", "", " ", "012", "1:30", "1e3", "0x1F", "2021-11-10", "true", "- a", "? a",
            ": a", "a: b", "a:", "a #b", "#a", "@a", "`a`", "%a", "&a", "*a", "!a", "|", ">", "'", "\"", "it's", "\\",
            "a ", " a", "a\tb", "\ta", "🎈", "a\nb", "a\n\nb\n", "\n", "a\r\nb", "a\rb", "a\u{2028}b", "a\u{85}b",
            "\u{feff}", "---", "...", "--- a", "[a", "a]", "{a}", "a, b", "{{< x >}}", "=", "<<", ".inf", "+1", "\u{0}",
            "\u{7f}", "\u{fffe}", "a\u{a0}", "-", "?", "x: |-\n  y", "“a”: ‘b’", "http://a.b/c?d=e#f",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[ -~\n\t]{0,16}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let list = vec(text(), 0..5).prop_map(Value::from);
    let map = vec(
        (
            select(vec!["name", "avatar", "email", "title", "q r"]),
            text(),
        ),
        1..4,
    )
    .prop_map(|entries| {
        let mut kept: Vec<(String, Value)> = Vec::new();
        for (key, text) in entries {
            if kept.iter().all(|(known, _)| known != key) {
                kept.push((key.to_owned(), text.into()));
            }
        }
        Value::Map(kept)
    });
    let map = map.boxed();
    prop_oneof![
        6 => text().prop_map(Value::from),
        3 => list,
        1 => any::<bool>().prop_map(Value::from),
        1 => map.clone(),
        1 => vec(map, 1..3).prop_map(Value::List),
        1 => select(vec!["3", "2.5", "-1"]).prop_map(|text| Value::Number(text.to_owned())),
    ]
}

pub(super) fn asks() -> impl Strategy<Value = Vec<Ask>> {
    let ask = (
        any::<Index>(),
        prop_oneof![4 => value().prop_map(Some), 1 => Just(None)],
    )
        .prop_map(|(path, value)| Ask { path, value });
    vec(ask, 1..5)
}

// ---- the two readers ---------------------------------------------------------------------------------------------------

/// What `serde_yaml` (the libyaml family) reads.
fn first_reading(content: &str) -> Option<Value> {
    fn plain(value: serde_yaml::Value) -> Value {
        match value {
            serde_yaml::Value::Null => Value::Null,
            serde_yaml::Value::Bool(flag) => Value::Bool(flag),
            serde_yaml::Value::Number(number) => Value::Number(format!("{:?}", number.as_f64())),
            serde_yaml::Value::String(text) => Value::String(text),
            serde_yaml::Value::Sequence(items) => {
                Value::List(items.into_iter().map(plain).collect())
            }
            serde_yaml::Value::Mapping(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let bare = match &key {
                            serde_yaml::Value::Tagged(tagged) => &tagged.value,
                            bare => bare,
                        };
                        let name = match bare {
                            serde_yaml::Value::String(text) => text.clone(),
                            serde_yaml::Value::Number(number) => number.to_string(),
                            serde_yaml::Value::Bool(flag) => flag.to_string(),
                            other => format!("{other:?}"),
                        };
                        (name, plain(value))
                    })
                    .collect(),
            ),
            serde_yaml::Value::Tagged(tagged) => plain(tagged.value),
        }
    }
    serde_yaml::from_str(content).ok().map(plain)
}

/// What saphyr (the yaml-rust family) reads.
fn second_reading(content: &str) -> Option<Value> {
    fn plain(value: &Yaml<'_>) -> Option<Value> {
        Some(match value {
            Yaml::Value(Scalar::Null) => Value::Null,
            Yaml::Value(Scalar::Boolean(flag)) => Value::Bool(*flag),
            Yaml::Value(Scalar::Integer(number)) => {
                Value::Number(format!("{:?}", Some(*number as f64)))
            }
            Yaml::Value(Scalar::FloatingPoint(number)) => {
                Value::Number(format!("{:?}", Some(number.0)))
            }
            Yaml::Value(Scalar::String(text)) => Value::String(text.to_string()),
            Yaml::Sequence(items) => Value::List(items.iter().map(plain).collect::<Option<_>>()?),
            Yaml::Mapping(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, value)| Some((key.as_str()?.to_owned(), plain(value)?)))
                    .collect::<Option<_>>()?,
            ),
            Yaml::Tagged(_, value) => plain(value)?,
            _ => return None,
        })
    }
    let documents = Yaml::load_from_str(content).ok()?;
    documents.first().map_or(Some(Value::Null), plain)
}

fn content(text: &str) -> &str {
    let block = Post::parse(text).front_matter;
    let content = block.map_or("", |block| block.content.of(text));
    // The document ends at "...".
    let mut at = 0;
    for line in content.split_inclusive(['\n', '\r']) {
        if line.trim_end_matches([' ', '\t', '\n', '\r']) == "..." {
            return &content[..at];
        }
        at += line.len();
    }
    content
}

/// The paths that may be asked for in a text: the usual ones, and those it has.
pub(super) fn known_paths(text: &str) -> Vec<KeyPath> {
    let mut known: Vec<KeyPath> = PATHS.iter().map(|path| path.parse().unwrap()).collect();
    if let Some(value) = first_reading(content(text)) {
        paths(&value, None, &mut known);
    }
    known
}

/// Every path in a value, list items and their entries included.
fn paths(value: &Value, above: Option<&KeyPath>, found: &mut Vec<KeyPath>) {
    match value {
        Value::Map(entries) => {
            for (key, value) in entries {
                let path = above.map_or_else(|| KeyPath::key(key), |above| above.child(key));
                found.push(path.clone());
                paths(value, Some(&path), found);
            }
        }
        Value::List(items) => {
            for (i, item) in items.iter().enumerate() {
                if let Some(above) = above {
                    found.push(above.item(i));
                    paths(item, Some(&above.item(i)), found);
                }
            }
        }
        _ => {}
    }
}

/// All that is not at `path`, as one text; what is empty counts as nothing.
fn others(value: &Value, path: &KeyPath, at: Option<&KeyPath>) -> String {
    if at.is_some_and(|at| path.contains(at)) {
        return String::new();
    }
    match value {
        Value::Null => String::new(),
        Value::Map(entries) => {
            let mut parts: Vec<String> = entries
                .iter()
                .filter_map(|(key, value)| {
                    let below = at.map_or_else(|| KeyPath::key(key), |at| at.child(key));
                    let text = others(value, path, Some(&below));
                    (!text.is_empty()).then(|| format!("{key}={text};"))
                })
                .collect();
            parts.sort();
            parts.concat()
        }
        Value::List(items) => items
            .iter()
            .enumerate()
            .filter_map(|(i, item)| {
                let below = at?.item(i);
                let text = others(item, path, Some(&below));
                let on_the_way = below.contains(path);
                (!on_the_way || !text.is_empty()).then(|| format!("[{text}]"))
            })
            .collect(),
        // An author's id gives way to a guest's entries.
        _ if at.is_some_and(|at| at.contains(path)) => String::new(),
        scalar => format!("{scalar:?}"),
    }
}

/// The value without the list item at `path`.
fn without_item(value: &Value, path: &KeyPath, at: Option<&KeyPath>) -> Option<Value> {
    if at == Some(path) {
        return None;
    }
    Some(match value {
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .filter_map(|(key, value)| {
                    let below = at.map_or_else(|| KeyPath::key(key), |at| at.child(key));
                    Some((key.clone(), without_item(value, path, Some(&below))?))
                })
                .collect(),
        ),
        Value::List(items) => Value::List(
            items
                .iter()
                .enumerate()
                .filter_map(|(i, item)| without_item(item, path, Some(&at?.item(i))))
                .collect(),
        ),
        scalar => scalar.clone(),
    })
}

/// Whether a reader found what was asked for; in prose a line break may stand for a space. `kept` is the list that was
/// there before: 1e3 is a text for Hugo and a number for others, and an item that was there stays as it is written.
fn is_asked(
    found: Option<&Value>,
    asked: Option<&Value>,
    path: &KeyPath,
    profile: &Profile,
    kept: &[Value],
) -> bool {
    let prose = |text: &str| text.replace('\n', " ");
    match (found, asked) {
        (None | Some(Value::Null), None | Some(Value::Null)) => true,
        (Some(Value::String(found)), Some(Value::String(asked))) => {
            found == asked || (profile.hint(path).prose && prose(found) == prose(asked))
        }
        (Some(Value::Number(found)), Some(Value::Number(asked))) => {
            *found == format!("{:?}", asked.parse::<f64>().ok())
        }
        (Some(Value::Number(found)), Some(asked @ Value::String(text))) => {
            *found == format!("{:?}", text.parse::<f64>().ok()) && kept.contains(asked)
        }
        (Some(Value::List(found)), Some(Value::List(asked))) => {
            found.len() == asked.len()
                && found
                    .iter()
                    .zip(asked)
                    .enumerate()
                    .all(|(i, (found, asked))| {
                        is_asked(Some(found), Some(asked), &path.item(i), profile, kept)
                    })
        }
        (Some(Value::Map(found)), Some(Value::Map(asked))) => {
            found.len() == asked.len()
                && asked.iter().all(|(key, asked)| {
                    let found = found.iter().find(|(known, _)| known == key);
                    is_asked(
                        found.map(|(_, value)| value),
                        Some(asked),
                        &path.child(key),
                        profile,
                        kept,
                    )
                })
        }
        (found, asked) => found == asked,
    }
}

/// From the start of the first line to the end of the last one that `span` touches.
fn whole_lines(text: &str, span: Span) -> Span {
    let range = span.range();
    let start = text[..range.start].rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let mut end = text[range.end..]
        .find(['\n', '\r'])
        .map_or(text.len(), |i| range.end + i + 1);
    if text[..end].ends_with('\r') && text[end..].starts_with('\n') {
        end += 1;
    }
    Span::from_range(start..end)
}

/// With the comment lines right below: something new may stand behind them. They themselves must stay.
fn with_comments_below(text: &str, lines: Span) -> Span {
    let mut end = lines.range().end;
    for line in text[end..].split_inclusive(['\n', '\r']) {
        let second_half = line == "\n" && text[..end].ends_with('\r');
        if !second_half && !line.trim_start().starts_with('#') {
            break;
        }
        end += line.len();
    }
    Span::from_range(lines.range().start..end)
}

/// The comment lines of a text, in order.
fn comment_lines(text: &str) -> Vec<&str> {
    text.split(['\n', '\r'])
        .filter(|line| line.trim_start().starts_with('#'))
        .collect()
}

#[derive(Default)]
struct Tally {
    edits: usize,
    refused: usize,
    locked: usize,
    unread: usize,
}

/// The kind of text that is broken on purpose.
const DAMAGED: &str = "damaged";

fn run_case(
    kind: &str,
    first: &str,
    asks: &[Ask],
    profile: &Profile,
    tally: &mut Tally,
) -> Result<(), TestCaseError> {
    let mut text = Text::from_bytes(first.as_bytes());
    let mut undo = Vec::new();
    if read(first).locked().is_some() {
        tally.locked += 1;
        return Ok(());
    }
    for ask in asks {
        let before = text.as_str().to_owned();
        let one = first_reading(content(&before));
        let two = second_reading(content(&before));
        let Some(one) = one else {
            return Err(TestCaseError::fail(format!(
                "the form is on for what serde_yaml does not read: {:?}",
                content(&before)
            )));
        };
        let known = known_paths(&before);
        let path = ask.path.get(&known);
        let front_matter = read(&before);
        // A key at the top stands for one below `params`.
        let lifted = path.to_string();
        let lifted = lifted
            .strip_prefix("params.")
            .map(|top| top.parse().unwrap());
        let lifted: Option<KeyPath> = lifted.filter(|top| {
            front_matter.entry(top).is_some() && front_matter.entry(top) == front_matter.entry(path)
        });
        let path = lifted.as_ref().unwrap_or(path);
        let case = |after: &str, what: &str| {
            TestCaseError::fail(format!(
                "{what}\n{path} = {:?}\n--- before\n{}\n--- after\n{}\n",
                ask.value,
                content(&before)
                    .escape_debug()
                    .to_string()
                    .replace("\\n", "\\n\n"),
                content(after)
                    .escape_debug()
                    .to_string()
                    .replace("\\n", "\\n\n"),
            ))
        };
        let edit = match front_matter.set(&before, path, ask.value.as_ref(), profile) {
            Err(refusal) => {
                tally.refused += 1;
                prop_assert!(refusal.to_string().ends_with('.'));
                // Without comments, references and tags there is nothing to refuse, but for places that are not there.
                // And `|+` keeps every line end that follows, whoever it belonged to.
                let simple = !before.contains(['&', '*', '!', '#', '?', '+'])
                    && front_matter.value(path).is_some()
                    && !path.to_string().contains('[')
                    && !refusal.to_string().starts_with("The key of");
                if simple {
                    return Err(case("", &refusal.to_string()));
                }
                continue;
            }
            Ok(edit) => edit,
        };
        tally.edits += 1;
        let after = edit
            .as_ref()
            .map_or(before.clone(), |edit| edit.applied_to(&before));

        if let Some(problem) = read(&after).locked() {
            return Err(case(&after, &problem.message));
        }
        // An item that is taken out leaves its number to the next.
        let item_gone = ask.value.is_none() && path.to_string().ends_with(']');
        let nowhere = KeyPath::key("nowhere");
        let (left, before_left) = if item_gone {
            (
                &nowhere,
                without_item(&one, path, None).unwrap_or(Value::Null),
            )
        } else {
            (path, one.clone())
        };
        let check = |reading: Option<&Value>, reader: &str| {
            let found = reading.and_then(|value| value.at(path));
            // 1e3 is a text for Hugo, and stays as it is where that text is asked for.
            let stays = edit.is_none() && matches!(found, Some(Value::Number(_)));
            if stays && front_matter.value(path) == ask.value.as_ref() {
                return Ok(());
            }
            let kept = front_matter.value(path).and_then(Value::as_list);
            let kept = kept.unwrap_or_default();
            if !item_gone && !is_asked(found, ask.value.as_ref(), path, profile, kept) {
                return Err(case(&after, &format!("{reader} reads {found:?}")));
            }
            if reading.map(|value| others(value, left, None))
                != Some(others(&before_left, left, None))
            {
                return Err(case(&after, &format!("{reader} reads others differently")));
            }
            Ok(())
        };
        check(first_reading(content(&after)).as_ref(), "serde_yaml")?;
        // The second reader has trouble of its own with some texts: it is asked where it understood the text before.
        if two.as_ref().map(|two| others(two, path, None)) == Some(others(&one, path, None)) {
            let second = second_reading(content(&after));
            // What is broken by the book, and read all the same, may be too much for it once a value is another.
            if second.is_some() || kind != DAMAGED {
                check(second.as_ref(), "saphyr")?;
            } else {
                tally.unread += 1;
            }
        } else {
            tally.unread += 1;
        }

        if let Some(edit) = edit {
            // Nothing outside the entry's lines; a new entry takes nothing away.
            let mut above = path.clone();
            let mut entry = front_matter.entry(&above).filter(|_| !item_gone);
            while entry.is_none() && !edit.span().is_empty() {
                let name = above.to_string();
                let Some((parent, _)) = name.rsplit_once(['.', '[']) else {
                    break;
                };
                above = parent.parse().unwrap();
                entry = front_matter.entry(&above);
            }
            // Behind a dash the next entry moves up, and its indentation goes with the line.
            let gone = edit.span().of(&before);
            let gone = edit.span().start().get() + gone.trim_end_matches(' ').len();
            let gone = Span::from_range(edit.span().start().get()..gone);
            let lines = entry.map(|span| whole_lines(&before, span));
            let inside =
                lines.is_some_and(|lines| with_comments_below(&before, lines).contains(gone));
            if !edit.span().is_empty() && !inside {
                return Err(case(
                    &after,
                    &format!("changed {:?}", edit.span().of(&before)),
                ));
            }
            // The comments below the entry are not its own: they come back as they were.
            let own = lines.map_or(0, |lines| lines.range().end);
            let range = edit.span().range();
            let below = before
                .get(own.max(range.start)..range.end)
                .unwrap_or_default();
            if comment_lines(below)
                .iter()
                .any(|line| !edit.insert().contains(line))
            {
                return Err(case(&after, "a comment is lost"));
            }
            // Below an entry of `params` that is gone, one of its name at the top comes to light.
            let now = read(&after);
            let elsewhere = ask.value.is_none() && now.value(path).is_some();
            let again = now.set(&after, path, ask.value.as_ref(), profile);
            if !item_gone && !elsewhere && again != Ok(None) {
                return Err(case(&after, &format!("again: {again:?}")));
            }
            undo.push(text.apply(&edit).unwrap());
        }
    }
    while let Some(edit) = undo.pop() {
        text.apply(&edit).unwrap();
    }
    prop_assert_eq!(text.as_str(), first);
    Ok(())
}

/// RECAP_LONG=1: a million cases.
pub(super) fn is_long() -> bool {
    std::env::var_os("RECAP_LONG").is_some()
}

/// The same cases every time; RECAP_SEED=n for others.
pub(super) fn seed() -> [u8; 32] {
    let number: u64 = std::env::var("RECAP_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1);
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    seed
}

/// Runs `share` of a hundred of all cases.
fn runner(share: u32) -> TestRunner {
    let all = if is_long() { 1_000_000 } else { 20_000 };
    let config = Config {
        cases: all / 100 * share,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed()))
}

/// The reason tells the case; the shrunk input, as debug output, would bury it.
fn fail_shortly<T>(outcome: Result<(), TestError<T>>) {
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(reason, _) | TestError::Abort(reason)) => panic!("{reason}"),
    }
}

/// Runs `share` of a hundred of all cases over posts of one kind; how many that were, and what came of them.
fn tally_of<T: std::fmt::Debug>(
    kind: &str,
    share: u32,
    cases: &impl Strategy<Value = T>,
    post: impl Fn(T) -> (String, Vec<Ask>),
) -> (usize, Tally) {
    let profile = profile();
    let tally = std::cell::RefCell::new(Tally::default());
    let mut runner = runner(share);
    let count = runner.config().cases as usize;
    let outcome = runner.run(cases, |case| {
        let (post, asks) = post(case);
        run_case(kind, &post, &asks, &profile, &mut tally.borrow_mut())
    });
    fail_shortly(outcome);
    let tally = tally.into_inner();
    eprintln!(
        "{kind}: {count} cases, {} edits, {} refused, {} texts off, {} not read by saphyr",
        tally.edits, tally.refused, tally.locked, tally.unread
    );
    (count, tally)
}

#[test]
fn random_edits_of_generated_front_matter() {
    let (cases, tally) = tally_of("generated", 75, &(post(), asks()), |(written, asks)| {
        (written.post(), asks)
    });
    // Most of what is generated has to be edited, or the test shows nothing. What Hugo reads in its own way turns the form
    // off, and the generator makes a good deal of that.
    assert!(
        tally.locked * 8 < cases
            && tally.refused * 8 < tally.edits
            && tally.unread * 10 < tally.edits
    );
}

#[test]
fn random_edits_of_damaged_front_matter() {
    let (cases, tally) = tally_of(DAMAGED, 20, &(damaged(), asks()), |(written, asks)| {
        (written.post(), asks)
    });
    assert!(tally.locked * 4 > cases && tally.locked * 4 < 3 * cases);
}

#[test]
fn random_edits_of_real_posts() {
    let posts = corpus_posts();
    if posts.is_empty() {
        return;
    }
    let (_, tally) = tally_of("corpus", 25, &(any::<Index>(), asks()), |(post, asks)| {
        let (_, bytes) = post.get(&posts);
        (String::from_utf8(bytes.clone()).unwrap(), asks)
    });
    assert!(
        tally.locked == 0 && tally.refused * 20 < tally.edits && tally.unread * 100 < tally.edits
    );
}
