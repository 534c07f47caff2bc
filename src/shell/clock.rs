//! The browser's clock and calendar.

use crate::day::Day;
use crate::draft::Timestamp;
use crate::session::Millis;

/// Milliseconds since the page was opened.
#[must_use]
pub fn now() -> Millis {
    let now = gloo::utils::window()
        .performance()
        .map_or(0.0, |clock| clock.now());
    // Never negative, and far below 2^53.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Millis(now as u64)
}

/// Today where the writer is.
#[must_use]
pub fn today() -> Option<Day> {
    let date = js_sys::Date::new_0();
    Day::new(
        u16::try_from(date.get_full_year()).ok()?,
        u8::try_from(date.get_month() + 1).ok()?,
        u8::try_from(date.get_date()).ok()?,
    )
}

/// What the calendar says.
#[must_use]
pub fn timestamp() -> Timestamp {
    // Never negative after 1970, and far below 2^53.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Timestamp(js_sys::Date::now() as u64)
}
