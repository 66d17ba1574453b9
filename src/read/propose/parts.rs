//! Within the items of a list: which selector leads to link, title, date and summary in most of them.

use scraper::{ElementRef, Selector};
use url::Url;

use super::headlines::Headline;
use super::names;
use crate::read::article::weight;
use crate::read::date::{self, Hint};
use crate::read::{address, listing, plain};

/// Items that selectors are taken from, and tried on: what holds for so many holds for all.
const SAMPLE: usize = 40;

/// Lightest text that is a summary.
const LIGHTEST_SUMMARY: usize = 40;

/// Longest text that is a date alone, in bytes.
const LONGEST_DATE: usize = 60;

/// Words in the classes of summaries.
const SUMMARY: [&str; 11] =
    ["summary", "excerpt", "desc", "dek", "deck", "teaser", "abstract", "intro", "standfirst", "snippet", "lead"];

type Item<'a, 'h> = (ElementRef<'a>, &'h Headline<'a>);

/// The selector of the element that leads to an item's headline; `None` where none does so in most items.
pub(super) fn link(items: &[Item<'_, '_>], base: &Url) -> Option<String> {
    let names = items.iter().take(SAMPLE).flat_map(|(item, headline)| names::within(headline.link, *item));
    let leads = |(item, headline): &Item<'_, '_>, selector: &Selector| {
        let href = listing::first(*item, selector).and_then(|link| link.attr("href"));
        href.and_then(|href| address::resolve(href, Some(base))).is_some_and(|url| address::canonical(&url) == headline.url)
    };
    best(items, names.collect(), leads, 60)
}

/// The selector of the title, where it is not the link's own text.
pub(super) fn title(items: &[Item<'_, '_>], link: &str) -> Option<String> {
    let link = Selector::parse(link).ok()?;
    let is_title =
        |(item, headline): &Item<'_, '_>, selector: &Selector| shown(*item, selector).is_some_and(|text| text == headline.text);
    let own = items.iter().take(SAMPLE).filter(|item| is_title(item, &link)).count();
    if own * 10 >= items.len().min(SAMPLE) * 7 {
        return None;
    }
    let names = items.iter().take(SAMPLE).flat_map(|(item, headline)| {
        let titled = inner(*item).filter(|element| plain::line(&element.inner_html()) == headline.text);
        titled.flat_map(|element| names::within(element, *item)).collect::<Vec<_>>()
    });
    best(items, names.collect(), is_title, 60)
}

/// The selector of the date.
pub(super) fn date(items: &[Item<'_, '_>]) -> Option<String> {
    let names = items.iter().take(SAMPLE).flat_map(|(item, _)| {
        inner(*item).filter(|element| is_date(*element)).flat_map(|element| names::within(element, *item)).collect::<Vec<_>>()
    });
    best(items, names.collect(), |(item, _), selector| listing::first(*item, selector).is_some_and(is_date), 50)
}

/// The selector of the summary.
pub(super) fn summary(items: &[Item<'_, '_>], date: Option<&str>) -> Option<String> {
    let is_summary = |(item, headline): &Item<'_, '_>, selector: &Selector| {
        shown(*item, selector).is_some_and(|text| weight(&text) >= LIGHTEST_SUMMARY && !text.contains(headline.text.as_str()))
    };
    let said = |element: &ElementRef<'_>| {
        let classes = element.value().classes().any(|class| SUMMARY.iter().any(|word| class.to_lowercase().contains(word)));
        element.value().name() == "p" || classes
    };
    let names = items
        .iter()
        .take(SAMPLE)
        .flat_map(|(item, _)| inner(*item).filter(said).flat_map(|element| names::within(element, *item)).collect::<Vec<_>>());
    best(items, names.filter(|name| Some(name.as_str()) != date).collect(), is_summary, 50)
}

/// The selector that holds in most items, and in at least so many of a hundred; of equals the first, for names come best first.
fn best<'a, 'h>(
    items: &[Item<'a, 'h>],
    names: Vec<String>,
    holds: impl Fn(&Item<'a, 'h>, &Selector) -> bool,
    least: usize,
) -> Option<String> {
    /// Different selectors that are tried: items that all differ have no common one.
    const MOST: usize = 40;
    let mut tried: Vec<(usize, usize, String)> = Vec::new();
    for name in names {
        if tried.len() >= MOST || tried.iter().any(|(.., held)| *held == name) {
            continue;
        }
        let Ok(selector) = Selector::parse(&name) else { continue };
        let hits = items.iter().take(SAMPLE).filter(|item| holds(item, &selector)).count();
        tried.push((hits, tried.len(), name));
    }
    let most = tried.into_iter().min_by_key(|(hits, place, _)| (std::cmp::Reverse(*hits), *place))?;
    (most.0 * 100 >= items.len().min(SAMPLE) * least).then_some(most.2)
}

fn inner<'a>(item: ElementRef<'a>) -> impl Iterator<Item = ElementRef<'a>> {
    item.descendants().skip(1).filter_map(ElementRef::wrap)
}

fn shown(item: ElementRef<'_>, selector: &Selector) -> Option<String> {
    listing::first(item, selector).map(|element| plain::line(&element.inner_html()))
}

fn is_date(element: ElementRef<'_>) -> bool {
    let text = listing::date_of(element);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let parsed = (3..=LONGEST_DATE).contains(&text.len()).then(|| date::parse(&text, Hint::default())).flatten();
    digits >= 3 && parsed.is_some_and(date::Stated::is_plausible)
}
