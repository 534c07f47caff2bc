//! Every command by its name: a box to type in, and what fits.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::session::storage::DraftAsked;
use crate::session::view::{Screen, View};
use crate::session::{Msg, Surface};
use crate::shell::{Setup, keys};
use crate::site::pages::begins_word;
use crate::text::sort;
use crate::ui::dom;

use super::ToolsTold;
use super::actions::{ACTIONS, shown_key};
use super::options::{Step, choose, step, use_shown};
use super::sheet::Sheet;

/// What a command does.
#[derive(Debug, Clone, PartialEq)]
enum Does {
    Tools(ToolsTold),
    Session(Msg),
}

/// A command of the palette.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    label: String,
    words: &'static str,
    key: Option<String>,
    does: Does,
}

/// What the palette needs.
#[derive(Properties, PartialEq)]
pub(crate) struct PaletteProps {
    pub(crate) view: View,
    pub(crate) setup: Setup,
    pub(crate) send: Callback<Msg>,
    pub(crate) on: Callback<ToolsTold>,
}

/// All commands there are right now.
fn entries(view: &View, setup: Setup) -> Vec<Entry> {
    let Screen::Editor(editor) = &view.screen else {
        return Vec::new();
    };
    let mac = keys::is_mac();
    let app = |label: &str, words: &'static str, key: Option<&str>, msg: Msg| Entry {
        label: label.to_owned(),
        words,
        key: key.map(|key| keys::shown(key, mac)),
        does: Does::Session(msg),
    };
    let mut entries = vec![app(
        "Download",
        "save take home",
        Some("Mod-s"),
        Msg::DownloadAsked,
    )];
    if editor.can_undo {
        entries.push(app("Undo", "back", Some("Mod-z"), Msg::UndoAsked));
    }
    if editor.can_redo {
        entries.push(app("Redo", "again", Some("Mod-Shift-z"), Msg::RedoAsked));
    }
    if editor.has_versions {
        let msg = Msg::Draft(DraftAsked::Versions(true));
        entries.push(app("Versions", "history earlier", None, msg));
    }
    entries.extend(
        ACTIONS
            .iter()
            .filter(|action| action.name != "palette")
            .map(|action| Entry {
                label: action.label.to_owned(),
                words: action.words,
                key: shown_key(action.name),
                does: Does::Tools(ToolsTold::Chosen(action.name)),
            }),
    );
    for (label, surface) in [
        ("Show the article", Surface::Article),
        ("Show the list card", Surface::ListCard),
        ("Show the social card", Surface::SocialCard),
        ("Show the search result", Surface::SearchResult),
    ] {
        entries.push(app(
            label,
            "preview surface",
            None,
            Msg::SurfaceChosen(surface),
        ));
    }
    let together = view.scroll_together;
    let label = if together {
        "Scroll text and preview apart"
    } else {
        "Scroll text and preview together"
    };
    entries.push(app(
        label,
        "sync",
        None,
        Msg::ScrollTogetherChosen(!together),
    ));
    let label = if editor.raw_front_matter {
        "Edit the front matter by form"
    } else {
        "Edit the front matter as YAML"
    };
    entries.push(app(label, "raw", None, Msg::RawFrontMatterToggled));
    for (on, off, is_on, then) in [
        (
            "Show line numbers",
            "Hide line numbers",
            setup.numbers,
            Setup {
                numbers: !setup.numbers,
                ..setup
            },
        ),
        (
            "Focus on the text",
            "Show everything again",
            setup.focus,
            Setup {
                focus: !setup.focus,
                ..setup
            },
        ),
        (
            "Keep the line in the middle",
            "Let the line move",
            setup.typewriter,
            Setup {
                typewriter: !setup.typewriter,
                ..setup
            },
        ),
    ] {
        entries.push(Entry {
            label: if is_on { off } else { on }.to_owned(),
            words: "view option",
            key: None,
            does: Does::Tools(ToolsTold::SetUp(then)),
        });
    }
    entries.push(app("Close the post", "leave start", None, Msg::CloseAsked));
    entries
}

