//! Tabs as screen readers and keyboards know them: one stop for Tab, arrows within, the choice follows the focus.

use yew::prelude::*;

/// One tab: the end of its id, and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tab {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
}

/// What a row of tabs needs.
#[derive(Properties, PartialEq)]
pub(super) struct TabsProps {
    /// The row's name.
    pub(super) label: AttrValue,
    /// What tabs' ids begin with; the panels' ids begin with `panels`.
    pub(super) prefix: &'static str,
    pub(super) panels: &'static str,
    pub(super) tabs: &'static [Tab],
    /// The place of the chosen one.
    pub(super) chosen: usize,
    pub(super) on_choose: Callback<usize>,
}

/// A row of tabs. The panels stand elsewhere.
#[function_component(Tabs)]
pub(super) fn tabs(props: &TabsProps) -> Html {
    let keys = {
        let (tabs, prefix, chosen) = (props.tabs, props.prefix, props.chosen);
        let on_choose = props.on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let count = tabs.len();
            let next = match event.key().as_str() {
                "ArrowRight" => (chosen + 1) % count,
                "ArrowLeft" => (chosen + count - 1) % count,
                "Home" => 0,
                "End" => count - 1,
                _ => return,
            };
            event.prevent_default();
            on_choose.emit(next);
            if let Some(tab) = tabs.get(next) {
                super::dom::focus(&format!("{prefix}-{}", tab.id));
            }
        })
    };
    let each = props.tabs.iter().enumerate().map(|(at, tab)| {
        let selected = at == props.chosen;
        html! {
            <button
                key={tab.id} type="button" role="tab" id={format!("{}-{}", props.prefix, tab.id)}
                aria-controls={format!("{}-{}", props.panels, tab.id)} aria-selected={selected.to_string()}
                tabindex={if selected { "0" } else { "-1" }} onclick={props.on_choose.reform(move |_: MouseEvent| at)}
            >{ tab.name }</button>
        }
    });
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} onkeydown={keys}>{ for each }</div>
    }
}
