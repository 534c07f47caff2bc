//! A field of the form, and what its value is in the file.

use crate::text::TextEdit;
use crate::yaml::{KeyPath, Value};

use super::super::effect::Effect;
use super::super::history::{Change, Origin};
use super::super::msg::Millis;
use super::{Draft, Editing};

impl Editing {
    /// While the writer stays in a field, each value replaces the one before it: the edit is always made on the entry as
    /// it was when they came, so its style and its comment survive an empty moment between deleting and typing.
    pub(super) fn field_edited(
        &mut self,
        path: &KeyPath,
        value: Option<Value>,
        at: Millis,
    ) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(open) = self.history.take_open_field(path) {
            for edit in &open.edits {
                if let Some((_, more)) = self.apply(edit, None) {
                    effects.extend(more);
                }
            }
        }
        self.drafts.retain(|known, _| !path.contains(known));
        self.form.replace(None);
        // A box without a tick has no entry, unless the file was opened with one that says so.
        let off = Value::Bool(false);
        let was_off = self.opened_front_matter.value(path) == Some(&off);
        let value = value.filter(|value| *value != off || was_off);
        let set =
            self.front_matter
                .set(self.text.as_str(), path, value.as_ref(), &self.site.profile);
        match set {
            Ok(None) => {}
            Ok(Some(edit)) => {
                if let Some((inverse, more)) = self.apply(&edit, None) {
                    effects.extend(more);
                    let mut change = Change::new(Origin::Field(path.clone()), inverse, at);
                    if let Some((inverse, more)) = self.drop_bare_parent(path) {
                        effects.extend(more);
                        change.edits.insert(0, inverse);
                    }
                    self.history.push(change);
                }
            }
            Err(refusal) => {
                let refusal = refusal.to_string();
                self.drafts.insert(path.clone(), Draft { value, refusal });
            }
        }
        effects
    }

    /// A `params` that came with its first entry goes with its last one; one that the file had at opening stays.
    pub(super) fn drop_bare_parent(&mut self, path: &KeyPath) -> Option<(TextEdit, Vec<Effect>)> {
        let parent = path.parent()?;
        let bare = match self.front_matter.value(&parent)? {
            Value::Null => true,
            Value::Map(entries) => entries.is_empty(),
            _ => false,
        };
        if !bare || self.opened_front_matter.value(&parent).is_some() {
            return None;
        }
        let (text, profile) = (self.text.as_str(), &self.site.profile);
        let edit = self.front_matter.set(text, &parent, None, profile);
        self.apply(&edit.ok()??, None)
    }
}
