//! Where a first parse went another way than goldmark, and the stand-ins that lead it back.

use std::ops::Range;

use super::disputes;
use super::linkify;
use super::stand_in::{Purpose, StandIn, heading_attributes};
use super::table;
use super::tree::{Kind, Node, Tree};

/// What has to be read otherwise. `unknown_notes`: references whose footnote there is only in another spelling.
pub(super) fn find(text: &str, tree: &Tree, unknown_notes: &[usize]) -> Vec<StandIn> {
    let mut found: Vec<StandIn> = unknown_notes.iter().map(|&at| mask(at..at + 1)).collect();
    let may_link = text.contains("://") || text.contains("www.");
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at) {
        match node.kind {
            Kind::Heading { setext, .. } => {
                if setext && node.attributes.is_none() {
                    found.extend(setext_attributes(text, node));
                }
                inline(text, tree, at, may_link, &mut found);
                at = node.end;
            }
            Kind::Paragraph | Kind::TextBlock | Kind::TableCell | Kind::Terms { .. } => {
                found.extend(table_below_text(text, node));
                found.extend(disputes::open_parenthesis(text, node));
                if node.kind == Kind::TableCell {
                    disputes::escaped_bars(text, tree, at, &mut found);
                }
                inline(text, tree, at, may_link, &mut found);
                at = node.end;
            }
            Kind::Html(_) => {
                found.extend(lower_declaration(text, node));
                at = node.end;
            }
            Kind::Table(_) => {
                found.extend(disputes::unseen_rows(text, tree, node));
                at += 1;
            }
            _ => at += 1,
        }
    }
    found
}

/// goldmark wants a declaration (`<!DOCTYPE …>`) in capital letters.
fn lower_declaration(text: &str, node: &Node) -> Option<StandIn> {
    let from = text.get(node.range.clone())?;
    let start = node.range.start + from.len() - from.trim_start().len();
    let is_lower =
        (from.trim_start().strip_prefix("<!"))?.starts_with(|c: char| c.is_ascii_lowercase());
    is_lower.then(|| mask(start..start + 1))
}

const fn mask(range: Range<usize>) -> StandIn {
    StandIn {
        range,
        purpose: Purpose::Mask,
        confirmed: true,
    }
}

/// A table that starts within a paragraph: what stands above it has to be read without it.
fn table_below_text(text: &str, node: &Node) -> Option<StandIn> {
    let found = table::find(text, node).filter(|found| found.has_text_above)?;
    let range = found.lines.first()?.start..found.lines.last()?.end;
    Some(StandIn {
        range,
        purpose: Purpose::Table(found),
        confirmed: true,
    })
}

/// The attributes in the last line above a setext heading's underline.
fn setext_attributes(text: &str, node: &Node) -> Option<StandIn> {
    let whole = text.get(node.range.clone())?.trim_end();
    let content = whole.get(..whole.rfind('\n')?)?;
    let line_start = content.rfind('\n').map_or(0, |at| at + 1);
    let (range, attributes) = heading_attributes(content.get(line_start..)?)?;
    let start = node.range.start + line_start;
    // Standing alone it would leave a blank line.
    (!content
        .get(line_start..line_start + range.start)?
        .trim()
        .is_empty())
    .then(|| StandIn {
        range: start + range.start..start + range.end,
        purpose: Purpose::HeadingAttributes(attributes),
        confirmed: false,
    })
}

/// The inline nodes of the block at `block`.
fn inline(text: &str, tree: &Tree, block: usize, may_link: bool, found: &mut Vec<StandIn>) {
    let Some(owner) = tree.nodes.get(block) else {
        return;
    };
    disputes::tildes(text, tree, block, found);
    let link_texts = disputes::link_texts(text, owner);
    let mut open = 0_usize;
    let mut done = 0;
    let mut at = block + 1;
    while let Some(node) = tree.nodes.get(at).filter(|_| at < owner.end) {
        match &node.kind {
            Kind::Text if node.range.end > done => {
                disputes::notes_in_text(text, tree, node, found);
                if may_link {
                    addresses(text, tree, owner, at, &mut open, &mut done, found);
                } else {
                    count_brackets(text.get(node.range.clone()).unwrap_or_default(), &mut open);
                }
            }
            Kind::InlineHtml(_) | Kind::Link(_) => {
                let auto = matches!(
                    &node.kind,
                    Kind::InlineHtml(_) | Kind::Link(super::tree::Target::Auto { .. })
                );
                if auto && let Some(range) = guillemet(text, tree, block, at) {
                    found.push(mask(range));
                }
                found.extend(lower_declaration(text, node));
                found.extend(disputes::note_before_bracket(text, tree, node.range.start));
                if at == block + 1 && !auto && is_checkbox_at(text, &tree.nodes, block) {
                    found.push(mask(node.range.start..node.range.start + 3));
                }
                at = node.end;
                continue;
            }
            Kind::Image(_) => {
                at = node.end;
                continue;
            }
            Kind::NoteRef(_) => found.extend(disputes::note_in_link(&link_texts, node)),
            _ => {}
        }
        at += 1;
    }
}

