//! One picture made fit for its place: crops, sizes, kinds of file, and what a file says about the writer.

mod files;
mod geometry;
mod metadata;
mod plan;
mod session;

use recap_editor::bundle::report::Role;
use recap_editor::picture::{self, Format};

#[test]
fn the_smallest_that_fits_is_chosen() {
    use Format::{Jpeg, Png, Webp};
    let made = [(Jpeg, 300), (Png, 500), (Webp, 200)];
    assert_eq!(Format::best(&made, Role::Cover, false), Some(Webp));
    // Cards of shared links do not show WebP everywhere.
    assert_eq!(Format::best(&made, Role::Social, false), Some(Jpeg));
    // JPEG has no transparency.
    assert_eq!(Format::best(&made[..2], Role::Cover, true), Some(Png));
    let tie = [(Jpeg, 300), (Webp, 300), (Png, 300)];
    assert_eq!(Format::best(&tie, Role::Cover, false), Some(Png));
    assert_eq!(Format::best(&[(Jpeg, 1)], Role::Cover, true), None);
}

#[test]
fn a_name_gets_another_ending_only_where_the_kind_is_another() {
    for (format, name, wanted) in [
        (Format::Jpeg, "cover.jpeg", "cover.jpeg"),
        (Format::Jpeg, "cover.JPG", "cover.JPG"),
        (Format::Webp, "cover.jpg", "cover.webp"),
        (Format::Png, "a.b.gif", "a.b.png"),
        (Format::Png, "x.y/cover", "x.y/cover.png"),
        (Format::Jpeg, ".png", ".png.jpg"),
    ] {
        assert_eq!(format.name(name), wanted);
    }
}

#[test]
fn what_cannot_be_cropped_is_refused_before_it_is_decoded() {
    let refusal = |bytes: &[u8]| picture::check(bytes).unwrap_err().to_string();
    assert!(refusal(b"hello").contains("no picture"));
    assert!(
        refusal(b"<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'/>")
            .contains("drawing")
    );
    assert!(refusal(&files::png(40_000, 30_000, &[])).contains("40000 × 30000"));
    assert!(refusal(&files::png(20_000, 10, &[])).contains("20000 × 10"));
    assert!(refusal(&files::png(8, 8, &[(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0])])).contains("moves"));
    assert!(refusal(&files::png(0, 8, &[])).contains("no size"));
    // Fifty million pixels are the most.
    assert!(picture::check(&files::png(10_000, 5000, &[])).is_ok());
    assert!(picture::check(&files::png(10_000, 5001, &[])).is_err());
}
