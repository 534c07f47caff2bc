//! A new value as small replacements of the front matter's own bytes, put together to one edit.
//!
//! Nothing here is trusted: the caller makes the edit on a copy, reads it again and compares.

mod flow;
mod fresh;
mod lists;
mod maps;
mod places;

use crate::text::sort;
use crate::text::{BytePos, Span, TextEdit, replaced};

use super::outline::{Node, Outline, Style, Tag};
use super::reading::{self, Document};
use super::scalar::{self, Old, Place, Written};
use super::value::Step;
use super::{KeyPath, Refusal, Value};

/// What a site's custom says about an entry that is to be written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hint<'a> {
    /// Line breaks of the text count as spaces.
    pub prose: bool,
    /// Such a text is written as `|-`, also where it is short.
    pub block: bool,
    /// A list has one item a line, also where its items are short.
    pub block_list: bool,
    /// A date, written without quotes.
    pub date: bool,
    /// A text here may give way to a map: an author's id to a guest.
    pub text_or_map: bool,
    /// The comment a new entry gets, without `#`.
    pub comment: Option<&'a str>,
}

/// A site's custom of writing front matter.
pub trait Custom {
    /// How the entry at `path` is written.
    fn hint(&self, path: &KeyPath) -> Hint<'_>;

    /// The entry's place among its sisters; `None` for one the site does not know.
    fn rank(&self, path: &KeyPath) -> Option<usize>;

    /// Whether `found` says what was asked: the same value, but for line breaks in prose and the order of keys.
    fn says(&self, found: &Value, asked: &Value, path: &KeyPath) -> bool {
        match (found, asked) {
            (Value::String(found), Value::String(asked)) => {
                found == asked || (self.hint(path).prose && unwrapped(found) == unwrapped(asked))
            }
            (Value::List(found), Value::List(asked)) => {
                found.len() == asked.len()
                    && found
                        .iter()
                        .zip(asked)
                        .enumerate()
                        .all(|(i, (found, asked))| self.says(found, asked, &path.item(i)))
            }
            (Value::Map(found), Value::Map(asked)) => {
                found.len() == asked.len()
                    && asked.iter().all(|(key, asked)| {
                        found.iter().any(|(known, found)| {
                            super::value::same_key(known, key)
                                && self.says(found, asked, &path.child(key))
                        })
                    })
            }
            (found, asked) => found == asked,
        }
    }
}

/// Prose with every single line break inside it as the space it counts for; empty lines and breaks at the ends stay.
#[must_use]
pub fn unwrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\n') {
        let (line, tail) = rest.split_at(at);
        let next = tail.trim_start_matches('\n');
        let breaks = tail.len() - next.len();
        out.push_str(line);
        if breaks == 1 && !out.is_empty() && !next.is_empty() {
            out.push(' ');
        } else {
            out.push_str(&"\n".repeat(breaks));
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

/// How an edit is to be made.
#[derive(Clone, Copy)]
pub(crate) struct Manner<'a> {
    /// The site's custom.
    pub(crate) custom: &'a dyn Custom,
    /// The line end for new lines.
    pub(crate) line_end: &'static str,
    /// Quote everything that is new: the second try, where the first did not read back.
    pub(crate) careful: bool,
}

impl Document {
    /// The edit of `source` that sets `path`, or removes it for `None`. `None` where it says so already.
    ///
    /// # Errors
    /// A [`Refusal`] where the change could only be guessed.
    pub(crate) fn edit(
        &self,
        source: &str,
        path: &KeyPath,
        value: Option<&Value>,
        manner: Manner<'_>,
    ) -> Result<Option<TextEdit>, Refusal> {
        let mut splicer = Splicer {
            source,
            outline: &self.outline,
            manner,
            edits: Vec::new(),
        };
        match value {
            Some(value) => splicer.set(path, value)?,
            None => splicer.clear(path)?,
        }
        splicer.finish(path)
    }
}

struct Splicer<'a> {
    source: &'a str,
    outline: &'a Outline,
    manner: Manner<'a>,
    edits: Vec<(Span, String)>,
}

