//! The sheet of keys.

use yew::prelude::*;

use crate::shell::keys;

use super::ToolsTold;
use super::actions::{ACTIONS, shown_key};
use super::sheet::Sheet;

/// Keys that are not the pane's commands.
const OTHERS: &[(&str, &str)] = &[
    ("All commands, outside the text", "Mod-k"),
    ("All commands, from the dialog “Link”", "Mod-k"),
    ("The next one found", "F3"),
    ("The one found before", "Shift-F3"),
    ("Undo", "Mod-z"),
    ("Redo", "Mod-Shift-z"),
    ("Download", "Mod-s"),
    ("Go on with a list, a quote or a table", "Enter"),
    ("List item in, next cell of a table", "Tab"),
    ("List item out, cell before", "Shift-Tab"),
    ("Paste without formatting", "Mod-Shift-v"),
    ("All insertions in a menu, at the start of a line", "/"),
    ("A link to a page of the site, or a heading", "[["),
    (
        "Edit the shortcode the caret is in, or that is selected",
        "Enter",
    ),
];

/// What the sheet needs.
#[derive(Properties, PartialEq)]
pub(super) struct ShortcutsProps {
    pub(super) on: Callback<ToolsTold>,
}

/// Every command with its key, or where it is.
#[function_component(Shortcuts)]
pub(super) fn shortcuts(props: &ShortcutsProps) -> Html {
    let mac = keys::is_mac();
    let link = keys::shown("Mod-k", mac);
    let row = |label: &str, key: Html| {
        html! { <tr><th scope="row">{ label.to_owned() }</th><td>{ key }</td></tr> }
    };
    let own = ACTIONS.iter().map(|action| {
        let key = match shown_key(action.name) {
            Some(key) => html! { <kbd>{ key }</kbd> },
            None if action.inserts => html! { "Toolbar, or the / menu" },
            None => html! { "Toolbar" },
        };
        row(action.label, key)
    });
    let others = OTHERS
        .iter()
        .map(|(label, key)| row(label, html! { <kbd>{ keys::shown(key, mac) }</kbd> }));
    html! {
        <Sheet heading="Keyboard shortcuts" class="keys" away="Done" on_close={props.on.reform(|()| ToolsTold::Closed)}>
            <p class="help">{ format!(
                "To leave the text with the keyboard, press Escape and then Tab. In the text {link} makes a link; pressed once more, or \
                 anywhere else, it shows all commands."
            ) }</p>
            // It scrolls: the keyboard has to get there.
            <div class="scrolls" tabindex="0" role="group" aria-label="List of keys">
                <table><tbody>{ for own }{ for others }</tbody></table>
            </div>
        </Sheet>
    }
}
