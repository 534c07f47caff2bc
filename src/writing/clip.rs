//! What comes from the clipboard as HTML, as Markdown: from Google Docs, Word and web pages.
//!
//! Nothing here reads HTML: the browser does, and hands over the tree. What comes out is Markdown of the site's dialect
//! without any raw HTML and without a shortcode Hugo would call.
//!
//! The page's title is its only heading of the first level, so headings move: `h1` becomes `##`, and all below it go one
//! further; where there is no `h1` they keep their level. None is deeper than `####`.

mod address;
mod block;
mod escape;
mod inline;
mod list;
mod read;
mod run;
mod style;
mod table;

/// A piece of an HTML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element. A comment is one too, called `#comment`; it never comes out.
    Element {
        /// Its tag's name, in whatever case.
        name: String,
        /// Names, in whatever case, and values.
        attributes: Vec<(String, String)>,
        /// What stands in it.
        children: Vec<Node>,
    },
    /// Characters, entities resolved.
    Text(String),
}

impl Node {
    /// The value of the attribute `name`.
    fn attribute(&self, name: &str) -> Option<&str> {
        match self {
            Self::Element { attributes, .. } => attributes
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str()),
            Self::Text(_) => None,
        }
    }

    /// The tag's name, small; nothing for text.
    fn name(&self) -> String {
        match self {
            Self::Element { name, .. } => name.to_ascii_lowercase(),
            Self::Text(_) => String::new(),
        }
    }

    /// What stands in it.
    fn children(&self) -> &[Self] {
        match self {
            Self::Element { children, .. } => children,
            Self::Text(_) => &[],
        }
    }

    fn has_class(&self, class: impl Fn(&str) -> bool) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(class)
    }
}

/// The Markdown for `nodes`: blocks with a blank line between, without a line end behind the last. One run of text
/// comes out as one line, to be put in where the caret stands. Empty where there is nothing to be seen.
#[must_use]
pub fn markdown(nodes: &[Node]) -> String {
    block::markdown(&read::blocks(nodes))
}