/// Where a value stands.
#[derive(Clone)]
struct Spot {
    path: KeyPath,
    /// The column of its key or dash.
    column: usize,
    in_flow: bool,
    /// Behind a dash.
    item: bool,
}

impl Spot {
    fn child(&self, key: &str, column: usize) -> Self {
        Self {
            path: self.path.child(key),
            column,
            in_flow: self.in_flow,
            item: false,
        }
    }
}

impl<'a> Splicer<'a> {
    fn set(&mut self, path: &KeyPath, value: &Value) -> Result<(), Refusal> {
        let outline = self.outline;
        let mut node = &outline.root;
        let mut spot = self.root_spot();
        let steps = path.steps();
        for (i, step) in steps.iter().enumerate() {
            refuse_shared(node, path, false)?;
            let Some((next, next_spot)) = self.descend(node, &spot, step)? else {
                let rest = steps.get(i..).unwrap_or_default();
                return self.add(node, &spot, rest, value, path);
            };
            (node, spot) = (next, next_spot);
        }
        self.replace(node, value, &spot)
    }

    fn clear(&mut self, path: &KeyPath) -> Result<(), Refusal> {
        let outline = self.outline;
        let mut node = &outline.root;
        let mut spot = self.root_spot();
        let Some((last, way)) = path.steps().split_last() else {
            return Ok(());
        };
        for step in way {
            refuse_shared(node, path, false)?;
            let Some((next, next_spot)) = self.descend(node, &spot, step)? else {
                return Ok(());
            };
            (node, spot) = (next, next_spot);
        }
        refuse_shared(node, path, false)?;
        let Some((gone, _)) = self.descend(node, &spot, last)? else {
            return Ok(());
        };
        refuse_shared(gone, path, true)?;
        match last {
            Step::Key(key) => {
                let index = node
                    .entries
                    .iter()
                    .position(|entry| super::value::same_key(&entry.key, key));
                index.map_or(Ok(()), |index| self.remove_entries(node, &[index], &spot))
            }
            Step::Index(index) => self.remove_items(node, *index..*index + 1, &spot),
        }
    }

    fn root_spot(&self) -> Spot {
        Spot {
            path: KeyPath::default(),
            column: 0,
            in_flow: self.outline.root.style == Style::FlowMap,
            item: false,
        }
    }

    /// One step down, to a value that is there.
    fn descend(
        &self,
        node: &'a Node,
        spot: &Spot,
        step: &Step,
    ) -> Result<Option<(&'a Node, Spot)>, Refusal> {
        match step {
            Step::Key(key) => {
                let Some(entry) = node.entry(key) else {
                    return Ok(None);
                };
                let path = spot.path.child(&entry.key);
                if entry.odd {
                    return Err(Refusal::new(format!(
                        "The key of “{path}” is written in a way the form cannot follow. Edit it as text."
                    )));
                }
                let spot = Spot {
                    column: self.column(entry.key_span.start()),
                    in_flow: node.style == Style::FlowMap,
                    item: false,
                    path,
                };
                Ok(Some((&entry.value, spot)))
            }
            Step::Index(index) => {
                let Some(item) = node.items.get(*index) else {
                    return Ok(None);
                };
                Ok(Some((
                    &item.value,
                    self.item_spot(node, *index, item.dash, spot),
                )))
            }
        }
    }

    fn item_spot(&self, list: &Node, index: usize, dash: BytePos, spot: &Spot) -> Spot {
        Spot {
            path: spot.path.item(index),
            column: self.column(dash),
            in_flow: list.style == Style::FlowList,
            item: true,
        }
    }

