//! Feeds as readers get them: whole, with fixed times, and with text that wants to break out.

use super::*;
use crate::publish::fixture;

fn rendered(material: &Material, path: &str) -> String {
    let plan = plan(material);
    let file = plan.iter().find(|file| file.path == path).unwrap();
    String::from_utf8((file.render)().unwrap()).unwrap()
}

fn all(material: &Material) -> Vec<(String, Vec<u8>)> {
    plan(material).iter().map(|file| (file.path.clone(), (file.render)().unwrap())).collect()
}

#[test]
fn everything_as_atom() {
    insta::assert_snapshot!(rendered(&fixture::material(), "atom.xml"));
}

#[test]
fn a_bank_as_rss() {
    insta::assert_snapshot!(rendered(&fixture::material(), "banks/goldman-sachs/rss.xml"));
}

#[test]
fn a_region_as_json_feed() {
    insta::assert_snapshot!(rendered(&fixture::material(), "regions/gb/feed.json"));
}

#[test]
fn the_list_of_all_feeds() {
    insta::assert_snapshot!(rendered(&fixture::material(), "opml.xml"));
}

#[test]
fn the_calendar_of_days_of_effect() {
    insta::assert_snapshot!(rendered(&fixture::material(), "calendar.ics"));
}

#[test]
fn every_feed_parses_whatever_its_stories_hold() {
    for material in [fixture::material(), fixture::hostile(), fixture::empty()] {
        for (path, bytes) in all(&material).iter().filter(|(path, _)| path.ends_with("atom.xml") || path.ends_with("rss.xml")) {
            let feed = feed_rs::parser::parse(&bytes[..]).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(!feed.title.unwrap().content.is_empty(), "{path}");
            for entry in &feed.entries {
                assert!(entry.id.starts_with("tag:insight.example,2026:"), "{path}: {}", entry.id);
            }
        }
        for (path, bytes) in all(&material).iter().filter(|(path, _)| path.ends_with(".json")) {
            let feed = feed_rs::parser::parse(&bytes[..]).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(feed.id.len() > 1, "{path}");
        }
        let list = rendered(&material, "opml.xml");
        let mut reader = quick_xml::Reader::from_str(&list);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }
}

#[test]
fn hostile_text_is_shown_and_never_obeyed() {
    for (path, bytes) in all(&fixture::hostile()) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{7}']), "{path}");
        let Ok(feed) = feed_rs::parser::parse(&bytes[..]) else { continue };
        for entry in feed.entries {
            let title = entry.title.unwrap().content;
            assert!(title.starts_with("</title><script>alert(1)</script> ]]> &amp; &nope;"), "{path}: {title}");
            assert!(title.chars().count() <= 301, "{path}");
            let html = entry.content.unwrap().body.unwrap();
            assert!(!html.contains("<script"), "{path}: {html}");
            assert_eq!(html.matches("<p>").count(), html.matches("</p>").count(), "{path}");
        }
    }
}

#[test]
fn no_address_in_a_feed_is_relative() {
    for (path, bytes) in all(&fixture::material()) {
        let text = String::from_utf8(bytes).unwrap();
        for part in text.split("href=").skip(1) {
            let address = part.trim_start_matches(['\\', '"', '&', 'q', 'u', 'o', 't', ';']);
            assert!(address.starts_with("http"), "{path}: {}", address.chars().take(60).collect::<String>());
        }
    }
}

#[test]
fn a_member_without_stories_has_an_empty_feed() {
    let mut material = fixture::material();
    material.stories.retain(|covered| covered.story.id != fixture::HSBC);
    let feed = feed_rs::parser::parse(rendered(&material, "banks/hsbc/atom.xml").as_bytes()).unwrap();
    assert!(feed.entries.is_empty());
    assert_eq!(feed.title.unwrap().content, "Insight: HSBC");
}

#[test]
fn a_feed_carries_the_head_of_the_ledger_in_all_its_forms() {
    let material = fixture::material();
    for path in ["atom.xml", "rss.xml", "feed.json", "banks/jpmorgan/atom.xml", "vendors/anthropic/feed.json"] {
        assert!(rendered(&material, path).contains(&material.ledger.head), "{path}");
    }
}

#[test]
fn a_report_that_changes_nothing_leaves_the_date_of_an_entry() {
    let updated = |material: &Material| {
        let feed = feed_rs::parser::parse(rendered(material, "atom.xml").as_bytes()).unwrap();
        feed.entries.into_iter().map(|entry| entry.updated.unwrap().to_rfc3339()).collect::<Vec<_>>()
    };
    let before = fixture::material();
    let mut after = fixture::material();
    after.time = fixture::time("2026-07-01T00:00:00Z");
    after.stories[1].story.reports[0].article.version = 2;
    assert_eq!(updated(&before), updated(&after));
}

#[test]
fn an_edit_of_a_report_is_told_and_dates_its_entry() {
    let mut material = fixture::material();
    material.stories[1].story.reports[0].edits = vec![fixture::edit("2026-06-30T10:00:00Z", ("One", "Two"), "More.")];
    let feed = feed_rs::parser::parse(rendered(&material, "atom.xml").as_bytes()).unwrap();
    let edited: Vec<bool> =
        feed.entries.iter().map(|entry| entry.updated.unwrap().to_rfc3339() == "2026-06-30T10:00:00+00:00").collect();
    assert_eq!(edited, [false, true, false]);
    let html = feed.entries[1].content.clone().unwrap().body.unwrap();
    assert!(html.contains(", edited by 30 June 2026</li>"), "{html}");
}

#[test]
fn equal_inputs_promise_equal_bytes_and_no_more() {
    let (one, two, other) = (fixture::material(), fixture::material(), fixture::hostile());
    for (first, second) in plan(&one).iter().zip(plan(&two)) {
        assert_eq!((&first.path, first.inputs), (&second.path, second.inputs));
        assert_eq!((first.render)().unwrap(), (second.render)().unwrap());
    }
    for file in plan(&other) {
        let was = plan(&one).into_iter().find(|was| was.path == file.path).unwrap();
        assert_eq!(was.inputs == file.inputs, (was.render)().unwrap() == (file.render)().unwrap(), "{}", file.path);
    }
}

#[test]
fn a_calendar_line_is_folded_between_characters() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.site).name = "摩根大通,".repeat(20);
    let calendar = rendered(&material, "calendar.ics");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']));
    assert!(calendar.replace("\r\n ", "").contains("摩根大通\\,摩根大通"));
}

#[test]
fn a_sample_edition_says_so_in_the_title_and_beside_every_source() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.site).sample = true;
    let feed = feed_rs::parser::parse(rendered(&material, "rss.xml").as_bytes()).unwrap();
    assert_eq!(feed.title.unwrap().content, "Insight (sample edition)");
    let html = feed.entries[0].content.clone().unwrap().body.unwrap();
    assert!(html.contains("Sample edition:"), "{html}");
    assert_eq!(html.matches("<li>sample text after <a ").count(), 3, "{html}");
}
