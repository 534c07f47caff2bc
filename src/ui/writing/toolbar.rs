//! The toolbar of the Markdown pane: one stop for Tab, arrows within.

use gloo::events::EventListener;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::shell::{Around, SIZES, Setup};

use super::actions::{self, Action};
use super::icons::{arrow, icon};
use super::menu::{Entry, Mark, Menu};
use super::{ToolsTold, actions::shown_key};
use crate::ui::dom;

/// What stands in the toolbar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    /// A button for an action; pressed while this is around the caret.
    Button(&'static str, Option<Around>),
    /// A button that opens a menu: its name, what it is called.
    Menu(&'static str, &'static str),
    /// A gap between groups.
    Gap,
}

const TOOLS: &[Tool] = &[
    Tool::Menu("heading", "Heading"),
    Tool::Button("bold", Some(Around::BOLD)),
    Tool::Button("italic", Some(Around::ITALIC)),
    Tool::Button("strikethrough", Some(Around::STRIKETHROUGH)),
    Tool::Button("code", Some(Around::CODE)),
    Tool::Button("link", Some(Around::LINK)),
    Tool::Gap,
    Tool::Button("bullets", Some(Around::BULLETS)),
    Tool::Button("numbers", Some(Around::NUMBERS)),
    Tool::Button("tasks", Some(Around::TASKS)),
    Tool::Button("quote", Some(Around::QUOTE)),
    Tool::Gap,
    Tool::Button("fence", Some(Around::FENCE)),
    Tool::Menu("table", "Table"),
    Tool::Button("image", None),
    Tool::Menu("shortcode", "Shortcode"),
    Tool::Button("footnote", None),
    Tool::Button("divider", None),
    Tool::Gap,
    Tool::Button("outline", None),
    Tool::Menu("more", "More"),
    Tool::Button("shortcuts", None),
];

/// What the toolbar needs.
#[derive(Properties, PartialEq)]
pub(crate) struct FormattingProps {
    pub(crate) around: Around,
    pub(crate) setup: Setup,
    pub(crate) on: Callback<ToolsTold>,
}

