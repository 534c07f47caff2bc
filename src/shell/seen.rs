//! What the elements the shell works on tell it: scrolled, pressed, the caret moved.

/// Something the shell hears from an element. The app hands it back to [`super::Shell::seen`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Seen {
    /// The Markdown pane was scrolled, by whomever.
    TextScrolled,
    /// The article was scrolled, by whomever.
    PageScrolled,
    /// A part of a very long article was drawn; more is to come.
    Drawn,
    /// The article has another height or width.
    PageResized,
    /// The caret of a pane may stand elsewhere.
    CaretMoved,
    /// The article was pressed where it is neither a link nor an embed.
    PagePressed(Point),
    /// A key in the article asks for all commands.
    CommandsAsked,
    /// Something on the screen was pressed: a part may have come forward.
    AppPressed,
    /// The next frame is about to be drawn.
    Frame,
    /// Nothing was scrolled or written for a moment.
    Quiet,
    /// The writer has been in one place of the text for a moment.
    Rested,
    /// The Markdown pane was drawn with the text of a draft.
    PaneDrawn,
    /// The bundle of the Markdown pane came, or will not.
    PaneBundle {
        /// It came.
        here: bool,
    },
}

/// A point, in CSS pixels from the top left of what is seen of the article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}
