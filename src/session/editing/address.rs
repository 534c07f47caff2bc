//! The page's address: where an edit moves it, and what keeps old links alive.

use crate::yaml::{KeyPath, Value};

use super::super::effect::Effect;
use super::super::msg::Millis;
use super::super::view::{Notice, Tone};
use super::Editing;

impl Editing {
    pub(super) fn address(&self) -> Option<String> {
        let address = &self.preview.variables().permalink;
        (!address.is_empty()).then(|| address.clone())
    }

    /// The address at opening, where an edit has moved the page away from it.
    pub(super) fn moved_from(&self) -> Option<String> {
        let before = self.opened_address.clone()?;
        let aliases = self.front_matter.value(&KeyPath::key("aliases"));
        let redirected = aliases.is_some_and(|list| {
            list.as_list()
                .is_some_and(|list| list.iter().any(|item| item.as_str() == Some(&before)))
        });
        (self.address()? != before && !redirected).then_some(before)
    }

    pub(super) fn keep_old_address(
        &mut self,
        at: Millis,
        notice: &mut Option<Notice>,
    ) -> Vec<Effect> {
        let Some(before) = self.moved_from() else {
            return Vec::new();
        };
        let slug = before
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let effects = self.field_edited(
            &KeyPath::key("slug"),
            Some(Value::String(slug.to_owned())),
            at,
        );
        self.history.close_group();
        if self.moved_from().is_some() {
            *notice = Some(Notice {
                tone: Tone::Info,
                text: format!(
                    "The slug is “{slug}” again, but the address also depends on the date: it was {before}."
                ),
            });
        }
        effects
    }

    pub(super) fn add_redirect(&mut self, at: Millis, notice: &mut Option<Notice>) -> Vec<Effect> {
        let Some(before) = self.moved_from() else {
            return Vec::new();
        };
        let path = KeyPath::key("aliases");
        let mut list = match self.front_matter.value(&path) {
            None => Vec::new(),
            Some(Value::List(list)) => list.clone(),
            Some(_) => {
                *notice = Some(Notice {
                    tone: Tone::Problem,
                    text: "“aliases” is not a list in this file; add the redirect under “Edit as YAML”."
                        .to_owned(),
                });
                return Vec::new();
            }
        };
        list.push(Value::String(before));
        let effects = self.field_edited(&path, Some(Value::List(list)), at);
        self.history.close_group();
        effects
    }
}
