//! Earlier acts: which in order this one is, how many days lie between, what the same actor, vendor and place saw before.

use std::collections::BTreeSet;

use jiff::ToSpan;

use super::scene::{dated, first_report};
use super::told::actor;
use super::{Found, Scene};
use crate::comment::value::{Noun, Side, Value, is_done, noun_of, side, tool};
use crate::model::event::{AccessEvent, Action, ActorKind};
use crate::model::ledger::Record;
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// The window in which measures are counted for their pace.
const WINDOW: i64 = 90;

/// All of them.
pub fn all(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(nth(scene));
    found.extend(nth_product(scene));
    found.extend(first_of_kind(scene));
    found.extend(previous(scene));
    found.extend(same_actor(scene));
    found.extend(same_vendor(scene));
    found.extend(same_region(scene));
    found.extend(precedents(scene));
    found.extend(no_precedent(scene));
    found.extend(pace(scene));
    found.extend(duration(scene));
    found.extend(lead(scene));
    found
}

/// Holes that date an act: `when` as its reports state it, `reported` the day of its first report.
fn times(record: &Record) -> Vec<(&'static str, Value)> {
    let mut holes = Vec::new();
    holes.extend(dated(record).map(|date| ("when", Value::On(date))));
    holes.extend(first_report(record).map(|day| ("reported", Value::On(PartialDate::day(day)))));
    holes
}

fn claim(record: &Record) -> (Action, crate::model::event::Status) {
    (record.event.action, record.event.status)
}

/// The same act by others of the kind, towards such people, on the same technology, in the same place (authorities: in any place).
fn peers<'a>(scene: &Scene<'a>) -> Vec<&'a Record> {
    let event = scene.event;
    let is_state = event.actor_kind == Some(ActorKind::Government);
    let mut seen = BTreeSet::from([event.actor.clone()]);
    scene
        .before()
        .filter(|record| record.event.actor_kind == event.actor_kind && record.event.actor.is_some())
        .filter(|record| {
            let other = &record.event;
            (other.action, other.audience, &other.vendor, &other.product)
                == (event.action, event.audience, &event.vendor, &event.product)
                && event.vendor.is_some()
        })
        .filter(|record| is_state || scene.side() == Side::Open || event.regions.is_empty() || scene.same_place(&record.event))
        .filter(|record| seen.insert(record.event.actor.clone()))
        .collect()
}

fn is_counted(scene: &Scene<'_>) -> bool {
    is_done(scene.event.status) && scene.event.actor.is_some() && scene.side() != Side::Deny
}

fn nth(scene: &Scene<'_>) -> Option<Found> {
    let peers = peers(scene);
    let (first, last) = (peers.first()?, peers.last()?);
    if !is_counted(scene) || scene.event.actor_kind == Some(ActorKind::Vendor) {
        return None;
    }
    let mut holes = vec![
        ("ordinal", Value::Ordinal(peers.len() as u64 + 1)),
        ("kind", Value::Kind(noun_of(scene.event.actor_kind))),
        ("first", actor(scene, &first.event)),
        ("last", actor(scene, &last.event)),
        ("last_deed", Value::Deed(Box::new(last.event.clone()))),
    ];
    holes.extend(dated(first).map(|date| ("first_when", Value::On(date))));
    holes.extend(dated(last).map(|date| ("last_when", Value::On(date))));
    let claims = [claim(first), claim(last), (scene.event.action, scene.event.status)];
    Some(Found::new("nth", holes).on(peers.iter().map(|peer| peer.n)).on(scene.own_entry()).claims(claims))
}

/// Which product of its kind is kept from, or opened in, the same place.
fn nth_product(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    if event.actor_kind != Some(ActorKind::Vendor)
        || scene.side() != Side::Shut
        || !is_done(event.status)
        || event.regions.is_empty()
    {
        return None;
    }
    let ours = (event.vendor.clone(), event.product.clone());
    let mut seen = BTreeSet::from([ours]);
    let earlier: Vec<&Record> = scene
        .before()
        .filter(|record| record.event.actor_kind == Some(ActorKind::Vendor) && record.event.vendor.is_some())
        .filter(|record| scene.same_side(&record.event) && scene.same_place(&record.event))
        .filter(|record| seen.insert((record.event.vendor.clone(), record.event.product.clone())))
        .collect();
    let last = earlier.last()?;
    let mut holes = vec![
        ("ordinal", Value::Ordinal(earlier.len() as u64 + 1)),
        ("last_tool", tool(&AccessEvent { actor: None, ..last.event.clone() })),
        ("place", Value::Places(event.regions.clone())),
    ];
    holes.extend(times(last));
    let claims = [claim(last), (event.action, event.status)];
    Some(Found::new("nth_product", holes).on(earlier.iter().map(|one| one.n)).on(scene.own_entry()).claims(claims))
}

