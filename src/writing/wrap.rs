//! Paragraphs wrapped at a width, as Prettier 3 does it with `proseWrap: "always"`.
//!
//! Only white space between words changes, and only where Hugo's page stays the same: every proposal is rendered and
//! held against the page as it was. Where Prettier would change what the text means (a word that becomes a list's mark,
//! a quote that the typographer turns otherwise at a line's end), the page wins.

mod contents;
mod fill;
mod paragraph;
mod width;

use crate::post::Post;
use crate::preview::{self, Audience, Page};
use crate::site::SiteIndex;
use crate::text::{LineEnd, Span, TextEdit};

use contents::{Contents, Quotes};
use paragraph::Paragraph;

/// The columns Prettier fills unless it is told otherwise.
pub const WIDTH: usize = 80;

/// The edits that wrap the paragraph at `span`, or all paragraphs that `span` covers a part of, at `width` columns. `text`
/// is Markdown without front matter. The edits are in the order of the text, do not overlap, and are all places in
/// `text` as it is given: apply them from the last to the first.
#[must_use]
pub fn wrap(text: &str, span: Span, width: usize) -> Vec<TextEdit> {
    let end = LineEnd::prevailing(text).as_str();
    let proposals: Vec<Proposal> = paragraph::find(text, span)
        .iter()
        .filter_map(|paragraph| Proposal::of(text, paragraph, width, end))
        .collect();
    if proposals.is_empty() {
        return Vec::new();
    }
    let proof = Proof {
        text,
        page: page(text),
    };
    proof.kept(&proposals)
}

/// What wraps one paragraph, and what does so without moving a quote's line end.
struct Proposal {
    edits: Vec<TextEdit>,
    careful: Vec<TextEdit>,
}

impl Proposal {
    fn of(text: &str, paragraph: &Paragraph, width: usize, line_end: &str) -> Option<Self> {
        let of = |quotes| Contents::of(text, paragraph, quotes).edits(text, width, line_end);
        let edits = of(Quotes::Free);
        (!edits.is_empty()).then(|| Self {
            edits,
            careful: of(Quotes::Stay),
        })
    }
}

/// The page as it was, to hold others against.
struct Proof<'a> {
    text: &'a str,
    page: String,
}

impl Proof<'_> {
    /// The edits of those proposals that leave the page as it is. Few change it, so halves are tried.
    fn kept(&self, proposals: &[Proposal]) -> Vec<TextEdit> {
        let all: Vec<TextEdit> = proposals
            .iter()
            .flat_map(|proposal| proposal.edits.iter().cloned())
            .collect();
        if self.holds(&all) {
            return all;
        }
        if let [one] = proposals {
            return if self.holds(&one.careful) {
                one.careful.clone()
            } else {
                Vec::new()
            };
        }
        let (front, back) = proposals.split_at(proposals.len() / 2);
        let (front, back) = (self.kept(front), self.kept(back));
        let both = [front.clone(), back].concat();
        // The typographer counts quotes over the whole page: what two parts leave alone, both may change.
        if self.holds(&both) { both } else { front }
    }

    fn holds(&self, edits: &[TextEdit]) -> bool {
        page(&applied(self.text, edits)) == self.page
    }
}

/// The text after all of `edits`, which are in its order.
fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span().range();
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(edit.insert());
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The HTML Hugo makes of a body, each run of white space as one space.
fn page(text: &str) -> String {
    let post = Post {
        front_matter: None,
        body: Span::from_range(0..text.len()),
        problems: Vec::new(),
    };
    let rendered = preview::render(
        &Page {
            text,
            post: &post,
            front_matter: &serde_yaml::Mapping::new(),
            path: None,
            resources: &[],
            site: &SiteIndex::default(),
        },
        Audience::Site,
    );
    let html = rendered.html();
    let mut out = String::with_capacity(html.len());
    for word in html.split_ascii_whitespace() {
        out.push_str(word);
        out.push(' ');
    }
    out
}
