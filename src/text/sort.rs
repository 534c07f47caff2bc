//! Sorting by one routine for all kinds of items: each kind sorted by itself is four kilobytes of the download.

use std::cmp::Ordering;

/// Sorts by `order`; items that are equal by it keep their places among each other. One allocation of a word an item.
pub fn sort_by<T>(items: &mut [T], mut order: impl FnMut(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut from: Vec<usize> = (0..items.len()).collect();
    rank(&mut from, &mut |a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => order(a, b),
        _ => Ordering::Equal,
    });
    arrange(items, &mut from);
}

/// The same by a key of each item, which is asked for with every comparison.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], mut key: impl FnMut(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// The same for items that have an order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

fn rank(from: &mut [usize], order: &mut dyn FnMut(usize, usize) -> Ordering) {
    from.sort_by(|a, b| order(*a, *b));
}

/// Puts at each place what stands at the place `from` has for it, one circle after another.
fn arrange<T>(items: &mut [T], from: &mut [usize]) {
    for start in 0..from.len() {
        let mut at = start;
        while let Some(slot) = from.get_mut(at) {
            let next = std::mem::replace(slot, at);
            if next == start || next == at {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_the_order_of_the_library(mut items in prop::collection::vec((0_u8..6, any::<u16>()), 0..60)) {
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| std::cmp::Reverse(*key));
            sort_by_key(&mut items, |(key, _)| std::cmp::Reverse(*key));
            prop_assert_eq!(&items, &expected);
            expected.sort_unstable();
            sort(&mut items);
            prop_assert_eq!(&items, &expected);
        }
    }
}
