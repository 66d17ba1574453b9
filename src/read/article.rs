//! Makes articles of a feed's items: identity, outlet, date, how much of the text is held.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use url::Url;

use crate::model::article::{Article, ArticleKind};
use crate::model::language;
use crate::model::source::{DatePolicy, Source};
use crate::model::when::When;
use crate::model::words::count;

use super::date::{self, Hint};
use super::feed::{Entry, Feed};
use super::{Bytes, address, plain};

/// From so much text on, an item holds the article itself, not a summary. In letters; a Han character counts for three.
pub(super) const FULL_TEXT: usize = 1_500;

/// Bytes of a text that stand for the title which an item lacks.
pub(super) const OPENING: usize = 300;

/// The articles of a feed, in document order. What gives none is warned of.
pub(super) fn of_feed(feed: Feed, bytes: Bytes<'_>, source: &Source, now: Timestamp, warnings: &mut Vec<String>) -> Vec<Article> {
    let claims = [feed.language.clone(), source.lang.clone()];
    let home: BTreeSet<Url> = [feed.link.as_ref(), Some(bytes.url)].into_iter().flatten().map(address::canonical).collect();
    let drafts = feed.entries.into_iter().map(|entry| Draft::of(entry, source, &claims, &home)).collect();
    of_drafts(drafts, bytes, source, now, warnings)
}

/// The articles of a document's items, each once, in document order.
pub(super) fn of_drafts(
    drafts: Vec<Draft>,
    bytes: Bytes<'_>,
    source: &Source,
    now: Timestamp,
    warnings: &mut Vec<String>,
) -> Vec<Article> {
    let total = drafts.len();
    let items: Vec<Draft> = drafts.into_iter().filter(|item| !item.title.is_empty() || !item.text.is_empty()).collect();
    if items.len() < total {
        warnings.push(format!("{} without title and text", count(total - items.len(), "item")));
    }
    let ids = ids(&items.iter().map(|item| item.keys(source)).collect::<Vec<_>>());
    let total = items.len();
    let mut seen = BTreeSet::new();
    let distinct: Vec<(Draft, String)> = items.into_iter().zip(ids).filter(|(_, id)| seen.insert(id.clone())).collect();
    if distinct.len() < total {
        warnings.push(format!("{} that repeat others", count(total - distinct.len(), "item")));
    }
    distinct.into_iter().take(source.max_items).map(|(item, id)| item.article(id, bytes, source, now)).collect()
}

/// An item on its way to an article.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Canonical.
    pub(super) url: Option<Url>,
    /// The address names more than this item: the feed's own home.
    pub(super) shared: bool,
    pub(super) guid: Option<String>,
    pub(super) title: String,
    pub(super) text: String,
    /// The text is the article's own, not a summary.
    pub(super) full: bool,
    pub(super) date: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) outlet: Option<String>,
    pub(super) claims: [Option<String>; 3],
}

impl Draft {
    fn of(entry: Entry, source: &Source, claims: &[Option<String>; 2], home: &BTreeSet<Url>) -> Self {
        let url = entry.original.or(entry.link).map(|url| address::canonical(&url));
        let summary = entry.summary.map(|markup| plain::text(&markup.html)).unwrap_or_default();
        let content = entry.content.map(|markup| plain::text(&markup.html)).unwrap_or_default();
        let text = if weight(&content) >= weight(&summary) { content } else { summary };
        let title = entry.title.unwrap_or_default();
        Self {
            shared: url.as_ref().is_some_and(|url| home.contains(url)),
            url,
            guid: entry.guid,
            full: weight(&text) >= FULL_TEXT && !is_cut(&text),
            title,
            text,
            date: entry.published.or(entry.updated),
            authors: entry.authors,
            outlet: entry.outlet.filter(|_| source.aggregator),
            claims: [entry.language, claims[0].clone(), claims[1].clone()],
        }
    }

    fn keys(&self, source: &Source) -> Keys {
        let opening = if self.title.is_empty() { plain::cut(&self.text, OPENING) } else { &self.title };
        let date = self.date.as_deref().unwrap_or("");
        keys(&source.id, self.url.as_ref().filter(|_| !self.shared), self.guid.as_deref(), [opening, date])
    }

