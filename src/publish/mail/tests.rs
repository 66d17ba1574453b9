//! Letters as readers get them: whole, with a fixed time, and with text that wants to break out.

use super::*;
use crate::publish::fixture;

const BEFORE: &str = "2026-06-12T22:00:00Z";

fn files() -> Files {
    let template = |path: &str, source: &str| (path.to_string(), source.to_string());
    Files {
        templates: vec![
            template(SUBJECT, include_str!("../../../templates/mail/subject.txt")),
            template(HTML, include_str!("../../../templates/mail/letter.html")),
            template(TEXT, include_str!("../../../templates/mail/letter.txt")),
        ],
        ..Files::default()
    }
}

fn written(material: &Material, since: &str) -> Option<Letter> {
    letter(&Templates::new(&files()).unwrap(), material, fixture::time(since)).unwrap()
}

#[test]
fn a_letter_as_html() {
    insta::assert_snapshot!(written(&fixture::material(), BEFORE).unwrap().html);
}

#[test]
fn a_letter_as_plain_text() {
    insta::assert_snapshot!(written(&fixture::material(), BEFORE).unwrap().text);
}

#[test]
fn the_head_of_a_message() {
    let letter = written(&fixture::material(), BEFORE).unwrap();
    let message = String::from_utf8(letter.eml).unwrap();
    insta::assert_snapshot!(message.split("\r\n\r\n").next().unwrap().replace("\r\n", "\n"));
}

#[test]
fn a_letter_is_named_by_the_day_in_the_publication_s_zone() {
    let mut material = fixture::material();
    assert_eq!(written(&material, BEFORE).unwrap().name, "daily-2026-06-19");
    std::sync::Arc::make_mut(&mut material.site).zone = "UTC".into();
    assert_eq!(written(&material, BEFORE).unwrap().name, "daily-2026-06-18");
}

#[test]
fn no_letter_is_written_when_nothing_is_new() {
    assert_eq!(written(&fixture::material(), "2026-06-18T22:00:00Z"), None);
    assert_eq!(written(&fixture::empty(), BEFORE), None);
}

#[test]
fn a_letter_tells_what_is_new_and_no_more() {
    let recent = written(&fixture::material(), BEFORE).unwrap();
    assert!(recent.text.contains("HSBC Will Allow") && !recent.text.contains("Goldman Sachs Prohibits"));
    let all = written(&fixture::material(), "2026-01-01T00:00:00Z").unwrap();
    assert!(all.text.contains("Goldman Sachs Prohibits") && all.html.contains("Goldman Sachs Prohibits"));
}

#[test]
fn both_parts_say_the_same() {
    let letter = written(&fixture::material(), BEFORE).unwrap();
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let page = scraper::Html::parse_document(&letter.html);
    let page = words(&page.root_element().text().collect::<Vec<_>>().join(" "));
    let plain = words(&letter.text);
    let material = fixture::material();
    for covered in &material.stories[..2] {
        let insight = &covered.insights[0];
        let sentences = insight.summary.iter().map(|sentence| &sentence.text).chain([&insight.headline.text]);
        for sentence in sentences {
            assert!(page.contains(&words(sentence)), "{sentence}");
            assert!(plain.contains(&words(sentence)), "{sentence}");
        }
    }
    for part in [&page, &plain] {
        assert!(part.contains(&material.ledger.head) && part.contains("insight road 1, 1000 example"));
        assert!(part.contains("2 outlets, 2 independent origins: corroborated."));
    }
}

#[test]
fn hostile_text_is_shown_and_never_obeyed() {
    let letter = written(&fixture::hostile(), "2026-01-01T00:00:00Z").unwrap();
    assert!(letter.html.len() <= MOST_BYTES, "{}", letter.html.len());
    assert!(!letter.html.contains("<script") && letter.html.contains("&lt;script&gt;"));
    let turning = |text: &str| text.chars().any(|c| matches!(c, '\u{202e}' | '\u{2066}') || c.is_control() && c != '\n');
    assert!(!turning(&letter.html) && !turning(&letter.text) && !turning(&letter.subject));
    assert!(letter.subject.chars().count() <= LONGEST_SUBJECT + 1);
    let message = String::from_utf8(letter.eml).unwrap();
    let head = message.split("\r\n\r\n").next().unwrap();
    assert!(!head.to_lowercase().lines().any(|line| line.starts_with("bcc")), "{head}");
}

