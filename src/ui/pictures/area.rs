//! The picture with the part that is kept: moved and resized by pointer and by keys, or by numbers.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlInputElement, KeyboardEvent, PointerEvent};
use yew::prelude::*;

use crate::picture::{Corner, Plan, Rect, Size};
use crate::shell::pictures::Address;

use super::Change;

/// What the area needs.
#[derive(Properties, PartialEq)]
pub(super) struct CropAreaProps {
    pub(super) plan: Plan,
    pub(super) copy: Address,
    /// Something of it can be seen through.
    pub(super) transparent: bool,
    pub(super) on: Callback<Change>,
}

/// How near a corner has to be pressed, in CSS pixels.
const REACH: f64 = 22.0;

/// What the pointer took hold of.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hold {
    Corner(Corner),
    /// The part itself, so far from its left and top.
    Part(i64, i64),
}

/// Where a pointer is on the picture: in its pixels, and how many of them a CSS pixel has.
fn spot(area: &NodeRef, source: Size, event: &PointerEvent) -> Option<(i64, i64, f64)> {
    let shown = area.cast::<Element>()?.get_bounding_client_rect();
    let (width, height) = (f64::from(source.width), f64::from(source.height));
    // The picture is in the middle of its room, as large as that allows.
    let scale = (shown.width() / width).min(shown.height() / height);
    if scale <= 0.0 {
        return None;
    }
    let left = shown.left() + (shown.width() - width * scale) / 2.0;
    let top = shown.top() + (shown.height() - height * scale) / 2.0;
    let x = (f64::from(event.client_x()) - left) / scale;
    let y = (f64::from(event.client_y()) - top) / scale;
    // A screen’s worth of pixels.
    #[expect(clippy::cast_possible_truncation)]
    Some((x.round() as i64, y.round() as i64, 1.0 / scale))
}

const fn corner(part: Rect, corner: Corner) -> (u32, u32) {
    let (right, bottom) = (part.x + part.width, part.y + part.height);
    match corner {
        Corner::TopLeft => (part.x, part.y),
        Corner::TopRight => (right, part.y),
        Corner::BottomLeft => (part.x, bottom),
        Corner::BottomRight => (right, bottom),
    }
}

fn held_at(part: Rect, (x, y, scale): (i64, i64, f64)) -> Option<Hold> {
    let near = Corner::ALL.into_iter().find(|&which| {
        let (at_x, at_y) = corner(part, which);
        let far = (i64::from(at_x) - x).abs().max((i64::from(at_y) - y).abs());
        u32::try_from(far).is_ok_and(|far| f64::from(far) <= REACH * scale)
    });
    let (left, top) = (i64::from(part.x), i64::from(part.y));
    let inside = (left..=left + i64::from(part.width)).contains(&x)
        && (top..=top + i64::from(part.height)).contains(&y);
    match near {
        Some(corner) => Some(Hold::Corner(corner)),
        None if inside => Some(Hold::Part(x - left, y - top)),
        None => None,
    }
}

/// The part a key makes of another; `None` where it means nothing here.
fn by_key(plan: &Plan, event: &KeyboardEvent) -> Option<Rect> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let (source, part, ratio) = (plan.source(), plan.part(), plan.ratio());
    let step = if event.shift_key() {
        1
    } else {
        i64::from((source.width.max(source.height) / 50).max(1))
    };
    Some(match event.key().as_str() {
        "ArrowLeft" => part.moved(source, -step, 0),
        "ArrowRight" => part.moved(source, step, 0),
        "ArrowUp" => part.moved(source, 0, -step),
        "ArrowDown" => part.moved(source, 0, step),
        "+" | "=" => part.resized(source, ratio, step),
        "-" | "_" => part.resized(source, ratio, -step),
        "Home" => Rect::around(source, ratio, part.middle()),
        _ => return None,
    })
}

fn said(part: Rect) -> String {
    format!(
        "{} × {} pixels, {} from the left, {} from the top",
        part.width, part.height, part.x, part.y
    )
}

