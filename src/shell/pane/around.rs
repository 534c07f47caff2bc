//! What stands around the caret of the Markdown pane, as far as its highlighting tells.

/// What the caret or the selection is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Around(u32);

impl Around {
    /// Bold.
    pub const BOLD: Self = Self(1);
    /// Italic.
    pub const ITALIC: Self = Self(2);
    /// Struck through.
    pub const STRIKETHROUGH: Self = Self(4);
    /// Code in a line.
    pub const CODE: Self = Self(8);
    /// A link.
    pub const LINK: Self = Self(16);
    /// A heading of the second level.
    pub const H2: Self = Self(32);
    /// A heading of the third level.
    pub const H3: Self = Self(64);
    /// A heading of the fourth level.
    pub const H4: Self = Self(128);
    /// A quotation.
    pub const QUOTE: Self = Self(256);
    /// A list with bullets, the innermost one.
    pub const BULLETS: Self = Self(512);
    /// A numbered list, the innermost one.
    pub const NUMBERS: Self = Self(1024);
    /// A list of tasks, the innermost one.
    pub const TASKS: Self = Self(2048);
    /// Fenced code.
    pub const FENCE: Self = Self(4096);
    /// A table.
    pub const TABLE: Self = Self(8192);

    pub(super) const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// Whether all of `what` is around the caret.
    #[must_use]
    pub const fn has(self, what: Self) -> bool {
        self.0 & what.0 == what.0
    }

    /// Whether the caret is in a heading that can be chosen.
    #[must_use]
    pub const fn has_heading(self) -> bool {
        self.0 & (Self::H2.0 | Self::H3.0 | Self::H4.0) != 0
    }
}
