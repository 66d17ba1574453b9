//! Answers for a scorer, over pages that are not in the project: `TERMWALL_PAGES` names a folder with `manifest.jsonl` (`id` and
//! `url` a line) and unpacked `html/ID.html`; `TERMWALL_ANSWERS` names the file to write.

use std::fs;

use serde_json::{Value, json};
use url::Url;

#[test]
#[ignore = "needs pages that are not in the project"]
fn answers_are_written_for_a_scorer() {
    let (pages, answers) = (std::env::var("TERMWALL_PAGES").unwrap(), std::env::var("TERMWALL_ANSWERS").unwrap());
    let manifest = fs::read_to_string(format!("{pages}/manifest.jsonl")).unwrap();
    let answer = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        let body = fs::read(format!("{pages}/html/{}.html", row["id"].as_str().unwrap())).unwrap();
        let url = row["url"].as_str().and_then(|url| Url::parse(url).ok());
        let found = serde_json::to_value(termwall::read::extract(&body, url.as_ref()).unwrap()).unwrap();
        json!({"id": row["id"], "text": found["text"], "title": found["title"], "author": found["byline"], "date": found["published"]})
    };
    let lines: Vec<String> = manifest.lines().map(|line| answer(line).to_string()).collect();
    assert!(!lines.is_empty());
    fs::write(answers, lines.join("\n")).unwrap();
}
