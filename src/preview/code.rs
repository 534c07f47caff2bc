//! Code blocks as Hugo writes them.

use std::fmt::Write as _;

use crate::markdown::attributes::{self, Attributes, Value};

use super::code_lines::Lines;
use super::escape::{escape, escape_into, go_escape};

/// What the text behind an opening fence says.
#[derive(Debug, Default)]
pub(super) struct Info {
    language: String,
    attributes: Attributes,
    /// Its list in braces cannot be read, which the build refuses.
    pub(super) refused: bool,
}

impl Info {
    pub(super) fn read(info: &str) -> Self {
        let end = info.find([' ', '\t', '{']).unwrap_or(info.len());
        let language = info.get(..end).unwrap_or_default().to_owned();
        let read = braces(info).map(attributes::read);
        Self {
            language,
            refused: matches!(read, Some(None)),
            attributes: read.flatten().map(|(found, _)| found).unwrap_or_default(),
        }
    }

    pub(super) fn is_mermaid(&self) -> bool {
        self.language == "mermaid"
    }

    pub(super) fn is_goat(&self) -> bool {
        self.language == "goat"
    }

    /// The classes, one after the other.
    pub(super) fn class(&self) -> &str {
        match self.attributes.get("class") {
            Some(Value::Text(class)) => class,
            _ => "",
        }
    }
}

/// The list in braces: the first one that has no brace inside, even within quotation marks.
fn braces(info: &str) -> Option<&str> {
    let mut open = None;
    for (at, c) in info.char_indices() {
        match (c, open) {
            ('{', _) => open = Some(at),
            ('}', Some(open)) => return info.get(open..=at),
            _ => {}
        }
    }
    None
}

/// Indented code.
pub(super) fn indented(text: &str, out: &mut String) {
    out.push_str("<pre><code>");
    escape_into(text, out);
    out.push_str("</code></pre>\n");
}

/// A diagram.
pub(super) fn mermaid(text: &str, out: &mut String) {
    out.push_str("<pre class=\"mermaid\">\n  ");
    out.push_str(&go_escape(text.trim_end_matches('\n')));
    out.push_str("\n</pre>\n");
}

/// Fenced code.
pub(super) fn fenced(info: &Info, text: &str, out: &mut String) {
    let mut class = String::new();
    let mut rest = String::new();
    let mut lines = Lines::default();
    for (key, value) in &info.attributes.0 {
        let (Value::Text(value) | Value::Bare(value)) = value;
        if Lines::is_option(key) {
            lines.set(key, value);
        } else if key == "class" {
            // Writing to a String cannot fail, here and below.
            let _ = write!(class, " {}", escape(value));
        } else if !key.starts_with("on") {
            let _ = write!(rest, " {}=\"{}\"", key.to_ascii_lowercase(), escape(value));
        }
    }
    let text = text.trim_end_matches(['\n', '\r']);
    let mut code = text.to_owned();
    if !code.is_empty() {
        code.push('\n');
    }
    highlighted(&info.language, &code, &class, &rest, &lines, out);
}

/// Code in the look of the site. `class` and `attributes` go on the box around it, each with a space in front.
pub(super) fn highlighted(
    language: &str,
    code: &str,
    class: &str,
    attributes: &str,
    lines: &Lines,
    out: &mut String,
) {
    if lines.inline {
        // Writing to a String cannot fail, here and below.
        let _ = write!(
            out,
            "<code class=\"code-inline language-{}\">{}</code>",
            escape(language),
            go_escape(code)
        );
        return;
    }
    let mut marks = String::new();
    if !language.is_empty() {
        let _ = write!(
            marks,
            " class=\"language-{0}\" data-lang=\"{0}\"",
            escape(language)
        );
    }
    if !is_known(language) {
        let _ = write!(out, "<pre tabindex=\"0\"><code{marks}>");
        out.push_str(&go_escape(code));
        out.push_str("</code></pre>");
        return;
    }
    let _ = write!(out, "<div class=\"highlight{class}\"{attributes}>");
    lines.write(code, &marks, out);
    out.push_str("</div>");
}

/// Whether Hugo's highlighter has a lexer for the language.
fn is_known(language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    LANGUAGES.binary_search(&language.as_str()).is_ok()
}

/// In alphabetical order, for a binary search.
const LANGUAGES: &[&str] = &[
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
    "txt",
    "typescript",
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
