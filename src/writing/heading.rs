//! Headings: their level, on and off.

use super::command::Level;
use super::edit::{Changes, Draft};
use super::lines::{Kind, Line, columns};
use super::prose::{paragraph, table_start};
use super::region::Region;
use super::scanner::heading;

/// Gives the selected lines a level, or takes it away where all of them have it.
pub(super) fn set(draft: &mut Draft<'_>, level: Option<Level>) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let alone = region.selected.len() == 1;
    let lines: Vec<(usize, &Line)> = region
        .lines
        .iter()
        .enumerate()
        .take(region.selected.end)
        .skip(region.selected.start)
        .filter(|(at, line)| match line.kind {
            Kind::Heading => true,
            Kind::Blank => alone && !line.ends_with_mark(),
            Kind::Text => !in_table(text, &region, *at),
            _ => false,
        })
        .collect();
    let wanted = level.map_or(0, Level::hashes);
    let all = lines
        .iter()
        .all(|(at, line)| level_of(text, &region, *at, line) == wanted);
    let wanted = if all { 0 } else { wanted };
    let mut changes = Changes::default();
    for (at, line) in lines {
        change(text, &region, at, line, wanted, &mut changes);
    }
    if changes.is_empty() {
        return None;
    }
    draft.apply(changes);
    Some(())
}

fn in_table(text: &str, region: &Region, at: usize) -> bool {
    let lines = paragraph(region, at);
    let table = table_start(text, region.lines.get(lines.clone()).unwrap_or_default());
    table.is_some_and(|table| at >= lines.start + table)
}

/// The line that makes a heading of the lines above it.
fn underline(region: &Region, at: usize) -> Option<&Line> {
    let next = region.lines.get(at + 1)?;
    (next.kind == Kind::Underline).then_some(next)
}

fn level_of(text: &str, region: &Region, at: usize, line: &Line) -> usize {
    if line.kind == Kind::Heading {
        return heading(line.text(text)).map_or(0, |(level, _)| level);
    }
    underline(region, at).map_or(0, |line| {
        if line.text(text).starts_with('=') {
            1
        } else {
            2
        }
    })
}

fn change(
    text: &str,
    region: &Region,
    at: usize,
    line: &Line,
    wanted: usize,
    changes: &mut Changes,
) {
    let hashes = "#".repeat(wanted);
    if line.kind == Kind::Heading {
        let (level, length) = heading(line.text(text)).unwrap_or_default();
        let mark = line.content..line.content + level;
        if wanted == 0 {
            changes.remove(line.content..line.content + length);
        } else if wanted > level {
            changes.insert(mark.end, "#".repeat(wanted - level));
        } else {
            changes.remove(mark.start + wanted..mark.end);
        }
        return;
    }
    if let Some(below) = underline(region, at) {
        changes.remove(line.end..below.end);
    }
    if wanted > 0 {
        // Indented further, it would stay a paragraph's line.
        let before = text.get(line.inner()..line.content).unwrap_or_default();
        if columns(before) > 3 {
            changes.remove(line.inner()..line.content);
        }
        changes.insert(line.content, format!("{hashes} "));
    }
}
