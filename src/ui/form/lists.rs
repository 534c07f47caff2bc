//! Lists: of single texts, and of small forms. A row that is added is no entry of the file until something stands in it.

use yew::prelude::*;

use crate::site::profile::FieldKind;
use crate::ui::dom;
use crate::yaml::Value;

use super::{FieldProps, date, notes, text_value, typed};

/// Image names or addresses, one box each.
#[function_component(Texts)]
pub(super) fn texts(props: &FieldProps) -> Html {
    let items = items_of(props);
    let (blank, add) = use_blank_row(props, items.len());
    let label = &props.view.field.label;
    let row = |at: usize| {
        let (change, left) = {
            let (edit, items) = (props.edit(), items.clone());
            let (leave, kept) = (props.leave(), items.clone());
            let drop = props.edit();
            let blank = blank.clone();
            let change = move |event: InputEvent| {
                let mut items = items.clone();
                let text = Value::String(typed(&event));
                match items.get_mut(at) {
                    Some(item) => *item = text,
                    None => items.push(text),
                }
                blank.set(false);
                edit.emit(Some(Value::List(items)));
            };
            // An emptied row is a removed one, once it is left.
            let left = move |event: FocusEvent| {
                if typed(&event).trim().is_empty() && at < kept.len() {
                    drop.emit(list_value(without(&kept, at)));
                }
                leave.emit(event);
            };
            (change, left)
        };
        let value = items.get(at).and_then(Value::as_text).unwrap_or_default();
        let number = at + 1;
        html! {
            <li key={at}>
                <input
                    type="text" id={row_id(props, at)} {value} disabled={props.locked} autocomplete="off" spellcheck="false"
                    autocapitalize="off" aria-label={format!("{label} {number}")} oninput={change} onblur={left}
                />
                { remove_button(props, &items, at, &blank) }
            </li>
        }
    };
    let rows = (0..items.len() + usize::from(*blank)).map(row);
    group(
        props,
        html! { <ul class="rows">{ for rows }</ul> },
        &add,
        *blank,
    )
}

/// A small form an item.
#[function_component(Records)]
pub(super) fn records(props: &FieldProps) -> Html {
    let items = items_of(props);
    let (blank, add) = use_blank_row(props, items.len());
    let FieldKind::Records(columns) = &props.view.field.kind else {
        return Html::default();
    };
    let label = &props.view.field.label;
    let row = |at: usize| {
        let path = props.view.field.path.item(at);
        let item = items.get(at);
        let group = format!("{}-legend-{at}", props.id());
        let parts = columns.iter().enumerate().map(|(place, column)| {
            let path = path.child(&column.key);
            let id = if place == 0 { row_id(props, at) } else { format!("field-{path}") };
            let value = item.and_then(|item| item.get(&column.key)).and_then(Value::as_text).unwrap_or_default();
            let key = column.key.clone();
            let only = matches!(item, Some(Value::Map(entries)) if entries.len() == 1);
            let help = (!column.help.is_empty()).then(|| format!("{id}-help"));
            let (invalid, described_by) = (
                props.part_invalid(&path),
                props.part_described_by(&path, help.clone()),
            );
            let (edit, edit_all) = (props.edit_part(path), props.edit());
            let (items, blank) = (items.clone(), blank.clone());
            let change = Callback::from(move |value: Option<Value>| {
                let nothing = || Value::String(String::new());
                if at < items.len() {
                    // The last entry holds the item together.
                    edit.emit(if only { Some(value.unwrap_or_else(nothing)) } else { value });
                } else {
                    let mut items = items.clone();
                    items.push(Value::Map(vec![(key.clone(), value.unwrap_or_else(nothing))]));
                    blank.set(false);
                    edit_all.emit(Some(Value::List(items)));
                }
            });
            let written = change.reform(|event: InputEvent| text_value(typed(&event)));
            // “Recordings 2 Title”: the label alone stands in every row.
            let label = format!("{id}-label");
            let named = format!("{group} {label}");
            html! {
                <div class="part-of" key={column.key.clone()}>
                    <label for={id.clone()} id={label}>{ &column.label }</label>
                    if column.date {
                        {
                            date::DateBox {
                                id,
                                labelled_by: Some(named),
                                described_by,
                                written: value,
                                usual: |day| day.to_string(),
                                locked: props.locked,
                                invalid,
                                required: None,
                                edit: change,
                                leave: props.leave(),
                            }
                            .html()
                        }
                    } else if column.long {
                        <textarea
                            {id} rows="3" {value} disabled={props.locked} aria-labelledby={named}
                            aria-describedby={described_by} aria-invalid={invalid} oninput={written} onblur={props.leave()}
                         />
                    } else {
                        <input
                            type="text" {id} {value} disabled={props.locked} autocomplete="off" aria-labelledby={named}
                            aria-describedby={described_by} aria-invalid={invalid} oninput={written} onblur={props.leave()}
                        />
                    }
                    if let Some(id) = help {
                        <p class="help" {id}>{ &column.help }</p>
                    }
                </div>
            }
        });
        html! {
            <li key={at}>
                <fieldset>
                    <legend id={group.clone()}>{ format!("{label} {}", at + 1) }</legend>
                    { for parts }
                    { remove_button(props, &items, at, &blank) }
                </fieldset>
            </li>
        }
    };
    let rows = (0..items.len() + usize::from(*blank)).map(row);
    group(
        props,
        html! { <ul class="records">{ for rows }</ul> },
        &add,
        *blank,
    )
}

/// A row that is not in the file yet, and what puts it on the screen with the keyboard in it.
#[hook]
fn use_blank_row(props: &FieldProps, count: usize) -> (UseStateHandle<bool>, Callback<MouseEvent>) {
    let blank = use_state_eq(|| false);
    {
        let id = row_id(props, count);
        use_effect_with(*blank, move |&blank| {
            if blank {
                dom::focus(&id);
            }
        });
    }
    let add = {
        let blank = blank.clone();
        Callback::from(move |_: MouseEvent| blank.set(true))
    };
    (blank, add)
}

fn row_id(props: &FieldProps, at: usize) -> String {
    format!("{}-row-{at}", props.id())
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

/// A list without items is no entry.
fn list_value(items: Vec<Value>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::List(items))
}

fn remove_button(
    props: &FieldProps,
    items: &[Value],
    at: usize,
    blank: &UseStateHandle<bool>,
) -> Html {
    let (edit, rest) = (props.edit(), without(items, at));
    let (is_blank, blank) = (at >= items.len(), blank.clone());
    let group = props.id();
    let remove = move |_: MouseEvent| {
        if is_blank {
            blank.set(false);
        } else {
            edit.emit(list_value(rest.clone()));
        }
        // The button goes; the keyboard stays near.
        dom::focus(&group);
    };
    html! {
        <button
            type="button" class="quiet" disabled={props.locked} onclick={remove} onblur={props.leave()}
            aria-label={format!("Remove {} {}", props.view.field.label, at + 1)}
        >{ "Remove" }</button>
    }
}

fn group(props: &FieldProps, rows: Html, add: &Callback<MouseEvent>, blank: bool) -> Html {
    let label = &props.view.field.label;
    html! {
        <fieldset class="list" id={props.id()} tabindex="-1" aria-describedby={props.described_by()}>
            <legend>{ label }</legend>
            { rows }
            <button
                type="button" disabled={props.locked || blank} onclick={add.clone()} aria-label={format!("Add to {label}")}
            >{ "Add" }</button>
            { notes(props) }
        </fieldset>
    }
}
