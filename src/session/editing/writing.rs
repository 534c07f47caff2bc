//! Commands of the Markdown pane, carried out on what it shows.

use crate::session::effect::Effect;
use crate::session::history::{Change, Origin};
use crate::session::msg::{Millis, Selection};
use crate::session::view::{Counts, HeadingView};
use crate::session::{PaneId, Revision};
use crate::text::{BytePos, PaneChange, Span, TextEdit, Units, Utf16Pos, pane_text};
use crate::writing::{self, Command, Edit};

use super::change::Moved;
use super::{Editing, MANY};

impl Editing {
    /// Carries out a command as one step of the history. `instead`: what is selected goes first.
    pub(super) fn command_given(
        &mut self,
        base: Revision,
        command: &Command,
        selection: Selection,
        instead: bool,
        at: Millis,
    ) -> Vec<Effect> {
        // Taken back, the caret is behind what called for the command.
        let before = Selection {
            from: if instead {
                selection.to
            } else {
                selection.from
            },
            to: selection.to,
        };
        self.write(base, (selection, before), at, |shown, selected| {
            if instead {
                run_instead(shown, selected, command)
            } else {
                writing::run(shown, selected, command)
            }
        })
        .unwrap_or_else(|| vec![Effect::DoAsUsual(command.clone())])
    }

    /// Moves the first section in front of the second heading.
    pub(super) fn section_moved(
        &mut self,
        base: Revision,
        (which, before): (usize, usize),
        selection: Selection,
        at: Millis,
    ) -> Vec<Effect> {
        self.write(base, (selection, selection), at, |shown, _| {
            writing::move_section(shown, which, before)
        })
        .unwrap_or_default()
    }

    /// The headings of the text.
    pub(in crate::session) fn outline(&self) -> Vec<HeadingView> {
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let units = Units::of(&shown);
        let items = writing::outline(&shown);
        let starts: Vec<BytePos> = items.iter().map(|item| item.section.start()).collect();
        items
            .into_iter()
            .map(|item| HeadingView {
                level: item.level,
                at: units.at(&shown, item.section.start()),
                next: starts.partition_point(|start| *start < item.section.end()),
                id: self.heading_id(units.at(&shown, item.section.start())),
                text: item.text,
            })
            .collect()
    }

    /// The id of the heading at a place, as the article has it.
    fn heading_id(&self, at: Utf16Pos) -> Option<String> {
        let at = self.in_file(at);
        let blocks = self.preview.blocks();
        let next = blocks.partition_point(|block| block.span.start() <= at);
        let html = &blocks.get(next.checked_sub(1)?)?.html;
        let tag = html.trim_start().strip_prefix("<h")?.split_once('>')?.0;
        let id = tag.split_once(" id=\"")?.1.split_once('"')?.0;
        // What would have to be written otherwise in an address is rare enough to be left out.
        (!id.contains(['&', ' ', '(', ')', '<', '>'])).then(|| id.to_owned())
    }

    /// How long the text is.
    pub(super) fn counts(&self) -> Counts {
        let variables = self.preview.variables();
        let head = self
            .text
            .as_str()
            .get(..self.part(PaneId::Body).start().get());
        Counts {
            words: variables.word_count,
            characters: self.characters,
            minutes: variables.reading_time,
            first_line: pane_text(head.unwrap_or_default()).matches('\n').count() + 1,
        }
    }

    /// Counts along with an edit, which `inverse` takes back.
    pub(super) fn count(&mut self, moved: Moved, edit: &TextEdit, inverse: &TextEdit) {
        match moved {
            Moved::Aside => {}
            Moved::Inside => {
                let more = self.characters + characters(edit.insert());
                self.characters = more.saturating_sub(characters(inverse.insert()));
            }
            Moved::Away => self.count_all(),
        }
    }

    /// Counts the whole text.
    pub(super) fn count_all(&mut self) {
        self.characters = characters(self.part(PaneId::Body).of(self.text.as_str()));
    }

    /// Makes the edit that `what` answers for the pane's text and a part of it. The history keeps `before` as what was
    /// selected. `None` where there is no edit.
    pub(super) fn write(
        &mut self,
        base: Revision,
        (part, before): (Selection, Selection),
        at: Millis,
        what: impl FnOnce(&str, Span) -> Option<Edit>,
    ) -> Option<Vec<Effect>> {
        if base != self.revision {
            return Some(vec![self.fill(PaneId::Body)]);
        }
        let shown = pane_text(self.part(PaneId::Body).of(self.text.as_str()));
        let units = Units::of(&shown);
        let selected = Span::new(
            units.byte(&shown, part.from),
            units.byte(&shown, part.to.max(part.from)),
        );
        let edit = what(&shown, selected)?;
        let in_pane = |at: BytePos| units.at(&shown, at);
        let changes: Vec<PaneChange> = edit
            .changes
            .iter()
            .map(|change| PaneChange {
                from: in_pane(change.span().start()),
                to: in_pane(change.span().end()),
                insert: change.insert().to_owned(),
            })
            .collect();
        let after = selection_after(&edit, &shown);
        Some(self.make(&changes, before, after, at))
    }

