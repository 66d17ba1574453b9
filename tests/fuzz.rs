//! Replays what fuzzing found, and what it starts from, through the fuzz targets' own code: `fuzz/README.md` tells how it is
//! found.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[path = "../fuzz/bodies/mod.rs"]
mod bodies;

fn cases(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_case_that_was_found_or_kept_passes() {
    let mut failed = Vec::new();
    for (target, body) in bodies::BODIES {
        for case in ["found", "corpus"].iter().flat_map(|kind| cases(kind, target)) {
            let bytes = fs::read(&case).unwrap();
            if catch_unwind(AssertUnwindSafe(|| body(&bytes))).is_err() {
                failed.push(format!("{target}: {}", case.display()));
            }
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
}

#[test]
fn every_target_has_a_program_and_a_corpus() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/Cargo.toml")).unwrap();
    for (target, _) in bodies::BODIES {
        assert!(
            manifest.contains(&format!("name = \"{target}\"\npath = \"targets/{target}.rs\"")),
            "{target} is not in fuzz/Cargo.toml"
        );
        assert!(!cases("corpus", target).is_empty(), "{target} has no corpus");
    }
}
