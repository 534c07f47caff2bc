//! From the tree to Hugo's HTML: goldmark's renderer with the site's hooks for links, images, headings and code.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use crate::markdown::attributes::{self, Attributes, Value};
use crate::markdown::typographer::{self, Quotes};
use crate::markdown::{Align, Kind, Link, Node, linkify, parse, unicode};
use crate::text::{BytePos, Problem, Span};

use super::source::Output;
use super::url::Url;
use super::{Audience, Page};

/// A top-level block's HTML and where it stands in the Markdown.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) html: String,
    pub(super) range: std::ops::Range<usize>,
}

/// What a document became.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) blocks: Vec<Made>,
    pub(super) problems: Vec<Problem>,
    pub(super) mermaid: bool,
}

/// Renders a whole document. Spans of problems are places in `markdown`.
pub(super) fn document(
    markdown: &str,
    page: &Page<'_>,
    permalink: &str,
    audience: Audience,
) -> Document {
    let tree = parse(markdown);
    let mut writer = Writer::new(markdown, page, permalink, audience);
    let mut blocks = Vec::with_capacity(tree.children.len());
    for node in &tree.children {
        let mut html = String::new();
        writer.block(node, &mut html, false);
        blocks.push(Made {
            html,
            range: node.range.clone(),
        });
    }
    let notes = writer.notes();
    if !notes.is_empty() {
        blocks.push(Made {
            html: notes,
            range: markdown.len()..markdown.len(),
        });
    }
    Document {
        blocks,
        problems: writer.problems,
        mermaid: writer.mermaid,
    }
}

/// Renders a text of its own (`RenderString`).
pub(super) fn fragment(
    markdown: &str,
    page: &Page<'_>,
    permalink: &str,
    audience: Audience,
    problems: &mut Vec<Problem>,
) -> String {
    let made = document(markdown, page, permalink, audience);
    problems.extend(made.problems);
    made.blocks.into_iter().map(|block| block.html).collect()
}

/// Puts what the shortcodes made in the place of their tokens. A paragraph that is nothing but a token gives way wholly.
pub(super) fn put_outputs(mut html: String, outputs: &[Output]) -> String {
    for output in outputs {
        if !html.contains(&output.token) {
            continue;
        }
        let alone = format!("<p>{}</p>", output.token);
        html = if html.contains(&alone) {
            html.replacen(&alone, &output.html, 1)
        } else {
            html
        };
        html = html.replace(&output.token, &output.html);
    }
    html
}

/// Text as HTML text or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(text, &mut out);
    out
}

fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\0' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

/// An attribute's value as the site's hooks print it: Go's `%q` of the escaped text.
fn hook_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || is_unprintable(c) => {
                // Writing to a String cannot fail.
                let _ = match c as u32 {
                    code @ 0..=0x7f => write!(out, "\\x{code:02x}"),
                    code @ 0..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
            c => out.push(c),
        }
    }
    out
}

