//! How fast stories are tagged, beside what only finds names: `cargo bench --bench tag`.
//!
//! On one core, in turns over the same stories: the filter, with reading and writing JSON; the bare automaton over 5,000 of the
//! taxonomy's names, case ignored, longest name first; and spaCy's blank pipeline with its phrase matcher and the same names, in a
//! virtual environment that the bench makes under `target/`, or in the one that `TERMWALL_PEERS` names. Then the program itself: on
//! one core and on two, and its memory over a stream, of 1 GB unless `--stream-gb N` says otherwise.

/// The stories.
#[path = "tag/stories.rs"]
mod stories;

/// Peers in Python.
#[path = "peers/python.rs"]
mod python;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use serde::Deserialize;
use stories::Stories;
use termwall::model::taxonomy::Taxonomy;
use termwall::run::{desk, filters};
use termwall::{inputs, tag::Tagger};

/// Odd, so that the median is a run.
const RUNS: usize = 5;

/// Bytes of JSON that each run reads.
const BYTES: usize = 16_000_000;

/// Names that automaton and peer look for.
const NAMES: usize = 5_000;

/// What the peer is, for `pip install`.
const PEER: &str = "spacy>=3.8,<4";

/// What the peer found.
#[derive(Deserialize)]
struct Found {
    seconds: Vec<f64>,
    hits: usize,
}

fn main() {
    let read = inputs::read(Path::new(".")).expect("the project can be read");
    let (taxonomy, tagger) = desk::tagging(&read).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let input = some(BYTES);
    let texts = texts(&input);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} stories, {:.1} MB of title and text", texts.len(), bytes as f64 / 1e6);
    let names = names(&taxonomy);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be started");
    let automaton = automaton(&names);
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        bare.push(timed(|| texts.iter().map(|text| automaton.find_iter(text).count()).sum::<usize>()));
        ours.push(timed(|| pool.install(|| filtered(&tagger, &input))));
    }
    show("tag", &ours, bytes);
    show("automaton", &bare, bytes);
    println!("tag reads {:.1} % of what the bare automaton does", 100.0 * median(&bare) / median(&ours));
    match peer(&input, &names) {
        Ok(found) => {
            show("spaCy", &found.seconds, bytes);
            println!(
                "tag reads {:.1} times what spaCy does, which found {} names",
                median(&found.seconds) / median(&ours),
                found.hits
            );
        }
        Err(why) => println!("spaCy was not run: {why}; set TERMWALL_PEERS to a virtual environment that holds it"),
    }
    cores(&input);
    stream(gigabytes());
}

fn labelled() -> String {
    let mut files: Vec<PathBuf> = ["tests/corpus", "tests/stories"]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).expect("the labelled stories are there"))
        .filter_map(|entry| {
            entry.ok().map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|ext| ext == "jsonl"))
        })
        .collect();
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).expect("it is text")).collect()
}

fn some(bytes: usize) -> String {
    let mut stories = Stories::new(&labelled());
    let mut input = String::new();
    while input.len() < bytes {
        stories.add(&mut input);
    }
    input
}

fn texts(input: &str) -> Vec<String> {
    let text = |line: &str| {
        let story: serde_json::Value = serde_json::from_str(line).expect("it was written here");
        format!("{}\n{}", story["title"].as_str().unwrap_or_default(), story["text"].as_str().unwrap_or_default())
    };
    input.lines().map(text).collect()
}

/// Every so manieth name, so that all kinds and languages are among them.
fn names(taxonomy: &Taxonomy) -> Vec<String> {
    let own = taxonomy.all().map(|member| &member.name);
    let others = taxonomy.all().flat_map(|member| member.aliases.iter().map(|alias| &alias.text));
    let all: BTreeSet<&String> = own.chain(others).collect();
    let step = (all.len() / NAMES).max(1);
    all.into_iter().step_by(step).take(NAMES).cloned().collect()
}

fn automaton(names: &[String]) -> AhoCorasick {
    let builder = AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(names);
    builder.expect("five thousand names fit")
}

fn filtered(tagger: &Tagger, input: &str) -> usize {
    let mut output = Vec::with_capacity(2 * input.len());
    filters::tag(tagger, &mut input.as_bytes(), &mut output).expect("memory can be read and written");
    output.len()
}

fn timed(work: impl FnOnce() -> usize) -> f64 {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed().as_secs_f64()
}

fn peer(input: &str, names: &[String]) -> Result<Found, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let (stories, list) = (folder.path().join("stories.jsonl"), folder.path().join("names.txt"));
    fs::write(&stories, input).and_then(|()| fs::write(&list, names.join("\n"))).map_err(|error| error.to_string())?;
    python::peer(PEER, "spacy_bench.py", &[stories.as_os_str(), list.as_os_str(), OsStr::new("3")])
}

/// The program on one core and on two, over the same stories.
fn cores(input: &str) {
    let run = |threads: &str| {
        let mut seconds: Vec<f64> = (0..3).map(|_| program(threads, |stdin| stdin.write_all(input.as_bytes())).0).collect();
        seconds.sort_by(f64::total_cmp);
        seconds[1]
    };
    let (one, two) = (run("1"), run("2"));
    println!("the program: {one:.2} s on one core, {two:.2} s on two: {:.2} times as fast", one / two);
}

/// The program's memory after a tenth of a stream and at its end.
fn stream(gigabytes: u64) {
    let mut stories = Stories::new(&labelled());
    let total = gigabytes * 1_000_000_000;
    let (seconds, peaks) = program("2", |stdin| {
        let (mut written, mut chunk) = (0, String::new());
        while written < total {
            chunk.clear();
            while chunk.len() < 1 << 20 {
                stories.add(&mut chunk);
            }
            stdin.write_all(chunk.as_bytes())?;
            written += chunk.len() as u64;
        }
        Ok(())
    });
    let shown: Vec<String> = peaks.iter().map(|peak| format!("{} MiB", peak >> 20)).collect();
    println!("a stream of {gigabytes} GB in {seconds:.0} s; high-water marks at each tenth of a minute: {}", shown.join(", "));
}

/// Runs `termwall tag` on what is written to it: its seconds, and its high-water mark of memory every six seconds and at the end.
fn program(threads: &str, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> (f64, Vec<u64>) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_termwall"))
        .arg("tag")
        .env("RAYON_NUM_THREADS", threads)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program was built");
    let process = child.id();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        let mut peaks = Vec::new();
        while stopped
            .recv_timeout(std::time::Duration::from_secs(6))
            .is_err_and(|why| why == std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            peaks.extend(peak_of(process));
        }
        peaks
    });
    let mut stdin = child.stdin.take().expect("it was piped");
    write(&mut stdin).expect("the program reads to the end");
    let last = peak_of(process);
    drop(stdin);
    assert!(child.wait().expect("it ends").success());
    let seconds = start.elapsed().as_secs_f64();
    let _ = stop.send(());
    let mut peaks = watch.join().unwrap_or_default();
    peaks.extend(last);
    (seconds, peaks)
}

fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
}

fn gigabytes() -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--stream-gb").skip(1);
    arguments.next().and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn median(seconds: &[f64]) -> f64 {
    let mut seconds = seconds.to_vec();
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

fn show(name: &str, seconds: &[f64], bytes: usize) {
    let (fastest, slowest) = seconds.iter().fold((f64::MAX, 0.0_f64), |(low, high), run| (low.min(*run), high.max(*run)));
    let median = median(seconds);
    let rate = bytes as f64 / 1e6 / median;
    println!("{name:12} min {fastest:8.3} s   median {median:8.3} s   max {slowest:8.3} s   {rate:6.1} MB/s");
}
