//! What a writer can ask for.

/// A heading's level. There is no first: the page's title is the `h1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// `##`
    H2,
    /// `###`
    H3,
    /// `####`
    H4,
}

impl Level {
    /// How many `#` it is written with.
    #[must_use]
    pub const fn hashes(self) -> usize {
        match self {
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
        }
    }
}

/// How a table's column is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Align {
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
    /// `---`: as the theme has it.
    None,
}

/// A command of the Markdown pane. [`run`](super::run) carries it out.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Command {
    /// `**…**`, on or off.
    Bold,
    /// `_…_`, on or off; `*…*` inside a word, where `_` would be a letter.
    Italic,
    /// `~~…~~`, on or off.
    Strikethrough,
    /// Code in a line, on or off; the marks are longer than any run of backticks inside.
    InlineCode,
    /// A link of the selection. Inside a link: its address is selected, or replaced.
    Link {
        /// Where it leads; without one the caret goes where it is to be written.
        address: Option<String>,
    },
    /// A link to a page. What is selected, or the word around the caret, leads there; where there is neither, and also
    /// where there is a word if `titled`, the page's title is written.
    LinkPage {
        /// The page's title, or a heading's.
        title: String,
        /// Its address.
        address: String,
        /// The title is written whatever the caret stands at.
        titled: bool,
    },
    /// An address that is pasted: on selected text it makes a link, else it is pasted as usual.
    PasteAddress(String),
    /// Headings of this level, on or off; `None`: no heading.
    Heading(Option<Level>),
    /// A quotation, on or off.
    Quote,
    /// A list with bullets, on or off; another list becomes one.
    BulletList,
    /// A numbered list, on or off; another list becomes one.
    NumberedList,
    /// A list of tasks, on or off; another list becomes one.
    TaskList,
    /// Fenced code around the lines, or a new one.
    Fence {
        /// What stands behind the opening fence.
        language: String,
    },
    /// Fenced code becomes lines like others.
    NoFence,
    /// A line across.
    Divider,
    /// A footnote with the next free number; the caret goes to its text.
    Footnote,
    /// A new table; the caret goes to its first cell.
    Table {
        /// At least one.
        columns: usize,
        /// Without the head, at least one.
        rows: usize,
    },
    /// The Enter key: goes on with a list, a quotation, the indentation of code, a table.
    Enter,
    /// The Tab key: a list item in, or the next cell.
    Tab,
    /// Shift and Tab: a list item out, or the cell before.
    ShiftTab,
    /// The Backspace key: at the start of an item's text its mark goes first.
    Backspace,
    /// A row below the caret's.
    TableAddRow,
    /// A column behind the caret's.
    TableAddColumn,
    /// The caret's row goes. The head cannot.
    TableRemoveRow,
    /// The caret's column goes. The last one cannot.
    TableRemoveColumn,
    /// How the caret's column is aligned.
    TableAlign(Align),
    /// Cells of a spreadsheet (tabs between them, a row a line) become a table.
    PasteTable(String),
    /// Markdown made of what was copied elsewhere, in the place of the selection: in a line, or blocks with the marks of
    /// what the caret stands in.
    PasteMarkdown(String),
    /// The task under the caret is done, or not.
    ToggleTask,
    /// The lines, or the list item with what belongs to it, one place up.
    MoveLineUp,
    /// The same, one place down.
    MoveLineDown,
    /// The paragraph of the caret, or all that are selected, wrapped at 80 columns.
    Wrap,
    /// A picture; what is selected becomes its description, and the caret goes where its address is to be written.
    Image,
    /// The address that stands alone on the caret's line becomes the shortcode for the recording or post it leads to.
    Embed,
    /// Text in the place of the selection, in the line.
    InsertInline(String),
    /// Text as a paragraph of its own, behind the caret's.
    InsertBlock(String),
}
