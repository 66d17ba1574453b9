//! What a page says of itself: title, authors, language, outlet, canonical address.

use jiff::civil::Date;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::read::{address, plain};

use super::dates::{self, Published};
use super::linked::Linked;
use super::names;

/// A page's own statements.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Published>,
    /// The words that state it.
    pub(super) published_raw: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    /// As stated; whether it counts is the caller's question.
    pub(super) canonical: Option<Url>,
    /// The text that the publisher gives beside the page.
    pub(super) body: Option<String>,
}

impl Page {
    /// From a page as it came, and without its scripts. No date after `latest` can be right.
    pub(super) fn of(whole: &str, lean: &str, url: Option<&Url>, latest: Option<Date>) -> Self {
        let html = Html::parse_document(lean);
        let linked = Linked::of(&html, url);
        let head = Head { html: &html };
        let site = head.meta(&["og:site_name", "application-name", "al:android:app_name"]).or_else(|| linked.publisher.clone());
        let own = html.root_element().attr("lang").map(str::to_string).filter(|lang| !lang.trim().is_empty());
        let language = own
            .or_else(|| head.meta(&["og:locale", "content-language", "language", "dc.language"]))
            .or_else(|| linked.language.clone());
        let title = title(&head, &linked, site.as_deref(), url);
        let place = dates::Place { head: &head, linked: &linked, url, whole, title: title.as_deref(), latest };
        let (published, published_raw) = dates::published(&place).unzip();
        Self {
            title,
            authors: names::authors(&head, &linked, site.as_deref()),
            published,
            published_raw,
            language,
            canonical: canonical(&head, url),
            site,
            body: linked.body,
        }
    }
}

/// The address by which a page wants to be known.
fn canonical(head: &Head<'_>, url: Option<&Url>) -> Option<Url> {
    let link = head.attribute("link[rel~='canonical' i]", "href");
    link.or_else(|| head.meta(&["og:url"])).and_then(|href| address::resolve(&href, url))
}

/// Asks a page by names and selectors.
pub(super) struct Head<'a> {
    pub(super) html: &'a Html,
}

impl<'a> Head<'a> {
    /// The content of the first of these `<meta>`s that has one.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.metas(name).into_iter().next())
    }

    /// The contents of all `<meta>`s of a name.
    pub(super) fn metas(&self, name: &str) -> Vec<String> {
        let selector =
            format!("meta[property='{name}' i], meta[name='{name}' i], meta[itemprop='{name}' i], meta[http-equiv='{name}' i]");
        let contents = self.all(&selector).filter_map(|element| element.attr("content")).map(plain::line);
        contents.filter(|text| !text.is_empty()).collect()
    }

    /// All elements of a selector that is written in the program.
    pub(super) fn all(&self, selector: &str) -> impl Iterator<Item = ElementRef<'a>> + use<'a> {
        let html = self.html;
        let parsed = Selector::parse(selector).ok();
        let found: Vec<ElementRef<'a>> = parsed.map(|selector| html.select(&selector).collect()).unwrap_or_default();
        found.into_iter()
    }

    /// An attribute of the first element that has it.
    pub(super) fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.all(selector)
            .find_map(|element| element.attr(name))
            .map(|value| value.trim().to_string())
            .filter(|value| !value.is_empty())
    }
}

/// The plain text of an element, on one line.
pub(super) fn line_of(element: ElementRef<'_>) -> String {
    plain::line(&element.inner_html())
}

/// The heading that tells most of the page's own title; the title itself, without the outlet's name, where no heading does.
fn title(head: &Head<'_>, linked: &Linked, site: Option<&str>, url: Option<&Url>) -> Option<String> {
    let window = head.all("head title").chain(head.all("title")).map(line_of).find(|title| !title.is_empty());
    let stated = head.meta(&["og:title", "twitter:title", "dc.title", "headline"]);
    let known: Vec<&str> = [stated.as_deref(), linked.headline.as_deref(), window.as_deref()].into_iter().flatten().collect();
    let is_site = |text: &str| site.is_some_and(|site| same(site, text));
    let headings: Vec<String> = head.all("h1").map(line_of).filter(|text| !text.is_empty() && !is_site(text)).collect();
    let told = |heading: &str| known.iter().map(|title| shared(heading, title)).max().unwrap_or(0);
    let best = headings.iter().rev().max_by_key(|heading| told(heading));
    // A single heading is the title even where the page calls itself otherwise for search engines.
    let single = headings.len() == 1 && headings[0].chars().count() >= 4;
    if let Some(heading) = best.filter(|heading| told(heading) >= 40 || single && told(heading) >= 10 || known.is_empty()) {
        return Some(heading.clone());
    }
    let headline =
        linked.headline.as_deref().filter(|headline| stated.as_deref().is_none_or(|stated| shared(headline, stated) >= 60));
    headline.map(str::to_string).or_else(|| known.first().map(|title| without_site(title, site, url)))
}

/// How many words of a hundred two titles share, seen from the shorter.
fn shared(one: &str, other: &str) -> usize {
    let (one, other) = (pieces(one), pieces(other));
    let common = one.iter().filter(|word| other.contains(word)).count();
    common * 100 / one.len().min(other.len()).max(1)
}

/// Words, or single characters where a script knows no spaces, in lower case.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() && c < '\u{2E80}' {
            word.push(c);
            continue;
        }
        if !word.is_empty() {
            pieces.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            pieces.push(c.to_string());
        }
    }
    if !word.is_empty() {
        pieces.push(word);
    }
    pieces
}

fn same(one: &str, other: &str) -> bool {
    pieces(one) == pieces(other)
}

/// A title without ` | Outlet` at its end or start.
fn without_site(title: &str, site: Option<&str>, url: Option<&Url>) -> String {
    const BETWEEN: [&str; 9] = [" | ", " - ", " – ", " — ", " » ", " • ", " :: ", " · ", "_"];
    let host = url.and_then(Url::host_str).unwrap_or("").replace(['.', '-'], "");
    let is_site = |part: &str| {
        let letters: String = pieces(part).concat();
        site.is_some_and(|site| same(site, part)) || letters.len() >= 3 && host.contains(&letters)
    };
    for between in BETWEEN {
        if let Some((before, after)) = title.rsplit_once(between)
            && !before.trim().is_empty()
            && (is_site(after) || pieces(after).len() <= 4 && pieces(before).len() >= 2 * pieces(after).len())
        {
            return without_site(before.trim(), site, url);
        }
        if let Some((before, after)) = title.split_once(between)
            && is_site(before)
            && !after.trim().is_empty()
        {
            return after.trim().to_string();
        }
    }
    title.to_string()
}
