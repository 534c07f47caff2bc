//! Small places which pulldown-cmark takes for something else than goldmark, and the stand-ins that settle each.

use std::ops::Range;

use super::parse::blank_before;
use super::stand_in::{Purpose, StandIn};
use super::tree::{Kind, Node, Tree};

const fn settled(range: Range<usize>, purpose: Purpose) -> StandIn {
    StandIn {
        range,
        purpose,
        confirmed: true,
    }
}

/// Lines below a table that are rows of it: to goldmark a table is a paragraph, which ends at a blank line only, takes
/// lines without the marks of what it stands in, and is not interrupted by every list. As a paragraph it is read again.
pub(super) fn unseen_rows(text: &str, tree: &Tree, table: &Node) -> Option<StandIn> {
    let next = tree.nodes.get(table.end)?;
    let line = text.get(next.range.start..)?.split('\n').next()?;
    let goes_on = match next.kind {
        Kind::Paragraph => true,
        Kind::List { start } => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_empty = line.get(digits + 1..)?.trim().is_empty();
            // A dash alone would make the lines above it a heading.
            start.map_or(is_empty && !line.starts_with('-'), |number| {
                is_empty || number != 1
            })
        }
        _ => false,
    };
    if !goes_on || blank_before(text, next.range.start) {
        return None;
    }
    let below_head = table.range.start + text.get(table.range.start..)?.find('\n')? + 1;
    let dashes = text.get(below_head..)?.split('\n').next()?;
    let start = below_head + dashes.find(['|', '-', ':'])?;
    Some(settled(start..below_head + dashes.len(), Purpose::Mask))
}

/// `\\|` in a cell: goldmark takes the bar for escaped and shows both signs, in code and elsewhere.
pub(super) fn escaped_bars(text: &str, tree: &Tree, cell: usize, found: &mut Vec<StandIn>) {
    let Some(owner) = tree.nodes.get(cell) else {
        return;
    };
    let content = text.get(owner.range.clone()).unwrap_or_default();
    if !content.contains("\\\\|") {
        return;
    }
    let code: Vec<&Range<usize>> = tree
        .nodes
        .get(cell..owner.end)
        .unwrap_or_default()
        .iter()
        .filter(|node| matches!(node.kind, Kind::InlineCode(_)))
        .map(|node| &node.range)
        .collect();
    for (at, _) in content.match_indices("\\\\|") {
        let bar = owner.range.start + at + 2;
        let behind = code.partition_point(|code| code.end <= bar);
        if code.get(behind).is_none_or(|code| bar < code.start) {
            found.push(settled(bar..bar + 1, Purpose::Mask));
        }
    }
}

/// The address in a definition at a paragraph's start whose parentheses do not all close: goldmark does not mind.
pub(super) fn open_parenthesis(text: &str, paragraph: &Node) -> Option<StandIn> {
    let whole = text.get(paragraph.range.clone())?;
    let label = whole.strip_prefix('[')?;
    let mut escaped = false;
    let end = label.bytes().position(|byte| {
        let ends = !escaped && matches!(byte, b'[' | b']');
        escaped = !escaped && byte == b'\\';
        ends
    })?;
    let rest = label.get(end..)?.strip_prefix("]:")?.trim_start();
    let start = paragraph.range.end - rest.len();
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    let (mut depth, mut escaped) = (0_usize, false);
    for byte in rest.get(..length)?.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
    }
    (depth > 0 && !rest.starts_with('<')).then(|| settled(start..start + length, Purpose::Mask))
}

/// From the first `[` of a block to the last `](` or `][` in it: what can be the text of a link.
pub(super) fn link_texts(text: &str, block: &Node) -> Range<usize> {
    let start = block.range.start;
    let whole = text.get(block.range.clone()).unwrap_or_default();
    let end = whole.rfind("](").max(whole.rfind("]["));
    start + whole.find('[').unwrap_or(whole.len())..start + end.unwrap_or_default()
}

