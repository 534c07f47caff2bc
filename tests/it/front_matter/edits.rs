//! One table of edits: front matter before, what is set, front matter after, to the byte.

use super::edit_of;

/// Sets `setting` in `before` (fences are added) and expects `after`.
#[track_caller]
fn check(before: &str, setting: &str, after: &str) {
    let text = format!("---\n{before}---\nBody\n");
    let expected = format!("---\n{after}---\nBody\n");
    match edit_of(&text, setting) {
        Err(refusal) => panic!("refused: {refusal}"),
        Ok(None) => assert_eq!(text, expected, "nothing was changed"),
        Ok(Some(edit)) => assert_eq!(edit.applied_to(&text), expected),
    }
}

#[track_caller]
fn refused(before: &str, setting: &str, reason: &str) {
    let text = format!("---\n{before}---\nBody\n");
    let refusal = edit_of(&text, setting).expect_err("an edit was made");
    assert!(refusal.to_string().contains(reason), "{refusal}");
}

#[test]
fn only_the_value_changes() {
    check("title: A\n", "title=\"B\"", "title: B\n");
    check("title: A\n", "title=\"A\"", "title: A\n");
    check("title:   A   # c\n", "title=\"B\"", "title:   B   # c\n");
    check("title : A\n", "title=\"B\"", "title : B\n");
    check("\"title\": A\n", "title=\"B\"", "\"title\": B\n");
    check("Title: A\n", "title=\"B\"", "Title: B\n");
    check("title:\n  A # c\n", "title=\"B\"", "title:\n  B # c\n");
    check(
        "# a\n\ntitle: A\n# b\n",
        "title=\"B\"",
        "# a\n\ntitle: B\n# b\n",
    );
    check("title: A\n...\n", "title=\"B\"", "title: B\n...\n");
    check(
        "title: !!str A\n",
        "title=\"yes\"",
        "title: !!str \"yes\"\n",
    );
    check("title: !own A\n", "title=\"B\"", "title: !own B\n");
    check(
        "x: &a 1\ny: *a\ntitle: A\n",
        "title=\"B\"",
        "x: &a 1\ny: *a\ntitle: B\n",
    );
    check(
        "titel: é # ü\ntitle: ä\n",
        "title=\"ö\"",
        "titel: é # ü\ntitle: ö\n",
    );
}

#[test]
fn styles_are_kept() {
    check("title: 'A'\n", "title=\"it's\"", "title: 'it''s'\n");
    check(
        "title: \"A\" # c\n",
        "title=\"\\\"B\\\"\"",
        "title: \"\\\"B\\\"\" # c\n",
    );
    check(
        "title: |-\n  A\nslug: a\n",
        "title=\"B: c\"",
        "title: |-\n  B: c\nslug: a\n",
    );
    check(
        "title: |- # c\n    A\n\n\nslug: a\n",
        "title=\"B\"",
        "title: |- # c\n    B\n\n\nslug: a\n",
    );
    check(
        "title: |\n  A\nslug: a\n",
        "title=\"B\\n\"",
        "title: |\n  B\nslug: a\n",
    );
    check(
        "title: |\n  A\nslug: a\n",
        "title=\"B\"",
        "title: |-\n  B\nslug: a\n",
    );
    check("x: |2-\n   A\ny: 1\n", "x=\"  B\"", "x: |2-\n    B\ny: 1\n");
    check("x: >-\n  A\n  B\ny: 1\n", "x=\"C\"", "x: >-\n  C\ny: 1\n");
    check(
        "x: >-\n  A\n\n  B\ny: 1\n",
        "x=\"A\\nC\\n\\nD\"",
        "x: >-\n  A\n\n  C\n\n\n  D\ny: 1\n",
    );
    check(
        "params:\n  a: 1\n  b: 'x'\n",
        "params.b=\"y\"",
        "params:\n  a: 1\n  b: 'y'\n",
    );
    check(
        "params: {a: 1, b: x}\n",
        "params.b=\"y, z\"",
        "params: {a: 1, b: \"y, z\"}\n",
    );
    check("draft: true\n", "draft=false", "draft: false\n");
    check("x: 1.50\n", "x=2", "x: 2\n");
    check("title:\n", "title=\"B\"", "title: B\n");
    check("title: # c\n", "title=\"B\"", "title: B # c\n");
}