/// What Go's `%q` writes as an escape: spaces other than U+0020, and formatting characters.
fn is_unprintable(c: char) -> bool {
    (c != ' ' && c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A code block in the look of the site.
pub(super) fn highlighted(language: &str, code: &str, wrap: &str) -> String {
    let class = if language.is_empty() {
        String::new()
    } else {
        format!(
            " class=\"language-{0}\" data-lang=\"{0}\"",
            escape(language)
        )
    };
    let mut text = String::with_capacity(code.len());
    escape_into(code, &mut text);
    if knows_language(language) {
        let (class_more, rest) = wrap.split_once('\u{0}').unwrap_or(("", wrap));
        let mut lines = String::with_capacity(text.len());
        for line in text.split('\n') {
            // Writing to a String cannot fail.
            let _ = write!(
                lines,
                "<span style=\"display:flex;\"><span>{line}\n</span></span>"
            );
        }
        format!(
            "<div class=\"highlight{class_more}\"{rest}><pre tabindex=\"0\" style=\"color:#e6edf3;background-color:#0d1117;\
             -moz-tab-size:4;-o-tab-size:4;tab-size:4;-webkit-text-size-adjust:none;\"><code{class}>{lines}</code></pre></div>\n"
        )
    } else {
        format!("<pre tabindex=\"0\"><code{class}>{text}\n</code></pre>\n")
    }
}

/// Whether Hugo's highlighter has a lexer for the language.
fn knows_language(language: &str) -> bool {
    const KNOWN: &[&str] = &[
        "abap",
        "actionscript",
        "ada",
        "apacheconf",
        "applescript",
        "arduino",
        "armasm",
        "awk",
        "bash",
        "bat",
        "batch",
        "bibtex",
        "brainfuck",
        "c",
        "c#",
        "c++",
        "caddyfile",
        "cfg",
        "clojure",
        "cmake",
        "cmd",
        "cobol",
        "coffee-script",
        "coffeescript",
        "common-lisp",
        "console",
        "cpp",
        "cql",
        "crystal",
        "csharp",
        "css",
        "cuda",
        "cue",
        "cython",
        "d",
        "dart",
        "diff",
        "django",
        "docker",
        "dockerfile",
        "dos",
        "dtd",
        "ebnf",
        "elixir",
        "elm",
        "emacs-lisp",
        "erlang",
        "fish",
        "fishshell",
        "fortran",
        "fsharp",
        "gas",
        "gdscript",
        "gherkin",
        "glsl",
        "gnuplot",
        "go",
        "go-html-template",
        "go-text-template",
        "golang",
        "gradle",
        "graphql",
        "groovy",
        "handlebars",
        "haskell",
        "haxe",
        "hcl",
        "hs",
        "html",
        "http",
        "idris",
        "ini",
        "io",
        "java",
        "java-properties",
        "javascript",
        "jinja",
        "jinja2",
        "js",
        "json",
        "jsx",
        "julia",
        "jungle",
        "kotlin",
        "ksh",
        "latex",
        "less",
        "lighttpd",
        "llvm",
        "lua",
        "make",
        "makefile",
        "markdown",
        "mathematica",
        "matlab",
        "md",
        "mf",
        "mysql",
        "nasm",
        "nginx",
        "nim",
        "nix",
        "objc",
        "objective-c",
        "objectivec",
        "ocaml",
        "octave",
        "openscad",
        "org",
        "pascal",
        "perl",
        "php",
        "pl",
        "plain",
        "plaintext",
        "plpgsql",
        "postgres",
        "postgresql",
        "postscript",
        "powershell",
        "prolog",
        "promql",
        "properties",
        "proto",
        "protobuf",
        "ps1",
        "psql",
        "puppet",
        "py",
        "python",
        "python2",
        "python3",
        "r",
        "racket",
        "rb",
        "react",
        "reg",
        "rego",
        "rs",
        "rst",
        "ruby",
        "rust",
        "sass",
        "scala",
        "scheme",
        "scss",
        "sed",
        "sh",
        "shell",
        "shell-session",
        "smalltalk",
        "solidity",
        "sparql",
        "sql",
        "squid",
        "svelte",
        "swift",
        "systemd",
        "tcl",
        "terraform",
        "tex",
        "text",
        "tf",
        "thrift",
        "toml",
        "ts",
        "tsx",
        "turtle",
        "twig",
        "typescript",
        "txt",
        "v",
        "vb.net",
        "vbnet",
        "verilog",
        "vhdl",
        "vim",
        "vue",
        "wast",
        "wat",
        "wgsl",
        "xml",
        "xorg",
        "yaml",
        "yml",
        "zig",
        "zsh",
    ];
    KNOWN
        .binary_search(&language.to_ascii_lowercase().as_str())
        .is_ok()
        || KNOWN.contains(&language.to_ascii_lowercase().as_str())
}

/// An image's address as the hook writes it, and the post's own file it means.
pub(super) struct ImageSource {
    pub(super) src: String,
    file: Option<String>,
}

impl ImageSource {
    /// The attribute that tells the editor's preview which file to show.
    fn mark(&self, audience: Audience) -> String {
        match &self.file {
            Some(file) if audience == Audience::Screen => {
                format!(" data-file=\"{}\"", escape(file))
            }
            _ => String::new(),
        }
    }
}

/// The image's address as the hook writes it.
///
/// # Errors
/// Why Go refuses the address.
pub(super) fn image_source(
    destination: &str,
    page: &Page<'_>,
    permalink: &str,
) -> Result<ImageSource, String> {
    let url = Url::parse(destination)?;
    let plain = |src: String| ImageSource { src, file: None };
    if url.is_absolute() || destination.starts_with("//") || destination.starts_with('/') {
        return Ok(plain(url.to_string()));
    }
    let path = url.path.strip_prefix("./").unwrap_or(&url.path);
    let name = decoded(path);
    if page.has_resource(&name) {
        return Ok(ImageSource {
            src: format!("{permalink}{}", path.replace(' ', "%20")),
            file: Some(name),
        });
    }
    if let Some(asset) = page.site.find_asset(&name) {
        return Ok(plain(asset.to_owned()));
    }
    Ok(plain(url.to_string()))
}

fn decoded(path: &str) -> String {
    let mut out = Vec::with_capacity(path.len());
    let bytes = path.as_bytes();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let code = (byte == b'%')
            .then(|| path.get(i + 1..i + 3))
            .flatten()
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(code.unwrap_or(byte));
        i += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// An inline node, ready to be written. Ids of headings and alternative texts are made from the same pieces.
enum Piece {
    /// Its HTML, and its letters for an id.
    Text {
        html: String,
        plain: String,
    },
    Typo(typographer::Replacement),
    Code(String),
    Html(String),
    Break(bool),
    Container {
        open: String,
        close: &'static str,
        children: Vec<Piece>,
    },
    Image {
        link: Link,
        at: usize,
        children: Vec<Piece>,
    },
    Link {
        link: Link,
        at: usize,
        children: Vec<Piece>,
    },
    Bare {
        destination: String,
        label: String,
        at: usize,
    },
}

struct Note {
    html: String,
    last_is_paragraph: bool,
    number: usize,
    references: usize,
}

struct Writer<'a> {
    text: &'a str,
    page: &'a Page<'a>,
    permalink: &'a str,
    audience: Audience,
    ids: HashSet<String>,
    quotes: Quotes,
    notes: Vec<String>,
    note_parts: HashMap<String, Note>,
    problems: Vec<Problem>,
    mermaid: bool,
    /// An unclosed `[` in this block keeps bare addresses from becoming links.
    bracket: bool,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str, page: &'a Page<'a>, permalink: &'a str, audience: Audience) -> Self {
        Self {
            text,
            page,
            permalink,
            audience,
            ids: HashSet::new(),
            quotes: Quotes::default(),
            notes: Vec::new(),
            note_parts: HashMap::new(),
            problems: Vec::new(),
            mermaid: false,
            bracket: false,
        }
    }

    fn slice(&self, range: std::ops::Range<usize>) -> &'a str {
        let text: &'a str = self.text;
        text.get(range).unwrap_or_default()
    }

    fn refuse(&mut self, at: usize, message: String) {
        self.problems
            .push(Problem::new(Span::at(BytePos::new(at)), message));
    }

    // ---- blocks ----------------------------------------------------------------------------------------------------

    fn blocks(&mut self, nodes: &[Node], out: &mut String) {
        for node in nodes {
            self.block(node, out, false);
        }
    }

    fn block(&mut self, node: &Node, out: &mut String, last_of_tight: bool) {
        match &node.kind {
            Kind::Paragraph => self.paragraph(node, out),
            Kind::TextBlock => {
                let pieces = self.inlines(node);
                if let [Piece::Image { .. }] = pieces.as_slice() {
                    self.figure(&pieces, node, out);
                } else {
                    self.write(&pieces, out);
                }
                if !last_of_tight {
                    out.push('\n');
                }
            }
            Kind::Heading(level) => self.heading(node, *level, out),
            Kind::Quote => {
                out.push_str("<blockquote");
                attributes_into(&node.attributes, out);
                out.push_str(">\n");
                self.blocks(&node.children, out);
                out.push_str("</blockquote>\n");
            }
            Kind::Code { info, text } => self.code(node, info.as_deref(), text, out),
            Kind::Html(html) => out.push_str(html),
            Kind::List(start) => self.list(node, *start, out),
            Kind::Table(aligns) => self.table(node, aligns, out),
            Kind::Note(label) => self.note(node, label),
            Kind::Definitions => {
                out.push_str("<dl");
                attributes_into(&node.attributes, out);
                out.push_str(">\n");
                self.definitions(&node.children, out);
                out.push_str("</dl>\n");
            }
            Kind::Rule => {
                out.push_str("<hr");
                attributes_into(&node.attributes, out);
                out.push_str(">\n");
            }
            _ => self.blocks(&node.children, out),
        }
    }

    fn paragraph(&mut self, node: &Node, out: &mut String) {
        let pieces = self.inlines(node);
        if let [Piece::Image { .. }] = pieces.as_slice() {
            self.figure(&pieces, node, out);
            return;
        }
        out.push_str("<p");
        attributes_into(&node.attributes, out);
        out.push('>');
        self.write(&pieces, out);
        out.push_str("</p>\n");
    }

    fn heading(&mut self, node: &Node, level: u8, out: &mut String) {
        let pieces = self.inlines(node);
        let id = match node.attributes.text("id") {
            Some(id) => {
                self.ids.insert(id.to_owned());
                Some(id.to_owned())
            }
            None => self.heading_id(&pieces),
        };
        // Writing to a String cannot fail.
        let _ = write!(out, "<h{level}");
        if let Some(id) = id {
            let _ = write!(out, " id=\"{}\"", escape(&id));
        }
        let mut rest = node.attributes.clone();
        rest.0.retain(|(key, _)| key != "id");
        for (_, value) in &mut rest.0 {
            if let Value::Bare(text) = value {
                *value = Value::Text(std::mem::take(text));
            }
        }
        attributes_into(&rest, out);
        out.push('>');
        if let [Piece::Image { .. }] = pieces.as_slice() {
            self.figure(&pieces, node, out);
        } else {
            self.write(&pieces, out);
        }
        let _ = writeln!(out, "</h{level}>");
    }

    /// GitHub's style of ids, as Hugo makes it; `None` for a heading without text.
    fn heading_id(&mut self, pieces: &[Piece]) -> Option<String> {
        let text = id_text(pieces);
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let mut id = String::new();
        for c in text.chars() {
            if matches!(c, '-' | ' ') {
                id.push('-');
            } else if c == '_' || unicode::is_letter(c) || unicode::is_digit(c) {
                // Go lower-cases letter by letter.
                id.extend(c.to_lowercase().next());
            }
        }
        if id.is_empty() {
            "heading".clone_into(&mut id);
        }
        let mut free = id.clone();
        let mut number = 0_usize;
        while self.ids.contains(&free) {
            number += 1;
            free = format!("{id}-{number}");
        }
        self.ids.insert(free.clone());
        Some(free)
    }

    fn code(&mut self, node: &Node, info: Option<&str>, text: &str, out: &mut String) {
        let Some(info) = info else {
            out.push_str("<pre><code>");
            escape_into(text, out);
            out.push_str("</code></pre>\n");
            return;
        };
        let end = info.find([' ', '\t', '{']).unwrap_or(info.len());
        let language = info.get(..end).unwrap_or_default();
        let mut found = Attributes::default();
        if let Some(at) = info.find('{') {
            let list = info.get(at..).unwrap_or_default();
            match attributes::read(list) {
                Some((attributes, _)) => found = attributes,
                None => self.refuse(
                    node.range.start,
                    "The list in braces behind this code fence cannot be read: write key=\"value\", .class or #id.".to_owned(),
                ),
            }
        }
        if language == "mermaid" {
            self.mermaid = true;
            out.push_str("<pre class=\"mermaid\">\n  ");
            escape_into(text.trim_end_matches('\n'), out);
            out.push_str("\n</pre>\n");
            return;
        }
        let mut wrap = String::new();
        if let Some(class) = found.text("class") {
            // Writing to a String cannot fail.
            let _ = write!(wrap, " {}", escape(class));
        }
        wrap.push('\u{0}');
        for (key, value) in &found.0 {
            const OPTIONS: [&str; 17] = [
                "anchorlinenos",
                "classes",
                "codefences",
                "guesssyntax",
                "hl_inline",
                "hl_lines",
                "lineanchors",
                "linenos",
                "linenostart",
                "linenumbersintable",
                "nohl",
                "noclasses",
                "style",
                "tabwidth",
                "wrapperclass",
                "type",
                "class",
            ];
            if OPTIONS.contains(&key.to_ascii_lowercase().as_str()) || key.starts_with("on") {
                continue;
            }
            let (Value::Text(value) | Value::Bare(value)) = value;
            let _ = write!(wrap, " {key}=\"{}\"", escape(value));
        }
        let text = text.trim_end_matches(['\n', '\r']);
        out.push_str(&highlighted(language, text, &wrap));
    }

    fn list(&mut self, node: &Node, start: Option<u64>, out: &mut String) {
        let tag = if start.is_some() { "ol" } else { "ul" };
        // Writing to a String cannot fail.
        let _ = write!(out, "<{tag}");
        if let Some(number) = start.filter(|&number| number != 1) {
            let _ = write!(out, " start=\"{number}\"");
        }
        attributes_into(&node.attributes, out);
        out.push_str(">\n");
        for item in &node.children {
            out.push_str("<li");
            attributes_into(&item.attributes, out);
            out.push('>');
            if item
                .children
                .first()
                .is_some_and(|first| first.kind != Kind::TextBlock)
            {
                out.push('\n');
            }
            let last = item.children.len().saturating_sub(1);
            for (i, child) in item.children.iter().enumerate() {
                self.block(child, out, i == last);
            }
            out.push_str("</li>\n");
        }
        let _ = writeln!(out, "</{tag}>");
    }

    fn table(&mut self, node: &Node, aligns: &[Align], out: &mut String) {
        out.push_str("<table");
        attributes_into(&node.attributes, out);
        out.push_str(">\n");
        let mut body = false;
        for row in &node.children {
            let head = row.kind == Kind::TableHead;
            if head {
                out.push_str("<thead>\n");
            } else if !body {
                out.push_str("<tbody>\n");
                body = true;
            }
            out.push_str("<tr>\n");
            for (i, cell) in row.children.iter().enumerate() {
                let tag = if head { "th" } else { "td" };
                let style = match aligns.get(i) {
                    // A cell that is not in the source has no alignment in goldmark.
                    _ if cell.range.is_empty() => "",
                    Some(Align::Left) => " style=\"text-align: left\"",
                    Some(Align::Center) => " style=\"text-align: center\"",
                    Some(Align::Right) => " style=\"text-align: right\"",
                    _ => "",
                };
                let _ = write!(out, "<{tag}{style}>");
                let pieces = self.inlines(cell);
                if let [Piece::Image { .. }] = pieces.as_slice() {
                    self.figure(&pieces, cell, out);
                } else {
                    self.write(&pieces, out);
                }
                let _ = writeln!(out, "</{tag}>");
            }
            out.push_str("</tr>\n");
            if head {
                out.push_str("</thead>\n");
            }
        }
        if !body {
            out.push_str("<tbody>\n");
        }
        out.push_str("</tbody>\n");
        out.push_str("</table>\n");
    }

    fn definitions(&mut self, nodes: &[Node], out: &mut String) {
        for node in nodes {
            match node.kind {
                Kind::Term => {
                    // Every line is a term of its own.
                    for line in node
                        .children
                        .split(|child| matches!(child.kind, Kind::SoftBreak | Kind::HardBreak))
                    {
                        let (Some(first), Some(last)) = (line.first(), line.last()) else {
                            continue;
                        };
                        let term = Node {
                            kind: Kind::Term,
                            range: first.range.start..last.range.end,
                            children: line.to_vec(),
                            attributes: Attributes::default(),
                        };
                        out.push_str("<dt>");
                        let pieces = self.inlines(&term);
                        self.write_alone(&pieces, &term, out);
                        out.push_str("</dt>\n");
                    }
                }
                _ => {
                    out.push_str("<dd>");
                    if node
                        .children
                        .first()
                        .is_some_and(|first| first.kind != Kind::TextBlock)
                    {
                        out.push('\n');
                    }
                    let last = node.children.len().saturating_sub(1);
                    for (i, child) in node.children.iter().enumerate() {
                        self.block(child, out, i == last);
                    }
                    out.push_str("</dd>\n");
                }
            }
        }
    }

    // ---- footnotes -------------------------------------------------------------------------------------------------

    fn number_of(&mut self, label: &str) -> usize {
        if let Some(at) = self.notes.iter().position(|known| known == label) {
            return at + 1;
        }
        self.notes.push(label.to_owned());
        self.notes.len()
    }

    fn note(&mut self, node: &Node, label: &str) {
        let mut html = String::new();
        let mut plain = node.clone();
        // goldmark's notes are loose.
        for child in &mut plain.children {
            if child.kind == Kind::TextBlock {
                child.kind = Kind::Paragraph;
            }
        }
        self.blocks(&plain.children, &mut html);
        let last_is_paragraph = plain
            .children
            .last()
            .is_some_and(|last| last.kind == Kind::Paragraph);
        let entry = self.note_parts.entry(label.to_owned()).or_insert(Note {
            html: String::new(),
            last_is_paragraph: false,
            number: 0,
            references: 0,
        });
        if entry.html.is_empty() {
            entry.html = html;
            entry.last_is_paragraph = last_is_paragraph;
        }
    }

    fn note_reference(&mut self, label: &str) -> String {
        let number = self.number_of(label);
        let entry = self.note_parts.entry(label.to_owned()).or_insert(Note {
            html: String::new(),
            last_is_paragraph: false,
            number,
            references: 0,
        });
        entry.number = number;
        let again = match entry.references {
            0 => String::new(),
            times => times.to_string(),
        };
        entry.references += 1;
        format!(
            "<sup id=\"fnref{again}:{number}\"><a href=\"#fn:{number}\" class=\"footnote-ref\" role=\"doc-noteref\">{number}</a></sup>"
        )
    }

    fn notes(&self) -> String {
        if self.notes.is_empty() {
            return String::new();
        }
        let mut out = String::from("<div class=\"footnotes\" role=\"doc-endnotes\">\n<hr>\n<ol>\n");
        for (i, label) in self.notes.iter().enumerate() {
            let number = i + 1;
            let Some(note) = self.note_parts.get(label) else {
                continue;
            };
            let mut back = String::new();
            for time in 0..note.references {
                let again = if time == 0 {
                    String::new()
                } else {
                    time.to_string()
                };
                let _ = write!(
                    back,
                    "&#160;<a href=\"#fnref{again}:{number}\" class=\"footnote-backref\" role=\"doc-backlink\">&#x21a9;&#xfe0e;</a>"
                );
            }
            let _ = writeln!(out, "<li id=\"fn:{number}\">");
            match note.html.trim_end().strip_suffix("</p>") {
                Some(head) if note.last_is_paragraph => {
                    let _ = writeln!(out, "{head}{back}</p>");
                }
                _ => {
                    let _ = writeln!(out, "{}{back}", note.html);
                }
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</div>\n");
        out
    }

    // ---- inline ----------------------------------------------------------------------------------------------------

    fn inlines(&mut self, node: &Node) -> Vec<Piece> {
        let end = node
            .children
            .last()
            .map_or(node.range.end, |last| last.range.end);
        self.bracket = false;
        self.pieces(&node.children, end, false, true)
    }

    /// `end`: where the block's content ends; the typographer looks no further.
    fn pieces(&mut self, nodes: &[Node], end: usize, in_link: bool, at_start: bool) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(nodes.len());
        let mut at = 0;
        // A bare address may start a line, or come right behind an inline node.
        let mut may_link = at_start;
        while let Some(node) = nodes.get(at) {
            if matches!(node.kind, Kind::Text(_)) {
                let count = self.run_length(nodes, at);
                let run = nodes.get(at..at + count).unwrap_or_default();
                self.run(run, end, in_link, may_link, &mut pieces);
                may_link = false;
                at += count;
                continue;
            }
            let inner =
                |writer: &mut Self, link: bool| writer.pieces(&node.children, end, link, true);
            may_link = true;
            match &node.kind {
                Kind::InlineCode(text) => pieces.push(Piece::Code(text.clone())),
                Kind::Emphasis => {
                    let children = inner(self, in_link);
                    pieces.push(Piece::Container {
                        open: "<em>".to_owned(),
                        close: "</em>",
                        children,
                    });
                }
                Kind::Strong => {
                    let children = inner(self, in_link);
                    pieces.push(Piece::Container {
                        open: "<strong>".to_owned(),
                        close: "</strong>",
                        children,
                    });
                }
                Kind::Strike => {
                    let children = inner(self, in_link);
                    pieces.push(Piece::Container {
                        open: "<del>".to_owned(),
                        close: "</del>",
                        children,
                    });
                }
                Kind::Link(link) if link.auto => pieces.push(Piece::Bare {
                    destination: link.destination.clone(),
                    label: escape(self.slice(node.range.clone()).trim_matches(['<', '>'])),
                    at: node.range.start,
                }),
                Kind::Link(link) => {
                    let children = inner(self, true);
                    pieces.push(Piece::Link {
                        link: link.clone(),
                        at: node.range.start,
                        children,
                    });
                }
                Kind::Image(link) => {
                    let children = inner(self, true);
                    pieces.push(Piece::Image {
                        link: link.clone(),
                        at: node.range.start,
                        children,
                    });
                }
                Kind::InlineHtml(html) | Kind::Html(html) => pieces.push(Piece::Html(html.clone())),
                Kind::SoftBreak => pieces.push(Piece::Break(false)),
                Kind::HardBreak => pieces.push(Piece::Break(true)),
                Kind::NoteRef(label) => {
                    let html = self.note_reference(label);
                    pieces.push(Piece::Html(html));
                }
                Kind::Task(done) => {
                    let checked = if *done { "checked=\"\" " } else { "" };
                    pieces.push(Piece::Html(format!(
                        "<input {checked}disabled=\"\" type=\"checkbox\"> "
                    )));
                    may_link = false;
                }
                _ => {}
            }
            at += 1;
        }
        pieces
    }

    /// How many text nodes from `at` on are one stretch of the source; a backslash may lie between.
    fn run_length(&self, nodes: &[Node], at: usize) -> usize {
        let mut count = 1;
        while let (Some(last), Some(next)) = (nodes.get(at + count - 1), nodes.get(at + count)) {
            let gap = self.slice(last.range.end..next.range.start);
            if !matches!(next.kind, Kind::Text(_)) || !(gap.is_empty() || gap == "\\") {
                break;
            }
            count += 1;
        }
        count
    }

    fn run(
        &mut self,
        run: &[Node],
        end: usize,
        in_link: bool,
        at_start: bool,
        pieces: &mut Vec<Piece>,
    ) {
        let run_end = run.last().map_or(0, |last| last.range.end);
        let mut html = String::new();
        let mut plain = String::new();
        let mut may_link = at_start;
        let mut skip_to = 0;
        let flush = |html: &mut String, plain: &mut String, pieces: &mut Vec<Piece>| {
            if !html.is_empty() {
                pieces.push(Piece::Text {
                    html: std::mem::take(html),
                    plain: std::mem::take(plain),
                });
            }
        };
        for node in run {
            let Kind::Text(value) = &node.kind else {
                continue;
            };
            let source = self.slice(node.range.clone());
            if node.range.end <= skip_to {
                continue;
            }
            if source != value {
                // An entity, or a character Markdown replaced.
                escape_into(value, &mut html);
                plain.push_str(if source.starts_with("&#") {
                    source
                } else {
                    value
                });
                may_link = false;
                continue;
            }
            let escaped_first =
                node.range.start > 0 && self.slice(node.range.start - 1..node.range.start) == "\\";
            let mut at = node.range.start.max(skip_to);
            while at < node.range.end {
                let rest = self.slice(at..node.range.end);
                let Some(c) = rest.chars().next() else { break };
                let escaped = escaped_first && at == node.range.start;
                if may_link
                    && !in_link
                    && !self.bracket
                    && !escaped
                    && let Some(bare) = linkify::find(self.slice(at..run_end))
                {
                    flush(&mut html, &mut plain, pieces);
                    let label = self.slice(at..at + bare.length).to_owned();
                    pieces.push(Piece::Bare {
                        destination: bare.destination,
                        label,
                        at,
                    });
                    at += bare.length;
                    skip_to = at;
                    continue;
                }
                if !escaped && matches!(c, '-' | '.' | '<' | '>' | '\'' | '"') {
                    let line = self.line_from(at, end);
                    let before = self
                        .text
                        .get(..at)
                        .and_then(|head| head.chars().next_back())
                        .unwrap_or('\n');
                    if let Some(found) = typographer::replace(line, before, &mut self.quotes) {
                        flush(&mut html, &mut plain, pieces);
                        pieces.push(Piece::Typo(found));
                        at += found.length;
                        skip_to = at;
                        may_link = true;
                        continue;
                    }
                }
                match c {
                    '[' if !escaped => self.bracket = true,
                    ']' if !escaped => self.bracket = false,
                    _ => {}
                }
                let mut buffer = [0; 4];
                escape_into(c.encode_utf8(&mut buffer), &mut html);
                plain.push(c);
                may_link = linkify::may_follow(c) && !escaped;
                at += c.len_utf8();
            }
        }
        flush(&mut html, &mut plain, pieces);
    }

    /// The rest of the source line, as goldmark sees it: with its line end, unless the block's content ends before.
    fn line_from(&self, at: usize, end: usize) -> &'a str {
        let line = self.slice(at..end.max(at));
        match line.find('\n') {
            Some(i) => line.get(..=i).unwrap_or(line),
            None => line,
        }
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    fn write(&mut self, pieces: &[Piece], out: &mut String) {
        for piece in pieces {
            self.write_one(piece, out);
        }
    }

    /// Writes what a block holds; an image that is all of it becomes a figure.
    fn write_alone(&mut self, pieces: &[Piece], node: &Node, out: &mut String) {
        if let [Piece::Image { .. }] = pieces {
            self.figure(pieces, node, out);
        } else {
            self.write(pieces, out);
        }
    }

    fn write_one(&mut self, piece: &Piece, out: &mut String) {
        match piece {
            Piece::Text { html, .. } | Piece::Html(html) => out.push_str(html),
            Piece::Typo(found) => out.push_str(found.entity),
            Piece::Code(text) => {
                out.push_str("<code>");
                escape_into(text, out);
                out.push_str("</code>");
            }
            Piece::Break(hard) => out.push_str(if *hard { "<br>\n" } else { "\n" }),
            Piece::Container {
                open,
                close,
                children,
            } => {
                out.push_str(open);
                self.inside(children, out);
                out.push_str(close);
            }
            Piece::Link { link, at, children } => {
                self.open_link(&link.destination, &link.title, *at, out);
                self.inside(children, out);
                out.push_str("</a>");
            }
            Piece::Bare {
                destination,
                label,
                at,
            } => {
                self.open_link(destination, "", *at, out);
                out.push_str(label);
                out.push_str("</a>");
            }
            Piece::Image { link, at, children } => {
                self.image(link, *at, children, &Attributes::default(), true, out);
            }
        }
    }

    /// What a link or an emphasis holds: an image that is all of it stands as a figure.
    fn inside(&mut self, children: &[Piece], out: &mut String) {
        if let [Piece::Image { link, at, children }] = children {
            self.whole_figure(link, *at, children, &Attributes::default(), out);
        } else {
            self.write(children, out);
        }
    }

    fn figure(&mut self, pieces: &[Piece], node: &Node, out: &mut String) {
        if let [Piece::Image { link, at, children }] = pieces {
            self.whole_figure(link, *at, children, &node.attributes, out);
        }
    }

    fn whole_figure(
        &mut self,
        link: &Link,
        at: usize,
        children: &[Piece],
        attributes: &Attributes,
        out: &mut String,
    ) {
        out.push_str("\n  <figure>\n    ");
        self.image(link, at, children, attributes, false, out);
        out.push_str("\n    ");
        if !link.title.is_empty() {
            let mut problems = Vec::new();
            let caption = fragment(
                &link.title,
                self.page,
                self.permalink,
                self.audience,
                &mut problems,
            );
            let caption = caption.trim();
            let caption = match caption
                .strip_prefix("<p>")
                .and_then(|rest| rest.strip_suffix("</p>"))
            {
                Some(inside) if !inside.contains("<p>") => inside,
                _ => caption,
            };
            // Writing to a String cannot fail.
            let _ = write!(out, "<figcaption>{caption}</figcaption>");
        }
        out.push_str("\n  </figure>");
    }

    fn image(
        &mut self,
        link: &Link,
        at: usize,
        children: &[Piece],
        attributes: &Attributes,
        titled: bool,
        out: &mut String,
    ) {
        let alt = plain_text(children);
        out.push_str("<img");
        if !alt.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(out, " alt=\"{}\"", hook_value(&alt));
        }
        let class = attributes.text("class").map(escape).unwrap_or_default();
        let _ = write!(out, " class=\"img img--max-fill img--rounded {class}\"");
        match image_source(&link.destination, self.page, self.permalink) {
            Ok(source) if !source.src.is_empty() => {
                let _ = write!(
                    out,
                    " src=\"{}\"{}",
                    hook_value(&source.src),
                    source.mark(self.audience)
                );
            }
            Ok(_) => {}
            Err(reason) => self.refuse(
                at,
                format!(
                    "The image’s address “{}” cannot be used: {reason}.",
                    link.destination
                ),
            ),
        }
        if titled && !link.title.is_empty() {
            let _ = write!(out, " title=\"{}\"", hook_value(&link.title));
        }
        for (key, value) in &attributes.0 {
            let (Value::Text(value) | Value::Bare(value)) = value;
            if key != "class" && !key.starts_with("on") {
                let _ = write!(out, " {key}=\"{}\"", hook_value(value));
            }
        }
        out.push('>');
    }

    fn open_link(&mut self, destination: &str, title: &str, at: usize, out: &mut String) {
        let (href, outside) = match self.href(destination) {
            Ok(found) => found,
            Err(reason) => {
                self.refuse(
                    at,
                    format!("The link “{destination}” cannot be used: {reason}."),
                );
                (destination.to_owned(), false)
            }
        };
        // Writing to a String cannot fail.
        out.push_str("<a");
        if !href.is_empty() {
            let _ = write!(out, " href=\"{}\"", hook_value(&href));
        }
        if outside {
            out.push_str(" rel=\"noopener\" target=\"_blank\"");
        }
        if !title.is_empty() {
            let _ = write!(out, " title=\"{}\"", hook_value(title));
        }
        out.push('>');
    }

    /// Where a link leads, and whether that is outside the site.
    fn href(&self, destination: &str) -> Result<(String, bool), String> {
        let url = Url::parse(destination)?;
        if url.is_absolute() {
            return Ok((url.to_string(), true));
        }
        if destination.starts_with('#') {
            return Ok((format!("{}#{}", self.permalink, url.fragment), false));
        }
        if url.path.is_empty() && url.query.is_some() && !destination.starts_with('/') {
            // The page of no name is the site's first one.
            return Ok((format!("/{url}"), false));
        }
        if destination.starts_with('/') || url.path.is_empty() {
            return Ok((url.to_string(), false));
        }
        let path = url.path.strip_prefix("./").unwrap_or(&url.path);
        let mut tail = url
            .query
            .as_ref()
            .map(|query| format!("?{query}"))
            .unwrap_or_default();
        if !url.fragment.is_empty() {
            let _ = write!(tail, "#{}", url.escaped_fragment());
        }
        let name = decoded(path);
        if let Some(found) = self.page.site.find_page(self.page.path, &name) {
            return Ok((format!("{}{tail}", found.url), false));
        }
        if self.page.has_resource(&name) {
            return Ok((format!("{}{path}{tail}", self.permalink), false));
        }
        if let Some(asset) = self.page.site.find_asset(&name) {
            return Ok((format!("{asset}{tail}"), false));
        }
        Ok((url.to_string(), false))
    }
}

