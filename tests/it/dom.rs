//! Two pieces of HTML compared as a browser reads them.
//!
//! [`outline`] gives a line a node. What no reader can see is taken out first: the order of attributes, white space
//! between blocks, runs of white space in text, the colours of highlighted code. A tweet is its number, an icon its class.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "code-block",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "script",
    "section",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "tweet",
    "ul",
];
/// Where white space is text.
const VERBATIM: &[&str] = &["pre", "textarea", "script", "style", "code-block"];
const SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// An element, a comment (`!--`) or text (no tag).
#[derive(Default)]
struct Node {
    tag: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Node>,
    text: String,
}

impl Node {
    fn element(tag: &str, attributes: BTreeMap<String, String>, children: Vec<Self>) -> Self {
        Self {
            tag: tag.to_owned(),
            attributes,
            children,
            text: String::new(),
        }
    }

    fn of_text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    fn is_text(&self) -> bool {
        self.tag.is_empty()
    }

    fn classes(&self) -> impl Iterator<Item = &str> {
        self.attributes
            .get("class")
            .into_iter()
            .flat_map(|classes| classes.split(SPACE))
            .filter(|class| !class.is_empty())
    }

    /// The text of this node and all below it, comments aside.
    fn plain(&self) -> String {
        match self.tag.as_str() {
            "" => self.text.clone(),
            "!--" => String::new(),
            _ => self.children.iter().map(Self::plain).collect(),
        }
    }

    /// The elements called `tag` below this one, in order.
    fn find<'a>(&'a self, tag: &str, found: &mut Vec<&'a Self>) {
        for child in &self.children {
            if child.tag == tag {
                found.push(child);
            }
            child.find(tag, found);
        }
    }
}

/// The lines of `html`'s outline.
pub(crate) fn outline(html: &str) -> Vec<String> {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let context = QualName::new(None, ns!(html), local_name!("div"));
    let dom = parse_fragment(RcDom::default(), options, context, Vec::new(), false).one(html);
    let root = dom.document.children.borrow().first().cloned();
    let mut root = Node::element(
        "body",
        BTreeMap::new(),
        root.map_or(Vec::new(), |root| children(&root)),
    );
    trim(&mut root, false);
    let mut lines = Vec::new();
    for child in &root.children {
        write(child, 0, &mut lines);
    }
    lines
}

/// Where two outlines part, as lines to show: `-` is what Hugo has, `+` what we have. Empty where they are equal.
pub(crate) fn differences(hugo: &str, ours: &str) -> Vec<String> {
    if hugo == ours {
        return Vec::new();
    }
    let (hugo, ours) = (outline(hugo), outline(ours));
    if hugo == ours {
        return Vec::new();
    }
    let front = hugo.iter().zip(&ours).take_while(|(a, b)| a == b).count();
    let most = hugo.len().min(ours.len()) - front;
    let back = hugo.iter().rev().zip(ours.iter().rev()).take(most);
    let back = back.take_while(|(a, b)| a == b).count();
    let rows = |mark: &str, lines: &[String]| -> Vec<String> {
        lines.iter().map(|line| format!("{mark} {line}")).collect()
    };
    [
        rows(" ", &hugo[front.saturating_sub(2)..front]),
        rows("-", &hugo[front..hugo.len() - back]),
        rows("+", &ours[front..ours.len() - back]),
    ]
    .concat()
}

fn children(handle: &Handle) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for child in handle.children.borrow().iter() {
        match &child.data {
            NodeData::Text { contents } => match nodes.last_mut() {
                Some(last) if last.is_text() => last.text.push_str(&contents.borrow()),
                _ => nodes.push(Node::of_text(contents.borrow().to_string())),
            },
            NodeData::Comment { contents } => nodes.push(Node {
                tag: "!--".to_owned(),
                text: contents.trim().to_owned(),
                ..Node::default()
            }),
            NodeData::Element { .. } => nodes.push(element(child)),
            _ => {}
        }
    }
    nodes
}

fn element(handle: &Handle) -> Node {
    let NodeData::Element { name, attrs, .. } = &handle.data else {
        return Node::default();
    };
    let attributes = attrs.borrow();
    let attributes = attributes.iter().map(|attribute| {
        let key = attribute.name.local.to_string();
        let value = match key.as_str() {
            "class" => words(&attribute.value),
            "style" => words(&attribute.value).trim_matches([';', ' ']).to_owned(),
            _ => attribute.value.to_string(),
        };
        (key, value)
    });
    let node = Node::element(&name.local, attributes.collect(), children(handle));
    let is = |class: &str| node.classes().any(|known| known == class);
    if node.tag == "svg" && is("icon") {
        let class = node.attributes.get("class").cloned().unwrap_or_default();
        return Node::element(
            "svg",
            BTreeMap::from([("class".to_owned(), class)]),
            Vec::new(),
        );
    }
    if node.tag == "blockquote" && is("twitter-tweet") {
        return tweet(&node);
    }
    code_block(node)
}

