//! Lists: items with a level each, as Word and Google Docs have them, nested and written.

use super::block::{self, Block};

/// An item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// How deep it stands; only more or less matters.
    pub(super) level: usize,
    /// Its number, as far as one is stated; `None` for a bullet.
    pub(super) number: Option<u64>,
    /// It begins a list of its own.
    pub(super) first: bool,
    pub(super) blocks: Vec<Block>,
}

/// How a list's marks look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    ordered: bool,
    other: bool,
}

/// The lists that `items` make, each as one text. `before` is the look of the list right in front, and then of the last.
pub(super) fn markdown(items: &[&Item], before: &mut Option<Look>) -> Vec<String> {
    let mut lists = Vec::new();
    let mut at = 0;
    while let Some(first) = items.get(at) {
        let rest = items.get(at..).unwrap_or_default();
        // A list goes on as long as the items are of its kind, or deeper.
        let length = rest
            .iter()
            .enumerate()
            .take_while(|(index, item)| {
                *index == 0
                    || item.level > first.level
                    || (!item.first && item.number.is_some() == first.number.is_some())
            })
            .count();
        at += length;
        let ordered = first.number.is_some();
        let look = Look {
            ordered,
            other: before.is_some_and(|before| before.ordered == ordered && !before.other),
        };
        *before = Some(look);
        lists.push(list(rest.get(..length).unwrap_or_default(), look));
    }
    lists
}

fn list(items: &[&Item], look: Look) -> String {
    let base = items.first().map_or(0, |first| first.level);
    let mut entries: Vec<(String, bool)> = Vec::new();
    let mut number = items
        .first()
        .and_then(|item| item.number)
        .unwrap_or_default();
    let mut at = 0;
    while let Some(item) = items.get(at) {
        let rest = items.get(at + 1..).unwrap_or_default();
        let below = rest.iter().take_while(|item| item.level > base).count();
        at += 1 + below;
        // Nested lists, the item's own and those written behind it, are one row of lists.
        let mut blocks = item.blocks.clone();
        let nested = rest.get(..below).unwrap_or_default().iter();
        blocks.extend(nested.map(|item| Block::Item((*item).clone())));
        let paragraphs = blocks
            .iter()
            .filter(|block| !matches!(block, Block::Item(_)))
            .count();
        let tight = paragraphs < 2
            && matches!(
                blocks.first(),
                None | Some(Block::Paragraph(_) | Block::Item(_))
            );
        let text = block::joined(&blocks, if tight { "\n" } else { "\n\n" });
        let mark = match (look.ordered, look.other) {
            (false, false) => "- ".to_owned(),
            (false, true) => "* ".to_owned(),
            (true, false) => format!("{number}. "),
            (true, true) => format!("{number}) "),
        };
        number = number.saturating_add(1).min(MOST);
        if !text.is_empty() {
            let loose = text.contains("\n\n") && !tight;
            let indent = " ".repeat(mark.len());
            let text = block::prefixed(&text, &mark, &indent);
            entries.push((text, loose));
        }
    }
    let loose = entries.iter().any(|(_, loose)| *loose);
    let between = if loose { "\n\n" } else { "\n" };
    let texts: Vec<String> = entries.into_iter().map(|(text, _)| text).collect();
    texts.join(between)
}

/// Markdown takes nine digits.
const MOST: u64 = 999_999_999;

/// The number in an item's mark as Word writes it out: `3.`, `b)`, `(iv)`; `None` for a bullet.
pub(super) fn number(mark: &str) -> Option<u64> {
    let mark: String = mark.chars().filter(|c| !c.is_whitespace()).collect();
    let inner = mark.strip_prefix('(').unwrap_or(&mark);
    let inner = inner.strip_suffix(['.', ')'])?;
    // Of 1.2.3 the last counts.
    let inner = inner.rsplit('.').next().unwrap_or(inner);
    if inner.is_empty() || inner.len() > 9 || !inner.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    Some(inner.parse().unwrap_or(1))
}

/// A number that Markdown can write.
pub(super) fn start(written: Option<&str>) -> u64 {
    written
        .and_then(|written| written.trim().parse::<u64>().ok())
        .unwrap_or(1)
        .min(MOST)
}
