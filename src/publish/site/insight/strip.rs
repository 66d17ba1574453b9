//! The events that a story stands on, in time, with the interval written between them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::insight::Insight;
use crate::model::ledger::Record;
use crate::publish::site::desk::Desk;
use crate::publish::site::says::{self, Mark, Stated};
use crate::publish::site::words::Words;

/// Steps that a strip has room for.
const STEPS: usize = 6;

/// A fact that rests on more entries counts them, and is no precedent.
const ENTRIES_OF_A_PRECEDENT: usize = 4;

/// One event.
#[derive(Serialize)]
pub struct Step {
    pub date: Stated,
    pub mark: Mark,
    pub text: String,
    pub href: Option<String>,
    /// "51 days later", where both days are known.
    pub gap: Option<String>,
    /// It is the story's own.
    pub here: bool,
}

/// The entries that the commentary rests on, and the story's own; empty where that one stands alone.
pub fn strip(desk: &Desk<'_>, insight: &Insight, own: Option<&Record>, words: &Words) -> Vec<Step> {
    let Some(own) = own else { return Vec::new() };
    let few = insight.facts.iter().filter(|fact| fact.entries.len() <= ENTRIES_OF_A_PRECEDENT);
    let numbers: BTreeSet<u64> = few.flat_map(|fact| fact.entries.iter().copied()).chain([own.n]).collect();
    let ledger = &desk.material.ledger;
    let mut records: Vec<&Record> = numbers.iter().filter_map(|&n| ledger.record(n)).filter(|record| record.stands()).collect();
    records.sort_by_key(|record| (record.begins, record.n));
    if records.len() > STEPS {
        records = nearest(records, own);
    }
    if records.len() < 2 {
        return Vec::new();
    }
    let next = records.iter().skip(1).map(Some).chain([None]);
    records.iter().zip(next).map(|(record, next)| step(desk, record, next.copied(), own.n, words)).collect()
}

/// The steps nearest to the story's own in time, in order.
fn nearest<'a>(records: Vec<&'a Record>, own: &Record) -> Vec<&'a Record> {
    let distance = |record: &&Record| record.begins.duration_since(own.begins).abs();
    let mut kept = records;
    kept.sort_by_key(|record| (record.n != own.n, distance(record), record.n));
    kept.truncate(STEPS);
    kept.sort_by_key(|record| (record.begins, record.n));
    kept
}

fn step(desk: &Desk<'_>, record: &Record, next: Option<&Record>, own: u64, words: &Words) -> Step {
    let here = record.n == own;
    let page = desk.story(&record.story).filter(|_| !here);
    Step {
        date: says::stated(record, words, true),
        mark: says::of_record(record, words),
        text: desk.who_what(&record.event, words),
        href: page.map(|covered| desk.story_href(covered, &words.lang)),
        gap: next.and_then(|next| gap(record, next, words)),
        here,
    }
}

/// No interval is computed from a date that is no day.
fn gap(record: &Record, next: &Record, words: &Words) -> Option<String> {
    let days = (record.day_known && next.day_known).then(|| next.begins.duration_since(record.begins).as_hours() / 24)?;
    usize::try_from(days).ok().filter(|days| *days > 0).map(|days| words.count("days_later", days))
}
