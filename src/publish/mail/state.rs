//! A state with its symbol and its word, which always stand together.

use serde::Serialize;

use crate::model::event::Action;
use crate::model::ledger::{Record, State};

/// A state as a letter shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Class in the style sheet: `s-prohibited`.
    pub class: &'static str,
    /// One character.
    pub symbol: &'static str,
    /// Its word.
    pub word: &'static str,
}

/// Nothing on record.
pub const UNKNOWN: Shown = Shown { class: "s-unknown", symbol: "\u{b7}", word: "No record" };

const PENDING: Shown = Shown { class: "s-pending", symbol: "\u{25b7}", word: "Pending" };
const INVESTIGATED: Shown = Shown { class: "s-investigated", symbol: "\u{2299}", word: "Investigated" };

/// A state of a layer.
pub fn of_state(state: State) -> Shown {
    match state {
        State::Allowed => Shown { class: "s-allowed", symbol: "\u{2229}", word: "Allowed" },
        State::Restricted => Shown { class: "s-restricted", symbol: "\u{25e7}", word: "Restricted" },
        State::Suspended => Shown { class: "s-suspended", symbol: "\u{2016}", word: "Suspended" },
        State::Withheld => Shown { class: "s-withheld", symbol: "\u{229f}", word: "Withheld" },
        State::Prohibited => Shown { class: "s-prohibited", symbol: "\u{25a0}", word: "Prohibited" },
    }
}

/// What a record's event comes to; `None` for a denial, which is no state.
pub fn of_record(record: &Record) -> Option<Shown> {
    match record.event.action {
        Action::Investigate => Some(INVESTIGATED),
        Action::Deny => None,
        _ if record.pending => Some(PENDING),
        action => action.state().map(of_state),
    }
}
