//! The program as a user runs it: the demo, a second demo, a demo that is killed, a run without a network.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// Moments at which the demo is killed.
const KILLS: u32 = 20;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `termwall demo --no-serve` in a folder of its own.
    fn demo(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_termwall"));
        command.args(["demo", "--no-serve", "--dir"]).arg(self.folder.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Every file of the site and every letter, by path.
    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        for folder in ["demo/public", "demo/letters"] {
            collect(&self.path(folder), &mut files);
        }
        files.into_iter().map(|(path, bytes)| (path.strip_prefix(self.folder.path()).unwrap().to_path_buf(), bytes)).collect()
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
}

fn done(mut command: Command) -> String {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert!(status.success(), "{status}\n{stdout}\n{stderr}");
    stdout
}

fn same(wanted: &BTreeMap<PathBuf, Vec<u8>>, found: &BTreeMap<PathBuf, Vec<u8>>, when: &str) {
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(wanted), names(found), "{when}: other files");
    for (path, bytes) in wanted {
        assert!(bytes == &found[path], "{when}: \"{}\" differs", path.display());
    }
}

#[test]
fn a_second_demo_finds_nothing_new_and_touches_no_file() {
    let place = Place::new();
    done(place.demo());
    let before = place.files();
    assert!(before.keys().any(|path| path.ends_with("index.html")), "no page was written");
    let times = |files: &BTreeMap<PathBuf, Vec<u8>>| {
        files.keys().map(|path| std::fs::metadata(place.path("").join(path)).unwrap().modified().unwrap()).collect::<Vec<_>>()
    };
    let written = times(&before);
    let report = done(place.demo());
    assert!(report.contains("nothing new"), "{report}");
    same(&before, &place.files(), "second run");
    assert_eq!(written, times(&before), "a file was written again");
}

#[test]
fn the_demo_can_be_killed_at_any_moment() {
    let undisturbed = Place::new();
    let start = Instant::now();
    done(undisturbed.demo());
    let took = start.elapsed();
    let wanted = undisturbed.files();
    let mut seed = 0x9e37_79b9_u32;
    for kill in 0..KILLS {
        // A moment anywhere in its twentieth of the run, so that all parts of it are met.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let moment = took.mul_f64((f64::from(kill) + f64::from(seed >> 8) / f64::from(1 << 24)) / f64::from(KILLS));
        let place = Place::new();
        let mut running = place.demo().spawn().unwrap();
        std::thread::sleep(moment);
        running.kill().unwrap();
        running.wait().unwrap();
        done(place.demo());
        same(&wanted, &place.files(), &format!("killed after {} ms", moment.as_millis()));
    }
}

#[test]
fn without_a_network_each_source_is_named_and_the_site_is_published() {
    let place = Place::new();
    std::fs::write(
        place.path("feeds.toml"),
        "[[source]]\nid = \"nowhere\"\nurl = \"https://feeds.invalid/rss.xml\"\ntitle = \"Nowhere\"\ngroup = \"wire\"\nlang = \"en\"\n",
    )
    .unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_termwall")).arg("--dir").arg(place.folder.path()).output().unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(3), "{report}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(report.contains("nowhere: no such host"), "{report}");
    assert!(report.contains("check the host's name and this machine's network"), "{report}");
    assert!(place.path("public/index.html").exists());
}

#[test]
fn a_mistake_in_feeds_toml_stops_the_run_before_the_first_request() {
    let place = Place::new();
    std::fs::write(place.path("feeds.toml"), "[[source]]\nid = \"a\"\nurl = \"ftp://x.example/\"\ntitel = \"A\"\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_termwall")).arg("--dir").arg(place.folder.path()).output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{talk}");
    assert!(talk.contains("feeds.toml:4: ") && talk.contains("titel"), "{talk}");
    assert!(!place.path("termwall.db").exists());
}

