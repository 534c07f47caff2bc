//! The kinds of file a picture can be written as, and which of them is best.

use crate::bundle::report::Role;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// For photographs: small, loses a little, no transparency.
    Jpeg,
    /// For flat colours: loses nothing.
    Png,
    /// Smaller than both, and with transparency.
    Webp,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// What a file is, by its first bytes; `None`: another kind.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\xff\xd8\xff") {
            Some(Self::Jpeg)
        } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            Some(Self::Png)
        } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            Some(Self::Webp)
        } else {
            None
        }
    }

    /// Its name on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Webp => "WebP",
        }
    }

    /// The ending of its files, without the dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }

    /// Whether a quality can be chosen.
    #[must_use]
    pub const fn has_quality(self) -> bool {
        !matches!(self, Self::Png)
    }

    /// Whether this kind can hold a picture: JPEG has no transparency, and cards of shared links do not show WebP
    /// everywhere.
    #[must_use]
    pub const fn fits(self, role: Role, transparent: bool) -> bool {
        match self {
            Self::Jpeg => !transparent,
            Self::Webp => !matches!(role, Role::Social),
            Self::Png => true,
        }
    }

    /// The best of some results: the smallest that fits. PNG loses nothing, so it wins a tie.
    #[must_use]
    pub fn best(made: &[(Self, usize)], role: Role, transparent: bool) -> Option<Self> {
        made.iter()
            .filter(|(format, _)| format.fits(role, transparent))
            .min_by_key(|(format, bytes)| (*bytes, *format != Self::Png))
            .map(|(format, _)| *format)
    }

    /// A file’s name with this kind’s ending. One that says the same already (`jpeg`, `JPG`) stays.
    #[must_use]
    pub fn name(self, name: &str) -> String {
        let (stem, ending) = match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && !ending.contains('/') => (stem, ending),
            _ => (name, ""),
        };
        let same = match self {
            Self::Jpeg => ["jpg", "jpeg", "jpe"].as_slice(),
            Self::Png => &["png"],
            Self::Webp => &["webp"],
        };
        if same.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
            name.to_owned()
        } else {
            format!("{stem}.{}", self.ending())
        }
    }
}
