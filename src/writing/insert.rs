//! What is put in: text in a line, blocks, dividers.

use super::edit::{Changes, Draft};
use super::lines::{Container, Kind, Line, columns};
use super::region::Region;

/// Text in the place of the selection.
pub(super) fn inline(draft: &mut Draft<'_>, text: &str) -> Option<()> {
    if text.is_empty() {
        return None;
    }
    let selection = draft.selection.clone();
    let end = selection.start + text.len();
    let mut changes = Changes::default();
    changes.replace(selection, text);
    draft.apply(changes);
    draft.selection = end..end;
    Some(())
}

/// A picture described by what is selected, the caret where its address is to be written.
pub(super) fn image(draft: &mut Draft<'_>) -> Option<()> {
    let selected = draft.selection.clone();
    let words = draft.text().get(selected)?.trim();
    if words.contains('\n') {
        return None;
    }
    let mut description = String::new();
    for c in words.chars() {
        if matches!(c, '[' | ']') && !description.ends_with('\\') {
            description.push('\\');
        }
        description.push(c);
    }
    inline(draft, &format!("![{description}]()"))?;
    let before = draft.selection.end - 1;
    draft.selection = before..before;
    Some(())
}

/// A block behind the block with the caret, or on the caret's blank line, with blank lines around it that were not
/// there. The caret goes behind it.
pub(super) fn block(draft: &mut Draft<'_>, block: &str) -> Option<()> {
    let block = block.trim_matches('\n');
    if block.is_empty() {
        return None;
    }
    place(draft, block).map(|_| ())
}

/// Puts `block` in and answers where it starts. The caret is then at its end.
pub(super) fn place(draft: &mut Draft<'_>, block: &str) -> Option<usize> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let mut last = region.selected.end - 1;
    while let (Some(line), Some(next)) = (region.lines.get(last), region.lines.get(last + 1)) {
        if !goes_on(line, next) {
            break;
        }
        last += 1;
    }
    let line = region.lines.get(last)?;
    let before = last.checked_sub(1).and_then(|at| region.lines.get(at));
    let next = text
        .get(line.end + 1..)
        .and_then(|rest| rest.split('\n').next());
    let depth = written(text, line);
    let prefix = prefix_of(text, line, depth);
    let body = block.replace('\n', &format!("\n{prefix}"));
    let empty = format!("\n{}", prefix.trim_end_matches([' ', '\t']));
    let mut changes = Changes::default();
    let mut fresh = String::new();
    let at = if line.kind == Kind::Blank {
        // The blank line itself becomes the block.
        if before.is_some_and(|before| !before.is_blank()) {
            fresh.push('\n');
        }
        let prefix = text.get(line.start..line.edge(depth)).unwrap_or_default();
        if !fresh.is_empty() {
            fresh.push_str(prefix);
        }
        line.end
    } else {
        fresh.push_str(&empty);
        fresh.push('\n');
        fresh.push_str(&prefix);
        line.end
    };
    let start = at + fresh.len();
    fresh.push_str(&body);
    let end = at + fresh.len();
    if next.is_some_and(|next| !next.trim_matches([' ', '\t']).is_empty()) {
        fresh.push_str(&empty);
    }
    changes.insert(at, fresh);
    draft.apply(changes);
    draft.selection = end..end;
    Some(start)
}

/// How many containers a line is in by what is written in it. A blank line belongs to an item as well where nothing is
/// written, but who goes on there has left the list.
fn written(text: &str, line: &Line) -> usize {
    if !line.is_blank() {
        return line.containers.len();
    }
    let within = |depth: usize, container: &Container| match container {
        Container::Quote { .. } => true,
        Container::Item(item) => {
            let indentation = text.get(line.edge(depth)..line.edge(depth + 1));
            columns(indentation.unwrap_or_default()) >= item.width
        }
    };
    let containers = line.containers.iter().enumerate();
    containers
        .take_while(|(depth, container)| within(*depth, container))
        .count()
}

/// Whether nothing may come between two lines.
fn goes_on(line: &Line, next: &Line) -> bool {
    match next.kind {
        Kind::Fenced | Kind::FenceClose | Kind::Underline | Kind::Raw { first: false } => true,
        Kind::Text => line.kind == Kind::Text && next.continued == next.containers.len(),
        Kind::Indented => line.kind == Kind::Indented,
        _ => false,
    }
}

/// What stands before a further paragraph in the same containers: marks of quotations, white space for items.
pub(super) fn prefix(text: &str, line: &Line) -> String {
    prefix_of(text, line, line.containers.len())
}

/// The same for the outer containers only.
pub(super) fn prefix_of(text: &str, line: &Line, depth: usize) -> String {
    let mut prefix = String::new();
    for (depth, container) in line.containers.iter().enumerate().take(depth) {
        match container {
            Container::Quote { .. } => {
                let mark = text
                    .get(line.edge(depth)..line.edge(depth + 1))
                    .unwrap_or_default();
                prefix.push_str(if mark.is_empty() { "> " } else { mark });
            }
            Container::Item(item) => prefix.extend(std::iter::repeat_n(' ', item.width)),
        }
    }
    prefix
}
