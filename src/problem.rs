//! How everything here says no: a stable code, what was found, and what to do now.

use std::error::Error;

/// An error that a person or a program can act on.
///
/// `Display` (by [`Error`]) says what was expected, what was found and where, in lower case and without a full
/// stop. The other two methods are the contract of `{ "error": { "code", "message", "advice" } }`, which the
/// command line prints on standard error and the npm package throws.
pub trait Problem: Error {
    /// A stable word in `snake_case` that programs may compare; it never changes once released.
    fn code(&self) -> &'static str;

    /// What the reader can do now, as one sentence.
    fn advice(&self) -> String;
}

impl<P: Problem> Problem for Box<P> {
    fn code(&self) -> &'static str {
        P::code(self)
    }

    fn advice(&self) -> String {
        P::advice(self)
    }
}
