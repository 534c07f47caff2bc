//! Finding and replacing.
//!
//! A text is looked for as it is typed, or a regular expression as the crate `regex-lite` has them: no look-around, no
//! references back, `\w` and regardless-of-case for ASCII only; `^` and `$` are ends of lines. Every search takes time
//! in proportion to the text.

mod literal;
mod replacement;

use regex_lite::{Regex, RegexBuilder};

use crate::text::{BytePos, LineEnd, Refusal, Span, TextEdit};

use literal::Literal;

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// The text or the regular expression.
    pub pattern: String,
    /// Capital letters are other letters.
    pub case: bool,
    /// Whole words only: no letter, digit or `_` runs on over an end.
    pub word: bool,
    /// The pattern is a regular expression.
    pub regular: bool,
}

/// A query that can be looked for.
#[derive(Debug, Clone)]
pub struct Finder {
    needle: Needle,
    word: bool,
}

#[derive(Debug, Clone)]
enum Needle {
    Literal(Literal),
    Regular(Regex),
}

/// The most a compiled expression may take: time goes with it.
const LARGEST: usize = 1 << 16;

/// Makes a query ready.
///
/// # Errors
/// A sentence where there is nothing to look for, or the expression is none.
pub fn compile(query: &Query) -> Result<Finder, Refusal> {
    if query.pattern.is_empty() {
        return Err(Refusal::new("Type what to look for."));
    }
    let needle = if query.regular {
        let regex = RegexBuilder::new(&query.pattern)
            .case_insensitive(!query.case)
            .multi_line(true)
            .crlf(true)
            .size_limit(LARGEST)
            .build();
        Needle::Regular(regex.map_err(|error| refusal(&error.to_string()))?)
    } else {
        Needle::Literal(Literal::new(&query.pattern, query.case))
    };
    Ok(Finder {
        needle,
        word: query.word,
    })
}

/// What is wrong with an expression, in plain words, by what `regex-lite` says about it.
fn refusal(error: &str) -> Refusal {
    let known = [
        (
            "open group",
            "a “(” is never closed: close it with “)”, or write “\\(” for the character.",
        ),
        (
            "closing ')', but",
            "a “(” is never closed: close it with “)”, or write “\\(” for the character.",
        ),
        (
            "without matching '('",
            "there is a “)” too many: write “\\)” for the character.",
        ),
        (
            "look-around",
            "looking ahead and behind, as in “(?=…)”, cannot be used here.",
        ),
        (
            "backreferences",
            "references back, as in “\\1”, cannot be used here; in the replacement “$1” can.",
        ),
        (
            "Unicode character classes",
            "classes such as “\\p{L}” cannot be used here.",
        ),
        (
            "unrecognized escape",
            "there is a “\\” in front of a character that needs none; write “\\\\” for a “\\” itself.",
        ),
        (
            "escape sequence",
            "the “\\” at its end needs a character behind it; write “\\\\” for a “\\” itself.",
        ),
        (
            "must be applied to",
            "a “*”, “+”, “?” or “{…}” has nothing in front to repeat; write “\\*” for the character.",
        ),
        (
            "min bigger than its max",
            "in “{…}” the first number is larger than the second.",
        ),
        (
            "counted repetition",
            "a “{” is not followed by numbers and a “}”; write “\\{” for the character.",
        ),
        (
            "decimal number",
            "a “{” is not followed by numbers and a “}”; write “\\{” for the character.",
        ),
        ("invalid range", "in “[…]” a range is the wrong way round."),
        (
            "ranges must start",
            "in “[…]” a range has to be from one character to another.",
        ),
        (
            "closing bracket",
            "a “[” is never closed: close it with “]”, or write “\\[” for the character.",
        ),
        (
            "unclosed character class",
            "a “[” is never closed: close it with “]”, or write “\\[” for the character.",
        ),
        (
            "nested character classes",
            "inside of “[…]” write “\\[” for a “[”.",
        ),
        (
            "size limit",
            "it is too large: use smaller numbers in “{…}”.",
        ),
        ("too much nesting", "its parentheses are nested too deep."),
    ];
    let reason = known.iter().find(|(part, _)| error.contains(part));
    let reason = reason.map_or("it cannot be read.", |(_, reason)| reason);
    Refusal::new(format!("This is no regular expression: {reason}"))
}

impl Finder {
    /// The first match that starts at `from` or behind; where there is none, the first of all. With `within` only
    /// what lies in it counts, and its end counts as the text's. An empty match at `from` itself is passed over, so
    /// that going on from match to match gets on.
    #[must_use]
    pub fn next(&self, text: &str, from: BytePos, within: Option<Span>) -> Option<Span> {
        let range = stretch(text, within);
        let (text, start) = (text.get(..range.end().get())?, range.start());
        let from = floor(text, from.max(start));
        let fresh = |found: &Span| !found.is_empty() || found.start() != from;
        self.matches(text, from)
            .find(fresh)
            .or_else(|| self.matches(text, start).next())
    }

    /// The last match that ends at `from` or before; where there is none, the last of all. As [`Self::next`] otherwise.
    #[must_use]
    pub fn previous(&self, text: &str, from: BytePos, within: Option<Span>) -> Option<Span> {
        let range = stretch(text, within);
        let text = text.get(..range.end().get())?;
        let mut before = None;
        let mut last = None;
        for found in self.matches(text, range.start()) {
            if found.end() < from || (found.end() == from && !found.is_empty()) {
                before = Some(found);
            } else if before.is_some() {
                break;
            }
            last = Some(found);
        }
        before.or(last)
    }

