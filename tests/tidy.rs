//! The rules of the house, checked by reading the source as text.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: &[&str] =
    &["inputs", "sources", "fetch", "store", "read", "tag", "link", "ledger", "comment", "publish", "deliver", "serve"];
const DISK: &[&str] = &["inputs", "store", "deliver"];
const NETWORK: &[&str] = &["fetch", "serve"];
const CLOCK: &[&str] = &["main", "serve"];
const ENVIRONMENT: &[&str] = &["main", "cli"];
const ORDER: &[&str] = &["main", "run"];

/// Crates and where they are at home: HTTP in `fetch`, the database in `store`, and so on.
const HOMES: &[(&str, &[&str])] = &[
    ("reqwest::", &["fetch"]),
    ("http_cache_semantics::", &["fetch"]),
    ("sqlx::", &["store"]),
    ("feed_rs::", &["read"]),
    ("dom_smoothie::", &["read"]),
    ("trafilatura::", &["read"]),
    ("axum::", &["serve"]),
    ("tower_http::", &["serve"]),
    ("lettre::", &["publish", "deliver"]),
    ("tera::", &["publish", "comment"]),
    ("clap::", &["main", "cli"]),
];

/// A file that needs more lines than this has a seam that nobody looked for.
const FILE_LINES: usize = 400;

/// The map and the door stay small enough to be read at a glance.
const DOOR_LINES: usize = 60;

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

/// The top-level module that a file belongs to.
fn stage(path: &Path) -> String {
    let inside = path.strip_prefix("src").unwrap();
    let top = inside.components().next().unwrap().as_os_str();
    top.to_string_lossy().trim_end_matches(".rs").to_string()
}

/// The top-level modules that a line names: `crate::x`, a first-level `super::x`, and each name in `crate::{x, y}`.
fn named(line: &str, top_level_file: bool) -> Vec<String> {
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut names = Vec::new();
    let roots: &[&str] = if top_level_file { &["crate::", "super::"] } else { &["crate::"] };
    for root in roots {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => {
                    names.extend(list.split(['}', ';']).next().unwrap_or("").split(',').map(|name| word(name.trim())));
                }
                None => names.push(word(rest)),
            }
        }
    }
    names
}

/// What a line does that its module may not, as sentences.
fn faults(line: &str, own: &str, top_level_file: bool) -> Vec<String> {
    let has = |calls: &[&str]| calls.iter().any(|call| line.contains(call));
    let belongs = |homes: &[&str]| homes.contains(&own);
    let mut found = Vec::new();
    for other in named(line, top_level_file) {
        if STAGES.contains(&other.as_str()) && other != own && !belongs(ORDER) {
            found.push(format!("{own} may not import {other}"));
        }
    }
    let rules: [(&[&str], &[&str], &str); 4] = [
        (&["std::fs", "tokio::fs"], DISK, "the disk"),
        (&["std::net::Tcp", "tokio::net::"], NETWORK, "the network"),
        (&["SystemTime::now(", "Timestamp::now(", "Zoned::now(", "Utc::now("], CLOCK, "the wall clock"),
        (&["std::env::", "env::var("], ENVIRONMENT, "the environment"),
    ];
    for (calls, homes, what) in rules {
        if has(calls) && !belongs(homes) {
            found.push(format!("{what} belongs to {}", homes.join(", ")));
        }
    }
    for (name, homes) in HOMES {
        if line.contains(name) && !belongs(homes) {
            found.push(format!("{name} is at home in {}", homes.join(", ")));
        }
    }
    if has(&["TODO", "FIXME", "XXX"]) {
        found.push("do it, or write it in the tracker".to_string());
    }
    found
}

#[test]
fn the_house_keeps_its_rules() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    files.sort();
    let mut broken = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let own = stage(&path);
        let top_level_file = path.components().count() == 2 || path.ends_with("mod.rs") && path.components().count() == 3;
        if !text.starts_with("//!") {
            broken.push(format!("{}: says nothing about itself", path.display()));
        }
        let is_tests = path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        let program = if is_tests { "" } else { text.split("#[cfg(test)]").next().unwrap() };
        let limit =
            if ["main.rs", "lib.rs"].iter().any(|name| path == Path::new("src").join(name)) { DOOR_LINES } else { FILE_LINES };
        if program.lines().count() > limit {
            broken.push(format!("{}: {} lines without its tests, at most {limit}", path.display(), program.lines().count()));
        }
        for (number, line) in program.lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for fault in faults(code, &own, top_level_file) {
                broken.push(format!("{}:{}: {fault}", path.display(), number + 1));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
