//! Values written where there were none, in the site's style.

use crate::text::sort;
use crate::text::{BytePos, Span};
use crate::yaml::scalar::{self, Place, Written};
use crate::yaml::{KeyPath, Refusal, Value};

use super::{Splicer, Spot};

impl Splicer<'_> {
    /// What stands behind a key or a dash: the rest of its line, and lines below.
    pub(super) fn fresh(&self, value: &Value, spot: &Spot) -> Result<Written, Refusal> {
        let hint = self.manner.custom.hint(&spot.path);
        let line = |head: String| Written {
            head,
            body: Vec::new(),
        };
        match value {
            Value::Map(entries) if !entries.is_empty() => {
                let column = if spot.item {
                    spot.column + 2
                } else {
                    spot.column + self.indent_step()
                };
                let mut lines = Vec::new();
                for (key, value) in self.in_order(entries, &spot.path) {
                    lines.extend(self.entry_lines(key, value, &spot.child(key, column))?);
                }
                if !spot.item || lines.is_empty() {
                    return Ok(Written {
                        head: String::new(),
                        body: lines,
                    });
                }
                let first = lines.remove(0);
                Ok(Written {
                    head: first.trim_start_matches(' ').to_owned(),
                    body: lines,
                })
            }
            Value::List(items) if self.wants_lines(items, hint.block_list) && !spot.item => {
                let column = spot.column + self.list_step();
                let mut lines = Vec::new();
                for (i, item) in items.iter().enumerate() {
                    lines.extend(self.item_lines(item, &spot.path.item(i), column)?);
                }
                Ok(Written {
                    head: String::new(),
                    body: lines,
                })
            }
            Value::Map(_) | Value::List(_) => Ok(line(self.flow(value, &spot.path)?)),
            Value::String(text) => {
                let place = Place {
                    column: spot.column + spot.path.name_width() + 2,
                    ..self.place(spot)
                };
                Ok(
                    if hint.block || (hint.prose && !scalar::fits_plain(text, place)) {
                        scalar::write_block(text, place)
                    } else {
                        scalar::write(text, None, place)
                    },
                )
            }
            Value::Null if !spot.item => Ok(line(String::new())),
            _ => self.scalar(value, None, self.place(spot)),
        }
    }

    /// The lines of a new entry, indented, without line ends.
    pub(super) fn entry_lines(
        &self,
        key: &str,
        value: &Value,
        spot: &Spot,
    ) -> Result<Vec<String>, Refusal> {
        let Written { head, mut body } = self.fresh(value, spot)?;
        let mut first = format!("{}{}:", " ".repeat(spot.column), scalar::key(key));
        if !head.is_empty() {
            first.push(' ');
            first.push_str(&head);
        }
        if let Some(comment) = self.manner.custom.hint(&spot.path).comment {
            first.push_str(" # ");
            first.push_str(comment);
        }
        body.insert(0, first);
        Ok(body)
    }

    /// The lines of a new item whose dash stands in `column`.
    pub(super) fn item_lines(
        &self,
        value: &Value,
        path: &KeyPath,
        column: usize,
    ) -> Result<Vec<String>, Refusal> {
        let spot = Spot {
            path: path.clone(),
            column,
            in_flow: false,
            item: true,
        };
        let Written { head, mut body } = self.fresh(value, &spot)?;
        body.insert(0, format!("{}- {head}", " ".repeat(column)));
        Ok(body)
    }

    /// `value` on one line, for `[…]` and `{…}`.
    pub(super) fn flow(&self, value: &Value, path: &KeyPath) -> Result<String, Refusal> {
        match value {
            Value::List(items) => {
                let items: Result<Vec<String>, Refusal> = items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| self.flow(item, &path.item(i)))
                    .collect();
                Ok(format!("[{}]", items?.join(", ")))
            }
            Value::Map(entries) => {
                let entries: Result<Vec<String>, Refusal> = self
                    .in_order(entries, path)
                    .into_iter()
                    .map(|(key, value)| self.flow_entry(key, value, path))
                    .collect();
                Ok(format!("{{{}}}", entries?.join(", ")))
            }
            scalar => {
                let spot = Spot {
                    path: path.clone(),
                    column: 0,
                    in_flow: true,
                    item: false,
                };
                Ok(self.scalar(scalar, None, self.place(&spot))?.head)
            }
        }
    }

    pub(super) fn flow_entry(
        &self,
        key: &str,
        value: &Value,
        path: &KeyPath,
    ) -> Result<String, Refusal> {
        let value = self.flow(value, &path.child(key))?;
        Ok(format!("{}: {value}", scalar::key(key)))
    }

    /// The first entry of front matter that has none.
    pub(super) fn first_entry(&mut self, key: &str, value: &Value) -> Result<(), Refusal> {
        let spot = Spot {
            path: KeyPath::key(key),
            column: 0,
            in_flow: false,
            item: false,
        };
        let lines = self.entry_lines(key, value, &spot)?;
        let at = self.outline.end;
        let line_end = self.manner.line_end;
        let before = self.head(at);
        let mut text = lines.join(line_end) + line_end;
        if !before.is_empty() && !before.ends_with(['\n', '\r']) {
            text.insert_str(0, line_end);
        }
        self.push(Span::at(BytePos::new(before.len())), text);
        Ok(())
    }

    /// Entries as the site orders them; those it does not know stay behind the ones they follow.
    pub(super) fn in_order<'v>(
        &self,
        entries: &'v [(String, Value)],
        path: &KeyPath,
    ) -> Vec<(&'v str, &'v Value)> {
        let mut known = 0;
        let mut ranked: Vec<(usize, &str, &Value)> = entries
            .iter()
            .map(|(key, value)| {
                known = self.manner.custom.rank(&path.child(key)).unwrap_or(known);
                (known, key.as_str(), value)
            })
            .collect();
        sort::sort_by_key(&mut ranked, |(rank, ..)| *rank);
        ranked
            .into_iter()
            .map(|(_, key, value)| (key, value))
            .collect()
    }

    fn wants_lines(&self, items: &[Value], block_list: bool) -> bool {
        !items.is_empty()
            && (block_list
                || items
                    .iter()
                    .any(|item| matches!(item, Value::Map(_) | Value::List(_))))
    }
}
