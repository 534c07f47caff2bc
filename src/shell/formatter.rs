//! Prettier, fetched when the writer asks for it.

use gloo::events::EventListener;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::HtmlScriptElement;

/// What `format.js` leaves in the window.
const FUNCTION: &str = "recapFormat";

/// Where the page names the bundle: `<meta name="formatter" content="ADDRESS">`.
const META: &str = "meta[name=formatter]";

/// The text as Prettier has it, `None` where it could not be loaded or gave up.
pub(super) async fn formatted(text: &str) -> Option<String> {
    let function = match function() {
        Some(function) => function,
        None => {
            load().await?;
            function()?
        }
    };
    let promise: js_sys::Promise = function
        .call1(&JsValue::NULL, &text.into())
        .ok()?
        .dyn_into()
        .ok()?;
    wasm_bindgen_futures::JsFuture::from(promise)
        .await
        .ok()?
        .as_string()
}

fn function() -> Option<js_sys::Function> {
    js_sys::Reflect::get(&gloo::utils::window(), &FUNCTION.into())
        .ok()?
        .dyn_into()
        .ok()
}

async fn load() -> Option<()> {
    let document = gloo::utils::document();
    let address = document
        .query_selector(META)
        .ok()??
        .get_attribute("content")?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    script.set_src(&address);
    let came = js_sys::Promise::new(&mut |resolve, reject| {
        for (event, answer) in [("load", resolve), ("error", reject)] {
            EventListener::once(&script, event, move |_| {
                // Nobody else answers.
                let _ = answer.call0(&JsValue::NULL);
            })
            .forget();
        }
    });
    document.head()?.append_child(&script).ok()?;
    wasm_bindgen_futures::JsFuture::from(came).await.ok()?;
    Some(())
}
