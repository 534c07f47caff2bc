//! The small forms: what a command has to know before it can be carried out.

use std::rc::Rc;

use yew::prelude::*;

use crate::site::Profile;
use crate::ui::dom;
use crate::writing::{Command, embed};

use super::ToolsTold;
use super::sheet::Sheet;

/// What a form needs that asks for nothing else.
#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    pub(super) on: Callback<ToolsTold>,
}

/// A labelled box for one line.
#[derive(Properties, PartialEq)]
struct BoxProps {
    id: &'static str,
    label: AttrValue,
    #[prop_or("text")]
    kind: &'static str,
    #[prop_or_default]
    help: AttrValue,
    #[prop_or_default]
    trouble: AttrValue,
    #[prop_or_default]
    least: Option<usize>,
    #[prop_or_default]
    most: Option<usize>,
    #[prop_or_default]
    list: Option<&'static str>,
    /// The keyboard is here when the form opens.
    #[prop_or_default]
    first: bool,
    value: UseStateHandle<String>,
}

#[function_component(TextBox)]
fn text_box(props: &BoxProps) -> Html {
    let BoxProps { id, value, .. } = props;
    let input = {
        let value = value.clone();
        Callback::from(move |event: InputEvent| value.set(dom::typed(&event)))
    };
    let help_id = format!("{id}-help");
    let trouble_id = format!("{id}-trouble");
    let described: Vec<&str> = [(&props.help, &help_id), (&props.trouble, &trouble_id)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(_, id)| id.as_str())
        .collect();
    html! {
        <div class="box">
            <label for={*id}>{ &props.label }</label>
            <input
                id={*id} type={props.kind} data-own-undo="true" autocomplete="off" list={props.list} autofocus={props.first}
                min={props.least.map(|least| least.to_string())} max={props.most.map(|most| most.to_string())}
                aria-invalid={(!props.trouble.is_empty()).then_some("true")}
                aria-describedby={(!described.is_empty()).then(|| described.join(" "))}
                value={(**value).clone()} oninput={input}
            />
            if !props.help.is_empty() {
                <p class="help" id={help_id}>{ &props.help }</p>
            }
            <p class="refusal" id={trouble_id} aria-live="polite">{ &props.trouble }</p>
        </div>
    }
}

/// A form in a dialog. Enter in a box is the same as its button.
#[derive(Properties, PartialEq)]
struct AskProps {
    heading: AttrValue,
    does: AttrValue,
    children: Html,
    on_done: Callback<()>,
    on: Callback<ToolsTold>,
}

#[function_component(Ask)]
fn ask(props: &AskProps) -> Html {
    let submit = {
        let on_done = props.on_done.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            on_done.emit(());
        })
    };
    html! {
        <Sheet heading={props.heading.clone()} on_close={props.on.reform(|()| ToolsTold::Closed)}>
            <form class="ask" novalidate=true onsubmit={submit}>
                { props.children.clone() }
                <div class="answers"><button type="submit" class="primary">{ &props.does }</button></div>
            </form>
        </Sheet>
    }
}

/// A number in a box, from 1 to `most`.
fn number(text: &str, most: usize) -> Result<usize, String> {
    match text.trim().parse() {
        Ok(number) if (1..=most).contains(&number) => Ok(number),
        _ => Err(format!("A whole number from 1 to {most}.")),
    }
}

/// Widest and longest table: more is no table for a reader.
const MOST_COLUMNS: usize = 20;
const MOST_ROWS: usize = 200;

/// How large a table is to be.
#[function_component(TableForm)]
pub(super) fn table_form(props: &FormProps) -> Html {
    let columns = use_state(|| "3".to_owned());
    let rows = use_state(|| "2".to_owned());
    let tried = use_state_eq(|| false);
    let size = (number(&columns, MOST_COLUMNS), number(&rows, MOST_ROWS));
    let trouble = |number: &Result<usize, String>| {
        let trouble = number.as_ref().err().filter(|_| *tried);
        AttrValue::from(trouble.cloned().unwrap_or_default())
    };
    let done = {
        let (on, tried, size) = (props.on.clone(), tried.clone(), size.clone());
        Callback::from(move |()| match &size {
            (Ok(columns), Ok(rows)) => on.emit(ToolsTold::Made(Command::Table {
                columns: *columns,
                rows: *rows,
            })),
            _ => tried.set(true),
        })
    };
    html! {
        <Ask heading="New table" does="Insert table" on_done={done} on={props.on.clone()}>
            <TextBox
                id="table-columns" first=true label="Columns" kind="number" least={1} most={MOST_COLUMNS} trouble={trouble(&size.0)}
                value={columns}
            />
            <TextBox
                id="table-rows" label="Rows below the head" kind="number" least={1} most={MOST_ROWS}
                trouble={trouble(&size.1)} value={rows}
            />
        </Ask>
    }
}

