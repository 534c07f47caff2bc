//! Where a post is seen: the article itself, and what lists, shared links and search engines make of it.

/// A surface of the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surface {
    /// The page itself.
    #[default]
    Article,
    /// The cards of the blog's own lists.
    ListCard,
    /// The card of a link that is shared.
    SocialCard,
    /// A hit of a search engine.
    SearchResult,
}

/// What the chosen surface shows. The other ones are not worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurfaceView {
    /// The shell keeps the article up to date.
    Article,
    /// The cards of the blog's lists.
    ListCard(ListCards),
    /// The card of a shared link.
    SocialCard(SocialCard),
    /// The hit of a search engine.
    SearchResult(SearchResult),
}

impl SurfaceView {
    /// Which surface this is.
    #[must_use]
    pub const fn surface(&self) -> Surface {
        match self {
            Self::Article => Surface::Article,
            Self::ListCard(_) => Surface::ListCard,
            Self::SocialCard(_) => Surface::SocialCard,
            Self::SearchResult(_) => Surface::SearchResult,
        }
    }
}

/// A picture on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    /// A file of the post, by its name.
    Held(String),
    /// A picture of the site or of elsewhere: not loaded here.
    Elsewhere,
    /// There is none, or its file is not here.
    Missing,
}

/// The post in the blog's lists: as one of many, and featured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCards {
    /// The small picture.
    pub thumbnail: Picture,
    /// The whole thumbnail is shown, not a square of it.
    pub fit: bool,
    /// The wide picture of the featured card.
    pub feature: Picture,
    /// The title.
    pub title: String,
    /// Date and reading time.
    pub facts: String,
    /// What is worth knowing, a sentence or two each.
    pub notes: Vec<String>,
}

/// The post as a shared link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocialCard {
    /// The large picture; without one the card is the small form.
    pub picture: Option<Picture>,
    /// The site's host.
    pub host: String,
    /// The title for shared links.
    pub title: String,
    /// The description as the site's page has it, escapes and all.
    pub description: String,
    /// What is worth knowing, a sentence or two each.
    pub notes: Vec<String>,
}

/// The post as a search engine may show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResult {
    /// The site's name.
    pub site: String,
    /// The site's host.
    pub host: String,
    /// The steps of the address below the host.
    pub steps: Vec<String>,
    /// The page's title with the site's name behind it.
    pub title: String,
    /// The description as the site's page has it, escapes and all.
    pub description: String,
    /// What is worth knowing, a sentence or two each.
    pub notes: Vec<String>,
}
