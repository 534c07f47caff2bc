//! A shortcode's call that is edited by form: what it says, and the few bytes that change when it is to say something else.

use std::ops::Range;

use crate::shortcode::{self, Arguments, Piece, Shortcode};
use crate::text::{Span, TextEdit};

use super::edit::Edit;

/// What a call says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The shortcode's name.
    pub name: String,
    /// Each argument's name, if it has one, and its value.
    pub arguments: Vec<(Option<String>, String)>,
    /// The text in it without white space at its ends; `None` for one that takes none.
    pub inner: Option<String>,
}

/// The call whose opening or closing tag the selection is in, is, or touches. Costs a reading of the whole text.
#[must_use]
pub fn call_at(text: &str, selection: Span) -> Option<Call> {
    let found = shortcode::read(text, whole(text));
    let call = find(text, &found.pieces, &selection.range())?;
    Some(told(text, call))
}

/// The call one of whose tags the caret is within, or is selected as a whole. Costs as much.
#[must_use]
pub fn call_around(text: &str, selection: Span) -> Option<Call> {
    let found = shortcode::read(text, whole(text));
    let at = selection.range();
    let call = with_tag(text, &found.pieces, |tag| is_around(tag, &at))?;
    Some(told(text, call))
}

/// The change that gives the call at the selection other values, in their order, and another text. What stays is not
/// touched, and nothing else in the text is read otherwise afterwards. `None`: there is no such call, or it cannot be
/// written.
#[must_use]
pub fn rewrite(
    text: &str,
    selection: Span,
    values: &[String],
    inner: Option<&str>,
) -> Option<Edit> {
    let found = shortcode::read(text, whole(text));
    let call = find(text, &found.pieces, &selection.range())?;
    let before = told(text, call);
    if values.len() != before.arguments.len() || values.len() != call.values.len() {
        return None;
    }
    let mut changes = Vec::new();
    let pairs = call.values.iter().zip(&before.arguments).zip(values);
    for ((place, (_, old)), new) in pairs {
        if old != new {
            changes.push(TextEdit::new(*place, written(place.of(text), new)?));
        }
    }
    let inner = inner.map(str::trim);
    if let (Some(old), Some(new)) = (&before.inner, inner)
        && old != new
    {
        let room = room(text, call)?;
        let all = text.get(room.clone())?;
        let (span, fresh) = if old.is_empty() {
            let line = if all.contains('\n') { "\n" } else { "" };
            (room, format!("{line}{new}{line}"))
        } else {
            let start = room.start + (all.len() - all.trim_start().len());
            (start..start + old.len(), new.to_owned())
        };
        changes.push(TextEdit::new(Span::from_range(span), fresh));
    }
    if changes.is_empty() {
        return None;
    }
    let start = call.span.start();
    let wanted = Call {
        arguments: before
            .arguments
            .iter()
            .zip(values)
            .map(|((name, _), value)| (name.clone(), value.clone()))
            .collect(),
        inner: match (&before.inner, inner) {
            (Some(_), Some(new)) => Some(new.to_owned()),
            (old, _) => old.clone(),
        },
        ..before
    };
    let edit = Edit {
        changes,
        selection: Span::at(start),
    };
    let after = edit.applied_to(text);
    let again = shortcode::read(&after, whole(&after));
    let reads = again.problems.len() <= found.problems.len()
        && again.pieces.len() == found.pieces.len()
        && all(&again.pieces)
            .into_iter()
            .find(|call| call.span.start() == start)
            .is_some_and(|call| told(&after, call) == wanted);
    if !reads {
        return None;
    }
    // The caret stands behind the opening tag, where it does nothing by accident.
    let behind = all(&again.pieces)
        .into_iter()
        .find(|call| call.span.start() == start)
        .map_or(start, |call| call.tag.end());
    Some(Edit {
        selection: Span::at(behind),
        ..edit
    })
}

fn whole(text: &str) -> Span {
    Span::from_range(0..text.len())
}

/// All calls, those in others behind these.
fn all(pieces: &[Piece]) -> Vec<&Shortcode> {
    let mut found = Vec::new();
    for piece in pieces {
        if let Piece::Call(call) = piece {
            found.push(&**call);
            found.extend(all(call.inner.as_deref().unwrap_or_default()));
        }
    }
    found
}

/// The call with a tag at the selection: the one around it before one that is only beside it.
fn find<'a>(text: &str, pieces: &'a [Piece], at: &Range<usize>) -> Option<&'a Shortcode> {
    let is_beside = |tag: &Range<usize>| tag.start <= at.start && at.end <= tag.end;
    with_tag(text, pieces, |tag| is_around(tag, at)).or_else(|| with_tag(text, pieces, is_beside))
}

/// Whether a caret is within a tag, or what is selected is a part of one or all of it.
const fn is_around(tag: &Range<usize>, at: &Range<usize>) -> bool {
    if at.start == at.end {
        tag.start < at.start && at.start < tag.end
    } else {
        tag.start <= at.start && at.end <= tag.end
    }
}

/// The first call with an opening or closing tag that fits.
fn with_tag<'a>(
    text: &str,
    pieces: &'a [Piece],
    fits: impl Fn(&Range<usize>) -> bool,
) -> Option<&'a Shortcode> {
    all(pieces).into_iter().find(|call| {
        let close = room(text, call).map(|room| room.end..call.span.end().get());
        [Some(call.tag.range()), close].iter().flatten().any(&fits)
    })
}

/// Where a call's text stands, between its tags.
fn room(text: &str, call: &Shortcode) -> Option<Range<usize>> {
    let inner = call.inner.as_ref()?;
    let start = call.tag.end().get();
    let last = inner.last().map(|piece| match piece {
        Piece::Text(span) | Piece::Escaped { span, .. } => span.end().get(),
        Piece::Call(call) => call.span.end().get(),
    });
    let end = last.unwrap_or(start);
    text.get(start..end)?;
    Some(start..end)
}

fn told(text: &str, call: &Shortcode) -> Call {
    let inner = room(text, call).and_then(|room| text.get(room));
    Call {
        name: call.name.clone(),
        arguments: match &call.arguments {
            Arguments::Positional(values) => {
                values.iter().map(|value| (None, value.clone())).collect()
            }
            Arguments::Named(values) => values
                .iter()
                .map(|(name, value)| (Some(name.clone()), value.clone()))
                .collect(),
        },
        inner: inner.map(|inner| inner.trim().to_owned()),
    }
}

/// A value in the place of another one, in its quotation marks where they can hold it. `None`: none can.
fn written(old: &str, new: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let bare = !new.is_empty() && new.chars().all(plain) && !new.starts_with('.');
    if !old.starts_with(['"', '`']) && bare {
        return Some(new.to_owned());
    }
    // A backslash before a quotation mark, or at the end, would not be read as one.
    let quoted =
        || (!new.contains(['\n', '\\'])).then(|| format!("\"{}\"", new.replace('"', "\\\"")));
    let raw = || (!new.contains('`')).then(|| format!("`{new}`"));
    if old.starts_with('`') {
        raw().or_else(quoted)
    } else {
        quoted().or_else(raw)
    }
}
