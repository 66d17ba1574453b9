//! What the reports themselves say: the event, who reported it, the grounds, where they differ, what none of them states.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::Scene;
use super::{Found, cite};
use crate::comment::value::{Noun, Particular, Side, Value, is_done, side};
use crate::model::event::{AccessEvent, Action, Instrument, Status};
use crate::model::insight::Cited;
use crate::model::ledger::Record;
use crate::model::story::Told;
use crate::model::tagged::About;
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, Precision};

/// Most outlets that are listed by name.
const LISTED: usize = 3;

/// All of them.
pub fn all(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = vec![event(scene)];
    found.extend(reports(scene));
    found.extend(official(scene));
    found.extend(unnamed(scene));
    found.extend(grounds(scene));
    found.extend(dispute(scene));
    found.extend(also(scene));
    found.extend(recalls(scene));
    found.extend(product(scene));
    found.extend(general(scene));
    found.extend(unknown(scene));
    let day = Value::On(PartialDate::day(scene.as_of()));
    let acts = Value::Count(scene.known(), Noun::Act);
    found.push(Found::new("as_of", vec![("on", day), ("acts", acts)]).on(scene.own_entry()));
    found
}

fn event(scene: &Scene<'_>) -> Found {
    let event = scene.event;
    let tool = (event.vendor.clone(), event.product.clone());
    let mut holes = vec![
        ("actor", actor(scene, event)),
        ("tool", crate::comment::value::tool(event)),
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
    // A year dates an act too vaguely to be told, and the day of the report needs no second mention.
    let is_new = |date: &PartialDate| date.precision() != Precision::Year && date.exact() != Some(scene.first_report());
    if let Some(date) = event.date.filter(is_new) {
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

/// One report of the event.
struct Account<'a> {
    article: &'a str,
    outlet: &'a str,
    origin: &'a str,
    lang: &'a str,
    on: PartialDate,
}

/// The reports of the event, by first seen: those that its entry counts, so that the text says what every page and file says
/// of it; the story's own where it is not on record, or where all of the entry's look back.
fn accounts<'a>(scene: &Scene<'a>) -> Vec<Account<'a>> {
    let recorded = scene.own.into_iter().flat_map(Record::accounts).map(|report| Account {
        article: &report.article,
        outlet: &report.outlet,
        origin: &report.origin,
        lang: &report.lang,
        on: report.published,
    });
    let recorded: Vec<Account<'a>> = recorded.collect();
    if !recorded.is_empty() {
        return recorded;
    }
    let account = |told: &&'a Told| Account {
        article: &told.article.id,
        outlet: &told.article.outlet,
        origin: &told.origin.key,
        lang: &told.article.lang,
        on: told.article.published().date(),
    };
    scene.reports.iter().map(account).collect()
}

fn reports(scene: &Scene<'_>) -> Option<Found> {
    let accounts = accounts(scene);
    let first = accounts.first()?;
    let on = Value::On(first.on);
    if let [only] = &accounts[..] {
        let mut holes = vec![("outlet", Value::Outlet(only.outlet.to_string())), ("on", on)];
        let told = scene.reports.iter().find(|told| told.article.id == only.article);
        holes.extend(told.filter(|told| rests_elsewhere(told)).map(|told| ("origin", Value::Outlet(told.origin.name.clone()))));
        return Some(Found::new("report", holes).on(scene.own_entry()).from(whole(scene)));
    }
    let outlets: Vec<String> = distinct(accounts.iter().map(|account| account.outlet.to_string()));
    let origins: BTreeSet<&str> = accounts.iter().map(|account| account.origin).collect();
    let mut holes = vec![
        ("count", Value::Count(accounts.len() as u64, Noun::Report)),
        ("outlets", Value::Count(outlets.len() as u64, Noun::Outlet)),
        ("origins", Value::Count(origins.len() as u64, Noun::Origin)),
        (if origins.len() > 1 { "agreeing" } else { "alone" }, Value::Count(origins.len() as u64, Noun::Origin)),
        ("on", on),
    ];
    let listed = outlets.iter().take(LISTED).cloned().collect();
    holes.push((if outlets.len() <= LISTED { "names" } else { "some" }, Value::Outlets(listed)));
    if accounts[1..].iter().all(|account| account.on.first() > first.on.last()) {
        holes.push(("first", Value::Outlet(first.outlet.to_string())));
    }
    let languages: BTreeSet<&str> = accounts.iter().map(|account| account.lang.split('-').next().unwrap_or("")).collect();
    if languages.len() > 1 {
        holes.push(("languages", Value::Count(languages.len() as u64, Noun::Language)));
    }
    let days = || accounts.iter().filter_map(|account| account.on.exact());
    holes.extend(days().max().filter(|last| days().min() != Some(*last)).map(|last| ("last", Value::On(PartialDate::day(last)))));
    holes.extend(shared(scene, &accounts));
    Some(Found::new("reports", holes).on(scene.own_entry()).from(whole(scene)))
}

