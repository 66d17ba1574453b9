//! What an edit of names and words does to one story: who joins it, who leaves it, and what is read otherwise in whom.

use serde::Serialize;

use crate::model::event::AccessEvent;
use crate::model::tagged::{About, Tagged};
use crate::run::why::said;
use crate::store::Before;

/// What becomes of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is told for the first time.
    Added,
    /// No article tells of it any more.
    Dropped,
    /// It becomes part of another.
    Merged,
    /// It is told otherwise.
    Changed,
}

/// A story and what becomes of it. One line of `--json`.
#[derive(Clone, Debug, Serialize)]
pub struct Effect {
    /// What becomes of it.
    pub what: Fate,
    /// Its id.
    pub story: String,
    /// The story that it becomes part of.
    pub into: Option<String>,
    /// Its articles that join, leave or are read otherwise, by first seen.
    pub articles: Vec<Reading>,
}

/// An article of a story, as it was read and as it is read now.
#[derive(Clone, Debug, Serialize)]
pub struct Reading {
    /// Its id.
    pub article: String,
    /// Who published it.
    pub outlet: String,
    /// Its title.
    pub title: String,
    /// The day that it counts as published on, as far as known.
    pub published: String,
    /// Whether it joins or leaves the story, or stays in it.
    pub part: Part,
    /// Tags that differ: which, before, now.
    pub tags: Vec<Tags>,
    /// Events that it is no longer read to tell of.
    pub events_gone: Vec<AccessEvent>,
    /// Events that it is read to tell of now.
    pub events_new: Vec<AccessEvent>,
    /// Other statements that are no longer read in it.
    pub statements_gone: Vec<Words>,
    /// Other statements that are read in it now.
    pub statements_new: Vec<Words>,
}

/// Which part an article plays in a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// It did not belong to it before.
    Joins,
    /// It does not belong to it now.
    Leaves,
    /// It belonged to it and does.
    Stays,
}

/// One kind of tag, before and now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tags {
    /// `banks`, `vendors`, `products` or `regions`.
    pub of: &'static str,
    /// Ids before.
    pub before: Vec<String>,
    /// Ids now.
    pub after: Vec<String>,
}

/// A statement: its type and the words that make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Words {
    /// What it is about.
    pub about: About,
    /// Its words.
    pub quote: String,
}

impl Effect {
    /// A story with the articles that make the difference; none of which means that nothing anybody sees has changed.
    pub fn of(what: Fate, story: &str, into: Option<&String>, articles: &[Before]) -> Self {
        let articles = articles.iter().filter_map(reading).collect();
        Self { what, story: story.to_string(), into: into.cloned(), articles }
    }

    /// The lines of a terminal: the story by its first article, then what is read otherwise.
    pub fn lines(&self) -> Vec<String> {
        let what = match self.what {
            Fate::Added => "added",
            Fate::Dropped => "dropped",
            Fate::Merged => "merged",
            Fate::Changed => "changed",
        };
        let into = self.into.as_ref().map(|into| format!(", now part of {into}")).unwrap_or_default();
        let mut lines = vec![format!("{what:10}{}{into}", self.story)];
        self.articles.iter().for_each(|reading| lines.extend(reading.lines()));
        lines
    }
}

impl Reading {
    fn lines(&self) -> Vec<String> {
        let part = match self.part {
            Part::Joins => "+ ",
            Part::Leaves => "- ",
            Part::Stays => "  ",
        };
        let mut lines = vec![format!("  {part}{}, {}: {}", self.published, self.outlet, self.title)];
        let ids = |ids: &[String]| if ids.is_empty() { "none".to_string() } else { ids.join(" ") };
        lines.extend(self.tags.iter().map(|tags| format!("      {:10}{} → {}", tags.of, ids(&tags.before), ids(&tags.after))));
        lines.extend(self.events_gone.iter().map(|event| format!("      event   - {}", said(event))));
        lines.extend(self.events_new.iter().map(|event| format!("      event   + {}", said(event))));
        let words = |words: &Words| format!("{} \"{}\"", super::super::why::name(&words.about), words.quote);
        lines.extend(self.statements_gone.iter().map(|one| format!("      says    - {}", words(one))));
        lines.extend(self.statements_new.iter().map(|one| format!("      says    + {}", words(one))));
        lines
    }
}

/// What is read otherwise in an article; `None` where it stays and nothing that a reader sees differs.
fn reading(one: &Before) -> Option<Reading> {
    let nothing = Tagged::default();
    // Of what is not about access nothing is shown, whatever else is found in it.
    let told = |tagged: &'_ Option<Tagged>| tagged.clone().filter(|tagged| tagged.relevant);
    let (was, is) = (told(&one.before), told(&one.after));
    let (was, is) = (was.as_ref().unwrap_or(&nothing), is.as_ref().unwrap_or(&nothing));
    let (events_gone, events_new) = apart(&values(was), &values(is));
    let (statements_gone, statements_new) = apart(&statements(was), &statements(is));
    let part = match (one.was_in, one.is_in) {
        (false, _) => Part::Joins,
        (true, false) => Part::Leaves,
        (true, true) => Part::Stays,
    };
    let tags: Vec<Tags> = [
        ("banks", &was.banks, &is.banks),
        ("vendors", &was.vendors, &is.vendors),
        ("products", &was.products, &is.products),
        ("regions", &was.regions, &is.regions),
    ]
    .into_iter()
    .filter(|(_, before, after)| before != after)
    .map(|(of, before, after)| Tags { of, before: before.clone(), after: after.clone() })
    .collect();
    let lists = [tags.len(), events_gone.len(), events_new.len(), statements_gone.len(), statements_new.len()];
    let is_same = lists.iter().all(|number| *number == 0);
    (part != Part::Stays || !is_same).then(|| Reading {
        article: one.article.id.clone(),
        outlet: one.article.outlet.clone(),
        title: one.article.title.clone(),
        published: one.article.published().date().to_string(),
        part,
        tags,
        events_gone,
        events_new,
        statements_gone,
        statements_new,
    })
}

/// The events as values: where they stand and which rule read them is no difference to a reader.
fn values(tagged: &Tagged) -> Vec<AccessEvent> {
    tagged.events.iter().map(|event| AccessEvent { evidence: Vec::new(), ..event.clone() }).collect()
}

fn statements(tagged: &Tagged) -> Vec<Words> {
    let words = |one: &crate::model::tagged::Statement| Words { about: one.about, quote: one.evidence.quote.clone() };
    tagged.statements.iter().map(words).collect()
}

/// What only the first list holds, and what only the second does.
fn apart<T: Clone + PartialEq>(one: &[T], other: &[T]) -> (Vec<T>, Vec<T>) {
    let only = |these: &[T], those: &[T]| these.iter().filter(|value| !those.contains(value)).cloned().collect();
    (only(one, other), only(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_lists_share_is_no_difference() {
        assert_eq!(apart(&["a", "b"], &["b", "c"]), (vec!["a"], vec!["c"]));
        assert_eq!(apart::<u8>(&[], &[]), (vec![], vec![]));
    }
}
