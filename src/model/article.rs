//! What a report says, as text.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::when::When;

/// One report of one outlet, as read from a feed item, a page, or both.
///
/// `title` and `text` are plain text: no markup, no control or bidi characters. Evidence points into them by byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Lower hex SHA-256 of the canonical address, or of what stands in for it where there is none.
    pub id: String,
    /// Counts the versions of this article that differ in title or text, from 1.
    pub version: u32,
    /// The canonical address; `None` where the item has none.
    pub url: Option<String>,
    /// Id of the source that it came from.
    pub source: String,
    /// Who published it, as pages name it.
    pub outlet: String,
    /// How much of it we hold.
    pub kind: ArticleKind,
    /// Plain text, one line.
    pub title: String,
    /// Plain text, paragraphs separated by an empty line.
    pub text: String,
    /// BCP 47; `zh-Hant` and `zh-Hans` are told apart.
    pub lang: String,
    /// When it says that it was published; `None` where it says nothing believable.
    pub claimed: Option<When>,
    /// The date as it stood in the bytes.
    pub claimed_raw: Option<String>,
    /// The run that first saw it.
    pub first_seen: Timestamp,
    /// Names, as stated.
    pub authors: Vec<String>,
    /// Hash of the stored bytes that it was read from: the feed document's or the page's.
    pub document: String,
    /// Id of the vendor, bank or authority whose own words these are.
    pub speaks_for: Option<String>,
    /// Came by an aggregator and its own page was not fetched: no corroboration.
    pub lead: bool,
    /// The page is a candidate for fetching: a summary stands for a longer text.
    pub has_page: bool,
}

/// How much of an article we hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleKind {
    /// Title and summary, as feeds carry.
    Brief,
    /// The text of its page, or a feed's full text.
    Full,
    /// A row of `taxonomy/availability.toml`.
    Record,
}

impl Article {
    /// When it counts as published: as claimed, unless that lies after we first saw it, else as first seen.
    pub fn published(&self) -> When {
        self.claimed.filter(|_| !self.claims_future()).unwrap_or(When::At(self.first_seen))
    }

    /// Whether it claims a time after we first saw it, which cannot be right: it counts as published when first seen.
    pub fn claims_future(&self) -> bool {
        match self.claimed {
            Some(When::At(instant)) => instant > self.first_seen,
            Some(When::On(date)) => date.first() > super::when::day_of(self.first_seen),
            None => false,
        }
    }
}
