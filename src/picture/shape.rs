//! What the theme shows of a picture by its role, and the size that is enough for it.

use crate::bundle::header::Header;
use crate::bundle::report::Role;

use super::crop::{Ratio, Rect, Size};

/// How the theme shows a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// The shape it is cropped to; `None`: it is shown as it is.
    pub ratio: Option<Ratio>,
    /// Widths to choose from, in pixels, the smallest first.
    pub widths: &'static [u32],
    /// The width that serves most screens, in pixels.
    pub best: u32,
    /// No higher than this, in pixels.
    pub highest: Option<u32>,
    /// What the theme does with it, as a sentence.
    pub note: &'static str,
}

const fn ratio(wide: u32, high: u32) -> Option<Ratio> {
    Some(Ratio { wide, high })
}

impl Shape {
    /// The shape of a role; `fit`: the post asks the lists to show its thumbnail whole.
    #[must_use]
    pub const fn of(role: Role, fit: bool) -> Self {
        match role {
            Role::Cover => Self {
                ratio: None,
                widths: &[800, 1200, 1600],
                best: 1600,
                highest: Some(600),
                note: "The article shows a cover whole, as wide as the text.",
            },
            Role::Feature => Self {
                ratio: ratio(4, 1),
                widths: &[800, 1024, 1600],
                best: 1024,
                highest: None,
                note: "The featured card shows a strip of it, four times as wide as high.",
            },
            Role::Thumbnail => Self {
                ratio: if fit { None } else { ratio(1, 1) },
                widths: &[128, 192, 256],
                best: 256,
                highest: Some(256),
                note: if fit {
                    "The lists show a thumbnail whole, since this post asks for it."
                } else {
                    "The lists show a square of it."
                },
            },
            Role::Social => Self {
                ratio: ratio(40, 21),
                widths: &[1200, 1600],
                best: 1200,
                highest: None,
                note: "Shared links show about 1200 × 630 pixels of it.",
            },
            Role::Avatar => Self {
                ratio: ratio(1, 1),
                widths: &[96, 128, 256],
                best: 128,
                highest: Some(256),
                note: "The line below the title shows a round picture of the author.",
            },
            Role::InText => Self {
                ratio: None,
                widths: &[800, 1200, 1600],
                best: 1600,
                highest: None,
                note: "The text shows it whole, up to 800 pixels wide, sharper on good screens with twice that.",
            },
        }
    }

    /// The part a role shows of a picture when nobody chose one: the largest of its shape, in the middle, as the theme
    /// takes it.
    #[must_use]
    pub fn shown(&self, source: Size) -> Rect {
        Rect::around(source, self.ratio, (source.width / 2, source.height / 2))
    }

    /// The width to propose for a part, in pixels: never more than it has.
    #[must_use]
    pub fn width_for(&self, part: Rect) -> u32 {
        let by_height = self.highest.map_or(u64::MAX, |highest| {
            u64::from(highest) * u64::from(part.width) / u64::from(part.height.max(1))
        });
        let by_height = u32::try_from(by_height).unwrap_or(u32::MAX).max(1);
        // What is very high is still to be as wide as its place.
        let least = self.widths.first().copied().unwrap_or(1);
        self.best.min(by_height.max(least)).min(part.width)
    }
}

/// What shrinking would give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gain {
    /// The size it would have.
    pub to: Size,
    /// About how many bytes it would have: as many fewer as it has fewer pixels.
    pub about: usize,
}

impl Gain {
    /// What shrinking a file of `bytes` bytes for a role would give, uncropped; `None` where it is no larger than the role
    /// needs.
    #[must_use]
    pub fn of(header: &Header, bytes: usize, role: Role) -> Option<Self> {
        let source = Size {
            width: header.width,
            height: header.height,
        };
        if source.width == 0 || source.height == 0 {
            return None;
        }
        // A strip or a square is cut out later: both sides have to be large enough for it.
        let shape = Shape::of(role, false);
        let part = shape.shown(source);
        let width = shape.width_for(part);
        if width >= part.width {
            return None;
        }
        let scaled = u64::from(source.width) * u64::from(width) / u64::from(part.width.max(1));
        let to = Rect::whole(source).shrunk(u32::try_from(scaled).unwrap_or(u32::MAX));
        let pixels = u128::from(to.width) * u128::from(to.height);
        let about = bytes as u128 * pixels / u128::from(header.pixels().max(1));
        Some(Self {
            to,
            about: usize::try_from(about).unwrap_or(bytes),
        })
    }
}
