//! What holds of every command, on texts made at random.

use crate::support::{Dice, corpus_posts};
use recap_editor::text::Span;
use recap_editor::writing::{Align, Command, Edit, Level, move_section, outline, run};

/// What the texts are made of: marks, containers, characters of one to four bytes, some of them combining.
const PIECES: &[&str] = &[
    "one",
    "two ",
    " ",
    "  ",
    "\n",
    "\n",
    "\n\n",
    "- ",
    "* ",
    "1. ",
    "2) ",
    "10. ",
    "> ",
    "## ",
    "#",
    "**",
    "*",
    "_",
    "~~",
    "`",
    "``",
    "```",
    "```\n",
    "~~~",
    "[ ] ",
    "[x] ",
    "- [ ] one\n",
    "[",
    "](",
    ")",
    "]",
    "|",
    " | ",
    "|---|",
    "\n|--|:-:|\n",
    "<!--",
    "-->",
    "{{< x a >}}",
    "{{% note %}}",
    "{{<",
    "[^1]",
    "[^1]: ",
    "https://a.b/c_d ",
    "\\",
    "\\*",
    "&amp;",
    "\t",
    "    ",
    "é",
    "e\u{301}",
    "日本",
    "👩\u{200d}💻",
    "\u{a0}",
    "’",
    "---",
    "\n---\n",
    "===",
    ": ",
    "<b>",
    "![a](b.png)",
    "- a\n- b\n  - c\n",
    "1. a\n2. b\n   3. c\n",
    "| a | b |\n|---|---|\n| c | d |\n",
    "[a](b) ",
];

/// The commands, each with whatever it takes.
fn commands() -> Vec<Command> {
    vec![
        Command::Bold,
        Command::Italic,
        Command::Strikethrough,
        Command::InlineCode,
        Command::Link { address: None },
        Command::Link {
            address: Some("https://a.b/(".to_owned()),
        },
        Command::PasteAddress("https://a.b".to_owned()),
        Command::Heading(Some(Level::H2)),
        Command::Heading(Some(Level::H4)),
        Command::Heading(None),
        Command::Quote,
        Command::BulletList,
        Command::NumberedList,
        Command::TaskList,
        Command::Fence {
            language: "go".to_owned(),
        },
        Command::Divider,
        Command::Footnote,
        Command::Table {
            columns: 2,
            rows: 1,
        },
        Command::Enter,
        Command::Tab,
        Command::ShiftTab,
        Command::Backspace,
        Command::TableAddRow,
        Command::TableAddColumn,
        Command::TableRemoveRow,
        Command::TableRemoveColumn,
        Command::TableAlign(Align::Center),
        Command::PasteTable("é\t\"b\nc\"".to_owned()),
        Command::ToggleTask,
        Command::MoveLineUp,
        Command::MoveLineDown,
        Command::InsertInline("{{< x 👩 >}}".to_owned()),
        Command::InsertBlock("{{< youtube a >}}\nb".to_owned()),
    ]
}

fn text(dice: &mut Dice) -> String {
    let pieces = 1 + dice.roll(14);
    (0..pieces)
        .map(|_| PIECES[dice.roll(PIECES.len())])
        .collect()
}

fn place(dice: &mut Dice, text: &str) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn selection(dice: &mut Dice, text: &str) -> Span {
    let at = place(dice, text);
    let to = if dice.roll(3) == 0 {
        at
    } else {
        place(dice, text)
    };
    Span::from_range(at.min(to)..at.max(to))
}

/// Fails where an edit does not fit its text; answers the text after.
fn fits(text: &str, selection: Span, what: &str, edit: &Edit) -> String {
    let told = || format!("{what} on {text:?} at {selection:?}: {edit:?}");
    let mut from = 0;
    for change in &edit.changes {
        let range = change.span().range();
        assert!(
            from <= range.start,
            "overlaps or is out of order: {}",
            told()
        );
        assert!(
            text.get(range.clone()).is_some(),
            "does not fit: {}",
            told()
        );
        // No character gives way to itself.
        let (old, new) = (&text[range.clone()], change.insert());
        assert!(
            !(old.is_empty() && new.is_empty()),
            "changes nothing: {}",
            told()
        );
        if !(old.is_empty() || new.is_empty()) {
            assert_ne!(old.chars().next(), new.chars().next(), "{}", told());
            assert_ne!(old.chars().last(), new.chars().last(), "{}", told());
        }
        from = range.end;
    }
    let after = edit.applied_to(text);
    assert!(
        after.get(edit.selection.range()).is_some(),
        "selection: {}",
        told()
    );
    after
}

