//! From lines to records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Broken;
use super::chain::{follows, genesis, hash};
use super::relate::relate;
use crate::model::ledger::{Entry, Layer, Ledger, Record, Report, Standing, What};
use crate::model::taxonomy::Taxonomy;

pub(super) fn fold(chain: &[String], taxonomy: Arc<Taxonomy>, today: Date) -> Result<Ledger, Broken> {
    let mut records = BTreeMap::new();
    let mut prev = genesis();
    for (n, line) in (1..).zip(chain) {
        follows(line, n, &prev)?;
        let own = hash(line);
        let entry: Entry =
            serde_json::from_str(line).map_err(|cause| Broken { n, reason: format!("it cannot be read, {cause}") })?;
        enter(&mut records, entry, own.clone()).map_err(|reason| Broken { n, reason })?;
        prev = own;
    }
    let mut records: Vec<Record> = records.into_values().collect();
    for record in &mut records {
        record.reports.sort_by(|a, b| (a.seen, &a.article).cmp(&(b.seen, &b.article)));
        record.settle(today);
    }
    relate(&mut records, &taxonomy);
    Ok(Ledger::new(records, prev, chain.len() as u64, taxonomy))
}

fn enter(records: &mut BTreeMap<u64, Record>, entry: Entry, hash: String) -> Result<(), String> {
    let unknown = |of: u64| format!("it speaks of entry {of}, which opens no record");
    match entry.what.clone() {
        What::Event { story, event, reports } => {
            let record = Record {
                n: entry.n,
                hash,
                prev: entry.prev,
                recorded: entry.at,
                story,
                layer: Layer::of(&event),
                event,
                reports,
                standing: Standing::SingleSource,
                begins: Date::MIN,
                day_known: false,
                pending: false,
                disputed_by: Vec::new(),
                closed: None,
                superseded: None,
                superseded_at: None,
            };
            records.insert(entry.n, record);
        }
        What::Reports { of, reports } => {
            let record = records.get_mut(&of).ok_or_else(|| unknown(of))?;
            reports.into_iter().for_each(|report| put(&mut record.reports, report));
        }
        What::Supersede { of, by, reason } => {
            if let Some(by) = by.filter(|by| !records.contains_key(by)) {
                return Err(unknown(by));
            }
            let record = records.get_mut(&of).ok_or_else(|| unknown(of))?;
            record.superseded = Some((by, reason));
            record.superseded_at = Some(entry.at);
        }
    }
    Ok(())
}

/// An article reports an event once; what is said of it later holds.
fn put(reports: &mut Vec<Report>, report: Report) {
    match reports.iter_mut().find(|known| known.article == report.article) {
        Some(known) => *known = report,
        None => reports.push(report),
    }
}
