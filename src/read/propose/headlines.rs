//! Links that read like headlines and stand where articles stand.

use std::collections::HashMap;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::names;
use crate::read::article::weight;
use crate::read::{address, plain};

/// Least and most weight of a headline, as `article::weight` counts: shorter are labels, longer are paragraphs.
const LIGHTEST: usize = 18;
const HEAVIEST: usize = 400;

/// Weight beyond which a headline is worth no more.
const WORTH_AT_MOST: usize = 90;

/// What an address with a slug, a date or a number adds to a headline's worth.
const ADDRESS_WORTH: usize = 20;

/// Links that are looked at: no list is longer.
const MOST: usize = 2_000;

/// Times that one article is linked with its headline: by picture, title and invitation. What comes oftener is a section's name.
const MOST_TIMES: usize = 3;

/// A link with its headline.
pub(super) struct Headline<'a> {
    pub(super) link: ElementRef<'a>,
    /// Canonical.
    pub(super) url: Url,
    pub(super) text: String,
    pub(super) worth: usize,
}

/// The headlines of a page in its order, without those of menus, footers, tag clouds and pagers.
pub(super) fn headlines<'a>(page: &'a Html, base: &Url) -> Vec<Headline<'a>> {
    let Ok(links) = Selector::parse("a[href]") else { return Vec::new() };
    let own = address::canonical(base);
    let mut aside = HashMap::new();
    let headline = |link: ElementRef<'a>| {
        let href = link.attr("href").filter(|href| !href.trim_start().starts_with('#'))?;
        let url = address::canonical(&address::resolve(href, Some(base))?);
        if url == own || link.attr("rel").is_some_and(|rel| rel.split_ascii_whitespace().any(|word| word == "tag")) {
            return None;
        }
        let text = text_of(link)?;
        let around = link.ancestors().filter_map(ElementRef::wrap);
        for element in std::iter::once(link).chain(around) {
            if *aside.entry(element.id()).or_insert_with(|| names::is_aside(element)) {
                return None;
            }
        }
        let elsewhere = !address::same_site(&url, base);
        let worth = weight(&text).min(WORTH_AT_MOST) + if is_article_like(&url) { ADDRESS_WORTH } else { 0 };
        Some(Headline { link, url, text, worth: if elsewhere { worth / 2 } else { worth } })
    };
    let mut found: Vec<Headline<'a>> = page.select(&links).take(MOST).filter_map(headline).collect();
    let mut times: HashMap<Url, usize> = HashMap::new();
    found.iter().for_each(|headline| *times.entry(headline.url.clone()).or_default() += 1);
    found.retain(|headline| times[&headline.url] <= MOST_TIMES);
    found
}

/// The headline that a link carries, or that stands beside a link without words of its own.
fn text_of(link: ElementRef<'_>) -> Option<String> {
    let inside = titled(link).into_iter().chain([link]).map(|element| plain::line(&element.inner_html()));
    let said = ["aria-label", "title"].into_iter().filter_map(|name| link.attr(name)).map(plain::line);
    let own = inside.chain(said).find(|text| is_headline(text));
    own.or_else(|| (weight(&plain::line(&link.inner_html())) < LIGHTEST).then(|| beside(link)).flatten())
}

/// An element within a link that says that it is the title.
fn titled(link: ElementRef<'_>) -> Option<ElementRef<'_>> {
    let says = |element: &ElementRef<'_>| {
        names::is_heading(element.value().name())
            || element.value().classes().any(|class| ["title", "headline"].iter().any(|word| class.to_lowercase().contains(word)))
    };
    link.descendants().skip(1).filter_map(ElementRef::wrap).find(says)
}

/// A heading without a link, in an element that has no other: its link says "Read more", or is laid over the whole card.
fn beside(link: ElementRef<'_>) -> Option<String> {
    const NEAR: usize = 4;
    for element in link.ancestors().filter_map(ElementRef::wrap).take(NEAR) {
        let inner = element.descendants().filter_map(ElementRef::wrap);
        let headings: Vec<ElementRef<'_>> = inner.filter(|inner| names::is_heading(inner.value().name())).take(2).collect();
        let [heading] = headings[..] else { if headings.is_empty() { continue } else { return None } };
        let linked = |node: ElementRef<'_>| node.value().name() == "a";
        let has_link = heading.descendants().chain(heading.ancestors()).filter_map(ElementRef::wrap).any(linked);
        return Some(plain::line(&heading.inner_html())).filter(|text| !has_link && is_headline(text));
    }
    None
}

fn is_headline(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let wide = text.chars().filter(|c| *c >= '\u{2E80}').count();
    let words = text.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).count();
    (LIGHTEST..=HEAVIEST).contains(&weight(text)) && (words >= 3 || wide >= 6) && letters * 2 >= text.chars().count()
}

/// Addresses of articles mostly end in words joined by dashes, or carry a date or a number.
fn is_article_like(url: &Url) -> bool {
    let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty())).unwrap_or("");
    let digits = url.path().bytes().chain(url.query().unwrap_or("").bytes()).filter(u8::is_ascii_digit).count();
    last.matches(['-', '_']).count() >= 2 || digits >= 4
}