/// How many texts are tried; with `RECAP_LONG=1` many more.
fn rounds() -> u64 {
    if std::env::var_os("RECAP_LONG").is_some() {
        1_000_000
    } else {
        40_000
    }
}

#[test]
fn every_edit_fits_its_text() {
    let mut dice = Dice(0x5eed_0001);
    let commands = commands();
    let mut done = vec![0; commands.len()];
    for _ in 0..rounds() {
        let text = text(&mut dice);
        let selection = selection(&mut dice, &text);
        let which = dice.roll(commands.len());
        if let Some(edit) = run(&text, selection, &commands[which]) {
            let what = format!("{:?}", commands[which]);
            fits(&text, selection, &what, &edit);
            done[which] += 1;
        }
    }
    for (command, done) in commands.iter().zip(done) {
        assert!(done > 5, "{command:?} was carried out {done} times only");
    }
}

/// Whether an edit only adds: then there was nothing of the kind before, and a second time must take it all away.
fn only_adds(edit: &Edit) -> bool {
    !edit.changes.is_empty() && edit.changes.iter().all(|change| change.span().is_empty())
}

#[test]
fn twice_leaves_nothing_behind() {
    let mut dice = Dice(0x5eed_0002);
    let commands = [
        Command::Bold,
        Command::Italic,
        Command::Strikethrough,
        Command::InlineCode,
        Command::Quote,
        Command::Heading(Some(Level::H3)),
    ];
    let mut done = [0; 6];
    let mut left = Vec::new();
    for _ in 0..rounds() {
        let text = text(&mut dice);
        let selection = selection(&mut dice, &text);
        let which = dice.roll(commands.len());
        // A heading of another level is changed, and then has none; a quotation grows together with one beside it.
        let had = match commands[which] {
            // Headings in the place of a paragraph's first lines make other blocks of the rest.
            Command::Heading(_) => text.contains('#') || selection.of(&text).contains('\n'),
            Command::Quote => text.contains('>'),
            // A block that was code already is none afterwards either.
            // `\|` in code parts a table's cells.
            Command::InlineCode => text.contains('`') || text.contains("\\|"),
            _ => false,
        };
        let Some(edit) = run(&text, selection, &commands[which]) else {
            continue;
        };
        // What was marked in part is marked as a whole then, and not at all afterwards.
        let some = match commands[which] {
            Command::Bold => ["**", "__"].iter().any(|mark| text.contains(mark)),
            Command::Italic => text.contains(['*', '_']),
            Command::Strikethrough => text.contains('~'),
            _ => false,
        };
        if had || some || !only_adds(&edit) {
            continue;
        }
        let after = edit.applied_to(&text);
        let told = format!(
            "{:?} on {text:?} at {selection:?} made {after:?}",
            commands[which]
        );
        let back = run(&after, edit.selection, &commands[which]);
        let back = back.map(|back| back.applied_to(&after));
        if back.as_ref() != Some(&text) {
            left.push(format!(
                "{told}, selected {:?}, and then {back:?}",
                edit.selection
            ));
        }
        done[which] += 1;
    }
    let some = &left[..left.len().min(5)];
    assert!(left.is_empty(), "{} left something: {some:#?}", left.len());
    assert!(done.iter().all(|done| *done > 300), "{done:?}");
}

#[test]
fn sections_move_without_loss() {
    let mut dice = Dice(0x5eed_0003);
    let mut done = 0;
    for _ in 0..rounds() / 10 {
        let text: String = (0..4)
            .map(|_| format!("{}\n## h\n{}", text(&mut dice), text(&mut dice)))
            .collect();
        let count = outline(&text).len();
        let (which, before) = (dice.roll(count + 1), dice.roll(count + 1));
        if let Some(edit) = move_section(&text, which, before) {
            let after = fits(&text, Span::default(), "move_section", &edit);
            let sorted = |text: &str| {
                let mut chars: Vec<char> = text.chars().filter(|c| *c != '\n').collect();
                chars.sort_unstable();
                chars
            };
            assert_eq!(sorted(&after), sorted(&text), "{text:?} {which} {before}");
            done += 1;
        }
    }
    assert!(done > 300, "{done}");
}

#[test]
fn every_edit_fits_real_posts() {
    let mut dice = Dice(0x5eed_0005);
    let commands = commands();
    for (name, bytes) in corpus_posts() {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        for command in &commands {
            for _ in 0..3 {
                let selection = selection(&mut dice, &text);
                if let Some(edit) = run(&text, selection, command) {
                    let what = format!("{command:?} in {name}");
                    fits(&text, selection, &what, &edit);
                }
            }
        }
    }
}