/// The toolbar named "Formatting".
#[function_component(Formatting)]
pub(crate) fn formatting(props: &FormattingProps) -> Html {
    // The one that Tab stops at, and whose menu is open.
    let stop = use_state_eq(|| 0_usize);
    let open = use_state_eq(|| None::<&'static str>);
    let by_keyboard = use_state_eq(|| false);
    use_keyboard_below();
    let keys = {
        let stop = stop.clone();
        Callback::from(move |event: KeyboardEvent| {
            let stops: Vec<usize> = (0..TOOLS.len())
                .filter(|at| !matches!(TOOLS.get(*at), None | Some(Tool::Gap)))
                .collect();
            let here = stops.iter().position(|at| *at == *stop).unwrap_or_default();
            let count = stops.len();
            let next = match event.key().as_str() {
                "ArrowRight" => (here + 1) % count,
                "ArrowLeft" => (here + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            if let Some(at) = stops.get(next) {
                stop.set(*at);
                dom::focus(&format!("tool-{at}"));
            }
        })
    };
    let each = TOOLS.iter().enumerate().map(|(at, tool)| {
        let id = format!("tool-{at}");
        let tabindex = if *stop == at { "0" } else { "-1" };
        // A press leaves the keyboard in the text, and a phone's keyboard open.
        let hold = Callback::from(|event: PointerEvent| event.prevent_default());
        let hold_mouse = Callback::from(|event: MouseEvent| event.prevent_default());
        let take = {
            let stop = stop.clone();
            Callback::from(move |_: FocusEvent| stop.set(at))
        };
        match *tool {
            Tool::Gap => html! { <span class="gap" aria-hidden="true" /> },
            Tool::Button(name, around) => {
                let Some(action) = actions::named(name) else {
                    return Html::default();
                };
                let pressed = around.map(|what| props.around.has(what).to_string());
                html! {
                    <button
                        type="button" {id} {tabindex} aria-label={action.label} title={actions::tip(action)}
                        aria-pressed={pressed} aria-keyshortcuts={actions::spoken_key(name)} onpointerdown={hold}
                        onmousedown={hold_mouse} onfocus={take}
                        onclick={props.on.reform(move |_: MouseEvent| ToolsTold::Chosen(name))}
                    >{ icon(name) }</button>
                }
            }
            Tool::Menu(name, label) => {
                let is_open = *open == Some(name);
                let toggle = {
                    let (open, by_keyboard) = (open.clone(), by_keyboard.clone());
                    Callback::from(move |event: MouseEvent| {
                        // A key's press counts no clicks.
                        by_keyboard.set(event.detail() == 0);
                        open.set((!is_open).then_some(name));
                    })
                };
                let down = {
                    let (open, by_keyboard) = (open.clone(), by_keyboard.clone());
                    Callback::from(move |event: KeyboardEvent| {
                        if event.key() == "ArrowDown" {
                            event.prevent_default();
                            by_keyboard.set(true);
                            open.set(Some(name));
                        }
                    })
                };
                html! {
                    <button
                        type="button" {id} {tabindex} class="opens" aria-label={label} title={label} aria-haspopup="menu"
                        aria-expanded={is_open.to_string()} aria-controls={is_open.then(|| format!("menu-{name}"))}
                        onmousedown={hold_mouse} onfocus={take} onclick={toggle} onkeydown={down}
                    >{ icon(name) }{ arrow() }</button>
                }
            }
        }
    });
    let menu = (*open).and_then(|name| {
        let at = TOOLS
            .iter()
            .position(|tool| matches!(tool, Tool::Menu(known, _) if *known == name))?;
        let Some(Tool::Menu(_, label)) = TOOLS.get(at) else {
            return None;
        };
        let on_close = {
            let open = open.clone();
            Callback::from(move |back: bool| {
                open.set(None);
                if back {
                    dom::focus(&format!("tool-{at}"));
                }
            })
        };
        Some(html! {
            <Menu
                key={name} id={format!("menu-{name}")} label={*label} button={format!("tool-{at}")}
                entries={entries(name, props.around, props.setup)} by_keyboard={*by_keyboard} on={props.on.clone()} {on_close}
            />
        })
    });
    html! {
        <div class="formatting">
            <div class="tools" role="toolbar" aria-label="Formatting" aria-controls="markdown" onkeydown={keys}>
                { for each }
            </div>
            { menu.unwrap_or_default() }
        </div>
    }
}

fn entry(action: &Action, mark: Mark, enabled: bool) -> Entry {
    Entry {
        label: action.label.to_owned(),
        key: shown_key(action.name),
        mark,
        enabled,
        told: ToolsTold::Chosen(action.name),
    }
}

fn entries(menu: &str, around: Around, setup: Setup) -> Vec<Entry> {
    let some = |names: &[&str], mark: fn(&str, Around) -> Mark, enabled: bool| -> Vec<Entry> {
        names
            .iter()
            .filter_map(|name| actions::named(name))
            .map(|action| entry(action, mark(action.name, around), enabled))
            .collect()
    };
    let plain = |_: &str, _: Around| Mark::None;
    match menu {
        "heading" => some(
            &["paragraph", "heading-2", "heading-3", "heading-4"],
            |name, around| {
                Mark::Choice(match name {
                    "heading-2" => around.has(Around::H2),
                    "heading-3" => around.has(Around::H3),
                    "heading-4" => around.has(Around::H4),
                    _ => !around.has_heading(),
                })
            },
            true,
        ),
        "table" => {
            let inside = around.has(Around::TABLE);
            let mut entries = some(&["table"], plain, !inside);
            if let Some(first) = entries.first_mut() {
                "New table…".clone_into(&mut first.label);
            }
            entries.extend(some(
                &[
                    "row",
                    "column",
                    "no-row",
                    "no-column",
                    "align-left",
                    "align-centre",
                    "align-right",
                    "align-none",
                ],
                plain,
                inside,
            ));
            entries
        }
        "shortcode" => some(
            &["youtube", "x", "note", "warning", "shortcode"],
            plain,
            true,
        ),
        _ => {
            let mut entries = some(
                &[
                    "wrap",
                    "format",
                    "done",
                    "up",
                    "down",
                    "go-to-line",
                    "find",
                    "call",
                    "goal",
                    "palette",
                ],
                plain,
                true,
            );
            entries.extend(views(setup));
            entries
        }
    }
}

fn views(setup: Setup) -> Vec<Entry> {
    let set = |label: &str, mark, enabled, setup| Entry {
        label: label.to_owned(),
        key: None,
        mark,
        enabled,
        told: ToolsTold::SetUp(setup),
    };
    let size = |by: i8| Setup {
        size: setup.size.saturating_add(by),
        ..setup
    };
    let numbers = !setup.numbers;
    let focus = !setup.focus;
    let typewriter = !setup.typewriter;
    vec![
        set(
            "Larger text",
            Mark::None,
            setup.size < *SIZES.end(),
            size(1),
        ),
        set(
            "Smaller text",
            Mark::None,
            setup.size > *SIZES.start(),
            size(-1),
        ),
        set(
            "Line numbers",
            Mark::Tick(setup.numbers),
            true,
            Setup { numbers, ..setup },
        ),
        set(
            "Focus on the text",
            Mark::Tick(setup.focus),
            true,
            Setup { focus, ..setup },
        ),
        set(
            "Keep the line in the middle",
            Mark::Tick(setup.typewriter),
            true,
            Setup {
                typewriter,
                ..setup
            },
        ),
    ]
}

/// Tells the stylesheet how much of the page's foot a phone's keyboard hides, where the browser lays it over the page.
#[hook]
fn use_keyboard_below() {
    use_effect_with((), |()| {
        let viewport = gloo::utils::window().visual_viewport();
        let measure = || {
            let window = gloo::utils::window();
            let (Some(seen), Some(height)) = (
                window.visual_viewport(),
                window
                    .inner_height()
                    .ok()
                    .and_then(|height| height.as_f64()),
            ) else {
                return;
            };
            // Zoomed in, the page's foot is out of sight on purpose.
            let zoomed = seen.scale() > 1.01;
            let below = if zoomed {
                0.0
            } else {
                height - seen.height() - seen.offset_top()
            };
            let root: Result<HtmlElement, _> = gloo::utils::document_element().dyn_into();
            if let Ok(root) = root {
                let below = format!("{}px", below.max(0.0).round());
                // Without it the toolbar stays at the page's foot.
                let _ = root.style().set_property("--below", &below);
            }
        };
        let listeners: Vec<EventListener> = viewport
            .iter()
            .flat_map(|viewport| {
                ["resize", "scroll"]
                    .map(|event| EventListener::new(viewport, event, move |_| measure()))
            })
            .collect();
        move || drop(listeners)
    });
}