#[test]
fn the_least_change_that_can_hold_it() {
    check("title: A # c\n", "title=\"B: c\"", "title: \"B: c\" # c\n");
    check(
        "title: A\n",
        "title=\"say \\\"x\\\": y\"",
        "title: 'say \"x\": y'\n",
    );
    check("x: 'A'\n", "x=\"a\\tb\"", "x: \"a\\tb\"\n");
    check(
        "x: A # c\ny: 1\n",
        "x=\"a\\nb\"",
        "x: |- # c\n  a\n  b\ny: 1\n",
    );
    check("x:\n  A\ny: 1\n", "x=\"a\\nb\"", "x: |-\n  a\n  b\ny: 1\n");
    check(
        "x:\n  A # c\ny: 1\n",
        "x=\"a\\nb\"",
        "x:\n  \"a\\nb\" # c\ny: 1\n",
    );
    check("x: |-\n  A\n", "x=\"a \"", "x: \"a \"\n");
    check("x: |- # c\n  A\n", "x=\"a \"", "x: \"a \" # c\n");
    check(
        "keywords: [a, b]\n",
        "keywords=[\"a\",\"2.20\",\"b\"]",
        "keywords: [a, \"2.20\", b]\n",
    );
    check("title: 2.20\n", "title=\"2.20\"", "title: \"2.20\"\n");
    check("slug: a\n", "slug=\"2.20\"", "slug: \"2.20\"\n");
}

#[test]
fn prose_is_wrapped_at_eighty_columns() {
    let word = "word ".repeat(17);
    let word = word.trim_end();
    let line = "word ".repeat(15);
    let line = line.trim_end();
    check(
        "title: |-\n  A\n",
        &format!("title=\"{word}\""),
        &format!("title: |-\n  {line}\n  word word\n"),
    );
    check(
        "description: |-\n  A\n  b\n",
        &format!("description=\"{word}\\nend\""),
        &format!("description: |-\n  {line}\n  word word end\n"),
    );
    // A single-line input shows the breaks as spaces: what it says is what is there.
    check(
        "title: |-\n  A\n  b\n",
        "title=\"A b\"",
        "title: |-\n  A\n  b\n",
    );
    check("x: |-\n  A\n  b\n", "x=\"A b\"", "x: |-\n  A b\n");
    check(
        "title: A\n  b\nslug: a\n",
        &format!("title=\"{word}\""),
        &format!(
            "title: {}\n  word word word\nslug: a\n",
            "word ".repeat(14).trim_end()
        ),
    );
    check(
        "title: A\n  b\nslug: a\n",
        "title=\"C\"",
        "title: C\nslug: a\n",
    );
}