fn words(text: &str) -> String {
    let words: Vec<&str> = text.split(SPACE).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn tweet(node: &Node) -> Node {
    let mut links = Vec::new();
    node.find("a", &mut links);
    let linked = links.iter().find_map(|link| {
        let (_, status) = link.attributes.get("href")?.split_once("/status/")?;
        let digits = status
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(status.len());
        Some(status[..digits].to_owned())
    });
    let id = node
        .attributes
        .get("data-id")
        .cloned()
        .or(linked)
        .unwrap_or_default();
    Node::element("tweet", BTreeMap::from([("id".to_owned(), id)]), Vec::new())
}

/// A code block, highlighted or not, as one node: its language, the attributes of its frame, its text.
fn code_block(node: Node) -> Node {
    let mut frame = node.attributes.clone();
    let highlighted = node.tag == "div" && node.classes().any(|class| class == "highlight");
    let (language, text) = if highlighted {
        let classes: Vec<&str> = node
            .classes()
            .filter(|class| *class != "highlight")
            .collect();
        let classes = classes.join(" ");
        frame.remove("class");
        if !classes.is_empty() {
            frame.insert("class".to_owned(), classes);
        }
        let (mut codes, mut blocks) = (Vec::new(), Vec::new());
        node.find("code", &mut codes);
        node.find("code-block", &mut blocks);
        match (codes.last(), blocks.first()) {
            (Some(code), _) => (language(code), code.plain()),
            (None, Some(block)) => (block.attributes.get("language").cloned(), block.plain()),
            (None, None) => return node,
        }
    } else if node.tag == "pre" {
        frame.remove("tabindex");
        frame.remove("style");
        frame.retain(|_, value| value != "chroma");
        let blank = |child: &&Node| !child.is_text() || !child.text.trim_matches(SPACE).is_empty();
        let mut inside = node.children.iter().filter(blank);
        match (inside.next(), inside.next()) {
            (Some(code), None) if code.tag == "code" => (language(code), code.plain()),
            _ => return node,
        }
    } else {
        return node;
    };
    if let Some(language) = language {
        frame.entry("language".to_owned()).or_insert(language);
    }
    let text = text.strip_suffix('\n').unwrap_or(&text).to_owned();
    Node::element("code-block", frame, vec![Node::of_text(text)])
}

fn language(code: &Node) -> Option<String> {
    code.classes()
        .find_map(|class| class.strip_prefix("language-"))
        .map(str::to_owned)
}

/// Takes out the white space a browser would not show.
fn trim(node: &mut Node, verbatim: bool) {
    let verbatim = verbatim || VERBATIM.contains(&node.tag.as_str());
    if !verbatim {
        let parent = is_block(&node.tag);
        let breaks: Vec<bool> = node
            .children
            .iter()
            .map(|child| is_block(&child.tag) || child.tag == "br")
            .collect();
        for (index, child) in node
            .children
            .iter_mut()
            .enumerate()
            .filter(|(_, child)| child.is_text())
        {
            let mut text = one_space(&child.text);
            let before = index.checked_sub(1).and_then(|before| breaks.get(before));
            if *before.unwrap_or(&parent) {
                text = text.trim_start_matches(' ').to_owned();
            }
            if *breaks.get(index + 1).unwrap_or(&parent) {
                text = text.trim_end_matches(' ').to_owned();
            }
            child.text = text;
        }
    }
    node.children
        .retain(|child| !child.is_text() || !child.text.is_empty());
    for child in &mut node.children {
        trim(child, verbatim);
    }
}

fn is_block(tag: &str) -> bool {
    BLOCKS.contains(&tag)
}

fn one_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !SPACE.contains(&c) {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn write(node: &Node, depth: usize, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    match node.tag.as_str() {
        "" => lines.push(format!("{indent}{:?}", node.text)),
        "!--" => lines.push(format!("{indent}<!-- {:?} -->", node.text)),
        tag => {
            let attributes: String = node
                .attributes
                .iter()
                .map(|(key, value)| format!(" {key}={value:?}"))
                .collect();
            lines.push(format!("{indent}<{tag}{attributes}>"));
            for child in &node.children {
                write(child, depth + 1, lines);
            }
        }
    }
}

#[test]
fn what_a_reader_sees_makes_two_pages_differ() {
    let same = [
        (
            "<p class='b  a' id=x>a\n b</p>\n\n<p>c</p>",
            "<p id=\"x\" class=\"b a\">a b</p><p> c</p>",
        ),
        (
            "<div class=\"highlight\"><pre><code class=\"language-sh\"><span>a</span> b\n</code></pre></div>",
            "<pre tabindex=\"0\"><code class=\"language-sh\">a b</code></pre>",
        ),
    ];
    for (one, other) in same {
        assert_eq!(differences(one, other), Vec::<String>::new());
    }
    let other = [
        ("<p>a b</p>", "<p>ab</p>"),
        ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
        ("<p class=a>x</p>", "<p>x</p>"),
        ("<p>x</p>", "<p>x</p><!-- c -->"),
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        (
            "<pre><code>a\n\nb</code></pre>",
            "<pre><code>a\nb</code></pre>",
        ),
        ("<ul><li>a</li></ul>", "<ul><li><p>a</p></li></ul>"),
        ("<p>a<p>b", "<p>a</p>"),
    ];
    for (one, other) in other {
        assert_ne!(
            differences(one, other),
            Vec::<String>::new(),
            "{one} and {other}"
        );
    }
}
