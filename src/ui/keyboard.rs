//! The keyboard is never nowhere: where the control that has it leaves the page or can no longer be used, the one beside it
//! takes over. Otherwise the next Tab would begin at the top of the page, and a screen reader would fall silent.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord, Node};

use super::dom::{self, is_nowhere};

/// How long others may take to put the keyboard somewhere themselves, in milliseconds.
const OTHERS: u32 = 30;

/// What the keyboard can stop at.
const STOPS: &str = "a[href], button, input, select, textarea, summary, iframe, [tabindex]";

/// Watches over the keyboard as long as it is there.
pub(super) struct Keeper {
    observer: MutationObserver,
    _changed: Closure<dyn FnMut(Array)>,
    _listeners: [EventListener; 2],
}

impl Keeper {
    /// Begins to watch the page. `None` where the browser refuses.
    pub(super) fn new() -> Option<Self> {
        let document = gloo::utils::document();
        let last: Rc<RefCell<Option<HtmlElement>>> = Rc::default();
        let came = {
            let last = Rc::clone(&last);
            EventListener::new(&document, "focusin", move |event| {
                last.replace(event.target().and_then(|target| target.dyn_into().ok()));
            })
        };
        // Whoever presses beside everything wants the keyboard nowhere.
        let went = {
            let last = Rc::clone(&last);
            EventListener::new(&document, "focusout", move |_| {
                let last = Rc::clone(&last);
                Timeout::new(0, move || {
                    let gone = last.borrow().as_ref().is_some_and(is_gone);
                    if is_nowhere() && !gone {
                        last.replace(None);
                    }
                })
                .forget();
            })
        };
        let changed = Closure::<dyn FnMut(Array)>::new(move |records: Array| {
            // Asked at each change of the page: mostly this is all.
            if !is_nowhere() {
                return;
            }
            let Some(lost) = last.borrow().clone().filter(is_gone) else {
                return;
            };
            let near = near(&records, &lost);
            let last = Rc::clone(&last);
            Timeout::new(OTHERS, move || {
                let same = last.borrow().as_ref() == Some(&lost);
                if same && is_nowhere() {
                    take_over(&near);
                }
            })
            .forget();
        });
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        let what = MutationObserverInit::new();
        what.set_child_list(true);
        what.set_subtree(true);
        what.set_attribute_filter(&Array::of2(&"disabled".into(), &"hidden".into()));
        observer
            .observe_with_options(document.body()?.as_ref(), &what)
            .ok()?;
        Some(Self {
            observer,
            _changed: changed,
            _listeners: [came, went],
        })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// It left the page, or takes no keys any more.
fn is_gone(element: &HtmlElement) -> bool {
    let place = element.get_bounding_client_rect();
    let shown = element.is_connected() && (place.width() > 0.0 || place.height() > 0.0);
    !shown || element.matches(":disabled").unwrap_or(false)
}

/// Where something was: what stood behind it and before it, and what they are in.
struct Near {
    behind: Option<Node>,
    before: Option<Node>,
    within: Option<Node>,
}

/// Where `lost` is, or was until it left the page.
fn near(records: &Array, lost: &HtmlElement) -> Near {
    let left = records
        .iter()
        .filter_map(|record| record.dyn_into::<MutationRecord>().ok())
        .find(|record| {
            let removed = record.removed_nodes();
            (0..removed.length())
                .filter_map(|at| removed.get(at))
                .any(|node| node.contains(Some(lost)))
        });
    match left {
        Some(record) => Near {
            behind: record.next_sibling(),
            before: record.previous_sibling(),
            within: record.target(),
        },
        None => Near {
            behind: lost.next_sibling(),
            before: lost.previous_sibling(),
            within: lost.parent_node(),
        },
    }
}

/// Gives the keyboard to what stood behind, before or around, and to the screen's heading where nothing does.
fn take_over(near: &Near) {
    let mut next = near.behind.clone();
    while let Some(node) = next {
        if stops(&node).iter().any(takes) {
            return;
        }
        next = node.next_sibling();
    }
    let mut previous = near.before.clone();
    while let Some(node) = previous {
        if stops(&node).iter().rev().any(takes) {
            return;
        }
        previous = node.previous_sibling();
    }
    // Further out, as far as the part of the page that still says something of the place.
    let mut around = near.within.clone();
    while let Some(node) = around {
        let whole = node
            .dyn_ref::<Element>()
            .is_none_or(|element| element.matches("body, #app, main, .editor").unwrap_or(true));
        if whole {
            break;
        }
        if stops(&node).iter().any(takes) {
            return;
        }
        around = node.parent_node();
    }
    dom::focus("screen-heading");
}

/// Everything in a node, and itself, that the keyboard can stop at.
fn stops(node: &Node) -> Vec<HtmlElement> {
    let Some(element) = node.dyn_ref::<Element>() else {
        return Vec::new();
    };
    let own = element.matches(STOPS).unwrap_or(false);
    let inside = element.query_selector_all(STOPS).ok();
    let inside = inside
        .iter()
        .flat_map(|list| (0..list.length()).filter_map(|at| list.get(at)));
    own.then(|| element.clone().into())
        .into_iter()
        .chain(inside)
        .filter_map(|node| node.dyn_into::<HtmlElement>().ok())
        .filter(|element| element.tab_index() >= 0)
        .collect()
}

/// Whether an element takes the keyboard.
fn takes(element: &HtmlElement) -> bool {
    // What is disabled or out of sight does not.
    let _ = element.focus();
    !is_nowhere()
}
