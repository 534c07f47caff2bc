//! The form "Front matter": one widget a field, as the profile says, and the raw text as another way.

mod author;
mod date;
mod keywords;
mod lists;
mod text;

use std::rc::Rc;

use yew::prelude::*;

use crate::session::view::{FieldView, FormView};
use crate::session::{Msg, PaneId};
use crate::shell::clock;
use crate::site::Profile;
use crate::site::profile::{Choice, FieldKind};
use crate::yaml::{KeyPath, Value};

use super::PaneEvent;
use super::dom::{chosen, typed};
use super::editor::use_placed;

/// What stands above the form needs.
#[derive(Properties, PartialEq)]
pub(super) struct FormHeadProps {
    pub(super) raw: bool,
    pub(super) send: Callback<Msg>,
}

/// The form's heading, and the way to its text.
#[function_component(FormHead)]
pub(super) fn form_head(props: &FormHeadProps) -> Html {
    html! {
        <div class="pane-head">
            <h2>{ "Front matter" }</h2>
            <button
                type="button" class="quiet" aria-pressed={props.raw.to_string()}
                onclick={props.send.reform(|_: MouseEvent| Msg::RawFrontMatterToggled)}
            >{ "Edit as YAML" }</button>
        </div>
    }
}

/// What the form needs.
#[derive(Properties, PartialEq)]
pub(super) struct FormProps {
    pub(super) form: Rc<FormView>,
    pub(super) profile: Rc<Profile>,
    pub(super) raw: bool,
    pub(super) send: Callback<Msg>,
    pub(super) panes: Callback<PaneEvent>,
    pub(super) pane: NodeRef,
}

/// The form; above it the text, where that is wanted.
#[function_component(Form)]
pub(super) fn form(props: &FormProps) -> Html {
    let form = &props.form;
    let stay = Callback::from(|event: SubmitEvent| event.prevent_default());
    let field = |view: &FieldView| {
        let key = view.field.path.to_string();
        html! {
            <Field
                key={key} view={view.clone()} profile={Rc::clone(&props.profile)}
                locked={form.locked.is_some()} send={props.send.clone()}
            />
        }
    };
    let slug = KeyPath::key("slug");
    let (everyday, more): (Vec<_>, Vec<_>) =
        form.fields.iter().partition(|view| view.field.everyday);
    let used = more.iter().filter(|view| view.written).count();
    html! {
        <form class="scrolls" aria-label="Front matter" onsubmit={stay}>
            <div aria-live="polite">
                if let Some(reason) = &form.locked {
                    <p class="locked">{ reason }</p>
                }
            </div>
            if props.raw {
                <RawPane panes={props.panes.clone()} pane={props.pane.clone()} />
            }
            <div>
                <div class="fields">
                    { for everyday.iter().map(|view| html! {
                        <>
                            { field(view) }
                            // Without the front matter there is no telling the address.
                            if view.field.path == slug && form.locked.is_none() {
                                <Address form={Rc::clone(form)} send={props.send.clone()} />
                            }
                        </>
                    }) }
                </div>
                <details class="more">
                    <summary>
                        { "More fields" }
                        if used > 0 {
                            <span class="used">{ format!("{used} in use") }</span>
                        }
                    </summary>
                    <div class="fields">{ for more.iter().map(|view| field(view)) }</div>
                </details>
                if !form.others.is_empty() {
                    <section class="others" aria-labelledby="others-heading">
                        <h3 id="others-heading">{ "Other entries" }</h3>
                        <p class="help">{ "The form has no fields for these. They stay as they are until you edit them." }</p>
                        <ul>
                            { for form.others.iter().map(|entry| {
                                let path = entry.path.clone();
                                html! {
                                    <li key={entry.path.to_string()}>
                                        <span class="place">{ format!("Line {}", entry.line) }</span>
                                        <code>{ &entry.source }</code>
                                        <button
                                            type="button" class="quiet" aria-label={format!("Edit {path} as YAML")}
                                            onclick={props.send.reform(move |_: MouseEvent| Msg::EntryOpened(path.clone()))}
                                        >{ "Edit" }</button>
                                    </li>
                                }
                            }) }
                        </ul>
                    </section>
                }
            </div>
        </form>
    }
}

