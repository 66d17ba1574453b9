//! Why an article's tags are there: the words, the entry of the lexicon that knows them, the rule.

use serde::Serialize;

use super::event::Field;
use super::tagged::Tagged;

/// An article's tags and why each is there.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Explained {
    /// The tags.
    pub tagged: Tagged,
    /// Why each of the banks, vendors, products and regions is there, in that order.
    pub tags: Vec<Reason>,
    /// Why each event reads as it does, in the order of the events.
    pub events: Vec<Vec<Reason>>,
}

/// Why a tag is there, or a slot of an event has its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What is explained: `bank`, `vendor`, `product`, `region` of a tag; `action`, `actor` and so on of an event.
    pub slot: &'static str,
    /// Its value, as in the tags.
    pub value: String,
    /// The name of the rule; `taxonomy/words/README.md` lists them.
    pub rule: &'static str,
    /// The rule in words.
    pub because: &'static str,
    /// Where the article says so; `None` where it was concluded.
    pub evidence: Option<Place>,
    /// What of `taxonomy/` knows the words; `None` where it was concluded, and for dates, which are in no list.
    pub entry: Option<Entry>,
}

/// A place in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Which part of the article.
    pub field: Field,
    /// First byte of the range in the UTF-8 of that part.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The bytes of the range.
    pub quote: String,
}

/// An entry of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Path relative to the publication's folder: `taxonomy/banks.toml`.
    pub file: String,
    /// What to look for there: a table and key (`prohibit.does`), or an id and key (`goldman-sachs.aliases.en`).
    pub key: String,
    /// As it stands there.
    pub term: String,
}
