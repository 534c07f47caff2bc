//! What differs between two texts, line by line, for a person to choose between them.

use similar::ChangeTag;

use crate::text;

/// A line of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// In both.
    Same(String),
    /// Only in the first.
    Gone(String),
    /// Only in the second.
    Come(String),
    /// So many lines that are in both and are not shown.
    Left(usize),
    /// So many lines more, of either kind: nobody reads that far.
    More(usize),
}

/// So many lines are shown at most.
const SHOWN: usize = 500;

/// How many equal lines are shown around what differs.
const AROUND: usize = 2;

/// So many pairs of lines are compared; where there are more, the whole stretch counts as changed.
const MOST: usize = 4_000_000;

/// The lines of both texts in order, those that are equal only near those that are not.
#[must_use]
pub fn lines(first: &str, second: &str) -> Vec<Line> {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.lines().collect(), second.lines().collect());
    let front = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (tail(&a, front), tail(&b, front));
    let back = rest_a
        .iter()
        .rev()
        .zip(rest_b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let middle_a = head(rest_a, rest_a.len() - back);
    let middle_b = head(rest_b, rest_b.len() - back);
    let same = |lines: &[&str]| -> Vec<Line> {
        lines
            .iter()
            .map(|line| Line::Same((*line).to_owned()))
            .collect()
    };
    let mut all = same(head(&a, front));
    all.extend(between(middle_a, middle_b));
    all.extend(same(tail(rest_a, rest_a.len() - back)));
    shortened(all)
}

fn head<'a, 'b>(lines: &'b [&'a str], count: usize) -> &'b [&'a str] {
    lines.get(..count).unwrap_or(lines)
}

fn tail<'a, 'b>(lines: &'b [&'a str], from: usize) -> &'b [&'a str] {
    lines.get(from..).unwrap_or_default()
}

fn between(a: &[&str], b: &[&str]) -> Vec<Line> {
    let gone = |line: &&str| Line::Gone((*line).to_owned());
    let come = |line: &&str| Line::Come((*line).to_owned());
    if a.len().saturating_mul(b.len()) > MOST {
        return a.iter().map(gone).chain(b.iter().map(come)).collect();
    }
    let ops = text::differences(a, b);
    let changes = ops.iter().flat_map(|op| op.iter_changes(a, b));
    changes
        .map(|change| match change.tag() {
            ChangeTag::Equal => Line::Same(change.value().to_owned()),
            ChangeTag::Delete => gone(&change.value()),
            ChangeTag::Insert => come(&change.value()),
        })
        .collect()
}

/// The same without long stretches of equal lines.
fn shortened(lines: Vec<Line>) -> Vec<Line> {
    let differs = |line: &Line| !matches!(line, Line::Same(_));
    let changed: Vec<usize> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| differs(line))
        .map(|(at, _)| at)
        .collect();
    let is_near = |at: usize| {
        let next = changed.partition_point(|changed| *changed < at);
        let near = |index: Option<&usize>| index.is_some_and(|other| other.abs_diff(at) <= AROUND);
        near(changed.get(next))
            || next
                .checked_sub(1)
                .is_some_and(|last| near(changed.get(last)))
    };
    let mut shown = Vec::new();
    let mut left = 0;
    for (at, line) in lines.into_iter().enumerate() {
        if is_near(at) {
            if left > 0 {
                shown.push(Line::Left(std::mem::take(&mut left)));
            }
            shown.push(line);
        } else {
            left += 1;
        }
    }
    if left > 0 {
        shown.push(Line::Left(left));
    }
    if shown.len() > SHOWN {
        let more = shown.split_off(SHOWN).iter().map(Line::count).sum();
        shown.push(Line::More(more));
    }
    shown
}

impl Line {
    /// How many lines of the texts it stands for.
    const fn count(&self) -> usize {
        match self {
            Self::Left(count) | Self::More(count) => *count,
            _ => 1,
        }
    }
}
