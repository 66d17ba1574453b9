//! Finds who changed whose access to what, each with the words that say so. A lexicon with rules: the same on every machine.

use std::sync::Arc;

use crate::model::mistake::Mistake;
use crate::model::tagged::Tagged;
use crate::model::taxonomy::Taxonomy;

/// Reads and checks the files of `taxonomy/`.
pub mod taxonomy;

/// What is tagged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// Plain text, one line.
    pub title: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// BCP 47, as the feed claims.
    pub lang: Option<&'a str>,
    /// ISO date or timestamp, possibly partial, against which "in April" is resolved.
    pub published: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
}

/// Tags texts; made once, used from many threads.
pub struct Tagger {
    taxonomy: Arc<Taxonomy>,
}

impl Tagger {
    /// A tagger that knows a taxonomy and the files of `taxonomy/words/` (each a path relative to the publication's
    /// folder and its text); or every mistake in the words.
    pub fn new(taxonomy: Arc<Taxonomy>, words: &[(String, String)]) -> Result<Self, Vec<Mistake>> {
        let _ = words;
        Ok(Self { taxonomy })
    }

    /// The tags of a text.
    pub fn tag(&self, text: Text<'_>) -> Tagged {
        let _ = (&self.taxonomy, text);
        Tagged::default()
    }
}
