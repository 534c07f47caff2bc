//! YAML that Hugo's reader takes for something else than YAML says. Where it stands, no value can be shown with a good
//! conscience: the form is off. Found by trying, see tests/hugo/FACTS.md.

use crate::text::{Problem, Span};

use super::outline::{Entry, Node, Style};
use super::plain::{Meaning, meaning};

/// Finds the first quirk in a whole front matter.
pub(super) fn check(source: &str, root: &Node) -> Result<(), Problem> {
    if root.style == Style::FlowMap {
        colon_in_flow(root, true)?;
    }
    odd_lines(source)?;
    check_below(source, root, false)
}

fn check_below(source: &str, node: &Node, in_flow: bool) -> Result<(), Problem> {
    let in_flow = in_flow || matches!(node.style, Style::FlowList | Style::FlowMap);
    broken_quotes(source, node)?;
    broken_plain(source, node, in_flow)?;
    tab_behind_tag(source, node)?;
    if node.style == Style::FlowMap {
        colon_in_flow(node, false)?;
    }
    for entry in &node.entries {
        odd_key(source, entry, node.style == Style::FlowMap)?;
    }
    for pair in node.entries.windows(2) {
        if let [entry, next] = pair {
            hungry_dash(source, &entry.value, next.key_span)?;
        }
    }
    node.parts()
        .try_for_each(|part| check_below(source, part, in_flow))
}

/// Lines that start with `...` and go on, and lines that start with a byte order mark.
fn odd_lines(source: &str) -> Result<(), Problem> {
    let mut at = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let text = line.trim_matches([' ', '\t', '\n', '\r']);
        let span = Span::from_range(at..at + line.len());
        if text.starts_with('\u{feff}') {
            return Err(Problem::new(
                span,
                "A line starts with an invisible character (a byte order mark), which Hugo takes for text. Delete it.",
            ));
        }
        let ends = line
            .strip_prefix("...")
            .is_some_and(|rest| !rest.trim_start().is_empty() && !rest.starts_with([' ', '\t']));
        if ends {
            return Err(Problem::new(
                span,
                "A line starts with “...”, and for Hugo the front matter ends there. Write something else in front.",
            ));
        }
        at += line.len();
    }
    Ok(())
}

/// Keys without quotes that Hugo reads in its own way.
fn odd_key(source: &str, entry: &Entry, in_flow: bool) -> Result<(), Problem> {
    let written = entry.key_span.of(source);
    let reason = if written.contains(['\t', '\n', '\r']) {
        "A tab or a line break stands inside a key, and Hugo reads it in its own way. Write a space."
    } else if written.starts_with(['"', '\'']) {
        return Ok(());
    } else if in_flow && written.contains(':') {
        "Inside { } Hugo takes every colon for the end of a key. Put a space behind it, or the key into quotes."
    } else if is_respelt(written) {
        "This key is a number or a word like null, which Hugo spells in its own way. Put it into quotes."
    } else {
        return Ok(());
    };
    Err(Problem::new(entry.key_span, reason))
}

/// Whether Hugo makes another text of a key that is no text for it.
fn is_respelt(key: &str) -> bool {
    match meaning(key) {
        Meaning::Text => false,
        Meaning::Bool(flag) => key != if flag { "true" } else { "false" },
        Meaning::Integer(number) => number.to_string() != key,
        Meaning::Null | Meaning::Float(_) => true,
    }
}

/// In a quoted text over several lines Hugo takes CRLF for two line breaks.
fn broken_quotes(source: &str, node: &Node) -> Result<(), Problem> {
    let quoted = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted);
    if quoted && node.span.of(source).contains("\r\n") {
        return Err(Problem::new(
            node.span,
            "A text in quotes goes over several lines. With the line ends of this file (CRLF) Hugo reads line breaks \
             in it that are not meant. Put the text on one line.",
        ));
    }
    Ok(())
}

/// In an unquoted text over several lines Hugo may take a line that starts with a sign for what the sign means elsewhere.
fn broken_plain(source: &str, node: &Node, in_flow: bool) -> Result<(), Problem> {
    if node.style != Style::Plain {
        return Ok(());
    }
    let mut lines = node.span.of(source).split(['\n', '\r']).skip(1);
    let odd = |line: &str| {
        let text = line.trim_start_matches([' ', '\t']);
        in_flow || text.starts_with(|c: char| c.is_ascii_punctuation())
    };
    if lines.any(odd) {
        return Err(Problem::new(
            node.span,
            "A text without quotes goes over several lines, and Hugo may read them in its own way. Put the text into \
             quotes, on one line.",
        ));
    }
    Ok(())
}

/// Behind a tag or an anchor Hugo wants a space.
fn tab_behind_tag(source: &str, node: &Node) -> Result<(), Problem> {
    let carries = node.tag.is_some() || node.anchor.is_some();
    let behind = source.get(node.slot.get()..).unwrap_or_default();
    if carries && behind.starts_with('\t') {
        return Err(Problem::new(
            Span::at(node.slot),
            "A tab stands behind a tag (!) or a reference (&). Replace the tab by a space.",
        ));
    }
    Ok(())
}

/// In a list inside `{…}` Hugo takes an unquoted `a:b` for a map.
fn colon_in_flow(node: &Node, in_list: bool) -> Result<(), Problem> {
    if in_list && node.style == Style::Plain && node.text.contains(':') {
        return Err(Problem::new(
            node.span,
            "Inside { and [ Hugo takes a colon in a text for a new entry. Put the text into quotes.",
        ));
    }
    node.parts()
        .try_for_each(|part| colon_in_flow(part, in_list || node.style == Style::FlowList))
}

/// A dash without a value at the end of a list takes the next entry in, where that stands in the same column.
fn hungry_dash(source: &str, list: &Node, next: Span) -> Result<(), Problem> {
    let Some(last) = list.items.last() else {
        return Ok(());
    };
    if list.style == Style::BlockList
        && last.value.style == Style::Empty
        && column(source, last.dash.get()) == indentation(source, next.start().get())
    {
        return Err(Problem::new(
            Span::new(last.dash, last.dash.plus(1)),
            format!(
                "A dash stands here without a text. Hugo takes “{}” below for a part of the list. Remove the dash.",
                next.of(source)
            ),
        ));
    }
    Ok(())
}

/// Spaces at the start of the line of `at`: an anchor or a tag may stand before a key.
fn indentation(source: &str, at: usize) -> usize {
    let head = source.get(..at).unwrap_or_default();
    let line = head.rsplit(['\n', '\r']).next().unwrap_or_default();
    line.len() - line.trim_start_matches(' ').len()
}

/// Characters before `at` on its line.
fn column(source: &str, at: usize) -> usize {
    let head = source.get(..at).unwrap_or_default();
    head.rsplit(['\n', '\r'])
        .next()
        .unwrap_or_default()
        .chars()
        .count()
}
