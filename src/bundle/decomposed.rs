//! Unicode's canonical decomposition (NFD, UAX #15), by which two spellings of one name are equal.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use crate::text::sort;

/// The characters of `text`, taken apart, marks in canonical order. The crate's own iterator would do, but it links the
/// tables of the compatibility forms as well: 90 kB that nobody asks.
pub(super) fn decomposed(text: &str) -> String {
    let mut out: Vec<(u8, char)> = Vec::with_capacity(text.len());
    for c in text.chars() {
        decompose_canonical(c, |part| out.push((canonical_combining_class(part), part)));
    }
    // Between two characters of class 0, marks stand by their classes.
    for marks in out.chunk_by_mut(|a, b| a.0 != 0 && b.0 != 0) {
        sort::sort_by_key(marks, |(class, _)| *class);
    }
    out.into_iter().map(|(_, c)| c).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    proptest! {
        #[test]
        fn is_what_the_crate_says(text in "(\\PC|[\u{300}-\u{36f}\u{ac00}-\u{d7a3}\u{1e00}-\u{1fff}]){0,20}") {
            prop_assert_eq!(decomposed(&text), text.nfd().collect::<String>());
        }
    }
}
