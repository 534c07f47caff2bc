//! Crops: never outside of the picture, their shape kept.

use proptest::prelude::*;
use recap_editor::bundle::header::Header;
use recap_editor::bundle::report::Role;
use recap_editor::picture::{Corner, Gain, Ratio, Rect, Shape, Size};

const fn size(width: u32, height: u32) -> Size {
    Size { width, height }
}

const fn rect(x: u32, y: u32, width: u32, height: u32) -> Rect {
    Rect {
        x,
        y,
        width,
        height,
    }
}

const SQUARE: Option<Ratio> = Some(Ratio { wide: 1, high: 1 });
const STRIP: Option<Ratio> = Some(Ratio { wide: 4, high: 1 });

#[test]
fn each_role_shows_its_part() {
    let photo = size(4000, 3000);
    for (role, fit, part, width, result) in [
        (
            Role::Cover,
            false,
            rect(0, 0, 4000, 3000),
            800,
            size(800, 600),
        ),
        (
            Role::Feature,
            false,
            rect(0, 1000, 4000, 1000),
            1024,
            size(1024, 256),
        ),
        (
            Role::Thumbnail,
            false,
            rect(500, 0, 3000, 3000),
            256,
            size(256, 256),
        ),
        (
            Role::Thumbnail,
            true,
            rect(0, 0, 4000, 3000),
            256,
            size(256, 192),
        ),
        (
            Role::Social,
            false,
            rect(0, 450, 4000, 2100),
            1200,
            size(1200, 630),
        ),
        (
            Role::Avatar,
            false,
            rect(500, 0, 3000, 3000),
            128,
            size(128, 128),
        ),
        (
            Role::InText,
            false,
            rect(0, 0, 4000, 3000),
            1600,
            size(1600, 1200),
        ),
    ] {
        let shape = Shape::of(role, fit);
        assert_eq!(shape.shown(photo), part, "{role:?}");
        assert_eq!(shape.width_for(part), width, "{role:?}");
        assert_eq!(part.shrunk(width), result, "{role:?}");
    }
    // Nothing is made larger than it is.
    let small = Shape::of(Role::Cover, false);
    assert_eq!(small.width_for(small.shown(size(300, 100))), 300);
    assert_eq!(rect(0, 0, 300, 100).shrunk(900), size(300, 100));
}

#[test]
fn the_focal_point_is_as_near_to_the_middle_as_the_edges_allow() {
    let source = size(1600, 400);
    assert_eq!(
        Rect::around(source, SQUARE, (800, 200)),
        rect(600, 0, 400, 400)
    );
    assert_eq!(
        Rect::around(source, SQUARE, (10, 390)),
        rect(0, 0, 400, 400)
    );
    assert_eq!(
        Rect::around(source, SQUARE, (1599, 0)),
        rect(1200, 0, 400, 400)
    );
    assert_eq!(Rect::around(source, None, (1, 1)), rect(0, 0, 1600, 400));
}

#[test]
fn a_part_is_moved_resized_and_dragged() {
    let source = size(1600, 400);
    let part = rect(600, 0, 400, 400);
    assert_eq!(part.moved(source, 10, 10), rect(610, 0, 400, 400));
    assert_eq!(part.moved(source, i64::MIN, i64::MAX), rect(0, 0, 400, 400));
    let smaller = part.resized(source, SQUARE, -200);
    assert_eq!(smaller, rect(700, 100, 200, 200));
    assert_eq!(smaller.resized(source, SQUARE, 900), part);
    assert_eq!(part.resized(source, SQUARE, -9000), rect(792, 192, 16, 16));
    let strip = Rect::around(source, STRIP, (800, 200));
    assert_eq!(strip.resized(source, STRIP, -9000).size(), size(64, 16));
    let dragged = part.dragged(source, SQUARE, Corner::BottomRight, (700, 120));
    assert_eq!(dragged, rect(600, 0, 120, 120));
    let dragged = part.dragged(source, None, Corner::TopLeft, (-50, 100));
    assert_eq!(dragged, rect(0, 100, 1000, 300));
    assert_eq!(part.reshaped(source, STRIP), rect(0, 0, 1600, 400));
    assert_eq!(
        rect(5000, 5000, 900, 900).inside(source),
        rect(700, 0, 900, 400)
    );
}

#[test]
fn shrinking_is_proposed_where_it_gives_something() {
    let header = |width, height| Header {
        width,
        height,
        animated: false,
        scripted: false,
    };
    let gain = Gain::of(&header(4000, 3000), 4_000_000, Role::InText).unwrap();
    assert_eq!((gain.to, gain.about), (size(1600, 1200), 640_000));
    // Both sides stay large enough for the square.
    let gain = Gain::of(&header(4000, 3000), 4_000_000, Role::Thumbnail).unwrap();
    assert_eq!(gain.to, size(341, 256));
    assert_eq!(Gain::of(&header(1600, 600), 9_000_000, Role::Cover), None);
    assert_eq!(Gain::of(&header(0, 0), 100, Role::Cover), None);
}

fn ratios() -> impl Strategy<Value = Option<Ratio>> {
    prop_oneof![
        Just(None),
        Just(SQUARE),
        Just(STRIP),
        (1..50_u32, 1..50_u32).prop_map(|(wide, high)| Some(Ratio { wide, high })),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Moved(i64, i64),
    Resized(i64),
    Dragged(usize, i64, i64),
    Reshaped,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let far = -20_000..20_000_i64;
    let step = prop_oneof![
        (far.clone(), far.clone()).prop_map(|(x, y)| Step::Moved(x, y)),
        far.clone().prop_map(Step::Resized),
        (0..4_usize, far.clone(), far).prop_map(|(corner, x, y)| Step::Dragged(corner, x, y)),
        Just(Step::Reshaped),
    ];
    prop::collection::vec(step, 0..12)
}

proptest! {
    #[test]
    fn a_part_never_leaves_the_picture_and_keeps_its_shape(
        (width, height) in (1..9000_u32, 1..9000_u32),
        ratio in ratios(),
        focus in (0..9000_u32, 0..9000_u32),
        steps in steps(),
        to in 1..4000_u32,
    ) {
        let source = size(width, height);
        let mut part = Rect::around(source, ratio, focus);
        for step in steps {
            part = match step {
                Step::Moved(x, y) => part.moved(source, x, y),
                Step::Resized(by) => part.resized(source, ratio, by),
                Step::Dragged(corner, x, y) => part.dragged(source, ratio, Corner::ALL[corner], (x, y)),
                Step::Reshaped => part.reshaped(source, ratio),
            };
            prop_assert!(part.width >= 1 && part.height >= 1, "{part:?}");
            prop_assert!(part.x + part.width <= width && part.y + part.height <= height, "{part:?}");
            if let Some(ratio) = ratio {
                // Right to the pixel: a side is never more than one off what the other asks for.
                let high = f64::from(part.width) * f64::from(ratio.high) / f64::from(ratio.wide);
                let wide = f64::from(part.height) * f64::from(ratio.wide) / f64::from(ratio.high);
                let off = (high - f64::from(part.height)).abs().min((wide - f64::from(part.width)).abs());
                prop_assert!(off <= 1.0, "{part:?} of {ratio:?}");
            }
        }
        let shrunk = part.shrunk(to);
        prop_assert!(shrunk.width <= part.width && shrunk.height <= part.height && shrunk.height > 0);
    }
}
