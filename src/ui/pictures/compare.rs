//! Before and after: the same part of the picture both ways, and what the file weighs.

use yew::prelude::*;

use crate::picture::Size;

use super::outcome::{Detail, Outcome, kilobytes};

/// What the comparison needs.
#[derive(Properties, PartialEq)]
pub(super) struct CompareProps {
    pub(super) outcome: Option<Outcome>,
    /// It is of what is chosen now.
    pub(super) fresh: bool,
    /// The file’s bytes now.
    pub(super) before: usize,
    /// The picture’s size now.
    pub(super) size: Size,
}

/// The comparison.
#[function_component(Compare)]
pub(super) fn compare(props: &CompareProps) -> Html {
    let Some(outcome) = &props.outcome else {
        return html! { <section class="before-after" aria-label="Before and after" /> };
    };
    let facts = |size: Size, bytes: usize| {
        format!("{} × {}, {}", size.width, size.height, kilobytes(bytes))
    };
    let kind = outcome.kind.map(|kind| kind.label());
    let after = outcome.bytes.len();
    html! {
        <section class={classes!("before-after", (!props.fresh).then_some("stale"))} aria-label="Before and after">
            <dl class="weights">
                <div><dt>{ "Now" }</dt><dd class="now">{ facts(props.size, props.before) }</dd></div>
                <div>
                    <dt>{ "Then" }</dt>
                    <dd class="then">
                        { facts(outcome.size, after) }
                        if let Some(kind) = kind { { format!(", {kind}") } }
                    </dd>
                </div>
            </dl>
            <p class="verdict" aria-live="polite">{ verdict(props.before, after) }</p>
            if let Some(detail) = &outcome.detail {
                <div class="details">
                    { shown("Before", detail, true, outcome.size) }
                    { shown("After", detail, false, outcome.size) }
                </div>
            } else {
                <p class="help">{ "The pixels stay as they are, so there is nothing to compare." }</p>
            }
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
