//! The line below the Markdown pane: how long the text is.

use yew::prelude::*;

use crate::session::view::Counts;

/// What the line needs.
#[derive(Properties, PartialEq)]
pub(crate) struct StatusLineProps {
    pub(crate) counts: Counts,
    /// How many words are selected.
    pub(crate) selected: Option<usize>,
    /// How many words the text is to have; 0: no goal.
    pub(crate) goal: usize,
}

/// Words, characters, minutes. It changes at each key, so a screen reader is not told of it unasked.
#[function_component(StatusLine)]
pub(crate) fn status_line(props: &StatusLineProps) -> Html {
    let counts = props.counts;
    let words = usize::try_from(counts.words).unwrap_or_default();
    html! {
        <p class="text-status" id="text-status">
            <span>{ match props.goal {
                0 => many(words, "word"),
                goal => format!("{} of {} ({} %)", digits(words), many(goal, "word"), words.saturating_mul(100) / goal),
            } }</span>
            <span>{ many(counts.characters, "character") }</span>
            <span>{ format!("{} min read", counts.minutes) }</span>
            if let Some(selected) = props.selected {
                <span>{ format!("{} selected", many(selected, "word")) }</span>
            }
        </p>
    }
}

/// A number with its noun.
pub(super) fn many(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", digits(count))
}

/// A number, thousands apart.
fn digits(count: usize) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
