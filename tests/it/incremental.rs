//! The preview kept up to date equals the page rendered anew, byte for byte, after any edit.

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Block, Page, Patch, Preview};
use recap_editor::site::SiteIndex;
use recap_editor::text::{BytePos, Span, TextEdit};

use crate::support::{self, Dice};

/// What a writer may type or paste, with a weakness for what reaches beyond a paragraph.
const TYPED: &[&str] = &[
    "a",
    "b",
    " ",
    "\n",
    "\n\n",
    "\n\n\n",
    "e",
    ".",
    ",",
    "word ",
    "Two words. ",
    "ü",
    "日本",
    "\"",
    "'",
    "\"q\" ",
    "`",
    "```\n",
    "~~~",
    "*",
    "**",
    "_",
    "~~",
    "# ",
    "\n## Heading\n",
    "\n## Heading {#own}\n",
    "===\n",
    "---\n",
    "- ",
    "\n- item",
    "1. ",
    "  ",
    "    ",
    "\t",
    "> ",
    "[",
    "]",
    "[a]",
    "[a][b]",
    "\n[a]: /first \"t\"\n",
    "\n\n[b]: https://e.com/b_c\n\n",
    "[^1]",
    "\n[^1]: A \"note\".\n",
    "\n\n[^n]: Another, with [^1].\n\n",
    "[^n]",
    "![alt](pic.png \"t\")",
    "\n![alt](pic.png)\n",
    "[l](u)",
    "[l](#own)",
    "<",
    ">",
    "<div>",
    "\n<div>\n",
    "</div>\n",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "<!-- c -->",
    "<!--more-->",
    "{{<",
    "{{< youtube abc >}}",
    "\n{{< note >}}\n",
    "{{< /note >}}",
    "{{< note >}}*x* \"y\"{{< /note >}}",
    "{{% note %}}",
    ">}}",
    "{{< nosuch >}}",
    "{{</* x */>}}",
    "{.c}\n",
    "\n{.c #d}\n",
    ": d\n",
    "\nTerm\n: definition\n",
    "|",
    "\n| a | b |\n|---|:-:|\n| c | d |\n",
    "https://e.com/a_b_c ",
    "www.e.com",
    "joe@e.com ",
    "&amp;",
    "&#169;",
    "\\",
    "\r\n",
    "\r",
    "...",
    "--",
    "$",
    "HAHAHUGOSHORTCODE0s0HBHB",
    "\u{a0}",
    "- [ ] t\n",
    "<<a>> ",
];

fn random_edit(text: &str, dice: &mut Dice, near: &mut usize) -> TextEdit {
    // Mostly where the last one was, as a writer does.
    let somewhere = if dice.roll(4) == 0 {
        dice.roll(text.len() + 1)
    } else {
        (*near + dice.roll(40)).saturating_sub(20).min(text.len())
    };
    let at = boundary(text, somewhere);
    let removed = match dice.roll(10) {
        0..=4 => 0,
        5..=7 => 1 + dice.roll(3),
        8 => dice.roll(40),
        _ => dice.roll(400),
    };
    let end = boundary(text, (at + removed).min(text.len())).max(at);
    let insert = match dice.roll(12) {
        0 | 1 if end > at => String::new(),
        // Something from elsewhere in the text.
        2 => {
            let from = boundary(text, dice.roll(text.len() + 1));
            let to = boundary(text, (from + dice.roll(200)).min(text.len())).max(from);
            text[from..to].to_owned()
        }
        _ => TYPED[dice.roll(TYPED.len())].to_owned(),
    };
    *near = at + insert.len();
    TextEdit::new(Span::new(BytePos::new(at), BytePos::new(end)), insert)
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Opens `text`, makes `count` edits, and compares after each.
fn check(name: &str, text: &str, count: usize, seed: u64) {
    let site = SiteIndex::default();
    let resources = ["pic.png".to_owned()];
    let mut text = text.to_owned();
    let mut dice = Dice(seed);
    let mut near = dice.roll(text.len() + 1);
    let mut preview = Preview::new(Audience::Site);
    let mut shown: Vec<Block> = Vec::new();
    let mut history: Vec<TextEdit> = Vec::new();
    for round in 0..=count {
        let edit = (round > 0).then(|| random_edit(&text, &mut dice, &mut near));
        let before = text.clone();
        if let Some(edit) = &edit {
            text = edit.applied_to(&text);
        }
        let post = Post::parse(&text);
        let front_matter = FrontMatter::read(&text, &post);
        let page = Page {
            text: &text,
            post: &post,
            front_matter: front_matter.mapping(),
            path: None,
            resources: &resources,
            site: &site,
        };
        let patch = preview.update(&page, edit.as_ref());
        let anew = preview::render(&page, Audience::Site);
        apply(&mut shown, &patch);
        let told = |what: &str| {
            format!(
                "{name}, seed {seed}, edit {round} ({edit:?}): {what}\nbefore: {before:?}\nafter: {text:?}"
            )
        };
        let kept = preview.rendered();
        assert_eq!(kept.html(), anew.html(), "{}", told("html"));
        assert_eq!(kept, anew, "{}", told("the rest"));
        let html: String = shown.iter().map(|block| &*block.html).collect();
        assert_eq!(html, anew.html(), "{}", told("patched"));
        history.extend(edit);
    }
}

fn apply(shown: &mut Vec<Block>, patch: &Patch) {
    let back = shown.len() - patch.keep_back;
    shown.splice(patch.keep_front..back, patch.blocks.iter().cloned());
}

const OWN: &str = "---\ntitle: A test\ndate: 2024-03-05\n---\n\nIt's a \"start\" with [a] and [b].\n\n## One\n\n- a\n- b\n\n  more\n\n\
    [a]: /a\n\nTerm\n: definition\n\n{{< youtube abc >}}\n\nText[^1] and[^2].\n\n## One\n\n<details>\n\nInside\n\n</details>\n\n\
    [^1]: A note\n\n    with \"two\" paragraphs.\n\n> quote\n\n```bash\nls\n```\n\n{{< note >}}\nNote *this*.\n{{< /note >}}\n\n\
    | a | b |\n|---|---|\n| c | d |\n\n[^2]: Other.\n\nThe \"end.\n";

/// How often to go around: more where RECAP_ROUNDS says so, as the long test run does.
fn rounds(usual: u64) -> u64 {
    let times = std::env::var("RECAP_ROUNDS")
        .ok()
        .and_then(|text| text.parse().ok());
    usual * times.unwrap_or(1)
}

#[test]
fn any_edit_gives_what_a_new_rendering_gives() {
    for seed in 1..=rounds(60) {
        check("own text", OWN, 100, seed * 7919);
    }
}

#[test]
fn any_edit_of_a_real_post_gives_what_a_new_rendering_gives() {
    for (i, (name, bytes)) in support::corpus_posts().iter().enumerate() {
        for round in 0..rounds(1) {
            let seed = 31 + i as u64 + 1000 * round;
            check(name, &String::from_utf8_lossy(bytes), 45, seed);
        }
    }
}
