//! Characters that mean something to Markdown or Hugo, made harmless where they would.

/// Where text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Place {
    /// In a link's text or a picture's description.
    pub(super) in_link: bool,
    /// In a table's cell.
    pub(super) in_cell: bool,
    /// In a heading.
    pub(super) in_heading: bool,
    /// How many backticks the block has, those of code as one: one alone means nothing.
    pub(super) backticks: usize,
    /// The same of tildes.
    pub(super) tildes: usize,
}

/// `text` as Markdown that shows it, between two characters. What would only mean something at a line's start is seen to
/// by [`line_start`].
pub(super) fn text(text: &str, before: char, after: char, place: Place) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = before;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let tail = rest.as_str();
        let next = tail.chars().next().unwrap_or(after);
        let means = match c {
            '\\' => next.is_ascii_punctuation() || tail.is_empty() || next == '\n',
            '*' => !(before.is_whitespace() && next.is_whitespace()),
            '_' => {
                !(before.is_whitespace() && next.is_whitespace()
                    || before.is_alphanumeric() && next.is_alphanumeric())
            }
            '`' => place.backticks > 1,
            '~' => place.tildes > 1 && !(before.is_whitespace() && next.is_whitespace()),
            // Two of these the typographer joins.
            '-' | '>' => next == c,
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?' | '<' | '$'),
            '!' => before == '<' || next == '[',
            '[' => place.in_link || next == '^' || tail.contains("](") || tail.contains("]["),
            ']' => place.in_link || matches!(next, '(' | '['),
            '|' => place.in_cell,
            '{' => {
                // Hugo looks for shortcodes before all else, and never behind a backslash in between.
                before == '{' && matches!(next, '<' | '%')
                    || place.in_heading && tail.trim_end().ends_with('}')
            }
            '&' => is_entity(tail),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Whether what follows `&` makes it an entity.
fn is_entity(tail: &str) -> bool {
    let Some((name, _)) = tail.split_once(';') else {
        return false;
    };
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.len() < 33 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Where a backslash has to go into a line of a paragraph that begins with text.
pub(super) fn line_start(line: &str) -> Option<usize> {
    let bracket = line.starts_with('[')
        && (line.contains("]:")
            || ["[ ]", "[x]", "[X]"]
                .iter()
                .any(|task| line.starts_with(task)));
    if !bracket && !super::super::line_start::means_something(line) {
        return None;
    }
    Some(line.find(|c: char| !c.is_ascii_digit()).unwrap_or_default())
}

/// Code that Hugo shows as it is. A backslash would show too, so a shortcode's tag gets Hugo's own comment marks; one
/// that is never closed gets a space between its braces.
pub(super) fn code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("{{<").into_iter().chain(rest.find("{{%")).min() {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let (opening, tail) = rest.split_at_checked(3).unwrap_or((rest, ""));
        let closing = if opening == "{{<" { ">}}" } else { "%}}" };
        let inside = tail
            .find(closing)
            .and_then(|end| tail.get(..end))
            .filter(|inside| !inside.contains("*/") && !inside.starts_with("/*"));
        if let Some(inside) = inside {
            out.push_str(&format!("{opening}/*{inside}*/{closing}"));
            rest = tail.get(inside.len() + 3..).unwrap_or_default();
        } else {
            out.push_str("{ {");
            rest = rest.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    // Hugo cuts a post in two here, even in code.
    out.replace("<!--more-->", "<!-- more -->")
}
