//! Stand-ins: what pulldown-cmark is given in place of stretches that goldmark reads in another way.
//!
//! A stand-in has the length of what it stands for, so that all places stay the same and the text itself can be taken
//! from the source afterwards. Those that are found by their looks alone are confirmed by the parse: one that does not
//! end up where goldmark would have seen its construct is taken back, and the text is parsed again.

use std::borrow::Cow;
use std::ops::Range;

use super::attributes::{self, Attributes};
use super::table;
use crate::text::sort;

/// What a stretch is read as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `{…}` where a block starts: as an empty heading, which ends a paragraph too.
    AttributeLine(Attributes),
    /// `{…}` at the end of a heading: as spaces.
    HeadingAttributes(Attributes),
    /// The `:` of a definition: as this list item's marker.
    Definition(u8),
    /// Characters that mean nothing where they stand, such as those of a bare address: as punctuation.
    Mask,
    /// A single tilde: as an asterisk, which may stand within a word as well.
    Tilde,
    /// A reference to a footnote within a link's text: as punctuation.
    Note,
    /// The lines of a table below others in one paragraph: as blank lines.
    Table(table::Found),
}

#[derive(Debug, Clone)]
pub(super) struct StandIn {
    pub(super) range: Range<usize>,
    pub(super) purpose: Purpose,
    pub(super) confirmed: bool,
}

/// The stand-ins of a text, in order.
#[derive(Debug, Clone)]
pub(super) struct StandIns {
    list: Vec<StandIn>,
}

/// Characters that could start or end something inline.
const SPECIAL: &[u8] = b"_*~[]`&<>!()|+.";

