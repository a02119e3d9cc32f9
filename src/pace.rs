//! Pauses: long work lets others in between its steps, so that a browser paints and listens meanwhile.
//!
//! Such work is a future, told once. Who must not keep others waiting drives it at a [`Pace`] that pauses, as an
//! executor does with any future; everybody else runs it at once.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// What a pause waits for.
pub type Pause = Pin<Box<dyn Future<Output = ()>>>;

/// Says when to pause. The clock that it may look at is its own: the work knows none.
pub trait Pace {
    /// What to wait for before the next step; asked after each step, and `None` most of the time.
    fn pause(&self) -> Option<Pause>;
}

/// No pauses.
struct Straight;

impl Pace for Straight {
    fn pause(&self) -> Option<Pause> {
        None
    }
}

/// Runs work to its end, which is all of it where nothing but its pace can make it wait.
pub(crate) fn at_once<F: Future>(work: impl FnOnce(&'static dyn Pace) -> F) -> F::Output {
    match pin!(work(&Straight)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("work waits for nothing but pauses, and there are none"),
    }
}

/// Ends a step.
pub(crate) async fn step(pace: &dyn Pace) {
    if let Some(pause) = pace.pause() {
        pause.await;
    }
}
