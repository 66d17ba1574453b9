//! The sample edition holds together: every address is answered, every file is used, every trap is one.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use url::Url;

/// The folder is compiled into the program.
const MOST_BYTES: u64 = 1_000_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edition {
    round: Vec<Round>,
    answer: Vec<Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Round {
    now: jiff::Timestamp,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    url: String,
    from: usize,
    file: Option<String>,
    #[serde(rename = "type")]
    content_type: Option<String>,
    #[serde(default = "ok")]
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    #[serde(default)]
    fault: bool,
}

fn ok() -> u16 {
    200
}

fn edition() -> Edition {
    toml::from_str(&fs::read_to_string("samples/edition.toml").unwrap()).unwrap()
}

fn files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.insert(path.strip_prefix("samples").unwrap().to_str().unwrap().to_string());
        }
    }
}

fn decoded(answer: &Answer) -> String {
    let bytes = fs::read(Path::new("samples").join(answer.file.as_ref().unwrap())).unwrap();
    let encoding = if bytes.windows(3).any(|window| window.eq_ignore_ascii_case(b"gbk")) {
        encoding_rs::GBK
    } else if bytes.windows(4).any(|window| window == b"big5") {
        encoding_rs::BIG5
    } else {
        encoding_rs::UTF_8
    };
    let (text, _, broken) = encoding.decode(&bytes);
    assert!(!broken, "{:?}", answer.file);
    text.replacen("encoding=\"GBK\"", "encoding=\"UTF-8\"", 1)
}

#[test]
fn the_rounds_are_six_and_in_order() {
    let rounds = edition().round;
    assert_eq!(rounds.len(), 6);
    assert!(rounds.windows(2).all(|pair| pair[0].now < pair[1].now));
}

#[test]
fn every_file_is_served_and_every_answer_has_what_its_status_needs() {
    let edition = edition();
    let mut unused = BTreeSet::new();
    files(Path::new("samples"), &mut unused);
    let bytes: u64 = unused.iter().map(|file| fs::metadata(Path::new("samples").join(file)).unwrap().len()).sum();
    assert!(bytes < MOST_BYTES, "{bytes}");
    for answer in &edition.answer {
        assert_eq!(Url::parse(&answer.url).unwrap().as_str(), answer.url, "written as it is asked for");
        assert!((1..=edition.round.len()).contains(&answer.from), "{}", answer.url);
        assert_eq!(answer.file.is_some(), answer.status == 200, "{}", answer.url);
        assert_eq!(answer.content_type.is_some(), answer.file.is_some(), "{}", answer.url);
        assert_eq!(answer.location.is_some(), answer.status == 301, "{}", answer.url);
        assert!(answer.fault || answer.status < 400, "{}", answer.url);
    }
    for file in edition.answer.iter().filter_map(|answer| answer.file.as_ref()) {
        assert!(Path::new("samples").join(file).is_file(), "{file}");
        unused.remove(file);
    }
    assert_eq!(unused.into_iter().collect::<Vec<_>>(), ["README.md", "edition.toml", "feeds.toml"]);
    assert!(edition.answer.iter().any(|answer| answer.etag.is_some()));
}

#[test]
fn every_source_is_answered_from_the_first_round_on() {
    let edition = edition();
    let sources = termwall::sources::read(&fs::read_to_string("samples/feeds.toml").unwrap(), "samples/feeds.toml").unwrap();
    let first = |url: &str| edition.answer.iter().any(|answer| answer.url == url && answer.from == 1);
    for source in &sources {
        assert!(first(source.url.as_str()), "{}", source.id);
    }
    for answer in &edition.answer {
        assert!(answer.location.iter().all(|target| first(target)), "{}", answer.url);
    }
}

#[test]
fn every_feed_parses_but_the_one_that_shall_not() {
    let is_feed = |answer: &&Answer| answer.content_type.iter().any(|kind| !kind.starts_with("text/html"));
    let edition = edition();
    let mut broken = BTreeSet::new();
    for answer in edition.answer.iter().filter(is_feed) {
        match feed_rs::parser::parse(decoded(answer).as_bytes()) {
            Ok(feed) => assert!(feed.entries.len() <= 20, "{}", answer.url),
            Err(_) => {
                broken.insert(Url::parse(&answer.url).unwrap().host_str().unwrap().to_string());
            }
        }
    }
    assert_eq!(broken.into_iter().collect::<Vec<_>>(), ["alstontrade.com"]);
}
