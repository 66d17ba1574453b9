//! Cells: what holds for whom, layer by layer, as a row of a table or as the courses of a wall.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::desk::{Desk, Link};
use super::says::{self, Mark, Stated};
use super::words::Words;
use crate::model::event::{Action, ActorKind, Audience};
use crate::model::ledger::{Cell, CellState, Held, Layer, LayerState, Record, State};
use crate::model::taxonomy::Kind;

/// Places of one event that get a row each; an event with more gets one row for all.
const ROWS_OF_AN_EVENT: usize = 4;

/// Whose access to what, where: a cell, or as much of one as an event names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Id of the bank or company.
    pub organisation: Option<String>,
    /// Id of the product.
    pub product: Option<String>,
    /// Id of the vendor.
    pub vendor: Option<String>,
    /// Ids of the regions.
    pub regions: Vec<String>,
    /// Whose access.
    pub audience: Audience,
}

/// A cell as a row of a table.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub who: Option<Link>,
    pub what: Link,
    pub place: String,
    pub audience: String,
    /// Terms, law, policy: the state, and what stands beside it.
    pub layers: Vec<Vec<Mark>>,
    /// The strictest, and what stands beside it.
    pub effect: Vec<Mark>,
    /// It is shut for good: set as a brick.
    pub brick: bool,
    /// Allowed, but not every layer has a record.
    pub partial: bool,
    pub since: Option<Stated>,
    pub href: Option<String>,
    pub standing: String,
    #[serde(skip)]
    pub severity: Option<State>,
}

impl Desk<'_> {
    /// The cells that a record is about; only those in a region where one is given.
    pub fn named(&self, record: &Record, region: Option<&str>) -> Vec<Named> {
        let event = &record.event;
        let own = matches!(event.actor_kind, Some(ActorKind::Bank | ActorKind::Company)) || record.layer == Layer::Policy;
        let named = |regions: Vec<String>| Named {
            organisation: event.actor.clone().filter(|_| own),
            product: event.product.clone(),
            vendor: event.vendor.clone(),
            regions,
            audience: event.audience,
        };
        match region {
            Some(region) => vec![named(vec![region.to_string()])],
            None if event.regions.is_empty() || event.regions.len() > ROWS_OF_AN_EVENT => vec![named(event.regions.clone())],
            None => event.regions.iter().map(|region| named(vec![region.clone()])).collect(),
        }
    }

    /// What holds for a named cell on a day. Where it is no cell of the ledger (no product, or many places), the record that
    /// named it speaks alone.
    pub fn state(&self, named: &Named, record: &Record, day: Date) -> CellState {
        let Some(cell) = self.as_cell(named) else { return alone(record, day) };
        let state = self.cell(&cell, day);
        let nothing =
            state.layers.iter().all(|layer| layer.held.is_none() && layer.pending.is_empty() && layer.investigated.is_empty());
        if nothing { alone(record, day) } else { state }
    }

    /// The cell of the ledger that is named; `None` where no product is, or many places are.
    pub fn as_cell(&self, named: &Named) -> Option<Cell> {
        let product = named.product.clone().or_else(|| self.any_product(named.vendor.as_deref()?))?;
        let region = match named.regions.as_slice() {
            [] => "worldwide".to_string(),
            [one] => one.clone(),
            _ => return None,
        };
        Some(Cell { organisation: named.organisation.clone(), product, region, audience: named.audience })
    }

    /// A product to ask about where an event covers all of a vendor's: the first that is part of no other.
    fn any_product(&self, vendor: &str) -> Option<String> {
        let mut products = self.material.taxonomy.of(Kind::Product).filter(|product| product.vendor.as_deref() == Some(vendor));
        products.find(|product| product.parent.is_none()).map(|product| product.id.clone())
    }

    /// The rows of some records, each cell once, strictest first.
    pub fn rows<'r>(&self, records: impl Iterator<Item = &'r Record>, region: Option<&str>, words: &Words) -> Vec<Row> {
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for record in records.filter(|record| record.event.action != Action::Deny) {
            for named in self.named(record, region) {
                if seen.insert(named.clone()) {
                    rows.push(self.row(&named, record, words));
                }
            }
        }
        let key = |row: &Row| (std::cmp::Reverse(row.severity), row.what.text.clone(), row.place.clone(), row.audience.clone());
        rows.sort_by_key(key);
        rows
    }

    fn row(&self, named: &Named, record: &Record, words: &Words) -> Row {
        let state = self.state(named, record, self.today);
        let effect = state.effect().map(|(_, held)| held.clone());
        let deciding = effect.as_ref().and_then(|held| self.material.ledger.record(held.n)).unwrap_or(record);
        let what = match &named.product {
            Some(product) => self.member(Kind::Product, product, &words.lang),
            None => Link { text: self.thing(&record.event, words), href: None },
        };
        let organisation = named.organisation.as_ref().and_then(|id| {
            let kind = self.material.taxonomy.actor(id).map(|member| member.kind)?;
            Some(self.member(kind, id, &words.lang))
        });
        Row {
            who: organisation,
            what,
            place: self.places(&named.regions, words).unwrap_or_else(|| words.say("nowhere", &[])),
            audience: words.get("audience", named.audience.as_str()).to_string(),
            layers: state.layers.iter().map(|layer| beside(layer, words)).collect(),
            effect: in_effect(&state, words),
            brick: effect.as_ref().is_some_and(|held| held.state == State::Prohibited),
            partial: effect.as_ref().is_some_and(|held| held.state == State::Allowed) && state.is_partial(),
            since: effect.as_ref().map(|_| says::stated(deciding, words, false)),
            href: self.story(&deciding.story).map(|covered| self.story_href(covered, &words.lang)),
            standing: says::counts(deciding, words),
            severity: effect.map(|held| held.state),
        }
    }
}

/// What a record alone says of a day.
fn alone(record: &Record, day: Date) -> CellState {
    let layer = |layer: Layer| {
        let own = layer == record.layer;
        let state = record.event.action.state().filter(|_| own && record.holds_on(day));
        let one = |wanted: bool| if own && wanted { vec![record.n] } else { Vec::new() };
        LayerState {
            layer,
            held: state.map(|state| Held { state, n: record.n, inherited_from: None }),
            pending: one(record.event.action.state().is_some() && record.pending_on(day)),
            investigated: one(record.event.action == Action::Investigate && record.holds_on(day)),
        }
    };
    CellState { layers: [layer(Layer::Terms), layer(Layer::Law), layer(Layer::Policy)] }
}

/// A layer's state and what stands beside it.
pub fn beside(layer: &LayerState, words: &Words) -> Vec<Mark> {
    let mut marks = vec![says::state(layer.held.as_ref().map(|held| held.state), words)];
    if !layer.investigated.is_empty() {
        marks.push(says::mark("investigated", words));
    }
    if !layer.pending.is_empty() {
        marks.push(says::mark("pending", words));
    }
    marks
}

/// The strictest state and what stands beside any layer's.
pub fn in_effect(state: &CellState, words: &Words) -> Vec<Mark> {
    let any = |wanted: fn(&LayerState) -> bool| state.layers.iter().any(wanted);
    let mut marks = vec![says::state(state.effect().map(|(_, held)| held.state), words)];
    if any(|layer| !layer.investigated.is_empty()) {
        marks.push(says::mark("investigated", words));
    }
    if any(|layer| !layer.pending.is_empty()) {
        marks.push(says::mark("pending", words));
    }
    marks
}
