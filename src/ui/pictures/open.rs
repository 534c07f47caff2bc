//! The button that opens the dialog.

use yew::prelude::*;

use super::Cropper;

/// What the button needs.
#[derive(Properties, PartialEq)]
pub(in super::super) struct CropButtonProps {
    /// The file’s path in the bundle.
    pub(in super::super) file: AttrValue,
}

/// Opens "Crop or shrink" for a file.
#[function_component(CropButton)]
pub(in super::super) fn crop_button(props: &CropButtonProps) -> Html {
    let cropper = use_context::<Cropper>();
    let file = props.file.clone();
    let press = Callback::from(move |_: MouseEvent| {
        if let Some(Cropper(ask)) = &cropper {
            ask.emit(file.to_string());
        }
    });
    html! {
        <button type="button" class="quiet" onclick={press} aria-label={format!("Crop or shrink {}", props.file)}>
            { "Crop or shrink" }
        </button>
    }
}
