//! When to try again what failed.

use super::Failure;
use super::clock::Elapsed;

/// The first pause after a failure, in ms; it doubles.
const FIRST: u64 = 100;

/// The longest pause, in ms: once the storage works again, the text is in it within 2 s.
const LONGEST: u64 = 800;

/// Failures in a row of one sort of write.
#[derive(Debug, Clone, Default)]
pub(super) struct Attempts {
    failed: u32,
    retry_at: Elapsed,
    reason: Option<Failure>,
}

impl Attempts {
    /// Why the last one failed; `None` after a success.
    pub(super) const fn reason(&self) -> Option<Failure> {
        self.reason
    }

    /// The moment from which it may be tried again.
    pub(super) const fn retry_at(&self) -> Elapsed {
        self.retry_at
    }

    pub(super) fn failed(&mut self, reason: Failure, now: Elapsed) {
        self.reason = Some(reason);
        // Several writes that were under way together are one failure.
        if now < self.retry_at {
            return;
        }
        let pause = FIRST.saturating_mul(1 << self.failed.min(8)).min(LONGEST);
        self.failed += 1;
        self.retry_at = now + pause;
    }

    pub(super) fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// The writer asks: no more waiting.
    pub(super) fn now(&mut self) {
        self.failed = 0;
        self.retry_at = 0;
    }
}
