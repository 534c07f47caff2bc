//! What differs between two texts, line by line, for a person to choose between them.

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
}

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

/// The longest common subsequence, by the table of all pairs.
fn between(a: &[&str], b: &[&str]) -> Vec<Line> {
    let gone = |line: &&str| Line::Gone((*line).to_owned());
    let come = |line: &&str| Line::Come((*line).to_owned());
    let width = b.len() + 1;
    if a.len().saturating_mul(b.len()) > MOST {
        return a.iter().map(gone).chain(b.iter().map(come)).collect();
    }
    // From the end, so that the way through goes forward.
    let mut common = vec![0_u32; (a.len() + 1) * width];
    let at = |row: usize, column: usize| row * width + column;
    let get = |common: &[u32], row, column| common.get(at(row, column)).copied().unwrap_or(0);
    for (row, left) in a.iter().enumerate().rev() {
        for (column, right) in b.iter().enumerate().rev() {
            let longest = if left == right {
                get(&common, row + 1, column + 1) + 1
            } else {
                get(&common, row + 1, column).max(get(&common, row, column + 1))
            };
            if let Some(cell) = common.get_mut(at(row, column)) {
                *cell = longest;
            }
        }
    }
    let mut lines = Vec::new();
    let (mut row, mut column) = (0, 0);
    loop {
        match (a.get(row), b.get(column)) {
            (Some(left), Some(right)) if left == right => {
                lines.push(Line::Same((*left).to_owned()));
                row += 1;
                column += 1;
            }
            (Some(left), right)
                if right.is_none()
                    || get(&common, row + 1, column) >= get(&common, row, column + 1) =>
            {
                lines.push(gone(left));
                row += 1;
            }
            (_, Some(right)) => {
                lines.push(come(right));
                column += 1;
            }
            (_, None) => return lines,
        }
    }
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
    shown
}