/// The origin that most reports rest on, where it is another outlet's and serves two or more.
fn shared(scene: &Scene<'_>, accounts: &[Account<'_>]) -> Vec<(&'static str, Value)> {
    let mut resting: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    let counts = |told: &&&Told| accounts.iter().any(|account| account.article == told.article.id);
    for told in scene.reports.iter().filter(|told| rests_elsewhere(told)).filter(counts) {
        resting.entry(&told.origin.key).or_insert((0, &told.origin.name)).0 += 1;
    }
    match resting.into_values().max_by_key(|(times, _)| *times) {
        Some((times, name)) if times > 1 => {
            vec![
                ("shared", Value::Outlet(name.to_string())),
                ("resting", Value::Share(times, accounts.len() as u64, Noun::Report)),
            ]
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

/// Whoever acts is named by no report, or not to be found in the taxonomy.
fn unnamed(scene: &Scene<'_>) -> Option<Found> {
    let is_unnamed = matches!(actor(scene, scene.event), Value::Unnamed(_));
    let kind = Value::Kind(crate::comment::value::noun_of(scene.event.actor_kind));
    is_unnamed.then(|| Found::new("unnamed", vec![("kind", kind)]).on(scene.own_entry()).from(whole(scene)))
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
    let is_near = |other: &AccessEvent| {
        other.product == event.product && (other.regions == event.regions || other.regions.is_empty() || event.regions.is_empty())
    };
    let fits = |other: &&AccessEvent| other.actor == event.actor && other.vendor == event.vendor && is_near(other);
    told.tagged.events.iter().find(fits)
}

fn grounds(scene: &Scene<'_>) -> Option<Found> {
    let mut given: BTreeMap<Instrument, u64> = BTreeMap::new();
    for told in scene.reports.iter().filter_map(|told| version(told, scene.event)) {
        *given.entry(told.instrument).or_default() += 1;
    }
    let number = given.values().sum();
    let silent = given.remove(&Instrument::NoneStated).unwrap_or(0);
    let mut by_number: Vec<(Instrument, u64)> = given.into_iter().collect();
    by_number.sort_by_key(|(ground, times)| (std::cmp::Reverse(*times), *ground));
    let found = match by_number[..] {
        [] if silent == 0 => return None,
        [] if silent == 1 => Found::new("no_ground", Vec::new()),
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
    scene.reports.iter().filter(|_| scene.reports.len() > 1).find_map(|told| {
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

/// What else the reports tell as new: somebody else's act, or another of the same actor.
fn also(scene: &Scene<'_>) -> Option<Found> {
    let (told, other) = aside(scene, false)?;
    let holes = vec![("actor", actor(scene, other)), ("deed", Value::Deed(Box::new(other.clone())))];
    Some(Found::new("also", holes).from(cite::event(told, other)).claims([(other.action, other.status)]))
}

/// What a report looks back at.
fn recalls(scene: &Scene<'_>) -> Option<Found> {
    let (told, other) = aside(scene, true)?;
    let mut holes = vec![
        ("outlet", Value::Outlet(told.article.outlet.clone())),
        ("actor", actor(scene, other)),
        ("deed", Value::Deed(Box::new(other.clone()))),
    ];
    holes.extend(other.date.map(|date| ("when", Value::On(date))));
    Some(Found::new("recalls", holes).from(cite::event(told, other)).claims([(other.action, other.status)]))
}

/// The first event of the reports that is another than the story's, by somebody known.
fn aside<'a>(scene: &Scene<'a>, recalled: bool) -> Option<(&'a Told, &'a AccessEvent)> {
    let own = scene.event;
    let is_other = |event: &AccessEvent| {
        let is_same_act = event.actor == own.actor && side(event.action) == side(own.action);
        // The record tells the order of such acts better than a report that looks back.
        let is_in_order = recalled && side(event.action) == side(own.action) && scene.same_tool(event);
        event.recalled == recalled && event.actor.is_some() && !is_same_act && !is_in_order && event.action != Action::Deny
    };
    let mut all = scene.reports.iter().flat_map(|told| told.tagged.events.iter().map(move |event| (*told, event)));
    all.find(|(_, event)| is_other(event))
}

/// No report names a maker: what is told concerns AI in general.
fn general(scene: &Scene<'_>) -> Option<Found> {
    let holes = vec![("short", Value::Short(None, None))];
    scene.event.vendor.is_none().then(|| Found::new("general", holes).on(scene.own_entry()).from(whole(scene)))
}

/// What the technology is, by the taxonomy.
fn product(scene: &Scene<'_>) -> Option<Found> {
    let id = scene.event.product.as_deref()?;
    let what = scene.taxonomy.get(Kind::Product, id)?.what.clone()?;
    let holes = vec![("short", Value::Name(Kind::Product, id.to_string())), ("what", Value::What(what))];
    Some(Found::new("product", holes).on(scene.own_entry()))
}

/// At most two standard particulars that no report states.
fn unknown(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    let states = |about: About| scene.reports.iter().any(|told| told.tagged.statements.iter().any(|said| said.about == about));
    let (turn, is_held) = (scene.side(), is_done(event.status));
    let missing: Vec<Particular> = [
        (turn == Side::Shut && event.action == Action::Suspend && is_held, Particular::End),
        (event.date.is_none_or(|date| date.exact().is_none()) && is_held && turn != Side::Ask, Particular::Day),
        (!states(About::Amount) && turn != Side::Ask && event.status != Status::Ended, Particular::People),
        (turn == Side::Open && !states(About::Condition), Particular::Conditions),
        (turn == Side::Shut && !states(About::Remains), Particular::Remains),
        (turn == Side::Ask, Particular::Deadline),
    ]
    .into_iter()
    .filter_map(|(is_missing, particular)| is_missing.then_some(particular))
    .take(2)
    .collect();
    let mut holes = vec![("first", Value::Missing(*missing.first()?))];
    // Another figure than that of the reports would be of other articles, and a reader could not tell.
    if scene.reports.len() > 1 && scene.reports.len() == accounts(scene).len() {
        holes.push(("reports", Value::Count(scene.reports.len() as u64, Noun::Report)));
    }
    holes.extend(missing.get(1).map(|second| ("second", Value::Missing(*second))));
    Some(Found::new("unknown", holes).on(scene.own_entry()).from(whole(scene)))
}
