//! The door: turns the world into values, calls one function, and turns its result into an exit status.

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;
use termwall::cli::{Arguments, Options};
use termwall::run::{self, Outcome, RunError, Streams};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let options = Options::from(Arguments::parse());
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_from_env("TERMWALL_LOG").unwrap_or_else(|_| EnvFilter::new("warn")))
        .with_writer(io::stderr)
        .init();
    let now = jiff::Timestamp::now();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&error),
    };
    let (mut input, mut output, mut talk) = (io::stdin().lock(), BufWriter::new(io::stdout().lock()), io::stderr());
    let streams = Streams { input: &mut input, output: &mut output, talk: &mut talk };
    let outcome = runtime.block_on(run::command(&options, now, streams));
    match (outcome, output.flush()) {
        (Ok(Outcome::Done), Ok(())) => ExitCode::SUCCESS,
        (Ok(Outcome::SomeFailed), Ok(())) => ExitCode::from(3),
        // Whoever reads our output may stop reading when he has seen enough.
        (Err(RunError::Output(error)), _) | (Ok(_), Err(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        (Ok(_), Err(error)) => complain(&error),
        (Err(error), _) => {
            if let RunError::Mistakes(mistakes) = &error {
                mistakes.iter().for_each(|mistake| eprintln!("{mistake}"));
            }
            complain(&error)
        }
    }
}

/// Prints an error with its causes.
fn complain(error: &dyn Error) -> ExitCode {
    eprint!("termwall: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprint!(": {error}");
        cause = error.source();
    }
    eprintln!();
    ExitCode::FAILURE
}
