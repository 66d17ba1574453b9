//! What a crawl costs at least: the same requests in the same turns, and the bytes dropped as they come.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, HOST, USER_AGENT};
use reqwest::{Client, redirect};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

/// The headers of the program under test.
const TYPES: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";

/// Asks every host once, `concurrency` at a time and one at a time for each registrable domain. Gives the bytes that came.
pub async fn crawl(hosts: &[String], socket: SocketAddr, concurrency: usize) -> usize {
    let client = Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .pool_idle_timeout(Duration::from_secs(5))
        .pool_max_idle_per_host(1)
        .build()
        .expect("an HTTP client");
    let mut turns: HashMap<&str, Arc<Mutex<()>>> = HashMap::new();
    let mut running = JoinSet::new();
    let mut bytes = 0;
    for host in hosts {
        if running.len() == concurrency {
            bytes += running.join_next().await.expect("some are running").expect("no panic");
        }
        let turn = turns.entry(psl::domain_str(host).unwrap_or(host)).or_default().clone();
        running.spawn(one(client.clone(), host.clone(), socket, turn));
    }
    bytes + running.join_all().await.into_iter().sum::<usize>()
}

async fn one(client: Client, host: String, socket: SocketAddr, turn: Arc<Mutex<()>>) -> usize {
    let _turn = turn.lock().await;
    let request = client.get(format!("http://{socket}/feed.xml")).header(HOST, &host);
    let sent = request.header(ACCEPT, TYPES).header(USER_AGENT, "Termwall/1").send().await;
    let mut response = sent.expect("the server answers");
    let mut bytes = 0;
    while let Some(chunk) = response.chunk().await.expect("the whole answer") {
        bytes += chunk.len();
    }
    bytes
}
