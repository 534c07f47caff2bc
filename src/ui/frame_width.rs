//! How wide the article is laid out: as the pane is, or as on a desktop or a phone, drawn smaller where it does not fit.

use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::shell::Resizes;

/// A width to lay the article out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum FrameWidth {
    /// The pane's own.
    #[default]
    Fit,
    /// A desktop's window.
    Desktop,
    /// A phone.
    Phone,
}

impl FrameWidth {
    const ALL: [Self; 3] = [Self::Fit, Self::Desktop, Self::Phone];

    /// What the stylesheet calls it.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Fit => "fit",
            Self::Desktop => "desktop",
            Self::Phone => "phone",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Fit => "Fit",
            Self::Desktop => "Desktop",
            Self::Phone => "Phone",
        }
    }

    /// What else there is to say of it.
    const fn more(self) -> &'static str {
        match self {
            Self::Fit => "as wide as the pane",
            Self::Desktop => "1440 pixels wide",
            Self::Phone => "390 pixels wide",
        }
    }

    /// In CSS pixels; `None` for the pane's own.
    const fn pixels(self) -> Option<f64> {
        match self {
            Self::Fit => None,
            Self::Desktop => Some(1440.0),
            Self::Phone => Some(390.0),
        }
    }
}

/// What the switch needs.
#[derive(Properties, PartialEq)]
pub(super) struct WidthSwitchProps {
    pub(super) width: FrameWidth,
    pub(super) on_choose: Callback<FrameWidth>,
}

/// One of three, as radio buttons are known to keyboards and screen readers.
#[function_component(WidthSwitch)]
pub(super) fn width_switch(props: &WidthSwitchProps) -> Html {
    let each = FrameWidth::ALL.into_iter().map(|width| {
        html! {
            <label key={width.id()} title={width.more()}>
                <input
                    type="radio" name="frame-width" checked={width == props.width}
                    onchange={props.on_choose.reform(move |_: Event| width)}
                />
                <span>{ width.name() }<span class="visually-hidden">{ format!(", {}", width.more()) }</span></span>
            </label>
        }
    });
    html! { <div class="width-switch" role="radiogroup" aria-label="Width of the article">{ for each }</div> }
}

/// Keeps the scale up to date at which the article fits into `room`; the stylesheet does the rest.
#[hook]
pub(super) fn use_scale(room: &NodeRef, width: FrameWidth) {
    let room = room.clone();
    use_effect_with(width, move |width| {
        let room = room.cast::<HtmlElement>();
        let resizes = room.zip(width.pixels()).and_then(|(room, pixels)| {
            let element = room.clone();
            let fit = move || {
                let scale = (f64::from(room.client_width()) / pixels).min(1.0);
                // Not a style attribute, which the page's policy refuses.
                let _ = room
                    .style()
                    .set_property("--scale", &format!("{:.5}", scale.max(0.01)));
            };
            fit();
            Resizes::of(element.unchecked_ref(), fit)
        });
        move || drop(resizes)
    });
}
