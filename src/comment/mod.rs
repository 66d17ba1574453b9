//! Writes the report, the commentary and the laws: a story and the ledger go in, sentences with their facts come out. Pure.

use crate::model::insight::Insight;
use crate::model::ledger::Ledger;
use crate::model::mistake::Mistake;
use crate::model::story::Story;

/// The checked files of `templates/commentary/`.
pub struct Commentary {}

/// What a story is written from.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// The story.
    pub story: &'a Story,
    /// The record as of the story's latest report.
    pub ledger: &'a Ledger,
    /// BCP 47 language to write in.
    pub lang: &'a str,
    /// Wordings that neighbouring stories used, newest first: views and laws are not repeated within 30 stories.
    pub used: &'a [String],
    /// What was published of it before, in this language: kept while its facts do not change.
    pub previous: Option<&'a Insight>,
}

impl Commentary {
    /// The commentary of some templates, each a path and its text; or every mistake in them.
    pub fn new(templates: &[(String, String)]) -> Result<Self, Vec<Mistake>> {
        let _ = templates;
        Ok(Self {})
    }

    /// Writes one Insight. `None` when the story has no event to write about.
    pub fn write(&self, brief: Brief<'_>) -> Option<Insight> {
        let _ = brief;
        None
    }
}