/// Only where the record reaches back a year, so that "first" means something.
fn first_of_kind(scene: &Scene<'_>) -> Option<Found> {
    let oldest = scene.others.first()?;
    let is_alike = |record: &Record| {
        record.event.actor_kind == scene.event.actor_kind && scene.same_side(&record.event) && scene.same_tool(&record.event)
    };
    let reaches_back = scene.begins().checked_sub(1.year()).is_ok_and(|year_ago| oldest.begins <= year_ago);
    if scene.event.vendor.is_none()
        || !reaches_back
        || !is_counted(scene)
        || scene.before().any(is_alike)
        || scene.event.actor_kind.is_none()
    {
        return None;
    }
    let holes = vec![("kind", Value::Kind(noun_of(scene.event.actor_kind)))];
    Some(Found::new("first_of_kind", holes).on(scene.own_entry()).claims([(scene.event.action, scene.event.status)]))
}

/// Days from the first report on the latest peer to the first on this one.
fn previous(scene: &Scene<'_>) -> Option<Found> {
    let last = *peers(scene).last()?;
    let since = first_report(last)?;
    let days = u64::try_from(scene.first_report().since(since).ok()?.get_days()).ok().filter(|days| *days > 0)?;
    let holes = vec![
        ("other", actor(scene, &last.event)),
        ("days", Value::Count(days, Noun::Day)),
        ("since", Value::On(PartialDate::day(since))),
        ("until", Value::On(PartialDate::day(scene.first_report()))),
    ];
    let claims = [claim(last), (scene.event.action, scene.event.status)];
    Some(Found::new("days_between", holes).on([last.n]).on(scene.own_entry()).claims(claims))
}

/// The latest earlier act of the same actor.
fn same_actor(scene: &Scene<'_>) -> Option<Found> {
    let actor_id = scene.event.actor.as_ref()?;
    let earlier: Vec<&Record> = scene.before().filter(|record| record.event.actor.as_ref() == Some(actor_id)).collect();
    let last = earlier.last()?;
    let mut holes = vec![
        ("actor", actor(scene, scene.event)),
        ("deed", Value::Deed(Box::new(last.event.clone()))),
        ("count", Value::Count(earlier.len() as u64, Noun::Act)),
        ("nth", Value::Ordinal(earlier.len() as u64 + 1)),
    ];
    holes.extend(times(last));
    Some(Found::new("same_actor", holes).on(earlier.iter().map(|one| one.n)).claims([claim(last)]))
}

/// Somebody else's act, or the vendor's own elsewhere, on the same vendor's technology.
fn same_vendor(scene: &Scene<'_>) -> Option<Found> {
    let vendor = scene.event.vendor.as_ref()?;
    let peers: BTreeSet<u64> = peers(scene).iter().map(|peer| peer.n).collect();
    let earlier: Vec<&Record> = scene
        .before()
        .filter(|record| record.event.vendor.as_ref() == Some(vendor) && record.event.actor.is_some())
        .filter(|record| record.event.actor != scene.event.actor && !peers.contains(&record.n))
        .collect();
    // The vendor's own word weighs more than another customer's.
    let last = earlier.iter().rev().find(|record| record.event.actor_kind == Some(ActorKind::Vendor)).or(earlier.last())?;
    Some(another("same_vendor", scene, last))
}

/// Another vendor's technology in the same place.
fn same_region(scene: &Scene<'_>) -> Option<Found> {
    let vendor = scene.event.vendor.as_ref()?;
    let is_other =
        |record: &&Record| record.event.vendor.as_ref().is_some_and(|other| other != vendor) && record.event.actor.is_some();
    let is_narrow = |record: &&Record| record.event.regions.iter().all(|region| region != "worldwide");
    let moves = |record: &&Record| matches!(side(record.event.action), Side::Shut | Side::Open);
    let not_own = |record: &&Record| record.event.actor != scene.event.actor;
    let last = scene
        .before()
        .filter(is_other)
        .filter(is_narrow)
        .filter(not_own)
        .filter(moves)
        .filter(|record| scene.same_place(&record.event))
        .last()?;
    Some(another("same_region", scene, last))
}

