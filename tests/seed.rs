//! The model article's own story, from two feed items to one page: five parts, the precedent from the ledger, every source linked,
//! and no sentence without support.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::process::Command;

use scraper::{Html, Selector};

/// The page of the story that JPMorgan's step is told on.
fn page() -> Html {
    let folder = tempfile::tempdir().unwrap();
    let samples = folder.path().join("samples");
    std::fs::create_dir_all(&samples).unwrap();
    for entry in std::fs::read_dir("tests/seed/samples").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, samples.join(path.file_name().unwrap())).unwrap();
    }
    let output =
        Command::new(env!("CARGO_BIN_EXE_termwall")).args(["demo", "--no-serve", "--dir"]).arg(folder.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let insights = folder.path().join("demo/public/insights/2026");
    let about: Vec<_> = std::fs::read_dir(&insights)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("jpmorgan"))
        .collect();
    assert_eq!(about.len(), 1, "not one Insight on JPMorgan: {about:?}");
    Html::parse_document(&std::fs::read_to_string(about[0].join("index.html")).unwrap())
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).map(|element| element.text().collect()).collect()
}

fn links(page: &Html, selector: &str) -> Vec<String> {
    page.select(&Selector::parse(selector).unwrap()).filter_map(|element| element.attr("href").map(str::to_string)).collect()
}

#[test]
fn the_models_own_story_comes_out_as_one_page_with_all_five_parts() {
    let page = page();
    let headline = texts(&page, "h1").concat();
    for word in ["JPMorgan", "Claude", "Hong", "Kong"] {
        assert!(headline.contains(word), "the headline says no {word}: {headline}");
    }
    let parts = texts(&page, "section.sec > h2").concat();
    for part in ["Report", "AI Insight", "Cognitive Law", "Sources"] {
        assert!(parts.contains(part), "no part {part}: {parts}");
    }
    assert_eq!(texts(&page, "section.law li").len(), 3, "a comparison, a formula, a pair of movements");
    let facts = texts(&page, "dl.facts").concat();
    assert!(facts.contains("Prohibited") && facts.contains("Employees") && facts.contains("terms"), "{facts}");
}

#[test]
fn the_precedent_is_found_in_the_ledger_and_dated() {
    let page = page();
    let said = texts(&page, ".para p").concat();
    assert!(said.contains("Goldman Sachs") && said.contains("second"), "{said}");
    let strip = texts(&page, "ol.strip li").join("\n");
    let precedent = strip.lines().find(|line| line.contains("Goldman Sachs")).unwrap_or_else(|| panic!("no precedent: {strip}"));
    assert!(precedent.contains("April 2026"), "{precedent}");
    assert!(said.contains("51 days"), "28 April to 18 June are 51 days: {said}");
}

#[test]
fn sources_are_named_and_linked_and_members_are_tagged() {
    let page = page();
    let all = links(&page, "a");
    let source = "https://www.xcruzo.com/news/tech/jpmorgan-blocks-anthropic-ai-access-for-hong-kong-staff-ft-r-82989e?lang=es";
    assert!(all.iter().any(|link| link == source), "the report is not linked");
    assert!(texts(&page, "section.sec").concat().contains("xCruzo"));
    for member in ["/banks/jpmorgan/", "/banks/goldman-sachs/", "/vendors/anthropic/", "/products/claude/", "/regions/hk/"] {
        assert!(all.iter().any(|link| link == member), "no link to {member}");
    }
}

#[test]
fn no_sentence_is_without_support() {
    let page = page();
    let mut sentences = 0;
    for paragraph in page.select(&Selector::parse(".para p").unwrap()) {
        // What stands between two marks is one sentence: a fact with its number, or a view in italics with its v.
        let marks = paragraph.select(&Selector::parse("a.n").unwrap()).count();
        let text: String = paragraph.text().collect();
        let stops = text.matches(['.', '?']).count();
        assert!(marks > 0 && marks >= text.split(". ").count().min(stops), "a sentence without a mark: {text}");
        sentences += marks;
    }
    assert!(sentences >= 8, "only {sentences} sentences");
    for link in links(&page, "a.n") {
        let place = link.strip_prefix('#').unwrap();
        let evidence = page.select(&Selector::parse(&format!("[id=\"{place}\"]")).unwrap()).next();
        let text: String = evidence.unwrap_or_else(|| panic!("{link} leads nowhere")).text().collect();
        assert!(text.trim().len() > 10, "{link} leads to nothing: {text}");
    }
}
