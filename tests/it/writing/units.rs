//! What the caret steps over as one.

use recap_editor::text::BytePos;
use recap_editor::writing::units::{word_left, word_right};

/// Every place the caret comes to from one end, as bars in the text.
fn stops(text: &str, from: usize, step: fn(&str, BytePos) -> BytePos) -> String {
    let mut at = BytePos::new(from);
    let mut places = Vec::new();
    loop {
        let next = step(text, at);
        if next == at {
            break;
        }
        places.push(next.get());
        at = next;
    }
    let mut shown = String::new();
    for (index, c) in text.char_indices().chain([(text.len(), '\0')]) {
        if places.contains(&index) {
            shown.push('|');
        }
        if c != '\0' {
            shown.push(c);
        }
    }
    shown
}

#[test]
fn a_tag_is_one_unit() {
    for (text, left, right) in [
        ("one two", "|one |two", "one| two|"),
        (
            "a {{< x b c >}} d",
            "|a |{{< x b c >}} |d",
            "a| {{< x b c >}}| d|",
        ),
        ("a{{% x %}}b", "|a|{{% x %}}|b", "a|{{% x %}}|b|"),
        ("one, (two)", "|one|, |(|two|)", "one|,| (|two|)|"),
        (
            "日本 e\u{301}é 👩‍💻",
            "|日本 |e\u{301}é |👩‍💻",
            "日本| e\u{301}é| 👩‍💻|",
        ),
        ("a\n\nb", "|a\n\n|b", "a|\n\nb|"),
        ("{{< open", "|{{< |open", "{{<| open|"),
        ("", "", ""),
        ("  ", "|  ", "  |"),
    ] {
        assert_eq!(stops(text, text.len(), word_left), left, "{text}");
        assert_eq!(stops(text, 0, word_right), right, "{text}");
    }
}

#[test]
fn from_inside_a_tag_it_goes_to_the_tags_ends() {
    let text = "a {{< x >}} b";
    assert_eq!(word_left(text, BytePos::new(6)), BytePos::new(2));
    assert_eq!(word_right(text, BytePos::new(6)), BytePos::new(11));
}

#[test]
fn a_place_beyond_the_text_or_inside_a_character_is_no_harm() {
    assert_eq!(word_right("é", BytePos::new(1)), BytePos::new(2));
    assert_eq!(word_left("é", BytePos::new(1)), BytePos::new(0));
    assert_eq!(word_left("ab", BytePos::new(9)), BytePos::new(0));
    assert_eq!(word_right("ab", BytePos::new(9)), BytePos::new(2));
}
