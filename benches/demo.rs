//! How long the demo takes from an empty store and again, and how much memory: `cargo bench --bench demo`.
//!
//! Prints the minimum, median and maximum of seven runs each. The time includes starting the program, serving the samples from
//! the same process, crawling them in six rounds, and writing the site and the letter.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Odd, so that the median is a run.
const RUNS: usize = 7;

/// Between two looks at the process's memory; the high-water mark itself is the kernel's.
const LOOK: Duration = Duration::from_millis(2);

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rows: [Vec<(Duration, u64)>; 2] = Default::default();
    for run in 0..RUNS {
        let place = folder.path().join(run.to_string());
        std::fs::create_dir_all(&place).expect("a folder in the temporary one");
        for row in &mut rows {
            row.push(demo(&place));
        }
    }
    println!("{:24} {:>8} {:>8} {:>8}   {:>10}", "", "min", "median", "max", "peak");
    for (name, mut row) in ["from an empty store", "again"].into_iter().zip(rows) {
        row.sort();
        let peak = row.iter().map(|(_, memory)| *memory).max().unwrap_or(0);
        let ms = |at: usize| format!("{} ms", row[at].0.as_millis());
        println!("{name:24} {:>8} {:>8} {:>8}   {:>7} MiB", ms(0), ms(RUNS / 2), ms(RUNS - 1), peak / 1024);
    }
}

/// One demo: its time, and its peak memory in KiB.
fn demo(place: &Path) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_termwall"))
        .args(["demo", "--no-serve", "--dir"])
        .arg(place)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("the program was built with the bench");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        peak = high_water(&status).unwrap_or(peak).max(peak);
        if let Some(exit) = child.try_wait().expect("our own child") {
            assert!(exit.success(), "the demo failed with {exit}");
            return (start.elapsed(), peak);
        }
        std::thread::sleep(LOOK);
    }
}

/// The kernel's own high-water mark of resident memory, in KiB. `None` where there is no such file.
fn high_water(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().trim_end_matches(" kB").parse().ok()
}
