//! Prettier's `fill`: words put on lines, each with a look at the next.

/// What stands between two places where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Content {
    /// Its columns, up to its first line end where it holds one.
    pub(super) first: usize,
    /// Its columns behind its last line end.
    pub(super) last: Option<usize>,
}

impl Content {
    /// Goes on by some columns.
    pub(super) const fn push(&mut self, columns: usize) {
        match &mut self.last {
            Some(last) => *last += columns,
            None => self.first += columns,
        }
    }

    /// Holds a line end here.
    pub(super) const fn break_line(&mut self) {
        self.last = Some(0);
    }

    /// Goes on with a space and another.
    const fn join(&mut self, other: Self) {
        self.push(1 + other.first);
        if other.last.is_some() {
            self.last = other.last;
        }
    }
}

/// What a place between two contents is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// A space or a line end, as there is room.
    Free,
    /// A space.
    Space,
    /// A line end.
    LineEnd,
}

/// Columns: where the first line starts, where the others do, where they should end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) first: usize,
    pub(super) indent: usize,
    pub(super) width: usize,
}

/// For each joint whether a line ends there. There is one content more than there are joints.
pub(super) fn line_ends(contents: &[Content], joints: &[Joint], measure: Measure) -> Vec<bool> {
    let mut ends = vec![false; joints.len()];
    let mut column = measure.first;
    let mut contents = contents.iter().copied();
    // What is joined by spaces is one content; `open` is the joint in front of the next.
    let mut last = contents.next().unwrap_or_default();
    let mut current: Option<Content> = None;
    let mut open: Option<(usize, Joint)> = None;
    let mut settle = |current: Option<Content>, open: Option<(usize, Joint)>, next: Content| {
        let (Some(content), Some((index, joint))) = (current, open) else {
            return;
        };
        let room = measure.width.checked_sub(column);
        // A content that holds a line end ends the look ahead.
        let needed = if content.last.is_some() {
            content.first
        } else {
            content.first + 1 + next.first
        };
        let ends_here = joint == Joint::LineEnd || room.is_none_or(|room| needed > room);
        column = if ends_here {
            measure.indent
        } else {
            content
                .last
                .map_or(column + content.first, |last| measure.indent + last)
                + 1
        };
        if let Some(end) = ends.get_mut(index) {
            *end = ends_here;
        }
    };
    for ((index, joint), content) in joints.iter().copied().enumerate().zip(contents) {
        if joint == Joint::Space {
            last.join(content);
        } else {
            settle(current, open, last);
            current = Some(last);
            open = Some((index, joint));
            last = content;
        }
    }
    settle(current, open, last);
    ends
}
