//! The editor's commands on the list of sources: `termwall sources export`.

use super::{Outcome, RunError, Streams};
use crate::cli::{Options, SourcesCommand};
use crate::inputs;
use crate::model::source::Source;
use crate::sources::{self, opml};

/// Does what the command line says.
pub fn command(command: &SourcesCommand, options: &Options, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    match command {
        SourcesCommand::Export { all } => export(options, *all, streams),
    }
}

/// Writes the sources that are on, or all, as OPML.
fn export(options: &Options, all: bool, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let inputs = inputs::read(&options.dir)?;
    let sources = sources::read(&inputs.feeds, "feeds.toml").map_err(RunError::Mistakes)?;
    let wanted: Vec<&Source> = sources.iter().filter(|source| all || source.enabled).collect();
    let list = opml::write(&wanted, "Termwall: sources").map_err(RunError::Output)?;
    streams.output.write_all(&list).map_err(RunError::Output)?;
    Ok(Outcome::Done)
}
