//! A failure as the terminal tells it.

use std::fmt;
use std::path::{Path, PathBuf};

use hongbang::Problem;

/// Why a verb failed.
pub(crate) struct Failure {
    code: &'static str,
    message: String,
    advice: String,
}

impl Failure {
    /// A failure of the command line itself.
    pub(crate) fn new(code: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { code, message: message.into(), advice: advice.into() }
    }

    /// The operating system refused to read or write.
    pub(crate) fn io(verb: &str, path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            "io",
            format!("cannot {verb} {}: {error}", path.display()),
            "check that the path is right and that you may use it",
        )
    }

    /// A failure at a file.
    pub(crate) fn at(path: &Path, problem: &dyn Problem) -> Self {
        Self::new(problem.code(), format!("{}: {}", path.display(), chain(problem)), problem.advice())
    }

    /// Prints it on standard error, as text or as `{ "error": { "code", "message", "advice" } }`.
    pub(crate) fn print(&self, as_json: bool) {
        if as_json {
            let error = serde_json::json!({
                "error": { "code": self.code, "message": self.message, "advice": self.advice }
            });
            eprintln!("{error}");
        } else {
            eprintln!("hongbang: {}\n  {}", self.message, self.advice);
        }
    }
}

impl<P: Problem> From<P> for Failure {
    fn from(problem: P) -> Self {
        Self::new(problem.code(), chain(&problem), problem.advice())
    }
}

/// A path that cannot be used as asked.
pub(crate) fn unusable(path: impl Into<PathBuf>, expected: &str, advice: &str) -> Failure {
    Failure::new("path", format!("expected {expected}, found {}", path.into().display()), advice)
}

/// An error and its causes in one line.
fn chain(problem: &dyn Problem) -> String {
    let mut text = problem.to_string();
    let mut source = problem.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            fmt::Write::write_fmt(&mut text, format_args!(": {cause_text}"))
                .expect("a string takes any text");
        }
        source = cause.source();
    }
    text
}
