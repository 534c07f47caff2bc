//! Shortcodes that are edited by form.

use recap_editor::text::Span;
use recap_editor::writing::call::{call_around, call_at, rewrite};

/// `before | the new values, with `/ text` behind them | after`; `‸` is the caret, `none`: it cannot be written.
const CASES: &str = r#"
a {{< youtube ‸"abc" >}} b | xyz | a {{< youtube "xyz" >}} b
a {{<  youtube‸   abc  >}} b | xyz | a {{<  youtube   xyz  >}} b
{{< youtube a‸bc >}} | x y | {{< youtube "x y" >}}
{{<⏎  youtube id=a‸bc⏎  start="7"⏎>}} | abcd, 7 | {{<⏎  youtube id=abcd⏎  start="7"⏎>}}
{{< youtube id=a‸bc start="7" >}} | abc, 42 | {{< youtube id=abc start="42" >}}
{{< youtube id = `a‸bc`  start=7 >}} | x`z, 7 | {{< youtube id = "x`z"  start=7 >}}
{{< youtube id="a‸bc" >}} | say "it" | {{< youtube id="say \"it\"" >}}
{{< youtube id="a‸bc" >}} | a\b | {{< youtube id=`a\b` >}}
{{< youtube id="a‸bc" >}} | a\b` | none
{{< youtube "a‸bc" >}} |  | {{< youtube "" >}}
{{% x user="a" ‸id=7 %}} | b, 7 | {{% x user="b" id=7 %}}
{{< note >‸}}old{{< /note >}} | / new | {{< note >}}new{{< /note >}}
{{< note >}}⏎⏎old text⏎{{< /n‸ote >}} | / new⏎text | {{< note >}}⏎⏎new⏎text⏎{{< /note >}}
{{< no‸te >}}⏎{{< /note >}} | / new | {{< note >}}⏎new⏎{{< /note >}}
{{< no‸te >}}{{< /note >}} | / new | {{< note >}}new{{< /note >}}
{{< no‸te title="a" >}}b{{< /note >}} | c / b | {{< note title="c" >}}b{{< /note >}}
{{< note >}}a {{< youtube ‸x >}}{{< /note >}} | y | {{< note >}}a {{< youtube y >}}{{< /note >}}
{{< no‸te >}}a{{< /note >}} b | / {{< /note >}} | none
{{< no‸te >}}a{{< /note >}} b | / {{< youtube x | none
{{< youtube "abc" >}}‸ b | xyz | {{< youtube "xyz" >}} b
{{< youtube "a" >}}‸{{< youtube "b" >}} | c | {{< youtube "c" >}}{{< youtube "b" >}}
a ‸{{< youtube "abc" >}}‸ | xyz | a {{< youtube "xyz" >}}
a‸ {{< youtube "abc" >}} | xyz | none
{{</* youtube ‸"abc" */>}} | xyz | none
{{< nosuch ‸"abc" >}} | xyz | none
{{< youtube ‸"abc" >}} | abc | none
{{< youtube ‸"abc" >}} | abc, d | none
"#;

#[test]
fn only_what_is_changed_changes() {
    for case in CASES.lines().filter(|line| !line.is_empty()) {
        let case = case.replace('⏎', "\n");
        let mut parts = case.split(" | ");
        let (before, values, after) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        let carets: Vec<usize> = before.match_indices('‸').map(|(at, _)| at).collect();
        let text = before.replace('‸', "");
        let start = carets[0];
        let end = carets.get(1).map_or(start, |at| at - '‸'.len_utf8());
        let selection = Span::from_range(start..end);
        let (values, inner) = match values.split_once("/ ") {
            Some((values, inner)) => (values.trim(), Some(inner)),
            None => (values, None),
        };
        let values: Vec<String> = if inner.is_some() && values.is_empty() {
            Vec::new()
        } else {
            values.split(", ").map(ToOwned::to_owned).collect()
        };
        let made = rewrite(&text, selection, &values, inner);
        let got = made.map_or("none".to_owned(), |edit| edit.applied_to(&text));
        assert_eq!(got, after, "{case}");
    }
}

#[test]
fn a_call_is_told_as_it_is_read() {
    let text = "> {{< note title=\"a\" >}}\n> b\n> {{< /note >}}";
    let call = call_at(text, Span::from_range(5..5)).unwrap();
    assert_eq!(call.name, "note");
    assert_eq!(call.arguments, [(Some("title".to_owned()), "a".to_owned())]);
    assert_eq!(call.inner.as_deref(), Some("> b\n>"));
    assert_eq!(call_at(text, Span::from_range(0..0)), None);
    // Inside its text is not at its mark.
    assert_eq!(
        call_at("{{< note >}}a bc d{{< /note >}}", Span::from_range(15..15)),
        None
    );
}

#[test]
fn a_key_that_means_something_else_beside_a_tag_wants_to_be_in_it() {
    let text = "a {{< youtube\n  abc\n>}} b";
    let name = |from: usize, to: usize| {
        call_around(text, Span::from_range(from..to)).map(|call| call.name)
    };
    for at in [2, 23] {
        assert_eq!(name(at, at), None, "{at}");
        assert!(call_at(text, Span::at(recap_editor::text::BytePos::new(at))).is_some());
    }
    for at in [3, 13, 16, 19, 22] {
        assert_eq!(name(at, at).as_deref(), Some("youtube"), "{at}");
    }
    assert_eq!(name(2, 23).as_deref(), Some("youtube"));
    assert_eq!(name(1, 23), None);
}
