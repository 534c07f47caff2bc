//! The article beside the text, kept up to date.

use crate::preview::Page;
use crate::text::TextEdit;

use super::super::effect::Effect;
use super::Editing;

/// A block longer than this is not shown anew at each key but when the writer pauses, in bytes. No real one comes near.
const LARGE_BLOCK: usize = 32 << 10;

impl Editing {
    /// Whether an edit is in a block that costs more than a frame to show. Where the preview is behind, about there.
    pub(super) fn is_in_large_block(&self, edit: &TextEdit) -> bool {
        let at = edit.span().start();
        let blocks = self.preview.blocks();
        let next = blocks.partition_point(|block| block.span.start() <= at);
        let block = blocks.get(next.saturating_sub(1));
        block.is_some_and(|block| block.span.len() > LARGE_BLOCK)
    }

    /// Brings the preview up to date, if it is behind.
    pub(super) fn catch_up(&mut self) -> Vec<Effect> {
        if self.behind {
            vec![self.render(None)]
        } else {
            Vec::new()
        }
    }

    pub(super) fn render(&mut self, edit: Option<&TextEdit>) -> Effect {
        let edit = edit.filter(|_| !self.behind);
        self.behind = false;
        let resources: Vec<String> = self.files.iter().map(|file| file.name.clone()).collect();
        let page = Page {
            text: self.text.as_str(),
            post: &self.post,
            front_matter: self.front_matter.mapping(),
            path: None,
            resources: &resources,
            site: &self.site.index,
        };
        Effect::PatchPreview(self.preview.update(&page, edit))
    }
}
