//! How the fetcher behaves, and where it stops.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How the fetcher behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `User-Agent`, with a contact address.
    pub user_agent: String,
    /// Real host names, lower case, that are served by a loopback socket over http. Set only by `demo`, tests and benches. Where
    /// any is set, no other host is contacted, save the exact address of a source with `allow_private`.
    pub hosts: BTreeMap<String, SocketAddr>,
    /// What names resolve to, lower case, in place of this machine's resolver: such a host is contacted, or barred, by these
    /// addresses even where `hosts` is set. Set only by tests.
    pub names: BTreeMap<String, Vec<IpAddr>>,
    /// Requests under way at once, over all hosts. 0 counts as 1.
    pub concurrency: usize,
    /// Overrides every source's gap and every `Crawl-delay`. Zero in the demo.
    pub gap: Option<Duration>,
    /// Where a request ends whatever the server does.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            user_agent: concat!("Termwall/", env!("CARGO_PKG_VERSION")).to_string(),
            hosts: BTreeMap::new(),
            names: BTreeMap::new(),
            concurrency: 16,
            gap: None,
            limits: Limits::default(),
        }
    }
}

/// Where a request ends whatever the server does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Decoded bytes of a feed or a page that lists articles. 8 MiB: the largest archive feeds seen have about 4.
    pub feed_bytes: usize,
    /// Decoded bytes of an article's page. 4 MiB: more is no article, and slows the HTML parser.
    pub page_bytes: usize,
    /// Names and values of an answer's headers together. 64 KiB: browsers stop there or earlier.
    pub header_bytes: usize,
    /// From the start of the connection to the end of the headers. 20 s: slow offices' servers take ten.
    pub first_byte: Duration,
    /// Between two pieces of a body. 15 s.
    pub pause: Duration,
    /// All of one look, redirects included, waiting for our own turn not. 60 s: a trickle that never pauses ends here.
    pub whole: Duration,
    /// Redirects followed. 5: browsers follow 20, honest publishers need two.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            feed_bytes: 8 << 20,
            page_bytes: 4 << 20,
            header_bytes: 64 << 10,
            first_byte: Duration::from_secs(20),
            pause: Duration::from_secs(15),
            whole: Duration::from_secs(60),
            redirects: 5,
        }
    }
}
