//! The colours of code, as the site's highlighter gives them: which stretches of a code block have which.
//!
//! Only the stretches: the block's HTML stays as Hugo's visitors get it, and a screen paints over it. The languages are
//! those the blog uses, read as its highlighter (chroma) reads them where that is cheap; any other code stays plain.

mod data;
mod languages;
mod markup;
mod scan;
mod shell;

use crate::text::Utf16Pos;

use scan::Scan;

/// A colour by its role, in the highlighter's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Colour {
    /// Keywords and operators.
    Keyword,
    /// Constants, variables, escapes.
    Constant,
    /// Strings and numbers.
    Literal,
    /// Comments.
    Comment,
    /// Keys and tags.
    Tag,
    /// Names of functions.
    Function,
    /// Names of types.
    Class,
    /// A line that was added.
    Inserted,
    /// A line that was taken away.
    Deleted,
}

impl Colour {
    /// Every colour.
    pub const ALL: [Self; 9] = [
        Self::Keyword,
        Self::Constant,
        Self::Literal,
        Self::Comment,
        Self::Tag,
        Self::Function,
        Self::Class,
        Self::Inserted,
        Self::Deleted,
    ];

    /// Its name in the stylesheet.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keyword => "code-keyword",
            Self::Constant => "code-constant",
            Self::Literal => "code-literal",
            Self::Comment => "code-comment",
            Self::Tag => "code-tag",
            Self::Function => "code-function",
            Self::Class => "code-class",
            Self::Inserted => "code-inserted",
            Self::Deleted => "code-deleted",
        }
    }
}

/// A stretch of one colour, in UTF-16 units of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// Where it starts.
    pub from: Utf16Pos,
    /// Where it ends; behind its start.
    pub to: Utf16Pos,
    /// Its colour.
    pub colour: Colour,
}

/// Code longer than this, in bytes, stays plain: nobody reads it in a post.
const LONGEST: usize = 32 << 10;

/// The stretches of `code` that are not plain, in order and apart from each other. `language` is what stands behind the
/// fence; none is known for a language that is not known here.
#[must_use]
pub fn stretches(language: &str, code: &str) -> Vec<Stretch> {
    if code.len() > LONGEST {
        return Vec::new();
    }
    let language = language.to_ascii_lowercase();
    let mut scan = Scan::new(code);
    match language.as_str() {
        "bash" | "sh" | "shell" | "zsh" | "ksh" | "console" | "shell-session" => {
            shell::read(&mut scan);
        }
        "yaml" | "yml" => data::yaml(&mut scan),
        "json" => data::json(&mut scan),
        "toml" | "ini" | "cfg" | "properties" | "systemd" => data::ini(&mut scan),
        "diff" => markup::diff(&mut scan),
        "html" | "xml" | "svg" | "vue" | "svelte" => markup::html(&mut scan),
        "docker" | "dockerfile" => markup::dockerfile(&mut scan),
        other => match languages::of(other) {
            Some(language) => language.read(&mut scan),
            None => return Vec::new(),
        },
    }
    in_units(code, scan.found())
}

/// From bytes to UTF-16 units, in one walk.
fn in_units(code: &str, found: Vec<(std::ops::Range<usize>, Colour)>) -> Vec<Stretch> {
    let mut units = 0;
    let mut at = 0;
    let mut to = |byte: usize| {
        let between = code.get(at..byte).unwrap_or_default();
        units += u32::try_from(between.encode_utf16().count()).unwrap_or(u32::MAX);
        at = byte;
        Utf16Pos::new(units)
    };
    found
        .into_iter()
        .map(|(range, colour)| Stretch {
            from: to(range.start),
            to: to(range.end),
            colour,
        })
        .collect()
}