impl StandIns {
    /// What can be told from the looks of the lines.
    pub(super) fn of_lines(text: &str) -> Self {
        let mut list = Vec::new();
        let mut at = 0;
        let mut skip_to = 0;
        for line in text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            if start < skip_to {
                continue;
            }
            let content = content(line, start, &mut list);
            let rest = line.get(content..).unwrap_or_default();
            let here = start + content;
            if rest.starts_with('{') {
                if let Some((found, length)) = text.get(here..).and_then(attributes::read) {
                    // What follows on the line is lost, and so it is in Hugo.
                    let end = here + length;
                    let line_end = text
                        .get(end..)
                        .map_or(end, |rest| end + rest.find('\n').unwrap_or(rest.len()));
                    let line_end = without_return(text, here, line_end);
                    skip_to = line_end;
                    list.push(StandIn {
                        range: here..line_end,
                        purpose: Purpose::AttributeLine(found),
                        confirmed: false,
                    });
                }
            } else if is_atx(rest)
                && let Some((range, found)) = heading_attributes(rest)
            {
                list.push(StandIn {
                    range: here + range.start..here + range.end,
                    purpose: Purpose::HeadingAttributes(found),
                    confirmed: false,
                });
            }
            // A lone CR ends no line here, other than for pulldown-cmark.
            if line.contains('\r') {
                let body = line.trim_end_matches(['\r', '\n']);
                for (i, _) in body.match_indices('\r') {
                    list.push(StandIn {
                        range: start + i..start + i + 1,
                        purpose: Purpose::Mask,
                        confirmed: true,
                    });
                }
            }
        }
        sort::sort_by_key(&mut list, |stand_in| stand_in.range.start);
        Self { list }
    }

    /// The text as pulldown-cmark is to see it.
    pub(super) fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.list.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut bytes = text.as_bytes().to_vec();
        for stand_in in &self.list {
            let Some(stretch) = bytes.get_mut(stand_in.range.clone()) else {
                continue;
            };
            match stand_in.purpose {
                Purpose::AttributeLine(_) => {
                    stretch.fill(b' ');
                    if let Some(first) = stretch.first_mut() {
                        *first = b'#';
                    }
                }
                Purpose::HeadingAttributes(_) => stretch.fill(b' '),
                Purpose::Table(ref found) => {
                    for line in &found.lines {
                        if let Some(line) = bytes.get_mut(line.clone()) {
                            line.fill(b' ');
                        }
                    }
                }
                Purpose::Definition(marker) => stretch.fill(marker),
                Purpose::Tilde => stretch.fill(b'*'),
                Purpose::Note => stretch.fill(b';'),
                Purpose::Mask => {
                    for byte in stretch {
                        if SPECIAL.contains(byte) {
                            *byte = b';';
                        } else if *byte == b'\r' {
                            *byte = b' ';
                        }
                    }
                }
            }
        }
        // Whole characters were replaced by ASCII, so this is UTF-8 still.
        String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// The attributes whose line stands at `at`. They have found their place.
    pub(super) fn attribute_line(&mut self, at: usize) -> Option<Attributes> {
        let found = self.at(at)?;
        let Purpose::AttributeLine(attributes) = &found.purpose else {
            return None;
        };
        found.confirmed = true;
        Some(attributes.clone())
    }

    /// The attributes at the end of the heading at `range`. They have found their place.
    pub(super) fn heading_attributes(&mut self, range: &Range<usize>) -> Option<Attributes> {
        let from = self
            .list
            .partition_point(|stand_in| stand_in.range.start < range.start);
        let found = self
            .list
            .iter_mut()
            .skip(from)
            .take_while(|stand_in| stand_in.range.start < range.end)
            .find(|stand_in| matches!(stand_in.purpose, Purpose::HeadingAttributes(_)))?;
        let Purpose::HeadingAttributes(attributes) = &found.purpose else {
            return None;
        };
        found.confirmed = true;
        Some(attributes.clone())
    }

    /// Whether the list item at `at` stands in for a definition.
    pub(super) fn is_definition(&mut self, at: usize) -> bool {
        self.at(at)
            .is_some_and(|found| matches!(found.purpose, Purpose::Definition(_)))
    }

    /// The definition at `at` has found its place.
    pub(super) fn confirm_definition(&mut self, at: usize) {
        if let Some(found) = self.at(at) {
            found.confirmed = true;
        }
    }

    fn at(&mut self, at: usize) -> Option<&mut StandIn> {
        let from = self
            .list
            .partition_point(|stand_in| stand_in.range.start < at);
        self.list
            .get_mut(from)
            .filter(|stand_in| stand_in.range.start == at)
    }

    /// In code and raw HTML a stand-in does no harm: the text is taken from the source.
    pub(super) fn confirm_inside(&mut self, range: &Range<usize>) {
        let from = self
            .list
            .partition_point(|stand_in| stand_in.range.start < range.start);
        for stand_in in self.list.iter_mut().skip(from) {
            if stand_in.range.start >= range.end {
                break;
            }
            stand_in.confirmed = true;
        }
    }

    /// The tables among them.
    pub(super) fn tables(&self) -> impl Iterator<Item = &table::Found> {
        self.list
            .iter()
            .filter_map(|stand_in| match &stand_in.purpose {
                Purpose::Table(found) => Some(found),
                _ => None,
            })
    }

    /// The references to footnotes among them that lie in `range`.
    pub(super) fn notes_in(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let from = self
            .list
            .partition_point(|stand_in| stand_in.range.start < range.start);
        self.list
            .iter()
            .skip(from)
            .take_while(|stand_in| stand_in.range.end <= range.end)
            .filter(|stand_in| stand_in.purpose == Purpose::Note)
            .map(|stand_in| stand_in.range.clone())
            .collect()
    }

    /// Takes back those that found no place. Whether there were any.
    pub(super) fn drop_unconfirmed(&mut self) -> bool {
        let before = self.list.len();
        self.list.retain(|stand_in| stand_in.confirmed);
        self.list.len() != before
    }

    /// Everything has to find its place anew.
    pub(super) fn start_over(&mut self) {
        for stand_in in &mut self.list {
            stand_in.confirmed = matches!(
                stand_in.purpose,
                Purpose::Mask | Purpose::Tilde | Purpose::Note | Purpose::Table(_)
            );
        }
    }

    /// The definition at `at` got into a list of the writer's own: another marker for it, if there is one left.
    pub(super) fn change_marker(&mut self, at: usize) {
        if let Some(found) = self.at(at)
            && let Purpose::Definition(marker) = &mut found.purpose
        {
            let next = match *marker {
                b'+' => Some(b'-'),
                b'-' => Some(b'*'),
                _ => None,
            };
            found.confirmed = next.is_some();
            *marker = next.unwrap_or(*marker);
        }
    }

    /// Adds more; those that are there already are left alone. Whether any was new.
    pub(super) fn add(&mut self, more: Vec<StandIn>) -> bool {
        let is_known = |new: &StandIn| {
            let from = self
                .list
                .partition_point(|known| known.range.start < new.range.start);
            self.list
                .iter()
                .skip(from)
                .take_while(|known| known.range.start == new.range.start)
                .any(|known| known.range == new.range && known.purpose == new.purpose)
        };
        let fresh: Vec<StandIn> = more.into_iter().filter(|new| !is_known(new)).collect();
        let any = !fresh.is_empty();
        self.list.extend(fresh);
        sort::sort_by_key(&mut self.list, |stand_in| stand_in.range.start);
        any
    }
}

