//! What we write about a story: sentences that carry their facts. Facts come from articles and the ledger and are checked;
//! views are written by our authors and chosen by what happened. The two are never mixed in one sentence.

use serde::{Deserialize, Serialize};

use super::event::Evidence;

/// The commentary on one story, in one language, worded once and kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Insight {
    /// The story's id.
    pub story: String,
    /// BCP 47: `en`, `zh-Hant`.
    pub lang: String,
    /// Which table of views and laws spoke: `bank.prohibit.vendor-terms`.
    pub family: String,
    /// One line, present tense, with its facts.
    pub headline: Sentence,
    /// One or two sentences for lists, cards and letters.
    pub summary: Vec<Sentence>,
    /// Up to three paragraphs.
    pub report: Vec<Paragraph>,
    /// Up to four paragraphs: actor, capital and resources, pattern, essence.
    pub commentary: Vec<Paragraph>,
    /// Up to three: a comparison, a formula, a pair of movements.
    pub laws: Vec<Law>,
    /// What the sentences stand on, in order of first use.
    pub facts: Vec<Fact>,
    /// Lower hex SHA-256 of the facts that the wording was made from: it is reworded only when this changes.
    pub facts_hash: String,
    /// Sentences that failed the grounding check, with the reason; they are not published.
    pub withheld: Vec<Withheld>,
}

/// Sentences that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paragraph {
    /// In order.
    pub sentences: Vec<Sentence>,
}

/// One sentence: a fact with the ids of what it stands on, or a view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sentence {
    /// Plain text, one sentence, with its full stop.
    pub text: String,
    /// Whether our authors say it, and not the record.
    pub view: bool,
    /// Ids of facts: `f1`. Empty for a view.
    pub facts: Vec<String>,
    /// The template's slot and wording that it came from: `bank.prohibit.vendor-terms/pattern/2`.
    pub wording: String,
}

/// A Cognitive Law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Law {
    /// Which of the three.
    pub form: LawForm,
    /// At most 25 words.
    pub text: String,
    /// The wording's key, so that no law repeats within 30 stories.
    pub wording: String,
}

/// The three forms of a Cognitive Law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LawForm {
    /// A comparison and its consequence.
    Comparison,
    /// A formula.
    Formula,
    /// A pair of opposed movements.
    Movement,
}

/// Something the commentary stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// `f1`, `f2`, …
    pub id: String,
    /// The function that gave it: `event`, `reports`, `grounds`, `nth`, `days-between`, `remains`, `layers`, … (EXEMPLARS, part 3).
    pub function: String,
    /// What it says, as a clause for the evidence list.
    pub value: String,
    /// Ledger entries that it rests on.
    pub entries: Vec<u64>,
    /// Places in articles that it rests on.
    pub sources: Vec<Cited>,
}

/// A place in an article, with whose it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cited {
    /// The article's id.
    pub article: String,
    /// Its outlet.
    pub outlet: String,
    /// Its language.
    pub lang: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it counts as published, as a date of some precision.
    pub date: super::when::PartialDate,
    /// The words.
    pub evidence: Evidence,
}

/// A sentence that was not published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withheld {
    /// The sentence.
    pub text: String,
    /// What in it is found in no fact.
    pub reason: String,
}