/// The picture with its part.
#[function_component(CropArea)]
pub(super) fn crop_area(props: &CropAreaProps) -> Html {
    let area = use_node_ref();
    let hold = use_mut_ref(|| None::<Hold>);
    // Said at keys and when the pointer is let go, not at each step of a drag.
    let announced = use_state_eq(String::new);
    let (plan, on) = (props.plan, props.on.clone());
    let (source, part) = (plan.source(), plan.part());
    let pressed = {
        let (area, hold, on) = (area.clone(), hold.clone(), on.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(spot) = spot(&area, source, &event).filter(|_| event.button() == 0) else {
                return;
            };
            if let Some(element) = area.cast::<Element>() {
                // Without it the drag ends at the edge, and that is all.
                let _ = element.set_pointer_capture(event.pointer_id());
            }
            let held = held_at(part, spot).unwrap_or_else(|| {
                // Pressed beside it: that is the focal point now.
                let mut moved = plan;
                let within = |at: i64, most: u32| {
                    u32::try_from(at.clamp(0, i64::from(most))).unwrap_or_default()
                };
                moved.focus_on((within(spot.0, source.width), within(spot.1, source.height)));
                on.emit(Change::Part(moved.part()));
                let part = moved.part();
                Hold::Part(spot.0 - i64::from(part.x), spot.1 - i64::from(part.y))
            });
            hold.replace(Some(held));
        })
    };
    let dragged = {
        let (area, hold, on) = (area.clone(), hold.clone(), on.clone());
        Callback::from(move |event: PointerEvent| {
            let (Some(held), Some((x, y, _))) = (*hold.borrow(), spot(&area, source, &event))
            else {
                return;
            };
            let moved = match held {
                Hold::Corner(corner) => part.dragged(source, plan.ratio(), corner, (x, y)),
                Hold::Part(left, top) => part.moved(
                    source,
                    x - left - i64::from(part.x),
                    y - top - i64::from(part.y),
                ),
            };
            if moved != part {
                on.emit(Change::Part(moved));
            }
        })
    };
    let let_go = {
        let announced = announced.clone();
        Callback::from(move |_: PointerEvent| {
            if hold.take().is_some() {
                announced.set(said(part));
            }
        })
    };
    let key = {
        let (on, announced) = (on.clone(), announced.clone());
        Callback::from(move |event: KeyboardEvent| {
            if let Some(moved) = by_key(&plan, &event) {
                event.prevent_default();
                on.emit(Change::Part(moved));
                announced.set(said(moved));
            }
        })
    };
    let around = format!(
        "M0 0H{}V{}H0ZM{} {}V{}H{}V{}Z",
        source.width,
        source.height,
        part.x,
        part.y,
        part.y + part.height,
        part.x + part.width,
        part.y
    );
    html! {
        <div class="crop">
            <svg
                ref={area} class={classes!("crop-area", props.transparent.then_some("see-through"))} viewBox={format!("0 0 {} {}", source.width, source.height)} tabindex="0"
                role="application" aria-roledescription="crop" aria-label="Part to keep" aria-describedby="crop-now crop-help"
                onpointerdown={pressed} onpointermove={dragged} onpointerup={let_go.clone()} onpointercancel={let_go}
                onkeydown={key}
            >
                <image
                    href={props.copy.as_str().to_owned()} width={source.width.to_string()}
                    height={source.height.to_string()} preserveAspectRatio="none"
                />
                <path class="shade" d={around} fill-rule="evenodd" />
                <rect
                    class="frame" x={part.x.to_string()} y={part.y.to_string()} width={part.width.to_string()}
                    height={part.height.to_string()}
                />
                { for Corner::ALL.into_iter().map(|which| {
                    let (x, y) = corner(part, which);
                    html! { <path class="handle" d={format!("M{x} {y}h0.01")} /> }
                }) }
            </svg>
            <p id="crop-now" class="crop-now">{ said(part) }</p>
            <p id="crop-help" class="help">
                { "Drag the frame or its corners, or press where the middle is to be. Keys: arrows move it (with Shift by one \
                   pixel), + and − resize it, Home makes it as large as it can be." }
            </p>
            <p class="visually-hidden" aria-live="polite">{ (*announced).clone() }</p>
            <details class="exact">
                <summary>{ "Exact numbers" }</summary>
                <div class="numbers">{ for numbers(&plan, &on) }</div>
            </details>
        </div>
    }
}

/// Boxes for the four numbers of the part. In a fixed shape, the height follows the width.
fn numbers(plan: &Plan, on: &Callback<Change>) -> Vec<Html> {
    let (source, part, ratio) = (plan.source(), plan.part(), plan.ratio());
    let fields: [(&str, &str, u32, u32); 4] = [
        ("crop-x", "From the left", part.x, source.width - part.width),
        (
            "crop-y",
            "From the top",
            part.y,
            source.height - part.height,
        ),
        ("crop-width", "Width", part.width, source.width),
        ("crop-height", "Height", part.height, source.height),
    ];
    let field = |(index, (id, label, value, most)): (
        usize,
        (&'static str, &'static str, u32, u32),
    )| {
        let changed = on.reform(move |event: Event| {
            let typed = event
                .target()
                .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
                .and_then(|input| input.value().trim().parse::<u32>().ok())
                .unwrap_or(value);
            let by = i64::from(typed) - i64::from(value);
            Change::Part(match index {
                0 => part.moved(source, by, 0),
                1 => part.moved(source, 0, by),
                2 => part.dragged(
                    source,
                    ratio,
                    Corner::BottomRight,
                    (
                        i64::from(part.x) + i64::from(typed),
                        i64::from(part.y + if ratio.is_some() { 0 } else { part.height }),
                    ),
                ),
                _ => part.dragged(
                    source,
                    ratio,
                    Corner::BottomRight,
                    (
                        i64::from(part.x + if ratio.is_some() { 0 } else { part.width }),
                        i64::from(part.y) + i64::from(typed),
                    ),
                ),
            })
        });
        html! {
            <div class="field" key={id}>
                <label for={id}>{ label }</label>
                <input
                    {id} type="number" inputmode="numeric" min="0" max={most.to_string()} value={value.to_string()}
                    data-own-undo="" onchange={changed}
                />
            </div>
        }
    };
    fields.into_iter().enumerate().map(field).collect()
}
