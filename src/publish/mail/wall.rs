//! The three layers that decide the access of whom a story is about, as a letter shows them.

use serde::Serialize;

use super::state::{self, Shown};
use crate::model::edition::Material;
use crate::model::event::{AccessEvent, Audience};
use crate::model::ledger::{AsOf, Cell, CellState, Layer, LayerState, Record};
use crate::model::story::Story;
use crate::model::taxonomy::Kind;
use crate::model::when::day_of;
use crate::publish::text;

/// One layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Course {
    /// "Terms", "Law", "Policy".
    pub layer: &'static str,
    /// What it says.
    pub state: Shown,
    /// Who says so, for whom.
    pub text: String,
    /// Whether it decides.
    pub effect: bool,
}

/// Terms, law, policy at the edition's time. Empty where the story names no product or place, or nothing is on record.
pub fn wall(material: &Material, story: &Story) -> Vec<Course> {
    let Some(cell) = story.event().and_then(cell) else { return Vec::new() };
    let today = day_of(material.time);
    let found = material.ledger.cell(&cell, AsOf { held: today, known: today });
    let effect = found.effect().map(|(layer, _)| layer);
    if effect.is_none() {
        return Vec::new();
    }
    found.layers.iter().map(|layer| course(material, &found, layer, effect)).collect()
}

fn cell(event: &AccessEvent) -> Option<Cell> {
    let organisation = event.actor.clone().filter(|_| event.audience == Audience::Employees);
    Some(Cell { organisation, product: event.product.clone()?, region: event.regions.first()?.clone(), audience: event.audience })
}

fn course(material: &Material, found: &CellState, layer: &LayerState, effect: Option<Layer>) -> Course {
    let held = layer.held.as_ref();
    let mut text = match held.and_then(|held| material.ledger.record(held.n)) {
        Some(record) => said(material, record),
        None => "Nothing on record; not the same as allowed".to_string(),
    };
    if let Some(from) = held.and_then(|held| held.inherited_from.as_deref()) {
        text.push_str(&format!(", by what holds for {}", place_or_product(material, from)));
    }
    let is_effect = effect == Some(layer.layer);
    if is_effect && found.is_partial() && held.is_some_and(|held| held.state == crate::model::ledger::State::Allowed) {
        text.push_str(", as far as recorded");
    }
    for (numbers, what) in [(&layer.pending, "Pending"), (&layer.investigated, "Investigated")] {
        let by: Vec<String> =
            numbers.iter().filter_map(|n| material.ledger.record(*n)).map(|record| actor(material, record)).collect();
        if let Some(first) = by.first() {
            text.push_str(&format!(". {what} beside it: {first}"));
        }
    }
    Course {
        layer: match layer.layer {
            Layer::Terms => "Terms",
            Layer::Law => "Law",
            Layer::Policy => "Policy",
        },
        state: held.map_or(state::UNKNOWN, |held| state::of_state(held.state)),
        text: text::clean(&text),
        effect: is_effect,
    }
}

/// "JPMorgan, for employees".
fn said(material: &Material, record: &Record) -> String {
    let audience = match record.event.audience {
        Audience::Other => return actor(material, record),
        Audience::Public => "the public".to_string(),
        audience => audience.as_str().replace('-', " ").replace("chinese", "Chinese"),
    };
    format!("{}, for {audience}", actor(material, record))
}

fn actor(material: &Material, record: &Record) -> String {
    match record.event.actor.as_deref() {
        Some(id) => material.taxonomy.actor(id).map_or(id, |member| &member.name).to_string(),
        None => "An actor that is not named".to_string(),
    }
}

fn place_or_product<'a>(material: &'a Material, id: &'a str) -> &'a str {
    let member = material.taxonomy.get(Kind::Region, id).or_else(|| material.taxonomy.get(Kind::Product, id));
    member.or_else(|| material.taxonomy.get(Kind::Vendor, id)).map_or(id, |member| &member.name)
}
