//! A loopback server that plays every refusal, and the verdicts that it earns.

/// What a hostile server does.
mod server;

/// Everything a server can do wrong.
mod hostile;

/// Asking cheaply and in turn.
mod polite;

/// Codings, connections, versions.
mod wire;

/// Random input.
mod wild;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use super::*;
use crate::model::fetched::Verdict;
use crate::model::source::{DatePolicy, SourceKind};

pub const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A</title></channel></rss>";

pub fn source(url: &str) -> Source {
    let url: Url = url.parse().unwrap();
    Source {
        id: url.host_str().unwrap_or("none").replace('.', "-"),
        url,
        title: "A".into(),
        outlet: "A".into(),
        lang: None,
        group: "wire".into(),
        kind: SourceKind::Feed,
        enabled: true,
        every: Duration::from_secs(3600),
        slowest: Duration::from_secs(8 * 3600),
        gap: Duration::ZERO,
        max_items: 100,
        user_agent: None,
        date: DatePolicy::Stated,
        paywalled: false,
        aggregator: false,
        speaks_for: None,
        allow_private: false,
        text_selector: None,
        note: None,
    }
}

pub fn feed(url: &str) -> Request {
    let source = Arc::new(source(url));
    Request { url: source.url.clone(), source, purpose: Purpose::Feed, validators: Validators::default() }
}

pub fn page(url: &str) -> Request {
    Request { purpose: Purpose::Page, ..feed(url) }
}

pub fn now() -> Timestamp {
    "2026-06-18T12:00:00Z".parse().unwrap()
}

/// Small caps, so that what takes a minute in life takes a blink here.
pub fn settings(socket: SocketAddr) -> Settings {
    let hosts = ["a.example", "b.example", "c.example", "feeds.a.example", "consent.b.example"];
    Settings {
        user_agent: "Termwall/1.0 (editor@a.example)".into(),
        hosts: hosts.iter().map(|host| ((*host).to_string(), socket)).collect(),
        names: BTreeMap::new(),
        concurrency: 8,
        gap: None,
        limits: Limits {
            feed_bytes: 100_000,
            page_bytes: 50_000,
            header_bytes: 8_000,
            first_byte: Duration::from_millis(400),
            pause: Duration::from_millis(400),
            whole: Duration::from_millis(1_000),
            redirects: 5,
        },
    }
}

/// Every look, in the order of its end.
pub async fn all(fetcher: &Fetcher, requests: Vec<Request>) -> Vec<Fetched> {
    let mut looks = fetcher.fetch(requests, now());
    let mut found = Vec::new();
    while let Some(fetched) = looks.recv().await {
        found.push(fetched);
    }
    found
}

pub async fn one(fetcher: &Fetcher, request: Request) -> Fetched {
    let mut looks = all(fetcher, vec![request]).await;
    assert_eq!(looks.len(), 1, "every request yields exactly one look");
    looks.remove(0)
}
