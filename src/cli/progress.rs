//! Progress on a terminal; silent elsewhere.

use std::time::Duration;

use hongbang::publish::transport::Progress;
use indicatif::{ProgressBar, ProgressStyle};

/// A bar for bytes that arrive.
#[derive(Default)]
pub(crate) struct Bytes(Option<ProgressBar>);

impl Bytes {
    /// Shows one step of a fetch.
    pub(crate) fn show(&mut self, step: Progress<'_>) {
        if let Progress::Target { name, received, length } = step {
            let bar = self.0.get_or_insert_with(|| {
                let bar = ProgressBar::new(length).with_message(name.to_owned());
                bar.with_style(style("{msg} {bar:30} {bytes}/{total_bytes}"))
            });
            bar.set_position(received);
        }
    }
}

impl Drop for Bytes {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A bar for files that are read.
#[derive(Default)]
pub(crate) struct Files(Counted);

impl Files {
    /// Shows one step of an ingest.
    pub(crate) fn show(&mut self, step: hongbang::publish::ingest::Progress<'_>) {
        self.0.show(step.done, step.of, step.file);
    }
}

/// A bar for what is read from a ledger.
#[derive(Default)]
pub(crate) struct Bulletins(Counted);

impl Bulletins {
    /// Shows one step of reading.
    pub(crate) fn show(&mut self, step: hongbang::publish::ledger::Progress) {
        self.0.show(step.done, step.of, "read");
    }
}

/// A bar for things that can be counted; it is gone when dropped.
#[derive(Default)]
struct Counted(Option<ProgressBar>);

impl Counted {
    fn show(&mut self, done: usize, of: usize, what: &str) {
        let bar = self.0.get_or_insert_with(|| {
            let of = u64::try_from(of).unwrap_or(u64::MAX);
            ProgressBar::new(of).with_style(style("{bar:30} {pos}/{len} {msg}"))
        });
        bar.set_message(what.to_owned());
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A spinner for work of unknown length; it is gone when dropped.
pub(crate) struct Working(ProgressBar);

impl Working {
    /// Begins to turn.
    pub(crate) fn on(what: &str) -> Self {
        let bar =
            ProgressBar::new_spinner().with_message(what.to_owned()).with_style(style("{spinner} {msg}"));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