/// The text goldmark makes a heading's id from: of a container only what comes first in it.
fn id_text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        id_text_of(piece, &mut out);
    }
    out
}

fn id_text_of(piece: &Piece, out: &mut String) {
    match piece {
        Piece::Text { plain, .. } | Piece::Code(plain) => out.push_str(plain),
        Piece::Typo(found) => out.push(found.text),
        Piece::Break(_) | Piece::Html(_) | Piece::Bare { .. } => {}
        Piece::Container { children, .. }
        | Piece::Link { children, .. }
        | Piece::Image { children, .. } => {
            if let Some(first) = children.first() {
                id_text_of(first, out);
            }
        }
    }
}

/// All the text there is, for an image's `alt`.
fn plain_text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text { html, .. } => out.push_str(&unescape(html)),
            Piece::Code(text) => out.push_str(text),
            Piece::Typo(found) => out.push(found.text),
            Piece::Break(_) => out.push('\n'),
            Piece::Html(_) => {}
            Piece::Bare { label, .. } => out.push_str(label),
            Piece::Container { children, .. }
            | Piece::Link { children, .. }
            | Piece::Image { children, .. } => {
                out.push_str(&plain_text(children));
            }
        }
    }
    out
}

/// Takes back what [`escape`] and the typographer write, and the numeric entities the templates write.
pub(super) fn unescape(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        let (head, tail) = rest.split_at(at);
        out.push_str(head);
        let entity = tail.find(';').and_then(|end| tail.get(..=end));
        let known = entity.and_then(|entity| {
            Some(match entity {
                "&amp;" => '&',
                "&lt;" => '<',
                "&gt;" => '>',
                "&quot;" | "&#34;" => '"',
                "&#39;" => '\'',
                "&rsquo;" => '’',
                "&lsquo;" => '‘',
                "&ldquo;" => '“',
                "&rdquo;" => '”',
                "&ndash;" => '–',
                "&mdash;" => '—',
                "&hellip;" => '…',
                "&laquo;" => '«',
                "&raquo;" => '»',
                "&nbsp;" | "&#160;" => '\u{a0}',
                "&copy;" => '©',
                "&#x21a9;" => '↩',
                "&#xfe0e;" => '\u{fe0e}',
                _ => return None,
            })
        });
        match (known, entity) {
            (Some(c), Some(entity)) => {
                out.push(c);
                rest = tail.get(entity.len()..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = tail.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn attributes_into(attributes: &Attributes, out: &mut String) {
    for (key, value) in &attributes.0 {
        if key.len() > 2
            && key
                .get(..2)
                .is_some_and(|start| start.eq_ignore_ascii_case("on"))
        {
            continue;
        }
        let value = match value {
            Value::Text(text) => escape(text),
            // goldmark prints the bytes of text values only.
            Value::Bare(_) => String::new(),
        };
        // Writing to a String cannot fail.
        let _ = write!(out, " {key}=\"{value}\"");
    }
}
