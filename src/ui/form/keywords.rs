//! Keywords as chips, with a box that suggests what the site uses: a combobox with a list, as ARIA's practices have it.
//!
//! In the box: Enter or a comma adds, arrows choose a suggestion, Backspace in the empty box removes the last word. On the
//! chips, one stop for Tab: arrows go from chip to chip, with Shift they move the chip, Delete removes it.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use yew::prelude::*;

use crate::site::Profile;
use crate::text::sort;
use crate::ui::dom;
use crate::yaml::Value;

use super::{FieldProps, typed};

/// What the widget needs.
#[derive(Properties, PartialEq)]
pub(super) struct KeywordsProps {
    id: String,
    described_by: String,
    words: Vec<Word>,
    profile: Rc<Profile>,
    locked: bool,
    edit: Callback<Option<Value>>,
    leave: Callback<FocusEvent>,
}

/// An item of the list: its text, and as the file has it. What the writer leaves alone is handed back as it was: `2.20` is
/// a number to Hugo, and an item that is no word stays too.
#[derive(Debug, Clone, PartialEq)]
struct Word {
    text: String,
    value: Value,
}

impl Word {
    fn of(value: &Value) -> Self {
        Self {
            text: value.as_text().unwrap_or_else(|| "(not a word)".to_owned()),
            value: value.clone(),
        }
    }
}

pub(super) fn props(props: &FieldProps) -> KeywordsProps {
    let words = match props.value() {
        Some(Value::List(items)) => items.iter().map(Word::of).collect(),
        Some(Value::Null) | None => Vec::new(),
        Some(value) => vec![Word::of(value)],
    };
    KeywordsProps {
        id: props.id(),
        described_by: props.described_by(),
        words,
        profile: Rc::clone(&props.profile),
        locked: props.locked,
        edit: props.edit(),
        leave: props.leave(),
    }
}

/// What the widget is told.
#[derive(Debug)]
pub(super) enum Told {
    Typed(String),
    Key(String),
    Pasted(String),
    Pressed(usize),
    Left(FocusEvent),
    ChipFocused(usize),
    ChipKey(usize, String, bool),
    Remove(usize, Next),
}

/// Where the keyboard goes once the chips are drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    Box,
    Chip(usize),
}

/// The chips and the box behind them.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    draft: String,
    open: bool,
    active: Option<usize>,
    chip: usize,
    spoken: String,
    next: Option<Next>,
}

impl Component for Keywords {
    type Message = Told;
    type Properties = KeywordsProps;

