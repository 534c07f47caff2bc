//! Changes as splices: each finds the first thing that differs, changes its bytes alone, and looks again.

use crate::text::{BytePos, LineEnd, Span};

use super::outline::{Entry, Node, Outline, Style};
use super::scalar::{Place, candidates};
use super::value::Step;
use super::{KeyPath, Refusal, Value};

/// How an entry that is not there yet is to be written.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Insertion<'a> {
    /// Keys beside it, in the order the site has them; the new one stands among them.
    pub(crate) order: &'a [String],
    /// The same for the entries of the map at the top the path goes through.
    pub(crate) inner_order: &'a [String],
    /// As a block scalar `|-`.
    pub(crate) literal: bool,
    /// Lists one item a line.
    pub(crate) block_list: bool,
    /// A date or a number: no quotes.
    pub(crate) bare: bool,
    /// The comment behind it, without `#`.
    pub(crate) comment: Option<&'a str>,
    /// A line break counts as a space in this text.
    pub(crate) prose: bool,
}

/// More splices than this for one value: something does not come to rest.
const MOST_STEPS: usize = 2_000;

/// The front matter with `path` set to `value`, or removed. Only the entry's own bytes differ.
///
/// # Errors
/// A [`Refusal`] where the change could only be guessed.
pub(crate) fn set(
    source: &str,
    path: &KeyPath,
    value: Option<&Value>,
    insertion: Insertion<'_>,
) -> Result<String, Refusal> {
    let mut text = source.to_owned();
    for _ in 0..MOST_STEPS {
        let outline = Outline::read(&text).map_err(|problem| Refusal::new(problem.message))?;
        let splicer = Splicer {
            source: &text,
            line_end: LineEnd::prevailing(&text).as_str(),
            insertion,
        };
        match splicer.step(&outline, path, value)? {
            None => return Ok(text),
            Some((span, insert)) => text.replace_range(span.range(), &insert),
        }
    }
    Err(Refusal::new(format!(
        "“{path}” could not be changed here. Edit it as text."
    )))
}

type Splice = (Span, String);

struct Splicer<'a> {
    source: &'a str,
    line_end: &'static str,
    insertion: Insertion<'a>,
}

