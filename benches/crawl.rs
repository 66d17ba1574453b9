//! How fast a crawl is beside a bare loop that drops what it downloads, and how its memory grows with the number of sources:
//! `cargo bench --bench crawl`.
//!
//! Both ask 2,000 feeds of some 20 kB on loopback, each on a registrable domain of its own that answers after 50 ms; in one
//! process, in turns, while the servers are another. Memory is measured by crawls of 2,000 and of 20,000 sources without latency,
//! each in a process of its own.

#[path = "peers/bare.rs"]
mod bare;
#[path = "crawl/server.rs"]
mod server;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use server::Server;
use termwall::fetch::{Fetcher, Settings};
use termwall::inputs::{self, Inputs};
use termwall::report::Report;
use termwall::run::crawl::{Due, feeds};
use termwall::run::desk::Desk;
use termwall::store::Store;

const LATENCY: Duration = Duration::from_millis(50);

const FEEDS: usize = 2_000;

/// Requests under way at once: as the program has it, and so many that the processor decides.
const CONCURRENCIES: [usize; 2] = [16, 128];

/// Odd, so that the median is a round.
const ROUNDS: usize = 5;

/// Sources of the crawls whose memory is measured.
const SOURCES: [usize; 2] = [2_000, 20_000];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["serve", milliseconds] => {
            runtime.block_on(server::serve(Duration::from_millis(milliseconds.parse().expect("milliseconds"))));
        }
        ["hold", count, socket] => {
            runtime.block_on(hold(count.parse().expect("a count"), socket.parse().expect("an address")));
        }
        _ => {
            let server = Server::start(LATENCY);
            println!("{:12} {:>14} {:>14} {:>8}", "at once", "bare loop", "termwall", "ratio");
            CONCURRENCIES.iter().for_each(|concurrency| runtime.block_on(compare(&server, *concurrency)));
            drop(server);
            memory();
        }
    }
}

/// Prints the medians over some rounds, in feeds a second, and the median of their ratios.
async fn compare(server: &Server, concurrency: usize) {
    let hosts: Vec<String> = (0..FEEDS).map(host).collect();
    let desk = desk(FEEDS);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let bytes = bare::crawl(&hosts, server.socket, concurrency).await;
        let bare = begun.elapsed().as_secs_f64();
        assert!(bytes > FEEDS * 20_000);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let ours = crawl(&desk, folder.path(), server.socket, concurrency).await.as_secs_f64();
        rounds.push([FEEDS as f64 / bare, FEEDS as f64 / ours, bare / ours]);
    }
    let median = |place: usize| {
        let mut row: Vec<f64> = rounds.iter().map(|round| round[place]).collect();
        row.sort_by(f64::total_cmp);
        row[ROUNDS / 2]
    };
    println!("{concurrency:<12} {:>12.0}/s {:>12.0}/s {:>7.0}%", median(0), median(1), median(2) * 100.0);
}

/// One crawl into an empty store, from the first request to the last commit.
async fn crawl(desk: &Desk, folder: &Path, socket: SocketAddr, concurrency: usize) -> Duration {
    let store = Store::open(&folder.join("store.db")).await.expect("an empty store");
    let hosts: BTreeMap<String, SocketAddr> = (0..desk.sources.len()).map(|number| (host(number), socket)).collect();
    let fetcher = Fetcher::new(Settings { hosts, concurrency, ..Settings::default() }).expect("an HTTP client");
    let mut report = Report::default();
    let now: Timestamp = "2026-06-18T12:00:00Z".parse().expect("a time");
    let begun = Instant::now();
    feeds(desk, &store, &fetcher, (now, Due::All), &mut report).await.expect("a crawl");
    let elapsed = begun.elapsed();
    assert_eq!(report.fresh, desk.sources.len(), "{:?}", report.failures.first());
    store.close().await;
    elapsed
}

fn host(number: usize) -> String {
    format!("feed-{number}.example")
}

fn desk(count: usize) -> Desk {
    let source = |number: usize| {
        let host = host(number);
        format!(
            "[[source]]\nid = \"feed-{number}\"\nurl = \"http://{host}/feed.xml\"\ntitle = \"Feed {number}\"\ngroup = \"wire\"\n"
        )
    };
    let inputs = inputs::read(Path::new("/nonexistent")).expect("the compiled-in folders");
    let feeds = (0..count).map(source).collect();
    Desk::new(&Inputs { feeds, ..inputs }).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// Prints what a crawl of few and of many sources holds at most, beyond what their list takes.
fn memory() {
    let server = Server::start(Duration::ZERO);
    println!("\n{:12} {:>14} {:>14} {:>14}", "sources", "before", "peak", "grown by");
    let mut grown = Vec::new();
    for count in SOURCES {
        let output = Command::new(std::env::current_exe().expect("this program"))
            .args(["hold", &count.to_string(), &server.socket.to_string()])
            .output()
            .expect("this program can be started");
        let text = String::from_utf8_lossy(&output.stdout);
        let figures: Vec<u64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [before, peak] = figures[..] else { panic!("no figures: {}", String::from_utf8_lossy(&output.stderr)) };
        let kib = |bytes: u64| format!("{} KiB", bytes >> 10);
        println!("{count:<12} {:>14} {:>14} {:>14}", kib(before), kib(peak), kib(peak - before));
        grown.push(peak - before);
    }
    let each = (grown[1] as f64 - grown[0] as f64) / (SOURCES[1] - SOURCES[0]) as f64;
    println!("each further source adds {each:.0} bytes to a crawl");
}

/// Crawls, and prints the memory of this process before and at its most, in bytes.
async fn hold(count: usize, socket: SocketAddr) {
    let desk = desk(count);
    let before = status("VmRSS:");
    let folder = tempfile::tempdir().expect("a temporary folder");
    crawl(&desk, folder.path(), socket, CONCURRENCIES[0]).await;
    println!("{before} {}", status("VmHWM:"));
}

/// A figure of the kernel on this process's memory, in bytes. 0 where there is none.
fn status(name: &str) -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) << 10
}
