//! Whole pages: every template is filled, every link leads somewhere, nothing hostile survives.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scraper::{Html, Selector};

use crate::model::edition::Material;
use crate::model::when::When;
use crate::publish::{Files, Publisher, fixture};

fn folder(root: &Path, at: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    let mut entries: Vec<_> = std::fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            folder(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

fn shipped() -> Files {
    let read = |path: &str| {
        let mut found = Vec::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        folder(&root, &root, &mut found);
        found
    };
    let texts = |files: Vec<(String, Vec<u8>)>| files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap()));
    Files {
        templates: texts(read("templates")).collect(),
        pages: texts(read("site/pages")).map(|(name, text)| (format!("pages/{name}"), text)).collect(),
        statics: read("site/static"),
    }
}

fn publisher() -> Publisher {
    match Publisher::new(shipped()) {
        Ok(publisher) => publisher,
        Err(mistakes) => panic!("{}", mistakes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
    }
}

/// Every file of an edition, rendered.
fn rendered(material: &Material) -> BTreeMap<String, Vec<u8>> {
    let publisher = publisher();
    let edition = publisher.edition(material);
    let render = |file: &crate::model::edition::File<'_>| match (file.render)() {
        Ok(bytes) => (file.path.clone(), bytes),
        Err(error) => panic!("{error}"),
    };
    let files: BTreeMap<String, Vec<u8>> = edition.files.iter().map(render).collect();
    assert_eq!(files.len(), edition.files.len(), "paths are unique");
    files
}

fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, String> {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), String::from_utf8(bytes.clone()).unwrap())).collect()
}

/// Links and addresses of a page that stay on the site, as they stand.
fn inward(page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for (selector, attribute) in [("[href]", "href"), ("[src]", "src")] {
        let selector = Selector::parse(selector).unwrap();
        found.extend(page.select(&selector).filter_map(|element| element.value().attr(attribute)).map(str::to_string));
    }
    found.retain(|address| address.starts_with('/') || address.starts_with('#'));
    found
}

fn ids(page: &Html) -> Vec<String> {
    let selector = Selector::parse("[id]").unwrap();
    page.select(&selector).filter_map(|element| element.value().attr("id")).map(str::to_string).collect()
}

/// Every link and anchor leads to something, and no page has an id twice.
fn holds_together(material: &Material) {
    let files = rendered(material);
    let root = material.site.base_url.path().trim_end_matches('/').to_string();
    let documents: BTreeMap<&str, Html> =
        pages(&files).into_iter().map(|(path, text)| (path, Html::parse_document(&text))).collect();
    let known: BTreeMap<&str, BTreeSet<String>> =
        documents.iter().map(|(path, page)| (*path, ids(page).into_iter().collect())).collect();
    for (path, page) in &documents {
        assert_eq!(ids(page).len(), known[path].len(), "{path} has an id twice: {:?}", ids(page));
        for address in inward(page) {
            let (target, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let target = if target.is_empty() { (*path).to_string() } else { inside(target, &root, path) };
            assert!(files.contains_key(&target), "{path} leads to {address}, which is not planned");
            let there = anchor.is_empty() || known.get(target.as_str()).is_some_and(|ids| ids.contains(anchor));
            assert!(there, "{path} leads to {address}, and there is no such place");
        }
    }
}

fn inside(target: &str, root: &str, path: &str) -> String {
    let rest = target.strip_prefix(root).unwrap_or_else(|| panic!("{path} leads out of the site's folder: {target}"));
    crate::publish::paths::file(rest)
}

#[test]
fn every_link_and_anchor_leads_to_something() {
    holds_together(&fixture::material());
}

#[test]
fn a_report_that_claims_a_day_to_come_says_so() {
    let noted = |claimed: &str| {
        let mut material = fixture::material();
        material.stories[0].story.reports[0].article.claimed = Some(When::On(claimed.parse().unwrap()));
        pages(&rendered(&material)).iter().any(|(_, text)| text.contains("still to come; counted as first seen"))
    };
    assert!(noted("2027-01-01"));
    assert!(!noted("2026-01-01"));
}

#[test]
fn an_edition_without_stories_holds_together() {
    holds_together(&fixture::empty());
}

#[test]
fn a_site_in_a_folder_of_its_host_holds_together() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.site).base_url = "https://insight.example/project/".parse().unwrap();
    holds_together(&material);
}

