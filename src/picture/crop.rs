//! Which part of a picture is kept: a rectangle in the picture’s own pixels, never outside of it.

/// A width and a height, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A shape: so many parts wide, so many high.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    /// Parts across, never 0.
    pub wide: u32,
    /// Parts down, never 0.
    pub high: u32,
}

/// A part of a picture, in its pixels as it is shown (turned the right way up).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Never 0.
    pub width: u32,
    /// Never 0.
    pub height: u32,
}

/// A corner of a rectangle, taken hold of to make it larger or smaller; the one across stays where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// Above, to the left.
    TopLeft,
    /// Above, to the right.
    TopRight,
    /// Below, to the left.
    BottomLeft,
    /// Below, to the right.
    BottomRight,
}

impl Corner {
    /// All four.
    pub const ALL: [Self; 4] = [
        Self::TopLeft,
        Self::TopRight,
        Self::BottomLeft,
        Self::BottomRight,
    ];

    const fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }

    const fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }
}

/// Smaller parts are not offered, in pixels a side.
const LEAST: u32 = 16;

/// The nearest whole number to `value * by / of`, at least 1.
fn share(value: u32, by: u32, of: u32) -> u32 {
    let of = u64::from(of.max(1));
    let scaled = (u64::from(value) * u64::from(by) + of / 2) / of;
    u32::try_from(scaled).unwrap_or(u32::MAX).max(1)
}

/// A number within the range of a side.
fn within(value: i64, most: u32) -> u32 {
    u32::try_from(value.clamp(0, i64::from(most))).unwrap_or_default()
}

/// Moved by `by`, which may lead out of what a number holds: then to its end.
fn shifted(value: u32, by: i64, most: u32) -> u32 {
    within(i64::from(value).saturating_add(by), most)
}

impl Size {
    /// The largest of a shape that fits inside.
    #[must_use]
    pub fn largest(self, ratio: Option<Ratio>) -> Self {
        let Some(ratio) = ratio else { return self };
        let high = share(self.width, ratio.high, ratio.wide);
        if high <= self.height {
            Self {
                height: high,
                ..self
            }
        } else {
            Self {
                width: share(self.height, ratio.wide, ratio.high).min(self.width),
                ..self
            }
        }
    }

    /// Its shape.
    #[must_use]
    pub const fn ratio(self) -> Ratio {
        Ratio {
            wide: self.width,
            high: self.height,
        }
    }
}

impl Rect {
    /// All of a picture.
    #[must_use]
    pub const fn whole(source: Size) -> Self {
        Self {
            x: 0,
            y: 0,
            width: source.width,
            height: source.height,
        }
    }

    /// Its width and height.
    #[must_use]
    pub const fn size(self) -> Size {
        Size {
            width: self.width,
            height: self.height,
        }
    }

    /// Where its middle is, rounded down.
    #[must_use]
    pub const fn middle(self) -> (u32, u32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }

    /// The largest part of a shape with the focal point `focus` as near to its middle as the picture’s edges allow.
    #[must_use]
    pub fn around(source: Size, ratio: Option<Ratio>, focus: (u32, u32)) -> Self {
        Self::placed(source, source.largest(ratio), focus)
    }

    fn placed(source: Size, size: Size, (x, y): (u32, u32)) -> Self {
        Self {
            x: x.saturating_sub(size.width / 2)
                .min(source.width - size.width),
            y: y.saturating_sub(size.height / 2)
                .min(source.height - size.height),
            width: size.width,
            height: size.height,
        }
    }

    /// A part that may lie anywhere, brought inside the picture; its size is kept as far as that goes.
    #[must_use]
    pub fn inside(self, source: Size) -> Self {
        let width = self.width.clamp(1, source.width);
        let height = self.height.clamp(1, source.height);
        Self {
            x: self.x.min(source.width - width),
            y: self.y.min(source.height - height),
            width,
            height,
        }
    }

    /// Moved by so many pixels, at most to the picture’s edges.
    #[must_use]
    pub fn moved(self, source: Size, across: i64, down: i64) -> Self {
        Self {
            x: shifted(self.x, across, source.width.saturating_sub(self.width)),
            y: shifted(self.y, down, source.height.saturating_sub(self.height)),
            ..self
        }
    }

    /// Wider by so many pixels (narrower, where negative) about its middle, the shape kept: `ratio`, or the one it has.
    #[must_use]
    pub fn resized(self, source: Size, ratio: Option<Ratio>, by: i64) -> Self {
        let ratio = ratio.unwrap_or_else(|| self.size().ratio());
        let size = sized(source, ratio, shifted(self.width, by, source.width), source);
        Self::placed(source, size, self.middle())
    }

    /// With a corner dragged to a place, which may lie outside: as near as the picture and the shape allow. Without
    /// `ratio`, both sides are free.
    #[must_use]
    pub fn dragged(
        self,
        source: Size,
        ratio: Option<Ratio>,
        corner: Corner,
        (x, y): (i64, i64),
    ) -> Self {
        let (x, y) = (within(x, source.width), within(y, source.height));
        // What stays where it is.
        let fixed_x = self.x + if corner.is_left() { self.width } else { 0 };
        let fixed_y = self.y + if corner.is_top() { self.height } else { 0 };
        let room = Size {
            width: if corner.is_left() {
                fixed_x
            } else {
                source.width - fixed_x
            },
            height: if corner.is_top() {
                fixed_y
            } else {
                source.height - fixed_y
            },
        };
        let wished = Size {
            width: if corner.is_left() {
                fixed_x.saturating_sub(x)
            } else {
                x.saturating_sub(fixed_x)
            },
            height: if corner.is_top() {
                fixed_y.saturating_sub(y)
            } else {
                y.saturating_sub(fixed_y)
            },
        };
        let size = match ratio {
            None => Size {
                width: wished.width.max(LEAST.min(room.width)),
                height: wished.height.max(LEAST.min(room.height)),
            },
            // The side that was dragged farther leads.
            Some(ratio) => {
                let by_height = share(wished.height, ratio.wide, ratio.high);
                sized(source, ratio, wished.width.max(by_height), room)
            }
        };
        Self {
            x: if corner.is_left() {
                fixed_x - size.width
            } else {
                fixed_x
            },
            y: if corner.is_top() {
                fixed_y - size.height
            } else {
                fixed_y
            },
            width: size.width,
            height: size.height,
        }
    }

    /// The same place in another shape: the largest there is around its middle.
    #[must_use]
    pub fn reshaped(self, source: Size, ratio: Option<Ratio>) -> Self {
        match ratio {
            None => self,
            Some(_) => Self::around(source, ratio, self.middle()),
        }
    }

    /// The size this part has once it is `width` wide: never more than it has now.
    #[must_use]
    pub fn shrunk(self, width: u32) -> Size {
        let width = width.clamp(1, self.width);
        Size {
            width,
            height: share(width, self.height, self.width),
        }
    }
}

/// A size of a shape, about `width` wide, not below [`LEAST`] on either side and not beyond `room`.
fn sized(source: Size, ratio: Ratio, width: u32, room: Size) -> Size {
    let most = room.largest(Some(ratio));
    // The shorter side must not vanish.
    let least = if ratio.wide > ratio.high {
        share(LEAST, ratio.wide, ratio.high)
    } else {
        LEAST
    };
    let width = width.max(least.min(source.width)).min(most.width);
    Size {
        width,
        height: share(width, ratio.high, ratio.wide).min(most.height),
    }
}
