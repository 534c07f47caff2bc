//! How large the result is to be, which kind of file, how good, and what it may say about the writer.

use yew::prelude::*;

use crate::picture::{Choice, Format, Found, Plan};

use super::super::dom;
use super::Change;

/// What the controls need.
#[derive(Properties, PartialEq)]
pub(super) struct ControlsProps {
    pub(super) plan: Plan,
    pub(super) found: Found,
    pub(super) remove: bool,
    /// A picture made anew can keep it.
    pub(super) carries: bool,
    pub(super) on: Callback<Change>,
}

/// The values of the select, which the browser knows as texts.
const CHOICES: [(&str, Choice); 5] = [
    ("same", Choice::Same),
    ("smallest", Choice::Smallest),
    ("jpg", Choice::Kind(Format::Jpeg)),
    ("png", Choice::Kind(Format::Png)),
    ("webp", Choice::Kind(Format::Webp)),
];

const fn words(choice: Choice) -> &'static str {
    match choice {
        Choice::Same => "The same as now",
        Choice::Smallest => "Whichever is smallest",
        Choice::Kind(Format::Jpeg) => "JPEG, for photographs",
        Choice::Kind(Format::Png) => "PNG, for flat colours",
        Choice::Kind(Format::Webp) => "WebP, small, for both",
    }
}

/// The controls.
#[function_component(Controls)]
pub(super) fn controls(props: &ControlsProps) -> Html {
    let plan = props.plan;
    let on = &props.on;
    let keeps = plan.keeps_pixels();
    let has_quality = !keeps && plan.formats().iter().any(|format| format.has_quality());
    html! {
        <div class="making">
            { width(&plan, on) }
            <div class="field">
                <label for="picture-kind">{ "Kind of file" }</label>
                <select id="picture-kind" onchange={on.reform(|event: Event| {
                    let value = dom::chosen(&event);
                    let known = CHOICES.iter().find(|(name, _)| *name == value);
                    Change::Choice(known.map_or(Choice::Smallest, |(_, choice)| *choice))
                })}>
                    { for CHOICES.iter().map(|(value, choice)| {
                        let fits = match choice {
                            Choice::Kind(format) => plan.allows(*format),
                            Choice::Same => plan.has_kind(),
                            Choice::Smallest => true,
                        };
                        html! {
                            <option value={*value} selected={plan.choice() == *choice} disabled={!fits}>{ words(*choice) }</option>
                        }
                    }) }
                </select>
            </div>
            <div class="field">
                <div class="label-row">
                    <label for="picture-quality">{ "Quality" }</label>
                    <output for="picture-quality" class="counter">{ format!("{} %", plan.quality()) }</output>
                </div>
                <input
                    id="picture-quality" type="range" min="1" max="100" value={plan.quality().to_string()}
                    disabled={!has_quality} aria-valuetext={format!("{} percent", plan.quality())}
                    oninput={on.reform(move |event: InputEvent| {
                        Change::Quality(dom::typed(&event).parse().unwrap_or(plan.quality()))
                    })}
                />
            </div>
            { about_the_writer(props, keeps) }
        </div>
    }
}

fn width(plan: &Plan, on: &Callback<Change>) -> Html {
    let to = plan.to();
    let typed = {
        let most = plan.part().width;
        on.reform(move |event: Event| {
            let typed = event.target_dyn_into::<web_sys::HtmlInputElement>();
            let typed = typed.and_then(|input| input.value().trim().parse::<u32>().ok());
            Change::Width(typed.filter(|width| *width > 0).unwrap_or(most).min(most))
        })
    };
    html! {
        <div class="field">
            <div class="label-row">
                <label for="picture-width">{ "Width in pixels" }</label>
                <span class="counter">{ format!("{} × {}", to.width, to.height) }</span>
            </div>
            <input
                id="picture-width" type="number" inputmode="numeric" min="1" max={plan.part().width.to_string()}
                value={to.width.to_string()} data-own-undo="" onchange={typed}
            />
            <div class="widths">
                { for plan.widths().into_iter().map(|width| html! {
                    <button
                        key={width.to_string()} type="button" class="quiet" aria-label={format!("{width} pixels wide")}
                        aria-pressed={(width == to.width).to_string()}
                        onclick={on.reform(move |_: MouseEvent| Change::Width(width))}
                    >{ width }</button>
                }) }
            </div>
        </div>
    }
}

fn about_the_writer(props: &ControlsProps, keeps: bool) -> Html {
    let sentence = props
        .found
        .sentence()
        .unwrap_or_else(|| "The file says nothing about place or camera.".to_owned());
    let can = if keeps {
        !props.found.is_empty()
    } else {
        props.carries
    };
    let checked = props.remove || !(keeps || props.carries);
    let more = match (keeps, props.carries, props.remove) {
        (true, ..) => "Pixels are not touched by this.",
        (false, true, true) => {
            "The new picture carries none of it. Take the tick away to keep place and camera data."
        }
        (false, true, false) => {
            "Place and camera data go into the new picture, without the small copy of the old one."
        }
        (false, false, _) => "A picture that is made anew carries none of it.",
    };
    html! {
        <div class="field check">
            <div>
                <input
                    type="checkbox" id="picture-data" {checked} disabled={!can}
                    aria-describedby="picture-data-help" onchange={props.on.reform(|event: Event| {
                        let input = event.target_dyn_into::<web_sys::HtmlInputElement>();
                        Change::Remove(input.is_some_and(|input| input.checked()))
                    })}
                />
                <label for="picture-data">{ "Remove place and camera data" }</label>
            </div>
            <p class="help" id="picture-data-help">{ sentence }{ " " }{ more }</p>
        </div>
    }
}
