//! The rules of the house, checked by reading the source as text. A beginning: it sees `crate::x`, `super::x` and
//! `use crate::{a, b}`; extend it as the house grows.

use std::fs;
use std::path::{Path, PathBuf};

const STAGES: &[&str] =
    &["inputs", "sources", "fetch", "store", "read", "tag", "link", "ledger", "comment", "publish", "deliver", "serve"];
const DISK: &[&str] = &["inputs", "store", "deliver"];
const CLOCK: &[&str] = &["main", "serve"];
const ORDER: &[&str] = &["main", "run"];

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
                Some(list) => names.extend(list.split(['}', ';']).next().unwrap_or("").split(',').map(|name| word(name.trim()))),
                None => names.push(word(rest)),
            }
        }
    }
    names
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
        for (number, line) in text.split("#[cfg(test)]").next().unwrap().lines().enumerate() {
            let line = line.split("//").next().unwrap();
            let at = format!("{}:{}", path.display(), number + 1);
            for other in named(line, top_level_file) {
                if STAGES.contains(&other.as_str()) && other != own && !ORDER.contains(&own.as_str()) {
                    broken.push(format!("{at}: {own} may not import {other}"));
                }
            }
            if line.contains("std::fs") && !DISK.contains(&own.as_str()) {
                broken.push(format!("{at}: the disk belongs to {}", DISK.join(", ")));
            }
            let reads_clock =
                ["SystemTime::now(", "Timestamp::now(", "Zoned::now(", "Utc::now("].iter().any(|call| line.contains(call));
            if reads_clock && !CLOCK.contains(&own.as_str()) {
                broken.push(format!("{at}: the wall clock belongs to {}", CLOCK.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}
