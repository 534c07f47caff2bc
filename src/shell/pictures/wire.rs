//! The messages between page and worker: plain objects, whose bytes are handed over and not copied.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::Worker;

use crate::picture::{Format, Rect, Size};

use super::{Address, Made, News, Opened, Order, Progress, Step};

fn object(entries: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (key, value) in entries {
        // A new plain object takes every key.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object
}

/// Hands the worker a file.
pub(super) fn send_open(worker: &Worker, bytes: &[u8], media_type: &str) -> Option<()> {
    let buffer = Uint8Array::from(bytes).buffer();
    let message = object(&[
        ("order", "open".into()),
        ("bytes", buffer.clone().into()),
        ("type", media_type.into()),
    ]);
    worker
        .post_message_with_transfer(&message, &Array::of1(&buffer))
        .ok()
}

/// Hands it an order.
pub(super) fn send_make(worker: &Worker, order: Order, formats: &[Format]) {
    let types: Array = formats
        .iter()
        .map(|format| JsValue::from(format.media_type()))
        .collect();
    let (part, to) = (order.part, order.to);
    let message = object(&[
        ("order", "make".into()),
        ("ticket", order.ticket.into()),
        (
            "part",
            object(&[
                ("x", part.x.into()),
                ("y", part.y.into()),
                ("width", part.width.into()),
                ("height", part.height.into()),
            ])
            .into(),
        ),
        (
            "to",
            object(&[("width", to.width.into()), ("height", to.height.into())]).into(),
        ),
        ("types", types.into()),
        ("quality", order.quality.into()),
    ]);
    // Plain objects can always be handed over.
    let _ = worker.post_message(&message);
}

fn get(from: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(from, &key.into()).ok()
}

fn number(from: &JsValue, key: &str) -> Option<u32> {
    let value = get(from, key)?.as_f64()?;
    // Counts and pixels, whole and small.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(value as u32)
}

fn bytes(from: &JsValue, key: &str) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&get(from, key)?).to_vec())
}

/// What the worker told; `None` where it is nothing that is known.
pub(super) fn read(data: &JsValue) -> Option<News> {
    Some(match get(data, "told")?.as_string()?.as_str() {
        "step" => News::Went(Progress {
            step: match get(data, "step")?.as_string()?.as_str() {
                "reading" => Step::Reading,
                "shrinking" => Step::Shrinking,
                _ => Step::Writing,
            },
            done: number(data, "done")?,
            of: number(data, "of")?,
        }),
        "opened" => {
            let transparent = get(data, "transparent")?.as_bool()?;
            let media_type = if transparent {
                Format::Png
            } else {
                Format::Jpeg
            };
            News::Opened(Opened {
                size: Size {
                    width: number(data, "width")?,
                    height: number(data, "height")?,
                },
                transparent,
                copy: Address::of(&bytes(data, "copy")?, media_type.media_type())?,
            })
        }
        "made" => {
            let detail = get(data, "detail")?;
            let files: Array = get(data, "files")?.dyn_into().ok()?;
            News::Made(Made {
                ticket: number(data, "ticket")?,
                files: files.iter().filter_map(|file| read_file(&file)).collect(),
                detail: Rect {
                    x: number(&detail, "x")?,
                    y: number(&detail, "y")?,
                    width: number(&detail, "width")?,
                    height: number(&detail, "height")?,
                },
                before: Address::of(&bytes(&detail, "before")?, Format::Png.media_type())?,
            })
        }
        _ => News::Failed(get(data, "reason")?.as_string()?),
    })
}

fn read_file(file: &JsValue) -> Option<(Format, std::rc::Rc<[u8]>)> {
    let media_type = get(file, "type")?.as_string()?;
    let format = Format::ALL
        .into_iter()
        .find(|format| format.media_type() == media_type)?;
    Some((format, bytes(file, "bytes")?.into()))
}