impl Splicer<'_> {
    /// The next splice on the way to `value`; `None` once it is there.
    fn step(
        &self,
        outline: &Outline,
        path: &KeyPath,
        value: Option<&Value>,
    ) -> Result<Option<Splice>, Refusal> {
        self.refuse_tied(outline, path)?;
        match (outline.node(path), value) {
            (None, None) => Ok(None),
            (Some(_), None) => self.removal(outline, path).map(Some),
            (Some(node), Some(value)) => self.change(outline, path, node, value),
            (None, Some(value)) => self.insertion(outline, path, value).map(Some),
        }
    }

    /// What is shared by reference would change elsewhere too.
    fn refuse_tied(&self, outline: &Outline, path: &KeyPath) -> Result<(), Refusal> {
        let tied = || {
            Err(Refusal::new(format!(
                "“{path}” is written with a YAML reference or tag (&, * or !), so a change here could change \
                 something else too. Edit it as text."
            )))
        };
        let Some(mut node) = outline.root.as_ref() else {
            return Ok(());
        };
        for step in path.steps() {
            if node.anchored
                || node.tagged
                || node.style == Style::Alias
                || node.entry("<<").is_some()
            {
                return tied();
            }
            let next = match step {
                Step::Key(key) => node.entry(key).map(|entry| &entry.value),
                Step::Index(index) => node.items.get(*index),
            };
            match next {
                Some(next) => node = next,
                None => return Ok(()),
            }
        }
        if node.is_tied() { tied() } else { Ok(()) }
    }

    // ---- changing what is there ------------------------------------------------------------------------------------

    fn change(
        &self,
        outline: &Outline,
        path: &KeyPath,
        node: &Node,
        value: &Value,
    ) -> Result<Option<Splice>, Refusal> {
        match (value, node.style) {
            (Value::List(new), Style::FlowList | Style::BlockList) => {
                self.change_list(outline, path, node, new)
            }
            (Value::Map(new), Style::FlowMap | Style::BlockMap) => {
                for entry in &node.entries {
                    if !new
                        .iter()
                        .any(|(key, _)| key.eq_ignore_ascii_case(&entry.key))
                    {
                        return self.removal(outline, &path.child(&entry.key)).map(Some);
                    }
                }
                for (key, value) in new {
                    let path = path.child(key);
                    let step = match outline.node(&path) {
                        Some(node) => self.change(outline, &path, node, value)?,
                        None => Some(self.insertion(outline, &path, value)?),
                    };
                    if step.is_some() {
                        return Ok(step);
                    }
                }
                Ok(None)
            }
            _ if self.holds(node, value) => Ok(None),
            (Value::List(_) | Value::Map(_), _)
            | (_, Style::FlowList | Style::FlowMap | Style::BlockList | Style::BlockMap) => {
                self.rewrite(outline, path, value).map(Some)
            }
            _ => {
                let place = self.place(outline, path);
                let old =
                    (node.style != Style::Empty).then(|| (node.style, node.span.of(self.source)));
                let written = self.scalar(value, old, place)?;
                let gap = if node.style == Style::Empty { " " } else { "" };
                Ok(Some((node.span, format!("{gap}{written}"))))
            }
        }
    }

    /// Whether `node` already says `value`.
    fn holds(&self, node: &Node, value: &Value) -> bool {
        let quoted = !matches!(node.style, Style::Plain | Style::Empty);
        let scalar = node.items.is_empty()
            && node.entries.is_empty()
            && !matches!(
                node.style,
                Style::FlowList | Style::FlowMap | Style::BlockList | Style::BlockMap
            );
        scalar
            && match value {
                Value::Null => {
                    node.style == Style::Empty
                        || (!quoted && matches!(node.text.as_str(), "~" | "null"))
                }
                Value::Bool(value) => !quoted && node.text == value.to_string(),
                Value::Number(number) => !quoted && node.text == *number,
                Value::String(text) => {
                    let same = if self.insertion.prose {
                        unwrapped(&node.text) == unwrapped(text)
                    } else {
                        node.text == *text
                    };
                    same && (quoted
                        || candidates(text, Some((Style::Plain, &node.text)), FLOW).first()
                            == Some(text)
                        || is_word(&node.text))
                }
                Value::List(_) | Value::Map(_) => false,
            }
    }

    fn change_list(
        &self,
        outline: &Outline,
        path: &KeyPath,
        node: &Node,
        new: &[Value],
    ) -> Result<Option<Splice>, Refusal> {
        let old = &node.items;
        let front = old
            .iter()
            .zip(new)
            .take_while(|(node, value)| self.says(node, value))
            .count();
        let back = old
            .iter()
            .rev()
            .zip(new.iter().rev())
            .take(old.len().min(new.len()) - front)
            .take_while(|(node, value)| self.says(node, value))
            .count();
        let (old_middle, new_middle) = (old.len() - front - back, new.len() - front - back);
        if old_middle == 0 && new_middle == 0 {
            return Ok(None);
        }
        if new.is_empty() {
            return self
                .rewrite(outline, path, &Value::List(Vec::new()))
                .map(Some);
        }
        if old.is_empty() {
            return self
                .rewrite(outline, path, &Value::List(new.to_vec()))
                .map(Some);
        }
        let Some(item) = old.get(front).or_else(|| old.last()) else {
            return Ok(None);
        };
        if old_middle > 0 && new_middle > 0 {
            // An item keeps its own spelling where it only moved.
            let Some(value) = new.get(front) else {
                return Ok(None);
            };
            let path = path.item(front);
            if let Some(moved) = old.iter().skip(front + 1).find(|other| {
                self.says(other, value)
                    && !matches!(
                        other.style,
                        Style::Literal | Style::Folded | Style::BlockMap | Style::BlockList
                    )
            }) && !matches!(
                item.style,
                Style::Literal | Style::Folded | Style::BlockMap | Style::BlockList
            ) {
                return Ok(Some((item.span, moved.span.of(self.source).to_owned())));
            }
            return self.change(outline, &path, item, value);
        }
        if old_middle > 0 {
            return self.item_removal(node, front).map(Some);
        }
        // One more item, behind the one before it, or before the first.
        let Some(value) = new.get(front) else {
            return Ok(None);
        };
        self.item_insertion(outline, path, node, front, value)
            .map(Some)
    }

    /// Whether an item says `value`, down to its parts.
    fn says(&self, node: &Node, value: &Value) -> bool {
        match value {
            Value::List(items) => {
                matches!(node.style, Style::FlowList | Style::BlockList)
                    && items.len() == node.items.len()
                    && node
                        .items
                        .iter()
                        .zip(items)
                        .all(|(node, value)| self.says(node, value))
            }
            Value::Map(entries) => {
                matches!(node.style, Style::FlowMap | Style::BlockMap)
                    && entries.len() == node.entries.len()
                    && entries.iter().all(|(key, value)| {
                        node.entry(key)
                            .is_some_and(|entry| self.says(&entry.value, value))
                    })
            }
            scalar => self.holds(node, scalar),
        }
    }

    fn item_removal(&self, list: &Node, index: usize) -> Result<Splice, Refusal> {
        let cannot = || {
            Refusal::new(
                "This list is written in a way that the form cannot shorten. Edit it as text.",
            )
        };
        let item = list.items.get(index).ok_or_else(cannot)?;
        if list.style == Style::BlockList {
            return Ok((
                self.lines_of(self.with_dash(item).ok_or_else(cannot)?),
                String::new(),
            ));
        }
        // With the comma that follows; for the last item with the one before.
        let span = match (
            list.items.get(index + 1),
            index.checked_sub(1).and_then(|i| list.items.get(i)),
        ) {
            (Some(next), _) => Span::new(item.span.start(), next.span.start()),
            (None, Some(before)) => Span::new(before.span.end(), item.span.end()),
            (None, None) => item.span,
        };
        if span.of(self.source).contains('#') {
            return Err(Refusal::new(
                "There is a comment beside this item that would be lost. Edit the list as text.",
            ));
        }
        Ok((span, String::new()))
    }

    fn item_insertion(
        &self,
        outline: &Outline,
        path: &KeyPath,
        list: &Node,
        index: usize,
        value: &Value,
    ) -> Result<Splice, Refusal> {
        let cannot = || {
            Refusal::new(
                "This list is written in a way that the form cannot extend. Edit it as text.",
            )
        };
        let place = self.place(outline, &path.item(index));
        if list.style == Style::FlowList {
            let written = self.flow(value)?;
            return Ok(match list.items.get(index) {
                Some(next) => (Span::at(next.span.start()), format!("{written}, ")),
                None => {
                    let last = list.items.last().ok_or_else(cannot)?;
                    (Span::at(last.span.end()), format!(", {written}"))
                }
            });
        }
        let neighbour = list
            .items
            .get(index)
            .or_else(|| list.items.last())
            .ok_or_else(cannot)?;
        let dash = self.with_dash(neighbour).ok_or_else(cannot)?;
        let column = self.column(dash.start());
        let pad = " ".repeat(column);
        let written = self.block_item(value, column, place)?;
        let line = format!("{pad}- {written}");
        if index < list.items.len() {
            let at = self.line_start(dash.start());
            return Ok((Span::at(at), format!("{line}{}", self.line_end)));
        }
        Ok((
            Span::at(self.line_content_end(dash.end())),
            format!("{}{line}", self.line_end),
        ))
    }

    /// An item of a block list with its dash; `None` where the dash is not on the item's own line.
    fn with_dash(&self, item: &Node) -> Option<Span> {
        let line = self.line_start(item.span.start());
        let head = Span::new(line, item.span.start()).of(self.source);
        let dash = head.rfind('-')?;
        let clean = head.get(..dash)?.trim().is_empty() && head.get(dash + 1..)?.trim().is_empty();
        clean.then(|| Span::new(line.plus(dash), item.span.end()))
    }

    /// Writes the whole value anew, in the style of its place.
    fn rewrite(&self, outline: &Outline, path: &KeyPath, value: &Value) -> Result<Splice, Refusal> {
        let cannot = || {
            Refusal::new(format!(
                "“{path}” is written in a way that the form cannot change. Edit it as text."
            ))
        };
        let node = outline.node(path).ok_or_else(cannot)?;
        if self.has_comment(node) {
            return Err(Refusal::new(format!(
                "There are comments inside “{path}” that would be lost. Edit it as text."
            )));
        }
        let place = self.place(outline, path);
        if place.in_flow {
            return Ok((node.span, self.flow(value)?));
        }
        match (path.steps().last(), path.split_last()) {
            (Some(Step::Key(key)), Some((parent, _))) => {
                let parent = if parent.steps().is_empty() {
                    outline.root.as_ref()
                } else {
                    outline.node(&parent)
                };
                let entry = parent
                    .and_then(|parent| parent.entry(key))
                    .ok_or_else(cannot)?;
                let column = self.column(entry.key_span.start());
                let colon = self.after_colon(entry).ok_or_else(cannot)?;
                Ok((
                    Span::new(colon, node.span.end().max(colon)),
                    self.entry_value(value, column, place)?,
                ))
            }
            _ => {
                let dash = self.with_dash(node).ok_or_else(cannot)?;
                let column = self.column(dash.start());
                Ok((node.span, self.block_item(value, column, place)?))
            }
        }
    }

    fn has_comment(&self, node: &Node) -> bool {
        matches!(
            node.style,
            Style::BlockList | Style::BlockMap | Style::FlowList | Style::FlowMap
        ) && node
            .span
            .of(self.source)
            .lines()
            .any(|line| line.trim_start().starts_with('#') || line.contains(" #"))
    }

    // ---- removing --------------------------------------------------------------------------------------------------

    fn removal(&self, outline: &Outline, path: &KeyPath) -> Result<Splice, Refusal> {
        let cannot = || {
            Refusal::new(format!(
                "“{path}” is written in a way that the form cannot remove. Edit it as text."
            ))
        };
        let (parent_path, last) = path.split_last().ok_or_else(cannot)?;
        let parent = if parent_path.steps().is_empty() {
            outline.root.as_ref()
        } else {
            outline.node(&parent_path)
        }
        .ok_or_else(cannot)?;
        let key = match last {
            Step::Index(index) => return self.item_removal(parent, *index),
            Step::Key(key) => key,
        };
        let index = parent
            .entry(key)
            .and_then(|found| {
                parent
                    .entries
                    .iter()
                    .position(|entry| std::ptr::eq(entry, found))
            })
            .ok_or_else(cannot)?;
        let entry = parent.entries.get(index).ok_or_else(cannot)?;
        // A map that would be left empty goes with its last entry.
        if parent.entries.len() == 1
            && !self.has_comment(parent)
            && let Some((_, Step::Key(_))) = parent_path.split_last()
        {
            return self.removal(outline, &parent_path);
        }
        if parent.style == Style::FlowMap {
            let span = match (
                parent.entries.get(index + 1),
                index.checked_sub(1).and_then(|i| parent.entries.get(i)),
            ) {
                (Some(next), _) => Span::new(entry.span().start(), next.span().start()),
                (None, Some(before)) => Span::new(before.span().end(), entry.span().end()),
                (None, None) => entry.span(),
            };
            return Ok((span, String::new()));
        }
        let line = self.line_start(entry.key_span.start());
        let head = Span::new(line, entry.key_span.start()).of(self.source);
        if head.trim().is_empty() {
            return Ok((self.lines_of(entry.span()), String::new()));
        }
        // First entry of an item, behind its dash: the next one moves up.
        match parent.entries.get(index + 1) {
            Some(next) if head.trim() == "-" => Ok((
                Span::new(entry.key_span.start(), next.key_span.start()),
                String::new(),
            )),
            _ => Err(cannot()),
        }
    }

    // ---- adding ----------------------------------------------------------------------------------------------------

    fn insertion(
        &self,
        outline: &Outline,
        path: &KeyPath,
        value: &Value,
    ) -> Result<Splice, Refusal> {
        let cannot = || {
            Refusal::new(format!(
                "There is no place for “{path}” in this front matter. Add it as text."
            ))
        };
        let (parent_path, last) = path.split_last().ok_or_else(cannot)?;
        let Step::Key(key) = last else {
            return Err(cannot());
        };
        if parent_path.steps().is_empty() {
            return match &outline.root {
                Some(root) => self.entry_insertion(root, key, value, path),
                None => {
                    let mut written = self.entry(key, value, 0)?;
                    if !self.source.is_empty() && !self.source.ends_with(['\n', '\r']) {
                        written.insert_str(0, self.line_end);
                    }
                    Ok((
                        Span::at(BytePos::new(self.source.len())),
                        format!("{written}{}", self.line_end),
                    ))
                }
            };
        }
        match outline.node(&parent_path) {
            Some(parent) if matches!(parent.style, Style::BlockMap | Style::FlowMap) => {
                self.entry_insertion(parent, key, value, path)
            }
            // `params:` with nothing in it, or a plain value where a map is to be (an author's id becomes a guest).
            Some(parent) if parent.items.is_empty() && parent.style != Style::FlowList => self
                .rewrite(
                    outline,
                    &parent_path,
                    &Value::Map(vec![(key.clone(), value.clone())]),
                ),
            Some(_) => Err(cannot()),
            None => self.insertion(
                outline,
                &parent_path,
                &Value::Map(vec![(key.clone(), value.clone())]),
            ),
        }
    }

    fn entry_insertion(
        &self,
        map: &Node,
        key: &str,
        value: &Value,
        path: &KeyPath,
    ) -> Result<Splice, Refusal> {
        let (before, after) = self.neighbours(map, key, path);
        if map.style == Style::FlowMap {
            let written = format!("{}: {}", plain_key(key), self.flow(value)?);
            return Ok(match (before, after) {
                (Some(before), _) => (Span::at(before.span().end()), format!(", {written}")),
                (None, Some(after)) => (Span::at(after.span().start()), format!("{written}, ")),
                (None, None) => (Span::at(map.span.start().plus(1)), written),
            });
        }
        let some = map.entries.first().ok_or_else(|| {
            Refusal::new(format!(
                "There is no place for “{path}” in this front matter. Add it as text."
            ))
        })?;
        let column = self.column(some.key_span.start());
        let written = self.entry(key, value, column)?;
        match (before, after) {
            (Some(before), _) => {
                let end = self.line_content_end(before.span().end());
                Ok((
                    Span::at(end),
                    format!("{}{}{written}", self.line_end, " ".repeat(column)),
                ))
            }
            (None, Some(after)) => {
                // The new entry takes the place of its neighbour, which moves down; a dash before it stays.
                let at = after.key_span.start();
                Ok((
                    Span::at(at),
                    format!("{written}{}{}", self.line_end, " ".repeat(column)),
                ))
            }
            (None, None) => Err(Refusal::new(format!(
                "There is no place for “{path}”. Add it as text."
            ))),
        }
    }

    /// The entries a new one goes behind or, failing that, before.
    fn neighbours<'n>(
        &self,
        map: &'n Node,
        key: &str,
        path: &KeyPath,
    ) -> (Option<&'n Entry>, Option<&'n Entry>) {
        let order = match path.steps().len() {
            1 => self.insertion.order,
            2 => self.insertion.inner_order,
            _ => &[],
        };
        let rank = |key: &str| {
            order
                .iter()
                .position(|known| known.eq_ignore_ascii_case(key))
        };
        let Some(own) = rank(key) else {
            return (map.entries.last(), None);
        };
        let earlier = map
            .entries
            .iter()
            .filter(|entry| rank(&entry.key).is_some_and(|rank| rank < own))
            .max_by_key(|entry| rank(&entry.key));
        let later = map
            .entries
            .iter()
            .filter(|entry| rank(&entry.key).is_some_and(|rank| rank > own))
            .min_by_key(|entry| rank(&entry.key));
        match (earlier, later) {
            (None, None) => (map.entries.last(), None),
            found => found,
        }
    }

    // ---- writing ---------------------------------------------------------------------------------------------------

    /// `key: value` for a block map whose keys stand in `column`, comment included.
    fn entry(&self, key: &str, value: &Value, column: usize) -> Result<String, Refusal> {
        let place = Place {
            in_flow: false,
            indent: column + 2,
            line_end: self.line_end,
            prose: self.insertion.prose,
        };
        let mut written = format!(
            "{}:{}",
            plain_key(key),
            self.entry_value(value, column, place)?
        );
        if let Some(comment) = self.insertion.comment
            && !matches!(value, Value::Map(_))
        {
            let at = written.find(['\n', '\r']).unwrap_or(written.len());
            written.insert_str(at, &format!(" # {comment}"));
        }
        Ok(written)
    }

    /// What stands behind `key:`, its gap included.
    fn entry_value(
        &self,
        value: &Value,
        column: usize,
        place: Place<'_>,
    ) -> Result<String, Refusal> {
        let pad = " ".repeat(column + 2);
        match value {
            Value::Map(entries) if !entries.is_empty() => {
                let mut written = String::new();
                for (key, value) in entries {
                    written.push_str(self.line_end);
                    written.push_str(&pad);
                    written.push_str(&self.entry(key, value, column + 2)?);
                }
                Ok(written)
            }
            Value::List(items)
                if !items.is_empty()
                    && (self.insertion.block_list
                        || items
                            .iter()
                            .any(|item| matches!(item, Value::Map(_) | Value::List(_)))) =>
            {
                let mut written = String::new();
                for item in items {
                    written.push_str(self.line_end);
                    written.push_str(&pad);
                    written.push_str("- ");
                    written.push_str(&self.block_item(item, column + 2, place)?);
                }
                Ok(written)
            }
            Value::Map(_) | Value::List(_) => Ok(format!(" {}", self.flow(value)?)),
            Value::Null => Ok(String::new()),
            scalar => Ok(format!(" {}", self.scalar(scalar, None, place)?)),
        }
    }

    /// What stands behind the dash in `column`.
    fn block_item(
        &self,
        value: &Value,
        column: usize,
        place: Place<'_>,
    ) -> Result<String, Refusal> {
        match value {
            Value::Map(entries) if !entries.is_empty() => {
                let inner = Self {
                    insertion: Insertion {
                        comment: None,
                        literal: false,
                        ..self.insertion
                    },
                    ..*self
                };
                let gap = format!("{}{}", self.line_end, " ".repeat(column + 2));
                let written: Result<Vec<String>, Refusal> = entries
                    .iter()
                    .map(|(key, value)| inner.entry(key, value, column + 2))
                    .collect();
                Ok(written?.join(&gap))
            }
            Value::Map(_) | Value::List(_) => self.flow(value),
            Value::Null => Ok("null".to_owned()),
            scalar => self.scalar(
                scalar,
                None,
                Place {
                    indent: column + 2,
                    ..place
                },
            ),
        }
    }

    fn flow(&self, value: &Value) -> Result<String, Refusal> {
        match value {
            Value::List(items) => {
                let items: Result<Vec<String>, Refusal> =
                    items.iter().map(|item| self.flow(item)).collect();
                Ok(format!("[{}]", items?.join(", ")))
            }
            Value::Map(entries) => {
                let entries: Result<Vec<String>, Refusal> = entries
                    .iter()
                    .map(|(key, value)| Ok(format!("{}: {}", plain_key(key), self.flow(value)?)))
                    .collect();
                Ok(format!("{{{}}}", entries?.join(", ")))
            }
            scalar => self.scalar(scalar, None, FLOW),
        }
    }

    fn scalar(
        &self,
        value: &Value,
        old: Option<(Style, &str)>,
        place: Place<'_>,
    ) -> Result<String, Refusal> {
        let text = match value {
            Value::Null => return Ok("null".to_owned()),
            Value::Bool(value) => return Ok(value.to_string()),
            Value::Number(number) => return Ok(number.clone()),
            Value::String(text) => text,
            Value::List(_) | Value::Map(_) => return self.flow(value),
        };
        let old = match old {
            None if self.insertion.literal && !place.in_flow => Some((Style::Literal, "|-")),
            None if self.insertion.bare => Some((Style::Plain, text.as_str())),
            old => old,
        };
        // Written in its place and read back: only what says the text is taken.
        let pad = " ".repeat(place.indent.saturating_sub(2));
        candidates(text, old, place)
            .into_iter()
            .find(|written| {
                let probe = if place.in_flow {
                    format!("[{written}]")
                } else {
                    format!("{pad}k: {written}{}{pad}l: 1", self.line_end)
                };
                reads_back(&probe, text, place)
            })
            .ok_or_else(|| Refusal::new("This text cannot be written in YAML."))
    }

    // ---- places ----------------------------------------------------------------------------------------------------

    fn place(&self, outline: &Outline, path: &KeyPath) -> Place<'static> {
        let mut in_flow = false;
        let mut indent = 2;
        let mut node = outline.root.as_ref();
        for step in path.steps() {
            let Some(current) = node else { break };
            in_flow |= matches!(current.style, Style::FlowMap | Style::FlowList);
            node = match step {
                Step::Key(key) => current.entry(key).map(|entry| {
                    indent = self.column(entry.key_span.start()) + 2;
                    &entry.value
                }),
                Step::Index(index) => current.items.get(*index).inspect(|item| {
                    indent = self
                        .with_dash(item)
                        .map_or(indent, |dash| self.column(dash.start()) + 2);
                }),
            };
        }
        // A block scalar keeps its own indentation.
        if let Some(node) = node
            && matches!(node.style, Style::Literal | Style::Folded)
            && let Some(first) = node
                .span
                .of(self.source)
                .lines()
                .skip(1)
                .find(|line| !line.trim().is_empty())
        {
            indent = first.len() - first.trim_start_matches(' ').len();
        }
        Place {
            in_flow,
            indent,
            line_end: self.line_end,
            prose: self.insertion.prose,
        }
    }

    fn line_start(&self, at: BytePos) -> BytePos {
        let head = self.source.get(..at.get()).unwrap_or_default();
        BytePos::new(head.rfind(['\n', '\r']).map_or(0, |i| i + 1))
    }

    /// The end of the line that holds `at`, before its line end.
    fn line_content_end(&self, at: BytePos) -> BytePos {
        // A kept block scalar ends behind its own line end.
        if at.get() > 0
            && self
                .source
                .as_bytes()
                .get(at.get() - 1)
                .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
        {
            let head = self.source.get(..at.get()).unwrap_or_default();
            return BytePos::new(head.trim_end_matches(['\n', '\r']).len());
        }
        let rest = self.source.get(at.get()..).unwrap_or_default();
        at.plus(rest.find(['\n', '\r']).unwrap_or(rest.len()))
    }

    /// The whole lines that hold `span`, with the last one's line end.
    fn lines_of(&self, span: Span) -> Span {
        let start = self.line_start(span.start());
        let end = self.line_content_end(span.end());
        let rest = self.source.get(end.get()..).unwrap_or_default();
        let line_end = if rest.starts_with("\r\n") {
            2
        } else {
            usize::from(!rest.is_empty())
        };
        Span::new(start, end.plus(line_end))
    }

    /// The column of `at` in its line, in characters.
    fn column(&self, at: BytePos) -> usize {
        Span::new(self.line_start(at), at)
            .of(self.source)
            .chars()
            .count()
    }

    fn after_colon(&self, entry: &Entry) -> Option<BytePos> {
        let rest = self.source.get(entry.key_span.end().get()..)?;
        let gap = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest.get(gap..)?
            .starts_with(':')
            .then(|| entry.key_span.end().plus(gap + 1))
    }
}

