//! Thousands of schedules, each of three lives: nothing that was said to be saved is lost.

use super::life::{Rules, Tally, USUAL, lives};
use super::store::Mood;

fn run(seeds: std::ops::Range<u64>, rules: Rules) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        if let Err(what) = lives(seed, rules, &mut tally) {
            panic!("seed {seed}: {what}");
        }
    }
    tally
}

/// `RECAP_LONG=1` lives a hundred times as often.
fn times(count: u64) -> std::ops::Range<u64> {
    let long = std::env::var_os("RECAP_LONG").is_some();
    1..count * if long { 100 } else { 1 } + 1
}

#[test]
fn nothing_said_to_be_saved_is_lost() {
    let tally = run(times(2000), USUAL);
    println!("{tally:?}");
    assert!(
        tally.saved > 10_000 && tally.not_saved > 10_000,
        "{tally:?}"
    );
    assert!(
        tally.tails_used > 100 && tally.tail_texts > 100,
        "{tally:?}"
    );
    assert!(
        tally.lost_keys > 100,
        "no crash came at a bad moment: {tally:?}"
    );
    // The longest waits were really there.
    assert!((200..=300).contains(&tally.oldest), "{tally:?}");
    assert!((100..=2000).contains(&tally.longest_back), "{tally:?}");
}

#[test]
fn failures_are_told_within_a_second() {
    let rules = Rules {
        moods: &[Mood::Fails],
        ..USUAL
    };
    let tally = run(times(500), rules);
    assert!(tally.not_saved > 1000, "{tally:?}");
}

#[test]
fn long_texts_are_written_anew_now_and_then() {
    let rules = Rules {
        keys: 3000,
        pause: 5,
        paste: 800,
        ..USUAL
    };
    let tally = run(times(12), rules);
    println!("{tally:?}");
    assert!(tally.compacted > 20, "{tally:?}");
}

#[test]
fn a_calendar_that_is_set_holds_nothing_up() {
    // What is set back costs the time between two calls, once.
    let rules = Rules {
        calendar: true,
        oldest: 800,
        ..USUAL
    };
    let tally = run(times(300), rules);
    assert!(tally.saved > 1000, "{tally:?}");
}

#[test]
fn a_store_that_lies_is_found_out() {
    let rules = Rules {
        moods: &[Mood::Lies],
        ..USUAL
    };
    let mut tally = Tally::default();
    let found = (1..=50)
        .filter(|seed| lives(*seed, rules, &mut tally).is_err())
        .count();
    assert!(found > 40, "{found} of 50");
}
