//! Versions: which are kept, and which go.

use std::collections::BTreeSet;

use recap_editor::draft::versions::{BOUND, EVERY, Kept, RESTORABLE, Reason, due, expired, plan};
use recap_editor::draft::{DraftId, Timestamp, VersionId};

use super::made::{NOON, earlier, later};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Kept so long before noon; its age in minutes is its id.
fn kept(age: u64) -> Kept {
    Kept {
        id: VersionId(age / MINUTE),
        draft: DraftId(1),
        time: earlier(age),
        reason: Reason::Writing,
        named: false,
        size: 1000,
    }
}

fn goes(versions: &[Kept]) -> BTreeSet<u64> {
    plan(versions, NOON).into_iter().map(|id| id.0).collect()
}

/// Ages in minutes before noon, and those of them that go.
#[test]
fn thinning() {
    let table: &[(&str, &[u64], &[u64])] = &[
        ("nothing", &[], &[]),
        ("all of the last hour", &[0, 1, 5, 30, 59], &[]),
        (
            "the last of each hour",
            &[61, 70, 119, 121, 130],
            &[70, 119, 130],
        ),
        ("an hour that is half recent", &[55, 59, 60], &[]),
        ("one in an hour", &[61, 181, 301, 1439], &[]),
        // From a day on by days of the calendar: noon is 720 minutes after midnight.
        (
            "the last of each day",
            &[1440, 1500, 2159, 2161, 2200],
            &[1500, 2159, 2200],
        ),
        ("days beyond a week", &[12_960, 14_400, 144_000], &[]),
    ];
    for (name, ages, gone) in table {
        let versions: Vec<Kept> = ages.iter().map(|age| kept(age * MINUTE)).collect();
        assert_eq!(goes(&versions), gone.iter().copied().collect(), "{name}");
        let reversed: Vec<Kept> = versions.iter().rev().copied().collect();
        assert_eq!(
            goes(&reversed),
            gone.iter().copied().collect(),
            "{name}, reversed"
        );
    }
}

#[test]
fn named_ones_are_not_thinned_and_others_not_for_a_week() {
    let mut versions: Vec<Kept> = [61, 62, 63, 64].map(|age| kept(age * MINUTE)).to_vec();
    versions[1].named = true;
    versions[2].reason = Reason::BeforeTakeOver;
    assert_eq!(goes(&versions), BTreeSet::from([64]));

    let mut old: Vec<Kept> = [1, 2].map(|age| kept(8 * DAY + age * MINUTE)).to_vec();
    old[1].reason = Reason::Conflict;
    assert_eq!(goes(&old), BTreeSet::from([8 * 1440 + 2]));
}

#[test]
fn drafts_are_thinned_each_for_itself() {
    let mut versions = [kept(61 * MINUTE), kept(62 * MINUTE)];
    versions[1].draft = DraftId(2);
    assert!(goes(&versions).is_empty());
}

#[test]
fn the_bound_takes_the_oldest_first_and_named_ones_last() {
    let of = |age: u64, size: u64| Kept { size, ..kept(age) };
    let half = BOUND / 2;
    let (recent, before, named, week) = (
        of(30 * MINUTE, half),
        Kept {
            reason: Reason::BeforeImport,
            ..of(40 * MINUTE, half)
        },
        Kept {
            named: true,
            ..of(20 * DAY, half)
        },
        of(9 * DAY, half),
    );
    let all = [recent, before, named, week];
    let minutes = |kept: &Kept| kept.id.0;
    assert_eq!(
        goes(&[named, before]),
        BTreeSet::new(),
        "just as much as the bound"
    );
    assert_eq!(
        goes(&[named, before, week]),
        BTreeSet::from([minutes(&week)])
    );
    assert_eq!(
        goes(&all),
        BTreeSet::from([minutes(&week), minutes(&recent)])
    );
    let larger = Kept {
        size: half + 1,
        ..named
    };
    assert_eq!(
        goes(&[before, larger, recent]),
        BTreeSet::from([minutes(&before), minutes(&recent)])
    );
    let too_large = Kept {
        size: BOUND + 1,
        ..named
    };
    assert_eq!(goes(&[too_large]), BTreeSet::from([minutes(&too_large)]));
}

/// A month of writing, thinned each time a version is kept: the same is left as by thinning once at the end, and it is
/// never much.
#[test]
fn thinning_often_and_thinning_once_leave_the_same() {
    let mut often: Vec<Kept> = Vec::new();
    let mut all = Vec::new();
    let days = 30;
    for id in 0..days * 12 * 12 {
        // Twelve hours a day, every five minutes.
        let (day, within) = (id / 144, id % 144);
        let version = Kept {
            id: VersionId(id),
            time: later(day * DAY + within * EVERY),
            ..kept(0)
        };
        often.push(version);
        all.push(version);
        let gone = plan(&often, version.time);
        often.retain(|kept| !gone.contains(&kept.id));
        assert!(often.len() <= 12 + 24 + 32, "{}", often.len());
    }
    let end = all.last().unwrap().time;
    let gone: BTreeSet<VersionId> = plan(&all, end).into_iter().collect();
    let once: Vec<Kept> = all
        .into_iter()
        .filter(|kept| !gone.contains(&kept.id))
        .collect();
    assert_eq!(often, once);
    assert!(often.len() >= 29);
}

#[test]
fn versions_from_the_future_stay() {
    let version = Kept {
        time: later(DAY),
        ..kept(0)
    };
    assert!(plan(&[version], NOON).is_empty());
}

#[test]
fn one_is_kept_after_minutes_of_change() {
    assert!(due(earlier(EVERY), NOON, NOON));
    assert!(!due(earlier(EVERY - 1), NOON, NOON), "not yet");
    assert!(
        !due(earlier(EVERY), earlier(EVERY), NOON),
        "nothing has changed"
    );
    assert!(!due(NOON, Timestamp(0), later(DAY)), "nothing has changed");
}

#[test]
fn deleted_drafts_can_be_had_back_for_a_week() {
    assert_eq!(RESTORABLE, 7 * DAY);
    assert!(!expired(earlier(RESTORABLE - 1), NOON));
    assert!(expired(earlier(RESTORABLE), NOON));
}
