//! Hears when an element gets another size, as when an image comes in.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// Hears of it as long as it lives.
#[derive(Debug)]
pub struct Resizes {
    observer: ResizeObserver,
    _heard: Closure<dyn FnMut()>,
}

impl Resizes {
    /// Calls `heard` soon, and again whenever the element's size has changed. `None` where the browser cannot tell.
    pub fn of(element: &Element, heard: impl FnMut() + 'static) -> Option<Self> {
        let heard = Closure::<dyn FnMut()>::new(heard);
        let observer = ResizeObserver::new(heard.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self {
            observer,
            _heard: heard,
        })
    }
}

impl Drop for Resizes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
