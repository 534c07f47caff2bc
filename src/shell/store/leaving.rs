//! The page's last moments: hidden, frozen, left. No one of these comes in every browser and every way to leave.

use gloo::events::EventListener;

use crate::session::storage::StoreTold;

/// Tells when everything has to go out.
pub(super) fn listen(told: &yew::Callback<StoreTold>) -> Vec<EventListener> {
    let (window, document) = (gloo::utils::window(), gloo::utils::document());
    let tell = told.clone();
    let left = EventListener::new(&window, "pagehide", move |_| {
        tell.emit(StoreTold::PageHidden);
    });
    let tell = told.clone();
    let frozen = EventListener::new(&document, "freeze", move |_| {
        tell.emit(StoreTold::PageHidden);
    });
    let tell = told.clone();
    let hidden = EventListener::new(&document, "visibilitychange", move |_| {
        if gloo::utils::document().hidden() {
            tell.emit(StoreTold::PageHidden);
        }
    });
    vec![left, frozen, hidden]
}
