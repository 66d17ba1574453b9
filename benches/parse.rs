//! How fast feeds are read, beside the parser that most programs use: `cargo bench --bench parse`.
//!
//! Both read the same 2,000 documents from memory, on one core, in a process of their own, several times over. Ours also writes the
//! JSON that the filter `parse` prints. The peer is Python's `feedparser`, in a virtual environment that the bench makes under
//! `target/`, or in the one that `TERMWALL_PEERS` names.

/// The documents.
mod feeds;

/// Peers in Python.
#[path = "peers/python.rs"]
mod python;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::Instant;

use serde::Deserialize;
use termwall::read::parse;

/// Odd, so that the median is a run.
const RUNS: usize = 7;

/// The peer takes minutes.
const PEER_RUNS: usize = 3;

/// What the peer is, for `pip install`.
const PEER: &str = "feedparser>=6.0.11,<7";

/// What one side found.
#[derive(Deserialize)]
struct Measured {
    /// Seconds of each run.
    seconds: Vec<f64>,
    /// Documents and items read, without those in JSON, which the peer does not know.
    read: usize,
    items: usize,
}

fn main() {
    let documents = feeds::all();
    let bytes: usize = documents.iter().map(|document| document.body.len()).sum();
    println!("{} documents, {:.1} MB", documents.len(), bytes as f64 / 1e6);
    let ours = ours(&documents);
    show("termwall", &ours, bytes);
    let folder = tempfile::tempdir().expect("a temporary folder");
    for document in &documents {
        fs::write(folder.path().join(&document.name), &document.body).expect("the temporary folder can be written");
    }
    match peer(folder.path()) {
        Ok(theirs) => {
            show("feedparser", &theirs, bytes);
            println!("ratio of medians: {:.1}", median(&theirs) / median(&ours));
        }
        Err(why) => println!("feedparser was not run: {why}; set TERMWALL_PEERS to a virtual environment that holds it"),
    }
}

fn ours(documents: &[feeds::Document]) -> Measured {
    let mut measured = Measured { seconds: Vec::new(), read: 0, items: 0 };
    for _ in 0..RUNS {
        let start = Instant::now();
        (measured.read, measured.items) = (0, 0);
        for document in documents {
            let Ok(parsed) = parse(&document.body, None, None) else { continue };
            let json = serde_json::to_vec(&parsed).expect("a feed is JSON");
            std::hint::black_box(&json);
            if document.name.ends_with("xml") {
                measured.read += 1;
                measured.items += parsed.items();
            }
        }
        measured.seconds.push(start.elapsed().as_secs_f64());
    }
    measured
}

fn peer(documents: &Path) -> Result<Measured, String> {
    let runs = PEER_RUNS.to_string();
    python::peer(PEER, "feedparser_bench.py", &[documents.as_os_str(), OsStr::new(&runs)])
}

fn median(measured: &Measured) -> f64 {
    let mut seconds = measured.seconds.clone();
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn show(name: &str, measured: &Measured, bytes: usize) {
    let (fastest, slowest) =
        measured.seconds.iter().fold((f64::MAX, 0.0_f64), |(low, high), run| (low.min(*run), high.max(*run)));
    let median = median(measured);
    println!(
        "{name:12} min {fastest:8.3} s   median {median:8.3} s   max {slowest:8.3} s   {:6.1} MB/s   {} feeds, {} items",
        bytes as f64 / 1e6 / median,
        measured.read,
        measured.items
    );
}
