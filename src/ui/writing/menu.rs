//! A menu that a button of the toolbar opens: arrows move in it, a letter jumps, Escape goes back.

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::super::menu_items::{focus, focused, items, moved};
use super::ToolsTold;

/// How an entry is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// It does something.
    None,
    /// One of some, chosen or not.
    Choice(bool),
    /// On or off.
    Tick(bool),
}

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) label: String,
    pub(super) key: Option<String>,
    pub(super) mark: Mark,
    pub(super) enabled: bool,
    pub(super) told: ToolsTold,
}

/// What a menu needs.
#[derive(Properties, PartialEq)]
pub(super) struct MenuProps {
    pub(super) id: AttrValue,
    pub(super) label: AttrValue,
    /// The id of the button that opened it.
    pub(super) button: AttrValue,
    pub(super) entries: Vec<Entry>,
    /// The keyboard was on its button before; a press leaves it in the text.
    pub(super) by_keyboard: bool,
    pub(super) on: Callback<ToolsTold>,
    /// It is to go; whether the keyboard goes back to the button.
    pub(super) on_close: Callback<bool>,
}

/// A menu below its button, or above it where the toolbar is at the bottom.
#[function_component(Menu)]
pub(super) fn menu(props: &MenuProps) -> Html {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(props.button.clone(), move |button| {
            if let Some(list) = list.cast::<HtmlElement>() {
                place(&list, button);
                let items = items(&list);
                let chosen = items
                    .iter()
                    .position(|item| item.get_attribute("aria-checked").as_deref() == Some("true"));
                focus(&items, chosen.unwrap_or_default());
            }
        });
    }
    let keys = {
        let (list, on_close) = (list.clone(), props.on_close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(element) = list.cast::<HtmlElement>() else {
                return;
            };
            let items = items(&element);
            let here = focused(&items);
            let next = match event.key().as_str() {
                "Escape" => {
                    event.prevent_default();
                    event.stop_propagation();
                    return on_close.emit(true);
                }
                "Tab" => {
                    event.prevent_default();
                    return on_close.emit(true);
                }
                letter if letter.chars().count() == 1 && letter != " " => {
                    let letter = letter.to_lowercase();
                    let starts = |at: &usize| {
                        let text = items.get(*at).and_then(|item| item.text_content());
                        text.is_some_and(|text| text.to_lowercase().starts_with(&letter))
                    };
                    let mut order = (here + 1..items.len()).chain(0..=here);
                    match order.find(starts) {
                        Some(at) => at,
                        None => return,
                    }
                }
                key => match moved(key, here, items.len()) {
                    Some(at) => at,
                    None => return,
                },
            };
            event.prevent_default();
            // The toolbar has arrows of its own.
            event.stop_propagation();
            focus(&items, next);
        })
    };
    let left = {
        let (list, on_close) = (list.clone(), props.on_close.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|target| target.dyn_into::<Node>().ok());
            let inside = list.get().is_some_and(|list| list.contains(to.as_ref()));
            if !inside {
                on_close.emit(false);
            }
        })
    };
    let each = props.entries.iter().map(|entry| {
        let (role, checked) = match entry.mark {
            Mark::None => ("menuitem", None),
            Mark::Choice(on) => ("menuitemradio", Some(on)),
            Mark::Tick(on) => ("menuitemcheckbox", Some(on)),
        };
        let press = {
            let (on, on_close) = (props.on.clone(), props.on_close.clone());
            let (told, enabled) = (entry.told.clone(), entry.enabled);
            let by_keyboard = props.by_keyboard;
            Callback::from(move |_: MouseEvent| {
                if enabled {
                    // An action takes the keyboard to the text, or into a dialog, which gives it back to where it was.
                    on_close.emit(by_keyboard || matches!(told, ToolsTold::SetUp(_)));
                    on.emit(told.clone());
                }
            })
        };
        html! {
            <button
                type="button" {role} tabindex="-1" aria-checked={checked.map(|on| on.to_string())}
                aria-disabled={(!entry.enabled).then_some("true")} onclick={press}
            >
                <span>{ &entry.label }</span>
                if let Some(key) = &entry.key {
                    <kbd aria-hidden="true">{ key }</kbd>
                }
            </button>
        }
    });
    html! {
        <div
            ref={list} id={props.id.clone()} class="tool-menu" role="menu" aria-label={props.label.clone()} onkeydown={keys}
            onfocusout={left}
        >{ for each }</div>
    }
}

/// Puts the menu under its button, as far to the left as it fits.
fn place(list: &HtmlElement, button: &str) {
    let Some(button) = gloo::utils::document().get_element_by_id(button) else {
        return;
    };
    let Some(room) = list.offset_parent() else {
        return;
    };
    let room = room.get_bounding_client_rect();
    let most = room.width() - f64::from(list.offset_width());
    let left = button.get_bounding_client_rect().left() - room.left();
    // Without a place of its own it stands at the left.
    let _ = list
        .style()
        .set_property("left", &format!("{}px", left.min(most).max(0.0)));
}
