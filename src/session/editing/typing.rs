//! What is typed in a text pane, as edits of the file.

use crate::post::Post;
use crate::text::{PaneChange, TextEdit, Units, pane_change};

use super::super::effect::Effect;
use super::super::history::{Change, Origin};
use super::super::msg::{Input, Millis, Selection};
use super::super::view::{Notice, Tone};
use super::super::{PaneId, Revision};
use super::Editing;
use super::change::{Moved, moved_with};

impl Editing {
    pub(super) fn body_typed(
        &mut self,
        base: Revision,
        changes: &[PaneChange],
        (before, after): (Selection, Selection),
        input: Input,
        at: Millis,
    ) -> Vec<Effect> {
        if base != self.revision {
            return vec![self.fill(PaneId::Body)];
        }
        self.place.0 = after;
        let mut effects = Vec::new();
        let mut done: Vec<(TextEdit, TextEdit)> = Vec::new();
        // The last one first: the places of the others stay right.
        for change in changes.iter().rev() {
            let made = self.pane_edit(change).and_then(|edit| {
                let (inverse, made) = self.apply(&edit, Some(PaneId::Body))?;
                effects.extend(made);
                Some((edit, inverse))
            });
            match made {
                Some(made) => done.push(made),
                // The pane has something that cannot be: it is shown again what there is.
                None => effects.push(self.fill(PaneId::Body)),
            }
        }
        if let Some((edit, _)) = done.last() {
            effects.push(self.mark(edit.span().start().plus(edit.insert().len())));
        }
        match <[_; 1]>::try_from(done) {
            Ok([(edit, inverse)]) => {
                let change = Change::new(Origin::Body, inverse, at).selecting(before, after);
                self.history.note(change, &edit, input);
            }
            Err(done) if done.is_empty() => {}
            Err(done) => {
                let inverses = done.into_iter().map(|(_, inverse)| inverse).collect();
                let change = Change::of_several(Origin::Body, inverses, at);
                self.history.push(change.selecting(before, after));
            }
        }
        effects
    }

    /// What a change in the body's pane is in the file.
    pub(super) fn pane_edit(&self, change: &PaneChange) -> Option<TextEdit> {
        let part = self.part(PaneId::Body);
        let units = self.units(part);
        pane_change(self.text.as_str(), part, &units, change, self.line_end)
    }

    pub(super) fn front_matter_typed(
        &mut self,
        base: Revision,
        change: &PaneChange,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        if base != self.revision {
            return vec![self.fill(PaneId::FrontMatter)];
        }
        let part = self.part(PaneId::FrontMatter);
        let line_end = self.line_end.as_str();
        let typed = change.insert.replace('\n', line_end);
        let edit = match self.post.front_matter {
            None => Some(TextEdit::insertion(
                part.start(),
                format!("---{line_end}{typed}{line_end}---{line_end}"),
            )),
            // Between two fences that touch, a line has to be made first.
            Some(block) if block.closed && block.content.is_empty() => Some(TextEdit::insertion(
                part.start(),
                format!("{typed}{line_end}"),
            )),
            Some(_) => {
                let text = self.text.as_str();
                pane_change(text, part, &Units::of(part.of(text)), change, self.line_end)
            }
        };
        let Some(edit) = edit else {
            return vec![self.fill(PaneId::FrontMatter)];
        };
        if let Some(block) = self.post.front_matter
            && block.closed
        {
            // A fence typed here would cut the front matter off and spill its rest into the text.
            let after = Post::parse(&edit.applied_to(self.text.as_str()));
            let now = after.front_matter.map(|block| block.content);
            if now.is_none_or(|now| moved_with(block.content, now, &edit) != Moved::Inside) {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text: "A line that starts with the closing fence would end the front matter right \
                           there, so it was not taken over. Indent or quote it."
                        .to_owned(),
                });
                return vec![self.fill(PaneId::FrontMatter)];
            }
        }
        self.drafts.clear();
        let Some((inverse, effects)) = self.apply(&edit, Some(PaneId::FrontMatter)) else {
            return vec![self.fill(PaneId::FrontMatter)];
        };
        let change = Change::new(Origin::FrontMatter, inverse, at);
        self.history.note(change, &edit, Input::Plain);
        effects
    }
}
