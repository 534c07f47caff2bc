//! The headings of the post: to go to, and to move with all that stands below them.

use std::rc::Rc;

use yew::prelude::*;

use crate::session::view::HeadingView;
use crate::ui::dom;

use super::ToolsTold;
use super::sheet::Sheet;

/// What the outline needs.
#[derive(Properties, PartialEq)]
pub(super) struct OutlineProps {
    pub(super) headings: Rc<Vec<HeadingView>>,
    pub(super) on: Callback<ToolsTold>,
}

/// Which heading this one's section changes places with to go up: where it then stands.
fn above(headings: &[HeadingView], at: usize) -> Option<usize> {
    let level = headings.get(at)?.level;
    let before = headings.get(..at)?;
    let sibling = before.iter().rposition(|other| other.level <= level)?;
    (headings.get(sibling)?.level == level).then_some(sibling)
}

/// Where the section goes to change places with the one behind it: in front of which heading, and where it then stands.
fn below(headings: &[HeadingView], at: usize) -> Option<(usize, usize)> {
    let own = headings.get(at)?;
    let next = headings.get(own.next)?;
    (next.level == own.level).then(|| (next.next, at + next.next - own.next))
}

/// The outline.
#[function_component(Outline)]
pub(super) fn outline(props: &OutlineProps) -> Html {
    let headings = &props.headings;
    // Where the keyboard goes once a section has moved.
    let follow = use_mut_ref(|| None::<(usize, &'static str)>);
    {
        let follow = follow.clone();
        use_effect_with(Rc::clone(headings), move |_| {
            if let Some((at, way)) = follow.borrow_mut().take() {
                dom::focus(&format!("outline-{way}-{at}"));
            }
        });
    }
    let each = headings.iter().enumerate().map(|(at, heading)| {
        let place = heading.at;
        let name = if heading.text.is_empty() {
            "(empty heading)".to_owned()
        } else {
            heading.text.clone()
        };
        let mover = |way: &'static str, sign: &'static str, to: Option<(usize, usize)>| {
            let (on, follow) = (props.on.clone(), follow.clone());
            let press = Callback::from(move |_: MouseEvent| {
                if let Some((before, then)) = to {
                    *follow.borrow_mut() = Some((then, way));
                    on.emit(ToolsTold::SectionMoved(at, before));
                }
            });
            // Disabled in name only: a button that takes the keyboard away on the last move would leave its user nowhere.
            html! {
                <button
                    type="button" class="quiet" id={format!("outline-{way}-{at}")} aria-disabled={to.is_none().then_some("true")}
                    aria-label={format!("Move “{name}” {way}")} title={format!("Move the section {way}")} onclick={press}
                >{ sign }</button>
            }
        };
        html! {
            <li key={at} class={format!("level-{}", heading.level)}>
                <button
                    type="button" class="quiet heading" autofocus={at == 0}
                    onclick={props.on.reform(move |_: MouseEvent| ToolsTold::PlaceChosen(place))}
                >{ &name }</button>
                { mover("up", "↑", above(headings, at).map(|to| (to, to))) }
                { mover("down", "↓", below(headings, at)) }
            </li>
        }
    });
    html! {
        <Sheet heading="Outline" class="outline" away="Done" on_close={props.on.reform(|()| ToolsTold::Closed)}>
            if headings.is_empty() {
                <p>{ "There are no headings yet." }</p>
            } else {
                <p class="help">{ "Go to a heading, or move it with everything below it." }</p>
                <ul>{ for each }</ul>
            }
        </Sheet>
    }
}
