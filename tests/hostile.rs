//! An outlet that wishes its readers ill: whatever it writes reaches no page, feed or letter unescaped.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::path::Path;
use std::process::Command;

/// Markup of `tests/hostile/` that must not survive as markup anywhere.
const PAYLOADS: &[&str] = &["<script>alert", "<img src=x", "<svg onload", "<iframe", "onerror=\"", "href=\"javascript:", "]]>"];

/// Bidirectional controls that turn a line around.
const BIDI: &str = "\u{202e}\u{2066}\u{200f}";

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap().replace("@LONG@", &"W".repeat(10_000)).replace("@BIDI@", BIDI);
        std::fs::write(to.join(path.file_name().unwrap()), text).unwrap();
    }
}

fn texts(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts(&path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn nothing_hostile_reaches_a_page_a_feed_or_a_letter() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("tests/hostile/samples"), &folder.path().join("samples"));
    let output =
        Command::new(env!("CARGO_BIN_EXE_termwall")).args(["demo", "--no-serve", "--dir"]).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut files = Vec::new();
    texts(&folder.path().join("demo/public"), &mut files);
    texts(&folder.path().join("demo/letters"), &mut files);
    let told = |words: &str| files.iter().any(|(path, text)| path.contains("/insights/") && text.contains(words));
    assert!(told("JPMorgan") && told("UBS") && told("DeepSeek"), "the hostile stories were not published, so nothing was tried");
    for (path, text) in &files {
        for payload in PAYLOADS {
            let is_markup = path.ends_with(".html") || *payload != "]]>" || is_outside_cdata(path, text);
            assert!(!(is_markup && text.contains(payload) && !is_literal(path)), "{path} holds {payload}");
        }
        assert!(!text.chars().any(|c| BIDI.contains(c)), "{path} holds a bidi control");
        assert!(!text.contains("WWWW".repeat(1000).as_str()), "{path} holds the 10,000 characters");
    }
}

/// Files whose readers treat text as text, and escape by other rules: JSON and plain text hold `<` as it is.
fn is_literal(path: &str) -> bool {
    [".json", ".jsonl", ".txt", ".csv", ".ics"].iter().any(|suffix| path.ends_with(suffix))
}

/// `]]>` ends a CDATA section, and is an error elsewhere in XML.
fn is_outside_cdata(path: &str, text: &str) -> bool {
    (path.ends_with(".xml") || path.ends_with(".atom")) && text.matches("]]>").count() > text.matches("<![CDATA[").count()
}
