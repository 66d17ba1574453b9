//! The record as it was known on an earlier day: what had been seen by then, with the values that were entered by then.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::record::{Ledger, Record};
use crate::model::event::Status;
use crate::model::when::day_of;

impl Ledger {
    /// The record by what had been seen up to and including a day. An event that was entered later than it was seen counts
    /// from the day it was seen, but a correction counts from the day it was made. `head` and `entries` stay the chain's.
    pub fn as_known(&self, known: Date) -> Self {
        let made_later = |record: &&Record| record.superseded_at.is_some_and(|at| day_of(at) > known);
        let corrections: BTreeSet<u64> =
            self.records.iter().filter(made_later).filter_map(|record| record.superseded.as_ref()?.0).collect();
        let there = |record: &&Record| {
            let replaced = record.superseded_at.is_some_and(|at| day_of(at) <= known);
            day_of(record.first_seen()) <= known && !replaced && !corrections.contains(&record.n)
        };
        let kept: BTreeSet<u64> = self.records.iter().filter(there).map(|record| record.n).collect();
        let records = self.records.iter().filter(there).map(|record| earlier(record, &kept, known)).collect();
        Self::new(records, self.head.clone(), self.entries, self.taxonomy.clone())
    }
}

/// A record without what was seen after a day.
fn earlier(record: &Record, kept: &BTreeSet<u64>, known: Date) -> Record {
    let mut record = record.clone();
    record.reports.retain(|report| day_of(report.seen) <= known);
    record.superseded = None;
    record.superseded_at = None;
    record.disputed_by.retain(|n| kept.contains(n));
    let ended = record.reports.iter().any(|report| report.status == Status::Ended);
    record.closed = record.closed.filter(|(n, _)| if *n == record.n { ended } else { kept.contains(n) });
    record.settle(known);
    record
}
