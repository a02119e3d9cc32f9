//! The command line: from arguments to calls of the library, and from what it returns to text, JSON and exit codes.
//!
//! Exit status: 0 yes, 1 no, 2 failed.

mod args;
mod asking;
mod ceremony;
mod certificate;
mod clock;
mod failure;
mod progress;
mod publishing;
mod serve;
mod show;
mod store;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Verb};
use failure::Failure;

/// What a verb found out.
enum Outcome {
    /// Exit status 0.
    Yes,
    /// Exit status 1.
    No,
}

impl Outcome {
    const fn of(is_yes: bool) -> Self {
        if is_yes { Self::Yes } else { Self::No }
    }
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let args = Args::parse();
    match dispatch(&args.verb) {
        Ok(Outcome::Yes) => ExitCode::SUCCESS,
        Ok(Outcome::No) => ExitCode::from(1),
        Err(failure) => {
            failure.print(args.verb.wants_json());
            ExitCode::from(2)
        }
    }
}

fn dispatch(verb: &Verb) -> Result<Outcome, Failure> {
    match verb {
        Verb::Build(build) => publishing::build(build),
        Verb::Certificate(args) => certificate::certificate(args),
        Verb::Check(ask) => asking::check(ask),
        Verb::Compare(compare) => publishing::compare(compare),
        Verb::Demo(demo) => publishing::demo(demo),
        Verb::Diff(diff) => asking::diff(diff),
        Verb::Explain(ask) => asking::explain(ask),
        Verb::Export(export) => asking::export(export),
        Verb::Fetch(fetch) => asking::fetch(fetch),
        Verb::Ingest(ingest) => publishing::ingest(ingest),
        Verb::Init(init) => ceremony::init(init),
        Verb::Keys(keys) => ceremony::keys::run(keys),
        Verb::Policy(policy) => publishing::policy(policy),
        Verb::Publish(publish) => ceremony::publish(publish),
        Verb::Rotate(rotate) => ceremony::rotate(rotate),
        Verb::Search(search) => asking::search(search),
        Verb::Serve(serve) => serve::serve(serve),
        Verb::Sign(sign) => ceremony::sign(sign),
        Verb::Status(status) => ceremony::status(status),
        Verb::VerifyEdition(verify) => publishing::verify_edition(verify),
    }
}
