//! Lists: of single texts, and of small forms.

use yew::prelude::*;

use crate::site::profile::Column;
use crate::yaml::Value;

use super::{FieldProps, notes, text_value, typed};

/// Image names or addresses, one box each.
pub(super) fn texts(props: &FieldProps) -> Html {
    let items = items_of(props);
    let rows = items.iter().enumerate().map(|(at, item)| {
        let edit = props.edit();
        let (all, rest) = (items.clone(), without(&items, at));
        let change = move |event: InputEvent| {
            let mut all = all.clone();
            if let Some(item) = all.get_mut(at) {
                *item = Value::String(typed(&event));
            }
            edit.emit(Some(Value::List(all)));
        };
        let number = at + 1;
        html! {
            <li key={at}>
                <input
                    type="text" value={item.as_text().unwrap_or_default()} disabled={props.locked} autocomplete="off"
                    aria-label={format!("{} {number}", props.view.field.label)} oninput={change} onblur={props.leave()}
                />
                { remove_button(props, rest, &format!("Remove {} {number}", props.view.field.label)) }
            </li>
        }
    });
    group(
        props,
        html! { <ul class="rows">{ for rows }</ul> },
        Value::String(String::new()),
        "Add",
    )
}

/// A small form an item.
pub(super) fn records(props: &FieldProps, columns: &[Column]) -> Html {
    let items = items_of(props);
    let rows = items.iter().enumerate().map(|(at, item)| {
        let path = props.view.field.path.item(at);
        let parts = columns.iter().map(|column| {
            let id = format!("field-{}", path.child(&column.key));
            let value = item.get(&column.key).and_then(Value::as_text).unwrap_or_default();
            let edit = props.edit_part(path.child(&column.key));
            let first = columns.first().is_some_and(|first| first.key == column.key);
            let change = move |event: InputEvent| {
                let text = typed(&event);
                // The first entry holds the item together.
                edit.emit(if first { Some(Value::String(text)) } else { text_value(text) });
            };
            html! {
                <div class="part" key={column.key.clone()}>
                    <label for={id.clone()}>{ &column.label }</label>
                    if column.long {
                        <textarea {id} rows="3" {value} disabled={props.locked} oninput={change} onblur={props.leave()} />
                    } else {
                        <input type="text" {id} {value} disabled={props.locked} autocomplete="off" oninput={change} onblur={props.leave()} />
                    }
                    if !column.help.is_empty() {
                        <p class="help">{ &column.help }</p>
                    }
                </div>
            }
        });
        let number = at + 1;
        html! {
            <li key={at}>
                <fieldset>
                    <legend>{ format!("{} {number}", props.view.field.label) }</legend>
                    { for parts }
                    { remove_button(props, without(&items, at), &format!("Remove {} {number}", props.view.field.label)) }
                </fieldset>
            </li>
        }
    });
    let first = columns
        .first()
        .map(|column| column.key.clone())
        .unwrap_or_default();
    let blank = Value::Map(vec![(first, Value::String(String::new()))]);
    group(
        props,
        html! { <ul class="records">{ for rows }</ul> },
        blank,
        "Add one",
    )
}

fn items_of(props: &FieldProps) -> Vec<Value> {
    match props.value() {
        Some(Value::List(items)) => items.clone(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![value.clone()],
    }
}

fn without(items: &[Value], at: usize) -> Vec<Value> {
    let kept = items.iter().enumerate().filter(|&(i, _)| i != at);
    kept.map(|(_, item)| item.clone()).collect()
}

fn remove_button(props: &FieldProps, rest: Vec<Value>, name: &str) -> Html {
    let (edit, leave) = (props.edit(), props.leave());
    let remove =
        move |_: MouseEvent| edit.emit((!rest.is_empty()).then(|| Value::List(rest.clone())));
    html! {
        <button type="button" class="quiet" disabled={props.locked} aria-label={name.to_owned()} onclick={remove} onblur={leave}>
            { "Remove" }
        </button>
    }
}

fn group(props: &FieldProps, rows: Html, blank: Value, add: &'static str) -> Html {
    let edit = props.edit();
    let items = items_of(props);
    let add_one = move |_: MouseEvent| {
        let mut items = items.clone();
        items.push(blank.clone());
        edit.emit(Some(Value::List(items)));
    };
    html! {
        <fieldset class="list" id={props.id()} tabindex="-1" aria-describedby={props.described_by()}>
            <legend>{ &props.view.field.label }</legend>
            { rows }
            <button
                type="button" disabled={props.locked} onclick={add_one} onblur={props.leave()}
                aria-label={format!("{add} to {}", props.view.field.label)}
            >{ add }</button>
            { notes(props) }
        </fieldset>
    }
}
