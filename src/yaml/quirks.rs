//! YAML that Hugo's reader takes for something else than YAML says. Where it stands, no value can be shown with a good
//! conscience: the form is off. Found by trying, see tests/hugo/FACTS.md.

use crate::text::{Problem, Span};

use super::outline::{Node, Style};

/// Finds the first quirk in a whole front matter.
pub(super) fn check(source: &str, root: &Node) -> Result<(), Problem> {
    if root.style == Style::FlowMap {
        colon_in_flow(root, true)?;
    }
    check_below(source, root)
}

fn check_below(source: &str, node: &Node) -> Result<(), Problem> {
    broken_quotes(source, node)?;
    if node.style == Style::FlowMap {
        colon_in_flow(node, false)?;
    }
    for pair in node.entries.windows(2) {
        if let [entry, next] = pair {
            hungry_dash(source, &entry.value, next.key_span)?;
        }
    }
    node.parts().try_for_each(|part| check_below(source, part))
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
        && column(source, last.dash.get()) == column(source, next.start().get())
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

/// Characters before `at` on its line.
fn column(source: &str, at: usize) -> usize {
    let head = source.get(..at).unwrap_or_default();
    head.rsplit(['\n', '\r'])
        .next()
        .unwrap_or_default()
        .chars()
        .count()
}
