//! The screen: Yew components, a view in, messages out.

use yew::prelude::*;

/// The whole app.
#[function_component(App)]
fn app() -> Html {
    html! { <h1>{ "Recap Editor" }</h1> }
}

/// Mounts the app on the document's body.
pub fn start() {
    yew::Renderer::<App>::new().render();
}
