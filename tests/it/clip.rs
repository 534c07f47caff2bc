//! HTML from the clipboard as Markdown, and read again.

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use recap_editor::post::Post;
use recap_editor::preview::{self, Audience, Page};
use recap_editor::shortcode::{self, Piece};
use recap_editor::site::SiteIndex;
use recap_editor::text::Span;
use recap_editor::writing::clip::{Node, markdown};

use crate::dom;

fn nodes(html: &str) -> Vec<Node> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let context = QualName::new(None, ns!(html), local_name!("body"));
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html);
    let root = dom.document.children.borrow().first().cloned();
    root.map_or(Vec::new(), |root| children(&root))
}

fn children(handle: &Handle) -> Vec<Node> {
    let children = handle.children.borrow();
    children.iter().filter_map(node).collect()
}

fn node(handle: &Handle) -> Option<Node> {
    match &handle.data {
        NodeData::Text { contents } => Some(Node::Text(contents.borrow().to_string())),
        NodeData::Comment { contents } => Some(Node::Element {
            name: "#comment".to_owned(),
            attributes: Vec::new(),
            children: vec![Node::Text(contents.to_string())],
        }),
        NodeData::Element { name, attrs, .. } => Some(Node::Element {
            name: name.local.to_string(),
            attributes: (attrs.borrow().iter())
                .map(|attribute| {
                    (
                        attribute.name.local.to_string(),
                        attribute.value.to_string(),
                    )
                })
                .collect(),
            children: children(handle),
        }),
        _ => None,
    }
}