/// Languages the posts are written about; any other can be typed.
const LANGUAGES: [&str; 14] = [
    "bash",
    "console",
    "diff",
    "dockerfile",
    "go",
    "graphql",
    "html",
    "javascript",
    "json",
    "python",
    "rust",
    "sh",
    "toml",
    "yaml",
];

/// The language of a code block.
#[function_component(CodeForm)]
pub(super) fn code_form(props: &FormProps) -> Html {
    let language = use_state(String::new);
    let done = {
        let (on, language) = (props.on.clone(), language.clone());
        Callback::from(move |()| {
            // It stands behind the fence, where only one word is a language.
            let language = language.split_whitespace().next().unwrap_or_default();
            on.emit(ToolsTold::Made(Command::Fence {
                language: language.replace(['`', '~'], ""),
            }));
        })
    };
    html! {
        <Ask heading="Code block" does="Insert code block" on_done={done} on={props.on.clone()}>
            <TextBox
                id="code-language" first=true label="Language" help="Such as yaml or bash. Leave it empty for plain text."
                list="code-languages" value={language}
            />
            <datalist id="code-languages">{ for LANGUAGES.iter().map(|name| html! { <option value={*name} /> }) }</datalist>
        </Ask>
    }
}

/// What the form for a line needs.
#[derive(Properties, PartialEq)]
pub(super) struct LineFormProps {
    /// The file's line that the text begins with.
    pub(super) first: usize,
    pub(super) on: Callback<ToolsTold>,
}

/// Which line to go to.
#[function_component(LineForm)]
pub(super) fn line_form(props: &LineFormProps) -> Html {
    let line = use_state(String::new);
    let trouble = use_state_eq(String::new);
    let done = {
        let (on, line, trouble) = (props.on.clone(), line.clone(), trouble.clone());
        Callback::from(move |()| match number(&line, 10_000_000) {
            Ok(line) => on.emit(ToolsTold::LineChosen(line)),
            Err(_) => trouble.set("A whole number, such as 12.".to_owned()),
        })
    };
    let help = format!(
        "Counted from the start of the file, as the problems are. The text begins on line {}.",
        props.first
    );
    html! {
        <Ask heading="Go to line" does="Go" on_done={done} on={props.on.clone()}>
            <TextBox
                id="line-number" first=true label="Line" kind="number" least={1} {help} trouble={(*trouble).clone()} value={line}
            />
        </Ask>
    }
}

/// What the form for a shortcode needs.
#[derive(Properties, PartialEq)]
pub(super) struct ShortcodeFormProps {
    /// Its action's name.
    pub(super) kind: &'static str,
    pub(super) profile: Rc<Profile>,
    pub(super) on: Callback<ToolsTold>,
}

/// Those of the site with a form of their own.
const KNOWN: [&str; 4] = ["youtube", "x", "note", "warning"];

