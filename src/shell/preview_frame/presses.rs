//! What a press in the article does. Nothing in it navigates: `#…` scrolls, another link says where it would go, a card
//! says what it stands for, and any other place leads to its source.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast as _;
use web_sys::{Document, Element, Event, KeyboardEvent, MouseEvent};

use crate::session::{Embed, Msg};
use crate::shell::seen::{Point, Seen};
use crate::shell::shortcuts;

/// What leads elsewhere when it is pressed; MathML's only in some browsers.
const LINKS: &str = "a, area, math[href], math [href]";

/// Listens for presses, by mouse, finger and keyboard. `address` is the page's own, `seen` hears of the places that
/// lead to their source.
pub(super) fn listen(
    document: &Document,
    address: std::rc::Rc<std::cell::RefCell<String>>,
    send: yew::Callback<Msg>,
    seen: yew::Callback<Seen>,
) -> Vec<EventListener> {
    let prevent = EventListenerOptions::enable_prevent_default();
    let follow_link = {
        let (inside, send) = (document.clone(), send.clone());
        move |link: &Element| follow(&inside, link, &address.borrow(), &send)
    };
    // The middle button would open a tab.
    let others = {
        let follow_link = follow_link.clone();
        EventListener::new_with_options(document, "auxclick", prevent, move |event| {
            let Some(link) = target(event).and_then(|target| closest(&target, LINKS)) else {
                return;
            };
            event.prevent_default();
            let mouse: &MouseEvent = event.unchecked_ref();
            if mouse.button() == 1 {
                follow_link(&link);
            }
        })
    };
    let clicks = {
        let (inside, send, seen) = (document.clone(), send.clone(), seen.clone());
        EventListener::new_with_options(document, "click", prevent, move |event| {
            let Some(target) = target(event) else { return };
            if let Some(link) = closest(&target, LINKS) {
                event.prevent_default();
                follow_link(&link);
            } else if let Some(embed) =
                closest(&target, ".embed-card").and_then(|card| embed(&card))
            {
                send.emit(Msg::EmbedPressed(embed));
            } else if closest(
                &target,
                "summary, button, input, select, textarea, label, video, audio",
            )
            .is_none()
                && !has_selection(&inside)
            {
                let mouse: &MouseEvent = event.unchecked_ref();
                seen.emit(Seen::PagePressed(Point {
                    x: f64::from(mouse.client_x()),
                    y: f64::from(mouse.client_y()),
                }));
            }
        })
    };
    // A card is no button to the browser, only to the reader.
    let keys = EventListener::new_with_options(document, "keydown", prevent, move |event| {
        let key: &KeyboardEvent = event.unchecked_ref();
        if let Some(msg) = shortcuts::asked_by(key) {
            event.prevent_default();
            send.emit(msg);
            return;
        }
        if shortcuts::asks_for_commands(key) {
            event.prevent_default();
            seen.emit(Seen::CommandsAsked);
            return;
        }
        if !matches!(key.key().as_str(), "Enter" | " ") {
            return;
        }
        let card = target(event).filter(|target| target.matches(".embed-card").unwrap_or(false));
        if let Some(embed) = card.and_then(|card| embed(&card)) {
            event.prevent_default();
            send.emit(Msg::EmbedPressed(embed));
        }
    });
    vec![clicks, others, keys]
}

/// `instanceof` fails across documents: the frame's elements are of the frame's classes.
fn target(event: &Event) -> Option<Element> {
    Some(event.target()?.unchecked_into())
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

fn embed(card: &Element) -> Option<Embed> {
    let id = card.get_attribute("data-id")?;
    Some(match card.get_attribute("data-kind")?.as_str() {
        "youtube" => Embed::Youtube { id },
        "vimeo" => Embed::Vimeo { id },
        "x" => Embed::X { id },
        _ => return None,
    })
}

/// A reader who selects text is not asking for its source.
fn has_selection(document: &Document) -> bool {
    let selection = document
        .default_view()
        .and_then(|window| window.get_selection().ok().flatten());
    selection.is_some_and(|selection| !selection.is_collapsed())
}

fn follow(document: &Document, link: &Element, address: &str, send: &yew::Callback<Msg>) {
    let href = ["href", "xlink:href"]
        .iter()
        .find_map(|name| link.get_attribute(name));
    let Some(href) = href.filter(|href| !href.is_empty()) else {
        return;
    };
    let fragment = href
        .split_once('#')
        .and_then(|(page, fragment)| (page.is_empty() || page == address).then_some(fragment));
    let goal = fragment.and_then(|fragment| {
        let decoded = js_sys::decode_uri_component(fragment).ok();
        let decoded = decoded.and_then(|decoded| decoded.as_string());
        document
            .get_element_by_id(fragment)
            .or_else(|| document.get_element_by_id(&decoded?))
    });
    match (goal, document.default_view()) {
        (Some(goal), Some(window)) => {
            // Not `scrollIntoView`, which would scroll the app around the frame too.
            let top = goal.get_bounding_client_rect().top() + window.scroll_y().unwrap_or_default();
            window.scroll_to_with_x_and_y(0.0, (top - 16.0).max(0.0));
        }
        _ => send.emit(Msg::LinkPressed(href)),
    }
}