fn count_brackets(text: &str, open: &mut usize) {
    for byte in text.bytes() {
        match byte {
            b'[' => *open += 1,
            b']' => *open = open.saturating_sub(1),
            _ => {}
        }
    }
}

/// Whether the text of the block at `block`, the first in an item, starts with a box to tick.
pub(crate) fn is_checkbox_at(text: &str, nodes: &[Node], block: usize) -> bool {
    let is_first = block
        .checked_sub(1)
        .and_then(|before| nodes.get(before))
        .is_some_and(|parent| parent.kind == Kind::Item);
    let start = nodes
        .get(block + 1)
        .map_or(usize::MAX, |first| first.range.start);
    let bytes = text.as_bytes().get(start..start.saturating_add(3));
    is_first && matches!(bytes, Some([b'[', b' ' | b'\t' | b'x' | b'X', b']']))
}

/// `<<` before what was taken for a tag: goldmark's typographer has both signs.
fn guillemet(text: &str, tree: &Tree, block: usize, at: usize) -> Option<Range<usize>> {
    let start = tree.nodes.get(at)?.range.start;
    // The signs may be several nodes.
    let mut from = start;
    for before in tree.nodes.get(block + 1..at)?.iter().rev() {
        if before.kind != Kind::Text || before.range.end != from {
            break;
        }
        from = before.range.start;
    }
    let run = text.get(from..start)?;
    let signs = run.len() - run.trim_end_matches('<').len();
    let escaped = signs == run.len() && from > 0 && text.as_bytes().get(from - 1) == Some(&b'\\');
    let signs = signs - usize::from(escaped && signs > 0);
    (signs % 2 == 1).then(|| start - 1..start + 1)
}

/// Bare addresses that reach beyond the text they start in: what is special in them is not special in goldmark.
fn addresses(
    text: &str,
    tree: &Tree,
    owner: &Node,
    at: usize,
    open: &mut usize,
    done: &mut usize,
    found: &mut Vec<StandIn>,
) {
    let Some(node) = tree.nodes.get(at) else {
        return;
    };
    let range = node.range.clone();
    let Some(run) = text.get(range.clone()) else {
        return;
    };
    // The address before may have reached into it.
    let mut from = done.saturating_sub(range.start);
    while let Some(start) = next_address(run, from) {
        count_brackets(run.get(from..start).unwrap_or_default(), open);
        from = start;
        let absolute = range.start + start;
        let before = run.get(..start).and_then(|head| head.chars().next_back());
        // Behind a quote or a dash the typographer has usually been at work.
        let may_start = before.is_none_or(|before| {
            linkify::may_follow(before) || matches!(before, '"' | '\'' | '-' | '.' | '>')
        });
        let line = text
            .get(absolute..owner.range.end.max(absolute))
            .unwrap_or_default();
        let line = line.split('\n').next().unwrap_or_default();
        let bare = (may_start && *open == 0)
            .then(|| linkify::find(line))
            .flatten();
        let Some(bare) = bare else {
            from += 1;
            continue;
        };
        let end = absolute + bare.length;
        if !is_covered(tree, owner, at, end) {
            found.push(mask(absolute..end));
        }
        *done = end;
        from = start + bare.length;
        if end >= range.end {
            return;
        }
    }
    count_brackets(run.get(from..).unwrap_or_default(), open);
}

fn next_address(run: &str, from: usize) -> Option<usize> {
    let rest = run.get(from..)?;
    ["http", "www.", "ftp:"]
        .iter()
        .filter_map(|start| rest.find(start))
        .min()
        .map(|at| from + at)
}

/// Whether text nodes without a gap reach from the one at `at` to `end`.
fn is_covered(tree: &Tree, owner: &Node, at: usize, end: usize) -> bool {
    let mut reached = tree.nodes.get(at).map_or(0, |node| node.range.end);
    let mut next = at + 1;
    while reached < end {
        match tree.nodes.get(next).filter(|_| next < owner.end) {
            Some(node) if node.kind == Kind::Text && node.range.start == reached => {
                reached = node.range.end;
            }
            _ => return false,
        }
        next += 1;
    }
    true
}
