//! The preview against Hugo's own answers for real posts.

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page, Preview, Rendered};
use recap_editor::site::SiteIndex;
use recap_editor::text::{BytePos, Span, Text, TextEdit};

use crate::dom;
use crate::support::{self, Dice};

fn rendered(text: &str, path: &str, site: &SiteIndex) -> Rendered {
    rendered_for(Audience::Site, text, path, site)
}

fn rendered_for(audience: Audience, text: &str, path: &str, site: &SiteIndex) -> Rendered {
    let post = Post::parse(text);
    let front_matter = FrontMatter::read(text, &post);
    let page = Page {
        text,
        post: &post,
        front_matter: front_matter.mapping(),
        path: Some(path),
        resources: &[],
        site,
    };
    preview::render(&page, audience)
}

#[test]
fn a_block_too_large_for_a_browser_is_told_and_left_out_of_its_page_only() {
    let site = SiteIndex::default();
    for (words, told) in [(40_000, false), (60_000, true)] {
        let body = "ten bytes ".repeat(words);
        let text = format!("---\ntitle: t\n---\n\nFirst.\n\n{body}\n\nLast.\n");
        for (audience, left_out) in [(Audience::Screen, told), (Audience::Site, false)] {
            let html = rendered_for(audience, &text, "", &site).html();
            assert!(html.starts_with("<p>First.</p>") && html.ends_with("<p>Last.</p>\n"));
            assert_eq!(html.contains("more than half a megabyte"), left_out);
            assert_eq!(html.contains("ten bytes"), !left_out);
        }
    }
}

#[test]
fn what_is_nested_too_deep_for_a_browser_is_told_and_left_out_of_its_page_only() {
    let site = SiteIndex::default();
    for (depth, shown) in [(150, true), (250, false)] {
        let text = format!("before\n\n{}a\n\nbehind\n", "> ".repeat(depth));
        let (screen, hugo) = (
            rendered_for(Audience::Screen, &text, "", &site).html(),
            rendered_for(Audience::Site, &text, "", &site).html(),
        );
        assert_eq!(hugo.matches("<blockquote>").count(), depth);
        assert_eq!(screen == hugo, shown, "{depth}");
        assert_eq!(
            screen.contains(&format!("nested {} deep", depth + 1)),
            !shown
        );
        assert!(screen.starts_with("<p>before</p>") && screen.ends_with("<p>behind</p>\n"));
    }
}