/// A shortcode by its form.
#[function_component(ShortcodeForm)]
pub(super) fn shortcode_form(props: &ShortcodeFormProps) -> Html {
    let first = use_state(String::new);
    let inside = use_state(String::new);
    let others = || {
        props
            .profile
            .shortcodes
            .iter()
            .filter(|name| !KNOWN.contains(&name.as_str()))
    };
    let name = use_state_eq(|| others().next().cloned().unwrap_or_default());
    let trouble = use_state_eq(String::new);
    let kind = props.kind;
    let done = {
        let (on, trouble) = (props.on.clone(), trouble.clone());
        let (first, inside, name) = (first.clone(), inside.clone(), name.clone());
        Callback::from(move |()| match made(kind, &name, &first, &inside) {
            Ok(command) => on.emit(ToolsTold::Made(command)),
            Err(reason) => trouble.set(reason.to_owned()),
        })
    };
    let write = {
        let inside = inside.clone();
        Callback::from(move |event: InputEvent| inside.set(dom::typed(&event)))
    };
    let text = |label: &'static str| {
        html! {
            <div class="box">
                <label for="shortcode-text">{ label }</label>
                <textarea
                    id="shortcode-text" rows="4" autofocus={matches!(kind, "note" | "warning")} data-own-undo="true" spellcheck="true" value={(*inside).clone()} oninput={write}
                />
            </div>
        }
    };
    let (heading, boxes) = match kind {
        "youtube" => (
            "YouTube video",
            html! {
                <TextBox
                    id="shortcode-first" first=true label="Address or id of the video"
                    help="As the browser or YouTube’s “Share” gives it; a start time in it is kept."
                    trouble={(*trouble).clone()} value={first}
                />
            },
        ),
        "x" => (
            "Post on X",
            html! {
                <TextBox
                    id="shortcode-first" first=true label="Address of the post" help="Such as https://x.com/Linkerd/status/123456."
                    trouble={(*trouble).clone()} value={first}
                />
            },
        ),
        "note" | "warning" => (
            if kind == "note" {
                "Note box"
            } else {
                "Warning box"
            },
            html! {
                <>
                    { text("Text") }
                    <p class="refusal" aria-live="polite">{ &*trouble }</p>
                </>
            },
        ),
        _ => {
            let choose = {
                let name = name.clone();
                Callback::from(move |event: Event| name.set(dom::chosen(&event)))
            };
            let options = others().map(|other| {
                html! { <option value={other.clone()} selected={*other == *name}>{ other }</option> }
            });
            (
                "Shortcode",
                html! {
                    <>
                        <div class="box">
                            <label for="shortcode-name">{ "Shortcode" }</label>
                            <select id="shortcode-name" autofocus=true onchange={choose}>{ for options }</select>
                        </div>
                        <TextBox
                            id="shortcode-first" label="Arguments" help="As they stand behind its name, often none."
                            trouble={(*trouble).clone()} value={first}
                        />
                        { text("Text in it, if it takes one") }
                    </>
                },
            )
        }
    };
    html! {
        <Ask {heading} does="Insert" on_done={done} on={props.on.clone()}>{ boxes }</Ask>
    }
}

/// The command for what a form says, or what is wrong with it.
fn made(kind: &str, name: &str, first: &str, inside: &str) -> Result<Command, &'static str> {
    let has_text = !inside.trim().is_empty();
    match kind {
        "youtube" => embed::youtube(first)
            .map(Command::InsertBlock)
            .ok_or("This is no video on YouTube. Copy the address from the video’s page."),
        "x" => embed::x(first)
            .map(Command::InsertBlock)
            .ok_or("This is no post on X. Copy the address of the post itself."),
        "note" | "warning" if has_text => Ok(Command::InsertBlock(embed::paired(kind, "", inside))),
        "note" | "warning" => Err("Write what stands in the box."),
        _ if first.contains(">}}") || first.contains("%}}") => {
            Err("Write only what stands behind the name, without the braces.")
        }
        _ if has_text => Ok(Command::InsertBlock(embed::paired(name, first, inside))),
        // What makes one word, such as a version, stands in a line.
        _ => Ok(Command::InsertInline(embed::single(name, first))),
    }
}

/// What the form for a goal needs.
#[derive(Properties, PartialEq)]
pub(super) struct GoalFormProps {
    /// The goal there is; 0: none.
    pub(super) goal: u32,
    pub(super) on: Callback<ToolsTold>,
}

/// How many words the text is to have.
#[function_component(GoalForm)]
pub(super) fn goal_form(props: &GoalFormProps) -> Html {
    let known = props.goal;
    let words = use_state(|| match known {
        0 => String::new(),
        goal => goal.to_string(),
    });
    let trouble = use_state_eq(String::new);
    let done = {
        let (on, words, trouble) = (props.on.clone(), words.clone(), trouble.clone());
        Callback::from(move |()| {
            if words.trim().is_empty() {
                return on.emit(ToolsTold::GoalChosen(0));
            }
            match number(&words, 1_000_000).map(u32::try_from) {
                Ok(Ok(goal)) => on.emit(ToolsTold::GoalChosen(goal)),
                _ => trouble.set("A whole number, such as 800.".to_owned()),
            }
        })
    };
    html! {
        <Ask heading="Goal of words" does="Set" on_done={done} on={props.on.clone()}>
            <TextBox
                id="goal-words" first=true label="Words" kind="number" least={1}
                help="Shown below the text, for this browser only. Leave it empty for no goal." trouble={(*trouble).clone()}
                value={words}
            />
        </Ask>
    }
}
