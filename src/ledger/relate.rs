//! What closes and what disputes a record.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::event::{Action, ActorKind, Audience, Status};
use crate::model::ledger::{Family, Record};
use crate::model::taxonomy::{AuthorityKind, Kind, Taxonomy};
use crate::model::when::day_of;

/// A denial this long after, or before, a report is of something else.
const DENIAL_DAYS: i32 = 60;

/// Sets `closed` and `disputed_by` of every record that stands.
pub(super) fn relate(records: &mut [Record], taxonomy: &Taxonomy) {
    let mut openers: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
    let mut denials: Vec<usize> = Vec::new();
    for (place, record) in records.iter().enumerate().filter(|(_, record)| record.stands()) {
        match record.event.action.family() {
            Family::Opens if !waits(record) => openers.entry(record.event.vendor.clone()).or_default().push(place),
            Family::Denies => denials.push(place),
            _ => {}
        }
    }
    for place in 0..records.len() {
        let record = &records[place];
        if !record.stands() || matches!(record.event.action.family(), Family::Denies) {
            continue;
        }
        let closers = [closing(record, records, &openers, taxonomy), ended(record)];
        let closed = closers.into_iter().flatten().min_by_key(|(_, day)| *day);
        let disputed_by = denials
            .iter()
            .map(|&at| &records[at])
            .filter(|denial| denies(denial, record, taxonomy))
            .map(|denial| denial.n)
            .collect();
        let record = &mut records[place];
        (record.closed, record.disputed_by) = (closed, disputed_by);
    }
}

/// Whether it opens nothing by itself: only proposed, considered, rumoured, or announced without a day.
fn waits(record: &Record) -> bool {
    match record.event.status {
        Status::Proposed | Status::Considered | Status::Rumoured | Status::Ended => true,
        Status::Announced => record.event.date.is_none(),
        Status::InForce => false,
    }
}

/// The earliest opening that covers a closing record and may close it.
fn closing(
    record: &Record,
    records: &[Record],
    openers: &BTreeMap<Option<String>, Vec<usize>>,
    taxonomy: &Taxonomy,
) -> Option<(u64, Date)> {
    if record.event.action.family() != Family::Closes {
        return None;
    }
    let candidates = openers.get(&record.event.vendor)?.iter().map(|&at| &records[at]);
    let closers = candidates
        .filter(|opener| reverses(opener, record) && covers(opener, record, taxonomy) && may_close(opener, record, taxonomy));
    closers.map(|opener| (opener.begins, opener.n)).min().map(|(day, n)| (n, day))
}

/// A restoration reverses whatever stood when it began. A grant does so only as later news of its own: told with a limit, it
/// says what the limit leaves open.
fn reverses(opener: &Record, record: &Record) -> bool {
    let later = opener.begins > record.begins && opener.begins > record.first_reported() && opener.story != record.story;
    opener.begins >= record.begins && (opener.event.action == Action::Restore || later)
}

/// Closed by its own reports: one says that it has ended.
fn ended(record: &Record) -> Option<(u64, Date)> {
    let told = record.reports.iter().filter(|report| report.status == Status::Ended);
    let day = told.map(|report| report.published.last().min(day_of(report.seen))).min()?;
    Some((record.n, day.max(record.begins)))
}

/// Whether an opening takes in all that a record closed: product, places, people.
fn covers(opener: &Record, record: &Record, taxonomy: &Taxonomy) -> bool {
    let (wide, narrow) = (&opener.event, &record.event);
    let product = wide.product.is_none()
        || wide.product == narrow.product
        || narrow.product.as_deref().is_some_and(|part| {
            taxonomy.get(Kind::Product, part).and_then(|product| product.parent.as_ref()) == wide.product.as_ref()
        });
    let inside = |region: &String| wide.regions.iter().any(|outer| taxonomy.within(region, outer));
    let places = if narrow.regions.is_empty() { wide.regions.is_empty() } else { narrow.regions.iter().all(inside) };
    // A grant of one use of AI does not lift what restricts another: where no product is named, only a restoration closes.
    let same_thing = wide.vendor.is_some() || wide.action == Action::Restore;
    let public = matches!(wide.audience, Audience::Public) && narrow.audience != Audience::GovernmentStaff;
    same_thing && product && places && (public || wide.audience == narrow.audience || narrow.audience == Audience::Other)
}

/// Only the same actor, its superior or a court of that state closes its state.
fn may_close(opener: &Record, record: &Record, taxonomy: &Taxonomy) -> bool {
    let (Some(by), Some(of)) = (opener.event.actor.as_deref(), record.event.actor.as_deref()) else { return false };
    if by == of {
        return true;
    }
    let states = [opener, record].iter().all(|record| record.event.actor_kind == Some(ActorKind::Government));
    let same_state = by.split_once('-').map(|(state, _)| state) == of.split_once('-').map(|(state, _)| state);
    states && same_state && (is_court(by, taxonomy) || is_state_itself(by) || is_state_itself(of))
}

fn is_court(authority: &str, taxonomy: &Taxonomy) -> bool {
    let kind = taxonomy.get(Kind::Authority, authority).and_then(|member| member.authority);
    kind.map_or_else(|| authority.split('-').any(|word| word == "court"), |kind| kind == AuthorityKind::Court)
}

/// The head of a state, or the state where no body is named: superior to its bodies, and possibly any of them.
fn is_state_itself(authority: &str) -> bool {
    const HEADS: [&str; 6] = ["government", "cabinet", "white-house", "president", "parliament", "congress"];
    authority.split_once('-').is_some_and(|(_, body)| HEADS.contains(&body))
}

/// A party to what is reported denies it, near in time.
fn denies(denial: &Record, record: &Record, taxonomy: &Taxonomy) -> bool {
    let (no, yes) = (&denial.event, &record.event);
    let party = no.actor.is_none() || no.actor == yes.actor || no.actor == yes.vendor || yes.actor.is_none();
    let vendor = no.vendor.is_none() || no.vendor == yes.vendor;
    let product = no.product.is_none() || yes.product.is_none() || no.product == yes.product;
    let meets = |a: &String| yes.regions.iter().any(|b| taxonomy.within(a, b) || taxonomy.within(b, a));
    let place = no.regions.is_empty() || yes.regions.is_empty() || no.regions.iter().any(meets);
    let about = vendor && product && place && (no.vendor.is_some() || no.actor.is_some() || denial.story == record.story);
    let restricts = matches!(yes.action.family(), Family::Closes | Family::Asks);
    party && about && restricts && days_apart(denial.first_reported(), record.first_reported()) <= DENIAL_DAYS
}

fn days_apart(one: Date, other: Date) -> i32 {
    one.until(other).map_or(i32::MAX, |span| span.get_days().abs())
}
