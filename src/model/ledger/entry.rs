//! One line of the chain. The line's bytes are what is hashed; they contain the hash of the line before.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::model::event::AccessEvent;
use crate::model::when::PartialDate;

/// One entry. Entries hold ids, dates and hashes; quotes live with the evidence, which can be removed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Place in the chain, from 1.
    pub n: u64,
    /// Lower hex SHA-256 of the line before, 64 zeros in the first.
    pub prev: String,
    /// The run that appended it.
    pub at: Timestamp,
    /// What it says.
    #[serde(flatten)]
    pub what: What,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// An event that is new to the record, with its first reports. Its `evidence` is empty here.
    Event {
        /// The story it was taken from.
        story: String,
        /// Its values; `evidence` empty.
        event: AccessEvent,
        /// Who reported it so far.
        reports: Vec<Report>,
    },
    /// More reports of an event on record.
    Reports {
        /// The event's entry.
        of: u64,
        /// The new reports.
        reports: Vec<Report>,
    },
    /// An event on record is replaced or withdrawn: it was read wrongly, or an editor decided so.
    Supersede {
        /// The event's entry.
        of: u64,
        /// The entry that takes its place; `None` where it is withdrawn.
        by: Option<u64>,
        /// Why, as pages print it.
        reason: String,
    },
}

/// One article that tells of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub article: String,
    /// Who published it.
    pub outlet: String,
    /// Key of the origin that it rests on.
    pub origin: String,
    /// Its language.
    pub lang: String,
    /// The day that it claims to be of, or the day of first sight where it claims none that can be believed.
    pub published: PartialDate,
    /// When we first saw it.
    pub seen: Timestamp,
    /// It is the actor's or authority's own word.
    pub official: bool,
    /// It copies another, only looks back at the event, or is an aggregator's lead: evidence, not a report.
    pub evidence_only: bool,
    /// The ground that this report gives, where it differs from the entry's.
    pub instrument: crate::model::event::Instrument,
    /// The stage that this report gives.
    pub status: crate::model::event::Status,
    /// The action that this report gives.
    pub action: crate::model::event::Action,
}
