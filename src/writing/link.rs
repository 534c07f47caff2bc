//! Links: of the selection, and the addresses of those that are there.

use std::ops::Range;

use super::edit::{Changes, Draft, Side};
use super::lines::Kind;
use super::prose::{self, Prose};
use super::reading::{Labels, Marks, Reading, Style};
use super::region::Region;
use super::row::trimmed;
use super::units::is_word;

/// A block with its reading and the selection in it.
struct Place {
    prose: Prose,
    reading: Reading,
    labels: Labels,
    selected: Range<usize>,
}

impl Place {
    /// Where the selection is, if it is in one block.
    fn of(text: &str, selection: &Range<usize>) -> Option<Self> {
        let region = Region::around(text, selection);
        let mut blocks = prose::selected(text, &region, selection);
        let prose = blocks.pop().filter(|_| blocks.is_empty())?;
        let labels = Labels::of(text);
        let reading = Reading::of(&prose.text, &labels);
        let selected = prose.here(selection.start)..prose.here(selection.end);
        Some(Self {
            prose,
            reading,
            labels,
            selected,
        })
    }

    /// The link around the selection.
    fn link(&self) -> Option<&Marks> {
        self.reading.marks.iter().rev().find(|marks| {
            marks.style == Style::Link
                && marks.outer.start <= self.selected.start
                && self.selected.end <= marks.outer.end
                && (!self.selected.is_empty()
                    || (marks.outer.start < self.selected.start
                        && self.selected.end < marks.outer.end))
        })
    }

    /// What a link is made of: the selection without white space at its ends, with all that must stay whole; the word
    /// around a caret.
    fn label(&self) -> Range<usize> {
        let text = &self.prose.text;
        if !self.selected.is_empty() {
            return self.reading.whole(trimmed(text, self.selected.clone()));
        }
        let at = self.selected.start;
        let head = text.get(..at).unwrap_or_default();
        let tail = text.get(at..).unwrap_or_default();
        let start = head.trim_end_matches(is_word).len();
        let end = text.len() - tail.trim_start_matches(is_word).len();
        start..end
    }
}

/// Where a link's address stands in its block, without `<` and `>`.
fn destination(text: &str, link: &Marks) -> Option<Range<usize>> {
    let tail = text.get(link.inner.end..link.outer.end)?;
    let inside = tail.strip_prefix("](")?;
    let start = link.outer.end - inside.trim_start().len();
    let inside = text.get(start..link.outer.end - 1)?;
    if let Some(pointed) = inside.strip_prefix('<') {
        let length = pointed.find('>')?;
        return Some(start + 1..start + 1 + length);
    }
    let length = inside.find(char::is_whitespace).unwrap_or(inside.len());
    Some(start..start + length)
}

/// Makes a link, or goes to the address of the one that is there.
pub(super) fn link(draft: &mut Draft<'_>, address: Option<&str>) -> Option<()> {
    let address = match address {
        Some(address) => Some(written(address)?),
        None => None,
    };
    let text = draft.text();
    let Some(place) = Place::of(text, &draft.selection) else {
        return fresh(draft, address.as_deref());
    };
    if let Some(link) = place.link() {
        let target = destination(&place.prose.text, link)?;
        let target = place.prose.whole(target.start)..place.prose.whole(target.end);
        let Some(address) = address else {
            draft.selection = target;
            return Some(());
        };
        let mut changes = Changes::default();
        changes.replace(target, address);
        draft.apply_beside(changes, Side::Before, Side::Before);
        return Some(());
    }
    let label = place.label();
    if label.is_empty() {
        return fresh(draft, address.as_deref());
    }
    let part = place.prose.text.get(label.clone())?;
    let bare = address.is_none() && is_address(part);
    let (before, behind) = if bare {
        ("[](".to_owned(), ")".to_owned())
    } else {
        (
            "[".to_owned(),
            format!("]({})", address.as_deref().unwrap_or_default()),
        )
    };
    let mut changes = Changes::default();
    changes.insert(label.start, before);
    changes.insert(label.end, behind);
    if !bare && !proved(&place, &label, &changes) {
        return None;
    }
    let mut whole = Changes::default();
    changes.in_whole(&place.prose, &mut whole);
    let start = place.prose.whole(label.start);
    let end = place.prose.whole(label.end);
    if address.is_some() && draft.selection.is_empty() {
        let side = if draft.selection.start == end {
            Side::Before
        } else {
            Side::After
        };
        draft.apply_beside(whole, side, side);
        return Some(());
    }
    draft.apply_beside(whole, Side::After, Side::Before);
    if address.is_none() {
        let caret = if bare { start + 1 } else { end + "[](".len() };
        draft.selection = caret..caret;
    }
    Some(())
}