#[test]
fn bad_usage_exits_with_2() {
    let output = Command::new(env!("CARGO_BIN_EXE_termwall")).arg("--no-such-flag").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_filter_answers_a_bad_line_in_its_place() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_termwall"))
        .args(["tag", "--dir", "/nonexistent"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let good = r#"{"id":"1","title":"Bank bars ChatGPT","text":"JPMorgan has banned ChatGPT for staff in Hong Kong."}"#;
    child.stdin.take().unwrap().write_all(format!("{good}\nnot json\n\n{good}\n").as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let lines: Vec<serde_json::Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["id"], serde_json::Value::Null);
    assert!(lines[1]["error"].is_string());
    assert_eq!(lines[0], lines[2]);
    assert_eq!(output.status.code(), Some(3));
}

/// The number before a noun: "3 origins", "three outlets", "an outlet" is none.
fn figure(text: &str, noun: &str) -> Option<u64> {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| word.trim_end_matches(['s', ',', ';', '.']) == noun)?;
    let number = words[at.checked_sub(1)?].to_lowercase();
    number.parse().ok().or_else(|| WORDS.iter().position(|word| *word == number).map(|at| at as u64))
}

/// What stands between two pieces of a page, without its markup.
fn between(page: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = page.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    Some(found.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect())
}

#[test]
fn an_insight_says_one_figure_everywhere_shows_edits_and_stays_small() {
    const MOST_BYTES: usize = 30_000;
    let place = Place::new();
    done(place.demo());
    let files = place.files();
    let text = |path: &Path| String::from_utf8(files[path].clone()).unwrap();
    let events: serde_json::Value = serde_json::from_str(&text(Path::new("demo/public/data/events.json"))).unwrap();
    let events = events["events"].as_array().unwrap();
    let (mut pages, mut told, mut edited) = (0, 0, 0);
    for path in files.keys().filter(|path| path.starts_with("demo/public/insights") && path.ends_with("index.html")) {
        let page = text(path);
        assert!(page.len() <= MOST_BYTES, "{}: {} bytes", path.display(), page.len());
        edited += page.matches("<summary>Edited: ").count();
        let Some(entry) = between(&page, "<dt>Ledger entry</dt><dd>", ",") else { continue };
        let entry = events.iter().find(|event| event["n"].as_u64() == entry.parse().ok()).unwrap();
        let standing = between(&page, "<dt>Standing</dt><dd>", "</dd>").unwrap();
        assert_eq!(figure(&standing, "outlet"), entry["outlets"].as_u64(), "{}", path.display());
        assert_eq!(figure(&standing, "origin").unwrap_or(0), entry["origins"].as_u64().unwrap(), "{}", path.display());
        for report in page.split(" reports by ").skip(1) {
            assert_eq!(figure(report, "outlet"), entry["outlets"].as_u64(), "{}: {report:.80}", path.display());
            told += 1;
        }
        pages += 1;
    }
    assert!(pages > 90 && told > 20 && edited > 0, "{pages} pages, {told} counts, {edited} edits");
}

#[test]
fn the_record_is_exported_in_every_form_and_verifies() {
    let place = Place::new();
    done(place.demo());
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_termwall"));
        command.arg("--dir").arg(place.folder.path()).arg("--store").arg(place.path("demo/store.db")).args(arguments);
        done(command)
    };
    let folder = place.path("record");
    let said = run(&["export", folder.to_str().unwrap()]);
    for table in ["events", "reports", "ledger", "stories"] {
        let rows = std::fs::read_to_string(folder.join(format!("{table}.jsonl"))).unwrap().lines().count();
        assert!(rows > 90, "{table}: {rows}");
        let told = said.lines().filter(|line| line.starts_with(table) && line.ends_with(&format!(" {rows} rows")));
        assert_eq!(told.count(), 3, "{table}: {said}");
        let columns = std::fs::read(folder.join(format!("{table}.parquet"))).unwrap();
        assert!(columns.starts_with(b"PAR1") && columns.ends_with(b"PAR1"), "{table}");
    }
    let ledger = folder.join("ledger.jsonl");
    assert_eq!(std::fs::read(&ledger).unwrap(), std::fs::read(place.path("demo/public/data/ledger.jsonl")).unwrap());
    assert!(run(&["verify", ledger.to_str().unwrap()]).contains(" fit; head "));
    assert_eq!(
        std::fs::read_to_string(folder.join("events.csv")).unwrap(),
        std::fs::read_to_string(place.path("demo/public/data/events.csv")).unwrap()
    );
}

#[test]
fn articles_are_imported_once_and_reach_the_record() {
    let place = Place::new();
    let stories: String =
        ["en", "zh-ja-ko"].iter().map(|name| std::fs::read_to_string(format!("tests/stories/{name}.jsonl")).unwrap()).collect();
    let total = stories.lines().count();
    std::fs::write(place.path("archive.jsonl"), format!("{stories}\n{{\"title\": \"A\"}}\nno json\n")).unwrap();
    let run = |arguments: &[&str], status: i32| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_termwall"));
        let output = command.arg("--dir").arg(place.folder.path()).args(arguments).output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{talk}");
        (String::from_utf8(output.stdout).unwrap(), talk)
    };
    let archive = place.path("archive.jsonl");
    let (said, talk) = run(&["import", archive.to_str().unwrap()], 3);
    assert!(said.contains(&format!("new or changed {total}, already there 0, refused 2")), "{said}");
    assert!(talk.contains(&format!("archive.jsonl:{}: it has neither \"outlet\" nor \"url\"", total + 2)), "{talk}");
    assert!(talk.contains(&format!("archive.jsonl:{}: expected", total + 3)), "{talk}");
    let (said, _) = run(&["import", archive.to_str().unwrap()], 3);
    assert!(said.contains(&format!("new or changed 0, already there {total}")), "{said}");
    run(&["build"], 0);
    let events = std::fs::read_to_string(place.path("public/data/events.csv")).unwrap();
    assert!(events.lines().count() > total / 2, "{} events", events.lines().count());
}
