//! What a picture can be for, each with the part the theme shows of it, side by side.

use yew::prelude::*;

use crate::bundle::report::Role;
use crate::picture::{Plan, Rect};
use crate::shell::pictures::Address;

use super::Change;

/// What the choice needs.
#[derive(Properties, PartialEq)]
pub(super) struct RolesProps {
    pub(super) plan: Plan,
    pub(super) copy: Address,
    pub(super) roles: Vec<Role>,
    pub(super) on: Callback<Change>,
}

/// A part of a picture, shown as an SVG of that part: exact, and nothing is decoded again.
pub(super) fn part_of(plan: &Plan, copy: &Address, part: Rect, class: &'static str) -> Html {
    let source = plan.source();
    html! {
        <svg
            {class} viewBox={format!("{} {} {} {}", part.x, part.y, part.width, part.height)} aria-hidden="true"
            focusable="false"
        >
            <image
                href={copy.as_str().to_owned()} width={source.width.to_string()} height={source.height.to_string()}
                preserveAspectRatio="none"
            />
        </svg>
    }
}

pub(super) const fn name(role: Role) -> &'static str {
    match role {
        Role::InText => "In the text",
        Role::Cover => "Cover",
        Role::Feature => "Featured card",
        Role::Thumbnail => "Thumbnail",
        Role::Social => "Shared link",
        Role::Avatar => "Author",
    }
}

/// The choice of a role.
#[function_component(Roles)]
pub(super) fn roles(props: &RolesProps) -> Html {
    let plan = &props.plan;
    html! {
        <fieldset class="roles">
            <legend>{ "What it is for" }</legend>
            <div class="role-cards">
                { for props.roles.iter().map(|&role| {
                    let chosen = role == plan.role();
                    let part = if chosen { plan.part() } else { plan.shape_of(role).shown(plan.source()) };
                    let choose = props.on.reform(move |_: Event| Change::Role(role));
                    let class = if role == Role::Avatar { "shown round" } else { "shown" };
                    html! {
                        <label key={role.label()} class="role-card">
                            <input type="radio" name="picture-role" checked={chosen} onchange={choose} />
                            <span class="stage">{ part_of(plan, &props.copy, part, class) }</span>
                            <span class="role-name">{ name(role) }</span>
                        </label>
                    }
                }) }
            </div>
            <div class="role-note">
                <p class="help">{ plan.shape_of(plan.role()).note }</p>
                if plan.role() != Role::Thumbnail {
                    <button
                        type="button" class="quiet" onclick={props.on.reform(|_: MouseEvent| Change::Role(Role::Thumbnail))}
                    >{ "Make a thumbnail from this" }</button>
                }
            </div>
        </fieldset>
    }
}