#[test]
fn lists_change_item_by_item() {
    check(
        "keywords: [a, \"b\", 'c'] # d\n",
        "keywords=[\"a\",\"c\"]",
        "keywords: [a, 'c'] # d\n",
    );
    check(
        "keywords: [ a, \"b\" ]\n",
        "keywords=[\"a\",\"b\",\"c\"]",
        "keywords: [ a, \"b\", c ]\n",
    );
    check(
        "keywords: [a, \"b\"]\n",
        "keywords=[\"z\",\"a\",\"b\"]",
        "keywords: [z, a, \"b\"]\n",
    );
    check(
        "keywords: [a, \"b\", c]\n",
        "keywords=[\"b\",\"a\",\"c\"]",
        "keywords: [\"b\", a, c]\n",
    );
    check("keywords: [a]\n", "keywords=[]", "keywords: []\n");
    check("keywords: []\n", "keywords=[\"a\"]", "keywords: [a]\n");
    check(
        "keywords: [a, b,]\n",
        "keywords=[\"a\",\"b\",\"c\"]",
        "keywords: [a, b, c,]\n",
    );
    check(
        "keywords: [a, b,]\n",
        "keywords=[\"a\"]",
        "keywords: [a,]\n",
    );
    check(
        "keywords: [a]\n",
        "keywords=[\"a, b\"]",
        "keywords: [\"a, b\"]\n",
    );
    check(
        "keywords:\n  [\n    a, # x\n    b # y\n  ]\n",
        "keywords=[\"a\",\"b\",\"c\"]",
        "keywords:\n  [\n    a, # x\n    b, # y\n    c\n  ]\n",
    );
    check(
        "keywords:\n  [\n    a, # x\n    b, # y\n  ]\n",
        "keywords=[\"b\"]",
        "keywords:\n  [\n    b, # y\n  ]\n",
    );
    check(
        "aliases:\n  - /a/ # x\n  # y\n  - \"/b/\"\nt: 1\n",
        "aliases=[\"/a/\",\"/c/\",\"/b/\"]",
        "aliases:\n  - /a/ # x\n  - /c/\n  # y\n  - \"/b/\"\nt: 1\n",
    );
    check(
        "aliases:\n- /a/\n- /b/\n",
        "aliases=[\"/b/\"]",
        "aliases:\n- /b/\n",
    );
    check(
        "aliases:\n- /a/\nt: 1\n",
        "aliases=[\"/a/\",\"/b/\"]",
        "aliases:\n- /a/\n- /b/\nt: 1\n",
    );
    check(
        "aliases:\n  - /a/\n",
        "aliases=[\"/z/\",\"/a/\"]",
        "aliases:\n  - /z/\n  - /a/\n",
    );
    check("aliases:\n  - /a/\n", "aliases=[]", "aliases: []\n");
    check(
        "aliases:\n  - /a/\n",
        "aliases[1]=\"/b/\"",
        "aliases:\n  - /a/\n  - /b/\n",
    );
    check(
        "keywords: a\n",
        "keywords=[\"a\",\"b\"]",
        "keywords: [a, b]\n",
    );
}

#[test]
fn maps_change_entry_by_entry() {
    check(
        "params:\n  author: flynn # c\n  x: 1\n",
        "params.author={\"name\":\"A\",\"avatar\":\"a.png\"}",
        "params:\n  author: # c\n    name: A\n    avatar: a.png\n  x: 1\n",
    );
    check(
        "params:\n  author:\n    name: A\n    avatar: a.png\n  x: 1\n",
        "params.author=\"flynn\"",
        "params:\n  author: flynn\n  x: 1\n",
    );
    check(
        "params:\n  author:\n    name: A # c\n    avatar: a.png\n",
        "params.author={\"email\":\"e\",\"name\":\"B\"}",
        "params:\n  author:\n    name: B # c\n    email: e\n",
    );
    check(
        "params:\n  author:\n    name: A\n",
        "params.author.name=\"Jürgen: der\"",
        "params:\n  author:\n    name: \"Jürgen: der\"\n",
    );
    let record = "params:\n  videoSchema:\n    - title: A # c\n      description: |-\n        B\n      duration: PT1S\n";
    check(
        record,
        "params.videoSchema[0].title=\"C\"",
        &record.replace("title: A", "title: C"),
    );
    check(
        record,
        "params.videoSchema[0].title=null",
        "params:\n  videoSchema:\n    - description: |-\n        B\n      duration: PT1S\n",
    );
    check(
        record,
        "params.videoSchema[1]={\"duration\":\"PT2S\",\"title\":\"D\",\"description\":\"E\",\"uploadDate\":\"2021-05-14\"}",
        &format!(
            "{record}    - title: D\n      description: |-\n        E\n      uploadDate: 2021-05-14\n      duration: PT2S\n"
        ),
    );
    check(
        record,
        "params.videoSchema[0].uploadDate=\"2021-05-14\"",
        &record.replace(
            "      duration",
            "      uploadDate: 2021-05-14\n      duration",
        ),
    );
}

