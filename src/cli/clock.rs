//! The one place where the command line reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use hongbang::Day;
use hongbang::trust::UtcSeconds;

/// This second.
pub(crate) fn now() -> UtcSeconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since)
        .ok()
        .and_then(UtcSeconds::from_epoch_seconds)
        .unwrap_or_else(|| UtcSeconds::start_of(Day::MAX))
}

/// This day in China.
pub(crate) fn today() -> Day {
    now().day_in_china()
}
