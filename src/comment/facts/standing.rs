//! How things stand as of the story's latest report: shares, jurisdictions, reversals, layers, what is pending, who is at home where.

use std::collections::{BTreeMap, BTreeSet};

use super::before::home_of;
use super::scene::WORLD;
use super::told::actor;
use super::{Found, Scene};
use crate::comment::value::{Noun, Side, Value, is_done, noun_of, side};
use crate::model::event::{Action, ActorKind, Status};
use crate::model::ledger::{AsOf, Cell, Held, Layer, Record, State};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// All of them.
pub fn all(scene: &Scene<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(state_share(scene));
    found.extend(jurisdictions(scene));
    found.extend(reversals(scene));
    found.extend(layers(scene));
    found.extend(pending(scene));
    found.extend(same_elsewhere(scene));
    found.extend(tally(scene));
    found.extend(balance(scene));
    found.extend(homes(scene));
    found
}

/// The story's own entry and what came before, of acts that hold.
fn held<'a>(scene: &Scene<'a>) -> impl Iterator<Item = &'a Record> {
    scene.before().chain(scene.own.filter(|own| !own.pending && is_done(own.event.status)))
}

/// Of the banks (or companies) with a recorded state for the technology in the place, how many stand where.
fn state_share(scene: &Scene<'_>) -> Option<Found> {
    let kind = scene.event.actor_kind.filter(|kind| matches!(kind, ActorKind::Bank | ActorKind::Company))?;
    let mut latest: BTreeMap<&str, (Side, u64)> = BTreeMap::new();
    for record in held(scene).filter(|record| record.event.actor_kind == Some(kind) && scene.same_tool(&record.event)) {
        let is_here = scene.event.regions.is_empty() || scene.same_place(&record.event);
        let side = side(record.event.action);
        if let Some(actor) = record.event.actor.as_deref().filter(|_| is_here && matches!(side, Side::Shut | Side::Open)) {
            latest.insert(actor, (side, record.n));
        }
    }
    let total = latest.len() as u64;
    let shut = latest.values().filter(|(side, _)| *side == Side::Shut).count() as u64;
    let noun = noun_of(Some(kind));
    if total < 2 {
        return None;
    }
    let name = if shut == total {
        "all_shut"
    } else if shut == 0 {
        "all_open"
    } else {
        "state_share"
    };
    let mut holes = vec![
        ("total", Value::Count(total, noun)),
        ("shut", Value::Share(shut, total, noun)),
        ("open", Value::Share(total - shut, total, noun)),
        ("short", Value::Short(scene.event.vendor.clone(), scene.event.product.clone())),
    ];
    if !scene.event.regions.is_empty() {
        holes.push(("place", Value::Places(scene.event.regions.clone())));
    }
    let claims = [(Action::Prohibit, Status::InForce), (Action::Allow, Status::InForce)];
    Some(Found::new(name, holes).on(latest.into_values().map(|(_, n)| n)).claims(claims))
}

/// In how many places authorities limit or question the technology.
fn jurisdictions(scene: &Scene<'_>) -> Option<Found> {
    let mut limits: BTreeMap<String, u64> = BTreeMap::new();
    let mut questions: BTreeMap<String, u64> = BTreeMap::new();
    for record in
        held(scene).filter(|record| record.event.actor_kind == Some(ActorKind::Government) && scene.same_tool(&record.event))
    {
        let Some(place) = record.event.actor.as_deref().and_then(|id| home_of(scene, Kind::Authority, id)) else { continue };
        match side(record.event.action) {
            Side::Shut => limits.insert(place, record.n),
            Side::Ask => questions.insert(place, record.n),
            Side::Open | Side::Deny => None,
        };
    }
    questions.retain(|place, _| !limits.contains_key(place));
    let total = (limits.len() + questions.len()) as u64;
    if total < 3 {
        return None;
    }
    let mut holes = vec![
        ("total", Value::Count(total, Noun::Country)),
        ("short", Value::Short(scene.event.vendor.clone(), scene.event.product.clone())),
    ];
    for (hole, places) in [("limits", limits.len()), ("questions", questions.len())] {
        if places > 0 {
            holes.push((hole, Value::Count(places as u64, Noun::Country)));
        }
    }
    let entries = limits.into_values().chain(questions.into_values());
    let claims = [(Action::Restrict, Status::InForce), (Action::Investigate, Status::InForce)];
    Some(Found::new("jurisdictions", holes).on(entries).claims(claims))
}

