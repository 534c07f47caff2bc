//! One picture in the list: what it is, what is wrong with it, and on demand everything that can be done with it.

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::ImageView;
use crate::text::said;

use super::super::pictures::CropButton;
use super::GalleryTold;
use super::details::Details;

/// What a list item needs.
#[derive(Properties, PartialEq)]
pub(super) struct ImageItemProps {
    pub(super) image: ImageView,
    /// Where the browser has its bytes.
    pub(super) address: Option<String>,
    pub(super) on: Callback<GalleryTold>,
    pub(super) send: Callback<Msg>,
}

/// The list item of a file.
#[function_component(ImageItem)]
pub(super) fn image_item(props: &ImageItemProps) -> Html {
    let open = use_state_eq(|| false);
    let image = &props.image;
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let roles: Vec<&str> = image.roles.iter().map(|role| role.label()).collect();
    html! {
        <li class={classes!("image-item", image.roles.is_empty().then_some("unused"))}>
            <div class="thumb">
                // Always as a picture, never as a document: nothing in it can run.
                if let Some(address) = props.address.as_ref().filter(|_| image.shows) {
                    <img src={address.clone()} alt="" loading="lazy" decoding="async" />
                } else {
                    <span aria-hidden="true">{ "?" }</span>
                }
            </div>
            <div class="about">
                <p class="image-name">{ &image.name }</p>
                <p class="facts">{ facts(image) }</p>
                <p class="roles">
                    { if roles.is_empty() { "Not used".to_owned() } else { said::capital(&roles.join(", ")) } }
                </p>
            </div>
            <div class="image-actions">
                <CropButton file={image.name.clone()} />
                <button
                    type="button" class="quiet" aria-expanded={open.to_string()} onclick={toggle}
                    aria-label={format!("{} {}", if *open { "Done with" } else { "Edit" }, image.name)}
                >{ if *open { "Done" } else { "Edit" } }</button>
            </div>
            if !image.problems.is_empty() {
                <ul class="findings">
                    { for image.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }
                </ul>
            }
            if *open {
                <Details image={image.clone()} on={props.on.clone()} send={props.send.clone()} />
            }
        </li>
    }
}

/// Dimensions and size.
fn facts(image: &ImageView) -> String {
    let size = said::size(image.size);
    match image.dimensions {
        Some((width, height)) if width > 0 && height > 0 => format!("{width} × {height} · {size}"),
        _ => size,
    }
}