    fn create(_: &Context<Self>) -> Self {
        Self::default()
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match told {
            Told::Typed(text) if text.contains(',') => self.add(ctx, &text),
            Told::Typed(text) => {
                self.draft = text;
                self.active = None;
                self.open = !self.draft.trim().is_empty();
                let count = self.suggestions(ctx).len();
                if self.open {
                    self.spoken = match count {
                        0 => String::new(),
                        1 => "1 suggestion".to_owned(),
                        count => format!("{count} suggestions"),
                    };
                }
            }
            Told::Key(key) => self.key(ctx, &key),
            Told::Pasted(text) => {
                let all = format!("{}{text}", self.draft);
                self.add(ctx, &all);
            }
            Told::Pressed(at) => {
                if let Some(word) = self.suggestions(ctx).get(at) {
                    let word = (*word).to_owned();
                    self.add(ctx, &word);
                }
            }
            Told::Left(event) => {
                let draft = std::mem::take(&mut self.draft);
                self.add(ctx, &draft);
                ctx.props().leave.emit(event);
            }
            Told::ChipFocused(at) => self.chip = at,
            Told::ChipKey(at, key, shift) => self.chip_key(ctx, at, &key, shift),
            Told::Remove(at, next) => self.remove(ctx, at, next),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let list = format!("{}-list", props.id);
        let suggestions = if self.open {
            self.suggestions(ctx)
        } else {
            Vec::new()
        };
        let shown = !suggestions.is_empty();
        let active = self
            .active
            .filter(|&at| at < suggestions.len())
            .map(|at| format!("{list}-{at}"));
        html! {
            <div class="keywords">
                <div class="chips">
                    { self.chips(ctx) }
                    <input
                        type="text" role="combobox" id={props.id.clone()} value={self.draft.clone()} disabled={props.locked}
                        aria-describedby={props.described_by.clone()} aria-autocomplete="list" aria-expanded={shown.to_string()}
                        aria-controls={list.clone()} aria-activedescendant={active.clone()}
                        autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="done"
                        data-own-undo={(!self.draft.is_empty()).then_some("true")}
                        placeholder={if props.words.is_empty() { "Type a word, press Enter" } else { "Add" }}
                        oninput={ctx.link().callback(|event: InputEvent| Told::Typed(typed(&event)))}
                        onkeydown={ctx.link().batch_callback(|event: KeyboardEvent| box_key(&event))}
                        onpaste={ctx.link().batch_callback(|event: Event| pasted_list(&event))}
                        onblur={ctx.link().callback(Told::Left)}
                    />
                </div>
                <ul role="listbox" id={list.clone()} class="suggestions" aria-label="Keywords of the site" hidden={!shown}>
                    { for suggestions.iter().enumerate().map(|(at, word)| {
                        let id = format!("{list}-{at}");
                        let selected = active.as_ref() == Some(&id);
                        html! {
                            <li
                                key={at} {id} role="option" aria-selected={selected.to_string()}
                                onmousedown={|event: MouseEvent| event.prevent_default()}
                                onclick={ctx.link().callback(move |_: MouseEvent| Told::Pressed(at))}
                            >{ *word }</li>
                        }
                    }) }
                </ul>
                <span class="visually-hidden" aria-live="polite">{ &self.spoken }</span>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, _: bool) {
        let id = &ctx.props().id;
        match self.next.take() {
            Some(Next::Box) => dom::focus(id),
            Some(Next::Chip(at)) => dom::focus(&chip_id(id, at)),
            None => {}
        }
        if self.open {
            show_suggestions(id);
        }
    }
}

impl Keywords {
    fn chips(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        let link = ctx.link();
        let stop = self.chip.min(props.words.len().saturating_sub(1));
        let chips = props.words.iter().enumerate().map(|(at, word)| {
            html! {
                <li key={at} class="chip">
                    <button
                        type="button" class="word" id={chip_id(&props.id, at)} disabled={props.locked}
                        tabindex={if at == stop { "0" } else { "-1" }} title="Shift and an arrow key move it, Delete removes it"
                        onfocus={link.callback(move |_: FocusEvent| Told::ChipFocused(at))}
                        onkeydown={link.batch_callback(move |event: KeyboardEvent| chip_key(at, &event))}
                    >{ &word.text }</button>
                    <button
                        type="button" class="remove" disabled={props.locked} tabindex="-1" aria-label={format!("Remove {}", word.text)}
                        onclick={link.callback(move |_: MouseEvent| Told::Remove(at, Next::Box))}
                    ><span aria-hidden="true">{ "×" }</span></button>
                </li>
            }
        });
        if props.words.is_empty() {
            return Html::default();
        }
        html! { <ul aria-label="Chosen keywords">{ for chips }</ul> }
    }

    /// What the site uses and the post does not have yet; those that begin as typed come first. A single letter stands
    /// inside of too many to suggest them.
    fn suggestions<'a>(&self, ctx: &'a Context<Self>) -> Vec<&'a str> {
        let props = ctx.props();
        let typed = self.draft.trim().to_lowercase();
        let mut found: Vec<&str> = props
            .profile
            .keywords
            .iter()
            .map(String::as_str)
            .filter(|word| {
                let word_typed = word.to_lowercase();
                let fits = word_typed.starts_with(&typed)
                    || typed.chars().nth(1).is_some() && word_typed.contains(&typed);
                fits && !props.words.iter().any(|known| known.text == *word)
            })
            .collect();
        sort::sort_by_key(&mut found, |word| !word.to_lowercase().starts_with(&typed));
        found
    }

    fn write(&self, ctx: &Context<Self>, words: Vec<Word>) {
        let items: Vec<Value> = words.into_iter().map(|word| word.value).collect();
        let value = (!items.is_empty()).then_some(Value::List(items));
        ctx.props().edit.emit(value);
    }

    /// Adds the words of a comma list, each once.
    fn add(&mut self, ctx: &Context<Self>, text: &str) {
        let mut words = ctx.props().words.clone();
        let mut fresh = Vec::new();
        for word in text.split([',', ';', '\n', '\t']).map(str::trim) {
            if !word.is_empty() && !words.iter().any(|known| known.text == word) {
                words.push(Word::of(&word.into()));
                fresh.push(word);
            }
        }
        if !fresh.is_empty() {
            self.spoken = format!("Added {}", fresh.join(", "));
            self.write(ctx, words);
        }
        self.draft = String::new();
        self.open = false;
        self.active = None;
    }

