//! What the record ought to say of an event: what most of its own reports say, in each field for itself.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::observe::Observation;
use crate::model::event::{AccessEvent, Instrument, Status};
use crate::model::ledger::Report;
use crate::model::when::{PartialDate, Precision};

/// Reports of the last days of news, counted back from the newest, decide the stage: a plan becomes a deed.
const STAGE_DAYS: i32 = 3;

/// An event with its reports.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Target {
    /// The story of its earliest own report.
    pub story: String,
    /// Its values; `evidence` empty.
    pub event: AccessEvent,
    /// One an article, by first seen, then article.
    pub reports: Vec<Report>,
}

/// The target of observations of one event. They are never none.
pub(super) fn target(group: &[&Observation]) -> Target {
    let own: Vec<&Observation> = group.iter().copied().filter(|one| !one.report.evidence_only).collect();
    let news: Vec<&Observation> = group.iter().copied().filter(|one| !one.recalled).collect();
    let voters = [own, news].into_iter().find(|voters| !voters.is_empty()).unwrap_or_else(|| group.to_vec());
    let first = voters[0];
    let event = AccessEvent {
        actor: first.event.actor.clone(),
        actor_kind: first.event.actor_kind,
        action: most(&voters, |one| Some(one.event.action)).unwrap_or(first.event.action),
        vendor: most(&voters, |one| one.event.vendor.clone()),
        product: most(&voters, |one| one.event.product.clone()),
        regions: regions(&voters),
        audience: most(&voters, |one| Some(one.event.audience)).unwrap_or(first.event.audience),
        instrument: ground(&voters),
        status: status(&voters),
        date: date(&voters),
        recalled: false,
        evidence: Vec::new(),
    };
    Target { story: first.story.clone(), event, reports: reports(group) }
}

/// The value that most voters give; of equals the smallest, so that the order of arrival decides nothing.
fn most<T: Ord>(voters: &[&Observation], value: impl Fn(&Observation) -> Option<T>) -> Option<T> {
    let mut votes: BTreeMap<T, usize> = BTreeMap::new();
    for value in voters.iter().filter_map(|one| value(one)) {
        *votes.entry(value).or_default() += 1;
    }
    votes.into_iter().map(|(value, count)| (Reverse(count), value)).min().map(|(_, value)| value)
}

/// Each region that half of those who name any name; else the set that most name.
fn regions(voters: &[&Observation]) -> Vec<String> {
    let naming: Vec<&&Observation> = voters.iter().filter(|one| !one.event.regions.is_empty()).collect();
    let mut votes: BTreeMap<&String, usize> = BTreeMap::new();
    for region in naming.iter().flat_map(|one| &one.event.regions) {
        *votes.entry(region).or_default() += 1;
    }
    let named: Vec<String> =
        votes.iter().filter(|(_, count)| **count * 2 >= naming.len()).map(|(region, _)| (*region).clone()).collect();
    if !named.is_empty() || naming.is_empty() {
        return named;
    }
    most(voters, |one| Some(one.event.regions.clone()).filter(|regions| !regions.is_empty())).unwrap_or_default()
}

/// The ground that most state; none only where nobody states one.
fn ground(voters: &[&Observation]) -> Instrument {
    let stated = |one: &Observation| Some(one.event.instrument).filter(|ground| *ground != Instrument::NoneStated);
    most(voters, stated).unwrap_or(Instrument::NoneStated)
}

/// The stage that most reports give, or most of the newest where they are further: a plan becomes a deed, and one late report
/// does not make it a plan again. Of equals the furthest. An end is kept apart: it closes, it is no stage.
fn status(voters: &[&Observation]) -> Status {
    let day = |one: &Observation| one.report.published.last();
    let staged: Vec<&Observation> = voters.iter().copied().filter(|one| one.event.status != Status::Ended).collect();
    let Some(newest) = staged.iter().map(|one| day(one)).max() else { return Status::Ended };
    let late = |one: &&&Observation| day(one).until(newest).is_ok_and(|span| span.get_days() <= STAGE_DAYS);
    let late: Vec<&Observation> = staged.iter().filter(late).copied().collect();
    let stage = |voters: &[&Observation]| most(voters, |one| Some(Reverse(place(one.event.status)))).map(|Reverse(at)| at);
    stage(&staged).max(stage(&late)).map_or(Status::InForce, |at| STAGES[at])
}

const STAGES: [Status; 5] = [Status::Rumoured, Status::Considered, Status::Proposed, Status::Announced, Status::InForce];

fn place(status: Status) -> usize {
    STAGES.iter().position(|stage| *stage == status).unwrap_or(STAGES.len() - 1)
}

/// The day that most state, else the month, else the year.
fn date(voters: &[&Observation]) -> Option<PartialDate> {
    let of = |wanted: Precision| most(voters, |one| one.event.date.filter(|date| date.precision() == wanted));
    of(Precision::Day).or_else(|| of(Precision::Month)).or_else(|| of(Precision::Year))
}

/// One an article: where it tells of the event twice, its own report before a recollection.
fn reports(group: &[&Observation]) -> Vec<Report> {
    let mut by_article: BTreeMap<&str, &Observation> = BTreeMap::new();
    for one in group {
        let kept = by_article.entry(&one.report.article).or_insert(one);
        if (one.report.evidence_only, one.place) < (kept.report.evidence_only, kept.place) {
            *kept = one;
        }
    }
    let mut reports: Vec<Report> = by_article.into_values().map(|one| one.report.clone()).collect();
    reports.sort_by(|a, b| (a.seen, &a.article).cmp(&(b.seen, &b.article)));
    reports
}