#[test]
fn a_cleared_field_takes_its_own_comment_along() {
    check(
        "# a\ntitle: A # b\n# c\nslug: d\n",
        "title=null",
        "# a\n# c\nslug: d\n",
    );
    check(
        "title: |-\n  A\n\n  b\n\nslug: d\n",
        "title=null",
        "\nslug: d\n",
    );
    check(
        "aliases:\n  - a\n  - b # x\nslug: d\n",
        "aliases=null",
        "slug: d\n",
    );
    check(
        "params:\n  a: 1\n  b: 2\n",
        "params.a=null",
        "params:\n  b: 2\n",
    );
    check(
        "params:\n  a: 1\nx: 1\n",
        "params.a=null",
        "params:\nx: 1\n",
    );
    check(
        "params: {a: 1, b: 2}\n",
        "params.a=null",
        "params: {b: 2}\n",
    );
    check(
        "params: {a: 1, b: 2}\n",
        "params.b=null",
        "params: {a: 1}\n",
    );
    check("params: {a: 1}\n", "params.a=null", "params: {}\n");
    check("title: A\n", "title=null", "");
    check("title: A\n...\n", "title=null", "...\n");
    check("title: A\n", "slug=null", "title: A\n");
    check("title: A\n", "params.author.name=null", "title: A\n");
}

#[test]
fn a_new_entry_stands_where_the_site_has_it() {
    let post = "date: 2021-11-10T00:00:00Z\ntitle: A\nkeywords: [a]\nparams:\n  author: flynn\n";
    let with = |after: &str, line: &str| post.replace(after, &format!("{after}{line}"));
    check(post, "slug=\"b\"", &with("Z\n", "slug: b\n"));
    check(
        post,
        "description=\"B.\"",
        &with("A\n", "description: |-\n  B.\n"),
    );
    check(
        post,
        "images=[\"s.jpg\"]",
        &with("flynn\n", "images: [s.jpg] # Open graph image\n"),
    );
    check(
        post,
        "params.showCover=true",
        &with("flynn\n", "  showCover: true\n"),
    );
    check(
        post,
        "params.metaTitle=\"M\"",
        &with("params:\n", "  metaTitle: M\n"),
    );
    check(
        post,
        "aliases=[\"/a/\"]",
        &with("A\n", "aliases:\n  - /a/\n"),
    );
    check(post, "weight=3", &with("flynn\n", "weight: 3\n"));
    check(
        "title: A\n",
        "date=\"2021-11-10\"",
        "date: 2021-11-10\ntitle: A\n",
    );
    check(
        "# c\ntitle: A\n",
        "date=\"2021-11-10\"",
        "date: 2021-11-10\n# c\ntitle: A\n",
    );
    check(
        "title: A\n",
        "params.author=\"flynn\"",
        "title: A\nparams:\n  author: flynn\n",
    );
    check(
        "title: A\nparams:\n",
        "params.author=\"flynn\"",
        "title: A\nparams:\n  author: flynn\n",
    );
    check(
        "params: # c\nx: 1\n",
        "params.author=\"f\"",
        "params: # c\n  author: f\nx: 1\n",
    );
    check(
        "params: {a: 1}\n",
        "params.author=\"f\"",
        "params: {a: 1, author: f}\n",
    );
    check(
        "params: {}\n",
        "params.author=\"f\"",
        "params: {author: f}\n",
    );
    check("{title: A}\n", "slug=\"b\"", "{slug: b, title: A}\n");
    check(
        "params:\n    author: f\n",
        "params.showCover=true",
        "params:\n    author: f\n    showCover: true\n",
    );
    check("", "title=\"A\"", "title: A\n");
    check("# c\n", "title=\"A\"", "# c\ntitle: A\n");
    check("...\n", "title=\"A\"", "title: A\n...\n");
    check(
        "title: A\n...\n",
        "params.author=\"f\"",
        "title: A\nparams:\n  author: f\n...\n",
    );
    check("a: |+\n  x\n\nb: 1\n", "c=2", "a: |+\n  x\n\nb: 1\nc: 2\n");
    check(
        "keywords:\n  - a\n  # - b\nx: 1\n",
        "params.author=\"f\"",
        "keywords:\n  - a\n  # - b\nparams:\n  author: f\nx: 1\n",
    );
    check(
        "date: 2021-11-10\n",
        "title=\"Slow: Cooker\"",
        "date: 2021-11-10\ntitle: |-\n  Slow: Cooker\n",
    );
    check(
        "thumbnail: a.png\nparams:\n  author: f\n",
        "params.thumbnail=\"b.png\"",
        "thumbnail: b.png\nparams:\n  author: f\n",
    );
    check(
        "params:\n  author: f\n",
        "params.author.name=\"F\"",
        "params:\n  author:\n    name: F\n",
    );
}

