//! Lists of other programs, broken ones, hostile ones; and our own, there and back.

use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::model::source::{DatePolicy, Selectors, Source, SourceKind};
use crate::sources::edit::{Additions, Entry};

fn outlines(text: &str) -> Vec<Outline> {
    read(text, "wire").unwrap().outlines
}

fn found(text: &str) -> Vec<(usize, String, String)> {
    let told = |outline: &Outline| match &outline.entry {
        Ok(entry) => entry.url.to_string(),
        Err(reason) => reason.clone(),
    };
    outlines(text).iter().map(|outline| (outline.line, outline.name.clone(), told(outline))).collect()
}

fn only(text: &str) -> Entry {
    let mut outlines = outlines(text);
    assert_eq!(outlines.len(), 1);
    outlines.remove(0).entry.unwrap()
}

#[test]
fn lists_of_either_version_are_read() {
    let list = "<?xml version='1.0'?>\n<opml version='1.1'><head><title>x</title></head><body>\n\
        <outline text='News'>\n<outline type='rss' text='A &amp; B' title='A' xmlUrl='https://a.example/feed?x=1&amp;y=2' htmlUrl='https://a.example/'/>\n\
        <outline text='Inner'><outline XMLURL=\"http://b.example/rss#top\" TEXT=\"B\"/></outline></outline>\n\
        <outline title='No type' xmlUrl='feed://c.example/atom'></outline>\n</body></opml>";
    assert_eq!(
        found(list),
        [
            (4, "A".into(), "https://a.example/feed?x=1&y=2".into()),
            (5, "B".into(), "http://b.example/rss".into()),
            (6, "No type".into(), "http://c.example/atom".into()),
        ]
    );
    let comments: Vec<_> = outlines(list).into_iter().map(|outline| outline.entry.unwrap().comment).collect();
    assert_eq!(comments, [Some("From the folder \"News\".".into()), Some("From the folder \"News / Inner\".".into()), None]);
}

#[test]
fn a_folder_with_a_groups_name_is_the_group() {
    let list = "<opml><outline text='regulators'><outline text='HK'><outline xmlUrl='https://a.example/'/></outline></outline>";
    let entry = only(list);
    assert_eq!((entry.group.as_str(), entry.comment.as_deref()), ("regulators", Some("From the folder \"HK\".")));
    assert_eq!(only("<outline xmlUrl='https://a.example/'/>").group, "wire");
}

#[test]
fn what_cannot_be_a_source_says_why() {
    let list = "<opml><outline xmlUrl='ftp://a.example/'/>\n<outline text='B' xmlUrl='not an address'/>\n<outline xmlUrl='https://u:p@c.example/'/>";
    let told = found(list);
    assert!(told[0].2.starts_with("\"ftp\" is not fetched; "), "{told:?}");
    assert!(told[1].2.contains("write it whole") && told[1].0 == 2, "{told:?}");
    assert!(told[2].2.contains("user name or password"), "{told:?}");
}

#[test]
fn a_list_without_feeds_is_none() {
    assert_eq!(read("", "wire"), Err(NoList::NoOutline));
    assert_eq!(read("<html><body>Log in</body></html>", "wire"), Err(NoList::NoOutline));
    assert_eq!(read("<opml><outline text='a' url='https://a.example/'/></opml>", "wire"), Err(NoList::NoFeed));
}

#[test]
fn what_is_not_well_formed_is_read_as_far_as_it_goes() {
    let unquoted =
        "<opml><outline xmlUrl=https://a.example/?a=1&b=2 text='R&D &copy; &#x41;'><outline xmlUrl='https://b.example/'/>";
    assert_eq!(
        found(unquoted),
        [
            (1, "R&D &copy; A".into(), "https://a.example/?a=1&b=2".into()),
            (1, "https://b.example/".into(), "https://b.example/".into())
        ]
    );
    let cut = read("<opml>\n<outline xmlUrl='https://a.example/'/>\n<outline xmlUrl='https://b.ex", "wire").unwrap();
    assert_eq!((cut.outlines.len(), cut.broken.map(|(line, _)| line)), (1, Some(3)));
}

