//! The region "Images": every picture of the post, what it is for, what is wrong with it, and what is missing.

mod details;
mod gallery;
mod item;
mod pick;

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::{Images as Listed, MissingView};
use crate::shell::{Addresses, clock};

pub(super) use gallery::{Gallery, GalleryTold, Place, is_about_images};
use item::ImageItem;
use pick::PickButton;

/// What the region needs.
#[derive(Properties, PartialEq)]
pub(super) struct ImagesProps {
    pub(super) images: Rc<Listed>,
    pub(super) addresses: Addresses,
    pub(super) open: bool,
    /// It can be seen: it is in front of the other parts, or beside them.
    pub(super) on_screen: bool,
    /// It can be folded: there is something beside it that needs the room.
    pub(super) folds: bool,
    /// Nothing can be changed.
    pub(super) locked: bool,
    pub(super) on: Callback<GalleryTold>,
    pub(super) send: Callback<Msg>,
}

/// The region.
#[function_component(Images)]
pub(super) fn images(props: &ImagesProps) -> Html {
    {
        let on = props.on.clone();
        use_effect_with(props.on_screen, move |seen| {
            on.emit(GalleryTold::Seen(*seen));
        });
    }
    let open = props.open || !props.folds;
    let count = props.images.list.len();
    let add = props
        .on
        .reform(|files| GalleryTold::Came(files, Place::Beside));
    html! {
        <>
            <div class="pane-head images-head">
                <h2 id="images-heading" tabindex="-1">
                    { "Images" }
                    if open && count > 0 {
                        <span class="count">{ format!(" {count}") }</span>
                    }
                </h2>
                <div class="images-tools">
                    <PickButton name="Add images" class="quiet" several={true} on_picked={add} />
                    if props.folds {
                        <button
                            type="button" class="quiet" aria-expanded={open.to_string()} aria-controls="images-list"
                            aria-label={if open { "Hide images" } else { "Show images" }}
                            onclick={props.on.reform(|_: MouseEvent| GalleryTold::Toggled)}
                        >{ if open { "Hide" } else { "Show" } }</button>
                    }
                </div>
            </div>
            if open {
                // It scrolls where it is long: the keyboard has to get there.
                <div class="images-scroll" id="images-list" tabindex="0" role="group" aria-labelledby="images-heading">
                    <fieldset class="whole" disabled={props.locked}>{ list(props) }</fieldset>
                </div>
            }
        </>
    }
}

fn list(props: &ImagesProps) -> Html {
    let images = &props.images;
    let nothing = images.list.is_empty() && images.missing.is_empty();
    html! {
        <>
            if nothing {
                <p class="help">{ "No pictures yet. Add some, drop them here or into the text, or paste one into the text." }</p>
            }
            { wanted(props, &images.missing, "Missing pictures", "Add it") }
            { wanted(props, &images.hot_linked, "Pictures from elsewhere", "Embed it") }
            if !images.problems.is_empty() {
                <ul class="findings" aria-label="What pictures lack">
                    { for images.problems.iter().map(|problem| html! { <li>{ problem }</li> }) }
                </ul>
            }
            if !images.list.is_empty() {
                <ul class="image-list" aria-labelledby="images-heading">
                    { for images.list.iter().map(|image| html! {
                        <ImageItem
                            key={image.name.clone()} image={image.clone()} address={props.addresses.get(&image.name).cloned()}
                            on={props.on.clone()} send={props.send.clone()}
                        />
                    }) }
                </ul>
            }
            if !images.others.is_empty() {
                <p class="help">{ format!("Also in the folder, kept as they are: {}.", images.others.join(", ")) }</p>
            }
            { taken_away(props) }
        </>
    }
}

/// Pictures the post wants to have: each can be dropped on its line, or chosen.
fn wanted(
    props: &ImagesProps,
    pictures: &[MissingView],
    label: &'static str,
    does: &'static str,
) -> Html {
    if pictures.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="missing-list" aria-label={label}>
            { for pictures.iter().map(|missing| {
                let name = missing.name.clone();
                let add = props.on.reform(move |files| GalleryTold::Came(files, Place::As(name.clone())));
                html! {
                    <li key={missing.name.clone()} data-drop-as={missing.name.clone()}>
                        <p>{ &missing.message }</p>
                        <PickButton
                            name={does} label={format!("{does}: {}", missing.name)} several={false} on_picked={add}
                        />
                    </li>
                }
            }) }
        </ul>
    }
}

/// Nothing is lost by taking it away.
fn taken_away(props: &ImagesProps) -> Html {
    if props.images.taken_away.is_empty() {
        return Html::default();
    }
    html! {
        <details class="taken-away">
            <summary>{ format!("Taken away ({})", props.images.taken_away.len()) }</summary>
            <p class="help">{ "Kept as long as this post is open, and with its draft." }</p>
            <ul>
                { for props.images.taken_away.iter().enumerate().map(|(which, name)| html! {
                    <li key={which}>
                        <span class="image-name">{ name }</span>
                        <button
                            type="button" class="quiet" aria-label={format!("Put back {name}")}
                            onclick={props.send.reform(move |_: MouseEvent| Msg::ImagePutBack { which, at: clock::now() })}
                        >{ "Put back" }</button>
                    </li>
                }) }
            </ul>
        </details>
    }
}
