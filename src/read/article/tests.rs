//! Articles of feeds.

use jiff::Timestamp;
use url::Url;

use crate::model::article::{Article, ArticleKind};
use crate::model::source::{DatePolicy, Source};
use crate::model::when::When;
use crate::read::tests::source;
use crate::read::{Bytes, Reading, document};

fn read(items: &str, source: &Source) -> Reading {
    let text = format!("<rss version='2.0'><channel><title>News</title><link>https://example.com/</link>{items}</channel></rss>");
    let now: Timestamp = "2026-11-24T12:00:00Z".parse().unwrap();
    document(Bytes { body: text.as_bytes(), content_type: None, url: &source.url, hash: "aa" }, source, now).unwrap()
}

fn articles(items: &str) -> Vec<Article> {
    read(items, &source()).articles
}

fn one(items: &str) -> Article {
    let mut found = articles(items);
    assert_eq!(found.len(), 1, "{items}");
    found.remove(0)
}

#[test]
fn an_article_is_made_of_an_item() {
    let article =
        one("<item><title>Bank &lt;b&gt;bans&lt;/b&gt; it</title><link>https://Example.com/a?utm_source=rss#top</link>\
        <description>&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</description><author>a@example.com (Ann)</author>\
        <pubDate>Sat, 21 Nov 2026 10:00:00 +0800</pubDate></item>");
    assert_eq!(article.url.as_deref(), Some("https://example.com/a"));
    assert_eq!(article.id, "2dce0a4c50441bfccfa9caf4b58c3cba6e06c420505dd829f0436de1aa44baac");
    assert_eq!((article.title.as_str(), article.text.as_str()), ("Bank bans it", "One.\n\nTwo."));
    assert_eq!((article.outlet.as_str(), article.document.as_str(), article.version), ("Example News", "aa", 1));
    assert_eq!(article.claimed, Some(When::At("2026-11-21T02:00:00Z".parse().unwrap())));
    assert_eq!(article.claimed_raw.as_deref(), Some("Sat, 21 Nov 2026 10:00:00 +0800"));
    assert_eq!((article.authors, article.lang.as_str()), (vec!["Ann".to_string()], "en"));
    assert_eq!((article.kind, article.has_page, article.lead), (ArticleKind::Brief, true, false));
}

#[test]
fn an_id_outlives_an_edited_title() {
    let id = |title: &str| one(&format!("<item><title>{title}</title><link>https://example.com/a</link></item>")).id;
    assert_eq!(id("before"), id("after"));
}

#[test]
fn an_id_does_not_depend_on_how_a_reader_came() {
    let id = |link: &str| one(&format!("<item><title>a</title><link>{link}</link></item>")).id;
    let plain = id("https://example.com/a?id=3");
    for link in [
        "https://example.com/a?id=3&amp;utm_source=rss&amp;utm_medium=feed",
        "https://example.com/a?fbclid=x&amp;id=3",
        "https://example.com:443/a?id=3",
        "https://EXAMPLE.com/a?id=3#comments",
        "https://reader@example.com/a?id=3",
    ] {
        assert_eq!(id(link), plain, "{link}");
    }
    for other in [
        "https://example.com/a?id=4",
        "https://example.com:8443/a?id=3",
        "http://example.com/a?id=3",
        "https://example.com/A?id=3",
    ] {
        assert_ne!(id(other), plain, "{other}");
    }
}

#[test]
fn an_item_known_by_its_guid_keeps_its_id_when_its_title_and_date_change() {
    let id = |title: &str, date: &str| {
        one(&format!("<item><guid isPermaLink='false'>x</guid><title>{title}</title><pubDate>{date}</pubDate></item>")).id
    };
    assert_eq!(id("before", "2026-11-21"), id("after", "2026-11-22"));
}

#[test]
fn a_date_to_come_is_kept_and_counts_as_first_seen() {
    let article = one("<item><title>a</title><pubDate>Sat, 21 Nov 2037 10:00:00 GMT</pubDate></item>");
    assert_eq!(article.claimed, Some(When::At("2037-11-21T10:00:00Z".parse().unwrap())));
    assert_eq!(article.claimed_raw.as_deref(), Some("Sat, 21 Nov 2037 10:00:00 GMT"));
    assert!(article.claims_future());
    assert_eq!(article.published(), When::At(article.first_seen));
}

#[test]
fn a_relative_date_is_kept_as_it_stood_and_claims_nothing() {
    for raw in ["yesterday", "2 hours ago", "vor 3 Stunden", "3小時前", "어제"] {
        let article = one(&format!("<item><title>a</title><pubDate>{raw}</pubDate></item>"));
        assert_eq!((article.claimed, article.claimed_raw.as_deref()), (None, Some(raw)));
    }
}

