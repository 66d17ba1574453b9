//! What came back from the network, or why nothing did.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

/// Why a request was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A source's own document: a feed, or a page that lists articles.
    Feed,
    /// An article's page.
    Page,
}

/// What a server gave us to ask more cheaply next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, verbatim.
    pub etag: Option<String>,
    /// `Last-Modified`, verbatim.
    pub last_modified: Option<String>,
    /// Lower hex SHA-256 of the last body, against servers that never answer 304.
    pub body_hash: Option<String>,
}

/// One look at one address.
#[derive(Clone, Debug)]
pub struct Fetched {
    /// Id of the source that we looked at it for.
    pub source: String,
    /// Why we looked.
    pub purpose: Purpose,
    /// What was asked for.
    pub url: Url,
    /// Where the last redirect led; `url` where there was none.
    pub final_url: Url,
    /// The run's `now`.
    pub at: Timestamp,
    /// HTTP status of the last answer; 0 where there was none.
    pub status: u16,
    /// What it came to.
    pub verdict: Verdict,
    /// `Content-Type`, verbatim.
    pub content_type: Option<String>,
    /// For the next request.
    pub validators: Validators,
    /// Where permanent redirects (301, 308) led, up to the first that was not. `None` where the first was none.
    pub moved: Option<Url>,
    /// Decoded bytes that the last answer brought, whether or not they are kept in `body`.
    pub bytes: u64,
    /// Decoded body (after gzip and the like, before any charset). Empty unless `verdict` is `Fresh`.
    pub body: Vec<u8>,
    /// Seconds the server asked us to wait (`Retry-After`).
    pub retry_after: Option<u64>,
    /// Seconds for which the server says that nothing changes (`Cache-Control: max-age`, `Expires`). `None` where it says
    /// nothing, or that nothing may be kept.
    pub fresh_for: Option<u64>,
    /// More for the report: an address that moved, the feed that a page advertises, the cause of a failure.
    pub detail: Option<String>,
}

/// What a look came to. Each says by itself what to do next; see `Verdict::advice`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// New bytes.
    Fresh,
    /// 304, or the same bytes as last time.
    Unchanged,
    /// 410: the source is switched off until the editor acts.
    Gone,
    /// 404 or another 4xx that is none of the below.
    NotFound,
    /// 429, or 503 with `Retry-After`.
    RateLimited,
    /// 401, 403, 406, 451.
    Refused,
    /// A script challenge (Cloudflare and the like).
    Challenge,
    /// A login or consent page.
    Wall,
    /// HTML where a feed was expected.
    Html,
    /// No bytes.
    Empty,
    /// Bytes that are no feed.
    NotAFeed,
    /// Over a cap on decoded bytes or headers.
    TooLarge,
    /// Over a cap on time.
    TooSlow,
    /// No secure connection.
    Tls,
    /// No such name.
    Dns,
    /// No connection.
    Unreachable,
    /// An address that we do not contact: private, odd port, odd scheme.
    Forbidden,
    /// More redirects than we follow, or a loop.
    Redirects,
    /// 5xx.
    ServerError,
    /// `robots.txt` forbids it.
    Robots,
    /// A page whose selectors match nothing any more.
    SelectorFailed,
}

impl Verdict {
    /// Whether the source was read.
    pub fn is_success(self) -> bool {
        matches!(self, Self::Fresh | Self::Unchanged)
    }

    /// Lower case, as the report and the coverage page print it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
            Self::NotFound => "not found",
            Self::RateLimited => "rate limited",
            Self::Refused => "refused",
            Self::Challenge => "challenge page",
            Self::Wall => "login or consent wall",
            Self::Html => "HTML where a feed was expected",
            Self::Empty => "empty",
            Self::NotAFeed => "not a feed",
            Self::TooLarge => "too large",
            Self::TooSlow => "too slow",
            Self::Tls => "no secure connection",
            Self::Dns => "no such host",
            Self::Unreachable => "unreachable",
            Self::Forbidden => "address not allowed",
            Self::Redirects => "too many redirects",
            Self::ServerError => "server error",
            Self::Robots => "forbidden by robots.txt",
            Self::SelectorFailed => "selector matches nothing",
        }
    }

    /// The next step, for the report. `None` where there is none to take.
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Self::Fresh | Self::Unchanged => None,
            Self::Gone => Some("remove it from feeds.toml or find its new address"),
            Self::NotFound => Some("check the address; `termwall sources add URL` finds a page's feed"),
            Self::RateLimited => Some("nothing to do: we wait as long as asked; raise `every` if it repeats"),
            Self::Refused | Self::Challenge => Some("ask the publisher to admit the user agent, or set `enabled = false`"),
            Self::Wall => Some("the feed is behind a wall; use another address of the same outlet"),
            Self::Html | Self::NotAFeed => Some("check the address; the feed may have moved"),
            Self::Empty => Some("nothing to do unless it repeats"),
            Self::TooLarge => Some("nothing to do: larger documents are not read"),
            Self::TooSlow | Self::ServerError | Self::Unreachable => Some("nothing to do: tried again next time"),
            Self::Tls => Some("check the certificate, or whether the host speaks https"),
            Self::Dns => Some("check the host's name and this machine's network"),
            Self::Forbidden => Some("use a public address, or `allow_private = true` for a source of your own"),
            Self::Redirects => Some("open the address in a browser and write down where it ends"),
            Self::Robots => Some("the page is not read; its feed still is"),
            Self::SelectorFailed => Some("the page was rebuilt: mend its selectors"),
        }
    }
}

/// A `robots.txt` that was read, for one origin and one agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RobotsFile {
    /// `https://news.example.com`.
    pub origin: String,
    /// Product token that it was asked with: a server may answer each otherwise.
    pub agent: String,
    /// When it was read.
    pub at: Timestamp,
    /// Its bytes. `None` where there is none (4xx), which allows everything.
    pub body: Option<Vec<u8>>,
}
