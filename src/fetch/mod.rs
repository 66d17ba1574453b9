//! Asks the servers: sources and what we hold go in, bytes come out, or the reason why not.
//!
//! One request goes this way:
//!
//! 1. `guard` says whether its address may be contacted, and how;
//! 2. `lanes` gives it its turn: one at a time for each registrable domain, with a gap;
//! 3. for an article's page, `robots` must allow it;
//! 4. `client` asks once, within the caps of `settings`;
//! 5. a redirect goes back to step 1; anything else, `verdict` judges by its bytes (`sniff`).
//!
//! `crawl` drives this for many requests at once, `look` is one of them. When to ask again is for `pace`.

/// How the fetcher behaves, and where it stops.
mod settings;

/// Whom we contact.
mod guard;

/// Turns.
mod lanes;

/// `robots.txt`.
pub mod robots;

/// One request and its answer.
mod client;

/// What bytes are.
mod sniff;

/// Which feeds a page leads to.
mod advertised;

/// What an answer means.
pub mod verdict;

/// One look at one address.
mod look;

/// Many looks at once.
mod crawl;

/// When to ask again.
pub mod pace;

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Mutex, mpsc};
use url::Url;

use crate::model::fetched::{Fetched, Purpose, RobotsFile, Validators};
use crate::model::source::Source;
use client::Client;
use crawl::Crawl;

pub use advertised::{Advertised, advertised, likely, linked, page_title};
pub use client::NoClient;
pub use guard::{Barred, is_written_public};
pub use settings::{Limits, Settings};
pub use sniff::is_feed;

/// Looks that wait for the receiver: each may hold a body of some megabytes.
const UNREAD: usize = 4;

/// One address to ask.
#[derive(Clone, Debug)]
pub struct Request {
    /// The source that it is asked for; gives gap, user agent and private exception.
    pub source: Arc<Source>,
    /// Why.
    pub purpose: Purpose,
    /// The source's own address, or an article's page.
    pub url: Url,
    /// What we hold of it.
    pub validators: Validators,
}

/// Asks servers, one request at a time per registrable domain.
pub struct Fetcher {
    settings: Arc<Settings>,
    client: Arc<Client>,
    /// Gaps, closed domains and rules outlive one call; two calls take turns.
    crawl: Arc<Mutex<Crawl>>,
}

impl Fetcher {
    /// A fetcher with its own connections.
    pub fn new(settings: Settings) -> Result<Self, NoClient> {
        let client = Client::new(&settings)?;
        Ok(Self { settings: Arc::new(settings), client: Arc::new(client), crawl: Arc::default() })
    }

    /// Asks every address and yields each look as it ends, in no order. The channel closes after the last. Every request
    /// yields exactly one `Fetched`, stamped `now`. Looks that nobody receives stop the crawl until they are received; a second
    /// call waits for the first to end. Requests are drawn as there is room for them, so that their number costs no memory where
    /// the iterator makes them on the way. Runs on the runtime it is called in.
    pub fn fetch<I>(&self, requests: I, now: Timestamp) -> mpsc::Receiver<Fetched>
    where
        I: IntoIterator<Item = Request>,
        I::IntoIter: Send + 'static,
    {
        let requests = requests.into_iter();
        let (sender, receiver) = mpsc::channel(UNREAD);
        let (crawl, client, settings) = (self.crawl.clone(), self.client.clone(), self.settings.clone());
        tokio::spawn(async move {
            let mut crawl = crawl.lock().await;
            crawl.run(crawl::Terms { client, settings, now }, requests, sender).await;
        });
        receiver
    }

    /// Takes over `robots.txt` files that an earlier run read: each is believed for a day from when it was read.
    pub async fn know(&self, files: Vec<RobotsFile>) {
        self.crawl.lock().await.know(files);
    }

    /// The `robots.txt` files that were read since the last call, for a later run. Waits for a crawl to end.
    pub async fn learned(&self) -> Vec<RobotsFile> {
        self.crawl.lock().await.learned()
    }
}

#[cfg(test)]
mod tests;
