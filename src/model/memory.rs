//! What is remembered of a source from one run to the next.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use url::Url;

use super::fetched::Validators;
use super::pace::Pace;

/// A permanent redirect is believed when it was seen on so many days: publishers take back moves, and hacked ones are mended.
const DAYS: usize = 3;

/// What is remembered of a source. All but the pace is about one address of `feeds.toml`: another address voids it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The address in `feeds.toml` when it was last asked. `None` for a source never asked.
    pub address: Option<Url>,
    /// For the next request.
    pub validators: Validators,
    /// Not before this. `None` for a source never asked at this address.
    pub due: Option<Timestamp>,
    /// Failures since the last success.
    pub failures: u32,
    /// The first of them.
    pub failing_since: Option<Timestamp>,
    /// When it answered 410; it is not asked again.
    pub gone: Option<Timestamp>,
    /// When it last brought new bytes.
    pub changed: Option<Timestamp>,
    /// When it last answered with a whole document, new or not.
    pub whole: Option<Timestamp>,
    /// Where it says that it has moved to, while that is not believed yet.
    pub moving: Option<Moving>,
    /// Where it is asked in place of `address`.
    pub moved: Option<Moved>,
    /// When it brought news.
    pub pace: Pace,
}

/// A permanent redirect that has been seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    /// Where it leads.
    pub to: Url,
    /// Days (UTC) on which it did, oldest first, at most three.
    pub days: Vec<Date>,
}

impl Moving {
    /// Counts a day, once. Whether it counted.
    pub fn count(&mut self, day: Date) -> bool {
        let counts = !self.is_settled() && self.days.last().is_none_or(|last| *last < day);
        self.days.extend(counts.then_some(day));
        counts
    }

    /// Whether it has been seen often enough to be believed. Kept in this state only while another source is asked there.
    pub fn is_settled(&self) -> bool {
        self.days.len() >= DAYS
    }
}

/// A permanent redirect that is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// The address that is asked.
    pub to: Url,
    /// Since when.
    pub since: Timestamp,
}

impl Memory {
    /// What of it holds for a source that `feeds.toml` has at `address`: all, or only the pace where the editor changed it.
    #[must_use]
    pub fn at(self, address: &Url) -> Self {
        match self.address.as_ref() == Some(address) {
            true => self,
            false => Self { address: Some(address.clone()), pace: self.pace, ..Self::default() },
        }
    }

    /// The address to ask. `None` for a source never asked.
    pub fn asked(&self) -> Option<&Url> {
        self.moved.as_ref().map(|moved| &moved.to).or(self.address.as_ref())
    }
}
