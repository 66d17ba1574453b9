//! What the reports themselves say: the event, who reported it, the grounds, where they differ, what none of them states.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::Scene;
use super::{Found, cite};
use crate::comment::value::{Noun, Particular, Side, Value, is_done};
use crate::model::event::{AccessEvent, Action, Instrument, Status};
use crate::model::insight::Cited;
use crate::model::story::Told;
use crate::model::tagged::About;
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// Most outlets that are listed by name.
const LISTED: usize = 3;

/// All of them.
pub fn all(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = vec![event(scene)];
    found.extend(reports(scene));
    found.extend(official(scene));
    found.extend(grounds(scene));
    found.extend(dispute(scene));
    found.extend(unknown(scene));
    found
}

fn event(scene: &Scene<'_>) -> Found {
    let event = scene.event;
    let tool = (event.vendor.clone(), event.product.clone());
    let mut holes = vec![
        ("actor", actor(scene, event)),
        ("tool", Value::Tool(tool.0.clone(), tool.1.clone())),
        ("short", Value::Short(tool.0.clone(), tool.1)),
        ("whom", Value::Whom(Box::new(event.clone()))),
        ("status", Value::Status(event.status)),
        ("first_report", Value::On(PartialDate::day(scene.first_report()))),
    ];
    if let Some(vendor) = tool.0 {
        holes.push(("vendor", Value::Name(Kind::Vendor, vendor)));
    }
    if !event.regions.is_empty() {
        holes.push(("place", Value::Places(event.regions.clone())));
    }
    if let Some(date) = event.date {
        holes.push(("on", Value::On(date)));
    }
    Found::new("event", holes).on(scene.own_entry()).from(scene.event_sources()).claims([(event.action, event.status)])
}

/// Whoever acts, by name or by kind.
pub fn actor(scene: &Scene<'_>, event: &AccessEvent) -> Value {
    match event.actor.as_deref().and_then(|id| scene.taxonomy.actor(id)) {
        Some(member) => Value::Name(member.kind, member.id.clone()),
        None => Value::Unnamed(event.actor_kind),
    }
}

fn whole(scene: &Scene<'_>) -> Vec<Cited> {
    scene.event_sources()
}

fn reports(scene: &Scene<'_>) -> Option<Found> {
    let first = scene.reports.first()?;
    let on = Value::On(first.article.published().date());
    if let [only] = scene.reports[..] {
        let mut holes = vec![("outlet", Value::Outlet(only.article.outlet.clone())), ("on", on)];
        if rests_elsewhere(only) {
            holes.push(("origin", Value::Outlet(only.origin.name.clone())));
        }
        return Some(Found::new("report", holes).on(scene.own_entry()).from(whole(scene)));
    }
    let outlets: Vec<String> = distinct(scene.reports.iter().map(|told| told.article.outlet.clone()));
    let origins: BTreeSet<&str> = scene.reports.iter().map(|told| told.origin.key.as_str()).collect();
    let number = scene.reports.len() as u64;
    let mut holes = vec![
        ("count", Value::Count(number, Noun::Report)),
        ("outlets", Value::Count(outlets.len() as u64, Noun::Outlet)),
        ("origins", Value::Count(origins.len() as u64, Noun::Origin)),
        ("first", Value::Outlet(first.article.outlet.clone())),
        ("on", on),
    ];
    if outlets.len() <= LISTED {
        holes.push(("names", Value::Outlets(outlets)));
    }
    if scene.last_report() != scene.first_report() {
        holes.push(("last", Value::On(PartialDate::day(scene.last_report()))));
    }
    holes.extend(shared(scene, number));
    Some(Found::new("reports", holes).on(scene.own_entry()).from(whole(scene)))
}

/// The origin that most reports rest on, where it is another outlet's and serves two or more.
fn shared(scene: &Scene<'_>, number: u64) -> Vec<(&'static str, Value)> {
    let mut resting: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for told in scene.reports.iter().filter(|told| rests_elsewhere(told)) {
        resting.entry(&told.origin.key).or_insert((0, &told.origin.name)).0 += 1;
    }
    match resting.into_values().max_by_key(|(times, _)| *times) {
        Some((times, name)) if times > 1 => {
            vec![("shared", Value::Outlet(name.to_string())), ("resting", Value::Share(times, number, Noun::Report))]
        }
        _ => Vec::new(),
    }
}

fn rests_elsewhere(told: &Told) -> bool {
    !told.origin.name.eq_ignore_ascii_case(&told.article.outlet)
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(name.clone())).collect()
}

