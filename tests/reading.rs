//! What `tag` reads in sentences of our own: `tests/reading/*.txt`, one language a file, and that hostile text is read in
//! bounded time.
//!
//! A case is a line with the sentence, and under it, indented, one line an event that must be read, in any order:
//! actor, action, vendor, product, regions; `-` stands for nothing. `none` under it: the sentence is not about access.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[path = "labels/shipped.rs"]
mod shipped;

use std::time::{Duration, Instant};

use termwall::model::event::{AccessEvent, Field};
use termwall::tag::{Tagger, Text};

/// "goldman-sachs prohibit anthropic claude HK".
fn shown(event: &AccessEvent) -> String {
    let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_string());
    let regions = if event.regions.is_empty() { "-".to_string() } else { event.regions.join(",") };
    let (actor, vendor, product) = (or_dash(&event.actor), or_dash(&event.vendor), or_dash(&event.product));
    format!("{actor} {} {vendor} {product} {regions}", event.action.as_str())
}

/// What is wrong with the reading of one case; `None` where nothing is.
fn check(tagger: &Tagger, lang: &str, sentence: &str, wanted: &[&str]) -> Option<String> {
    let (title, text) = sentence.split_once(" || ").unwrap_or(("", sentence));
    let tagged = tagger.tag(Text { title, text, lang: Some(lang), published: Some("2026-06-18"), ..Text::default() });
    for evidence in tagged.events.iter().flat_map(|event| &event.evidence) {
        let field = if evidence.field == Field::Title { title } else { text };
        assert_eq!(&field[evidence.start..evidence.end], evidence.quote, "{sentence}");
    }
    let found: Vec<String> = tagged.events.iter().map(shown).collect();
    let right =
        if wanted == ["none"] { !tagged.relevant } else { wanted.iter().all(|want| found.iter().any(|have| have == want)) };
    (!right).then(|| format!("{sentence}\n    want {wanted:?}\n    have {found:?} score {}", tagged.score))
}

fn cases(text: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        match found.last_mut().filter(|_| line.starts_with(' ')) {
            Some((_, wanted)) => wanted.push(line.trim()),
            None => found.push((line, Vec::new())),
        }
    }
    found
}

/// Languages and how many of their cases are read rightly at least; raised as reading improves.
const LEAST: &[(&str, usize)] = &[("en", 60), ("zh", 50), ("ja", 48), ("ko", 49), ("de", 50), ("fr", 50), ("es", 49), ("it", 48)];

#[test]
fn our_own_sentences_are_read_in_every_language() {
    let tagger = shipped::tagger();
    let mut low = Vec::new();
    for (lang, least) in LEAST {
        let text = std::fs::read_to_string(format!("tests/reading/{lang}.txt")).unwrap();
        let cases = cases(&text);
        let wrong: Vec<String> = cases.iter().filter_map(|(sentence, wanted)| check(tagger, lang, sentence, wanted)).collect();
        let right = cases.len() - wrong.len();
        println!("{lang}: {right} of {}\n{}", cases.len(), wrong.join("\n"));
        if right < *least {
            low.push(format!("{lang}: {right} right, at least {least} wanted"));
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

#[test]
fn hostile_text_is_read_in_bounded_time_and_leaves_evidence_in_place() {
    let tagger = shipped::tagger();
    let hostile = [
        "Goldman bans Claude in Hong Kong, ".repeat(50_000),
        "Claude ".repeat(100_000),
        "禁用DeepSeek".repeat(60_000),
        "a".repeat(5_000_000),
        "、".repeat(500_000),
        "keeps OpenAI ".repeat(100_000),
        "\u{202E}JP\u{200B}Morgan bars Cla\u{200D}ude\u{202C} ".repeat(2_000),
        "e\u{301}".repeat(300_000),
        "\u{0}\u{1}\n\n\n".repeat(100_000),
        String::new(),
    ];
    for text in hostile {
        let started = Instant::now();
        let tagged = tagger.tag(Text { title: "Banks", text: &text, ..Text::default() });
        let head: String = text.chars().take(12).collect();
        assert!(started.elapsed() < Duration::from_secs(20), "{head:?} took {:?}", started.elapsed());
        assert!(tagged.events.len() <= 32 && tagged.statements.len() <= 32, "{head:?}");
        for event in &tagged.events {
            assert!(event.evidence.len() <= 64, "{head:?} has {} pieces of evidence", event.evidence.len());
            for evidence in event.evidence.iter().filter(|evidence| evidence.field == Field::Text) {
                assert_eq!(&text[evidence.start..evidence.end], evidence.quote);
            }
        }
    }
}