    /// How many matches there are, none of which covers a part of another; counted up to `limit`.
    #[must_use]
    pub fn count(&self, text: &str, within: Option<Span>, limit: usize) -> usize {
        let range = stretch(text, within);
        let text = text.get(..range.end().get()).unwrap_or_default();
        self.matches(text, range.start()).take(limit).count()
    }

    /// The edit that replaces the match at `at`; `None` where there is none of just that place. What `replacement` may
    /// say is told at [`Self::replace_all`].
    #[must_use]
    pub fn replace_one(&self, text: &str, at: Span, replacement: &str) -> Option<TextEdit> {
        // One found within a selection may be shorter than what the whole text would give.
        let whole = [Some(text), text.get(..at.end().get())];
        let whole = whole
            .into_iter()
            .flatten()
            .find(|text| self.first(text, at.start()) == Some(at))?;
        let line_end = LineEnd::prevailing(text);
        Some(TextEdit::new(
            at,
            self.replaced(whole, at, replacement, line_end),
        ))
    }

    /// The edits that replace all matches, in the order of the text, all in its places: apply them from the last to the
    /// first. A match that would be replaced by itself gets none.
    ///
    /// For a regular expression `$1` in `replacement` is what the first parentheses hold, `$0` the whole match,
    /// `${name}` what `(?P<name>…)` holds, `$$` a dollar; `\n` is a line end, `\t` a tab, `\\` a backslash. Otherwise it
    /// is put in as it is.
    #[must_use]
    pub fn replace_all(
        &self,
        text: &str,
        within: Option<Span>,
        replacement: &str,
    ) -> Vec<TextEdit> {
        let range = stretch(text, within);
        let line_end = LineEnd::prevailing(text);
        let text = text.get(..range.end().get()).unwrap_or_default();
        self.matches(text, range.start())
            .map(|found| TextEdit::new(found, self.replaced(text, found, replacement, line_end)))
            .filter(|edit| edit.insert() != edit.span().of(text))
            .collect()
    }

    fn replaced(&self, text: &str, at: Span, replacement: &str, line_end: LineEnd) -> String {
        match &self.needle {
            Needle::Literal(_) => replacement.to_owned(),
            Needle::Regular(regex) => match regex.captures_at(text, at.start().get()) {
                Some(groups) => replacement::expanded(replacement, &groups, line_end),
                None => replacement.to_owned(),
            },
        }
    }

    /// The matches from `from` to the end of `text`, one behind the other.
    fn matches<'a>(&'a self, text: &'a str, from: BytePos) -> impl Iterator<Item = Span> + 'a {
        let mut at = Some(floor(text, from));
        // An empty match right behind another one would be a second one at the same place.
        let mut end_before = None;
        std::iter::from_fn(move || {
            loop {
                let found = self.first(text, at?)?;
                at = if found.is_empty() {
                    after(text, found.end())
                } else {
                    Some(found.end())
                };
                let again = found.is_empty() && end_before == Some(found.end());
                if !again && !splits_line_end(text, found) {
                    end_before = Some(found.end());
                    return Some(found);
                }
            }
        })
    }

    /// The first match from `from` on.
    fn first(&self, text: &str, from: BytePos) -> Option<Span> {
        match &self.needle {
            Needle::Literal(literal) => {
                literal.first(text, from, |found| !self.word || is_whole(text, found))
            }
            Needle::Regular(regex) => {
                let mut at = from;
                loop {
                    let found = regex.find_at(text, at.get())?;
                    let found = Span::from_range(found.range());
                    if !self.word || is_whole(text, found) {
                        return Some(found);
                    }
                    // Going on behind it, not one character on: long matches would be read again and again.
                    at = if found.is_empty() {
                        after(text, found.end())?
                    } else {
                        found.end()
                    };
                }
            }
        }
    }
}

/// Where to look, on characters' boundaries.
fn stretch(text: &str, within: Option<Span>) -> Span {
    let whole = Span::from_range(0..text.len());
    let within = within.unwrap_or(whole);
    Span::new(floor(text, within.start()), floor(text, within.end()))
}

/// The boundary of a character at `at` or before.
fn floor(text: &str, at: BytePos) -> BytePos {
    let mut at = at.get().min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    BytePos::new(at)
}

/// The place one character on; `None` at the end.
fn after(text: &str, at: BytePos) -> Option<BytePos> {
    let c = text.get(at.get()..)?.chars().next()?;
    Some(at.plus(c.len_utf8()))
}

/// Whether no word runs on over an end.
fn is_whole(text: &str, found: Span) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let inside = found.of(text);
    let (before, behind) = (
        text.get(..found.start().get()).unwrap_or_default(),
        text.get(found.end().get()..).unwrap_or_default(),
    );
    let runs_in = is_word(before.chars().next_back()) && is_word(inside.chars().next());
    let runs_on = is_word(inside.chars().next_back()) && is_word(behind.chars().next());
    !runs_in && !runs_on
}

/// Whether it is an empty match between the two characters of a line end.
fn splits_line_end(text: &str, found: Span) -> bool {
    let (before, behind) = (
        text.get(..found.start().get()).unwrap_or_default(),
        text.get(found.end().get()..).unwrap_or_default(),
    );
    found.is_empty() && before.ends_with('\r') && behind.starts_with('\n')
}
