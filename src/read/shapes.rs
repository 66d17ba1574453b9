//! What the filters `parse` and `extract` print: unknown is null, lists are never null, titles are plain, dates are as stated.

use serde::Serialize;

use super::date::{self, Hint};
use super::feed::{Enclosure, Entry, Feed};
use super::html::Cleaner;
use super::{article, plain};

/// A feed, read by the filter `parse`.
#[derive(Clone, Debug, Serialize)]
pub struct Parsed {
    format: String,
    id: Option<String>,
    title: Option<String>,
    subtitle: Option<String>,
    link: Option<String>,
    language: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    rights: Option<String>,
    repaired: Vec<String>,
    warnings: Vec<String>,
    entries: Vec<Item>,
}

/// An item of a feed, read by the filter `parse`.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    id: String,
    guid: Option<String>,
    title: Option<String>,
    link: Option<String>,
    links: Vec<String>,
    published: Option<String>,
    updated: Option<String>,
    authors: Vec<String>,
    categories: Vec<String>,
    enclosures: Vec<Enclosure>,
    summary_html: Option<String>,
    content_html: Option<String>,
    text: Option<String>,
}

/// A page, read by the filter `extract`.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Extracted {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) text: Option<String>,
    pub(super) html: Option<String>,
}

impl Extracted {
    /// The text of the article; `None` where the page holds none.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

impl Parsed {
    /// How many items the feed has.
    pub fn items(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn of(feed: Feed, repaired: Vec<String>) -> Self {
        let hint = Hint::of(feed.language.as_deref());
        let mut warnings = Vec::new();
        let mut cleaner = Cleaner::default();
        let ids = article::entry_ids(&feed);
        let updated = stated(feed.updated, hint, &mut warnings);
        let entries = feed.entries.into_iter().zip(ids);
        let entries: Vec<Item> = entries.map(|(entry, id)| Item::of(entry, id, hint, &mut cleaner, &mut warnings)).collect();
        Self {
            format: feed.format,
            id: feed.id,
            title: feed.title,
            subtitle: feed.subtitle,
            link: feed.link.map(String::from),
            language: feed.language,
            updated,
            authors: feed.authors,
            rights: feed.rights,
            repaired,
            warnings,
            entries,
        }
    }
}

impl Item {
    fn of(entry: Entry, id: String, hint: Hint, cleaner: &mut Cleaner, warnings: &mut Vec<String>) -> Self {
        let summary_html = entry.summary.and_then(|markup| cleaner.clean(&markup));
        let content_html = entry.content.and_then(|markup| cleaner.clean(&markup));
        let text = longer_text(summary_html.as_deref().unwrap_or(""), content_html.as_deref().unwrap_or(""));
        Self {
            id,
            guid: entry.guid,
            title: entry.title,
            link: entry.link.map(String::from),
            links: entry.links.into_iter().map(String::from).collect(),
            published: stated(entry.published, hint, warnings),
            updated: stated(entry.updated, hint, warnings),
            authors: entry.authors,
            categories: entry.categories,
            enclosures: entry.enclosures,
            summary_html,
            content_html,
            text: Some(text).filter(|text| !text.is_empty()),
        }
    }
}

/// The longer of two texts. Text is never longer than its markup, so that the text of a short summary need not be made.
fn longer_text(summary: &str, content: &str) -> String {
    let text = plain::text(content);
    if summary.len() <= text.len() {
        return text;
    }
    let other = plain::text(summary);
    if other.len() > text.len() { other } else { text }
}

/// A date in ISO 8601; one that cannot be read is warned of.
fn stated(text: Option<String>, hint: Hint, warnings: &mut Vec<String>) -> Option<String> {
    const MOST: usize = 12;
    let text = text?;
    let date = date::parse(&text, hint).map(|stated| stated.to_string());
    if date.is_none() && warnings.len() < MOST {
        warnings.push(format!("\"{}\" is no date that can be read", plain::cut(&plain::line(&text), 60)));
    }
    date
}
