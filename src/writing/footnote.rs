//! Footnotes: the mark in the text and the note at its end.

use super::edit::{Changes, Draft};
use super::lines::Kind;
use super::prose;
use super::reading::{Labels, Reading};
use super::region::Region;
use super::scanner::Scanner;

/// Puts a footnote's mark behind the caret or the selection and its note at the end, where the caret goes.
pub(super) fn insert(draft: &mut Draft<'_>) -> Option<()> {
    let text = draft.text();
    let at = draft.selection.end;
    let region = Region::around(text, &(at..at));
    let line = region.line()?;
    let writes = matches!(line.kind, Kind::Text | Kind::Heading | Kind::Blank);
    if !writes || at < line.inner() {
        return None;
    }
    for prose in prose::selected(text, &region, &(at..at)) {
        let reading = Reading::of(&prose.text, &Labels::default());
        if reading.whole_around(prose.here(at)).is_some() {
            return None;
        }
    }
    let last = Scanner::new(text)
        .filter(|line| line.kind != Kind::Blank)
        .last();
    if last.as_ref().is_some_and(|line| {
        matches!(
            line.kind,
            Kind::FenceOpen | Kind::Fenced | Kind::Raw { first: false }
        )
    }) {
        return None;
    }
    let number = next_number(text);
    let mark = format!("[^{number}]");
    let end = text.trim_end_matches(['\n', ' ', '\t']).len().max(at);
    let among_notes = last
        .filter(|last| last.start != line.start)
        .is_some_and(|line| is_note(line.text(text)));
    let gap = if among_notes { "\n" } else { "\n\n" };
    let note = format!("{gap}{mark}: ");
    let caret = end + mark.len() + note.len();
    let mut changes = Changes::default();
    changes.insert(at, mark);
    changes.insert(end, note);
    draft.apply(changes);
    draft.selection = caret..caret;
    Some(())
}

/// Whether a line begins a footnote's text.
fn is_note(line: &str) -> bool {
    line.starts_with("[^") && line.contains("]:")
}

/// One more than the largest number a footnote has.
fn next_number(text: &str) -> u32 {
    let numbers = text.match_indices("[^").filter_map(|(at, _)| {
        let (label, _) = text.get(at + 2..)?.split_once(']')?;
        label.parse::<u32>().ok()
    });
    numbers.max().unwrap_or(0).saturating_add(1)
}
