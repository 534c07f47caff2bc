//! Before and after: the same part of the picture both ways, and what the file weighs.

use yew::prelude::*;

use crate::picture::Size;
use crate::text::said;

use super::outcome::{Detail, Outcome};

/// What the sentence about sizes needs.
#[derive(Properties, PartialEq)]
pub(super) struct WeightsProps {
    pub(super) outcome: Option<Outcome>,
    /// It is of what is chosen now.
    pub(super) fresh: bool,
    /// The file’s bytes now.
    pub(super) before: usize,
    /// The picture’s size now.
    pub(super) size: Size,
}

/// What the file weighs, now and then.
#[function_component(Weights)]
pub(super) fn weights(props: &WeightsProps) -> Html {
    let facts = |size: Size, bytes: usize| {
        format!("{} × {}, {}", size.width, size.height, said::size(bytes))
    };
    let Some(outcome) = &props.outcome else {
        return html! { <dl class="weights" /> };
    };
    let kind = outcome.kind.map(|kind| format!(", {}", kind.label()));
    let after = outcome.bytes.len();
    html! {
        <dl class={classes!("weights", (!props.fresh).then_some("stale"))}>
            <div><dt>{ "Now" }</dt><dd class="now">{ facts(props.size, props.before) }</dd></div>
            <div><dt>{ "Then" }</dt><dd class="then">{ facts(outcome.size, after) }{ kind }</dd></div>
            <div aria-live="polite"><dt class="visually-hidden">{ "That is" }</dt><dd class="verdict">{ verdict(props.before, after) }</dd></div>
        </dl>
    }
}

/// What the comparison needs.
#[derive(Properties, PartialEq)]
pub(super) struct DetailsProps {
    pub(super) outcome: Option<Outcome>,
    /// It is of what is chosen now.
    pub(super) fresh: bool,
}

/// The same part of the picture both ways.
#[function_component(Details)]
pub(super) fn details(props: &DetailsProps) -> Html {
    let shown = match &props.outcome {
        None => Html::default(),
        Some(Outcome { detail: None, .. }) => html! {
            <p class="help">{ "The pixels stay as they are, so there is nothing to compare." }</p>
        },
        Some(Outcome {
            detail: Some(detail),
            size,
            ..
        }) => html! {
            <div class="details">
                { shown("Before", detail, true, *size) }
                { shown("After", detail, false, *size) }
            </div>
        },
    };
    html! {
        <section class={classes!("before-after", (!props.fresh).then_some("stale"))} aria-label="Before and after">
            { shown }
        </section>
    }
}

fn verdict(before: usize, after: usize) -> String {
    if after < before {
        let share = (before - after) * 100 / before.max(1);
        format!("{share} % smaller.")
    } else if after == before {
        "As large as it is now.".to_owned()
    } else {
        "Larger than it is now: another kind of file, a lower quality or a smaller width helps."
            .to_owned()
    }
}

/// The same part, pixel for pixel.
fn shown(name: &'static str, detail: &Detail, before: bool, size: Size) -> Html {
    let part = detail.part;
    let (address, x, y, width, height) = if before {
        (&detail.before, 0, 0, part.width, part.height)
    } else {
        (&detail.after, part.x, part.y, size.width, size.height)
    };
    html! {
        <figure>
            <svg
                viewBox={format!("{x} {y} {} {}", part.width, part.height)} width={part.width.to_string()}
                height={part.height.to_string()} role="img" aria-label={format!("{name}: a part of the picture in its real size")}
            >
                <image href={address.as_str().to_owned()} width={width.to_string()} height={height.to_string()} />
            </svg>
            <figcaption>{ name }</figcaption>
        </figure>
    }
}
