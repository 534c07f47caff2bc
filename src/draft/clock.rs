//! Time that only goes forward, from a calendar clock that may be set back.

use super::Timestamp;

/// Milliseconds of the journal's own time.
pub(super) type Elapsed = u64;

/// The journal's time, and the timer that was asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    seen: Timestamp,
    elapsed: Elapsed,
    armed: Option<Elapsed>,
}

impl Clock {
    pub(super) const fn new(now: Timestamp) -> Self {
        Self {
            seen: now,
            elapsed: 0,
            armed: None,
        }
    }

    /// The time by now. While the calendar is set back, none has passed.
    pub(super) fn at(&mut self, now: Timestamp) -> Elapsed {
        self.elapsed += now.since(self.seen);
        self.seen = now;
        self.elapsed
    }

    /// The same when the timer rang: whatever the calendar says, its time has passed.
    pub(super) fn rang(&mut self, now: Timestamp) -> Elapsed {
        let set_back = now < self.seen;
        self.at(now);
        if let Some(armed) = self.armed.take()
            && set_back
        {
            self.elapsed = self.elapsed.max(armed);
        }
        self.elapsed
    }

    /// In how many ms the timer has to ring for `next`; `None` where the one that runs rings in time: it is not set anew
    /// at every key. One that should have rung by now may be lost.
    pub(super) fn arm(&mut self, next: Elapsed) -> Option<u64> {
        let is_in_time = |armed: Elapsed| self.elapsed < armed && armed <= next;
        if self.armed.is_some_and(is_in_time) {
            return None;
        }
        self.armed = Some(next);
        Some(next.saturating_sub(self.elapsed).max(1))
    }
}