#[test]
fn line_ends_are_kept() {
    for (line_end, name) in [("\r\n", "CRLF"), ("\r", "CR"), ("\n", "LF")] {
        let text = "---\ntitle: |-\n  A\nkeywords: [a]\nparams:\n  author: f\n---\nBody\n"
            .replace('\n', line_end);
        for (setting, before, after) in [
            ("title=\"B\"", "  A", "  B"),
            ("title=\"B\\n\\nc\"", "  A", "  B\n\n  c"),
            ("slug=\"s\"", "title", "slug: s\ntitle"),
            (
                "images=[\"s\"]",
                "author: f",
                "author: f\nimages: [s] # Open graph image",
            ),
            ("params.author=null", "\n  author: f", ""),
        ] {
            let edit = edit_of(&text, setting).unwrap().unwrap();
            let expected = text.replace(
                &before.replace('\n', line_end),
                &after.replace('\n', line_end),
            );
            assert_eq!(edit.applied_to(&text), expected, "{name} {setting}");
        }
    }
}

#[test]
fn fences_and_marks_are_kept() {
    for (text, setting, expected) in [
        (
            "\u{feff}---\ntitle: A\n---\n",
            "title=\"B\"",
            "\u{feff}---\ntitle: B\n---\n",
        ),
        (
            "---  \ntitle: A\n---  \nx",
            "title=\"B\"",
            "---  \ntitle: B\n---  \nx",
        ),
        (
            "--- # c\ntitle: A\n---\n",
            "slug=\"b\"",
            "--- # c\nslug: b\ntitle: A\n---\n",
        ),
        ("--- title: A\n---\n", "title=\"B\"", "--- title: B\n---\n"),
        ("---\n---\nBody", "title=\"B\"", "---\ntitle: B\n---\nBody"),
        ("Body\n", "title=\"B\"", "---\ntitle: B\n---\n\nBody\n"),
        (
            "\u{feff}\r\nBody\r\n",
            "title=\"B\"",
            "\u{feff}---\r\ntitle: B\r\n---\r\n\r\nBody\r\n",
        ),
        ("", "keywords=[\"a\"]", "---\nkeywords: [a]\n---\n"),
    ] {
        let edit = edit_of(text, setting).unwrap().unwrap();
        assert_eq!(edit.applied_to(text), expected);
    }
    assert_eq!(edit_of("Body\n", "title=null").unwrap(), None);
    assert!(edit_of("--- title: A\n---\n", "title=null").is_err());
}

#[test]
fn what_could_only_be_guessed_is_refused() {
    refused(
        "x: # c\n - [a: b, c]\n",
        "x[0][0].a=null",
        "Edit it as text",
    );
    refused("title: &a A\nx: *a\n", "title=\"B\"", "reference");
    refused("x: &a A\ntitle: *a\n", "title=\"B\"", "reference");
    refused(
        "params: &p\n  author: f\nx: *p\n",
        "params.author=\"g\"",
        "reference",
    );
    refused(
        "keywords: [&a b, c]\nx: *a\n",
        "keywords=[\"c\"]",
        "reference",
    );
    refused("title: A\ntitle: B\n", "title=\"C\"", "twice");
    refused("title: A\nTitle: B\n", "slug=\"C\"", "twice");
    refused("? title\n: A\n", "title=\"B\"", "key");
    refused("title: A\n...\nslug: b\n", "title=\"B\"", "second");
    refused("params:\n\tauthor: f\n", "params.author=\"g\"", "tab");
    refused("base: &b {x: 1}\nparams:\n  <<: *b\n", "title=\"B\"", "<<");
    refused("- a\n- b\n", "title=\"B\"", "not a list of entries");
    refused("title: [a\n", "title=\"B\"", "bracket");
    refused("keywords: [a]\n", "keywords.x=\"b\"", "no place");
    refused("keywords: [a]\n", "keywords[3]=\"b\"", "no place");
    refused(
        "aliases:\n  # c\n  - a\n  # d\n  - b\n",
        "aliases=[]",
        "comments",
    );
    refused("title: !!int 3\n", "slug=\"x\"", "tag");
}
