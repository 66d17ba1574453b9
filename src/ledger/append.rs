//! What the chain lacks of what the stories say.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::chain::{hash, line};
use super::merge::merge;
use super::observe::observe;
use super::target::{Target, target};
use crate::model::event::AccessEvent;
use crate::model::ledger::{Entry, Family, Ledger, Record, Report, What};
use crate::model::story::Story;

pub(super) fn append(ledger: &Ledger, stories: &[Story], now: Timestamp) -> Vec<Entry> {
    let seen = observe(ledger, stories);
    let mut targets: Vec<Target> = merge(&seen, &ledger.taxonomy).iter().map(|group| target(group)).collect();
    targets.sort_by_cached_key(order);
    let matched = matches(ledger, &targets);
    let mut writer = Writer { n: ledger.entries, prev: ledger.head.clone(), now, entries: Vec::new() };
    for (at, target) in targets.iter().enumerate() {
        writer.enter(target, matched.by_target.get(&at).map_or(&[][..], Vec::as_slice));
    }
    for record in matched.without {
        writer.push(What::Supersede { of: record.n, by: None, reason: "no article is read to say so any more".into() });
    }
    writer.entries
}

/// In the order in which the events became known; what is equal there, by content.
fn order(target: &Target) -> (Timestamp, String, String) {
    let seen = target.reports.first().map_or(Timestamp::MIN, |report| report.seen);
    (seen, target.story.clone(), serde_json::to_string(&target.event).unwrap_or_default())
}

/// Which records hold which targets.
struct Matches<'a> {
    /// By place of the target; records by number.
    by_target: BTreeMap<usize, Vec<&'a Record>>,
    /// Records of which no article tells any more.
    without: Vec<&'a Record>,
}

/// A record holds the target that most of its articles now tell of; of equals the one with its very values.
fn matches<'a>(ledger: &'a Ledger, targets: &[Target]) -> Matches<'a> {
    type Key<'t> = (&'t str, Option<&'t str>, Family);
    let mut telling: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, target) in targets.iter().enumerate() {
        for report in &target.reports {
            let key = (report.article.as_str(), target.event.actor.as_deref(), target.event.action.family());
            telling.entry(key).or_default().push(at);
        }
    }
    let mut found = Matches { by_target: BTreeMap::new(), without: Vec::new() };
    for record in ledger.standing() {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for report in &record.reports {
            let key = (report.article.as_str(), record.event.actor.as_deref(), record.event.action.family());
            telling.get(&key).into_iter().flatten().for_each(|at| *votes.entry(*at).or_default() += 1);
        }
        let best =
            votes.into_iter().max_by_key(|(at, count)| (likeness(&targets[*at].event, &record.event), *count, usize::MAX - at));
        match best {
            Some((at, _)) => found.by_target.entry(at).or_default().push(record),
            None => found.without.push(record),
        }
    }
    found
}

/// How many of the values that tell events apart are equal.
fn likeness(one: &AccessEvent, other: &AccessEvent) -> usize {
    [
        one.vendor == other.vendor,
        one.product == other.product,
        one.regions == other.regions,
        one.audience == other.audience,
        one.date == other.date,
        one.action == other.action,
    ]
    .iter()
    .filter(|equal| **equal)
    .count()
}

/// Writes entries, each with the hash of the one before.
struct Writer {
    n: u64,
    prev: String,
    now: Timestamp,
    entries: Vec<Entry>,
}

impl Writer {
    fn push(&mut self, what: What) -> u64 {
        self.n += 1;
        let entry = Entry { n: self.n, prev: self.prev.clone(), at: self.now, what };
        self.prev = hash(&line(&entry));
        self.entries.push(entry);
        self.n
    }

    /// Keeps the oldest record that says the same, with whatever reports are new; else opens one in place of all.
    fn enter(&mut self, target: &Target, records: &[&Record]) {
        let kept = records.iter().find(|record| says_the_same(record, target));
        let by = match kept {
            Some(record) => {
                let new: Vec<Report> = target.reports.iter().filter(|report| !record.reports.contains(report)).cloned().collect();
                if !new.is_empty() {
                    self.push(What::Reports { of: record.n, reports: new });
                }
                record.n
            }
            None => {
                let Target { story, event, reports } = target.clone();
                self.push(What::Event { story, event, reports })
            }
        };
        for record in records.iter().filter(|record| record.n != by) {
            let reason = reason(record, target);
            self.push(What::Supersede { of: record.n, by: Some(by), reason });
        }
    }
}

/// Whether nothing of a record has to be taken back: equal values, and no report lost.
fn says_the_same(record: &Record, target: &Target) -> bool {
    let told = |report: &Report| target.reports.iter().any(|other| other.article == report.article);
    record.story == target.story && record.event == target.event && record.reports.iter().all(told)
}

/// Why a record is replaced, as pages print it.
fn reason(record: &Record, target: &Target) -> String {
    let (old, new) = (&record.event, &target.event);
    let fields = [
        ("action", old.action != new.action),
        ("vendor", old.vendor != new.vendor),
        ("product", old.product != new.product),
        ("places", old.regions != new.regions),
        ("audience", old.audience != new.audience),
        ("ground", old.instrument != new.instrument),
        ("stage", old.status != new.status),
        ("date", old.date != new.date),
        ("story", record.story != target.story),
    ];
    let changed: Vec<&str> = fields.iter().filter(|(_, changed)| *changed).map(|(name, _)| *name).collect();
    if changed.is_empty() {
        return "its reports were found to be of one event with others".into();
    }
    format!("read anew from its reports: {}", crate::model::words::list(&changed))
}
