//! Puts the articles that tell of one happening into one story. Pure: `keys(article)`, then the store gives candidates, then
//! `decide(article, candidates)`. The result does not depend on the order of arrival.

use crate::model::article::Article;
use crate::model::story::Told;
use crate::model::tagged::Tagged;

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

/// The index keys of an article: whoever shares one is a candidate. Short strings, sorted, no doubles.
pub fn keys(article: &Article, tagged: &Tagged) -> Vec<String> {
    let _ = (article, tagged);
    Vec::new()
}

/// Where an article belongs, given every known article that shares a key with it.
pub fn decide(article: &Article, tagged: &Tagged, candidates: &[Known]) -> Decision {
    let _ = (article, tagged, candidates);
    Decision::default()
}

/// The id of a new story for an article's happening: 12 hex.
pub fn story_id(article: &str, happening: usize) -> String {
    let _ = happening;
    article.chars().take(12).collect()
}

/// Sets the origin of every report of one story: whose account it is, and which are copies. Any order in, same result.
pub fn lineage(reports: &mut [Told]) {
    let _ = reports;
}