/// `end` without a carriage return before it.
fn without_return(text: &str, start: usize, end: usize) -> usize {
    if end > start && text.as_bytes().get(end - 1) == Some(&b'\r') {
        end - 1
    } else {
        end
    }
}

/// Where the content of a line starts, behind the marks of quotes, list items, notes and definitions. A definition's own
/// mark is noted.
fn content(line: &str, start: usize, list: &mut Vec<StandIn>) -> usize {
    let bytes = line.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b'\n');
    let is_space = |at: usize| matches!(byte(at), b' ' | b'\t');
    let mut at = 0;
    loop {
        while is_space(at) {
            at += 1;
        }
        match byte(at) {
            b'>' => at += 1,
            b'-' | b'+' | b'*' if is_space(at + 1) => at += 1,
            b':' if is_space(at + 1) => {
                list.push(StandIn {
                    range: start + at..start + at + 1,
                    purpose: Purpose::Definition(b'+'),
                    confirmed: false,
                });
                at += 1;
            }
            b'0'..=b'9' => {
                let digits = bytes
                    .iter()
                    .skip(at)
                    .take_while(|byte| byte.is_ascii_digit())
                    .count();
                if digits > 9
                    || !matches!(byte(at + digits), b'.' | b')')
                    || !is_space(at + digits + 1)
                {
                    return at;
                }
                at += digits + 1;
            }
            b'[' if byte(at + 1) == b'^' => {
                let Some(end) = line.get(at..).and_then(|rest| rest.find("]:")) else {
                    return at;
                };
                at += end + 2;
            }
            _ => return at,
        }
    }
}

fn is_atx(line: &str) -> bool {
    let signs = line.len() - line.trim_start_matches('#').len();
    (1..=6).contains(&signs)
        && line
            .get(signs..)
            .is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// The attribute list a heading's line ends with: the last `{` that no backslash stands before opens it.
pub(super) fn heading_attributes(line: &str) -> Option<(Range<usize>, Attributes)> {
    let trimmed = line.trim_end();
    if !trimmed.ends_with('}') {
        return None;
    }
    let mut last = None;
    let mut escaped = false;
    for (i, byte) in trimmed.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'{' => last = Some(i),
            _ => {}
        }
    }
    let at = last?;
    let (found, length) = attributes::read(trimmed.get(at..)?)?;
    (at + length == trimmed.len()).then_some((at..trimmed.len(), found))
}
