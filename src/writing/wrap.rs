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
    kept(text, proposals)
}

/// What wraps one paragraph, and what does so without moving a quote's line end.
struct Proposal {
    /// Where the paragraph stands.
    span: Span,
    edits: Vec<TextEdit>,
    careful: Vec<TextEdit>,
    /// Which of the two is taken.
    choice: Choice,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Choice {
    All,
    Careful,
    None,
}

impl Proposal {
    fn of(text: &str, paragraph: &Paragraph, width: usize, line_end: &str) -> Option<Self> {
        let of = |quotes| Contents::of(text, paragraph, quotes).edits(text, width, line_end);
        let edits = of(Quotes::Free);
        (!edits.is_empty()).then(|| Self {
            span: Span::from_range(paragraph.range.clone()),
            edits,
            careful: of(Quotes::Stay),
            choice: Choice::All,
        })
    }

    fn chosen(&self) -> &[TextEdit] {
        match self.choice {
            Choice::All => &self.edits,
            Choice::Careful => &self.careful,
            Choice::None => &[],
        }
    }

    /// Takes the next choice; whether there was one.
    fn give_way(&mut self) -> bool {
        let next = match self.choice {
            Choice::All => Choice::Careful,
            Choice::Careful => Choice::None,
            Choice::None => return false,
        };
        self.choice = next;
        true
    }
}

/// The edits of those proposals that leave the page as it is. A paragraph whose block comes out otherwise gives way.
fn kept(text: &str, mut proposals: Vec<Proposal>) -> Vec<TextEdit> {
    let before = page(text);
    for round in 0.. {
        let edits: Vec<TextEdit> = proposals
            .iter()
            .flat_map(|proposal| proposal.chosen().iter().cloned())
            .collect();
        let after = page(&applied(text, &edits));
        let same = before.len() == after.len();
        let changed: Vec<Span> = before
            .iter()
            .zip(&after)
            .filter(|((one, _), (other, _))| one != other)
            .map(|((_, span), _)| *span)
            .collect();
        if same && changed.is_empty() {
            return edits;
        }
        let mut gave_way = false;
        for proposal in &mut proposals {
            let first = changed.partition_point(|span| span.end() <= proposal.span.start());
            let meets = changed
                .get(first)
                .is_some_and(|span| span.start() < proposal.span.end());
            if meets || !same || round >= ROUNDS {
                gave_way |= proposal.give_way();
            }
        }
        // The typographer counts quotes over the whole page: what changed may have its cause elsewhere.
        if !gave_way
            && !proposals
                .iter_mut()
                .fold(false, |any, one| one.give_way() | any)
        {
            break;
        }
    }
    Vec::new()
}

/// How often single paragraphs give way before all do.
const ROUNDS: usize = 4;

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

/// The HTML Hugo makes of a body, block by block with its place, each run of white space as one space.
pub(super) fn page(text: &str) -> Vec<(String, Span)> {
    let post = Post {
        front_matter: None,
        body: Span::from_range(0..text.len()),
        problems: Vec::new(),
    };
    let page = Page {
        text,
        post: &post,
        front_matter: &serde_yaml::Mapping::new(),
        path: None,
        resources: &[],
        site: &SiteIndex::default(),
    };
    let rendered = preview::render(&page, Audience::Site);
    let words = |html: &str| html.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    (rendered.blocks.iter())
        .map(|block| (words(&block.html), block.span))
        .collect()
}
