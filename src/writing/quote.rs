//! Quotations, on and off.

use super::edit::{Changes, Draft};
use super::lines::{Container, Kind, Line, Region};

/// Makes a quotation of the selected blocks, or takes its marks away where all of them are in one.
pub(super) fn toggle(draft: &mut Draft<'_>) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let lines = blocks(&region);
    let lines = region.lines.get(lines)?;
    let depth = shared(lines);
    let written = |line: &&Line| !line.is_blank();
    let quoted = |line: &Line| {
        matches!(line.containers.get(depth), Some(Container::Quote { .. })) && !line.lazy
    };
    let all = lines.iter().any(|line| quoted(line))
        && lines
            .iter()
            .filter(written)
            .all(|line| quoted(line) || line.lazy);
    let mut changes = Changes::default();
    for line in lines {
        let at = line.edge(depth);
        if all {
            if quoted(line) {
                changes.remove(at..line.edge(depth + 1));
            }
        } else if at == line.end {
            changes.insert(at, ">");
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