/// What the raw front matter's box needs.
#[derive(Properties, PartialEq)]
struct RawPaneProps {
    panes: Callback<PaneEvent>,
    pane: NodeRef,
}

#[function_component(RawPane)]
fn raw_pane(props: &RawPaneProps) -> Html {
    use_placed(&props.panes);
    html! {
        <div class="raw-part">
            <label for="front-matter-yaml">{ "Front matter YAML" }</label>
            <textarea
                ref={props.pane.clone()} id="front-matter-yaml" class="pane raw" spellcheck="false" rows="18"
                autocapitalize="off" autocomplete="off"
                oninput={props.panes.reform(|_: InputEvent| PaneEvent::Input(PaneId::FrontMatter))}
             />
        </div>
    }
}

/// What the address line needs.
#[derive(Properties, PartialEq)]
struct AddressProps {
    form: Rc<FormView>,
    send: Callback<Msg>,
}

#[function_component(Address)]
fn address(props: &AddressProps) -> Html {
    let send = |make: fn(crate::session::Millis) -> Msg| {
        props.send.reform(move |_: MouseEvent| make(clock::now()))
    };
    html! {
        <div class="address">
            if let Some(address) = &props.form.address {
                <p><span>{ "Address: " }</span><code>{ address }</code></p>
            }
            <div aria-live="polite">
                if let Some(before) = &props.form.moved_from {
                    <div class="moved">
                        <p>{ "This moves the page: links to " }<code>{ before }</code>{ " would break." }</p>
                        <button type="button" onclick={send(|at| Msg::OldAddressKept { at })}>{ "Keep the old address" }</button>
                        <button type="button" onclick={send(|at| Msg::RedirectAdded { at })}>{ "Add a redirect" }</button>
                    </div>
                }
            </div>
        </div>
    }
}

/// What a field's widget needs.
#[derive(Clone, Properties, PartialEq)]
struct FieldProps {
    view: FieldView,
    profile: Rc<Profile>,
    locked: bool,
    send: Callback<Msg>,
}

impl FieldProps {
    fn value(&self) -> Option<&Value> {
        self.view.value.as_ref()
    }

    fn text(&self) -> String {
        self.value().and_then(Value::as_text).unwrap_or_default()
    }

    fn id(&self) -> String {
        format!("field-{}", self.view.field.path)
    }

    /// The ids of what explains the widget.
    fn described_by(&self) -> String {
        let id = self.id();
        let field = &self.view.field;
        let mut ids = vec![format!("{id}-refusal")];
        if field.limit.is_some() {
            ids.push(format!("{id}-count"));
        }
        if !field.help.is_empty() {
            ids.push(format!("{id}-help"));
        }
        ids.join(" ")
    }

    /// `aria-invalid` of the field's control: whether the file could not take what is typed.
    fn invalid(&self) -> Option<&'static str> {
        self.part_invalid(&self.view.field.path)
    }

    /// The ids of what explains the control of a part of the entry.
    fn part_described_by(&self, path: &KeyPath, help: Option<String>) -> Option<String> {
        help.or_else(|| {
            self.part_invalid(path)
                .map(|_| format!("{}-refusal", self.id()))
        })
    }

    /// `aria-invalid` of the control of a part of the entry.
    fn part_invalid(&self, path: &KeyPath) -> Option<&'static str> {
        let refused = self
            .view
            .refused
            .iter()
            .any(|refused| refused.path == *path);
        refused.then_some("true")
    }

    fn required(&self) -> Option<&'static str> {
        self.view.field.required.then_some("true")
    }

    /// Sends a new value.
    fn edit(&self) -> Callback<Option<Value>> {
        self.edit_part(self.view.field.path.clone())
    }

    /// Sends a new value for a part of the entry.
    fn edit_part(&self, path: KeyPath) -> Callback<Option<Value>> {
        self.send.reform(move |value| Msg::FieldEdited {
            path: path.clone(),
            value,
            at: clock::now(),
        })
    }

    fn leave(&self) -> Callback<FocusEvent> {
        self.send.reform(|_| Msg::FieldLeft)
    }
}

