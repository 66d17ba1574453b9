//! Makes articles of bytes: address, title, text, language, dates. Pure: bytes go in, values come out.

use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use crate::model::article::Article;
use crate::model::fetched::Verdict;
use crate::model::source::Source;

/// Bytes with what the server said of them.
#[derive(Clone, Copy, Debug)]
pub struct Bytes<'a> {
    /// Decoded from gzip and the like, not yet from a charset.
    pub body: &'a [u8],
    /// `Content-Type`, verbatim.
    pub content_type: Option<&'a str>,
    /// Where they were served: the base of relative links.
    pub url: &'a Url,
    /// Lower hex SHA-256 of `body`, by which the store knows them.
    pub hash: &'a str,
}

/// A source's document, read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Its items as articles, in document order, at most `source.max_items`; `version` is 1.
    pub articles: Vec<Article>,
    /// What had to be repaired: "a lone & was escaped". Empty for a well-formed document.
    pub repaired: Vec<String>,
    /// What could not be used.
    pub warnings: Vec<String>,
}

/// Why a document gave no articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// `Html`, `NotAFeed`, `Empty` or `SelectorFailed`.
    pub verdict: Verdict,
    /// The feed that a page advertises, the selector that fails, or the parser's words.
    pub detail: Option<String>,
}

/// The articles of a source's document (`Purpose::Feed`): a feed, or a page with selectors.
pub fn document(bytes: Bytes<'_>, source: &Source, now: Timestamp) -> Result<Reading, Unreadable> {
    let _ = (bytes, source, now);
    Ok(Reading::default())
}

/// An article with what its page (`Purpose::Page`) adds: full text, title where the feed had none, authors, date, language.
/// The page counts only if it lies within the article's registrable domain; a `rel=canonical` likewise.
pub fn page(article: &Article, bytes: Bytes<'_>, source: &Source) -> Result<Article, Unreadable> {
    let _ = (bytes, source);
    Ok(article.clone())
}

/// What the filter `parse` prints. Shape in `DESIGN.md` section 5.
#[derive(Clone, Debug, Serialize)]
pub struct Parsed {}

/// Reads any feed for the filter `parse`.
pub fn parse(body: &[u8], url: Option<&Url>, content_type: Option<&str>) -> Result<Parsed, Unreadable> {
    let _ = (body, url, content_type);
    Ok(Parsed {})
}

/// What the filter `extract` prints. Shape in `DESIGN.md` section 5.
#[derive(Clone, Debug, Serialize)]
pub struct Extracted {}

/// Reads any page for the filter `extract`.
pub fn extract(body: &[u8], url: Option<&Url>) -> Result<Extracted, Unreadable> {
    let _ = (body, url);
    Ok(Extracted {})
}
