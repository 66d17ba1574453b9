//! Puts the articles that tell of one happening into one story. Pure: `keys(article)`, then the store gives candidates, then
//! `decide(article, candidates)`. The result does not depend on the order of arrival.
//!
//! An article reports happenings: its events that are news, those of one act together. Two happenings are one by the same
//! address, the same text or the same event; that relation is symmetric and looks at the two alone, and stories are its
//! connected components. Follow-ups, denials and reversals are happenings of their own. A wrong merge is worse than a missed
//! one, so whatever is vague stays alone.

use crate::model::article::Article;
use crate::model::story::Told;
use crate::model::tagged::Tagged;

/// What the relation looks at, small enough to be held by the million.
mod digest;

/// Which texts are copies of one another.
mod sketch;

/// Whether two events are of one happening.
mod event;

/// Where an article belongs.
mod decide;

/// All articles at once, in memory, for the filter.
mod index;

/// Names of outlets, and their keys.
mod outlet;

/// Whose account a report is.
mod lineage;

/// Stories from text in, groups as text out.
#[cfg(test)]
mod tests;

pub use index::{Given, Index, Linked};
pub use outlet::key as outlet_key;

/// An article that was linked before.
#[derive(Clone, Debug)]
pub struct Known {
    /// The article.
    pub article: Article,
    /// Its tags.
    pub tagged: Tagged,
    /// The story of each of its happenings, in the order of `happenings`.
    pub stories: Vec<String>,
}

/// Where an article belongs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// One a happening that it reports, in the order of the text. Empty where it is irrelevant or only looks back.
    pub happenings: Vec<Joins>,
}

/// The known stories that tell of a happening. Empty: a new story. Several: they turn out to be one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joins {
    /// Ids, sorted.
    pub stories: Vec<String>,
}

/// The index keys of an article: whoever shares one is a candidate. Short strings, sorted, no doubles. None where the article
/// has no happening.
pub fn keys(article: &Article, tagged: &Tagged) -> Vec<String> {
    decide::keys(article, tagged)
}

/// Where an article belongs, given every known article that shares a key with it. More candidates change nothing.
pub fn decide(article: &Article, tagged: &Tagged, candidates: &[Known]) -> Decision {
    decide::decide(article, tagged, candidates)
}

/// The places among an article's events of those that each of its happenings is told by; in the order of `Decision::happenings`.
pub fn happenings(article: &Article, tagged: &Tagged) -> Vec<Vec<usize>> {
    digest::places(article, tagged)
}

/// The id of a new story for an article's happening: 12 hex. Of the first happening the article id's own beginning.
pub fn story_id(article: &str, happening: usize) -> String {
    decide::story_id(article, happening)
}

/// Sets the origin of every report of one story: whose account it is, and which are copies. Any order in, same result.
pub fn lineage(reports: &mut [Told]) {
    lineage::lineage(reports);
}
