//! What can be done with one picture: words, role, name, replacing and deleting it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::bundle::report::Role;
use crate::session::Msg;
use crate::session::view::ImageView;
use crate::shell::clock;

use super::super::dom;
use super::pick::PickButton;
use super::{GalleryTold, Place};

/// What the writer can make of a picture, and the button's words.
const ROLES: [(Role, &str, &str); 4] = [
    (Role::Cover, "Make this the cover", "This is the cover"),
    (
        Role::Feature,
        "Make this the feature image",
        "This is the feature image",
    ),
    (
        Role::Thumbnail,
        "Make this the thumbnail",
        "This is the thumbnail",
    ),
    (
        Role::Social,
        "Make this the social image",
        "This is the social image",
    ),
];

/// What the part needs.
#[derive(Properties, PartialEq)]
pub(super) struct DetailsProps {
    pub(super) image: ImageView,
    pub(super) on: Callback<GalleryTold>,
    pub(super) send: Callback<Msg>,
}

/// Everything that can be done with a picture.
#[function_component(Details)]
pub(super) fn details(props: &DetailsProps) -> Html {
    let image = &props.image;
    let file = image.name.clone();
    let replace = {
        let file = file.clone();
        props
            .on
            .reform(move |files| GalleryTold::Came(files, Place::As(file.clone())))
    };
    let delete = {
        let (send, file) = (props.send.clone(), file.clone());
        Callback::from(move |_: MouseEvent| {
            send.emit(Msg::ImageDeleted {
                file: file.clone(),
                at: clock::now(),
            });
            // The button goes with the picture.
            dom::focus("images-heading");
        })
    };
    let alt = {
        let file = file.clone();
        props.send.reform(move |alt| Msg::ImageAltEdited {
            file: file.clone(),
            alt,
            at: clock::now(),
        })
    };
    let caption = {
        let file = file.clone();
        props.send.reform(move |caption| Msg::ImageCaptionEdited {
            file: file.clone(),
            caption,
            at: clock::now(),
        })
    };
    let rename = {
        let (send, file) = (props.send.clone(), file.clone());
        Callback::from(move |to: String| {
            send.emit(Msg::ImageRenamed {
                file: file.clone(),
                to,
                at: clock::now(),
            });
            dom::focus("images-heading");
        })
    };
    html! {
        <div class="image-details" role="group" aria-label={format!("Edit {file}")}>
            if let Some(now) = &image.alt {
                <Words
                    name="Alt text" help="What it shows, in a few words, for people who cannot see it." file={file.clone()}
                    now={now.clone()} does="Set" on_set={alt}
                />
                <Words
                    name="Caption" help="Shown below a picture that stands alone in its paragraph." file={file.clone()}
                    now={image.caption.clone().unwrap_or_default()} does="Set" on_set={caption}
                />
            }
            <Words
                name="File name" help="Every place that names the picture follows." file={file.clone()}
                now={file.clone()} wish={image.better_name.clone()} does="Rename" on_set={rename}
            />
            <div class="role-buttons" role="group" aria-label="What it is for">
                { for ROLES.iter().map(|(role, make, is)| {
                    let (send, file, role) = (props.send.clone(), file.clone(), *role);
                    let has_it = image.roles.contains(&role);
                    let press = Callback::from(move |_: MouseEvent| if !has_it {
                        send.emit(Msg::ImageRoleChosen { file: file.clone(), role, at: clock::now() });
                    });
                    html! {
                        <button type="button" aria-disabled={has_it.then_some("true")} onclick={press}>
                            { if has_it { *is } else { *make } }
                        </button>
                    }
                }) }
            </div>
            <div class="last-buttons">
                <PickButton name="Replace" label={format!("Replace {file}")} several={false} on_picked={replace} />
                <button type="button" class="danger" aria-label={format!("Delete {file}")} onclick={delete}>{ "Delete" }</button>
            </div>
        </div>
    }
}

/// What a box of words needs.
#[derive(Properties, PartialEq)]
struct WordsProps {
    name: &'static str,
    help: &'static str,
    file: String,
    /// What the post says.
    now: String,
    /// What is put into the box instead, to begin with.
    #[prop_or_default]
    wish: Option<String>,
    does: &'static str,
    on_set: Callback<String>,
}

/// A box and the button that takes over what is in it. Not at each key: every image of the file would be rewritten, each
/// time as a step of its own.
#[function_component(Words)]
fn words(props: &WordsProps) -> Html {
    let input = use_node_ref();
    let id = format!("image-{}-{}", props.name.replace(' ', "-"), props.file);
    {
        let (input, wish) = (input.clone(), props.wish.clone());
        use_effect_with(props.now.clone(), move |now| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.set_value(&wish.unwrap_or_else(|| now.clone()));
            }
        });
    }
    let object = if props.does == "Rename" {
        format!(" {}", props.file)
    } else {
        format!(" {} of {}", props.name.to_lowercase(), props.file)
    };
    let submit = {
        let (input, on_set) = (input.clone(), props.on_set.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(input) = input.cast::<HtmlInputElement>() {
                on_set.emit(input.value().trim().to_owned());
            }
        })
    };
    html! {
        <form class="words" onsubmit={submit}>
            <label for={id.clone()}>
                { props.name }<span class="visually-hidden">{ format!(" of {}", props.file) }</span>
            </label>
            <input
                ref={input} {id} type="text" autocomplete="off" spellcheck="true" data-own-undo="true"
                aria-describedby={format!("help-{}-{}", props.name.replace(' ', "-"), props.file)}
            />
            <button type="submit">
                { props.does }<span class="visually-hidden">{ &object }</span>
            </button>
            <p class="help" id={format!("help-{}-{}", props.name.replace(' ', "-"), props.file)}>{ props.help }</p>
        </form>
    }
}