fn another(function: &'static str, scene: &Scene<'_>, record: &Record) -> Found {
    let mut holes = vec![("actor", actor(scene, &record.event)), ("deed", Value::Deed(Box::new(record.event.clone())))];
    holes.extend(times(record));
    Found::new(function, holes).on([record.n]).claims([claim(record)])
}

/// Earlier acts the same way on the same technology, by anybody, anywhere.
fn precedents(scene: &Scene<'_>) -> Option<Found> {
    let earlier: Vec<&Record> = scene
        .before()
        .filter(|record| scene.same_side(&record.event) && scene.same_tool(&record.event) && record.event.actor.is_some())
        .collect();
    let first = earlier.first()?;
    // One peer is told as the order already.
    if earlier.len() == 1 && !peers(scene).is_empty() {
        return None;
    }
    let mut holes = vec![
        ("count", Value::Count(earlier.len() as u64, Noun::Measure)),
        ("actor", actor(scene, &first.event)),
        ("deed", Value::Deed(Box::new(first.event.clone()))),
    ];
    holes.extend(times(first));
    Some(Found::new("precedents", holes).on(earlier.iter().map(|one| one.n)).claims([claim(first)]))
}

/// Nothing the same way on the same technology came before.
fn no_precedent(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    let came_before = |record: &Record| scene.same_side(&record.event) && scene.same_tool(&record.event);
    let is_known = event.vendor.is_some()
        && !scene.before().any(came_before)
        && scene.side() != Side::Deny
        && scene.before().next().is_some();
    let short = Value::Short(event.vendor.clone(), event.product.clone());
    is_known.then(|| Found::new("no_precedent", vec![("short", short)]).on(scene.own_entry()))
}

/// Measures on the same technology within the window before.
fn pace(scene: &Scene<'_>) -> Option<Found> {
    let from = scene.begins().checked_sub(WINDOW.days()).ok()?;
    let recent: Vec<u64> = scene
        .before()
        .filter(|record| record.begins >= from && scene.same_tool(&record.event) && scene.same_side(&record.event))
        .map(|record| record.n)
        .collect();
    if recent.len() < 2 {
        return None;
    }
    let holes = vec![
        ("count", Value::Count(recent.len() as u64, Noun::Measure)),
        ("window", Value::Count(WINDOW.unsigned_abs(), Noun::Day)),
    ];
    Some(Found::new("pace", holes).on(recent))
}

/// How long the state lasted that this act ends: both ends dated to the day.
fn duration(scene: &Scene<'_>) -> Option<Found> {
    let end = scene.event.date?.exact().filter(|_| scene.event.action == Action::Restore)?;
    let opened = scene
        .before()
        .filter(|record| {
            record.event.actor == scene.event.actor || record.closed.is_some_and(|(by, _)| Some(by) == scene.own.map(|own| own.n))
        })
        .filter(|record| side(record.event.action) == Side::Shut && scene.same_tool(&record.event))
        .filter(|record| scene.event.regions.is_empty() || scene.same_place(&record.event))
        .last()?;
    let start = opened.event.date?.exact()?;
    let days = u64::try_from(end.since(start).ok()?.get_days()).ok().filter(|days| *days > 0)?;
    let holes = vec![
        ("days", Value::Count(days, Noun::Day)),
        ("since", Value::On(PartialDate::day(start))),
        ("actor", actor(scene, &opened.event)),
        ("deed", Value::Deed(Box::new(opened.event.clone()))),
    ];
    let claims = [claim(opened), (scene.event.action, scene.event.status)];
    Some(Found::new("duration", holes).on([opened.n]).on(scene.own_entry()).claims(claims))
}

/// Days by which the first report ran ahead of the day of effect.
fn lead(scene: &Scene<'_>) -> Option<Found> {
    let effect = scene.event.date?.exact()?;
    let days = u64::try_from(effect.since(scene.first_report()).ok()?.get_days()).ok().filter(|days| *days > 0)?;
    let first = scene.reports.first()?;
    let holes = vec![
        ("days", Value::Count(days, Noun::Day)),
        ("outlet", Value::Outlet(first.article.outlet.clone())),
        ("on", Value::On(PartialDate::day(effect))),
    ];
    Some(Found::new("lead", holes).on(scene.own_entry()).from(super::cite::event(first, scene.event)))
}

/// Where an actor or a maker is at home.
pub fn home_of(scene: &Scene<'_>, kind: Kind, id: &str) -> Option<String> {
    let home = scene.taxonomy.get(kind, id)?.home.clone()?;
    scene.taxonomy.get(Kind::Region, &home).map(|region| region.id.clone())
}