/// Of the measures by such actors on such ground, or on the same technology, how many were lifted, after how long.
fn reversals(scene: &Scene<'_>) -> Option<Found> {
    if scene.side() != Side::Shut {
        return None;
    }
    let of_kind: Vec<&Record> = held(scene)
        .filter(|record| side(record.event.action) == Side::Shut && record.event.actor_kind == scene.event.actor_kind)
        .filter(|record| scene.same_tool(&record.event) || record.event.instrument == scene.event.instrument)
        .collect();
    let lifted: Vec<&&Record> =
        of_kind.iter().filter(|record| scene.closed(record).is_some() || record.event.status == Status::Ended).collect();
    let total = of_kind.len() as u64;
    if total < 2 {
        return None;
    }
    let noun = Noun::Measure;
    let claims = [(Action::Prohibit, Status::InForce), (Action::Restore, Status::InForce)];
    let kind = ("kind", Value::Kind(noun_of(scene.event.actor_kind)));
    let entries: Vec<u64> = of_kind.iter().map(|record| record.n).collect();
    if lifted.is_empty() {
        let holes = vec![("total", Value::Count(total, noun)), kind];
        return Some(Found::new("no_reversal", holes).on(entries).claims(claims));
    }
    let mut holes = vec![("lifted", Value::Share(lifted.len() as u64, total, noun)), kind];
    holes.extend(shortest(scene, &lifted).map(|days| ("days", Value::Count(days, Noun::Day))));
    Some(Found::new("reversals", holes).on(entries).claims(claims))
}

/// The shortest known length, both ends dated to the day.
fn shortest(scene: &Scene<'_>, lifted: &[&&Record]) -> Option<u64> {
    let length = |record: &&&Record| {
        let (start, (_, end)) = (record.event.date?.exact()?, scene.closed(record)?);
        u64::try_from(end.since(start).ok()?.get_days()).ok().filter(|days| *days > 0)
    };
    lifted.iter().filter_map(length).min()
}

/// What each layer says of the story's cell on the day of its latest report.
fn layers(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    let is_organisation = event.actor_kind.is_some_and(ActorKind::is_organisation);
    let cell = Cell {
        organisation: event.actor.clone().filter(|_| is_organisation),
        product: event.product.clone()?,
        region: event.regions.first()?.clone(),
        audience: event.audience,
    };
    let day = scene.as_of();
    let state = scene.ledger.cell(&cell, AsOf { held: day, known: scene.ledger.latest().max(day) });
    let is_asked = |layer: Layer| layer != Layer::Policy || is_organisation;
    // What was seen only later is not known to this Insight.
    let is_known = |n: u64| scene.ledger.record(n).is_some_and(|record| record.first_seen() <= scene.story.latest());
    let of = |held: &Held| is_known(held.n).then_some((held.state, held.n));
    let states: Vec<(Layer, Option<(State, u64)>)> =
        state.layers.iter().filter(|one| is_asked(one.layer)).map(|one| (one.layer, one.held.as_ref().and_then(of))).collect();
    let recorded: Vec<(Layer, State)> =
        states.iter().filter_map(|(layer, held)| held.map(|(state, _)| (*layer, state))).collect();
    let unrecorded: Vec<Layer> = states.iter().filter(|(_, held)| held.is_none()).map(|(layer, _)| *layer).collect();
    if recorded.is_empty() {
        return None;
    }
    let whose = noun_of(event.actor_kind);
    let mut holes = vec![("recorded", Value::Layers(recorded, whose))];
    if !unrecorded.is_empty() {
        holes.push(("unrecorded", Value::Unrecorded(unrecorded, whose)));
    }
    let claims = [(Action::Prohibit, Status::InForce), (Action::Allow, Status::InForce)];
    let entries = states.into_iter().filter_map(|(_, held)| held.map(|(_, n)| n));
    Some(Found::new("layers", holes).on(entries).claims(claims))
}

/// What is proposed or promised on the same technology and not in force.
fn pending(scene: &Scene<'_>) -> Option<Found> {
    let record = scene.others.iter().rev().find(|record| {
        record.pending
            && scene.same_tool(&record.event)
            && record.event.actor.is_some()
            && !is_done(record.event.status)
            && record.event.actor != scene.event.actor
    })?;
    let mut holes = vec![("actor", actor(scene, &record.event)), ("deed", Value::Deed(Box::new(record.event.clone())))];
    holes.extend(super::scene::first_report(record).map(|day| ("reported", Value::On(PartialDate::day(day)))));
    Some(Found::new("pending", holes).on([record.n]).claims([(record.event.action, record.event.status)]))
}

/// Others of the kind that keep open what this one shuts, or the reverse: the same technology, any place.
fn same_elsewhere(scene: &Scene<'_>) -> Option<Found> {
    let event = scene.event;
    let opposite = match scene.side() {
        Side::Shut => Side::Open,
        Side::Open => Side::Shut,
        Side::Ask | Side::Deny => return None,
    };
    let mut seen = BTreeSet::new();
    let others: Vec<&Record> = scene
        .before()
        .filter(|record| {
            side(record.event.action) == opposite && scene.same_tool(&record.event) && scene.closed(record).is_none()
        })
        .filter(|record| record.event.actor.is_some() && record.event.actor != event.actor)
        .filter(|record| seen.insert(record.event.actor.clone()))
        .collect();
    let last = others.last()?;
    let mut holes = vec![("actor", actor(scene, &last.event)), ("deed", Value::Deed(Box::new(last.event.clone())))];
    holes.extend(last.event.date.map(|date| ("when", Value::On(date))));
    holes.extend(super::scene::first_report(last).map(|day| ("reported", Value::On(PartialDate::day(day)))));
    Some(Found::new("opposite", holes).on([last.n]).claims([(last.event.action, last.event.status)]))
}

