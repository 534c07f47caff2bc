//! What changed since the file was opened, told from its bytes.

use crate::text::Text;

/// One line that says what differs.
#[must_use]
pub fn summary(opened: &Text, now: &Text) -> String {
    if opened == now {
        "Nothing differs from the opened file.".to_owned()
    } else {
        "Changed.".to_owned()
    }
}
