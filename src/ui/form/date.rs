//! The day, by the browser's own picker. The time and the zone the file has stay as they are written.

use yew::prelude::*;

use crate::day::Day;
use crate::front_matter::WrittenDate;
use crate::yaml::Value;

use super::{FieldProps, typed};

/// A box for a day.
pub(super) struct DateBox {
    pub(super) id: String,
    /// The name, where a label alone would not tell this box from others.
    pub(super) labelled_by: Option<String>,
    pub(super) described_by: Option<String>,
    /// As the file has it.
    pub(super) written: String,
    /// How a new one is written.
    pub(super) usual: fn(Day) -> String,
    pub(super) locked: bool,
    pub(super) invalid: Option<&'static str>,
    pub(super) required: Option<&'static str>,
    pub(super) edit: Callback<Option<Value>>,
    pub(super) leave: Callback<FocusEvent>,
}

pub(super) fn date(props: &FieldProps) -> Html {
    DateBox {
        id: props.id(),
        labelled_by: None,
        described_by: Some(props.described_by()),
        written: props.text(),
        usual: WrittenDate::usual,
        locked: props.locked,
        invalid: props.invalid(),
        required: props.required(),
        edit: props.edit(),
        leave: props.leave(),
    }
    .html()
}

impl DateBox {
    pub(super) fn html(self) -> Html {
        let known = WrittenDate::parse(&self.written);
        if known.is_none() && !self.written.is_empty() {
            return self.plain_html();
        }
        let day = known
            .as_ref()
            .map(|date| date.day().to_string())
            .unwrap_or_default();
        let picked = {
            let (edit, usual) = (self.edit, self.usual);
            move |event: InputEvent| {
                if let Some(day) = Day::parse(&typed(&event)) {
                    let text = known
                        .as_ref()
                        .map_or_else(|| usual(day), |date| date.on(day));
                    edit.emit(Some(Value::String(text)));
                } else if !half_typed(&event) {
                    edit.emit(None);
                }
            }
        };
        // What was left half typed is not in the file: the box says again what is.
        let left = {
            let (leave, day) = (self.leave, day.clone());
            move |event: FocusEvent| {
                if let Some(input) = event.target_dyn_into::<web_sys::HtmlInputElement>()
                    && half_typed(&event)
                {
                    input.set_value(&day);
                }
                leave.emit(event);
            }
        };
        html! {
            <div class="date">
                <input
                    type="date" id={self.id} value={day} disabled={self.locked} max="9999-12-31"
                    aria-labelledby={self.labelled_by} aria-describedby={self.described_by} aria-invalid={self.invalid}
                    aria-required={self.required} oninput={picked} onblur={left}
                />
                if !self.written.is_empty() {
                    <code title="As the file has it">
                        <span class="visually-hidden">{ "In the file: " }</span>{ self.written }
                    </code>
                }
            </div>
        }
    }

    /// What is no date can still be mended.
    fn plain_html(self) -> Html {
        let edit = self.edit;
        html! {
            <>
                <input
                    type="text" id={self.id} value={self.written} disabled={self.locked} autocomplete="off"
                    spellcheck="false" aria-labelledby={self.labelled_by} aria-describedby={self.described_by}
                    aria-invalid={self.invalid} aria-required={self.required} onblur={self.leave}
                    oninput={move |event: InputEvent| edit.emit(super::text_value(typed(&event)))}
                />
                <p class="cut">
                    { format!("This is no date the site can read. Write it like {}.", example(self.usual)) }
                </p>
            </>
        }
    }
}

/// A date in its usual form.
fn example(usual: fn(Day) -> String) -> String {
    Day::new(2026, 3, 31).map(usual).unwrap_or_default()
}

/// Whether the box holds parts of a date that are not a date yet: its value is empty then, as it is when it is cleared.
fn half_typed(event: &web_sys::Event) -> bool {
    event
        .target_dyn_into::<web_sys::HtmlInputElement>()
        .is_some_and(|input| input.validity().bad_input())
}