/// Organisations of the actor's kind that open some technology by their own decision: a base for what money does instead.
fn tally(scene: &Scene<'_>) -> Option<Found> {
    let kind = scene.event.actor_kind.filter(|kind| matches!(kind, ActorKind::Bank | ActorKind::Company))?;
    let mut opened: BTreeMap<&str, &Record> = BTreeMap::new();
    for record in scene.before().filter(|record| record.event.actor_kind == Some(kind) && scene.closed(record).is_none()) {
        if let Some(actor) = record.event.actor.as_deref().filter(|_| side(record.event.action) == Side::Open) {
            opened.insert(actor, record);
        }
    }
    let last = opened.values().max_by_key(|record| (record.begins, record.n))?;
    if opened.len() < 3 {
        return None;
    }
    let mut holes = vec![
        ("total", Value::Count(opened.len() as u64, noun_of(Some(kind)))),
        ("actor", actor(scene, &last.event)),
        ("deed", Value::Deed(Box::new(last.event.clone()))),
    ];
    holes.extend(super::scene::first_report(last).map(|day| ("reported", Value::On(PartialDate::day(day)))));
    let entries: Vec<u64> = opened.values().map(|record| record.n).collect();
    Some(
        Found::new("tally", holes).on(entries).claims([(Action::Allow, Status::InForce), (last.event.action, last.event.status)]),
    )
}

/// Acts on the vendor's technology by anybody: how many towards shut, how many towards open.
fn balance(scene: &Scene<'_>) -> Option<Found> {
    let vendor = scene.event.vendor.as_ref()?;
    let on = |wanted: Side| -> Vec<u64> {
        let acts =
            held(scene).filter(|record| record.event.vendor.as_ref() == Some(vendor) && side(record.event.action) == wanted);
        acts.map(|record| record.n).collect()
    };
    let (shut, open) = (on(Side::Shut), on(Side::Open));
    if shut.len() + open.len() < 4 || shut.is_empty() || open.is_empty() {
        return None;
    }
    let holes = vec![
        ("vendor", Value::Name(Kind::Vendor, vendor.clone())),
        ("shut", Value::Count(shut.len() as u64, Noun::Act)),
        ("open", Value::Count(open.len() as u64, Noun::Act)),
    ];
    let claims = [(Action::Prohibit, Status::InForce), (Action::Allow, Status::InForce)];
    Some(Found::new("balance", holes).on([shut, open].concat()).claims(claims))
}

/// Worldwide, or in more places than a sentence names.
fn is_everywhere(scene: &Scene<'_>) -> bool {
    scene.event.regions.len() > 3 || scene.event.regions.iter().any(|region| region == WORLD)
}

/// Where actor and maker are at home, and that the measure applies elsewhere.
fn homes(scene: &Scene<'_>) -> Vec<Found> {
    match (abroad(scene), maker(scene)) {
        (Some(actor), Some(maker)) if actor.hole("home") == maker.hole("home") => {
            let holes = actor.holes.into_iter().chain(maker.holes.into_iter().filter(|(name, _)| *name == "vendor")).collect();
            vec![Found::new("same_home", holes).on(scene.own_entry())]
        }
        (actor, maker) => [actor, maker].into_iter().flatten().collect(),
    }
}

/// The actor is at home elsewhere than its measure applies.
fn abroad(scene: &Scene<'_>) -> Option<Found> {
    let id = scene.event.actor.as_deref()?;
    let member = scene.taxonomy.actor(id).filter(|member| matches!(member.kind, Kind::Bank | Kind::Company | Kind::Vendor))?;
    let home = home_of(scene, member.kind, id)?;
    let is_home =
        scene.event.regions.iter().any(|region| scene.taxonomy.within(&home, region) || scene.taxonomy.within(region, &home));
    if scene.event.regions.is_empty() || is_home || is_everywhere(scene) {
        return None;
    }
    let holes = vec![
        ("actor", Value::Name(member.kind, id.to_string())),
        ("home", Value::Name(Kind::Region, home)),
        ("place", Value::Places(scene.event.regions.clone())),
    ];
    Some(Found::new("abroad", holes).on(scene.own_entry()))
}

/// The maker is at home elsewhere than the measure applies, and is not the actor.
fn maker(scene: &Scene<'_>) -> Option<Found> {
    let vendor = scene.event.vendor.as_deref().filter(|vendor| scene.event.actor.as_deref() != Some(vendor))?;
    let home = home_of(scene, Kind::Vendor, vendor)?;
    let is_home =
        scene.event.regions.iter().any(|region| scene.taxonomy.within(&home, region) || scene.taxonomy.within(region, &home));
    let holes = vec![("vendor", Value::Name(Kind::Vendor, vendor.to_string())), ("home", Value::Name(Kind::Region, home))];
    let name = if is_home { "maker_at_home" } else { "maker_abroad" };
    (!scene.event.regions.is_empty() && !is_everywhere(scene)).then(|| Found::new(name, holes).on(scene.own_entry()))
}
