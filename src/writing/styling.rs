//! The change that gives a part of a block a style, or takes it away.
//!
//! Each change is proved: it is made on a copy of its block, read again, and every character must have the style it is
//! to have, and none but those another one.

use std::ops::Range;

use super::edit::Changes;
use super::prose::Prose;
use super::reading::{Glyph, Labels, Marks, Reading, Style};
use super::row::trimmed;

/// The marks a style can be written with, the preferred ones first.
pub(super) const fn spellings(style: Style) -> &'static [&'static str] {
    match style {
        Style::Bold => &["**"],
        Style::Italic => &["_", "*"],
        Style::Strike => &["~~"],
        Style::Code | Style::Link => &["`"],
    }
}

/// A block with what of it is to change.
pub(super) struct Part {
    pub(super) prose: Prose,
    pub(super) reading: Reading,
    pub(super) target: Range<usize>,
}

/// A change to a block that was proved.
pub(super) struct Proved {
    pub(super) changes: Changes,
    /// It had to be made for more than was asked: words cannot be parted here.
    pub(super) wider: Option<Range<usize>>,
}

/// The change that gives a part its style or takes it away, first as asked, then for whole words.
pub(super) fn change(part: &Part, style: Style, on: bool, labels: &Labels) -> Option<Proved> {
    let text = &part.prose.text;
    let attempt = |target: &Range<usize>| -> Option<Changes> {
        if on {
            spellings(style).iter().find_map(|mark| {
                proved(
                    part,
                    target,
                    style,
                    labels,
                    add(part, target, style, mark),
                    on,
                )
            })
        } else {
            proved(part, target, style, labels, remove(part, target, style), on)
        }
    };
    if let Some(changes) = attempt(&part.target) {
        return Some(Proved {
            changes,
            wider: None,
        });
    }
    let solid = |c: char| !c.is_whitespace();
    let head = text.get(..part.target.start)?;
    let tail = text.get(part.target.end..)?;
    let wide =
        head.trim_end_matches(solid).len()..text.len() - tail.trim_start_matches(solid).len();
    let wide = part.reading.whole(wide);
    if wide == part.target || part.reading.covers(&wide, style)? == on {
        return None;
    }
    attempt(&wide).map(|changes| Proved {
        changes,
        wider: Some(wide),
    })
}

/// Marks around `target`, which take in what is marked already and touches it.
fn add(part: &Part, target: &Range<usize>, style: Style, mark: &str) -> Changes {
    let text = &part.prose.text;
    let code = style == Style::Code;
    let mut all = target.clone();
    let mut own: Vec<&Marks> = Vec::new();
    loop {
        let (from, to) = if code {
            (all.start, all.end)
        } else {
            let head = text.get(..all.start).unwrap_or_default();
            let tail = text.get(all.end..).unwrap_or_default();
            let gap = tail.len() - tail.trim_start().len();
            (head.trim_end().len(), all.end + gap)
        };
        let touching = part.reading.marks.iter().find(|marks| {
            marks.style == style
                && marks.outer.start <= to
                && marks.outer.end >= from
                && !own.contains(marks)
        });
        let Some(marks) = touching else { break };
        all = all.start.min(marks.outer.start)..all.end.max(marks.outer.end);
        own.push(marks);
    }
    let mut changes = Changes::default();
    for marks in &own {
        unmark(text, marks, &mut changes);
    }
    // What is there already keeps its spelling.
    let spelling = own
        .first()
        .filter(|_| !code)
        .and_then(|marks| text.get(marks.outer.start..marks.inner.start))
        .unwrap_or(mark);
    for piece in pieces(part, all, style) {
        if code {
            code_marks(text, &piece, &own, &mut changes);
        } else {
            changes.insert(piece.start, spelling);
            changes.insert(piece.end, spelling);
        }
    }
    changes
}

/// Backticks around a piece, more than stand anywhere in it, and spaces where it has some at its ends.
fn code_marks(text: &str, piece: &Range<usize>, own: &[&Marks], changes: &mut Changes) {
    let mut inside = String::new();
    let mut from = piece.start;
    for marks in own {
        if piece.start <= marks.outer.start && marks.outer.end <= piece.end {
            inside.push_str(text.get(from..marks.outer.start).unwrap_or_default());
            inside.push_str(text.get(code_text(text, marks)).unwrap_or_default());
            from = marks.outer.end;
        }
    }
    inside.push_str(text.get(from..piece.end).unwrap_or_default());
    let longest = inside.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let gap = if inside.starts_with('`') || inside.ends_with('`') {
        " "
    } else {
        ""
    };
    changes.insert(piece.start, format!("{ticks}{gap}"));
    changes.insert(piece.end, format!("{gap}{ticks}"));
}

/// What code says: without the spaces that only keep its backticks apart.
fn code_text(text: &str, marks: &Marks) -> Range<usize> {
    let inner = marks.inner.clone();
    let inside = text.get(inner.clone()).unwrap_or_default();
    if inside.len() > 2
        && inside.starts_with(' ')
        && inside.ends_with(' ')
        && !inside.trim().is_empty()
    {
        inner.start + 1..inner.end - 1
    } else {
        inner
    }
}