#[test]
fn no_header_breaks_out_of_its_line() {
    let mut material = fixture::material();
    let site = std::sync::Arc::make_mut(&mut material.site);
    site.letter_from.0 = "Insight\r\nBcc: all@example.com\r\n\r\nbody".into();
    for covered in &mut material.stories {
        covered.insights[0].headline.text = "News\r\nX-Evil: 1\n\nbody \u{2028}摩根大通禁止".into();
    }
    let message = String::from_utf8(written(&material, BEFORE).unwrap().eml).unwrap();
    let head = message.split("\r\n\r\n").next().unwrap();
    let names: Vec<&str> =
        head.lines().filter(|line| !line.starts_with(' ')).map(|line| line.split(':').next().unwrap()).collect();
    assert_eq!(names, ["From", "Subject", "Date", "Message-ID", "MIME-Version", "To", "List-Id", "Content-Type"], "{head}");
}

#[test]
fn a_line_of_the_text_part_is_at_most_69_columns_unless_it_is_an_address() {
    for material in [fixture::material(), fixture::hostile()] {
        let letter = written(&material, "2026-01-01T00:00:00Z").unwrap();
        for line in letter.text.lines().filter(|line| !line.contains("http") && !line.starts_with("Head:")) {
            assert!(line.chars().count() <= 76, "{line}");
        }
    }
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    let letter = || written(&fixture::material(), BEFORE).unwrap();
    let first = letter();
    assert!((0..5).all(|_| letter() == first));
    let mut other = fixture::material();
    other.stories[0].insights[0].headline.text = "Another headline".into();
    let id = |letter: &Letter| {
        let message = String::from_utf8(letter.eml.clone()).unwrap();
        message.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_string()
    };
    assert_ne!(id(&written(&other, BEFORE).unwrap()), id(&first));
}

#[test]
fn a_sample_edition_says_so_in_subject_html_and_text() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.site).sample = true;
    let letter = written(&material, BEFORE).unwrap();
    assert!(letter.subject.starts_with("[Sample] JPMorgan"));
    assert!(letter.html.contains("Sample edition:") && letter.text.contains("SAMPLE EDITION:"));
}

#[test]
fn a_correction_is_told_in_the_next_letter_and_not_again() {
    let mut material = fixture::material();
    let record = &mut std::sync::Arc::make_mut(&mut material.ledger).records[0];
    record.superseded = Some((None, "the report was of another bank".into()));
    record.superseded_at = Some(fixture::time("2026-06-15T00:00:00Z"));
    assert!(written(&material, BEFORE).unwrap().text.contains("the report was of another bank"));
    assert!(written(&material, "2026-06-16T00:00:00Z").unwrap().text.contains("Corrections since the last letter: none."));
}

#[test]
fn a_letter_with_too_much_news_stays_under_the_limit_and_counts_the_rest() {
    let mut material = fixture::material();
    for n in 0..60 {
        let mut covered = material.stories[1].clone();
        covered.story.id = format!("{n:012x}");
        covered.insights[0].summary[0].text = "W ".repeat(400);
        material.stories.push(covered);
    }
    let letter = written(&material, BEFORE).unwrap();
    assert!(letter.html.len() <= MOST_BYTES);
    assert!(letter.text.contains("41 more on the site"), "{}", letter.text);
}

#[test]
fn every_mistake_in_the_templates_is_found_before_a_letter_is_due() {
    let mut files = files();
    files.templates[0].1 = "{{ lead.headlin }}".into();
    files.templates[1].1 = "<p>\n{% if %}".into();
    files.templates.remove(2);
    let Err(mistakes) = Templates::new(&files) else { panic!("templates with mistakes were accepted") };
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|line| line.starts_with("templates/mail/letter.html:2: ")), "{told:?}");
    assert!(told.iter().any(|line| line.starts_with("templates/mail/letter.txt: ")), "{told:?}");
    files = self::files();
    files.templates[0].1 = "{{ lead.headlin }}".into();
    let Err(mistakes) = Templates::new(&files) else { panic!("an unknown name was accepted") };
    assert!(mistakes[0].to_string().starts_with("templates/mail/subject.txt:1: "), "{mistakes:?}");
}
