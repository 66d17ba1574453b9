//! How well `tag` reads the labelled stories: the measures of `tests/corpus/score.py`, for the part worked on and for the
//! third held out, whole and by family of languages, against floors that only rise.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[path = "accuracy/score.rs"]
mod score;
#[path = "labels/shipped.rs"]
mod shipped;

use std::collections::BTreeMap;

use score::{Measures, Story};
use sha2::{Digest, Sha256};
use termwall::tag::Text;

/// Figures that later changes may raise and never lower: part, measure, least F1.
const FLOORS: &[(&str, &str, f64)] = &[
    ("held", "relevance", 0.90),
    ("held", "tags", 0.83),
    ("held", "slots", 0.57),
    ("held", "core", 0.33),
    ("work", "relevance", 0.98),
    ("work", "tags", 0.90),
    ("work", "slots", 0.72),
    ("work", "core", 0.61),
];

fn corpus() -> Vec<Story> {
    let parts = ["banks", "regulation", "vendors", "eu-asia", "zh"];
    let text = |part: &&str| std::fs::read_to_string(format!("tests/corpus/{part}-dev.jsonl")).unwrap();
    let lines: Vec<String> =
        parts.iter().map(text).flat_map(|all| all.lines().map(ToString::to_string).collect::<Vec<_>>()).collect();
    lines.iter().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every third group is held out, by the hash of its name.
fn part(story: &Story) -> &'static str {
    let key = story.group.as_deref().filter(|group| !group.is_empty()).unwrap_or(&story.id);
    let hash = Sha256::digest(key.as_bytes());
    // The remainder of a number modulo three is that of the sum of its base-256 digits, since 256 leaves one.
    if hash.iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3 == 0 { "held" } else { "work" }
}

fn family(lang: &str) -> &'static str {
    match lang.split('-').next().unwrap_or("") {
        "zh" => "zh",
        "ja" | "ko" => "ja+ko",
        "de" | "fr" | "es" | "it" => "de+fr+es+it",
        _ => "en",
    }
}

#[test]
fn tagging_agrees_with_careful_readers_as_far_as_recorded() {
    let tagger = shipped::tagger();
    let mut measures: BTreeMap<(String, String), Measures> = BTreeMap::new();
    let mut answers = String::new();
    for story in corpus() {
        let text = Text {
            title: &story.title,
            text: &story.text,
            lang: Some(&story.lang),
            published: Some(&story.published),
            outlet: Some(&story.outlet),
        };
        let tagged = tagger.tag(text);
        assert_eq!(tagged.relevant, !tagged.events.is_empty(), "{}", story.id);
        for family in ["all", family(&story.lang)] {
            measures.entry((part(&story).to_string(), family.to_string())).or_default().add(&story, &tagged);
        }
        answers.push_str(&score::answer(&story, &tagged));
    }
    if let Ok(path) = std::env::var("TERMWALL_ANSWERS") {
        std::fs::write(path, answers).unwrap();
    }
    println!("{:5} {:12} {:>9} {:>9} {:>9} {:>9} {:>7}", "part", "family", "relevance", "tags", "slots", "core", "stories");
    let mut low = Vec::new();
    for ((part, family), measure) in &measures {
        let row = measure.row();
        println!(
            "{part:5} {family:12} {:9.3} {:9.3} {:9.3} {:9.3} {:7}",
            row["relevance"], row["tags"], row["slots"], row["core"], measure.stories
        );
        for (_, name, floor) in FLOORS.iter().filter(|(of, ..)| of == part && family == "all") {
            if row[name] < *floor {
                low.push(format!("{part} {name}: {:.3} is below the floor of {floor}", row[name]));
            }
        }
    }
    for part in ["work", "held"] {
        println!("{part}: {}", measures[&(part.to_string(), "all".to_string())].detail());
    }
    assert!(low.is_empty(), "\n{}", low.join("\n"));
}
