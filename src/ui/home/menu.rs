//! The menu "More ways to save".

use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use crate::session::view::{HomeView, PlaceView};
use crate::session::{Msg, Way};
use crate::shell::folder;

use super::super::dom;
use super::super::menu_items::{focus, focused, items, moved};
use super::folder_name::FolderName;

/// The button's id.
const BUTTON: &str = "more-ways-button";

/// What the menu needs.
#[derive(Properties, PartialEq)]
pub(in crate::ui) struct MoreWaysProps {
    pub(in crate::ui) home: HomeView,
    pub(in crate::ui) send: Callback<Msg>,
}

/// What an entry does.
#[derive(Clone, PartialEq)]
enum Does {
    Save(Way),
    NameFolder,
}

/// The button, its menu, and the dialog for the folder's name.
#[function_component(MoreWays)]
pub(in crate::ui) fn more_ways(props: &MoreWaysProps) -> Html {
    let open = use_state_eq(|| false);
    let naming = use_state_eq(|| false);
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(*open, move |open| {
            if let Some(list) = list.cast::<HtmlElement>().filter(|_| *open) {
                focus(&items(&list), 0);
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let keys = {
        let (list, open) = (list.clone(), open.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(element) = list.cast::<HtmlElement>() else {
                return;
            };
            let items = items(&element);
            let key = event.key();
            if matches!(key.as_str(), "Escape" | "Tab") {
                event.prevent_default();
                open.set(false);
                return dom::focus(BUTTON);
            }
            if let Some(next) = moved(&key, focused(&items), items.len()) {
                event.prevent_default();
                focus(&items, next);
            }
        })
    };
    let left = {
        let (list, open) = (list.clone(), open.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event
                .related_target()
                .and_then(|target| target.dyn_into::<Node>().ok());
            // The button itself closes it when it is pressed.
            let to_button = to
                .as_ref()
                .and_then(|node| node.dyn_ref::<web_sys::Element>())
                .is_some_and(|element| element.id() == BUTTON);
            if !to_button && !list.get().is_some_and(|list| list.contains(to.as_ref())) {
                open.set(false);
            }
        })
    };
    let can_save = folder::can_save();
    let home = &props.home;
    let entries = [
        home.place.as_ref().map(|place| {
            let PlaceView { name, asks } = place;
            if *asks {
                (
                    Does::Save(Way::InPlace),
                    format!("Go on saving into “{name}”"),
                    "The browser asks you first; only what changed is written".to_owned(),
                )
            } else {
                (
                    Does::Save(Way::InPlace),
                    "Save in place".to_owned(),
                    format!("Only what changed, into “{name}”"),
                )
            }
        }),
        Some((
            Does::Save(Way::Zip),
            "Zip of the folder".to_owned(),
            match &home.folder {
                Some(folder) => format!("With the repository’s paths, …/blog/{folder}"),
                None => "The files alone, until the post has a date and a title".to_owned(),
            },
        )),
        Some((
            Does::Save(Way::PostOnly),
            "Only index.md".to_owned(),
            "The text without its pictures".to_owned(),
        )),
        can_save.then(|| {
            (
                Does::Save(Way::Folder),
                "Save as folder".to_owned(),
                "A new folder on this computer".to_owned(),
            )
        }),
        Some((
            Does::NameFolder,
            "Folder name".to_owned(),
            match (&home.folder, home.follows_rule) {
                (Some(folder), true) => format!("{folder}, by the rule"),
                (Some(folder), false) => format!("{folder}, not by the rule"),
                (None, _) => "None yet".to_owned(),
            },
        )),
    ];
    let each = entries.into_iter().flatten().map(|(does, name, help)| {
        let press = {
            let (open, naming, send) = (open.clone(), naming.clone(), props.send.clone());
            Callback::from(move |_: MouseEvent| {
                open.set(false);
                dom::focus(BUTTON);
                match does {
                    Does::Save(way) => send.emit(Msg::SaveAsked(way)),
                    Does::NameFolder => naming.set(true),
                }
            })
        };
        html! {
            <button key={name.clone()} type="button" role="menuitem" tabindex="-1" onclick={press}>
                <b>{ name }</b><span>{ help }</span>
            </button>
        }
    });
    let close = {
        let naming = naming.clone();
        Callback::from(move |()| {
            naming.set(false);
            dom::focus(BUTTON);
        })
    };
    html! {
        <div class="more-ways">
            <button
                type="button" id={BUTTON} aria-haspopup="menu" aria-expanded={open.to_string()} aria-label="More ways to save"
                title="More ways to save" onclick={toggle}
            ><span aria-hidden="true">{ "▾" }</span></button>
            if *open {
                <div
                    ref={list} class="save-menu" role="menu" aria-label="More ways to save" onkeydown={keys} onfocusout={left}
                >{ for each }</div>
            }
            if *naming {
                <FolderName home={home.clone()} send={props.send.clone()} on_close={close} />
            }
        </div>
    }
}
