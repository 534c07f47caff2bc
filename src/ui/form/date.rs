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
                <p class="help">{ "The picker cannot read this date. The site wants it like 2026-03-31T00:00:00Z." }</p>
            </>
        };
    }
    let edit = props.edit();
    let day = known
        .as_ref()
        .map(|date| date.day().to_string())
        .unwrap_or_default();
    let rest = known
        .as_ref()
        .map(|date| date.rest().to_owned())
        .unwrap_or_default();
    let picked = move |event: InputEvent| {
        // A half-typed date is empty here; the entry stays until there is a whole one.
        if let Some(day) = Day::parse(&typed(&event)) {
            let text = known
                .as_ref()
                .map_or_else(|| WrittenDate::usual(day), |date| date.on(day));
            edit.emit(Some(Value::String(text)));
        }
    };
    html! {
        <div class="date">
            <input
                type="date" id={props.id()} value={day} disabled={props.locked} max="9999-12-31"
                aria-describedby={props.described_by()} oninput={picked} onblur={props.leave()}
            />
            if !rest.is_empty() {
                <code title="Time and zone, as the file has them">{ rest }</code>
            }
        </div>
    }
}
