//! How far an element is scrolled, and where it stands.

use web_sys::HtmlElement;

/// An element that scrolls, on the screen. Heights are CSS pixels.
#[derive(Debug)]
pub(in crate::shell) struct Scroller {
    element: HtmlElement,
    top: f64,
}

impl Scroller {
    /// `None` while the element is not on the screen.
    pub(super) fn of(element: HtmlElement) -> Option<Self> {
        let rect = element.get_bounding_client_rect();
        let style = gloo::utils::window().get_computed_style(&element).ok()??;
        let visible = style.get_property_value("visibility").ok()? == "visible";
        (visible && rect.height() >= 1.0).then(|| Self {
            top: rect.top() + f64::from(element.client_top()),
            element,
        })
    }

    /// The height of what is seen of it.
    pub(in crate::shell) fn height(&self) -> f64 {
        f64::from(self.element.client_height())
    }

    /// Where it begins, below the top of the window.
    pub(in crate::shell) const fn top(&self) -> f64 {
        self.top
    }

    /// How far it is scrolled, and how far it could be.
    pub(in crate::shell) fn scrolled(&self) -> (f64, f64) {
        let most = self.element.scroll_height() - self.element.client_height();
        (
            f64::from(self.element.scroll_top()),
            f64::from(most).max(0.0),
        )
    }

    /// Scrolls, as far as there is something.
    pub(in crate::shell) fn scroll(&self, top: f64, most: f64) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole pixels are what it takes"
        )]
        self.element
            .set_scroll_top(top.clamp(0.0, most).round() as i32);
    }
}
