//! What the screen shows of an open post.

use std::rc::Rc;

use crate::review;
use crate::text::{LineColumn, Problem};
use crate::yaml::{KeyPath, Value};

use super::super::surface::Surface;
use super::super::view::{ArticleView, EditorView, ProblemView};
use super::Editing;

impl Editing {
    pub(in super::super) fn view(&self, asks_to_close: bool, surface: Surface) -> EditorView {
        let variables = self.preview.variables();
        EditorView {
            file_name: self.file_name.clone(),
            heading: if variables.title.is_empty() {
                self.file_name.clone()
            } else {
                variables.title.clone()
            },
            form: self.form(),
            raw_front_matter: self.raw_shown,
            article: self.article(),
            surface: self.surface(surface),
            problems: self.problems(),
            tab: self.tab_view(),
            has_versions: self
                .drafting()
                .is_some_and(|drafting| drafting.journal.is_some()),
            status: self.status(),
            changes: self.changes(),
            counts: self.counts(),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
            asks_to_close,
            formatting: self.formatting.clone(),
            call: self.call.as_ref().map(|open| Rc::clone(&open.call)),
        }
    }

    pub(super) fn changes(&self) -> String {
        let opened = review::Side {
            text: &self.opened,
            post: &self.opened_post,
            front_matter: &self.opened_front_matter,
        };
        let now = review::Side {
            text: &self.text,
            post: &self.post,
            front_matter: &self.front_matter,
        };
        review::summary(opened, now, self.common, &self.site.profile)
    }

    pub(super) fn problems(&self) -> Vec<ProblemView> {
        let all: [&[Problem]; 3] = [
            &self.post.problems,
            self.front_matter.problems(),
            self.preview.problems(),
        ];
        all.into_iter()
            .flatten()
            .map(|problem| ProblemView {
                at: LineColumn::of(self.text.as_str(), problem.span.start()),
                message: problem.message.clone(),
            })
            .collect()
    }

    pub(super) fn article(&self) -> ArticleView {
        let variables = self.preview.variables();
        let shows_cover = self
            .front_matter
            .value(&KeyPath::of(&["params", "showCover"]));
        ArticleView {
            address: variables.permalink.clone(),
            title: variables.title.clone(),
            author: variables.author_name.clone(),
            avatar: variables.author_avatar.clone(),
            date: variables.date.clone(),
            reading_time: variables.reading_time,
            cover: (shows_cover == Some(&Value::Bool(true)))
                .then(|| variables.cover.clone())
                .flatten(),
        }
    }
}
