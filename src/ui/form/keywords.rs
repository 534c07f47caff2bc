//! Keywords as chips: typed with suggestions, pasted as a comma list, moved and removed by keyboard.

use yew::prelude::*;

use crate::yaml::Value;

use super::FieldProps;

/// What the widget needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeywordsProps {
    id: String,
    described_by: Option<String>,
    words: Vec<String>,
    vocabulary: Vec<String>,
    locked: bool,
    edit: Callback<Option<Value>>,
    leave: Callback<FocusEvent>,
}

pub(super) fn props(props: &FieldProps) -> KeywordsProps {
    let words = match props.value() {
        Some(Value::List(items)) => items.iter().filter_map(Value::as_text).collect(),
        Some(value) => value
            .as_text()
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect(),
        None => Vec::new(),
    };
    KeywordsProps {
        id: props.id(),
        described_by: props.described_by(),
        words,
        vocabulary: props.profile.keywords.clone(),
        locked: props.locked,
        edit: props.edit(),
        leave: props.leave(),
    }
}

/// The chips and the box behind them.
#[function_component(Keywords)]
pub(super) fn keywords(props: &KeywordsProps) -> Html {
    let draft = use_state_eq(String::new);
    let spoken = use_state_eq(String::new);
    let words = props.words.clone();
    let write = {
        let edit = props.edit.clone();
        move |words: Vec<String>| {
            let items: Vec<Value> = words.into_iter().map(Value::String).collect();
            edit.emit((!items.is_empty()).then_some(Value::List(items)));
        }
    };
    let add = {
        let (words, write, draft, spoken) =
            (words.clone(), write.clone(), draft.clone(), spoken.clone());
        move |text: &str| {
            let mut next = words.clone();
            for word in text
                .split([',', '\n'])
                .map(str::trim)
                .filter(|word| !word.is_empty())
            {
                if !next.iter().any(|known| known == word) {
                    next.push(word.to_owned());
                }
            }
            if next.len() > words.len() {
                spoken.set(format!(
                    "Added {}",
                    next.get(words.len()..).unwrap_or_default().join(", ")
                ));
                write(next);
            }
            draft.set(String::new());
        }
    };
    let typed = {
        let (draft, add, vocabulary) = (draft.clone(), add.clone(), props.vocabulary.clone());
        Callback::from(move |event: InputEvent| {
            let text = super::typed(&event);
            // A suggestion that was taken arrives whole, without keys.
            let taken = event.input_type() == "insertReplacementText" && vocabulary.contains(&text);
            if text.contains(',') || taken {
                add(&text);
            } else {
                draft.set(text);
            }
        })
    };
    let keys = {
        let (draft, add, words, write, spoken) = (
            draft.clone(),
            add.clone(),
            words.clone(),
            write.clone(),
            spoken.clone(),
        );
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                add(&draft);
            }
            "Backspace" if draft.is_empty() => {
                if let Some((last, rest)) = words.split_last() {
                    event.prevent_default();
                    spoken.set(format!("Removed {last}"));
                    write(rest.to_vec());
                }
            }
            _ => {}
        })
    };
    let left = {
        let (draft, add, leave) = (draft.clone(), add.clone(), props.leave.clone());
        Callback::from(move |event: FocusEvent| {
            if !draft.trim().is_empty() {
                add(&draft);
            }
            leave.emit(event);
        })
    };
    let count = words.len();
    let chips = words.iter().enumerate().map(|(at, word)| {
        let remove = {
            let (words, write, spoken, word) = (words.clone(), write.clone(), spoken.clone(), word.clone());
            move || {
                let mut rest = words.clone();
                rest.remove(at);
                spoken.set(format!("Removed {word}"));
                write(rest);
            }
        };
        let moved = {
            let (words, write, spoken, word) = (words.clone(), write.clone(), spoken.clone(), word.clone());
            move |to: usize| {
                let mut next = words.clone();
                let word_moved = next.remove(at);
                next.insert(to.min(next.len()), word_moved);
                spoken.set(format!("{word} is now number {} of {count}", to + 1));
                write(next);
            }
        };
        let on_key = {
            let remove = remove.clone();
            Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
                "Delete" | "Backspace" => {
                    event.prevent_default();
                    remove();
                }
                "ArrowLeft" if at > 0 => {
                    event.prevent_default();
                    moved(at - 1);
                }
                "ArrowRight" if at + 1 < count => {
                    event.prevent_default();
                    moved(at + 1);
                }
                _ => {}
            })
        };
        html! {
            <li key={word.clone()} class="chip">
                <button
                    type="button" class="word" disabled={props.locked} onkeydown={on_key}
                    title="Arrow keys move it, Delete removes it"
                >{ word }</button>
                <button
                    type="button" class="remove" disabled={props.locked} aria-label={format!("Remove {word}")}
                    onclick={move |_: MouseEvent| remove()}
                ><span aria-hidden="true">{ "×" }</span></button>
            </li>
        }
    });
    let list = format!("{}-list", props.id);
    let suggestions = props.vocabulary.iter().filter(|word| !words.contains(word));
    html! {
        <>
            <div class="chips">
                <ul aria-label="Chosen keywords">{ for chips }</ul>
                <input
                    type="text" id={props.id.clone()} list={list.clone()} value={(*draft).clone()} disabled={props.locked}
                    aria-describedby={props.described_by.clone()} autocomplete="off" autocapitalize="off" data-own-undo="true"
                    placeholder={if count == 0 { "Type a word and press Enter" } else { "Add" }}
                    oninput={typed} onkeydown={keys} onblur={left}
                />
            </div>
            <datalist id={list}>{ for suggestions.map(|word| html! { <option value={word.clone()} /> }) }</datalist>
            <span class="visually-hidden" aria-live="polite">{ (*spoken).clone() }</span>
        </>
    }
}
