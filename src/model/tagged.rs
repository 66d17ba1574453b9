//! What the tagger found in one article.

use serde::{Deserialize, Serialize};

use super::event::{AccessEvent, Evidence};
use super::taxonomy::Kind;

/// An article's tags, each with evidence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// Whether access to AI is granted, limited, withdrawn or put in question in it.
    pub relevant: bool,
    /// 0 to 1; relevant from the threshold on.
    pub score: f64,
    /// BCP 47.
    pub lang: String,
    /// Sorted ids of banks that play a part.
    pub banks: Vec<String>,
    /// Sorted ids of vendors that make or serve the technology.
    pub vendors: Vec<String>,
    /// Sorted ids of products.
    pub products: Vec<String>,
    /// Sorted ids of regions whose access is concerned or whose authority acts.
    pub regions: Vec<String>,
    /// In the order of the text.
    pub events: Vec<AccessEvent>,
    /// Every name found.
    pub mentions: Vec<Mention>,
    /// What else the article says that a report needs.
    pub statements: Vec<Statement>,
    /// Who the article says reported it first ("according to the FT"), as named there; in order of naming.
    pub origins: Vec<Origin>,
}

/// One name in an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What is named.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Where.
    pub evidence: Evidence,
}

/// What an article says beside its events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What it is about.
    pub about: About,
    /// Ids that it names, sorted: who, which product, where, as far as read.
    pub ids: Vec<String>,
    /// A number it gives, as written ("35,000"); `None` where it gives none.
    pub amount: Option<String>,
    /// Where.
    pub evidence: Evidence,
}

/// The types of statements (`seed/EXEMPLARS.md`, part 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Who is not affected ("colleagues elsewhere still see it").
    LeftOut,
    /// What stays open ("Gemini and ChatGPT stay on offer").
    Remains,
    /// Under which condition.
    Condition,
    /// Where and by whom the model is run.
    Hosting,
    /// Why, beyond the instrument.
    Reason,
    /// Who would not comment.
    NoComment,
    /// How much or how many.
    Amount,
    /// Who disputes what.
    Dispute,
}

/// Somebody an article names as its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Lower-kebab key, equal for all names of one outlet: `financial-times`.
    pub key: String,
    /// As pages name it: "Financial Times".
    pub name: String,
    /// Where.
    pub evidence: Evidence,
}