    fn key(&mut self, ctx: &Context<Self>, key: &str) {
        let count = self.suggestions(ctx).len();
        match key {
            "Enter" => {
                let chosen = self
                    .active
                    .filter(|_| self.open)
                    .and_then(|at| self.suggestions(ctx).get(at).map(|&word| word.to_owned()));
                let word = chosen.unwrap_or_else(|| self.draft.clone());
                self.add(ctx, &word);
            }
            "ArrowDown" => {
                self.active = match self.active.filter(|_| self.open) {
                    _ if count == 0 => None,
                    Some(at) => Some((at + 1) % count),
                    None => Some(0),
                };
                self.open = true;
            }
            "ArrowUp" => {
                self.active = match self.active.filter(|_| self.open) {
                    _ if count == 0 => None,
                    Some(at) => Some((at + count - 1) % count),
                    None => Some(count - 1),
                };
                self.open = true;
            }
            "Escape" if self.open => {
                self.open = false;
                self.active = None;
            }
            "Escape" => self.draft.clear(),
            "Backspace" => {
                if let Some(last) = ctx.props().words.len().checked_sub(1)
                    && self.draft.is_empty()
                {
                    self.remove(ctx, last, Next::Box);
                }
            }
            _ => {}
        }
    }

    fn chip_key(&mut self, ctx: &Context<Self>, at: usize, key: &str, shift: bool) {
        let count = ctx.props().words.len();
        let to = match key {
            "ArrowLeft" => at.checked_sub(1),
            "ArrowRight" => Some(at + 1).filter(|&to| to < count),
            "Home" => Some(0),
            "End" => count.checked_sub(1),
            _ => {
                let next = if count < 2 {
                    Next::Box
                } else {
                    Next::Chip(at.min(count - 2))
                };
                return self.remove(ctx, at, next);
            }
        };
        let Some(to) = to else { return };
        self.next = Some(Next::Chip(to));
        if shift && at != to {
            let mut words: Vec<&Word> = ctx.props().words.iter().collect();
            if at >= count || to >= count {
                return;
            }
            let word = words.remove(at);
            words.insert(to, word);
            self.spoken = format!("{} is now number {} of {count}", word.text, to + 1);
            self.write(ctx, words.into_iter().cloned().collect());
        }
    }

    fn remove(&mut self, ctx: &Context<Self>, at: usize, next: Next) {
        let words = &ctx.props().words;
        if let Some(word) = words.get(at) {
            self.spoken = format!("Removed {}", word.text);
            let rest = words.iter().enumerate().filter(|&(i, _)| i != at);
            self.write(ctx, rest.map(|(_, word)| word.clone()).collect());
        }
        self.next = Some(next);
    }
}

fn chip_id(id: &str, at: usize) -> String {
    format!("{id}-chip-{at}")
}

/// The keys the box answers; all others are the browser's.
fn box_key(event: &KeyboardEvent) -> Option<Told> {
    if event.is_composing() {
        return None;
    }
    let key = event.key();
    let empty = dom::typed(event).is_empty();
    match key.as_str() {
        "Enter" | "ArrowDown" | "ArrowUp" => event.prevent_default(),
        "Escape" => {}
        "Backspace" if empty => event.prevent_default(),
        _ => return None,
    }
    Some(Told::Key(key))
}

/// The keys a chip answers.
fn chip_key(at: usize, event: &KeyboardEvent) -> Option<Told> {
    let key = event.key();
    match key.as_str() {
        "ArrowLeft" | "ArrowRight" | "Home" | "End" | "Delete" | "Backspace" => {
            event.prevent_default();
            Some(Told::ChipKey(at, key, event.shift_key()))
        }
        _ => None,
    }
}

/// A pasted list becomes words at once; the box alone would swallow its line breaks.
fn pasted_list(event: &Event) -> Option<Told> {
    let text = event
        .dyn_ref::<web_sys::ClipboardEvent>()?
        .clipboard_data()?
        .get_data("text/plain")
        .ok()?;
    if !text.trim().contains([',', ';', '\n', '\t']) {
        return None;
    }
    event.prevent_default();
    Some(Told::Pasted(text))
}

/// Scrolls the form to the list, and the list to the suggestion that is chosen by keyboard.
fn show_suggestions(id: &str) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    for place in ["", " > [aria-selected='true']"] {
        let found = gloo::utils::document().query_selector(&format!("[id='{id}-list']{place}"));
        if let Ok(Some(element)) = found {
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}