/// HTML and the Markdown it becomes.
const CASES: &[(&str, &str)] = &[
    // Paragraphs and white space.
    ("a", "a"),
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("<p> a \n b </p>", "a b"),
    ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
    ("<p>a <b> b </b> c</p>", "a **b** c"),
    ("<p></p><p>&nbsp;</p><p>a</p>", "a"),
    ("<p>a<br>b</p>", "a\\\nb"),
    ("<p>a<br><br>b</p>", "a\n\nb"),
    ("<p><br>a<br></p>", "a"),
    ("a<hr>b", "a\n\n---\n\nb"),
    ("", ""),
    ("<section><article><p>a</p></article></section>", "a"),
    (
        "<span>a</span><span class=\"Apple-converted-space\">&nbsp;</span><span>b</span>",
        "a b",
    ),
    // Headings.
    (
        "<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4>",
        "## a\n\n### b\n\n#### c\n\n#### d",
    ),
    ("<h2>a</h2><h3>b</h3><h6>c</h6>", "## a\n\n### b\n\n#### c"),
    ("<h2><b>a</b> <i>b</i><br>c</h2>", "## a _b_ c"),
    ("<h2></h2><p>a</p>", "a"),
    (
        "<h2>a #</h2><h2>b {#c}</h2><h2>C#</h2>",
        "## a \\#\n\n## b \\{#c}\n\n## C#",
    ),
    // Bold, italics and the rest.
    (
        "<b>a</b> <strong>b</strong> <i>c</i> <em>d</em>",
        "**a** **b** _c_ _d_",
    ),
    (
        "<del>a</del> <s>b</s> <strike>c</strike>",
        "~~a~~ ~~b~~ ~~c~~",
    ),
    ("<b>a <i>b</i> c</b>", "**a _b_ c**"),
    ("<b>a</b><b>b</b>", "**ab**"),
    ("<b><i>a</i></b>", "**_a_**"),
    ("a<i>b</i>c", "a*b*c"),
    ("<b>a:</b>b", "**a**:b"),
    ("a<b>\"b</b>", "a\"**b**"),
    ("a<b>!</b>b", "a!b"),
    (
        "<b>a <a href=\"https://e.com\">b</a> c</b>",
        "**a [b](https://e.com) c**",
    ),
    ("<b> </b>a<i></i>", "a"),
    ("<b>a<br>b</b>", "**a\\\nb**"),
    ("<span style=\"font-weight: bold\">a</span>", "**a**"),
    ("<b style=\"font-weight:normal\">a</b>", "a"),
    // Code.
    ("<code>a</code>", "`a`"),
    ("<code>a`b</code>", "``a`b``"),
    ("<code>`a</code>", "`` `a ``"),
    ("<b><code>a*</code></b>", "**`a*`**"),
    ("<code> a </code>b", "`a` b"),
    ("<pre>a\n  b\n</pre>", "```\na\n  b\n```"),
    (
        "<pre><code class=\"language-yaml\">a: b\n</code></pre>",
        "```yaml\na: b\n```",
    ),
    ("<pre class=\"lang-Go\">a<br>b</pre>", "```go\na\nb\n```"),
    (
        "<pre><code class=\"language-{x}\">a</code></pre>",
        "```\na\n```",
    ),
    ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````"),
    // Links.
    (
        "<a href=\"https://e.com/a_b\">a</a>",
        "[a](https://e.com/a_b)",
    ),
    (
        "<a href=\"/a\">a</a> <a href=\"#b\">b</a> <a>c</a>",
        "a b c",
    ),
    ("<a href=\"javascript:x()\">a</a>", "a"),
    ("<a href=\" java\nscript:x()\">a</a>", "a"),
    ("<a href=\"data:text/html,x\">a</a>", "a"),
    ("<a href=\"mailto:a@b.c\">a</a>", "[a](mailto:a@b.c)"),
    (
        "a <a href=\"https://e.com\"> b </a> c",
        "a [b](https://e.com) c",
    ),
    (
        "<a href=\"https://e.com/(a) b\">a]</a>",
        "[a\\]](https://e.com/%28a%29%20b)",
    ),
    (
        "<a href=\"https://e.com/100%\">a</a>",
        "[a](https://e.com/100%25)",
    ),
    ("<a href=\"https://e.com:x/\">a</a>", "a"),
    (
        "a!<a href=\"https://e.com\">b</a>",
        "a\\![b](https://e.com)",
    ),
    ("<a href=\"https://e.com\"></a>a", "a"),
    (
        "<a href=\"https://e.com\"><h3>a</h3></a>",
        "### [a](https://e.com)",
    ),
    (
        "<a href=\"https://e.com\">a <b>b</b></a>",
        "[a **b**](https://e.com)",
    ),
    (
        "<a href=\"https://www.google.com/url?q=https://e.com/a%3Fb%3Dc&amp;sa=D\">a</a>",
        "[a](https://e.com/a?b=c)",
    ),
    (
        "<a href=\"https://www.google.com/url?q=javascript:x()&amp;sa=D\">a</a>",
        "a",
    ),
    (
        "<a href=\"https://e.com/{{< x >}}\">a</a>",
        "[a](https://e.com/%7B%7B%3C%20x%20%3E%7D%7D)",
    ),
    // Pictures.
    (
        "<img src=\"https://e.com/a.png\" alt=\"a [b]\">",
        "![a \\[b\\]](https://e.com/a.png)",
    ),
    (
        "<img src=\"data:image/png;base64,x\"><img src=\"a.png\"><img>a",
        "a",
    ),
    (
        "<img src=\"https://e.com/a.gif\" width=\"1\" height=\"1\">a",
        "a",
    ),
    (
        "<a href=\"https://e.com\"><img src=\"https://e.com/a.png\"></a>",
        "[![](https://e.com/a.png)](https://e.com)",
    ),
    // Lists.
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    (
        "<ol start=\"9\"><li>a</li><li>b<ul><li>c</li></ul></li></ol>",
        "9. a\n10. b\n    - c",
    ),
    (
        "<ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li><li>d</li></ul>",
        "- a\n  - b\n    1. c\n- d",
    ),
    (
        "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
        "- a\n  - b\n- c",
    ),
    ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b"),
    (
        "<ul><li><p>a</p><p>b</p></li><li>c</li></ul>",
        "- a\n\n  b\n\n- c",
    ),
    (
        "<ul><li>a<pre>b</pre></li></ul>",
        "- a\n\n  ```\n  b\n  ```",
    ),
    ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
    ("<ol><li>a</li></ol><ul><li>b</li></ul>", "1. a\n\n- b"),
    ("<ul><li></li><li>a<br>b</li></ul>", "- a\\\n  b"),
    ("<li>a</li><li>b</li>", "- a\n- b"),
    // Quotes.
    ("<blockquote>a</blockquote>", "> a"),
    (
        "<blockquote><p>a</p><ul><li>b</li></ul><blockquote>c</blockquote></blockquote>",
        "> a\n>\n> - b\n>\n> > c",
    ),
    // Tables.
    (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>c|d</td><td><b>e</b><br>f</td></tr></table>",
        "| a | b |\n| --- | --- |\n| c\\|d | **e** f |",
    ),
    (
        "<table><thead><tr><td align=\"right\">a</td><td style=\"text-align:center\">b</td></tr></thead><tbody><tr><td>c</td></tr></tbody></table>",
        "| a | b |\n| --: | :-: |\n| c |  |",
    ),
    (
        "<table><tr><td colspan=\"2\"><p>a</p><p>b</p></td></tr><tr><td>c</td><td><code>d|e</code></td></tr></table>",
        "| a b |  |\n| --- | --- |\n| c | `d\\|e` |",
    ),
    (
        "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
        "a\n\nb",
    ),
    (
        "<table><caption>t</caption><tr><td>a</td><td>b</td></tr></table>",
        "t\n\n| a | b |\n| --- | --- |",
    ),
    // What never comes out.
    (
        "<script>a</script><style>b</style><title>c</title><!-- d -->e<iframe src=\"x\">f</iframe>",
        "e",
    ),
    (
        "<p hidden>a</p><p style=\"display: none\">b</p><p aria-hidden=\"true\">c</p>d",
        "d",
    ),
    (
        "<meta charset=\"utf-8\"><link href=\"x\"><svg><text>a</text></svg><button>b</button>c",
        "c",
    ),
    (
        "<!--[if gte mso 9]><xml>a</xml><![endif]-->b<![if !x]>c<![endif]>",
        "bc",
    ),
    // Characters that mean something, and those that do not.
    (
        "2 * 3 and snake_case and a_b_",
        "2 * 3 and snake_case and a_b\\_",
    ),
    ("*a* _b_ ~~c~~ ~5", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\~5"),
    ("a ~5 `b", "a ~5 `b"),
    (
        "`a` [b](c) ![d](e) [1] f",
        "\\`a\\` \\[b\\](c) \\!\\[d\\](e) [1] f",
    ),
    (
        "&lt;div&gt; 1 &lt; 2 &lt;!--more--&gt;",
        "\\<div> 1 < 2 \\<\\!\\--more\\-->",
    ),
    ("&amp;lt; AT&amp;T &amp;#60;", "\\&lt; AT&T \\&#60;"),
    ("C:\\dir \\*", "C:\\dir \\\\\\*"),
    (
        "<p># a</p><p>- a</p><p>+ a</p><p>1. a</p><p>2) a</p><p>&gt; a</p>",
        "\\# a\n\n\\- a\n\n\\+ a\n\n1\\. a\n\n2\\) a\n\n\\> a",
    ),
    (
        "<p>a<br>===</p><p>* * *</p><p>---</p><p>: a</p><p>{.a}</p><p>#a</p><p>1.5</p>",
        "a\\\n\\===\n\n\\* * *\n\n\\-\\--\n\n\\: a\n\n\\{.a}\n\n#a\n\n1.5",
    ),
    (
        "<p>[a]: b</p><p>[^1] a</p><p>[ ] a</p>",
        "\\[a]: b\n\n\\[^1] a\n\n\\[ ] a",
    ),
    ("a -- b &lt;&lt;c>>", "a \\-- b \\<\\<c\\>>"),
    (
        "a {{&lt; x &gt;}} {{% y %}} {{ z }}",
        "a {\\{< x >}} {\\{% y %}} {{ z }}",
    ),
    (
        "<code>{{&lt; x &gt;}}</code> <code>{{&lt; y</code>",
        "`{{</* x */>}}` `{ {< y`",
    ),
    (
        "<pre>{{% x %}} {{&lt;/* y */&gt;}} &lt;!--more--&gt;</pre>",
        "```\n{{%/* x */%}} { {</* y */>}} <!-- more -->\n```",
    ),
    // Google Docs.
    (
        "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\"><p dir=\"ltr\"><span style=\"font-weight:400;font-style:normal\">a </span><span style=\"font-weight:700\">b</span><span style=\"font-weight:400\"> c </span><span style=\"font-weight:400;font-style:italic\">d</span><span style=\"text-decoration:line-through\"> e</span></p><br /></b>",
        "a **b** c _d_ ~~e~~",
    ),
    (
        "<b style=\"font-weight:normal\"><ul><li dir=\"ltr\" aria-level=\"1\" style=\"font-weight:400\"><p role=\"presentation\"><span>a</span></p></li><ul><li aria-level=\"2\"><p><span>b</span></p></li></ul><li aria-level=\"1\"><p>c</p></li></ul></b>",
        "- a\n  - b\n- c",
    ),
    (
        "<ol><li aria-level=\"1\">a</li><li aria-level=\"2\">b</li><li aria-level=\"1\">c</li></ol>",
        "1. a\n   2. b\n2. c",
    ),
    (
        "<h1 dir=\"ltr\"><span style=\"font-weight:700\">a</span></h1>",
        "## a",
    ),
    // Word.
    (
        "<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><![endif]>a<o:p></o:p></p><p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o&nbsp;</span>b<o:p></o:p></p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>c</p>",
        "- a\n  - b\n- c",
    ),
    (
        "<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3.&nbsp;</span>a</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4.</span>b</p><p style='mso-list:l2 level1 lfo3'><span style='mso-list:Ignore'>1.</span>c</p>",
        "3. a\n4. b\n\n1) c",
    ),
    (
        "<p class=MsoTitle>a</p><h1>b</h1><p class=MsoNormal><span lang=EN-US>c<o:p>&nbsp;</o:p></span></p>",
        "## a\n\n## b\n\nc",
    ),
];

#[test]
fn trees_become_markdown() {
    let mut wrong = Vec::new();
    for (html, expected) in CASES {
        let found = markdown(&nodes(html));
        if found != *expected {
            wrong.push(format!(
                "{html}\n  expected {expected:?}\n  found    {found:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The HTML Hugo makes of a body.
fn html(body: &str) -> String {
    let post = Post {
        front_matter: None,
        body: Span::from_range(0..body.len()),
        problems: Vec::new(),
    };
    let page = Page {
        text: body,
        post: &post,
        front_matter: &serde_yaml::Mapping::new(),
        path: None,
        resources: &[],
        site: &SiteIndex::default(),
    };
    let rendered = preview::render(&page, Audience::Site);
    assert_eq!(rendered.problems, [], "{body}");
    rendered.html()
}

#[test]
fn no_case_becomes_raw_html_or_calls_a_shortcode() {
    for (source, _) in CASES {
        let body = markdown(&nodes(source));
        html(&body);
        let calls = shortcode::read(&body, Span::from_range(0..body.len())).pieces;
        assert!(
            !calls.iter().any(|piece| matches!(piece, Piece::Call(_))),
            "{source}"
        );
        assert!(!body.contains("<!--more-->"), "{source}");
        // Outside of code each sign that could open a tag has a backslash in front.
        for part in body.split('`').step_by(2) {
            for (at, _) in part.match_indices('<') {
                let opens =
                    part[at + 1..].starts_with(|c: char| c.is_alphabetic() || "/!?".contains(c));
                assert!(!opens || part[..at].ends_with('\\'), "{body}");
            }
        }
    }
}

/// HTML that comes back from the preview as it went in.
const ROUND: &[&str] = &[
    "<p>a <strong>b <em>c</em></strong> <del>d</del> <code>e</code></p>",
    "<p>a*b_c`d <code>x</code> [e](f) &lt;div&gt; &amp;amp; {{&lt; y &gt;}} #1 \\*</p>",
    "<p># a</p><p>1. b</p><p>- c</p><p>&gt; d</p><p>===</p><p>| e |</p>",
    "<p>a</p><hr><p>b<br>c</p>",
    "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
    "<ol start=\"3\"><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>",
    "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
    "<pre><code>a\n  b &lt;c&gt;\n```\n{{&lt; d &gt;}}</code></pre>",
    "<table><thead><tr><th>a</th><th>b|c</th></tr></thead><tbody><tr><td>d</td><td><code>e</code></td></tr></tbody></table>",
    "<p>a<em>b</em>c <strong>d</strong>: e_f_g &lt;&lt;h&gt;&gt; i \\&lt;j&gt;</p>",
    "<ul><li>a</li></ul><ul><li>b</li></ul>",
];

#[test]
fn what_is_rendered_has_the_structure_it_had() {
    for source in ROUND {
        let body = markdown(&nodes(source));
        let differences = dom::differences(source, &html(&body));
        assert!(differences.is_empty(), "{body}\n{}", differences.join("\n"));
    }
}

#[test]
fn text_of_any_characters_is_shown_as_it_is() {
    let signs = [
        "*", "_", "`", "~", "[", "]", "(", ")", "<", ">", "!", "#", "-", "+", "=", "|", "{", "}",
        "%", "&", ";", ":", "\\", "/", "1", ".", "a", "b", " ", "lt", "<br>",
    ];
    let mut dice = crate::support::Dice(11);
    for _ in 0..20_000 {
        let mut text = String::new();
        let mut runs = Vec::new();
        for _ in 0..1 + dice.roll(4) {
            let part: String = (0..dice.roll(7))
                .map(|_| signs[dice.roll(signs.len())])
                .collect();
            let name = ["b", "i", "span", "code", "del", "a"][dice.roll(6)];
            text.push_str(&part);
            runs.push(Node::Element {
                name: name.to_owned(),
                attributes: vec![("href".to_owned(), "https://e.com/".to_owned())],
                children: vec![Node::Text(part)],
            });
        }
        let body = markdown(&[Node::Element {
            name: "p".to_owned(),
            attributes: Vec::new(),
            children: runs,
        }]);
        let shown: String = dom::outline(&html(&body))
            .iter()
            .filter_map(|line| {
                line.trim()
                    .strip_prefix('"')?
                    .strip_suffix('"')
                    .map(str::to_owned)
            })
            .collect();
        // The outline quotes what it shows.
        let quoted = format!("{text:?}");
        let text = quoted.trim_matches('"');
        let without = |text: &str| text.replace(' ', "").replace('…', "...");
        assert_eq!(without(&shown), without(text), "{body:?}");
    }
}

#[test]
fn a_document_nested_without_end_is_read() {
    let mut node = Node::Text("a".to_owned());
    for name in ["div", "ul", "blockquote", "b", "table"]
        .iter()
        .cycle()
        .take(2500)
    {
        node = Node::Element {
            name: (*name).to_owned(),
            attributes: Vec::new(),
            children: vec![node],
        };
    }
    let _ = markdown(&[node]);
    let mut node = Node::Text("a".to_owned());
    for _ in 0..1000 {
        node = Node::Element {
            name: "div".to_owned(),
            attributes: Vec::new(),
            children: vec![node],
        };
    }
    assert_eq!(markdown(&[node]), "a");
}
