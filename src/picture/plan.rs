//! What is to be made of a picture: the part, the size, the kind of file.

use crate::bundle::name;
use crate::bundle::report::Role;
use crate::text::sort;

use super::crop::{Ratio, Rect, Size};
use super::format::Format;
use super::shape::Shape;

/// Which kind of file the result is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The kind the file is now.
    Same,
    /// Whichever is smallest and fits.
    Smallest,
    /// This one.
    Kind(Format),
}

/// What is to be made of a picture. Changes keep it possible: a part inside the picture, in the shape of the role, and no
/// result larger than the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    source: Size,
    format: Option<Format>,
    transparent: bool,
    fit: bool,
    role: Role,
    part: Rect,
    /// Chosen by the writer; else what the role needs.
    width: Option<u32>,
    /// Chosen by the writer; else the file stays as it is where it can.
    choice: Option<Choice>,
    quality: u8,
}

/// What the site’s photographs are written with.
const QUALITY: u8 = 80;

impl Plan {
    /// What a role needs of a picture of this size and kind; `fit`: the lists show the post’s thumbnail whole.
    #[must_use]
    pub fn new(
        source: Size,
        format: Option<Format>,
        transparent: bool,
        role: Role,
        fit: bool,
    ) -> Self {
        Self {
            source,
            format,
            transparent,
            fit,
            role,
            part: Shape::of(role, fit).shown(source),
            width: None,
            choice: None,
            quality: QUALITY,
        }
    }

    /// The size of the picture as it is.
    #[must_use]
    pub const fn source(&self) -> Size {
        self.source
    }

    /// The role it is for.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// How the theme shows a role in this post.
    #[must_use]
    pub const fn shape_of(&self, role: Role) -> Shape {
        Shape::of(role, self.fit)
    }

    /// The shape the part has to have.
    #[must_use]
    pub const fn ratio(&self) -> Option<Ratio> {
        self.shape_of(self.role).ratio
    }

    /// The part that is kept.
    #[must_use]
    pub const fn part(&self) -> Rect {
        self.part
    }

    /// The quality, from 1 to 100.
    #[must_use]
    pub const fn quality(&self) -> u8 {
        self.quality
    }

    /// The kind of file that is chosen.
    #[must_use]
    pub fn choice(&self) -> Choice {
        let needs_nothing = self.part == Rect::whole(self.source)
            && self.to() == self.source
            && self.format.is_some();
        self.choice.unwrap_or(if needs_nothing {
            Choice::Same
        } else {
            Choice::Smallest
        })
    }

    /// The size of the result.
    #[must_use]
    pub fn to(&self) -> Size {
        let width = self
            .width
            .unwrap_or_else(|| self.shape_of(self.role).width_for(self.part));
        self.part.shrunk(width)
    }

    /// Widths to propose, in pixels, the smallest first; the last is the part’s own.
    #[must_use]
    pub fn widths(&self) -> Vec<u32> {
        let mut widths: Vec<u32> = self
            .shape_of(self.role)
            .widths
            .iter()
            .copied()
            .chain([self.to().width])
            .filter(|width| *width < self.part.width)
            .chain([self.part.width])
            .collect();
        sort::sort(&mut widths);
        widths.dedup();
        widths
    }

    /// Another role: its shape around the middle of the part there is, its size.
    pub fn choose_role(&mut self, role: Role) {
        self.role = role;
        self.width = None;
        self.part = match self.ratio() {
            None => Rect::whole(self.source),
            ratio => Rect::around(self.source, ratio, self.part.middle()),
        };
    }

    /// The largest part of the shape with this point in its middle, as far as the edges allow.
    pub fn focus_on(&mut self, point: (u32, u32)) {
        let size = self.part.size();
        let placed = Rect {
            x: point.0.saturating_sub(size.width / 2),
            y: point.1.saturating_sub(size.height / 2),
            ..self.part
        };
        self.part = placed.inside(self.source);
    }

    /// Another part; one outside of the picture is brought inside.
    pub fn place(&mut self, part: Rect) {
        self.part = part.inside(self.source);
    }

    /// Another width of the result, in pixels; never more than the part has.
    pub const fn choose_width(&mut self, width: u32) {
        self.width = Some(width);
    }

    /// Another kind of file.
    pub const fn choose(&mut self, choice: Choice) {
        self.choice = Some(choice);
    }

    /// Another quality; from 1 to 100.
    pub fn set_quality(&mut self, quality: u8) {
        self.quality = quality.clamp(1, 100);
    }

    /// The file’s own pixels stay: nothing is decoded and written anew.
    #[must_use]
    pub fn keeps_pixels(&self) -> bool {
        self.choice() == Choice::Same
            && self.format.is_some()
            && self.part == Rect::whole(self.source)
            && self.to() == self.source
    }

    /// Whether the result can be the kind of file there is now.
    #[must_use]
    pub fn has_kind(&self) -> bool {
        self.format.is_some()
    }

    /// Whether a kind of file can hold the result.
    #[must_use]
    pub const fn allows(&self, format: Format) -> bool {
        format.fits(self.role, self.transparent)
    }

    /// The kinds of file to try.
    #[must_use]
    pub fn formats(&self) -> Vec<Format> {
        let wished = match self.choice() {
            Choice::Same => self.format,
            Choice::Smallest => None,
            Choice::Kind(format) => Some(format),
        };
        match wished {
            Some(format) if format.fits(Role::InText, self.transparent) => vec![format],
            _ => Format::ALL
                .into_iter()
                .filter(|format| self.allows(*format))
                .collect(),
        }
    }

    /// Which of the results it is to be; each with its bytes.
    #[must_use]
    pub fn best(&self, made: &[(Format, usize)]) -> Option<Format> {
        match made {
            [(only, _)] => Some(*only),
            several => Format::best(several, self.role, self.transparent),
        }
    }

    /// A name for the result as a new file: of its role, else of the file it is made of; none of those in `taken`.
    #[must_use]
    pub fn name<'a>(
        &self,
        from: &str,
        format: Format,
        taken: impl IntoIterator<Item = &'a str>,
    ) -> String {
        let wish = match self.role {
            Role::Cover => "cover",
            Role::Feature => "feature",
            Role::Thumbnail => "thumbnail",
            Role::Social => "social",
            Role::Avatar => "avatar",
            Role::InText => "",
        };
        let file = from.rsplit('/').next().unwrap_or(from);
        name::good(&[wish], &format.name(file), taken)
    }
}
