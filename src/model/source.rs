//! What we read: one feed or page, as the editor wrote it down in `feeds.toml`.

use std::time::Duration;

use url::Url;

/// A checked entry of `feeds.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Lower-kebab, unique in the file; never changes, for the store knows the source by it.
    pub id: String,
    /// Where it is fetched. http or https.
    pub url: Url,
    /// What the editor calls it: "SCMP: Tech".
    pub title: String,
    /// Who publishes it, as pages name it: "South China Morning Post". The title where nothing else is given.
    pub outlet: String,
    /// BCP 47 language that it says it is in.
    pub lang: Option<String>,
    /// One of the nine groups of the file: "asia-press".
    pub group: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Whether it is fetched.
    pub enabled: bool,
    /// Shortest interval between two fetches.
    pub every: Duration,
    /// Longest interval, however quiet it is, unless it fails. Never shorter than `every`.
    pub slowest: Duration,
    /// Shortest pause between two requests to its registrable domain.
    pub gap: Duration,
    /// Newest items that are taken of one document.
    pub max_items: usize,
    /// Overrides the program's own, for servers that want a particular contact.
    pub user_agent: Option<String>,
    /// Whether its items' dates are to be believed.
    pub date: DatePolicy,
    /// Pages are behind a paywall: not fetched.
    pub paywalled: bool,
    /// Its items are other outlets' reports: leads, never corroboration.
    pub aggregator: bool,
    /// Id of the vendor, bank or authority whose own words these are; its reports are *official*.
    pub speaks_for: Option<String>,
    /// The exact host and port of `url` may be on a private network.
    pub allow_private: bool,
    /// CSS selector of the text of its article pages, overriding extraction.
    pub text_selector: Option<String>,
    /// What the editor wants to remember.
    pub note: Option<String>,
}

/// How a source is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// RSS, Atom or JSON Feed, told apart by sniffing.
    Feed,
    /// A page that lists articles.
    Page(Selectors),
    /// A JSON interface that is no JSON Feed. Not read yet; such sources are off.
    Json,
}

/// CSS selectors of a page that lists articles. All but `item` and `link` may be absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selectors {
    /// One listed article.
    pub item: String,
    /// Within it: the element whose `href` is the address.
    pub link: String,
    /// Within it: the title; the link's text where absent.
    pub title: Option<String>,
    /// Within it: the date, of its `datetime` or text.
    pub date: Option<String>,
    /// Within it: the summary.
    pub summary: Option<String>,
}

/// Whether a source's own dates are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatePolicy {
    /// As stated.
    Stated,
    /// It gives none, or wrong ones: the time we first saw an item counts.
    FirstSeen,
}
