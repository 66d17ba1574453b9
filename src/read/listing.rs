//! Pages that list articles, for outlets without a feed: an editor's CSS selectors say where they stand.

use jiff::Timestamp;
use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::model::article::Article;
use crate::model::fetched::Verdict;
use crate::model::source::{Selectors, Source};
use crate::model::words::count;

use super::article::{Draft, of_drafts};
use super::{Bytes, Repairs, Unreadable, address, charset, html, plain};

/// Longest page, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;

/// The articles that a page lists. A selector that matches nothing is a failure: silence would hide a rebuilt page.
pub(super) fn articles(
    bytes: Bytes<'_>,
    selectors: &Selectors,
    source: &Source,
    now: Timestamp,
    notes: (&mut Repairs, &mut Vec<String>),
) -> Result<Vec<Article>, Unreadable> {
    let (repairs, warnings) = notes;
    let text = charset::decode(bytes.body, bytes.content_type, Some(bytes.url), repairs);
    if text.trim().is_empty() {
        return Err(Unreadable { verdict: Verdict::Empty, detail: None });
    }
    let page = parsed(&text);
    let fields = Fields::of(selectors)?;
    let language = page.root_element().attr("lang").map(str::to_string);
    let items: Vec<ElementRef<'_>> = page.select(&fields.item).collect();
    if items.is_empty() {
        return Err(failed("item", &selectors.item, ""));
    }
    let place = Place { base: base(&page, bytes.url), own: address::canonical(bytes.url), language };
    let drafts: Vec<Draft> = items.iter().filter_map(|item| fields.draft(*item, &place, source)).collect();
    fields.check(&items, &drafts, selectors)?;
    if let Some(words) = without_link(items.len(), drafts.len(), selectors) {
        repairs.note(words);
    }
    Ok(of_drafts(drafts, bytes, source, now, warnings))
}

/// A page's tree.
pub(super) fn parsed(text: &str) -> Html {
    Html::parse_document(&html::flattened(plain::cut(text, LONGEST)))
}

/// What relative links of a page relate to.
pub(super) fn base(page: &Html, url: &Url) -> Url {
    let tag = Selector::parse("base[href]").ok().and_then(|tag| page.select(&tag).next());
    tag.and_then(|tag| address::resolve(tag.attr("href")?, Some(url))).unwrap_or_else(|| url.clone())
}

/// What all items of a page share.
struct Place {
    base: Url,
    /// The page's own address, canonical.
    own: Url,
    language: Option<String>,
}

/// `more` follows the selector.
fn failed(field: &str, selector: &str, more: &str) -> Unreadable {
    Unreadable { verdict: Verdict::SelectorFailed, detail: Some(format!("{field} \"{selector}\"{more}")) }
}

struct Fields {
    item: Selector,
    link: Selector,
    title: Option<Selector>,
    date: Option<Selector>,
    summary: Option<Selector>,
}

impl Fields {
    fn of(selectors: &Selectors) -> Result<Self, Unreadable> {
        let read =
            |field: &str, selector: &str| Selector::parse(selector).map_err(|_| failed(field, selector, ", which is no CSS"));
        let optional =
            |field: &str, selector: &Option<String>| selector.as_deref().map(|selector| read(field, selector)).transpose();
        Ok(Self {
            item: read("item", &selectors.item)?,
            link: read("link", &selectors.link)?,
            title: optional("title", &selectors.title)?,
            date: optional("date", &selectors.date)?,
            summary: optional("summary", &selectors.summary)?,
        })
    }

    fn draft(&self, item: ElementRef<'_>, place: &Place, source: &Source) -> Option<Draft> {
        let link = first(item, &self.link)?;
        let url = address::canonical(&address::resolve(link.attr("href")?, Some(&place.base))?);
        let text_of = |selector: &Option<Selector>| {
            selector.as_ref().and_then(|selector| first(item, selector)).map(|element| element.inner_html())
        };
        let date = self.date.as_ref().and_then(|selector| first(item, selector)).map(date_of);
        Some(Draft {
            shared: url == place.own,
            url: Some(url),
            guid: None,
            title: plain::line(&text_of(&self.title).unwrap_or_else(|| link.inner_html())),
            text: plain::text(&text_of(&self.summary).unwrap_or_default()),
            full: false,
            date: date.filter(|date| !date.is_empty()),
            authors: Vec::new(),
            outlet: None,
            claims: [place.language.clone(), source.lang.clone(), None],
        })
    }

    /// Each stated selector must match in at least one item.
    fn check(&self, items: &[ElementRef<'_>], drafts: &[Draft], selectors: &Selectors) -> Result<(), Unreadable> {
        let stated = [
            ("link", Some(&self.link), Some(&selectors.link)),
            ("title", self.title.as_ref(), selectors.title.as_ref()),
            ("date", self.date.as_ref(), selectors.date.as_ref()),
            ("summary", self.summary.as_ref(), selectors.summary.as_ref()),
        ];
        for (field, selector, text) in stated {
            if let (Some(selector), Some(text)) = (selector, text)
                && !items.iter().any(|item| first(*item, selector).is_some())
            {
                return Err(failed(field, text, &format!(" in none of {}", count(items.len(), "item"))));
            }
        }
        if drafts.is_empty() {
            return Err(failed(
                "link",
                &selectors.link,
                &format!(", without an address in all of {}", count(items.len(), "item")),
            ));
        }
        Ok(())
    }
}

/// What an editor is told of items without a link; heads of tables and single advertisements are no news.
fn without_link(items: usize, drafts: usize, selectors: &Selectors) -> Option<String> {
    let missing = items.saturating_sub(drafts);
    (missing * 2 > items).then(|| format!("{missing} of {} had no link by \"{}\"", count(items, "item"), selectors.link))
}

/// The date that an element states, as it states it.
pub(super) fn date_of(element: ElementRef<'_>) -> String {
    element.attr("datetime").map_or_else(|| plain::line(&element.inner_html()), |stated| stated.trim().to_string())
}

/// The item itself may be the link.
pub(super) fn first<'a>(item: ElementRef<'a>, selector: &Selector) -> Option<ElementRef<'a>> {
    item.select(selector).next().or_else(|| selector.matches(&item).then_some(item))
}

#[cfg(test)]
mod tests;
