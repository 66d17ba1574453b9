//! Entries folded: one record an event, with its reports.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::entry::Report;
use crate::model::event::AccessEvent;
use crate::model::taxonomy::Taxonomy;
use crate::model::when::day_of;

/// The chain, folded. What it answers is in `cell`; the stage `ledger` makes it.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// One a event, by entry number.
    pub records: Vec<Record>,
    /// Lower hex SHA-256 of the last line; 64 zeros for an empty chain.
    pub head: String,
    /// Number of entries in the chain.
    pub entries: u64,
    /// Who belongs where: regions in groups, products in families.
    pub taxonomy: Arc<Taxonomy>,
    /// Places in `records` by vendor (`None`: AI in general), so that a cell reads its own vendor's records alone.
    by_vendor: BTreeMap<Option<String>, Vec<usize>>,
    /// The last day on which something was seen or entered.
    latest: Date,
}

/// One event on record.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its entry's place in the chain.
    pub n: u64,
    /// Its entry's hash, lower hex.
    pub hash: String,
    /// The hash of the entry before.
    pub prev: String,
    /// When it was entered.
    pub recorded: Timestamp,
    /// The story that it was taken from.
    pub story: String,
    /// What happened; `evidence` empty.
    pub event: AccessEvent,
    /// Which layer it decides.
    pub layer: Layer,
    /// Every article that tells of it, by first seen.
    pub reports: Vec<Report>,
    /// How well it is known.
    pub standing: Standing,
    /// The first day on which it counts. With a month only: the earlier of the first report's day and the month's end.
    pub begins: Date,
    /// Whether `begins` is the stated day, and not merely the day by which it held.
    pub day_known: bool,
    /// It changes nothing yet: proposed, considered, rumoured, or announced for a day to come or without a day.
    pub pending: bool,
    /// Entries of the events that deny it.
    pub disputed_by: Vec<u64>,
    /// The entry that closed the state it opened, and the day.
    pub closed: Option<(u64, Date)>,
    /// The entry that superseded it (`None` inside: withdrawn), and why.
    pub superseded: Option<(Option<u64>, String)>,
    /// When it was superseded; `None` while it stands.
    pub superseded_at: Option<Timestamp>,
}

/// Which of the three layers shut the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// The vendor decides.
    Terms,
    /// A government, regulator or court decides.
    Law,
    /// The bank or company itself decides.
    Policy,
}

/// How well an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// One origin.
    SingleSource,
    /// Two origins or more.
    Corroborated,
    /// The actor's or authority's own page.
    Official,
}

impl Record {
    /// The day of its first report, as the reports date themselves; with a month only, the month's end, but never after
    /// we saw it. Reports that only look back count only where there are no others.
    pub fn first_reported(&self) -> Date {
        let day = |report: &Report| report.published.last().min(day_of(report.seen));
        let own = self.reports.iter().filter(|report| !report.evidence_only).map(day).min();
        own.or_else(|| self.reports.iter().map(day).min()).unwrap_or_else(|| day_of(self.recorded))
    }

    /// The last day on which it changed: was reported again, entered or superseded.
    fn last_change(&self) -> Date {
        let seen = self.reports.iter().map(|report| report.seen).max();
        [seen, Some(self.recorded), self.superseded_at].into_iter().flatten().max().map_or(Date::MIN, day_of)
    }

    /// When we first saw a report of it.
    pub fn first_seen(&self) -> Timestamp {
        self.reports.iter().map(|report| report.seen).min().unwrap_or(self.recorded)
    }

    /// The reports that count: no copies, no leads, and none that only look back. By first seen.
    pub fn accounts(&self) -> impl Iterator<Item = &Report> {
        self.reports.iter().filter(|report| !report.evidence_only)
    }

    /// Number of distinct origins among the reports that count.
    pub fn origins(&self) -> usize {
        distinct(self.accounts().map(|report| report.origin.as_str()))
    }

    /// Number of distinct outlets among the reports that count; among all its articles where none does.
    pub fn outlets(&self) -> usize {
        match distinct(self.accounts().map(|report| report.outlet.as_str())) {
            0 => distinct(self.reports.iter().map(|report| report.outlet.as_str())),
            outlets => outlets,
        }
    }

    /// Whether it still counts: neither superseded nor withdrawn.
    pub fn stands(&self) -> bool {
        self.superseded.is_none()
    }
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.collect::<std::collections::BTreeSet<_>>().len()
}

impl Ledger {
    /// Folded records, in order of their entry numbers.
    pub fn new(records: Vec<Record>, head: String, entries: u64, taxonomy: Arc<Taxonomy>) -> Self {
        let mut by_vendor: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for (place, record) in records.iter().enumerate() {
            by_vendor.entry(record.event.vendor.clone()).or_default().push(place);
        }
        let latest = records.iter().map(Record::last_change).max().unwrap_or(Date::MIN);
        Self { records, head, entries, taxonomy, by_vendor, latest }
    }

    /// The last day on which something was seen or entered; the first day that there is for an empty ledger.
    pub fn latest(&self) -> Date {
        self.latest
    }

    /// The ledger before its first entry.
    pub fn empty(taxonomy: Arc<Taxonomy>) -> Self {
        Self::new(Vec::new(), "0".repeat(64), 0, taxonomy)
    }

    /// The standing records about a vendor's technology, and those about AI in general, by entry number within each.
    pub fn about<'a>(&'a self, vendor: Option<&str>) -> impl Iterator<Item = &'a Record> {
        let named = vendor.map(|vendor| Some(vendor.to_string()));
        let places = [named, Some(None)].into_iter().flatten().filter_map(|key| self.by_vendor.get(&key)).flatten();
        places.map(|&place| &self.records[place]).filter(|record| record.stands())
    }

    /// The record opened by an entry.
    pub fn record(&self, n: u64) -> Option<&Record> {
        self.records.binary_search_by_key(&n, |record| record.n).ok().map(|at| &self.records[at])
    }

    /// Records that still count, by entry number.
    pub fn standing(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.stands())
    }

    /// The records taken from a story, by entry number.
    pub fn of_story<'a>(&'a self, story: &'a str) -> impl Iterator<Item = &'a Record> {
        self.standing().filter(move |record| record.story == story)
    }
}
