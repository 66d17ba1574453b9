//! One observation an event that an article tells of.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::event::{AccessEvent, ActorKind, Audience};
use crate::model::ledger::{Family, Layer, Ledger, Record, Report};
use crate::model::story::{Story, Told};

/// An event as one article tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Observation {
    /// The story that it belongs to.
    pub story: String,
    /// The event's place among the article's.
    pub place: usize,
    /// Its values; `evidence` empty.
    pub event: AccessEvent,
    /// The article, as a report of it.
    pub report: Report,
    /// The article only looks back at it.
    pub recalled: bool,
}

impl Observation {
    /// What all observations of one event have in common. An unknown actor is known by its story alone.
    pub fn bucket(&self) -> (Layer, Family, Option<String>, String) {
        let story = if self.event.actor.is_some() { String::new() } else { self.story.clone() };
        (Layer::of(&self.event), self.event.action.family(), self.event.actor.clone(), story)
    }
}

/// What the stories tell, and what the record holds of articles that are in none of them. In an order that does not depend on
/// the stories'.
pub(super) fn observe(ledger: &Ledger, stories: &[Story]) -> Vec<Observation> {
    let mut told: BTreeMap<&str, Vec<(&Story, &Told)>> = BTreeMap::new();
    for story in stories {
        for report in &story.reports {
            told.entry(&report.article.id).or_default().push((story, report));
        }
    }
    let given: BTreeSet<&str> = told.keys().copied().collect();
    let elsewhere = elsewhere(ledger, stories, &given);
    let mut seen: Vec<Observation> = told
        .iter_mut()
        .flat_map(|(article, tellings)| of_article(tellings, elsewhere.get(article).map_or(&[][..], Vec::as_slice)))
        .collect();
    for record in ledger.standing() {
        let elsewhere = record.reports.iter().filter(|report| !given.contains(report.article.as_str()));
        seen.extend(elsewhere.map(|report| kept(record, report)));
    }
    name_actors(&mut seen);
    seen.sort_by(|a, b| (a.report.seen, &a.report.article, a.place).cmp(&(b.report.seen, &b.report.article, b.place)));
    seen
}

/// A report that leaves the actor out means the one that the story's others name, where they name one only.
fn name_actors(seen: &mut [Observation]) {
    type Act = (String, Option<ActorKind>, Family, Option<String>, Option<String>);
    let act = |one: &Observation| -> Act {
        let event = &one.event;
        (one.story.clone(), event.actor_kind, event.action.family(), event.vendor.clone(), event.product.clone())
    };
    let mut named: BTreeMap<Act, BTreeSet<String>> = BTreeMap::new();
    for one in seen.iter().filter(|one| !one.recalled) {
        named.entry(act(one)).or_default().extend(one.event.actor.clone());
    }
    for one in seen.iter_mut().filter(|one| !one.recalled && one.event.actor.is_none() && one.event.actor_kind.is_some()) {
        if let Some([only]) = named.get(&act(one)).map(|actors| actors.iter().collect::<Vec<_>>()).as_deref() {
            one.event.actor = Some((*only).clone());
        }
    }
}

/// By article, the records of it that belong to stories that are not given.
fn elsewhere<'a>(ledger: &'a Ledger, stories: &[Story], given: &BTreeSet<&str>) -> BTreeMap<&'a str, Vec<&'a Record>> {
    let ids: BTreeSet<&str> = stories.iter().map(|story| story.id.as_str()).collect();
    let mut elsewhere: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in ledger.standing().filter(|record| !ids.contains(record.story.as_str())) {
        for report in record.reports.iter().filter(|report| given.contains(report.article.as_str())) {
            elsewhere.entry(&report.article).or_default().push(record);
        }
    }
    elsewhere
}

/// An article's events, each in the story in which the article tells it earliest, of equals in the one that tells most of it;
/// where a story that is not at hand has it on record, there.
fn of_article(tellings: &mut [(&Story, &Told)], elsewhere: &[&Record]) -> Vec<Observation> {
    tellings.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    let Some((_, first)) = tellings.first() else { return Vec::new() };
    let observation = |(place, event): (usize, &AccessEvent)| {
        let mut best = tellings[0];
        let rank = |telling: &(&Story, &Told)| {
            let at = telling.1.tagged.events.iter().position(|other| other == event);
            (std::cmp::Reverse(at.unwrap_or(usize::MAX)), tellers(telling.0, event))
        };
        for &telling in &tellings[1..] {
            if rank(&telling) > rank(&best) {
                best = telling;
            }
        }
        let kept = elsewhere.iter().find(|record| like(&record.event, event)).map(|record| record.story.as_str());
        told(kept.unwrap_or(&best.0.id), best.1, place, event)
    };
    first.tagged.events.iter().enumerate().map(observation).collect()
}

/// Number of a story's articles that tell of the like as news.
fn tellers(story: &Story, event: &AccessEvent) -> usize {
    let tells = |told: &&Told| told.tagged.events.iter().any(|other| !other.recalled && like(other, event));
    story.reports.iter().filter(tells).count()
}

/// Whether two events may be of one act, time aside.
fn like(one: &AccessEvent, other: &AccessEvent) -> bool {
    (&one.actor, &one.vendor, &one.product) == (&other.actor, &other.vendor, &other.product)
        && one.action.family() == other.action.family()
        && (one.regions == other.regions || one.regions.iter().any(|region| other.regions.contains(region)))
}

fn told(story: &str, told: &Told, place: usize, event: &AccessEvent) -> Observation {
    let article = &told.article;
    let report = Report {
        article: article.id.clone(),
        outlet: article.outlet.clone(),
        origin: told.origin.key.clone(),
        lang: article.lang.clone(),
        published: article.published().date(),
        seen: article.first_seen,
        official: article.speaks_for.is_some() && article.speaks_for == event.actor,
        evidence_only: event.recalled || article.lead || told.origin.copy_of.is_some(),
        instrument: event.instrument,
        status: event.status,
        action: event.action,
    };
    let event = AccessEvent { evidence: Vec::new(), recalled: false, ..event.clone() };
    let recalled = told.tagged.events[place].recalled;
    Observation { story: story.into(), place, event, report, recalled }
}

/// What the record holds of an article that is not at hand.
fn kept(record: &Record, report: &Report) -> Observation {
    let Report { instrument, status, action, .. } = *report;
    let event = AccessEvent { instrument, status, action, ..record.event.clone() };
    Observation { story: record.story.clone(), place: 0, event, report: report.clone(), recalled: report.evidence_only }
}

/// Audiences that newsrooms use for one another when they tell of one act.
pub(super) fn same_people(one: Audience, other: Audience) -> bool {
    let wide = |audience| {
        matches!(audience, Audience::Public | Audience::Customers | Audience::Companies | Audience::Developers | Audience::Other)
    };
    one == other || wide(one) && wide(other) || one == Audience::Other || other == Audience::Other
}
