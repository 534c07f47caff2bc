//! Lists as pulldown-cmark reads them before and after a command: each item keeps its text, and stands as deep as it should.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::support::Dice;
use recap_editor::text::Span;
use recap_editor::writing::{Command, run};

/// Each item's own first word with its depth and, in a numbered list, its number.
fn items(text: &str) -> Vec<(String, usize, Option<u64>)> {
    let mut items: Vec<(String, usize, Option<u64>)> = Vec::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut wants = false;
    for event in Parser::new_ext(text, Options::ENABLE_TASKLISTS) {
        match event {
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                let depth = lists.len();
                let number = lists.last_mut().and_then(|next| {
                    let number = *next;
                    *next = number.map(|number| number + 1);
                    number
                });
                items.push((String::new(), depth, number));
                wants = true;
            }
            Event::End(TagEnd::Item) => wants = false,
            Event::Text(text) if wants => {
                if let Some(item) = items.last_mut() {
                    item.0 = text.split(' ').next().unwrap_or_default().to_owned();
                }
                wants = false;
            }
            _ => {}
        }
    }
    items
}

/// A list of items within items, every one with a word of its own, some with another paragraph or a task's box.
fn list(dice: &mut Dice) -> String {
    let mut text = String::new();
    if dice.roll(4) == 0 {
        text.push_str("before\n\n");
    }
    let mut levels: Vec<(usize, u64, bool)> = vec![(0, 8 + dice.roll(2) as u64, dice.roll(2) == 0)];
    for index in 0..2 + dice.roll(8) {
        let deeper = index > 0 && dice.roll(3) == 0 && levels.len() < 4;
        if deeper {
            let (column, number, numbered) = levels[levels.len() - 1];
            let width = if numbered {
                (number - 1).to_string().len() + 2
            } else {
                2
            };
            levels.push((column + width, 1, dice.roll(2) == 0));
        } else {
            let keep = levels.len() - dice.roll(levels.len());
            levels.truncate(keep);
        }
        let (column, number, numbered) = levels[levels.len() - 1];
        let indentation = " ".repeat(column);
        let mark = if numbered {
            format!("{number}.")
        } else {
            "-".to_owned()
        };
        let last = levels.len() - 1;
        levels[last].1 += 1;
        let boxed = if dice.roll(5) == 0 { "[x] " } else { "" };
        text.push_str(&format!("{indentation}{mark} {boxed}w{index} more\n"));
        if dice.roll(6) == 0 {
            let inner = " ".repeat(column + mark.len() + 1);
            text.push_str(&format!("\n{inner}and more\n"));
        }
    }
    text
}

/// A caret behind a random item's first word, and that word.
fn caret(dice: &mut Dice, text: &str) -> (usize, String) {
    let words: Vec<(usize, &str)> = text
        .match_indices('w')
        .map(|(at, _)| (at, text[at..].split(' ').next().unwrap()))
        .collect();
    let (at, word) = words[dice.roll(words.len())];
    (at + word.len(), word.to_owned())
}

fn depth_of(items: &[(String, usize, Option<u64>)], word: &str) -> usize {
    items
        .iter()
        .find(|item| item.0 == word)
        .map_or(0, |item| item.1)
}

fn sorted(items: &[(String, usize, Option<u64>)]) -> Vec<&str> {
    let mut words: Vec<&str> = items.iter().map(|item| item.0.as_str()).collect();
    words.sort_unstable();
    words
}

#[test]
fn items_go_where_they_should_and_nothing_else_does() {
    let mut dice = Dice(0x5eed_0004);
    let commands = [
        Command::Tab,
        Command::ShiftTab,
        Command::Enter,
        Command::MoveLineUp,
        Command::MoveLineDown,
    ];
    let mut done = [0; 5];
    let mut wrong = Vec::new();
    for _ in 0..20_000 {
        let text = list(&mut dice);
        let (at, word) = caret(&mut dice, &text);
        let which = dice.roll(commands.len());
        let Some(edit) = run(&text, Span::from_range(at..at), &commands[which]) else {
            continue;
        };
        done[which] += 1;
        let after = edit.applied_to(&text);
        let (old, new) = (items(&text), items(&after));
        let (was, is) = (depth_of(&old, &word), depth_of(&new, &word));
        let fits = match commands[which] {
            Command::Tab => is == was + 1 && sorted(&old) == sorted(&new),
            Command::ShiftTab => is + 1 == was && sorted(&old) == sorted(&new),
            Command::Enter => is == was && new.len() == old.len() + 1,
            _ => is == was && sorted(&old) == sorted(&new),
        };
        // The caret stays at its word; behind Enter it is in a new item.
        let head = &after[..edit.selection.start().get()];
        let stays = matches!(commands[which], Command::Enter) || head.ends_with(&word);
        // Below each list its numbers are those it is written with.
        let counted = after.lines().filter_map(|line| {
            let (number, behind) = line.trim_start().split_once(". ")?;
            let behind = behind.trim_start_matches("[x] ").trim_start_matches("[ ] ");
            Some((
                number.parse::<u64>().ok()?,
                behind.split(' ').next()?.to_owned(),
            ))
        });
        let numbers = counted.into_iter().all(|(number, word)| {
            let item = new.iter().find(|item| item.0 == word);
            item.is_none_or(|item| item.2 == Some(number))
        });
        if !(fits && stays && numbers) {
            wrong.push(format!(
                "{:?} at {word} in\n{text}made\n{after}",
                commands[which]
            ));
        }
    }
    let some = &wrong[..wrong.len().min(4)];
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        some.join("\n")
    );
    assert!(done.iter().all(|done| *done > 500), "{done:?}");
}

/// In a paragraph nobody wrote, a command reads what is near, does what it does elsewhere, and is answered in time.
#[test]
fn a_huge_paragraph_is_read_near_the_caret_only() {
    let words = "some wörds with _marks_ and `code` and [a link](/x/)\n".repeat(20_000);
    let middle = words.len() / 2;
    let at = middle + words[middle..].find("wörds").unwrap();
    let selected = Span::from_range(at..at + "wörds".len());
    for (command, made) in [
        (Command::Bold, "**wörds**"),
        (Command::Italic, "_wörds_"),
        (Command::InlineCode, "`wörds`"),
        (Command::Strikethrough, "~~wörds~~"),
        (
            Command::Link {
                address: Some("/y/".to_owned()),
            },
            "[wörds](/y/)",
        ),
    ] {
        let began = std::time::Instant::now();
        let edit = run(&words, selected, &command).unwrap();
        let took = began.elapsed();
        let after = edit.applied_to(&words);
        let wanted = format!("{}{made}{}", &words[..at], &words[at + "wörds".len()..]);
        assert!(after == wanted, "{command:?}");
        let twice = run(&after, edit.selection, &command);
        if !matches!(command, Command::Link { .. }) {
            assert!(
                twice.unwrap().applied_to(&after) == words,
                "{command:?} off"
            );
        }
        println!("{command:?} in {} kB: {took:?}", words.len() >> 10);
    }
}

#[test]
fn marks_are_known_however_far_they_reach_in_what_people_write() {
    let inside = "words and words ".repeat(40 << 6);
    let at = inside.len() / 2;
    let text = format!("a **{inside}end** b\n");
    let edit = run(&text, Span::from_range(at..at), &Command::Bold).unwrap();
    let after = edit.applied_to(&text);
    // The bold passage is parted around the word, and not marked once more.
    assert_eq!(after.matches("**").count(), 4);
    assert_eq!(after.len(), text.len() + 4);
}
