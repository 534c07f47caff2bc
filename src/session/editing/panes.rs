//! What the text panes show of the file, and where.

use crate::text::{BytePos, PaneChange, Span, TextEdit, Utf16Pos, pane_text};

use super::super::PaneId;
use super::super::effect::Effect;
use super::Editing;

impl Editing {
    /// What a pane shows. The Markdown pane shows the whole file while its front matter is never closed: there the writer
    /// can mend it.
    pub(super) fn part(&self, pane: PaneId) -> Span {
        match (pane, self.post.front_matter) {
            (PaneId::Body, Some(block)) if !block.closed => {
                Span::new(block.whole.start(), BytePos::new(self.text.as_str().len()))
            }
            (PaneId::Body, _) => self.post.body,
            (PaneId::FrontMatter, Some(block)) if block.closed => {
                // Without the line end before the fence: what is typed at the end must not run into the fence.
                let shown = block.content.of(self.text.as_str());
                let shown = shown.strip_suffix('\n').unwrap_or(shown);
                let shown = shown.strip_suffix('\r').unwrap_or(shown);
                Span::new(
                    block.content.start(),
                    block.content.start().plus(shown.len()),
                )
            }
            (PaneId::FrontMatter, _) => Span::at(self.post.body.start()),
        }
    }

    pub(super) fn fill(&self, pane: PaneId) -> Effect {
        Effect::FillPane {
            pane,
            text: pane_text(self.part(pane).of(self.text.as_str())).into(),
            revision: self.revision,
        }
    }

    pub(super) const fn stamp(&self, pane: PaneId) -> Effect {
        Effect::StampPane {
            pane,
            revision: self.revision,
        }
    }

    /// The edit as the body's pane would report it, where it lies in the body.
    pub(super) fn as_pane_change(&self, edit: &TextEdit, body: Span) -> Option<PaneChange> {
        if !body.contains(edit.span()) {
            return None;
        }
        Some(PaneChange {
            from: self.in_pane(body, edit.span().start()),
            to: self.in_pane(body, edit.span().end()),
            insert: pane_text(edit.insert()),
        })
    }

    /// Where a pane that shows `part` has a place of the file, which lies in that part.
    pub(super) fn in_pane(&self, part: Span, at: BytePos) -> Utf16Pos {
        let within = BytePos::new(at.get() - part.start().get());
        self.units(part).at(part.of(self.text.as_str()), within)
    }
}