    /// Makes changes of the pane that nobody typed: the pane is told, and one undo takes them all back.
    fn make(
        &mut self,
        changes: &[PaneChange],
        before: Selection,
        after: Selection,
        at: Millis,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut inverses = Vec::new();
        let mut first = None;
        self.gathers = changes.len() > MANY;
        // The last one first: the places of the others stay right.
        for change in changes.iter().rev() {
            let made = self.pane_edit(change).and_then(|edit| {
                let (inverse, made) = self.apply(&edit, None)?;
                effects.extend(made);
                first = Some(edit.span().start().plus(edit.insert().len()));
                Some(inverse)
            });
            inverses.extend(made);
        }
        effects.extend(self.gathered());
        effects.push(Effect::SelectInPane(after));
        effects.extend(first.map(|at| self.mark(at)));
        if !inverses.is_empty() {
            let change = Change::of_several(Origin::Body, inverses, at);
            self.history.push(change.selecting(before, after));
        }
        effects
    }

    /// Ends a row of edits: the preview is brought up to date where it waited for it.
    pub(super) fn gathered(&mut self) -> Option<Effect> {
        let gathered = std::mem::take(&mut self.gathers) && self.behind;
        gathered.then(|| self.render(None))
    }
}

fn characters(text: &str) -> usize {
    text.chars().filter(|c| !matches!(c, '\n' | '\r')).count()
}

/// Where a pane that shows the text after `edit` has what is selected then.
fn selection_after(edit: &Edit, shown: &str) -> Selection {
    let after = edit.applied_to(shown);
    let (from, to) = (edit.selection.start(), edit.selection.end());
    Selection {
        from: Utf16Pos::of(&after, from),
        to: Utf16Pos::of(&after, to),
    }
}

/// Carries out a command in the text without what is selected, and answers what changes in the text with it.
fn run_instead(shown: &str, selected: Span, command: &Command) -> Option<Edit> {
    let gone = TextEdit::removal(selected);
    let without = gone.applied_to(shown);
    let edit = writing::run(&without, Span::at(selected.start()), command)?;
    let (start, end) = (selected.start().get(), selected.end().get());
    let mut left = Some(gone);
    let mut changes = Vec::with_capacity(edit.changes.len() + 1);
    for change in edit.changes {
        let (from, to) = (change.span().start().get(), change.span().end().get());
        if from > start {
            changes.extend(left.take());
        }
        let behind = |at: usize| at + (end - start);
        // The change that reaches the place takes along what goes there.
        let span = if to < start {
            from..to
        } else if left.take().is_some() {
            from..behind(to)
        } else {
            behind(from)..behind(to)
        };
        changes.push(TextEdit::new(Span::from_range(span), change.insert()));
    }
    changes.extend(left);
    Some(Edit {
        changes,
        selection: edit.selection,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writing::Level;

    #[test]
    fn the_slash_goes_with_the_command() {
        for (command, wanted) in [
            (Command::Heading(Some(Level::H2)), "one\n\n## \n\ntwo\n"),
            (Command::BulletList, "one\n\n- \n\ntwo\n"),
            (Command::Divider, "one\n\n---\n\ntwo\n"),
            (Command::Quote, "one\n\n> \n\ntwo\n"),
            (
                Command::Fence {
                    language: "sh".to_owned(),
                },
                "one\n\n```sh\n\n```\n\ntwo\n",
            ),
            (
                Command::InsertInline("![]()".to_owned()),
                "one\n\n![]()\n\ntwo\n",
            ),
        ] {
            let shown = "one\n\n/\n\ntwo\n";
            let slash = Span::from_range(5..6);
            let edit = run_instead(shown, slash, &command);
            let after = edit.map(|edit| edit.applied_to(shown));
            assert_eq!(after.as_deref(), Some(wanted), "{command:?}");
        }
    }

    #[test]
    fn a_footnote_leaves_a_text_with_both_its_parts() {
        let shown = "one\n\n/\n\ntwo\n";
        let edit = run_instead(shown, Span::from_range(5..6), &Command::Footnote).unwrap();
        let without = "one\n\n\n\ntwo\n";
        let plain = writing::run(without, Span::from_range(5..5), &Command::Footnote).unwrap();
        assert_eq!(edit.applied_to(shown), plain.applied_to(without));
        assert_eq!(edit.selection, plain.selection);
    }
}