#[test]
fn a_hostile_edition_holds_together_and_runs_nothing() {
    let material = fixture::hostile();
    holds_together(&material);
    let files = rendered(&material);
    for (path, text) in pages(&files) {
        assert!(!text.contains("<script>"), "{path}");
        assert!(!text.chars().any(|c| matches!(c, '\u{202e}' | '\u{2066}' | '\u{7}')), "{path}");
        assert!(!text.contains(&"W".repeat(1000)), "{path}");
        let page = Html::parse_document(&text);
        let scripts = Selector::parse("script").unwrap();
        for script in page.select(&scripts) {
            assert_eq!(script.value().attr("type"), Some("application/ld+json"), "{path}");
            let json: String = script.text().collect();
            assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{path}: {json}");
        }
    }
}

#[test]
fn no_page_has_inline_style_or_an_address_of_another_host_to_load() {
    for (path, text) in pages(&rendered(&fixture::hostile())) {
        let page = Html::parse_document(&text);
        for selector in [
            "[style]",
            "style",
            "[onclick]",
            "[onload]",
            "[onerror]",
            "iframe",
            "img[src^=http]",
            "link[rel=stylesheet][href^=http]",
        ] {
            assert_eq!(page.select(&Selector::parse(selector).unwrap()).count(), 0, "{path}: {selector}");
        }
    }
}

#[test]
fn a_sample_edition_says_so_on_every_page_and_quotes_nobody() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.site).sample = true;
    for (path, text) in pages(&rendered(&material)) {
        assert!(text.contains("class=\"notice\""), "{path}");
        assert!(text.contains("content=\"noindex\""), "{path}");
        assert!(!text.contains("<q"), "{path}");
    }
    let text = pages(&rendered(&material))["insights/2026/jpmorgan-prohibits-claude-hk-0a0a0a/index.html"].clone();
    assert!(text.contains("sample text after Example Times"));
    assert!(text.contains("https://news.example/a1?a=1&amp;b=2"));
}

#[test]
fn a_page_changes_only_with_what_it_shows() {
    let publisher = publisher();
    let (before, mut after) = (fixture::material(), fixture::material());
    after.time = fixture::time("2026-06-19T22:00:00Z");
    let inputs = |material: &Material| -> BTreeMap<String, [u8; 32]> {
        publisher.edition(material).files.iter().map(|file| (file.path.clone(), file.inputs)).collect()
    };
    let (before, after) = (inputs(&before), inputs(&after));
    let changed: Vec<&str> =
        before.iter().filter(|(path, hash)| after.get(*path) != Some(hash)).map(|(path, _)| path.as_str()).collect();
    let pages: Vec<&str> = changed.into_iter().filter(|path| path.ends_with(".html")).collect();
    let live = ["index.html", "zh-hant/index.html", "coverage/index.html", "data/index.html"];
    assert!(pages.iter().all(|path| live.contains(path)), "{pages:?}");
}

#[test]
fn an_insight_has_its_five_parts_its_evidence_and_its_receipt() {
    let files = rendered(&fixture::material());
    let page = &pages(&files)["insights/2026/jpmorgan-prohibits-claude-hk-0a0a0a/index.html"];
    let document = Html::parse_document(page);
    for id in ["h-report", "h-wall", "h-ai", "h-law", "h-src", "h-rec", "e1", "s1", "e3", "law-1", "views"] {
        assert_eq!(document.select(&Selector::parse(&format!("#{id}")).unwrap()).count(), 1, "{id}");
    }
    let hash = &fixture::material().ledger.records[2].hash;
    assert!(page.contains(hash), "the receipt shows the entry's hash");
    assert!(page.contains("Corroborated: 2 origins, 2 outlets"));
    assert!(page.contains("hreflang=\"zh-Hant\""));
}

#[test]
fn a_missing_template_is_named() {
    let mut files = shipped();
    files.templates.retain(|(name, _)| name != "site/insight.html");
    let mistakes = Publisher::new(files).err().unwrap();
    assert_eq!(mistakes[0].to_string(), "templates/site/insight.html: is missing; put it back");
}

#[test]
fn a_broken_template_is_named_with_its_line() {
    let mut files = shipped();
    let page = files.templates.iter_mut().find(|(name, _)| name == "site/prose.html").unwrap();
    page.1 = "{% extends \"site/base.html\" %}\n{% block main %}\n{{ title | nosuchfilter }}\n{% endblock %}".to_string();
    let mistakes = Publisher::new(files).err().unwrap();
    assert!(mistakes[0].to_string().starts_with("templates/site/prose.html:3:"), "{}", mistakes[0]);
}

