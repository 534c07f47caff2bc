//! What is said of a draft.

use recap_editor::draft::{Failure, Status, Timestamp, ago, ago_changes_in, reminder};

use super::made::{NOON, earlier, later};

#[test]
fn the_status_is_a_sentence() {
    let saved = |ms| Status::Saved { at: NOON }.sentence(later(ms));
    assert_eq!(saved(2400), "Saved in this browser, 2 s ago");
    for (ms, ago) in [
        (0, "just now"),
        (999, "just now"),
        (59_999, "59 s ago"),
        (60_000, "1 min ago"),
        (3_599_999, "59 min ago"),
        (3_600_000, "1 h ago"),
        (86_400_000, "1 day ago"),
        (172_800_000, "2 days ago"),
    ] {
        assert_eq!(saved(ms), format!("Saved in this browser, {ago}"));
    }
    assert_eq!(
        Status::Saved { at: later(9) }.sentence(NOON),
        "Saved in this browser, just now"
    );
    assert_eq!(Status::Saving.sentence(NOON), "Saving…");
    assert_eq!(
        Status::NotSaved {
            reason: Failure::Quota
        }
        .sentence(NOON),
        "Not saved: the browser’s storage is full. Your text is safe in this tab; download it now"
    );
    assert_eq!(
        Status::OnlyInThisTab {
            reason: Failure::Unavailable
        }
        .sentence(NOON),
        "Only in this tab: this window has no storage, as private windows often have none. Download your text before you \
         close it"
    );
}

#[test]
fn how_long_ago_is_told_anew_just_when_it_changes() {
    const HOUR: u64 = 3_600_000;
    for ms in [
        0,
        1,
        999,
        1000,
        59_500,
        60_000,
        119_999,
        HOUR - 1,
        HOUR,
        23 * HOUR,
        25 * HOUR,
        49 * HOUR,
    ] {
        let more = ago_changes_in(ms);
        assert_eq!(
            ago(ms + more - 1),
            ago(ms),
            "{ms} and a little less than {more}"
        );
        assert_ne!(ago(ms + more), ago(ms), "{ms} and {more}");
    }
}

#[test]
fn the_reminder_names_the_day() {
    // Noon is on a Wednesday.
    const HOUR: u64 = 3_600_000;
    let since = |hours: u64, offset| reminder(Some(earlier(hours * HOUR)), NOON, NOON, offset);
    for (hours, offset, when) in [
        (1, 0, "earlier today"),
        (12, 0, "earlier today"),
        (13, 0, "yesterday"),
        (12, -60, "yesterday"),
        // Two hours east, noon is 14:00.
        (13, 120, "earlier today"),
        (15, 120, "yesterday"),
        (37, 0, "Monday"),
        (6 * 24, 0, "Thursday"),
        (7 * 24, 0, "Feb 25, 2026"),
    ] {
        assert_eq!(
            since(hours, offset),
            Some(format!("not downloaded since {when}")),
            "{hours} h, {offset} min"
        );
    }
    assert_eq!(reminder(None, NOON, NOON, 0).unwrap(), "not downloaded yet");
    assert_eq!(reminder(Some(NOON), NOON, later(1), 0), None);
    assert_eq!(
        reminder(Some(Timestamp(0)), NOON, Timestamp(u64::MAX), 0),
        Some("not downloaded since Jan 1, 1970".to_owned())
    );
}
