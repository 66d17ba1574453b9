//! The editor's commands on names and words. `termwall taxonomy`.

/// What an edit does to one story.
mod compare;

/// What an edit does to everything stored.
mod preview;

/// Unknown names.
mod suggest;

use std::io::Write;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;

use super::desk::Desk;
use super::{Outcome, RunError, Streams, say};
use crate::cli::{Options, TaxonomyCommand};
use crate::model::words::{count, grouped};
use crate::store::{TaggedBy, Trial};

/// Does what is asked of the names and words. The store is only read.
pub async fn command(
    command: &TaxonomyCommand,
    options: &Options,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let desk = super::desk(options)?;
    let trial = Trial::of(&options.store()).await?;
    match command {
        TaxonomyCommand::Preview { json } => preview::preview(&desk, trial, (now, *json), options, streams).await,
        TaxonomyCommand::Suggest(question) => suggest::suggest(&desk, trial, *question, options, streams).await,
        TaxonomyCommand::Versions { json } => versions(&desk, trial, *json, streams).await,
    }
}

/// How many articles each version has tagged, and whether it is the one here.
async fn versions(desk: &Desk, trial: Trial, json: bool, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let (here, found) = (desk.tagged_by(), trial.store.tagged_bys().await?);
    trial.store.close().await;
    for TaggedBy { by, articles, relevant } in &found {
        if json {
            let is_here = by.as_ref() == Some(&here);
            line(streams, &json!({"by": by, "articles": articles, "relevant": relevant, "here": is_here}))?;
            continue;
        }
        let name = by.as_deref().unwrap_or("none yet");
        let mark = if by.as_ref() == Some(&here) { ", the one here" } else { "" };
        say(streams, &format!("{name:32}{}, {} about access{mark}", count_of(*articles), grouped(*relevant)))?;
    }
    if !json && !found.iter().any(|one| one.by.as_ref() == Some(&here)) {
        say(streams, &format!("{here:32}0 articles: the one here; `termwall taxonomy preview` shows what it would change"))?;
    }
    Ok(Outcome::Done)
}

fn count_of(articles: u64) -> String {
    count(usize::try_from(articles).unwrap_or(usize::MAX), "article")
}

/// One JSON object as a line.
fn line(streams: &mut Streams<'_>, value: &impl Serialize) -> Result<(), RunError> {
    let text = serde_json::to_string(value).map_err(|error| RunError::Output(error.into()))?;
    say(streams, &text)
}

/// Says how far long work has come: over one line on a terminal, a line a thousand elsewhere.
struct Progress {
    all: u64,
    on_terminal: bool,
    said: usize,
}

impl Progress {
    /// Articles between two lines where no line can be written over.
    const STEP: usize = 10_000;

    fn new(all: u64, options: &Options) -> Self {
        Self { all, on_terminal: options.talks_to_terminal, said: 0 }
    }

    /// A closed standard error stops nothing.
    fn tell(&mut self, talk: &mut dyn Write, done: usize) {
        let all = grouped(self.all);
        if self.on_terminal {
            let _ = write!(talk, "\r{} of {all} articles read", grouped(done as u64));
            let _ = talk.flush();
        } else if done / Self::STEP > self.said {
            self.said = done / Self::STEP;
            let _ = writeln!(talk, "{} of {all} articles read", grouped(done as u64));
        }
    }

    fn end(&self, talk: &mut dyn Write) {
        if self.on_terminal {
            let _ = write!(talk, "\r{:60}\r", "");
            let _ = talk.flush();
        }
    }
}
