//! State by layer: one course a layer, and the one that decides as a brick.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::event::Audience;
use crate::model::ledger::{Cell, CellState, LayerState, Record, State};
use crate::model::story::Story;
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, day_of};
use crate::publish::site::cells::{Named, beside, in_effect};
use crate::publish::site::desk::Desk;
use crate::publish::site::says::{self, Mark};
use crate::publish::site::words::Words;

/// The wall of a cell.
#[derive(Serialize)]
pub struct Wall {
    /// Whose access to what, where, on which day.
    pub under: String,
    pub courses: Vec<Course>,
    /// What comes of them.
    pub effect: Effect,
    /// What the record says now, where that is something else.
    pub since: Option<String>,
}

/// A layer.
#[derive(Serialize)]
pub struct Course {
    pub name: String,
    pub marks: Vec<Mark>,
    pub text: String,
    /// Who decides, since when.
    pub meta: Vec<String>,
    pub href: Option<String>,
    /// It is the one that decides.
    pub decides: bool,
}

/// The sum.
#[derive(Serialize)]
pub struct Effect {
    pub marks: Vec<Mark>,
    pub text: String,
    /// Some layer shuts or limits: set as a brick.
    pub brick: bool,
}

impl Wall {
    /// The wall of a story's cell on the day of its latest report. `None` where the record names neither product nor vendor.
    pub fn of(desk: &Desk<'_>, story: &Story, record: &Record, words: &Words) -> Option<Self> {
        wall(desk, story, record, words)
    }
}

fn wall(desk: &Desk<'_>, story: &Story, record: &Record, words: &Words) -> Option<Wall> {
    record.event.product.as_ref().or(record.event.vendor.as_ref())?;
    let named = desk.named(record, None).into_iter().next()?;
    let day = day_of(story.latest());
    let state = desk.state(&named, record, day);
    let now = desk.state(&named, record, desk.today.max(day));
    let deciding = state.effect().map(|(layer, _)| layer);
    let courses = state.layers.iter().map(|layer| course(desk, layer, deciding == Some(layer.layer), words)).collect();
    Some(Wall {
        under: under(desk, &named, record, day, words),
        courses,
        effect: effect(desk, &named, day, &state, words),
        since: since(desk, &state, &now, words),
    })
}

fn under(desk: &Desk<'_>, named: &Named, record: &Record, day: Date, words: &Words) -> String {
    let what = desk.thing(&record.event, words);
    let audience = words.get("audience", named.audience.as_str());
    let place = desk.places(&named.regions, words).unwrap_or_else(|| words.say("nowhere", &[]));
    let date = words.date(PartialDate::day(day));
    let holes = [("what", what.as_str()), ("audience", audience), ("place", &place), ("date", &date)];
    match &named.organisation {
        Some(id) if named.audience == Audience::Employees => {
            let kind = desk.material.taxonomy.actor(id).map_or(Kind::Bank, |member| member.kind);
            let who = desk.member(kind, id, &words.lang).text;
            words.say("cell", &[&holes[..], &[("who", &who)]].concat())
        }
        _ => words.say("cell_public", &holes),
    }
}

fn course(desk: &Desk<'_>, layer: &LayerState, decides: bool, words: &Words) -> Course {
    let record = layer.held.as_ref().and_then(|held| desk.material.ledger.record(held.n));
    let mut parts = match record {
        Some(record) => vec![desk.who_what(&record.event, words)],
        None => vec![words.say("no_record", &[]).trim_end_matches(['.', '。']).to_string()],
    };
    let inherited = layer.held.as_ref().and_then(|held| held.inherited_from.as_deref());
    if let Some(from) = inherited.filter(|from| desk.material.taxonomy.get(Kind::Region, from).is_some()) {
        let place = desk.member(Kind::Region, from, &words.lang).text;
        parts.push(words.say("inherited", &[("place", &place)]));
    }
    parts.extend(layer.investigated.iter().filter_map(|&n| besides(desk, n, "investigated_beside", words)));
    parts.extend(layer.pending.iter().filter_map(|&n| besides(desk, n, "pending_beside", words)));
    Course {
        name: words.get("layer", says::layer_key(layer.layer)).to_string(),
        marks: beside(layer, words),
        text: format!("{}{}", parts.join("; "), words.get("say", "stop").trim_end()),
        meta: record.map(|record| meta(desk, record, words)).unwrap_or_default(),
        href: record.and_then(|record| desk.story(&record.story)).map(|covered| desk.story_href(covered, &words.lang)),
        decides,
    }
}

fn besides(desk: &Desk<'_>, n: u64, key: &str, words: &Words) -> Option<String> {
    let record = desk.material.ledger.record(n)?;
    let holes = [
        ("what", &*desk.who_what(&record.event, words)),
        ("who", &*desk.actor(&record.event, words).text),
        ("status", words.get("status", record.event.status.as_str())),
        ("date", &*says::stated(record, words, true).text),
    ];
    Some(words.say(key, &holes))
}

fn meta(desk: &Desk<'_>, record: &Record, words: &Words) -> Vec<String> {
    let who = desk.actor(&record.event, words).text;
    let date = words.date(record.event.date.unwrap_or(PartialDate::day(record.begins)));
    vec![words.say("decides", &[("who", &who)]), words.say("since", &[("date", &date)])]
}

fn effect(desk: &Desk<'_>, named: &Named, day: Date, state: &CellState, words: &Words) -> Effect {
    let held = state.effect();
    let mut text = match held {
        None => words.say("effect_none", &[]),
        Some((_, held)) if held.state == State::Allowed && state.is_partial() => words.say("effect_partial", &[]),
        Some((layer, _)) => {
            let layer = words.get("layer", says::layer_key(layer));
            words.say("effect_layer", &[("layer", layer)])
        }
    };
    let remains = remains(desk, named, day, words);
    if !remains.is_empty() {
        text = format!("{text} {}", words.say("effect_remains", &[("list", &words.list(&remains))]));
    }
    Effect { marks: in_effect(state, words), text, brick: held.is_some_and(|(_, held)| held.state > State::Allowed) }
}

/// Other products that the organisation itself opened there, and that no layer shuts.
fn remains(desk: &Desk<'_>, named: &Named, day: Date, words: &Words) -> Vec<String> {
    let (Some(organisation), [region]) = (&named.organisation, named.regions.as_slice()) else { return Vec::new() };
    let own = desk.records_of(Kind::Bank, organisation).filter(|record| record.event.action.state() == Some(State::Allowed));
    let products: BTreeSet<&String> = own.filter_map(|record| record.event.product.as_ref()).collect();
    let open = |product: &&&String| {
        let cell = Cell {
            organisation: Some(organisation.clone()),
            product: (**product).clone(),
            region: region.clone(),
            audience: named.audience,
        };
        desk.cell(&cell, day).effect().is_some_and(|(_, held)| held.state == State::Allowed)
    };
    let others = products.iter().filter(|product| Some(**product) != named.product.as_ref()).filter(open);
    others.map(|product| desk.member(Kind::Product, product, &words.lang).text).collect()
}

/// The state now and its date, where the record has moved on since the story's latest report.
fn since(desk: &Desk<'_>, then: &CellState, now: &CellState, words: &Words) -> Option<String> {
    let state = |state: &CellState| state.effect().map(|(_, held)| held.state);
    let (_, held) = now.effect().filter(|_| state(then) != state(now))?;
    let record = desk.material.ledger.record(held.n)?;
    let date = words.date(PartialDate::day(record.begins));
    let name = says::state(Some(held.state), words).word;
    Some(words.say("now_changed", &[("state", &name), ("date", &date)]))
}
