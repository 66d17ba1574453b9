//! Enters what happened into a chain, and folds the chain to what held when. Pure.
//!
//! Stories become observations (one an event that an article tells of), observations of one event become a target (what the
//! record ought to say), and what the chain lacks of the targets is appended. Folding goes the other way: lines are checked,
//! entries become records, and records learn what closes and what disputes them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::model::ledger::{Entry, Ledger};
use crate::model::story::Story;
use crate::model::taxonomy::Taxonomy;

/// One an event that an article tells of.
mod observe;

/// Which observations are of one event.
mod merge;

/// What the record ought to say of an event.
mod target;

/// What the chain lacks.
mod append;

/// Lines, hashes and their order.
mod chain;

/// From lines to records.
mod fold;

/// What closes and what disputes a record.
mod relate;

/// Whole chains from text in, cells as text out.
#[cfg(test)]
mod tests;

/// A chain that does not fit.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("entry {n} does not fit: {reason}")]
pub struct Broken {
    /// The first entry that does not fit, from 1.
    pub n: u64,
    /// In which way.
    pub reason: String,
}

/// The entries to append so that the record holds what the stories say, in chain order, with their `n` and `prev` set.
/// Nothing when the record says it all already. `stories` in any order; `now` becomes the entries' time.
///
/// Give every story: then the standing records are a function of the stories alone, however they arrived. What the record
/// holds of articles that are in no story given is kept.
pub fn append(ledger: &Ledger, stories: &[Story], now: Timestamp) -> Vec<Entry> {
    append::append(ledger, stories, now)
}

/// The exact line of an entry, without line end. Its SHA-256 is the entry's hash.
pub fn line(entry: &Entry) -> String {
    chain::line(entry)
}

/// Lower hex SHA-256 of a line: the hash of its entry.
pub fn hash(line: &str) -> String {
    chain::hash(line)
}

/// Folds a chain. Checks every hash on the way. `today` decides what is pending.
pub fn fold(chain: &[String], taxonomy: Arc<Taxonomy>, today: Date) -> Result<Ledger, Broken> {
    fold::fold(chain, taxonomy, today)
}

/// Checks a chain: every line follows the one before, and the last has the hash `head` where one is given; or `head` is the
/// hash of some line in it, for a head that somebody kept earlier. Gives the chain's own head.
pub fn verify<'a>(lines: impl Iterator<Item = &'a str>, head: Option<&str>) -> Result<String, Broken> {
    chain::verify(lines, head)
}
