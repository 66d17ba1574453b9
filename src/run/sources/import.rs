//! Adds what a list of another program has and `feeds.toml` has not.

use std::io::Read;
use std::path::Path;

use super::{Book, NotDone};
use crate::fetch;
use crate::model::words::grouped;
use crate::run::{Outcome, RunError, Streams, say, tell};
use crate::sources::edit::{Additions, Entry};
use crate::sources::opml::{self, Outline};
use crate::{inputs, read};

/// Longest list in MiB: one of 20,000 feeds has about six.
const MOST_MEBIBYTES: usize = 16;

/// What is wished.
pub(super) struct Wish {
    /// The group of feeds in no folder with a group's name.
    pub(super) group: String,
    /// Nothing is written.
    pub(super) dry_run: bool,
}

/// Adds every feed of a list that is not there yet, and says of each what became of it.
pub(super) fn import(book: &mut Book, file: &Path, wish: &Wish, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let name = if file == Path::new("-") { "standard input".to_string() } else { file.display().to_string() };
    let bytes = bytes(file, streams)?;
    if bytes.len() > MOST_MEBIBYTES << 20 {
        return Err(NotDone::TooLarge(name, MOST_MEBIBYTES).into());
    }
    let list = opml::read(&read::decoded(&bytes), &wish.group).map_err(|cause| NotDone::NoOpml(name.clone(), cause))?;
    let mut additions = book.additions();
    let mut tally = Tally::default();
    for outline in &list.outlines {
        tally.take(outline, &name, &mut additions);
    }
    if let Some((line, reason)) = &list.broken {
        tally.refused.push(format!("{name}:{line}: reading ended here: {reason}"));
    }
    if wish.dry_run {
        write!(streams.output, "{}", additions.written()).map_err(RunError::Output)?;
    } else if !tally.added.is_empty() {
        book.save(additions, streams)?;
    }
    tally.tell(wish.dry_run, streams)
}

fn bytes(file: &Path, streams: &mut Streams<'_>) -> Result<Vec<u8>, RunError> {
    let most = MOST_MEBIBYTES << 20;
    if file != Path::new("-") {
        return Ok(inputs::bytes(file, most)?);
    }
    let mut bytes = Vec::new();
    (&mut streams.input).take(most as u64 + 1).read_to_end(&mut bytes).map_err(RunError::Input)?;
    Ok(bytes)
}

#[derive(Default)]
struct Tally {
    added: Vec<String>,
    known: usize,
    refused: Vec<String>,
}

impl Tally {
    fn take(&mut self, outline: &Outline, file: &str, additions: &mut Additions<'_>) {
        match outline.entry.as_ref().map_err(Clone::clone).and_then(public) {
            Ok(entry) if additions.known(&entry.url).is_some() => self.known += 1,
            Ok(entry) => {
                let id = additions.add(entry);
                self.added.push(format!("{id}  {}", entry.url));
            }
            Err(reason) => self.refused.push(format!("{file}:{}: \"{}\": {reason}", outline.line, outline.name)),
        }
    }

    /// Results go to standard output, unless the tables themselves went there.
    fn tell(&self, dry_run: bool, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
        let added = self.added.iter().map(|line| format!("added     {line}"));
        let refused = self.refused.iter().map(|line| format!("refused   {line}"));
        let number = |number: usize| grouped(number as u64);
        let (verb, total) = (if dry_run { "would add" } else { "added" }, number(self.added.len()));
        let sum = format!("{verb} {total}, already there {}, refused {}", number(self.known), number(self.refused.len()));
        for line in added.filter(|_| !dry_run).chain(refused).chain([sum]) {
            if dry_run { tell(streams.talk, &line) } else { say(streams, &line)? }
        }
        Ok(if self.refused.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
    }
}

fn public(entry: &Entry) -> Result<&Entry, String> {
    match fetch::is_written_public(&entry.url) {
        Ok(()) => Ok(entry),
        Err(barred) => Err(format!("{barred}; add it by hand, with allow_private = true, if it is your own")),
    }
}
