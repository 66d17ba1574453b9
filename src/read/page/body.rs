//! The article among menus, teasers and notices.

use std::panic::{AssertUnwindSafe, catch_unwind};

use scraper::{Html, Selector};
use url::Url;

use crate::model::fetched::Verdict;
use crate::read::{Unreadable, plain};

/// The article's own text and markup. Both empty where none was found.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) text: String,
    /// Not yet safe.
    pub(super) html: String,
}

/// Finds the article: by an editor's selector where there is one, else by what its markup looks like.
pub(super) fn find(markup: &str, url: Option<&Url>, selector: Option<&str>) -> Result<Body, Unreadable> {
    match selector {
        Some(selector) => selected(markup, selector),
        None => Ok(recognised(markup, url).unwrap_or_default()),
    }
}

fn selected(markup: &str, selector: &str) -> Result<Body, Unreadable> {
    let failed = || Unreadable { verdict: Verdict::SelectorFailed, detail: Some(format!("text_selector \"{selector}\"")) };
    let parsed = Selector::parse(selector).map_err(|_| failed())?;
    let page = Html::parse_document(markup);
    let html = page.select(&parsed).map(|element| element.html()).collect::<Vec<_>>().join("\n");
    let text = plain::text(&html);
    if text.is_empty() { Err(failed()) } else { Ok(Body { text, html }) }
}

fn recognised(markup: &str, url: Option<&Url>) -> Option<Body> {
    use trafilatura::{ExtractionFocus, Options};
    let mut options =
        Options::default().with_fallback(true).with_exclude_comments(true).with_focus(ExtractionFocus::FavorPrecision);
    if let Some(url) = url {
        options = options.with_url(url.clone());
    }
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract(markup, &options))).ok()?.ok()?;
    Some(Body { text: plain::text(&found.content_html), html: found.content_html })
}
