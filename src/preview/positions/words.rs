//! Finding in the source what a reader sees on the page.

use std::ops::Range;

use crate::text::{BytePos, Utf16Pos};

/// How many words around a word tell it from others of its kind.
const AROUND: usize = 6;

/// Where `source`, a block's Markdown, has what `shown`, the block's text on the page, has at `at`: the same place in the
/// same word, told by the words around it. `None` where the source has no such word, as with what a shortcode makes.
#[must_use]
pub fn find(source: &str, shown: &str, at: Utf16Pos) -> Option<BytePos> {
    let at = at.in_text(shown).map_or(shown.len(), BytePos::get);
    let there: Vec<Range<usize>> = words(shown);
    let pressed = there
        .partition_point(|word| word.end < at)
        .min(there.len().checked_sub(1)?);
    let word = there.get(pressed)?;
    let text = shown.get(word.clone())?;
    let hidden = hidden(source);
    let mut here = words(source);
    here.retain(|word| {
        let behind = hidden.partition_point(|range| range.start <= word.start);
        let before = behind.checked_sub(1).and_then(|at| hidden.get(at));
        before.is_none_or(|range| range.end <= word.start)
    });
    let same = |a: Option<&Range<usize>>, b: Option<&Range<usize>>| match (a, b) {
        (Some(a), Some(b)) => source.get(a.clone()) == shown.get(b.clone()),
        _ => false,
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for (number, candidate) in here.iter().enumerate() {
        if source.get(candidate.clone()) != Some(text) {
            continue;
        }
        let before = (1..=AROUND)
            .take_while(|&step| {
                same(
                    number.checked_sub(step).and_then(|at| here.get(at)),
                    pressed.checked_sub(step).and_then(|at| there.get(at)),
                )
            })
            .count();
        let behind = (1..=AROUND)
            .take_while(|&step| same(here.get(number + step), there.get(pressed + step)))
            .count();
        // Of equals, the one that is as far from the start, in words, as the one that was pressed.
        let far = (number * there.len()).abs_diff(pressed * here.len());
        let better = best.is_none_or(|(score, distance, _)| {
            before + behind > score || (before + behind == score && far < distance)
        });
        if better {
            best = Some((before + behind, far, candidate.start));
        }
    }
    let (_, _, start) = best?;
    let into = at.saturating_sub(word.start).min(text.len());
    Some(BytePos::new(start + into))
}

/// What a reader never sees: where links lead, and what shortcodes are told. In order, apart from each other.
fn hidden(source: &str) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let mut at = 0;
    while let Some(rest) = source.get(at..) {
        let link = rest.find("](").map(|start| (start, ')'));
        let call = rest.find("{{").map(|start| (start, '}'));
        let first = match (link, call) {
            (Some(link), Some(call)) => link.min(call),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => break,
        };
        let (start, end) = first;
        let inside = rest.get(start..).unwrap_or_default();
        let length = inside.find([end, '\n']).unwrap_or(inside.len());
        hidden.push(at + start..at + start + length);
        at += start + length.max(2);
    }
    hidden
}

/// The words of a text: letters and digits.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        words.push(from..text.len());
    }
    words
}