#[test]
fn an_item_without_guid_and_link_has_the_same_id_each_time() {
    let item = "<item><title>a</title><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item>";
    assert_eq!(one(item).id, one(item).id);
    assert_ne!(one(item).id, one(&item.replace("21", "22")).id);
    assert_eq!(one(item).url, None);
    assert!(!one(item).has_page);
}

#[test]
fn two_items_with_one_guid_stay_two() {
    let with = |link: &str, title: &str| {
        format!("<item><guid isPermaLink='false'>x</guid><link>{link}</link><title>{title}</title></item>")
    };
    let ids = |items: String| articles(&items).into_iter().map(|article| article.id).collect::<Vec<_>>();
    let by_link = ids(with("https://example.com/1", "a") + &with("https://example.com/2", "a"));
    assert_ne!(by_link[0], by_link[1]);
    let by_title = ids(with("https://example.com/1", "a") + &with("https://example.com/1", "b"));
    assert_ne!(by_title[0], by_title[1]);
}

#[test]
fn items_that_all_link_to_the_home_page_stay_apart() {
    let items = "<item><guid>1</guid><link>https://example.com/</link><title>a</title></item><item><guid>2</guid><link>https://example.com/</link><title>b</title></item>";
    assert_eq!(articles(items).len(), 2);
    assert_eq!(articles(items)[0].id, one(&items[..items.find("</item>").unwrap() + 7]).id);
}

#[test]
fn an_item_that_is_there_twice_counts_once() {
    let item = "<item><guid>1</guid><link>https://example.com/1</link><title>a</title></item>";
    let reading = read(&item.repeat(2), &source());
    assert_eq!((reading.articles.len(), reading.warnings), (1, vec!["1 item that repeat others".to_string()]));
}

#[test]
fn links_that_are_no_pages_are_dropped() {
    let article = one("<item><title>a</title><link>javascript:alert(1)</link></item>");
    assert_eq!((article.url, article.has_page), (None, false));
}

#[test]
fn only_a_believable_date_is_a_claim() {
    let claimed = |date: &str| one(&format!("<item><title>a</title><pubDate>{date}</pubDate></item>")).claimed;
    assert_eq!(claimed("2026-11-21"), Some(When::On("2026-11-21".parse().unwrap())));
    assert_eq!(claimed("Thu, 01 Jan 1970 00:00:00 GMT"), None);
    assert_eq!(claimed("soon"), None);
    let unbelieved = Source { date: DatePolicy::FirstSeen, ..source() };
    let article = &read("<item><title>a</title><pubDate>2026-11-21</pubDate></item>", &unbelieved).articles[0];
    assert_eq!((article.claimed, article.claimed_raw.as_deref()), (None, Some("2026-11-21")));
}

#[test]
fn an_aggregators_item_is_a_lead_of_the_outlet_that_it_names() {
    let aggregator = Source { aggregator: true, ..source() };
    let items =
        "<item><title>a</title><source url='https://bank.example/feed'>Bank Weekly</source></item><item><title>b</title></item>";
    let found: Vec<_> = read(items, &aggregator).articles.into_iter().map(|article| (article.outlet, article.lead)).collect();
    assert_eq!(found, [("Bank Weekly".to_string(), true), ("Example News".to_string(), true)]);
    assert_eq!(articles(items)[0].outlet, "Example News");
}

#[test]
fn a_full_text_needs_no_page() {
    let text = "word ".repeat(400);
    let with = |text: &str| {
        one(&format!("<item><title>a</title><link>https://example.com/a</link><description>{text}</description></item>"))
    };
    let full = with(&text);
    assert_eq!((full.kind, full.has_page), (ArticleKind::Full, false));
    assert!(with(&format!("{text}[…]")).has_page);
    let paywalled = Source { paywalled: true, ..source() };
    assert!(!read("<item><title>a</title><link>https://example.com/a</link></item>", &paywalled).articles[0].has_page);
}

#[test]
fn no_more_items_are_taken_than_the_editor_wants() {
    let few = Source { max_items: 2, ..source() };
    let items: String = (0..5).map(|n| format!("<item><title>{n}</title></item>")).collect();
    assert_eq!(read(&items, &few).articles.len(), 2);
}

#[test]
fn relative_links_are_resolved_against_the_channel() {
    let base = Url::parse("https://example.com/").unwrap();
    assert_eq!(
        one("<item><title>a</title><link>news/1</link></item>").url.as_deref(),
        base.join("news/1").ok().as_ref().map(Url::as_str)
    );
}
