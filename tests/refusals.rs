//! A crawl among servers that refuse, lie, stall, flood and point into the house: each look ends in its verdict, the healthy
//! sources come back, and memory stays small. The crawl runs in a process of its own, so that its memory is its own.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[path = "refusals/bombs.rs"]
mod bombs;
#[path = "refusals/cases.rs"]
mod cases;
#[path = "refusals/secure.rs"]
mod secure;
#[path = "refusals/server.rs"]
mod server;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use termwall::fetch::{Fetcher, Limits, Settings};
use termwall::inputs;
use termwall::model::fetched::Verdict;
use termwall::report::Report;
use termwall::run::crawl::{self, Due};
use termwall::run::desk::Desk;
use termwall::store::Store;
use tokio::net::TcpListener;

/// Sources with nothing wrong about them, asked among the others.
const HEALTHY: usize = 100;

/// Sources whose feeds are just below the cap: many of them at once are what memory would grow by.
const LARGE: usize = 12;

/// The most that the crawling process may ever have held.
const MEMORY: u64 = 200 << 20;

/// Far above what all caps together allow on a busy machine: only a crawl that hangs reaches it.
const PATIENCE: Duration = Duration::from_secs(240);

/// Tells the child where everything is; the test is empty without it.
const TASK: &str = "TERMWALL_TEST_REFUSALS";

/// What the child is told.
#[derive(Serialize, Deserialize)]
struct Task {
    /// Where it may write: `feeds.toml` is there.
    folder: PathBuf,
    /// Who answers for the names of the table.
    hosts: BTreeMap<String, SocketAddr>,
    /// What other names resolve to.
    names: BTreeMap<String, Vec<IpAddr>>,
}

/// What the child tells: by source, the verdict and more, for each round; and its memory in bytes before and at its worst.
#[derive(Serialize, Deserialize)]
struct Told {
    rounds: Vec<BTreeMap<String, (Verdict, Option<String>)>>,
    titles: BTreeMap<String, String>,
    memory: Option<(u64, u64)>,
}

/// One source of the crawl.
struct Asked {
    id: String,
    url: String,
    private: bool,
    verdict: Verdict,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_refusal_ends_in_its_verdict_the_others_finish_and_memory_stays_small() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open().await;
    let (sources, task) = set_up(folder.path(), vault.port).await;
    std::fs::write(folder.path().join("feeds.toml"), feeds(&sources)).unwrap();
    let told = tokio::task::spawn_blocking(move || crawl_apart(&task)).await.unwrap();

    let mut wrong = Vec::new();
    for (round, looks) in told.rounds.iter().enumerate() {
        for source in &sources {
            let expected = if round > 0 && source.verdict == Verdict::Fresh { Verdict::Unchanged } else { source.verdict };
            let look = looks.get(&source.id);
            if look.is_none_or(|(verdict, _)| *verdict != expected) {
                wrong.push(format!("{} in round {}: {look:?}, expected {expected:?}", source.id, round + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), sources.len(), wrong.join("\n"));
    assert_eq!(vault.visits.load(Ordering::Relaxed), 0, "somebody within the house was asked");
    for (id, title) in &told.titles {
        assert_eq!(id, title, "a source got the bytes of another");
    }
    let fresh: BTreeSet<&String> =
        sources.iter().filter(|source| source.verdict == Verdict::Fresh).map(|source| &source.id).collect();
    assert_eq!(told.titles.keys().collect::<BTreeSet<_>>(), fresh, "the bytes of every success are kept");
    if let Some((before, peak)) = told.memory {
        println!("{} sources; memory before {} MiB, at most {} MiB", sources.len(), before >> 20, peak >> 20);
        assert!(peak < MEMORY, "{} MiB", peak >> 20);
    }
}

/// A listener that nobody may visit.
struct Vault {
    port: u16,
    visits: Arc<AtomicUsize>,
}

impl Vault {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let visits = Arc::new(AtomicUsize::new(0));
        let count = visits.clone();
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        Self { port, visits }
    }
}

/// Starts the servers, and writes down what is asked and what should come of it.
async fn set_up(folder: &Path, vault: u16) -> (Vec<Asked>, Task) {
    let mut plays: BTreeMap<String, server::Play> = BTreeMap::new();
    let mut sources = Vec::new();
    let mut add = |name: &str, verdict, play: server::Play| {
        plays.insert(name.to_string(), play);
        sources.push(Asked { id: name.to_string(), url: format!("http://{name}.example:{vault}/feed"), private: false, verdict });
    };
    cases::cases().iter().for_each(|case| add(case.name, case.verdict, case.play));
    (0..HEALTHY).for_each(|n| add(&format!("healthy-{n}"), Verdict::Fresh, cases::healthy));
    (0..LARGE).for_each(|n| add(&format!("large-{n}"), Verdict::Fresh, |heard| server::ok(cases::large_feed(heard.name()))));
    let socket = server::serve(plays.clone()).await;
    let mut hosts: BTreeMap<String, SocketAddr> = plays.keys().map(|name| (format!("{name}.example"), socket)).collect();
    hosts.insert("deaf.example".into(), deaf().await);
    // Nobody listens on port 9 of the loopback.
    hosts.insert("closed.example".into(), "127.0.0.1:9".parse().unwrap());
    let names = [
        ("within.example", "127.0.0.1"),
        ("rebound.example", "127.0.0.1"),
        ("rebound-often.example", "10.0.0.1 127.0.0.1 ::1 169.254.169.254"),
        ("resolves-to-nothing.example", ""),
    ];
    let names = names.map(|(name, list)| (name.to_string(), list.split_whitespace().map(|ip| ip.parse().unwrap()).collect()));
    for (name, verdict) in [
        ("deaf", Verdict::TooSlow),
        ("closed", Verdict::Unreachable),
        ("rebound", Verdict::Forbidden),
        ("rebound-often", Verdict::Forbidden),
        ("resolves-to-nothing", Verdict::Dns),
        ("no-such-name", Verdict::Dns),
    ] {
        sources.push(Asked { id: name.into(), url: format!("http://{name}.example:{vault}/feed"), private: false, verdict });
    }
    for (name, verdict, port) in secure::ports() {
        let url = format!("https://{}/feed", secure::serve(port).await);
        sources.push(Asked { id: name.into(), url, private: true, verdict });
    }
    (sources, Task { folder: folder.to_path_buf(), hosts, names: names.into() })
}

/// A socket that takes connections and never looks at them.
async fn deaf() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let _listener = listener;
        std::future::pending::<()>().await;
    });
    socket
}

