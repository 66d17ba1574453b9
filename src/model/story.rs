//! The articles that tell of one happening.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::article::Article;
use super::edit::Edit;
use super::event::AccessEvent;
use super::tagged::Tagged;

/// One happening and the articles that tell of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Story {
    /// 12 hex of its first article's id; set at first publication, never recomputed.
    pub id: String,
    /// Words and six hex; frozen at first publication. Its page is `/insights/<yyyy>/<slug>/`.
    pub slug: String,
    /// The year in its address: of the first article's publication.
    pub year: i16,
    /// Its articles, by first seen, then id. Never empty.
    pub reports: Vec<Told>,
    /// When the first edition that shows it was made.
    pub first_shown: Timestamp,
}

/// An article with its tags.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// What it says.
    pub article: Article,
    /// What was found in it.
    pub tagged: Tagged,
    /// Whose account it is: the outlet's own key, or the earliest source that it rests on. Reports with one origin
    /// count once.
    pub origin: Origin,
    /// What its outlet changed in it since we first saw it, the oldest first; `article` is the present version.
    #[serde(default)]
    pub edits: Vec<Edit>,
}

/// Whose account a report is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Lower-kebab key: `financial-times`.
    pub key: String,
    /// As pages name it: "Financial Times".
    pub name: String,
    /// Id of the earlier article that this one copies, rewrites or translates; it is then evidence, not a report.
    pub copy_of: Option<String>,
}

impl Story {
    /// The event that the story is of: the first that is not recalled in its earliest report, else the first.
    pub fn event(&self) -> Option<&AccessEvent> {
        let all = || self.reports.iter().flat_map(|told| &told.tagged.events);
        all().find(|event| !event.recalled).or_else(|| all().next())
    }

    /// Reports that are no copies.
    pub fn independent(&self) -> impl Iterator<Item = &Told> {
        self.reports.iter().filter(|told| told.origin.copy_of.is_none())
    }

    /// When we first saw a report of it.
    pub fn first_seen(&self) -> Timestamp {
        self.reports.iter().map(|told| told.article.first_seen).min().unwrap_or(self.first_shown)
    }

    /// When we last saw a new report of it: the day that its Insight stands for.
    pub fn latest(&self) -> Timestamp {
        self.reports.iter().map(|told| told.article.first_seen).max().unwrap_or(self.first_shown)
    }

    /// When its page last had something new to show: a report, an edit of one, or its own first showing.
    pub fn last_news(&self) -> Timestamp {
        let edits = self.reports.iter().flat_map(|told| &told.edits).map(|edit| edit.seen);
        edits.fold(self.latest().max(self.first_shown), Timestamp::max)
    }
}
