//! An article's page: its text, title, authors, date and language.

/// Title, language and address, as pages state them.
mod meta;

/// What pages state in JSON-LD.
mod linked;

/// JSON that is not quite JSON.
mod mended;

/// Who wrote it.
mod names;

/// Who wrote it, by the line under the title.
mod byline;

/// When it was published.
mod dates;

/// What stands on its page and speaks of something else.
mod aside;

/// The article among menus, teasers and notices.
mod body;

/// The page as a list of blocks.
mod blocks;

/// Which blocks the readings of a page hold.
mod votes;

/// Which blocks are the article.
mod pick;

/// What stands in an article and does not belong to it.
mod trim;

use url::Url;

use crate::model::article::{Article, ArticleKind};
use crate::model::fetched::Verdict;
use crate::model::language;
use crate::model::source::{DatePolicy, Source};
use crate::model::when::day_of;

use super::feed::Markup;
use super::html::{self, Cleaner};
use super::{Bytes, Extracted, Repairs, Unreadable, address, article, charset, plain};

/// Longest page that is read, in bytes.
const LONGEST: usize = 8 * 1024 * 1024;

/// Longest page without its scripts, in bytes: each is parsed five times over.
const LONGEST_LEAN: usize = 1024 * 1024;

/// A page's text may be this much shorter than what the feed gave and still count, in parts of a hundred.
const LEAST_OF_FEED: usize = 80;

/// An article with what its page adds.
pub(super) fn complete(known: &Article, bytes: Bytes<'_>, source: &Source) -> Result<Article, Unreadable> {
    let mut article = known.clone();
    let Some(url) = known.url.as_deref().and_then(|url| Url::parse(url).ok()).filter(|url| address::same_site(url, bytes.url))
    else {
        return Ok(article);
    };
    let text = text_of(bytes.body, bytes.content_type, Some(bytes.url))?;
    let lean = html::lean(&text);
    let markup = plain::cut(&lean, LONGEST_LEAN);
    let latest = day_of(known.first_seen).tomorrow().ok();
    let page = meta::Page::of(&text, markup, Some(bytes.url), latest);
    let body = body::find(markup, &page, source.text_selector.as_deref())?;
    if let Some(canonical) = page.canonical.as_ref().filter(|canonical| address::same_site(canonical, &url)) {
        article.url = Some(address::canonical(canonical).to_string());
    }
    if article::weight(&body.text) * 100 >= article::weight(&known.text) * LEAST_OF_FEED && !body.text.is_empty() {
        article.text = body.text;
        article.kind = ArticleKind::Full;
        article.document = bytes.hash.to_string();
        article.has_page = false;
        article.lead = false;
    }
    if article.title.is_empty() {
        article.title = page.title.unwrap_or_default();
    }
    if article.authors.is_empty() {
        article.authors = page.authors;
    }
    if article.claimed.is_none() && source.date != DatePolicy::FirstSeen {
        article.claimed = page.published.as_ref().map(|published| published.stated.when());
        article.claimed_raw = article.claimed_raw.or(page.published_raw);
    }
    article.lang = language::decide(&[page.language.as_deref(), Some(&known.lang)], &article.title, &article.text);
    Ok(article)
}

/// What the filter prints of a page.
pub(super) fn extract(body: &[u8], url: Option<&Url>) -> Result<Extracted, Unreadable> {
    let text = text_of(body, None, url)?;
    if !is_page(&text) {
        return Err(Unreadable { verdict: Verdict::Empty, detail: Some("no HTML in it".to_string()) });
    }
    let lean = html::lean(&text);
    let markup = plain::cut(&lean, LONGEST_LEAN);
    let page = meta::Page::of(&text, markup, url, None);
    let found = body::find(markup, &page, None)?;
    let title = page.title.clone().unwrap_or_default();
    let language = language::decide(&[page.language.as_deref()], &title, &found.text);
    let html = Cleaner::default().clean(&Markup { html: found.html, base: url.cloned() });
    Ok(Extracted {
        title: page.title,
        byline: (!page.authors.is_empty()).then(|| page.authors.join(", ")),
        published: page.published.map(|published| published.to_string()),
        language: Some(language).filter(|language| language != "und"),
        site: page.site,
        text: Some(found.text).filter(|text| !text.is_empty()),
        html,
    })
}

/// Whether bytes that were decoded are a page, not a picture, an archive or mere words.
fn is_page(text: &str) -> bool {
    const LOOKED_AT: usize = 4096;
    /// Text holds hardly any control characters, compressed bytes one in ten.
    const FEW: usize = 20;
    let strange = |c: &char| c.is_ascii_control() && !c.is_ascii_whitespace();
    let controls = text.chars().take(LOOKED_AT).filter(strange).count();
    plain::has_markup(text) && controls <= LOOKED_AT / FEW
}

fn text_of(body: &[u8], content_type: Option<&str>, url: Option<&Url>) -> Result<String, Unreadable> {
    let text = charset::decode(body, content_type, url, &mut Repairs::default());
    if text.trim().is_empty() {
        return Err(Unreadable { verdict: Verdict::Empty, detail: None });
    }
    Ok(plain::cut(&text, LONGEST).replace('\0', ""))
}

/// The feed that a page advertises.
pub(super) fn advertised_feed(text: &str, url: Option<&Url>) -> Option<String> {
    use super::xml::token::{Token, Tokens, attributes};
    let mut tokens = Tokens::new(plain::cut(text, LONGEST));
    let mut repairs = Repairs::default();
    while let Some(token) = tokens.next(&mut repairs) {
        let Token::Start { name, attributes: raw, .. } = token else { continue };
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            tokens.skip_element(name);
        }
        if !name.eq_ignore_ascii_case("link") {
            continue;
        }
        let (attributes, _) = attributes(raw);
        let value =
            |key: &str| attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| plain::line(value));
        let kind = value("type").unwrap_or_default().to_ascii_lowercase();
        let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"]
            .contains(&kind.as_str());
        let alternate = value("rel").is_some_and(|rel| rel.to_ascii_lowercase().split(' ').any(|word| word == "alternate"));
        if let Some(feed) = value("href").filter(|_| is_feed && alternate).and_then(|href| address::resolve(&href, url)) {
            return Some(feed.to_string());
        }
    }
    None
}

#[cfg(test)]
mod tests;
