//! HTML with holes: what depends on the whole document is put in when the whole document is known.

/// What a hole is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hole {
    /// The id attribute of the unit's heading of this number.
    HeadingId(usize),
    /// A reference to the footnote of this label, and which of the unit's references it is.
    NoteRef(usize),
}

/// HTML with holes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Template {
    pub(super) html: String,
    /// In order, with their places in the HTML.
    pub(super) holes: Vec<(usize, Hole)>,
}

impl Template {
    pub(super) fn hole(&mut self, hole: Hole) {
        self.holes.push((self.html.len(), hole));
    }

    /// The HTML with its holes filled, added to `out`.
    pub(super) fn fill_into(&self, out: &mut String, mut fill: impl FnMut(&Hole, &mut String)) {
        let mut from = 0;
        for (at, hole) in &self.holes {
            out.push_str(self.html.get(from..*at).unwrap_or_default());
            fill(hole, out);
            from = *at;
        }
        out.push_str(self.html.get(from..).unwrap_or_default());
    }
}
