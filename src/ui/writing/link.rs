//! Where a link leads: an address, a page of the site, a heading of the post.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use yew::prelude::*;

use crate::session::view::{HeadingView, PagesView};
use crate::session::{Msg, PagesState, PagesTold};
use crate::shell::files;
use crate::site::{Place, pages::begins_word};
use crate::ui::dom;
use crate::writing::Command;

use super::ToolsTold;
use super::options::{Step, choose, step, use_shown};
use super::sheet::Sheet;
use super::status::many;

/// How many places are shown: who wants another one goes on typing.
const MOST: usize = 50;

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(super) struct LinkFormProps {
    /// Two brackets called for it: the title is written with the address.
    pub(super) titled: bool,
    pub(super) pages: PagesView,
    pub(super) headings: Rc<Vec<HeadingView>>,
    pub(super) send: Callback<Msg>,
    pub(super) on: Callback<ToolsTold>,
}

/// Somewhere a link can lead.
#[derive(Debug, Clone, PartialEq)]
enum Choice {
    /// What was typed, as it is.
    Typed(String),
    /// A page, or a heading of this post.
    Place(Place),
}

/// Whether what was typed looks like an address and not like words.
fn is_address(typed: &str) -> bool {
    let one = !typed.contains(char::is_whitespace);
    one && (typed.starts_with(['/', '.', '#'])
        || typed.contains("://")
        || typed.starts_with("mailto:")
        || typed.starts_with("www."))
}

/// An address as it is written: one that only lacks its scheme gets one.
fn completed(typed: &str) -> String {
    if typed.starts_with("www.") {
        format!("https://{typed}")
    } else {
        typed.to_owned()
    }
}

/// The post's own headings that fit.
fn own(headings: &[HeadingView], typed: &str) -> Vec<Place> {
    let typed = typed.trim_start_matches('#').to_lowercase();
    let fits = |heading: &&HeadingView| {
        let text = heading.text.to_lowercase();
        let id = heading.id.as_deref().unwrap_or_default();
        id.starts_with(&typed)
            || typed
                .split_whitespace()
                .all(|word| begins_word(&text, word))
    };
    headings
        .iter()
        .filter(fits)
        .filter_map(|heading| {
            Some(Place {
                title: "This post".to_owned(),
                heading: Some(heading.text.clone()),
                address: format!("#{}", heading.id.as_deref()?),
            })
        })
        .collect()
}

/// Everything the link could lead to, the likeliest first.
fn choices(props: &LinkFormProps, typed: &str) -> Vec<Choice> {
    let typed = typed.trim();
    let mut found = Vec::new();
    if typed.is_empty() {
        return found;
    }
    let address = is_address(typed);
    let alone = typed.starts_with('#');
    if address && !alone {
        found.push(Choice::Typed(completed(typed)));
    }
    let own = own(&props.headings, typed).into_iter();
    let pages = props.pages.pages.find(typed, MOST).into_iter();
    if alone {
        found.extend(own.map(Choice::Place));
    } else {
        found.extend(pages.map(Choice::Place));
        found.extend(own.map(Choice::Place));
    }
    if !address || alone {
        found.push(Choice::Typed(typed.to_owned()));
    }
    found.truncate(MOST);
    found
}

