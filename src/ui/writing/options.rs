//! A list to choose from while the keyboard stays in the box above it.

use web_sys::HtmlElement;
use yew::prelude::*;

/// What a key does to such a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Another entry is the chosen one.
    To(usize),
}

/// Which entry an arrow leads to, from the one at `at` of `count`. `None` for other keys, and while an input method is at
/// work.
pub(super) fn step(event: &KeyboardEvent, at: usize, count: usize) -> Option<Step> {
    if event.is_composing() || count == 0 {
        return None;
    }
    Some(Step::To(match event.key().as_str() {
        "ArrowDown" => (at + 1) % count,
        "ArrowUp" => (at + count - 1) % count,
        "PageDown" => (at + 8).min(count - 1),
        "PageUp" => at.saturating_sub(8),
        _ => return None,
    }))
}

/// An entry. A press on it leaves the keyboard where it is.
pub(super) fn choose(
    list: &str,
    index: usize,
    selected: bool,
    press: Callback<MouseEvent>,
    content: Html,
) -> Html {
    html! {
        <li
            key={index} id={format!("{list}-{index}")} role="option" aria-selected={selected.to_string()}
            onmousedown={Callback::from(|event: MouseEvent| event.prevent_default())} onclick={press}
        >{ content }</li>
    }
}

/// For the element of a list whose chosen entry, the one at `at`, is to be seen.
#[hook]
pub(super) fn use_shown(at: usize) -> NodeRef {
    let list = use_node_ref();
    {
        let list = list.clone();
        use_effect_with(at, move |_| {
            let chosen = list
                .cast::<HtmlElement>()
                .and_then(|list| list.query_selector("[aria-selected='true']").ok().flatten());
            if let Some(chosen) = chosen {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                chosen.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
    list
}
