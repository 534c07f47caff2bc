//! Finds Hugo shortcodes with their spans and arguments, by the rules of Hugo's page lexer.
//!
//! Hugo looks for them before any Markdown, in code and comments too. What it refuses is a [`Problem`]; the stretch then
//! stays text, so that the rest of the page can still be shown.

mod lexer;

use crate::text::{Problem, Span};

pub use lexer::read;

/// How a shortcode is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// `{{< >}}`: what it makes is HTML, put in after Markdown.
    Angle,
    /// `{{% %}}`: what it makes is Markdown, put in before.
    Percent,
}

impl Notation {
    /// What opens and closes it.
    #[must_use]
    pub const fn delimiters(self) -> (&'static str, &'static str) {
        match self {
            Self::Angle => ("{{<", ">}}"),
            Self::Percent => ("{{%", "%}}"),
        }
    }
}

/// A shortcode's arguments: Hugo does not let the two kinds mix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arguments {
    /// In their order.
    Positional(Vec<String>),
    /// By name, in their order.
    Named(Vec<(String, String)>),
}

impl Arguments {
    /// The argument at `index`; `None` for named ones.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<&str> {
        match self {
            Self::Positional(values) => values.get(index).map(String::as_str),
            Self::Named(_) => None,
        }
    }

    /// The argument `name`, in whatever case; `None` for positional ones.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        match self {
            Self::Positional(_) => None,
            Self::Named(values) => values
                .iter()
                .rev()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str()),
        }
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcode {
    /// Its name, without `.inline`.
    pub name: String,
    /// How it is called.
    pub notation: Notation,
    /// It is defined where it is called.
    pub inline: bool,
    /// Its arguments.
    pub arguments: Arguments,
    /// Where each argument's value stands, with its quotation marks.
    pub values: Vec<Span>,
    /// The opening tag.
    pub tag: Span,
    /// What stands between it and its closing tag; `None` without one.
    pub inner: Option<Vec<Piece>>,
    /// The call, with inner text and closing tag.
    pub span: Span,
}

/// A stretch of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Text as it stands.
    Text(Span),
    /// `{{</* … */>}}`: a call that is only shown.
    Escaped {
        /// With the comment marks.
        span: Span,
        /// Without them.
        text: String,
    },
    /// A call.
    Call(Box<Shortcode>),
}

/// Whether a shortcode can have inner text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inner {
    /// Its template never asks for it: a closing tag is refused.
    None,
    /// Its template asks for it: it has to be closed.
    Required,
}

/// The shortcodes of the site and of Hugo itself. `None`: there is no such.
#[must_use]
pub fn known(name: &str) -> Option<Inner> {
    match name.to_ascii_lowercase().as_str() {
        "youtube"
        | "x"
        | "x_simple"
        | "chart-version"
        | "edge-version"
        | "latest-edge-version"
        | "latest-stable-version"
        | "figure"
        | "vimeo"
        | "vimeo_simple"
        | "param"
        | "ref"
        | "relref"
        | "instagram" => Some(Inner::None),
        "note" | "warning" | "keyval" | "command-output" | "details" | "highlight" | "qr" => {
            Some(Inner::Required)
        }
        _ => None,
    }
}

/// What was found: the pieces in order, and what Hugo would refuse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The body, piece by piece.
    pub pieces: Vec<Piece>,
    /// In the order of the text.
    pub problems: Vec<Problem>,
}
