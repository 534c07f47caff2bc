//! A post as Hugo takes it apart: front matter between its fences, and the body.
//!
//! The rules are those of Hugo's page lexer: a byte order mark and white space may stand before the opening fence; the
//! first line that starts with the fence closes it, whatever follows on that line.

use crate::text::{BytePos, Problem, Span};

/// In which language the front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// From `{` to the matching `}`.
    Json,
}

impl Format {
    /// Its name for readers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

/// The front matter's place in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrontMatterBlock {
    /// Its language.
    pub format: Format,
    /// From the opening fence to the end of the closing fence's line (of the file, where it is never closed).
    pub whole: Span,
    /// What stands between the fences' lines; for JSON the braces too.
    pub content: Span,
    /// Whether the closing fence is there.
    pub closed: bool,
}

/// Where the parts of a post stand. Holds no text: it is cheap to make again after every edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// The front matter, where there is any.
    pub front_matter: Option<FrontMatterBlock>,
    /// The Markdown. Empty where the front matter is never closed.
    pub body: Span,
    /// What Hugo would refuse in the outline itself.
    pub problems: Vec<Problem>,
}

const BOM: char = '\u{feff}';

impl Post {
    /// Takes `text` apart. Never fails; what Hugo would refuse is a problem.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let end = BytePos::new(text.len());
        let lead = text.len()
            - text
                .trim_start_matches(|c: char| c == BOM || is_space(c))
                .len();
        let start = BytePos::new(lead);
        let rest = text.get(lead..).unwrap_or_default();
        let fenced = |format, fence: &str| Self::fenced(text, start, format, fence);
        match rest.chars().next() {
            Some('-') if rest.starts_with("---") => fenced(Format::Yaml, "---"),
            Some('+') if rest.starts_with("+++") => fenced(Format::Toml, "+++"),
            Some('{') => Self::json(text, start),
            Some(sign @ ('-' | '+')) => Self {
                front_matter: None,
                body: without_bom(text),
                problems: vec![Problem::new(
                    Span::new(start, start.plus(1)),
                    format!(
                        "The file starts with “{sign}”. Hugo then expects front matter and refuses the \
                         post: put front matter, or a line of other text, before it."
                    ),
                )],
            },
            _ => Self {
                front_matter: None,
                body: Span::new(without_bom(text).start(), end),
                problems: Vec::new(),
            },
        }
    }

    fn fenced(text: &str, start: BytePos, format: Format, fence: &str) -> Self {
        let end = BytePos::new(text.len());
        // Hugo starts the content right behind the fence; what stands there on the fence's own line is content too.
        let content_start = after_line_end(text, start.plus(fence.len()));
        let closing = if content_start > start.plus(fence.len()) {
            find_line(text, content_start, fence)
        } else {
            find_line(text, next_line(text, content_start), fence)
        };
        match closing {
            Some(closing) => {
                let body_start = after_line_end(text, closing.plus(fence.len()));
                Self {
                    front_matter: Some(FrontMatterBlock {
                        format,
                        whole: Span::new(start, body_start),
                        content: Span::new(content_start, closing),
                        closed: true,
                    }),
                    body: Span::new(body_start, end),
                    problems: Vec::new(),
                }
            }
            None => Self {
                front_matter: Some(FrontMatterBlock {
                    format,
                    whole: Span::new(start, end),
                    content: Span::new(content_start, end),
                    closed: false,
                }),
                body: Span::at(end),
                // Hugo names the line behind the fence.
                problems: vec![Problem::new(
                    Span::at(content_start),
                    format!(
                        "The front matter is never closed: a line with {fence} is missing after it."
                    ),
                )],
            },
        }
    }

    fn json(text: &str, start: BytePos) -> Self {
        let end = BytePos::new(text.len());
        let closing = json_end(text, start);
        let content_end = closing.unwrap_or(end);
        let body_start = closing.map_or(end, |at| after_line_end(text, at));
        let problems = if closing.is_some() {
            Vec::new()
        } else {
            vec![Problem::new(
                Span::new(start, start.plus(1)),
                "The front matter is never closed: its last } is missing.",
            )]
        };
        Self {
            front_matter: Some(FrontMatterBlock {
                format: Format::Json,
                whole: Span::new(start, body_start),
                content: Span::new(start, content_end),
                closed: closing.is_some(),
            }),
            body: Span::new(body_start, end),
            problems,
        }
    }
}

