//! What a page says of itself: title, authors, date, language, canonical address.

use scraper::{Html, Selector};
use url::Url;

use crate::read::date::{self, Hint, Stated};
use crate::read::{address, plain};

/// A page's own statements.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<Stated>,
    pub(super) published_raw: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    /// As stated; whether it counts is the caller's question.
    pub(super) canonical: Option<Url>,
}

impl Page {
    pub(super) fn of(markup: &str, url: Option<&Url>) -> Self {
        let page = Html::parse_document(markup);
        let select = |selector: &str| Selector::parse(selector).ok().and_then(|selector| page.select(&selector).next());
        let meta = |name: &str| {
            let element = select(&format!("meta[property='{name}'], meta[name='{name}']"))?;
            Some(plain::line(element.attr("content")?)).filter(|text| !text.is_empty())
        };
        let language = page.root_element().attr("lang").map(str::to_string);
        let raw = meta("article:published_time").or_else(|| meta("datePublished")).or_else(|| meta("date"));
        let raw = raw.or_else(|| select("time[datetime]").and_then(|time| time.attr("datetime")).map(str::to_string));
        let canonical = select("link[rel~='canonical']").and_then(|link| link.attr("href"));
        Self {
            title: meta("og:title")
                .or_else(|| select("title").map(|title| plain::line(&title.inner_html())))
                .filter(|title| !title.is_empty()),
            authors: meta("author").into_iter().collect(),
            published: raw.as_deref().and_then(|text| date::parse(text, Hint::of(language.as_deref()))),
            published_raw: raw,
            language,
            site: meta("og:site_name"),
            canonical: canonical.and_then(|href| address::resolve(href, url)),
        }
    }
}
