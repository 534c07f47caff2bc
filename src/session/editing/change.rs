//! A change of the text, and everything that is derived from it anew.

use crate::front_matter::FrontMatter;
use crate::post::Post;
use crate::review;
use crate::text::{BytePos, Span, TextEdit};

use super::super::PaneId;
use super::super::effect::{Effect, Target};
use super::super::history::{Change, Origin, Side};
use super::{Editing, MANY};

impl Editing {
    /// Makes the change in the text and derives everything from it anew. Answers the inverse and what the screen needs.
    pub(super) fn apply(
        &mut self,
        edit: &TextEdit,
        typed_in: Option<PaneId>,
    ) -> Option<(TextEdit, Vec<Effect>)> {
        let body_before = self.part(PaneId::Body);
        let front_before = self.part(PaneId::FrontMatter);
        let block_before = self
            .post
            .front_matter
            .map_or(0, |block| block.whole.end().get());
        // The pane that reported the change has it already; to count its way there would cost a walk through the text.
        let pane_edit = (typed_in != Some(PaneId::Body))
            .then(|| self.as_pane_change(edit, body_before))
            .flatten();
        let old_body = self.post.body;
        let to_store = self.to_be_stored(edit);
        let inverse = self.text.apply(edit).ok()?;
        self.revision = self.revision.next();
        let touches_front = edit.span().start().get() < block_before || block_before == 0;
        if touches_front {
            self.post = Post::parse(self.text.as_str());
            self.front_matter = FrontMatter::read(self.text.as_str(), &self.post);
            self.form.replace(None);
        } else {
            // The front matter ends before the change: only the body's end moves.
            self.post.body = Span::new(
                self.post.body.start(),
                BytePos::new(self.text.as_str().len()),
            );
        }

        match moved_with(old_body, self.post.body, edit) {
            Moved::Aside => {}
            Moved::Inside => {
                let at = edit.span().start().get() - old_body.start().get();
                let opened = self.opened_post.body.of(self.opened.as_str());
                let now = self.post.body.of(self.text.as_str());
                self.common
                    .edited(opened, now, BytePos::new(at), edit.insert().len());
            }
            Moved::Away => self.compare(),
        }

        let mut effects = Vec::new();
        for (pane, before) in [
            (PaneId::Body, body_before),
            (PaneId::FrontMatter, front_before),
        ] {
            let now = self.part(pane);
            let moved = moved_with(before, now, edit);
            if pane == PaneId::Body {
                self.move_units(moved, before, edit);
                self.count(moved, edit, &inverse);
            }
            let shown = moved == Moved::Aside || (moved == Moved::Inside && typed_in == Some(pane));
            effects.push(match (&pane_edit, pane) {
                _ if shown => self.stamp(pane),
                (Some(change), PaneId::Body) if moved == Moved::Inside => Effect::ChangePane {
                    pane,
                    change: change.clone(),
                    select: None,
                    revision: self.revision,
                },
                _ => self.fill(pane),
            });
        }
        if self.gathers {
            self.behind = true;
        } else if typed_in == Some(PaneId::Body) && self.is_in_large_block(edit) {
            self.behind = true;
            effects.push(Effect::RenderLater);
        } else {
            effects.push(self.render(Some(edit)));
        }
        if let Some(edit) = to_store {
            effects.extend(self.draft_edited(edit));
        }
        Some((inverse, effects))
    }

    /// Compares the body with the one that was opened, from one end to the other.
    pub(super) fn compare(&mut self) {
        let opened = self.opened_post.body.of(self.opened.as_str());
        let now = self.post.body.of(self.text.as_str());
        self.common = review::Common::of(opened, now);
    }

    pub(super) fn turn(&mut self, mut change: Change, side: Side) -> Vec<Effect> {
        let mut inverses = Vec::new();
        let mut effects = Vec::new();
        self.gathers = change.edits.len() > MANY;
        for edit in &change.edits {
            if let Some((inverse, more)) = self.apply(edit, None) {
                inverses.push(inverse);
                effects.extend(more);
            }
        }
        effects.extend(self.gathered());
        if let Some(files) = &mut change.files {
            std::mem::swap(files, &mut self.files);
            effects.extend(self.files_changed());
        }
        match &change.origin {
            Origin::Files => {}
            Origin::Body => {
                if let Some(Effect::ChangePane { select, .. }) = effects
                    .iter_mut()
                    .rev()
                    .find(|effect| matches!(effect, Effect::ChangePane { .. }))
                {
                    *select = change.selection;
                }
                effects.push(Effect::Focus(Target::Pane(PaneId::Body)));
            }
            Origin::Field(path) => {
                self.drafts.retain(|known, _| !path.contains(known));
                effects.push(Effect::Focus(Target::Field(path.clone())));
            }
            Origin::FrontMatter => {
                if self.raw_shown {
                    effects.push(Effect::Focus(Target::Pane(PaneId::FrontMatter)));
                }
            }
        }
        self.history.turn(change, inverses, side);
        effects
    }
}

/// What an edit did to a part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It lies elsewhere; the part is as it was.
    Aside,
    /// It lies inside; the part changed by it and nothing else.
    Inside,
    /// The part begins or ends somewhere else now.
    Away,
}

pub(super) fn moved_with(before: Span, now: Span, edit: &TextEdit) -> Moved {
    let (from, to) = (edit.span().start(), edit.span().end());
    let grown = edit.insert().len();
    let shrunk = edit.span().len();
    let after = |pos: BytePos| BytePos::new(pos.get() + grown - shrunk);
    if before.contains(edit.span())
        && now.start() == before.start()
        && now.end() == after(before.end())
    {
        Moved::Inside
    } else if (to <= before.start()
        && now.start() == after(before.start())
        && now.end() == after(before.end()))
        || (from >= before.end() && now == before)
    {
        Moved::Aside
    } else {
        Moved::Away
    }
}