fn feeds(sources: &[Asked]) -> String {
    let table = |source: &Asked| {
        let Asked { id, url, private, .. } = source;
        format!(
            "[[source]]\nid = \"{id}\"\nurl = \"{url}\"\ntitle = \"{id}\"\ngroup = \"wire\"\ngap = \"0s\"\nallow_private = {private}\n"
        )
    };
    sources.iter().map(table).collect()
}

/// Runs the other test of this file in a process of its own, and reads what it tells.
fn crawl_apart(task: &Task) -> Told {
    let trusted = task.folder.join("trusted.pem");
    std::fs::write(&trusted, secure::LOOPBACK).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_crawl_in_a_process_of_its_own", "--include-ignored", "--nocapture"])
        .env("SSL_CERT_FILE", trusted)
        .env_remove("SSL_CERT_DIR")
        .env(TASK, serde_json::to_string(task).unwrap())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let exit = loop {
        match child.try_wait().unwrap() {
            Some(exit) => break exit,
            None if begun.elapsed() > PATIENCE => {
                child.kill().unwrap();
                panic!("the crawl hangs");
            }
            None => std::thread::sleep(Duration::from_millis(20)),
        }
    };
    assert!(exit.success(), "the crawl failed: {exit}");
    serde_json::from_slice(&std::fs::read(task.folder.join("told.json")).unwrap()).unwrap()
}

#[test]
#[ignore = "half of the other test, which starts it"]
fn a_crawl_in_a_process_of_its_own() {
    let Ok(task) = std::env::var(TASK) else { return };
    let task: Task = serde_json::from_str(&task).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let told = runtime.block_on(crawl_twice(&task));
    std::fs::write(task.folder.join("told.json"), serde_json::to_vec(&told).unwrap()).unwrap();
}

/// Asks every source twice, an hour apart by the clock that it is given, as `termwall fetch` does.
async fn crawl_twice(task: &Task) -> Told {
    let desk = Desk::new(&inputs::read(&task.folder).unwrap()).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let store = Store::open(&task.folder.join("store.db")).await.unwrap();
    let fetcher = Fetcher::new(Settings {
        hosts: task.hosts.clone(),
        names: task.names.clone(),
        limits: Limits {
            first_byte: Duration::from_secs(4),
            pause: Duration::from_secs(4),
            whole: Duration::from_secs(6),
            ..Limits::default()
        },
        ..Settings::default()
    })
    .unwrap();
    let before = high_water();
    let first: Timestamp = "2026-06-18T12:00:00Z".parse().unwrap();
    let mut rounds = Vec::new();
    for now in [first, first + SignedDuration::from_hours(1)] {
        let mut report = Report::default();
        crawl::feeds(&desk, &store, &fetcher, (now, Due::All), &mut report).await.unwrap();
        let details: BTreeMap<_, _> = report.failures.into_iter().map(|failure| (failure.source, failure.detail)).collect();
        let looks = store.health().await.unwrap().into_iter().filter_map(|(id, health)| {
            let detail = details.get(&id).cloned().flatten();
            health.last.map(|(_, verdict)| (id, (verdict, detail)))
        });
        rounds.push(looks.collect());
    }
    let memory = before.zip(high_water());
    Told { rounds, titles: titles(&store).await, memory }
}

/// By source, the title within the bytes that are kept.
async fn titles(store: &Store) -> BTreeMap<String, String> {
    let title = |body: &[u8]| {
        let text = String::from_utf8_lossy(body);
        text.split_once("<title>").and_then(|(_, rest)| rest.split_once('<')).map(|(title, _)| title.to_string())
    };
    let arrivals = store.unread(u32::MAX, usize::MAX).await.unwrap();
    arrivals.into_iter().map(|arrival| (arrival.source, title(&arrival.body).unwrap_or_default())).collect()
}

/// The kernel's own high-water mark of this process's memory, in bytes. `None` where there is no such file.
fn high_water() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}