#[test]
fn declared_entities_are_not_expanded() {
    let bomb: String = (1..40).map(|n| format!("<!ENTITY e{n} \"&e{};&e{};\">", n - 1, n - 1)).collect();
    let list =
        format!("<!DOCTYPE opml [<!ENTITY e0 \"x\">{bomb}]><opml><outline text='&e39;' xmlUrl='https://a.example/'/></opml>");
    assert_eq!(found(&list), [(1, "&e39;".into(), "https://a.example/".into())]);
}

#[test]
fn neither_depth_nor_number_is_too_much() {
    let deep = format!("{}<outline xmlUrl='https://a.example/'/>", "<outline text='x'>".repeat(200_000));
    assert_eq!(found(&deep).len(), 1);
    let many: String = (0..30_000).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>\n")).collect();
    let list = read(&many, "wire").unwrap();
    assert_eq!((list.outlines.len(), list.broken.map(|(line, _)| line)), (20_000, Some(20_001)));
    let long = format!("<outline title='{}' xmlUrl='https://a.example/'/>", "é\u{202e}".repeat(1_000_000));
    assert_eq!(only(&long).title.chars().count(), 201);
}

fn source() -> impl Strategy<Value = Source> {
    let title = "[^\\p{C}\\p{Z}]{1,6}( [^\\p{C}\\p{Z}]{1,6}){0,3}";
    let selectors = prop::option::of(("[a-z]{1,3}(\\[a=\"<&'>\"\\])?", prop::option::of("time, \\.[a-z]{1,4}")));
    (title, prop::option::of(title), selectors, prop::option::of("en|zh-Hant|pt-BR"), 0..9usize, any::<bool>()).prop_map(
        |(title, outlet, select, lang, group, enabled)| Source {
            id: String::new(),
            url: "https://a.example/".parse().unwrap(),
            outlet: outlet.unwrap_or_else(|| title.clone()),
            title,
            lang,
            group: crate::sources::GROUPS[group].into(),
            kind: select.map_or(SourceKind::Feed, |(item, date)| {
                SourceKind::Page(Selectors { item, link: "a".into(), title: None, date, summary: Some("p".into()) })
            }),
            enabled,
            every: Duration::from_secs(3600),
            slowest: Duration::from_secs(8 * 3600),
            gap: Duration::from_secs(2),
            max_items: 200,
            user_agent: None,
            date: DatePolicy::Stated,
            paywalled: false,
            aggregator: false,
            speaks_for: None,
            allow_private: false,
            text_selector: None,
            note: None,
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(sources in prop::collection::vec(source(), 1..12), path in "[a-z?=&;%']{0,12}") {
        let numbered = |(number, source): (usize, Source)| Source {
            id: format!("source-{number}"),
            url: format!("https://a{number}.example/{path}").parse().unwrap(),
            ..source
        };
        let mut sources: Vec<Source> = sources.into_iter().enumerate().map(numbered).collect();
        let list = write(&sources.iter().collect::<Vec<_>>(), "Sources").unwrap();
        let mut additions = Additions::to("", &[]);
        for outline in outlines(std::str::from_utf8(&list).unwrap()) {
            additions.add(&outline.entry.unwrap());
        }
        let text = additions.finish().unwrap();
        let mut again = crate::sources::read(&text, "feeds.toml").unwrap();
        sources.sort_by(|a, b| a.id.cmp(&b.id));
        again.sort_by(|a, b| a.id.cmp(&b.id));
        prop_assert_eq!(again, sources);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(<outline|<opml>|</outline>|/>|>| xmlUrl=|'|\"|https://a.example/|&|;|<!DOCTYPE|\\[|\\]|<!--|-->|<!\\[CDATA\\[|[a-zé]|\n|termwall:item='a'){0,60}") {
        if let Ok(list) = read(&text, "wire") {
            let lines = text.lines().count() + 1;
            prop_assert!(list.outlines.iter().all(|outline| outline.line <= lines));
        }
    }
}
