//! What held for whom, where, on a day: the most restrictive layer that applies.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::reach::{Reach, reach};
use super::record::{Layer, Ledger, Record};
use crate::model::event::{Action, Audience};
use crate::model::taxonomy::Kind;

/// A question: whose access to what, where.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// Id of the bank or company; `None` for nobody in particular.
    pub organisation: Option<String>,
    /// Id of the product.
    pub product: String,
    /// Id of the region.
    pub region: String,
    /// Whose access.
    pub audience: Audience,
}

/// The two time axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    /// What held on this day …
    pub held: Date,
    /// … by what had been seen up to and including this day.
    pub known: Date,
}

/// A state of access, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Open, as far as recorded.
    Allowed,
    /// Open in part or under conditions.
    Restricted,
    /// Stopped for now.
    Suspended,
    /// Not launched or served.
    Withheld,
    /// Shut.
    Prohibited,
}

impl State {
    /// The class name, symbol and key: `prohibited`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Restricted => "restricted",
            Self::Suspended => "suspended",
            Self::Withheld => "withheld",
            Self::Prohibited => "prohibited",
        }
    }
}

/// One layer's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerState {
    /// Which layer.
    pub layer: Layer,
    /// `None`: nothing on record, which is not "allowed".
    pub held: Option<Held>,
    /// Entries that are pending beside it, by number.
    pub pending: Vec<u64>,
    /// Entries of investigations that bear on it, by number.
    pub investigated: Vec<u64>,
}

/// A state and the entry that it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The state.
    pub state: State,
    /// Its entry.
    pub n: u64,
    /// The region or product of the entry, where the cell only inherits it.
    pub inherited_from: Option<String>,
}

/// All three layers, and what comes of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellState {
    /// Terms, law, policy, in this order.
    pub layers: [LayerState; 3],
}

impl CellState {
    /// The strictest layer and its state; `None` where nothing is on record. Of equals the last: policy before terms.
    pub fn effect(&self) -> Option<(Layer, &Held)> {
        self.layers
            .iter()
            .filter_map(|layer| layer.held.as_ref().map(|held| (layer.layer, held)))
            .max_by_key(|(_, held)| held.state)
    }

    /// Whether some layer has no record, so that "allowed" is only "as far as recorded".
    pub fn is_partial(&self) -> bool {
        self.layers.iter().any(|layer| layer.held.is_none())
    }
}

impl Ledger {
    /// What held in a cell. Reads the records of the product's vendor and those on AI in general, no others. For many cells
    /// on one earlier `known` day, take [`Ledger::as_known`] once and ask that.
    pub fn cell(&self, cell: &Cell, as_of: AsOf) -> CellState {
        if as_of.known < self.latest() {
            // Not by way of `cell`: what was entered after it was seen makes even the earlier record's last day a later one.
            let known = self.as_known(as_of.known);
            return known.state_on(&known.reached(cell), as_of.held);
        }
        self.state_on(&self.reached(cell), as_of.held)
    }

    /// The records that reach a cell, by all that is known: found once, to be asked about many days.
    pub fn reached(&self, cell: &Cell) -> Reached {
        let vendor = self.taxonomy.get(Kind::Product, &cell.product).and_then(|product| product.vendor.as_deref());
        let reaching = |record: &Record| Some((record.n, reach(&record.event, record.layer, cell, &self.taxonomy)?));
        Reached { reaching: self.about(vendor).filter_map(reaching).collect() }
    }

    /// What held on a day in the cell that some records of this ledger reach.
    pub fn state_on(&self, reached: &Reached, day: Date) -> CellState {
        let reaching = reached.reaching.iter().filter_map(|(n, reach)| Some((self.record(*n)?, reach.clone())));
        let reaching: Vec<Reaching<'_>> = reaching.collect();
        CellState { layers: [Layer::Terms, Layer::Law, Layer::Policy].map(|layer| layer_state(layer, &reaching, day)) }
    }

    /// The days on which something began or ended in the cell that some records of this ledger reach, in order.
    pub fn changes(&self, reached: &Reached) -> BTreeSet<Date> {
        let records = reached.reaching.iter().filter_map(|(n, _)| self.record(*n));
        records.flat_map(|record| [Some(record.begins), record.closed.map(|(_, day)| day)]).flatten().collect()
    }
}

/// The entry numbers of the records that reach one cell, and how each names it.
#[derive(Clone, Debug)]
pub struct Reached {
    reaching: Vec<(u64, Reach)>,
}

/// A record and how it names the cell.
type Reaching<'a> = (&'a Record, Reach);

fn layer_state(layer: Layer, reaching: &[Reaching<'_>], day: Date) -> LayerState {
    let own: Vec<&Reaching<'_>> = reaching.iter().filter(|(record, _)| record.layer == layer).collect();
    let mut by_actor: BTreeMap<Option<&str>, Vec<&Reaching<'_>>> = BTreeMap::new();
    for &pair in own.iter().filter(|(record, _)| record.event.action.state().is_some() && record.holds_on(day)) {
        by_actor.entry(pair.0.event.actor.as_deref()).or_default().push(pair);
    }
    let strictest = by_actor.values().filter_map(|pairs| winner(pairs)).max_by_key(|pair| rank(pair.0));
    let said = |record: &Record| record.first_reported() <= day && record.closed.is_none_or(|(_, closed)| closed > day);
    let numbers = |wanted: &dyn Fn(&Record) -> bool| {
        own.iter().map(|pair| pair.0).filter(|record| said(record) && wanted(record)).map(|record| record.n).collect()
    };
    LayerState {
        layer,
        held: strictest.map(|(record, reach)| held(record, reach)),
        pending: numbers(&|record| {
            record.event.action.state().is_some() && record.pending_on(day) && !adopted(record, &own, day)
        }),
        investigated: numbers(&|record| record.event.action == Action::Investigate && record.holds_on(day)),
    }
}

fn held(record: &Record, reach: &Reach) -> Held {
    let state = record.event.action.state().unwrap_or(State::Allowed);
    Held { state, n: record.n, inherited_from: reach.inherited_from.clone() }
}

/// Within one authority the narrower wins, then the later.
fn winner<'a>(pairs: &[&'a Reaching<'a>]) -> Option<&'a Reaching<'a>> {
    let beaten = |pair: &Reaching<'_>| pairs.iter().any(|other| other.1.narrower(&pair.1));
    pairs.iter().copied().filter(|pair| !beaten(pair)).max_by_key(|pair| (pair.0.begins, pair.0.first_reported(), rank(pair.0)))
}

/// By strictness; of equals the one that began first, so that the answer does not hang on the order of entry.
fn rank(record: &Record) -> (Option<State>, Reverse<Date>, Reverse<&str>, Reverse<u64>) {
    (record.event.action.state(), Reverse(record.begins), Reverse(&record.story), Reverse(record.n))
}

/// Whether its own actor has since done what was pending, so that it is pending no more.
fn adopted(pending: &Record, own: &[&Reaching<'_>], day: Date) -> bool {
    own.iter().map(|pair| pair.0).any(|record| {
        record.event.actor == pending.event.actor
            && record.event.action.family() == pending.event.action.family()
            && record.begins >= pending.first_reported()
            && record.begins <= day
            && !record.pending_on(day)
    })
}
