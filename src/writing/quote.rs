//! Quotations, on and off.

use super::edit::{Changes, Draft};
use super::insert::prefix_of;
use super::lines::{Container, Kind, Line};
use super::region::Region;

/// Makes a quotation of the selected blocks, or takes its marks away where all of them are in one.
pub(super) fn toggle(draft: &mut Draft<'_>) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let mut lines = blocks(&region);
    let blank = |at: usize| region.lines.get(at).is_some_and(Line::is_blank);
    while lines.len() > 1 && blank(lines.end - 1) {
        lines.end -= 1;
    }
    while lines.len() > 1 && blank(lines.start) {
        lines.start += 1;
    }
    let lines = region.lines.get(lines)?;
    let depth = shared(lines);
    let written = |line: &&Line| !line.is_blank();
    let quoted = |line: &Line| {
        matches!(line.containers.get(depth), Some(Container::Quote { .. })) && depth < line.marked
    };
    let all = lines.iter().any(quoted)
        && lines
            .iter()
            .filter(written)
            .all(|line| quoted(line) || line.lazy);
    // White space in front of the mark is the writer's.
    let indentation = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        rest.len() - rest.trim_start_matches(' ').len()
    };
    let mut changes = Changes::default();
    for line in lines {
        let at = line.edge(depth);
        if line.marked < depth {
            // It goes on lazily, as before.
            continue;
        }
        if all {
            if quoted(line) {
                let empty = lines.len() > 1 && line.edge(depth + 1) == line.end;
                let start = if empty && indented(line, depth) {
                    line.start
                } else {
                    at + indentation(at)
                };
                changes.remove(start..line.edge(depth + 1));
            }
        } else if at == line.end && lines.len() > 1 {
            // Within an item a blank line may lack the indentation that its mark needs.
            let outer = prefix_of(text, line, depth);
            let there = text.get(line.start..at).unwrap_or_default();
            let lacking = outer.get(there.len()..).unwrap_or_default();
            changes.insert(at, format!("{lacking}>"));
        } else {
            changes.insert(at, "> ");
        }
    }
    if lines.len() == 1 && !all {
        // An empty line gets its space too: the writer goes on in it.
        let line = lines.first()?;
        if line.edge(depth) == line.end {
            changes = Changes::default();
            changes.insert(line.end, "> ");
        }
    }
    if changes.is_empty() {
        return None;
    }
    draft.apply(changes);
    Some(())
}

/// Whether nothing but white space stands before the mark at `depth`, and there is some.
fn indented(line: &Line, depth: usize) -> bool {
    depth > 0
        && line
            .containers
            .iter()
            .take(depth)
            .all(|container| matches!(container, Container::Item(item) if !line.begins(*item)))
}

/// The lines of the blocks with the selection: paragraphs and code are whole.
fn blocks(region: &Region) -> std::ops::Range<usize> {
    let joined = |before: Option<&Line>, line: Option<&Line>| {
        let (Some(before), Some(line)) = (before, line) else {
            return false;
        };
        match line.kind {
            Kind::Fenced | Kind::FenceClose | Kind::Underline | Kind::Raw { first: false } => true,
            Kind::Text => before.kind == Kind::Text && line.continued == line.containers.len(),
            _ => false,
        }
    };
    let mut lines = region.selected.clone();
    while lines.start > 0
        && joined(
            region.lines.get(lines.start - 1),
            region.lines.get(lines.start),
        )
    {
        lines.start -= 1;
    }
    while joined(region.lines.get(lines.end - 1), region.lines.get(lines.end)) {
        lines.end += 1;
    }
    lines
}

/// How many containers all the lines stand in that began before them, up to the first quotation they share.
fn shared(lines: &[Line]) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let mut depth = 0;
    for container in &first.containers {
        let quote = matches!(container, Container::Quote { .. });
        let goes_on = depth < first.continued;
        let common = lines
            .iter()
            .filter(|line| !line.is_blank())
            .all(|line| line.containers.get(depth) == Some(container));
        if quote || !goes_on || !common {
            break;
        }
        depth += 1;
    }
    depth
}
