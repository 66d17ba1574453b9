//! The record: entries in a chain, what they fold to, and what held when (`DESIGN.md` 4.2, 4.3).

/// One line of the chain.
mod entry;

/// Entries folded: one record an event, with its reports.
mod record;

/// When an event begins, whether it is pending, how well it is known.
mod rules;

/// Whether an event reaches a cell.
mod reach;

/// What held for whom, where, on a day.
mod cell;

/// The record as it was known on an earlier day.
mod known;

/// What the commentary asks of the record: precedents, order and pace, what remains.
mod queries;

pub use cell::{AsOf, Cell, CellState, Held, LayerState, Reached, State};
pub use entry::{Entry, Report, What};
pub use queries::{Jurisdictions, Nth, Reversals};
pub use record::{Layer, Ledger, Record, Standing};
pub use rules::{Family, begins};