/// The actor's own word.
fn official(scene: &Scene<'_>) -> Option<Found> {
    let actor = scene.event.actor.as_deref()?;
    let told = scene.reports.iter().find(|told| told.article.speaks_for.as_deref() == Some(actor))?;
    let holes = vec![("outlet", Value::Outlet(told.article.outlet.clone())), ("on", Value::On(told.article.published().date()))];
    Some(Found::new("official", holes).on(scene.own_entry()).from(cite::event(told, scene.event)))
}

/// What a report says of the story's event, where it tells of it.
fn version<'a>(told: &'a Told, event: &AccessEvent) -> Option<&'a AccessEvent> {
    let fits = |other: &&AccessEvent| other.actor == event.actor && other.vendor == event.vendor;
    told.tagged.events.iter().find(fits)
}

fn grounds(scene: &Scene<'_>) -> Option<Found> {
    let mut given: BTreeMap<Instrument, u64> = BTreeMap::new();
    for told in &scene.reports {
        *given.entry(version(told, scene.event)?.instrument).or_default() += 1;
    }
    let silent = given.remove(&Instrument::NoneStated).unwrap_or(0);
    let number = scene.reports.len() as u64;
    let mut by_number: Vec<(Instrument, u64)> = given.into_iter().collect();
    by_number.sort_by_key(|(ground, times)| (std::cmp::Reverse(*times), *ground));
    let found = match by_number[..] {
        [] if silent == 0 => return None,
        [] => Found::new("no_ground", vec![("reports", Value::Count(silent, Noun::Report))]),
        [(ground, times)] if times == number => {
            Found::new("ground", vec![("ground", Value::Ground(ground, scene.event.vendor.clone()))])
        }
        [(ground, times)] => Found::new(
            "ground_share",
            vec![
                ("ground", Value::Ground(ground, scene.event.vendor.clone())),
                ("given", Value::Share(times, number, Noun::Report)),
            ],
        ),
        [(ground, times), (other, others), ..] => Found::new(
            "grounds",
            vec![
                ("ground", Value::Ground(ground, scene.event.vendor.clone())),
                ("given", Value::Share(times, number, Noun::Report)),
                ("other", Value::Ground(other, scene.event.vendor.clone())),
                ("other_given", Value::Share(others, number, Noun::Report)),
            ],
        ),
    };
    Some(found.on(scene.own_entry()).from(whole(scene)))
}

/// The first report that tells the event differently: another action on the same side, or another stage.
fn dispute(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    scene.reports.iter().find_map(|told| {
        let other = version(told, event)?;
        let differs = other.action != event.action || is_done(other.status) != is_done(event.status);
        if !differs || other.recalled {
            return None;
        }
        let holes = vec![
            ("outlet", Value::Outlet(told.article.outlet.clone())),
            ("actor", actor(scene, other)),
            ("deed", Value::Deed(Box::new(other.clone()))),
        ];
        let claims = [(other.action, other.status), (event.action, event.status)];
        Some(Found::new("dispute", holes).on(scene.own_entry()).from(cite::event(told, other)).claims(claims))
    })
}

/// At most two standard particulars that no report states.
fn unknown(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    let states = |about: About| scene.reports.iter().any(|told| told.tagged.statements.iter().any(|said| said.about == about));
    let (side, is_held) = (scene.side(), is_done(event.status));
    let missing: Vec<Particular> = [
        (side == Side::Shut && event.action == Action::Suspend && is_held, Particular::End),
        (event.date.is_none_or(|date| date.exact().is_none()) && is_held && side != Side::Ask, Particular::Day),
        (!states(About::Amount) && side != Side::Ask && event.status != Status::Ended, Particular::People),
        (side == Side::Open && !states(About::Condition), Particular::Conditions),
        (side == Side::Shut && !states(About::Remains), Particular::Remains),
        (side == Side::Ask, Particular::Deadline),
    ]
    .into_iter()
    .filter_map(|(is_missing, particular)| is_missing.then_some(particular))
    .take(2)
    .collect();
    let mut holes = vec![("first", Value::Missing(*missing.first()?))];
    if scene.reports.len() > 1 {
        holes.push(("reports", Value::Count(scene.reports.len() as u64, Noun::Report)));
    }
    holes.extend(missing.get(1).map(|second| ("second", Value::Missing(*second))));
    Some(Found::new("unknown", holes).on(scene.own_entry()).from(whole(scene)))
}
