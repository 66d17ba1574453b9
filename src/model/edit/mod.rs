//! What an outlet changed in an article: two versions compared, sentence by sentence and word by word.
//!
//! The store keeps every version as it was read; what changed between two is computed from them each time. So the versions are
//! the proof, an edit is never kept beside them in a second telling, and a better comparison reads old edits anew.

/// Sentences and words of any script, and when two count as the same.
mod split;

/// Counters and clocks: what a page changes by itself.
mod furniture;

/// Which sentences went, came, or were reworded.
mod compare;

/// So much of a change as may be shown.
mod excerpt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::{Article, ArticleKind};
pub use excerpt::excerpts;

/// What one later look found changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The version that it led to.
    pub version: u32,
    /// The run that first saw that version.
    pub seen: Timestamp,
    /// The title before and after; `None` where it stayed.
    pub title: Option<(String, String)>,
    /// In the order of the text: of the later version, where a sentence is left in it.
    pub passages: Vec<Passage>,
}

/// One sentence that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Which sentence, from 0: of the later version; of the earlier where it was removed. Neighbours are one apart.
    pub place: usize,
    /// What became of it.
    pub what: Change,
}

/// What became of a sentence. Text as the outlet has it, not cut: it may be long, and it is not fit for a page as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It is new.
    Added(String),
    /// It is gone.
    Removed(String),
    /// Some of its words are others; all of it, in pieces.
    Reworded(Vec<Piece>),
}

/// Words of a reworded sentence, with the space after them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece {
    /// They stayed.
    Same(String),
    /// They are gone.
    Gone(String),
    /// They are new.
    New(String),
}

impl Piece {
    /// Its words.
    pub fn text(&self) -> &str {
        let (Self::Same(text) | Self::Gone(text) | Self::New(text)) = self;
        text
    }
}

impl Edit {
    /// Number of changes: the title and each passage.
    pub fn changes(&self) -> usize {
        usize::from(self.title.is_some()) + self.passages.len()
    }
}

/// One version of an article, with the run that first saw it; `None` where the versions before it were let go.
pub type Seen = (Option<Timestamp>, Article);

/// Whether two versions say the same in the same words. Spaces, the forms of quotation marks and dashes, and what a page counts
/// or dates by itself ("1,204 views", "updated 3 minutes ago") make no difference.
pub fn same_wording(one: &Article, other: &Article) -> bool {
    same_title(&one.title, &other.title) && same_text(&one.text, &other.text)
}

/// Whether two titles are of the same words.
pub fn same_title(one: &str, other: &str) -> bool {
    one == other || split::folded(one) == split::folded(other)
}

/// Whether two texts are of the same words, counters and clocks aside.
pub fn same_text(one: &str, other: &str) -> bool {
    one == other || split::wording(one) == split::wording(other)
}

/// What an outlet changed, look by look, of all versions of an article, the oldest first and the present one last.
///
/// What came of one look counts as one. A page that takes the place of its summary is a fuller reading and no edit, and so is
/// an outlet's own word in the place of an aggregator's lead.
pub fn edits(versions: &[Seen]) -> Vec<Edit> {
    let mut looks: Vec<&Seen> = Vec::new();
    for version in versions {
        match looks.last_mut() {
            Some(last) if last.0.is_some() && last.0 == version.0 => *last = version,
            _ => looks.push(version),
        }
    }
    looks.windows(2).filter_map(|pair| edit(&pair[0].1, pair[1])).collect()
}

fn edit(before: &Article, (seen, after): &Seen) -> Option<Edit> {
    let seen = (*seen)?;
    if !is_comparable(before, after) {
        return None;
    }
    let title = (!same_title(&before.title, &after.title)).then(|| (before.title.clone(), after.title.clone()));
    // The same bytes read anew by a better reader are no edit of the outlet's.
    let passages = if before.document == after.document { Vec::new() } else { compare::passages(&before.text, &after.text) };
    let edit = Edit { version: after.version, seen, title, passages };
    (edit.changes() > 0).then_some(edit)
}

/// Whether both are as much of the article, in the words of the same.
fn is_comparable(before: &Article, after: &Article) -> bool {
    let whole = |article: &Article| article.kind == ArticleKind::Full;
    whole(before) == whole(after) && before.lead == after.lead && before.source == after.source
}

#[cfg(test)]
mod tests;