/// Takes marks away.
fn unmark(text: &str, marks: &Marks, changes: &mut Changes) {
    let inner = match marks.style {
        Style::Code => code_text(text, marks),
        _ => marks.inner.clone(),
    };
    changes.remove(marks.outer.start..inner.start);
    changes.remove(inner.end..marks.outer.end);
}

/// `target` without its style; what else the marks stood around keeps it.
fn remove(part: &Part, target: &Range<usize>, style: Style) -> Changes {
    let text = &part.prose.text;
    let mut changes = Changes::default();
    let mut until = 0;
    for marks in &part.reading.marks {
        let apart = marks.outer.end <= target.start || target.end <= marks.outer.start;
        if marks.style != style || apart {
            continue;
        }
        unmark(text, marks, &mut changes);
        // Marks within marks of the same kind add nothing.
        let nested = marks.outer.end <= until;
        until = until.max(marks.outer.end);
        if nested || style == Style::Code {
            continue;
        }
        let spelling = text
            .get(marks.outer.start..marks.inner.start)
            .unwrap_or_default();
        let head = marks.inner.start..target.start.max(marks.inner.start);
        let tail = target.end.min(marks.inner.end)..marks.inner.end;
        for rest in [head, tail] {
            for piece in pieces(part, rest, style) {
                changes.insert(piece.start, spelling);
                changes.insert(piece.end, spelling);
            }
        }
    }
    changes
}

/// A range, parted where other marks begin or end inside it, without white space at the ends.
fn pieces(part: &Part, range: Range<usize>, style: Style) -> Vec<Range<usize>> {
    let text = &part.prose.text;
    let mut pieces = vec![range];
    for marks in &part.reading.marks {
        if marks.style == style || marks.style == Style::Code {
            continue;
        }
        pieces = pieces
            .into_iter()
            .flat_map(|piece| {
                let (outer, inner) = (&marks.outer, &marks.inner);
                let apart = piece.end <= outer.start || outer.end <= piece.start;
                let around = piece.start <= outer.start && outer.end <= piece.end;
                let within = inner.start <= piece.start && piece.end <= inner.end;
                if apart || around || within {
                    return vec![piece];
                }
                let cut = |range: Range<usize>| {
                    let start = piece.start.max(range.start);
                    start..piece.end.min(range.end).max(start)
                };
                vec![
                    cut(0..outer.start),
                    cut(inner.clone()),
                    cut(outer.end..text.len()),
                ]
            })
            .collect();
    }
    pieces
        .into_iter()
        .map(|piece| trimmed(text, piece))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// The changes, if the block reads as it is to read afterwards.
fn proved(
    part: &Part,
    target: &Range<usize>,
    style: Style,
    labels: &Labels,
    changes: Changes,
    on: bool,
) -> Option<Changes> {
    if changes.is_empty() {
        return None;
    }
    let after = changes.applied_to(&part.prose.text);
    let after = Reading::of(&after, labels);
    let before = &part.reading;
    if before.blocks != after.blocks {
        return None;
    }
    let fits = if style == Style::Code {
        code_fits(before, &after, target, on)
    } else {
        let wanted = before.glyphs.iter().map(|glyph| {
            if target.contains(&glyph.at) {
                glyph.with(style, on)
            } else {
                *glyph
            }
        });
        let others = |reading: &Reading| -> Vec<String> {
            reading
                .others
                .iter()
                .map(|(_, other)| other.clone())
                .collect()
        };
        alike(wanted, after.glyphs.iter().copied()) && others(before) == others(&after)
    };
    fits.then_some(changes)
}

/// Whether two texts read alike.
fn alike(mut a: impl Iterator<Item = Glyph>, mut b: impl Iterator<Item = Glyph>) -> bool {
    loop {
        match (a.next(), b.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a.like(b) => {}
            _ => return false,
        }
    }
}

/// Code says what its marks say elsewhere: only what is around it must read as before, and all of it must be code.
fn code_fits(before: &Reading, after: &Reading, target: &Range<usize>, on: bool) -> bool {
    let head = before
        .glyphs
        .iter()
        .take_while(|glyph| glyph.at < target.start);
    let behind = before
        .glyphs
        .iter()
        .rev()
        .take_while(|glyph| glyph.at >= target.end);
    // Inside of code there is nothing but characters.
    let outside = before
        .others
        .iter()
        .filter(|(at, _)| !target.contains(at))
        .map(|(_, other)| other);
    if on && !outside.eq(after.others.iter().map(|(_, other)| other)) {
        return false;
    }
    let (head_count, tail_count) = (head.clone().count(), behind.clone().count());
    let all = after.glyphs.len();
    if head_count + tail_count > all {
        return false;
    }
    let middle = after
        .glyphs
        .get(head_count..all - tail_count)
        .unwrap_or_default();
    alike(head.copied(), after.glyphs.iter().take(head_count).copied())
        && alike(
            behind.copied(),
            after.glyphs.iter().rev().take(tail_count).copied(),
        )
        && (!on
            || (!middle.is_empty()
                && middle
                    .iter()
                    .all(|glyph| glyph.c.is_whitespace() || glyph.has(Style::Code))))
}
