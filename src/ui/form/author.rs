//! The author: one the site knows, by name with the id written, or a guest.

use yew::prelude::*;

use crate::yaml::Value;

use super::{FieldProps, chosen, text_value, typed};

/// What the select says for a guest; no id has a space.
const GUEST: &str = "a guest";

pub(super) fn author(props: &FieldProps) -> Html {
    let value = props.value();
    let guest = matches!(value, Some(Value::Map(_)));
    let id = if guest {
        GUEST.to_owned()
    } else {
        props.text()
    };
    let authors = &props.profile.authors;
    let unknown = !guest && !id.is_empty() && authors.iter().all(|author| author.id != id);
    let edit = props.edit();
    let change = move |event: Event| {
        let id = chosen(&event);
        edit.emit(if id == GUEST {
            Some(Value::Map(vec![("name".to_owned(), Value::Null)]))
        } else {
            text_value(id)
        });
    };
    html! {
        <>
            <select
                id={props.id()} disabled={props.locked} aria-describedby={props.described_by()}
                aria-invalid={props.invalid()} aria-required={props.required()} onchange={change} onblur={props.leave()}
            >
                <option value="" selected={id.is_empty()}>{ "Nobody yet" }</option>
                { for authors.iter().map(|author| html! {
                    <option value={author.id.clone()} selected={author.id == id}>{ &author.name }</option>
                }) }
                if unknown {
                    <option value={id.clone()} selected=true>{ format!("{id} (not known to the site)") }</option>
                }
                <option value={GUEST} selected={guest}>{ "Guest…" }</option>
            </select>
            if unknown {
                <p class="cut">
                    { "The site does not know this author: the line below the title would be empty. Choose a name, or “Guest…”." }
                </p>
            }
            if guest {
                <fieldset class="guest">
                    <legend>{ "Guest author" }</legend>
                    { part(props, "name", "Name", "text") }
                    { part(props, "avatar", "Picture", "text") }
                    { part(props, "email", "Email", "email") }
                </fieldset>
            }
        </>
    }
}

fn part(props: &FieldProps, key: &'static str, label: &'static str, kind: &'static str) -> Html {
    let path = props.view.field.path.child(key);
    let id = format!("field-{path}");
    let value = props
        .value()
        .and_then(|value| value.get(key))
        .and_then(Value::as_text)
        .unwrap_or_default();
    let help = (key == "avatar").then(|| format!("{id}-help"));
    let (invalid, described_by) = (
        props.part_invalid(&path),
        props.part_described_by(&path, help.clone()),
    );
    let edit = props.edit_part(path);
    let change = move |event: InputEvent| {
        let text = typed(&event);
        // A guest without a name would be no guest: the entry stays.
        edit.emit(if key == "name" {
            Some(Value::String(text))
        } else {
            text_value(text)
        });
    };
    html! {
        <div class="part-of">
            <label for={id.clone()}>{ label }</label>
            <input
                type={kind} {id} {value} disabled={props.locked} autocomplete="off" spellcheck="false"
                aria-describedby={described_by} aria-invalid={invalid} oninput={change} onblur={props.leave()}
            />
            if let Some(id) = help {
                <p class="help" {id}>{ "The file’s name, beside the post." }</p>
            }
        </div>
    }
}