    fn article(self, id: String, bytes: Bytes<'_>, source: &Source, now: Timestamp) -> Article {
        let claims: Vec<Option<&str>> = self.claims.iter().map(Option::as_deref).collect();
        let lang = language::decide(&claims, &self.title, &self.text);
        let claimed = self.date.as_deref().and_then(|text| claimed(text, &lang, self.claims[1].as_deref(), source));
        let has_page = self.url.is_some() && !self.full && !source.paywalled;
        Article {
            id,
            version: 1,
            url: self.url.map(String::from),
            source: source.id.clone(),
            outlet: self.outlet.unwrap_or_else(|| source.outlet.clone()),
            kind: if self.full { ArticleKind::Full } else { ArticleKind::Brief },
            title: self.title,
            text: self.text,
            lang,
            claimed,
            claimed_raw: self.date,
            first_seen: now,
            authors: self.authors,
            document: bytes.hash.to_string(),
            speaks_for: source.speaks_for.clone(),
            lead: source.aggregator,
            has_page,
        }
    }
}

/// A stated date, where it is believable and the source's dates are to be believed.
pub(super) fn claimed(text: &str, lang: &str, stated_lang: Option<&str>, source: &Source) -> Option<When> {
    if source.date == DatePolicy::FirstSeen {
        return None;
    }
    let hint = if lang.starts_with("zh") { Hint::of(Some(lang)) } else { Hint::of(stated_lang) };
    date::parse(text, hint).filter(|stated| stated.is_plausible()).map(date::Stated::when)
}

/// What an item may be known by, best first: its address, its guid within the source, its title and date within the source.
pub(super) type Keys = [Option<String>; 3];

pub(super) fn keys(source: &str, address: Option<&Url>, guid: Option<&str>, title_and_date: [&str; 2]) -> Keys {
    let [title, date] = title_and_date;
    let guid = guid.map(|guid| format!("guid:{source}\n{guid}"));
    [address.map(Url::to_string), guid, Some(format!("item:{source}\n{title}\n{date}"))]
}

/// The id of each item: of its best key that no other item of the document has, so that two items with one guid stay two, and
/// two with one address as well. An item that repeats another in every way has the other's id.
pub(super) fn ids(keys: &[Keys]) -> Vec<String> {
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for key in keys.iter().flatten().flatten() {
        *count.entry(key).or_default() += 1;
    }
    let best = |keys: &Keys| {
        let unique = keys.iter().flatten().find(|key| count.get(key.as_str()) == Some(&1));
        address::hash(unique.or(keys[2].as_ref()).map_or("", String::as_str))
    };
    keys.iter().map(best).collect()
}

/// The ids of a feed's items where no source is known.
pub(super) fn entry_ids(feed: &Feed) -> Vec<String> {
    let of_entry = |entry: &Entry| {
        let address = entry.original.as_ref().or(entry.link.as_ref()).map(address::canonical);
        let date = entry.published.as_deref().or(entry.updated.as_deref()).unwrap_or("");
        let text =
            || entry.summary.as_ref().or(entry.content.as_ref()).map(|markup| plain::text(&markup.html)).unwrap_or_default();
        let opening = entry.title.clone().unwrap_or_else(|| plain::cut(&text(), OPENING).to_string());
        keys("", address.as_ref(), entry.guid.as_deref(), [&opening, date])
    };
    ids(&feed.entries.iter().map(of_entry).collect::<Vec<_>>())
}

/// Letters of a text, where a Han character counts for three.
pub(super) fn weight(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2E80}' { 3 } else { 1 }).sum()
}

/// A text that says that it goes on elsewhere.
fn is_cut(text: &str) -> bool {
    let end = text.trim_end();
    ["…", "...", "[…]", "[...]", "Read more", "Continue reading", "Read More", "阅读全文", "閱讀全文", "続きを読む"]
        .iter()
        .any(|mark| end.ends_with(mark))
}

#[cfg(test)]
mod tests;
