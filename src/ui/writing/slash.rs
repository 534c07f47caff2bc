//! The menu a slash at the start of a line opens: typing narrows it down, Escape leaves the slash.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::shell::CaretPlace;
use crate::ui::dom;

use super::ToolsTold;
use super::actions::{ACTIONS, Action, shown_key};
use super::icons::icon;

/// What the menu needs.
#[derive(Properties, PartialEq)]
pub(super) struct SlashMenuProps {
    /// Where the caret stands in the window.
    pub(super) place: CaretPlace,
    pub(super) on: Callback<ToolsTold>,
}

/// The actions that fit what was typed: some word of theirs starts like that.
fn fitting(typed: &str) -> Vec<&'static Action> {
    let typed = typed.to_lowercase();
    let fits = |action: &&Action| {
        let label = action.label.to_lowercase();
        action.inserts
            && (label.starts_with(&typed)
                || label.split(' ').any(|word| word.starts_with(&typed))
                || action.words.split(' ').any(|word| word.starts_with(&typed)))
    };
    ACTIONS.iter().filter(fits).collect()
}

/// A box to type in and a list of what can be put in.
#[function_component(SlashMenu)]
pub(super) fn slash_menu(props: &SlashMenuProps) -> Html {
    let typed = use_state_eq(String::new);
    let at = use_state_eq(|| 0_usize);
    let menu = use_node_ref();
    {
        let (menu, place) = (menu.clone(), props.place);
        use_effect_with((), move |()| {
            if let Some(menu) = menu.cast::<HtmlElement>() {
                put(&menu, place);
            }
            dom::focus("slash-typed");
        });
    }
    {
        let menu = menu.clone();
        use_effect_with(*at, move |_| {
            let chosen = menu
                .cast::<HtmlElement>()
                .and_then(|menu| menu.query_selector("[aria-selected='true']").ok().flatten());
            if let Some(chosen) = chosen {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                chosen.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    let found = fitting(&typed);
    let input = {
        let (typed, at, on) = (typed.clone(), at.clone(), props.on.clone());
        Callback::from(move |event: InputEvent| {
            let value = dom::typed(&event);
            if fitting(&value).is_empty() && !event.is_composing() {
                // It was no command: what was typed belongs behind the slash.
                let input: Option<HtmlInputElement> =
                    event.target().and_then(|target| target.dyn_into().ok());
                if let Some(input) = input {
                    input.set_value("");
                }
                on.emit(ToolsTold::SlashLeft {
                    typed: value,
                    back: true,
                });
                return;
            }
            typed.set(value);
            at.set(0);
        })
    };
    let keys = {
        let (at, on, found, typed) = (at.clone(), props.on.clone(), found.clone(), typed.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.is_composing() {
                return;
            }
            let count = found.len().max(1);
            match event.key().as_str() {
                "ArrowDown" => at.set((*at + 1) % count),
                "ArrowUp" => at.set((*at + count - 1) % count),
                "Enter" | "Tab" => {
                    if let Some(action) = found.get(*at) {
                        on.emit(ToolsTold::Chosen(action.name));
                    }
                }
                "Escape" => on.emit(ToolsTold::SlashLeft {
                    typed: (*typed).clone(),
                    back: true,
                }),
                "Backspace" if typed.is_empty() => on.emit(ToolsTold::SlashLeft {
                    typed: String::new(),
                    back: true,
                }),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let left = {
        let on = props.on.clone();
        Callback::from(move |_: FocusEvent| {
            on.emit(ToolsTold::SlashLeft {
                typed: String::new(),
                back: false,
            });
        })
    };
    let each = found.iter().enumerate().map(|(index, action)| {
        let name = action.name;
        let selected = index == *at;
        html! {
            <li
                key={name} id={format!("slash-{name}")} role="option" aria-selected={selected.to_string()}
                onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())}
                onclick={props.on.reform(move |_: MouseEvent| ToolsTold::Chosen(name))}
            >
                { icon(sign(name)) }
                <span>{ action.label }</span>
                if let Some(key) = shown_key(name) {
                    <kbd aria-hidden="true">{ key }</kbd>
                }
            </li>
        }
    });
    let active = found
        .get(*at)
        .map(|action| format!("slash-{}", action.name));
    html! {
        <div ref={menu} class="slash-menu">
            <input
                id="slash-typed" type="text" role="combobox" aria-label="Insert" aria-expanded="true" aria-controls="slash-list"
                aria-autocomplete="list" aria-activedescendant={active} autocomplete="off" spellcheck="false"
                data-own-undo="true" placeholder="Type to search" value={(*typed).clone()} oninput={input} onkeydown={keys}
                onblur={left}
            />
            <ul id="slash-list" role="listbox" aria-label="What to insert">{ for each }</ul>
        </div>
    }
}

/// The sign of an action: some share one.
fn sign(name: &str) -> &str {
    match name {
        "heading-2" | "heading-3" | "heading-4" => "heading",
        "youtube" | "x" | "note" | "warning" => "shortcode",
        other => other,
    }
}

/// Puts the menu below the caret, or above it where there is more room, within the window.
fn put(menu: &HtmlElement, place: CaretPlace) {
    let window = gloo::utils::window();
    let length = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0)
    };
    let (width, height) = (length(window.inner_width()), length(window.inner_height()));
    let seen = window
        .visual_viewport()
        .map_or(height, |seen| seen.height() + seen.offset_top());
    let own_height = f64::from(menu.offset_height());
    let below = place.bottom + 4.0;
    let top = if below + own_height <= seen {
        below
    } else {
        (place.top - 4.0 - own_height).max(4.0)
    };
    let left = place.left.min(width - f64::from(menu.offset_width()) - 8.0);
    for (name, value) in [("top", top), ("left", left.max(8.0))] {
        // Without a place of its own it stands at the window's corner.
        let _ = menu.style().set_property(name, &format!("{value}px"));
    }
}
