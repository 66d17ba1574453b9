//! What held for whom, where, on a day: the most restrictive layer that applies.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::record::{Layer, Ledger};
use crate::model::event::Audience;

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
    /// What held in a cell.
    pub fn cell(&self, cell: &Cell, as_of: AsOf) -> CellState {
        let _ = (cell, as_of);
        unimplemented!("the stage `ledger` is not there yet")
    }
}