#[test]
fn real_posts_come_out_as_hugo_publishes_them() {
    let Some(corpus) = support::shared("corpus") else {
        return;
    };
    let read = |name: &str| std::fs::read_to_string(corpus.join(name)).unwrap();
    let site: SiteIndex = serde_json::from_str(&read("site-index.json")).unwrap();
    let mut compared = 0;
    for line in read("expected.jsonl").lines() {
        let expected: serde_json::Value = serde_json::from_str(line).unwrap();
        let path = expected["path"].as_str().unwrap();
        let bytes = std::fs::read(corpus.join("posts").join(path)).unwrap();
        let text = Text::from_bytes(&bytes);
        let found = rendered(text.as_str(), &format!("blog/{path}"), &site);
        assert_eq!(found.problems, [], "{path}");
        let wrong = dom::differences(
            expected["content_html"].as_str().unwrap(),
            found.html().trim(),
        );
        assert!(wrong.is_empty(), "{path}\n{}", wrong.join("\n"));
        let variables = found.variables;
        let text_of = |key: &str| expected[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(variables.title, text_of("title"), "{path}");
        assert_eq!(variables.author_name, text_of("author_name"), "{path}");
        assert_eq!(variables.date, text_of("date_text"), "{path}");
        assert_eq!(variables.permalink, text_of("rel_permalink"), "{path}");
        assert_eq!(variables.description, text_of("description"), "{path}");
        // A post embedded from X is cut differently: Hugo asked the network for its text.
        if !text_of("summary").contains("twitter-tweet") {
            assert_eq!(variables.summary, text_of("summary"), "{path}");
        }
        assert_eq!(
            variables.cover.unwrap_or_default(),
            text_of("cover"),
            "{path}"
        );
        assert_eq!(
            variables.thumbnail.unwrap_or_default(),
            text_of("thumbnail"),
            "{path}"
        );
        assert_eq!(
            variables.feature.unwrap_or_default(),
            text_of("feature"),
            "{path}"
        );
        assert_eq!(
            Some(u64::from(variables.word_count)),
            expected["word_count"].as_u64(),
            "{path}"
        );
        assert_eq!(
            Some(u64::from(variables.reading_time)),
            expected["reading_time"].as_u64(),
            "{path}"
        );
        compared += 1;
    }
    assert_eq!(compared, 96);
}

#[test]
fn the_build_is_refused_where_hugo_refuses_it() {
    let Some(corpus) = support::shared("corpus") else {
        return;
    };
    let cases = std::fs::read_to_string(corpus.join("build-failures.json")).unwrap();
    let cases: Vec<serde_json::Value> = serde_json::from_str(&cases).unwrap();
    let site = SiteIndex {
        pages: vec![recap_editor::site::index::IndexPage::default()],
        ..SiteIndex::default()
    };
    for case in &cases {
        let name = case["case"].as_str().unwrap();
        let input = case["input"].as_str().unwrap();
        let text = if name.starts_with("fm-") {
            input.to_owned()
        } else {
            format!("---\ntitle: t\ndate: 2024-01-01\n---\n{input}")
        };
        let post = Post::parse(&text);
        let front_matter = FrontMatter::read(&text, &post);
        let page = rendered(&text, "blog/p/index.md", &site);
        let fine = post.problems.is_empty()
            && front_matter.problems().is_empty()
            && page.problems.is_empty();
        assert_eq!(
            fine,
            case["ok"].as_bool().unwrap(),
            "{name}: {:?}",
            page.problems
        );
    }
    assert_eq!(cases.len(), 23);
}

/// A patched preview is a full render, whatever was typed.
#[test]
fn patches_add_up_to_the_page() {
    let text = "---\ntitle: t\ndate: 2024-01-01\n---\n\n# One\n\nText \"quoted\" and [a][l].\n\n- x\n- y\n\nNote[^1]\n\n[^1]: Down here.\n\n[l]: /link/\n";
    let typed = [
        "\"",
        "\n\n",
        "# One\n",
        "[^1]",
        "<div>\n",
        "\n</div>\n\n",
        "{{< youtube a >}}",
        "`",
        "- ",
        "[l]: /x/\n",
    ];
    let site = SiteIndex::default();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    for _ in 0..40 {
        let mut text = Text::from_bytes(text.as_bytes());
        let mut preview = Preview::default();
        let mut shown: Vec<std::rc::Rc<str>> = Vec::new();
        for step in 0..25 {
            if step > 0 {
                let start = text.as_str().find("\n---\n").unwrap_or(0) + 5;
                let at = start + dice.roll(text.as_str().len() - start + 1);
                let edit = if dice.roll(3) == 0 && at < text.as_str().len() {
                    TextEdit::removal(Span::from_range(
                        at..(at + 1 + dice.roll(6)).min(text.as_str().len()),
                    ))
                } else {
                    TextEdit::insertion(BytePos::new(at), typed[dice.roll(typed.len())])
                };
                if text.apply(&edit).is_err() {
                    continue;
                }
            }
            let post = Post::parse(text.as_str());
            let front_matter = FrontMatter::read(text.as_str(), &post);
            let page = Page {
                text: text.as_str(),
                post: &post,
                front_matter: front_matter.mapping(),
                path: None,
                resources: &[],
                site: &site,
            };
            let patch = preview.update(&page, None);
            let until = shown.len() - patch.keep_back;
            shown.splice(
                patch.keep_front..until,
                patch.blocks.iter().map(|block| block.html.clone()),
            );
            let full = preview::render(&page, Audience::Screen);
            assert_eq!(
                shown.concat(),
                full.html(),
                "after {step} steps: {}",
                text.as_str()
            );
        }
    }
}

#[test]
fn the_screen_is_told_which_files_of_the_post_are_meant() {
    let text =
        "---\ntitle: t\n---\n\n![one](a%20b.svg)\n\nsee ![two](./c.png) and ![three](gone.png)\n";
    let post = Post::parse(text);
    let front_matter = FrontMatter::read(text, &post);
    let resources = ["a b.svg".to_owned(), "c.png".to_owned()];
    let site = SiteIndex::default();
    let page = Page {
        text,
        post: &post,
        front_matter: front_matter.mapping(),
        path: None,
        resources: &resources,
        site: &site,
    };
    let screen = preview::render(&page, Audience::Screen).html();
    assert!(screen.contains("data-file=\"a b.svg\"") && screen.contains("data-file=\"c.png\""));
    assert_eq!(screen.matches("data-file").count(), 2);
    assert!(
        !preview::render(&page, Audience::Site)
            .html()
            .contains("data-file")
    );
}
