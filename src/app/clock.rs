//! The device's clock: the one place that reads it.

use js_sys::{Date, Number};

use crate::Day;
use crate::trust::UtcSeconds;

/// The time now, to the second.
pub(crate) fn now() -> UtcSeconds {
    read().unwrap_or_else(|| UtcSeconds::start_of(Day::MIN))
}

/// The civil day in China Standard Time, which all days of the list are in.
pub(crate) fn today() -> Day {
    now().day_in_china()
}

/// How long something takes, in whole milliseconds as text.
pub(crate) struct Stopwatch(f64);

impl Stopwatch {
    /// Starts.
    pub(crate) fn start() -> Self {
        Self(Date::now())
    }

    /// The milliseconds since the start. JavaScript writes the number, since Rust's way of writing fractions would be a
    /// tenth of the program.
    pub(crate) fn milliseconds(&self) -> String {
        let elapsed = Number::from(Date::now() - self.0);
        elapsed.to_fixed(0).map(String::from).unwrap_or_default()
    }
}

/// JavaScript breaks its milliseconds into numbers that fit; a device whose clock is out of the calendar has none.
fn read() -> Option<UtcSeconds> {
    let date = Date::new_0();
    let small = |number: u32| u8::try_from(number).ok();
    let year = i32::try_from(date.get_utc_full_year()).ok()?;
    let day = Day::new(year, small(date.get_utc_month() + 1)?, small(date.get_utc_date())?)?;
    let seconds = date.get_utc_hours() * 3600 + date.get_utc_minutes() * 60 + date.get_utc_seconds();
    UtcSeconds::from_epoch_seconds(i64::from(day.epoch_days()) * 86_400 + i64::from(seconds))
}