/// Those that fit: every word typed begins one of theirs. Names that begin like that come first.
fn fitting(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(bool, Entry)> = entries
        .into_iter()
        .filter_map(|entry| {
            let label = entry.label.to_lowercase();
            let fits = typed
                .split_whitespace()
                .all(|word| begins_word(&label, word) || begins_word(entry.words, word));
            fits.then(|| (!label.starts_with(&typed), entry))
        })
        .collect();
    sort::sort_by_key(&mut found, |(later, _)| *later);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// The dialog named "Command palette".
#[function_component(Palette)]
pub(crate) fn palette(props: &PaletteProps) -> Html {
    let typed = use_state_eq(String::new);
    let at = use_state_eq(|| 0_usize);
    let list = use_shown(*at);
    use_way_back();
    let found = fitting(entries(&props.view, props.setup), &typed);
    let take = {
        let (send, on) = (props.send.clone(), props.on.clone());
        Callback::from(move |does: Option<Does>| match does {
            Some(Does::Tools(told)) => {
                if matches!(told, ToolsTold::SetUp(_)) {
                    on.emit(ToolsTold::Closed);
                }
                on.emit(told);
            }
            Some(Does::Session(msg)) => {
                on.emit(ToolsTold::PaletteLeft);
                send.emit(msg);
            }
            None => {}
        })
    };
    let input = {
        let (typed, at) = (typed.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(dom::typed(&event));
            at.set(0);
        })
    };
    let press = {
        let (at, count) = (at.clone(), found.len());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(Step::To(to)) = step(&event, *at, count) {
                event.prevent_default();
                at.set(to);
            }
        })
    };
    let submit = {
        let (take, chosen) = (take.clone(), found.get(*at).map(|entry| entry.does.clone()));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            take.emit(chosen.clone());
        })
    };
    let each = found.iter().enumerate().map(|(index, entry)| {
        let (take, does) = (take.clone(), entry.does.clone());
        let press = Callback::from(move |_: MouseEvent| take.emit(Some(does.clone())));
        let content = html! {
            <>
                <span>{ &entry.label }</span>
                if let Some(key) = &entry.key {
                    <kbd>{ key }</kbd>
                }
            </>
        };
        choose("command", index, index == *at, press, content)
    });
    let active = (!found.is_empty()).then(|| format!("command-{}", *at));
    html! {
        <Sheet heading="Command palette" class="choosing" on_close={props.on.reform(|()| ToolsTold::PaletteLeft)}>
            <form class="ask" novalidate=true onsubmit={submit}>
                <div class="box">
                    <label for="command-typed">{ "What to do" }</label>
                    <input
                        id="command-typed" type="text" role="combobox" autofocus=true autocomplete="off" spellcheck="false"
                        autocapitalize="none" data-own-undo="true" aria-expanded={(!found.is_empty()).to_string()}
                        aria-controls="command-list" aria-autocomplete="list" aria-activedescendant={active}
                        value={(*typed).clone()} oninput={input} onkeydown={press}
                    />
                </div>
                <ul
                    ref={list} id="command-list" class="choices" role="listbox" aria-label="Commands"
                    hidden={found.is_empty()}
                >{ for each }</ul>
                <p class="help" aria-live="polite">{
                    if found.is_empty() { "There is no such command." } else { "" }
                }</p>
            </form>
        </Sheet>
    }
}

/// Puts the keyboard back where it was, unless it is somewhere else by then.
#[hook]
fn use_way_back() {
    let before = use_state(|| {
        let active = gloo::utils::document().active_element();
        active.and_then(|active| active.dyn_into::<HtmlElement>().ok())
    });
    use_effect_with((), move |()| {
        move || {
            // Once the dialog is gone, and whatever comes in its place has taken the keyboard.
            gloo::timers::callback::Timeout::new(0, move || {
                let document = gloo::utils::document();
                let nowhere = document
                    .active_element()
                    .is_none_or(|active| active.tag_name() == "BODY");
                if let Some(before) = before.as_ref().filter(|_| nowhere) {
                    // What takes no focus any more leaves it where it is.
                    let _ = before.focus();
                }
            })
            .forget();
        }
    });
}