const FLOW: Place<'static> = Place {
    in_flow: true,
    indent: 0,
    line_end: "\n",
    prose: false,
};

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.len() >= 8
}

/// Whether the only scalar value of `probe` says `text`, to both parsers.
fn reads_back(probe: &str, text: &str, place: Place<'_>) -> bool {
    let Ok(outline) = Outline::read_any(probe) else {
        return false;
    };
    let found = if place.in_flow {
        outline.items.first().map(|item| item.text.clone())
    } else {
        outline
            .entries
            .first()
            .map(|entry| entry.value.text.clone())
    };
    let second = match serde_yaml::from_str::<serde_yaml::Value>(probe) {
        Ok(serde_yaml::Value::Sequence(items)) if items.len() == 1 => items.into_iter().next(),
        Ok(serde_yaml::Value::Mapping(map)) if map.len() == 2 => {
            map.into_iter().next().map(|(_, value)| value)
        }
        _ => None,
    };
    let second = second
        .as_ref()
        .map(Value::from)
        .and_then(|value| value.as_text());
    let same = |found: &str| {
        if place.prose {
            unwrapped(found) == unwrapped(text)
        } else {
            found == text
        }
    };
    // A number loses its spelling in the second parser; its spelling in the first is the file's.
    found.as_deref().is_some_and(same)
        && second.is_some_and(|second| same(&second) || second.parse::<f64>().is_ok())
}

/// A key as it is written: plain where it may be.
fn plain_key(key: &str) -> String {
    let place = Place {
        in_flow: true,
        ..FLOW
    };
    candidates(key, None, place)
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// Prose with every single line break as the space it counts for; empty lines stay.
pub(crate) fn unwrapped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, paragraph) in text.split("\n\n").enumerate() {
        if i > 0 {
            out.push_str("\n\n");
        }
        out.push_str(&paragraph.replace('\n', " "));
    }
    out
}
