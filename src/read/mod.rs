//! Makes articles of bytes: address, title, text, language, dates. Pure: bytes go in, values come out.

/// Bytes to text.
mod charset;

/// Text to a tree that mends what is broken.
mod xml;

/// A tree to one form for all feeds.
mod feed;

/// A page that lists articles, by an editor's selectors.
mod listing;

/// Selectors for such a page, where nobody has written any.
mod propose;

/// An article's page: text, title, authors, date.
mod page;

/// One form to articles.
mod article;

/// Values to an article.
mod record;

/// Dates as people write them.
mod date;

/// Canonical addresses and ids.
mod address;

/// Markup to plain text.
mod plain;

/// Markup to safe markup.
mod html;

/// Content in base64.
mod base64;

/// What the filters print.
mod shapes;

/// Each of the above by itself.
pub mod parts;

use std::borrow::Cow;

use jiff::Timestamp;
use url::Url;

use crate::model::article::Article;
use crate::model::fetched::Verdict;
use crate::model::source::{Selectors, Source, SourceKind};

pub use record::Record;
pub use shapes::{Extracted, Item, Parsed};

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
    /// `Html`, `NotAFeed`, `Empty`, `TooLarge` or `SelectorFailed`.
    pub verdict: Verdict,
    /// The feed that a page advertises, the selector that fails, or the parser's words.
    pub detail: Option<String>,
}

/// The article of what somebody hands over as values; `hash` is that of the bytes that it came in. Or what it lacks.
pub fn imported(record: Record, hash: &str, now: Timestamp) -> Result<Article, String> {
    record::article(record, hash, now)
}

/// The articles of a source's document (`Purpose::Feed`): a feed, or a page with selectors.
pub fn document(bytes: Bytes<'_>, source: &Source, now: Timestamp) -> Result<Reading, Unreadable> {
    let mut repairs = Repairs::default();
    let mut warnings = Vec::new();
    let articles = match &source.kind {
        SourceKind::Page(selectors) => listing::articles(bytes, selectors, source, now, (&mut repairs, &mut warnings))?,
        SourceKind::Feed | SourceKind::Json => {
            let feed = feed::read(bytes.body, bytes.content_type, Some(bytes.url), &mut repairs)?;
            article::of_feed(feed, bytes, source, now, &mut warnings)
        }
    };
    Ok(Reading { articles, repaired: repairs.into_words(), warnings })
}

/// An article with what its page (`Purpose::Page`) adds: full text, title where the feed had none, authors, date, language.
/// The page counts only if it lies within the article's registrable domain; a `rel=canonical` likewise.
pub fn page(article: &Article, bytes: Bytes<'_>, source: &Source) -> Result<Article, Unreadable> {
    page::complete(article, bytes, source)
}

/// Reads any feed for the filter `parse`.
pub fn parse(body: &[u8], url: Option<&Url>, content_type: Option<&str>) -> Result<Parsed, Unreadable> {
    let mut repairs = Repairs::default();
    let feed = feed::read(body, content_type, url, &mut repairs)?;
    Ok(Parsed::of(feed, repairs.into_words()))
}

/// Reads any page for the filter `extract`.
pub fn extract(body: &[u8], url: Option<&Url>) -> Result<Extracted, Unreadable> {
    page::extract(body, url)
}

/// What a feed says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// One line. Empty where it says nothing.
    pub title: String,
    /// As it says it.
    pub language: Option<String>,
}

/// What a feed says of itself; an error where the bytes are none.
pub fn about(bytes: Bytes<'_>) -> Result<About, Unreadable> {
    let feed = feed::read(bytes.body, bytes.content_type, Some(bytes.url), &mut Repairs::default())?;
    Ok(About { title: feed.title.unwrap_or_default(), language: feed.language })
}

/// Selectors by which a page without a feed can be read (`SourceKind::Page`); `None` where nothing on it looks like a list of
/// articles. A guess: an editor should see what `document` makes of it.
pub fn propose(bytes: Bytes<'_>) -> Option<Selectors> {
    let text = charset::decode(bytes.body, bytes.content_type, Some(bytes.url), &mut Repairs::default());
    propose::selectors(&listing::parsed(&text), bytes.url)
}

/// The text of any document, by what it says of its own charset, or by a guess.
pub fn decoded(body: &[u8]) -> String {
    charset::decode(body, None, None, &mut Repairs::default())
}

/// What had to be repaired, each said once, in the order of its first sight.
#[derive(Debug, Default)]
struct Repairs {
    words: Vec<Cow<'static, str>>,
}

impl Repairs {
    /// Enough to tell an editor what is wrong; a hostile document could name faults without end.
    const MOST: usize = 12;

    fn note(&mut self, words: impl Into<Cow<'static, str>>) {
        let words = words.into();
        if self.words.len() < Self::MOST && !self.words.contains(&words) {
            self.words.push(words);
        }
    }

    fn into_words(self) -> Vec<String> {
        self.words.into_iter().map(Cow::into_owned).collect()
    }
}

#[cfg(test)]
mod tests;