    /// Adds what `steps` name below `node`, where it is not yet.
    fn add(
        &mut self,
        node: &'a Node,
        spot: &Spot,
        steps: &[Step],
        value: &Value,
        path: &KeyPath,
    ) -> Result<(), Refusal> {
        let no_place = || {
            Refusal::new(format!(
                "There is no place for “{path}” in this front matter. Add it as text."
            ))
        };
        let Some((first, rest)) = steps.split_first() else {
            return Err(no_place());
        };
        // What lies between is made along with it.
        let value = rest
            .iter()
            .rev()
            .try_fold(value.clone(), |value, step| match step {
                Step::Key(key) => Ok(Value::Map(vec![(key.clone(), value)])),
                Step::Index(0) => Ok(Value::List(vec![value])),
                Step::Index(_) => Err(no_place()),
            })?;
        match first {
            Step::Key(key) if node.style.is_map() => {
                self.insert_entries(node, &[(key.clone(), value)], &[], spot)
            }
            Step::Key(key) if node.style == Style::Empty && spot.path.steps().is_empty() => {
                self.first_entry(key, &value)
            }
            // `params:` with nothing in it, or an author's id that becomes a guest.
            Step::Key(key) if self.gives_way(node, &spot.path)? => {
                self.reshape(node, &Value::Map(vec![(key.clone(), value)]), spot)
            }
            Step::Index(index) if node.style.is_list() && *index == node.items.len() => {
                self.insert_items(node, *index, &[value], spot)
            }
            _ => Err(no_place()),
        }
    }

    /// Whether what stands at `node` may give way to a map.
    fn gives_way(&self, node: &Node, path: &KeyPath) -> Result<bool, Refusal> {
        let is_scalar = !node.style.is_list() && node.style != Style::Alias;
        Ok(is_scalar
            && (self.manner.custom.hint(path).text_or_map
                || self.holds(node, &Value::Null, path)?))
    }

    // ---- changing what is there ------------------------------------------------------------------------------------

    /// Makes `node` say `value`.
    fn replace(&mut self, node: &'a Node, value: &Value, spot: &Spot) -> Result<(), Refusal> {
        if self.holds(node, value, &spot.path)? {
            return Ok(());
        }
        refuse_shared(node, &spot.path, true)?;
        match (value, node.style) {
            (Value::List(new), Style::FlowList | Style::BlockList) if !new.is_empty() => {
                self.change_list(node, new, spot)
            }
            (Value::Map(new), Style::FlowMap | Style::BlockMap) if !new.is_empty() => {
                self.change_map(node, new, spot)
            }
            (Value::List(_) | Value::Map(_), _)
            | (_, Style::FlowList | Style::FlowMap | Style::BlockList | Style::BlockMap) => {
                self.reshape(node, value, spot)
            }
            _ => self.change_scalar(node, value, spot),
        }
    }

    /// Whether `node` says `value` to the letter, or to the word where line breaks do not count and none are asked for.
    fn holds(&self, node: &Node, value: &Value, path: &KeyPath) -> Result<bool, Refusal> {
        let found = reading::value_of(node, self.outline)
            .map_err(|problem| Refusal::new(problem.message))?;
        Ok(self.is_same(&found, value, path))
    }

    fn is_same(&self, found: &Value, asked: &Value, path: &KeyPath) -> bool {
        found == asked || (!has_break(asked) && self.manner.custom.says(found, asked, path))
    }

    fn change_scalar(&mut self, node: &Node, value: &Value, spot: &Spot) -> Result<(), Refusal> {
        if node.tag == Some(Tag::Text) && !matches!(value, Value::String(_)) {
            return Err(tagged(&spot.path));
        }
        let own_line = self.is_broken(Span::new(node.slot, node.span.start()));
        let header_comment = Span::new(node.slot, node.span.start());
        let place = Place {
            in_flow: spot.in_flow,
            // A header above a comment, or a comment behind the last line, would become text.
            one_line: own_line
                && (self.outline.has_comment(header_comment) || self.trailing(node.end())),
            indent: self.text_indent(node, spot),
            column: self.column(node.span.start()),
            careful: self.manner.careful,
            ..self.place(spot)
        };
        let old = (node.style != Style::Empty).then(|| Old {
            style: node.style,
            source: node.span.of(self.source),
            text: &node.text,
        });
        let written = self.scalar(value, old, place)?;
        if node.style.is_block_scalar() {
            let (header, text) = self.block_parts(node);
            self.push(header, written.head);
            self.push(text, self.lines_below(&written.body));
        } else if node.style == Style::Empty {
            self.push(Span::at(node.slot), format!(" {}", written.head));
            self.push(
                Span::at(self.line_end(node.slot)),
                self.lines_below(&written.body),
            );
        } else if !written.head.starts_with('|') {
            let text = format!("{}{}", written.head, self.lines_below(&written.body));
            self.push(node.span, text);
        } else if own_line {
            let text = format!(" {}{}", written.head, self.lines_below(&written.body));
            self.push(Span::new(node.slot, node.end()), text);
        } else {
            self.push(node.span, written.head);
            let end = self.line_end(node.end());
            self.push(Span::at(end), self.lines_below(&written.body));
        }
        Ok(())
    }