/// Text that is empty is no entry.
fn text_value(text: String) -> Option<Value> {
    (!text.is_empty()).then_some(Value::String(text))
}

#[function_component(Field)]
fn field(props: &FieldProps) -> Html {
    let field = &props.view.field;
    let widget = match &field.kind {
        FieldKind::Checkbox => return checkbox(props),
        FieldKind::Images | FieldKind::Paths => {
            return html! { <div class="field"><lists::Texts ..props.clone() /></div> };
        }
        FieldKind::Records(_) => {
            return html! { <div class="field"><lists::Records ..props.clone() /></div> };
        }
        FieldKind::Line | FieldKind::Heading | FieldKind::Image => text::line(props),
        FieldKind::Prose => text::prose(props),
        FieldKind::Date => date::date(props),
        FieldKind::Keywords => html! { <keywords::Keywords ..keywords::props(props) /> },
        FieldKind::Author => author::author(props),
        FieldKind::Select(choices) => select(props, choices),
    };
    html! {
        <div class="field">
            <div class="label-row">
                <label for={props.id()}>{ &field.label }</label>
                { counter(props) }
            </div>
            { widget }
            { notes(props) }
        </div>
    }
}

/// Help, and why the file could not take what is typed.
fn notes(props: &FieldProps) -> Html {
    let id = props.id();
    html! {
        <div class="notes">
            <p class="refusal" id={format!("{id}-refusal")} aria-live="polite">
                { for props.view.refused.iter().map(|refused| &refused.reason) }
            </p>
            if !props.view.field.help.is_empty() {
                <p class="help" id={format!("{id}-help")}>{ &props.view.field.help }</p>
            }
        </div>
    }
}

/// How many characters there are, of how many that are shown.
fn counter(props: &FieldProps) -> Html {
    let Some(limit) = props.view.field.limit else {
        return Html::default();
    };
    let length = props.text().chars().count();
    let over = length > limit;
    html! {
        <span class={classes!("counter", over.then_some("over"))} id={format!("{}-count", props.id())}>
            { length }<span class="visually-hidden">{ " of " }</span><span aria-hidden="true">{ "/" }</span>{ limit }
            <span class="visually-hidden">
                { if over { " characters, more than are shown" } else { " characters" } }
            </span>
        </span>
    }
}

fn select(props: &FieldProps, choices: &[Choice]) -> Html {
    let value = props.text();
    let unknown = !value.is_empty() && choices.iter().all(|choice| choice.value != value);
    let edit = props.edit();
    html! {
        <select
            id={props.id()} disabled={props.locked} aria-describedby={props.described_by()} aria-invalid={props.invalid()}
            onchange={move |event: Event| edit.emit(text_value(chosen(&event)))} onblur={props.leave()}
        >
            <option value="" selected={value.is_empty()}>{ "As usual" }</option>
            { for choices.iter().map(|choice| html! {
                <option value={choice.value.clone()} selected={choice.value == value}>{ &choice.label }</option>
            }) }
            if unknown {
                <option value={value.clone()} selected=true>{ &value }</option>
            }
        </select>
    }
}

fn checkbox(props: &FieldProps) -> Html {
    let edit = props.edit();
    let toggled = move |event: Event| {
        let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
        let on = input.is_some_and(|input| input.checked());
        edit.emit(Some(Value::Bool(on)));
    };
    let odd = props
        .value()
        .filter(|value| !matches!(value, Value::Bool(_) | Value::Null));
    html! {
        <div class="field check">
            <div>
                <input
                    type="checkbox" id={props.id()} checked={props.value() == Some(&Value::Bool(true))} disabled={props.locked}
                    aria-describedby={props.described_by()} onchange={toggled} onblur={props.leave()}
                />
                <label for={props.id()}>{ &props.view.field.label }</label>
            </div>
            if let Some(odd) = odd {
                <p class="cut">
                    { format!("The file says “{}” here, which is neither yes nor no.", odd.as_text().unwrap_or_else(|| "…".to_owned())) }
                </p>
            }
            { notes(props) }
        </div>
    }
}