/// A link to a page, of what is there or with the page's title.
pub(super) fn page(draft: &mut Draft<'_>, title: &str, address: &str, titled: bool) -> Option<()> {
    let there = !titled
        && (!draft.selection.is_empty()
            || Place::of(draft.text(), &draft.selection)
                .is_some_and(|place| place.link().is_some() || !place.label().is_empty()));
    if there {
        return link(draft, Some(address));
    }
    fresh_with(draft, &label_of(title), &written(address)?)
}

/// A title as a link's text: what would mean something there is escaped.
fn label_of(title: &str) -> String {
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut label = String::with_capacity(title.len());
    let mut before = ' ';
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let means = match c {
            '[' | ']' | '\\' | '*' | '`' | '|' => true,
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' => next == '~' || before == '~',
            '<' => next.is_alphabetic() || matches!(next, '/' | '!' | '?'),
            '&' => next.is_alphabetic() || next == '#',
            _ => false,
        };
        if means {
            label.push('\\');
        }
        label.push(c);
        before = c;
    }
    label
}

/// An empty link at the caret.
fn fresh(draft: &mut Draft<'_>, address: Option<&str>) -> Option<()> {
    let at = draft.selection.start;
    fresh_with(draft, "", address.unwrap_or_default())?;
    draft.selection = at + 1..at + 1;
    Some(())
}

/// A link at the caret, which goes behind it.
fn fresh_with(draft: &mut Draft<'_>, label: &str, address: &str) -> Option<()> {
    let region = Region::around(draft.text(), &draft.selection);
    let line = region.line()?;
    let at = draft.selection.start;
    let writes =
        matches!(line.kind, Kind::Text | Kind::Heading | Kind::Blank) && !line.ends_with_mark();
    if !draft.selection.is_empty() || !writes || at < line.inner() {
        return None;
    }
    if let Some(place) = Place::of(draft.text(), &draft.selection)
        && (place.reading.whole_around(place.selected.start).is_some() || place.link().is_some())
    {
        return None;
    }
    let mut changes = Changes::default();
    let fresh = format!("[{label}]({address})");
    let end = at + fresh.len();
    changes.insert(at, fresh);
    draft.apply(changes);
    draft.selection = end..end;
    Some(())
}

/// A pasted address makes a link of selected text. `None` where it is to be pasted as it is.
pub(super) fn paste(draft: &mut Draft<'_>, address: &str) -> Option<()> {
    let address = address.trim();
    if draft.selection.is_empty() || !is_address(address) {
        return None;
    }
    let place = Place::of(draft.text(), &draft.selection)?;
    let label = place.label();
    let part = place.prose.text.get(label)?;
    // An address on an address replaces it.
    if place.link().is_some() || is_address(part) {
        return None;
    }
    link(draft, Some(address))
}

/// Whether a text is nothing but an address with its scheme.
fn is_address(text: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"].iter().find(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    });
    scheme.is_some_and(|scheme| text.len() > scheme.len()) && !text.contains(char::is_whitespace)
}

/// An address as it can stand in a link's parentheses; `None` for one of several lines.
fn written(address: &str) -> Option<String> {
    let address = address.trim();
    if address.contains('\n') {
        return None;
    }
    let mut depth = 0_i32;
    let balanced = address.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0
    }) && depth == 0;
    let mut written = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            ' ' => written.push_str("%20"),
            '\t' => written.push_str("%09"),
            '<' => written.push_str("%3C"),
            '>' => written.push_str("%3E"),
            '(' if !balanced => written.push_str("%28"),
            ')' if !balanced => written.push_str("%29"),
            c => written.push(c),
        }
    }
    Some(written)
}

/// Whether the changes make exactly the one link, and leave all else as it reads.
fn proved(place: &Place, label: &Range<usize>, changes: &Changes) -> bool {
    let after = changes.applied_to(&place.prose.text);
    let after = Reading::of(&after, &place.labels);
    let links = |reading: &Reading| {
        let links = reading.marks.iter();
        links.filter(|marks| marks.style == Style::Link).count()
    };
    let made = after.marks.iter().any(|marks| {
        marks.style == Style::Link
            && marks.outer.start == label.start
            && marks.inner.len() == label.len()
    });
    let before = &place.reading;
    let alike = before.glyphs.len() == after.glyphs.len()
        && before.glyphs.iter().zip(&after.glyphs).all(|(a, b)| {
            let linked = a.has(Style::Link) || label.contains(&a.at);
            a.with(Style::Link, linked).like(*b)
        });
    made && alike && links(&after) == links(before) + 1
}
