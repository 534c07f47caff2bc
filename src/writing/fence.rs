//! Fenced code: around lines, new, and gone again.

use super::edit::{Changes, Draft, Side};
use super::insert::{self, prefix_of};
use super::lines::{Container, Kind, Line};
use super::region::Region;
use super::scanner::fence;

/// Puts fences around the selected lines; a caret gets a new, empty block. Inside of fenced code: another language, or no
/// fences any more where it is this one already.
pub(super) fn toggle(draft: &mut Draft<'_>, language: &str) -> Option<()> {
    let language = language.trim();
    if language.contains(['\n', '`']) {
        return None;
    }
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let lines = region.selected();
    let in_code =
        |line: &Line| matches!(line.kind, Kind::FenceOpen | Kind::Fenced | Kind::FenceClose);
    let first = lines.first()?;
    // A selection that begins with a whole block of code is lines like others.
    let within = in_code(first) && (first.kind != Kind::FenceOpen || lines.iter().all(in_code));
    if within && lines.iter().all(in_code) && (lines.len() == 1 || !is_block(lines)) {
        return change(draft, &region, Some(language));
    }
    if draft.selection.is_empty() {
        let block = format!("```{language}\n\n```");
        let start = insert::place(draft, &block)?;
        let line_end = draft.text().get(start..)?.find('\n')?;
        let inside = draft.text().get(start + line_end + 1..)?;
        let length = inside.find('\n').unwrap_or(inside.len());
        let caret = start + line_end + 1 + length;
        draft.selection = caret..caret;
        return Some(());
    }
    wrap(draft, lines, language)
}

/// Takes away the fences around the caret, whatever the language.
pub(super) fn remove(draft: &mut Draft<'_>) -> Option<()> {
    let region = Region::around(draft.text(), &draft.selection);
    let in_code =
        |line: &Line| matches!(line.kind, Kind::FenceOpen | Kind::Fenced | Kind::FenceClose);
    let all = region.selected().iter().all(in_code);
    all.then(|| change(draft, &region, None))?
}

/// Whether lines are a block of code from fence to fence.
fn is_block(lines: &[Line]) -> bool {
    lines
        .first()
        .is_some_and(|line| line.kind == Kind::FenceOpen)
        && lines
            .last()
            .is_some_and(|line| line.kind == Kind::FenceClose)
}

/// Fences around lines, longer than any inside.
fn wrap(draft: &mut Draft<'_>, lines: &[Line], language: &str) -> Option<()> {
    let text = draft.text();
    let (first, last) = (lines.first()?, lines.last()?);
    // A part of a block of code cannot be code by itself.
    let cut = |line: &Line| {
        matches!(
            line.kind,
            Kind::Fenced | Kind::FenceClose | Kind::Raw { first: false }
        )
    };
    let open = lines.iter().rev().find_map(|line| match line.kind {
        Kind::FenceOpen => Some(true),
        Kind::FenceClose => Some(false),
        _ => None,
    });
    if cut(first) || open == Some(true) || lines.iter().any(|line| line.lazy) {
        return None;
    }
    // A quotation has its mark on every line; of an item that begins here only the first line would be inside.
    let depth = first
        .containers
        .iter()
        .enumerate()
        .take_while(|(depth, container)| {
            (*depth < first.continued || matches!(container, Container::Quote { .. }))
                && lines
                    .iter()
                    .all(|line| line.containers.get(*depth) == Some(*container))
        })
        .count();
    let longest = lines
        .iter()
        .map(|line| {
            let own = line.text(text);
            own.bytes().take_while(|byte| *byte == b'`').count()
        })
        .max()
        .unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    let mut changes = Changes::default();
    let prefix = prefix_of(text, first, depth);
    changes.insert(first.edge(depth), format!("{ticks}{language}\n{prefix}"));
    let prefix = prefix_of(text, last, depth);
    changes.insert(last.end, format!("\n{prefix}{ticks}"));
    draft.apply_beside(changes, Side::After, Side::Before);
    Some(())
}

/// Gives code another language, or takes its fences away: where there is no other.
fn change(draft: &mut Draft<'_>, region: &Region, language: Option<&str>) -> Option<()> {
    let text = draft.text();
    let at = region.selected.start;
    let (index, open) = region
        .lines
        .iter()
        .enumerate()
        .take(at + 1)
        .rev()
        .find(|(_, line)| line.kind == Kind::FenceOpen)?;
    let (_, length) = fence(open.text(text))?;
    let info = open.content + length..open.end;
    let mut changes = Changes::default();
    let now = text.get(info.clone())?.trim();
    if let Some(language) = language.filter(|language| *language != now) {
        changes.replace(info, language);
        draft.apply(changes);
        return Some(());
    }
    let close = region
        .lines
        .iter()
        .skip(index + 1)
        .find(|line| !matches!(line.kind, Kind::Fenced))
        .filter(|line| line.kind == Kind::FenceClose);
    let next = region.lines.get(index + 1)?;
    // The marks before the fence stay, with the next line's text behind them.
    changes.remove(open.inner()..next.inner().min(next.end));
    if let Some(close) = close {
        let before = if close.start == next.start {
            close.inner()
        } else {
            close.start - 1
        };
        changes.remove(before..close.end);
    }
    draft.apply(changes);
    Some(())
}
