//! The form as the screen shows it, derived from the front matter and from what the file could not take.

use std::rc::Rc;

use crate::site::profile::FieldKind;
use crate::text::LineColumn;
use crate::yaml::{self, KeyPath, Value};

use super::super::PaneId;
use super::super::effect::{Effect, Target};
use super::super::msg::Selection;
use super::super::view::{FieldView, FormView, OtherEntry, Refused};
use super::Editing;

/// Why the form is off while another tab writes.
const READ_ONLY: &str = "The fields are for reading until this tab writes.";

impl Editing {
    pub(super) fn form(&self) -> Rc<FormView> {
        let mut cached = self.form.borrow_mut();
        if let Some(form) = cached.as_ref() {
            return Rc::clone(form);
        }
        let locked = self.front_matter.locked();
        let fields = self.site.profile.fields.iter().map(|field| {
            let written = self.front_matter.value(&field.path);
            let mut value = written.map(|value| shown(value, &field.kind));
            let mut refused = Vec::new();
            for (path, draft) in &self.drafts {
                if let Some(below) = field.path.below(path) {
                    value = Value::put(value.as_ref(), &below, draft.value.as_ref());
                    refused.push(Refused {
                        path: path.clone(),
                        reason: draft.refusal.clone(),
                    });
                }
            }
            FieldView {
                field: Rc::clone(field),
                value,
                written: written.is_some(),
                refused,
            }
        });
        let others = self.front_matter.others(&self.site.profile);
        let form = Rc::new(FormView {
            locked: if self.locked {
                Some(READ_ONLY.to_owned())
            } else {
                locked.map(|problem| problem.message.clone())
            },
            fields: fields.collect(),
            others: others
                .into_iter()
                .map(|entry| OtherEntry {
                    path: entry.path,
                    source: entry.span.of(self.text.as_str()).to_owned(),
                    line: LineColumn::of(self.text.as_str(), entry.span.start()).line,
                })
                .collect(),
            address: self.address(),
            moved_from: self.moved_from(),
        });
        *cached = Some(Rc::clone(&form));
        form
    }

    /// Shows the text of the front matter with the entry selected.
    pub(super) fn open_entry(&mut self, path: &KeyPath) -> Vec<Effect> {
        self.raw_shown = true;
        self.history.close_group();
        let mut effects = vec![self.fill(PaneId::FrontMatter)];
        let shown = self.part(PaneId::FrontMatter);
        if let Some(entry) = self.front_matter.entry(path)
            && shown.contains(entry)
        {
            effects.push(Effect::Focus(Target::Part(
                PaneId::FrontMatter,
                Selection {
                    from: self.in_pane(shown, entry.start()),
                    to: self.in_pane(shown, entry.end()),
                },
            )));
        }
        effects
    }
}

/// A value as its field shows it: prose without the line breaks that only wrap it.
fn shown(value: &Value, kind: &FieldKind) -> Value {
    match (value, kind) {
        (Value::String(text), FieldKind::Prose | FieldKind::Heading) => {
            Value::String(yaml::unwrapped(text))
        }
        (Value::List(records), FieldKind::Records(columns)) => Value::List(
            records
                .iter()
                .map(|record| {
                    let long = columns.iter().filter(|column| column.long);
                    long.fold(record.clone(), |record, column| {
                        let text = record.get(&column.key).and_then(Value::as_str);
                        let plain = text.map(|text| Value::String(yaml::unwrapped(text)));
                        let path = KeyPath::key(&column.key);
                        match plain {
                            Some(plain) => {
                                Value::put(Some(&record), &path, Some(&plain)).unwrap_or(record)
                            }
                            None => record,
                        }
                    })
                })
                .collect(),
        ),
        (value, _) => value.clone(),
    }
}