/// A reference to a footnote in the text of a link: pulldown-cmark takes it for a link, in which there can be none.
pub(super) fn note_in_link(link_texts: &Range<usize>, note: &Node) -> Option<StandIn> {
    let is_within = link_texts.start < note.range.start && note.range.end <= link_texts.end;
    is_within.then(|| settled(note.range.clone(), Purpose::Note))
}

/// A reference to a footnote at `at`, right before what makes it a link's text for pulldown-cmark.
pub(super) fn note_before_bracket(text: &str, tree: &Tree, at: usize) -> Option<StandIn> {
    let inside = text.get(at..)?.strip_prefix("[^")?;
    let label = inside.get(..inside.find([']', '\n'])?)?;
    let behind = inside.get(label.len()..)?;
    let lookup = tree
        .note_lookups
        .binary_search_by(|lookup| lookup.label.as_str().cmp(label))
        .ok()
        .and_then(|at| tree.note_lookups.get(at));
    let is_note = lookup.is_some_and(|lookup| lookup.found);
    let is_disputed = behind.starts_with("](") || behind.starts_with("][");
    (is_note && is_disputed).then(|| settled(at..at + label.len() + 3, Purpose::Note))
}

/// Such references in a piece of text: what stands behind them was no link after all.
pub(super) fn notes_in_text(text: &str, tree: &Tree, run: &Node, found: &mut Vec<StandIn>) {
    let start = run.range.start;
    let before = start.checked_sub(1).and_then(|at| text.as_bytes().get(at));
    let is_escaped = before == Some(&b'\\');
    let whole = text.get(run.range.clone()).unwrap_or_default();
    for (at, _) in whole.match_indices('[') {
        if at > 0 || !is_escaped {
            found.extend(note_before_bracket(text, tree, start + at));
        }
    }
}

/// Single tildes where one stands within a word: to goldmark they strike text out there too, as asterisks give emphasis.
///
/// Not where there are asterisks, which would meet the stand-ins, nor where an address may hold a tilde.
pub(super) fn tildes(text: &str, tree: &Tree, block: usize, found: &mut Vec<StandIn>) {
    let Some(owner) = tree.nodes.get(block) else {
        return;
    };
    let whole = text.get(owner.range.clone()).unwrap_or_default();
    if !whole.contains('~')
        || whole.contains(['*', '@'])
        || whole.contains("://")
        || whole.contains("www.")
    {
        return;
    }
    let mut places = Vec::new();
    for node in tree.nodes.get(block + 1..owner.end).unwrap_or_default() {
        match node.kind {
            Kind::Text => {
                let run = text.get(node.range.clone()).unwrap_or_default();
                let is_escaped = node
                    .range
                    .start
                    .checked_sub(1)
                    .and_then(|before| text.as_bytes().get(before))
                    == Some(&b'\\');
                let found = run.match_indices('~').map(|(at, _)| at);
                let skipped = found.filter(|&at| !(at == 0 && is_escaped));
                places.extend(skipped.map(|at| node.range.start + at));
            }
            Kind::Strike => places.extend([node.range.start, node.range.end.saturating_sub(1)]),
            _ => {}
        }
    }
    let around = |at: usize| {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        let behind = text.get(at + 1..).and_then(|rest| rest.chars().next());
        (before.unwrap_or(' '), behind.unwrap_or(' '))
    };
    places.retain(|&at| {
        let (before, behind) = around(at);
        before != '~' && behind != '~' && !(before.is_whitespace() && behind.is_whitespace())
    });
    let within_word = |&at: &usize| {
        let (before, behind) = around(at);
        before.is_alphanumeric() && behind.is_alphanumeric()
    };
    if places.len() > 1 && places.iter().any(within_word) {
        found.extend(
            places
                .into_iter()
                .map(|at| settled(at..at + 1, Purpose::Tilde)),
        );
    }
}

/// The content of a block of raw HTML that is a closing tag alone with which no such block starts for goldmark.
pub(super) fn lone_closing_tag(html: &str) -> bool {
    ["</pre>", "</script>", "</style>"]
        .iter()
        .any(|tag| html.trim().eq_ignore_ascii_case(tag))
}