/// The dialog.
#[function_component(LinkForm)]
pub(super) fn link_form(props: &LinkFormProps) -> Html {
    let typed = use_state_eq(String::new);
    let at = use_state_eq(|| 0_usize);
    let list = use_shown(*at);
    {
        let send = props.send.clone();
        use_effect_with((), move |()| send.emit(Msg::Pages(PagesTold::Wanted)));
    }
    let found = choices(props, &typed);
    let take = {
        let (on, titled) = (props.on.clone(), props.titled);
        let untouched = typed.trim().is_empty();
        Callback::from(move |choice: Option<Choice>| {
            let command = match choice {
                Some(Choice::Place(place)) => Command::LinkPage {
                    title: place
                        .heading
                        .clone()
                        .filter(|_| place.address.starts_with('#'))
                        .unwrap_or_else(|| place.title.clone()),
                    address: place.address,
                    titled,
                },
                Some(Choice::Typed(address)) if titled => Command::LinkPage {
                    title: address.clone(),
                    address,
                    titled,
                },
                Some(Choice::Typed(address)) => Command::Link {
                    address: Some(address),
                },
                // Nothing was typed: the caret goes where the address is to be written.
                None if untouched => Command::Link { address: None },
                None => return,
            };
            on.emit(ToolsTold::Made(command));
        })
    };
    let input = {
        let (typed, at) = (typed.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            typed.set(dom::typed(&event));
            at.set(0);
        })
    };
    let keys = {
        let (at, found) = (at.clone(), found.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(Step::To(to)) = step(&event, *at, found.len()) {
                event.prevent_default();
                at.set(to);
            }
        })
    };
    let submit = {
        let (take, found, at) = (take.clone(), found.clone(), at.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            take.emit(found.get(*at).cloned());
        })
    };
    let each = found.iter().enumerate().map(|(index, choice)| {
        let press = {
            let (take, choice) = (take.clone(), choice.clone());
            Callback::from(move |_: MouseEvent| take.emit(Some(choice.clone())))
        };
        let (what, where_) = match choice {
            Choice::Typed(address) => (format!("Link to “{address}”"), String::new()),
            Choice::Place(place) => (
                match &place.heading {
                    Some(heading) => format!("{} › {heading}", place.title),
                    None => place.title.clone(),
                },
                place.address.clone(),
            ),
        };
        choose(
            "link-place",
            index,
            index == *at,
            press,
            html! {
                <>
                    <span class="what">{ what }</span>
                    <span class="where">{ where_ }</span>
                </>
            },
        )
    });
    let active = (!found.is_empty()).then(|| format!("link-place-{}", *at));
    let count = found
        .iter()
        .filter(|choice| matches!(choice, Choice::Place(_)))
        .count();
    html! {
        <Sheet heading="Link" class="choosing" on_close={props.on.reform(|()| ToolsTold::Closed)}>
            <form class="ask" novalidate=true onsubmit={submit}>
                <div class="box">
                    <label for="link-to">{ "Address, or words of a page’s title" }</label>
                    <input
                        id="link-to" type="text" role="combobox" autofocus=true autocomplete="off" spellcheck="false"
                        autocapitalize="none" data-own-undo="true" aria-expanded={(!found.is_empty()).to_string()}
                        aria-controls="link-places" aria-autocomplete="list" aria-activedescendant={active}
                        aria-describedby="link-help" value={(*typed).clone()} oninput={input} onkeydown={keys}
                    />
                    <p class="help" id="link-help">{
                        "Type # for a heading: of this post, or behind a page’s title. Leave it empty to write the address in the text."
                    }</p>
                </div>
                <ul ref={list} id="link-places" class="choices" role="listbox" aria-label="Places" hidden={found.is_empty()}>{ for each }</ul>
                <p class="visually-hidden" aria-live="polite">{
                    if typed.trim().is_empty() { String::new() } else { told(count) }
                }</p>
                <div class="answers"><button type="submit" class="primary">{ "Insert link" }</button></div>
            </form>
            <SiteIndexFile pages={props.pages.clone()} send={props.send.clone()} />
        </Sheet>
    }
}

fn told(count: usize) -> String {
    match count {
        0 => "No page found.".to_owned(),
        count => format!("{} found.", many(count, "page")),
    }
}

/// What the foot needs.
#[derive(Properties, PartialEq)]
struct SiteIndexFileProps {
    pages: PagesView,
    send: Callback<Msg>,
}

/// Which pages are known, and how to know others.
#[function_component(SiteIndexFile)]
fn site_index_file(props: &SiteIndexFileProps) -> Html {
    let pages = &props.pages;
    let count = pages.pages.len();
    let sentence = match pages.state {
        PagesState::Unasked | PagesState::Awaited => "Fetching the list of the site’s pages…".to_owned(),
        PagesState::Missing => "There is no list of the site’s pages beside this app, so none can be looked for. Open one \
             from disk (site-index.json); this browser keeps it. Addresses can be typed all the same."
            .to_owned(),
        PagesState::Here if pages.sample => format!(
            "These {count} pages are made up, to try this with. Open your site’s own list (site-index.json) to find its pages; \
             this browser keeps it."
        ),
        PagesState::Here if pages.own => format!("{}, from the file you opened.", many(count, "page")),
        PagesState::Here => format!("{} of the site.", many(count, "page")),
    };
    let picked = {
        let send = props.send.clone();
        Callback::from(move |event: Event| {
            let input: Option<web_sys::HtmlInputElement> = event.target_dyn_into();
            if let Some(input) = input {
                files::read_index(input.files(), send.clone());
            }
        })
    };
    let open = Callback::from(|_: MouseEvent| {
        let input = gloo::utils::document()
            .get_element_by_id("link-index")
            .and_then(|input| input.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(input) = input {
            // The same file can be picked again only if the input forgets it.
            input.set_value("");
            input.click();
        }
    });
    html! {
        <div class="site-index">
            <p class="help" role="status">{ sentence }</p>
            if let Some(said) = &pages.said {
                <p class="refusal" role="alert">{ said }</p>
            }
            <input
                id="link-index" type="file" hidden=true accept=".json,application/json" data-testid="open-site-index"
                onchange={picked}
            />
            <button type="button" class="quiet" onclick={open}>{ "Open a list of pages" }</button>
            if pages.own {
                <button
                    type="button" class="quiet"
                    onclick={props.send.reform(|_: MouseEvent| Msg::Pages(PagesTold::Dropped))}
                >{ "Forget this list" }</button>
            }
        </div>
    }
}
