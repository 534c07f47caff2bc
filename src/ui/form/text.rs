//! Text on one line, and prose on some.

use yew::prelude::*;

use crate::site::profile::FieldKind;

use super::{FieldProps, text_value, typed};

pub(super) fn line(props: &FieldProps) -> Html {
    let edit = props.edit();
    // Addresses and file names are no prose.
    let prose = matches!(props.view.field.kind, FieldKind::Heading);
    html! {
        <input
            type="text" id={props.id()} value={props.text()} disabled={props.locked}
            aria-describedby={props.described_by()} aria-invalid={props.invalid()} aria-required={props.required()}
            autocomplete="off" spellcheck={if prose { "true" } else { "false" }}
            autocapitalize={if prose { "sentences" } else { "off" }}
            oninput={move |event: InputEvent| edit.emit(text_value(typed(&event)))} onblur={props.leave()}
        />
    }
}

pub(super) fn prose(props: &FieldProps) -> Html {
    let edit = props.edit();
    let text = props.text();
    let cut = props
        .view
        .field
        .limit
        .and_then(|limit| cut_at(&text, limit));
    html! {
        <>
            <textarea
                id={props.id()} value={text.clone()} disabled={props.locked} rows="4"
                aria-describedby={props.described_by()} aria-invalid={props.invalid()} aria-required={props.required()}
                spellcheck="true"
                oninput={move |event: InputEvent| edit.emit(text_value(typed(&event)))} onblur={props.leave()}
             />
            if let Some(shown) = cut {
                <p class="cut">{ "The site stops after “… " }<b>{ last_words(shown) }</b>{ " …”" }</p>
            }
        </>
    }
}

/// What the site shows of a text that is longer than `limit` characters: up to the last whole word.
fn cut_at(text: &str, limit: usize) -> Option<&str> {
    let (end, _) = text.char_indices().nth(limit)?;
    let head = text.get(..end)?;
    let at_word_end = text.get(end..)?.starts_with(char::is_whitespace);
    let head = if at_word_end {
        head
    } else {
        head.rsplit_once(char::is_whitespace)
            .map_or(head, |(head, _)| head)
    };
    Some(head.trim_end())
}

/// The end of a text: its last few words.
fn last_words(text: &str) -> &str {
    let start = text.rmatch_indices(char::is_whitespace).nth(3);
    start.map_or(text, |(at, _)| text.get(at..).unwrap_or(text).trim_start())
}