/// Hugo's `isSpace` and `isEndOfLine`.
const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

/// Everything but a byte order mark in front.
fn without_bom(text: &str) -> Span {
    let start = if text.starts_with(BOM) {
        BOM.len_utf8()
    } else {
        0
    };
    Span::from_range(start..text.len())
}

/// Past one line end that stands at `at`, of whatever form; else `at`.
fn after_line_end(text: &str, at: BytePos) -> BytePos {
    let rest = text.get(at.get()..).unwrap_or_default();
    if rest.starts_with("\r\n") {
        at.plus(2)
    } else if rest.starts_with(['\r', '\n']) {
        at.plus(1)
    } else {
        at
    }
}

/// The start of the line after the one that holds `at`; the end of the text where there is none.
fn next_line(text: &str, at: BytePos) -> BytePos {
    let rest = text.get(at.get()..).unwrap_or_default();
    match rest.find(['\r', '\n']) {
        Some(i) => after_line_end(text, at.plus(i)),
        None => BytePos::new(text.len()),
    }
}

/// The first line at or after `from` (itself a line's start) that starts with `fence`.
fn find_line(text: &str, from: BytePos, fence: &str) -> Option<BytePos> {
    let mut at = from;
    while at.get() < text.len() {
        if text
            .get(at.get()..)
            .is_some_and(|line| line.starts_with(fence))
        {
            return Some(at);
        }
        at = next_line(text, at);
    }
    None
}

/// Past the brace that closes the one at `start`.
fn json_end(text: &str, start: BytePos) -> Option<BytePos> {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate().skip(start.get()) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' if !in_string => depth += 1,
            b'}' if !in_string => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(BytePos::new(i + 1));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Front matter's content (or none), and body.
    fn parts(text: &str) -> (Option<&str>, &str, usize) {
        let post = Post::parse(text);
        (
            post.front_matter.map(|block| block.content.of(text)),
            post.body.of(text),
            post.problems.len(),
        )
    }

    #[test]
    fn fences_as_hugo_takes_them() {
        assert_eq!(parts("---\na: 1\n---\nx\n"), (Some("a: 1\n"), "x\n", 0));
        assert_eq!(parts("---\r\na: 1\r\n---\r\nx"), (Some("a: 1\r\n"), "x", 0));
        assert_eq!(parts("---\ra: 1\r---\rx"), (Some("a: 1\r"), "x", 0));
        assert_eq!(parts("\u{feff}---\na: 1\n---\nx"), (Some("a: 1\n"), "x", 0));
        assert_eq!(parts("\n  ---\na: 1\n---\n"), (Some("a: 1\n"), "", 0));
        assert_eq!(parts("---\n---\nx"), (Some(""), "x", 0));
        assert_eq!(parts("--- \na: 1\n--- \nx"), (Some(" \na: 1\n"), " \nx", 0));
        assert_eq!(parts("---\na: 1\n---"), (Some("a: 1\n"), "", 0));
        assert_eq!(parts("+++\na = 1\n+++\nx"), (Some("a = 1\n"), "x", 0));
        assert_eq!(parts("{\"a\": \"}\"}\nx"), (Some("{\"a\": \"}\"}"), "x", 0));
    }

    #[test]
    fn without_front_matter_all_is_body() {
        assert_eq!(parts(""), (None, "", 0));
        assert_eq!(parts("Hello\n---\n"), (None, "Hello\n---\n", 0));
        assert_eq!(parts("\u{feff}Hello"), (None, "Hello", 0));
        assert_eq!(parts("\n\nHello"), (None, "\n\nHello", 0));
    }

    #[test]
    fn what_hugo_refuses_is_a_problem() {
        assert_eq!(parts("---\na: 1\n"), (Some("a: 1\n"), "", 1));
        assert_eq!(parts("- a list\n"), (None, "- a list\n", 1));
        assert_eq!(parts("{\"a\": 1"), (Some("{\"a\": 1"), "", 1));
    }
}
