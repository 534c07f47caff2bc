//! The day, by the browser's own picker. The time and the zone the file has stay as they are written.

use yew::prelude::*;

use crate::day::Day;
use crate::front_matter::WrittenDate;
use crate::yaml::Value;

use super::{FieldProps, text, typed};

pub(super) fn date(props: &FieldProps) -> Html {
    let written = props.text();
    let known = WrittenDate::parse(&written);
    if known.is_none() && !written.is_empty() {
        return html! {
            <>
                { text::line(props) }
                <p class="cut">{ "This is no date the site can read. Write it like 2026-03-31T00:00:00Z." }</p>
            </>
        };
    }
    let day = known
        .as_ref()
        .map(|date| date.day().to_string())
        .unwrap_or_default();
    let picked = {
        let edit = props.edit();
        move |event: InputEvent| {
            if let Some(day) = Day::parse(&typed(&event)) {
                let text = known
                    .as_ref()
                    .map_or_else(|| WrittenDate::usual(day), |date| date.on(day));
                edit.emit(Some(Value::String(text)));
            } else if !half_typed(&event) {
                edit.emit(None);
            }
        }
    };
    // What was left half typed is not in the file: the box says again what is.
    let left = {
        let (leave, day) = (props.leave(), day.clone());
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
                type="date" id={props.id()} value={day} disabled={props.locked} max="9999-12-31"
                aria-describedby={props.described_by()} aria-invalid={props.invalid()} aria-required={props.required()}
                oninput={picked} onblur={left}
            />
            if !written.is_empty() {
                <code title="As the file has it"><span class="visually-hidden">{ "In the file: " }</span>{ written }</code>
            }
        </div>
    }
}

/// Whether the box holds parts of a date that are not a date yet: its value is empty then, as it is when it is cleared.
fn half_typed(event: &web_sys::Event) -> bool {
    event
        .target_dyn_into::<web_sys::HtmlInputElement>()
        .is_some_and(|input| input.validity().bad_input())
}
