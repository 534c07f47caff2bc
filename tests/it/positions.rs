//! From the text to the page and back, and from a word on the page to its place in the file.

use recap_editor::front_matter::FrontMatter;
use recap_editor::post::Post;
use recap_editor::preview::positions::{Positions, Spot, find};
use recap_editor::preview::{Audience, Block, Page, render};
use recap_editor::site::SiteIndex;
use recap_editor::text::{BytePos, Utf16Pos};

use crate::support::corpus_posts;

fn blocks_of(text: &str) -> Vec<Block> {
    let post = Post::parse(text);
    let front_matter = FrontMatter::read(text, &post);
    let page = Page {
        text,
        post: &post,
        front_matter: front_matter.mapping(),
        path: None,
        resources: &[],
        site: &SiteIndex::default(),
    };
    render(&page, Audience::Screen).blocks
}

const POST: &str = "---\ntitle: t\n---\n\nOne paragraph\nof two lines.\n\n- a short item\n- a long item that\n  goes on and\n  on\n- last\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n```yaml\nkey: value\nother: value\n```\n\nThe end.\n";

#[test]
fn every_place_comes_back_to_itself() {
    for text in [POST, "No front matter.\n\n😀 ä\n", "", "\n\n", "x"] {
        let blocks = blocks_of(text);
        let positions = Positions::new(text, &blocks);
        let from = blocks
            .first()
            .map_or(text.len(), |block| block.span.start().get());
        for (at, c) in text.char_indices().filter(|(at, _)| *at >= from) {
            for part in [0.0, 0.25, 0.75] {
                let spot = Spot {
                    at: BytePos::new(at),
                    part,
                };
                let place = positions.on_page(spot).unwrap();
                let back = positions.in_file(place);
                // Inside a character of several bytes, its start is near enough.
                let near = (back.at.get() as f64 + back.part - at as f64 - part).abs();
                assert!(
                    near < c.len_utf8() as f64 * 0.76 && (c.len_utf8() > 1 || near < 1e-6),
                    "{text:?} {at} {part}: {place:?}, back at {back:?}"
                );
            }
        }
    }
}

#[test]
fn places_go_down_the_page_with_the_text() {
    let blocks = blocks_of(POST);
    let positions = Positions::new(POST, &blocks);
    let mut last = (0, 0.0);
    for at in 0..POST.len() {
        let place = positions
            .on_page(Spot {
                at: BytePos::new(at),
                part: 0.0,
            })
            .unwrap();
        assert!((place.block, place.share) >= last, "at {at}");
        assert!((0.0..=1.0).contains(&place.share));
        last = (place.block, place.share);
    }
    assert_eq!(last.0, blocks.len() - 1);
}

#[test]
fn items_rows_and_code_are_counted() {
    let blocks = blocks_of(POST);
    let positions = Positions::new(POST, &blocks);
    let at = |what: &str| {
        let at = BytePos::new(POST.find(what).unwrap());
        positions.on_page(Spot { at, part: 0.0 }).unwrap()
    };
    let place = at("- last");
    let by_part = place.by_part.unwrap();
    assert_eq!((by_part.count, by_part.part), (3, 3));
    assert!(by_part.share < 1e-9);
    assert!(place.share > 0.6 && place.share < 0.8, "{}", place.share);
    let row = at("| 1 |").by_part.unwrap();
    assert_eq!((row.count, row.part), (2, 2));
    assert_eq!(at("key: value").by_part.unwrap().count, 1);
    assert_eq!(at("One").by_part, None);
    assert_eq!(at("of two").share, 1.0 / 3.0);
}

#[test]
fn another_number_of_parts_is_not_believed() {
    let blocks = blocks_of(POST);
    let positions = Positions::new(POST, &blocks);
    let at = BytePos::new(POST.find("- last").unwrap());
    let mut place = positions.on_page(Spot { at, part: 0.0 }).unwrap();
    place.by_part.as_mut().unwrap().count = 7;
    place.share = 0.0;
    assert_eq!(
        positions.in_file(place).at.get(),
        POST.find("- a short").unwrap()
    );
}

#[track_caller]
fn found(source: &str, shown: &str, pressed: &str, wanted: &str) {
    let (head, _) = pressed.split_once('|').unwrap();
    let at = Utf16Pos::new(u32::try_from(head.encode_utf16().count()).unwrap());
    assert_eq!(pressed.replace('|', ""), shown);
    let found = find(source, shown, at).map(|at| at.get());
    let wanted_at = wanted.find('|');
    if wanted_at.is_some() {
        assert_eq!(wanted.replace('|', ""), source);
    }
    assert_eq!(found, wanted_at);
}

#[test]
fn a_word_is_found_where_it_stands() {
    found(
        "Some **bold** text",
        "Some bold text",
        "Some bo|ld text",
        "Some **bo|ld** text",
    );
    // The address has the word too.
    found(
        "See [the news](/news/) and the news again",
        "See the news and the news again",
        "See the news and the ne|ws again",
        "See [the news](/news/) and the ne|ws again",
    );
    found(
        "See [the news](/news/the/news/) and more",
        "See the news and more",
        "See the n|ews and more",
        "See [the n|ews](/news/the/news/) and more",
    );
    // Between words: the start of the next one.
    found("- a\n- b\n- a\n", "a\nb\na", "a\nb\n|a", "- a\n- b\n- |a\n");
    found("it's \"so\"…", "it’s “so”…", "it’s “s|o”…", "it's \"s|o\"…");
    found("ä 😀 wörd", "ä 😀 wörd", "ä 😀 wö|rd", "ä 😀 wö|rd");
    found("{{< note >}}", "YouTube video", "You|Tube video", "");
    found("", "", "|", "");
}

#[test]
fn real_posts_find_most_of_their_words() {
    let (mut all, mut right) = (0, 0);
    for (_, bytes) in corpus_posts() {
        let text = String::from_utf8(bytes).unwrap();
        let blocks = blocks_of(&text);
        let positions = Positions::new(&text, &blocks);
        for (number, block) in blocks.iter().enumerate() {
            // Paragraphs of plain text: there the place is known without a doubt.
            let source = &text[positions.range_of(number)];
            let plain = source.trim_end();
            if !block.html.starts_with("<p>")
                || plain.contains(['*', '_', '[', '`', '<', '{', '&', '\\', '/', '"', '\''])
            {
                continue;
            }
            for (at, _) in plain.match_indices(' ') {
                all += 1;
                let wanted = at + 1;
                let units = plain[..wanted].encode_utf16().count();
                let units = Utf16Pos::new(u32::try_from(units).unwrap());
                let found = find(source, plain, units).unwrap().get();
                right += usize::from(found >= wanted && found < wanted + 4);
            }
        }
    }
    println!("words found in plain paragraphs: {right} of {all}");
    assert!(right * 100 >= all * 99);
}
