//! What is to be made of a picture, as the dialog changes it.

use recap_editor::bundle::report::Role;
use recap_editor::picture::{Choice, Format, Plan, Rect, Size};

const PHOTO: Size = Size {
    width: 4000,
    height: 3000,
};

#[test]
fn a_plan_begins_with_what_the_role_needs() {
    let plan = Plan::new(PHOTO, Some(Format::Jpeg), false, Role::InText, false);
    assert_eq!(
        plan.to(),
        Size {
            width: 1600,
            height: 1200
        }
    );
    assert_eq!(plan.choice(), Choice::Smallest);
    assert_eq!(plan.formats(), Format::ALL);
    assert_eq!(plan.widths(), [800, 1200, 1600, 4000]);
    assert!(!plan.keeps_pixels());
    // A picture that is small enough stays as it is.
    let small = Size {
        width: 900,
        height: 300,
    };
    let plan = Plan::new(small, Some(Format::Jpeg), false, Role::InText, false);
    assert_eq!((plan.choice(), plan.to()), (Choice::Same, small));
    assert!(plan.keeps_pixels());
    // A GIF cannot be written here.
    let plan = Plan::new(small, None, true, Role::InText, false);
    assert_eq!(plan.formats(), [Format::Png, Format::Webp]);
    assert!(!plan.keeps_pixels());
}

#[test]
fn a_role_brings_its_shape_and_its_size() {
    let mut plan = Plan::new(PHOTO, Some(Format::Jpeg), false, Role::Cover, false);
    plan.choose_width(1200);
    plan.choose_role(Role::Thumbnail);
    assert_eq!(
        plan.part(),
        Rect {
            x: 500,
            y: 0,
            width: 3000,
            height: 3000
        }
    );
    assert_eq!(
        plan.to(),
        Size {
            width: 256,
            height: 256
        }
    );
    plan.focus_on((100, 100));
    assert_eq!(
        plan.part(),
        Rect {
            x: 0,
            y: 0,
            width: 3000,
            height: 3000
        }
    );
    plan.place(Rect {
        x: 3999,
        y: 2999,
        width: 200,
        height: 200,
    });
    assert_eq!(
        plan.part(),
        Rect {
            x: 3800,
            y: 2800,
            width: 200,
            height: 200
        }
    );
    assert_eq!(
        plan.to(),
        Size {
            width: 200,
            height: 200
        }
    );
    assert_eq!(plan.widths(), [128, 192, 200]);
    plan.choose_role(Role::Cover);
    assert_eq!(plan.part(), Rect::whole(PHOTO));
    plan.choose(Choice::Same);
    assert_eq!(plan.formats(), [Format::Jpeg]);
    plan.choose_width(9999);
    assert!(plan.keeps_pixels());
    plan.choose(Choice::Kind(Format::Webp));
    assert!(!plan.keeps_pixels());
    assert_eq!(plan.formats(), [Format::Webp]);
}

#[test]
fn transparency_and_cards_limit_the_kinds() {
    let mut plan = Plan::new(PHOTO, Some(Format::Png), true, Role::Social, false);
    assert_eq!(plan.formats(), [Format::Png]);
    plan.choose(Choice::Kind(Format::Jpeg));
    assert!(!plan.allows(Format::Jpeg));
    assert_eq!(plan.formats(), [Format::Png]);
    plan.choose_role(Role::InText);
    assert_eq!(
        plan.best(&[(Format::Png, 9), (Format::Webp, 8)]),
        Some(Format::Webp)
    );
    plan.set_quality(0);
    assert_eq!(plan.quality(), 1);
}

#[test]
fn a_new_file_is_named_by_its_role() {
    let mut plan = Plan::new(PHOTO, Some(Format::Jpeg), false, Role::InText, false);
    let taken = ["index.md", "My Photo.jpg", "thumbnail.jpg"];
    assert_eq!(
        plan.name("My Photo.jpg", Format::Jpeg, taken),
        "my-photo.jpg"
    );
    assert_eq!(
        plan.name("a/my-photo.jpeg", Format::Webp, taken),
        "my-photo.webp"
    );
    plan.choose_role(Role::Thumbnail);
    assert_eq!(plan.name("x.png", Format::Jpeg, taken), "thumbnail-2.jpg");
    assert_eq!(plan.name("x.png", Format::Png, taken), "thumbnail.png");
}