    /// Writes the whole value anew, in the style of its place.
    fn reshape(&mut self, node: &Node, value: &Value, spot: &Spot) -> Result<(), Refusal> {
        if node.tag.is_some() {
            return Err(tagged(&spot.path));
        }
        let is_collection = node.style.is_list() || node.style.is_map();
        if is_collection && self.outline.has_comment(node.span) {
            return Err(Refusal::new(format!(
                "There are comments inside “{}” that would be lost. Edit it as text.",
                spot.path
            )));
        }
        let before = Span::new(node.slot, node.span.start());
        let own_line = self.is_broken(before);
        if spot.in_flow {
            let text = self.flow(value, &spot.path)?;
            if node.style == Style::Empty {
                self.push(Span::at(node.slot), format!(" {text}"));
            } else {
                self.push(node.span, text);
            }
            return Ok(());
        }
        let Written { head, body } = self.fresh(value, spot)?;
        let gap = if head.is_empty() { "" } else { " " };
        let below = self.lines_below(&body);
        if node.style.is_block_scalar() {
            let (header, text) = self.block_parts(node);
            self.push(Span::new(node.slot, header.end()), format!("{gap}{head}"));
            self.push(text, below);
        } else if !own_line && self.is_broken(node.span) {
            let span = Span::new(node.slot, node.end());
            self.push(span, format!("{gap}{head}{below}"));
        } else if !own_line {
            let span = Span::new(node.slot, node.end());
            self.push(span, format!("{gap}{head}"));
            self.push(Span::at(self.line_end(node.end())), below);
        } else if self.trailing(node.end()) && (body.is_empty() && self.outline.has_comment(before))
        {
            return Err(Refusal::new(format!(
                "There are comments beside “{}” that would run together. Edit it as text.",
                spot.path
            )));
        } else {
            // From the line end above its first line to its last byte.
            let first = self.line_start(node.span.start());
            let above = self.before_line_end(first);
            self.push(Span::at(node.slot), format!("{gap}{head}"));
            self.push(Span::new(above, node.end()), below);
        }
        Ok(())
    }

    /// A scalar's bytes.
    fn scalar(
        &self,
        value: &Value,
        old: Option<Old<'_>>,
        place: Place,
    ) -> Result<Written, Refusal> {
        let bare = |text: &str| Written {
            head: text.to_owned(),
            body: Vec::new(),
        };
        match value {
            Value::Null => Ok(bare("null")),
            Value::Bool(flag) => Ok(bare(if *flag { "true" } else { "false" })),
            Value::Number(number) => Ok(bare(number)),
            Value::String(text) => Ok(scalar::write(text, old, place)),
            Value::List(_) | Value::Map(_) => Err(Refusal::new("A list is no text.")),
        }
    }

    fn place(&self, spot: &Spot) -> Place {
        let hint = self.manner.custom.hint(&spot.path);
        Place {
            in_flow: spot.in_flow,
            indent: spot.column + self.indent_step(),
            prose: hint.prose,
            date: hint.date,
            careful: self.manner.careful,
            ..Place::default()
        }
    }

