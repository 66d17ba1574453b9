//! The record: entries in a chain, what they fold to, and what held when (`DESIGN.md` 4.2, 4.3).

/// One line of the chain.
mod entry;

/// Entries folded: one record an event, with its reports.
mod record;

/// What held for whom, where, on a day.
mod cell;

pub use cell::{AsOf, Cell, CellState, Held, LayerState, State};
pub use entry::{Entry, Report, What};
pub use record::{Layer, Ledger, Record, Standing};
