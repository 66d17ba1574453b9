//! Selectors for a page that lists articles but has no feed: a page goes in, the selectors that an editor would write come out.
//!
//! Links with text like a headline are found first; then the elements around them that repeat; then, within these, title, date and
//! summary. Selectors are kept that lead the listing reader to those headlines again.

/// Links that read like headlines.
mod headlines;

/// Names of elements in CSS.
mod names;

/// Title, date and summary within an item.
mod parts;

use std::collections::{BTreeMap, BTreeSet};

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::listing;
use crate::model::source::Selectors;
use headlines::Headline;

/// Fewer articles are no list.
const FEWEST: usize = 3;

/// Elements around a headline that may be its item.
const HIGHEST: usize = 8;

/// Selectors of items that are tried on the page, best first.
const TRIED: usize = 60;

/// What an item is worth beyond its headline if it has a date, and a summary: more of the article is inside it.
const DATE_WORTH: usize = 25;
const SUMMARY_WORTH: usize = 10;

/// The selectors of the list that the page is about; `None` where nothing on it looks like a list of articles.
pub(super) fn selectors(page: &Html, url: &Url) -> Option<Selectors> {
    let base = listing::base(page, url);
    let headlines = headlines::headlines(page, &base);
    let mut candidates: Vec<Candidate> = candidates(&headlines);
    candidates.sort_by(|a, b| b.worth.cmp(&a.worth).then_with(|| a.selector.cmp(&b.selector)));
    let tried = candidates.into_iter().take(TRIED).filter_map(|candidate| proposal(page, &base, candidate, &headlines));
    let best = tried.min_by(|a, b| b.worth.cmp(&a.worth).then_with(|| a.rank.cmp(&b.rank)));
    best.map(|proposal| proposal.selectors)
}

/// A selector of items, with the headlines that it leads to.
struct Candidate {
    selector: String,
    worth: usize,
    /// How well it reads: kind of element, height above the headline, kind of selector, length. Less is better.
    rank: (usize, usize, usize, usize),
}

struct Proposal {
    selectors: Selectors,
    worth: usize,
    rank: (usize, usize, usize, usize),
}

#[derive(Default)]
struct Gathered {
    worth: usize,
    addresses: BTreeSet<String>,
    rank: Option<(usize, usize, usize, usize)>,
}

/// Every selector by which an element around a headline could be meant.
fn candidates(headlines: &[Headline<'_>]) -> Vec<Candidate> {
    let mut gathered: BTreeMap<String, Gathered> = BTreeMap::new();
    for headline in headlines {
        let around = std::iter::once(headline.link).chain(headline.link.ancestors().filter_map(ElementRef::wrap));
        for (height, element) in around.take(HIGHEST).take_while(|element| !is_root(*element)).enumerate() {
            for (kind, selector) in names::of_item(element).into_iter().enumerate() {
                let rank = (tag_rank(element.value().name()), HIGHEST - height, kind, selector.len());
                let entry = gathered.entry(selector).or_default();
                if entry.addresses.insert(headline.url.to_string()) {
                    entry.worth += headline.worth;
                }
                entry.rank = Some(entry.rank.map_or(rank, |held| held.min(rank)));
            }
        }
    }
    let many = gathered.into_iter().filter(|(_, found)| found.addresses.len() >= FEWEST);
    many.map(|(selector, found)| Candidate { selector, worth: found.worth, rank: found.rank.unwrap_or_default() }).collect()
}

fn is_root(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "html" | "body" | "main")
}

fn tag_rank(name: &str) -> usize {
    match name {
        "article" | "li" | "tr" => 0,
        "div" | "section" => 1,
        "a" => 3,
        _ => 2,
    }
}

/// What a candidate comes to on the page.
fn proposal(page: &Html, base: &Url, candidate: Candidate, headlines: &[Headline<'_>]) -> Option<Proposal> {
    let selector = Selector::parse(&candidate.selector).ok()?;
    let elements: Vec<ElementRef<'_>> = page.select(&selector).collect();
    let items = items(&elements, headlines);
    let distinct: BTreeSet<&Url> = items.iter().map(|(_, headline)| &headline.url).collect();
    if distinct.len() < FEWEST || items.len() * 2 < elements.len() {
        return None;
    }
    let link = parts::link(&items, base)?;
    let (title, date) = (parts::title(&items, &link), parts::date(&items));
    let summary = parts::summary(&items, date.as_deref());
    let mut counted = BTreeSet::new();
    let new = items.iter().filter(|(_, headline)| counted.insert(&headline.url));
    let own: usize = new.map(|(_, headline)| headline.worth).sum();
    let more = usize::from(date.is_some()) * DATE_WORTH + usize::from(summary.is_some()) * SUMMARY_WORTH;
    // Items that repeat an article, or hold none, speak against a selector.
    let worth = (own + distinct.len() * more) * distinct.len() / elements.len();
    let selectors = Selectors { item: candidate.selector, link, title, date, summary };
    Some(Proposal { selectors, worth, rank: candidate.rank })
}

/// Elements that hold a headline, each with its first.
fn items<'a, 'h>(elements: &[ElementRef<'a>], headlines: &'h [Headline<'a>]) -> Vec<(ElementRef<'a>, &'h Headline<'a>)> {
    let mut by_link = std::collections::HashMap::new();
    for headline in headlines {
        by_link.entry(headline.link.id()).or_insert(headline);
    }
    let first = |element: &ElementRef<'a>| {
        let found = element.descendants().find_map(|node| by_link.get(&node.id()).copied());
        found.map(|headline| (*element, headline))
    };
    elements.iter().filter_map(first).collect()
}

#[cfg(test)]
mod tests;