    /// The columns the lines of a text are indented by: as they are where there are any.
    fn text_indent(&self, node: &Node, spot: &Spot) -> usize {
        let first = node
            .span
            .of(self.source)
            .split(['\n', '\r'])
            .skip(1)
            .find(|line| !line.trim_matches([' ', '\t']).is_empty());
        match first {
            Some(first) if matches!(node.style, Style::Plain | Style::Literal | Style::Folded) => {
                let own = first.len() - first.trim_start_matches(' ').len();
                // A header with a number says how much of it is indentation.
                match self.indent_indicator(node) {
                    Some(number) => spot.column + number,
                    None => own.max(spot.column + 1),
                }
            }
            _ => spot.column + self.indent_step(),
        }
    }

    fn indent_indicator(&self, node: &Node) -> Option<usize> {
        let header = node.span.of(self.source).get(..3).unwrap_or_default();
        let digit = header
            .chars()
            .take_while(|c| !c.is_whitespace())
            .find_map(|c| c.to_digit(10))?;
        (node.style.is_block_scalar()).then_some(digit as usize)
    }

    /// The header of a block scalar without its comment, and its lines with the line end before them.
    fn block_parts(&self, node: &Node) -> (Span, Span) {
        let start = node.span.start();
        let source = node.span.of(self.source);
        let len = source
            .find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'))
            .unwrap_or(source.len());
        let line_end = self.line_end(start);
        let text = Span::new(line_end, node.span.end().max(line_end));
        (Span::new(start, start.plus(len)), text)
    }

    fn push(&mut self, span: Span, text: String) {
        if !(span.is_empty() && text.is_empty()) {
            self.edits.push((span, text));
        }
    }

    /// One edit of all replacements, as small as it can be.
    fn finish(mut self, path: &KeyPath) -> Result<Option<TextEdit>, Refusal> {
        // Stable: insertions at one place keep their order.
        sort::sort_by_key(&mut self.edits, |(span, _)| (span.start(), span.end()));
        let (Some((first, _)), Some((last, _))) = (self.edits.first(), self.edits.last()) else {
            return Ok(None);
        };
        let whole = Span::new(first.start(), last.end());
        let mut text = String::new();
        let mut at = whole.start();
        for (span, insert) in &self.edits {
            if span.start() < at {
                // New lines behind a line that goes with its line end: they follow it, with that line end.
                let ending = Span::new(span.start(), at).of(self.source);
                let lines = insert.strip_prefix(self.manner.line_end);
                if let (true, "\n" | "\r" | "\r\n", Some(lines)) = (span.is_empty(), ending, lines)
                {
                    text.push_str(lines);
                    text.push_str(ending);
                    continue;
                }
                return Err(Refusal::new(format!(
                    "“{path}” is written in a way that the form cannot change. Edit it as text."
                )));
            }
            text.push_str(Span::new(at, span.start()).of(self.source));
            text.push_str(insert);
            at = span.end();
        }
        Ok(trimmed(self.source, whole, &text))
    }
}

fn has_break(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\n'),
        Value::List(items) => items.iter().any(has_break),
        Value::Map(entries) => entries.iter().any(|(_, value)| has_break(value)),
        _ => false,
    }
}

/// What is shared by reference would change elsewhere too.
fn refuse_shared(node: &Node, path: &KeyPath, whole: bool) -> Result<(), Refusal> {
    let shared = if whole {
        node.is_shared()
    } else {
        node.anchor.is_some() || node.style == Style::Alias
    };
    if shared {
        return Err(Refusal::new(format!(
            "“{path}” is written with a YAML reference (& or *), so a change here could change something else too. \
             Edit it as text."
        )));
    }
    Ok(())
}

fn tagged(path: &KeyPath) -> Refusal {
    Refusal::new(format!(
        "“{path}” carries a YAML tag (!) that the new value does not fit. Edit it as text."
    ))
}

/// The edit without the bytes that stay the same at both ends.
fn trimmed(source: &str, span: Span, text: &str) -> Option<TextEdit> {
    let old = span.of(source);
    if old == text {
        return None;
    }
    let (gone, come) = replaced(old, text);
    Some(TextEdit::new(
        gone.shifted(span.start().get()),
        come.of(text),
    ))
}
