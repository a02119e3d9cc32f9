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
pub(crate) struct Files(Option<ProgressBar>);

impl Files {
    /// Shows one step of an ingest.
    pub(crate) fn show(&mut self, step: hongbang::publish::ingest::Progress<'_>) {
        let bar = self.0.get_or_insert_with(|| {
            let files = u64::try_from(step.of).unwrap_or(u64::MAX);
            ProgressBar::new(files).with_style(style("{bar:30} {pos}/{len} {msg}"))
        });
        bar.set_message(step.file.to_owned());
        bar.set_position(u64::try_from(step.done).unwrap_or(u64::MAX));
    }
}

impl Drop for Files {
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
