//! Tasks: done or not.

use super::edit::{Changes, Draft};
use super::list::box_of;
use super::region::Region;

/// Ticks the tasks of the selection, or unticks them where all are ticked.
pub(super) fn toggle(draft: &mut Draft<'_>) -> Option<()> {
    let text = draft.text();
    let region = Region::around(text, &draft.selection);
    let mut boxes: Vec<(usize, bool)> = Vec::new();
    for line in region.selected() {
        let Some((_, item)) = line.item() else {
            continue;
        };
        let first = region.index(item.at).and_then(|at| region.lines.get(at));
        if let Some((at, done, _)) = first.and_then(|line| box_of(text, line, item))
            && !boxes.contains(&(at, done))
        {
            boxes.push((at, done));
        }
    }
    let all = boxes.iter().all(|(_, done)| *done);
    let mut changes = Changes::default();
    for (at, done) in boxes {
        if done == all {
            changes.replace(at + 1..at + 2, if all { " " } else { "x" });
        }
    }
    if changes.is_empty() {
        return None;
    }
    let selection = draft.selection.clone();
    draft.apply(changes);
    draft.selection = selection;
    Some(())
}
