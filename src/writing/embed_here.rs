//! An address that stands alone on its line becomes the shortcode for what it leads to.

use super::edit::{Changes, Draft};
use super::embed::{x, youtube};

/// The shortcode in the place of the address on the caret's line, the caret behind it.
pub(super) fn embed(draft: &mut Draft<'_>) -> Option<()> {
    let text = draft.text();
    let at = draft.selection.end;
    let (head, tail) = (text.get(..at)?, text.get(at..)?);
    let start = head.rfind('\n').map_or(0, |found| found + 1);
    let line = text.get(start..at + tail.find('\n').unwrap_or(tail.len()))?;
    let address = line.trim();
    // An id alone may be any word.
    let is_address = address.starts_with("https://") || address.starts_with("http://");
    let shortcode = youtube(address)
        .or_else(|| x(address))
        .filter(|_| is_address)?;
    let from = start + (line.len() - line.trim_start().len());
    let behind = from + shortcode.len();
    let mut changes = Changes::default();
    changes.replace(from..from + address.len(), shortcode);
    draft.apply(changes);
    draft.selection = behind..behind;
    Some(())
}
