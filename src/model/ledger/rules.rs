//! Rules that turn an event and its reports into what a record says: when it begins, whether it is pending, how well it is
//! known (`DESIGN.md` 8, "The ledger").

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::cell::State;
use super::entry::Report;
use super::record::{Layer, Record, Standing};
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};

/// What an action does to access: the actions of one family may be told of one happening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Prohibit, restrict, suspend, withhold.
    Closes,
    /// Allow, restore.
    Opens,
    /// Investigate.
    Asks,
    /// Deny.
    Denies,
}

impl Action {
    /// Its family.
    pub fn family(self) -> Family {
        match self {
            Self::Prohibit | Self::Restrict | Self::Suspend | Self::Withhold => Family::Closes,
            Self::Allow | Self::Restore => Family::Opens,
            Self::Investigate => Family::Asks,
            Self::Deny => Family::Denies,
        }
    }

    /// The state that it brings about; `None` where it leaves access as it was.
    pub fn state(self) -> Option<State> {
        match self {
            Self::Prohibit => Some(State::Prohibited),
            Self::Restrict => Some(State::Restricted),
            Self::Suspend => Some(State::Suspended),
            Self::Withhold => Some(State::Withheld),
            Self::Allow | Self::Restore => Some(State::Allowed),
            Self::Investigate | Self::Deny => None,
        }
    }
}

impl Layer {
    /// The layer that an event decides, by its actor. A vendor that keeps its own staff from another's product acts as a
    /// company. Of an unknown actor, the ground tells; without one the product is taken to be not served.
    pub fn of(event: &AccessEvent) -> Self {
        let anothers = event.vendor.is_some() && event.vendor != event.actor;
        match event.actor_kind {
            Some(ActorKind::Vendor) if anothers && event.audience == Audience::Employees => Self::Policy,
            Some(ActorKind::Vendor) => Self::Terms,
            Some(ActorKind::Government) => Self::Law,
            Some(ActorKind::Bank | ActorKind::Company) => Self::Policy,
            None => match event.instrument {
                Instrument::VendorTerms | Instrument::NoneStated => Self::Terms,
                Instrument::InternalPolicy => Self::Policy,
                _ => Self::Law,
            },
        }
    }
}

impl Standing {
    /// How well an event with these reports is known.
    pub fn of(reports: &[Report]) -> Self {
        let own = || reports.iter().filter(|report| !report.evidence_only);
        let origins: BTreeSet<&str> = own().map(|report| report.origin.as_str()).collect();
        if own().any(|report| report.official) {
            return Self::Official;
        }
        if origins.len() > 1 { Self::Corroborated } else { Self::SingleSource }
    }
}

impl Record {
    /// Whether on a day it changed nothing yet: proposed, considered, rumoured, announced without a day, or for a day to come.
    pub fn pending_on(&self, day: Date) -> bool {
        match self.event.status {
            Status::Proposed | Status::Considered | Status::Rumoured => true,
            Status::Announced if self.event.action == Action::Withhold => false,
            Status::Announced => self.event.date.is_none() || self.begins > day,
            Status::InForce => self.begins > day,
            Status::Ended => false,
        }
    }

    /// Whether it had effect on a day: begun, not pending, not closed.
    pub fn holds_on(&self, day: Date) -> bool {
        let over = self.closed.is_some_and(|(_, closed)| closed <= day);
        self.begins <= day && !over && !self.pending_on(day) && self.event.status != Status::Ended
    }

    /// Sets what follows from event and reports: `begins`, `day_known`, `standing`, and `pending` as of a day.
    pub fn settle(&mut self, today: Date) {
        (self.begins, self.day_known) = begins(&self.event, self.first_reported());
        self.standing = Standing::of(&self.reports);
        self.pending = self.pending_on(today);
    }
}

/// The first day on which an event counts, and whether that is the stated day.
pub fn begins(event: &AccessEvent, first_reported: Date) -> (Date, bool) {
    let Some(stated) = event.date else { return (first_reported, false) };
    let announced = event.status == Status::Announced;
    if announced && event.action == Action::Withhold && stated.last() > first_reported {
        return (first_reported, false);
    }
    match stated.exact() {
        Some(day) => (day, true),
        None if announced => (stated.last(), false),
        None => (stated.last().min(first_reported), false),
    }
}
