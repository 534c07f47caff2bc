//! Makes a block's nodes over into its new ones, changing as little as can be: what is equal stays, and with it images,
//! selections and the browser's layout.

use wasm_bindgen::JsCast as _;
use web_sys::{CharacterData, Node};

use super::content::children;

/// Elements that are exchanged whole. Code is painted by its element, the others have a life of their own.
const WHOLE: [&str; 7] = ["PRE", "VIDEO", "AUDIO", "IFRAME", "DETAILS", "SVG", "FORM"];

/// Makes `old` nodes over into `new` ones where both are the same but for what is in them. Answers whether they were;
/// where they were not, nothing is changed.
pub(super) fn block(old: &[Node], new: &[Node]) -> bool {
    let alike = old.len() == new.len()
        && old
            .iter()
            .zip(new)
            .all(|(old, new)| old.parent_node().is_some() && are_alike(old, new));
    if alike {
        for (old, new) in old.iter().zip(new) {
            make_over(old, new);
        }
    }
    alike
}

/// Whether one can be made over into the other: two texts, or two elements that differ only in what they hold.
fn are_alike(old: &Node, new: &Node) -> bool {
    if old.node_type() != new.node_type() || old.node_name() != new.node_name() {
        return false;
    }
    if old.node_type() == Node::ELEMENT_NODE {
        let name = old.node_name().to_ascii_uppercase();
        if WHOLE.contains(&name.as_str()) {
            return old.is_equal_node(Some(new));
        }
        let (Ok(old), Ok(new)) = (old.clone_node(), new.clone_node()) else {
            return false;
        };
        return old.is_equal_node(Some(&new));
    }
    old.node_type() == Node::TEXT_NODE || old.is_equal_node(Some(new))
}

fn make_over(old: &Node, new: &Node) {
    if old.is_equal_node(Some(new)) {
        return;
    }
    if old.node_type() == Node::TEXT_NODE {
        let (old, new): (&CharacterData, &CharacterData) =
            (old.unchecked_ref(), new.unchecked_ref());
        old.set_data(&new.data());
        return;
    }
    let (before, after) = (children(old), children(new));
    let same = |(old, new): &(&Node, &Node)| old.is_equal_node(Some(new));
    let front = before.iter().zip(&after).take_while(same).count();
    let rest = before.len().min(after.len()) - front;
    let backwards = before.iter().rev().zip(after.iter().rev());
    let back = backwards.take(rest).take_while(same).count();
    let gone = before.get(front..before.len() - back).unwrap_or_default();
    let come = after.get(front..after.len() - back).unwrap_or_default();
    // One for one, as a key in one item of a list, one cell of a table.
    if gone.len() == come.len() && gone.iter().zip(come).all(|(old, new)| are_alike(old, new)) {
        for (old, new) in gone.iter().zip(come) {
            make_over(old, new);
        }
        return;
    }
    let next = before.get(before.len() - back);
    for node in come {
        let _ = old.insert_before(node, next);
    }
    for node in gone {
        let _ = old.remove_child(node);
    }
}