#[test]
fn what_is_announced_for_a_later_day_is_pending_and_nothing_else() {
    let files = rendered(&fixture::material());
    let page = &pages(&files)["banks/hsbc/index.html"];
    assert!(page.contains("class=\"st pending\""));
    assert!(!page.contains("class=\"st allowed"), "not allowed before its day");
}

#[test]
fn a_bar_slants_where_the_day_is_not_known() {
    let mut material = fixture::material();
    let shape = |material: &Material| {
        let page = pages(&rendered(material))["banks/jpmorgan/index.html"].clone();
        let start = page.split("class=\"b-prohibited\" d=\"M").nth(1).unwrap().split(' ').next().unwrap().to_string();
        let foot = page.split("class=\"b-prohibited\" d=\"").nth(1).unwrap().split('"').next().unwrap();
        let foot = foot.rsplit('H').next().unwrap().trim_end_matches('z').to_string();
        (start, foot)
    };
    let (start, foot) = shape(&material);
    assert_ne!(start, foot, "June 2026 is no day");
    let mut records = material.ledger.records.clone();
    records[2].day_known = true;
    let ledger = crate::model::ledger::Ledger::new(records, "0".repeat(64), 3, material.taxonomy.clone());
    material.ledger = std::sync::Arc::new(ledger);
    let (start, foot) = shape(&material);
    assert_eq!(start, foot);
}

#[test]
fn a_story_that_moved_leads_on_from_its_old_address() {
    let mut material = fixture::material();
    let to = "/insights/2026/hsbc-allows-mistral-gb-0b0b0b/".to_string();
    material.redirects.push(("/insights/2026/old-0d0d0d/".into(), to.clone()));
    holds_together(&material);
    let page = pages(&rendered(&material))["insights/2026/old-0d0d0d/index.html"].clone();
    assert!(page.contains(&format!("http-equiv=\"refresh\" content=\"0; url={to}\"")));
    assert!(page.contains(&format!("rel=\"canonical\" href=\"https://insight.example{to}\"")));
}

#[test]
fn a_story_that_nothing_tells_any_more_says_so_at_its_address() {
    let mut material = fixture::material();
    material.redirects.push(("/insights/2026/gone-0e0e0e/".into(), "/corrections/".into()));
    holds_together(&material);
    let page = pages(&rendered(&material))["insights/2026/gone-0e0e0e/index.html"].clone();
    assert!(page.contains("<h1 class=\"page\">Withdrawn</h1>") && page.contains("href=\"/corrections/\""), "{page}");
    assert!(page.contains("noindex") && !page.contains("http-equiv=\"refresh\""));
}

#[test]
fn an_edited_article_shows_when_it_was_edited_and_what_changed_in_it() {
    let mut material = fixture::material();
    let long = "The bank withdrew its statement of the week before. ".repeat(9);
    material.stories[0].story.reports[0].edits = vec![fixture::edit("2026-06-19T10:00:00Z", ("A ban", "A limit"), long.trim())];
    let path = crate::publish::paths::file(&crate::publish::paths::story(&material.stories[0].story));
    let page = pages(&rendered(&material))[path.as_str()].clone();
    let (_, edit) = page.split_once("<details class=\"ev ed\">").unwrap();
    let (edit, _) = edit.split_once("</details>").unwrap();
    assert!(edit.contains("<summary>Edited: 2 changes seen 19 June 2026</summary>"), "{edit}");
    assert!(edit.contains("<del>A ban</del> <ins>A limit</ins>"), "{edit}");
    let (_, added) = edit.rsplit_once("<ins>").unwrap();
    assert_eq!(added.split("</ins>").next().unwrap().split_whitespace().count(), 25, "{edit}");
    assert!(page.contains("\"dateModified\":\"2026-06-19T10:00:00Z\""));
}

#[test]
fn the_sitemap_has_every_page_that_is_to_be_found_once() {
    let files = rendered(&fixture::material());
    let sitemap = String::from_utf8(files["sitemap.xml"].clone()).unwrap();
    let listed: Vec<&str> = sitemap.split("<loc>").skip(1).map(|part| part.split("</loc>").next().unwrap()).collect();
    let unique: BTreeSet<&str> = listed.iter().copied().collect();
    assert_eq!(unique.len(), listed.len());
    let own = Selector::parse("link[rel=canonical]").unwrap();
    let documents: Vec<Html> = pages(&files).values().map(|text| Html::parse_document(text)).collect();
    let address = |page: &Html| page.select(&own).next().and_then(|link| link.value().attr("href")).map(str::to_string);
    let found: BTreeSet<String> = documents.iter().filter_map(address).collect();
    assert_eq!(found.iter().map(String::as_str).collect::<BTreeSet<_>>(), unique);
}
