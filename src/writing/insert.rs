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

/// Markdown in the place of the selection. Several lines are blocks: blank lines come around them, and each line begins
/// with the marks of what the caret stands in.
pub(super) fn paste(draft: &mut Draft<'_>, markdown: &str) -> Option<()> {
    let markdown = markdown.trim_matches('\n');
    if markdown.is_empty() {
        return None;
    }
    if !draft.selection.is_empty() {
        let mut changes = Changes::default();
        changes.remove(draft.selection.clone());
        draft.apply(changes);
    }
    let first = markdown.split('\n').next().unwrap_or_default();
    let is_list = item_mark(first).is_some();
    if !markdown.contains('\n') && !is_list {
        return inline(draft, markdown);
    }
    let text = draft.text();
    let at = draft.selection.start;
    let region = Region::around(text, &draft.selection);
    let line = region.line()?;
    if line.kind.is_literal() {
        return None;
    }
    let head = text.get(line.inner().min(at)..at).unwrap_or_default();
    let after = text.get(at..line.end).unwrap_or_default();
    let mut depth = written(text, line);
    let mut start = at;
    // In an item with nothing in it yet, a pasted list goes on with the list.
    let innermost = line.containers.len().checked_sub(1);
    let own = innermost.and_then(|own| line.item_at(own).map(|item| (own, item)));
    let empty_item =
        own.filter(|(_, item)| is_list && line.begins(*item) && line.content >= line.end);
    if let Some((own, _)) = empty_item {
        depth = own;
        start = line.edge(own);
    }
    let prefix = prefix_of(text, line, depth);
    let blank = prefix.trim_end_matches([' ', '\t']).to_owned();
    let body: Vec<String> = markdown
        .split('\n')
        .enumerate()
        .map(|(index, part)| match (index, part.is_empty()) {
            (0, _) => part.to_owned(),
            (_, true) => blank.clone(),
            _ => format!("{prefix}{part}"),
        })
        .collect();
    let body = body.join("\n");
    let above = region
        .selected
        .start
        .checked_sub(1)
        .and_then(|above| region.lines.get(above));
    let mut fresh = String::new();
    if !head.trim().is_empty() {
        fresh = format!("\n{blank}\n{prefix}");
        start = at - (head.len() - head.trim_end_matches([' ', '\t']).len());
    } else if line.kind == Kind::Blank
        && empty_item.is_none()
        && above.is_some_and(|above| !above.is_blank())
    {
        fresh = format!("\n{prefix}");
    }
    fresh.push_str(&body);
    let end = start + fresh.len();
    let next = text
        .get(line.end + 1..)
        .and_then(|rest| rest.split('\n').next())
        .is_some_and(|next| !next.trim_matches([' ', '\t', '>']).is_empty());
    if !after.trim().is_empty() {
        fresh = format!("{fresh}\n{blank}\n{prefix}");
    } else if next && empty_item.is_none() {
        fresh = format!("{fresh}\n{blank}");
    }
    let mut changes = Changes::default();
    let gap = after.len() - after.trim_start_matches([' ', '\t']).len();
    changes.replace(start..at + gap, fresh);
    draft.apply(changes);
    draft.selection = end..end;
    Some(())
}

/// How long the mark of a list's item is at a line's start.
fn item_mark(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?;
    let mark = if digits == 0 {
        ["- ", "* "]
    } else {
        [". ", ") "]
    };
    mark.iter()
        .any(|mark| rest.starts_with(mark))
        .then_some(digits + 2)
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
